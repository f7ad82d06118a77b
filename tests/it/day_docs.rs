//! What a contest gives to those who took part: certificates and feedback sheets.

use std::collections::{BTreeMap, BTreeSet};

use benchline::contest::{Award, ContestField, awards};
use benchline::diagnostics::Lang;
use benchline::project::ScoredContest;
use benchline::report::{ContestReporter, Templates, Typesetter};

use crate::support::{Copy, benchline, root, scored_contest};

fn season() -> ScoredContest {
    scored_contest(&root().join("examples/season-2025"))
}

fn given(scored: &ScoredContest) -> Vec<Award> {
    let kinds = &scored.contest.definition.project.certificates;
    awards(&scored.contest.input, &scored.contest.rubric.rubric, &scored.result, kinds)
}

fn field(scored: &ScoredContest) -> ContestField {
    let contest = &scored.contest;
    ContestField::new(&contest.input, &contest.rubric.rubric, &scored.result, &scored.overview)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn whoever_was_placed_gets_one_certificate_and_winners_another() {
    let scored = season();
    let given = given(&scored);
    let mut kinds: BTreeMap<usize, usize> = BTreeMap::new();
    for award in &given {
        *kinds.entry(award.kind).or_default() += 1;
    }
    // The teams' prizes of the rubric are 1 + 2 + 3.
    assert_eq!(kinds.get(&0), Some(&6));
    let members: Vec<usize> = given.iter().filter_map(|award| award.member).collect();
    assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), members.len(), "a member is named twice");
    let placed: usize = {
        let stage = scored.result.stages.first().unwrap();
        let ranked = stage.standings.iter().filter(|standing| standing.rank.is_some());
        ranked.map(|standing| scored.contest.input.entries()[standing.who].members.len()).sum()
    };
    assert_eq!(members.len(), placed, "not everybody who was placed has one");
}

#[test]
fn a_certificate_says_who_won_what_and_its_number() {
    let scored = season();
    let templates = Templates::embedded();
    let typesetter = Typesetter::new(&templates).unwrap();
    let given = given(&scored);
    for lang in Lang::ALL {
        let reporter = ContestReporter::new(scored.material(), &templates, lang).unwrap();
        let of_teams: Vec<&Award> = given.iter().filter(|award| award.kind == 0).collect();
        let merged = typesetter.typeset(&reporter.certificates(&of_teams, "team").unwrap()).unwrap();
        assert_eq!(merged.pages(), of_teams.len());
        for (award, text) in of_teams.iter().zip(merged.text()) {
            let entry = &scored.contest.input.entries()[award.entry];
            let prize = &scored.contest.rubric.rubric.prizes[award.prize.unwrap()];
            let number = format!("RX-2025-T-{:03}", award.number);
            for expected in [entry.name.get(lang), prize.name.get(lang), &number] {
                assert!(squeezed(&text).contains(&squeezed(expected)), "{expected} is not in {text}");
            }
        }
    }
}

#[test]
fn a_feedback_sheet_names_no_judge_and_fits_a_page() {
    let scored = season();
    let templates = Templates::embedded();
    let typesetter = Typesetter::new(&templates).unwrap();
    let field = field(&scored);
    let finalists: Vec<usize> =
        scored.result.stages.last().unwrap().standings.iter().map(|standing| standing.who).collect();
    assert_eq!(finalists.len(), 29);
    for lang in Lang::ALL {
        let reporter = ContestReporter::new(scored.material(), &templates, lang).unwrap();
        for entry in &finalists {
            let view = reporter.feedback(&field, *entry).unwrap();
            let typeset = typesetter.typeset(&view).unwrap();
            assert_eq!(typeset.pages(), 1, "{} in {lang}", view.code);
            let text = typeset.text().concat();
            let words: BTreeSet<&str> = text.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
            for judge in scored.contest.input.judges() {
                assert!(!words.contains(judge.code.as_str()), "{} is named to {}", judge.code, view.code);
            }
        }
    }
}

