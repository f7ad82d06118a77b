use serde::Serialize;

/// How it was done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Method {
    /// Heading.
    pub title: String,
    /// Paragraph under it.
    pub lead: String,
    /// The framework from the index down.
    pub tree: Vec<TreeNode>,
    /// What was run.
    pub steps: Vec<MethodStep>,
    /// Rules of nodes outside the index.
    pub formulas: Vec<FormulaView>,
    /// What is measured.
    pub indicators: Vec<IndicatorView>,
}

/// A node of the framework tree, in pre-order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeNode {
    /// Levels below the root.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// Its weight in the index.
    pub weight_text: Option<String>,
    /// How its score is made.
    pub rule_text: Option<String>,
    /// `index`, `node`, `indicator` or `companion`.
    pub kind: &'static str,
}

/// A step of the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodStep {
    /// What it does.
    pub title: String,
    /// With which choices.
    pub text: String,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FormulaView {
    /// The node.
    pub name: String,
    /// The rule.
    pub text: String,
}

/// An indicator's definition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorView {
    /// Its name.
    pub name: String,
    /// Unit of measure.
    pub measure: String,
    /// What is measured.
    pub definition: Option<String>,
    /// How it gets onto the common scale.
    pub normalisation: String,
    /// Which way is better.
    pub direction_text: String,
    /// Its weight in the index.
    pub weight_text: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Units with a value, of all ranked.
    pub coverage_text: String,
}
