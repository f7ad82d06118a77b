use super::ground::{Ground, is_end};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::numeric::{holm, poisson_binomial_tail};

/// Fewest values of a unit that are judged.
const FEWEST: usize = 8;
/// Least share of round numbers that is doubted.
const LEAST_SHARE: f64 = 0.5;

/// The values of one unit that may be round.
struct Own {
    row: usize,
    /// The variable of the first round value.
    at: usize,
    round: usize,
    all: usize,
    p: f64,
}

/// Doubts units whose values are multiples of 5 more often than those of others
/// are: in each variable, the chance is the share of multiples of 5 among the other
/// units' values.
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.heaping;
    if !check.on {
        return;
    }
    let unsampled = ground.variables(&check.except).filter(|(variable, _)| !ground.is_sampled(*variable));
    let columns: Vec<(usize, Vec<(usize, bool)>)> = unsampled
        .map(|(variable, spec)| {
            let between = ground.observed(variable).filter(|(_, value)| !is_end(spec, *value));
            (variable, between.map(|(row, value)| (row, value % 5.0 == 0.0)).collect())
        })
        .collect();
    let units: Vec<Own> = ground.rows.iter().filter_map(|row| own(*row, &columns)).collect();
    let p_values: Vec<f64> = units.iter().map(|unit| unit.p).collect();
    for (unit, _) in units.iter().zip(holm(&p_values, check.level)).filter(|(_, rejects)| *rejects) {
        findings.extend(finding(ground, unit));
    }
}

fn own(row: usize, columns: &[(usize, Vec<(usize, bool)>)]) -> Option<Own> {
    let (mut chances, mut round, mut first) = (Vec::new(), 0, None);
    for (variable, values) in columns {
        let Ok(at) = values.binary_search_by_key(&row, |(row, _)| *row) else { continue };
        let is_round = values.get(at).is_some_and(|(_, is_round)| *is_round);
        let others = values.iter().filter(|(_, is_round)| *is_round).count() - usize::from(is_round);
        // One round and one other are added, so that no chance is 0 or 1.
        chances.push((others as f64 + 1.0) / (values.len() as f64 + 1.0));
        round += usize::from(is_round);
        first = first.or(is_round.then_some(*variable));
    }
    let all = chances.len();
    let is_round = all >= FEWEST && round as f64 >= LEAST_SHARE * all as f64;
    let p = if is_round { poisson_binomial_tail(round, &chances) } else { 1.0 };
    Some(Own { row, at: first?, round, all, p })
}

fn finding(ground: &Ground<'_>, unit: &Own) -> Option<Finding> {
    let Bilingual { zh: unit_zh, en: unit_en } = ground.unit_named(unit.row);
    let Own { round, all, .. } = unit;
    let finding = Finding::new(
        Code::RoundNumbers,
        bilingual!(
            "{unit_zh}的 {all} 项数值中有 {round} 项是 5 的倍数，其他单位远非如此：像是估计数",
            "{round} of {all} values of {unit_en} are multiples of 5, far more than elsewhere: they look like estimates"
        ),
        bilingual!(
            "请该单位按台账计算后重报；若数值无误，可不理会",
            "ask the unit to compute them from records; if they are right, there is nothing to do"
        ),
    );
    ground.at(finding, unit.at, unit.row)
}
