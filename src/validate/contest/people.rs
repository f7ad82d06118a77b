use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::plan::Rubric;

use super::columns::{
    ELIGIBLE, ENTRY, JUDGE, MEMBER, NAME_EN, NAME_ZH, Names, PANEL, ROUNDS, empty, find, natural, need,
    unknown,
};
use super::tables::{ContestTables, Purpose};
use super::{ContestInput, Entry, Judge, Member};

/// Reads entries, members and judges, and puts them in order of code.
pub(super) fn read(
    input: &mut ContestInput,
    rubric: &Rubric,
    tables: &ContestTables,
    findings: &mut Findings,
) {
    for (_, _, table) in tables.of(|purpose| *purpose == Purpose::Entries) {
        for person in people(table, ENTRY, &[ELIGIBLE], findings) {
            let eligible =
                find(table, ELIGIBLE).is_none_or(|column| is_eligible(table, person.row, column, findings));
            let Person { code, name, facts, .. } = person;
            input.entries.push(Entry { code, name, facts, eligible, members: Vec::new() });
        }
    }
    input.entries.sort_by(|a, b| natural(&a.code, &b.code));
    members(input, tables, findings);
    judges(input, rubric, tables, findings);
}

fn members(input: &mut ContestInput, tables: &ContestTables, findings: &mut Findings) {
    let codes: Vec<String> = input.entries.iter().map(|entry| entry.code.clone()).collect();
    let known: Vec<&str> = codes.iter().map(String::as_str).collect();
    for (_, _, table) in tables.of(|purpose| *purpose == Purpose::Members) {
        let Some(column) = need(table, ENTRY, findings) else { continue };
        for person in people(table, MEMBER, &[ENTRY], findings) {
            let code = person.row.field(column);
            match known.iter().position(|known| *known == code) {
                Some(entry) => {
                    let Person { code, name, facts, .. } = person;
                    input.members.push(Member { code, name, facts, entry });
                }
                None => {
                    let finding = unknown(("参赛编号", "entry"), code, &known);
                    findings.push(finding.at(table.place(person.row, column)));
                }
            }
        }
    }
    input.members.sort_by(|a, b| natural(&a.code, &b.code));
    for (index, member) in input.members.iter().enumerate() {
        if let Some(entry) = input.entries.get_mut(member.entry) {
            entry.members.push(index);
        }
    }
}

fn judges(input: &mut ContestInput, rubric: &Rubric, tables: &ContestTables, findings: &mut Findings) {
    let panels: Vec<&str> = rubric.panels.iter().map(|panel| panel.id.as_str()).collect();
    let rounds: Vec<&str> = rubric.rounds().map(|(_, round)| round.id.as_str()).collect();
    for (_, _, table) in tables.of(|purpose| *purpose == Purpose::Judges) {
        let Some(column) = need(table, PANEL, findings) else { continue };
        for person in people(table, JUDGE, &[PANEL, ROUNDS], findings) {
            let named = person.row.field(column);
            let is_named = |panel: &crate::plan::Panel| {
                panel.id.as_str() == named || panel.name.zh == named || panel.name.en == named
            };
            let Some(panel) = rubric.panels.iter().position(is_named) else {
                let finding = unknown(("评委组", "panel"), named, &panels);
                findings.push(finding.at(table.place(person.row, column)));
                continue;
            };
            let sits =
                find(table, ROUNDS).and_then(|column| sits_in(table, person.row, column, &rounds, findings));
            let Person { code, name, facts, .. } = person;
            input.judges.push(Judge { code, name, facts, panel, rounds: sits });
        }
    }
    input.judges.sort_by(|a, b| (a.panel.cmp(&b.panel)).then_with(|| natural(&a.code, &b.code)));
}

/// The rounds a judge sits in, when the field names any.
fn sits_in(
    table: &Table,
    row: &TableRow,
    column: usize,
    rounds: &[&str],
    findings: &mut Findings,
) -> Option<BTreeSet<usize>> {
    let mut sits = BTreeSet::new();
    for word in row.field(column).split([' ', ';', '；', '、', '|']).filter(|word| !word.is_empty()) {
        match rounds.iter().position(|round| *round == word) {
            Some(round) => drop(sits.insert(round)),
            None => findings.push(unknown(("轮次", "round"), word, rounds).at(table.place(row, column))),
        }
    }
    (!sits.is_empty()).then_some(sits)
}

struct Person<'a> {
    code: String,
    name: Bilingual,
    facts: BTreeMap<String, String>,
    row: &'a TableRow,
}

/// The rows of a table of people; columns that are neither code nor name nor
/// `others` are facts.
fn people<'a>(table: &'a Table, code: Names, others: &[Names], findings: &mut Findings) -> Vec<Person<'a>> {
    let (code, zh) = (need(table, code, findings), find(table, NAME_ZH));
    let Some(code) = code else { return Vec::new() };
    let en = find(table, NAME_EN);
    let own: Vec<usize> = [Some(code), zh, en]
        .into_iter()
        .chain(others.iter().map(|names| find(table, names)))
        .flatten()
        .collect();
    let mut lines: HashMap<&str, u32> = HashMap::new();
    let mut people = Vec::new();
    for row in table.rows() {
        let text = row.field(code);
        if text.is_empty() {
            findings.push(empty(table, row, code));
            continue;
        }
        if let Some(first) = lines.insert(text, row.line) {
            findings.push(twice(text, first).at(table.place(row, code)));
            continue;
        }
        let word =
            |column: Option<usize>| column.map(|column| row.field(column)).filter(|word| !word.is_empty());
        let name = Bilingual {
            zh: word(zh).or(word(en)).unwrap_or(text).to_owned(),
            en: word(en).or(word(zh)).unwrap_or(text).to_owned(),
        };
        let headers = table.headers().iter().enumerate();
        let facts = headers
            .filter(|(column, header)| !own.contains(column) && !header.is_empty())
            .map(|(column, header)| (header.clone(), row.field(column).to_owned()))
            .collect();
        people.push(Person { code: text.to_owned(), name, facts, row });
    }
    people
}

fn twice(code: &str, first: u32) -> Finding {
    let code = shown(code);
    Finding::new(
        Code::DuplicateName,
        bilingual!(
            "编号“{code}”重复，第 {first} 行已有",
            "the code `{code}` is used twice, first on line {first}"
        ),
        bilingual!("每个编号只写一行", "write one row for each code"),
    )
}

fn is_eligible(table: &Table, row: &TableRow, column: usize, findings: &mut Findings) -> bool {
    match row.field(column) {
        "" | "yes" | "true" | "是" => true,
        "no" | "false" | "否" => false,
        other => {
            let other = shown(other);
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("“{other}”不是“是”或“否”", "`{other}` is neither `yes` nor `no`"),
                    bilingual!(
                        "写“是”（可获奖）或“否”（不参与评奖）",
                        "write `yes`, or `no` for an entry that wins no prize"
                    ),
                )
                .at(table.place(row, column)),
            );
            true
        }
    }
}
