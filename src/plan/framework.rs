use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::{Direction, Id};

use super::{
    Aggregation, ContextSpec, Denominator, Effort, EvidenceKind, GroupWeights, Imputation, MissingPlan,
    Normalisation, Plan, RankPlan, RatingPlan, Reading, ScorePlan, ScreeningPlan, Theme, Treatment,
    WeightSet, Weighting,
};

/// An index framework: what is measured, how it becomes one score, and how the
/// score is ranked and rated. One TOML file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "benchline framework")]
pub struct Framework {
    /// What the index is called.
    pub name: Bilingual,
    /// Version of the definition.
    pub version: String,
    /// In one or two sentences, what the index measures.
    pub description: Bilingual,
    /// Who stands behind the method, and where it is published.
    pub source: Bilingual,
    /// What the scored units are called: `城市` / `cities`.
    pub units: Bilingual,
    /// The node whose score is the index.
    pub index: Id,
    /// Which units have enough data; left out, all are assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<ScreeningPlan>,
    /// What stands in for missing values, unless an indicator says otherwise;
    /// left out, nothing.
    #[serde(default, skip_serializing_if = "Imputation::is_none")]
    pub impute: Imputation,
    /// What is done about outliers, unless an indicator says otherwise; left
    /// out, nothing.
    #[serde(default, skip_serializing_if = "Treatment::is_none")]
    pub treat: Treatment,
    /// What absent values do, unless a node says otherwise.
    pub missing: MissingPlan,
    /// How scores are rounded.
    pub score: ScorePlan,
    /// How scores are ranked.
    pub rank: RankPlan,
    /// How scores are rated; left out, they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingPlan>,
    /// How reports read the results.
    #[serde(default)]
    pub reading: Reading,
    /// Themes of improvement.
    #[serde(default, rename = "theme", skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// Kinds of evidence, with the bounds of their share in the index.
    #[serde(default, rename = "evidence", skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceKind>,
    /// The set of weights in use; left out, the stated weights are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_weights: Option<Id>,
    /// Sets of weights that can take the place of those stated.
    #[serde(default, rename = "weight_set", skip_serializing_if = "Vec::is_empty")]
    pub weight_sets: Vec<WeightSet>,
    /// Weights at one node for the units of one group.
    #[serde(default, rename = "group_weights", skip_serializing_if = "Vec::is_empty")]
    pub group_weights: Vec<GroupWeights>,
    /// Kinds of group that units belong to.
    #[serde(default, rename = "group", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// What is known about the units and not scored.
    #[serde(default, rename = "context", skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<ContextSpec>,
    /// The index, its dimensions and everything between them and the indicators.
    #[serde(rename = "node")]
    #[schemars(length(min = 1))]
    pub nodes: Vec<NodeSpec>,
    /// What is measured.
    #[serde(rename = "indicator")]
    #[schemars(length(min = 1))]
    pub indicators: Vec<IndicatorSpec>,
}

/// A node of the tree. It takes its score either from its children
/// (`aggregate`) or from a `formula`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NodeSpec {
    /// Id of the node, shared with no indicator.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// The node it counts towards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// Its share among its siblings, on any scale; equal shares if none of them
    /// states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// The mean that makes its score from its children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<Aggregation>,
    /// Where the weights of its children come from; left out, the children state
    /// them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighting: Option<Weighting>,
    /// The expression that makes its score: `+ - * / ^`, parentheses, `sqrt`,
    /// `ln`, `exp`, `abs`, `min`, `max`, `clamp(x, low, high)`, numbers, and the
    /// ids of indicators and nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// What absent children do here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingPlan>,
    /// Reported beside the index without counting towards it.
    #[serde(default)]
    pub companion: bool,
    /// What it covers, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Bilingual>,
}

/// Something measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    /// Id of the indicator; a data column of this name holds it.
    pub id: Id,
    /// What it is called; a data column of either name holds it too.
    pub name: Bilingual,
    /// The node it counts towards; left out, only formulas use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// Its share among its siblings, on any scale; equal shares if none of them
    /// states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Which way is better.
    pub direction: Direction,
    /// Unit of measure.
    pub measure: Bilingual,
    /// What its values are divided by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominate: Option<Denominator>,
    /// What stands in for its missing values; left out, what the framework says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impute: Option<Imputation>,
    /// What is done about its outliers; left out, what the framework says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treat: Option<Treatment>,
    /// How it gets onto the common scale.
    pub normalise: Normalisation,
    /// The value that a standard or a good practice asks for; its source stands
    /// in `source`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<f64>,
    /// The theme of improvement that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Id>,
    /// The kind of evidence that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Id>,
    /// Values outside are findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<ValueRange>,
    /// What exactly is counted or measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Bilingual>,
    /// What a rate counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<Bilingual>,
    /// What a rate is counted over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Bilingual>,
    /// Where its values or its goalposts come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Bilingual>,
    /// How much an improvement takes: `low`, `medium` or `high`. The way to the
    /// next rating begins with what gains most for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<Effort>,
}

/// The values that can be true, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueRange {
    /// Smallest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

/// A kind of group: region, size, operating model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Id of the group.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// Its members, in the order to show them.
    #[serde(rename = "member")]
    #[schemars(length(min = 1))]
    pub members: Vec<GroupMember>,
}

/// One member of a kind of group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupMember {
    /// Id, as the registry of units writes it.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// What it is called where there is little room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Bilingual>,
    /// Row and column, from 1, of its tile on a schematic map of the members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(inner(range(min = 1)))]
    pub tile: Option<[u8; 2]>,
    /// Shown on the map although no unit of it takes part: 未纳入评估.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub out_of_scope: bool,
}

impl GroupMember {
    /// Its short name, or its name if it has none.
    pub fn short(&self) -> &Bilingual {
        self.short.as_ref().unwrap_or(&self.name)
    }
}

impl Framework {
    /// The name of an indicator or node.
    pub fn name_of(&self, id: &Id) -> Option<&Bilingual> {
        let nodes = self.nodes.iter().map(|node| (&node.id, &node.name));
        let indicators = self.indicators.iter().map(|indicator| (&indicator.id, &indicator.name));
        nodes.chain(indicators).find(|(known, _)| *known == id).map(|(_, name)| name)
    }

    /// The share in the index of a kind of evidence, in per cent: the sum of the
    /// effective weights of its indicators.
    pub fn evidence_share(&self, kind: &Id, plan: &Plan) -> f64 {
        let weights = plan.effective_weights();
        let of_kind = self.indicators.iter().filter(|one| one.evidence.as_ref() == Some(kind));
        100.0 * of_kind.filter_map(|indicator| weights.get(&indicator.id)).sum::<f64>()
    }

    /// The context variable `id`.
    pub fn context_variable(&self, id: &Id) -> Option<&ContextSpec> {
        self.contexts.iter().find(|variable| variable.id == *id)
    }

    /// The indicator `id`.
    pub fn indicator(&self, id: &Id) -> Option<&IndicatorSpec> {
        self.indicators.iter().find(|indicator| indicator.id == *id)
    }
}
