//! The report about one unit: what it says is what the results say.

use benchline::diagnostics::Lang;
use benchline::insight::{Insight, insight};
use benchline::plan::Audience;
use benchline::project::ScoredProject;
use benchline::report::{Templates, Typeset, Typesetter, UnitReporter};

use crate::support::{root, scored};

fn insight_of(scored: &ScoredProject) -> Insight {
    let material = scored.material();
    insight(material.input, material.framework, material.evaluation, &material.project.insight)
}

fn plain(typeset: &Typeset) -> String {
    typeset.text().concat().split_whitespace().collect()
}

/// Every unit of the starter, in both languages and for both audiences: name,
/// score and rating of those that have one, and no score for the public.
#[test]
fn every_unit_of_the_starter_has_a_report() {
    let scored = scored(&root().join("examples/starter"));
    let (insight, templates) = (insight_of(&scored), Templates::embedded());
    let typesetter = Typesetter::new(&templates).unwrap();
    let panel = scored.project.input.panel();
    let start = panel.rows_of(scored.project.input.edition()).start;
    for lang in Lang::ALL {
        for audience in [Audience::Internal, Audience::Public] {
            let material = scored.material_for(audience);
            let reports = UnitReporter::new(material, &insight, &templates, lang).unwrap();
            for (unit, known) in panel.units().iter().enumerate() {
                let view = reports.report(unit).unwrap();
                let typeset = typesetter.typeset(&view).unwrap_or_else(|findings| panic!("{findings:#?}"));
                let text = plain(&typeset);
                let name: String = known.name.get(lang).split_whitespace().collect();
                assert!(text.contains(&name), "{name}");
                // The twelve cities of the starter are no country.
                assert!(!text.contains("全国") && !text.to_lowercase().contains("nation"), "{name}: {text}");
                let outcome = scored.evaluation.outcomes[start + unit];
                assert_eq!(view.head.band, outcome.band, "{name}");
                let score = outcome.score.map(|score| format!("{:.1}", score.rounded));
                if audience == Audience::Internal {
                    assert_eq!(view.head.score, score, "{name}");
                    assert!(score.is_none_or(|score| text.contains(&score)), "{name}");
                } else {
                    assert_eq!(view.head.score, None);
                    assert!(score.is_none_or(|score| !text.contains(&score)), "{name}: {text}");
                }
            }
        }
    }
}

/// The sample edition with its insight and Chinese words.
struct Edition {
    scored: ScoredProject,
    insight: Insight,
    templates: Templates,
}

impl Edition {
    fn sample() -> Self {
        let scored = scored(&root().join("examples/hotline-2025"));
        let insight = insight_of(&scored);
        Self { scored, insight, templates: Templates::embedded() }
    }

    fn reports(&self, lang: Lang, audience: Audience) -> UnitReporter<'_> {
        let material = self.scored.material_for(audience);
        UnitReporter::new(material, &self.insight, &self.templates, lang).unwrap()
    }

    fn position(&self, code: &str) -> usize {
        self.scored.project.input.panel().units().position(code).unwrap()
    }

    fn outcome(&self, unit: usize) -> benchline::index::Outcome {
        let input = &self.scored.project.input;
        self.scored.evaluation.outcomes[input.panel().rows_of(input.edition()).start + unit]
    }

    /// Rounded scores of all assessed units.
    fn scores(&self) -> Vec<f64> {
        let units = self.scored.overview.assessed.iter();
        units.map(|unit| self.outcome(*unit).score.unwrap().rounded).collect()
    }
}

/// What stands between two words of a sentence.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(found, _)| found)
}

/// No headline says what is not so: each claim of each of the 342 is read back
/// from the sentence and held against the scores themselves.
#[test]
fn headlines_agree_with_the_scores() {
    let edition = Edition::sample();
    let reports = edition.reports(Lang::Zh, Audience::Internal);
    let scores = edition.scores();
    let bands = &edition.scored.evaluation.plan.rating.as_ref().unwrap().bands;
    let (mut ahead, mut short) = (0, 0);
    for unit in 0..edition.scored.project.input.panel().units().len() {
        let view = reports.report(unit).unwrap();
        let outcome = edition.outcome(unit);
        let line = &view.head.headline[0];
        let Some(score) = outcome.score else {
            assert!(line.contains("未评级"), "{line}");
            assert_eq!((view.head.score, view.position.is_some(), view.cards.len()), (None, false, 0));
            continue;
        };
        let behind = scores.iter().filter(|other| **other < score.rounded).count();
        let above = scores.iter().filter(|other| **other > score.rounded).count();
        if let Some(percent) = between(line, "高于全国 ", "% 的") {
            let share = (behind * 100) as f64 / (scores.len() - 1) as f64;
            assert_eq!(percent.parse::<f64>().unwrap(), share.floor(), "{line}");
            ahead += 1;
        }
        assert_eq!(line.contains("全国最高"), above == 0, "{line}");
        assert_eq!(line.contains("末位"), behind == 0, "{line}");
        if let Some((band, distance)) = between(line, "离 ", " 分").and_then(|text| text.split_once(" 还差 "))
        {
            let bound = bands.iter().find(|one| one.name.zh == band).unwrap().at_least.unwrap();
            assert_eq!(distance, format!("{:.1}", bound - score.rounded), "{line}");
            assert_eq!(bands[outcome.band.unwrap() - 1].name.zh, band);
            short += 1;
        }
        assert_eq!(view.head.score.as_deref(), Some(format!("{:.1}", score.rounded).as_str()));
        assert_eq!(view.head.rating, bands[outcome.band.unwrap()].name.zh);
        let rank = outcome.rank.unwrap();
        let tied = if rank.tied { "（并列）" } else { "" };
        assert!(
            view.head.notes.contains(&format!("全国第 {} 位{tied}", rank.value)),
            "{:?}",
            view.head.notes
        );
    }
    assert!(ahead > 300 && short > 300, "{ahead} and {short} claims were read");
}

