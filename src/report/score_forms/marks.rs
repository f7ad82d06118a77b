//! The sheet that marks are written on.

use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet, XlsxError, row_col_to_cell};
use serde_json::json;

use super::layout::Layout;
use super::{Sheet, form_key};
use crate::contest::{FormCell, FormRow, ScoreForm, Status};
use crate::diagnostics::{Bilingual, Lang};
use crate::numeric::Exact;
use crate::plan::{Criterion, CriterionKind};
use crate::report::sheets::{Page, Scale, Top};
use crate::validate::{SheetColumn, recused_sign};

/// Rows between the note and the heads: what to do, the key, the scales.
const ABOVE: RowNum = 3;
const ROW_HEIGHT: u16 = 20;

/// The columns of the sheet.
struct Columns {
    order: Option<ColNum>,
    entry: ColNum,
    member: Option<ColNum>,
    attempt: Option<ColNum>,
    criteria: Vec<ColNum>,
    total: Option<ColNum>,
    remarks: ColNum,
}

impl Sheet<'_, '_> {
    /// The sheet of marks, and where things are on it.
    pub(super) fn marks(&self) -> Result<(Worksheet, Layout), XlsxError> {
        let mut page = self.page()?;
        let columns = self.columns(&mut page)?;
        let mut entries: Vec<(usize, (RowNum, RowNum))> = Vec::new();
        for row in &self.form.rows {
            let at = page.next_row();
            page.sheet.set_row_height(at, ROW_HEIGHT)?;
            match entries.last_mut() {
                Some((entry, (_, last))) if *entry == row.entry => *last = at,
                _ => entries.push((row.entry, (at, at))),
            }
            self.row(&mut page, at, row, &columns)?;
        }
        let rows = (page.head() + 1, page.last_row());
        for (criterion, column) in self.criteria.iter().zip(&columns.criteria) {
            self.rules(&mut page, criterion, ((rows.0, *column), (rows.1, *column)))?;
        }
        if entries.len() < self.form.rows.len() {
            let first = columns.order.unwrap_or(columns.entry);
            let open = columns.criteria.first().copied().unwrap_or(columns.remarks);
            page.groups(((rows.0, first), (rows.1, columns.remarks)), columns.entry, open)?;
        }
        page.sheet.set_row_height(page.above(), 26)?;
        page.lock();
        let fixed = columns.criteria.first().copied().unwrap_or(0);
        let layout = Layout { rows, criteria: columns.criteria, entries };
        let mut sheet = page.finish(fixed, &[])?;
        sheet.set_footer("&C&P / &N");
        Ok((sheet, layout))
    }

