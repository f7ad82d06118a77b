use std::sync::Arc;

use super::result::{SampledIndicator, SamplingBase};
use super::{SAMPLE_STREAMS, stream};
use crate::model::{Cell, Column, Precision, Sample};
use crate::numeric::{Stream, median};
use crate::plan::{Framework, Plan, ValueRange};
use crate::validate::IndexInput;

/// Draws values that rest on samples anew, within their sampling error.
#[derive(Debug)]
pub(super) struct Sampler {
    columns: Vec<SampledColumn>,
    seed: u64,
    means: usize,
    shares: usize,
    unknown: usize,
}

/// The drawn values of one indicator.
#[derive(Debug)]
struct SampledColumn {
    /// Position in the plan.
    at: usize,
    /// Position in the input.
    indicator: usize,
    /// All cells as read.
    cells: Vec<Cell>,
    /// Row and law of each value that is drawn.
    laws: Vec<(usize, Law)>,
    samples: Vec<Sample>,
}

/// What a value is drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Law {
    /// `whole` times Beta(a, b).
    Share { a: f64, b: f64, whole: f64 },
    /// `mean` + `error` times Student's t of so many degrees of freedom, within
    /// the range of the indicator; of a standard normal without degrees.
    Mean { mean: f64, error: f64, degrees: Option<f64>, range: (f64, f64) },
}

impl Law {
    /// k of n are drawn from Beta(k + 1/2, n − k + 1/2), the posterior of Jeffreys'
    /// prior, with k and n divided by the design effect; a mean from Student's t of
    /// n − 1 degrees of freedom, n divided by the design effect, which the
    /// standard error includes already, or from the normal distribution where n is
    /// not known. `None` where the precision is unknown.
    fn of(value: f64, sample: &Sample, whole: f64, range: Option<ValueRange>) -> Option<Self> {
        let n = sample.effective_n();
        match sample.precision {
            Precision::Unknown => None,
            Precision::Successes(k) => {
                let k = f64::from(k) / sample.design_effect;
                Some(Law::Share { a: k + 0.5, b: (n? - k).max(0.0) + 0.5, whole })
            }
            Precision::StandardError(error) => {
                let bound = |bound: Option<f64>, open: f64| bound.unwrap_or(open);
                let range = range.map_or((f64::NEG_INFINITY, f64::INFINITY), |range| {
                    (bound(range.min, f64::NEG_INFINITY), bound(range.max, f64::INFINITY))
                });
                let degrees = n.map(|n| (n - 1.0).max(1.0));
                Some(Law::Mean { mean: value, error, degrees, range })
            }
        }
    }

    fn draw(self, stream: &mut Stream) -> f64 {
        match self {
            Law::Share { a, b, whole } => whole * stream.beta(a, b),
            Law::Mean { mean, error, degrees, range: (low, high) } => {
                let off = match degrees {
                    Some(degrees) => stream.student(degrees),
                    None => stream.normal(),
                };
                (mean + error * off).max(low).min(high)
            }
        }
    }
}

impl Sampler {
    /// What can be drawn of the reported period; `None` if nothing can.
    pub(super) fn new(input: &IndexInput, framework: &Framework, plan: &Plan, seed: u64) -> Option<Self> {
        let (mut columns, mut means, mut shares, mut unknown) = (Vec::new(), 0, 0, 0);
        for (at, one) in plan.indicators.iter().enumerate() {
            let Some(indicator) = input.indicators().iter().position(|id| *id == one.id) else { continue };
            let Some(column) = input.raw().column(indicator) else { continue };
            let spec = framework.variables().find(|spec| *spec.id == one.id);
            let whole = spec.as_ref().map_or(1.0, |spec| spec.whole());
            let range = spec.as_ref().and_then(|spec| spec.range);
            let (mut laws, mut samples) = (Vec::new(), Vec::new());
            for row in input.panel().rows_of(input.edition()) {
                let observation = input.observation(indicator, row);
                let (Some(value), Some(sample)) = (observation.cell.value(), observation.sample) else {
                    continue;
                };
                match Law::of(value, &sample, whole, range) {
                    Some(law) => {
                        means += usize::from(matches!(law, Law::Mean { .. }));
                        shares += usize::from(matches!(law, Law::Share { .. }));
                        laws.push((row, law));
                        samples.push(sample);
                    }
                    None => unknown += 1,
                }
            }
            if !laws.is_empty() {
                columns.push(SampledColumn { at, indicator, cells: column.cells().collect(), laws, samples });
            }
        }
        (!columns.is_empty()).then_some(Self { columns, seed, means, shares, unknown })
    }

    /// What there is to draw, for the record.
    pub(super) fn base(&self, plan: &Plan) -> SamplingBase {
        let indicator = |column: &SampledColumn| {
            let sizes: Vec<f64> =
                column.samples.iter().filter_map(|sample| sample.n.map(f64::from)).collect();
            let effects: Vec<f64> = column.samples.iter().map(|sample| sample.design_effect).collect();
            Some(SampledIndicator {
                id: plan.indicators.get(column.at)?.id.clone(),
                values: column.laws.len(),
                median_n: median(&sizes),
                median_design_effect: median(&effects)?,
            })
        };
        SamplingBase {
            indicators: self.columns.iter().filter_map(indicator).collect(),
            shares: self.shares,
            means: self.means,
            unknown: self.unknown,
        }
    }

    /// The values of a draw: position in the plan and in the input, and the column
    /// as if read.
    pub(super) fn draw(&self, number: u64) -> Vec<(usize, usize, Arc<Column>)> {
        let mut stream = stream(self.seed, SAMPLE_STREAMS, number);
        let drawn = |column: &SampledColumn| {
            let mut cells = column.cells.clone();
            for (row, law) in &column.laws {
                if let Some(cell) = cells.get_mut(*row) {
                    *cell = Cell::Value(law.draw(&mut stream));
                }
            }
            (column.at, column.indicator, Arc::new(cells.into_iter().collect::<Column>()))
        };
        self.columns.iter().map(drawn).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(n: Option<u32>) -> f64 {
        let sample = Sample { n, precision: Precision::StandardError(2.0), design_effect: 1.0 };
        let law = Law::of(50.0, &sample, 100.0, None).unwrap();
        let mut stream = stream(7, SAMPLE_STREAMS, 0);
        let mut drawn: Vec<f64> = (0..20_000).map(|_| law.draw(&mut stream)).collect();
        drawn.sort_by(f64::total_cmp);
        (drawn[19_499] - drawn[499]) / 2.0 / 2.0
    }

    /// Half widths of 95 % intervals in standard errors: 1.960 of the normal, and
    /// of Student's t 2.262 with 9 degrees of freedom (any table of quantiles).
    #[test]
    fn a_mean_without_a_size_is_normal() {
        assert!((spread(None) - 1.960).abs() < 0.04, "{}", spread(None));
        assert!((spread(Some(10)) - 2.262).abs() < 0.06, "{}", spread(Some(10)));
    }
}
