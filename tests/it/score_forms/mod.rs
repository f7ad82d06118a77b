//! Blank score sheets: what is on them and what is not, and how they come back.

mod back;
mod recounted;
mod refused;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use benchline::contest::{ContestOverview, ContestResult, score_forms};
use benchline::diagnostics::{Findings, Lang};
use benchline::ledger::{Body, Entered, Log};
use benchline::project;
use benchline::report::{ContestMaterial, ContestReporter, Templates};

use crate::support::{Copy, Ran, benchline};

const CONTEST: &str = "tests/cases/forms/contest";
const AT: &str = "2026-03-01T09:00:00+08:00";

fn run(folder: &Path, arguments: &[&str], lang: &str) -> Ran {
    let mut all = vec!["contest"];
    all.extend_from_slice(arguments);
    all.extend_from_slice(&["--lang", lang]);
    benchline(folder, &all)
}

fn record(folder: &Path, arguments: &[&str], lang: &str) -> Ran {
    let mut all = arguments.to_vec();
    if !arguments.contains(&"--by") {
        all.extend_from_slice(&["--by", "office"]);
    }
    all.extend_from_slice(&["--at", AT]);
    run(folder, &all, lang)
}

fn done(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

/// The small contest with its blank sheets in `forms`.
fn with_forms() -> Copy {
    let copy = Copy::of(CONTEST);
    done(run(copy.path(), &["forms", "."], "en"));
    copy
}

fn draw(folder: &Path) {
    done(record(folder, &["draw", "commit", ".", "talk_order", "--secret", "safe"], "en"));
    done(record(folder, &["draw", "reveal", ".", "talk_order", "--secret", "safe", "--public", "7"], "en"));
}

fn events(folder: &Path) -> Vec<Entered> {
    let bytes = fs::read(folder.join("log.jsonl")).unwrap();
    let log = Log::read("log.jsonl", &bytes, &mut Findings::new());
    let entered = log.lines().iter().filter_map(|line| match &line.body {
        Body::Entered(entered) => Some(entered.clone()),
        _ => None,
    });
    entered.collect()
}

/// The parts of a workbook, by name.
fn parts(path: &Path) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let part = |name: &String| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        (name.clone(), text)
    };
    names.iter().map(part).collect()
}

const MARKS: &str = "xl/worksheets/sheet1.xml";

/// Writes a part of a workbook anew, as a spreadsheet program would.
fn edit(path: &Path, change: impl Fn(&str) -> String) {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts(path) {
        out.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        let text = if name == MARKS { change(&text) } else { text };
        out.write_all(text.as_bytes()).unwrap();
    }
    fs::write(path, out.finish().unwrap().into_inner()).unwrap();
}

/// Puts numbers or texts into cells, whatever stands there.
fn fill(path: &Path, cells: &[(&str, &str)]) {
    edit(path, |xml| {
        let mut xml = xml.to_owned();
        for (cell, value) in cells {
            let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
            let tag = start + xml[start..].find('>').unwrap();
            let end = if xml[..tag].ends_with('/') {
                tag + 1
            } else {
                start + xml[start..].find("</c>").unwrap() + 4
            };
            let style = xml[start..tag].split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            let new = match value.parse::<f64>() {
                _ if value.is_empty() => format!("<c r=\"{cell}\" s=\"{style}\"/>"),
                Ok(_) => format!("<c r=\"{cell}\" s=\"{style}\"><v>{value}</v></c>"),
                Err(_) => {
                    format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
                }
            };
            xml.replace_range(start..end, &new);
        }
        xml
    });
}

/// What the expert E1 gave, in the sheet without a drawn order.
const E1: [(&str, &str); 16] = [
    ("C7", "55"),
    ("D7", "38"),
    ("E7", "9"),
    ("E8", "8.5"),
    ("C9", "51.5"),
    ("D9", "35.5"),
    ("E9", "8"),
    ("E10", "7.5"),
    ("C11", "48"),
    ("D11", "31"),
    ("E11", "7"),
    ("E12", "6.5"),
    ("C13", "44.5"),
    ("D13", "30"),
    ("E13", "6"),
    ("E14", "5.5"),
];

