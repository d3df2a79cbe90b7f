//! Days on which two wordings hold, none does, or nobody knows.

use super::logic::over_time;
use super::{Finding, Gap};
use waymark_criteria::{Bounds, Date, NodeId, Truth};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Indication, Scope, name};

pub(super) fn check(bundle: &Bundle, gaps: &mut Vec<Gap>) {
    let program = bundle.program();
    let in_force = |id: &str| program.root(&name::in_force(id));
    for regimen in &bundle.content().regimens {
        let deciding: Vec<(&Indication, NodeId)> = regimen
            .indications
            .iter()
            .filter(|indication| indication.scope == Scope::Metastatic)
            .filter_map(|indication| Some((indication, in_force(&indication.id)?)))
            .collect();
        let nodes: Vec<NodeId> = deciding.iter().map(|(_, node)| *node).collect();
        let time = over_time(bundle, &nodes);
        holes(&regimen.id, &time, gaps);
        for (position, (one, _)) in deciding.iter().enumerate() {
            for (offset, (other, _)) in deciding[position + 1..].iter().enumerate() {
                let both = |truths: &[Truth]| {
                    truths[position] == Truth::True && truths[position + 1 + offset] == Truth::True
                };
                let spans = time.iter().filter(|(_, truths)| both(truths));
                if one.to.is_none() && other.to.is_none() {
                    continue;
                }
                if let Some(span) = hull(spans.map(|(span, _)| *span)) {
                    let text = format!(
                        "both are in force {}, though one of them ends",
                        worded(span)
                    );
                    gaps.push(gap(
                        Finding::Overlap,
                        format!("{} + {}", one.id, other.id),
                        text,
                    ));
                }
            }
        }
    }
    let content = bundle.content();
    // Publications are dated to the year, and stand beside the verdicts: positions and guidance are left out.
    let mut dated: Vec<&str> = content.criteria.iter().map(|it| it.id.as_str()).collect();
    for regimen in &content.regimens {
        let deciding = regimen.indications.iter();
        dated.extend(
            deciding
                .filter(|it| it.scope == Scope::Metastatic)
                .map(|it| it.id.as_str()),
        );
        dated.extend(regimen.cautions.iter().map(|it| it.id.as_str()));
    }
    for medicine in &content.medicines {
        dated.extend(medicine.cautions.iter().map(|it| it.id.as_str()));
    }
    for id in dated {
        let Some(node) = in_force(id) else { continue };
        let time = over_time(bundle, &[node]);
        let open = time
            .iter()
            .filter(|(_, truths)| truths[0] == Truth::Unknown);
        if let Some(span) = hull(open.map(|(span, _)| *span)) {
            let text = format!("it is not known whether it holds {}", worded(span));
            gaps.push(gap(Finding::Undated, id.to_owned(), text));
        }
    }
}

/// Days without any indication, after the first one began.
fn holes(regimen: &str, time: &[(Bounds, Vec<Truth>)], gaps: &mut Vec<Gap>) {
    let none = |truths: &[Truth]| truths.iter().all(|truth| *truth == Truth::False);
    let begun = time.iter().skip_while(|(_, truths)| none(truths));
    let mut open: Option<Bounds> = None;
    let last = (Bounds::UNKNOWN, vec![Truth::True]);
    for (span, truths) in begun.chain([&last]) {
        if none(truths) {
            open = hull([open, Some(*span)].into_iter().flatten());
        } else if let Some(span) = open.take() {
            let text = format!(
                "no use for metastatic breast cancer is in force {}",
                worded(span)
            );
            gaps.push(gap(Finding::Hole, regimen.to_owned(), text));
        }
    }
}

fn gap(finding: Finding, of: String, text: String) -> Gap {
    Gap {
        finding,
        of,
        text,
        witness: None,
        on: None,
        accepted: None,
    }
}

fn hull(spans: impl IntoIterator<Item = Bounds>) -> Option<Bounds> {
    spans.into_iter().reduce(|one, other| Bounds {
        low: one.low.min(other.low),
        high: one.high.max(other.high),
    })
}

fn worded(span: Bounds) -> String {
    let day = |end: Option<i64>| end.map(Date::from_days);
    let last = day(span.high).filter(|day| *day < Date::MAX);
    let first = day(span.low).unwrap_or(Date::MIN);
    match last {
        Some(last) if last == first => format!("on {first}"),
        Some(last) => format!("from {first} to {last}"),
        None => format!("from {first} on"),
    }
}
