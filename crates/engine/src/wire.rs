//! The published JSON types, schema `waymark.assessment/1`.
