//! Worded facts: they summarise the booleans, for people and tools.

use super::{Deriver, truth};
use crate::bundle::{Derivation, Her2Aspect, MenopauseAspect, StatusAspect};
use crate::facts::{Fact, Provenance, WhyUnknown};
use waymark_criteria::Truth;

impl Deriver<'_> {
    /// `breast` or `other`.
    pub(super) fn disease_word(&self) -> Fact {
        let fact = self
            .fact_by(|rule| matches!(rule, Derivation::BreastCancer {}))
            .unwrap_or_else(|| self.breast_cancer());
        let word = match truth(&fact) {
            Truth::True => Some("breast"),
            Truth::False => Some("other"),
            Truth::Unknown => None,
        };
        worded(word, &[&fact])
    }

    /// `positive`, `low`, `ultralow`, `negative` or `equivocal`.
    pub(super) fn her2_word(&self) -> Fact {
        let [positive, low, ultralow] = self.her2_booleans();
        let word = her2(&positive, &low, &ultralow);
        if word.is_none()
            && self
                .her2_reading()
                .is_some_and(|(reading, _)| reading.equivocal)
        {
            return Fact {
                why_unknown: None,
                ..worded(Some("equivocal"), &[&positive])
            };
        }
        worded(word, &[&positive, &low, &ultralow])
    }

    /// `positive` or `negative`.
    pub(super) fn hormone_word(&self) -> Fact {
        let fact = self.hormone_boolean();
        let word = match truth(&fact) {
            Truth::True => Some("positive"),
            Truth::False => Some("negative"),
            Truth::Unknown => None,
        };
        worded(word, &[&fact])
    }

    /// Both in one word.
    pub(super) fn subtype_word(&self) -> Fact {
        let hormone = self.hormone_boolean();
        let [positive, low, ultralow] = self.her2_booleans();
        let sign = match truth(&hormone) {
            Truth::True => Some("HR+"),
            Truth::False => Some("HR-"),
            Truth::Unknown => None,
        };
        let her2 = match her2(&positive, &low, &ultralow) {
            Some("positive") => Some("HER2+"),
            Some("low") => Some("HER2-low"),
            Some(_) => Some("HER2-"),
            None => None,
        };
        let word = sign.zip(her2).map(|(sign, her2)| format!("{sign}/{her2}"));
        let open: &[&Fact] = if sign.is_none() {
            &[&hormone, &positive]
        } else {
            &[&positive, &hormone]
        };
        worded(word.as_deref(), open)
    }

    /// `none-known`, `untreated`, `treated-stable`, `active` or `leptomeningeal`.
    pub(super) fn cns_word(&self) -> Fact {
        let meninges = self.site_fact("leptomeninges");
        if truth(&meninges) == Truth::True {
            return worded(Some("leptomeningeal"), &[&meninges]);
        }
        let (brain, active) = (self.site_fact("brain"), self.brain_active());
        match truth(&brain) {
            Truth::Unknown => worded(None, &[&brain]),
            Truth::False if meninges.why_unknown == Some(WhyUnknown::Conflict) => {
                worded(None, &[&meninges])
            }
            Truth::False => Fact {
                inferred: Some("none known; that is not a finding of a scan".to_owned()),
                ..worded(Some("none-known"), &[&brain])
            },
            Truth::True => {
                let state = self.brain_state();
                let word = match truth(&active) {
                    truth if truth == state.active => state.word,
                    Truth::True => Some("active"),
                    Truth::False => Some("treated-stable"),
                    Truth::Unknown => None,
                };
                Fact {
                    inferred: active.inferred.clone(),
                    ..worded(word, &[&active, &brain])
                }
            }
        }
    }

    /// `premenopausal`, `perimenopausal` or `postmenopausal`.
    ///
    /// How long a record of it holds is said by the fact behind it.
    pub(super) fn menopause_word(&self) -> Fact {
        let found = self.menopause(None);
        let wanted = |rule: &Derivation| matches!(rule, Derivation::Menopause { aspect, .. } if *aspect == MenopauseAspect::Postmenopausal);
        let fact = self.fact_by(wanted).unwrap_or(found.postmenopausal);
        let word = match truth(&fact) {
            Truth::True => Some(super::menopause::POSTMENOPAUSAL.to_owned()),
            Truth::False => found
                .word
                .filter(|word| word != super::menopause::POSTMENOPAUSAL),
            Truth::Unknown => None,
        };
        worded(word.as_deref(), &[&fact])
    }

    fn her2_booleans(&self) -> [Fact; 3] {
        [Her2Aspect::Positive, Her2Aspect::Low, Her2Aspect::Ultralow].map(|aspect| {
            self.fact_by(
                |rule| matches!(rule, Derivation::Her2 { aspect: asked } if *asked == aspect),
            )
            .unwrap_or_else(|| self.her2_fact(aspect))
        })
    }

    fn hormone_boolean(&self) -> Fact {
        let aspect = StatusAspect::Positive;
        self.fact_by(|rule| matches!(rule, Derivation::HormoneReceptors { aspect: asked } if *asked == aspect))
            .unwrap_or_else(|| self.hormone_fact(aspect))
    }
}

fn her2(positive: &Fact, low: &Fact, ultralow: &Fact) -> Option<&'static str> {
    match (truth(positive), truth(low), truth(ultralow)) {
        (Truth::True, _, _) => Some("positive"),
        (Truth::Unknown, _, _) => None,
        (Truth::False, Truth::True, _) => Some("low"),
        (Truth::False, _, Truth::True) => Some("ultralow"),
        (Truth::False, _, _) => Some("negative"),
    }
}

/// A word with the records of the facts that it summarises; without one, the first fact says why.
fn worded(word: Option<&str>, of: &[&Fact]) -> Fact {
    let from: Vec<Provenance> = of.iter().flat_map(|fact| fact.from.clone()).collect();
    let known = word.is_some();
    let fact = Fact::word(word.map(str::to_owned), from);
    match of.first() {
        Some(first) if !known => Fact {
            why_unknown: first.why_unknown.or(Some(WhyUnknown::NotRecorded)),
            inferred: first.inferred.clone(),
            ..fact
        },
        Some(first) => Fact {
            inferred: first.inferred.clone(),
            ..fact
        },
        None => fact,
    }
}
