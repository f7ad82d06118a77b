//! Tables of corrections and appeals, held against the data as they are.

mod columns;
mod faults;
mod personal;
mod values;
mod words;

use std::collections::HashMap;

use super::IndexInput;
use super::dates::Periods;
use super::keys::empty_cell;
use super::names::Names;
use super::revisions::{Stated, text_of};
use crate::definitions::FrameworkDefinition;
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, did_you_mean, personal_in, shown};
use crate::input::{Table, TableRow};
use crate::ledger::{Correction, CorrectionKind, Decision, Evidence};
use crate::model::Row;
use crate::plan::Variable;
use columns::Columns;
pub(super) use values::{ValueField, same};

pub use personal::screen_corrections;

/// The headers that the column of units may have.
pub const UNIT_HEADS: &[&str] = &["unit", "单位", "单位代码", "代码", "code"];

/// A correction and where it was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What was asked for.
    pub correction: Correction,
    /// Where.
    pub place: Place,
}

/// What corrections are held against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The framework.
    pub framework: &'a FrameworkDefinition,
    /// The data with all revisions so far.
    pub input: &'a IndexInput,
    /// The reported period, which a row without one is about.
    pub edition: &'a str,
    /// Who decided where a row does not say, by code.
    pub by: &'a str,
}

/// Reads a table with a row for each correction. Everything wrong is a finding at
/// its cell; rows with a fault are left out.
pub fn read_corrections(table: &Table, known: Known<'_>, findings: &mut Findings) -> Vec<Asked> {
    let Some(columns) = Columns::find(table, findings) else { return Vec::new() };
    let variables: Vec<Variable<'_>> = known.framework.framework.variables().collect();
    let names = Names::new(known.input.panel().units(), &known.framework.framework.groups);
    let reader = Reader { table, columns, known, variables, names, periods: Periods::of(known.edition) };
    table.rows().iter().filter_map(|row| reader.row(row, findings)).collect()
}

/// One value is corrected once in a batch.
pub fn check_repeated(asked: &[Asked], findings: &mut Findings) {
    let mut seen: HashMap<(&str, &str, &str), &Place> = HashMap::new();
    for one in asked {
        let Correction { unit, indicator, period, .. } = &one.correction;
        if let Some(first) = seen.insert((unit, indicator, period), &one.place) {
            let (first, unit, indicator) = (first.to_string(), shown(unit), shown(indicator));
            findings.push(
                Finding::new(
                    Code::CorrectedTwice,
                    bilingual!(
                        "{unit} 的“{indicator}”改了两次，第一次在 {first}",
                        "`{indicator}` of {unit} is corrected twice, first at {first}"
                    ),
                    bilingual!("只留正确的一行", "keep the right row only"),
                )
                .at(one.place.clone()),
            );
        }
    }
}

struct Reader<'a> {
    table: &'a Table,
    columns: Columns,
    known: Known<'a>,
    variables: Vec<Variable<'a>>,
    names: Names<'a>,
    periods: Periods,
}

impl<'a> Reader<'a> {
    fn row(&self, row: &'a TableRow, findings: &mut Findings) -> Option<Asked> {
        let columns = &self.columns;
        let unit = self.unit(row, findings);
        let variable = self.variable(row, findings);
        let period = self.period(row, findings);
        let kind = self.word(row, columns.kind, words::kind, CorrectionKind::Correction, findings);
        let decision = self.word(row, columns.decision, words::decision, Decision::Accepted, findings);
        let by = self.by(row, findings);
        let reason = row.field(columns.reason);
        if reason.is_empty() {
            findings.push(empty_cell(self.table, row, columns.reason));
        }
        let is_plain = self.check_words(row, findings);
        let variable = variable?;
        let field = self.value(row, columns.new, variable)?;
        let new = field.new_cell(findings);
        let position = self.known.input.panel().position(Row { unit: unit?, period: period? });
        let is = self.known.input.stated(variable, position);
        let old = self.old(row, variable, position, findings);
        let (old, new) = (old?, Stated::Cell(new?));
        if !same(old, is) {
            findings.push(self.differs(row, variable, old, is));
            return None;
        }
        if same(new, is) {
            findings.push(field.no_change(is));
        }
        let evidence = columns.evidence.map(|column| row.field(column)).filter(|text| !text.is_empty());
        let panel = self.known.input.panel();
        let correction = Correction {
            unit: panel.units().get(unit?)?.code.to_string(),
            indicator: self.variables.get(variable)?.id.to_string(),
            period: panel.periods().get(period?)?.to_string(),
            kind: kind?,
            decision: decision?,
            old: text_of(is),
            new: text_of(new),
            reason: reason.to_owned(),
            evidence: evidence.map(|text| Evidence { text: text.to_owned(), sha256: None }),
            by: by?,
        };
        let sound = is_plain && !reason.is_empty() && !same(new, is);
        sound.then(|| Asked { correction, place: field.place() })
    }

