use serde::Serialize;

use super::bundle::{Bundle, BundleUnit, GroupMedian, Spread};
use super::request::Request;
use crate::diagnostics::Findings;
use crate::index::{Evaluation, Score, evaluate};
use crate::model::Id;

/// What a unit's own data give by the method of the edition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    /// The unit.
    pub unit: BundleUnit,
    /// Its score; none if too much is missing.
    pub score: Option<Score>,
    /// Position of its band, if that follows from its own data.
    pub band: Option<usize>,
    /// The next better band and how far its lower bound is.
    pub next: Option<(usize, f64)>,
    /// The nodes from the index down.
    pub nodes: Vec<NodeResult>,
    /// The indicators, those that cost most first.
    pub indicators: Vec<IndicatorResult>,
    /// The indicators for want of which there is no score.
    pub wanting: Vec<Id>,
}

/// The score of a node beside those of the edition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeResult {
    /// The node.
    pub id: Id,
    /// Its weight in the index.
    pub weight: Option<f64>,
    /// The score.
    pub score: Option<f64>,
    /// The median of the edition.
    pub median: Option<f64>,
    /// The medians of the unit's groups.
    pub groups: Vec<GroupMedian>,
    /// How many of the edition's quantiles the score reaches, of how many.
    pub reached: Option<(usize, usize)>,
}

/// An indicator beside those of the edition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorResult {
    /// Its value.
    pub value: Option<f64>,
    /// The median of the edition's values.
    pub median_value: Option<f64>,
    /// Its score beside those of the edition.
    #[serde(flatten)]
    pub result: NodeResult,
    /// What the distance to the median costs: weight times difference of scores,
    /// 0 at the median and above.
    pub cost: Option<f64>,
}

/// Scores the data of a request; one assessment for each unit that has any, in
/// order of code. What the method cannot take is a finding.
pub fn measure(bundle: &Bundle, request: &Request, findings: &mut Findings) -> Option<Vec<Assessment>> {
    let evaluation = match evaluate(&request.input, &request.framework.plan) {
        Ok(evaluation) => evaluation,
        Err(refused) => {
            findings.append(refused);
            return None;
        }
    };
    let scope = Scope { bundle, request, evaluation: &evaluation };
    let input = &request.input;
    let start = input.panel().rows_of(input.edition()).start;
    let has_data =
        |row: usize| (0..input.indicators().len()).any(|one| input.observation(one, row).origin.is_some());
    let units = input.panel().units().iter().enumerate().map(|(at, unit)| (start + at, unit));
    let with_data = units.filter(|(row, _)| has_data(*row));
    Some(
        with_data.filter_map(|(row, unit)| scope.assessment(bundle.unit(unit.code.as_str())?, row)).collect(),
    )
}

struct Scope<'a> {
    bundle: &'a Bundle,
    request: &'a Request,
    evaluation: &'a Evaluation,
}

impl Scope<'_> {
    fn assessment(&self, unit: &BundleUnit, row: usize) -> Option<Assessment> {
        let plan = &self.evaluation.plan;
        let outcome = self.evaluation.outcomes.get(row).copied()?;
        let band = outcome.band.filter(|_| self.bundle.rates_alone);
        let mut indicators: Vec<IndicatorResult> = (0..self.request.input.indicators().len())
            .filter_map(|indicator| self.indicator(unit, indicator, row))
            .collect();
        let cost = |result: &IndicatorResult| result.cost.unwrap_or(-1.0);
        indicators.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
        let wanting = match outcome.score {
            Some(_) => Vec::new(),
            None => self.evaluation.wanting(&plan.index, row).into_iter().collect(),
        };
        Some(Assessment {
            unit: unit.clone(),
            score: outcome.score,
            band,
            next: band.and_then(|band| self.next(band, outcome.score?)),
            nodes: plan.nodes.iter().rev().map(|node| self.result(unit, &node.id, row)).collect(),
            indicators,
            wanting,
        })
    }

    /// The band above and what is missing to its lower bound.
    fn next(&self, band: usize, score: Score) -> Option<(usize, f64)> {
        let above = band.checked_sub(1)?;
        let lower = self.evaluation.plan.rating.as_ref()?.bands.get(above)?.lower()?;
        let distance = lower - score.rounded;
        (distance >= 0.0).then_some((above, distance))
    }

    fn result(&self, unit: &BundleUnit, id: &Id, row: usize) -> NodeResult {
        let score = self.evaluation.column(id).and_then(|column| column.value(row));
        let spread = self.bundle.scores_of(id);
        let own = |median: &&GroupMedian| {
            unit.groups.iter().any(|(kind, member)| *kind == median.group && *member == median.member)
        };
        NodeResult {
            id: id.clone(),
            weight: self.evaluation.plan.effective_weights().get(id).copied(),
            score,
            median: spread.and_then(Spread::median),
            groups: spread.map_or(Vec::new(), |spread| spread.groups.iter().filter(own).cloned().collect()),
            reached: score.zip(spread).map(|(score, spread)| {
                let reached = spread.quantiles.iter().filter(|quantile| quantile.value <= score).count();
                (reached, spread.quantiles.len())
            }),
        }
    }

    fn indicator(&self, unit: &BundleUnit, indicator: usize, row: usize) -> Option<IndicatorResult> {
        let id = self.request.input.indicators().get(indicator)?;
        let result = self.result(unit, id, row);
        let cost = result.weight.zip(result.score).zip(result.median);
        Some(IndicatorResult {
            value: self.request.input.observation(indicator, row).cell.value(),
            median_value: self.bundle.values_of(id).and_then(Spread::median),
            cost: cost.map(|((weight, score), median)| (weight * (median - score)).max(0.0)),
            result,
        })
    }
}
