//! Every entry was reviewed on a day and is due again on a later one.

use crate::Options;
use crate::base::Base;
use waymark_criteria::{Date, Diagnostic, Severity};

pub(super) fn check(base: &Base, options: &Options, problems: &mut Vec<Diagnostic>) {
    for entry in &base.entries {
        let (Some(on), Some(due)) = (entry.head.text("review.on"), entry.head.text("review.due"))
        else {
            continue;
        };
        let (Some(reviewed), Some(next)) = (Date::parse(&on.value), Date::parse(&due.value)) else {
            continue;
        };
        if next <= reviewed {
            let message = format!("the next review, {next}, is not after the last, {reviewed}");
            problems.push(entry.error("review-order", due.span, message));
        }
        let Some(today) = options.today else { continue };
        if reviewed > today {
            let message = format!("the review of {reviewed} has not happened by {today}");
            problems.push(entry.error("review-in-future", on.span, message));
        }
        if next < today {
            let message = format!("the review was due on {next}");
            let severity = if options.release {
                Severity::Error
            } else {
                Severity::Warning
            };
            let problem = entry.error("review-overdue", due.span, message);
            let problem = problem.help("review the entry, then set `on` and `due`");
            problems.push(Diagnostic {
                severity,
                ..problem
            });
        }
    }
}
