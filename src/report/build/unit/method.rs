use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::report::TemplateError;
use crate::report::view::Paragraph;

/// How to read and to check the report.
pub(super) fn method(one: &One<'_>, facts: &Facts) -> Result<Vec<Paragraph>, TemplateError> {
    paragraphs(one, facts, &["score", "place", "rating", "check"])
}

/// The same for readers who see bands only.
pub(super) fn public(one: &One<'_>, facts: &Facts) -> Result<Vec<Paragraph>, TemplateError> {
    paragraphs(one, facts, &["rating", "public"])
}

fn paragraphs(one: &One<'_>, facts: &Facts, parts: &[&str]) -> Result<Vec<Paragraph>, TemplateError> {
    let rating = one.scope.material.framework.rating.as_ref();
    let mut bands = Vec::new();
    let rated = rating.into_iter().flat_map(|rating| {
        rating.bands.iter().enumerate().map(move |(position, band)| (rating, position, band))
    });
    for (rating, position, band) in rated {
        let range = super::super::rating_words::range(&one.scope, rating, position)?;
        bands.push(json!({ "name": one.scope.text(&band.name), "range": range }));
    }
    let plan = one.scope.material.plan_sha256;
    let revision = crate::report::revisions::last(one.scope.material).map(|line| line.seq);
    let context = json!({
        "revision": revision,
        "indicators": facts.indicator_count, "dimensions": one.insight.dimensions.len(), "bands": bands,
        "units": facts.units, "framework": facts.index, "version": one.scope.material.framework.version,
        "source": one.scope.text(&one.scope.material.framework.source), "publisher": facts.publisher,
        "plan": plan.get(..12).unwrap_or(plan), "tool": crate::store::Tool::this().to_string(),
    });
    let paragraph = |part: &&str| {
        Ok(Paragraph {
            title: one.scope.words.word(&format!("unit_method_{part}"))?,
            text: one.say(&format!("unit_method_{part}_text"), &context)?,
            tone: "plain",
        })
    };
    parts.iter().map(paragraph).collect()
}
