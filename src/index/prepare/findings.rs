//! What the stages refuse and what they want to be known.

use super::impute::Unfit;
use super::{Marks, Prepared};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;
use crate::plan::{IndicatorPlan, Plan};
use crate::validate::IndexInput;

/// Most units that a note lists.
const MOST_LISTED: usize = 5;

/// A model that cannot be fitted.
pub(super) fn unfit(input: &IndexInput, indicator: &IndicatorPlan, unfit: Unfit) -> Findings {
    let (zh, en) = when(input, unfit.period);
    let (id, complete) = (&indicator.id, unfit.complete);
    let mut findings = Findings::new();
    findings.push(Finding::new(
        Code::ImputationFails,
        bilingual!(
            "指标“{id}”无法用模型填补：{zh}资料齐全的单位有 {complete} 个，不足以估计，或所用指标线性相关",
            "the indicator `{id}` cannot be filled in by a model: {complete} units have all values {en}, too few to fit it, or the indicators are collinear"
        ),
        bilingual!(
            "减少所用的指标，或改用 `median`",
            "use fewer indicators, or use `median` instead"
        ),
    )
    .about(["indicator", id.as_str(), "impute"]));
    findings
}

/// The rows that a logarithm cannot take.
pub(super) fn untreatable(input: &IndexInput, indicator: &IndicatorPlan, rows: &[usize]) -> Findings {
    let position = input.indicators().iter().position(|id| *id == indicator.id);
    let id = &indicator.id;
    let mut findings = Findings::new();
    findings.extend(rows.iter().map(|row| {
        let (unit, period) = input.named(*row);
        let observation = position.map(|at| input.observation(at, *row));
        let finding = Finding::new(
            Code::OutsideDomain,
            bilingual!(
                "{unit} 在 {period} 期的“{id}”不能取对数：不是正数，或超出可表示的范围",
                "`{id}` of {unit} in {period} has no logarithm: it is not positive, or beyond the range of numbers"
            ),
            bilingual!(
                "更正数值，或改用 `transform = \"log-ct\"`，它不要求正数",
                "correct the value, or use `transform = \"log-ct\"`, which takes any value"
            ),
        );
        match observation.and_then(|observation| observation.origin) {
            Some(origin) => finding.at(input.place(origin)),
            None => finding,
        }
    }));
    findings
}

fn when(input: &IndexInput, period: Option<usize>) -> (String, String) {
    match period.and_then(|at| input.panel().periods().get(at)) {
        Some(period) => (format!("{period} 期"), format!("in {period}")),
        None => ("各期合计".to_owned(), "over all periods".to_owned()),
    }
}

impl Prepared {
    /// Notes what could not be filled in and which transforms were dropped, in
    /// the edition and over all periods.
    pub fn note(&self, plan: &Plan, input: &IndexInput, findings: &mut Findings) {
        for (indicator, marks) in plan.indicators.iter().zip(&self.marks) {
            findings.extend(lacking(input, &indicator.id, marks));
            let of_edition = |period: Option<usize>| period.is_none_or(|period| period == input.edition());
            let dropped = marks.treatments.iter().filter(|record| of_edition(record.period));
            findings.extend(dropped.filter_map(|record| {
                record.dropped?;
                Some(dropped_transform(input, &indicator.id, record.period, record.before.skewness))
            }));
        }
    }
}

fn lacking(input: &IndexInput, id: &Id, marks: &Marks) -> Option<Finding> {
    let edition = input.panel().rows_of(input.edition());
    let units: Vec<String> =
        marks.lacking.iter().filter(|row| edition.contains(row)).map(|row| input.named(*row).0).collect();
    if units.is_empty() {
        return None;
    }
    let count = units.len();
    let dots = if count > MOST_LISTED { "…" } else { "" };
    let list = units.into_iter().take(MOST_LISTED).collect::<Vec<_>>().join(", ") + dots;
    Some(Finding::new(
        Code::NotImputed,
        bilingual!(
            "指标“{id}”有 {count} 个单位的缺失值无法填补（{list}），按缺失值办法处理",
            "missing values of the indicator `{id}` could not be filled in ({count}: {list}); the policy for missing values applies"
        ),
        bilingual!("补上数据，或换一种填补办法", "add the data, or choose another way of filling in"),
    )
    .about(["indicator", id.as_str(), "impute"]))
}

fn dropped_transform(input: &IndexInput, id: &Id, period: Option<usize>, skewness: Option<f64>) -> Finding {
    let (zh, en) = when(input, period);
    let skewness = skewness.unwrap_or_default();
    Finding::new(
        Code::TransformDropped,
        bilingual!(
            "指标“{id}”（{zh}，偏度 {skewness:.2}）变换后离群更甚，故不变换，保留原值",
            "a transform would make the tail of the indicator `{id}` ({en}, skewness {skewness:.2}) longer; it is dropped and the values stay as they were"
        ),
        bilingual!(
            "偏度为负时用 `transform = \"log-ct-plus\"`，或提高 `winsorise`",
            "where the skewness is negative use `transform = \"log-ct-plus\"`, or raise `winsorise`"
        ),
    )
    .about(["indicator", id.as_str(), "treat"])
}
