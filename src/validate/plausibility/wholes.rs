use super::few::{self, Doubt};
use super::ground::{Ground, brief};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::plan::Variable;

/// Doubts percentages above 100 where the framework sets no upper end; where it
/// does, what is beyond it is an error (V205).
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.above_100;
    let is_open = |spec: &Variable<'_>| {
        spec.whole() > 1.0 && spec.range.is_none_or(|range| range.max.is_none()) && check.on
    };
    for (variable, spec) in ground.variables(&check.except).filter(|(_, spec)| is_open(spec)) {
        let above = ground.observed(variable).filter(|(_, value)| *value > spec.whole());
        let doubts = above.filter_map(|(row, value)| {
            let finding = ground.at(finding(ground, spec, row, value), variable, row)?;
            Some(Doubt { row, size: value, finding })
        });
        let doubts = doubts.collect();
        let whole = spec.whole();
        let what = bilingual!("超过 {whole}", "is above {whole}");
        few::report(ground, variable, &what, doubts, findings);
    }
}

fn finding(ground: &Ground<'_>, spec: Variable<'_>, row: usize, value: f64) -> Finding {
    let Bilingual { zh: unit_zh, en: unit_en } = ground.unit_named(row);
    let (name_zh, name_en) = (&spec.name.zh, &spec.name.en);
    let (value, whole, measure) = (brief(value), spec.whole(), spec.measure.zh.trim());
    Finding::new(
        Code::AboveWhole,
        bilingual!(
            "{unit_zh}的“{name_zh}”为 {value}{measure}，超过 {whole}",
            "`{name_en}` of {unit_en} is {value}{measure}, which is above {whole}"
        ),
        bilingual!(
            "核对分子分母；若不可能超过，在框架中写 `range = {{ max = {whole} }}`，若可能，写进 `[plausibility.above_100]` 的 `except`",
            "check numerator and denominator; if it cannot be, declare `range = {{ max = {whole} }}` in the framework; if it can, list it in `except` of `[plausibility.above_100]`"
        ),
    )
}
