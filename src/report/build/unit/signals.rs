use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::index::Spread;
use crate::report::TemplateError;
use crate::report::view::{Signal, Signals};

/// What is shown beside the index and counts nowhere: what was claimed less what
/// was found, companions, and what is known about the unit.
pub(super) fn signals(one: &One<'_>, facts: &Facts) -> Result<Option<Signals>, TemplateError> {
    let mut items: Vec<Signal> = closure(one, facts)?.into_iter().collect();
    for (companion, value) in one.insight.companions.iter().zip(&one.own.companions) {
        let Some(value) = value else { continue };
        let name = one.scope.name_of(&companion.id);
        let text = one.scope.numbers.score(*value);
        let wide = companion.spread.n >= super::SMALL_GROUP && *value > companion.spread.q3;
        items.push(signal(one, facts, name, *value, text, companion.spread, wide)?);
    }
    items.extend(contexts(one)?);
    if items.is_empty() {
        return Ok(None);
    }
    let flagged: Vec<&str> = items.iter().filter(|one| one.flagged).map(|one| one.name.as_str()).collect();
    let context = json!({ "flagged": flagged, "count": items.len() });
    Ok(Some(Signals {
        title: one.say("unit_signals_title", &context)?,
        note: one.say("unit_signals_note", &context)?,
        items,
    }))
}

/// What was claimed less what was found, where the framework names both.
fn closure(one: &One<'_>, facts: &Facts) -> Result<Option<Signal>, TemplateError> {
    let Some(gap) = &one.scope.material.overview.closure_gap else { return Ok(None) };
    let Some((_, claimed, found)) = gap.points.iter().find(|(unit, ..)| *unit == one.unit) else {
        return Ok(None);
    };
    let names = json!({
        "claimed": one.scope.name_of(&gap.signal.claimed), "achieved": one.scope.name_of(&gap.signal.achieved),
    });
    let name = one.say("unit_signal_closure", &names)?;
    let value = claimed - found;
    let text = one.scope.numbers.fixed(value, 1);
    signal(one, facts, name, value, text, gap.gap, value > gap.signal.wide).map(Some)
}

/// Which way is better is not declared: the words only say more or less than
/// the median.
fn signal(
    one: &One<'_>,
    facts: &Facts,
    name: String,
    value: f64,
    text: String,
    spread: Spread,
    flagged: bool,
) -> Result<Signal, TemplateError> {
    let rounded = |value: f64| crate::numeric::round_to(value, 1, crate::numeric::Rounding::HalfEven);
    let (shown, median) = (rounded(value), rounded(spread.median));
    let side = if shown > median {
        "above"
    } else if shown < median {
        "below"
    } else {
        "at"
    };
    let context = json!({
        "median": one.scope.numbers.fixed(spread.median, 1), "n": spread.n, "side": side,
        "upper_quarter": spread.n >= super::SMALL_GROUP && value > spread.q3, "units": facts.units,
    });
    Ok(Signal { name, value: text, text: one.say("unit_signal_text", context)?, flagged })
}

/// What is known about the unit and not scored.
fn contexts(one: &One<'_>) -> Result<Vec<Signal>, TemplateError> {
    let input = one.scope.material.input;
    let mut signals = Vec::new();
    for spec in &one.scope.material.framework.contexts {
        let Some(value) = input.context(&spec.id, one.scope.row(one.unit)).cell.value() else { continue };
        let decimals = u8::from(value.fract() != 0.0 && value.abs() < 1_000.0);
        let measure = one.scope.text(&spec.measure);
        signals.push(Signal {
            name: one.scope.text(&spec.name).to_owned(),
            value: format!("{}\u{A0}{measure}", one.scope.numbers.fixed(value, decimals)),
            text: one.scope.words.word("unit_signal_context")?,
            flagged: false,
        });
    }
    Ok(signals)
}
