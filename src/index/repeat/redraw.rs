use std::sync::Arc;

use super::leaf::{Leaf, Leaves};
use crate::diagnostics::Findings;
use crate::index::normalise::normalise_again;
use crate::index::prepare::{prepare_again, reads_others};
use crate::index::{Evaluator, Prepared};
use crate::model::Column;
use crate::plan::Plan;
use crate::validate::IndexInput;

/// The indicators of one plan on the common scale, where some have other values
/// than those read: everything that depends on those values is computed anew,
/// data-driven goalposts and all.
#[derive(Debug)]
pub(crate) struct Redraw<'a> {
    input: &'a IndexInput,
    plan: &'a Plan,
    prepared: &'a Prepared,
    leaves: &'a Leaves,
    /// Whether some indicator is filled in from others: then all are run anew.
    whole: bool,
}

impl<'a> Redraw<'a> {
    pub(crate) fn new(
        input: &'a IndexInput,
        plan: &'a Plan,
        prepared: &'a Prepared,
        leaves: &'a Leaves,
    ) -> Self {
        let fills = |(indicator, marks): (&crate::plan::IndicatorPlan, &crate::index::Marks)| {
            reads_others(&indicator.impute) && !marks.imputed.is_empty()
        };
        let whole = plan.indicators.iter().zip(&prepared.marks).any(fills);
        Self { input, plan, prepared, leaves, whole }
    }

    /// The leaves with these values as read: by position in the plan and in the
    /// input, columns of all rows.
    pub(crate) fn run(&self, values: Vec<(usize, usize, Arc<Column>)>) -> Result<Leaves, Findings> {
        let rows = self.input.panel().rows_of(self.input.edition());
        let mut leaves = self.leaves.clone();
        if self.whole {
            let values: Vec<_> = values.into_iter().map(|(_, at, column)| (at, column)).collect();
            let input = self.input.with_values(&values);
            let (_, normalised) = Evaluator::new(&input).normalised(self.plan)?;
            leaves.columns =
                normalised.columns().iter().map(|column| Arc::new(Leaf::of(column, rows.clone()))).collect();
            return Ok(leaves);
        }
        for (at, _, raw) in values {
            let column = prepare_again(self.input, self.plan, self.prepared, at, raw)?;
            let column = normalise_again(self.input, self.plan, at, &column)?;
            if let Some(leaf) = leaves.columns.get_mut(at) {
                *leaf = Arc::new(Leaf::of(&column, rows.clone()));
            }
        }
        Ok(leaves)
    }
}
