//! The authors' compiler on small knowledge bases in memory.

#![allow(clippy::unwrap_used, clippy::panic)]

mod bundle;
mod cases;
mod figures;
mod heads;
mod names;
mod sample;
mod tables;
mod template;
mod translations;
mod withdrawn;
mod wrong;
