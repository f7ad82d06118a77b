//! What readers see of revisions: the reports, the workbook, and how little of it
//! the public edition tells.

use std::fs;

use benchline::diagnostics::Lang;
use benchline::digest::sha256;
use benchline::plan::Audience;
use benchline::project::ScoredProject;
use benchline::report::view::{IndexReport, RevisionSection};
use benchline::report::{Templates, group_report, index_report, typeset};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value as Json;

use crate::policy;
use crate::support::{Copy, benchline, files};

const HEADS: &str = "unit,indicator,period,old,new,reason,evidence,kind,decision,by\n";

/// The starter with a log, a workbook and reports by group.
fn project() -> Copy {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    copy.edit(
        "benchline.toml",
        "outputs = [\"csv\", \"json\", \"pdf\"]",
        "outputs = [\"csv\", \"json\", \"xlsx\", \"pdf\", \"unit-reports\", \"group-reports\"]",
    );
    copy
}

fn revise(copy: &Copy, number: usize, rows: &str) {
    let name = format!("c{number}.csv");
    copy.write(&name, &format!("{HEADS}{rows}"));
    let at = format!("2025-12-{:02}T09:00:00+08:00", 19 + number);
    let ran = benchline(copy.path(), &["revise", ".", &name, "--by", "office-77", "--at", &at]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

/// Two revisions of which every part is told apart from the rest of the outputs: a
/// correction with a file as evidence and one where nothing was reported; an appeal
/// refused and one accepted, with whoever decided.
fn revised_twice() -> Copy {
    let copy = project();
    copy.write("secret-proof.txt", "proof\n");
    let first = "S09,answered,2025,82.2,94.217,NIGHT-CALLS,secret-proof.txt,,,\nS09,resolved,,,70.513,LATE-REPORT,LETTER-3,,,office-78\n";
    revise(&copy, 1, first);
    let second = "S02,answered,,93.8,95.319,MISDIALLED,,appeal,accepted,\nS01,satisfied,,93.0,99.731,BIASED-SAMPLE,,appeal,refused,\n";
    revise(&copy, 2, second);
    copy
}

fn view(scored: &ScoredProject, lang: Lang, audience: Audience) -> IndexReport {
    index_report(scored.material_for(audience), &Templates::embedded(), lang).unwrap()
}

/// The section as lines of text.
fn told(section: &RevisionSection) -> String {
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
fn sheet(copy: &Copy, path: &str, name: &str) -> Option<Vec<Vec<String>>> {
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

/// What only the log and those who work with it may say.
const SECRETS: [&str; 12] = [
    "NIGHT-CALLS",
    "LATE-REPORT",
    "MISDIALLED",
    "BIASED-SAMPLE",
    "secret-proof",
    "LETTER-3",
    "office-77",
    "office-78",
    "99.731",
    "99,731",
    "驳回",
    "refused",
];

/// Every public text of a copy that was run: views of all reports, and all other files.
fn public_texts(copy: &Copy) -> Vec<(String, String)> {
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    policy::published(&copy.scored(), &copy.path().join("out/public"), Audience::Public)
}

/// A text without the fixed words that stand in every view, used or not.
fn without_labels(text: &str) -> String {
    match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(mut view)) => {
            view.remove("labels");
            Json::Object(view).to_string()
        }
        _ => text.to_owned(),
    }
}

/// The starter's policy by default: the public is told that the data were revised,
/// when, and the head of the log.
#[test]
fn the_public_is_told_the_number_and_nothing_of_any_unit() {
    let copy = revised_twice();
    copy.edit("benchline.toml", "[units]", "[policy.public]\n\n[units]");
    let texts = public_texts(&copy);
    assert!(texts.len() > 20, "{}", texts.len());
    for (name, text) in &texts {
        let text = without_labels(text);
        for secret in SECRETS.iter().chain(&["94.217", "70.513", "95.319", "c1.csv"]) {
            assert!(!text.contains(secret), "{name} says {secret}");
        }
    }
    let scored = copy.scored();
    let report = view(&scored, Lang::Zh, Audience::Public);
    assert_eq!(report.revisions, None);
    assert_eq!(report.cover.revision.as_deref(), Some("第 2 次修订（2025 年 12 月 21 日）"));
    // Three values are fewer than five.
    assert!(!report.colophon.revision.as_ref().unwrap().contains("个数值"), "{:?}", report.colophon.revision);
    assert_eq!(sheet(&copy, "out/public/results.xlsx", "修订 Revisions"), None);
    assert!(sheet(&copy, "out/internal/results.xlsx", "修订 Revisions").is_some());
    for (name, bytes) in files(&copy.path().join("out/public")) {
        assert!(
            !name.contains("revisions") && !bytes.windows(11).any(|part| part == b"NIGHT-CALLS"),
            "{name}"
        );
    }
}

/// A policy that shows values shows those that hold now and what they were; who
/// asked, why, what was refused and on what evidence stays inside. A value over too
/// few cases stays inside too, and so does what is no indicator.
#[test]
fn where_the_public_sees_values_it_sees_what_holds() {
    let copy = revised_twice();
    let open = "[policy.public]\nscores = true\nranks = true\norder_in_band = true\ndimensions = \"scores\"\nindicators = \"scores\"\n\n[units]";
    copy.edit("benchline.toml", "[units]", open);
    for (name, text) in public_texts(&copy) {
        let text = without_labels(&text);
        for secret in SECRETS {
            assert!(!text.contains(secret), "{name} says {secret}");
        }
    }
    let text = told(&view(&copy.scored(), Lang::En, Audience::Public).revisions.unwrap());
    let body = text.split_once("\nRevision 2").unwrap().1;
    assert!(text.starts_with("3 values corrected\n"), "{text}");
    assert!(!text.contains("Sample City One") && !text.contains("appeal"), "{text}");
    assert!(
        body.contains(
            "  Sample City Two: Rating A, Score 83.3 → 83.8\n    Answer rate: 93.8% → 95.319% | - | -\n"
        ),
        "{text}"
    );
    let rows = sheet(&copy, "out/public/results.xlsx", "修订 Revisions").unwrap();
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
        "Rating before",
        "Rating after",
        "Score before",
        "Score after",
        "Rank before",
        "Rank after",
    ];
    assert_eq!(rows[0], heads);
    assert_eq!(rows.len(), 4);
}

/// Exchanges the data of two units that the public sees as equal, and the revisions
/// with them: nothing public may change but for hashes.
#[test]
fn the_public_cannot_tell_whose_value_was_revised() {
    let declare = |copy: &Copy| {
        copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    };
    let copy = policy::project();
    declare(&copy);
    let (a, b) = policy::equal_pairs(&copy.scored())[0];
    let path = copy.path().join("data/indicators.csv");
    let table = fs::read_to_string(&path).unwrap();
    let (of_a, of_b) = (format!("S{a:02}"), format!("S{b:02}"));
    let cells: Vec<&str> = table.lines().find(|line| line.starts_with(&of_a)).unwrap().split(',').collect();
    // Small enough to move neither rating nor quarter, which the test below checks.
    let new = cells[2].parse::<f64>().unwrap() + 0.003;
    let rows = |code: &str| {
        format!(
            "{code},answered,,{},{new:.3},recounted,,,,\n{code},satisfied,,{},99.5,biased,,appeal,refused,\n",
            cells[2], cells[7]
        )
    };
    let settle = |copy: &Copy| -> Vec<(String, String)> {
        let log = fs::read_to_string(copy.path().join("revisions.jsonl")).unwrap();
        let head = &log[log.len() - 67..log.len() - 3];
        let table = fs::read(copy.path().join("data/indicators.csv")).unwrap();
        let hashes = [sha256(&table), sha256(log.as_bytes()), head.to_owned()];
        let without = |text: String| hashes.iter().fold(text, |text, hash| text.replace(hash, "HASH"));
        let texts = public_texts(copy).into_iter().filter(|(name, _)| name != "manifest.json");
        texts.map(|(name, text)| (name, policy::settled(&without(text)))).collect()
    };
    revise(&copy, 1, &rows(&of_a));
    assert!(policy::equal_pairs(&copy.scored()).contains(&(a, b)), "still equal");
    let before = settle(&copy);
    let other = policy::project();
    declare(&other);
    let swap = |line: &str| match line.split_once(',').unwrap() {
        (code, rest) if code == of_a => format!("{of_b},{rest}\n"),
        (code, rest) if code == of_b => format!("{of_a},{rest}\n"),
        _ => format!("{line}\n"),
    };
    other.write("data/indicators.csv", &table.lines().map(swap).collect::<String>());
    revise(&other, 1, &rows(&of_b));
    let after = settle(&other);
    assert_eq!(before.len(), after.len());
    for ((name, before), (_, after)) in before.iter().zip(&after) {
        let differs = before.lines().zip(after.lines()).find(|(before, after)| before != after);
        assert!(before == after, "{name} tells {of_a} from {of_b}: {differs:?}");
    }
}
