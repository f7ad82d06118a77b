//! The files of the statistical audit: tables, workbook and annex say what the
//! audit found, and the public sees nothing of single units.

mod made_up;

use std::collections::BTreeSet;

use benchline::diagnostics::Lang;
use benchline::plan::Audience;
use benchline::project::ScoredProject;
use benchline::report::view::AuditAnnex;
use benchline::report::{
    AuditMaterial, Material, Templates, UnitReporter, WorkbookWords, audit_annex, audit_csv, audit_json,
    audit_workbook, index_report, typeset,
};
use calamine::{Data, Range, Reader as _, Xlsx};
use serde_json::Value as Json;

use crate::support::{Copy, benchline, files, root, scored};
use made_up::MadeUp;

/// The starter project with a public policy.
fn with_policy() -> Copy {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "[units]", "[policy.public]\ndimensions = \"quarters\"\n\n[units]");
    copy
}

fn sheets(bytes: Vec<u8>) -> Vec<(String, Range<Data>)> {
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            (name, range)
        })
        .collect()
}

fn sheet<'a>(sheets: &'a [(String, Range<Data>)], name: &str) -> &'a Range<Data> {
    &sheets.iter().find(|(tab, _)| tab.starts_with(name)).unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// The rows below the heads.
fn rows(range: &Range<Data>) -> Vec<Vec<Data>> {
    let head = range.rows().position(|row| row.first().is_some_and(|cell| cell.to_string().contains('\n')));
    range.rows().skip(head.unwrap() + 1).map(<[Data]>::to_vec).collect()
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn the_table_of_units_has_every_interval_and_share() {
    let scored = scored(&root().join("examples/starter"));
    let found = MadeUp::of(&scored);
    let material = found.material(&scored, Audience::Internal);
    let bytes = audit_csv(material).unwrap();
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name}"));
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let sampling = found.robustness.by_sampling.as_ref().unwrap();
    assert_eq!(records.len(), 3 * sampling.units.len());
    for (record, doubt) in records.iter().zip(&sampling.units) {
        let of = |name: &str| record[at(name)].parse::<f64>().unwrap();
        let unit = scored.project.input.panel().units().get(doubt.unit).unwrap();
        assert_eq!((&record[at("code")], &record[at("source")]), (unit.code.as_str(), "sampling"));
        let (score, rank) = (doubt.score.unwrap(), doubt.rank.unwrap());
        assert_eq!(
            [of("score_q05"), of("score_median"), of("score_q95")],
            [score.q05, score.median, score.q95]
        );
        assert_eq!([of("rank"), of("rank_q05"), of("rank_q95")], [doubt.nominal_rank, rank.q05, rank.q95]);
        assert_eq!(of("share.top_3"), doubt.top[0]);
        let bands = &scored.evaluation.plan.rating.as_ref().unwrap().bands;
        for (band, share) in bands.iter().zip(&doubt.bands) {
            assert_eq!(of(&format!("share.{}", band.id)), *share);
        }
        assert_eq!(of("rank_set_from"), f64::from(doubt.rank_set.unwrap().0));
    }
}

#[test]
fn the_json_names_units_bands_and_everything_found() {
    let scored = scored(&root().join("examples/starter"));
    let found = MadeUp::of(&scored);
    let text = String::from_utf8(audit_json(found.material(&scored, Audience::Internal)).unwrap()).unwrap();
    assert!(text.contains(&serde_json::to_string(&found.robustness).unwrap()));
    assert!(text.contains(&serde_json::to_string(&found.coherence).unwrap()));
    let json: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], "benchline/audit/1");
    assert_eq!(json["registry"].as_array().unwrap().len(), scored.project.input.panel().units().len());
    let rated: u64 = json["certainty"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|band| band["units"].as_array().unwrap())
        .map(|count| count.as_u64().unwrap())
        .sum();
    let assessed = scored.overview.bands.iter().map(|band| band.units.len() as u64).sum::<u64>();
    assert_eq!(rated, assessed);
}

