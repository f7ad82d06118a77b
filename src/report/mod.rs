//! What people read: result tables and typeset reports.
//!
//! Everything shown was computed before; here it is put into words
//! ([`Words`]), formatted ([`Numbers`]), laid out and written. A report is first
//! a [`view`], plain data that the templates take in; then a PDF.

mod audit;
mod board;
mod build;
mod confirmation;
mod contest_material;
mod contest_workbook;
mod cross_check;
mod data_forms;
mod difference_workbook;
mod findings_workbook;
mod index_page;
mod labels;
mod layout;
mod marks;
mod numbers;
mod release;
mod results_csv;
mod results_json;
mod revisions;
mod score_forms;
mod sheets;
mod standings_csv;
mod standings_json;
mod templates;
pub mod view;
mod words;
mod workbook;

#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod world;

use crate::diagnostics::{Code, Finding, Place, bilingual};
use crate::index::{Agreement, CrossCheck, Evaluation, History, Overview, SmallCells};
use crate::ledger::{Log, RevisionEvent};
use crate::plan::{Disclosure, Framework, Project};
use crate::validate::{IndexInput, InputFile};

pub use audit::{AUDIT_SCHEMA, AuditMaterial, audit_csv, audit_json, shows_units};
pub use board::{
    BOARD_MARK, Board, BoardProgress, BoardRow, BoardStamp, BoardState, OnStage, RowState, Zone, board_page,
};
pub use build::contest::{ContestReporter, contest_book, public_notice, sign_off};
pub use build::{
    ConfirmationReporter, UnitReporter, audit_annex, coherence_reading, group_report, index_report,
    unit_report,
};
pub use confirmation::{ConfirmationMaterial, ConfirmationWriter};
pub use contest_material::ContestMaterial;
pub use contest_workbook::contest_workbook;
pub use data_forms::DataFormWriter;
pub use difference_workbook::difference_workbook;
pub use findings_workbook::FindingsWorkbooks;
pub use index_page::index_page;
pub use numbers::Numbers;
#[cfg(feature = "pdf")]
pub use pdf::{Typeset, Typesetter, typeset};
pub use results_csv::results_csv;
pub use results_json::{RESULTS_SCHEMA, results_json};
pub use score_forms::{ScoreFormWriter, form_key};
pub use standings_csv::standings_csv;
pub use standings_json::{CONTEST_RESULTS_SCHEMA, standings_json};
pub use templates::{FontFile, Templates};
pub use words::Words;
pub use workbook::{WorkbookWords, audit_workbook, workbook};

/// What a finding on a character that no font draws is about, before the character.
pub(crate) const UNDRAWN: &str = "letter";

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// What the project declares.
    pub project: &'a Project,
    /// What is measured and how things are called.
    pub framework: &'a Framework,
    /// The data.
    pub input: &'a IndexInput,
    /// The results.
    pub evaluation: &'a Evaluation,
    /// The figures of the edition.
    pub overview: &'a Overview,
    /// Streaks and the comparable change, where there are periods before.
    pub history: Option<&'a History>,
    /// Agreement with published results.
    pub agreements: &'a [Agreement],
    /// How other methods rank the units, where the project asks for it.
    pub cross_check: Option<&'a CrossCheck>,
    /// Every file that was read.
    pub files: &'a [InputFile],
    /// SHA-256 of the plan.
    pub plan_sha256: &'a str,
    /// What the audit found, where the project has one.
    pub audit: Option<AuditMaterial<'a>>,
    /// The revisions that are in the data, where the project logs them.
    pub revisions: Option<&'a Log<RevisionEvent>>,
    /// What may be shown.
    pub disclosure: Disclosure,
    /// The members of groups whose figures may not.
    pub small_cells: &'a SmallCells,
}

/// Why a report could not be made: a template does not fit the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The template file.
    pub template: String,
    /// What its engine said.
    pub problem: String,
}

impl TemplateError {
    pub(crate) fn new(template: impl Into<String>, problem: impl ToString) -> Self {
        Self { template: template.into(), problem: problem.to_string() }
    }
}

impl From<TemplateError> for Finding {
    fn from(error: TemplateError) -> Self {
        let TemplateError { template, problem } = error;
        Finding::new(
            Code::Template,
            bilingual!("模板出错：{problem}", "the template failed: {problem}"),
            bilingual!(
                "若项目自带此模板，请修正；否则请报告此缺陷",
                "if the template is the project's own, correct it; otherwise please report this defect"
            ),
        )
        .at(Place::file(template))
    }
}
