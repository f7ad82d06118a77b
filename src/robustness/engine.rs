use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::edit::{Edit, Reach};
use super::factor::Factor;
use crate::diagnostics::{Bilingual, Findings, bilingual};
use crate::index::repeat::{Fault, Ground, Layout, Leaf, Leaves, Places, Program, Space};
use crate::index::{Evaluator, Prepared};
use crate::model::{Cell, Column, Matrix, Normalised};
use crate::plan::Plan;

/// Evaluates a plan under options of factors. What options have in common is
/// computed once: the indicators on the common scale for each combination that
/// reaches them, the nodes for each that reaches those.
pub(super) struct Engine<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) evaluator: Evaluator<'a>,
    pub(super) plan: &'a Plan,
    pub(super) layout: Layout,
    pub(super) factors: Vec<Factor>,
}

/// Indicators of one combination of options on the common scale.
pub(super) struct Scales {
    pub(super) plan: Plan,
    pub(super) leaves: Leaves,
    pub(super) prepared: Prepared,
}

/// The nodes of one combination of options.
pub(super) struct Nodes {
    program: Program,
    places: Places,
    /// Weights in the order of the layout.
    weights: Vec<f64>,
}

/// What the draws of a run have in common.
pub(super) struct Shared {
    /// Combinations that reach indicators, or why there is none.
    pub(super) scales: Vec<Result<Scales, Bilingual>>,
    nodes: Vec<Option<Nodes>>,
    /// The two of each draw, by position.
    of_draw: Vec<(u32, u32)>,
}

/// The options of draws: one per factor, draw after draw.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    pub(super) draws: usize,
    pub(super) factors: usize,
    pub(super) options: Vec<u32>,
}

impl Choices {
    pub(super) fn of(&self, draw: usize) -> &[u32] {
        self.options.get(draw * self.factors..(draw + 1) * self.factors).unwrap_or_default()
    }
}

impl<'a> Engine<'a> {
    /// Computes once what the draws have in common.
    pub(super) fn share(&self, choices: &Choices) -> Shared {
        let (scales, scale_of) = self.distinct(choices, |reach| matches!(reach, Reach::Scales | Reach::All));
        let (nodes, nodes_of) = self.distinct(choices, |reach| matches!(reach, Reach::Nodes | Reach::All));
        let evaluated: Vec<_> = scales.par_iter().map(|draw| self.normalised(choices.of(*draw))).collect();
        let mut known: HashMap<*const Column, Arc<Leaf>> = HashMap::new();
        let scales = evaluated.into_iter().map(|one| {
            let (plan, prepared, normalised) = one?;
            let leaves = self.leaves(&prepared, &normalised, &mut known);
            Ok(Scales { plan, leaves, prepared })
        });
        Shared {
            scales: scales.collect(),
            nodes: nodes.iter().map(|draw| self.compiled(choices.of(*draw))).collect(),
            of_draw: scale_of.into_iter().zip(nodes_of).collect(),
        }
    }

    /// The first draw of every different combination of options of some factors,
    /// and which of them each draw has.
    fn distinct(&self, choices: &Choices, matters: impl Fn(Reach) -> bool) -> (Vec<usize>, Vec<u32>) {
        let counted: Vec<(usize, u64)> = self
            .factors
            .iter()
            .enumerate()
            .filter(|(_, factor)| matters(factor.reach))
            .map(|(at, factor)| (at, factor.options.len() as u64))
            .collect();
        let (mut first, mut known) = (Vec::new(), HashMap::new());
        let of_draw = (0..choices.draws).map(|draw| {
            let options = choices.of(draw);
            let key = counted.iter().fold(0_u64, |key, (at, count)| {
                key.wrapping_mul(*count).wrapping_add(options.get(*at).copied().map_or(0, u64::from))
            });
            *known.entry(key).or_insert_with(|| {
                first.push(draw);
                (first.len() - 1) as u32
            })
        });
        let of_draw = of_draw.collect();
        (first, of_draw)
    }

    /// The plan under the options; `None` if they leave none.
    pub(super) fn edited(&self, options: &[u32]) -> Option<Plan> {
        let edits = self.factors.iter().zip(options).filter_map(|(factor, option)| factor.option(*option));
        edits.into_iter().try_fold(self.plan.clone(), |plan, edit| edit.apply(plan))
    }