#[test]
fn the_workbook_read_back_has_the_numbers() {
    let scored = scored(&root().join("examples/starter"));
    let found = MadeUp::of(&scored);
    let words = WorkbookWords::read(&Templates::embedded()).unwrap();
    let bytes = audit_workbook(found.material(&scored, Audience::Internal), &words).unwrap();
    assert_eq!(bytes, audit_workbook(found.material(&scored, Audience::Internal), &words).unwrap());
    let sheets = sheets(bytes);
    let together = found.robustness.together.as_ref().unwrap();
    for (row, doubt) in rows(sheet(&sheets, "各单位区间")).iter().zip(&together.units) {
        let (score, rank) = (doubt.score.unwrap(), doubt.rank.unwrap());
        let read: Vec<f64> = row[3..12].iter().map(number).collect();
        let expected = [
            doubt.nominal_score,
            score.q05,
            score.median,
            score.q95,
            doubt.nominal_rank,
            rank.q05,
            rank.median,
            rank.q95,
            rank.mean,
        ];
        assert_eq!(read, expected);
        // Two columns for each of three sources, then shares.
        let shares: Vec<f64> = row[18..].iter().map(number).collect();
        assert_eq!(shares[0], doubt.top[0]);
        assert_eq!(&shares[1..shares.len() - 1], &doubt.bands[..]);
    }
    let counts = rows(sheet(&sheets, "名次分布"));
    let first: Vec<&Vec<Data>> = counts.iter().filter(|row| row[0] == counts[0][0]).collect();
    assert_eq!(first.iter().map(|row| number(&row[3])).sum::<f64>(), f64::from(together.draws));
    let assumption = &rows(sheet(&sheets, "假定与抽样"))[1];
    assert_eq!(number(&assumption[3]), 500.0);
    let index = &rows(sheet(&sheets, "敏感度"))[0];
    assert_eq!([number(&index[1]), number(&index[6])], [0.5, 0.875]);
    let removed = rows(sheet(&sheets, "逐一剔除"));
    assert_eq!(number(&removed[0][3]), 1.5);
    assert!(removed.last().unwrap()[7].to_string().contains("no index"));
    for (name, range) in &sheets {
        for cell in range.rows().flatten() {
            let text = cell.to_string();
            assert!(!text.contains("NaN") && !text.contains("audit_"), "{name}: {text}");
        }
    }
}

/// Where scores and ranks stay inside, no file carries a unit, and no number of one.
#[test]
fn the_public_files_speak_of_no_unit() {
    let scored = with_policy().scored();
    let found = MadeUp::of(&scored);
    let material = found.material(&scored, Audience::Public);
    let json = String::from_utf8(audit_json(material).unwrap()).unwrap();
    let words = WorkbookWords::read(&Templates::embedded()).unwrap();
    let book: String = sheets(audit_workbook(material, &words).unwrap())
        .iter()
        .flat_map(|(_, range)| range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>())
        .collect::<Vec<_>>()
        .join("\t");
    for unit in scored.project.input.panel().units().iter() {
        for text in [&json, &book] {
            assert!(!text.contains(&unit.name.zh) && !text.contains(&unit.name.en), "{}", unit.name.zh);
        }
    }
    let json: Json = serde_json::from_str(&json).unwrap();
    assert_eq!(json["registry"], Json::Array(Vec::new()));
    assert!(json["robustness"]["by_sampling"].get("units").is_none());
    assert!(
        json["coherence"].get("assessed").is_none() && json["coherence"]["coverage"].get("units").is_none()
    );
    // Bands of fewer than five units are not counted.
    for band in json["certainty"].as_array().unwrap() {
        let units: u64 = band["units"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).sum();
        assert!(units >= 5, "{band}");
    }
}

