use rust_xlsxwriter::{ColNum, RowNum};

/// Where on the sheet of marks things are.
pub(super) struct Layout {
    /// The first and the last row of marks.
    pub(super) rows: (RowNum, RowNum),
    /// The columns of the criteria, in their order.
    pub(super) criteria: Vec<ColNum>,
    /// The entries from top to bottom, each with its first and last row.
    pub(super) entries: Vec<(usize, (RowNum, RowNum))>,
}

impl Layout {
    /// The block of all criteria over some rows; `None` without criteria.
    pub(super) fn across(&self, rows: (RowNum, RowNum)) -> Option<Block> {
        let (first, last) = (self.criteria.first()?, self.criteria.last()?);
        Some(((rows.0, *first), (rows.1, *last)))
    }
}

/// The first and last cell of a block.
pub(super) type Block = ((RowNum, ColNum), (RowNum, ColNum));
