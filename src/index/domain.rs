use crate::diagnostics::Bilingual;
use crate::model::Id;

/// A row that a mean or a formula has no value for.
#[derive(Clone, Debug, PartialEq)]
pub struct OutsideDomain {
    /// The node that cannot be computed.
    pub node: Id,
    /// The child whose value it cannot take; absent for a formula.
    pub input: Option<Id>,
    /// The row.
    pub row: usize,
    /// What is wrong, without the place.
    pub problem: Bilingual,
}
