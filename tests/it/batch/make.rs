//! A batch as an institute gets it: 342 cities, one file each, in five formats.
//! XLSX and both kinds of CSV are written here, XLS and ODS by
//! tests/cases/batch/make.py with xlwt and LibreOffice.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

pub const HEADER: [&str; 7] = ["单位代码", "单位名称", "年度", "指标", "数值", "样本量", "其中满意"];

const PROJECT: &str = r#"kind = "index"
title = { zh = "批量报送", en = "A batch" }
publisher = { zh = "某研究院", en = "An institute" }
edition = "2025"
framework = "index"
date = "2025-12-01"
seed = 1
synthetic = true
attribution = { zh = "数据为虚构。", en = "The data are invented." }

[policy]
league_table = true

[units]
file = "registry.csv"
code = "code"
name_zh = "name_zh"
name_en = "name_en"
ignore = ["short_zh", "slug", "province", "region", "kind", "capital", "population_band", "operating_sample", "population_wan"]

[[data]]
file = "报送/*"
unit = "单位代码"
period = "年度"
long = { indicator = "指标", value = "数值", sample = { n = "样本量", k = "其中满意" } }
ignore = ["单位名称"]
"#;

/// Code and Chinese name of every city.
pub fn cities(root: &Path) -> Vec<(String, String)> {
    let registry = fs::read_to_string(root.join("city-data/registry-2025.csv")).unwrap();
    let fields = registry.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    fields.map(|fields| (fields[0].clone(), fields[1].clone())).collect()
}

/// An indicator, its name, its value, and the size of its sample with how many of
/// it were satisfied.
pub type Reported = (&'static str, &'static str, String, Option<(u32, u32)>);

/// What city `i` reports.
/// The same as in tests/cases/batch/make.py.
pub fn values(i: u32) -> [Reported; 6] {
    let tenths = |number: u32| format!("{}.{}", number / 10, number % 10);
    let k = 140 + i * 7 % 60;
    [
        ("answered", "接通率", tenths(700 + i * 37 % 250), None),
        ("waiting", "平均等待时长", (10 + i * 13 % 80).to_string(), None),
        ("budget", "座席经费", (1000 + i * 29 % 3000).to_string(), None),
        ("resolved", "解决率", tenths(650 + i * 53 % 300), None),
        ("satisfied", "满意度", tenths(k * 5), Some((200, k))),
        ("closed", "按时办结率", tenths(800 + i * 17 % 200), None),
    ]
}

/// The rows of city `i` as texts.
pub fn rows(i: u32, cities: &[(String, String)]) -> Vec<Vec<String>> {
    let (code, name) = &cities[i as usize];
    let row = |(_, what, value, sample): Reported| {
        let (n, k) = sample.map_or((String::new(), String::new()), |(n, k)| (n.to_string(), k.to_string()));
        vec![code.clone(), name.clone(), "2025".to_owned(), what.to_owned(), value, n, k]
    };
    values(i).into_iter().map(row).collect()
}

pub fn csv(rows: &[Vec<String>], separator: &str) -> String {
    let header = HEADER.map(str::to_owned).to_vec();
    let lines = std::iter::once(&header).chain(rows).map(|row| row.join(separator) + "\r\n");
    lines.collect()
}

/// A workbook of rows, with a title over the header in its fourth row.
pub fn xlsx(rows: &[Vec<String>], change: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("报送表").unwrap();
    sheet.write_string(0, 0, "政务热线数据报送表").unwrap();
    fill(sheet, rows);
    change(&mut book);
    book.save_to_buffer().unwrap()
}

pub fn fill(sheet: &mut Worksheet, rows: &[Vec<String>]) {
    for (column, word) in HEADER.iter().enumerate() {
        sheet.write_string(3, column as u16, *word).unwrap();
    }
    for (at, row) in (4..).zip(rows) {
        for (column, word) in (0..).zip(row) {
            match word.parse::<f64>() {
                _ if word.is_empty() => {}
                Ok(number) if column > 2 => drop(sheet.write_number(at, column, number).unwrap()),
                _ => drop(sheet.write_string(at, column, word).unwrap()),
            }
        }
    }
}

pub fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// The files of the batch without a mistake, by city.
pub fn sound(root: &Path) -> BTreeMap<u32, (String, Vec<u8>)> {
    let cities = cities(root);
    let made = workbooks(root);
    (0..cities.len() as u32)
        .map(|i| {
            let (code, name) = &cities[i as usize];
            let rows = rows(i, &cities);
            let (ending, bytes) = match i % 5 {
                0 => ("xlsx", xlsx(&rows, |_| {})),
                1 => ("xls", made[&format!("{i}.xls")].clone()),
                2 => ("ods", made[&format!("{i}.ods")].clone()),
                3 => ("csv", gb18030(&csv(&rows, ","))),
                _ => ("csv", format!("\u{FEFF}{}", csv(&rows, ";")).into_bytes()),
            };
            (i, (format!("{code}{name}.{ending}"), bytes))
        })
        .collect()
}

/// The workbooks that other programs wrote.
pub fn workbooks(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = fs::read(root.join("tests/cases/batch/workbooks.zip")).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..workbook_count(root)).map(&mut read).collect()
}

fn workbook_count(root: &Path) -> usize {
    let bytes = fs::read(root.join("tests/cases/batch/workbooks.zip")).unwrap();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()
}

/// Writes a project with these files into `folder`.
pub fn write(root: &Path, folder: &Path, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
    let base = root.join("tests/cases/findings/_base");
    fs::create_dir_all(folder.join("indicators")).unwrap();
    fs::create_dir_all(folder.join("报送")).unwrap();
    let framework = fs::read_to_string(base.join("indicators/index.toml")).unwrap();
    fs::write(folder.join("indicators/index.toml"), framework).unwrap();
    fs::write(folder.join("benchline.toml"), PROJECT).unwrap();
    fs::copy(root.join("city-data/registry-2025.csv"), folder.join("registry.csv")).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join("报送").join(name), bytes).unwrap();
    }
}
