use super::leaf::log_of;

/// The scores of a node, as they are or as logarithms, whichever its parent asked
/// for: means of means of logarithms need no detour.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) values: Vec<f64>,
    pub(super) logs: Vec<f64>,
    pub(super) has_values: bool,
    pub(super) has_logs: bool,
}

impl Slot {
    /// Makes the values be there.
    pub(super) fn need_values(&mut self) {
        if !self.has_values {
            self.values.clear();
            let value = |log: &f64| if log.is_nan() { *log } else { libm::exp(*log) };
            self.values.extend(self.logs.iter().map(value));
            self.has_values = true;
        }
    }

    /// Makes the logarithms be there.
    pub(super) fn need_logs(&mut self) {
        if !self.has_logs {
            self.logs.clear();
            self.logs.extend(self.values.iter().copied().map(log_of));
            self.has_logs = true;
        }
    }
}

/// The numbers of one draw. Used again for the next one.
#[derive(Debug, Default)]
pub(crate) struct Space {
    /// One per node of the program.
    pub(super) slots: Vec<Slot>,
    /// Weights in the order of the layout, as this draw has them; not brought to
    /// sums of 1.
    pub(crate) weights: Vec<f64>,
    /// By how much they were multiplied.
    pub(crate) factors: Vec<f64>,
    /// Weights of one node.
    pub(super) shares: Vec<f64>,
    /// The score of every unit, not a number where it has none or is not ranked.
    pub(crate) scores: Vec<f64>,
    /// What is ranked of them.
    pub(super) basis: Vec<f64>,
    pub(super) order: Vec<(u64, u32)>,
    /// The rank of every unit; 0 where it has none.
    pub(crate) ranks: Vec<f64>,
    /// Position of the band of every unit; [`UNRATED`](super::UNRATED) where it has none.
    pub(crate) bands: Vec<u8>,
}
