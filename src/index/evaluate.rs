use std::collections::BTreeSet;
use std::sync::Arc;

use super::aggregate::{Ground, NodeResult, NodeScores, aggregate_with};
use super::cache::Cache;
use super::domain::OutsideDomain;
use super::normalise::{Normalisable, normalise_with};
use super::prepare::{Caches, Prepared, prepare_with};
use super::rank::{Outcome, outcomes};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::model::{Column, Id, Matrix, Normalised, Origin, Role};
use crate::plan::Plan;
use crate::validate::IndexInput;

/// Everything computed by one plan on one input. Rows are those of the input's
/// panel.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// What was run, with the weights that data gave.
    pub plan: Plan,
    /// The indicators before normalisation, and what was done to them.
    pub prepared: Prepared,
    /// The indicators on the common scale, in the order of the plan.
    pub normalised: Matrix<Normalised>,
    /// The scores of the nodes.
    pub nodes: NodeScores,
    /// The index, row by row.
    pub outcomes: Vec<Outcome>,
}

/// Runs a plan on an input. Values that a method cannot take are findings that
/// name every such cell.
pub fn evaluate(input: &IndexInput, plan: &Plan) -> Result<Evaluation, Findings> {
    Evaluator::new(input).evaluate(plan)
}

/// Runs many plans on one input. Whatever two plans have in common is computed
/// once.
#[derive(Debug)]
pub struct Evaluator<'a> {
    input: &'a IndexInput,
    prepared: Caches,
    indicators: Cache<Normalisable>,
    nodes: Cache<NodeResult>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator of plans on `input`.
    pub fn new(input: &'a IndexInput) -> Self {
        Self { input, prepared: Caches::default(), indicators: Cache::default(), nodes: Cache::default() }
    }

    /// Runs one plan, as [`evaluate`] does.
    pub fn evaluate(&self, plan: &Plan) -> Result<Evaluation, Findings> {
        let (prepared, keys) = prepare_with(self.input, plan, &self.prepared)?;
        let treated = (&prepared.treated, keys.as_slice());
        let (normalised, keys) = normalise_with(self.input, plan, treated, &self.indicators)?;
        let ground = Ground::of(self.input.panel(), self.input.edition());
        let nodes = aggregate_with(&normalised, &keys, plan, &ground, &self.nodes);
        let mut findings: Findings = self.outside_domain(&nodes.outside, plan);
        findings.extend(nodes.unweighable.iter().map(|(node, problem)| unweighable(node, problem)));
        if findings.has_errors() {
            return Err(findings);
        }
        if !nodes.columns.contains_key(&plan.index) {
            return Err(no_index(&plan.index));
        }
        let plan = plan.with_weights(&nodes.weights);
        let mut evaluation = Evaluation { plan, prepared, normalised, nodes, outcomes: Vec::new() };
        evaluation.outcomes = outcomes(self.input, &evaluation)?;
        Ok(evaluation)
    }

    /// The stages before aggregation alone.
    pub(crate) fn normalised(&self, plan: &Plan) -> Result<(Prepared, Matrix<Normalised>), Findings> {
        let (prepared, keys) = prepare_with(self.input, plan, &self.prepared)?;
        let treated = (&prepared.treated, keys.as_slice());
        let (normalised, _) = normalise_with(self.input, plan, treated, &self.indicators)?;
        Ok((prepared, normalised))
    }

    /// How many different columns on the common scale were computed so far.
    pub(crate) fn scales_computed(&self) -> usize {
        self.indicators.len()
    }

    /// How many different columns were computed so far.
    pub fn computed(&self) -> usize {
        self.prepared.len() + self.indicators.len() + self.nodes.len()
    }

    fn outside_domain(&self, outside: &[OutsideDomain], plan: &Plan) -> Findings {
        let mut findings = Findings::new();
        findings.extend(outside.iter().map(|fault| {
            let (code, period) = self.input.named(fault.row);
            let panel = self.input.panel();
            let unit = panel.units().get(panel.row(fault.row).unit);
            let (name_zh, name_en) = unit.map_or(("", ""), |unit| (&unit.name.zh, &unit.name.en));
            let node = &fault.node;
            let (zh, en) = (&fault.problem.zh, &fault.problem.en);
            let help = match fault.input {
                Some(_) => bilingual!(
                    "更正数值，或在框架中换一种汇总办法或目标值",
                    "correct the value, or choose another mean or other goalposts in the framework"
                ),
                None => bilingual!("更正数值或公式", "correct the values or the formula"),
            };
            let finding = Finding::new(
                Code::OutsideDomain,
                bilingual!(
                    "无法计算{name_zh}（{code}）在 {period} 期的“{node}”：{zh}",
                    "`{node}` of {name_en} ({code}) in {period} cannot be computed: {en}"
                ),
                help,
            );
            match self.origin_of(fault, plan) {
                Some(origin) => finding.at(self.input.place(origin)),
                None => finding,
            }
        }));
        findings
    }

    /// The cell that a node cannot take; of a formula, the first that it reads.
    fn origin_of(&self, fault: &OutsideDomain, plan: &Plan) -> Option<Origin> {
        let read = plan.node(&fault.node).map_or(&[][..], |node| node.inputs());
        let inputs = fault.input.as_ref().map_or(read, std::slice::from_ref);
        inputs.iter().find_map(|input| {
            let indicator = self.input.indicators().iter().position(|id| id == input)?;
            self.input.observation(indicator, fault.row).origin
        })
    }
}