fn annex(scored: &ScoredProject, found: &MadeUp, lang: Lang, audience: Audience) -> AuditAnnex {
    let material = found.material(scored, audience);
    audit_annex(material, material.audit.unwrap(), &Templates::embedded(), lang).unwrap()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The annex in both languages for both audiences: every unit with its interval
/// inside, none outside; every choice that was varied; no fault of formatting.
#[test]
fn the_annex_says_what_was_found_and_to_whom() {
    let scored = with_policy().scored();
    let found = MadeUp::of(&scored);
    for audience in [Audience::Internal, Audience::Public] {
        for lang in Lang::ALL {
            let view = annex(&scored, &found, lang, audience);
            let text = squeezed(&typeset(&view, &Templates::embedded()).unwrap().text().concat());
            assert!(!text.contains("NaN") && !text.contains('\u{FFFD}'), "{lang}");
            for assumption in &found.robustness.assumptions {
                for one in &assumption.alternatives {
                    assert!(text.contains(&squeezed(one.name.get(lang))), "{lang}: {:?}", one.name);
                }
            }
            let inside = audience == Audience::Internal;
            for unit in &found.robustness.units {
                let name = &scored.project.input.panel().units().get(*unit).unwrap().name;
                assert_eq!(text.contains(&squeezed(name.get(lang))), inside, "{lang} {audience:?} {name:?}");
            }
            assert_eq!((view.overview.is_some(), view.intervals.is_some()), (inside, inside));
        }
    }
}

/// Every unit stands once, in order of rank, with its own numbers; all strips are
/// equally long.
#[test]
fn the_interval_plot_has_every_unit_once_in_order_of_rank() {
    let scored = scored(&root().join("examples/hotline-2025"));
    let found = MadeUp::of(&scored);
    let view = annex(&scored, &found, Lang::En, Audience::Internal);
    let together = found.robustness.together.as_ref().unwrap();
    let pages = view.intervals.unwrap().pages;
    let strips: Vec<_> = pages.iter().flat_map(|page| &page.strips).collect();
    let rows: Vec<_> = strips.iter().flat_map(|strip| &strip.rows).collect();
    assert_eq!((pages.len(), rows.len()), (2, together.units.len()));
    assert!(strips.iter().all(|strip| strip.rows.len() <= 57));
    let mut by_rank: Vec<_> = together.units.iter().collect();
    by_rank.sort_by(|a, b| a.nominal_rank.total_cmp(&b.nominal_rank).then(a.unit.cmp(&b.unit)));
    for (row, doubt) in rows.iter().zip(by_rank) {
        let rank = doubt.rank.unwrap();
        assert_eq!(
            [row.low, row.median, row.high, row.nominal],
            [rank.q05, rank.median, rank.q95, doubt.nominal_rank]
        );
        assert_eq!(row.text, format!("{}–{}", rank.q05, rank.q95));
    }
    let spans: BTreeSet<i64> =
        strips.iter().map(|strip| ((strip.axis.max - strip.axis.min) * 1e6) as i64).collect();
    assert_eq!(spans.len(), 1);
    for strip in strips {
        assert!(strip.rows.iter().all(|row| row.low > strip.axis.min && row.high < strip.axis.max));
    }
    // The ratings below the overview cover all places.
    let spans = view.overview.unwrap().spans;
    assert_eq!(spans.iter().map(|span| span.to + 1 - span.from).sum::<usize>(), rows.len());
}

/// The headline has a form for each case.
#[test]
fn the_headline_tells_how_many_of_the_best_are_certain() {
    let scored = scored(&root().join("examples/starter"));
    let mut found = MadeUp::of(&scored);
    let best = scored.overview.bands[0].units.clone();
    let mut keep = |shares: &[f64]| {
        let together = found.robustness.together.as_mut().unwrap();
        for (unit, share) in best.iter().zip(shares) {
            let at = together.units.iter().position(|one| one.unit == *unit).unwrap();
            together.units[at].bands[0] = *share;
        }
        [Lang::Zh, Lang::En].map(|lang| annex(&scored, &found, lang, Audience::Internal).doubt.headline)
    };
    assert_eq!(best.len(), 2);
    assert_eq!(
        keep(&[0.9, 1.0]),
        ["2 个 A+ 在九成以上的模拟中全部保持评级", "All 2 cities rated A+ keep it in at least 90 % of draws"]
    );
    assert_eq!(
        keep(&[0.95, 0.89]),
        [
            "2 个 A+ 中，1 个在九成以上的模拟中保持评级",
            "1 of 2 cities rated A+ keep it in at least 90 % of draws"
        ]
    );
    assert_eq!(
        keep(&[0.1, 0.2]),
        ["2 个 A+ 没有一个在九成以上的模拟中保持评级", "None of 2 cities rated A+ keeps it in 90 % of draws"]
    );
}

#[test]
fn an_audit_that_drew_nothing_says_so() {
    let scored = scored(&root().join("examples/starter"));
    let mut found = MadeUp::of(&scored);
    let of = &mut found.robustness;
    (of.by_sampling, of.by_assumptions, of.together, of.sampling, of.sensitivity) =
        (None, None, None, None, None);
    (of.assumptions, of.removal) = (Vec::new(), Vec::new());
    let view = annex(&scored, &found, Lang::En, Audience::Internal);
    assert_eq!(view.doubt.headline, "There was no choice to vary and no sample to draw from");
    assert!(view.doubt.figures.is_empty() && view.doubt.certainty.is_none() && view.overview.is_none());
    assert!(view.varied.table.is_none() && view.removal.is_none() && view.sources.drivers.is_none());
    assert!(typeset(&view, &Templates::embedded()).is_ok());
    let material = found.material(&scored, Audience::Internal);
    assert!(index_report(material, &Templates::embedded(), Lang::En).unwrap().doubt.is_none());
}

/// A share of draws is nowhere called a probability without saying that it is none.
#[test]
fn no_sentence_speaks_of_an_unexplained_probability() {
    let text = std::fs::read_to_string(root().join("report-templates/narratives/audit.toml")).unwrap();
    for line in text.lines() {
        assert!(!line.contains("概率") || line.contains("不是"), "{line}");
        assert!(
            !line.to_lowercase().contains("probability") || line.contains(" no ") || line.contains("No "),
            "{line}"
        );
    }
}

/// The reports take in what the audit found where it is there, and only inside.
#[test]
fn reports_show_the_doubt_where_there_is_an_audit() {
    let scored = with_policy().scored();
    let found = MadeUp::of(&scored);
    let (templates, insight) = (Templates::embedded(), scored.insight());
    let unit = scored.overview.bands[0].units[0];
    let together = found.robustness.together.as_ref().unwrap();
    let doubt = together.unit(unit).unwrap();
    let material = found.material(&scored, Audience::Internal);
    let section = index_report(material, &templates, Lang::Zh).unwrap().doubt.unwrap();
    assert_eq!(section.overview.unwrap().units.len(), together.units.len());
    let view = UnitReporter::new(material, &insight, &templates, Lang::En).unwrap().report(unit).unwrap();
    let plot = view.doubt.clone().unwrap();
    let shares: Vec<f64> = plot.bars.iter().map(|bar| bar.share).collect();
    assert_eq!(shares, doubt.bands);
    let rank = doubt.rank.unwrap();
    let last = plot.rows.last().unwrap();
    assert_eq!(
        [last.low, last.median, last.high, plot.nominal],
        [rank.q05, rank.median, rank.q95, doubt.nominal_rank]
    );
    assert_eq!(plot.rows.len(), 3);
    let score = doubt.score.unwrap();
    let interval = format!("90 % interval {:.1}–{:.1}", score.q05, score.q95);
    assert!(view.head.notes.contains(&interval), "{:?} lacks {interval}", view.head.notes);
    assert!(typeset(&view, &templates).is_ok());
    // Without an audit, and for the public, nothing of it.
    let plain = UnitReporter::new(scored.material(), &insight, &templates, Lang::En).unwrap();
    assert!(plain.report(unit).unwrap().doubt.is_none());
    assert!(index_report(scored.material(), &templates, Lang::En).unwrap().doubt.is_none());
    let public = found.material(&scored, Audience::Public);
    let view = UnitReporter::new(public, &insight, &templates, Lang::En).unwrap().report(unit).unwrap();
    assert!(view.doubt.is_none() && view.head.notes.is_empty());
    assert!(index_report(public, &templates, Lang::En).unwrap().doubt.unwrap().overview.is_none());
}

/// Declared outputs are made, with the same bytes on any number of threads.
#[test]
fn a_run_writes_the_same_files_of_the_audit_on_any_number_of_threads() {
    let copy = Copy::of("examples/starter");
    copy.edit(
        "benchline.toml",
        "outputs = [\"csv\", \"json\", \"pdf\"]",
        "outputs = [\"audit\", \"audit-annex\"]",
    );
    copy.edit(
        "benchline.toml",
        "[units]",
        "[robustness]\ndraws = 40\nvary = [{ what = \"weight-noise\" }]\n\n[units]",
    );
    let run = |jobs: &str| {
        let ran = benchline(copy.path(), &["run", ".", "--no-cache", "--jobs", jobs, "--out", jobs]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        files(&copy.path().join(jobs))
    };
    let (one, two) = (run("1"), run("2"));
    let names: Vec<&str> = one.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "audit-annex.en.pdf",
            "audit-annex.zh.pdf",
            "audit-units.csv",
            "audit.json",
            "audit.xlsx",
            "manifest.json"
        ]
    );
    assert!(one == two);
}

/// The index page of a folder with many documents names those of the audit.
#[test]
fn the_index_page_lists_the_files_of_the_audit() {
    let scored = scored(&root().join("examples/starter"));
    let written = ["audit-annex.en.pdf", "audit-units.csv", "audit.json", "audit.xlsx", "report.zh.pdf"];
    let paths = written.map(str::to_owned);
    let page = benchline::report::index_page(scored.material(), &Templates::embedded(), &paths).unwrap();
    let page = String::from_utf8(page).unwrap();
    for path in written {
        assert!(page.contains(&format!("href=\"{path}\"")), "{path}");
    }
}
