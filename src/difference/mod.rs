//! What two results of an index differ in: choices of method, files, units, values
//! and what came of them. Read from `results.json`, so results of any day can be
//! compared, also those of a program that is no longer at hand.

mod choices;
mod results;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::diagnostics::Bilingual;

pub use results::{Input, Origin, Period, Rank, Reading, Results, Score, Unit};

/// What two results differ in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The reported period before and after.
    pub editions: [String; 2],
    /// Decimals that scores are published with now, where the plan says.
    pub decimals: Option<u8>,
    /// Choices of method that changed.
    pub choices: Vec<ChoiceChange>,
    /// Files that came, went or have another content.
    pub files: Vec<FileChange>,
    /// Units that are only in the results before.
    pub gone: Vec<UnitName>,
    /// Units that are only in the results after.
    pub come: Vec<UnitName>,
    /// Values that changed, those of the unit first whose result changed most.
    pub values: Vec<ValueChange>,
    /// Units whose score, rank or rating in the reported period changed: other
    /// ratings first, then by how far the rank moved, then the score.
    pub outcomes: Vec<OutcomeChange>,
}

/// A choice of method, as JSON, by its path in the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceChange {
    /// For example `indicators.answered.normalise.low`.
    pub path: String,
    /// `None` where there was none.
    pub before: Option<Json>,
    /// `None` where there is none.
    pub after: Option<Json>,
}

/// A file whose content is not the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileChange {
    /// Its path in the project.
    pub name: String,
    /// SHA-256 before; `None` if it was not read.
    pub before: Option<String>,
    /// SHA-256 after.
    pub after: Option<String>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitName {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
}

/// A value that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueChange {
    /// Whose.
    pub unit: UnitName,
    /// In which period.
    pub period: String,
    /// Of which indicator.
    pub indicator: String,
    /// What it is called; its id where that is not known.
    pub name: Bilingual,
    /// The value before; `None` if there was none.
    pub before: Option<f64>,
    /// The value after.
    pub after: Option<f64>,
    /// Why there is none now, or was none.
    pub absent: Option<String>,
    /// The file, line and field that it was read from, before and after.
    pub places: [Option<String>; 2],
}

/// What came of a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeChange {
    /// Whose.
    pub unit: UnitName,
    /// Scores as published.
    pub scores: [Option<f64>; 2],
    /// Ranks, of which 1 is best.
    pub ranks: [Option<f64>; 2],
    /// Names of bands.
    pub ratings: [Option<Bilingual>; 2],
    /// How many of its own values changed. A result can also move because others'
    /// values or the method did.
    pub own_values: usize,
}

impl Difference {
    /// What changed from one to the other.
    pub fn between(before: &Results, after: &Results) -> Self {
        let sides = [before, after];
        let pairs = Pairs::new(before, after);
        let mut values = pairs.values(sides);
        let mut own = BTreeMap::<&str, usize>::new();
        for change in &values {
            *own.entry(&change.unit.code).or_default() += 1;
        }
        let mut outcomes = pairs.outcomes(sides, &own);
        outcomes.sort_by(|a, b| b.weight().total_cmp(a.weight()).then(a.unit.code.cmp(&b.unit.code)));
        let place: BTreeMap<String, usize> =
            outcomes.iter().enumerate().map(|(at, one)| (one.unit.code.clone(), at)).collect();
        values.sort_by_key(|change| place.get(&change.unit.code).copied().unwrap_or(usize::MAX));
        let only = |of: &Results, other: &Results| {
            let absent = |unit: &&Unit| !other.units.iter().any(|known| known.code == unit.code);
            of.units.iter().filter(absent).map(UnitName::of).collect()
        };
        Self {
            editions: sides.map(|side| side.edition.clone()),
            decimals: decimals(&after.plan),
            choices: choices::changes(&before.plan, &after.plan),
            files: files(before, after),
            gone: only(before, after),
            come: only(after, before),
            values,
            outcomes,
        }
    }

    /// Whether nothing that can be seen in results differs.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
            && self.files.is_empty()
            && self.gone.is_empty()
            && self.come.is_empty()
            && self.values.is_empty()
            && self.outcomes.is_empty()
            && self.editions[0] == self.editions[1]
    }
}

impl UnitName {
    fn of(unit: &Unit) -> Self {
        Self { code: unit.code.clone(), name: unit.name.clone() }
    }
}

/// How much a change of a result matters: another rating before any rank, a rank
/// before any score.
struct Weight(bool, f64, f64);

impl Weight {
    fn total_cmp(&self, other: Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0).then(self.1.total_cmp(&other.1)).then(self.2.total_cmp(&other.2))
    }
}

