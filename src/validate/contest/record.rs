//! What a log has on record, as tables like those that people fill in.

use std::collections::BTreeMap;

use super::tables::Purpose;
use crate::diagnostics::{Code, Finding, Findings, Place, Position, bilingual};
use crate::input::Table;
use crate::ledger::{Day, Difference, Dispute, Entry, MarkAddress, Recount, Source};
use crate::plan::ContestProject;

const MARKS: [&str; 6] = ["entry", "member", "attempt", "judge", "criterion", "mark"];
const EVENTS: [&str; 11] =
    ["kind", "round", "entry", "member", "judge", "criterion", "attempt", "old", "value", "by", "reason"];

/// The tables of marks, of events and of running orders that the log comes to.
pub(super) fn tables(day: &Day) -> Vec<(Purpose, Table)> {
    let mut tables = Vec::new();
    let mut rounds: BTreeMap<&str, Vec<(Vec<String>, Place)>> = BTreeMap::new();
    for ((round, judge, about), state) in day.standing_marks() {
        let row = mark_row(about, judge.as_deref(), &state.entry.value);
        let place = place_of(day, &state.entry);
        rounds.entry(round).or_default().push((row, place));
    }
    for (round, rows) in rounds {
        tables.push((Purpose::Recorded(round.to_owned()), table(day, &MARKS, rows)));
    }
    let events: Vec<(Vec<String>, Place)> = day.happened.iter().map(|event| event_row(day, event)).collect();
    if !events.is_empty() {
        tables.push((Purpose::Events, table(day, &EVENTS, events)));
    }
    tables
}

fn table(day: &Day, headers: &[&str], rows: Vec<(Vec<String>, Place)>) -> Table {
    Table::of_record(&day.log, &day.log_sha256, headers, rows)
}

fn mark_row(about: &MarkAddress, judge: Option<&str>, mark: &str) -> Vec<String> {
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    vec![
        about.entry.clone(),
        word(&about.member),
        word(&about.attempt),
        judge.unwrap_or_default().to_owned(),
        about.criterion.clone(),
        mark.to_owned(),
    ]
}

fn event_row(day: &Day, event: &(usize, String, crate::ledger::Happening)) -> (Vec<String>, Place) {
    let (seq, by, happening) = event;
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    let row = vec![
        happening.what.clone(),
        word(&happening.round),
        word(&happening.entry),
        word(&happening.member),
        word(&happening.judge),
        word(&happening.criterion),
        word(&happening.attempt),
        word(&happening.old),
        word(&happening.value),
        happening.decided_by.clone().unwrap_or_else(|| by.clone()),
        happening.reason.clone(),
    ];
    let place = happening.from.as_ref().map(|from| {
        let row = from.row as usize;
        let position = match &from.sheet {
            Some(sheet) => Position::Cell { sheet: sheet.clone(), row, column: 1 },
            None => Position::Text { line: row, column: 1 },
        };
        Place { position: Some(position), ..Place::file(&from.path) }
    });
    (row, place.unwrap_or_else(|| line_of(day, *seq)))
}

/// The cell that a mark was keyed from.
pub(super) fn place_of(day: &Day, entry: &Entry) -> Place {
    match day.sheets.get(entry.sheet) {
        Some(sheet) => cell_of(&sheet.source, entry.cell),
        None => Place::file(&day.log),
    }
}

/// A cell of a file on record.
fn cell_of(source: &Source, cell: [u32; 2]) -> Place {
    let [row, column] = cell.map(|number| number as usize);
    let position = match &source.sheet {
        Some(sheet) => Position::Cell { sheet: sheet.clone(), row, column },
        None => Position::Text { line: row, column },
    };
    Place { position: Some(position), ..Place::file(&source.path) }
}

/// The line of an event in the log.
pub(super) fn line_of(day: &Day, seq: usize) -> Place {
    Place { position: Some(Position::Text { line: seq, column: 1 }), ..Place::file(&day.log) }
}

/// Reports cells that two people keyed differently, those that a recount found
/// otherwise, and sheets keyed once where the project wants two entries.
pub(super) fn check(day: &Day, project: &ContestProject, findings: &mut Findings) {
    for ((round, judge, about), dispute) in &day.disputes {
        findings.push(differ(day, (round, judge.as_deref(), about), dispute));
    }
    for recount in &day.recounts {
        findings.extend(recount.open().map(|difference| recounted(day, recount, difference)));
    }
    let wanted = project.log.iter().flat_map(|log| &log.double_entry);
    for round in wanted.map(|round| round.as_str()) {
        let mut once: BTreeMap<usize, usize> = BTreeMap::new();
        for (name, state) in day.standing_marks() {
            if name.0 == round && !state.confirmed {
                *once.entry(state.entry.sheet).or_default() += 1;
            }
        }
        for (sheet, count) in once {
            findings.extend(day.sheets.get(sheet).map(|sheet| keyed_once(sheet, count)));
        }
    }
}

