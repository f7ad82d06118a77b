//! Recounts: whose marks are counted again, and what that comes to.

mod again;
mod count;

use super::{no_stage, refuse, result};
use crate::contest::StageResult;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::ledger::{Body, Day, Recount, RecountDrawn, draw};
use crate::model::Id;
use crate::project::contest::open::Base;
use crate::validate::ContestInput;

pub(super) use count::count;

/// Where the sheets of a recount lie: each under the path that it has in the
/// project, score sheets under any.
pub(in crate::project::contest) fn folder(id: &str) -> String {
    format!("recount/{id}")
}

/// What a recount is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// Id of the recount.
    pub id: &'a str,
    /// The stage whose placing is looked at.
    pub stage: &'a str,
    /// How many places from the top.
    pub top: usize,
    /// How many of the rest.
    pub sample: usize,
    /// A value that nobody knew when the head of the log was published.
    pub public: &'a str,
}

/// Draws whose marks are counted again.
pub(super) fn draw(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    choice: &Choice<'_>,
    findings: &mut Findings,
) -> Option<Body> {
    let Choice { id, stage, top, sample, public } = *choice;
    if !id.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter)) || id.is_empty() {
        return refuse(findings, bad_id(id));
    }
    if day.recounts.iter().any(|one| one.drawn.recount == id) {
        let id = shown(id);
        return refuse(
            findings,
            not_now(
                bilingual!("复核“{id}”已经抽过", "the recount `{id}` was drawn before"),
                bilingual!("再复核一次须另起编号", "choose another id to count once more"),
            ),
        );
    }
    if public.trim().is_empty() {
        return refuse(
            findings,
            not_now(
                bilingual!("复核“{id}”没有公共数值", "the recount `{id}` has no public value"),
                bilingual!(
                    "先公布日志头，再取此后产生的数值，例如次日开奖号码",
                    "publish the head of the log, then take a value that comes up later, such as lottery numbers"
                ),
            ),
        );
    }
    let result = result(base, findings)?;
    let Some(placed) = result.stage(&Id::new(stage)) else {
        return refuse(findings, no_stage(stage));
    };
    let seed = draw::recount_seed(&day.head, public);
    let entries = pick(input, placed, top, sample, &seed);
    if entries.is_empty() {
        return refuse(
            findings,
            not_now(
                bilingual!("复核“{id}”一个参赛者也没有抽到", "the recount `{id}` would be of nobody"),
                bilingual!("写明 `--top` 或 `--sample`", "say `--top` or `--sample`"),
            ),
        );
    }
    Some(Body::RecountDrawn(RecountDrawn {
        recount: id.to_owned(),
        stage: stage.to_owned(),
        top,
        sample,
        public: public.to_owned(),
        seed,
        entries,
    }))
}

/// The entries placed `top` or better, in order of place, and as many of the others
/// that have a place as are drawn from them in the natural order of codes.
fn pick(input: &ContestInput, stage: &StageResult, top: usize, sample: usize, seed: &str) -> Vec<String> {
    let ranked = stage.standings.iter().filter_map(|one| Some((one.rank?, one.who)));
    let (mut first, mut rest): (Vec<_>, Vec<_>) = ranked.partition(|(rank, _)| *rank as usize <= top);
    first.sort_unstable();
    rest.sort_unstable_by_key(|(_, who)| *who);
    let codes = |of: Vec<(u32, usize)>| -> Vec<String> {
        of.iter().filter_map(|(_, who)| Some(input.entries().get(*who)?.code.clone())).collect()
    };
    let mut entries = codes(first);
    entries.extend(draw::sample(codes(rest), sample, seed));
    entries
}

/// The recount of this id, if it is to be counted.
pub(in crate::project::contest) fn drawn<'a>(
    day: &'a Day,
    id: &str,
    findings: &mut Findings,
) -> Option<&'a Recount> {
    let Some(recount) = day.recounts.iter().find(|one| one.drawn.recount == id) else {
        let known: Vec<&str> = day.recounts.iter().map(|one| one.drawn.recount.as_str()).collect();
        let (list, id) = (known.join(", "), shown(id));
        return refuse(
            findings,
            not_now(
                bilingual!("没有抽过复核“{id}”", "no recount `{id}` was drawn"),
                bilingual!(
                    "先用 `recount draw` 抽取；已抽的：{list}",
                    "draw it with `recount draw` first; drawn so far: {list}"
                ),
            ),
        );
    };
    if let Some((seq, _)) = &recount.counted {
        return refuse(
            findings,
            not_now(
                bilingual!("复核“{id}”已在第 {seq} 件事录入", "the recount `{id}` was keyed in event {seq}"),
                bilingual!(
                    "不同之处用 `correct` 裁定；再复核一次须另抽",
                    "decide its differences with `correct`; to count once more, draw another"
                ),
            ),
        );
    }
    Some(recount)
}

fn bad_id(id: &str) -> Finding {
    let id = shown(id);
    not_now(
        bilingual!("复核编号“{id}”不能用作文件夹名", "the id `{id}` cannot name a folder"),
        bilingual!("只用字母、数字、`-` 和 `_`", "use letters, digits, `-` and `_` only"),
    )
}

fn not_now(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::RecountNotReady, message, help)
}
