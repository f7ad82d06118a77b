mod cells;
mod headers;
mod keys;

use std::collections::{BTreeSet, HashMap};

use crate::definitions::ContestDefinition;
use crate::diagnostics::{Code, Finding, Findings, Lang, bilingual};
use crate::input::Table;
use crate::model::Origin;
use crate::numeric::Exact;
use crate::plan::{Criterion, Layout, MarksFile, Rubric};

use super::attempts::{round_of, unknown_round};
use super::columns::{ATTEMPT, ENTRY, MEMBER, ORDER, find, missing, natural, unknown};
use super::events::criteria_of;
use super::tables::{ContestTables, Purpose};
use super::{Attempt, ContestInput, Mark, MarkKey};

/// What a judge writes in place of a mark that another rule forbids to give.
const RECUSED: [&str; 3] = ["避", "回避", "recused"];

/// What stands in the cells of a blank sheet that a recused judge leaves alone.
pub fn recused_sign(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "避",
        Lang::En => "recused",
    }
}

/// Reads all score sheets into the marks of their rounds.
pub(super) fn read(
    input: &mut ContestInput,
    contest: &ContestDefinition,
    rubric: &Rubric,
    tables: &ContestTables,
    findings: &mut Findings,
) {
    let mut sheets = Vec::new();
    let recorded: Vec<MarksFile> = rubric.rounds().map(|(_, round)| MarksFile::long(&round.id)).collect();
    for (at, purpose, table) in
        tables.of(|purpose| matches!(purpose, Purpose::Marks(..) | Purpose::Recorded(_)))
    {
        if let Purpose::Recorded(of) = purpose {
            let round = recorded.iter().position(|declared| declared.round.as_str() == of);
            match round.and_then(|round| Some((round, recorded.get(round)?))) {
                Some((round, declared)) => sheets.push(Sheet { at, table, declared, round, named: None }),
                None => {
                    let known: Vec<&str> = recorded.iter().map(|declared| declared.round.as_str()).collect();
                    findings.push(unknown(("轮次", "round"), of, &known).at(table.header_row_place()));
                }
            }
            continue;
        }
        let Purpose::Marks(index, judge) = purpose else { continue };
        let Some(declared) = contest.project.marks.get(*index) else { continue };
        match round_of(&declared.round, rubric) {
            Some(round) => sheets.push(Sheet { at, table, declared, round, named: judge.as_deref() }),
            None => {
                let place = contest.place(&["marks".into(), (*index).into(), "round".into()]);
                findings.push(unknown_round(&declared.round, rubric).at(place));
            }
        }
    }
    let with_attempts: Vec<usize> =
        contest.project.attempts.iter().filter_map(|file| round_of(&file.round, rubric)).collect();
    for sheet in sheets.iter().filter(|sheet| !with_attempts.contains(&sheet.round)) {
        attempts_from(sheet, input);
    }
    for round in &mut input.rounds {
        round.attempts.sort_by(|a, b| a.entry.cmp(&b.entry).then_with(|| natural(&a.code, &b.code)));
    }
    let names = Names::of(input);
    let (mut read, mut said) = (Vec::new(), BTreeSet::new());
    for sheet in &sheets {
        let criteria = criteria_of(rubric, sheet.round).unwrap_or_default();
        let (read, said) = (&mut read, &mut said);
        let mut reader =
            Reader { sheet, input, rubric, criteria, names: &names, findings, read, said, blind: false };
        reader.sheet();
    }
    merge(input, read, findings);
}

/// A table of marks.
struct Sheet<'a> {
    at: usize,
    table: &'a Table,
    declared: &'a MarksFile,
    round: usize,
    /// The judge whose sheet it is.
    named: Option<&'a str>,
}

/// Codes to positions.
struct Names {
    entries: HashMap<String, usize>,
    members: HashMap<String, usize>,
    judges: HashMap<String, usize>,
    attempts: Vec<HashMap<(usize, String), usize>>,
}

impl Names {
    fn of(input: &ContestInput) -> Self {
        let attempts = input.rounds.iter().map(|round| {
            let all = round.attempts.iter().enumerate();
            all.map(|(at, attempt)| ((attempt.entry, attempt.code.clone()), at)).collect()
        });
        let judges = input.judges.iter().enumerate();
        let mut by_name: HashMap<String, usize> =
            judges.clone().map(|(at, judge)| (judge.name.zh.clone(), at)).collect();
        by_name.extend(judges.map(|(at, judge)| (judge.code.clone(), at)));
        Self {
            entries: input.entries.iter().enumerate().map(|(at, entry)| (entry.code.clone(), at)).collect(),
            members: input.members.iter().enumerate().map(|(at, member)| (member.code.clone(), at)).collect(),
            judges: by_name,
            attempts: attempts.collect(),
        }
    }
}

