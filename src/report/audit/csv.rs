use crate::diagnostics::Failure;
use crate::plan::Plan;
use crate::report::Material;
use crate::report::results_csv::harmless;
use crate::robustness::{Quantiles, UnitDoubt, Variant};

/// `audit-units.csv`: one row per unit and source of doubt in the order of the
/// registry, with a byte order mark so that Excel and WPS read it as UTF-8. Scores
/// are unrounded, shares are of 1. Only the heads where units may not be shown.
pub fn audit_csv(material: Material<'_>) -> Result<Vec<u8>, Failure> {
    let internal = |error: csv::Error| Failure::Internal(format!("audit-units.csv: {error}"));
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let top = material.audit.map_or(&[][..], |audit| &audit.robustness.top);
    writer.write_record(header(&material.evaluation.plan, top)).map_err(internal)?;
    for (source, variant) in sources(&material) {
        for one in &variant.units {
            writer.write_record(record(&material, source, one)).map_err(internal)?;
        }
    }
    writer.into_inner().map_err(|error| Failure::Internal(format!("audit-units.csv: {error}")))
}

/// The sources of doubt with their names in files, as far as units may be shown.
pub(crate) fn sources<'a>(material: &Material<'a>) -> Vec<(&'static str, &'a Variant)> {
    let Some(audit) = material.audit.filter(|_| super::shows_units(material)) else { return Vec::new() };
    let found = audit.robustness;
    let all = [
        ("sampling", found.by_sampling.as_ref()),
        ("assumptions", found.by_assumptions.as_ref()),
        ("together", found.together.as_ref()),
    ];
    all.into_iter().filter_map(|(name, variant)| Some((name, variant?))).collect()
}

fn header(plan: &Plan, top: &[u32]) -> Vec<String> {
    let mut names: Vec<String> = [
        "code",
        "name_zh",
        "name_en",
        "source",
        "draws",
        "rating",
        "score",
        "score_q05",
        "score_median",
        "score_q95",
        "rank",
        "rank_q05",
        "rank_median",
        "rank_q95",
        "rank_mean",
        "rank_set_from",
        "rank_set_to",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(top.iter().map(|top| format!("share.top_{top}")));
    let bands = plan.rating.as_ref().map_or(&[][..], |rating| &rating.bands);
    names.extend(bands.iter().map(|band| format!("share.{}", band.id)));
    names.push("share.unrated".to_owned());
    names
}

fn record(material: &Material<'_>, source: &str, one: &UnitDoubt) -> Vec<String> {
    let panel = material.input.panel();
    let text = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let part = |of: Option<Quantiles>, pick: fn(Quantiles) -> f64| text(of.map(pick));
    let Some(unit) = panel.units().get(one.unit) else { return Vec::new() };
    let row = panel.rows_of(material.input.edition()).start + one.unit;
    let band = material.evaluation.outcomes.get(row).and_then(|outcome| outcome.band);
    let rating = material.evaluation.plan.rating.as_ref();
    let rating = band.and_then(|at| rating?.bands.get(at)).map_or(String::new(), |band| band.id.to_string());
    let mut fields: Vec<String> = [unit.code.as_str(), &unit.name.zh, &unit.name.en].map(harmless).to_vec();
    fields.extend([source.to_owned(), one.draws.to_string(), rating, one.nominal_score.to_string()]);
    fields.extend([
        part(one.score, |score| score.q05),
        part(one.score, |score| score.median),
        part(one.score, |score| score.q95),
        one.nominal_rank.to_string(),
        part(one.rank, |rank| rank.q05),
        part(one.rank, |rank| rank.median),
        part(one.rank, |rank| rank.q95),
        part(one.rank, |rank| rank.mean),
        one.rank_set.map_or(String::new(), |(from, _)| from.to_string()),
        one.rank_set.map_or(String::new(), |(_, to)| to.to_string()),
    ]);
    fields.extend(one.top.iter().chain(&one.bands).chain([&one.unrated]).map(|share| share.to_string()));
    fields
}
