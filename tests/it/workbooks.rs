//! Workbooks give what the same values in CSV give, whatever wrote them, and
//! cannot do harm.

use std::fs;
use std::path::Path;
use std::time::Instant;

use benchline::diagnostics::Findings;
use benchline::project;
use rust_xlsxwriter::{Format, Workbook};

use crate::support::{Copy, benchline, root};

const BASE: &str = "tests/cases/findings/_base";
const CSV: &str = "file = \"data/values.csv\"";

/// A copy of the base project whose values are in a workbook of tests/cases.
fn with_workbook(name: &str, reference: &str) -> Copy {
    let copy = Copy::of(BASE);
    fs::copy(root().join("tests/cases/workbooks").join(name), copy.path().join("data").join(name)).unwrap();
    copy.edit("benchline.toml", CSV, &format!("file = \"data/{reference}\""));
    copy
}

/// The scores of a project by unit and period, to the last digit.
fn scores(project: &Path) -> String {
    let out = tempfile::tempdir().unwrap();
    let target = out.path().join("out");
    let ran = benchline(project, &["score", ".", "--out", target.to_str().unwrap(), "--quiet"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    fs::read_to_string(target.join("results.csv")).unwrap()
}

#[test]
fn every_kind_of_workbook_gives_what_csv_gives() {
    let expected = scores(Copy::of(BASE).path());
    let workbooks = ["titled.xlsx", "two-rows.xlsx", "two-sheets.xlsx#修订", "values.xls", "values.ods"];
    for reference in workbooks {
        let name = reference.split('#').next().unwrap();
        assert_eq!(scores(with_workbook(name, reference).path()), expected, "{reference}");
    }
}

/// Writes a workbook in place of the values of the base project.
fn written(fill: impl FnOnce(&mut Workbook)) -> Copy {
    let copy = Copy::of(BASE);
    let mut book = Workbook::new();
    fill(&mut book);
    book.save(copy.path().join("data/values.xlsx")).unwrap();
    copy.edit("benchline.toml", CSV, "file = \"data/values.xlsx\"");
    copy
}

fn values(book: &mut Workbook, answered: impl Fn(&mut rust_xlsxwriter::Worksheet, u32, f64)) {
    let sheet = book.add_worksheet();
    for (row, line) in
        fs::read_to_string(root().join(BASE).join("data/values.csv")).unwrap().lines().enumerate()
    {
        for (column, word) in line.split(',').enumerate() {
            let (row, column) = (row as u32, column as u16);
            match word.parse::<f64>() {
                Ok(number) if column == 2 => answered(sheet, row, number),
                Ok(number) if column > 2 => drop(sheet.write_number(row, column, number).unwrap()),
                _ => drop(sheet.write_string(row, column, word).unwrap()),
            }
        }
    }
}

#[test]
fn a_fraction_shown_as_a_percentage_is_a_percentage() {
    let percent = Format::new().set_num_format("0.0%");
    let copy = written(|book| {
        values(book, |sheet, row, number| {
            sheet.write_number_with_format(row, 2, number / 100.0, &percent).unwrap();
        });
    });
    assert_eq!(scores(copy.path()), scores(Copy::of(BASE).path()));
}

#[test]
fn a_mistake_is_located_by_sheet_and_cell() {
    let copy = written(|book| {
        values(book, |sheet, row, number| {
            if row == 3 {
                sheet.write_string(row, 2, "fifty").unwrap();
            } else {
                sheet.write_number(row, 2, number).unwrap();
            }
        });
    });
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.starts_with(
            "error[V203]: `fifty` in column `answered` is not a number\n--> data/values.xlsx › Sheet1 › C4\n"
        ),
        "{}",
        ran.stderr
    );
}

/// The codes of what is found when the values are `bytes`, and how long it took.
fn found(bytes: &[u8]) -> (Vec<&'static str>, std::time::Duration) {
    let copy = Copy::of(BASE);
    fs::write(copy.path().join("data/values.xlsx"), bytes).unwrap();
    copy.edit("benchline.toml", CSV, "file = \"data/values.xlsx\"");
    let (mut findings, start) = (Findings::new(), Instant::now());
    assert!(project::open(copy.path(), &mut findings).is_none());
    (findings.iter().map(|finding| finding.code.id()).collect(), start.elapsed())
}

#[test]
fn a_cell_far_out_costs_nothing() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "code").unwrap();
    sheet.write_number(1_048_575, 16_383, 1.0).unwrap();
    let (codes, _) = found(&book.save_to_buffer().unwrap());
    assert_eq!(codes, ["I113"]);
}

/// A few kilobytes that unpack to far more than the limit.
#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;

    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..160 {
        archive.write_all(&zeros).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 400_000, "{}", bytes.len());
    let (codes, _) = found(&bytes);
    assert_eq!(codes, ["I113"]);
}

#[test]
fn damaged_and_encrypted_workbooks_are_refused() {
    let whole = fs::read(root().join("tests/cases/workbooks/titled.xlsx")).unwrap();
    assert_eq!(found(&whole[..whole.len() / 2]).0, ["I111"]);
    let mut encrypted = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(found(&encrypted).0, ["I112"]);
}

#[test]
fn of_several_sheets_that_fit_one_must_be_named() {
    let copy = with_workbook("two-sheets.xlsx", "two-sheets.xlsx");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "zh"]);
    assert!(
        ran.stderr.contains("错误[I114]: “data/two-sheets.xlsx”中有几个工作表可用：报送, 修订"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("写明是哪一个，例如 `data/two-sheets.xlsx#报送`"), "{}", ran.stderr);
    let copy = with_workbook("two-sheets.xlsx", "two-sheets.xlsx#修定");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert!(ran.stderr.contains("error[I114]: `data/two-sheets.xlsx` has no sheet `修定`"), "{}", ran.stderr);
}
