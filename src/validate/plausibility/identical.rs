use std::collections::BTreeMap;

use super::few::Doubt;
use super::ground::{Ground, is_end};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};

/// Expected number of pairs that would be alike by chance from which on nothing is
/// said.
const BY_CHANCE: f64 = 0.01;

/// Doubts units that have the same indicators with the same values.
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.identical;
    if !check.on {
        return;
    }
    let variables: Vec<usize> = ground.indicators(&check.except).map(|(variable, _)| variable).collect();
    let mut alike: BTreeMap<Vec<Option<u64>>, Vec<usize>> = BTreeMap::new();
    for row in &ground.rows {
        // Zero has two signs.
        let bits = |variable: &usize| ground.value(*variable, *row).map(|value| (value + 0.0).to_bits());
        alike.entry(variables.iter().map(bits).collect()).or_default().push(*row);
    }
    let mut doubts = Vec::new();
    for rows in alike.values().filter(|rows| rows.len() > 1) {
        let Some((first, others)) = rows.split_first() else { continue };
        let held: Vec<(usize, f64)> = variables
            .iter()
            .filter_map(|variable| Some((*variable, ground.value(*variable, *first)?)))
            .collect();
        let telling = held.iter().filter(|(variable, value)| {
            ground.specs.get(*variable).is_some_and(|spec| !is_end(*spec, *value))
        });
        if telling.count() < check.values || by_chance(ground, &held) > BY_CHANCE {
            continue;
        }
        let Some((variable, _)) = held.first() else { continue };
        doubts.extend(others.iter().filter_map(|row| {
            let finding = finding(ground, *variable, (*first, *row), held.len());
            Some(Doubt { row: *row, size: 0.0, finding: ground.at(finding, *variable, *row)? })
        }));
    }
    doubts.sort_by_key(|doubt| doubt.row);
    findings.extend(doubts.into_iter().map(|doubt| doubt.finding));
}

/// How many pairs of units would agree in these variables if they were independent
/// of each other: a pair agrees in one with the sum of its squared frequencies.
fn by_chance(ground: &Ground<'_>, held: &[(usize, f64)]) -> f64 {
    let units = ground.rows.len() as f64;
    let agree = held.iter().map(|(variable, _)| {
        let mut counts: BTreeMap<u64, f64> = BTreeMap::new();
        for (_, value) in ground.observed(*variable) {
            *counts.entry(value.to_bits()).or_default() += 1.0;
        }
        let all: f64 = counts.values().sum();
        counts.values().map(|count| (count / all) * (count / all)).sum::<f64>()
    });
    units * (units - 1.0) / 2.0 * agree.product::<f64>()
}

fn finding(ground: &Ground<'_>, variable: usize, (first, row): (usize, usize), count: usize) -> Finding {
    let Bilingual { zh: unit_zh, en: unit_en } = ground.unit_named(row);
    let Bilingual { zh: other_zh, en: other_en } = ground.unit_named(first);
    let place = ground.place(variable, first).map_or(String::new(), |place| place.to_string());
    Finding::new(
        Code::IdenticalUnits,
        bilingual!(
            "{unit_zh}的 {count} 项指标与{other_zh}（{place}）全部相同",
            "all {count} indicators of {unit_en} are those of {other_en} ({place})"
        ),
        bilingual!(
            "查明是否把一个单位的数据填给了另一个；若同用一个平台、数据确实相同，可不理会",
            "find out whether data of one were filled in for the other; if both share a platform and its figures, there is nothing to do"
        ),
    )
}
