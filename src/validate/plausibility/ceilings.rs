use super::ground::{Ground, brief, percent};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Direction;

/// Doubts indicators in which most units have the best value: a ceiling that tells
/// nobody apart.
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.ceiling;
    for (variable, spec) in ground.indicators(&check.except).filter(|_| check.on) {
        let Some(indicator) = ground.framework.framework.indicators.get(variable) else { continue };
        let values: Vec<f64> = ground.observed(variable).map(|(_, value)| value).collect();
        let best = match indicator.direction {
            Direction::Higher => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Direction::Lower => values.iter().copied().fold(f64::INFINITY, f64::min),
        };
        let (count, all) = (values.iter().filter(|value| **value == best).count(), values.len());
        let share = count as f64 / all as f64;
        if all < check.units || share <= check.share {
            continue;
        }
        let (name_zh, name_en, best) = (&spec.name.zh, &spec.name.en, brief(best));
        let share = percent(share);
        let finding = Finding::new(
            Code::MostAtBest,
            bilingual!(
                "“{name_zh}”的 {all} 个数值中有 {count} 个（{share}）同为最好值 {best}，分不出高下",
                "{count} of the {all} values of `{name_en}` ({share}) are the best, {best}, and tell nobody apart"
            ),
            bilingual!(
                "核对口径和填报；若属实，换一项分得出高下的指标，或减轻它的权重",
                "check how it is counted and reported; if it is right, use an indicator that tells units apart, or give this one less weight"
            ),
        );
        findings.push(finding.at(ground.variable_place(variable)));
    }
}
