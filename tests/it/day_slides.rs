//! The slides of a ceremony.

use std::collections::BTreeSet;

use benchline::diagnostics::Lang;
use benchline::project::ScoredContest;
use benchline::report::view::contest::{Slide, SlidePlace};
use benchline::report::{ContestReporter, Templates, Typesetter};

use crate::support::{Copy, benchline, root, scored_contest};

/// What a slide is, for the order of showing.
fn kind(slide: &Slide) -> &'static str {
    match slide {
        Slide::Title { .. } => "title",
        Slide::Path(_) => "path",
        Slide::Standing(_) => "standing",
        Slide::Place(_) => "place",
        Slide::Podium { .. } => "podium",
        Slide::Prizes { .. } => "prizes",
        Slide::Closing { .. } => "closing",
    }
}

fn slides(scored: &ScoredContest, lang: Lang) -> Vec<Slide> {
    let templates = Templates::embedded();
    ContestReporter::new(scored.material(), &templates, lang).unwrap().slides().unwrap()
}

fn places(slides: &[Slide]) -> Vec<&SlidePlace> {
    let place = |slide: &'static str| slide == "place";
    slides
        .iter()
        .filter(|slide| place(kind(slide)))
        .map(|slide| match slide {
            Slide::Place(place) => place,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_ceremony_goes_from_the_title_by_stages_and_places_to_prizes() {
    let scored = scored_contest(&root().join("examples/season-2025"));
    let slides = slides(&scored, Lang::Zh);
    let mut kinds: Vec<&str> = slides.iter().map(kind).collect();
    kinds.dedup();
    assert_eq!(kinds, ["title", "path", "standing", "place", "podium", "prizes", "closing"]);
    let headings: Vec<&str> = places(&slides).iter().map(|place| place.heading.as_str()).collect();
    assert_eq!(headings, ["第三名", "第二名", "第一名"]);
}

/// Nobody learns from a page of places who is among the first three before their
/// slides are shown; every other place of the final is on one of them, the last first.
#[test]
fn places_of_the_final_are_shown_from_the_last_up_and_without_the_first_three() {
    let scored = scored_contest(&root().join("examples/season-2025"));
    let slides = slides(&scored, Lang::Zh);
    let pages: Vec<Vec<usize>> = slides
        .iter()
        .filter_map(|slide| match slide {
            Slide::Standing(page) if page.name == "总决赛" => {
                let rows = page.columns.iter().flatten();
                Some(rows.map(|row| row.place.as_ref().unwrap().parse().unwrap()).collect())
            }
            _ => None,
        })
        .collect();
    assert!(pages.iter().all(|page| page.is_sorted() && page.len() <= 10), "{pages:?}");
    let firsts: Vec<usize> = pages.iter().map(|page| page[0]).collect();
    assert!(firsts.is_sorted_by(|a, b| a > b), "{firsts:?}");
    let all: Vec<usize> = pages.into_iter().flatten().collect();
    assert_eq!(all.len(), 26);
    assert_eq!(all.iter().min(), Some(&4));
}

/// T046 is second by the marks; placed first by the jury, it shares the place, and
/// the second is skipped.
#[test]
fn a_shared_place_has_one_slide_with_all_who_share_it() {
    let copy = Copy::of("examples/season-2025");
    copy.edit(
        "data/events.csv",
        "no-show,theory,T041",
        "placed,final,T046,,,,1,,评审委员会,并列\nno-show,theory,T041",
    );
    let scored = scored_contest(copy.path());
    let slides = slides(&scored, Lang::En);
    let told: Vec<(&str, Vec<&str>)> = places(&slides)
        .iter()
        .map(|place| {
            let codes = place.winners.iter().map(|winner| winner.code.as_str());
            (place.heading.as_str(), codes.collect())
        })
        .collect();
    assert_eq!(told, [("Third place", vec!["T049"]), ("Shared first place", vec!["T005", "T046"])]);
}

#[test]
fn all_slides_fit_a_page_each_and_every_winner_is_on_one() {
    for project in ["examples/season-2025", "examples/cases-2025"] {
        let scored = scored_contest(&root().join(project));
        let templates = Templates::embedded();
        let typesetter = Typesetter::new(&templates).unwrap();
        for lang in Lang::ALL {
            let reporter = ContestReporter::new(scored.material(), &templates, lang).unwrap();
            let slides = reporter.slides().unwrap();
            let typeset = typesetter.typeset(&reporter.slide_show(&slides, "all").unwrap()).unwrap();
            assert_eq!(typeset.pages(), slides.len(), "{project} {lang}");
            let text: String = typeset.text().concat().split_whitespace().collect();
            let input = &scored.contest.input;
            let individual = |of: &benchline::model::Id| {
                scored.contest.rubric.rubric.individuals.iter().any(|one| one.id == *of)
            };
            for prize in &scored.result.prizes {
                let spec =
                    scored.contest.rubric.rubric.prizes.iter().find(|spec| spec.id == prize.id).unwrap();
                let codes: BTreeSet<&str> = prize
                    .winners
                    .iter()
                    .map(|at| match individual(&spec.of) {
                        true => input.members()[*at].code.as_str(),
                        false => input.entries()[*at].code.as_str(),
                    })
                    .collect();
                assert!(codes.iter().all(|code| text.contains(code)), "{project} {lang} {codes:?}");
            }
        }
    }
}

#[test]
fn slides_are_one_file_and_a_file_each() {
    let copy = Copy::of("examples/season-2025");
    copy.edit(
        "benchline.toml",
        "outputs = [\"pdf\", \"xlsx\", \"json\", \"csv\", \"certificates\", \"feedback\"]",
        "outputs = [\"slides\"]\nslides = { languages = [\"en\"] }",
    );
    let count = slides(&scored_contest(copy.path()), Lang::En).len();
    let ran = benchline(copy.path(), &["run", ".", "-q"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(copy.path().join("out/slides.en.pdf").is_file());
    let single: BTreeSet<String> = std::fs::read_dir(copy.path().join("out/slides"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(single, (1..=count).map(|at| format!("{at:02}.en.pdf")).collect());
}

#[test]
fn there_are_no_slides_while_names_are_sealed() {
    let copy = Copy::of("examples/season-2025");
    copy.edit(
        "benchline.toml",
        "outputs = [\"pdf\", \"xlsx\", \"json\", \"csv\", \"certificates\", \"feedback\"]",
        "outputs = [\"slides\"]\nlog = { file = \"log.jsonl\" }",
    );
    copy.edit("benchline.toml", "events = { file = \"data/events.csv\" }\n", "");
    let seal = ["contest", "seal", ".", "--why", "x", "--by", "office", "--at", "2025-12-01T08:00:00+08:00"];
    let ran = benchline(copy.path(), &seal);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = benchline(copy.path(), &["run", ".", "--lang", "en", "-q"]);
    assert_eq!(ran.code, 1);
    let told = "error[C448]: names are sealed: there can be no slides of the ceremony";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert!(!copy.path().join("out").exists());
}
