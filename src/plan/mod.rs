//! Every method's parameters as plain, serialisable data.
//!
//! [`Framework`] and [`Project`] are what a person writes in TOML; their JSON
//! Schemas come from these types. A [`Plan`] is the part of a
//! framework that decides results: what [`evaluate`](crate::index::evaluate)
//! runs, what robustness analysis edits and what a report prints.

mod aggregation;
mod calls;
mod catalogue;
mod confirmation;
mod contest;
mod contest_documents;
mod context;
mod cross_check;
mod denominate;
mod evidence;
mod forms;
mod formula;
mod framework;
mod gate;
mod imputation;
mod insight;
mod long;
mod missing;
mod normalisation;
mod plausibility;
mod policy;
mod privacy;
mod project;
mod ranking;
mod rating;
mod reading;
mod robustness;
mod rubric;
mod scale;
mod schema;
mod screening;
mod treatment;
mod weighting;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde::Serialize;

use crate::model::{Direction, Id, Weights};

pub use aggregation::{Aggregation, Divisor, Penalty};
pub use calls::{CallFile, Reduction};
pub use catalogue::{MethodDoc, methods};
pub use confirmation::{ConfirmationHeads, ConfirmationKey, NoValue, Reply};
pub use contest::{ContestProject, Draw, Layout, LogFile, MarksFile, RoundFile, SheetFile};
pub use contest_documents::{BoardSpec, CertificateSpec, ContestOutput, FeedbackSpec, Recipient, SlidesSpec};
pub use context::{ContextSpec, Variable};
pub use cross_check::{CrossCheckPlan, CrossMethod, CrossOver};
pub use denominate::Denominator;
pub use evidence::EvidenceKind;
pub use forms::{DataFormKey, FormHeads, FormsPlan};
pub(crate) use forms::{escaped, unescaped};
pub use formula::{Expression, Formula, FormulaError, Function, Operator};
pub use framework::{Framework, Group, GroupMember, IndicatorSpec, NodeSpec, ValueRange};
pub use gate::{AbsentScore, Gate, Requirement};
pub use imputation::{Imputation, RowScope};
pub use insight::{Effort, InsightPlan, StrengthRule};
pub use long::LongColumns;
pub use missing::{MissingPlan, MissingPolicy};
pub use normalisation::Normalisation;
pub use plausibility::{
    AboveCheck, CeilingCheck, DenominatorCheck, HeapingCheck, IdenticalCheck, JumpCheck, PlausibilityPlan,
    SmallSampleCheck,
};
pub use policy::{Audience, Detail, Disclosure, Policy, PublicPolicy};
pub use privacy::{Personal, Privacy};
pub use project::{
    DataFile, GroupReports, Kind, Output, Project, PublishedFile, SampleColumns, UnitReports, UnitsFile,
};
pub use ranking::{Basis, RankPlan, ScorePlan};
pub use rating::{Band, Places, RatingPlan, RatingRule};
pub use reading::{FalseClosure, Reading, Theme};
pub use robustness::{RobustnessPlan, SobolPlan, Vary};
pub use rubric::{
    Absence, Absences, AbsentJudge, Advance, AtCut, Axis, Boundary, Centre, Constant, Criterion,
    CriterionKind, Individual, Limit, Operation, Panel, Part, Prefer, Prize, RankTies, Reference, Rubric,
    Scheme, ShareRounding, Sharing, SpreadRule, Stage, StageRound, StageScore, Term, Threshold, TieBreak,
};
pub use scale::{Category, Curve, Pool, ScoreRange, Step, WorstReference};
pub use schema::{contest_schema, framework_schema, project_schema, rubric_schema};
pub use screening::{Screen, ScreeningPlan};
pub use treatment::{KeepTransform, Transform, Treatment};
pub use weighting::{
    AhpWeights, Bounds, BudgetShare, Expert, ExpertSheet, GroupWeights, WeightOverride, WeightSet, Weighting,
    ahp_weights, budget_shares,
};

