//! `diff.xlsx`: what two results of an index differ in, one sheet for results, one
//! for values, one for method and files.

use rust_xlsxwriter::{ColNum, RowNum, Workbook, Worksheet, XlsxError};

use super::sheets::{Page, Styles, Top};
use super::templates::Templates;
use super::workbook::{WorkbookWords, both};
use crate::diagnostics::{Bilingual, Failure};
use crate::difference::Difference;

/// The workbook of a difference. It carries no date: equal results give equal
/// bytes.
pub fn difference_workbook(difference: &Difference) -> Result<Vec<u8>, Failure> {
    let internal = |error: String| Failure::Internal(format!("diff.xlsx: {error}"));
    let words = WorkbookWords::read(&Templates::embedded()).map_err(|error| internal(error.problem))?;
    write(&Book { difference, words, styles: Styles::new() }).map_err(|error| internal(error.to_string()))
}

struct Book<'a> {
    difference: &'a Difference,
    words: WorkbookWords,
    styles: Styles,
}

fn write(book: &Book<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let never = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&never));
    workbook.push_worksheet(outcomes(book)?);
    workbook.push_worksheet(values(book)?);
    workbook.push_worksheet(method(book)?);
    workbook.save_to_buffer()
}

fn outcomes(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let heads = ["code", "name", "score_before", "score_after", "rank_before", "rank_after"];
    let mut page =
        book.page("outcomes", &[&heads[..], &["rating_before", "rating_after", "own"]].concat())?;
    for change in &book.difference.outcomes {
        let mut line = book.line(&mut page);
        line.text(change.unit.code.as_str())?;
        line.text(&one_line(&change.unit.name))?;
        for number in change.scores.into_iter().chain(change.ranks) {
            line.number(number)?;
        }
        for rating in &change.ratings {
            line.text(&rating.as_ref().map_or_else(String::new, one_line))?;
        }
        line.number(Some(change.own_values as f64))?;
    }
    page.finish(2, &[])
}

fn values(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let heads = ["code", "name", "period", "indicator", "before", "after", "place_before", "place_after"];
    let mut page = book.page("values", &heads)?;
    for change in &book.difference.values {
        let mut line = book.line(&mut page);
        line.text(&change.unit.code)?;
        line.text(&one_line(&change.unit.name))?;
        line.text(&change.period)?;
        line.text(&one_line(&change.name))?;
        line.number(change.before)?;
        line.number(change.after)?;
        for place in &change.places {
            line.text(place.as_deref().unwrap_or_default())?;
        }
    }
    page.finish(2, &[])
}

fn method(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page("method", &["kind", "what", "before", "after"])?;
    let difference = book.difference;
    let mut rows = Vec::new();
    if difference.editions[0] != difference.editions[1] {
        let [before, after] = difference.editions.clone();
        rows.push(("edition", String::new(), before, after));
    }
    let json =
        |value: &Option<serde_json::Value>| value.as_ref().map_or_else(String::new, ToString::to_string);
    rows.extend(
        difference
            .choices
            .iter()
            .map(|one| ("choice", one.path.clone(), json(&one.before), json(&one.after))),
    );
    let hash = |hash: &Option<String>| hash.clone().unwrap_or_default();
    rows.extend(
        difference.files.iter().map(|one| ("file", one.name.clone(), hash(&one.before), hash(&one.after))),
    );
    let named = |unit: &crate::difference::UnitName| format!("{} {}", unit.code, one_line(&unit.name));
    let word = |key: &str| book.words.line(key);
    rows.extend(difference.gone.iter().map(|unit| ("unit", named(unit), String::new(), word("diff_gone"))));
    rows.extend(difference.come.iter().map(|unit| ("unit", named(unit), String::new(), word("diff_come"))));
    for (kind, what, before, after) in rows {
        let mut line = book.line(&mut page);
        line.text(&word(&format!("diff_{kind}")))?;
        for text in [what, before, after] {
            line.text(&text)?;
        }
    }
    page.finish(2, &[])
}

impl Book<'_> {
    fn page(&self, name: &str, heads: &[&str]) -> Result<Page<'_>, XlsxError> {
        let (title, note) = (self.words.line("diff_title"), self.words.line(&format!("diff_{name}_note")));
        let name = self.words.line(&format!("diff_{name}"));
        let top = Top { name: &name, title: &title, note: &note, above: 0, head_height: 32 };
        let mut page = Page::new(&self.styles, &top)?;
        for head in heads {
            let wide = ["name", "indicator", "what", "before", "after"].contains(head) && heads.len() < 9;
            let width = if wide || head.starts_with("place") { 30.0 } else { 13.0 };
            page.column(&self.words.head(&format!("diff_{head}")), width)?;
        }
        Ok(page)
    }

    fn line<'p, 's>(&'p self, page: &'p mut Page<'s>) -> Line<'p, 's> {
        let row = page.next_row();
        Line { page, styles: &self.styles, row, column: 0 }
    }
}

/// A row filled from the left.
struct Line<'p, 's> {
    page: &'p mut Page<'s>,
    styles: &'p Styles,
    row: RowNum,
    column: ColNum,
}

impl Line<'_, '_> {
    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        self.page.text((self.row, self.column), text, &self.styles.text)?;
        self.column += 1;
        Ok(())
    }

    fn number(&mut self, number: Option<f64>) -> Result<(), XlsxError> {
        if let Some(number) = number {
            self.page.number((self.row, self.column), number, &self.styles.number)?;
        }
        self.column += 1;
        Ok(())
    }
}

fn one_line(name: &Bilingual) -> String {
    both(name).replace('\n', " ")
}
