//! What a scale cannot take, in words.

use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::plan::{IndicatorPlan, Pool};
use crate::validate::IndexInput;

/// Why an indicator cannot be normalised.
#[derive(Clone, Debug)]
pub(in crate::index) enum Refusal {
    /// It does not vary in a pool.
    Constant(ConstantIn),
    /// The result is beyond the range of numbers in a row.
    NotFinite(usize),
    /// A logarithm is asked for where the values of these rows are zero or less.
    NoLogarithm(Vec<usize>),
    /// There is no distance to measure by in the pool whose first row it is.
    NoDistance(usize, Distance),
    /// The values of these rows are no category.
    UnknownCategory(Vec<usize>),
}

/// The pool in which an indicator does not vary.
#[derive(Clone, Debug)]
pub(in crate::index) struct ConstantIn {
    /// A row of the pool.
    pub(super) row: usize,
    /// How many values the pool has.
    pub(super) values: usize,
    pub(super) over: Pool,
}

/// A distance that cannot be measured by.
#[derive(Clone, Debug)]
pub(in crate::index) enum Distance {
    /// To the value of a unit.
    ToUnit(String),
    /// To a target.
    ToTarget(f64),
    /// From zero to the largest value.
    OfMax(f64),
}

impl Refusal {
    /// The findings that tell it, at the cells that are to blame.
    pub(super) fn findings(&self, input: &IndexInput, indicator: &IndicatorPlan) -> Findings {
        let mut findings = Findings::new();
        let at = |row: usize, finding: Finding| placed(input, indicator, row, finding);
        match self {
            Refusal::Constant(constant) => {
                findings.push(at(constant.row, constant_finding(input, indicator, constant)));
            }
            Refusal::NotFinite(row) => findings.push(at(*row, not_finite(input, indicator, *row))),
            Refusal::NoLogarithm(rows) => {
                findings.extend(rows.iter().map(|row| at(*row, no_logarithm(input, indicator, *row))));
            }
            Refusal::NoDistance(row, distance) => {
                findings.push(no_distance(input, indicator, *row, distance));
            }
            Refusal::UnknownCategory(rows) => {
                findings.extend(rows.iter().map(|row| at(*row, unknown_category(input, indicator, *row))));
            }
        }
        findings
    }
}

fn observation(
    input: &IndexInput,
    indicator: &IndicatorPlan,
    row: usize,
) -> Option<crate::model::Observation> {
    let position = input.indicators().iter().position(|id| *id == indicator.id)?;
    Some(input.observation(position, row))
}

fn placed(input: &IndexInput, indicator: &IndicatorPlan, row: usize, finding: Finding) -> Finding {
    match observation(input, indicator, row).and_then(|observation| observation.origin) {
        Some(origin) => finding.at(input.place(origin)),
        None => finding,
    }
}

fn constant_finding(input: &IndexInput, indicator: &IndicatorPlan, constant: &ConstantIn) -> Finding {
    let (unit, period) = input.named(constant.row);
    let id = &indicator.id;
    let observation = observation(input, indicator, constant.row);
    let value = observation.and_then(|observation| observation.cell.value()).unwrap_or_default();
    let (zh, en) = match constant.over {
        Pool::Period => (format!("在 {period} 期"), format!("in {period}")),
        Pool::AllPeriods => ("在各期".to_owned(), "in all periods".to_owned()),
    };
    let message = match constant.values {
        1 => bilingual!(
            "指标“{id}”{zh}只有一个单位（{unit}）有数值，没有差别，无法按离散程度标准化",
            "only one unit ({unit}) has a value of the indicator `{id}` {en}; it does not vary, so it cannot be normalised by its spread"
        ),
        _ => bilingual!(
            "指标“{id}”{zh}所有参评单位都是 {value}，没有差别，无法按离散程度标准化",
            "the indicator `{id}` is {value} for every ranked unit {en}; it does not vary, so it cannot be normalised by its spread"
        ),
    };
    Finding::new(
        Code::ConstantIndicator,
        message,
        bilingual!(
            "改用固定目标值（`goalposts`），或删去该指标",
            "use fixed `goalposts`, or take the indicator out"
        ),
    )
}

fn not_finite(input: &IndexInput, indicator: &IndicatorPlan, row: usize) -> Finding {
    let (unit, period) = input.named(row);
    let id = &indicator.id;
    Finding::new(
        Code::OutsideDomain,
        bilingual!(
            "指标“{id}”在 {period} 期的数值过大或过小（{unit}），无法标准化",
            "values of the indicator `{id}` in {period} are too large or too small to be normalised ({unit})"
        ),
        bilingual!("核对数值，或换一个计量单位", "check the values, or use another unit of measure"),
    )
}

fn no_logarithm(input: &IndexInput, indicator: &IndicatorPlan, row: usize) -> Finding {
    let (unit, period) = input.named(row);
    let id = &indicator.id;
    Finding::new(
        Code::OutsideDomain,
        bilingual!(
            "{unit} 在 {period} 期的“{id}”不是正数，不能取对数",
            "`{id}` of {unit} in {period} is not positive and has no logarithm"
        ),
        bilingual!("更正数值，或用 `curve = \"linear\"`", "correct the values, or use `curve = \"linear\"`"),
    )
}

fn no_distance(input: &IndexInput, indicator: &IndicatorPlan, row: usize, distance: &Distance) -> Finding {
    let (_, period) = input.named(row);
    let id = &indicator.id;
    let (message, help): (Bilingual, Bilingual) = match distance {
        Distance::ToUnit(unit) => {
            let unit = shown(unit);
            (
                bilingual!(
                    "指标“{id}”在 {period} 期无法与单位“{unit}”比较：它不在名录中、没有数值，或并不好于最差值",
                    "the indicator `{id}` cannot be measured against the unit `{unit}` in {period}: it is not in the registry, has no value, or is no better than the worst"
                ),
                bilingual!("换一个有数值的参照单位", "name a reference unit that has a value"),
            )
        }
        Distance::ToTarget(target) => (
            bilingual!(
                "指标“{id}”的目标 {target} 在 {period} 期并不好于最差值，没有距离可量",
                "the target {target} of the indicator `{id}` is no better than the worst value in {period}; there is no distance to measure"
            ),
            bilingual!("更正 `target`，或改用 `goalposts`", "correct `target`, or use `goalposts`"),
        ),
        Distance::OfMax(high) => (
            bilingual!(
                "指标“{id}”在 {period} 期的最大值为 {high}，不能作分母",
                "the largest value of the indicator `{id}` in {period} is {high}, and nothing can be a share of it"
            ),
            bilingual!("改用 `min-max`", "use `min-max`"),
        ),
    };
    Finding::new(Code::NoDistance, message, help).about(["indicator", id.as_str(), "normalise"])
}

fn unknown_category(input: &IndexInput, indicator: &IndicatorPlan, row: usize) -> Finding {
    let (unit, period) = input.named(row);
    let id = &indicator.id;
    let value = observation(input, indicator, row).and_then(|found| found.cell.value()).unwrap_or_default();
    Finding::new(
        Code::UnknownCategory,
        bilingual!(
            "{unit} 在 {period} 期的“{id}”为 {value}，不是所列类别",
            "`{id}` of {unit} in {period} is {value}, which is none of the categories"
        ),
        bilingual!("更正数值，或在 `categories` 中加上它", "correct the value, or add it to `categories`"),
    )
}
