//! Patients made up from a number: every fact somewhere in its range, some within bounds, some unknown.

use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Date, Truth, Value, Values};
use waymark_engine::Bundle;
use waymark_engine::bundle::{FactEntry, FactKind};

/// The facts of a patient. The same seed gives the same patient. About a quarter of the facts are unknown, and what
/// is known need not hold together; the day asked for is always known.
#[must_use]
pub fn patient(bundle: &Bundle, seed: u64) -> Values {
    let mut random = Random(seed);
    let mut values = Values::unknown(bundle.schema());
    for fact in bundle.schema().indices() {
        let (open, value) = (random.below(4) == 0, value(bundle.fact(fact), &mut random));
        if fact == bundle.as_of() {
            values.set(fact, Value::Bounds(Bounds::exact(day(&mut random))));
        } else if !open {
            values.set(fact, value);
        }
    }
    values
}

fn value(fact: &FactEntry, random: &mut Random) -> Value {
    let (least, most) = match fact.ty {
        FactKind::Boolean | FactKind::Word => {
            return Value::Truth(Truth::decided(random.below(2) == 0));
        }
        FactKind::Integer => (fact.min.unwrap_or(0), fact.max.unwrap_or(6)),
        FactKind::Decimal => (
            fact.min.unwrap_or(0) * DECIMAL_UNIT,
            fact.max.unwrap_or(100) * DECIMAL_UNIT,
        ),
        FactKind::Date => {
            let (one, other) = (day(random), day(random));
            return Value::Bounds(within(one, other, random));
        }
    };
    let mut end = || least.saturating_add_unsigned(random.below(most.abs_diff(least) + 1));
    let (one, other) = (end(), end());
    Value::Bounds(within(one, other, random))
}

/// Mostly the one value, sometimes a span between two, open at either end.
fn within(one: i64, other: i64, random: &mut Random) -> Bounds {
    match random.below(8) {
        0 => Bounds {
            low: (random.below(3) > 0).then_some(one.min(other)),
            high: (random.below(3) > 0).then_some(one.max(other)),
        },
        _ => Bounds::exact(one),
    }
}

/// A day of 1998 to 2027.
fn day(random: &mut Random) -> i64 {
    let first = Date::new(1998, 1, 1).map_or(0, Date::to_days);
    first.saturating_add_unsigned(random.below(30 * 365))
}

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Random(pub u64);

impl Random {
    /// A number below a bound, which is at least 1.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }
}