/// Titles about dimensions, change and path, read back for all 342.
#[test]
fn takeaways_agree_with_the_results() {
    let edition = Edition::sample();
    let reports = edition.reports(Lang::Zh, Audience::Internal);
    let changes = edition.scored.overview.change.as_ref().unwrap();
    for unit in edition.scored.overview.assessed.iter().copied() {
        let view = reports.report(unit).unwrap();
        let dimensions = view.dimensions.unwrap();
        let count = |case: &str| dimensions.rows.iter().filter(|row| row.case == case).count();
        let (ahead, behind, all) = (count("ahead"), count("behind"), dimensions.rows.len());
        let title = &dimensions.title;
        assert_eq!(title.contains("全部高于"), ahead == all, "{title}");
        assert_eq!(title.contains("全部低于"), behind == all, "{title}");
        if let Some(said) = between(title, "", " 个维度高于、") {
            assert_eq!(said, ahead.to_string(), "{title}");
            assert_eq!(between(title, "高于、", " 个低于"), Some(behind.to_string().as_str()), "{title}");
        }
        let own = &edition.insight.units[unit];
        if let Some(change) = view.change.filter(|change| change.words.is_none()) {
            let difference = changes.by_unit[unit].unwrap();
            assert_eq!(
                change.title.contains("多得"),
                difference > 0.0 && !change.title.contains("合计"),
                "{}",
                change.title
            );
            assert_eq!(change.title.contains("持平"), difference == 0.0, "{}", change.title);
            let explained = own.change.as_ref().unwrap();
            let sum = explained.own_total() + explained.indicator_set;
            assert!((sum - explained.total()).abs() < 1e-9, "{sum} is not the change");
        }
        let title = view.path.unwrap().title;
        if let Some(route) = own.route().filter(|_| title.contains("可升至")) {
            let reached = route.steps.last().unwrap().to;
            assert!(reached + 0.05 >= route.bound, "{title}: {reached} of {}", route.bound);
        }
    }
}

/// Nothing of the score reaches a public view, whatever the unit.
#[test]
fn a_public_report_has_no_score_and_no_rank() {
    let edition = Edition::sample();
    let reports = edition.reports(Lang::Zh, Audience::Public);
    let bounds = &edition.scored.evaluation.plan.rating.as_ref().unwrap().bands;
    for unit in edition.scored.overview.assessed.iter().copied() {
        let mut view = reports.report(unit).unwrap();
        view.labels.clear();
        let score = edition.outcome(unit).score.unwrap().rounded;
        let json = serde_json::to_string(&view).unwrap();
        if !bounds.iter().any(|band| band.at_least == Some(score)) {
            assert!(!json.contains(&format!("{score:.1}")), "{score} in {json}");
        }
        assert!(!json.contains(" 位") && !json.contains("高于 "), "{json}");
        let finer =
            [view.position.is_some(), view.gaps.is_some(), view.path.is_some(), view.change.is_some()];
        assert_eq!((finer, view.cards.len(), view.indicators), ([false; 4], 0, None));
    }
}

/// The cases that break layouts: the longest names, a municipality, rare
/// characters, the best and the worst unit, one without a score.
#[test]
fn pages_hold_what_they_are_laid_out_for() {
    let edition = Edition::sample();
    let typesetter = Typesetter::new(&edition.templates).unwrap();
    let overview = &edition.scored.overview;
    let mut units: Vec<usize> = ["533100", "522300", "110000", "341600", "460400", "540100"]
        .map(|code| edition.position(code))
        .to_vec();
    units.extend([overview.assessed[0], *overview.assessed.last().unwrap(), overview.unassessed[0]]);
    for lang in Lang::ALL {
        let (internal, public) =
            (edition.reports(lang, Audience::Internal), edition.reports(lang, Audience::Public));
        for unit in &units {
            let view = internal.report(*unit).unwrap();
            let typeset = typesetter.typeset(&view).unwrap_or_else(|findings| panic!("{findings:#?}"));
            let pages = if view.wanted.is_some() { 2 } else { 3 };
            assert_eq!(typeset.pages(), pages, "{lang}: {}", view.head.name);
            for (at, text) in typeset.text().iter().enumerate() {
                assert!(
                    text.contains(&format!("{} / {pages}", at + 1)),
                    "{lang}: {} page {at}",
                    view.head.name
                );
            }
            let text = plain(&typeset);
            let table = view.indicators.as_ref().unwrap();
            for row in &table.rows {
                let name: String = row.name.split_whitespace().collect();
                assert!(text.contains(&name), "{lang}: no {name}");
                assert_eq!(row.score.is_none(), row.absence.is_some(), "{name}");
            }
            let one = typesetter.typeset(&public.report(*unit).unwrap()).unwrap();
            assert_eq!(one.pages(), if view.wanted.is_some() { one.pages() } else { 1 });
        }
    }
}
