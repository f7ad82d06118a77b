use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::report::TemplateError;
use crate::report::view::{Wanted, WantedRow};

/// Most rows.
const ROOM: usize = 11;

/// For a unit without a score: the indicators without a value, and how each is
/// counted.
pub(super) fn wanted(one: &One<'_>, facts: &Facts) -> Result<Option<Wanted>, TemplateError> {
    if one.is_scored() {
        return Ok(None);
    }
    let standings = one.own.indicators.iter().enumerate();
    let missing: Vec<usize> = standings.filter(|(_, one)| one.score.is_none()).map(|(at, _)| at).collect();
    let rows = missing.iter().take(ROOM).map(|at| row(one, *at)).collect::<Result<Vec<_>, _>>()?;
    let more = missing.len().saturating_sub(ROOM);
    let context = json!({
        "count": missing.len(), "more": more, "unit": facts.unit, "publisher": facts.publisher,
        "edition": facts.edition,
    });
    Ok(Some(Wanted {
        title: one.say("unit_wanted_title", &context)?,
        note: one.say("unit_wanted_note", &context)?,
        caption: one.say("unit_wanted_caption", &context)?,
        rows,
        more: (more > 0).then(|| one.say("unit_wanted_more", &context)).transpose()?,
    }))
}

fn row(one: &One<'_>, at: usize) -> Result<WantedRow, TemplateError> {
    let counted = one.insight.indicators.get(at);
    let spec = counted.and_then(|counted| one.scope.material.framework.indicator(&counted.id));
    let text =
        |words: Option<&crate::diagnostics::Bilingual>| words.map(|words| one.scope.text(words).to_owned());
    Ok(WantedRow {
        dimension: counted.map_or(String::new(), |counted| one.dimension_name(counted.dimension)),
        name: one.indicator_name(at),
        measure: spec.map_or(String::new(), |spec| one.scope.text(&spec.measure).to_owned()),
        definition: one.say(
            "unit_wanted_definition",
            json!({
                "numerator": text(spec.and_then(|spec| spec.numerator.as_ref())),
                "denominator": text(spec.and_then(|spec| spec.denominator.as_ref())),
                "definition": text(spec.and_then(|spec| spec.definition.as_ref())),
                "source": text(spec.and_then(|spec| spec.source.as_ref())),
            }),
        )?,
    })
}
