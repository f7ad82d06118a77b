//! Recounts: whose marks are counted again, and what that comes to.

use std::collections::{BTreeMap, BTreeSet};

use super::sheets::sheets_in;
use super::{no_stage, refuse, result};
use crate::contest::StageResult;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::ledger::{
    Body, Day, Difference, Entered, MarkName, Recount, RecountDrawn, Recounted, Sheet, Source, draw,
};
use crate::model::Id;
use crate::plan::StageRound;
use crate::project::contest::open::{Base, read_input};
use crate::project::contest::record::day_of;
use crate::validate::{ContestInput, read_sheets};

/// Where the sheets of a recount lie: each under the path that it has in the
/// project.
fn folder(id: &str) -> String {
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

/// Compares the sheets keyed for a recount with what counts, cell by cell.
pub(super) fn count(base: &Base, day: &Day, by: &str, id: &str, findings: &mut Findings) -> Option<Body> {
    let recount = drawn(day, id, findings)?;
    let input = read_input(base.clone(), findings)?.input;
    let counts = counting(base, &input, day, recount);
    let (sources, found) = found(base, recount, findings)?;
    let judges: BTreeSet<_> = counts.keys().map(|(round, judge, _)| (round, judge)).collect();
    let own = |sheet: &&Sheet| sheet.by == by && judges.contains(&(&sheet.round, &sheet.judge));
    let keyed: BTreeSet<&str> =
        day.sheets.iter().filter(own).map(|sheet| sheet.source.path.as_str()).collect();
    findings.extend(keyed.into_iter().map(|path| same_person(path, by)));
    findings.extend(lacking(day, id, &counts, &found));
    if findings.has_errors() {
        return None;
    }
    let names: BTreeSet<&MarkName> = counts.keys().chain(found.keys()).collect();
    let differences = names.iter().filter_map(|name| {
        let (before, after) = (counts.get(*name), found.get(*name));
        (before != after.map(|(value, _)| value)).then(|| Difference {
            round: name.0.clone(),
            judge: name.1.clone(),
            about: name.2.clone(),
            counts: before.cloned(),
            found: after.map(|(value, _)| value.clone()),
            at: after.map(|(_, at)| *at),
        })
    });
    let differences = differences.collect();
    Some(Body::Recounted(Recounted { recount: id.to_owned(), sources, compared: names.len(), differences }))
}

/// The recount of this id, if it is to be counted.
fn drawn<'a>(day: &'a Day, id: &str, findings: &mut Findings) -> Option<&'a Recount> {
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

/// The rounds of the stage of a recount, by position.
fn rounds<'a>(base: &'a Base, recount: &'a Recount) -> impl Iterator<Item = (usize, &'a StageRound)> {
    let rubric = base.rubric.as_ref().map(|rubric| &rubric.rubric);
    let of_stage = move |stage: usize| {
        let stage = rubric.and_then(|rubric| rubric.stages.get(stage));
        stage.is_some_and(|stage| stage.id.as_str() == recount.drawn.stage)
    };
    let all = rubric.into_iter().flat_map(|rubric| rubric.rounds().enumerate());
    all.filter(move |(_, (stage, _))| of_stage(*stage)).map(|(at, (_, round))| (at, round))
}

/// The marks that count of the entries of a recount: those of sheets, with what
/// corrections made of them.
fn counting(base: &Base, input: &ContestInput, day: &Day, recount: &Recount) -> BTreeMap<MarkName, String> {
    let mut counts = BTreeMap::new();
    for (at, declared) in rounds(base, recount) {
        let scheme = base.rubric.as_ref().and_then(|rubric| rubric.rubric.scheme(&declared.scheme));
        let criteria = scheme.map_or(&[][..], |scheme| &scheme.criteria);
        for mark in input.rounds().get(at).iter().flat_map(|round| &round.marks) {
            let Some(criterion) = criteria.get(mark.key.criterion) else { continue };
            let name = input.mark_name(at, mark, &criterion.id);
            // What is measured comes from events, not from sheets.
            let of_sheets = criterion.event.is_none() || day.marks.contains_key(&name);
            if of_sheets && recount.drawn.entries.contains(&name.2.entry) {
                counts.insert(name, mark.value.to_string());
            }
        }
    }
    counts
}