fn no_index(index: &Id) -> Findings {
    let mut findings = Findings::new();
    findings.push(Finding::new(
        Code::UnknownReference,
        bilingual!("方案中没有总指数节点“{index}”", "the plan has no index node `{index}`"),
        bilingual!("把它加进方案", "add it to the plan"),
    ));
    findings
}

fn unweighable(node: &Id, problem: &Bilingual) -> Finding {
    let (zh, en) = (&problem.zh, &problem.en);
    Finding::new(
        Code::NoWeights,
        bilingual!("数据给不出“{node}”下级的权重：{zh}", "the data give no weights under `{node}`: {en}"),
        bilingual!(
            "换一种 `weighting`，或去掉有问题的下级",
            "choose another `weighting`, or take the child at fault out"
        ),
    )
    .about(["node", node.as_str(), "weighting"])
}

fn nobody_assessed(period: &str, lacking: &str) -> Finding {
    let message = match lacking {
        "" => bilingual!("{period} 期没有参评单位", "there is no ranked unit in {period}"),
        _ => bilingual!(
            "{period} 期没有一个参评单位有得分，缺少：{lacking}",
            "not one ranked unit has a score in {period}; they lack {lacking}"
        ),
    };
    Finding::new(
        Code::NobodyAssessed,
        message,
        bilingual!("检查数据和缺失值办法", "check the data and the policy for missing values"),
    )
}

impl Evaluation {
    /// The column of a node or of a normalised indicator.
    pub fn column(&self, id: &Id) -> Option<&Arc<Column>> {
        let indicator = || self.plan.indicators.iter().position(|indicator| indicator.id == *id);
        self.nodes.columns.get(id).or_else(|| self.normalised.column(indicator()?))
    }

    /// The indicators for want of which a row has no value of `node`.
    pub fn wanting(&self, node: &Id, row: usize) -> BTreeSet<Id> {
        let mut wanting = BTreeSet::new();
        let has_value = |id: &Id| self.column(id).is_some_and(|column| column.value(row).is_some());
        let (mut open, mut seen) = (vec![node], BTreeSet::new());
        while let Some(id) = open.pop() {
            if !seen.insert(id) || has_value(id) {
                continue;
            }
            match self.plan.node(id) {
                Some(node) => open.extend(node.inputs()),
                None => {
                    wanting.insert(id.clone());
                }
            }
        }
        wanting
    }

    /// Notes every ranked unit without a score in the edition, with what it
    /// lacks; an edition in which no unit has one is an error.
    pub fn note_unassessed(&self, input: &IndexInput, findings: &mut Findings) {
        let units = input.panel().units();
        let start = input.panel().rows_of(input.edition()).start;
        let unassessed = self.unassessed(input, input.edition());
        let wanting = |unit: usize| self.wanting(&self.plan.index, start + unit);
        let listed = |ids: &BTreeSet<Id>| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
        let ranked = units.iter().filter(|unit| unit.role == Role::Ranked).count();
        if unassessed.len() == ranked {
            let list = listed(&unassessed.iter().flat_map(|unit| wanting(*unit)).collect());
            let period = input.panel().periods().get(input.edition()).map_or("", |period| period.as_str());
            findings.push(nobody_assessed(period, &list));
            return;
        }
        findings.extend(unassessed.iter().filter_map(|unit| {
            let shortfall = self.prepared.shortfall(start + *unit);
            let list = listed(&wanting(*unit));
            let unit = units.get(*unit)?;
            let (code, zh, en) = (&unit.code, &unit.name.zh, &unit.name.en);
            let note = Finding::new(
                Code::NotAssessed,
                match shortfall {
                    Some(shortfall) => shortfall.message(unit),
                    None => bilingual!(
                        "{zh}（{code}）未评估，缺少：{list}",
                        "{en} ({code}) is not assessed; it lacks {list}"
                    ),
                },
                bilingual!(
                    "补上数据；否则报告列为“未评估”",
                    "add the data; otherwise the report lists it as not assessed"
                ),
            );
            Some(match input.unit_place(code) {
                Some(place) => note.at(place),
                None => note,
            })
        }));
    }

    /// The ranked units without a score in a period, by position.
    pub fn unassessed(&self, input: &IndexInput, period: usize) -> Vec<usize> {
        let rows = input.panel().rows_of(period);
        let without =
            rows.filter(|row| self.outcomes.get(*row).is_none_or(|outcome| outcome.score.is_none()));
        without
            .map(|row| input.panel().row(row).unit)
            .filter(|unit| input.panel().units().get(*unit).is_some_and(|unit| unit.role == Role::Ranked))
            .collect()
    }
}
