//! How little of revisions the public edition tells.

use std::fs;

use benchline::diagnostics::Lang;
use benchline::digest::sha256;
use benchline::plan::Audience;
use serde_json::Value as Json;

use crate::policy;
use crate::revision_pages::{revise, revised_twice, sheet, told, view};
use crate::support::{Copy, benchline, files};

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

/// Where the public sees values: not those over fewer cases than the smallest cell,
/// and none of what is no indicator.
#[test]
fn small_samples_and_context_stay_inside() {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    copy.edit(
        "indicators/my-index.toml",
        "[[group]]",
        "[[context]]\nid = \"calls\"\nname = { zh = \"来电\", en = \"Calls\" }\nmeasure = { zh = \"件\", en = \"calls\" }\n\n[[group]]",
    );
    let table = fs::read_to_string(copy.path().join("data/indicators.csv")).unwrap();
    let with = |(at, line): (usize, &str)| match at {
        0 => format!("{line},answered_n,calls\n"),
        // S01 rests on four calls.
        1 => format!("{line},4,1000\n"),
        _ => format!("{line},400,1000\n"),
    };
    copy.write("data/indicators.csv", &table.lines().enumerate().map(with).collect::<String>());
    copy.edit(
        "benchline.toml",
        "ignore = [\"name\"]",
        "ignore = [\"name\"]\nsamples = { answered = { n = \"answered_n\" } }",
    );
    let open = "[policy.public]\nscores = true\nranks = true\norder_in_band = true\ndimensions = \"scores\"\nindicators = \"scores\"\n\n[units]";
    copy.edit("benchline.toml", "[units]", open);
    revise(
        &copy,
        1,
        "S01,answered,,96.2,96.317,recounted,,,,\nS02,answered,,93.8,94.519,recounted,,,,\nS02,calls,,1000,1234,recounted,,,,\n",
    );
    let scored = copy.scored();
    let public = told(&view(&scored, Lang::En, Audience::Public).revisions.unwrap());
    assert!(
        public.contains("94.519%") && !public.contains("96.317") && !public.contains("Calls"),
        "{public}"
    );
    let internal = told(&view(&scored, Lang::En, Audience::Internal).revisions.unwrap());
    assert!(
        internal.contains("96.317%") && internal.contains("Calls: 1,000\u{A0}calls → 1,234\u{A0}calls"),
        "{internal}"
    );
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
