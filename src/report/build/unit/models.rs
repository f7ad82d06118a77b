use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::insight::Model;
use crate::report::TemplateError;
use crate::report::view::{ModelPanel, Models};

pub(super) fn models(one: &One<'_>, facts: &Facts) -> Result<Option<Models>, TemplateError> {
    if one.own.models.is_empty() {
        return Ok(None);
    }
    let similar = one.compared().last().map_or(Ok(String::new()), |at| one.peers_name(*at))?;
    let context = json!({
        "count": one.own.models.len(), "similar": similar, "units": facts.units, "unit": facts.unit,
        "in_group": one.compared().len() > 1,
    });
    Ok(Some(Models {
        title: one.say("unit_models_title", &context)?,
        note: one.say("unit_models_note", &context)?,
        panels: one.own.models.iter().map(|model| panel(one, model)).collect::<Result<_, _>>()?,
    }))
}

/// Whether belonging to the same member says anything: most kinds of group have
/// one that holds nearly all units.
pub(super) fn tells(one: &One<'_>, kind: &crate::model::Id) -> bool {
    let of_kind = one.insight.peers.iter().filter(|peers| peers.kind.as_ref() == Some(kind));
    let largest = of_kind.map(|peers| peers.units.len()).max().unwrap_or(0);
    let all = one.insight.peers.first().map_or(0, |nation| nation.units.len());
    largest * 2 <= all
}

fn panel(one: &One<'_>, model: &Model) -> Result<ModelPanel, TemplateError> {
    let mut shared = Vec::new();
    for kind in model.shared.iter().filter(|kind| tells(one, kind)).take(3) {
        let of_kind =
            |at: &&usize| one.insight.peers.get(**at).is_some_and(|peers| peers.kind.as_ref() == Some(kind));
        if let Some(at) = one.own.peers.iter().find(of_kind) {
            shared.push(one.shared.member_name(&one.scope, one.insight, *at)?);
        }
    }
    let theirs = one.insight.units.get(model.unit).and_then(|unit| unit.indicators.get(model.indicator));
    let percent = theirs.and_then(|standing| standing.position?.ahead_of());
    let value = one.value(model.unit, model.indicator);
    Ok(ModelPanel {
        name: one.scope.unit_name(model.unit),
        meta: shared.join(" · "),
        indicator: one.indicator_name(model.indicator),
        value: value.map_or("—".to_owned(), |value| one.measured(model.indicator, value)),
        text: one.say(
            "unit_model_text",
            json!({
                "own": one.own_value(model.indicator),
                "percent": percent.map(|share| one.scope.numbers.percent_floor(share)),
                "units": one.scope.units_noun(),
            }),
        )?,
    })
}
