use std::collections::BTreeMap;

use super::few::{self, Doubt};
use super::ground::Ground;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};

/// Doubts samples of different sizes of indicators that the framework gives one
/// and the same denominator.
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.denominators;
    let mut shared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (variable, _) in ground.indicators(&check.except).filter(|_| check.on) {
        let indicator = ground.framework.framework.indicators.get(variable);
        let Some(denominator) = indicator.and_then(|indicator| indicator.denominator.as_ref()) else {
            continue;
        };
        if ground.is_sampled(variable) {
            shared.entry(denominator.zh.trim()).or_default().push(variable);
        }
    }
    for variables in shared.values() {
        let Some((first, others)) = variables.split_first() else { continue };
        for other in others {
            let doubts = ground.rows.iter().filter_map(|row| doubt(ground, (*first, *other), *row));
            let doubts = doubts.collect();
            let what =
                bilingual!("与同一分母的指标样本量不一", "has another sample size than its denominator");
            few::report(ground, *other, &what, doubts, findings);
        }
    }
}

fn doubt(ground: &Ground<'_>, (first, other): (usize, usize), row: usize) -> Option<Doubt> {
    let n = |variable| ground.sample(variable, row)?.n;
    let (n, known) = (n(other)?, n(first)?);
    let apart = f64::from(n.abs_diff(known)) / f64::from(n.max(known));
    if apart <= ground.plan.denominators.tolerance {
        return None;
    }
    let Bilingual { zh: unit_zh, en: unit_en } = ground.unit_named(row);
    let named = |variable: usize| ground.specs.get(variable).map(|spec| spec.name);
    let (name, other_name) = (named(other)?, named(first)?);
    let denominator = ground.framework.framework.indicators.get(other)?.denominator.as_ref()?;
    let (name_zh, name_en, of_zh, of_en) = (&name.zh, &name.en, &denominator.zh, &denominator.en);
    let (other_zh, other_en) = (&other_name.zh, &other_name.en);
    let finding = Finding::new(
        Code::DenominatorsDiffer,
        bilingual!(
            "{unit_zh}的“{name_zh}”和“{other_zh}”分母同为“{of_zh}”，样本量却是 {n} 和 {known}",
            "`{name_en}` and `{other_en}` of {unit_en} both count over “{of_en}”, and their samples are {n} and {known}"
        ),
        bilingual!(
            "核对两项的样本量；若口径本不相同，在框架中分别写明分母",
            "check both sample sizes; if they count over different things, say so in the framework's denominators"
        ),
    );
    Some(Doubt { row, size: apart, finding: finding.at(ground.sample_place(other, row)?) })
}
