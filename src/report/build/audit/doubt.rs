use serde::Serialize;

use super::super::Scope;
use crate::report::TemplateError;
use crate::report::view::{CertaintyPlot, CertaintyRow, Doubt, Figure};
use crate::robustness::{Robustness, Variant};

/// Ranks are said to hold where they move by no more than this share of all.
const NEAR: f64 = 0.03;

/// What sentences about the doubt may speak of: texts, formatted, and the cases
/// that choose among forms.
#[derive(Clone, Debug, Serialize)]
pub(in crate::report::build) struct DoubtFacts {
    pub(in crate::report::build) units: String,
    pub(in crate::report::build) n: usize,
    /// Whether anything was drawn.
    pub(in crate::report::build) drawn: bool,
    pub(in crate::report::build) draws: String,
    pub(in crate::report::build) failed: usize,
    pub(in crate::report::build) sampling: bool,
    pub(in crate::report::build) assumptions: bool,
    /// How many choices were varied.
    pub(in crate::report::build) choices: usize,
    pub(in crate::report::build) width: String,
    pub(in crate::report::build) change: String,
    /// Places within which a rank is said to hold, how many do and their share.
    pub(in crate::report::build) near: usize,
    pub(in crate::report::build) within: usize,
    pub(in crate::report::build) within_share: String,
    pub(in crate::report::build) top: Option<BandDoubt>,
    pub(in crate::report::build) rated: Option<BandDoubt>,
    pub(in crate::report::build) driver: Option<Driver>,
    pub(in crate::report::build) shows_units: bool,
    pub(in crate::report::build) seed: String,
}

/// How many units of a band, or of all, keep their rating.
#[derive(Clone, Debug, Serialize)]
pub(in crate::report::build) struct BandDoubt {
    pub(in crate::report::build) name: String,
    pub(in crate::report::build) count: usize,
    /// Those that keep it in at least nine draws of ten.
    pub(in crate::report::build) sure: usize,
    pub(in crate::report::build) share: String,
    /// Those that keep it in fewer than half.
    pub(in crate::report::build) open: usize,
}

/// The assumption with the largest total index.
#[derive(Clone, Debug, Serialize)]
pub(in crate::report::build) struct Driver {
    pub(in crate::report::build) name: String,
    pub(in crate::report::build) total: String,
    pub(in crate::report::build) first: String,
    /// The next one, if there is one.
    pub(in crate::report::build) next: Option<(String, String)>,
    /// Whether the intervals of the two overlap, so that no order is certain.
    pub(in crate::report::build) close: bool,
    /// Whether the first-order indices leave more than a quarter to interactions.
    pub(in crate::report::build) interactions: bool,
}

impl DoubtFacts {
    pub(in crate::report::build) fn of(scope: &Scope<'_>, found: &Robustness) -> Result<Self, TemplateError> {
        let overall = found.overall();
        let n = overall.map_or(0, |variant| variant.units.len());
        let near = ((n as f64 * NEAR).round() as usize).max(1);
        let within = overall.map_or(0, |variant| variant.within(near as f64));
        let places = |value: Option<f64>| scope.numbers.value(value.unwrap_or_default(), 1);
        Ok(Self {
            units: scope.units_noun().to_owned(),
            n,
            drawn: overall.is_some(),
            draws: scope.numbers.count(found.draws as usize),
            failed: overall.map_or(0, |variant| variant.failed as usize),
            sampling: found.by_sampling.is_some(),
            assumptions: found.by_assumptions.is_some(),
            choices: found.assumptions.len(),
            width: places(overall.map(|variant| variant.median_rank_width)),
            change: places(overall.map(|variant| variant.mean_rank_change)),
            near,
            within,
            within_share: scope.numbers.percent(within as f64 / n.max(1) as f64),
            top: overall.and_then(|variant| top(scope, variant)),
            rated: overall.and_then(|variant| rated(scope, variant)),
            driver: driver(scope, found),
            shows_units: crate::report::shows_units(&scope.material),
            seed: found.seed.to_string(),
        })
    }
}

fn band_doubt(scope: &Scope<'_>, name: String, counts: [usize; 4]) -> BandDoubt {
    let count: usize = counts.iter().sum();
    let [sure, _, _, open] = counts;
    BandDoubt { name, count, sure, share: scope.numbers.percent(sure as f64 / count.max(1) as f64), open }
}

/// The best band that has units enough to be spoken of.
fn top(scope: &Scope<'_>, variant: &Variant) -> Option<BandDoubt> {
    let (band, counts) = crate::report::audit::certainty(&scope.material, variant).into_iter().next()?;
    Some(band_doubt(scope, band_name(scope, band), counts))
}

fn rated(scope: &Scope<'_>, variant: &Variant) -> Option<BandDoubt> {
    let counts = crate::report::audit::certainty(&scope.material, variant);
    (!counts.is_empty()).then(|| band_doubt(scope, String::new(), sum(&counts)))
}

