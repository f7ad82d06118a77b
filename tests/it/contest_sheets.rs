//! The same marks, however they come back: a CSV file per judge, a workbook per
//! judge, a sheet per judge, one big table.

use std::fs;
use std::path::Path;

use benchline::diagnostics::Findings;
use benchline::project;
use benchline::report::standings_csv;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::support::Copy;

const CASE: &str = "tests/cases/contest/skills-contest-cn";
const FOLDER: &str = "layout = \"criteria\"\nfolder = \"sheets\"";
const JUDGES: [&str; 5] = ["E1", "E2", "E3", "E4", "E5"];

fn result(path: &Path) -> String {
    let mut findings = Findings::new();
    let scored = project::open_contest(path, &mut findings)
        .and_then(|open| project::score_contest(open, &mut findings));
    assert!(findings.is_empty(), "{findings:#?}");
    String::from_utf8(standings_csv(scored.unwrap().material()).unwrap()).unwrap()
}

fn sheet(copy: &Copy, judge: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(copy.path().join(format!("sheets/{judge}.csv"))).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Writes rows below a title, numbers as numbers, as people's sheets have them.
fn fill(worksheet: &mut Worksheet, title: &str, rows: &[Vec<String>]) {
    worksheet.write_string(0, 0, title).unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let at = (u32::try_from(row).unwrap() + 2, u16::try_from(column).unwrap());
            match cell.parse::<f64>() {
                Ok(number) => worksheet.write_number(at.0, at.1, number).unwrap(),
                Err(_) => worksheet.write_string(at.0, at.1, cell).unwrap(),
            };
        }
    }
}

#[test]
fn a_workbook_per_judge() {
    let copy = Copy::of(CASE);
    let before = result(copy.path());
    for judge in JUDGES {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet(), "决赛评分表", &sheet(&copy, judge));
        workbook.save(copy.path().join(format!("sheets/{judge}.xlsx"))).unwrap();
        fs::remove_file(copy.path().join(format!("sheets/{judge}.csv"))).unwrap();
    }
    assert_eq!(result(copy.path()), before);
}

#[test]
fn a_sheet_per_judge() {
    let copy = Copy::of(CASE);
    let before = result(copy.path());
    let mut workbook = Workbook::new();
    for judge in JUDGES {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(judge).unwrap();
        fill(worksheet, "决赛评分表", &sheet(&copy, judge));
    }
    workbook.save(copy.path().join("marks.xlsx")).unwrap();
    copy.edit("benchline.toml", FOLDER, "file = \"marks.xlsx\"\nby_sheet = true\nlayout = \"criteria\"");
    assert_eq!(result(copy.path()), before);
}

#[test]
fn one_big_table_with_a_mark_in_each_row() {
    let copy = Copy::of(CASE);
    let before = result(copy.path());
    let mut table = String::from("编号,评委,评分项,分数\n");
    for judge in JUDGES {
        let rows = sheet(&copy, judge);
        for row in &rows[1..] {
            for column in 2..5 {
                table += &format!("{},{judge},{},{}\n", row[0], rows[0][column], row[column]);
            }
        }
    }
    copy.write("marks.csv", &table);
    copy.edit("benchline.toml", FOLDER, "file = \"marks.csv\"");
    assert_eq!(result(copy.path()), before);
}

/// A fault in a workbook is located by sheet and cell.
#[test]
fn a_fault_in_a_workbook_is_found_in_its_cell() {
    let copy = Copy::of(CASE);
    let mut workbook = Workbook::new();
    for judge in JUDGES {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(judge).unwrap();
        let mut rows = sheet(&copy, judge);
        if judge == "E2" {
            rows[3][2] = "63".to_owned();
            rows[3][5] = "117".to_owned();
        }
        fill(worksheet, "决赛评分表", &rows);
    }
    workbook.save(copy.path().join("marks.xlsx")).unwrap();
    copy.edit("benchline.toml", FOLDER, "file = \"marks.xlsx\"\nby_sheet = true\nlayout = \"criteria\"");
    let mut findings = Findings::new();
    assert!(project::open_contest(copy.path(), &mut findings).is_none());
    let said: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} {}", finding.place.as_ref().unwrap(), finding.message.zh))
        .collect();
    assert_eq!(said, ["marks.xlsx › E2 › C6 评分项“内容”的分数 63 超出范围（0 到 40）"]);
}
