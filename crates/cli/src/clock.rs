//! Today's date. Only the command line reads a clock; below it the day is an argument.

use std::time::{SystemTime, UNIX_EPOCH};
use waymark_criteria::Date;

/// Days from 0001-01-01 to 1970-01-01.
const UNIX_EPOCH_DAY: i64 = 719_162;

/// Today in UTC.
pub(crate) fn today() -> Date {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs());
    Date::from_days(UNIX_EPOCH_DAY + i64::try_from(seconds / 86_400).unwrap_or(0))
}
