//! Files of the statistical audit beside its annex: `audit.json` and a table of
//! units. Its workbook is one of [`workbook`](super::workbook).

mod certainty;
mod csv;
mod json;
mod public;

pub use csv::audit_csv;
pub use json::{AUDIT_SCHEMA, audit_json};

use crate::coherence::Coherence;
use crate::robustness::Robustness;

pub(super) use certainty::certainty;

/// What an audit found.
#[derive(Clone, Copy, Debug)]
pub struct AuditMaterial<'a> {
    /// How sure ranks and ratings are.
    pub robustness: &'a Robustness,
    /// Whether data, structure and weights fit.
    pub coherence: &'a Coherence,
}

/// Whether single units may be spoken of: their intervals tell scores and ranks.
pub fn shows_units(material: &super::Material<'_>) -> bool {
    material.disclosure.scores && material.disclosure.ranks
}