fn sum(counts: &[(usize, [usize; 4])]) -> [usize; 4] {
    counts.iter().fold([0; 4], |mut all, (_, one)| {
        all.iter_mut().zip(one).for_each(|(all, one)| *all += one);
        all
    })
}

fn band_name(scope: &Scope<'_>, band: usize) -> String {
    let rating = scope.material.framework.rating.as_ref();
    let band = rating.and_then(|rating| rating.bands.get(band));
    band.map_or(String::new(), |band| scope.text(&band.name).to_owned())
}

fn driver(scope: &Scope<'_>, found: &Robustness) -> Option<Driver> {
    let sensitivity = found.sensitivity.as_ref().filter(|one| one.variance > 0.0)?;
    let mut indices: Vec<_> = sensitivity.indices.iter().collect();
    indices.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
    let name = |at: usize| found.assumptions.get(at).map(|one| scope.text(&one.name).to_owned());
    let share = |value: f64| scope.numbers.percent(value.clamp(0.0, 1.0));
    let (first, next) = (*indices.first()?, indices.get(1));
    let alone: f64 = indices.iter().map(|index| index.first.value.max(0.0)).sum();
    Some(Driver {
        name: name(first.assumption)?,
        total: share(first.total.value),
        first: share(first.first.value),
        next: next.and_then(|next| Some((name(next.assumption)?, share(next.total.value)))),
        close: next.is_some_and(|next| next.total.high >= first.total.low),
        interactions: alone < 0.75,
    })
}

/// How sure ranks and ratings are, in sentences, figures and bars.
pub(in crate::report::build) fn section(
    scope: &Scope<'_>,
    found: &Robustness,
    facts: &DoubtFacts,
) -> Result<Doubt, TemplateError> {
    Ok(Doubt {
        headline: scope.words.say("audit_headline", facts)?,
        lead: scope.words.say("audit_lead", facts)?,
        figures: figures(scope, facts)?,
        certainty: certainty(scope, found, facts)?,
        drivers: facts
            .driver
            .is_some()
            .then(|| scope.words.say("audit_driver_sentence", facts))
            .transpose()?,
    })
}

fn figures(scope: &Scope<'_>, facts: &DoubtFacts) -> Result<Vec<Figure>, TemplateError> {
    if !facts.drawn {
        return Ok(Vec::new());
    }
    let places = scope.words.say("audit_places", facts)?;
    let mut all = vec![("width", facts.width.clone(), places)];
    let share = |of: &str| of.trim_end_matches('%').to_owned();
    all.push(("within", share(&facts.within_share), "%".to_owned()));
    if let Some(top) = &facts.top {
        all.push(("top", format!("{} / {}", top.sure, top.count), String::new()));
    }
    if let Some(rated) = &facts.rated {
        all.push(("rated", share(&rated.share), "%".to_owned()));
    }
    if let Some(driver) = &facts.driver {
        all.push(("driver", share(&driver.total), "%".to_owned()));
    }
    all.push(("change", facts.change.clone(), scope.words.say("audit_places", facts)?));
    all.truncate(6);
    let figure = |(kind, number, unit): (&str, String, String)| {
        Ok(Figure {
            number,
            unit,
            title: scope.words.say(&format!("audit_figure_{kind}_title"), facts)?,
            text: scope.words.say(&format!("audit_figure_{kind}_text"), facts)?,
        })
    };
    all.into_iter().map(figure).collect()
}

fn certainty(
    scope: &Scope<'_>,
    found: &Robustness,
    facts: &DoubtFacts,
) -> Result<Option<CertaintyPlot>, TemplateError> {
    let Some(variant) = found.overall() else { return Ok(None) };
    let counts = crate::report::audit::certainty(&scope.material, variant);
    if counts.is_empty() {
        return Ok(None);
    }
    let row = |band: Option<usize>, name: String, parts: [usize; 4]| -> Result<CertaintyRow, TemplateError> {
        let all: usize = parts.iter().sum();
        Ok(CertaintyRow {
            band,
            name,
            count_text: scope.count_text(all)?,
            parts: parts.to_vec(),
            value_text: scope.numbers.percent(parts[0] as f64 / all.max(1) as f64),
        })
    };
    let mut rows = Vec::new();
    for (band, parts) in &counts {
        rows.push(row(Some(*band), band_name(scope, *band), *parts)?);
    }
    rows.push(row(None, scope.words.word("audit_all")?, sum(&counts))?);
    let classes = ["audit_kept_90", "audit_kept_75", "audit_kept_50", "audit_kept_low"];
    Ok(Some(CertaintyPlot {
        words: scope.chart_words("audit_certainty", facts)?,
        classes: classes.iter().map(|key| scope.words.word(key)).collect::<Result<_, _>>()?,
        value_header: scope.words.word("audit_kept_share")?,
        rows,
    }))
}
