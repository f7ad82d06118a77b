//! Files of tests/cases with bytes changed, cut and repeated, always the same
//! ones: whatever comes of them, nothing panics. The fuzz targets in tests/fuzz go
//! further.

use std::fs;
use std::path::PathBuf;

use benchline::diagnostics::Findings;
use benchline::project;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::support::{Copy, files, root};

const BASE: &str = "tests/cases/findings/_base";

/// One of the ways in which a file comes to be wrong.
fn mutate(bytes: &mut Vec<u8>, random: &mut ChaCha8Rng) {
    for _ in 0..=random.next_u32() % 4 {
        if bytes.is_empty() {
            return;
        }
        let at = random.next_u32() as usize % bytes.len();
        let to = (at + 1 + random.next_u32() as usize % 64).min(bytes.len());
        match random.next_u32() % 6 {
            0 => bytes[at] = random.next_u32() as u8,
            1 => bytes[at] ^= 1 << (random.next_u32() % 8),
            2 => bytes[at..to].fill(0xFF),
            3 => bytes.truncate(at),
            4 => {
                let part = bytes[at..to].to_vec();
                bytes.splice(at..at, part);
            }
            _ => drop(bytes.drain(at..to)),
        }
    }
}

/// Opens the base project with a file changed in `count` ways.
fn survive(seed: &[u8], path: &str, count: usize, random: &mut ChaCha8Rng) {
    let copy = Copy::of(BASE);
    if path == "data/values.book" {
        copy.edit("benchline.toml", "file = \"data/values.csv\"", "file = \"data/values.book\"");
    }
    for _ in 0..count {
        let mut bytes = seed.to_vec();
        mutate(&mut bytes, random);
        fs::write(copy.path().join(path), &bytes).unwrap();
        let mut findings = Findings::new();
        let open = project::open(copy.path(), &mut findings);
        assert!(open.is_some() || findings.has_errors());
    }
}

#[test]
fn changed_workbooks_do_not_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(4);
    let kinds = [".xlsx", ".xls", ".ods"];
    let of = |folder: &str| files(&root().join(folder));
    let books: Vec<(String, Vec<u8>)> =
        of("tests/cases/input").into_iter().chain(of("tests/cases/workbooks")).collect();
    let books: Vec<_> =
        books.into_iter().filter(|(name, _)| kinds.iter().any(|kind| name.ends_with(kind))).collect();
    assert!(books.len() > 25);
    for (_, bytes) in &books {
        survive(bytes, "data/values.book", 12, &mut random);
    }
    // What is packed is reached only by changing it before it is packed.
    for (name, bytes) in
        books.iter().filter(|(_, bytes)| zip::ZipArchive::new(std::io::Cursor::new(bytes)).is_ok()).step_by(3)
    {
        let part = if name.ends_with(".ods") { "content.xml" } else { "xl/worksheets/sheet1.xml" };
        for _ in 0..12 {
            let changed = repacked(bytes, part, &mut random);
            let copy = Copy::of(BASE);
            copy.edit("benchline.toml", "file = \"data/values.csv\"", "file = \"data/values.book\"");
            fs::write(copy.path().join("data/values.book"), changed).unwrap();
            let mut findings = Findings::new();
            let open = project::open(copy.path(), &mut findings);
            assert!(open.is_some() || findings.has_errors());
        }
    }
}

/// The archive with one part changed.
fn repacked(bytes: &[u8], changed: &str, random: &mut ChaCha8Rng) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == changed {
            mutate(&mut content, random);
        }
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        made.start_file(name, stored).unwrap();
        made.write_all(&content).unwrap();
    }
    made.finish().unwrap().into_inner()
}

#[test]
fn changed_texts_do_not_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    for path in ["data/values.csv", "data/units.csv", "benchline.toml", "indicators/index.toml"] {
        let seed: PathBuf = root().join(BASE).join(path);
        survive(&fs::read(seed).unwrap(), path, 120, &mut random);
    }
}
