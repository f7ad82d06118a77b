//! What the results mean for one unit: where it stands, what it does well, what
//! costs it most, how far the next rating is, why it moved and whom it can
//! learn from. Computed once for all units; nothing here changes a result.
//!
//! What-if questions are answered by the plan's own aggregation on changed
//! cells, never by multiplying a weight with a difference.

mod change;
mod gaps;
mod ground;
mod learn;
mod path;
mod position;
mod scenario;
mod strengths;

use serde::Serialize;

use crate::index::{Evaluation, Spread};
use crate::model::{Absence, Cell, Id};
use crate::plan::{Framework, InsightPlan};
use crate::validate::IndexInput;
use ground::Ground;

pub use change::{Contribution, Others, UnitChange};
pub use gaps::{Gap, Reference};
pub use learn::Model;
pub use path::{Path, Route, Step};
pub use position::Position;
pub use strengths::StrengthsAndWeaknesses;

/// What the results of an edition mean, unit by unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Insight {
    /// The nation first, then every member of every kind of group.
    pub peers: Vec<Peers>,
    /// The kinds of group that units are compared with; the last one is that of
    /// similar units.
    pub compared: Vec<Id>,
    /// The children of the index.
    pub dimensions: Vec<DimensionPeers>,
    /// The indicators below the index, dimension by dimension.
    pub indicators: Vec<Counted>,
    /// The units that gaps are measured against.
    pub reference: Option<Reference>,
    /// Nodes reported beside the index.
    pub companions: Vec<CompanionPeers>,
    /// Position of the period before.
    pub since: Option<usize>,
    /// Whether scores can change because other units did.
    pub others: Others,
    /// One per unit, in registry order.
    pub units: Vec<UnitInsight>,
}

/// Assessed units that a unit is compared with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Peers {
    /// The kind of group; `None` for the nation.
    pub kind: Option<Id>,
    /// The member; `None` for the nation.
    pub member: Option<Id>,
    /// The units, in registry order.
    pub units: Vec<usize>,
    /// Their scores, as they are ranked.
    pub scores: Vec<f64>,
    /// How these are spread.
    pub spread: Spread,
}

/// A child of the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionPeers {
    /// The node or indicator.
    pub id: Id,
    /// Its weight in the index, where there is one.
    pub weight: Option<f64>,
    /// Median score of each of [`Insight::peers`].
    pub medians: Vec<Option<f64>>,
}

/// An indicator below the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// Which.
    pub id: Id,
    /// Its position among the indicators of the input.
    pub position: usize,
    /// Its position in the plan.
    pub column: usize,
    /// Position of the dimension it counts towards.
    pub dimension: usize,
    /// Its weight in the index, where there is one.
    pub weight: Option<f64>,
    /// Median score of each of [`Insight::peers`].
    pub medians: Vec<Option<f64>>,
    /// Median value of each of them.
    pub values: Vec<Option<f64>>,
}

/// A node reported beside the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompanionPeers {
    /// Which.
    pub id: Id,
    /// How it is spread in the nation.
    pub spread: Spread,
}

/// What the results mean for one unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UnitInsight {
    /// The peers it belongs to, the nation first.
    pub peers: Vec<usize>,
    /// Where its score stands in each of them; empty when it has none.
    pub positions: Vec<Position>,
    /// The score of each dimension.
    pub dimensions: Vec<Option<f64>>,
    /// What it has in each indicator.
    pub indicators: Vec<IndicatorStanding>,
    /// Share of the indicators that apply to it with a value as read; 0 where
    /// none applies. What was filled in is no value.
    pub coverage: f64,
    /// Positions of its strong and weak indicators; `None` when too few of them
    /// have a value to tell.
    pub marked: Option<StrengthsAndWeaknesses>,
    /// What each indicator below the reference costs, the most first.
    pub gaps: Vec<Gap>,
    /// What the three costliest cost together.
    pub three_gaps: Option<f64>,
    /// The way to the next rating.
    pub path: Path,
    /// Why it moved since the period before; `None` when there is none, or the
    /// unit had or has no score.
    pub change: Option<UnitChange>,
    /// Whom to learn from.
    pub models: Vec<Model>,
    /// The value of each companion.
    pub companions: Vec<Option<f64>>,
}

/// What a unit has in one indicator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct IndicatorStanding {
    /// Its score.
    pub score: Option<f64>,
    /// Where that stands in the nation.
    pub position: Option<Position>,
    /// Change of the score since the period before.
    pub change: Option<f64>,
}

