//! Any bytes as a workbook. A container is put around them by their first byte,
//! so that the fuzzer reaches the sheets and not only the container.
#![no_main]

#[path = "../folder.rs"]
mod folder;

use folder::{Part, zipped};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let file = match kind % 4 {
        0 => rest.to_vec(),
        1 => zipped(&[
            Part("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            Part("META-INF/manifest.xml", b"<manifest/>"),
            Part("content.xml", rest),
        ]),
        2 => folder::xlsx(rest),
        _ => folder::xls(rest),
    };
    folder::open(&[("data/values.csv", &file)]);
});
