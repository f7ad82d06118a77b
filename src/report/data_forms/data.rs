use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::{Form, Layout, one_line, range};
use crate::plan::{FormHeads, Variable};
use crate::report::sheets::{Bounds, Page, Top};

/// What stands for "not applicable".
pub(super) const NOT_APPLICABLE: [&str; 2] = ["不适用", "not applicable"];

/// The columns of the sheet.
struct Columns {
    value: ColNum,
    /// Sample size, successes and standard error.
    sample: Option<[ColNum; 3]>,
    remark: ColNum,
    key: ColNum,
}

impl Form<'_, '_> {
    /// The sheet that is filled in, one row for each value.
    pub(super) fn data(&self) -> Result<(Worksheet, Layout), XlsxError> {
        let writer = self.writer;
        let (title, note, tab) = (self.title(), writer.line("note"), writer.line("data"));
        let top = Top { name: &tab, title: &title, note: &note, above: 1, head_height: 32 };
        let mut page = Page::new(&writer.styles, &top)?;
        let fixed = [
            (FormHeads::UNIT, 11.0),
            (FormHeads::PERIOD, 9.0),
            (FormHeads::INDICATOR, 17.0),
            (FormHeads::NAME, 34.0),
            (FormHeads::MEASURE, 15.0),
            (FormHeads::DIRECTION, 17.0),
        ];
        for (head, width) in fixed {
            page.column(head, width)?;
        }
        let value = page.column(FormHeads::VALUE, 14.0)?;
        let asks = writer.project.forms.as_ref().is_some_and(|forms| !forms.samples.is_empty());
        let mut sample = None;
        if asks {
            let (n, k) = (page.column(FormHeads::N, 11.0)?, page.column(FormHeads::K, 11.0)?);
            sample = Some([n, k, page.column(FormHeads::ERROR, 11.0)?]);
        }
        let columns = Columns {
            value,
            sample,
            remark: page.column(FormHeads::REMARK, 30.0)?,
            key: page.column(FormHeads::KEY, 12.0)?,
        };
        let mut rows = Vec::new();
        for variable in &writer.asked {
            rows.push(self.row(&mut page, &columns, variable)?);
        }
        page.lock();
        let layout = Layout { tab, value, sample: sample.map(|[n, ..]| n), rows };
        Ok((page.finish(4, &[])?, layout))
    }

    fn row(
        &self,
        page: &mut Page<'_>,
        columns: &Columns,
        variable: &Variable<'_>,
    ) -> Result<RowNum, XlsxError> {
        let (writer, styles) = (self.writer, &self.writer.styles);
        let row = page.next_row();
        page.sheet.set_row_height(row, 20)?;
        let texts = [
            self.unit.code.to_string(),
            writer.project.edition.clone(),
            variable.id.to_string(),
            one_line(variable.name),
            one_line(variable.measure),
            writer.direction(variable),
        ];
        for (column, text) in (0..).zip(texts) {
            page.text((row, column), &text, &styles.row)?;
        }
        let said = writer.definition(variable);
        if !said.is_empty() {
            page.note((row, 3), &said.join("\n"))?;
        }
        self.value(page, (row, columns.value), variable)?;
        if let Some(sample) = columns.sample {
            let asked = writer.project.asks_for_sample(variable.id);
            self.sample(page, row, sample, asked)?;
        }
        page.sheet.write_blank(row, columns.remark, &styles.entry_text)?;
        page.text((row, columns.key), &self.key().to_string(), &styles.key)?;
        Ok(row)
    }

    fn value(
        &self,
        page: &mut Page<'_>,
        at: (RowNum, ColNum),
        variable: &Variable<'_>,
    ) -> Result<(), XlsxError> {
        let writer = self.writer;
        page.sheet.write_blank(at.0, at.1, &writer.styles.entry)?;
        let bounds = Bounds {
            min: variable.range.and_then(|range| range.min),
            max: variable.range.and_then(|range| range.max),
            whole: false,
        };
        let possible = range(variable.range).unwrap_or_else(|| "—".to_owned());
        let message = format!("{} {possible}", writer.line("value_message"));
        page.between((at, at), bounds, &NOT_APPLICABLE, &writer.line("value_title"), &message)
    }

    /// The cells of the sample: open where it is asked for, else grey.
    fn sample(
        &self,
        page: &mut Page<'_>,
        row: RowNum,
        columns: [ColNum; 3],
        asked: bool,
    ) -> Result<(), XlsxError> {
        let writer = self.writer;
        let rules = [
            ("n_message", Some(1.0), true),
            ("k_message", Some(0.0), true),
            ("error_message", Some(0.0), false),
        ];
        for (column, (message, min, whole)) in columns.into_iter().zip(rules) {
            let at = (row, column);
            if !asked {
                page.sheet.write_blank(row, column, &writer.styles.closed)?;
                continue;
            }
            page.sheet.write_blank(row, column, &writer.styles.entry)?;
            let message = writer.line(message);
            page.between(
                (at, at),
                Bounds { min, max: None, whole },
                &[],
                &writer.line("value_title"),
                &message,
            )?;
        }
        Ok(())
    }
}
