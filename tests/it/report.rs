//! Reports as documents: what they say, and what they must never show.

use benchline::diagnostics::Lang;
use benchline::project::ScoredProject;
use benchline::report::view::IndexReport;
use benchline::report::{Templates, Typeset, index_report, typeset};

use crate::support::{Copy, benchline, root, scored};

fn view(scored: &ScoredProject, lang: Lang) -> IndexReport {
    index_report(scored.material(), &Templates::embedded(), lang).unwrap()
}

fn report(scored: &ScoredProject, lang: Lang) -> Typeset {
    typeset(&view(scored, lang), &Templates::embedded()).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

fn whole_text(typeset: &Typeset) -> String {
    // Line breaks and spaces fall where the lines do.
    typeset.text().concat().split_whitespace().collect()
}

#[test]
fn the_national_report_names_every_unit_with_its_score() {
    let scored = scored(&root().join("examples/hdi-2022"));
    for lang in Lang::ALL {
        let view = view(&scored, lang);
        let typeset = typeset(&view, &Templates::embedded()).unwrap();
        assert!(typeset.pages() >= 10, "{} pages", typeset.pages());
        let text = whole_text(&typeset);
        assert_eq!(view.ranking.rows.len(), 193);
        for row in &view.ranking.rows {
            let name: String = row.name.split_whitespace().collect();
            assert!(text.contains(&name), "{lang}: no {name}");
            assert!(text.contains(row.score.as_deref().unwrap()));
        }
        for tally in ["193/193", "192/192", "166/166", "182/182", "165/165"] {
            assert!(text.contains(tally), "{lang}: no {tally}");
        }
    }
}

#[test]
fn the_pdf_is_tagged_archival_and_in_its_language() {
    let scored = scored(&root().join("examples/starter"));
    for (lang, declared) in [(Lang::Zh, "/Lang(zh-CN)"), (Lang::En, "/Lang(en)")] {
        let pdf = report(&scored, lang).pdf;
        let text = String::from_utf8_lossy(&pdf);
        assert!(pdf.starts_with(b"%PDF-1.7"));
        for mark in [
            "/MarkInfo",
            "/StructTreeRoot",
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "2025-12-01",
        ] {
            assert!(text.contains(mark), "{lang}: no {mark}");
        }
        assert!(
            text.contains(declared) || text.contains(&declared.replace(')', "-")),
            "{lang}: no {declared}"
        );
    }
}

#[test]
fn invented_data_say_so_on_every_page() {
    let scored = scored(&root().join("examples/starter"));
    for (lang, words) in
        [(Lang::Zh, "示例数据·非真实评估"), (Lang::En, "ILLUSTRATIVEDATA·NOTAREALASSESSMENT")]
    {
        for (page, text) in report(&scored, lang).text().iter().enumerate() {
            let text: String = text.split_whitespace().collect();
            assert!(text.contains(words), "{lang}: page {} does not", page + 1);
        }
    }
    let real = scored_as("synthetic = true", "synthetic = false");
    assert!(!whole_text(&report(&real, Lang::Zh)).contains("非真实评估"));
}

fn scored_as(from: &str, to: &str) -> ScoredProject {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", from, to);
    copy.scored()
}

/// Without a league table no unit has a rank, and inside a band the order is
/// that of the codes.
#[test]
fn a_report_without_league_table_ranks_nobody() {
    let scored = scored(&root().join("examples/starter"));
    let bands_only = view(&scored, Lang::En);
    assert!(bands_only.ranking.rows.iter().all(|row| row.rank.is_none() && !row.tied));
    let order: Vec<_> =
        bands_only.ranking.rows.iter().map(|row| (row.band.unwrap(), row.code.as_str())).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(!bands_only.summary.figures.iter().any(|figure| figure.text.contains("Sample City")));
    let league = view(&scored_as("league_table = false", "league_table = true"), Lang::En);
    assert_eq!(league.ranking.rows[0].rank.as_deref(), Some("1"));
}

#[test]
fn a_missing_value_is_a_dash_and_an_unassessed_unit_is_listed() {
    let scored = scored(&root().join("examples/starter"));
    let view = view(&scored, Lang::En);
    assert_eq!(view.ranking.unassessed.len(), 1);
    assert_eq!(view.ranking.unassessed[0].name, "Sample City Twelve");
    assert_eq!(
        view.ranking.unassessed[0].reason,
        "No value of: Answer rate; Satisfaction rate; Mean waiting time"
    );
    let nine = view.ranking.rows.iter().find(|row| row.code == "S09").unwrap();
    assert_eq!(nine.cells.last(), Some(&None), "no value of the companion");
}

/// A name is text, whatever characters it has.
#[test]
fn names_cannot_become_markup() {
    let copy = Copy::of("examples/starter");
    let name = "#panic() $x$ *a* _b_ <c> @d `e`";
    copy.edit("data/units.csv", "示例一市,Sample City One", &format!("\"{name}\",\"{name}\""));
    let text = whole_text(&report(&copy.scored(), Lang::Zh));
    assert!(text.contains(&name.split_whitespace().collect::<String>()), "{text}");
}

#[test]
fn a_character_without_a_glyph_is_refused_and_named() {
    let copy = Copy::of("examples/starter");
    copy.edit("data/units.csv", "示例一市", "示例\u{2A6D6}市");
    let refused = typeset(&view(&copy.scored(), Lang::Zh), &Templates::embedded()).unwrap_err();
    let messages: Vec<_> = refused.iter().map(|finding| finding.message.en.as_str()).collect();
    assert_eq!(messages, ["no font draws `\u{2A6D6}` (U+2A6D6) in `示例\u{2A6D6}市`"]);
    let ran = benchline(copy.path(), &["run", "."]);
    assert_eq!(ran.code, 1);
    assert!(!copy.path().join("out").exists());
}

/// A project's own sentence replaces the bundled one; a mistake in it is a
/// finding that names the sentence.
#[test]
fn a_projects_own_templates_take_precedence() {
    let copy = Copy::of("examples/starter");
    let sentences = std::fs::read_to_string(root().join("report-templates/narratives/index.toml")).unwrap();
    let own = |title: &str| {
        sentences.replacen(
            "[summary_headline]",
            &format!("[summary_headline]\nzh = \"{title}\"\nen = \"{title}\"\n\n[unused]"),
            1,
        )
    };
    copy.write("report-templates/narratives/index.toml", &own("{{ n }} 座城市的自评"));
    let scored = copy.scored();
    let view = index_report(scored.material(), &scored.templates, Lang::Zh).unwrap();
    assert!(view.colophon.inputs.iter().any(|input| input.path == "report-templates/narratives/index.toml"));
    assert_eq!(view.summary.headline, "11 座城市的自评");

    copy.write("report-templates/narratives/index.toml", &own("{{ nobody }}"));
    let ran = benchline(copy.path(), &["run", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("R402") && ran.stderr.contains("summary_headline.zh"), "{}", ran.stderr);
}

/// Few units, no bands, no groups, one period: a report without the parts that
/// have nothing to show.
#[test]
fn a_small_project_makes_a_small_report() {
    let copy = Copy::of("tests/cases/methods/_base");
    let framework = std::fs::read_to_string(copy.path().join("index.toml")).unwrap();
    copy.write("index.toml", &(framework + "\
        [[node]]\nid = \"index\"\nname = { zh = \"指数\", en = \"Index\" }\naggregate = { method = \"arithmetic\" }\n\
        [[indicator]]\nid = \"x\"\nname = { zh = \"甲\", en = \"X\" }\nparent = \"index\"\ndirection = \"higher\"\n\
        measure = { zh = \"分\", en = \"points\" }\nnormalise = { method = \"none\" }\n"));
    for values in ["A,0\nB,0\nC,0\nD,0", "A,1\nB,1\nC,1\nD,1", "A,-5\nB,900\nC,\nD,1", "A,3\nB,\nC,\nD,"] {
        copy.write("values.csv", &format!("code,x\n{values}\n"));
        let scored = copy.scored();
        for lang in Lang::ALL {
            let view = view(&scored, lang);
            assert!(view.bands.is_empty() && view.comparison.is_none() && view.trend.is_none());
            let pages = report(&scored, lang).pages();
            assert!((3..=6).contains(&pages), "{pages} pages");
        }
    }
}