/// The mean of the marks that count, as the sheet shows them, is the score that
/// it shows.
#[test]
fn the_marks_on_a_feedback_sheet_come_to_its_scores() {
    let scored = season();
    let templates = Templates::embedded();
    let reporter = ContestReporter::new(scored.material(), &templates, Lang::Zh).unwrap();
    let field = field(&scored);
    let mut compared = 0;
    for entry in 0..scored.contest.input.entries().len() {
        let view = reporter.feedback(&field, entry).unwrap();
        for criterion in view.rounds.iter().flat_map(|round| &round.criteria) {
            let [group] = criterion.marks.as_slice() else { continue };
            let counted: Vec<f64> = group
                .marks
                .iter()
                .filter(|mark| !mark.dropped)
                .map(|mark| mark.text.parse().unwrap())
                .collect();
            let mean = counted.iter().sum::<f64>() / counted.len() as f64;
            let shown: f64 = criterion.field.score.as_ref().unwrap().parse().unwrap();
            assert!((mean - shown).abs() <= 0.005 + 1e-9, "{} {}: {mean}", view.code, criterion.field.name);
            compared += 1;
        }
    }
    assert!(compared > 400, "only {compared} compared");
}

#[test]
fn a_file_that_is_no_font_is_said_and_nothing_is_published() {
    let copy = Copy::of("examples/season-2025");
    std::fs::create_dir(copy.path().join("fonts")).unwrap();
    std::fs::write(copy.path().join("fonts/own.otf"), "no font").unwrap();
    let ran = benchline(copy.path(), &["run", ".", "--lang", "en", "-q"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("error[C461]: `fonts/own.otf` is no font that can be read"),
        "{}",
        ran.stderr
    );
    assert!(!copy.path().join("out").exists());
}

/// 𠮷 is in no font of the program.
fn with_a_rare_name() -> Copy {
    let copy = Copy::of("examples/season-2025");
    copy.edit(
        "benchline.toml",
        "outputs = [\"pdf\", \"xlsx\", \"json\", \"csv\", \"certificates\", \"feedback\"]",
        "outputs = [\"certificates\"]",
    );
    copy.edit("benchline.toml", "\n[[certificate]]\nid = \"contestant\"\nto = \"members\"\nstage = \"prelim\"\nrest = true\nnumber = \"RX-{edition}-C-{n}\"\n", "");
    copy.edit("data/members.csv", "示例005甲", "\u{20BB7}田甲");
    copy
}

#[test]
fn a_name_that_no_font_draws_is_said_with_what_to_do_and_nothing_is_published() {
    let copy = with_a_rare_name();
    let ran = benchline(copy.path(), &["run", ".", "--lang", "en", "-q"]);
    assert_eq!(ran.code, 1);
    let told = "error[R401]: no font draws `\u{20BB7}` (U+20BB7) in `\u{20BB7}田甲`";
    let help = "help: put a font that has it into the project's `fonts/`; if it is an invisible character, remove it";
    assert!(ran.stderr.contains(told) && ran.stderr.contains(help), "{}", ran.stderr);
    // Its line of the list, and not what else is in it.
    let list = std::fs::read_to_string(copy.path().join("data/members.csv")).unwrap();
    let (at, line) = list.lines().enumerate().find(|(_, line)| line.contains('\u{20BB7}')).unwrap();
    let before = line.split('\u{20BB7}').next().unwrap();
    let place = format!("--> data/members.csv:{}:{}\n = help", at + 1, before.chars().count() + 1);
    assert!(ran.stderr.contains(&place), "{}", ran.stderr);
    assert!(!copy.path().join("out").exists());
}

/// The certificates that bear the name embed the project's font, and no others do.
#[test]
fn a_rare_character_is_drawn_from_the_projects_own_font() {
    let copy = with_a_rare_name();
    std::fs::create_dir(copy.path().join("fonts")).unwrap();
    std::fs::copy(root().join("tests/cases/fonts/rare.ttf"), copy.path().join("fonts/rare.ttf")).unwrap();
    let ran = benchline(copy.path(), &["run", ".", "-q"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (file, rare) in [("star/T005-1", true), ("team/T005", true), ("team/T046", false)] {
        let pdf = std::fs::read(copy.path().join(format!("out/certificates/{file}.zh.pdf"))).unwrap();
        assert_eq!(pdf.windows(8).any(|bytes| bytes == b"RareTest"), rare, "{file}");
    }
}
