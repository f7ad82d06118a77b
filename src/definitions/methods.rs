use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Direction;
use crate::plan::{Curve, IndicatorSpec, Normalisation, Step as ScaleStep};

use super::document::{Document, Step};

/// Checks the parameters of an indicator's normalisation and its range; `at` is
/// the indicator's path.
pub(super) fn check(indicator: &IndicatorSpec, at: &[Step], document: &Document, findings: &mut Findings) {
    let normalise = [at, &[Step::from("normalise")]].concat();
    let mut report = |code, message, help| {
        findings.push(Finding::new(code, message, help).at(document.place(&normalise)));
    };
    match &indicator.normalise {
        Normalisation::Goalposts { low, high, .. } if low >= high => report(
            Code::BadGoalposts,
            bilingual!(
                "目标值下限 {low} 不小于上限 {high}",
                "the lower goalpost {low} is not below the upper {high}"
            ),
            bilingual!(
                "`low` 写较小的值；越低越好时也如此，方向由 `direction` 决定",
                "write the smaller value as `low`, also when lower is better: `direction` turns the scale"
            ),
        ),
        Normalisation::Goalposts { low, curve: Curve::Log, .. } if *low <= 0.0 => report(
            Code::BadGoalposts,
            bilingual!("对数目标值的下限 {low} 不是正数", "a logarithmic goalpost of {low} is not positive"),
            bilingual!(
                "写大于 0 的下限，或用 `curve = \"linear\"`",
                "write a lower goalpost above 0, or use `curve = \"linear\"`"
            ),
        ),
        Normalisation::Goalposts { scale, .. } | Normalisation::PercentileRank { scale, .. }
            if *scale <= 0.0 =>
        {
            report(
                Code::BadGoalposts,
                bilingual!("满分 {scale} 不是正数", "full marks of {scale} are not positive"),
                bilingual!("写 `scale = 100` 或 `scale = 1`", "write `scale = 100` or `scale = 1`"),
            )
        }
        Normalisation::MinMax { from, to, .. } if from >= to => report(
            Code::BadGoalposts,
            bilingual!("得分范围 {from} 到 {to} 不是递增的", "the scores from {from} to {to} do not rise"),
            bilingual!(
                "`from` 写最差值的得分，`to` 写最好值的得分",
                "write the worst value's score as `from` and the best one's as `to`"
            ),
        ),
        Normalisation::ZScore { deviation, .. } if *deviation <= 0.0 => report(
            Code::BadGoalposts,
            bilingual!(
                "标准差的分值 {deviation} 不是正数",
                "a standard deviation worth {deviation} is not positive"
            ),
            bilingual!("写大于 0 的数", "write a number above 0"),
        ),
        Normalisation::Steps { below, steps } => {
            if let Some((message, help)) = bad_steps(*below, steps, indicator.direction) {
                report(Code::BadSteps, message, help);
            }
        }
        Normalisation::None if indicator.direction == Direction::Lower && indicator.parent.is_some() => {
            report(
                Code::BadValue,
                bilingual!(
                    "越低越好的指标不经标准化直接汇总，会把差的算成好的",
                    "an indicator where lower is better would count the wrong way round without normalisation"
                ),
                bilingual!(
                    "选一种标准化方法，或只在公式中使用它（去掉 `parent`）",
                    "choose a method, or use it in formulas only (leave out `parent`)"
                ),
            )
        }
        _ => {}
    }
    check_range(indicator, at, document, findings);
}

fn bad_steps(
    below: f64,
    steps: &[ScaleStep],
    direction: Direction,
) -> Option<(crate::diagnostics::Bilingual, crate::diagnostics::Bilingual)> {
    let mut score = below;
    for (index, step) in steps.iter().enumerate() {
        let number = index + 1;
        let rises = index
            .checked_sub(1)
            .and_then(|before| steps.get(before))
            .is_none_or(|before| before.at_least < step.at_least);
        if !rises {
            return Some((
                bilingual!(
                    "第 {number} 级的 `at_least` 没有大于前一级",
                    "step {number} does not start above the step before it"
                ),
                bilingual!("按 `at_least` 从小到大排列", "list the steps by rising `at_least`"),
            ));
        }
        if direction.orient(step.score) < direction.orient(score) {
            return Some((
                bilingual!(
                    "第 {number} 级的得分与指标方向相反",
                    "the score of step {number} runs against the indicator's direction"
                ),
                bilingual!("检查 `score` 或 `direction`", "check `score` or `direction`"),
            ));
        }
        score = step.score;
    }
    None
}

fn check_range(indicator: &IndicatorSpec, at: &[Step], document: &Document, findings: &mut Findings) {
    let Some(range) = indicator.range else { return };
    if let (Some(min), Some(max)) = (range.min, range.max)
        && min >= max
    {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!("取值范围 {min} 到 {max} 是空的", "the range from {min} to {max} is empty"),
                bilingual!("`min` 写较小的值", "write the smaller value as `min`"),
            )
            .at(document.place(&[at, &[Step::from("range")]].concat())),
        );
    }
}
