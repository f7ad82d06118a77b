//! What readers see of revisions in the reports and the workbook.

use std::fs;

use benchline::diagnostics::Lang;
use benchline::digest::sha256;
use benchline::insight::insight;
use benchline::plan::Audience;
use benchline::project::ScoredProject;
use benchline::report::view::{IndexReport, RevisionSection, UnitReport};
use benchline::report::{Templates, UnitReporter, group_report, index_report, typeset};
use calamine::{Data, Reader as _, Xlsx};

use crate::policy;
use crate::support::{Copy, benchline};

const HEADS: &str = "unit,indicator,period,old,new,reason,evidence,kind,decision,by\n";

/// The starter with a log, a workbook and reports by group.
pub fn project() -> Copy {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    copy.edit(
        "benchline.toml",
        "outputs = [\"csv\", \"json\", \"pdf\"]",
        "outputs = [\"csv\", \"json\", \"xlsx\", \"pdf\", \"unit-reports\", \"group-reports\"]",
    );
    copy
}

pub fn revise(copy: &Copy, number: usize, rows: &str) {
    let name = format!("c{number}.csv");
    copy.write(&name, &format!("{HEADS}{rows}"));
    let at = format!("2025-12-{:02}T09:00:00+08:00", 19 + number);
    let ran = benchline(copy.path(), &["revise", ".", &name, "--by", "office-77", "--at", &at]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

/// Two revisions of which every part is told apart from the rest of the outputs: a
/// correction with a file as evidence and one where nothing was reported; an appeal
/// refused and one accepted, with whoever decided.
pub fn revised_twice() -> Copy {
    let copy = project();
    copy.write("secret-proof.txt", "proof\n");
    let first = "S09,answered,2025,82.2,94.217,NIGHT-CALLS,secret-proof.txt,,,\nS09,resolved,,,70.513,LATE-REPORT,LETTER-3,,,office-78\n";
    revise(&copy, 1, first);
    let second = "S02,answered,,93.8,95.319,MISDIALLED,,appeal,accepted,\nS01,satisfied,,93.0,99.731,BIASED-SAMPLE,,appeal,refused,\n";
    revise(&copy, 2, second);
    copy
}

pub fn view(scored: &ScoredProject, lang: Lang, audience: Audience) -> IndexReport {
    index_report(scored.material_for(audience), &Templates::embedded(), lang).unwrap()
}

/// The section as lines of text.
pub fn told(section: &RevisionSection) -> String {
    let mut lines = vec![section.headline.clone(), section.lead.clone()];
    for one in &section.revisions {
        lines.push(format!("{} | {} | {}", one.name, one.meta, one.text.as_deref().unwrap_or("-")));
        for unit in &one.units {
            let standing = unit.standing.iter().map(|one| match &one.after {
                Some(after) => format!("{} {} → {after}", one.name, one.before),
                None => format!("{} {}", one.name, one.before),
            });
            lines.push(format!("  {}: {}", unit.name, standing.collect::<Vec<_>>().join(", ")));
            for row in &unit.rows {
                let sign = if row.holds { "→" } else { "not" };
                lines.push(format!(
                    "    {}: {} {sign} {} | {} | {}",
                    row.indicator,
                    row.old,
                    row.new,
                    row.kind.as_deref().unwrap_or("-"),
                    row.reason.as_deref().unwrap_or("-")
                ));
            }
        }
    }
    lines.extend(section.more.clone());
    lines.join("\n")
}

/// By hand, as in `revise.rs`: `answered` of 94.217 earns 100 × 34.217 / 35 = 97.76
/// in place of 63.43 and weighs 60 % of 25 %, `resolved` of 70.513 comes in. That of
/// S02 reaches its goalpost of 95: 3.43 × 15 % = 0.5 points. S01 had its appeal
/// refused and stands where it stood.
#[test]
fn the_report_tells_every_revision_to_the_last_word() {
    let copy = revised_twice();
    let scored = copy.scored();
    let lines = fs::read_to_string(copy.path().join("revisions.jsonl")).unwrap();
    let hashes: Vec<String> =
        lines.lines().map(|line| line[line.len() - 66..line.len() - 2].to_owned()).collect();
    let en = view(&scored, Lang::En, Audience::Internal);
    let expected = format!(
        "\
3 values corrected, 1 request refused
This report rests on revision 2 of the data, 21 December 2025, which with those before it concerns 3 of the cities; no rating changed. Data files are never edited: each correction and appeal is on record in the log revisions.jsonl, whose lines are chained by hashes, so that a line changed afterwards shows.
Revision 2 | 21 December 2025 · {}… | No other score or rating moved
  Sample City One: Rating A+, Score 96.5
    Satisfaction rate: 93% not 99.731% | appeal, refused | BIASED-SAMPLE
  Sample City Two: Rating A, Score 83.3 → 83.8
    Answer rate: 93.8% → 95.319% | appeal, accepted | MISDIALLED
Revision 1 | 20 December 2025 · {}… | No other score or rating moved
  Sample City Nine: Rating C, Score 61.6 → 62.1
    Answer rate: 82.2% → 94.217% | correction | NIGHT-CALLS
    Resolution rate: missing → 70.513% | correction | LATE-REPORT",
        &hashes[1][..12],
        &hashes[0][..12]
    );
    assert_eq!(told(en.revisions.as_ref().unwrap()), expected);
    assert_eq!(en.cover.revision.as_deref(), Some("Revision 2, 21 December 2025"));
    let provenance = format!(
        "Revision 2, 21 December 2025; 3 values corrected in all. Head of the log revisions.jsonl: {}",
        hashes[1]
    );
    assert_eq!(en.colophon.revision.as_deref(), Some(&*provenance));
    assert!(en.colophon.citation.ends_with("1 December 2025, revision 2."), "{}", en.colophon.citation);
    let zh = view(&scored, Lang::Zh, Audience::Internal);
    let section = told(zh.revisions.as_ref().unwrap());
    assert!(section.starts_with("更正 3 个数值，驳回 1 项\n本报告按第 2 次修订（2025 年 12 月 21 日）计算，涉及 3 个城市，评级均未改变。"), "{section}");
    assert!(section.contains("    群众满意度: 93% not 99.731% | 申诉 · 驳回 | BIASED-SAMPLE\n"), "{section}");
    assert!(section.contains("    诉求解决率: 缺失 → 70.513% | 更正 | LATE-REPORT"), "{section}");
    assert_eq!(zh.cover.revision.as_deref(), Some("第 2 次修订（2025 年 12 月 21 日）"));
    // What the view says stands on the pages.
    let pages = typeset(&zh, &Templates::embedded()).unwrap().text().concat();
    let pages: String = pages.split_whitespace().collect();
    for text in ["第2次修订（2025年12月21日）", "NIGHT-CALLS", "82.2%→94.217%", "请求99.731%", "61.6→62.1"]
    {
        assert!(pages.contains(text), "{text}");
    }
}

/// The ranks of the starter's report are for nobody, so the table of revisions has
/// none; with a league table it has.
#[test]
fn ranks_are_told_where_the_report_ranks() {
    let copy = revised_twice();
    copy.edit("benchline.toml", "league_table = false", "league_table = true");
    let section = view(&copy.scored(), Lang::En, Audience::Internal).revisions.unwrap();
    let text = told(&section);
    assert!(text.contains("Sample City Two: Rating A, Score 83.3 → 83.8, Rank 3\n"), "{text}");
    assert!(text.contains("| No other score, rank or rating moved\n"), "{text}");
}

/// Reports, workbook and data of a project whose log is still empty are those of a
/// project without one, but for what names the log as an input.
#[test]
fn without_a_revision_nothing_is_told() {
    let copy = project();
    let scored = copy.scored();
    for audience in [Audience::Internal, Audience::Public] {
        let view = view(&scored, Lang::Zh, audience);
        assert_eq!(view.revisions, None);
        assert_eq!((view.cover.revision, view.colophon.revision), (None, None));
        assert!(!view.colophon.citation.contains("修订"));
    }
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let sheets = Xlsx::new(std::io::Cursor::new(fs::read(copy.path().join("out/results.xlsx")).unwrap()));
    assert!(!sheets.unwrap().sheet_names().contains(&"修订 Revisions".to_owned()));
}

/// Rows of a sheet as texts, from the heads on.
pub fn sheet(copy: &Copy, path: &str, name: &str) -> Option<Vec<Vec<String>>> {
    let bytes = fs::read(copy.path().join(path)).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(name).ok()?;
    let rows = range.rows().skip(3);
    let text = |cell: &Data| cell.to_string().split('\n').next_back().unwrap_or_default().to_owned();
    Some(rows.map(|row| row.iter().map(text).collect()).collect())
}

#[test]
fn the_workbook_has_every_revision_in_full() {
    let copy = revised_twice();
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let rows = sheet(&copy, "out/results.xlsx", "修订 Revisions").unwrap();
    let heads = [
        "Revision",
        "Date",
        "Code",
        "Name",
        "Indicator",
        "Period",
        "Old",
        "New",
        "Measure",
        "Kind",
        "Decision",
        "Reason",
        "Evidence",
        "Evidence SHA-256",
        "Decided by",
        "Rating before",
        "Rating after",
        "Score before",
        "Score after",
        "Rank before",
        "Rank after",
        "Others moved: scores / ranks / ratings",
        "Files handed in",
        "On record",
        "By",
        "Hash of the revision",
    ];
    assert_eq!(rows[0], heads);
    assert_eq!(rows.len(), 5);
    let hash = |seq: usize| {
        let log = fs::read_to_string(copy.path().join("revisions.jsonl")).unwrap();
        let line = log.lines().nth(seq - 1).unwrap();
        line[line.len() - 66..line.len() - 2].to_owned()
    };
    let proof = sha256(b"proof\n");
    assert_eq!(
        rows[1],
        [
            "1",
            "2025-12-20",
            "S09",
            "示例九市 Sample City Nine",
            "Answer rate",
            "2025",
            "82.2",
            "94.217",
            "%",
            "更正 Correction",
            "采纳 Accepted",
            "NIGHT-CALLS",
            "secret-proof.txt",
            &proof,
            "office-77",
            "C",
            "C",
            "61.6",
            "62.1",
            "9",
            "9",
            "0 / 0 / 0",
            "c1.csv",
            "2025-12-20T09:00:00+08:00",
            "office-77",
            &hash(1),
        ]
    );
    assert_eq!(rows[2][6..8], ["—", "70.513"]);
    assert_eq!(
        rows[3][2..12],
        [
            "S01",
            "示例一市 Sample City One",
            "Satisfaction rate",
            "2025",
            "93",
            "99.731",
            "%",
            "申诉 Appeal",
            "驳回 Refused",
            "BIASED-SAMPLE"
        ]
    );
    assert_eq!(rows[4][17..19], ["83.3", "83.8"]);
}

/// More values than a page holds: the last ones are printed, and where all are is
/// said.
#[test]
fn a_long_record_is_cut_and_says_so() {
    let copy = policy::project();
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    let table = fs::read_to_string(copy.path().join("data/indicators.csv")).unwrap();
    let mut lines = table.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let mut rows = String::new();
    for cells in lines.by_ref().take(45) {
        rows.push_str(&format!("{},answered,,{},71.5,all counted,,,,\n", cells[0], cells[2]));
        rows.push_str(&format!("{},satisfied,,{},66.25,all counted,,appeal,refused,\n", cells[0], cells[7]));
    }
    revise(&copy, 1, &rows);
    let cells = lines.next().unwrap();
    revise(&copy, 2, &format!("{},answered,,{},71.5,one more,,,,\n", cells[0], cells[2]));
    let scored = copy.scored();
    let section = view(&scored, Lang::En, Audience::Internal).revisions.unwrap();
    let printed = section.revisions.iter().flat_map(|one| &one.units).map(|unit| unit.rows.len());
    assert_eq!(printed.sum::<usize>(), 60);
    assert_eq!(section.revisions[0].name, "Revision 2");
    assert_eq!(
        section.more.as_deref(),
        Some("The last 60 of 91; all are in the sheet Revisions of results.xlsx.")
    );
    copy.edit("benchline.toml", "\"xlsx\", ", "");
    let section = view(&copy.scored(), Lang::Zh, Audience::Internal).revisions.unwrap();
    assert_eq!(
        section.more.as_deref(),
        Some("共 91 项，此处为最近的 60 项；全部见修订日志 revisions.jsonl。")
    );
}

#[test]
fn a_report_on_a_group_tells_of_its_own_units_only() {
    let copy = revised_twice();
    let scored = copy.scored();
    let of = |member: &str| {
        let (group, member) = ("region".into(), member.into());
        group_report(scored.material(), &Templates::embedded(), Lang::En, &group, &member).unwrap().revisions
    };
    let east = told(&of("east").unwrap());
    assert!(
        east.starts_with(
            "1 value corrected, 1 request refused\n2 of these cities are concerned; no rating changed.\n"
        ),
        "{east}"
    );
    assert!(east.contains("Sample City One") && !east.contains("Sample City Nine"), "{east}");
    assert_eq!(of("central"), None);
}

/// The report about the unit in place `unit`.
pub fn unit_view(scored: &ScoredProject, unit: usize, audience: Audience) -> UnitReport {
    let material = scored.material_for(audience);
    let insight = insight(material.input, material.framework, material.evaluation, &material.project.insight);
    let templates = Templates::embedded();
    UnitReporter::new(material, &insight, &templates, Lang::En).unwrap().report(unit).unwrap()
}

#[test]
fn a_city_report_marks_its_revised_values_and_tells_of_them() {
    let scored = revised_twice().scored();
    let s09 = unit_view(&scored, 8, Audience::Internal);
    let own = s09.revisions.as_ref().unwrap();
    assert_eq!(own.title, "2 values corrected; score 61.6 → 62.1");
    assert_eq!((own.revisions.len(), own.revisions[0].units[0].rows.len(), &own.more), (1, 2, &None));
    let table = s09.indicators.as_ref().unwrap();
    let marked = table.rows.iter().filter(|row| row.revised).map(|row| &*row.name);
    assert_eq!(marked.collect::<Vec<_>>(), ["Answer rate", "Resolution rate"]);
    assert!(table.foot.contains("† revised (2): the old value is among the revisions."), "{}", table.foot);
    let pages = typeset(&s09, &Templates::embedded()).unwrap().text();
    assert_eq!(pages.len(), 2);
    assert!(pages[1].contains("†94.2") && pages[1].contains("NIGHT-CALLS"), "{}", pages[1]);
    // What was refused is told and marks nothing; who has no revision sees none.
    let s01 = unit_view(&scored, 0, Audience::Internal);
    assert_eq!(s01.revisions.unwrap().title, "1 request refused, no value changed");
    assert!(s01.indicators.unwrap().rows.iter().all(|row| !row.revised));
    assert_eq!(unit_view(&scored, 2, Audience::Internal).revisions, None);
    let public = unit_view(&scored, 8, Audience::Public);
    assert_eq!(public.revisions, None);
    assert!(
        public.method.iter().any(|one| one.text.contains("; revision 2 of the data. ")),
        "{:?}",
        public.method
    );
}

/// What does not fit below the rest stands on a page of its own.
#[test]
fn many_revisions_of_one_city_take_their_own_page() {
    let copy = project();
    for number in 1..=9 {
        let (old, new) = (81 + number, 82 + number);
        let old = if number == 1 { "82.2".to_owned() } else { old.to_string() };
        let reason = "counted anew from the tickets ".repeat(6);
        revise(
            &copy,
            number,
            &format!(
                "S09,answered,,{old},{new}.0,{reason},,,,\nS09,satisfied,,81,99,{reason},,appeal,refused,\n"
            ),
        );
    }
    let view = unit_view(&copy.scored(), 8, Audience::Internal);
    assert_eq!(
        view.revisions.as_ref().unwrap().more.as_deref(),
        Some("The last 12 of 18; all are in the sheet Revisions of results.xlsx.")
    );
    // A long reason is cut; the workbook has all of it.
    let printed = &view.revisions.as_ref().unwrap().revisions[0].units[0].rows[0].reason;
    let four = "counted anew from the tickets ".repeat(4);
    assert_eq!(printed.as_deref(), Some(&*format!("{}…", four.trim_end())));
    let pages = typeset(&view, &Templates::embedded()).unwrap().text();
    assert_eq!(pages.len(), 3);
    assert!(pages[2].contains("The last 12 of 18"), "{}", pages[2]);
}
