use serde_json::json;

use super::One;
use super::facts::case;
use crate::plan::StrengthRule;
use crate::report::TemplateError;
use crate::report::view::{Card, CardItem};

/// Items that a card has room for.
const ROOM: usize = 3;

pub(super) fn cards(one: &One<'_>) -> Result<Vec<Card>, TemplateError> {
    let Some(marked) = one.own.marked.as_ref() else { return Ok(Vec::new()) };
    Ok(vec![card(one, "strong", &marked.strengths)?, card(one, "weak", &marked.weaknesses)?])
}

fn card(one: &One<'_>, kind: &'static str, indicators: &[usize]) -> Result<Card, TemplateError> {
    let positions: Vec<_> = indicators
        .iter()
        .filter_map(|at| one.own.indicators.get(*at).and_then(|standing| standing.position))
        .collect();
    // A strength of a weak unit is one among its own indicators only.
    let absolute = match kind {
        "strong" => positions.iter().all(|position| position.below > position.above()),
        _ => positions.iter().all(|position| position.below < position.above()),
    };
    let count = indicators.len();
    let rule = match &one.scope.material.project.insight.strengths {
        StrengthRule::Top { .. } => json!({ "rule": "top", "count": count, "kind": kind }),
        StrengthRule::Percentile { depth } => json!({ "rule": "percentile", "count": depth, "kind": kind }),
        StrengthRule::Rank { within, .. } => {
            let within = within.as_ref().map(|group| one.scope.group_name(group));
            json!({ "rule": "rank", "count": count, "kind": kind, "within": within })
        }
    };
    let items = indicators.iter().take(ROOM).map(|at| item(one, *at)).collect::<Result<Vec<_>, _>>()?;
    let more = indicators.len().saturating_sub(ROOM);
    let note = if items.is_empty() || more > 0 {
        Some(one.say("unit_card_note", json!({ "kind": kind, "more": more }))?)
    } else {
        None
    };
    Ok(Card {
        kind,
        title: one.say("unit_card_title", json!({ "kind": kind, "absolute": absolute }))?,
        rule: one.say("unit_card_rule", rule)?,
        items,
        note,
    })
}

fn item(one: &One<'_>, indicator: usize) -> Result<CardItem, TemplateError> {
    let standing = one.own.indicators.get(indicator).copied().unwrap_or_default();
    let place = standing.position.map(|position| {
        json!({
            "case": case(position), "tied": position.tied, "n": position.n,
            "percent": one.scope.numbers.percent_floor(position.ahead_of().unwrap_or_default()),
        })
    });
    Ok(CardItem {
        name: one.indicator_name(indicator),
        value: one.own_value(indicator),
        text: one.say(
            "unit_card_item",
            json!({
                "place": place, "units": one.scope.units_noun(),
                "n": super::indicators::sample(one, indicator),
            }),
        )?,
    })
}
