//! `findings.xlsx`: what was found in the data, to be sent back to those who sent
//! them, with a column for their reply.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::sheets::{Page, Styles, Top};
use super::templates::Templates;
use super::workbook::WorkbookWords;
use crate::diagnostics::{Failure, Finding, Findings, Lang, Place, Position, Severity, UnitMark, masked};
use crate::store::Tool;

/// The findings of a run by unit.
pub struct FindingsWorkbooks<'a> {
    /// What is about a unit, by its code; then what is about none.
    by_unit: BTreeMap<&'a str, (&'a UnitMark, Vec<&'a Finding>)>,
    general: Vec<&'a Finding>,
    words: WorkbookWords,
    styles: Styles,
    lang: Lang,
}

/// Columns of a list with their widths. That of one unit alone does without the
/// second and third.
const COLUMNS: [(&str, f64); 12] = [
    ("number", 5.0),
    ("code", 8.0),
    ("unit", 11.0),
    ("severity", 8.0),
    ("kind", 8.0),
    ("file", 20.0),
    ("sheet", 10.0),
    ("cell", 8.0),
    ("excerpt", 11.0),
    ("message", 40.0),
    ("help", 28.0),
    ("reply", 22.0),
];
/// Height of a line of text, in points.
const LINE: f64 = 13.5;

impl<'a> FindingsWorkbooks<'a> {
    /// Sorts findings by unit. A finding of several units is told to each of them
    /// as its own, and once among those of none.
    pub fn new(findings: &'a Findings, lang: Lang) -> Result<Self, Failure> {
        let words = WorkbookWords::read(&Templates::embedded())
            .map_err(|error| Failure::Internal(format!("findings.xlsx: {}", error.problem)))?;
        let mut sorted =
            Self { by_unit: BTreeMap::new(), general: Vec::new(), words, styles: Styles::new(), lang };
        for finding in findings {
            sorted.take(finding);
        }
        // What must be mended first.
        for findings in sorted.by_unit.values_mut().map(|(_, own)| own).chain([&mut sorted.general]) {
            findings.sort_by_key(|finding| finding.severity);
        }
        Ok(sorted)
    }

    fn take(&mut self, finding: &'a Finding) {
        match &finding.unit {
            Some(unit) => self.by_unit.entry(&unit.code).or_insert((unit, Vec::new())).1.push(finding),
            None => self.general.push(finding),
        }
        for part in &finding.parts {
            self.take(part);
        }
    }

    /// Name of the file of each unit that has findings, and its workbook.
    pub fn units(&self) -> impl Iterator<Item = (String, Result<Vec<u8>, Failure>)> {
        self.by_unit.values().map(|(unit, findings)| {
            let named = self.of(&unit.name.zh, &unit.name.en);
            let rows = findings.iter().map(|finding| (Some(*unit), *finding)).collect();
            (file_of(unit), self.written(|| Ok(vec![self.list("findings_one", &named, rows)?])))
        })
    }

    /// The workbook of all: a summary, then every finding, those of no unit first.
    pub fn all(&self) -> Result<Vec<u8>, Failure> {
        let general = self.general.iter().map(|finding| (None, *finding));
        let own = self
            .by_unit
            .values()
            .flat_map(|(unit, findings)| findings.iter().map(move |finding| (Some(*unit), *finding)));
        let rows: Vec<(Option<&UnitMark>, &Finding)> = general.chain(own).collect();
        self.written(|| Ok(vec![self.summary()?, self.list("findings_all", "", rows)?]))
    }

    fn written(
        &self,
        sheets: impl FnOnce() -> Result<Vec<Worksheet>, XlsxError>,
    ) -> Result<Vec<u8>, Failure> {
        let internal = |error: XlsxError| Failure::Internal(format!("findings.xlsx: {error}"));
        let write = || {
            let mut workbook = Workbook::new();
            // Equal findings give equal bytes.
            let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
            let comment = Tool::this().to_string();
            workbook.set_properties(&DocProperties::new().set_creation_datetime(&never).set_comment(comment));
            for sheet in sheets()? {
                workbook.push_worksheet(sheet);
            }
            workbook.save_to_buffer()
        };
        write().map_err(internal)
    }

