use super::few::{self, Doubt};
use super::ground::{Ground, brief};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::numeric::{Rounding, median, median_absolute_deviation, quantile, round_to};
use crate::plan::Variable;

/// Times the median absolute deviation, the standard deviation of normal values.
const NORMAL: f64 = 1.4826;
/// Values whose upper tenth begins at so many times where the lower ends grow in
/// proportion to themselves: sizes, incomes.
const PROPORTIONAL: f64 = 10.0;

/// A value in both periods, by the row of the later.
struct Pair {
    row: usize,
    before: f64,
    now: f64,
}

/// Doubts changes since the period before that are far from those of all units
/// (Hampel's identifier, on changes).
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.jump;
    let Some(before) = ground.edition.checked_sub(1).filter(|_| check.on) else { return };
    for (variable, spec) in ground.variables(&check.except) {
        let pairs = pairs(ground, variable, before);
        if pairs.len() < check.pairs {
            continue;
        }
        let grows = is_proportional(spec, &pairs);
        let change =
            |pair: &Pair| if grows { libm::log(pair.now / pair.before) } else { pair.now - pair.before };
        let changes: Vec<f64> = pairs.iter().map(change).collect();
        let Some(centre) = median(&changes) else { continue };
        let spread = median_absolute_deviation(&changes, centre).filter(|spread| *spread > 0.0);
        let Some(spread) = spread else { continue };
        let doubts = pairs.iter().zip(&changes).filter_map(|(pair, change)| {
            let size = (change - centre).abs() / (NORMAL * spread);
            // To find a place takes a while: only for what is doubted.
            if size <= check.beyond {
                return None;
            }
            let usual = if grows { libm::expm1(centre) * 100.0 } else { centre };
            let finding = finding(ground, spec, pair, before, (usual, grows), size);
            Some(Doubt { row: pair.row, size, finding: ground.at(finding, variable, pair.row)? })
        });
        let doubts = doubts.collect();
        let what = bilingual!("较上一期变化异常", "changed out of proportion");
        few::report(ground, variable, &what, doubts, findings);
    }
}

fn pairs(ground: &Ground<'_>, variable: usize, before: usize) -> Vec<Pair> {
    let both = ground.observed(variable).filter_map(|(row, now)| {
        let before = ground.value(variable, ground.in_period(row, before))?;
        Some(Pair { row, before, now })
    });
    both.collect()
}

/// Whether changes are compared as ratios: values without an upper end that differ
/// by orders of magnitude.
fn is_proportional(spec: Variable<'_>, pairs: &[Pair]) -> bool {
    let is_bounded = spec.whole() > 1.0 || spec.range.is_some_and(|range| range.max.is_some());
    if is_bounded || pairs.iter().any(|pair| pair.before <= 0.0 || pair.now <= 0.0) {
        return false;
    }
    let earlier: Vec<f64> = pairs.iter().map(|pair| pair.before).collect();
    let ends = quantile(&earlier, 0.1).zip(quantile(&earlier, 0.9));
    ends.is_some_and(|(low, high)| high > PROPORTIONAL * low)
}

fn finding(
    ground: &Ground<'_>,
    spec: Variable<'_>,
    pair: &Pair,
    before: usize,
    (usual, grows): (f64, bool),
    size: f64,
) -> Finding {
    let Bilingual { zh: unit_zh, en: unit_en } = ground.unit_named(pair.row);
    let (name_zh, name_en) = (&spec.name.zh, &spec.name.en);
    let (period, was, now) = (ground.period_named(before), brief(pair.before), brief(pair.now));
    let sign = if usual > 0.0 { "+" } else { "" };
    let usual = format!("{sign}{}{}", brief(usual), if grows { "%" } else { "" });
    let size = round_to(size, 1, Rounding::HalfEven);
    Finding::new(
        Code::UnlikelyJump,
        bilingual!(
            "{unit_zh}的“{name_zh}”由 {period} 期的 {was} 变为 {now}，各单位变化的中位数为 {usual}，偏离为稳健标准差的 {size} 倍",
            "`{name_en}` of {unit_en} went from {was} in {period} to {now}; the median change is {usual}, and this one is {size} robust standard deviations away"
        ),
        bilingual!(
            "对照原始记录核对；若数值无误，可不理会",
            "compare it with the record that it comes from; if it is right, there is nothing to do"
        ),
    )
}