/// A mark as counted again, and where: the position of its file, row and column.
type Found = BTreeMap<MarkName, (String, [u32; 3])>;

/// What the sheets of a recount say of its entries. Those of others that are on
/// them do not matter.
fn found(base: &Base, recount: &Recount, findings: &mut Findings) -> Option<(Vec<Source>, Found)> {
    let definition = sheets_in(base, &folder(&recount.drawn.recount));
    let sheets = read_sheets(&base.folder, &definition, base.rubric.as_ref()?, day_of(base), 1, findings)?;
    let of_stage: Vec<&str> = rounds(base, recount).map(|(_, round)| round.id.as_str()).collect();
    let (mut sources, mut found): (Vec<Source>, Found) = (Vec::new(), BTreeMap::new());
    for Entered { round, judge, source, marks, .. } in
        sheets.into_iter().filter(|sheet| of_stage.contains(&sheet.round.as_str()))
    {
        for line in marks.into_iter().filter(|line| recount.drawn.entries.contains(&line.about.entry)) {
            let at = sources.iter().position(|known| *known == source).unwrap_or_else(|| {
                sources.push(source.clone());
                sources.len() - 1
            });
            let [row, column] = line.cell;
            let at = [u32::try_from(at).unwrap_or(u32::MAX), row, column];
            found.insert((round.clone(), judge.clone(), line.about), (line.mark, at));
        }
    }
    Some((sources, found))
}

/// Marks that cannot have been counted again: those of a judge in a round, or of an
/// entry by a criterion, of which the sheets of the recount have none at all.
fn lacking(day: &Day, id: &str, counts: &BTreeMap<MarkName, String>, found: &Found) -> Vec<Finding> {
    let by_judge = |(round, judge, _): &MarkName| (round.clone(), judge.clone());
    let by_entry =
        |(round, _, about): &MarkName| (round.clone(), about.entry.clone(), about.criterion.clone());
    let judges: BTreeSet<_> = found.keys().map(by_judge).collect();
    let entries: BTreeSet<_> = found.keys().map(by_entry).collect();
    let mut said = BTreeSet::new();
    let mut findings = Vec::new();
    for name in counts.keys() {
        let (round, judge, about) = name;
        let who = if !judges.contains(&by_judge(name)) {
            let judge = judge.as_deref().unwrap_or("—");
            bilingual!("评委 {judge} 的分数", "the marks of {judge}")
        } else if !entries.contains(&by_entry(name)) {
            let (entry, criterion) = (&about.entry, &about.criterion);
            bilingual!("{entry} 的“{criterion}”", "`{criterion}` of {entry}")
        } else {
            continue;
        };
        let path = day.marks.get(name).and_then(|state| day.sheets.get(state.entry.sheet));
        let path = path.map_or("", |sheet| sheet.source.path.as_str());
        let place = Place::file(format!("{}/{path}", folder(id)));
        if said.insert((round, who.en.clone())) {
            findings.push(incomplete(round, id, who).at(place));
        }
    }
    findings
}

fn incomplete(round: &str, id: &str, who: Bilingual) -> Finding {
    let Bilingual { zh, en } = who;
    let folder = folder(id);
    Finding::new(
        Code::RecountIncomplete,
        bilingual!("复核“{id}”缺少“{round}”{zh}", "the recount `{id}` lacks {en} in `{round}`"),
        bilingual!(
            "照原始评分表重新录入，放在 {folder}/ 下同样的路径，再做一遍",
            "key them from the paper sheets into the same path below {folder}/, then do this again"
        ),
    )
}

fn same_person(path: &str, by: &str) -> Finding {
    Finding::new(
        Code::SamePerson,
        bilingual!(
            "要复核的“{path}”原来就是 {by} 录的",
            "`{path}`, which is counted again, was keyed by {by}"
        ),
        bilingual!("换一人复核，`--by` 写其编号", "let somebody else count, with their code as `--by`"),
    )
    .at(Place::file(path))
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
