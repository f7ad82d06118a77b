use serde::Serialize;

use super::One;
use super::facts::Facts;
use super::shared::round;
use crate::report::view::{DimensionPlot, DimensionRow, Mark};
use crate::report::{TemplateError, layout};

/// Width of the plot.
const WIDTH: f64 = 58.0;

/// The dimensions of a unit against the national medians.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct DimensionFacts {
    pub(super) total: usize,
    pub(super) ahead: usize,
    pub(super) behind: usize,
    pub(super) level: usize,
    pub(super) missing: usize,
    /// The one farthest ahead or least behind, when it is one alone.
    pub(super) best: Option<Distance>,
    /// The one farthest behind or least ahead.
    pub(super) worst: Option<Distance>,
}

/// How far a dimension is from the national median.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Distance {
    pub(super) name: String,
    pub(super) text: String,
    /// Without its sign.
    pub(super) size: String,
}

/// Difference of each dimension from the national median, rounded as shown.
fn differences(one: &One<'_>) -> Vec<Option<f64>> {
    let pairs = one.insight.dimensions.iter().zip(&one.own.dimensions);
    let difference = |(dimension, own): (&crate::insight::DimensionPeers, &Option<f64>)| {
        let median = dimension.medians.first().copied().flatten()?;
        Some(one.scope.numbers.rounded((*own)? - median))
    };
    pairs.map(difference).collect()
}

pub(super) fn facts(one: &One<'_>) -> DimensionFacts {
    let differences = differences(one);
    let count = |case: fn(f64) -> bool| differences.iter().flatten().filter(|one| case(**one)).count();
    let known: Vec<(usize, f64)> =
        differences.iter().enumerate().filter_map(|(at, one)| Some((at, (*one)?))).collect();
    let only = |value: Option<f64>| {
        let mut same = known.iter().filter(|(_, one)| Some(*one) == value);
        let (at, difference) = *same.next()?;
        let lone = same.next().is_none() && known.len() > 1;
        lone.then(|| Distance {
            name: one.dimension_name(at),
            text: one.scope.numbers.signed_score(difference),
            size: one.scope.numbers.score(difference.abs()),
        })
    };
    let most = known.iter().map(|(_, one)| *one).reduce(f64::max);
    let least = known.iter().map(|(_, one)| *one).reduce(f64::min);
    DimensionFacts {
        total: differences.len(),
        ahead: count(|one| one > 0.0),
        behind: count(|one| one < 0.0),
        level: count(|one| one == 0.0),
        missing: differences.len() - known.len(),
        best: only(most),
        worst: only(least),
    }
}

pub(super) fn plot(one: &One<'_>, facts_of_unit: &Facts) -> Result<Option<DimensionPlot>, TemplateError> {
    if one.insight.dimensions.len() < 2 {
        return Ok(None);
    }
    let facts = facts(one);
    let context = serde_json::json!({ "dimensions": facts, "unit": facts_of_unit.unit });
    let compared = one.compared();
    let mut legend = Vec::new();
    for (place, at) in compared.iter().enumerate() {
        let name = one.peers_name(*at)?;
        legend.push(
            one.say("unit_dimension_legend", serde_json::json!({ "name": name, "nation": place == 0 }))?,
        );
    }
    let scale = Scale::of(one, &compared);
    let rows = (0..one.insight.dimensions.len()).map(|at| row(one, at, &scale, &compared));
    Ok(Some(DimensionPlot {
        title: one.say("unit_dimension_title", &context)?,
        note: one.say("unit_dimension_note", &context)?,
        caption: one.say("unit_dimension_caption", &context)?,
        alt: one.say("unit_dimension_alt", &context)?,
        width: WIDTH,
        ticks: scale.ticks(),
        legend,
        difference_header: one.scope.words.word("unit_dimension_difference")?,
        rows: rows.collect::<Result<_, _>>()?,
    }))
}

/// Scores to millimetres, between round ends.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// Round ends around the unit's scores and the medians it is compared with.
    fn of(one: &One<'_>, compared: &[usize]) -> Self {
        let medians = one.insight.dimensions.iter().flat_map(|dimension| {
            compared.iter().filter_map(|peers| dimension.medians.get(*peers).copied().flatten())
        });
        let all = medians.chain(one.own.dimensions.iter().copied().flatten());
        let (low, high) = all
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), score| (low.min(score), high.max(score)));
        let (low, high) = if low < high { (low, high) } else { (low.min(0.0), high.max(1.0)) };
        // Room for the numbers beside the outermost dots.
        let (wide, full) = (high - low, one.shared.full_score);
        let spared = (low - 0.28 * wide, high + 0.24 * wide);
        let low = if low >= 0.0 { spared.0.max(0.0) } else { spared.0 };
        let high = if high <= full { spared.1.min(full) } else { spared.1 };
        let step = layout::nice_below((high - low) / 3.0);
        let low = (low / step + 1e-9).floor() * step;
        Self { low, high: ((high / step - 1e-9).ceil() * step).max(low + step), step }
    }

    fn at(&self, score: f64) -> f64 {
        round((score - self.low) / (self.high - self.low) * WIDTH)
    }

    fn ticks(&self) -> Vec<Mark> {
        let count = ((self.high - self.low) / self.step + 1e-9).floor() as i64;
        let decimals = layout::decimals_of(self.step);
        let tick = |at: i64| {
            let score = self.low + at as f64 * self.step;
            Mark { at: self.at(score), text: format!("{score:.decimals$}").replace('-', "\u{2212}") }
        };
        (0..=count).map(tick).collect()
    }
}

fn row(one: &One<'_>, at: usize, scale: &Scale, compared: &[usize]) -> Result<DimensionRow, TemplateError> {
    let dimension = one.insight.dimensions.get(at);
    let own = one.own.dimensions.get(at).copied().flatten();
    let median = |peers: usize| dimension.and_then(|one| one.medians.get(peers).copied().flatten());
    let small = |peers: &usize| {
        one.insight.peers.get(*peers).is_none_or(|peers| peers.units.len() < super::SMALL_GROUP)
    };
    let difference = differences(one).get(at).copied().flatten();
    let case = match difference {
        None => "missing",
        Some(difference) if difference > 0.0 => "ahead",
        Some(difference) if difference < 0.0 => "behind",
        Some(_) => "level",
    };
    Ok(DimensionRow {
        name: one.dimension_name(at),
        weight: dimension.and_then(|one| one.weight).map(|weight| super::indicators::weight(one, weight)),
        at: own.map(|score| scale.at(score)),
        score: own.map(|score| one.scope.numbers.score(score)),
        nation: median(0).map(|score| scale.at(score)),
        groups: compared
            .iter()
            .skip(1)
            .map(|peers| median(*peers).filter(|_| !small(peers)).map(|score| scale.at(score)))
            .collect(),
        difference: difference.map(|difference| one.scope.numbers.signed_score(difference)),
        case,
        word: one.say("unit_dimension_case", serde_json::json!({ "case": case }))?,
    })
}
