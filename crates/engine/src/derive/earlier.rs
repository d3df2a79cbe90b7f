//! What is said to have been given, or never, before the disease was metastatic or unresectable.
//!
//! A "no" to a medicine or class holds for all that belongs to it, unless what is on record says otherwise, and then
//! decides nothing; "perhaps" only takes certainty away.

use super::Deriver;
use super::setting::Phase;
use super::therapies::is_in;
use crate::bundle::{Bundle, Medicine};
use crate::facts::{Fact, Provenance, WhyUnknown};
use waymark_criteria::{Bounds, Truth};

/// What is said of a medicine or class, with the records that say it.
pub(super) enum Earlier {
    /// Nothing.
    Silent,
    /// It was given.
    Given(Vec<Provenance>),
    /// It never was.
    Never(Vec<Provenance>),
    /// It may have been.
    Perhaps(Vec<Provenance>),
    /// A "no" stands beside something that says otherwise.
    Contradicted(Vec<Provenance>),
}

impl Earlier {
    /// Unknown, where what is said is open or in conflict.
    pub(super) fn open(&self) -> Option<Fact> {
        let (from, why, how) = match self {
            Earlier::Silent | Earlier::Given(_) | Earlier::Never(_) => return None,
            Earlier::Perhaps(from) => (
                from,
                WhyUnknown::Unresolved,
                "it may have been given before the disease was metastatic or unresectable",
            ),
            Earlier::Contradicted(from) => (
                from,
                WhyUnknown::Conflict,
                "it is said never to have been given before the disease was metastatic or unresectable, beside what says otherwise",
            ),
        };
        let fact = Fact::truth(Truth::Unknown, from.clone());
        Some(fact.because(why).inferred(how))
    }

    /// The records that say it.
    pub(super) fn records(self) -> Vec<Provenance> {
        match self {
            Earlier::Silent => Vec::new(),
            Earlier::Given(from)
            | Earlier::Never(from)
            | Earlier::Perhaps(from)
            | Earlier::Contradicted(from) => from,
        }
    }

    /// A count of which what is said leaves the upper end open; in conflict the lower end is that of the count since.
    pub(super) fn widen(&self, count: Fact, since: impl Fn() -> Option<Fact>) -> Fact {
        let Some(open) = self.open() else {
            return count;
        };
        let low = match self {
            Earlier::Contradicted(_) => since().and_then(|since| since.bounds_of()?.low),
            Earlier::Silent | Earlier::Given(_) | Earlier::Never(_) | Earlier::Perhaps(_) => {
                count.bounds_of().and_then(|bounds| bounds.low)
            }
        };
        let from = [count.from, open.from].concat();
        Fact {
            why_unknown: open.why_unknown,
            inferred: open.inferred,
            ..Fact::bounds(Bounds { low, high: None }, from)
        }
    }
}

impl Deriver<'_> {
    /// What is said of a medicine or class before the disease was metastatic or unresectable.
    pub(super) fn earlier(&self, drug: &str) -> Earlier {
        let said = &self.timeline.earlier;
        if said.is_empty() {
            return Earlier::Silent;
        }
        let from = |truth: Truth, speaks: &dyn Fn(&str) -> bool| -> Vec<Provenance> {
            let lines = said
                .iter()
                .filter(|(_, it)| it.given == truth && speaks(&it.drug));
            lines.map(|(seen, _)| seen.provenance()).collect()
        };
        let given = from(Truth::True, &|said| covers(self.bundle, drug, said));
        let (mut never, mut contradicted) = (Vec::new(), Vec::new());
        for (seen, no) in said {
            if no.given != Truth::False || !covers(self.bundle, &no.drug, drug) {
                continue;
            }
            let mut against = from(Truth::True, &|said| covers(self.bundle, &no.drug, said));
            against.extend(self.surely_early(&no.drug));
            if against.is_empty() {
                never.push(seen.provenance());
            } else {
                contradicted.push(seen.provenance());
                contradicted.extend(against);
            }
        }
        let perhaps = from(Truth::Unknown, &|said| overlap(self.bundle, drug, said));
        if never.is_empty() && !contradicted.is_empty() {
            // Of what is itself said to have been given it is a conflict; of the rest the "no" says nothing any more.
            if given.is_empty() && self.surely_early(drug).is_empty() {
                Earlier::Perhaps([contradicted, perhaps].concat())
            } else {
                Earlier::Contradicted(contradicted)
            }
        } else if !given.is_empty() {
            Earlier::Given(given)
        } else if !perhaps.is_empty() {
            Earlier::Perhaps([never, perhaps].concat())
        } else if !never.is_empty() {
            Earlier::Never(never)
        } else {
            Earlier::Silent
        }
    }

    /// The records of courses of a medicine or class that were surely given for early disease.
    fn surely_early(&self, drug: &str) -> Vec<Provenance> {
        let advanced = self.advanced();
        let early = self.courses.iter().filter(|course| {
            course.certain
                && course.is_in(drug) == Truth::True
                && self.phase(course, &advanced) == Some(Phase::Early)
        });
        early.flat_map(|course| course.from.clone()).collect()
    }
}

/// The medicines that are, or may be, of a kind.
fn kinds<'b>(bundle: &'b Bundle, drug: &'b str) -> impl Iterator<Item = &'b Medicine> {
    let medicines = bundle.content().medicines.iter();
    medicines.filter(move |medicine| is_in(medicine, drug) != Truth::False)
}

/// Whether all of one kind surely belongs to another. A medicine never covers a class: others of it need not be known here.
fn covers(bundle: &Bundle, wide: &str, narrow: &str) -> bool {
    let mut narrower = kinds(bundle, narrow).peekable();
    wide == narrow
        || ((is_class(bundle, wide) || !is_class(bundle, narrow))
            && narrower.peek().is_some()
            && narrower.all(|medicine| is_in(medicine, wide) == Truth::True))
}

/// Whether a medicine may be of both kinds. Of two substances it is not meant that one product holds both.
fn overlap(bundle: &Bundle, one: &str, other: &str) -> bool {
    if is_class(bundle, one) || is_class(bundle, other) {
        one == other || kinds(bundle, one).any(|medicine| is_in(medicine, other) != Truth::False)
    } else {
        covers(bundle, one, other) || covers(bundle, other, one)
    }
}

fn is_class(bundle: &Bundle, kind: &str) -> bool {
    let mut medicines = bundle.content().medicines.iter();
    medicines.any(|medicine| medicine.classes.iter().any(|class| class == kind))
}
