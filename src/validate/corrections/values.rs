//! Fields of what is handed in that hold a value, whatever the table.

use super::super::numbers;
use super::super::revisions::{Stated, beyond, stated_of, told};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::input::{Table, TableRow};
use crate::model::{Absence, Cell};
use crate::plan::Variable;

/// A field that holds a value of a variable.
#[derive(Clone, Copy)]
pub(in crate::validate) struct ValueField<'a> {
    pub(in crate::validate) table: &'a Table,
    pub(in crate::validate) row: &'a TableRow,
    pub(in crate::validate) column: usize,
    pub(in crate::validate) variable: &'a Variable<'a>,
}

impl ValueField<'_> {
    /// Where it is.
    pub(in crate::validate) fn place(&self) -> Place {
        self.table.place(self.row, self.column)
    }

    /// What it says: a number, or why there is none.
    pub(in crate::validate) fn cell(&self, findings: &mut Findings) -> Option<Cell> {
        let text = self.row.field(self.column);
        if let Some(Stated::Cell(cell @ Cell::Absent(_))) = stated_of(text) {
            return Some(cell);
        }
        match numbers::absence(text) {
            Some(Absence::NotApplicable) => Some(Cell::Absent(Absence::NotApplicable)),
            Some(_) => Some(Cell::MISSING),
            None => {
                let measure = &self.variable.measure.zh;
                numbers::read(self.table, self.row, self.column, measure, findings).map(Cell::Value)
            }
        }
    }

    /// The same of a new value, which must be one that can be true.
    pub(in crate::validate) fn new_cell(&self, findings: &mut Findings) -> Option<Cell> {
        let mut own = Findings::new();
        let cell = self.cell(&mut own);
        for finding in own.iter_mut().filter(|finding| finding.code == Code::NotANumber) {
            finding.help = bilingual!(
                "写 `95.2` 这样的小数；没有数据写“缺失”",
                "write a decimal such as `95.2`, or `missing` if there is no value"
            );
        }
        findings.append(own);
        let cell = cell?;
        if let Some(number) = cell.value() {
            findings.extend(beyond(*self.variable, number).map(|finding| finding.at(self.place())));
        }
        Some(cell)
    }

    /// A new value that is the one there is.
    pub(in crate::validate) fn no_change(&self, is: Stated) -> Finding {
        let is = told(is);
        let (zh, en) = (is.zh, is.en);
        Finding::new(
            Code::BadCorrection,
            bilingual!("更正值与现值相同：{zh}", "the new value is the one there is: {en}"),
            bilingual!("删去这一行，或写正确的值", "delete the row, or write the right value"),
        )
        .at(self.place())
    }
}

/// Whether two cells say the same; numbers up to what a written decimal can lose.
pub(in crate::validate) fn same(a: Stated, b: Stated) -> bool {
    let (Stated::Cell(a), Stated::Cell(b)) = (a, b) else { return a == b };
    match (a, b) {
        (Cell::Value(a), Cell::Value(b)) => (a - b).abs() <= 1e-12 * a.abs().max(b.abs()),
        (Cell::Absent(a), Cell::Absent(b)) => (a == Absence::NotApplicable) == (b == Absence::NotApplicable),
        _ => false,
    }
}
