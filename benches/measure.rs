//! Medians, and the table that they are shown in.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Many and short, so that on a busy machine most of them are not interrupted.
const SAMPLES: usize = 301;
const SAMPLE: Duration = Duration::from_micros(500);

/// What one run of a piece of work goes through.
#[derive(Clone, Copy)]
pub(crate) enum Amount {
    /// One patient, or one of whatever it is.
    One,
    Rows(usize),
    Bytes(usize),
}

/// What a row is held against. Printed, never asserted.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    None,
    /// At most so many nanoseconds for one, or for one row.
    Nanoseconds(f64),
    /// At least so many rows or bytes a second, in millions.
    Millions(f64),
    /// At least so many bytes a second, in millions, and at most so many times the time of the base.
    Import {
        millions: f64,
        times: f64,
    },
}

/// A piece of work that can be done again and again.
pub(crate) struct Work<'a> {
    pub(crate) name: &'static str,
    pub(crate) amount: Amount,
    pub(crate) goal: Goal,
    /// The piece of work whose time for one this one is a multiple of; its own name where it is such a base.
    pub(crate) base: &'static str,
    pub(crate) run: Box<dyn FnMut() -> usize + 'a>,
}

impl Work<'_> {
    /// Does it so many times.
    pub(crate) fn repeat(&mut self, times: usize) {
        for _ in 0..times {
            black_box((self.run)());
        }
    }

    /// Median nanoseconds of one run.
    fn median(&mut self) -> f64 {
        let start = Instant::now();
        self.repeat(1);
        let once = start.elapsed().max(Duration::from_nanos(20));
        let times = (SAMPLE.as_nanos() / once.as_nanos()).clamp(1, 1_000_000) as usize;
        let mut samples: Vec<Duration> = (0..SAMPLES)
            .map(|_| {
                let start = Instant::now();
                self.repeat(times);
                start.elapsed()
            })
            .collect();
        samples.sort();
        samples[SAMPLES / 2].as_nanos() as f64 / times as f64
    }
}

/// Times all of it, one row each.
pub(crate) fn table(works: &mut [Work<'_>]) -> String {
    let mut table = format!(
        "{:<52}{:>12}{:>16}{:>9}  {}\n",
        "", "median", "per second", "ratio", "goal"
    );
    let mut bases: Vec<(&str, f64)> = Vec::new();
    for work in works {
        let median = work.median();
        let units = match work.amount {
            Amount::One => 1,
            Amount::Rows(units) | Amount::Bytes(units) => units,
        } as f64;
        let one = median / units;
        if work.base == work.name {
            bases.push((work.name, one));
        }
        let base = bases.iter().find(|(name, _)| *name == work.base);
        let times = base.map(|(_, base)| one / base);
        let ratio = times.map_or_else(String::new, |times| format!("{times:.3}"));
        let (shown, rate) = match work.amount {
            Amount::One => (time(median), format!("{:.0}", 1e9 / median)),
            // Of what takes longer than some microseconds, millions would be shown as none.
            Amount::Rows(_) if one > 1e4 => (time(one), format!("{:.0}", 1e9 / one)),
            Amount::Rows(_) => (time(one), format!("{:.1} M rows", 1e3 / one)),
            Amount::Bytes(_) => (time(median), format!("{:.0} MB", 1e3 / one)),
        };
        let goal = match work.goal {
            Goal::None => String::new(),
            Goal::Nanoseconds(most) => said(one <= most, format!("≤ {}", time(most))),
            Goal::Millions(least) => said(1e3 / one >= least, format!("≥ {least} M/s")),
            Goal::Import {
                millions,
                times: most,
            } => format!(
                "{}, {}",
                said(1e3 / one >= millions, format!("≥ {millions} M/s")),
                said(
                    times.is_some_and(|it| it <= most),
                    format!("ratio ≤ {most}")
                ),
            ),
        };
        let _ = writeln!(
            table,
            "{:<52}{shown:>12}{rate:>16}{ratio:>9}  {goal}",
            work.name
        );
    }
    table
}

fn said(met: bool, goal: String) -> String {
    format!("{goal}{}", if met { "" } else { "  missed" })
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        small if small < 1e3 => format!("{small:.1} ns"),
        middle if middle < 1e6 => format!("{:.2} µs", middle / 1e3),
        large => format!("{:.2} ms", large / 1e6),
    }
}
