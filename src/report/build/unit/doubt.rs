use serde::Serialize;
use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::report::TemplateError;
use crate::report::view::{UnitDoubtBar, UnitDoubtPlot, UnitDoubtRow};
use crate::robustness::{Quantiles, UnitDoubt};

/// What sentences about the doubt of one unit may speak of.
#[derive(Clone, Debug, Serialize)]
struct DoubtFacts {
    band: Option<String>,
    /// Share of draws in its band.
    share: String,
    /// `sure` from nine draws of ten on, `likely` from one half on, else `open`.
    case: &'static str,
    /// The band that comes next most often, with its share.
    next: Option<(String, String)>,
    draws: String,
    sampling: bool,
    assumptions: bool,
    score: Option<(String, String)>,
    from: String,
    to: String,
    same: bool,
    units: String,
}

/// The doubt about the unit of a report, where it may be shown.
fn found<'a>(one: &One<'a>) -> Option<(&'a UnitDoubt, Quantiles)> {
    let material = &one.scope.material;
    let audit = material.audit.filter(|_| crate::report::shows_units(material))?;
    let doubt = audit.robustness.overall()?.unit(one.unit)?;
    Some((doubt, doubt.rank?))
}

fn facts(one: &One<'_>, doubt: &UnitDoubt, rank: Quantiles) -> DoubtFacts {
    let numbers = one.scope.numbers;
    let own = one.scope.outcome(one.unit).band;
    let share = own.and_then(|band| doubt.bands.get(band)).copied().unwrap_or_default();
    let name = |band: usize| one.shared.bands.get(band).map(|band| band.name.clone());
    let others = doubt.bands.iter().enumerate().filter(|(band, share)| Some(*band) != own && **share > 0.0);
    let next = others.max_by(|a, b| a.1.total_cmp(b.1));
    let audit = one.scope.material.audit.map(|audit| audit.robustness);
    let (from, to) = super::super::audit::whole_places(rank);
    DoubtFacts {
        band: own.and_then(name),
        share: numbers.percent(share),
        case: match share {
            share if share >= 0.9 - 1e-9 => "sure",
            share if share >= 0.5 - 1e-9 => "likely",
            _ => "open",
        },
        next: next.and_then(|(band, share)| Some((name(band)?, numbers.percent(*share)))),
        draws: numbers.count(doubt.draws as usize),
        sampling: audit.is_some_and(|found| found.by_sampling.is_some()),
        assumptions: audit.is_some_and(|found| found.by_assumptions.is_some()),
        score: doubt.score.map(|score| (numbers.score(score.q05), numbers.score(score.q95))),
        from: numbers.count(from),
        to: numbers.count(to),
        same: from == to,
        units: one.scope.units_noun().to_owned(),
    }
}

/// The intervals of score and rank in one line; none without an audit.
pub(super) fn note(one: &One<'_>) -> Result<Option<String>, TemplateError> {
    let Some((doubt, rank)) = found(one) else { return Ok(None) };
    one.say("unit_note_doubt", facts(one, doubt, rank)).map(Some)
}

/// In what share of draws the unit has which rating, and where its rank lies by
/// each source of doubt.
pub(super) fn plot(one: &One<'_>, of: &Facts) -> Result<Option<UnitDoubtPlot>, TemplateError> {
    let Some((doubt, rank)) = found(one).filter(|_| one.is_scored()) else { return Ok(None) };
    let facts = facts(one, doubt, rank);
    let own = one.scope.outcome(one.unit).band;
    let bars =
        doubt.bands.iter().zip(&one.shared.bands).enumerate().map(|(at, (share, band))| UnitDoubtBar {
            name: band.name.clone(),
            share: *share,
            text: if *share > 0.0 { one.scope.numbers.percent(*share) } else { String::new() },
            own: own == Some(at),
        });
    let context = json!({ "doubt": facts, "facts": of });
    Ok(Some(UnitDoubtPlot {
        title: one.say("unit_doubt_title", &context)?,
        note: one.say("unit_doubt_note", &context)?,
        caption: one.say("unit_doubt_caption", &context)?,
        alt: one.say("unit_doubt_alt", &context)?,
        bars: bars.collect(),
        rows: rows(one)?,
        nominal: doubt.nominal_rank,
        last: one.scope.material.audit.map_or(1, |audit| audit.robustness.units.len()),
        axis_title: one.scope.words.word("unit_doubt_axis")?,
    }))
}

fn rows(one: &One<'_>) -> Result<Vec<UnitDoubtRow>, TemplateError> {
    let Some(audit) = one.scope.material.audit.map(|audit| audit.robustness) else { return Ok(Vec::new()) };
    let sources = [
        ("audit_source_sampling", audit.by_sampling.as_ref()),
        ("audit_source_assumptions", audit.by_assumptions.as_ref()),
        ("audit_source_together", audit.together.as_ref()),
    ];
    let mut rows = Vec::new();
    for (name, variant) in sources {
        let Some(rank) = variant.and_then(|variant| variant.unit(one.unit)?.rank) else { continue };
        let (from, to) = super::super::audit::whole_places(rank);
        rows.push(UnitDoubtRow {
            name: one.scope.words.word(name)?,
            low: rank.q05,
            high: rank.q95,
            median: rank.median,
            text: one.say("unit_doubt_places", json!({ "from": from, "to": to }))?,
        });
    }
    Ok(rows)
}
