//! The sheet that a unit replies on.

use rust_xlsxwriter::{ColNum, FormatAlign, Formula, RowNum, Worksheet, XlsxError, row_col_to_cell};
use serde_json::json;

use super::{ConfirmationWriter, SheetRow, decimals};
use crate::diagnostics::Lang;
use crate::model::{Absence, Cell, Unit};
use crate::plan::{ConfirmationHeads, NoValue, Reply};
use crate::report::sheets::{Bounds, Page, Top};

/// Rows between the note and the heads: what to do, what percentages are, the key.
const ABOVE: RowNum = 3;
const ROW_HEIGHT: u16 = 30;

/// Where on the sheet things are.
pub(super) struct Layout {
    /// Name of the tab.
    pub(super) tab: String,
    /// The first and the last row of values.
    pub(super) rows: (RowNum, RowNum),
    /// What each row comes to.
    pub(super) status: ColNum,
}

/// What a row comes to, as its formula says it.
pub(super) const STATUSES: [&str; 7] =
    ["pending", "confirmed", "correct", "no_value", "no_reason", "outside", "contradicts"];

struct Columns {
    number: ColNum,
    name: ColNum,
    id: ColNum,
    measure: ColNum,
    value: ColNum,
    sample: ColNum,
    source: ColNum,
    reply: ColNum,
    corrected: ColNum,
    reason: ColNum,
    evidence: ColNum,
    status: ColNum,
}

impl Columns {
    fn new(page: &mut Page<'_>) -> Result<Self, XlsxError> {
        use ConfirmationHeads as Heads;
        Ok(Self {
            number: page.column(Heads::NUMBER, 6.0)?,
            name: page.column(Heads::NAME, 30.0)?,
            id: page.column(Heads::INDICATOR, 18.0)?,
            measure: page.column(Heads::MEASURE, 9.0)?,
            value: page.column(Heads::VALUE, 12.0)?,
            sample: page.column(Heads::SAMPLE, 9.0)?,
            source: page.column(Heads::SOURCE, 27.0)?,
            reply: page.column(Heads::REPLY, 12.0)?,
            corrected: page.column(Heads::CORRECTED, 12.0)?,
            reason: page.column(Heads::REASON, 28.0)?,
            evidence: page.column(Heads::EVIDENCE, 26.0)?,
            status: page.column(Heads::STATUS, 16.0)?,
        })
    }
}

