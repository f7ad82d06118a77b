//! Sheets on which units confirm their data: what is on them, and that the layout by
//! which they are read back is the one they are written with.

use std::fs;
use std::path::Path;

use benchline::diagnostics::{Findings, Lang};
use benchline::input::{Folder, Table};
use benchline::plan::{ConfirmationHeads, ConfirmationKey, Reply};
use benchline::project::{self, OpenProject};
use benchline::report::{ConfirmationMaterial, ConfirmationReporter, Templates};
use benchline::validate::confirmation_digest;

use crate::support::{Copy, Ran, benchline, root};

const HOTLINE: &str = "examples/hotline-2025";
/// The sheet of 武汉市, replied to in LibreOffice and saved as ODS: see fill.py there.
const RETURNED: &str = "tests/cases/forms/confirmation";

fn open(folder: &Path) -> OpenProject {
    let mut findings = Findings::new();
    let open = project::open(folder, &mut findings);
    open.unwrap_or_else(|| panic!("{findings:#?}"))
}

fn confirm(folder: &Path, arguments: &[&str]) -> Ran {
    benchline(folder, &[&["confirm", "."], arguments].concat())
}

/// The sheet in a file, found by its key and read by its heads.
fn sheet(folder: &Path, file: &str) -> (ConfirmationKey, Table) {
    let (folder, mut findings) = (Folder::new(folder), Findings::new());
    let key = folder.find_cell(file, ConfirmationKey::MARK, &mut findings).unwrap();
    let path = format!("{file}#{}", key.sheet);
    let table = folder.read_table(&path, ConfirmationHeads::INDICATOR, None, &mut findings).unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
    (ConfirmationKey::parse(&key.text).unwrap(), table)
}

fn column<'t>(table: &'t Table, head: &str) -> Vec<&'t str> {
    let at = table.column(head).unwrap_or_else(|| panic!("no column {head}"));
    table.rows().iter().map(|row| row.field(at)).collect()
}

