//! The sheets that are signed.

use benchline::diagnostics::Lang;
use benchline::report::view::contest::SignOffSheets;
use benchline::report::{Templates, Typesetter, sign_off};

use crate::contest_day::{done, log, played, record};
use crate::support::{root, scored_contest};

fn view(path: &std::path::Path, lang: Lang) -> SignOffSheets {
    sign_off(scored_contest(path).material(), &Templates::embedded(), lang).unwrap()
}

fn count<'a>(view: &'a SignOffSheets, stage: usize, name: &str) -> Option<&'a str> {
    let counts = view.stages[stage].counts.iter();
    counts.clone().find(|count| count.name == name).map(|count| count.text.as_str())
}

#[test]
fn every_stage_has_a_sheet_with_all_its_places_and_what_was_changed() {
    let view = view(&root().join("examples/season-2025"), Lang::Zh);
    let places: Vec<usize> = view.stages.iter().map(|stage| stage.rows.len()).collect();
    assert_eq!(places, [207, 105, 58, 29]);
    // events.csv: one mark of the scenario was corrected; nothing before the final.
    let corrected: Vec<_> = (0..4).map(|stage| count(&view, stage, "更正与复议").unwrap()).collect();
    assert_eq!(corrected, ["0 件", "0 件", "0 件", "1 件"]);
    // Without a log nothing is said of what only a log can tell.
    assert_eq!(count(&view, 3, "录入评分表"), None);
    assert_eq!(count(&view, 3, "申诉"), None);
}

/// A correction after a signature voids it, and nothing before; while names are sealed
/// the sheets bear codes.
#[test]
fn a_signature_holds_until_the_result_changes() {
    let copy = played();
    let at = copy.path();
    let last = |lang| view(at, lang).stages.pop().unwrap();
    done(record(at, &["sign", ".", "--of", "final", "--role", "chief-judge"]));
    let (kept, _) = log(at);
    let events = kept.lines().len();
    let sheet = last(Lang::En);
    let [one] = sheet.signed.as_slice() else { panic!("{:?}", sheet.signed) };
    let detail = format!("office, event {events} of the log");
    assert_eq!((one.role.as_str(), one.detail.as_str(), one.holds), ("Chief judge", detail.as_str(), true));
    assert_eq!(sheet.proofs.last().unwrap().text, kept.head());
    let correct = [
        "correct",
        ".",
        "--round",
        "scenario",
        "--entry",
        "T144",
        "--judge",
        "E4",
        "--criterion",
        "listening",
        "--old",
        "8.2",
        "--value",
        "17.2",
        "--why",
        "keyed wrongly",
    ];
    done(record(at, &correct));
    done(record(at, &["seal", ".", "--why", "until the notice"]));
    let sheet = last(Lang::En);
    assert!(!sheet.signed[0].holds && sheet.signed[0].verdict.starts_with("void: "), "{:?}", sheet.signed);
    assert!(sheet.rows.iter().all(|row| row.name == row.code));
}

#[test]
fn sheets_are_typeset_in_both_languages() {
    let scored = scored_contest(&root().join("examples/season-2025"));
    let templates = Templates::embedded();
    let typesetter = Typesetter::new(&templates).unwrap();
    for lang in Lang::ALL {
        let typeset = typesetter.typeset(&sign_off(scored.material(), &templates, lang).unwrap()).unwrap();
        // 207 places leave no room for signatures on their page; the others do.
        assert_eq!(typeset.pages(), 5, "{lang}");
        let text: String = typeset.text().concat().split_whitespace().collect();
        assert!(text.contains(&scored.result_sha256), "{lang}");
    }
}
