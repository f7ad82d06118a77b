use super::bundle::{Bundle, BundleUnit, GroupMedian, Quantile, Spread};
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::digest::sha256;
use crate::index::{Evaluation, Evaluator, Outcome, SmallCells};
use crate::model::{Id, Role};
use crate::numeric::{mean, median, quantile};
use crate::plan::{Audience, Normalisation, Weighting};
use crate::validate::IndexInput;

/// The quantiles that a bundle gives.
const QUANTILES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// How many units are scored alone, to see that their scores are their own.
const TRIED: usize = 12;

/// The bundle of an edition, without the medians of the members that `small_cells`
/// withholds from the public. A method by which a unit's score depends on the
/// data of others gives none: each such choice is a finding.
pub fn build(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    input: &IndexInput,
    evaluation: &Evaluation,
    small_cells: &SmallCells,
    tool: String,
    findings: &mut Findings,
) -> Option<Bundle> {
    let mut driven = data_driven(framework, evaluation);
    driven.extend(experts_apart(framework));
    if driven.has_errors() {
        findings.append(driven);
        return None;
    }
    let rates_alone = scores_alone(project, input, evaluation, findings)?;
    let project = &project.project;
    let least = project.policy.disclosure(Audience::Public).small_cells;
    let scope = Scope { input, evaluation, small_cells, least };
    let plan = &evaluation.plan;
    let nodes = plan.nodes.iter().rev().map(|node| &node.id);
    let scored = nodes.chain(input.indicators());
    let values = input.indicators().iter().enumerate();
    Some(Bundle {
        schema: Bundle::SCHEMA.to_owned(),
        sha256: String::new(),
        tool,
        title: project.title.clone(),
        publisher: project.publisher.clone(),
        attribution: project.attribution.clone(),
        edition: project.edition.clone(),
        date: project.date.clone(),
        synthetic: project.synthetic,
        framework: framework.document.file().text.to_string(),
        plan_sha256: sha256(&serde_json::to_vec(plan).unwrap_or_default()),
        unit_column: project.data.first().map_or("code", |data| &data.unit).to_owned(),
        columns: project.data.iter().flat_map(|data| data.columns.clone()).collect(),
        missing: words(project.data.iter().flat_map(|data| &data.missing)),
        not_applicable: words(project.data.iter().flat_map(|data| &data.not_applicable)),
        rates_alone,
        units: units(input),
        scores: scored.map(|id| scope.scores(id)).collect(),
        values: values.map(|(at, id)| scope.values(id, at)).collect(),
    })
}

/// A finding for each indicator whose scores come from the data of all units.
fn data_driven(framework: &FrameworkDefinition, evaluation: &Evaluation) -> Findings {
    let mut findings = Findings::new();
    for planned in &evaluation.plan.indicators {
        let alone = matches!(
            planned.normalise,
            Normalisation::None | Normalisation::Goalposts { .. } | Normalisation::Steps { .. }
        );
        if alone {
            continue;
        }
        let id = &planned.id;
        let specs = &framework.framework.indicators;
        let at = specs.iter().position(|spec| spec.id == *id).unwrap_or_default();
        findings.push(
            Finding::new(
                Code::DependsOnOthers,
                bilingual!(
                    "指标“{id}”的换算取决于所有单位的数据，单个单位无法据此自测",
                    "the scale of `{id}` comes from the data of all units, so no unit can score itself"
                ),
                bilingual!(
                    "改用固定目标值（`goalposts`）或分档（`steps`）",
                    "use fixed `goalposts` or `steps`"
                ),
            )
            .at(framework.document.place(&["indicator".into(), at.into(), "normalise".into()])),
        );
    }
    findings
}

/// A finding for each node whose experts stand in a table, which a bundle does
/// not carry.
fn experts_apart(framework: &FrameworkDefinition) -> Vec<Finding> {
    let nodes = framework.framework.nodes.iter().enumerate();
    let apart =
        nodes.filter(|(_, node)| matches!(&node.weighting, Some(Weighting::Budget { sheet: Some(_), .. })));
    apart
        .map(|(at, node)| {
            let id = &node.id;
            Finding::new(
                Code::DependsOnOthers,
                bilingual!(
                    "“{id}”的权重来自专家表，参照包里没有这张表",
                    "the weights of `{id}` come from a table of experts, which a bundle does not carry"
                ),
                bilingual!(
                    "把分数写进框架：`of` 与 `experts`",
                    "write the points into the framework: `of` and `experts`"
                ),
            )
            .at(framework.document.place(&["node".into(), at.into(), "weighting".into()]))
        })
        .collect()
}