/// Attempts that no table declares are those that sheets name.
fn attempts_from(sheet: &Sheet<'_>, input: &mut ContestInput) {
    let (Some(entry), Some(column)) = (find(sheet.table, ENTRY), find(sheet.table, ATTEMPT)) else { return };
    for row in sheet.table.rows() {
        let whose = input.entries.iter().position(|known| known.code == row.field(entry));
        let (code, Some(round)) = (row.field(column), input.rounds.get_mut(sheet.round)) else { continue };
        let known = |attempt: &Attempt| Some(attempt.entry) == whose && attempt.code == code;
        if let Some(entry) = whose.filter(|_| !code.is_empty() && !round.attempts.iter().any(known)) {
            round.attempts.push(Attempt { entry, code: code.to_owned(), values: Default::default() });
        }
    }
}

/// A column of marks.
struct Column {
    column: usize,
    criterion: Option<usize>,
    judge: Option<usize>,
}

struct Reader<'a> {
    sheet: &'a Sheet<'a>,
    input: &'a ContestInput,
    rubric: &'a Rubric,
    criteria: &'a [Criterion],
    names: &'a Names,
    findings: &'a mut Findings,
    read: &'a mut Vec<(usize, Mark)>,
    /// What has been said of a judge and an entry in a round: once is enough.
    said: &'a mut BTreeSet<(Code, usize, Option<usize>, usize)>,
    /// Whether rows have the number as drawn in place of the entry's code.
    blind: bool,
}

impl Reader<'_> {
    fn sheet(&mut self) {
        let table = self.sheet.table;
        let (mut entry, member) = (find(table, ENTRY), find(table, MEMBER));
        // A sheet on which nobody is named has the numbers as drawn.
        if entry.is_none() && !self.input.order_as_drawn(self.sheet.round).is_empty() {
            entry = find(table, ORDER);
            self.blind = entry.is_some();
        }
        if entry.is_none() && member.is_none() {
            self.findings.push(missing(table, ENTRY));
            return;
        }
        let Some(columns) = self.columns() else { return };
        let judge = match self.sheet.named {
            Some(code) => match self.judge(code) {
                Some(judge) => Some(judge),
                None => {
                    let finding = self.unknown_judge(code);
                    self.findings.push(finding.at(crate::diagnostics::Place::file(table.name())));
                    return;
                }
            },
            None => None,
        };
        for row in table.rows() {
            let Some(key) = self.row_key(row, entry, member, judge) else { continue };
            let mut sum = Some(Exact::zero());
            for column in &columns {
                let value = self.cell(row, column, key);
                match value {
                    Cell::Mark(value) => sum = sum.map(|sum| &sum + &value),
                    Cell::Empty => {}
                    Cell::Bad => sum = None,
                }
            }
            if let Some(sum) = sum.filter(|_| self.sheet.declared.layout == Layout::Criteria) {
                self.check_sum(row, &sum);
            }
        }
    }
}

enum Cell {
    Mark(Exact),
    Empty,
    Bad,
}

/// Puts the marks into their rounds, in order of key; two different marks for
/// one key are a finding.
fn merge(input: &mut ContestInput, mut read: Vec<(usize, Mark)>, findings: &mut Findings) {
    read.sort_by(|(a, x), (b, y)| (a, x.key, x.origin).cmp(&(b, y.key, y.origin)));
    let mut last: Option<(usize, MarkKey, Exact, Origin)> = None;
    for (round, mark) in read {
        if let Some((before, key, value, origin)) = &last
            && (*before, *key) == (round, mark.key)
        {
            if *value != mark.value {
                let first = input.place(*origin).map_or(String::new(), |place| place.to_string());
                let now = &mark.value;
                let finding = Finding::new(
                    Code::DuplicateMark,
                    bilingual!(
                        "同一分数有两个值：{value}（{first}）和 {now}",
                        "the same mark is there twice: {value} ({first}) and {now}"
                    ),
                    bilingual!(
                        "与原始评分表核对后删去一个",
                        "check the judge's sheet and delete one of them"
                    ),
                );
                findings.extend(input.place(mark.origin).map(|place| finding.at(place)));
            }
            continue;
        }
        last = Some((round, mark.key, mark.value.clone(), mark.origin));
        if let Some(round) = input.rounds.get_mut(round) {
            round.marks.push(mark);
        }
    }
}
