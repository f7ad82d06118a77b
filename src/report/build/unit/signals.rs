use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::report::TemplateError;
use crate::report::view::{Signal, Signals};

/// Companions of the unit against the nation. They count nowhere, and which way
/// is better is not declared: the words only say more or less than the median,
/// and a value in the upper quarter is marked for a look.
pub(super) fn signals(one: &One<'_>, facts: &Facts) -> Result<Option<Signals>, TemplateError> {
    let mut items = Vec::new();
    for (companion, value) in one.insight.companions.iter().zip(&one.own.companions) {
        let Some(value) = value else { continue };
        let (shown, median) =
            (one.scope.numbers.rounded(*value), one.scope.numbers.rounded(companion.spread.median));
        let flagged = companion.spread.n >= super::SMALL_GROUP && *value > companion.spread.q3;
        let side = if shown > median {
            "above"
        } else if shown < median {
            "below"
        } else {
            "at"
        };
        items.push(Signal {
            name: one.scope.name_of(&companion.id),
            value: one.scope.numbers.score(*value),
            text: one.say(
                "unit_signal_text",
                json!({
                    "median": one.scope.numbers.score(companion.spread.median), "n": companion.spread.n,
                    "side": side, "upper_quarter": flagged, "units": facts.units,
                }),
            )?,
            flagged,
        });
    }
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
