use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError, row_col_to_cell};

use super::{Book, both};
use crate::contest::{JudgeTotal, PanelMarks, RoundResult};
use crate::numeric::Exact;
use crate::plan::{Axis, Operation, Part, Scheme};
use crate::report::build::contest::part_places;
use crate::report::sheets::Page;

/// A sheet for each round that judges marked: what each judge gave in all, what
/// each panel came to, the score.
pub(super) fn sheets(book: &Book<'_>) -> Result<Vec<Worksheet>, XlsxError> {
    let mut sheets = Vec::new();
    for round in book.material.result.stages.iter().rev().flat_map(|stage| &stage.rounds) {
        let declared = book.material.rubric.rounds().map(|(_, round)| round).find(|own| own.id == round.id);
        let scheme = declared.and_then(|declared| book.material.rubric.scheme(&declared.scheme));
        let (Some(declared), Some(scheme)) = (declared, scheme) else { continue };
        let panels = book.material.overview.rounds.get(round.round).map_or(&[][..], |own| &own.panels);
        if !panels.is_empty() {
            let name = declared.name.zh.as_str();
            sheets.push(Round { book, round, scheme, panels }.sheet(name)?);
        }
    }
    Ok(sheets)
}

struct Round<'s, 'a> {
    book: &'s Book<'a>,
    round: &'s RoundResult,
    scheme: &'s Scheme,
    panels: &'s [PanelMarks],
}

/// The columns of a part.
struct PartColumn {
    part: usize,
    column: ColNum,
    /// The first column of its judges.
    judges: Option<ColNum>,
}

impl Round<'_, '_> {
    fn sheet(&self, name: &str) -> Result<Worksheet, XlsxError> {
        let book = self.book;
        let note = book.words.line("contest_xlsx_round_note", ())?;
        let mut page = book.page(name, &note)?;
        let place = page.column(&book.words.head("contest_place_label")?, 7.0)?;
        let code = page.column(&book.words.head("contest_xlsx_code")?, 9.0)?;
        let zh = page.column(&book.words.head("contest_xlsx_name_zh")?, 24.0)?;
        let parts = self.columns(&mut page)?;
        for standing in &self.round.standings {
            let row = page.next_row();
            if let Some(rank) = standing.rank {
                page.number((row, place), f64::from(rank), &book.styles.decimals(Some(0)))?;
            }
            if let Some(entry) = book.material.input.entries().get(standing.who) {
                page.text((row, code), &entry.code, &book.styles.text)?;
                page.text((row, zh), &entry.name.zh, &book.styles.text)?;
            }
            for part in &parts {
                self.part(&mut page, row, standing.who, part, &parts)?;
            }
        }
        page.finish(3, &[])
    }

    /// Judges before the part made of their marks; other parts of the score after
    /// them, the score last.
    fn columns(&self, page: &mut Page<'_>) -> Result<Vec<PartColumn>, XlsxError> {
        let mut columns = Vec::new();
        let score = self.scheme.part(&self.scheme.score);
        let order = (0..self.scheme.parts.len()).filter(|at| Some(*at) != score).chain(score);
        for at in order {
            let Some(part) = self.scheme.parts.get(at) else { continue };
            let mut judges = None;
            if let Some(panel) = self.panels.iter().find(|panel| panel.part == at) {
                for judge in &panel.judges {
                    let code = self.book.material.input.judges().get(*judge).map_or("", |judge| &judge.code);
                    let column = page.column(code, 8.0)?;
                    judges = judges.or(Some(column));
                }
            }
            columns.push(PartColumn { part: at, column: page.column(&both(&part.name), 12.0)?, judges });
        }
        Ok(columns)
    }

    fn part(
        &self,
        page: &mut Page<'_>,
        row: RowNum,
        entry: usize,
        own: &PartColumn,
        all: &[PartColumn],
    ) -> Result<(), XlsxError> {
        let Some(part) = self.scheme.parts.get(own.part) else { return Ok(()) };
        let panel = self.panels.iter().find(|panel| panel.part == own.part);
        let marks = panel.and_then(|panel| panel.rows.get(&entry));
        if let (Some(first), Some(marks)) = (own.judges, marks) {
            for (column, mark) in (first..).zip(marks) {
                self.mark(page, (row, column), mark)?;
            }
        }
        let Some(value) = self.round.value(&part.id, entry) else { return Ok(()) };
        let format = self.book.styles.decimals(part_places(part));
        let formula = match (own.judges, marks) {
            (Some(first), Some(marks)) => self.mean(part, marks, row, first, value),
            _ => self.sum(part, entry, row, all, value),
        };
        match formula {
            Some(formula) => page.formula((row, own.column), &formula, value.to_f64(), &format),
            None => page.number((row, own.column), value.to_f64(), &format),
        }
    }

