//! Appeals.

use super::{bad_deed, no_stage, refuse, result};
use crate::contest::{ContestResult, Standing};
use crate::diagnostics::{Finding, Findings, bilingual, shown};
use crate::ledger::{AppealDecided, AppealOpened, Body, Day, Moved, StandingLine};
use crate::model::Id;
use crate::project::contest::open::Base;
use crate::validate::ContestInput;

/// Opens an appeal, given by its id, the entry, the stage and the reason.
pub(super) fn open(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    (id, entry, stage, reason): (&str, &str, &str, &str),
    findings: &mut Findings,
) -> Option<Body> {
    if day.appeals.contains_key(id) {
        return refuse(findings, taken(id));
    }
    let before = standing(input, &result(base, findings)?, entry, stage, findings)?;
    Some(Body::AppealOpened(AppealOpened {
        appeal: id.to_owned(),
        entry: entry.to_owned(),
        stage: stage.to_owned(),
        reason: reason.to_owned(),
        before,
    }))
}

fn standing(
    input: &ContestInput,
    result: &ContestResult,
    entry: &str,
    stage: &str,
    findings: &mut Findings,
) -> Option<StandingLine> {
    let Some(at) = input.entries().iter().position(|one| one.code == entry) else {
        let entry = shown(entry);
        return refuse(
            findings,
            bad_deed(
                bilingual!("没有参赛者“{entry}”", "there is no entry `{entry}`"),
                bilingual!("核对编号", "check the code"),
            ),
        );
    };
    let Some(stage) = result.stage(&Id::new(stage)) else {
        return refuse(findings, no_stage(stage));
    };
    let standing = stage.standing(at);
    Some(standing.map(line).unwrap_or_default())
}

fn line(standing: &Standing) -> StandingLine {
    StandingLine { rank: standing.rank, score: standing.score.as_ref().map(ToString::to_string) }
}

/// Decides an appeal: what moved since it was opened.
pub(super) fn decide(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    id: &str,
    upheld: bool,
    reason: &str,
    findings: &mut Findings,
) -> Option<Body> {
    let Some(appeal) = day.appeals.get(id).filter(|appeal| appeal.decided.is_none()) else {
        let id = shown(id);
        return refuse(
            findings,
            bad_deed(
                bilingual!("没有待决的申诉“{id}”", "there is no open appeal `{id}`"),
                bilingual!("`benchline contest log` 列出申诉", "`benchline contest log` lists appeals"),
            ),
        );
    };
    let earlier = Base { log: base.log.as_ref().map(|log| log.until(appeal.seq)), ..base.clone() };
    let then = result(&earlier, &mut Findings::new())?;
    let now = result(base, findings)?;
    let of = |result: &ContestResult, entry: &str| {
        standing(input, result, entry, &appeal.opened.stage, &mut Findings::new()).unwrap_or_default()
    };
    let moved = input.entries().iter().filter_map(|entry| {
        let (before, after) = (of(&then, &entry.code), of(&now, &entry.code));
        (before != after).then(|| Moved { entry: entry.code.clone(), before, after })
    });
    Some(Body::AppealDecided(AppealDecided {
        appeal: id.to_owned(),
        upheld,
        reason: reason.to_owned(),
        before: appeal.opened.before.clone(),
        after: of(&now, &appeal.opened.entry),
        moved: moved.collect(),
    }))
}

fn taken(id: &str) -> Finding {
    let id = shown(id);
    bad_deed(
        bilingual!("申诉“{id}”已经登记", "the appeal `{id}` is on record"),
        bilingual!("另起一个编号", "choose another id"),
    )
}