#[test]
fn a_sheet_has_every_value_of_its_unit_and_is_read_by_its_key() {
    let copy = Copy::of(HOTLINE);
    let ran = confirm(copy.path(), &["--unit", "武汉市"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let project = open(copy.path());
    let unit = project.input.panel().units().position("420100").unwrap();
    let (key, table) = sheet(copy.path(), "confirm/420100-wuhan.xlsx");
    let digest = confirmation_digest(&project.input, unit);
    assert_eq!(key, ConfirmationKey { edition: "2025".into(), unit: "420100".into(), digest });
    let ids: Vec<&str> =
        project.framework.framework.variables().map(|variable| variable.id.as_str()).collect();
    assert_eq!(column(&table, ConfirmationHeads::INDICATOR), ids);
    let observed = project.input.of_unit(unit);
    let shown = column(&table, ConfirmationHeads::VALUE);
    for ((id, text), observed) in ids.iter().zip(shown).zip(&observed) {
        let value = observed.cell.value();
        assert_eq!(text.parse().ok(), value, "{id}: `{text}`");
    }
    // A value of the published sample, and the file that it stands in.
    let at = ids.iter().position(|id| *id == "resolution_rate").unwrap();
    assert_eq!(column(&table, ConfirmationHeads::VALUE)[at], "69.5");
    assert_eq!(column(&table, ConfirmationHeads::SAMPLE)[at], "318");
    assert_eq!(
        column(&table, ConfirmationHeads::SOURCE)[at],
        "benchline:city-data/sample/hotline-2025.csv 第 169 行"
    );
    for head in ConfirmationHeads::OPEN {
        assert!(column(&table, head).iter().all(|text| text.is_empty()), "{head}");
    }
}

#[test]
fn a_sheet_saved_by_a_spreadsheet_program_still_says_what_was_replied() {
    let (key, table) = sheet(&root().join(RETURNED), "420100-wuhan.ods");
    assert_eq!((key.edition.as_str(), key.unit.as_str()), ("2025", "420100"));
    let replies: Vec<Option<Reply>> =
        column(&table, ConfirmationHeads::REPLY).into_iter().map(Reply::parse).collect();
    let correct = replies.iter().position(|reply| *reply == Some(Reply::Correct)).unwrap();
    let confirmed = replies.iter().filter(|reply| **reply == Some(Reply::Confirmed)).count();
    assert_eq!((confirmed, replies.len()), (36, 37));
    assert_eq!(column(&table, ConfirmationHeads::INDICATOR)[correct], "resolution_rate");
    assert_eq!(column(&table, ConfirmationHeads::CORRECTED)[correct], "71.2");
    assert_eq!(column(&table, ConfirmationHeads::REASON)[correct], "回访样本漏计 12 件");
    assert_eq!(column(&table, ConfirmationHeads::EVIDENCE)[correct], "回访台账.xlsx");
    // The formulas were computed anew by the program.
    let status = column(&table, ConfirmationHeads::STATUS);
    assert_eq!((status[correct], status[correct + 1]), ("要求更正", "已确认"));
}

#[test]
fn equal_data_give_equal_bytes_and_other_data_another_key() {
    let copy = Copy::of(HOTLINE);
    let made = |out: &str| {
        let ran = confirm(copy.path(), &["--unit", "420100", "--out", out]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let bytes = |name: &str| fs::read(copy.path().join(out).join(name)).unwrap();
        (bytes("420100-wuhan.xlsx"), bytes("420100-wuhan.zh.pdf"))
    };
    assert_eq!(made("a"), made("b"));
    let before = open(copy.path());
    let unit = before.input.panel().units().position("420100").unwrap();
    let table = fs::read_to_string(root().join("city-data/sample/hotline-2025.csv")).unwrap();
    let row = table.lines().find(|line| line.starts_with("420100,")).unwrap();
    copy.write("city-data/sample/hotline-2025.csv", &table.replace(row, &row.replacen(",5.9,", ",5.8,", 1)));
    let after = open(copy.path());
    let digest = |project: &OpenProject, unit| confirmation_digest(&project.input, unit);
    assert_ne!(digest(&before, unit), digest(&after, unit));
    assert_eq!(digest(&before, unit + 1), digest(&after, unit + 1));
}

#[test]
fn the_sheet_on_paper_says_what_is_missing_and_shows_no_score() {
    let copy = Copy::of(HOTLINE);
    let table = fs::read_to_string(root().join("city-data/sample/hotline-2025.csv")).unwrap();
    let row = table.lines().find(|line| line.starts_with("420100,")).unwrap();
    let emptied = row.replacen(",5.9,", ",,", 1);
    copy.write("city-data/sample/hotline-2025.csv", &table.replace(row, &emptied));
    let project = open(copy.path());
    let material = ConfirmationMaterial {
        project: &project.definition.project,
        framework: &project.framework.framework,
        input: &project.input,
    };
    let unit = project.input.panel().units().position("420100").unwrap();
    let made = |lang| ConfirmationReporter::new(material, &Templates::embedded(), lang).unwrap().sheet(unit);
    let (zh, en) = (made(Lang::Zh).unwrap(), made(Lang::En).unwrap());
    let second = |sheet: &benchline::report::view::ConfirmationSheet| sheet.groups[0].rows[1].clone();
    assert_eq!((second(&zh).value, second(&zh).absence.as_deref()), (None, Some("缺失")));
    assert_eq!(second(&en).absence.as_deref(), Some("missing"));
    assert_eq!(
        zh.lead,
        "以下是本期评价采用的贵单位数据，共 37 项，其中 1 项缺失。请逐项核对：无误勾“确认”；有误勾“更正”，写明更正值、理由和依据。缺失的项如有数据，请按更正填报。"
    );
    assert_eq!(
        en.lead,
        "These are the data of your unit that this edition uses: 37 values, of which 1 missing. Please check each: tick “Confirmed” if it is right, else “Correct”, and state the value, the reason and the evidence. Where a value is missing and you have it, hand it in as a correction."
    );
    assert_eq!(en.sum, "We have checked the 37 values above: ____ are confirmed, ____ are to be corrected.");
    let names: Vec<&str> = en.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names.last(), Some(&"Context (not scored)"));
    let numbers: Vec<usize> = zh.groups.iter().flat_map(|group| &group.rows).map(|row| row.number).collect();
    assert_eq!(numbers, (1..=37).collect::<Vec<_>>());
}

#[test]
fn an_unknown_unit_is_a_finding_and_nothing_is_written() {
    let copy = Copy::of(HOTLINE);
    let ran = confirm(copy.path(), &["--unit", "武汗市"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("单位名录中没有“武汗市”"), "{}", ran.stderr);
    let ran = confirm(copy.path(), &["--unit", "42010", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("the registry has no unit `42010`"), "{}", ran.stderr);
    assert!(!copy.path().join("confirm").exists());
}