/// Draws the insight of an edition.
pub fn insight(
    input: &IndexInput,
    framework: &Framework,
    evaluation: &Evaluation,
    plan: &InsightPlan,
) -> Insight {
    let ground = Ground::new(input, framework, evaluation);
    let peers = ground.peers();
    let indicators = ground.counted(&peers);
    let reference = gaps::reference(&ground, &indicators);
    let mut insight = Insight {
        compared: ground.compared(plan, &peers),
        dimensions: dimensions(&ground, &peers),
        companions: companions(&ground),
        since: input.edition().checked_sub(1),
        others: change::others(&ground),
        units: Vec::new(),
        peers,
        indicators,
        reference,
    };
    let all = insight.indicators.iter().map(|one| ground.scores_of(one.column)).collect::<Vec<_>>();
    let units = 0..input.panel().units().len();
    insight.units = units.map(|unit| standing(&ground, &insight, &all, unit)).collect();
    strengths::mark(&ground, &mut insight, &plan.strengths);
    gaps::measure(&ground, &mut insight);
    path::find(&ground, &mut insight);
    change::explain(&ground, &mut insight);
    learn::choose(&ground, &mut insight);
    insight
}

fn dimensions(ground: &Ground<'_>, peers: &[Peers]) -> Vec<DimensionPeers> {
    let weights = ground.evaluation.plan.effective_weights();
    let of = |id: &Id| {
        let column = ground.evaluation.column(id);
        let median = |peers: &Peers| ground.medians(column?, &peers.units);
        DimensionPeers {
            id: id.clone(),
            weight: weights.get(id).copied(),
            medians: peers.iter().map(median).collect(),
        }
    };
    ground.dimensions().iter().map(of).collect()
}

fn companions(ground: &Ground<'_>) -> Vec<CompanionPeers> {
    let companions = ground.framework.nodes.iter().filter(|node| node.companion);
    companions
        .filter_map(|node| {
            let column = ground.evaluation.column(&node.id)?;
            let values: Vec<f64> =
                ground.assessed.iter().filter_map(|unit| column.value(ground.row(*unit))).collect();
            Some(CompanionPeers { id: node.id.clone(), spread: Spread::of(&values)? })
        })
        .collect()
}

/// What can be read off the results: peers, positions, scores. `all` has the
/// assessed units' scores of each indicator.
fn standing(ground: &Ground<'_>, insight: &Insight, all: &[Vec<f64>], unit: usize) -> UnitInsight {
    let row = ground.row(unit);
    let belongs = |peers: &Peers| match (&peers.kind, &peers.member) {
        (Some(kind), Some(member)) => {
            ground.unit(unit).is_some_and(|unit| unit.groups.get(kind) == Some(member))
        }
        _ => true,
    };
    let peers = insight.peers.iter().enumerate().filter(|(_, one)| belongs(one)).map(|(at, _)| at);
    let peers: Vec<usize> = peers.collect();
    let score = ground.ranked_score(unit).filter(|_| ground.is_assessed(unit));
    let position = |at: &usize| Some(Position::of(score?, &insight.peers.get(*at)?.scores));
    let value = |id: &Id| ground.evaluation.column(id)?.value(row);
    let indicators: Vec<IndicatorStanding> = insight
        .indicators
        .iter()
        .zip(all)
        .map(|(one, all)| indicator_standing(ground, one, all, unit, insight.since))
        .collect();
    UnitInsight {
        positions: peers.iter().filter_map(position).collect(),
        peers,
        dimensions: insight.dimensions.iter().map(|dimension| value(&dimension.id)).collect(),
        coverage: coverage(ground, insight, row),
        indicators,
        companions: insight.companions.iter().map(|companion| value(&companion.id)).collect(),
        ..UnitInsight::default()
    }
}

fn coverage(ground: &Ground<'_>, insight: &Insight, row: usize) -> f64 {
    let cell = |one: &Counted| ground.input.raw().column(one.position).map(|column| column.cell(row));
    let cells = insight.indicators.iter().filter_map(cell);
    let expected = cells.filter(|cell| *cell != Cell::Absent(Absence::NotApplicable));
    let (present, expected) = expected.fold((0, 0_usize), |(present, expected), cell| {
        (present + usize::from(cell.value().is_some()), expected + 1)
    });
    present as f64 / expected.max(1) as f64
}

fn indicator_standing(
    ground: &Ground<'_>,
    indicator: &Counted,
    all: &[f64],
    unit: usize,
    since: Option<usize>,
) -> IndicatorStanding {
    let Some(column) = ground.evaluation.normalised.column(indicator.column) else {
        return IndicatorStanding::default();
    };
    let score = column.value(ground.row(unit));
    let before = since.and_then(|since| column.value(ground.row_in(unit, since)));
    IndicatorStanding {
        score,
        position: score.filter(|_| ground.is_assessed(unit)).map(|score| Position::of(score, all)),
        change: score.zip(before).map(|(now, before)| now - before),
    }
}
