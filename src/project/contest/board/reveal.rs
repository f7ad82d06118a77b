use super::so_far::{Moment, moment};
use super::target::Target;
use crate::contest::{Standing, Status};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual};
use crate::ledger::Day;
use crate::plan::{AtCut, Stage};
use crate::project::contest::open::Base;
use crate::validate::CONTEST_FILE;

/// Whether the placing may be revealed: names are not sealed, everybody has a
/// score, and whoever is to sign has signed the placing as it stands. An appeal
/// that is not decided is a warning.
pub(super) fn check(
    base: &Base,
    now: &Moment,
    target: Target,
    of: Option<&str>,
    findings: &mut Findings,
) -> Option<()> {
    let rubric = &base.rubric.as_ref()?.rubric;
    let stage = rubric.stages.get(target.stage)?;
    let day = now.input.day();
    let file = base.log.as_ref().map_or(CONTEST_FILE, |log| log.name());
    let mut refuse = |finding: Finding| findings.push(finding.at(Place::file(file)));
    if day.is_some_and(Day::is_sealed) {
        refuse(sealed());
    }
    let round = rubric.rounds().nth(target.round.unwrap_or_default()).map(|(_, round)| round);
    let id = round.filter(|_| target.round.is_some()).map_or(&stage.id, |round| &round.id);
    let meant_stage = of.is_none_or(|of| of == stage.id.as_str()) && target.round.is_some();
    if let Some(finding) = open(now, target, stage, meant_stage) {
        refuse(finding);
    }
    let appeals = day.into_iter().flat_map(|day| &day.appeals);
    let open = appeals.filter(|(_, appeal)| {
        appeal.decided.is_none() && [stage.id.as_str(), id.as_str()].contains(&appeal.opened.stage.as_str())
    });
    let open: Vec<&str> = open.map(|(id, _)| id.as_str()).collect();
    if !open.is_empty() {
        refuse(undecided(&open.join(", ")));
    }
    let roles = base.definition.project.board.iter().flat_map(|board| &board.signed);
    let ids = [stage.id.as_str(), id.as_str()];
    let unsigned: Vec<&str> =
        roles.map(String::as_str).filter(|role| !is_signed(base, now, target, ids, role)).collect();
    if !unsigned.is_empty() {
        refuse(not_signed(&unsigned.join(", "), id.as_str()));
    }
    Some(())
}

/// What is still open of a placing.
fn open(now: &Moment, target: Target, stage: &Stage, meant_stage: bool) -> Option<Finding> {
    let (zh, en) = (&stage.name.zh, &stage.name.en);
    let standings = target.standings(now);
    if meant_stage || standings.is_empty() {
        return Some(not_over(bilingual!("“{zh}”还有轮次没有举行", "a round of `{en}` is still to be held")));
    }
    let lacks = |one: &&Standing| one.status == Status::Present && one.score.is_none();
    let lacking: Vec<&str> = standings
        .iter()
        .filter(lacks)
        .filter_map(|one| now.input.entries().get(one.who))
        .map(|entry| entry.code.as_str())
        .collect();
    if let Some(first) = lacking.first() {
        let count = lacking.len();
        return Some(not_over(bilingual!(
            "“{zh}”有 {count} 个参赛者还没有得分，首个是“{first}”",
            "{count} entries of `{en}` have no score yet, first `{first}`"
        )));
    }
    let decide = stage.advance.as_ref().is_some_and(|rule| rule.at_cut == AtCut::Decide);
    let result = now.result.stages.get(target.stage)?;
    let tied = result.advance.as_ref().is_some_and(|advance| !advance.tied_at_cut.is_empty());
    (decide && tied && target.round.is_none()).then(|| {
        not_over(bilingual!("“{zh}”线上同分，尚未裁定", "the tie at the cut of `{en}` is not decided"))
    })
}

/// Whether somebody in this office signed the placing as it stands now.
fn is_signed(base: &Base, now: &Moment, target: Target, ids: [&str; 2], role: &str) -> bool {
    let signed = now.input.day().into_iter().flat_map(|day| &day.signed);
    let own = signed.filter(|(_, _, signed)| signed.role == role && ids.contains(&signed.of.as_str()));
    own.rev().any(|(seq, _, _)| {
        let then = moment(base, Some(seq.saturating_sub(1)), &mut Findings::new());
        then.is_some_and(|then| target.standings(&then) == target.standings(now))
    })
}

fn sealed() -> Finding {
    Finding::new(
        Code::RevealSealed,
        bilingual!("名单还在封存，不能揭晓", "names are sealed: nothing can be revealed"),
        bilingual!("先用 `benchline contest unseal` 解封", "unseal them with `benchline contest unseal`"),
    )
}

fn not_over(message: Bilingual) -> Finding {
    Finding::new(
        Code::RevealIncomplete,
        message,
        bilingual!(
            "用 `benchline contest status` 查还缺什么；现在可做进行中的大屏：不写 `--reveal`",
            "see with `benchline contest status` what is missing; for a live board leave `--reveal` out"
        ),
    )
}

fn undecided(appeals: &str) -> Finding {
    Finding::new(
        Code::RevealAppeal,
        bilingual!("申诉尚未裁定：{appeals}", "appeals are not decided: {appeals}"),
        bilingual!(
            "先用 `benchline contest appeal decide` 裁定；否则名次可能再变",
            "decide them with `benchline contest appeal decide`, or places may change afterwards"
        ),
    )
}

fn not_signed(roles: &str, id: &str) -> Finding {
    Finding::new(
        Code::RevealUnsigned,
        bilingual!(
            "`[board] signed` 要求的职务没有签署现在的名次：{roles}",
            "the placing as it stands lacks signatures that `[board] signed` asks for: {roles}"
        ),
        bilingual!(
            "用 `benchline contest sign 项目 --of {id} --role …` 签署",
            "sign it with `benchline contest sign PROJECT --of {id} --role …`"
        ),
    )
}
