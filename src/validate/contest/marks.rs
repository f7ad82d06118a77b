use std::collections::{BTreeSet, HashMap};

use crate::definitions::ContestDefinition;
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::model::Origin;
use crate::numeric::Exact;
use crate::plan::{Criterion, Layout, MarksFile, Rubric};

use super::attempts::{round_of, unknown_round};
use super::columns::{
    ATTEMPT, CRITERION, ENTRY, JUDGE, MARK, MEMBER, TOTAL, find, missing, natural, need, not_a_number,
    unknown,
};
use super::events::criteria_of;
use super::tables::{ContestTables, Purpose};
use super::{Attempt, ContestInput, Mark, MarkKey, scale};

/// What a judge writes in place of a mark that another rule forbids to give.
const RECUSED: [&str; 3] = ["避", "回避", "recused"];

/// Reads all score sheets into the marks of their rounds.
pub(super) fn read(
    input: &mut ContestInput,
    contest: &ContestDefinition,
    rubric: &Rubric,
    tables: &ContestTables,
    findings: &mut Findings,
) {
    let mut sheets = Vec::new();
    for (at, purpose, table) in tables.of(|purpose| matches!(purpose, Purpose::Marks(..))) {
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
        let mut reader = Reader { sheet, input, rubric, criteria, names: &names, findings, read, said };
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
}

impl Reader<'_> {
    fn sheet(&mut self) {
        let table = self.sheet.table;
        let (entry, member) = (find(table, ENTRY), find(table, MEMBER));
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

    /// The columns that hold marks.
    fn columns(&mut self) -> Option<Vec<Column>> {
        let table = self.sheet.table;
        let headers = table.headers().iter().enumerate();
        match self.sheet.declared.layout {
            Layout::Long => {
                let column = need(table, MARK, self.findings)?;
                Some(vec![Column { column, criterion: None, judge: None }])
            }
            Layout::Criteria => {
                let found: Vec<Column> = headers
                    .filter_map(|(column, header)| {
                        let criterion = self.criterion(header)?;
                        Some(Column { column, criterion: Some(criterion), judge: None })
                    })
                    .collect();
                let misspelt = self.report_misspelt(&found);
                self.report_unused(|column| {
                    misspelt.contains(&column) || found.iter().any(|found| found.column == column)
                });
                self.report_absent(&found)?;
                misspelt.is_empty().then_some(found)
            }
            Layout::Judges => {
                let found: Vec<Column> = headers
                    .filter_map(|(column, header)| {
                        let judge = self.judge(header)?;
                        Some(Column { column, criterion: None, judge: Some(judge) })
                    })
                    .collect();
                self.report_unused(|column| found.iter().any(|found| found.column == column));
                if found.is_empty() {
                    let known: Vec<&str> =
                        self.input.judges.iter().map(|judge| judge.code.as_str()).collect();
                    let list = known.join(", ");
                    self.findings.push(
                        Finding::new(
                            Code::MissingColumn,
                            bilingual!(
                                "没有一列以评委编号为列名",
                                "no column has the code of a judge as its header"
                            ),
                            bilingual!(
                                "列名写评委编号：{list}",
                                "use the codes of judges as headers: {list}"
                            ),
                        )
                        .at(table.header_row_place()),
                    );
                    return None;
                }
                Some(found)
            }
        }
    }

    /// Headers that are likely those of a criterion without a column: without
    /// them the sheet cannot be read.
    fn report_misspelt(&mut self, found: &[Column]) -> Vec<usize> {
        let table = self.sheet.table;
        let absent: Vec<&Criterion> = self
            .criteria
            .iter()
            .enumerate()
            .filter(|(at, _)| !found.iter().any(|column| column.criterion == Some(*at)))
            .map(|(_, criterion)| criterion)
            .collect();
        let words = || absent.iter().flat_map(|one| [one.id.as_str(), &one.name.zh, &one.name.en]);
        let mut misspelt = Vec::new();
        for (column, header) in table.headers().iter().enumerate() {
            let known = self.is_known(column) || found.iter().any(|found| found.column == column);
            let Some(near) = crate::diagnostics::did_you_mean(header, words()).filter(|_| !known) else {
                continue;
            };
            let header = shown(header);
            self.findings.push(
                Finding::new(
                    Code::MissingColumn,
                    bilingual!(
                        "没有评分项“{header}”，也没有一列是“{near}”",
                        "there is no criterion `{header}`, and no column `{near}`"
                    ),
                    bilingual!(
                        "是否想写 `{near}`？不计分的列在 `ignore` 中列出",
                        "did you mean `{near}`? List a column that does not count in `ignore`"
                    ),
                )
                .at(table.header_place(column)),
            );
            misspelt.push(column);
        }
        misspelt
    }

    /// Whether a column is one that sheets may have beside marks.
    fn is_known(&self, column: usize) -> bool {
        use super::columns::{NAME_EN, NAME_ZH, ORDER};
        let table = self.sheet.table;
        let own = [ENTRY, MEMBER, JUDGE, ATTEMPT, CRITERION, TOTAL, NAME_ZH, NAME_EN, ORDER];
        let header = table.headers().get(column).map_or("", String::as_str);
        own.iter().any(|names| find(table, names) == Some(column))
            || header.is_empty()
            || self.sheet.declared.ignore.iter().any(|ignored| ignored == header)
    }

    /// A criteria sheet lacks a criterion that its judge marks.
    fn report_absent(&mut self, found: &[Column]) -> Option<()> {
        let panel =
            self.sheet.named.and_then(|code| self.judge(code)).and_then(|at| self.input.judges.get(at));
        let panel = panel.and_then(|judge| self.rubric.panels.get(judge.panel)).map(|panel| &panel.id);
        let table = self.sheet.table;
        for (at, criterion) in self.criteria.iter().enumerate() {
            let wanted = panel.is_some() && criterion.panel.as_ref() == panel && !criterion.optional;
            if wanted && !found.iter().any(|column| column.criterion == Some(at)) {
                let (zh, id) = (&criterion.name.zh, &criterion.id);
                self.findings.push(
                    Finding::new(
                        Code::MissingColumn,
                        bilingual!(
                            "评分表缺少评分项“{zh}”（{id}）",
                            "the sheet has no column for the criterion `{id}`"
                        ),
                        bilingual!("加上这一列", "add the column"),
                    )
                    .at(table.header_row_place()),
                );
            }
        }
        if found.is_empty() && panel.is_none() {
            let list =
                self.criteria.iter().map(|criterion| criterion.id.as_str()).collect::<Vec<_>>().join(", ");
            self.findings.push(
                Finding::new(
                    Code::MissingColumn,
                    bilingual!("没有一列以评分项为列名", "no column has a criterion as its header"),
                    bilingual!("列名写评分项：{list}", "use the criteria as headers: {list}"),
                )
                .at(table.header_row_place()),
            );
        }
        (!found.is_empty()).then_some(())
    }

    fn report_unused(&mut self, used: impl Fn(usize) -> bool) {
        let table = self.sheet.table;
        for (column, header) in table.headers().iter().enumerate() {
            if self.is_known(column) || used(column) {
                continue;
            }
            let words = self.criteria.iter().flat_map(|one| [one.id.as_str(), &one.name.zh]);
            let judges = self.input.judges.iter().map(|judge| judge.code.as_str());
            let near = match self.sheet.declared.layout {
                Layout::Judges => crate::diagnostics::did_you_mean(header, judges),
                _ => crate::diagnostics::did_you_mean(header, words),
            };
            let header = shown(header);
            let help = match near {
                Some(near) => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
                None => {
                    bilingual!("删去此列，或在 `ignore` 中列出它", "delete the column or list it in `ignore`")
                }
            };
            self.findings.push(
                Finding::new(
                    Code::UnusedColumn,
                    bilingual!("没有用到列“{header}”", "nothing uses the column `{header}`"),
                    help,
                )
                .at(table.header_place(column)),
            );
        }
    }

    fn criterion(&self, word: &str) -> Option<usize> {
        let named = |one: &Criterion| one.id.as_str() == word || one.name.zh == word || one.name.en == word;
        self.criteria.iter().position(named)
    }

    fn judge(&self, word: &str) -> Option<usize> {
        self.names.judges.get(word).copied()
    }

    fn unknown_judge(&self, code: &str) -> Finding {
        let known: Vec<&str> = self.input.judges.iter().map(|judge| judge.code.as_str()).collect();
        unknown(("评委", "judge"), code, &known)
    }

    /// What a row is about; `None` when that is unknown.
    fn row_key(
        &mut self,
        row: &TableRow,
        entry: Option<usize>,
        member: Option<usize>,
        judge: Option<usize>,
    ) -> Option<MarkKey> {
        let table = self.sheet.table;
        let person =
            match member.map(|column| (column, row.field(column))).filter(|(_, code)| !code.is_empty()) {
                Some((column, code)) => match self.names.members.get(code) {
                    Some(member) => Some(*member),
                    None => {
                        let known: Vec<&str> =
                            self.input.members.iter().map(|member| member.code.as_str()).collect();
                        self.findings
                            .push(unknown(("选手", "member"), code, &known).at(table.place(row, column)));
                        return None;
                    }
                },
                None => None,
            };
        let owner = person.and_then(|member| Some(self.input.members.get(member)?.entry));
        let whose = match entry.map(|column| (column, row.field(column))) {
            Some((column, code)) if !code.is_empty() || owner.is_none() => match self.names.entries.get(code)
            {
                Some(entry) if owner.is_none_or(|owner| owner == *entry) => *entry,
                found => {
                    let finding = match found {
                        Some(_) => Finding::new(
                            Code::UnknownName,
                            bilingual!("“{code}”没有这名选手", "the member is not one of `{code}`"),
                            bilingual!("核对编号与选手", "check the entry and the member"),
                        ),
                        None => {
                            let known: Vec<&str> =
                                self.input.entries.iter().map(|entry| entry.code.as_str()).collect();
                            unknown(("参赛编号", "entry"), code, &known)
                        }
                    };
                    self.findings.push(finding.at(table.place(row, column)));
                    return None;
                }
            },
            _ => owner?,
        };
        let attempt = self.attempt(row, whose)?;
        let judge = match find(table, JUDGE).map(|column| (column, row.field(column))) {
            Some((column, code)) if judge.is_none() && !code.is_empty() => match self.judge(code) {
                Some(judge) => Some(judge),
                None => {
                    let finding = self.unknown_judge(code);
                    self.findings.push(finding.at(table.place(row, column)));
                    return None;
                }
            },
            _ => judge,
        };
        Some(MarkKey { entry: whose, member: person, attempt, criterion: self.row_criterion(row)?, judge })
    }

    fn attempt(&mut self, row: &TableRow, entry: usize) -> Option<Option<usize>> {
        let table = self.sheet.table;
        let Some((column, code)) = find(table, ATTEMPT).map(|column| (column, row.field(column))) else {
            return Some(None);
        };
        if code.is_empty() {
            return Some(None);
        }
        let attempts = self.names.attempts.get(self.sheet.round)?;
        let found = attempts.get(&(entry, code.to_owned())).copied();
        if found.is_none() {
            let all = self
                .input
                .rounds
                .get(self.sheet.round)
                .map(|round| round.attempts.as_slice())
                .unwrap_or_default();
            let own = all.iter().filter(|attempt| attempt.entry == entry);
            let known: Vec<&str> = own.map(|attempt| attempt.code.as_str()).collect();
            self.findings.push(unknown(("动作", "attempt"), code, &known).at(table.place(row, column)));
            return None;
        }
        Some(found)
    }

    /// The criterion of a row; a placeholder where columns say it.
    fn row_criterion(&mut self, row: &TableRow) -> Option<usize> {
        if self.sheet.declared.layout == Layout::Criteria {
            return Some(0);
        }
        let table = self.sheet.table;
        let (column, word) = match (&self.sheet.declared.criterion, find(table, CRITERION)) {
            (Some(id), _) => (None, id.as_str()),
            (None, Some(column)) => (Some(column), row.field(column)),
            (None, None) if self.criteria.len() == 1 => return Some(0),
            (None, None) => {
                self.findings.push(missing(table, CRITERION));
                return None;
            }
        };
        let found = self.criterion(word);
        if found.is_none() {
            let known: Vec<&str> = self.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
            let place = column.map_or_else(|| table.header_row_place(), |column| table.place(row, column));
            self.findings.push(unknown(("评分项", "criterion"), word, &known).at(place));
        }
        found
    }

    fn cell(&mut self, row: &TableRow, column: &Column, key: MarkKey) -> Cell {
        let text = row.field(column.column);
        if text.is_empty() {
            return Cell::Empty;
        }
        let mut key = MarkKey {
            criterion: column.criterion.unwrap_or(key.criterion),
            judge: column.judge.or(key.judge),
            ..key
        };
        let Some(criterion) = self.criteria.get(key.criterion) else { return Cell::Bad };
        if !criterion.per_member {
            key.member = None;
        }
        if !criterion.per_attempt {
            key.attempt = None;
        }
        if criterion.panel.is_none() {
            key.judge = None;
        }
        let place = self.sheet.table.place(row, column.column);
        if let Some(finding) = self.misfit(&key, criterion, text) {
            // A judge who is not there is one mistake, a recused one is one per entry.
            let entry = (finding.code != Code::UnexpectedMark).then_some(key.entry);
            let once = key
                .judge
                .is_none_or(|judge| self.said.insert((finding.code, judge, entry, self.sheet.round)));
            self.findings.extend(once.then(|| finding.at(place)));
            return Cell::Bad;
        }
        if RECUSED.contains(&text) {
            return Cell::Empty;
        }
        let Some((value, _)) = Exact::parse_decimal(text) else {
            let (zh, en) = (&criterion.name.zh, &criterion.name.en);
            let finding = not_a_number(text, bilingual!("评分项“{zh}”的分数", "the marks for `{en}`"));
            self.findings.push(finding.at(place));
            return Cell::Bad;
        };
        if let Some(finding) = scale::check(&value, criterion) {
            self.findings.push(finding.at(place));
            return Cell::Bad;
        }
        let origin = ContestTables::origin(self.sheet.at, row, column.column);
        self.read.push((self.sheet.round, Mark { key, value: value.clone(), replaced: Vec::new(), origin }));
        Cell::Mark(value)
    }

    /// Why there should be no mark here.
    fn misfit(&self, key: &MarkKey, criterion: &Criterion, text: &str) -> Option<Finding> {
        let (id, round) = (&criterion.id, self.sheet.round);
        let lacks = |zh: &str, en: &str| {
            Finding::new(
                Code::UnknownName,
                bilingual!("评分项“{id}”的分数没有写明{zh}", "a mark for `{id}` does not say its {en}"),
                bilingual!("加上列“{zh}”（`{en}`）并填写", "add the column `{en}` (`{zh}`) and fill it in"),
            )
        };
        if criterion.per_member && key.member.is_none() {
            return Some(lacks("选手", "member"));
        }
        if criterion.per_attempt && key.attempt.is_none() {
            return Some(lacks("动作", "attempt"));
        }
        let panel = self.rubric.panel(criterion.panel.as_ref()?)?;
        let Some(at) = key.judge else { return Some(lacks("评委", "judge")) };
        let judge = self.input.judges.get(at)?;
        let (code, rules) = (&judge.code, self.rubric.panels.get(panel)?);
        if judge.panel != panel {
            let name = &rules.id;
            return Some(Finding::new(
                Code::UnexpectedMark,
                bilingual!(
                    "评委“{code}”不在评委组“{name}”中，不评“{id}”",
                    "the judge `{code}` is not on the panel `{name}` and does not mark `{id}`"
                ),
                bilingual!("核对评委名单或评分表", "check the list of judges or the sheet"),
            ));
        }
        let entry = self.input.entries.get(key.entry).map_or("", |entry| entry.code.as_str());
        let recused = self.input.is_recused(&rules.recuse, at, key.entry, round);
        if recused && !RECUSED.contains(&text) {
            let text = shown(text);
            return Some(Finding::new(
                Code::RecusedMark,
                bilingual!(
                    "评委“{code}”应回避“{entry}”，却给了分 {text}",
                    "the judge `{code}` is recused from `{entry}` and gave the mark {text}"
                ),
                bilingual!(
                    "清空这个分数；若不应回避，改正单位信息或事项表",
                    "empty the cell; if the recusal is wrong, correct the facts or the event"
                ),
            ));
        }
        if !recused && RECUSED.contains(&text) {
            return Some(Finding::new(
                Code::BadEvent,
                bilingual!(
                    "评分表写明评委“{code}”回避“{entry}”，事项表没有记录",
                    "the sheet says that `{code}` is recused from `{entry}`, and no event does"
                ),
                bilingual!("在事项表中加一行“回避”", "add a `recused` event"),
            ));
        }
        let sits = judge.rounds.as_ref().is_none_or(|rounds| rounds.contains(&round));
        if self.input.is_absent(at, key.entry, round) || !sits {
            return Some(Finding::new(
                Code::UnexpectedMark,
                bilingual!(
                    "评委“{code}”本轮缺席或不评，却有给“{entry}”的分数",
                    "the judge `{code}` is not there for `{entry}` and has a mark"
                ),
                bilingual!(
                    "删去分数，或改正事项表、评委名单",
                    "delete the mark, or correct the events or the list of judges"
                ),
            ));
        }
        None
    }

    fn check_sum(&mut self, row: &TableRow, sum: &Exact) {
        let table = self.sheet.table;
        let Some(column) = find(table, TOTAL) else { return };
        let text = row.field(column);
        if text.is_empty() {
            return;
        }
        let place = table.place(row, column);
        match Exact::parse_decimal(text) {
            None => self.findings.push(not_a_number(text, bilingual!("合计", "the total")).at(place)),
            Some((written, _)) if written != *sum => self.findings.push(
                Finding::new(
                    Code::SumDiffers,
                    bilingual!(
                        "表上合计 {written}，各项之和为 {sum}",
                        "the sheet says {written} and its cells sum to {sum}"
                    ),
                    bilingual!("与评委核对是哪个单元格有误", "ask the judge which cell is wrong"),
                )
                .at(place),
            ),
            Some(_) => {}
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
