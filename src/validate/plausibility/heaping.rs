use std::collections::BTreeSet;

use super::ground::{Ground, brief, is_end, percent};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::numeric::{binomial_tail, holm};
use crate::plan::Variable;

/// Fewest different neighbours of round numbers: without them the scale itself has
/// round numbers only.
const NEIGHBOURS: usize = 5;

/// A test of one variable for multiples of one number.
struct Test {
    variable: usize,
    /// 5 or 10.
    round: f64,
    found: u64,
    /// Whole numbers that are round or neighbours of round ones.
    among: u64,
    /// How many of them would be round by chance.
    chance: f64,
    p: f64,
}

impl Test {
    /// Whipple's index as a ratio: how many are round, against what chance gives.
    fn ratio(&self) -> f64 {
        self.found as f64 / (self.chance * self.among as f64)
    }
}

/// Doubts variables in which more whole numbers are multiples of 5 or 10 than
/// chance allows. Of whole numbers spread evenly over the neighbourhood, one in
/// five is a multiple of 5 (two neighbours on either side), one in nine a multiple
/// of 10 (four on either side, so that 5 is none of them). Values at an end of what
/// can be, the smallest and the largest do not count, nor do sampled variables,
/// whose values follow from their sample sizes.
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.heaping;
    let unsampled = ground.variables(&check.except).filter(|(variable, _)| !ground.is_sampled(*variable));
    let tests: Vec<Test> = unsampled
        .filter(|_| check.on)
        .flat_map(|(variable, spec)| {
            let whole = whole_numbers(ground, variable, spec);
            [5.0, 10.0].into_iter().filter_map(move |round| test(ground, variable, &whole, round))
        })
        .collect();
    let p_values: Vec<f64> = tests.iter().map(|test| test.p).collect();
    let rejected = holm(&p_values, check.level);
    let heaped = tests.iter().zip(rejected).filter(|(test, rejects)| *rejects && test.ratio() >= check.ratio);
    let mut told: Vec<&Test> = Vec::new();
    for (test, _) in heaped {
        match told.last_mut().filter(|last| last.variable == test.variable) {
            // Multiples of 10 are multiples of 5: where hardly any other is among
            // those, it is 10 that they are rounded to.
            Some(last) if 3 * (last.found - last.found.min(test.found)) < last.found => *last = test,
            Some(_) => {}
            None => told.push(test),
        }
    }
    findings.extend(told.into_iter().filter_map(|test| finding(ground, test)));
}

/// The whole numbers among the values that stand between their ends.
fn whole_numbers(ground: &Ground<'_>, variable: usize, spec: Variable<'_>) -> Vec<f64> {
    let values: Vec<f64> = ground.observed(variable).map(|(_, value)| value).collect();
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let counts =
        |value: &f64| value.fract() == 0.0 && *value != least && *value != most && !is_end(spec, *value);
    values.into_iter().filter(counts).collect()
}

/// How far a neighbour of a round number may be from it.
fn reach(round: f64) -> f64 {
    if round == 5.0 { 2.0 } else { 4.0 }
}

fn test(ground: &Ground<'_>, variable: usize, whole: &[f64], round: f64) -> Option<Test> {
    let reach = reach(round);
    let distance = |value: &f64| (value - (value / round).round() * round).abs();
    let near: Vec<f64> = whole.iter().copied().filter(|value| distance(value) <= reach).collect();
    let found = near.iter().filter(|value| distance(value) == 0.0).count() as u64;
    let neighbours: BTreeSet<u64> =
        near.iter().filter(|value| distance(value) > 0.0).map(|value| value.to_bits()).collect();
    if near.len() < ground.plan.heaping.values || neighbours.len() < NEIGHBOURS {
        return None;
    }
    let (among, chance) = (near.len() as u64, 1.0 / (2.0 * reach + 1.0));
    Some(Test { variable, round, found, among, chance, p: binomial_tail(found, among, chance) })
}

fn finding(ground: &Ground<'_>, test: &Test) -> Option<Finding> {
    let name = ground.specs.get(test.variable)?.name;
    let (name_zh, name_en, round, reach) = (&name.zh, &name.en, test.round, reach(test.round));
    let Test { found, among, .. } = test;
    let (share, chance) = (percent(*found as f64 / *among as f64), percent(test.chance));
    let index = brief((test.ratio() * 100.0).round());
    let finding = Finding::new(
        Code::RoundNumbers,
        bilingual!(
            "“{name_zh}”在 {round} 的倍数前后各 {reach} 以内的 {among} 个整数值中，有 {found} 个（{share}）恰是 {round} 的倍数，按机遇约为 {chance}（惠普尔指数 {index}）：像是估计数",
            "of {among} whole numbers of `{name_en}` within {reach} of a multiple of {round}, {found} ({share}) are one, where chance gives {chance} (Whipple's index {index}): they look like estimates"
        ),
        bilingual!(
            "请各单位按台账计算后重报；若只能取整，可不理会，或写进 `[plausibility.heaping]` 的 `except`",
            "ask units to compute them from records; if only round numbers can be had, there is nothing to do, or list it in `except` of `[plausibility.heaping]`"
        ),
    );
    Some(finding.at(ground.variable_place(test.variable)))
}
