use serde::Serialize;

use super::{One, SMALL_GROUP};
use crate::insight::{Path, Position, Route, UnitChange};
use crate::report::TemplateError;

/// What the sentences of a report about one unit may speak of: texts, formatted,
/// and the cases that choose among forms.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Facts {
    pub(super) unit: String,
    pub(super) units: String,
    pub(super) index: String,
    pub(super) edition: String,
    pub(super) publisher: String,
    pub(super) score: Option<String>,
    pub(super) band: Option<String>,
    pub(super) best_band: Option<String>,
    /// Whether no band is better.
    pub(super) at_top: bool,
    /// The nation, then the groups compared with; empty without a score.
    pub(super) groups: Vec<Standing>,
    pub(super) next: Option<Next>,
    pub(super) change: Option<ChangeFact>,
    /// The units that gaps are measured against.
    pub(super) reference: String,
    pub(super) indicator_count: usize,
    pub(super) missing_count: usize,
}

/// Where the unit stands in a group.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Standing {
    pub(super) name: String,
    pub(super) n: usize,
    /// Fewer units than `limit`: nothing is said of the position.
    pub(super) small: bool,
    pub(super) limit: usize,
    /// `first`, `tied_first`, `last`, `tied_last`, `all_tied`, `between` or
    /// `alone`.
    pub(super) case: &'static str,
    /// Share of the others that are behind, rounded down.
    pub(super) percent: String,
    pub(super) rank: usize,
    pub(super) tied: usize,
    /// `above`, `at` or `below` the median, as both are shown.
    pub(super) median_side: &'static str,
    pub(super) median: String,
    /// `first` or `last` when three quarters of the others are behind or ahead.
    pub(super) quarter: &'static str,
}

/// The band above.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Next {
    pub(super) band: String,
    pub(super) distance: String,
    pub(super) bound: String,
    /// The score is enough and a gate is not met.
    pub(super) held: bool,
    /// What the band asks besides and the unit does not meet.
    pub(super) gates: Vec<String>,
    /// The bound is the lowest score of the band in this edition.
    pub(super) estimated: bool,
}

/// Change since the period before.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChangeFact {
    pub(super) since: String,
    /// With its sign.
    pub(super) text: String,
    /// Without it.
    pub(super) size: String,
    /// `up`, `down` or `same`.
    pub(super) direction: &'static str,
    pub(super) before: String,
    pub(super) now: String,
    /// The band of the period before.
    pub(super) band_before: Option<String>,
    /// The dimension that did most for the change, and its points with their sign.
    pub(super) most: Option<(String, String)>,
}

impl Facts {
    pub(super) fn of(one: &One<'_>) -> Result<Self, TemplateError> {
        let scope = &one.scope;
        let outcome = scope.outcome(one.unit);
        let band_name = |band: usize| one.shared.bands.get(band).map(|band| band.name.clone());
        let missing = one.own.indicators.iter().filter(|one| one.score.is_none()).count();
        Ok(Self {
            unit: scope.unit_name(one.unit),
            units: scope.units_noun().to_owned(),
            index: scope.index_name().to_owned(),
            edition: scope.material.project.edition.clone(),
            publisher: scope.text(&scope.material.project.publisher).to_owned(),
            score: outcome.score.map(|score| scope.numbers.score(score.raw)),
            band: outcome.band.and_then(band_name),
            best_band: band_name(0),
            at_top: one.own.path == Path::AtTop,
            groups: standings(one)?,
            next: one.own.route().and_then(|route| next(one, route)),
            change: change(one),
            reference: reference(one)?,
            indicator_count: one.insight.indicators.len(),
            missing_count: missing,
        })
    }
}

