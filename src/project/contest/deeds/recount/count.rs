//! What was keyed for a recount, compared with what counts.

use std::collections::{BTreeMap, BTreeSet};

use super::again::{Found, found, rounds};
use super::{drawn, folder};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual};
use crate::ledger::{Body, Day, Difference, MarkName, Recount, Recounted, Sheet};
use crate::project::contest::open::{Base, read_input};
use crate::validate::ContestInput;

/// Compares the sheets keyed for a recount with what counts, cell by cell.
pub(in super::super) fn count(
    base: &Base,
    day: &Day,
    by: &str,
    id: &str,
    findings: &mut Findings,
) -> Option<Body> {
    let recount = drawn(day, id, findings)?;
    let input = read_input(base.clone(), findings)?.input;
    let counts = counting(base, &input, day, recount);
    let (sources, found) = found(base, day, recount, findings)?;
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
