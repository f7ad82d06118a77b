//! Cross-checks in the result tables, as far as their audience may see ranks.

use indexmap::IndexMap;
use serde::Serialize;

use super::Material;
use crate::index::{CrossPlace, CrossRanking};
use crate::model::UnitCode;
use crate::plan::{CrossMethod, CrossOver};

/// The methods together.
#[derive(Serialize)]
pub(super) struct Summary<'a> {
    over: CrossOver,
    criteria: usize,
    methods: Vec<MethodSummary<'a>>,
}

#[derive(Serialize)]
struct MethodSummary<'a> {
    method: CrossMethod,
    compared: usize,
    rank_correlation: Option<f64>,
    mean_rank_shift: f64,
    largest_rank_shift: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<&'a UnitCode>,
    /// The units whose rank differs most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    movers: Vec<&'a UnitCode>,
}

/// What a method makes of one unit.
#[derive(Serialize)]
pub(super) struct PlaceResult {
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    rank: f64,
    index_rank: f64,
}

/// What the methods come to; `None` without a cross-check.
pub(super) fn summary(material: Material<'_>) -> Option<Summary<'_>> {
    let found = material.cross_check?;
    let units = material.input.panel().units();
    let codes = |positions: &[usize]| -> Vec<&UnitCode> {
        positions.iter().filter_map(|at| Some(&units.get(*at)?.code)).collect()
    };
    let method = |ranking: &CrossRanking| MethodSummary {
        method: ranking.method,
        compared: ranking.compared,
        rank_correlation: ranking.correlation,
        mean_rank_shift: ranking.mean_shift,
        largest_rank_shift: ranking.most_shift,
        left_out: codes(&ranking.left_out),
        movers: if material.disclosure.ranks { codes(&ranking.movers) } else { Vec::new() },
    };
    Some(Summary {
        over: found.over,
        criteria: found.criteria,
        methods: found.rankings.iter().map(method).collect(),
    })
}

/// What the methods make of the unit of a row; nothing outside the edition and
/// where ranks are withheld.
pub(super) fn places(material: Material<'_>, row: usize) -> IndexMap<&'static str, PlaceResult> {
    let scores = material.disclosure.scores;
    let places = rankings(material).filter_map(|ranking| {
        let CrossPlace { score, rank, index_rank } = place(material, ranking, row)?;
        let score = scores.then_some(score);
        Some((ranking.method.word(), PlaceResult { score, rank, index_rank }))
    });
    places.collect()
}

/// The columns of `results.csv`: a rank per method, and where scores are shown
/// its score.
pub(super) fn header(material: Material<'_>) -> Vec<String> {
    let columns = rankings(material).flat_map(|ranking| {
        let word = ranking.method.word();
        let score = material.disclosure.scores.then(|| format!("cross.{word}.score"));
        std::iter::once(format!("cross.{word}.rank")).chain(score)
    });
    columns.collect()
}

/// The fields of a row in those columns.
pub(super) fn record(material: Material<'_>, row: usize) -> Vec<String> {
    let fields = rankings(material).flat_map(|ranking| {
        let place = place(material, ranking, row);
        let text = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let score = material.disclosure.scores.then(|| text(place.map(|place| place.score)));
        std::iter::once(text(place.map(|place| place.rank))).chain(score)
    });
    fields.collect()
}

/// The methods whose ranks the audience may see.
fn rankings(material: Material<'_>) -> impl Iterator<Item = &CrossRanking> {
    material
        .cross_check
        .into_iter()
        .filter(move |_| material.disclosure.ranks)
        .flat_map(|found| &found.rankings)
}

fn place(material: Material<'_>, ranking: &CrossRanking, row: usize) -> Option<CrossPlace> {
    let unit = row.checked_sub(material.input.panel().rows_of(material.input.edition()).start)?;
    ranking.places.get(unit).copied().flatten()
}