fn differ(day: &Day, name: (&str, Option<&str>, &MarkAddress), dispute: &Dispute) -> Finding {
    let (round, judge, about) = name;
    let said = |entry: &Option<Entry>| match entry {
        Some(entry) => {
            let by = day.sheets.get(entry.sheet).map_or("", |sheet| &sheet.by);
            let (value, place) = (&entry.value, place_of(day, entry));
            bilingual!("{by} 录为 {value}（{place}）", "{by} keyed {value} ({place})")
        }
        None => bilingual!("另一遍没有这一格", "the other entry has no such cell"),
    };
    let (first, second) = (said(&dispute.first), said(&dispute.second));
    let (first_zh, first_en, second_zh, second_en) = (first.zh, first.en, second.zh, second.en);
    let (entry, criterion) = (&about.entry, &about.criterion);
    let person = about.member.as_deref().unwrap_or(entry);
    let judge = judge.unwrap_or("—");
    let place = dispute.second.as_ref().or(dispute.first.as_ref()).map(|entry| place_of(day, entry));
    let finding = Finding::new(
        Code::EntriesDiffer,
        bilingual!(
            "“{round}”评委 {judge} 给 {person} 的“{criterion}”，两遍录入不同：{first_zh}，{second_zh}；两者都不采用",
            "the two entries of the mark for `{criterion}` of {person} by {judge} in `{round}` differ: {first_en}, {second_en}; neither counts"
        ),
        bilingual!(
            "查看原始评分表，用 `benchline contest correct --round {round} --entry {entry} … --value 分数` 裁定",
            "look at the paper sheet and decide with `benchline contest correct --round {round} --entry {entry} … --value MARK`"
        ),
    );
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}

fn recounted(day: &Day, recount: &Recount, difference: &Difference) -> Finding {
    let Difference { round, judge, about, counts, found, at } = difference;
    let (entry, criterion, id) = (&about.entry, &about.criterion, &recount.drawn.recount);
    let person = about.member.as_deref().unwrap_or(entry);
    let (none_zh, none_en) = ("没有分数".to_owned(), "no mark".to_owned());
    let (counts_zh, found_zh) = (counts.as_ref().unwrap_or(&none_zh), found.as_ref().unwrap_or(&none_zh));
    let (counts_en, found_en) = (counts.as_ref().unwrap_or(&none_en), found.as_ref().unwrap_or(&none_en));
    let known = day.marks.get(&difference.name()).map(|state| place_of(day, &state.entry));
    let first = known.as_ref().map_or(bilingual!("", ""), |place| bilingual!("（{place}）", " ({place})"));
    let (first_zh, first_en, by) = (first.zh, first.en, judge.as_deref().unwrap_or("—"));
    let sources = recount.counted.as_ref().map_or(&[][..], |(_, counted)| &counted.sources);
    let cell = at.and_then(|[file, row, column]| Some(cell_of(sources.get(file as usize)?, [row, column])));
    let option = |name: &str, word: &Option<String>| {
        word.as_ref().map_or_else(String::new, |word| format!(" --{name} {word}"))
    };
    let command = format!(
        "benchline contest correct … --round {round} --entry {entry}{}{}{} --criterion {criterion}",
        option("member", &about.member),
        option("attempt", &about.attempt),
        option("judge", judge),
    );
    let finding = Finding::new(
        Code::RecountDiffers,
        bilingual!(
            "复核“{id}”：“{round}”评委 {by} 给 {person} 的“{criterion}”，计分的是 {counts_zh}{first_zh}，重新录入的是 {found_zh}",
            "recount `{id}`: the mark for `{criterion}` of {person} by {by} in `{round}` counts as {counts_en}{first_en}, and was keyed anew as {found_en}"
        ),
        bilingual!(
            "查看原始评分表，用 `{command} --value 分数 --why 理由` 裁定；原分数不变也要写明",
            "look at the paper sheet and decide with `{command} --value MARK --why REASON`, also if the mark stands"
        ),
    );
    match cell.or(known) {
        Some(place) => finding.at(place),
        None => finding,
    }
}

fn keyed_once(sheet: &crate::ledger::Sheet, count: usize) -> Finding {
    let (round, by, path) = (&sheet.round, &sheet.by, &sheet.source.path);
    let judge = sheet.judge.as_deref().unwrap_or("—");
    Finding::new(
        Code::KeyedOnce,
        bilingual!(
            "“{round}”评委 {judge} 的评分表只由 {by} 录过一遍，{count} 个分数没有核对",
            "the sheet of {judge} in `{round}` was keyed once, by {by}; {count} marks are not confirmed"
        ),
        bilingual!(
            "由另一人再录一遍：`benchline contest enter --second …`",
            "have somebody else key it again: `benchline contest enter --second …`"
        ),
    )
    .at(Place::file(path))
}
