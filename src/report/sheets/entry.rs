use rust_xlsxwriter::{
    ColNum, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, Formula, Note,
    ProtectionOptions, RowNum, XlsxError,
};

use super::{Page, Styles};

/// Longest list of choices that a spreadsheet takes in the rule itself.
const LONGEST_LIST: usize = 255;
/// Longest title and text of a message that a spreadsheet takes.
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;

/// The numbers that a cell takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Bounds {
    pub(in crate::report) min: Option<f64>,
    pub(in crate::report) max: Option<f64>,
    /// Whether only whole numbers.
    pub(in crate::report) whole: bool,
}

/// The marks that a cell takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Scale {
    pub(in crate::report) low: Option<f64>,
    pub(in crate::report) high: Option<f64>,
    /// Most decimal places.
    pub(in crate::report) decimals: Option<u8>,
    /// The step between marks, counted from the lowest.
    pub(in crate::report) step: Option<f64>,
}

impl Scale {
    /// What is true of numbers in `cells` that are fine enough and no finer.
    pub(in crate::report) fn steps(&self, cells: &str) -> Vec<String> {
        let decimals =
            self.decimals.map(|places| format!("ABS(ROUND({cells},{places})-{cells})<0.000000001"));
        let low = self.low.unwrap_or(0.0);
        let step = self
            .step
            .map(|step| format!("ABS(ROUND(({cells}-{low})/{step},0)*{step}-({cells}-{low}))<0.000000001"));
        decimals.into_iter().chain(step).collect()
    }

    fn tests(&self, cell: &str) -> Vec<String> {
        let low = self.low.map(|low| format!("{cell}>={low}"));
        let high = self.high.map(|high| format!("{cell}<={high}"));
        low.into_iter().chain(high).chain(self.steps(cell)).collect()
    }
}

/// The first and last cell of a block.
type Block = ((RowNum, ColNum), (RowNum, ColNum));

