//! Any bytes as a CSV of values: read, checked and computed without a panic.
#![no_main]

#[path = "../folder.rs"]
mod folder;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| folder::open(&[("data/values.csv", bytes)]));
