//! Entries whose review is overdue on a day, for outputs that rest on them.

use crate::kind::Kind;
use waymark_criteria::Date;
use waymark_engine::Bundle;
use waymark_engine::bundle::Review;

/// An entry that ought to have been reviewed again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overdue {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The day on which the review was due.
    pub due: Date,
}

/// Every entry whose review was due before a day, in order of kind and id.
#[must_use]
pub fn overdue(bundle: &Bundle, on: Date) -> Vec<Overdue> {
    let content = bundle.content();
    let mut reviews: Vec<(Kind, &str, &Review)> = Vec::new();
    reviews.extend(
        content
            .facts
            .iter()
            .map(|it| (Kind::Fact, &*it.id, &it.review)),
    );
    reviews.extend(
        content
            .criteria
            .iter()
            .map(|it| (Kind::Criterion, &*it.id, &it.review)),
    );
    reviews.extend(
        content
            .medicines
            .iter()
            .map(|it| (Kind::Medicine, &*it.id, &it.review)),
    );
    reviews.extend(
        content
            .regimens
            .iter()
            .map(|it| (Kind::Regimen, &*it.id, &it.review)),
    );
    reviews.extend(
        content
            .guidance
            .iter()
            .map(|it| (Kind::Guidance, &*it.id, &it.review)),
    );
    reviews.extend(
        content
            .trials
            .iter()
            .map(|it| (Kind::Trial, &*it.id, &it.review)),
    );
    reviews.extend(
        content
            .terms
            .iter()
            .map(|it| (Kind::Terms, &*it.id, &it.review)),
    );
    let late = reviews.into_iter().filter_map(|(kind, id, review)| {
        let due = Date::parse(&review.due)?;
        let id = id.to_owned();
        (due < on).then_some(Overdue { kind, id, due })
    });
    late.collect()
}
