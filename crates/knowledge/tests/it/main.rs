//! The authors' compiler on small knowledge bases in memory.

#![allow(clippy::unwrap_used, clippy::panic)]

mod bundle;
mod cases;
mod cohort;
mod compare;
mod diff;
mod export;
mod figures;
mod gaps;
mod heads;
mod names;
mod sample;
mod search;
mod small;
mod tables;
mod template;
mod translations;
mod withdrawn;
mod wrong;
