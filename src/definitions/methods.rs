use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Direction;
use crate::plan::{Category, Curve, IndicatorSpec, Normalisation, Step as ScaleStep};

use super::document::{Document, Step, at};

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
        Normalisation::PercentileGoalposts { low, high, .. } if low >= high => report(
            Code::BadGoalposts,
            bilingual!(
                "分位点 {low} 不小于 {high}",
                "the lower quantile {low} is not below the upper {high}"
            ),
            bilingual!("`low` 写较小的分位点，例如 0.05", "write the smaller one as `low`, such as 0.05"),
        ),
        Normalisation::Scaled { low, high, .. } if low >= high => report(
            Code::BadGoalposts,
            bilingual!("下限 {low} 不小于上限 {high}", "the lower bound {low} is not below the upper {high}"),
            bilingual!(
                "`low` 写较小的值；越低越好时也如此，方向由 `direction` 决定",
                "write the smaller value as `low`, also when lower is better: `direction` turns the scale"
            ),
        ),
        Normalisation::FractionOfMax { .. } if indicator.direction == Direction::Lower => report(
            Code::DirectionRefused,
            bilingual!(
                "越低越好的指标不能按占最大值的比例计分：比例会把差的算成好的",
                "a share of the largest value cannot score an indicator where lower is better: it would count the wrong way round"
            ),
            bilingual!(
                "改用 `min-max`，或 `distance-to-target` 并写明目标",
                "use `min-max`, or `distance-to-target` with the target to reach"
            ),
        ),
        Normalisation::LinearThreshold { floor, target, .. }
            if indicator.direction.orient(*floor) >= indicator.direction.orient(*target) =>
        {
            report(
                Code::BadGoalposts,
                bilingual!(
                    "底线 {floor} 并不差于目标 {target}",
                    "the floor {floor} is no worse than the target {target}"
                ),
                bilingual!(
                    "越高越好时底线小于目标，越低越好时底线大于目标",
                    "the floor is below the target where higher is better, and above it where lower is better"
                ),
            )
        }
        Normalisation::Categories { categories } if repeated(categories).is_some() => {
            let value = repeated(categories).unwrap_or_default();
            report(
                Code::BadValue,
                bilingual!("类别 {value} 写了两次", "the category {value} is listed twice"),
                bilingual!("删去一个", "delete one of them"),
            )
        }
        method if falling(method).is_some() => {
            let (from, to) = falling(method).unwrap_or_default();
            report(
                Code::BadGoalposts,
                bilingual!(
                    "得分范围 {from} 到 {to} 不是递增的",
                    "the scores from {from} to {to} do not rise"
                ),
                bilingual!(
                    "`from` 写最差值的得分，`to` 写最好值的得分",
                    "write the worst value's score as `from` and the best one's as `to`"
                ),
            )
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
    if let Normalisation::Steps { below, steps } = &indicator.normalise
        && let Some((index, key, finding)) = bad_step(*below, steps, indicator.direction)
    {
        let step = [normalise, at!["steps", index, key].to_vec()].concat();
        findings.push(finding.at(document.place(&step)));
    }
    check_range(indicator, at, document, findings);
}

/// The scores of the worst and the best value, unless they rise.
fn falling(method: &Normalisation) -> Option<(f64, f64)> {
    let (from, to) = match method {
        Normalisation::Goalposts { from, scale, .. }
        | Normalisation::PercentileGoalposts { from, scale, .. }
        | Normalisation::PercentileRank { from, scale, .. } => (*from, *scale),
        Normalisation::LinearThreshold { at_floor, below, scale, .. } => (below.max(*at_floor), *scale),
        Normalisation::Scaled { from, to, .. }
        | Normalisation::MinMax { from, to, .. }
        | Normalisation::DistanceToMax { from, to, .. }
        | Normalisation::DistanceToReference { from, to, .. }
        | Normalisation::DistanceToTarget { from, to, .. }
        | Normalisation::FractionOfMax { from, to, .. } => (*from, *to),
        Normalisation::Rank { range: Some(range), .. } | Normalisation::Borda { range: Some(range), .. } => {
            (range.from, range.to)
        }
        _ => return None,
    };
    (from >= to).then_some((from, to))
}

/// A value that two categories share.
fn repeated(categories: &[Category]) -> Option<f64> {
    let mut values: Vec<f64> = categories.iter().map(|one| one.value).collect();
    values.sort_by(f64::total_cmp);
    values.windows(2).find(|pair| pair.first() == pair.last()).and_then(|pair| pair.first().copied())
}

/// The first step that does not rise or runs against the direction, by its
/// position and key.
fn bad_step(below: f64, steps: &[ScaleStep], direction: Direction) -> Option<(usize, &'static str, Finding)> {
    let (mut start, mut score) = (f64::NEG_INFINITY, below);
    for (index, step) in steps.iter().enumerate() {
        let number = index + 1;
        if step.at_least <= start {
            return Some((index, "at_least", unordered(number, step.at_least, start)));
        }
        if direction.orient(step.score) < direction.orient(score) {
            return Some((index, "score", reversed(number, step.score, score, direction)));
        }
        (start, score) = (step.at_least, step.score);
    }
    None
}

fn unordered(number: usize, at_least: f64, before: f64) -> Finding {
    Finding::new(
        Code::BadSteps,
        bilingual!(
            "第 {number} 级从 {at_least} 起，没有大于前一级的 {before}",
            "step {number} starts at {at_least}, which is not above the {before} of the step before it"
        ),
        bilingual!("按 `at_least` 从小到大排列", "list the steps by rising `at_least`"),
    )
}

fn reversed(number: usize, score: f64, before: f64, direction: Direction) -> Finding {
    let message = match direction {
        Direction::Higher => bilingual!(
            "指标越高越好，第 {number} 级的得分 {score} 却小于前面的 {before}",
            "higher is better, and yet the score {score} of step {number} is below the {before} before it"
        ),
        Direction::Lower => bilingual!(
            "指标越低越好，第 {number} 级的得分 {score} 却大于前面的 {before}",
            "lower is better, and yet the score {score} of step {number} is above the {before} before it"
        ),
    };
    Finding::new(
        Code::BadSteps,
        message,
        bilingual!("检查 `score` 或 `direction`", "check `score` or `direction`"),
    )
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
