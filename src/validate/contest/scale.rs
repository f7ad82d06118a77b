use crate::diagnostics::{Code, Finding, bilingual};
use crate::numeric::Exact;
use crate::plan::Criterion;

/// A mark that its criterion does not allow.
pub(super) fn check(value: &Exact, criterion: &Criterion) -> Option<Finding> {
    let (zh, en) = (&criterion.name.zh, &criterion.name.en);
    let below = criterion.low.as_ref().is_some_and(|low| value < low);
    let above = criterion.high.as_ref().is_some_and(|high| value > high);
    if below || above {
        let range = match (&criterion.low, &criterion.high) {
            (Some(low), Some(high)) => bilingual!("{low} 到 {high}", "{low} to {high}"),
            (Some(low), None) => bilingual!("不小于 {low}", "{low} or more"),
            (None, Some(high)) => bilingual!("不大于 {high}", "{high} or less"),
            (None, None) => return None,
        };
        let (range_zh, range_en) = (range.zh, range.en);
        return Some(Finding::new(
            Code::MarkOutsideScale,
            bilingual!(
                "评分项“{zh}”的分数 {value} 超出范围（{range_zh}）",
                "the mark {value} for `{en}` is outside its scale, {range_en}"
            ),
            bilingual!("核对原始评分表后改正", "check the judge's sheet and correct it"),
        ));
    }
    if let Some(most) =
        criterion.decimals.filter(|most| value.places().is_none_or(|places| places > u32::from(*most)))
    {
        return Some(Finding::new(
            Code::MarkTooFine,
            bilingual!(
                "评分项“{zh}”的分数 {value} 的小数超过 {most} 位",
                "the mark {value} for `{en}` has more than {most} decimal places"
            ),
            bilingual!(
                "请评委重新给分，不要自行修约",
                "ask the judge for a mark of that form; do not round it for them"
            ),
        ));
    }
    let step = criterion.step.as_ref().filter(|step| !step.is_zero())?;
    let zero = Exact::zero();
    let steps = (value - criterion.low.as_ref().unwrap_or(&zero)).over(step)?;
    (steps.places() != Some(0)).then(|| {
        Finding::new(
            Code::MarkTooFine,
            bilingual!(
                "评分项“{zh}”的分数 {value} 不在 {step} 一档的刻度上",
                "the mark {value} for `{en}` is not on its scale of steps of {step}"
            ),
            bilingual!(
                "请评委重新给分，不要自行修约",
                "ask the judge for a mark of that form; do not round it for them"
            ),
        )
    })
}
