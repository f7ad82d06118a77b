//! docs/input-cases.md names every folder of tests/cases/input, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;

use crate::support::root;

#[test]
fn every_habit_has_its_folder_and_every_folder_its_habit() {
    let page = fs::read_to_string(root().join("docs/input-cases.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.rsplit(" | ").next());
    let named: Vec<&str> = rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let distinct: BTreeSet<String> = named.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(named.len(), distinct.len(), "a folder is named twice");
    let folders: BTreeSet<String> = fs::read_dir(root().join("tests/cases/input"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("data.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(distinct.symmetric_difference(&folders).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// The crate is the program that saves this case's workbook; `BENCHLINE_BLESS=1`
/// saves it anew.
#[test]
fn a_workbook_is_what_rust_xlsxwriter_saves() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let text = fs::read_to_string(root().join("tests/cases/findings/_base/data/values.csv")).unwrap();
    for (row, line) in text.lines().enumerate() {
        for (column, word) in line.split(',').enumerate() {
            let (row, column) = (row as u32, column as u16);
            match word.parse::<f64>() {
                Ok(number) if column > 1 => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, word).unwrap(),
            };
        }
    }
    let saved = book.save_to_buffer().unwrap();
    let case = root().join("tests/cases/input/xlsx-by-rust-xlsxwriter/data/values.xlsx");
    if std::env::var_os("BENCHLINE_BLESS").is_some() {
        fs::write(&case, &saved).unwrap();
    }
    let cells = |bytes: Vec<u8>| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        range.cells().map(|(row, column, cell)| (row, column, cell.to_string())).collect::<Vec<_>>()
    };
    let kept = cells(fs::read(case).unwrap());
    assert!(kept.len() > 20 && kept == cells(saved), "{kept:?}");
}