    fn unit(&self, row: &TableRow, findings: &mut Findings) -> Option<usize> {
        let text = row.field(self.columns.unit);
        if text.is_empty() {
            findings.push(empty_cell(self.table, row, self.columns.unit));
            return None;
        }
        let found = self.names.find(text);
        found.map_err(|finding| findings.push(finding.at(self.table.place(row, self.columns.unit)))).ok()
    }

    fn variable(&self, row: &TableRow, findings: &mut Findings) -> Option<usize> {
        let text = row.field(self.columns.indicator);
        let named = |one: &Variable<'_>| [one.id.as_str(), &one.name.zh, &one.name.en].contains(&text);
        let found = self.variables.iter().position(named);
        if text.is_empty() {
            findings.push(empty_cell(self.table, row, self.columns.indicator));
        } else if found.is_none() {
            let all =
                self.variables.iter().flat_map(|one| [one.name.zh.as_str(), one.id.as_str(), &one.name.en]);
            let help = did_you_mean(text, all).map_or_else(
                || bilingual!("写指标的标识或名称", "write the id or the name of an indicator"),
                |near| bilingual!("是否想写“{near}”？", "did you mean `{near}`?"),
            );
            let name = shown(text);
            let message = bilingual!("框架中没有指标“{name}”", "the framework has no indicator `{name}`");
            let place = self.table.place(row, self.columns.indicator);
            findings.push(Finding::new(Code::UnknownIndicator, message, help).at(place));
        }
        found
    }

    fn period(&self, row: &TableRow, findings: &mut Findings) -> Option<usize> {
        let panel = self.known.input.panel();
        let column = self.columns.period.filter(|column| !row.field(*column).is_empty());
        let Some(column) = column else { return panel.period(self.known.edition) };
        let place = || self.table.place(row, column);
        let text = match self.periods.read(row.field(column)) {
            Ok(text) => text,
            Err(unclear) => {
                findings.push(unclear.at(place()));
                return None;
            }
        };
        let found = panel.period(&text);
        if found.is_none() {
            let text = shown(&text);
            let message = bilingual!("数据没有“{text}”这一期", "the data have no period `{text}`");
            let help =
                bilingual!("更正期次；留空即本期", "correct the period; an empty cell means the edition");
            findings.push(Finding::new(Code::UnknownPeriod, message, help).at(place()));
        }
        found
    }

    /// A word of a column that may be left out.
    fn word<T>(
        &self,
        row: &TableRow,
        column: Option<usize>,
        read: fn(&str) -> Result<T, (&'static str, &'static str)>,
        left_out: T,
        findings: &mut Findings,
    ) -> Option<T> {
        let Some(column) = column.filter(|column| !row.field(*column).is_empty()) else {
            return Some(left_out);
        };
        let text = row.field(column);
        match read(text) {
            Ok(word) => Some(word),
            Err((zh, en)) => {
                let text = shown(text);
                let message = bilingual!("看不懂“{text}”", "`{text}` means nothing here");
                let help = bilingual!("写{zh}", "write {en}");
                let place = self.table.place(row, column);
                findings.push(Finding::new(Code::BadCorrection, message, help).at(place));
                None
            }
        }
    }

    fn by(&self, row: &TableRow, findings: &mut Findings) -> Option<String> {
        let column = self.columns.by.filter(|column| !row.field(*column).is_empty());
        let Some(column) = column else { return Some(self.known.by.to_owned()) };
        let text = row.field(column);
        if !is_code(text) {
            let message = bilingual!("“经办”应是编号，不写姓名", "`by` is to be a code, not a name");
            let help = bilingual!(
                "写字母和数字的编号，例如 `office-1`；修订日志要公开",
                "write a code of letters and digits such as `office-1`: the log is made to be shown"
            );
            findings.push(Finding::new(Code::BadCorrection, message, help).at(self.table.place(row, column)));
            return None;
        }
        Some(text.to_owned())
    }

    /// What a row says that there is: also what cannot be read, as it is written.
    fn old(
        &self,
        row: &'a TableRow,
        variable: usize,
        position: usize,
        findings: &mut Findings,
    ) -> Option<Stated> {
        let text = row.field(self.columns.old);
        let is_unreadable = self.known.input.stated(variable, position) == Stated::Unreadable;
        if is_unreadable && self.known.input.written(variable, position) == Some(text) {
            return Some(Stated::Unreadable);
        }
        self.value(row, self.columns.old, variable)?.cell(findings).map(Stated::Cell)
    }

    fn value(&self, row: &'a TableRow, column: usize, variable: usize) -> Option<ValueField<'_>> {
        let variable = self.variables.get(variable)?;
        Some(ValueField { table: self.table, row, column, variable })
    }
}

/// Whether a text can be the code of a person: letters and digits of ASCII, `-`,
/// `_` and `.`, no name.
pub fn is_code(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    !text.is_empty() && text.len() <= 64 && text.chars().all(fits) && personal_in(text).is_none()
}