/// What is run on the data: every choice that can change a result, and nothing
/// that cannot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// The node whose score is the index.
    pub index: Id,
    /// Which units have enough data; left out, all are assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<ScreeningPlan>,
    /// How each indicator gets onto the common scale.
    pub indicators: Vec<IndicatorPlan>,
    /// The nodes, children before parents.
    pub nodes: Vec<NodePlan>,
    /// How scores are rounded.
    pub score: ScorePlan,
    /// How scores are ranked.
    pub rank: RankPlan,
    /// How scores are rated, if they are.
    pub rating: Option<RatingPlan>,
}

/// How one indicator gets onto the common scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorPlan {
    /// Which indicator.
    pub id: Id,
    /// Which way is better.
    pub direction: Direction,
    /// What it is divided by; left out, nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominate: Option<Denominator>,
    /// What stands in for missing values; left out, nothing.
    #[serde(skip_serializing_if = "Imputation::is_none")]
    pub impute: Imputation,
    /// What is done about outliers; left out, nothing.
    #[serde(skip_serializing_if = "Treatment::is_none")]
    pub treat: Treatment,
    /// The method.
    pub normalise: Normalisation,
}

/// How one node gets its score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodePlan {
    /// Which node.
    pub id: Id,
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
}

/// The rule by which a node gets its score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// A weighted mean of children.
    Aggregate {
        /// The kind of mean.
        method: Aggregation,
        /// Indicators and nodes, in the order of the framework.
        children: Vec<Id>,
        /// One weight per child; in the plan of an
        /// [`Evaluation`](crate::index::Evaluation) those that were run, also
        /// when data decide them.
        weights: Weights,
        /// Where the weights come from.
        #[serde(skip_serializing_if = "Weighting::is_given")]
        weighting: Weighting,
        /// Weights that take their place for some units.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        overrides: Vec<WeightOverride>,
        /// What absent children do.
        missing: MissingPlan,
    },
    /// An expression over indicators and nodes.
    Formula(Formula),
}

impl Plan {
    /// The weight in the index of everything that counts towards it: the product
    /// of the weights from the index down. Below a formula there are no weights.
    pub fn effective_weights(&self) -> HashMap<Id, f64> {
        let mut weights = HashMap::from([(self.index.clone(), 1.0)]);
        for node in self.nodes.iter().rev() {
            let Some(own) = weights.get(&node.id).copied() else { continue };
            if let Rule::Aggregate { children, weights: shares, .. } = &node.rule {
                let shares = children.iter().cloned().zip(shares.as_slice());
                weights.extend(shares.map(|(child, share)| (child, own * share)));
            }
        }
        weights
    }

    /// The same plan with these weights at these nodes.
    pub fn with_weights(&self, found: &IndexMap<Id, Weights>) -> Plan {
        let mut plan = self.clone();
        for node in &mut plan.nodes {
            if let (Rule::Aggregate { weights, .. }, Some(found)) = (&mut node.rule, found.get(&node.id)) {
                *weights = found.clone();
            }
        }
        plan
    }

    /// The indicators that `id` is made from, in the order of the plan.
    pub fn indicators_of(&self, id: &Id) -> Vec<&Id> {
        let (mut open, mut seen) = (vec![id], HashSet::new());
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(self.node(id).map_or(&[][..], NodePlan::inputs));
            }
        }
        self.indicators.iter().map(|indicator| &indicator.id).filter(|id| seen.contains(id)).collect()
    }

    /// The plan of the node `id`.
    pub fn node(&self, id: &Id) -> Option<&NodePlan> {
        self.nodes.iter().find(|node| node.id == *id)
    }
}

impl NodePlan {
    /// What the node reads, in the order it reads it.
    pub fn inputs(&self) -> &[Id] {
        match &self.rule {
            Rule::Aggregate { children, .. } => children,
            Rule::Formula(formula) => formula.names(),
        }
    }
}