#[test]
fn there_is_a_workbook_for_each_judge_and_a_document_for_each_round() {
    let copy = Copy::of(CONTEST);
    let ran = run(copy.path(), &["forms", "."], "en");
    let mut names: Vec<String> = fs::read_dir(copy.path().join("forms"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "manifest.json",
            "talk-E1.xlsx",
            "talk-E2.xlsx",
            "talk-P1.xlsx",
            "talk.en.pdf",
            "talk.xlsx",
            "talk.zh.pdf"
        ]
    );
    assert_eq!(
        ran.stderr,
        "note[C469]: it is not known yet who takes part in trial: no score sheets for it\n |\n = help: make them when the stage before is keyed, or after the draw\n\nerrors: 0, warnings: 0, notes: 1\n"
    );
    let early = run(copy.path(), &["forms", ".", "--round", "trial"], "zh");
    assert_eq!(early.code, 1);
    assert!(
        early.stderr.starts_with("错误[C448]: 还不知道谁参加 trial，没有生成其评分表\n"),
        "{}",
        early.stderr
    );
    let unknown = run(copy.path(), &["forms", ".", "--round", "tolk"], "en");
    assert!(unknown.stderr.contains("error[C404]: there is no round `tolk`"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("did you mean `talk`?"), "{}", unknown.stderr);
}

#[test]
fn equal_forms_have_equal_bytes() {
    let copy = Copy::of(CONTEST);
    for (out, jobs) in [("a", "1"), ("b", "3")] {
        done(run(copy.path(), &["forms", ".", "--out", out, "--jobs", jobs], "zh"));
        // Documents of the first run would be taken from the cache.
        fs::remove_dir_all(copy.path().join(".benchline")).unwrap();
    }
    assert_eq!(crate::support::files(&copy.path().join("a")), crate::support::files(&copy.path().join("b")));
}

/// Names and organisations of entries, members and judges.
const NAMES: [&str; 10] =
    ["青松", "Pine", "白鹭", "甄一", "Zhen", "石二", "郝公正", "Gongzheng", "钟众", "云南"];

#[test]
fn nobody_is_named() {
    let copy = with_forms();
    for judge in ["-E1", "-E2", "-P1", ""] {
        for (part, text) in parts(&copy.path().join(format!("forms/talk{judge}.xlsx"))) {
            for name in NAMES {
                assert!(!text.contains(name), "{name} in {part}");
            }
        }
    }
    // A document shows what its view says.
    let contest = project::open_contest(copy.path(), &mut Findings::new()).unwrap();
    let (input, rubric) = (&contest.input, &contest.rubric.rubric);
    let result = ContestResult::default();
    let forms = score_forms(input, rubric, 0).unwrap();
    let material = ContestMaterial {
        project: &contest.definition.project,
        rubric,
        input,
        result: &result,
        overview: &ContestOverview::new(input, rubric, &result),
        warnings: &[],
        files: &contest.files,
        rubric_sha256: "0123456789abcdef0123",
        result_sha256: "",
    };
    let reporter = ContestReporter::new(material, &Templates::embedded(), Lang::Zh).unwrap();
    let view = reporter.score_sheets(&forms.iter().collect::<Vec<_>>()).unwrap();
    let shown = serde_json::to_string(&view).unwrap();
    for name in NAMES {
        assert!(!shown.contains(name), "{name}");
    }
    assert!(shown.contains("benchline:form/1 2026|talk|E1") && shown.contains("T3-2"), "{shown}");
}

#[test]
fn a_sheet_is_locked_but_for_the_cells_of_its_judge() {
    let copy = Copy::of(CONTEST);
    draw(copy.path());
    done(run(copy.path(), &["forms", "."], "en"));
    let all = parts(&copy.path().join("forms/talk-E2.xlsx"));
    let (sheet, styles, texts) = (&all[MARKS], &all["xl/styles.xml"], &all["xl/sharedStrings.xml"]);
    assert!(sheet.contains("<sheetProtection sheet=\"1\"") && !sheet.contains("password"), "{sheet}");
    let formats = styles.split("<cellXfs").nth(1).unwrap();
    let formats: Vec<&str> = formats.split("<xf ").skip(1).collect();
    let cell = |name: &str| {
        let start = sheet.split(&format!("<c r=\"{name}\" s=\"")).nth(1).unwrap();
        let style: usize = start.split('"').next().unwrap().parse().unwrap();
        let text = start
            .split("t=\"s\"><v>")
            .nth(1)
            .filter(|_| start.split('>').next().unwrap().contains("t=\"s\""));
        let text = text.map(|text| text.split('<').next().unwrap().parse::<usize>().unwrap());
        let text = text.map(|at| texts.split("<si>").nth(at + 1).unwrap());
        (formats[style].contains("locked=\"0\""), text.unwrap_or_default().to_owned())
    };
    // The order drawn: each entry has two rows, one for each member.
    let order: Vec<String> = (0..4).map(|at| cell(&format!("B{}", 7 + 2 * at)).1).collect();
    let recused = order.iter().position(|code| code.contains(">T3<")).unwrap();
    let mut sorted = order.clone();
    sorted.sort();
    assert_ne!(order, sorted, "the draw of the test leaves the order as it was");
    for at in 0..4 {
        let first = 7 + 2 * at;
        let open = at != recused;
        for (column, row, own) in [
            ("B", first, false),
            ("D", first, open),
            ("E", first, open),
            ("F", first, open),
            ("D", first + 1, false),
            ("F", first + 1, open),
        ] {
            assert_eq!(cell(&format!("{column}{row}")).0, own, "{column}{row}");
        }
    }
    let sign = cell(&format!("D{}", 7 + 2 * recused)).1;
    assert!(sign.contains(">避<"), "{sign}");
    let reason = cell(&format!("G{}", 7 + 2 * recused)).1;
    assert!(reason.contains("回避，不评分 · recused: not scored by this judge"), "{reason}");
    // The scales are rules of the cells.
    assert!(sheet.contains("AND(D7&gt;=0,D7&lt;=60,ABS(ROUND(D7,1)-D7)&lt;0.000000001)"), "{sheet}");
    assert!(sheet.contains("ABS(ROUND((F7-0)/0.5,0)*0.5-(F7-0))&lt;0.000000001"), "{sheet}");
    let note = &all["xl/comments1.xml"];
    assert!(note.contains("切题、准确") && note.contains("To the point and right"), "{note}");
}
