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
