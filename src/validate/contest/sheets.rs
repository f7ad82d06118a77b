use std::collections::BTreeMap;

use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::numeric::Exact;
use crate::plan::Rubric;

use super::{ContestInput, MarkKey, RoundInput};

/// Entries below which likeness says nothing.
const FEW: usize = 4;

/// The marks of one judge in one round, by what they are about.
type Sheet<'a> = BTreeMap<MarkKey, &'a Exact>;

/// Warns of sheets that are the same and of judges whose marks do not vary.
pub(super) fn check(input: &ContestInput, rubric: &Rubric, findings: &mut Findings) {
    for (index, (round, (_, declared))) in input.rounds.iter().zip(rubric.rounds()).enumerate() {
        let sheets = sheets(round);
        let name = &declared.name;
        for (judge, sheet) in &sheets {
            if is_constant(sheet) {
                let (code, zh, en) = (code(input, *judge), &name.zh, &name.en);
                let finding = Finding::new(
                    Code::ConstantMarks,
                    bilingual!(
                        "评委“{code}”在“{zh}”给所有参赛者的分数都一样",
                        "the judge `{code}` gave every entry the same marks in `{en}`"
                    ),
                    bilingual!(
                        "与评委核对评分表；标准分对这样的评委无定义",
                        "check the sheet with the judge; such a judge has no standard score"
                    ),
                );
                findings.push(located(finding, input.sheet_place(index, Some(*judge))));
            }
        }
        let all: Vec<(&usize, &Sheet<'_>)> = sheets.iter().collect();
        for (at, (first, one)) in all.iter().enumerate() {
            for (second, other) in all.iter().skip(at + 1) {
                if one == other && one.len() >= FEW && !is_constant(one) {
                    let (a, b, zh, en) = (code(input, **first), code(input, **second), &name.zh, &name.en);
                    let finding = Finding::new(
                        Code::IdenticalSheets,
                        bilingual!(
                            "评委“{a}”与“{b}”在“{zh}”的评分表完全相同",
                            "the judges `{a}` and `{b}` handed in the same marks in `{en}`"
                        ),
                        bilingual!("核对是否把一份表录了两次", "check whether one sheet was entered twice"),
                    );
                    findings.push(located(finding, input.sheet_place(index, Some(**second))));
                }
            }
        }
    }
}

fn sheets(round: &RoundInput) -> BTreeMap<usize, Sheet<'_>> {
    let mut sheets: BTreeMap<usize, Sheet<'_>> = BTreeMap::new();
    for mark in &round.marks {
        if let Some(judge) = mark.key.judge {
            let about = MarkKey { judge: None, ..mark.key };
            sheets.entry(judge).or_default().insert(about, &mark.value);
        }
    }
    sheets
}

/// Whether every criterion has one mark for all of enough entries.
fn is_constant(sheet: &Sheet<'_>) -> bool {
    let mut first: BTreeMap<usize, &Exact> = BTreeMap::new();
    let mut entries: Vec<usize> = sheet.keys().map(|key| key.entry).collect();
    entries.dedup();
    entries.len() >= FEW && sheet.iter().all(|(key, mark)| first.entry(key.criterion).or_insert(mark) == mark)
}

fn code(input: &ContestInput, judge: usize) -> &str {
    input.judges.get(judge).map_or("", |judge| judge.code.as_str())
}

fn located(finding: Finding, place: Option<Place>) -> Finding {
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}
