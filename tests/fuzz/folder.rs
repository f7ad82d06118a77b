//! The base project of tests/cases/findings in a folder in memory (`/dev/shm`) or
//! the temporary one, with some files replaced.

#![allow(dead_code, reason = "each target uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use benchline::diagnostics::Findings;
use benchline::project;
use tempfile::TempDir;

fn folder() -> &'static Path {
    static FOLDER: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        let folder = folder.expect("a temporary folder");
        let path = folder.path().to_owned();
        (folder, path)
    });
    path
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the base project").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(path, target).expect("a copy");
        }
    }
}

/// Opens and scores the base project with these files in place of its own.
pub fn open(files: &[(&str, &[u8])]) {
    static READY: OnceLock<()> = OnceLock::new();
    let folder = folder();
    READY.get_or_init(|| {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/findings/_base"), folder);
    });
    for (path, bytes) in files {
        fs::write(folder.join(path), bytes).expect("a file");
    }
    let mut findings = Findings::new();
    if let Some(open) = project::open(folder, &mut findings) {
        let _ = project::score(open, &mut findings);
    }
}

/// A part of an archive: its path and its content.
pub struct Part<'a>(pub &'static str, pub &'a [u8]);

/// An archive that packs nothing.
pub fn zipped(parts: &[Part<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for Part(path, content) in parts {
        let offset = bytes.len() as u32;
        let mut head = Vec::new();
        head.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x58]);
        head.extend(crc(content).to_le_bytes());
        head.extend((content.len() as u32).to_le_bytes());
        head.extend((content.len() as u32).to_le_bytes());
        head.extend((path.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(path.as_bytes());
        bytes.extend(*content);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let (count, start) = (parts.len() as u16, bytes.len() as u32);
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (!(crc & 1)).wrapping_add(1)))
    })
}

/// A workbook whose sheet is `sheet`.
pub fn xlsx(sheet: &[u8]) -> Vec<u8> {
    zipped(&[
        Part("[Content_Types].xml", b"<Types/>"),
        Part("_rels/.rels", b"<Relationships><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        Part("xl/workbook.xml", b"<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        Part("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        Part("xl/sharedStrings.xml", b"<sst><si><t>code</t></si><si><t>answered</t></si></sst>"),
        Part("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// The workbook of tests/cases/workbooks with its stream of records replaced from
/// the front.
pub fn xls(records: &[u8]) -> Vec<u8> {
    let mut file = include_bytes!("../cases/workbooks/values.xls").to_vec();
    for (byte, new) in file.iter_mut().skip(512).zip(records) {
        *byte = *new;
    }
    file
}
