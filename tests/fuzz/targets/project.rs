//! Any text as a project file.
#![no_main]

#[path = "../folder.rs"]
mod folder;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| folder::open(&[("benchline.toml", bytes)]));