    fn normalised(&self, options: &[u32]) -> Result<(Plan, Prepared, Matrix<Normalised>), Bilingual> {
        let plan = self.edited(options).ok_or_else(no_plan)?;
        let (prepared, normalised) =
            self.evaluator.normalised(&plan).map_err(|findings| reason(&findings))?;
        Ok((plan, prepared, normalised))
    }

    fn leaves(
        &self,
        prepared: &Prepared,
        normalised: &Matrix<Normalised>,
        known: &mut HashMap<*const Column, Arc<Leaf>>,
    ) -> Leaves {
        let rows = &self.ground.rows;
        let columns = normalised.columns().iter().map(|column| {
            let leaf = || Arc::new(Leaf::of(column, rows.clone()));
            known.entry(Arc::as_ptr(column)).or_insert_with(leaf).clone()
        });
        let failed = |row: usize| prepared.shortfall(row).is_some();
        let screens = prepared.screened.iter().any(Option::is_some);
        let failed_screening = if screens { rows.clone().map(failed).collect() } else { Vec::new() };
        Leaves { columns: columns.collect(), failed_screening }
    }

    fn compiled(&self, options: &[u32]) -> Option<Nodes> {
        let plan = self.edited(options)?;
        let program = Program::new(&plan, &self.layout);
        let places = Places::new(&plan, &program, &self.ground);
        let mut weights = self.layout.weights.clone();
        let own = Layout::of(&plan);
        for ((node, child), weight) in own.edges.iter().zip(&own.weights) {
            let slot = self.layout.position(node, child).and_then(|at| weights.get_mut(at));
            if let Some(slot) = slot {
                *slot = *weight;
            }
        }
        Some(Nodes { program, places, weights })
    }

    /// Evaluates one draw into `space`: scores, ranks, bands. `redrawn` stands in
    /// for the leaves of its scales, `drawn` for values as read.
    pub(super) fn draw(
        &self,
        shared: &Shared,
        choices: &Choices,
        draw: usize,
        redrawn: Option<&Leaves>,
        drawn: &dyn Fn(usize, usize) -> Option<Cell>,
        space: &mut Space,
    ) -> Result<(), Bilingual> {
        let Some((scales, nodes)) = shared.of_draw.get(draw) else { return Err(no_plan()) };
        let nodes = shared.nodes.get(*nodes as usize).and_then(Option::as_ref).ok_or_else(no_plan)?;
        let scales = match shared.scales.get(*scales as usize) {
            Some(Ok(scales)) => scales,
            Some(Err(reason)) => return Err(reason.clone()),
            None => return Err(no_plan()),
        };
        self.weigh(nodes, choices.of(draw), space);
        let leaves = redrawn.unwrap_or(&scales.leaves);
        let said = |fault: Fault| fault.problem;
        nodes.program.run(&self.ground, leaves, space).map_err(said)?;
        nodes.places.run(&self.ground, leaves, drawn, space).map_err(said)
    }

    /// The scales of a draw.
    pub(super) fn scales_of<'s>(&self, shared: &'s Shared, draw: usize) -> Option<(usize, &'s Scales)> {
        let at = shared.of_draw.get(draw)?.0 as usize;
        Some((at, shared.scales.get(at)?.as_ref().ok()?))
    }

    fn weigh(&self, nodes: &Nodes, options: &[u32], space: &mut Space) {
        space.weights.clear();
        space.weights.extend_from_slice(&nodes.weights);
        space.factors.clear();
        for (factor, option) in self.factors.iter().zip(options) {
            match factor.option(*option) {
                Some(Edit::Weights(drawn)) => {
                    for (at, weight) in drawn {
                        if let Some(slot) = space.weights.get_mut(*at) {
                            *slot = *weight;
                        }
                    }
                }
                Some(Edit::Factors(drawn)) if space.factors.is_empty() => {
                    space.factors.extend_from_slice(drawn);
                }
                Some(Edit::Factors(drawn)) => {
                    space.factors.iter_mut().zip(drawn).for_each(|(factor, by)| *factor *= by);
                }
                _ => {}
            }
        }
        space.weights.iter_mut().zip(&space.factors).for_each(|(weight, factor)| *weight *= factor);
    }
}

/// What is wrong with a plan that cannot be run: the first of its findings.
pub(super) fn reason(findings: &Findings) -> Bilingual {
    findings.iter().next().map_or_else(no_plan, |finding| finding.message.clone())
}

pub(super) fn no_plan() -> Bilingual {
    bilingual!("这些选择合在一起没有可算的方案", "these choices together leave nothing to compute")
}
