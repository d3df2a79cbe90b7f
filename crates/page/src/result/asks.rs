//! Questions to take to the visit, made from what is open for this person.

use super::stage::Decision;
use super::view::View;
use super::{matters, name, settle};
use crate::{Status, Words};
use maud::{Markup, html};
use waymark_criteria::Truth;

/// A question: where it comes from, and the question in the reader's language and in English.
pub(crate) struct Ask {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) english: String,
}

/// The fact on which most of the guide rests: it has a question of its own.
const HER2: &str = "her2-positive";

/// How many of the facts that would settle something are asked for.
const SETTLE: usize = 3;

/// The questions, most personal first. At least five for everyone.
pub(crate) fn asks(view: &View<'_, '_, '_>) -> Vec<Ask> {
    let words = view.words();
    let english = Words::of(view.context.guide, crate::ENGLISH);
    let reading = view.reading;
    let mut asks = Vec::new();
    let mut plain = |key: &str| {
        let key = format!("asks.{key}");
        asks.push(Ask {
            id: key.replace('.', "-"),
            text: words.text(&key).to_owned(),
            english: english.text(&key).to_owned(),
        });
    };
    plain(&format!("decision-{}", Decision::of(reading).word()));
    if reading.truth(HER2) == Truth::Unknown {
        plain("her2");
    }
    plain("options");
    if reading.truth("brain-metastases") == Truth::True {
        plain("brain");
    } else {
        plain("brain-scan");
    }
    match reading.truth("hr-positive") {
        Truth::True => plain("hormone"),
        Truth::Unknown => plain("receptors"),
        Truth::False => {}
    }
    plain("trials");
    asks.extend(settling(view, words, english));
    asks.extend(cautions(view, words, english));
    for value in matters::chosen(view) {
        let said = |words: Words<'_>, text: &str| words.fill("asks.value", &[("value", text)]);
        asks.push(Ask {
            id: format!("asks-value-{}", asks.len()),
            text: said(words, value.text),
            english: said(english, value.unsigned.unwrap_or(value.text)),
        });
    }
    for key in ["side-effects", "support"] {
        let key = format!("asks.{key}");
        asks.push(Ask {
            id: key.replace('.', "-"),
            text: words.text(&key).to_owned(),
            english: english.text(&key).to_owned(),
        });
    }
    asks
}

/// One question for each of the facts that would settle most.
fn settling(view: &View<'_, '_, '_>, words: Words<'_>, english: Words<'_>) -> Vec<Ask> {
    let open = settle::open(view).into_iter().take(SETTLE);
    let open = open.filter(|it| it.fact != HER2);
    open.filter_map(|it| view.fact(&it.fact))
        .map(|fact| Ask {
            id: format!("asks-fact-{}", fact.id),
            text: words.fill("asks.settle", &[("question", words.ask(fact).text)]),
            english: english.fill("asks.settle", &[("question", english.ask(fact).text)]),
        })
        .collect()
}

/// One question for the first options that fit or may fit: what to look out for.
fn cautions(view: &View<'_, '_, '_>, words: Words<'_>, english: Words<'_>) -> Vec<Ask> {
    let groups = view.reading.groups();
    let fit = groups.get(&Status::May).into_iter().flatten();
    let fit: Vec<_> = fit.filter(|regimen| !regimen.cautions.is_empty()).collect();
    fit.iter()
        .take(2)
        .map(|regimen| Ask {
            id: format!("asks-caution-{}", regimen.id),
            text: words.fill(
                "asks.caution",
                &[("name", name(view.context, view.reading, &regimen.id))],
            ),
            english: english.fill("asks.caution", &[("name", &regimen.name)]),
        })
        .collect()
}

/// The questions as a list, to be chosen for the printed sheet.
pub(super) fn list(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let asks = asks(view);
    let (first, rest) = asks.split_at(asks.len().min(most(words)));
    let choices = |asks: &[Ask], ticked: bool| {
        html! {
            ul.choices {
                @for ask in asks {
                    li {
                        label {
                            input type="checkbox" name="ask" value=(ask.id) checked[ticked];
                            span {
                                (ask.text)
                                @if words.language() != crate::ENGLISH { span.hint lang=(crate::ENGLISH) { (ask.english) } }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        p { (words.text("asks.lead")) }
        form #asks method="post" action=(view.context.href("print")) {
            input type="hidden" name="state" value=(view.reading.answers.code());
            input type="hidden" name="chosen" value="asks";
            (choices(first, true))
            @if !rest.is_empty() {
                details {
                    summary { (words.count("asks.more", rest.len())) }
                    (choices(rest, false))
                }
            }
            label {
                span { (words.text("asks.own")) }
                textarea name="own-ask" rows="3" autocomplete="off" {}
            }
            button.primary type="submit" { (words.text("asks.print")) }
        }
    }
}

/// How many questions a printed sheet holds: with the English beneath each, one less.
pub(crate) fn most(words: Words<'_>) -> usize {
    if words.language() == crate::ENGLISH {
        6
    } else {
        5
    }
}
