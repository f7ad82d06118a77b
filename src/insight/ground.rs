use std::collections::HashMap;

use super::{Counted, Peers};
use crate::index::{Evaluation, Score, Spread};
use crate::model::{Cell, Column, Id, Role, Unit};
use crate::numeric::median;
use crate::plan::{Basis, Framework, InsightPlan, Pool};
use crate::validate::IndexInput;

/// What all parts of an insight are drawn from.
pub(super) struct Ground<'a> {
    pub(super) input: &'a IndexInput,
    pub(super) framework: &'a Framework,
    pub(super) evaluation: &'a Evaluation,
    /// The assessed units, in registry order.
    pub(super) assessed: Vec<usize>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(input: &'a IndexInput, framework: &'a Framework, evaluation: &'a Evaluation) -> Self {
        let mut ground = Self { input, framework, evaluation, assessed: Vec::new() };
        let units = input.panel().units().iter().enumerate();
        ground.assessed = units
            .filter(|(at, unit)| unit.role == Role::Ranked && ground.score(*at).is_some())
            .map(|(at, _)| at)
            .collect();
        ground
    }

    pub(super) fn unit(&self, unit: usize) -> Option<&'a Unit> {
        self.input.panel().units().get(unit)
    }

    /// The row of a unit in the edition.
    pub(super) fn row(&self, unit: usize) -> usize {
        self.row_in(unit, self.input.edition())
    }

    pub(super) fn row_in(&self, unit: usize, period: usize) -> usize {
        self.input.panel().rows_of(period).start + unit
    }

    pub(super) fn score(&self, unit: usize) -> Option<Score> {
        self.evaluation.outcomes.get(self.row(unit))?.score
    }

    pub(super) fn is_assessed(&self, unit: usize) -> bool {
        self.assessed.binary_search(&unit).is_ok()
    }

    /// The assessed units' scores of an indicator, by its position in the plan.
    pub(super) fn scores_of(&self, column: usize) -> Vec<f64> {
        let Some(column) = self.evaluation.normalised.column(column) else { return Vec::new() };
        self.assessed.iter().filter_map(|unit| column.value(self.row(*unit))).collect()
    }

    /// The score as it is ranked.
    pub(super) fn ranked_score(&self, unit: usize) -> Option<f64> {
        let score = self.score(unit)?;
        Some(match self.evaluation.plan.rank.on {
            Basis::Raw => score.raw,
            Basis::Rounded => score.rounded,
        })
    }

    pub(super) fn band(&self, unit: usize) -> Option<usize> {
        self.evaluation.outcomes.get(self.row(unit))?.band
    }

    /// The normalised cells of a row, in the order of the plan.
    pub(super) fn cells(&self, row: usize) -> Vec<Cell> {
        self.evaluation.normalised.columns().iter().map(|column| column.cell(row)).collect()
    }

    pub(super) fn medians(&self, column: &Column, units: &[usize]) -> Option<f64> {
        let values: Vec<f64> = units.iter().filter_map(|unit| column.value(self.row(*unit))).collect();
        median(&values)
    }

    /// The units of the best band that has any, from `band` on.
    pub(super) fn members_from(&self, band: usize) -> Option<(usize, Vec<usize>)> {
        let bands = self.evaluation.plan.rating.as_ref().map_or(0, |rating| rating.bands.len());
        (band..bands).find_map(|band| {
            let members: Vec<usize> =
                self.assessed.iter().copied().filter(|unit| self.band(*unit) == Some(band)).collect();
            (!members.is_empty()).then_some((band, members))
        })
    }

    /// The units of `band`, or of the next better one that has any; where none
    /// has, those of the best band that has any.
    pub(super) fn members_towards(&self, band: usize) -> Option<(usize, Vec<usize>)> {
        let in_band = |band: usize| {
            let units: Vec<usize> =
                self.assessed.iter().copied().filter(|unit| self.band(*unit) == Some(band)).collect();
            (!units.is_empty()).then_some((band, units))
        };
        (0..=band).rev().find_map(in_band).or_else(|| self.members_from(0))
    }

    /// Whether a method scores a value by other units' values of the same
    /// period, so that a score can change because others did.
    pub(super) fn depends_on_others(&self) -> bool {
        let plan = &self.evaluation.plan;
        plan.indicators.iter().any(|indicator| indicator.normalise.pool() == Some(Pool::Period))
    }

    /// The nation, then every member with assessed units of every kind of group.
    pub(super) fn peers(&self) -> Vec<Peers> {
        let peers = |kind: Option<Id>, member: Option<Id>, units: Vec<usize>| {
            let scores: Vec<f64> = units.iter().filter_map(|unit| self.ranked_score(*unit)).collect();
            Some(Peers { kind, member, spread: Spread::of(&scores)?, scores, units })
        };
        let members = self.framework.groups.iter().flat_map(|group| {
            group.members.iter().filter_map(|member| {
                let belongs = |unit: &usize| {
                    self.unit(*unit).is_some_and(|unit| unit.groups.get(&group.id) == Some(&member.id))
                };
                let units = self.assessed.iter().copied().filter(belongs).collect();
                peers(Some(group.id.clone()), Some(member.id.clone()), units)
            })
        });
        peers(None, None, self.assessed.clone()).into_iter().chain(members).collect()
    }

    /// The two kinds of group that units are compared with: those declared, else
    /// the first two of which no member has more than half of the units.
    pub(super) fn compared(&self, plan: &InsightPlan, peers: &[Peers]) -> Vec<Id> {
        let largest = |id: &Id| {
            let of_kind = peers.iter().filter(|peers| peers.kind.as_ref() == Some(id));
            of_kind.map(|peers| peers.units.len()).max().unwrap_or(0)
        };
        let tells = |id: &Id| largest(id) > 0 && largest(id) * 2 <= self.assessed.len();
        let declared = plan.compare.iter().filter(|id| largest(id) > 0).cloned();
        let first = self.framework.groups.iter().map(|group| group.id.clone()).filter(tells);
        if plan.compare.is_empty() { first.take(2).collect() } else { declared.take(2).collect() }
    }

    /// The children of the index.
    pub(super) fn dimensions(&self) -> &'a [Id] {
        let plan = &self.evaluation.plan;
        plan.node(&plan.index).map_or(&[], |node| node.inputs())
    }

    /// The indicators below the index, dimension by dimension.
    pub(super) fn counted(&self, peers: &[Peers]) -> Vec<Counted> {
        let plan = &self.evaluation.plan;
        let weights = plan.effective_weights();
        let mut counted = Vec::new();
        for (dimension, top) in self.dimensions().iter().enumerate() {
            let (mut open, mut found) = (vec![top.clone()], HashMap::<Id, ()>::new());
            while let Some(id) = open.pop() {
                if found.insert(id.clone(), ()).is_some() {
                    continue;
                }
                if let Some(node) = plan.node(&id) {
                    open.extend(node.inputs().iter().cloned());
                }
            }
            let own = plan.indicators.iter().enumerate().filter(|(_, one)| found.contains_key(&one.id));
            counted.extend(own.filter_map(|(column, indicator)| {
                let position = self.input.indicators().iter().position(|id| *id == indicator.id)?;
                let scores = self.evaluation.normalised.column(column)?;
                let raw = self.input.raw().column(position)?;
                let of = |column: &Column, peers: &Peers| self.medians(column, &peers.units);
                Some(Counted {
                    id: indicator.id.clone(),
                    position,
                    column,
                    dimension,
                    weight: weights.get(&indicator.id).copied(),
                    medians: peers.iter().map(|peers| of(scores, peers)).collect(),
                    values: peers.iter().map(|peers| of(raw, peers)).collect(),
                })
            }));
        }
        counted
    }
}