impl OutcomeChange {
    fn weight(&self) -> Weight {
        // What came or went moved further than anything can.
        let moved = |[before, after]: [Option<f64>; 2]| match (before, after) {
            (Some(before), Some(after)) => (before - after).abs(),
            (None, None) => 0.0,
            _ => f64::INFINITY,
        };
        Weight(self.ratings[0] != self.ratings[1], moved(self.ranks), moved(self.scores))
    }
}

/// The units that both results have.
struct Pairs<'a>(Vec<[&'a Unit; 2]>);

impl<'a> Pairs<'a> {
    fn new(before: &'a Results, after: &'a Results) -> Self {
        let known: BTreeMap<&str, &Unit> =
            before.units.iter().map(|unit| (unit.code.as_str(), unit)).collect();
        let pair = |unit: &'a Unit| Some([*known.get(unit.code.as_str())?, unit]);
        Self(after.units.iter().filter_map(pair).collect())
    }

    fn values(&self, sides: [&Results; 2]) -> Vec<ValueChange> {
        let mut changes = Vec::new();
        for units in &self.0 {
            let added = units[1].periods.keys().filter(|name| !units[0].periods.contains_key(*name));
            for period in units[0].periods.keys().chain(added) {
                changes.extend(of_period(*units, period, sides));
            }
        }
        changes
    }

    fn outcomes(&self, sides: [&Results; 2], own: &BTreeMap<&str, usize>) -> Vec<OutcomeChange> {
        let of = |units: &[&Unit; 2]| {
            let [before, after] = [0, 1].map(|side| {
                let (unit, results) = (units.get(side)?, sides.get(side)?);
                Results::period(unit, &results.edition)
            });
            let both = [before, after];
            let change = OutcomeChange {
                unit: UnitName::of(units[1]),
                scores: both.map(|one| Some(one?.score?.rounded)),
                ranks: both.map(|one| Some(one?.rank?.value)),
                ratings: [band(sides[0], before), band(sides[1], after)],
                own_values: own.get(units[1].code.as_str()).copied().unwrap_or(0),
            };
            let same = change.scores[0] == change.scores[1]
                && change.ranks[0] == change.ranks[1]
                && change.ratings[0] == change.ratings[1];
            (!same).then_some(change)
        };
        self.0.iter().filter_map(of).collect()
    }
}

/// The values of a unit in a period that are not the same.
fn of_period(units: [&Unit; 2], period: &str, sides: [&Results; 2]) -> Vec<ValueChange> {
    let of = |side: usize| units.get(side).and_then(|unit| Results::period(unit, period));
    let (before, after) = (of(0), of(1));
    let none = indexmap::IndexMap::new();
    let one = before.map_or(&none, |period| &period.indicators);
    let other = after.map_or(&none, |period| &period.indicators);
    let added = other.keys().filter(|id| !one.contains_key(*id));
    let change = |id: &String| {
        let (before, after) = (one.get(id), other.get(id));
        let value = |reading: Option<&Reading>| reading.and_then(|reading| reading.value);
        let why = |reading: Option<&Reading>| reading.and_then(|reading| reading.absent.clone());
        if value(before) == value(after) && why(before) == why(after) {
            return None;
        }
        let name = sides[1].names.get(id).or_else(|| sides[0].names.get(id));
        Some(ValueChange {
            unit: UnitName::of(units[1]),
            period: period.to_owned(),
            indicator: id.clone(),
            name: name.cloned().unwrap_or_else(|| Bilingual { zh: id.clone(), en: id.clone() }),
            before: value(before),
            after: value(after),
            absent: why(after).or_else(|| why(before)),
            places: [
                before.and_then(|reading| sides[0].place(reading)),
                after.and_then(|reading| sides[1].place(reading)),
            ],
        })
    };
    one.keys().chain(added).filter_map(change).collect()
}

fn decimals(plan: &Json) -> Option<u8> {
    plan.get("score")?.get("decimals")?.as_u64()?.try_into().ok()
}

/// The name of a period's band.
fn band(results: &Results, period: Option<&Period>) -> Option<Bilingual> {
    let id = period?.rating.as_ref()?;
    let bands = results.plan.get("rating").and_then(|rating| rating.get("band")).and_then(Json::as_array);
    let known =
        bands.and_then(|bands| bands.iter().find(|band| band.get("id") == Some(&Json::from(id.as_str()))));
    let name = known.and_then(|band| serde_json::from_value(band.get("name")?.clone()).ok());
    Some(name.unwrap_or_else(|| Bilingual { zh: id.clone(), en: id.clone() }))
}

fn files(before: &Results, after: &Results) -> Vec<FileChange> {
    let hashes = |results: &Results| -> BTreeMap<String, String> {
        results.inputs.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect()
    };
    let (one, other) = (hashes(before), hashes(after));
    let names: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let change = |name: &String| FileChange {
        name: name.clone(),
        before: one.get(name).cloned(),
        after: other.get(name).cloned(),
    };
    names.into_iter().map(change).filter(|change| change.before != change.after).collect()
}
