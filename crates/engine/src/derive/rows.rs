//! What the record leaves open about a row of courses: which of them count, and in which order they were begun.

use super::therapies::Course;
use waymark_criteria::{SortedSet, Truth};

/// How open questions are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Count as little as the record allows.
    Least,
    /// Count as much as the record allows.
    Most,
}

impl Reading {
    /// An open question, answered in the sense of the reading.
    pub(super) fn holds(self, question: Truth) -> bool {
        match question {
            Truth::True => true,
            Truth::False => false,
            Truth::Unknown => self == Reading::Most,
        }
    }
}

/// Ways to settle what is open are not looked at one by one where their rows together have more courses than this.
const MOST_COURSES: usize = 1024;

/// Every way to take one option of each. `None`: too many.
pub(super) fn choices<T: Copy>(options: &[Vec<T>]) -> Option<Vec<Vec<T>>> {
    let length = options.len();
    let mut ways = 1_usize;
    for options in options {
        ways = ways.saturating_mul(options.len());
        if ways > 1 && ways.saturating_mul(length) > MOST_COURSES {
            return None;
        }
    }
    let row = |way: usize| {
        let mut below = ways;
        let of = |options: &Vec<T>| {
            below /= options.len();
            options[way / below % options.len()]
        };
        options.iter().map(of).collect()
    };
    Some((0..ways).map(row).collect())
}

/// A row of courses in which those of medicines that are not known here are of the medicine of one of the others; one
/// for each other medicine, and none where all are known.
pub(super) fn supposed<'a>(row: &[&Course<'a>]) -> Vec<Vec<Course<'a>>> {
    let (unidentified, mut others): (Vec<&Course<'a>>, Vec<&Course<'a>>) =
        row.iter().partition(|course| course.unidentified());
    if unidentified.is_empty() {
        return Vec::new();
    }
    others.sort_by_key(|course| course.name);
    others.dedup_by(|one, other| one.name == other.name);
    let told = |known: &&Course<'a>| {
        let course = |course: &&Course<'a>| {
            if course.unidentified() {
                course.of_medicine_of(known)
            } else {
                (*course).clone()
            }
        };
        row.iter().map(course).collect()
    };
    others.iter().map(told).collect()
}

/// Medicines that the knowledge base does not know. Each may be one that is also on record under its own name.
/// It is taken for one product: one whose parts are on record one by one, and later, is not looked for.
pub(super) struct Unidentified<'a> {
    names: SortedSet<&'a str>,
    /// Those of which that has not been supposed yet.
    free: SortedSet<&'a str>,
}

impl<'a> Unidentified<'a> {
    pub(super) fn among(courses: &[&Course<'a>]) -> Self {
        let unidentified = courses.iter().filter(|course| course.unidentified());
        let names: SortedSet<&str> = unidentified
            .flat_map(|course| course.ingredients.iter().copied())
            .collect();
        Unidentified {
            free: names.clone(),
            names,
        }
    }

    /// Whether some of these substances are of such medicines.
    pub(super) fn any_of(&self, ingredients: &SortedSet<&'a str>) -> bool {
        !self.names.is_disjoint(ingredients)
    }

    /// Whether they all are.
    pub(super) fn all_of(&self, ingredients: &SortedSet<&'a str>) -> bool {
        ingredients.is_subset(&self.names)
    }

    /// Whether new substances still begin something, given that they do unless they were there `before`.
    pub(super) fn doubt(
        &mut self,
        begins: Truth,
        new: &SortedSet<&'a str>,
        before: &SortedSet<&'a str>,
        reading: Reading,
    ) -> Truth {
        if self.all_of(new) {
            return begins.and(Truth::Unknown);
        }
        let Some(same) = before.intersection(&self.free).next().copied() else {
            return begins;
        };
        if begins == Truth::True && reading == Reading::Least {
            self.free.remove(same);
        }
        begins.and(Truth::Unknown)
    }
}

/// More orders than this are not looked at one by one.
const MOST_ORDERS: usize = 64;

/// Every order in which courses may have been begun; those of one day stand as given, and together where that day is
/// not known. `None`: too many.
pub(super) fn orders<'c, 'a>(courses: &[&'c Course<'a>]) -> Option<Vec<Vec<&'c Course<'a>>>> {
    // They are sorted; when each neighbour surely follows, or shares the day, there is one order.
    let told = |pair: &[&Course<'_>]| {
        pair[0].start.before(pair[1].start) == Truth::True || pair[0].begun_with(pair[1])
    };
    if courses.windows(2).all(told) {
        return Some(vec![courses.to_vec()]);
    }
    let mut unfinished = vec![(Vec::new(), courses.to_vec())];
    let mut orders = Vec::new();
    while let Some((order, left)) = unfinished.pop() {
        if left.is_empty() {
            orders.push(order);
            continue;
        }
        let last: Option<&&Course<'_>> = order.last();
        let last = last.filter(|last| last.start.as_exact().is_none());
        let with_it = last.and_then(|last| left.iter().position(|next| last.begun_with(next)));
        for (position, next) in left.iter().enumerate() {
            if with_it.is_some_and(|with_it| with_it != position) {
                continue;
            }
            let first = left.iter().enumerate().all(|(other_position, other)| {
                let given = !next.begun_with(other) || position <= other_position;
                given && other.start.before(next.start) != Truth::True
            });
            if first {
                let mut order = order.clone();
                order.push(*next);
                let mut left = left.clone();
                left.remove(position);
                unfinished.push((order, left));
            }
        }
        if orders.len() + unfinished.len() > MOST_ORDERS {
            return None;
        }
    }
    Some(orders)
}
