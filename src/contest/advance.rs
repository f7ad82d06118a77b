use std::collections::BTreeMap;

use super::result::{AdvanceResult, Standing};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::numeric::{Exact, Rounding};
use crate::plan::{Advance, AtCut, ShareRounding, Stage};
use crate::validate::{CONTEST_FILE, ContestInput};

/// Who goes on, by the rule of a stage.
pub(super) fn run(
    input: &ContestInput,
    rule: &Advance,
    stage: &Stage,
    standings: &[Standing],
    findings: &mut Findings,
) -> AdvanceResult {
    let mut fields: BTreeMap<&str, Vec<&Standing>> = BTreeMap::new();
    for standing in standings.iter().filter(|standing| standing.rank.is_some()) {
        let fact = rule.within.as_ref().and_then(|fact| input.entries().get(standing.who)?.facts.get(fact));
        fields.entry(fact.map_or("", String::as_str)).or_default().push(standing);
    }
    let mut result = AdvanceResult { through: Vec::new(), reserves: Vec::new(), tied_at_cut: Vec::new() };
    for field in fields.values() {
        cut(input, rule, stage, field, &mut result, findings);
    }
    if rule.within.is_some() {
        let place = |who: &usize| standings.iter().position(|standing| standing.who == *who);
        result.through.sort_by_key(place);
        result.reserves.sort_by_key(place);
    }
    result
}

/// How many a share of `of` is.
pub(super) fn share(share: &Exact, of: usize, rounding: ShareRounding) -> usize {
    let exact = share * &Exact::from(i64::try_from(of).unwrap_or(i64::MAX));
    let whole = match rounding {
        ShareRounding::Down => exact.floor(),
        ShareRounding::Up => exact.ceil(),
        ShareRounding::HalfUp => exact.round(0, Rounding::HalfUp),
    };
    whole.to_string().parse().unwrap_or(0)
}

fn cut(
    input: &ContestInput,
    rule: &Advance,
    stage: &Stage,
    field: &[&Standing],
    result: &mut AdvanceResult,
    findings: &mut Findings,
) {
    let enough = |standing: &&&Standing| {
        rule.minimum.as_ref().is_none_or(|least| standing.score.as_ref() >= Some(least))
    };
    let good: Vec<&Standing> = field.iter().filter(enough).copied().collect();
    let by_share = rule.share.as_ref().map(|part| share(part, field.len(), rule.share_rounding));
    let quota = rule.quota.map(|quota| quota as usize).or(by_share).unwrap_or(good.len());
    let mut through = quota.min(good.len());
    let at_cut = good.get(quota.wrapping_sub(1)).and_then(|last| last.rank);
    let tied: Vec<usize> =
        good.iter().filter(|one| at_cut.is_some() && one.rank == at_cut).map(|one| one.who).collect();
    let first = good.iter().position(|one| at_cut.is_some() && one.rank == at_cut).unwrap_or(through);
    if first + tied.len() > quota {
        match rule.at_cut {
            AtCut::All => through = first + tied.len(),
            AtCut::None => through = first,
            AtCut::Decide => findings.push(undecided(input, stage, &tied, quota)),
        }
        result.tied_at_cut.extend(&tied);
    }
    let who = |one: &&Standing| one.who;
    result.through.extend(good.iter().take(through).map(who));
    // Nothing parts those who share a place, in reserve either.
    let rest = good.get(through..).unwrap_or_default();
    let last = (rule.reserves as usize).checked_sub(1).and_then(|last| rest.get(last).or(rest.last()));
    let reserves = rest.iter().take_while(|one| last.is_some_and(|last| one.rank <= last.rank));
    result.reserves.extend(reserves.map(who));
}

fn undecided(input: &ContestInput, stage: &Stage, tied: &[usize], quota: usize) -> Finding {
    let codes: Vec<&str> =
        tied.iter().filter_map(|who| input.entries().get(*who)).map(|entry| entry.code.as_str()).collect();
    let (list, zh, en) = (codes.join(", "), &stage.name.zh, &stage.name.en);
    Finding::new(
        Code::TieAtCut,
        bilingual!(
            "“{zh}”第 {quota} 名处同分：{list}，须由评委会裁定",
            "`{en}`: {list} are of equal standing at place {quota}, where the cut is; the jury must decide"
        ),
        bilingual!(
            "在事项表中记“裁定”（编号、阶段、名次、经办、理由）",
            "record `placed` events (entry, stage, rank, by, reason)"
        ),
    )
    .at(Place::file(CONTEST_FILE))
}