    /// Every finding in a row of its own, with an open cell for the reply.
    fn list(
        &self,
        name: &str,
        of: &str,
        rows: Vec<(Option<&UnitMark>, &Finding)>,
    ) -> Result<Worksheet, XlsxError> {
        let title = self.words.line("findings_title");
        let title = if of.is_empty() { title } else { format!("{of} · {title}") };
        let (name, note) = (self.words.line(name), self.words.line("findings_note"));
        let top = Top { name: &name, title: &title, note: &note, above: 0, head_height: 32 };
        let mut page = Page::new(&self.styles, &top)?;
        let columns = COLUMNS.iter().enumerate().filter(|(at, _)| of.is_empty() || !(1..3).contains(at));
        let columns: Vec<(usize, (&str, f64))> = columns.map(|(at, column)| (at, *column)).collect();
        for (_, (column, width)) in &columns {
            page.column(&self.words.head(&format!("findings_{column}")), *width)?;
        }
        for (number, (unit, finding)) in (1_u32..).zip(rows) {
            let row = page.next_row();
            let fields = self.fields(number, unit, finding);
            let mut lines: usize = 1;
            for (column, (at, (_, width))) in (0_u16..).zip(&columns) {
                let text = fields.get(*at).map_or("", String::as_str);
                match *at {
                    0 => page.number((row, column), f64::from(number), &self.styles.counted)?,
                    3 if finding.severity == Severity::Error => {
                        page.text((row, column), text, &self.styles.urgent)?;
                    }
                    11 => page.sheet.write_blank(row, column, &self.styles.entry_text).map(|_| ())?,
                    _ => page.text((row, column), text, &self.styles.wrapped)?,
                }
                lines = lines.max(lines_of(text, *width));
            }
            page.sheet.set_row_height(row, LINE * lines as f64 + 4.0)?;
        }
        page.lock();
        page.finish(if of.is_empty() { 3 } else { 1 }, &[])
    }

    /// The texts of a row, in the order of the columns.
    fn fields(&self, number: u32, unit: Option<&UnitMark>, finding: &Finding) -> [String; 12] {
        let place = finding.place.as_ref();
        let severity = match finding.severity {
            Severity::Error => "findings_error",
            Severity::Warning => "findings_warning",
            Severity::Note => "findings_hint",
        };
        let general = || self.words.word("findings_general", self.lang);
        [
            number.to_string(),
            unit.map_or(String::new(), |unit| unit.code.clone()),
            unit.map_or_else(general, |unit| unit.name.get(self.lang).to_owned()),
            self.words.word(severity, self.lang),
            finding.code.id().to_owned(),
            place.map_or(String::new(), |place| place.file.clone()),
            place.and_then(sheet).map_or_else(String::new, |name| masked(name).into_owned()),
            place.map_or(String::new(), Place::spot),
            place.and_then(excerpt).unwrap_or_default(),
            finding.message.get(self.lang).to_owned(),
            finding.help.get(self.lang).to_owned(),
            String::new(),
        ]
    }

    /// How many findings each unit has, and the name of its workbook.
    fn summary(&self) -> Result<Worksheet, XlsxError> {
        let name = self.words.line("findings_summary");
        let (title, note) = (self.words.line("findings_title"), self.words.line("findings_summary_note"));
        let top = Top { name: &name, title: &title, note: &note, above: 0, head_height: 32 };
        let mut page = Page::new(&self.styles, &top)?;
        let heads = [("code", 10.0), ("unit", 26.0), ("workbook", 34.0)];
        for (head, width) in heads.into_iter().chain(["errors", "warnings", "hints"].map(|head| (head, 11.0)))
        {
            page.column(&self.words.head(&format!("findings_{head}")), width)?;
        }
        let general = (!self.general.is_empty()).then_some((None, &self.general));
        let units = self.by_unit.values().map(|(unit, findings)| (Some(*unit), findings));
        for (unit, findings) in general.into_iter().chain(units) {
            let row = page.next_row();
            let text = &self.styles.text;
            let name = unit.map_or_else(
                || self.words.word("findings_general", self.lang),
                |unit| unit.name.get(self.lang).to_owned(),
            );
            page.text((row, 0), unit.map_or("", |unit| &unit.code), text)?;
            page.text((row, 1), &name, text)?;
            for (column, severity) in (3_u16..).zip([Severity::Error, Severity::Warning, Severity::Note]) {
                let count = findings.iter().filter(|finding| finding.severity == severity).count();
                page.number((row, column), count as f64, &self.styles.number)?;
            }
            page.text((row, 2), &unit.map_or(String::new(), file_of), text)?;
        }
        page.finish(2, &[])
    }

    fn of(&self, zh: &str, en: &str) -> String {
        if zh == en { zh.to_owned() } else { format!("{zh} {en}") }
    }
}

/// Name of the workbook of a unit, within the folder.
fn file_of(unit: &UnitMark) -> String {
    format!("units/{}.xlsx", unit.file_stem)
}

fn sheet(place: &Place) -> Option<&str> {
    match place.position.as_ref()? {
        Position::Cell { sheet, .. } => Some(sheet),
        Position::Text { .. } => None,
    }
}

/// What stands at the place: the part that is meant, or the column.
fn excerpt(place: &Place) -> Option<String> {
    let part = place.excerpt.as_ref().and_then(|excerpt| excerpt.text.get(excerpt.start..excerpt.end));
    part.map(str::to_owned).filter(|part| !part.is_empty()).or_else(|| place.subject.clone())
}

/// How many lines a text takes in a column of some width: letters beyond Latin take
/// two places, and a word may leave some free.
fn lines_of(text: &str, width: f64) -> usize {
    let places: usize = text.chars().map(|letter| if letter < '\u{0250}' { 1 } else { 2 }).sum();
    (places as f64 * 1.05 / (width - 1.0)).ceil().max(1.0) as usize
}