    fn mark(&self, page: &mut Page<'_>, at: (RowNum, ColNum), mark: &JudgeTotal) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        match mark {
            JudgeTotal::Counted(value) => page.number(at, value.to_f64(), &styles.decimals(Some(2))),
            JudgeTotal::Dropped(value) => page.number(at, value.to_f64(), &styles.struck(2)),
            JudgeTotal::Recused => {
                page.text(at, &self.book.words.line("contest_recused_sign", ())?, &styles.reason)
            }
            JudgeTotal::Absent => {
                page.text(at, &self.book.words.line("contest_absent_sign", ())?, &styles.reason)
            }
            JudgeTotal::Missing | JudgeTotal::NotSeated => Ok(()),
        }
    }

    /// The panel's figure as a trimmed mean of the judges' cells; `None` where the
    /// rules make it otherwise, or where that is not exactly the figure.
    fn mean(
        &self,
        part: &Part,
        marks: &[JudgeTotal],
        row: RowNum,
        first: ColNum,
        value: &Exact,
    ) -> Option<String> {
        let (high, low) = trim_of(part)?;
        let places = part.steps.iter().rev().find_map(|step| match step {
            Operation::Round { places, .. } => Some(*places),
            _ => None,
        });
        let counted: Vec<&Exact> = marks
            .iter()
            .filter_map(|mark| match mark {
                JudgeTotal::Counted(value) => Some(value),
                _ => None,
            })
            .collect();
        let mean =
            counted.iter().copied().sum::<Exact>().over(&Exact::from(i64::try_from(counted.len()).ok()?))?;
        let exact =
            places.map_or(mean.clone(), |places| mean.round(places, self.book.material.rubric.rounding));
        if exact != *value || (places.is_some() && !self.book.rounds_as_sheets_do()) {
            return None;
        }
        let last = first + ColNum::try_from(marks.len()).ok()?.checked_sub(1)?;
        let range = format!("{}:{}", row_col_to_cell(row, first), row_col_to_cell(row, last));
        let mut sum = format!("SUM({range})");
        (1..=high).for_each(|at| sum.push_str(&format!("-LARGE({range},{at})")));
        (1..=low).for_each(|at| sum.push_str(&format!("-SMALL({range},{at})")));
        let mean = format!("({sum})/(COUNT({range})-{})", high + low);
        Some(match places {
            Some(places) => format!("=ROUND({mean},{places})"),
            None => format!("={mean}"),
        })
    }

    /// A part made of other parts as the sum of their cells.
    fn sum(
        &self,
        part: &Part,
        entry: usize,
        row: RowNum,
        all: &[PartColumn],
        value: &Exact,
    ) -> Option<String> {
        let (mut text, mut exact) = (String::new(), Exact::zero());
        for term in &part.terms {
            let at = self.scheme.part(term.part.as_ref()?)?;
            let column = all.iter().find(|column| column.part == at)?.column;
            let below = self.round.value(term.part.as_ref()?, entry)?;
            exact = &exact + &(below * &term.times);
            let cell = row_col_to_cell(row, column);
            let sign = if term.times.is_negative() {
                "-"
            } else if text.is_empty() {
                ""
            } else {
                "+"
            };
            let times = term.times.abs();
            text.push_str(sign);
            text.push_str(&if times == Exact::from(1) { cell } else { format!("{times}*{cell}") });
        }
        let places = match part.steps.as_slice() {
            [] => None,
            [Operation::Round { places, rounding: None }] => Some(*places),
            _ => return None,
        };
        let rounding = self.book.material.rubric.rounding;
        let computed = places.map_or(exact.clone(), |places| exact.round(places, rounding));
        if text.is_empty()
            || text.contains('/')
            || computed != *value
            || (places.is_some() && !self.book.rounds_as_sheets_do())
        {
            return None;
        }
        Some(match places {
            Some(places) => format!("=ROUND({text},{places})"),
            None => format!("={text}"),
        })
    }
}

/// How many of the highest and lowest a part leaves out before it takes the mean
/// of its judges, where it does nothing else.
fn trim_of(part: &Part) -> Option<(u32, u32)> {
    let mut trim = (0, 0);
    let mut mean = false;
    for step in &part.steps {
        match step {
            Operation::Sum { over: Axis::Criteria } if !mean => {}
            Operation::Mean { over: Axis::Members } if !mean => {}
            Operation::Trim { high, low, over: Axis::Judges, .. } if !mean => trim = (*high, *low),
            Operation::Mean { over: Axis::Judges } => mean = true,
            Operation::Round { .. } if mean => {}
            _ => return None,
        }
    }
    mean.then_some(trim)
}
