use std::fmt::Write as _;

use super::super::Scope;
use crate::insight::{Insight, Peers};
use crate::report::view::{Axis, BandCell};
use crate::report::{Material, TemplateError, Words, layout};

/// Width of the strips of the position plot.
pub(super) const STRIP_WIDTH: f64 = 108.0;
/// Height of the nation's row, and the lowest and highest of a group's.
const NATION_ROW: f64 = 16.4;
const LOWEST_ROW: f64 = 9.8;
const HIGHEST_ROW: f64 = 11.8;

/// What the reports about all units have in common.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) bands: Vec<BandCell>,
    /// Axis of the position plots.
    pub(super) axis: Axis,
    /// The dots of each of the insight's peers.
    pub(super) strips: Vec<Strip>,
    /// Score of a full bar in the indicator table.
    pub(super) full_score: f64,
    /// Decimals in which each indicator's values are shown.
    decimals: Vec<u8>,
}

/// A laid-out row of dots.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    pub(super) height: f64,
    pub(super) dot: f64,
    pub(super) path: String,
}

impl Shared {
    pub(super) fn new(scope: &Scope<'_>, insight: &Insight) -> Self {
        let all = insight.peers.first().map_or(&[][..], |nation| &nation.scores);
        let axis = layout::axis(all, &[], "");
        let rating = scope.material.framework.rating.as_ref();
        let bands = rating.map_or(&[][..], |rating| &rating.bands).iter();
        Self {
            bands: bands.map(|band| BandCell { name: scope.text(&band.name).to_owned() }).collect(),
            strips: insight.peers.iter().map(|peers| strip(peers, &axis)).collect(),
            axis,
            full_score: full_score(scope, insight),
            decimals: insight.indicators.iter().map(|one| decimals(scope, one.position)).collect(),
        }
    }

    /// Where a score is on the strips.
    pub(super) fn at(&self, score: f64) -> f64 {
        round((score - self.axis.min) / (self.axis.max - self.axis.min) * STRIP_WIDTH)
    }

    pub(super) fn value_text(&self, scope: &Scope<'_>, indicator: usize, value: f64) -> String {
        scope.numbers.fixed(value, self.decimals.get(indicator).copied().unwrap_or(1))
    }

    pub(super) fn measured(
        &self,
        scope: &Scope<'_>,
        insight: &Insight,
        indicator: usize,
        value: f64,
    ) -> String {
        let number = self.value_text(scope, indicator, value);
        let spec =
            insight.indicators.get(indicator).and_then(|one| scope.material.framework.indicator(&one.id));
        match spec.map(|spec| scope.text(&spec.measure)) {
            None | Some("") => number,
            Some(sign @ ("%" | "‰" | "°")) => format!("{number}{sign}"),
            Some(measure) => format!("{number}\u{A0}{measure}"),
        }
    }

    /// The short name of a group that a unit belongs to.
    pub(super) fn member_name(
        &self,
        scope: &Scope<'_>,
        insight: &Insight,
        peers: usize,
    ) -> Result<String, TemplateError> {
        let one = insight.peers.get(peers).and_then(|one| one.kind.as_ref().zip(one.member.as_ref()));
        let short = one.and_then(|(kind, member)| {
            let group = scope.material.framework.groups.iter().find(|group| group.id == *kind)?;
            let member = group.members.iter().find(|one| one.id == *member)?;
            member.short.as_ref().map(|short| scope.text(short).to_owned())
        });
        short.map_or_else(|| self.peers_name(scope, insight, peers), Ok)
    }

    /// What the peers are called: the nation, or the member of a group.
    pub(super) fn peers_name(
        &self,
        scope: &Scope<'_>,
        insight: &Insight,
        peers: usize,
    ) -> Result<String, TemplateError> {
        let Some((kind, member)) =
            insight.peers.get(peers).and_then(|one| one.kind.as_ref().zip(one.member.as_ref()))
        else {
            return whole_name(&scope.material, scope.words);
        };
        let group = scope.material.framework.groups.iter().find(|group| group.id == *kind);
        let named = group.and_then(|group| group.members.iter().find(|one| one.id == *member));
        let name = named.map_or_else(|| member.to_string(), |one| scope.text(&one.name).to_owned());
        // A bare size says nothing without its kind.
        let is_size = name.contains(|letter: char| letter.is_ascii_digit());
        if !is_size || name.ends_with('组') {
            return Ok(name);
        }
        let kind = group.map_or(String::new(), |group| scope.text(&group.name).to_owned());
        scope.words.say("unit_group_name", serde_json::json!({ "kind": kind, "member": name }))
    }
}

/// What all units together are called.
pub(super) fn whole_name(material: &Material<'_>, words: &Words) -> Result<String, TemplateError> {
    match &material.project.insight.whole {
        Some(named) => Ok(named.get(words.lang()).to_owned()),
        None => {
            let units = material.framework.units.get(words.lang());
            words.say("unit_nation", serde_json::json!({ "units": units }))
        }
    }
}

/// To a hundredth of a millimetre, so that views are small and equal.
pub(super) fn round(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}

/// Dots as a path of points that are drawn with round ends; they get smaller
/// until the row is low enough.
fn strip(peers: &Peers, axis: &Axis) -> Strip {
    let (lowest, highest) =
        if peers.kind.is_none() { (NATION_ROW, NATION_ROW) } else { (LOWEST_ROW, HIGHEST_ROW) };
    let mut dot: f64 = if peers.scores.len() > 150 { 0.88 } else { 1.24 };
    loop {
        let offsets = layout::swarm_in(&peers.scores, axis, STRIP_WIDTH, dot);
        let reach = offsets.iter().fold(0.0_f64, |most, offset| most.max(offset.abs()));
        let height = (2.0 * reach + 1.0) * dot + 2.4;
        if height <= highest || dot < 0.4 {
            let mut path = String::new();
            for (score, offset) in peers.scores.iter().zip(offsets) {
                let x = (score - axis.min) / (axis.max - axis.min) * STRIP_WIDTH;
                // Writing to a text cannot fail.
                let _ = write!(path, "M{} {}h.01", round(x), round(offset * dot));
            }
            return Strip { height: round(height.clamp(lowest, highest)), dot: round(dot), path };
        }
        dot *= 0.9;
    }
}

/// The highest full marks among the indicators, or the highest score.
fn full_score(scope: &Scope<'_>, insight: &Insight) -> f64 {
    let scores = insight.indicators.iter().filter_map(|one| {
        let column = scope.material.evaluation.normalised.column(one.column)?;
        let values = column.cells().filter_map(crate::model::Cell::value);
        Some(values.fold(0.0_f64, f64::max))
    });
    let most = scores.fold(0.0_f64, f64::max);
    [1.0, 10.0, 100.0, 1_000.0].into_iter().find(|full| most <= *full + 1e-9).unwrap_or(most)
}

/// No more decimals than the values of an indicator have, and at most one, or
/// two where they lie close together.
fn decimals(scope: &Scope<'_>, indicator: usize) -> u8 {
    let Some(column) = scope.material.input.raw().column(indicator) else { return 1 };
    let rows = scope.material.input.panel().rows_of(scope.material.input.edition());
    let values: Vec<f64> = rows.filter_map(|row| column.value(row)).collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if values.iter().all(|value| value.fract() == 0.0) {
        0
    } else if high - low < 2.0 {
        2
    } else {
        1
    }
}
