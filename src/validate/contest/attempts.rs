use crate::definitions::ContestDefinition;
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::model::Id;
use crate::numeric::Exact;
use crate::plan::{Operation, Rubric, Scheme};

use super::columns::{ATTEMPT, ENTRY, ORDER, empty, natural, need, not_a_number, unknown};
use super::tables::{ContestTables, Purpose};
use super::{Attempt, ContestInput};

/// Reads attempts with their own values, and running orders.
pub(super) fn read(
    input: &mut ContestInput,
    contest: &ContestDefinition,
    rubric: &Rubric,
    tables: &ContestTables,
    findings: &mut Findings,
) {
    let codes: Vec<String> = input.entries.iter().map(|entry| entry.code.clone()).collect();
    let known: Vec<&str> = codes.iter().map(String::as_str).collect();
    for (_, purpose, table) in
        tables.of(|purpose| matches!(purpose, Purpose::Attempts(_) | Purpose::Order(_)))
    {
        let (declared, key, index) = match purpose {
            Purpose::Attempts(index) => (contest.project.attempts.get(*index), "attempts", *index),
            Purpose::Order(index) => (contest.project.order.get(*index), "order", *index),
            _ => continue,
        };
        let Some(declared) = declared else { continue };
        let Some(round) = round_of(&declared.round, rubric) else {
            let place = contest.place(&[key.into(), index.into(), "round".into()]);
            findings.push(unknown_round(&declared.round, rubric).at(place));
            continue;
        };
        let columns =
            if key == "order" { need(table, ORDER, findings) } else { need(table, ATTEMPT, findings) };
        let (Some(entry), Some(column)) = (need(table, ENTRY, findings), columns) else { continue };
        let wanted = wanted_values(rubric, round);
        for row in table.rows() {
            let code = row.field(entry);
            let Some(whose) = known.iter().position(|known| *known == code) else {
                findings.push(unknown(("参赛编号", "entry"), code, &known).at(table.place(row, entry)));
                continue;
            };
            let text = row.field(column);
            if text.is_empty() {
                findings.push(empty(table, row, column));
                continue;
            }
            let Some(target) = input.rounds.get_mut(round) else { continue };
            if key == "order" {
                match text.parse() {
                    Ok(position) => target.order.push((whose, position)),
                    Err(_) => {
                        let finding = not_a_number(text, bilingual!("出场顺序", "the running order"));
                        findings.push(finding.at(table.place(row, column)));
                    }
                }
                continue;
            }
            if target.attempts.iter().any(|attempt| attempt.entry == whose && attempt.code == text) {
                let text = shown(text);
                findings.push(
                    Finding::new(
                        Code::DuplicateName,
                        bilingual!(
                            "“{code}”的动作“{text}”重复",
                            "the attempt `{text}` of `{code}` is there twice"
                        ),
                        bilingual!("每个动作只写一行", "write one row for each attempt"),
                    )
                    .at(table.place(row, column)),
                );
                continue;
            }
            let mut attempt = Attempt { entry: whose, code: text.to_owned(), values: Default::default() };
            for name in &wanted {
                let Some(column) = table.column(name) else { continue };
                match Exact::parse(row.field(column)) {
                    Some(value) => drop(attempt.values.insert(name.clone(), value)),
                    None => {
                        let finding = not_a_number(
                            row.field(column),
                            bilingual!("列“{name}”的", "the column `{name}`"),
                        );
                        findings.push(finding.at(table.place(row, column)));
                    }
                }
            }
            target.attempts.push(attempt);
        }
        for name in wanted.iter().filter(|name| key == "attempts" && table.column(name).is_none()) {
            findings.push(
                Finding::new(
                    Code::MissingColumn,
                    bilingual!("缺少列“{name}”", "there is no column `{name}`"),
                    bilingual!(
                        "加上这一列：评分细则要用动作的这个值",
                        "add it: the rubric uses this value of attempts"
                    ),
                )
                .at(table.header_row_place()),
            );
        }
    }
    for round in &mut input.rounds {
        round.attempts.sort_by(|a, b| a.entry.cmp(&b.entry).then_with(|| natural(&a.code, &b.code)));
        round.order.sort_unstable_by_key(|(entry, position)| (*position, *entry));
    }
}

/// The values of attempts that a round's scheme uses.
fn wanted_values(rubric: &Rubric, round: usize) -> Vec<String> {
    let scheme = rubric.rounds().nth(round).and_then(|(_, round)| rubric.scheme(&round.scheme));
    let mut wanted: Vec<String> = scheme.map(values_of).unwrap_or_default();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

fn values_of(scheme: &Scheme) -> Vec<String> {
    let terms = scheme.parts.iter().flat_map(|part| &part.terms).filter_map(|term| term.attempt.clone());
    let steps = scheme.parts.iter().flat_map(|part| &part.steps).filter_map(|step| match step {
        Operation::TimesAttempt { column } => Some(column.clone()),
        _ => None,
    });
    terms.chain(steps).collect()
}

/// The position of a round in the order of the rubric.
pub(super) fn round_of(id: &Id, rubric: &Rubric) -> Option<usize> {
    rubric.rounds().position(|(_, round)| round.id == *id)
}

/// A round that the rubric does not have.
pub(super) fn unknown_round(id: &Id, rubric: &Rubric) -> Finding {
    let known: Vec<&str> = rubric.rounds().map(|(_, round)| round.id.as_str()).collect();
    unknown(("轮次", "round"), id.as_str(), &known)
}