    fn page(&self) -> Result<Page<'_>, XlsxError> {
        let (writer, material) = (self.writer, self.writer.material);
        let project = material.project;
        let stage = material.rubric.rounds().nth(self.form.round).and_then(|(stage, _)| {
            let stage = material.rubric.stages.get(stage)?;
            Some(both(&stage.name))
        });
        let mut note = vec![both(&project.title)];
        note.extend(stage);
        if project.synthetic {
            note.push(writer.words.line("word_synthetic", ())?);
        }
        let top = Top {
            name: &self.tab,
            title: &self.title,
            note: &note.join("  ·  "),
            above: ABOVE,
            head_height: 30,
        };
        let mut page = Page::new(&writer.styles, &top)?;
        page.text((2, 0), &writer.words.say("day_form_fill", (), self.lang)?, &writer.styles.text)?;
        let key = form_key(material, self.form).map(|key| key.to_string()).unwrap_or_default();
        page.text((3, 0), &key, &writer.styles.key)?;
        Ok(page)
    }

    fn columns(&self, page: &mut Page<'_>) -> Result<Columns, XlsxError> {
        let any = |has: fn(&FormRow) -> bool| self.form.rows.iter().any(has);
        let (drawn, members) = (any(|row| row.position.is_some()), any(|row| row.member.is_some()));
        let attempts = any(|row| row.attempt.is_some());
        let order = drawn.then(|| self.named(page, SheetColumn::Order, 7.0)).transpose()?;
        let entry = self.named(page, SheetColumn::Entry, 10.0)?;
        let member = members.then(|| self.named(page, SheetColumn::Member, 11.0)).transpose()?;
        let attempt = attempts.then(|| self.named(page, SheetColumn::Attempt, 10.0)).transpose()?;
        let criteria = self.criteria.iter().map(|one| self.criterion(page, one)).collect::<Result<_, _>>()?;
        let total = is_summed(self.form, &self.criteria)
            .then(|| self.named(page, SheetColumn::Total, 9.0))
            .transpose()?;
        let remarks = self.named(page, SheetColumn::Remarks, 42.0)?;
        Ok(Columns { order, entry, member, attempt, criteria, total, remarks })
    }

    /// A column with its head in the other language above it: in brackets, for readers
    /// look for the row of heads by such words.
    fn named(&self, page: &mut Page<'_>, column: SheetColumn, width: f64) -> Result<ColNum, XlsxError> {
        let at = page.column(column.head(self.lang), width)?;
        let other = format!("({})", column.head(self.other()));
        page.text((page.above(), at), &other, &self.writer.styles.scale)?;
        Ok(at)
    }

    /// The language that heads are not in.
    fn other(&self) -> Lang {
        match self.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// The column of a criterion: its scale above the head, what is looked at in a
    /// note.
    fn criterion(&self, page: &mut Page<'_>, criterion: &Criterion) -> Result<ColNum, XlsxError> {
        let (words, lang) = (&self.writer.words, self.lang);
        let column = page.column(criterion.name.get(lang), 14.0)?;
        let range = words.say("day_form_range", range_facts(criterion), lang)?;
        let other = criterion.name.get(self.other());
        let above = if other == criterion.name.get(lang) { range } else { format!("{other}\n{range}") };
        page.text((page.above(), column), &above, &self.writer.styles.scale)?;
        let mut lines = Vec::new();
        for lang in [self.lang, self.other()] {
            let range = words.say("day_form_range", range_facts(criterion), lang)?;
            let fineness = words.say("day_form_fineness", range_facts(criterion), lang)?;
            let scale: Vec<String> = [range, fineness].into_iter().filter(|text| !text.is_empty()).collect();
            lines.push(criterion.name.get(lang).to_owned());
            lines.extend(criterion.definition.as_ref().map(|text| text.get(lang).to_owned()));
            lines.push(scale.join(" · "));
        }
        page.note((page.head(), column), &lines.join("\n"))?;
        Ok(column)
    }

    fn row(
        &self,
        page: &mut Page<'_>,
        at: RowNum,
        row: &FormRow,
        columns: &Columns,
    ) -> Result<(), XlsxError> {
        let (input, styles) = (self.writer.material.input, &self.writer.styles);
        if let (Some(column), Some(position)) = (columns.order, row.position) {
            page.number((at, column), f64::from(position), &styles.row)?;
        }
        let entry = input.entries().get(row.entry).map_or("", |entry| entry.code.as_str());
        page.text((at, columns.entry), entry, &styles.row_strong)?;
        let member = row.member.and_then(|member| input.members().get(member));
        if let (Some(column), Some(member)) = (columns.member, member) {
            page.text((at, column), &member.code, &styles.row)?;
        }
        let attempts = input.rounds().get(self.form.round).map_or(&[][..], |round| &round.attempts);
        let attempt = row.attempt.and_then(|attempt| attempts.get(attempt));
        if let (Some(column), Some(attempt)) = (columns.attempt, attempt) {
            page.text((at, column), &attempt.code, &styles.row)?;
        }
        let mut why = None;
        for (cell, column) in row.cells.iter().zip(&columns.criteria) {
            match cell {
                FormCell::Open => drop(page.sheet.write_blank(at, *column, &styles.entry)?),
                FormCell::Recused => page.text((at, *column), recused_sign(self.lang), &styles.closed)?,
                _ => drop(page.sheet.write_blank(at, *column, &styles.closed)?),
            }
            why = why.or(reason(*cell));
        }
        if let (Some(column), true) = (columns.total, row.cells.contains(&FormCell::Open)) {
            self.total(page, at, columns, column, &styles.sum)?;
        }
        let remark = match why {
            Some(why) => self.writer.words.line("day_form_closed", &json!({ "why": why }))?,
            None => String::new(),
        };
        match remark.as_str() {
            "" => drop(page.sheet.write_blank(at, columns.remarks, &styles.entry_text)?),
            remark => page.text((at, columns.remarks), remark, &styles.closed)?,
        }
        Ok(())
    }

    fn total(
        &self,
        page: &mut Page<'_>,
        at: RowNum,
        columns: &Columns,
        column: ColNum,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let (Some(first), Some(last)) = (columns.criteria.first(), columns.criteria.last()) else {
            return Ok(());
        };
        let range = format!("{}:{}", row_col_to_cell(at, *first), row_col_to_cell(at, *last));
        // Binary sums have tails: a mark has no more decimals than declared.
        let places = self.criteria.iter().map(|one| one.decimals.unwrap_or(6)).max().unwrap_or(6);
        let formula = format!("=IF(COUNT({range})=0,\"\",ROUND(SUM({range}),{places}))");
        let formula = Formula::new(formula).set_result("");
        page.sheet.write_formula_with_format(at, column, formula, format).map(|_| ())
    }

    /// What the open cells of a column take, and how others look.
    fn rules(
        &self,
        page: &mut Page<'_>,
        criterion: &Criterion,
        block: super::layout::Block,
    ) -> Result<(), XlsxError> {
        let (words, lang) = (&self.writer.words, self.lang);
        let facts = range_facts(criterion);
        let said = |lang| -> Result<String, XlsxError> {
            let parts =
                [words.say("day_form_range", &facts, lang)?, words.say("day_form_fineness", &facts, lang)?];
            Ok(parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "))
        };
        let message = format!("{}\n{}", said(lang)?, said(self.other())?);
        let sign = recused_sign(lang);
        page.scale(block, &scale_of(criterion), sign, criterion.name.get(lang), &message)
    }
}

/// Whether the marks of a row are to be added up: there are several, all points.
pub(in crate::report) fn is_summed(form: &ScoreForm, criteria: &[&Criterion]) -> bool {
    let is_points = |one: &&Criterion| {
        one.weight == Exact::from(1)
            && one.high.is_some()
            && matches!(one.kind, CriterionKind::Judged | CriterionKind::Bonus)
    };
    criteria.len() > 1
        && criteria.iter().all(is_points)
        && form.rows.iter().all(|row| !row.cells.contains(&FormCell::Elsewhere))
}

/// Why a cell is closed, as sentences have it.
pub(in crate::report) fn reason(cell: FormCell) -> Option<&'static str> {
    match cell {
        FormCell::Recused => Some("recused"),
        FormCell::JudgeAbsent => Some("judge-absent"),
        FormCell::Away(Status::NoShow) => Some("no-show"),
        FormCell::Away(Status::Forfeit) => Some("forfeit"),
        FormCell::Away(Status::Disqualified) => Some("disqualified"),
        FormCell::Away(Status::Present) | FormCell::Open | FormCell::Elsewhere => None,
    }
}

/// The scale of a criterion, as sentences have it.
pub(in crate::report) fn range_facts(criterion: &Criterion) -> serde_json::Value {
    let text =
        |number: &Option<Exact>| number.as_ref().map(|number| number.to_string().replace('-', "\u{2212}"));
    json!({
        "low": text(&criterion.low), "high": text(&criterion.high),
        "step": text(&criterion.step), "decimals": criterion.decimals,
    })
}

pub(super) fn scale_of(criterion: &Criterion) -> Scale {
    let number = |number: &Option<Exact>| number.as_ref().map(Exact::to_f64);
    Scale {
        low: number(&criterion.low),
        high: number(&criterion.high),
        decimals: criterion.decimals,
        step: number(&criterion.step).filter(|step| *step > 0.0),
    }
}

fn both(words: &Bilingual) -> String {
    if words.zh == words.en { words.zh.clone() } else { format!("{} {}", words.zh, words.en) }
}
