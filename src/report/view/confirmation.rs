use std::collections::BTreeMap;

use serde::Serialize;

use super::{Document, View};

/// What the data say of one unit, on paper, for it to confirm or correct.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfirmationSheet {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the template.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: Document,
    /// What kind of document it is.
    pub kind: String,
    /// Name of the unit.
    pub unit: String,
    /// Its code.
    pub code: String,
    /// What the sheet is known by.
    pub key: String,
    /// What to do.
    pub lead: String,
    /// What is signed.
    pub sum: String,
    /// The values.
    pub groups: Vec<ConfirmationGroup>,
}

impl View for ConfirmationSheet {
    const TEMPLATE: &'static str = "confirmation.typ";

    fn identity(&self) -> String {
        format!("{} {} {}", self.kind, self.key, self.lang)
    }
}

impl ConfirmationSheet {
    /// The value of [`ConfirmationSheet::schema`].
    pub const SCHEMA: &'static str = "benchline/view/confirmation/1";
}

/// The values that count towards one dimension, or those that are only shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfirmationGroup {
    /// The dimension.
    pub name: String,
    /// Its values.
    pub rows: Vec<ConfirmationRow>,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfirmationRow {
    /// Number of the row on the sheet, the same as in the workbook.
    pub number: usize,
    /// What the indicator is called.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Unit of measure.
    pub measure: String,
    /// The value, with no more than four decimals.
    pub value: Option<String>,
    /// Why there is none.
    pub absence: Option<String>,
    /// The sample that it rests on.
    pub n: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
}