impl Page<'_> {
    /// Hangs a note at a cell, which a reader sees by pointing at it.
    pub(in crate::report) fn note(&mut self, at: (RowNum, ColNum), text: &str) -> Result<(), XlsxError> {
        let lines = text.lines().map(|line| 1 + line.chars().count() / 24).sum::<usize>();
        let height = u32::try_from(24 + 17 * lines).unwrap_or(400).clamp(60, 400);
        let note = Note::new(text).add_author_prefix(false).set_width(300).set_height(height);
        self.sheet.insert_note(at.0, at.1, &note).map(|_| ())
    }

    /// Gives the cells of a block a list to choose from. A list that is too long
    /// for a spreadsheet gives none.
    pub(in crate::report) fn choose(
        &mut self,
        block: Block,
        words: &[&str],
        title: &str,
        message: &str,
    ) -> Result<(), XlsxError> {
        let length = words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
        if words.is_empty() || length > LONGEST_LIST || words.iter().any(|word| word.contains(',')) {
            return Ok(());
        }
        self.validate(block, DataValidation::new().allow_list_strings(words)?, title, message)
    }

    /// Lets the cells of a block take numbers within bounds, or one of `words`.
    pub(in crate::report) fn between(
        &mut self,
        block: Block,
        bounds: Bounds,
        words: &[&str],
        title: &str,
        message: &str,
    ) -> Result<(), XlsxError> {
        let cell = rust_xlsxwriter::row_col_to_cell(block.0.0, block.0.1);
        let mut tests = Vec::new();
        tests.extend(bounds.min.map(|min| format!("{cell}>={min}")));
        tests.extend(bounds.max.map(|max| format!("{cell}<={max}")));
        tests.extend(bounds.whole.then(|| format!("{cell}=INT({cell})")));
        let rule = Formula::new(format!("={}", number_or_word(&cell, &tests, words)));
        self.validate(block, DataValidation::new().allow_custom(rule), title, message)
    }

    /// Lets the cells of a block take marks of a scale, or `word`; what comes into
    /// them otherwise, by pasting, looks like an alarm.
    pub(in crate::report) fn scale(
        &mut self,
        block: Block,
        scale: &Scale,
        word: &str,
        title: &str,
        message: &str,
    ) -> Result<(), XlsxError> {
        let cell = rust_xlsxwriter::row_col_to_cell(block.0.0, block.0.1);
        let fits = number_or_word(&cell, &scale.tests(&cell), &[word]);
        let rule = DataValidation::new().allow_custom(Formula::new(format!("={fits}")));
        self.validate(block, rule, title, message)?;
        self.alarm(block, &format!("=IF({cell}=\"\",FALSE,NOT({fits}))"))
    }

    /// Makes cells of a block look like an alarm where a formula about its first
    /// cell holds.
    pub(in crate::report) fn alarm(&mut self, block: Block, formula: &str) -> Result<(), XlsxError> {
        let rule = ConditionalFormatFormula::new().set_rule(formula).set_format(Styles::alarm());
        let ((top, left), (bottom, right)) = block;
        self.sheet.add_conditional_format(top, left, bottom, right, &rule).map(|_| ())
    }

    /// Draws a line above the first row of each group of rows in a block that agree
    /// in the column `key`, and makes pale what other rows repeat in columns up to
    /// that. What is filled in starts in the column `open`.
    pub(in crate::report) fn groups(
        &mut self,
        ((top, left), (bottom, right)): Block,
        key: ColNum,
        open: ColNum,
    ) -> Result<(), XlsxError> {
        let cell = |row| format!("${}", rust_xlsxwriter::row_col_to_cell(row, key));
        let (own, above) = (cell(top), cell(top.saturating_sub(1)));
        let [first, cells] = Styles::group();
        let rule = |sign: &str, format| {
            ConditionalFormatFormula::new().set_rule(&*format!("={own}{sign}{above}")).set_format(format)
        };
        let marks = rule("<>", cells);
        self.sheet.add_conditional_format(top, open, bottom, right, &marks)?;
        self.sheet.add_conditional_format(top, left, bottom, open.saturating_sub(1), &rule("<>", first))?;
        let pale = rule("=", Styles::repeated());
        self.sheet.add_conditional_format(top, left, bottom, key, &pale).map(|_| ())
    }

    /// Locks the sheet but for open cells. Without a password: it keeps from
    /// slips, not from intent; columns can be widened and rows filtered.
    pub(in crate::report) fn lock(&mut self) {
        let options = ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            sort: true,
            ..ProtectionOptions::default()
        };
        self.sheet.protect_with_options(&options);
    }

    fn validate(
        &mut self,
        block: Block,
        rule: DataValidation,
        title: &str,
        message: &str,
    ) -> Result<(), XlsxError> {
        let (title, message) = (cut(title, LONGEST_TITLE), cut(message, LONGEST_MESSAGE));
        let rule = rule
            .set_input_title(&title)?
            .set_input_message(&message)?
            .set_error_title(&title)?
            .set_error_message(&message)?
            .set_error_style(DataValidationErrorStyle::Stop);
        let ((top, left), (bottom, right)) = block;
        self.sheet.add_data_validation(top, left, bottom, right, &rule).map(|_| ())
    }
}

/// A formula that holds of a number for which all `tests` hold, and of `words`. IF
/// keeps a text from being compared with numbers, which some programs refuse.
fn number_or_word(cell: &str, tests: &[String], words: &[&str]) -> String {
    let within = if tests.is_empty() { "TRUE".to_owned() } else { format!("AND({})", tests.join(",")) };
    let said = words.iter().map(|word| format!("{cell}=\"{}\"", word.replace('"', "\"\"")));
    let said = said.collect::<Vec<_>>();
    let other = if said.is_empty() { "FALSE".to_owned() } else { format!("OR({})", said.join(",")) };
    format!("IF(ISNUMBER({cell}),{within},{other})")
}

/// The first `most` UTF-16 units of a text.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let kept = text.chars().take_while(|letter| {
        units += letter.len_utf16();
        units < most
    });
    kept.collect()
}
