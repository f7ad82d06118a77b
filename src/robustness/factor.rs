use std::sync::Arc;

use super::edit::{Edit, Reach};
use super::words::{self, Words};
use super::{SET_STREAMS, stream};
use crate::diagnostics::{Bilingual, bilingual};
use crate::index::repeat::Layout;
use crate::model::Id;
use crate::numeric::Stream;
use crate::plan::{
    Framework, Imputation, IndicatorPlan, NodePlan, Normalisation, Plan, Rule, Treatment, Vary, WeightSet,
    Weighting,
};

/// A choice that is varied: a draw takes one of its options.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    pub(super) what: &'static str,
    pub(super) name: Bilingual,
    /// The alternatives by name, and whether they are what the plan declares.
    pub(super) alternatives: Vec<(Bilingual, bool)>,
    /// What a draw can take, with the alternative that each belongs to.
    pub(super) options: Arc<Vec<(usize, Edit)>>,
    pub(super) reach: Reach,
}

impl Factor {
    /// What an option does.
    pub(super) fn option(&self, at: u32) -> Option<&Edit> {
        self.options.get(at as usize).map(|(_, edit)| edit)
    }
}

/// What factors are made from.
pub(super) struct Ground<'a> {
    pub(super) framework: &'a Framework,
    /// The plan as run.
    pub(super) plan: &'a Plan,
    pub(super) layout: &'a Layout,
    pub(super) seed: u64,
    pub(super) words: &'a Words,
}

