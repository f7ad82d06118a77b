//! Logged revisions over the values as read.

use std::sync::Arc;

use super::{IndexInput, InputFile};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::ledger::{Correction, Log, Revised, RevisionEvent};
use crate::model::{Absence, Cell, Column, Matrix, Precision, Row};

/// A value that a revision put in the place of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RevisedCell {
    /// The number of the revision.
    pub revision: usize,
    /// What it was before the first revision.
    pub was: Cell,
}

/// A cell as the log of revisions writes it.
pub fn text_of(cell: Cell) -> String {
    match cell {
        Cell::Value(value) => value.to_string(),
        Cell::Absent(Absence::NotApplicable) => "not-applicable".to_owned(),
        Cell::Absent(_) => "missing".to_owned(),
    }
}

/// The cell that the log of revisions writes so.
pub fn cell_of(text: &str) -> Option<Cell> {
    match text {
        "missing" => Some(Cell::MISSING),
        "not-applicable" => Some(Cell::Absent(Absence::NotApplicable)),
        number => Cell::finite(number.parse().ok()?),
    }
}

impl IndexInput {
    /// The same data with the revisions of a log. A revision of a value that the
    /// data do not have is an error; files that changed since are warnings. The
    /// values keep the cell they were first read from.
    pub fn revised(&self, log: &Log<RevisionEvent>, findings: &mut Findings) -> Option<Self> {
        let mut own = Findings::new();
        let mut input = self.clone();
        for line in log.lines() {
            let RevisionEvent::Revised(revised) = &line.body;
            input.revise(line.seq, revised, &log.place(line.seq), &mut own);
        }
        if let Some(line) = log.lines().last() {
            let RevisionEvent::Revised(revised) = &line.body;
            own.extend(changed_since(line.seq, revised, &self.files()));
        }
        let sound = !own.has_errors();
        findings.append(own);
        sound.then_some(input)
    }

    /// Makes the corrections of one revision that hold.
    pub fn revise(&mut self, number: usize, revised: &Revised, at: &Place, findings: &mut Findings) {
        for correction in &revised.corrections {
            let Some((variable, row)) = self.address(correction) else {
                findings.push(unknown(number, correction).at(at.clone()));
                continue;
            };
            let observed = self.observed_at(variable, row);
            let (old, new) = (cell_of(&correction.old), cell_of(&correction.new));
            if old != Some(observed.cell) {
                let place = observed.origin.map_or_else(|| at.clone(), |origin| self.place(origin));
                findings.push(stale(number, correction, observed.cell).at(place));
                continue;
            }
            if let Some(new) = new.filter(|_| correction.holds()) {
                self.put((variable, row), new, number);
            }
        }
    }

    /// The revision that put a value where it is, for an indicator and a row.
    pub fn revision(&self, indicator: usize, row: usize) -> Option<RevisedCell> {
        self.revisions.get(&(indicator, row)).copied()
    }

    /// Every revised value: position among indicators and context variables, row,
    /// and what it was.
    pub fn revisions(&self) -> impl Iterator<Item = ((usize, usize), RevisedCell)> {
        self.revisions.iter().map(|(at, cell)| (*at, *cell))
    }

    /// Position among the indicators, then the context variables.
    pub(super) fn variable(&self, id: &str) -> Option<usize> {
        let indicators = self.indicators.iter();
        let all = indicators.chain(self.contexts.iter().map(|(id, _)| id));
        all.map(|known| known.as_str()).position(|known| known == id)
    }

    /// The value of a variable in a row.
    pub(super) fn observed_at(&self, variable: usize, row: usize) -> crate::model::Observation {
        let context = variable.checked_sub(self.indicators.len()).and_then(|at| self.contexts.get(at));
        let column = context.map(|(_, column)| column).or_else(|| self.raw.column(variable));
        self.observed(column, variable, row)
    }

    fn address(&self, correction: &Correction) -> Option<(usize, usize)> {
        let unit = self.panel.units().position(&correction.unit)?;
        let period = self.panel.period(&correction.period)?;
        let row = self.panel.position(Row { unit, period });
        Some((self.variable(&correction.indicator)?, row))
    }