fn standings(one: &One<'_>) -> Result<Vec<Standing>, TemplateError> {
    let score = one.scope.outcome(one.unit).score;
    let mut standings = Vec::new();
    for at in one.compared() {
        let own = one.own.peers.iter().position(|peers| *peers == at);
        let Some(position) = own.and_then(|own| one.own.positions.get(own)) else { continue };
        let Some((peers, score)) = one.insight.peers.get(at).zip(score) else { continue };
        let numbers = one.scope.numbers;
        let (shown, median) = (numbers.rounded(score.raw), numbers.rounded(peers.spread.median));
        let ahead = position.ahead_of().unwrap_or_default();
        let behind = position.above() as f64 / (position.n.max(2) - 1) as f64;
        standings.push(Standing {
            name: one.peers_name(at)?,
            n: position.n,
            small: position.n < SMALL_GROUP,
            limit: SMALL_GROUP,
            case: case(*position),
            percent: numbers.percent_floor(ahead),
            rank: position.rank(),
            tied: position.tied,
            median_side: if shown > median {
                "above"
            } else if shown < median {
                "below"
            } else {
                "at"
            },
            median: numbers.score(peers.spread.median),
            quarter: if ahead >= 0.75 {
                "first"
            } else if behind >= 0.75 {
                "last"
            } else {
                "none"
            },
        });
    }
    Ok(standings)
}

/// Which form a sentence about a position takes.
pub(super) fn case(position: Position) -> &'static str {
    match (position.n, position.above(), position.below, position.tied) {
        (0 | 1, ..) => "alone",
        (_, 0, 0, _) => "all_tied",
        (_, 0, _, 0) => "first",
        (_, 0, ..) => "tied_first",
        (_, _, 0, 0) => "last",
        (_, _, 0, _) => "tied_last",
        _ => "between",
    }
}

fn next(one: &One<'_>, route: &Route) -> Option<Next> {
    let scope = &one.scope;
    let gates = scope.material.framework.rating.as_ref().map_or(&[][..], |rating| &rating.gates);
    let name = |gate: &usize| gates.get(*gate).map(|gate| scope.text(&gate.name).to_owned());
    Some(Next {
        band: one.shared.bands.get(route.band)?.name.clone(),
        distance: scope.numbers.score(route.distance),
        bound: scope.numbers.bound(route.bound),
        held: route.distance <= 0.0 && !route.gates.is_empty(),
        gates: route.gates.iter().filter_map(name).collect(),
        estimated: route.estimated,
    })
}

fn change(one: &One<'_>) -> Option<ChangeFact> {
    let scope = &one.scope;
    let change = scope.material.overview.change.as_ref()?;
    let difference = change.by_unit.get(one.unit).copied().flatten()?;
    let own = one.own.change.as_ref()?;
    let panel = scope.material.input.panel();
    let before = scope.material.evaluation.outcomes.get(panel.rows_of(change.since).start + one.unit);
    let band_before = before.and_then(|outcome| one.shared.bands.get(outcome.band?));
    Some(ChangeFact {
        since: scope.material.input.panel().periods().get(change.since)?.to_string(),
        text: scope.numbers.signed_score(difference),
        size: scope.numbers.score(difference.abs()),
        direction: if difference > 0.0 {
            "up"
        } else if difference < 0.0 {
            "down"
        } else {
            "same"
        },
        before: scope.numbers.score(own.before),
        now: scope.numbers.score(own.now),
        band_before: band_before.map(|band| band.name.clone()),
        most: most(one, own, difference),
    })
}

/// The dimension whose part is the largest of those that go the way of the change.
fn most(one: &One<'_>, own: &UnitChange, difference: f64) -> Option<(String, String)> {
    let numbers = one.scope.numbers;
    let along = own.own.iter().filter(|part| numbers.rounded(part.points) * difference > 0.0);
    let most =
        along.max_by(|a, b| a.points.abs().total_cmp(&b.points.abs()).then(b.dimension.cmp(&a.dimension)))?;
    Some((one.dimension_name(most.dimension), numbers.signed_score(most.points)))
}

/// What the units are called that gaps are measured against.
fn reference(one: &One<'_>) -> Result<String, TemplateError> {
    let band = one.insight.reference.as_ref().and_then(|reference| reference.band);
    let name = band.and_then(|band| one.shared.bands.get(band)).map(|band| band.name.clone());
    one.say("unit_reference", serde_json::json!({ "band": name, "units": one.scope.units_noun() }))
}
