//! One illness in several records: the diagnosis of a visit, of which only the day of recording is told, repeats the
//! problem whose beginning is.

use std::collections::BTreeMap;
use waymark_criteria::Date;
use waymark_engine::chart::{Entry, Event};

/// Takes what is known since some day, and said by another record to have begun on an earlier one, to be that same thing:
/// it began no earlier.
pub(crate) fn begin_with_the_problem(entries: &mut [Entry]) {
    let illness = |event: &Event| {
        matches!(
            event,
            Event::Diagnosis(_) | Event::Metastasis(_) | Event::Stage(_)
        )
    };
    let known_since = |entry: &Entry| {
        let open = entry.date.low.is_none() && illness(&entry.event);
        entry.date.high.filter(|_| open)
    };
    if !entries.iter().any(|entry| known_since(entry).is_some()) {
        return;
    }
    let mut begun: BTreeMap<Event, Date> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| illness(&entry.event)) {
        if let (Some(low), Some(_)) = (entry.date.low, entry.date.high) {
            let first = begun.entry(whole(&entry.event)).or_insert(low);
            *first = low.min(*first);
        }
    }
    let repeats: Vec<(usize, Date)> = entries
        .iter()
        .enumerate()
        .filter_map(|(position, entry)| {
            let high = known_since(entry)?;
            let low = *begun.get(&whole(&entry.event))?;
            (low <= high).then_some((position, low))
        })
        .collect();
    for (position, low) in repeats {
        entries[position].date.low = Some(low);
    }
}

/// The same without the side, which one of the records may leave out.
fn whole(event: &Event) -> Event {
    let mut event = event.clone();
    if let Event::Diagnosis(found) = &mut event {
        found.side = None;
    }
    event
}
