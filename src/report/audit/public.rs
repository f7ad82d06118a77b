use serde_json::{Value as Json, json, to_value};

use crate::coherence::{Block, Coherence, Distribution, IndicatorCoverage};
use crate::robustness::{Robustness, Variant};

/// Decimals of what the public sees: a sum in another order must not tell two
/// units apart.
const DECIMALS: f64 = 1e6;

/// What the audit says of ranks without speaking of a unit. Whatever is not named
/// here stays inside.
pub(super) fn robustness(found: &Robustness) -> serde_json::Result<Json> {
    let variant = |of: &Option<Variant>| {
        of.as_ref().map(|one| {
            json!({
                "draws": one.draws, "failed": one.failed, "failures": one.failures,
                "mean_rank_change": one.mean_rank_change, "median_rank_width": one.median_rank_width,
            })
        })
    };
    let leave_out = found.leave_out.as_ref().map(|one| {
        json!({
            "tried": one.tried, "failed": one.failed, "possible": one.possible,
            "reversing": one.reversing, "mean_pairs": one.mean_pairs,
        })
    });
    Ok(rounded(json!({
        "seed": found.seed, "draws": found.draws, "units": found.units.len(),
        "assumptions": to_value(&found.assumptions)?, "sampling": to_value(&found.sampling)?,
        "by_sampling": variant(&found.by_sampling), "by_assumptions": variant(&found.by_assumptions),
        "together": variant(&found.together), "sensitivity": to_value(&found.sensitivity)?,
        "removal": to_value(&found.removal)?, "leave_out": leave_out, "reuse": to_value(found.reuse)?,
    })))
}

/// What the audit says of indicators, weights and structure without speaking of a
/// unit: no smallest and largest values, no coverage of units or of groups.
pub(super) fn coherence(found: &Coherence) -> serde_json::Result<Json> {
    let coverage = |one: &IndicatorCoverage| json!({ "id": one.id, "expected": one.expected, "present": one.present, "share": one.share, "passes": one.passes });
    let shape = |one: &Distribution| {
        json!({
            "id": one.id, "n": one.treated.n, "skewness": one.treated.skewness,
            "kurtosis": one.treated.kurtosis, "outliers": one.treated.outliers,
            "constant": one.treated.constant,
        })
    };
    let block = |one: &Block| -> serde_json::Result<Json> {
        Ok(
            json!({ "of": to_value(&one.of)?, "ids": one.ids, "alpha": one.alpha, "components": to_value(&one.components)? }),
        )
    };
    let flags = found.flags.iter().filter(|flag| flag.unit.is_none());
    Ok(rounded(json!({
        "thresholds": to_value(found.thresholds)?, "units": found.assessed.len(),
        "elements": to_value(&found.elements)?,
        "coverage": { "share": found.coverage.share, "indicators": found.coverage.indicators.iter().map(coverage).collect::<Vec<_>>() },
        "distributions": found.distributions.iter().map(shape).collect::<Vec<_>>(),
        "blocks": found.blocks.iter().map(block).collect::<serde_json::Result<Vec<_>>>()?,
        "links": to_value(&found.links)?, "pairs": to_value(&found.pairs)?,
        "influence": to_value(&found.influence)?,
        "flags": flags.map(to_value).collect::<serde_json::Result<Vec<_>>>()?,
    })))
}

/// All numbers with so many decimals.
fn rounded(value: Json) -> Json {
    match value {
        Json::Number(number) if number.is_f64() => {
            let exact = number.as_f64().unwrap_or_default();
            Json::from((exact * DECIMALS).round() / DECIMALS)
        }
        Json::Array(items) => Json::Array(items.into_iter().map(rounded).collect()),
        Json::Object(entries) => {
            Json::Object(entries.into_iter().map(|(key, value)| (key, rounded(value))).collect())
        }
        other => other,
    }
}