/// Scores some units by their own data alone. `None`, with a finding, if that
/// changes a score; else whether ratings stay as they are too.
fn scores_alone(
    project: &ProjectDefinition,
    input: &IndexInput,
    evaluation: &Evaluation,
    findings: &mut Findings,
) -> Option<bool> {
    let start = input.panel().rows_of(input.edition()).start;
    let outcome = |evaluation: &Evaluation, unit: usize| -> Outcome {
        evaluation.outcomes.get(start + unit).copied().unwrap_or_default()
    };
    let scored: Vec<usize> =
        (0..input.panel().units().len()).filter(|unit| outcome(evaluation, *unit).score.is_some()).collect();
    let step = scored.len().div_ceil(TRIED).max(1);
    let mut rates_alone = true;
    for unit in scored.into_iter().step_by(step) {
        let own = input.only(unit);
        let alone = Evaluator::new(&own).evaluate(&evaluation.plan);
        let alone = alone.map(|alone| outcome(&alone, unit)).unwrap_or_default();
        let together = outcome(evaluation, unit);
        if alone.score != together.score {
            findings.push(depends(input, unit).at(project.place(&["framework".into()])));
            return None;
        }
        rates_alone &= alone.band == together.band;
    }
    Some(rates_alone)
}

fn depends(input: &IndexInput, unit: usize) -> Finding {
    let unit = input.panel().units().get(unit);
    let (code, name) = unit
        .map_or((String::new(), Bilingual { zh: String::new(), en: String::new() }), |unit| {
            (unit.code.to_string(), unit.name.clone())
        });
    let Bilingual { zh, en } = name;
    Finding::new(
        Code::DependsOnOthers,
        bilingual!(
            "{zh}（{code}）只用自身数据算出的得分与全体计算时不同，单个单位无法自测",
            "the score of {en} ({code}) from its own data alone differs, so no unit can score itself"
        ),
        bilingual!(
            "在框架中去掉依赖全体数据的办法：插补、异常值处理、客观赋权",
            "take out of the framework what depends on all data: imputation, treatment of outliers, weights from data"
        ),
    )
}

fn words<'a>(all: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut words: Vec<String> = all.cloned().collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn units(input: &IndexInput) -> Vec<BundleUnit> {
    let ranked = input.panel().units().iter().filter(|unit| unit.role == Role::Ranked);
    ranked
        .map(|unit| BundleUnit {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            groups: unit.groups.iter().map(|(kind, member)| (kind.clone(), member.clone())).collect(),
        })
        .collect()
}

struct Scope<'a> {
    input: &'a IndexInput,
    evaluation: &'a Evaluation,
    small_cells: &'a SmallCells,
    least: usize,
}

impl Scope<'_> {
    /// The assessed units with their rows in the edition.
    fn assessed(&self) -> impl Iterator<Item = (usize, &crate::model::Unit)> {
        let start = self.input.panel().rows_of(self.input.edition()).start;
        let units = self.input.panel().units().iter().enumerate();
        let scored = move |row: usize| {
            self.evaluation.outcomes.get(row).is_some_and(|outcome| outcome.score.is_some())
        };
        units
            .map(move |(at, unit)| (start + at, unit))
            .filter(move |(row, unit)| unit.role == Role::Ranked && scored(*row))
    }

    fn scores(&self, id: &Id) -> Spread {
        let column = self.evaluation.column(id);
        self.spread(id, |row| column.and_then(|column| column.value(row)))
    }

    fn values(&self, id: &Id, indicator: usize) -> Spread {
        self.spread(id, |row| self.input.observation(indicator, row).cell.value())
    }

    fn spread(&self, id: &Id, value: impl Fn(usize) -> Option<f64>) -> Spread {
        let all: Vec<f64> = self.assessed().filter_map(|(row, _)| value(row)).collect();
        let enough = all.len() >= self.least;
        // Beyond a quantile there are as many units as a cell must have; no more than
        // half can be beyond the median.
        let tail = |p: f64| p == 0.5 || all.len() as f64 * p.min(1.0 - p) >= self.least as f64;
        let quantiles = QUANTILES.into_iter().filter(|p| enough && tail(*p));
        let quantiles = quantiles.filter_map(|p| Some(Quantile { p, value: quantile(&all, p)? }));
        Spread {
            id: id.clone(),
            n: all.len(),
            mean: mean(&all).filter(|_| enough),
            quantiles: quantiles.collect(),
            groups: self.medians(value),
        }
    }

    fn medians(&self, value: impl Fn(usize) -> Option<f64>) -> Vec<GroupMedian> {
        let mut members: Vec<(&Id, &Id)> = self.assessed().flat_map(|(_, unit)| &unit.groups).collect();
        members.sort();
        members.dedup();
        let median_of = |(group, member): (&Id, &Id)| {
            let own = self.assessed().filter(|(_, unit)| unit.groups.get(group) == Some(member));
            let values: Vec<f64> = own.filter_map(|(row, _)| value(row)).collect();
            let median = median(&values).filter(|_| values.len() >= self.least)?;
            Some(GroupMedian { group: group.clone(), member: member.clone(), n: values.len(), median })
        };
        let shown = |(group, member): &(&Id, &Id)| self.small_cells.withheld(group, Some(member)).is_none();
        members.into_iter().filter(shown).filter_map(median_of).collect()
    }
}