    fn put(&mut self, (variable, row): (usize, usize), new: Cell, revision: usize) {
        let was = self.observed_at(variable, row).cell;
        let was = self.revisions.get(&(variable, row)).map_or(was, |known| known.was);
        let with = |column: &Column| -> Arc<Column> {
            let cells = column.cells().enumerate();
            Arc::new(cells.map(|(at, cell)| if at == row { new } else { cell }).collect())
        };
        if let Some(at) = variable.checked_sub(self.indicators.len()) {
            if let Some((_, column)) = self.contexts.get_mut(at) {
                *column = with(column);
            }
        } else if let Some(column) = self.raw.column(variable) {
            let mut columns = self.raw.columns().to_vec();
            if let Some(slot) = columns.get_mut(variable) {
                *slot = with(column);
            }
            if let Some(raw) = Matrix::new(self.panel.rows(), columns) {
                self.raw = raw;
            }
        }
        // The share of successes was that of the old value; the size stays.
        let sample = self.samples.get_mut(variable).and_then(|rows| rows.get_mut(row));
        if let Some(sample) = sample.and_then(Option::as_mut)
            && matches!(sample.precision, Precision::Successes(_))
        {
            sample.precision = Precision::Unknown;
        }
        self.revisions.insert((variable, row), RevisedCell { revision, was });
    }
}

/// How a value is told.
pub(super) fn told(cell: Cell) -> Bilingual {
    match cell {
        Cell::Value(value) => Bilingual::same(value.to_string()),
        Cell::Absent(Absence::NotApplicable) => bilingual!("不适用", "not applicable"),
        Cell::Absent(_) => bilingual!("缺失", "missing"),
    }
}

fn unknown(number: usize, correction: &Correction) -> Finding {
    let (unit, indicator, period) =
        (shown(&correction.unit), shown(&correction.indicator), shown(&correction.period));
    Finding::new(
        Code::RevisionStale,
        bilingual!(
            "第 {number} 次修订更正的值已不在数据中：{unit}，{indicator}，{period}",
            "revision {number} corrects a value that the data no longer have: {unit}, {indicator}, {period}"
        ),
        bilingual!(
            "恢复单位名录、框架和期次；已登记的修订不能作废",
            "restore registry, framework and period: a revision on record cannot be undone by taking its value away"
        ),
    )
}

fn stale(number: usize, correction: &Correction, found: Cell) -> Finding {
    let (unit, indicator) = (shown(&correction.unit), shown(&correction.indicator));
    let known = told(cell_of(&correction.old).unwrap_or(Cell::MISSING));
    let (old_zh, old_en) = (known.zh, known.en);
    let found = told(found);
    let (found_zh, found_en) = (found.zh, found.en);
    Finding::new(
        Code::RevisionStale,
        bilingual!(
            "第 {number} 次修订登记时，{unit} 的“{indicator}”是 {old_zh}，现在是 {found_zh}",
            "when revision {number} was logged, `{indicator}` of {unit} was {old_en}; now it is {found_en}"
        ),
        bilingual!(
            "恢复数据文件；改数用 `benchline revise`，不改原文件",
            "restore the data file: values are changed by `benchline revise`, not in the file"
        ),
    )
}

/// Files whose content is no longer that on record.
fn changed_since(number: usize, revised: &Revised, files: &[InputFile]) -> Vec<Finding> {
    let now = |path: &str| files.iter().find(|file| file.name == path);
    let changed = revised.files.iter().filter_map(|known| {
        let file = now(&known.path)?;
        (file.sha256 != known.sha256).then(|| {
            let path = shown(&known.path);
            Finding::new(
                Code::DataChangedSince,
                bilingual!(
                    "“{path}”在第 {number} 次修订之后改动过",
                    "`{path}` was changed after revision {number}"
                ),
                bilingual!(
                    "恢复原文件；若改动是应有的，下一次修订会记下新的文件",
                    "restore the file; if the change is meant, the next revision puts the new file on record"
                ),
            )
            .at(Place::file(&*known.path))
        })
    });
    changed.collect()
}