impl Ground<'_> {
    /// The factor of a declared choice, the `at`-th of the project.
    pub(super) fn factor(&self, at: usize, vary: &Vary) -> Factor {
        let (options, declared, reach) = match vary {
            Vary::Imputation { alternatives, indicators, declared } => {
                let at = self.indicators(indicators, |one| !one.impute.is_none(), |_| true);
                (
                    self.methods("impute", alternatives, |one| Edit::Impute(at.clone(), one)),
                    *declared,
                    Reach::Scales,
                )
            }
            Vary::Treatment { alternatives, winsorise, indicators, declared } => {
                let at = self.indicators(indicators, |one| !one.treat.is_none(), |_| true);
                let mut options =
                    self.methods("treat", alternatives, |one: Treatment| Edit::Treat(at.clone(), one));
                options.extend(winsorise.iter().map(|points| {
                    let name = bilingual!("缩尾至多 {points} 个", "at most {points} points moved");
                    (name, vec![Edit::Winsorise(at.clone(), *points)])
                }));
                (options, *declared, Reach::Scales)
            }
            Vary::Normalisation { alternatives, indicators, declared } => {
                let at = self.indicators(indicators, |one| is_scaled(&one.normalise), |_| true);
                let edit = |one| Edit::Normalise(at.clone(), one);
                (self.methods("normalise", alternatives, edit), *declared, Reach::Scales)
            }
            Vary::Screening { alternatives, declared } => {
                (self.methods("screen", alternatives, Edit::Screen), *declared, Reach::Scales)
            }
            Vary::Weighting { alternatives, nodes, declared } => {
                let at = self.nodes(nodes, reads_weights);
                let edit = |one| Edit::Weigh(at.clone(), one);
                (self.methods("weigh", alternatives, edit), *declared, Reach::Nodes)
            }
            Vary::Aggregation { alternatives, nodes, declared } => {
                let at = self.nodes(nodes, |_| true);
                let edit = |one| Edit::Aggregate(at.clone(), one);
                (self.methods("aggregate", alternatives, edit), *declared, Reach::Nodes)
            }
            Vary::Missing { alternatives, nodes, declared } => {
                let at = self.nodes(nodes, |_| true);
                let edit = |one| Edit::Missing(at.clone(), one);
                (self.methods("missing", alternatives, edit), *declared, Reach::Nodes)
            }
            Vary::LeaveOut { indicators, declared } => {
                (self.left_out(indicators), *declared, self.reach_of_leaving_out())
            }
            Vary::WeightNoise { by, sets, nodes } => {
                (vec![self.noise(at, *by, *sets, nodes)], false, Reach::Weights)
            }
            Vary::WeightDirichlet { concentration, sets, nodes } => {
                (vec![self.dirichlet(at, *concentration, *sets, nodes)], false, Reach::Weights)
            }
            Vary::WeightSets { sets, declared } => (self.sets(sets), *declared, Reach::Weights),
            Vary::WeightExperts { node, declared } => (self.experts(node), *declared, Reach::Weights),
        };
        let own = declared.then(|| (words::declared(), vec![Edit::Declared]));
        let (mut alternatives, mut edits) = (Vec::new(), Vec::new());
        for (is_own, (name, of)) in
            own.into_iter().map(|one| (true, one)).chain(options.into_iter().map(|one| (false, one)))
        {
            edits.extend(of.into_iter().map(|edit| (alternatives.len(), edit)));
            alternatives.push((name, is_own));
        }
        Factor { what: vary.word(), name: words::name(vary), alternatives, options: Arc::new(edits), reach }
    }

    fn methods<T: Clone + serde::Serialize>(
        &self,
        stage: &str,
        alternatives: &[T],
        edit: impl Fn(T) -> Edit,
    ) -> Vec<(Bilingual, Vec<Edit>)> {
        let option = |one: &T| (self.words.method(stage, one), vec![edit(one.clone())]);
        alternatives.iter().map(option).collect()
    }

    /// Positions of the indicators that are named; else of those that `apt`, else
    /// of all that `may`.
    fn indicators(
        &self,
        named: &[Id],
        apt: impl Fn(&IndicatorPlan) -> bool,
        may: impl Fn(&IndicatorPlan) -> bool,
    ) -> Vec<usize> {
        let all = || self.plan.indicators.iter().enumerate();
        if !named.is_empty() {
            return all().filter(|(_, one)| named.contains(&one.id)).map(|(at, _)| at).collect();
        }
        let found: Vec<usize> = all().filter(|(_, one)| apt(one)).map(|(at, _)| at).collect();
        if found.is_empty() { all().filter(|(_, one)| may(one)).map(|(at, _)| at).collect() } else { found }
    }

    /// Positions of the nodes that are named, else of all means that `apt`.
    fn nodes(&self, named: &[Id], apt: impl Fn(&NodePlan) -> bool) -> Vec<usize> {
        let means = self.plan.nodes.iter().enumerate();
        let means = means.filter(|(_, node)| matches!(node.rule, Rule::Aggregate { .. }));
        let chosen = means.filter(|(_, node)| match named {
            [] => apt(node),
            _ => named.contains(&node.id),
        });
        chosen.map(|(at, _)| at).collect()
    }

    fn left_out(&self, indicators: &[Id]) -> Vec<(Bilingual, Vec<Edit>)> {
        let counted = self.plan.indicators_of(&self.plan.index);
        let chosen = counted.into_iter().filter(|id| indicators.is_empty() || indicators.contains(id));
        let possible = chosen.filter(|id| super::edit::without(self.plan, id).is_some());
        let name = |id: &Id| {
            let known = self.framework.indicators.iter().find(|one| one.id == *id);
            let Bilingual { zh, en } =
                known.map_or_else(|| Bilingual::same(id.as_str()), |one| one.name.clone());
            bilingual!("去掉“{zh}”", "without `{en}`")
        };
        possible.map(|id| (name(id), vec![Edit::LeaveOut(id.clone())])).collect()
    }

    /// Screening counts the indicators of the index, and some imputations read the
    /// tree.
    fn reach_of_leaving_out(&self) -> Reach {
        let reads_tree = |one: &IndicatorPlan| matches!(one.impute, Imputation::RowMean { .. });
        let scales = self.plan.screen.is_some() || self.plan.indicators.iter().any(reads_tree);
        if scales { Reach::All } else { Reach::Nodes }
    }

    /// Whether a weight of the layout belongs to one of the nodes.
    fn weighs(&self, at: usize, nodes: &[Id]) -> bool {
        self.layout.edges.get(at).is_some_and(|(node, _)| nodes.is_empty() || nodes.contains(node))
    }

    fn noise(&self, at: usize, by: f64, sets: u32, nodes: &[Id]) -> (Bilingual, Vec<Edit>) {
        let factors = |mut stream: Stream| {
            let edges = 0..self.layout.weights.len();
            let factor = |edge| match stream.uniform() {
                uniform if self.weighs(edge, nodes) => 1.0 + by * (2.0 * uniform - 1.0),
                _ => 1.0,
            };
            edges.map(factor).collect()
        };
        let percent = by * 100.0;
        let name = bilingual!("各权重 ±{percent}%（{sets} 组）", "each weight ±{percent} % ({sets} sets)");
        (name, (0..sets).map(|set| Edit::Factors(factors(self.set_stream(at, set)))).collect())
    }

    fn dirichlet(&self, at: usize, concentration: f64, sets: u32, nodes: &[Id]) -> (Bilingual, Vec<Edit>) {
        let draw = |mut stream: Stream| {
            let mut drawn = Vec::new();
            let edges = self.layout.edges.iter().zip(&self.layout.weights).enumerate();
            let edges: Vec<(usize, &Id, f64)> = edges
                .filter(|(at, (_, weight))| self.weighs(*at, nodes) && **weight > 0.0)
                .map(|(at, ((node, _), weight))| (at, node, *weight))
                .collect();
            for family in edges.chunk_by(|one, other| one.1 == other.1) {
                let parameters: Vec<f64> =
                    family.iter().map(|(_, _, weight)| weight * concentration).collect();
                let shares = stream.dirichlet(&parameters);
                drawn.extend(family.iter().zip(shares).map(|((at, _, _), share)| (*at, share)));
            }
            drawn
        };
        let name = bilingual!(
            "Dirichlet 权重，集中度 {concentration}（{sets} 组）",
            "Dirichlet weights, concentration {concentration} ({sets} sets)"
        );
        (name, (0..sets).map(|set| Edit::Weights(draw(self.set_stream(at, set)))).collect())
    }

    fn set_stream(&self, at: usize, set: u32) -> Stream {
        stream(self.seed, SET_STREAMS, (at as u64) << 32 | u64::from(set))
    }

    fn sets(&self, named: &[Id]) -> Vec<(Bilingual, Vec<Edit>)> {
        let sets = self.framework.weight_sets.iter();
        let chosen = sets.filter(|set| named.is_empty() || named.contains(&set.id));
        let edit = |set: &WeightSet| {
            let edges = self.layout.edges.iter().enumerate();
            Edit::Weights(edges.filter_map(|(at, (_, child))| Some((at, *set.shares.get(child)?))).collect())
        };
        chosen.map(|set| (set.name.clone(), vec![edit(set)])).collect()
    }

    fn experts(&self, node: &Id) -> Vec<(Bilingual, Vec<Edit>)> {
        let spec = self.framework.nodes.iter().find(|one| one.id == *node);
        let Some(Weighting::Budget { of, experts, .. }) = spec.and_then(|spec| spec.weighting.as_ref())
        else {
            return Vec::new();
        };
        let edit = |points: &[f64]| {
            let given = of.iter().zip(points);
            Edit::Weights(
                given
                    .filter_map(|(child, points)| Some((self.layout.position(node, child)?, *points)))
                    .collect(),
            )
        };
        experts.iter().map(|one| (Bilingual::same(&one.name), vec![edit(&one.points)])).collect()
    }
}

fn is_scaled(method: &Normalisation) -> bool {
    !matches!(method, Normalisation::None | Normalisation::Steps { .. } | Normalisation::Categories { .. })
}

fn reads_weights(node: &NodePlan) -> bool {
    matches!(&node.rule, Rule::Aggregate { method, .. } if method.reads_weights())
}
