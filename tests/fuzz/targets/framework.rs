//! Any text as a framework.
#![no_main]

#[path = "../folder.rs"]
mod folder;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| folder::open(&[("indicators/index.toml", bytes)]));
