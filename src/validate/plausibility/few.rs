use super::ground::Ground;
use crate::diagnostics::{Bilingual, Finding, Findings};

/// Units that a finding of several lists.
const MOST_LISTED: usize = 8;

/// A doubt about one unit.
pub(super) struct Doubt {
    pub(super) row: usize,
    /// How far it is from what is not doubted; the largest stand alone.
    pub(super) size: f64,
    pub(super) finding: Finding,
}

/// Reports the doubts of one check about one variable: the largest one by one,
/// those beyond in one finding at the place of the variable, which says `what` is
/// with them.
pub(super) fn report(
    ground: &Ground<'_>,
    variable: usize,
    what: &Bilingual,
    mut doubts: Vec<Doubt>,
    findings: &mut Findings,
) {
    doubts.sort_by(|one, other| other.size.total_cmp(&one.size).then(one.row.cmp(&other.row)));
    let single = ground.plan.singles;
    // One more takes no more room than a line that counts it.
    let single = if doubts.len() == single + 1 { doubts.len() } else { single };
    let rest = doubts.split_off(single.min(doubts.len()));
    findings.extend(doubts.into_iter().map(|doubt| doubt.finding));
    let Some(first) = rest.first() else { return };
    let mut rows: Vec<usize> = rest.iter().map(|doubt| doubt.row).collect();
    rows.sort_unstable();
    let (name, count) = (ground.specs.get(variable).map(|spec| spec.name), rows.len());
    let list = |of: fn(&Bilingual) -> &str, between: &str, others: &str| {
        let units = rows.iter().take(MOST_LISTED).map(|row| ground.unit_named(*row));
        let listed: Vec<String> = units.map(|unit| of(&unit).to_owned()).collect();
        listed.join(between) + if count > MOST_LISTED { others } else { "" }
    };
    let zh = format!(
        "另有 {count} 个单位的“{}”{}：{}",
        name.map_or("", |name| &name.zh),
        what.zh,
        list(|unit| &unit.zh, "、", "……")
    );
    let en = format!(
        "`{}` of {count} more units {}: {}",
        name.map_or("", |name| &name.en),
        what.en,
        list(|unit| &unit.en, ", ", "…")
    );
    let code = first.finding.code;
    let help = first.finding.help.clone();
    let together = Finding::new(code, Bilingual { zh, en }, help).at(ground.variable_place(variable));
    findings.push(together.standing_for(rest.into_iter().map(|doubt| doubt.finding)));
}
