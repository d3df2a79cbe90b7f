//! HER2, ER and PR results in the many shapes in which they are sent.

mod asked;
mod gathering;
mod quantity;
mod status;
mod tally;
mod text;

pub(crate) use asked::{Test, test};
pub(crate) use status::{status, statuses, statuses_in_words};

use crate::context::{CANCER_NOT_THERE, Context, modified};
use crate::number;
use crate::report::{Fact, Reading, Refusal};
use crate::resource::Observation;
use crate::specimen;
use asked::Kind;
use gathering::Gathering;
use std::collections::BTreeMap;
use tally::{Family, hold_together, merge_hormone};
use waymark_criteria::DateBounds;
use waymark_engine::chart::{Cancer, Event, Method, Receptor, ReceptorResult};

/// Reads an Observation whose code is a receptor test.
pub(crate) fn read(
    observation: &Observation<'_>,
    test: Test,
    date: DateBounds,
    text: &str,
    context: &Context<'_, '_, '_>,
) -> Reading {
    let cancer = context.tied(
        &observation.focus,
        &observation.extension,
        &observation.contained,
    );
    let mut gathering = Gathering {
        context,
        receptor: test.receptor,
        tallies: BTreeMap::new(),
        unusable: Vec::new(),
        unit_assumed: false,
    };
    let own = observation.as_component();
    gathering.value(test.kind, &own);
    for component in observation.component.iter() {
        if let Some(reason) = modified(None, &component.modifier_extension) {
            gathering.unusable.push(reason);
            continue;
        }
        if let Some(why) = &component.data_absent_reason {
            let why = why.label().unwrap_or("data absent");
            gathering
                .unusable
                .push(format!("a component without a result ({why})"));
            continue;
        }
        match component
            .code
            .as_ref()
            .and_then(|code| self::test(context.lookup, code, &context.lookup.hits(code)))
        {
            Some(Ok(part)) if part.receptor == test.receptor => {
                gathering.value(part.kind, component);
            }
            Some(Ok(_)) => gathering
                .unusable
                .push("a component on another receptor".to_owned()),
            Some(Err(reason)) => gathering.unusable.push(reason.to_owned()),
            // "Share of positive cells" of an ER or PR result.
            None if test.receptor != Receptor::Her2
                && component
                    .value_quantity
                    .as_ref()
                    .is_some_and(|quantity| number::unit(quantity) == "%") =>
            {
                gathering.value(Kind::Percent, component);
            }
            None => gathering
                .unusable
                .push("a component whose code is not known".to_owned()),
        }
    }
    let (tissue, specimen, dangling) = specimen::tissue(observation, context);
    let side = specimen::side(observation, context);
    let mut notes = Vec::new();
    if cancer == Some(Cancer::NotOnRecord) {
        let (code, says) = CANCER_NOT_THERE;
        notes.push((code, says.to_owned()));
    }
    if let Some(dangling) = dangling {
        notes.push((
            "dangling-reference",
            format!("the specimen `{dangling}` is not in the input"),
        ));
    }
    let immune = test.receptor != Receptor::Her2
        && own.code.as_ref().is_some_and(|code| {
            code.words()
                .any(|words| words.to_lowercase().contains("immun"))
        });
    if test.receptor != Receptor::Her2 {
        merge_hormone(&mut gathering.tallies);
    }
    hold_together(&mut gathering.tallies);
    let mut facts = Vec::new();
    for (family, tally) in &gathering.tallies {
        if tally.is_empty() {
            continue;
        }
        let (polarity, contradiction) = tally.polarity();
        let sound = contradiction.is_none();
        if let Some(why) = contradiction {
            notes.push((
                "contradictory-result",
                format!("{why}; the result counts as unknown"),
            ));
        }
        let method = match family {
            Family::Ish if tally.ratio.is_some() => Method::IshDual,
            Family::Ish => Method::Ish,
            Family::Ihc => Method::Ihc,
            Family::Overall if immune => Method::Ihc,
            Family::Overall => Method::Overall,
        };
        let coded =
            !tally.by_code.is_empty() || (!tally.scores.is_empty() && !tally.numbers_from_text);
        let numbers = !tally.scores.is_empty()
            || tally.ratio.is_some()
            || tally.copies.is_some()
            || tally.percent.is_some();
        let from_text =
            test.from_text || (tally.numbers_from_text && numbers) || (!coded && !numbers);
        facts.push(Fact {
            date,
            event: Event::Receptor(ReceptorResult {
                receptor: test.receptor,
                method,
                polarity,
                score: tally.score().filter(|_| sound),
                ratio: tally.ratio.filter(|_| sound),
                copies: tally.copies.filter(|_| sound),
                recount: false,
                percent: tally.percent.filter(|_| sound),
                tissue,
                side,
                specimen: specimen.clone(),
                cancer: cancer.clone(),
            }),
            text: text.to_owned(),
            from_text,
        });
    }
    if facts.iter().any(|fact| fact.from_text) {
        notes.push((
            "read-from-text",
            "the result was read from words, not from codes".to_owned(),
        ));
    }
    if facts.is_empty() {
        gathering.unusable.dedup();
        let why = if gathering.unusable.is_empty() {
            "no result that can be read".to_owned()
        } else {
            format!(
                "no result that can be read: {}",
                gathering.unusable.join("; ")
            )
        };
        return Err(Refusal { reason: why, notes });
    }
    if gathering.unit_assumed {
        notes.push((
            "unit-assumed",
            "the share has no unit and was read as a fraction of one".to_owned(),
        ));
    }
    if !gathering.unusable.is_empty() {
        notes.push((
            "part-not-read",
            format!("not read of it: {}", gathering.unusable.join("; ")),
        ));
    }
    Ok(crate::report::Found { facts, notes })
}
