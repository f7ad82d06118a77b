use crate::model::{Id, Weights};
use crate::plan::{
    Aggregation, Imputation, MissingPlan, Normalisation, Plan, Rule, ScreeningPlan, Treatment, Weighting,
};

/// What an option does to a plan. Positions are those of the declared plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Edit {
    /// Nothing.
    Declared,
    /// Another imputation of these indicators.
    Impute(Vec<usize>, Imputation),
    /// Another treatment of these indicators.
    Treat(Vec<usize>, Treatment),
    /// The declared treatment of these indicators with so many points moved at most.
    Winsorise(Vec<usize>, u32),
    /// Another scale of these indicators.
    Normalise(Vec<usize>, Normalisation),
    /// Another screening.
    Screen(ScreeningPlan),
    /// Weights of these nodes from elsewhere.
    Weigh(Vec<usize>, Weighting),
    /// Another mean at these nodes.
    Aggregate(Vec<usize>, Aggregation),
    /// Another policy for missing children at these nodes.
    Missing(Vec<usize>, MissingPlan),
    /// One indicator less.
    LeaveOut(Id),
    /// Other weights, by position in the layout.
    Weights(Vec<(usize, f64)>),
    /// Factors of all weights of the layout.
    Factors(Vec<f64>),
}

/// What an edit has an effect on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Indicators on the common scale.
    Scales,
    /// How nodes are computed.
    Nodes,
    /// Both.
    All,
    /// The numbers that nodes weigh with.
    Weights,
}

impl Edit {
    /// Edits a plan; edits of weights do nothing here. `None` if no plan is left.
    pub(super) fn apply(&self, mut plan: Plan) -> Option<Plan> {
        match self {
            Edit::Impute(at, method) => {
                let indicators = plan.indicators.iter_mut().enumerate().filter(|(one, _)| at.contains(one));
                indicators.for_each(|(_, indicator)| indicator.impute = method.clone());
            }
            Edit::Treat(at, method) => {
                let indicators = plan.indicators.iter_mut().enumerate().filter(|(one, _)| at.contains(one));
                indicators.for_each(|(_, indicator)| indicator.treat = *method);
            }
            Edit::Winsorise(at, points) => {
                let indicators = plan.indicators.iter_mut().enumerate().filter(|(one, _)| at.contains(one));
                for (_, indicator) in indicators {
                    if let Treatment::Outliers { winsorise, .. } = &mut indicator.treat {
                        *winsorise = *points;
                    }
                }
            }
            Edit::Normalise(at, method) => {
                let indicators = plan.indicators.iter_mut().enumerate().filter(|(one, _)| at.contains(one));
                indicators.for_each(|(_, indicator)| indicator.normalise = method.clone());
            }
            Edit::Screen(screen) => plan.screen = Some(*screen),
            Edit::Weigh(at, source) => on_nodes(&mut plan, at, |rule| {
                if let Rule::Aggregate { weighting, weights, children, .. } = rule {
                    let stated =
                        source.stated(children).and_then(|shares| Weights::from_shares(&shares).ok());
                    if let Some(stated) = stated {
                        *weights = stated;
                    }
                    *weighting = source.clone();
                }
            }),
            Edit::Aggregate(at, mean) => on_nodes(&mut plan, at, |rule| {
                if let Rule::Aggregate { method, .. } = rule {
                    *method = mean.clone();
                }
            }),
            Edit::Missing(at, policy) => on_nodes(&mut plan, at, |rule| {
                if let Rule::Aggregate { missing, .. } = rule {
                    *missing = policy.clone();
                }
            }),
            Edit::LeaveOut(id) => return without(&plan, id),
            Edit::Declared | Edit::Weights(_) | Edit::Factors(_) => {}
        }
        Some(plan)
    }
}

fn on_nodes(plan: &mut Plan, at: &[usize], mut edit: impl FnMut(&mut Rule)) {
    let nodes = plan.nodes.iter_mut().enumerate().filter(|(one, _)| at.contains(one));
    nodes.for_each(|(_, node)| edit(&mut node.rule));
}

/// The plan without an indicator or node: its siblings share its weight. A parent
/// that loses its last child goes too. `None` if the index goes, or a formula
/// that counts reads what goes.
pub(super) fn without(plan: &Plan, id: &Id) -> Option<Plan> {
    let mut plan = plan.clone();
    let mut gone = vec![id.clone()];
    while let Some(id) = gone.pop() {
        if plan.index == id {
            return None;
        }
        plan.nodes.retain(|node| node.id != id);
        let mut emptied = Vec::new();
        for node in &mut plan.nodes {
            match &mut node.rule {
                Rule::Formula(formula) if formula.names().contains(&id) => emptied.push(node.id.clone()),
                Rule::Formula(_) => {}
                Rule::Aggregate { children, weights, overrides, .. } => {
                    let Some(at) = children.iter().position(|child| *child == id) else { continue };
                    children.remove(at);
                    let left = |weights: &Weights| {
                        let kept = weights.as_slice().iter().enumerate().filter(|(one, _)| *one != at);
                        Weights::from_shares(&kept.map(|(_, weight)| *weight).collect::<Vec<_>>()).ok()
                    };
                    match left(weights) {
                        Some(kept) => {
                            *weights = kept;
                            overrides.retain_mut(|one| {
                                left(&one.weights).map(|kept| one.weights = kept).is_some()
                            });
                        }
                        None => emptied.push(node.id.clone()),
                    }
                }
            }
        }
        gone.extend(emptied);
    }
    Some(plan)
}
