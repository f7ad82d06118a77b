use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::transform::Curve;
use crate::index::pool;
use crate::model::{Cell, Column, Panel};
use crate::numeric::{ShapeBounds, excess_kurtosis, skewness, winsorise};
use crate::plan::{KeepTransform, Pool, Transform, Treatment};

/// Skewness and excess kurtosis of the values of a pool; absent for too few
/// values, or values that do not vary.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shape {
    /// Sample skewness.
    pub skewness: Option<f64>,
    /// Sample excess kurtosis.
    pub kurtosis: Option<f64>,
}

/// What was done about the outliers of an indicator in one pool.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TreatmentRecord {
    /// Position of the period; absent when all periods were judged together.
    pub period: Option<usize>,
    /// The values as they came.
    pub before: Shape,
    /// The values as they went.
    pub after: Shape,
    /// How many points were moved when that was tried.
    pub points: usize,
    /// Whether they stayed moved: not where a transform took over or nothing helped.
    pub winsorised: bool,
    /// The transform in place.
    pub transform: Option<Transform>,
    /// A transform that was tried and made things worse.
    pub dropped: Option<Transform>,
}

/// A treated column.
#[derive(Clone, Debug)]
pub(super) struct TreatedColumn {
    pub(super) column: Arc<Column>,
    /// Rows whose value was moved inwards, rising.
    pub(super) moved: Vec<usize>,
    /// The pools that had outliers or were transformed.
    pub(super) records: Vec<TreatmentRecord>,
}

/// Treats a column pool by pool. Fails with the rows that a transform cannot take.
pub(super) fn treat(panel: &Panel, column: &Column, plan: &Treatment) -> Result<TreatedColumn, Vec<usize>> {
    let over = match plan {
        Treatment::None => Pool::Period,
        Treatment::Outliers { over, .. } | Treatment::Transform { over, .. } => *over,
    };
    let mut cells: Vec<Cell> = column.cells().collect();
    let (mut moved, mut records, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (at, rows) in pool::ranges(panel, over).into_iter().enumerate() {
        let present = pool::present(panel, column, rows.clone());
        let values: Vec<f64> = present.iter().map(|(_, value)| *value).collect();
        let Some((mapping, mut record)) = judge(&values, plan) else { continue };
        record.period = (over == Pool::Period).then_some(at);
        apply(column, rows, &mapping, &mut cells, &mut moved, &mut refused);
        records.push(record);
    }
    match refused.is_empty() {
        true => Ok(TreatedColumn { column: Arc::new(cells.into_iter().collect()), moved, records }),
        false => Err(refused),
    }
}

/// What happens to each value of a pool.
enum Mapping {
    /// It stays.
    Stay,
    /// It is moved to the nearer end, if it lies outside.
    Clamp(f64, f64),
    /// It is transformed.
    Transform(Curve),
}

fn apply(
    column: &Column,
    rows: Range<usize>,
    mapping: &Mapping,
    cells: &mut [Cell],
    moved: &mut Vec<usize>,
    refused: &mut Vec<usize>,
) {
    for row in rows {
        let (Some(value), Some(cell)) = (column.value(row), cells.get_mut(row)) else { continue };
        let treated = match mapping {
            Mapping::Stay => Some(value),
            Mapping::Clamp(low, high) => Some(value.clamp(*low, *high)),
            Mapping::Transform(curve) => curve.of(value),
        };
        match treated.and_then(Cell::finite) {
            Some(treated) => *cell = treated,
            None => refused.push(row),
        }
        if matches!(mapping, Mapping::Clamp(..)) && treated != Some(value) {
            moved.push(row);
        }
    }
}

/// What the values of a pool ask for; `None` if nothing.
fn judge(values: &[f64], plan: &Treatment) -> Option<(Mapping, TreatmentRecord)> {
    let record = TreatmentRecord {
        period: None,
        before: shape(values),
        after: shape(values),
        points: 0,
        winsorised: false,
        transform: None,
        dropped: None,
    };
    match *plan {
        Treatment::None => None,
        Treatment::Transform { transform, lambda, .. } => {
            let curve = Curve::new(transform, lambda, values)?;
            let after = transformed(values, &curve);
            Some((Mapping::Transform(curve), TreatmentRecord { after, transform: Some(transform), ..record }))
        }
        Treatment::Outliers { winsorise, transform, lambda, keep_transform, skewness, kurtosis, .. } => {
            let bounds = ShapeBounds { skewness, kurtosis };
            if bounds.pass(values) {
                return None;
            }
            let rule = Rule { most: winsorise as usize, transform, lambda, keep_transform, bounds };
            Some(rule.mend(values, record))
        }
    }
}

struct Rule {
    most: usize,
    transform: Transform,
    lambda: f64,
    keep_transform: KeepTransform,
    bounds: ShapeBounds,
}

impl Rule {
    /// Moves points; where that does not do, transforms the original values.
    fn mend(&self, values: &[f64], record: TreatmentRecord) -> (Mapping, TreatmentRecord) {
        let stay = (Mapping::Stay, record);
        let Some(moved) = winsorise(values, self.bounds, self.most) else { return stay };
        let clamped: Vec<f64> = values.iter().map(|value| value.clamp(moved.low, moved.high)).collect();
        let record = TreatmentRecord { points: moved.points, ..record };
        let winsorised = || {
            let record = TreatmentRecord { after: shape(&clamped), winsorised: moved.points > 0, ..record };
            (Mapping::Clamp(moved.low, moved.high), record)
        };
        if self.bounds.pass(&clamped) || self.transform == Transform::None {
            return winsorised();
        }
        let Some(curve) = Curve::new(self.transform, self.lambda, values) else { return winsorised() };
        let after = transformed(values, &curve);
        let kept = self.keep_transform == KeepTransform::Always
            || self.distance(after) <= self.distance(record.before);
        match kept {
            true => (
                Mapping::Transform(curve),
                TreatmentRecord { after, transform: Some(self.transform), ..record },
            ),
            false => (Mapping::Stay, TreatmentRecord { dropped: Some(self.transform), ..record }),
        }
    }

    /// How far a shape is from passing: at its nearer bound, in multiples of it.
    fn distance(&self, shape: Shape) -> f64 {
        match (shape.skewness, shape.kurtosis) {
            (Some(skewness), Some(kurtosis)) => {
                (skewness.abs() / self.bounds.skewness).min(kurtosis / self.bounds.kurtosis)
            }
            _ => 0.0,
        }
    }
}

fn shape(values: &[f64]) -> Shape {
    Shape { skewness: skewness(values), kurtosis: excess_kurtosis(values) }
}

/// The shape of the values on a curve; those that it cannot take are refused
/// row by row later.
fn transformed(values: &[f64], curve: &Curve) -> Shape {
    let values: Vec<f64> = values.iter().filter_map(|value| curve.of(*value)).collect();
    shape(&values)
}