impl ConfirmationWriter<'_> {
    /// The sheet of a unit's values, and where things are on it.
    pub(super) fn table(
        &self,
        at: usize,
        unit: &Unit,
        rows: &[SheetRow<'_>],
    ) -> Result<(Worksheet, Layout), XlsxError> {
        let tab = self.words.say("confirm_tab", (), self.lang)?;
        let mut page = self.page(at, unit, &tab)?;
        let columns = Columns::new(&mut page)?;
        for (number, row) in (1_u32..).zip(rows) {
            let at = page.next_row();
            page.sheet.set_row_height(at, ROW_HEIGHT)?;
            page.number((at, columns.number), f64::from(number), &self.styles.row)?;
            self.known(&mut page, at, row, &columns)?;
            self.open(&mut page, at, row, &columns)?;
        }
        let range = (page.head() + 1, page.last_row());
        let block = |column| ((range.0, column), (range.1, column));
        let words = Reply::ALL.map(|reply| reply.word(self.lang));
        let (title, message) = (
            self.words.say("confirm_reply_title", (), self.lang)?,
            self.words.line("confirm_reply_message", ())?,
        );
        page.choose(block(columns.reply), &words, &title, &message)?;
        let wanting = STATUSES.iter().skip(3);
        let wanting = wanting.map(|status| self.status(status)).collect::<Result<Vec<_>, _>>()?;
        let cell = row_col_to_cell(range.0, columns.status);
        let any = wanting.iter().map(|word| format!("{cell}=\"{word}\"")).collect::<Vec<_>>().join(",");
        page.alarm(block(columns.status), &format!("=OR({any})"))?;
        page.lock();
        let mut sheet = page.finish(columns.id, &[])?;
        sheet.set_footer("&C&P / &N");
        Ok((sheet, Layout { tab, rows: range, status: columns.status }))
    }

    fn page(&self, at: usize, unit: &Unit, tab: &str) -> Result<Page<'_>, XlsxError> {
        let project = self.material.project;
        let both = |lang: Lang| project.title.get(lang).to_owned();
        let mut note = vec![both(Lang::Zh)];
        note.extend((both(Lang::En) != both(Lang::Zh)).then(|| both(Lang::En)));
        note.push(project.edition.clone());
        if project.synthetic {
            note.push(self.words.line("word_synthetic", ())?);
        }
        let title = self.title(unit)?;
        let top = Top { name: tab, title: &title, note: &note.join("  ·  "), above: ABOVE, head_height: 32 };
        let mut page = Page::new(&self.styles, &top)?;
        page.text((2, 0), &self.words.line("confirm_fill", ())?, &self.styles.text)?;
        page.text((3, 0), &self.words.line("confirm_fill_values", ())?, &self.styles.text)?;
        let key = self.material.key(at).map(|key| key.to_string()).unwrap_or_default();
        page.text((4, 0), &key, &self.styles.key)?;
        Ok(page)
    }

    /// What stays as it is.
    fn known(
        &self,
        page: &mut Page<'_>,
        at: RowNum,
        row: &SheetRow<'_>,
        columns: &Columns,
    ) -> Result<(), XlsxError> {
        let styles = &self.styles;
        page.text((at, columns.name), row.variable.name.get(self.lang), &styles.row_text)?;
        page.note((at, columns.name), &self.definition(row)?)?;
        page.text((at, columns.id), row.variable.id.as_str(), &styles.row_muted)?;
        page.text((at, columns.measure), row.variable.measure.get(self.lang), &styles.row_text)?;
        match row.cell {
            Cell::Value(value) => page.number((at, columns.value), value, &styles.figure(decimals(value)))?,
            Cell::Absent(absence) => {
                page.text((at, columns.value), &self.absent(absence)?, &styles.row_absent)?;
            }
        }
        if let Some(n) = row.n {
            page.number(
                (at, columns.sample),
                f64::from(n),
                &styles.row_muted.clone().set_align(FormatAlign::Right),
            )?;
        }
        if let Some(source) = &row.source {
            let text = self.words.say("confirm_source_text", source.facts(false), self.lang)?;
            page.text((at, columns.source), &text, &styles.row_muted)?;
        }
        Ok(())
    }

    /// What is filled in, and what that comes to.
    fn open(
        &self,
        page: &mut Page<'_>,
        at: RowNum,
        row: &SheetRow<'_>,
        columns: &Columns,
    ) -> Result<(), XlsxError> {
        page.sheet.write_blank(at, columns.reply, &self.styles.entry)?;
        page.sheet.write_blank(at, columns.corrected, &self.styles.entry)?;
        page.sheet.write_blank(at, columns.reason, &self.styles.entry_text)?;
        page.sheet.write_blank(at, columns.evidence, &self.styles.entry_text)?;
        let range = row.variable.range.unwrap_or(crate::plan::ValueRange { min: None, max: None });
        let bounds = Bounds { min: range.min, max: range.max, whole: false };
        let none = [NoValue::missing(self.lang), NoValue::not_applicable(self.lang)];
        let facts = |lang| {
            json!({
                "measure": row.variable.measure.get(lang), "min": range.min, "max": range.max,
                "missing": NoValue::missing(self.lang), "not_applicable": NoValue::not_applicable(self.lang),
            })
        };
        let message = self.words.each("confirm_corrected_message", facts)?;
        let title = row.variable.name.get(self.lang);
        let cell = (at, columns.corrected);
        page.between((cell, cell), bounds, &none, title, &message)?;
        let formula = Formula::new(self.formula(at, columns, range)?).set_result(self.status("pending")?);
        page.sheet.write_formula_with_format(at, columns.status, formula, &self.styles.row_text)?;
        Ok(())
    }

    /// What a row comes to: IF keeps texts from being compared with numbers.
    fn formula(
        &self,
        at: RowNum,
        columns: &Columns,
        range: crate::plan::ValueRange,
    ) -> Result<String, XlsxError> {
        let cell = |column| row_col_to_cell(at, column);
        let (reply, new, reason) = (cell(columns.reply), cell(columns.corrected), cell(columns.reason));
        let [pending, confirmed, correct, no_value, no_reason, outside, contradicts] = STATUSES;
        let word = |status| self.status(status).map(|word| format!("\"{word}\""));
        let low = range.min.map(|min| format!("{new}<{min}"));
        let high = range.max.map(|max| format!("{new}>{max}"));
        let tests: Vec<String> = low.into_iter().chain(high).collect();
        let beyond = match tests.is_empty() {
            true => "FALSE".to_owned(),
            false => format!("IF(ISNUMBER({new}),OR({}),FALSE)", tests.join(",")),
        };
        let [yes, _] = Reply::ALL.map(|reply| reply.word(self.lang));
        Ok(format!(
            "=IF({reply}=\"\",IF({new}=\"\",{},{}),IF({reply}=\"{yes}\",IF({new}=\"\",{},{}),\
             IF({new}=\"\",{},IF({beyond},{},IF({reason}=\"\",{},{})))))",
            word(pending)?,
            word(contradicts)?,
            word(confirmed)?,
            word(contradicts)?,
            word(no_value)?,
            word(outside)?,
            word(no_reason)?,
            word(correct)?,
        ))
    }

    pub(super) fn status(&self, status: &str) -> Result<String, XlsxError> {
        self.words.say(&format!("confirm_status_{status}"), (), self.lang)
    }

    fn absent(&self, absence: Absence) -> Result<String, XlsxError> {
        Ok(match absence {
            Absence::Missing => NoValue::missing(self.lang).to_owned(),
            Absence::NotApplicable => NoValue::not_applicable(self.lang).to_owned(),
            Absence::Suppressed => self.words.say("confirm_suppressed", (), self.lang)?,
        })
    }

    /// What exactly is counted, in both languages.
    fn definition(&self, row: &SheetRow<'_>) -> Result<String, XlsxError> {
        let mut lines = Vec::new();
        for lang in [Lang::Zh, Lang::En] {
            let text =
                |words: Option<&crate::diagnostics::Bilingual>| words.map(|words| words.get(lang).to_owned());
            let spec = row.spec;
            let facts = json!({
                "name": row.variable.name.get(lang), "measure": row.variable.measure.get(lang),
                "definition": text(spec.and_then(|spec| spec.definition.as_ref())),
                "numerator": text(spec.and_then(|spec| spec.numerator.as_ref())),
                "denominator": text(spec.and_then(|spec| spec.denominator.as_ref())),
            });
            lines.push(self.words.say("confirm_definition", facts, lang)?);
        }
        lines.dedup();
        Ok(lines.join("\n"))
    }
}
