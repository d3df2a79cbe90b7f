//! Timings of every arrow of the product, one table: `cargo bench -p waymark-benches`.
//!
//! Ratios are of the time for one (patient, row, byte) to that of a base in the same run, so that they mean the same
//! on every machine. `-- instructions` counts instructions under valgrind instead, `-- memory` measures what an import
//! takes; `-- NAME` times what has NAME in it.

#![expect(clippy::print_stdout, reason = "a bench reports on standard output")]

mod inputs;
mod instructions;
mod measure;
mod memory;
mod typed;

use measure::{Amount, Goal, Work, table};
use std::process::ExitCode;
use std::rc::Rc;
use waymark_criteria::{BLOCK_LANES, FactColumns, Plan, Planes, Values};
use waymark_engine::assess::{assess, judge, settle};
use waymark_engine::bundle::ShippedFor;
use waymark_engine::chart::Completeness;
use waymark_engine::derive::derive;
use waymark_engine::reasons::Reasoner;
use waymark_engine::{Bundle, Chart};
use waymark_fhir::Reader;
use waymark_knowledge::diff::Comparison;
use waymark_testsuite::{bundle, chart, day, generate, root};

/// Blocks of the benches that read from memory: more than any cache near the core holds.
const BLOCKS: usize = 64;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let timed = arguments.iter().any(|it| it == "--bench");
    let arguments: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|it| *it != "--bench")
        .collect();
    let outcome = match arguments[..] {
        ["instructions"] => instructions::table(),
        ["repeat", name, times, knowledge] => instructions::repeat(name, times, knowledge),
        ["memory"] => memory::table(),
        ["peak", knowledge, records] => memory::peak(knowledge, records),
        [] if !timed => Inputs::new(bundle()).map(|inputs| {
            let mut works = inputs.works();
            works.iter_mut().for_each(|work| work.repeat(1));
            format!("{} benches run", works.len())
        }),
        [] | [_] => Inputs::new(bundle()).map(|inputs| {
            let mut works = inputs.works();
            if let [name] = arguments[..] {
                works.retain(|work| work.name.contains(name));
            }
            table(&mut works)
        }),
        _ => Err(
            "usage: cargo bench -p waymark-benches [-- instructions | memory | NAME]".to_owned(),
        ),
    };
    match outcome {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Everything that is timed.
struct Inputs {
    bundle: Bundle,
    bytes: Vec<u8>,
    shipped: Vec<u8>,
    comparison: Comparison,
    cohort: FactColumns,
    plan: Plan,
    patient: Values,
    near: FactColumns,
    one_day: FactColumns,
    own_days: FactColumns,
    planes: Vec<Planes>,
    chart: Chart,
    long: Chart,
    several: Chart,
    minimal: Chart,
    records: [Vec<u8>; 2],
    public: Option<[Vec<u8>; 3]>,
}

impl Inputs {
    fn new(bundle: Bundle) -> Result<Self, String> {
        let plan = bundle.program().plan(&inputs::verdicts(&bundle));
        let one_day = inputs::columns(&bundle, BLOCKS * BLOCK_LANES, true);
        let planes = (0..BLOCKS).map(|block| {
            let mut planes = plan.planes();
            plan.atom_planes(&one_day, block, &mut planes);
            planes
        });
        let comparison = Comparison::new(&bundle, &bundle);
        let comparison = comparison.map_err(|problems| format!("{problems:?}"))?;
        let cohort = inputs::cohort(&bundle, BLOCKS * BLOCK_LANES)?;
        let examples = root().join("examples");
        let records = examples.join("two-lines-brain-metastases.fhir.json");
        Ok(Inputs {
            bytes: bundle.to_bytes(),
            shipped: bundle.shipped(ShippedFor::Exports),
            patient: generate::patient(&bundle, 1),
            near: inputs::columns(&bundle, BLOCK_LANES, false),
            own_days: inputs::columns(&bundle, BLOCKS * BLOCK_LANES, false),
            planes: planes.collect(),
            chart: inputs::chart_of(60, &bundle)?,
            long: inputs::chart_of(5_000, &bundle)?,
            several: inputs::chart_of_several(&bundle)?,
            minimal: chart(&examples.join("minimal.chart"), &bundle)?,
            records: [
                inputs::bundle_of(100_000, &records)?,
                inputs::bundle_of(4_000_000, &records)?,
            ],
            public: inputs::public_records(),
            one_day,
            comparison,
            cohort,
            plan,
            bundle,
        })
    }

    fn works(&self) -> Vec<Work<'_>> {
        let mut works = self.verdicts();
        works.extend(self.assessments());
        works.extend(self.imports());
        works
    }

    fn verdicts(&self) -> Vec<Work<'_>> {
        let (plan, program) = (&self.plan, self.bundle.program());
        let base = "every node, one patient (base)";
        let rows = Amount::Rows(BLOCKS * BLOCK_LANES);
        let from_columns = move |columns: &FactColumns, planes: &mut Planes| {
            (0..columns.blocks())
                .map(|block| {
                    plan.atom_planes(columns, block, planes);
                    plan.evaluate_planes(planes);
                    decided(plan, planes)
                })
                .sum()
        };
        let (mut one, mut two, mut three, mut four) =
            (plan.planes(), plan.planes(), plan.planes(), plan.planes());
        let mut memory = self.planes.clone();
        vec![
            Work {
                name: base,
                amount: Amount::One,
                goal: Goal::None,
                base,
                run: Box::new(|| {
                    let evaluation = program.evaluate(&self.patient);
                    program
                        .roots()
                        .map(|(_, root)| evaluation.truth(root))
                        .filter(|it| it.is_known())
                        .count()
                }),
            },
            Work {
                name: "verdicts, one patient",
                amount: Amount::One,
                goal: Goal::Nanoseconds(5_000.0),
                base,
                run: Box::new(|| plan.truths(&self.patient).len()),
            },
            Work {
                name: "verdicts, 512 lanes in cache",
                amount: Amount::Rows(BLOCK_LANES),
                goal: Goal::Nanoseconds(50.0),
                base,
                run: Box::new(move || from_columns(&self.near, &mut one)),
            },
            Work {
                name: "columns to test planes, 512 lanes in cache",
                amount: Amount::Rows(BLOCK_LANES),
                goal: Goal::None,
                base,
                run: Box::new(move || {
                    plan.atom_planes(&self.near, 0, &mut two);
                    1
                }),
            },
            Work {
                name: "test planes in memory to verdict planes",
                amount: rows,
                goal: Goal::Millions(20.0),
                base,
                run: Box::new(move || {
                    memory
                        .iter_mut()
                        .map(|planes| {
                            plan.evaluate_planes(planes);
                            decided(plan, planes)
                        })
                        .sum()
                }),
            },
            Work {
                name: "fact columns in memory to verdict planes, one day",
                amount: rows,
                goal: Goal::Millions(3.0),
                base,
                run: Box::new(move || from_columns(&self.one_day, &mut three)),
            },
            Work {
                name: "the same, each row of its own day",
                amount: rows,
                goal: Goal::Millions(3.0),
                base,
                run: Box::new(move || from_columns(&self.own_days, &mut four)),
            },
            Work {
                name: "kb diff: a population under two bundles",
                amount: rows,
                // A million in two seconds.
                goal: Goal::Millions(0.5),
                base,
                run: Box::new(|| {
                    let mut effect = self.comparison.nobody();
                    self.comparison.judge(&self.cohort, &mut effect);
                    effect.items.iter().map(|it| it.met_after as usize).sum()
                }),
            },
        ]
    }

    fn assessments(&self) -> Vec<Work<'_>> {
        let as_of = day("2026-11-01");
        let base = "derive, chart of 60 records (base)";
        let facts = move |chart: &Chart| derive(chart, &self.bundle, as_of, Completeness::Partial);
        let judged = |chart: &Chart| {
            let values = facts(chart).values(self.bundle.schema());
            let evaluation = self.bundle.program().evaluate(&values);
            (values, evaluation)
        };
        let known = facts(&self.chart);
        let (values, evaluation) = judged(&self.chart);
        let (open, unknown) = judged(&self.minimal);
        let recorded = values.clone();
        let regimens = &self.bundle.content().regimens;
        let reasons = move |values: &Values| {
            let reasoner = Reasoner::new(&self.bundle, values);
            let given = regimens.iter().filter_map(|it| reasoner.reasons(&it.id));
            given.filter(|it| it.not_computed.is_none()).count()
        };
        vec![
            Work {
                name: base,
                amount: Amount::One,
                goal: Goal::Nanoseconds(200_000.0),
                base,
                run: Box::new(move || facts(&self.chart).facts.len()),
            },
            Work {
                name: "assess it, explanations and settle included",
                amount: Amount::One,
                goal: Goal::Nanoseconds(400_000.0),
                base,
                run: Box::new(move || {
                    assess(&self.chart, &known, &self.bundle, as_of)
                        .regimens
                        .len()
                }),
            },
            Work {
                name: "chart of 60 records to assessment with settle",
                amount: Amount::One,
                goal: Goal::Nanoseconds(400_000.0),
                base,
                run: Box::new(move || {
                    let facts = facts(&self.chart);
                    assess(&self.chart, &facts, &self.bundle, as_of)
                        .regimens
                        .len()
                }),
            },
            Work {
                name: "the same without settle, all explanations",
                amount: Amount::One,
                goal: Goal::Nanoseconds(200_000.0),
                base,
                run: Box::new(move || {
                    let facts = facts(&self.chart);
                    judge(&self.chart, &facts, &self.bundle, as_of)
                        .regimens
                        .len()
                }),
            },
            Work {
                name: "derive, chart of 5,000 records",
                amount: Amount::One,
                goal: Goal::None,
                base,
                run: Box::new(move || facts(&self.long).facts.len()),
            },
            Work {
                name: "chart of 5,000 records to assessment with settle",
                amount: Amount::One,
                goal: Goal::None,
                base,
                run: Box::new(move || {
                    let facts = facts(&self.long);
                    assess(&self.long, &facts, &self.bundle, as_of)
                        .regimens
                        .len()
                }),
            },
            Work {
                name: "derive, 60 records of several people at once",
                amount: Amount::One,
                goal: Goal::Nanoseconds(200_000.0),
                base,
                run: Box::new(move || facts(&self.several).facts.len()),
            },
            Work {
                name: "those to assessment with settle",
                amount: Amount::One,
                goal: Goal::Nanoseconds(400_000.0),
                base,
                run: Box::new(move || {
                    let facts = facts(&self.several);
                    assess(&self.several, &facts, &self.bundle, as_of)
                        .regimens
                        .len()
                }),
            },
            Work {
                name: "settle alone, chart of 60 records",
                amount: Amount::One,
                goal: Goal::Nanoseconds(200_000.0),
                base,
                run: Box::new(move || settle(&self.bundle, &values, &evaluation).len()),
            },
            Work {
                name: "settle alone, nearly nothing known",
                amount: Amount::One,
                goal: Goal::Nanoseconds(200_000.0),
                base,
                run: Box::new({
                    let open = open.clone();
                    move || settle(&self.bundle, &open, &unknown).len()
                }),
            },
            Work {
                name: "reasons of a regimen, chart of 60 records",
                amount: Amount::Rows(regimens.len()),
                goal: Goal::Nanoseconds(2_000_000.0),
                base,
                run: Box::new(move || reasons(&recorded)),
            },
            Work {
                name: "reasons of a regimen, nearly nothing known",
                amount: Amount::Rows(regimens.len()),
                goal: Goal::Nanoseconds(2_000_000.0),
                base,
                run: Box::new(move || reasons(&open)),
            },
        ]
    }

    fn imports(&self) -> Vec<Work<'_>> {
        let reader = Rc::new(Reader::new(&self.bundle));
        let names = [
            [
                "typed parse of the same elements, 100 KB bundle",
                "JSON syntax alone, 100 KB bundle",
                "import, 100 KB bundle",
            ],
            [
                "typed parse of the same elements, 4 MB bundle",
                "JSON syntax alone, 4 MB bundle",
                "import, 4 MB bundle",
            ],
            [
                "typed parse, public record of 72 KB",
                "JSON syntax alone, public record of 72 KB",
                "import, public record of 72 KB",
            ],
            [
                "typed parse, public record of 1.1 MB",
                "JSON syntax alone, public record of 1.1 MB",
                "import, public record of 1.1 MB",
            ],
            [
                "typed parse, public record of 3.2 MB",
                "JSON syntax alone, public record of 3.2 MB",
                "import, public record of 3.2 MB",
            ],
        ];
        let mut works = Vec::new();
        let inputs = self.records.iter().chain(self.public.iter().flatten());
        for ([base, syntax, import], bytes) in names.into_iter().zip(inputs) {
            let work = |name, goal, run| Work {
                name,
                amount: Amount::Bytes(bytes.len()),
                goal,
                base,
                run,
            };
            let goal = Goal::Import {
                millions: 200.0,
                times: 2.5,
            };
            let reader = Rc::clone(&reader);
            let read = move || reader.read(bytes, None).map_or(0, |it| it.entries.len());
            works.push(work(
                base,
                Goal::None,
                Box::new(|| typed::parse(bytes).unwrap_or(0)),
            ));
            works.push(work(syntax, Goal::None, Box::new(|| typed::walk(bytes))));
            works.push(work(import, goal, Box::new(read)));
        }
        works.push(Work {
            name: "load the knowledge from its bytes",
            amount: Amount::Bytes(self.bytes.len()),
            goal: Goal::None,
            base: names[0][0],
            run: Box::new(|| {
                Bundle::from_bytes(&self.bytes).map_or(0, |it| it.content().facts.len())
            }),
        });
        works.push(Work {
            name: "load the knowledge that the build embedded",
            amount: Amount::Bytes(self.shipped.len()),
            goal: Goal::None,
            base: names[0][0],
            run: Box::new(|| {
                Bundle::from_shipped(&self.shipped).map_or(0, |it| it.content().facts.len())
            }),
        });
        works
    }
}

/// Lanes with an answer, over all roots: what a reader of the planes would at least look at.
fn decided(plan: &Plan, planes: &Planes) -> usize {
    (0..plan.roots())
        .map(|root| plan.root_lanes(planes, root).is_known[0] as usize & 1)
        .sum()
}
