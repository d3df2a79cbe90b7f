//! Many patients at once get the answers that each of them gets alone, over the real knowledge.

use waymark_criteria::{BLOCK_LANES, FactColumns, NodeId, Truth, Value, Values};
use waymark_testsuite::{bundle, generate};

#[test]
fn every_root_in_every_lane_is_what_one_patient_alone_gets() {
    let bundle = bundle();
    let program = bundle.program();
    let roots: Vec<NodeId> = program.roots().map(|(_, root)| root).collect();
    let plan = program.plan(&roots);
    let patients: Vec<Values> = (0..BLOCK_LANES as u64 * 2 + 77)
        .map(|seed| generate::patient(&bundle, seed))
        .collect();
    let mut columns = FactColumns::unknown(bundle.schema(), patients.len());
    for (lane, patient) in patients.iter().enumerate() {
        columns.set_all(lane, patient);
    }
    let mut planes = plan.planes();
    let mut seen = [false; 3];
    for block in 0..columns.blocks() {
        plan.atom_planes(&columns, block, &mut planes);
        plan.evaluate_planes(&mut planes);
        for lane in 0..BLOCK_LANES {
            let Some(patient) = patients.get(block * BLOCK_LANES + lane) else {
                continue;
            };
            let alone = program.evaluate(patient);
            let truths = plan.truths(patient);
            for (position, root) in roots.iter().enumerate() {
                let (name, expected) = (program.name_of(*root), alone.truth(*root));
                let found = plan.root_lanes(&planes, position).truth(lane);
                assert_eq!(found, expected, "{name:?} in lane {lane} of {block}");
                assert_eq!(truths[position], expected, "{name:?} alone");
                seen[match expected {
                    Truth::True => 0,
                    Truth::False => 1,
                    Truth::Unknown => 2,
                }] = true;
            }
        }
    }
    assert_eq!(seen, [true; 3], "the patients try every answer");
}

/// The dates on which labels came into force are compared in each lane by itself.
#[test]
fn lanes_may_be_of_different_days() {
    let bundle = bundle();
    let program = bundle.program();
    let roots: Vec<NodeId> = program
        .roots()
        .filter(|(name, _)| name.starts_with("in force "))
        .map(|(_, root)| root)
        .collect();
    let plan = program.plan(&roots);
    let days = program.thresholds(bundle.as_of());
    let mut columns = FactColumns::unknown(bundle.schema(), days.len());
    for (lane, day) in days.iter().enumerate() {
        let day = waymark_criteria::Bounds::exact(*day);
        columns.set(lane, bundle.as_of(), Value::Bounds(day));
    }
    let mut planes = plan.planes();
    plan.atom_planes(&columns, 0, &mut planes);
    plan.evaluate_planes(&mut planes);
    assert!(
        days.len() > 20 && days.len() <= BLOCK_LANES,
        "{}",
        days.len()
    );
    for (position, root) in roots.iter().enumerate() {
        for lane in 0..days.len() {
            let mut values = Values::unknown(bundle.schema());
            values.set(bundle.as_of(), columns.value(lane, bundle.as_of()));
            let found = plan.root_lanes(&planes, position).truth(lane);
            assert_eq!(
                found,
                program.truth_of(&values, *root),
                "{:?}",
                program.name_of(*root)
            );
        }
    }
}
