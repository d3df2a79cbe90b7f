//! All ways to settle what is open, merged: what each course surely is, and what it may be.

use super::super::steps::{Step, Visit, Why, World};
use crate::wire::lines as wire;
use waymark_criteria::SortedSet;

/// A course in a count, over all ways.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    seen: usize,
    ends: Option<(usize, usize)>,
    /// The rules by which it begins something, in some way.
    pub(super) begins_by: SortedSet<Why>,
    /// The rules by which it begins nothing, in some way.
    pub(super) stays_by: SortedSet<Why>,
    /// In some way it does not count.
    pub(super) may_be_absent: bool,
    /// There were too many ways to look at them one by one.
    pub(super) too_many: bool,
}

impl Mark {
    /// The number of what it belongs to; none where it never counts.
    pub(super) fn number(&self) -> Option<wire::Number> {
        let low = |low| if self.may_be_absent { 0 } else { low };
        self.ends.map(|(least, high)| wire::Number {
            low: low(least),
            high,
        })
    }

    /// It begins something in some way.
    pub(super) fn may_begin(&self) -> bool {
        !self.begins_by.is_empty()
    }

    /// It begins something in every way.
    pub(super) fn surely_begins(&self) -> bool {
        self.may_begin() && self.stays_by.is_empty() && !self.may_be_absent && !self.too_many
    }

    fn step(&mut self, step: &Step) {
        self.seen += 1;
        let (low, high) = self.ends.unwrap_or((step.number, step.number));
        self.ends = Some((low.min(step.number), high.max(step.number)));
        if step.begins {
            self.begins_by.insert(step.why);
        } else {
            self.stays_by.insert(step.why);
        }
    }
}

/// The marks of so many courses in a count.
pub(super) fn marks(courses: usize, first: Why, count: impl FnOnce(Visit<'_>)) -> Vec<Mark> {
    let mut marks = vec![Mark::default(); courses];
    let mut worlds = 0;
    count(&mut |world| {
        worlds += 1;
        match world {
            World::Told(steps) => {
                for step in *steps {
                    if let Some(mark) = marks.get_mut(step.course) {
                        mark.step(step);
                    }
                }
            }
            World::TooMany(indices) => {
                for index in *indices {
                    if let Some(mark) = marks.get_mut(*index) {
                        mark.seen += 1;
                        mark.ends = Some((1, indices.len()));
                        mark.begins_by.insert(first);
                        mark.too_many = true;
                    }
                }
            }
        }
    });
    for mark in &mut marks {
        mark.may_be_absent = mark.seen < worlds;
    }
    marks
}
