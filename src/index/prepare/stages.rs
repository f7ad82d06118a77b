use std::sync::Arc;

use rayon::prelude::*;

use super::impute::{self, Filled, Sources};
use super::screen::Shortfall;
use super::shared::Shared;
use super::treat::{self, TreatmentRecord};
use super::{Caches, Keyed, denominate, findings};
use crate::diagnostics::Findings;
use crate::index::cache::Key;
use crate::model::Cell;
use crate::plan::{Imputation, IndicatorPlan, Plan};
use crate::validate::IndexInput;

/// One run of the stages.
pub(super) struct Stage<'a> {
    pub(super) input: &'a IndexInput,
    pub(super) plan: &'a Plan,
    pub(super) caches: &'a Caches,
    pub(super) screened: &'a [Option<Shortfall>],
    pub(super) screen_key: Option<Key>,
}

/// A column after imputation.
pub(super) struct FilledStage {
    pub(super) column: Keyed,
    pub(super) fill: Option<Arc<Filled>>,
}

/// A column after treatment.
pub(super) struct TreatedStage {
    pub(super) column: Keyed,
    pub(super) moved: Arc<[usize]>,
    pub(super) records: Arc<[TreatmentRecord]>,
}

impl Stage<'_> {
    /// Runs a stage on every indicator; all refusals together.
    pub(super) fn collect<T: Send>(
        &self,
        run: impl Fn(usize, &IndicatorPlan) -> Result<T, Findings> + Sync,
    ) -> Result<Vec<T>, Findings> {
        let results: Vec<Result<T, Findings>> =
            self.plan.indicators.par_iter().enumerate().map(|(at, indicator)| run(at, indicator)).collect();
        let (mut done, mut findings) = (Vec::with_capacity(results.len()), Findings::new());
        for result in results {
            match result {
                Ok(one) => done.push(one),
                Err(refused) => findings.append(refused),
            }
        }
        if findings.is_empty() { Ok(done) } else { Err(findings) }
    }

    /// The indicator as read, without rows that failed screening.
    fn masked(&self, indicator: &IndicatorPlan) -> Keyed {
        let key = Key::of(&("raw", &indicator.id), self.screen_key.as_slice());
        let position = self.input.indicators().iter().position(|id| *id == indicator.id);
        let column = position.and_then(|at| self.input.raw().column(at)).cloned();
        let column =
            column.unwrap_or_else(|| Arc::new((0..self.input.raw().rows()).map(|_| Cell::MISSING).collect()));
        if self.screened.iter().all(Option::is_none) {
            return (column, key);
        }
        let mask = |(row, cell)| match self.screened.get(row) {
            Some(Some(_)) => Cell::MISSING,
            _ => cell,
        };
        let masked = || Arc::new(column.cells().enumerate().map(mask).collect());
        (self.caches.masked.get(key, masked), key)
    }

    pub(super) fn divided(&self, _: usize, indicator: &IndicatorPlan) -> Result<Keyed, Findings> {
        let (column, key) = self.masked(indicator);
        let Some(by) = &indicator.denominate else { return Ok((column, key)) };
        let key = Key::of(&("divide", by), &[key]);
        let divide = || denominate::divide(self.input, &column, by).map(Arc::new).map_err(Arc::from);
        match self.caches.divided.get(key, divide) {
            Ok(divided) => Ok((divided, key)),
            Err(rows) => {
                let refusal = |row: &usize| denominate::refusal(self.input, &indicator.id, by, *row);
                let mut findings = Findings::new();
                findings.extend(rows.iter().map(refusal));
                Err(findings)
            }
        }
    }

    pub(super) fn filled(
        &self,
        sources: Sources<'_>,
        shared: &Shared,
        divided: &[Keyed],
        (at, indicator): (usize, &IndicatorPlan),
    ) -> Result<FilledStage, Findings> {
        let Some((column, own)) = divided.get(at).cloned() else { return Err(Findings::new()) };
        if indicator.impute.is_none() {
            return Ok(FilledStage { column: (column, own), fill: None });
        }
        let key = self.fill_key(shared, divided, at, indicator);
        let fill = || impute::fill(sources, at, shared).map(|filled| filled.map(Arc::new));
        match self.caches.filled.get(key, fill) {
            Ok(Some(fill)) if fill.rows.is_empty() => {
                Ok(FilledStage { column: (column, own), fill: Some(fill) })
            }
            Ok(Some(fill)) => Ok(FilledStage { column: (fill.column.clone(), key), fill: Some(fill) }),
            Ok(None) => Ok(FilledStage { column: (column, own), fill: None }),
            Err(unfit) => Err(findings::unfit(self.input, indicator, unfit)),
        }
    }

    /// What a filled column is made from: its own, and what the method reads of
    /// others.
    fn fill_key(&self, shared: &Shared, divided: &[Keyed], at: usize, indicator: &IndicatorPlan) -> Key {
        let key_of = |at: usize| divided.get(at).map(|(_, key)| *key);
        let mut keys: Vec<Key> = key_of(at).into_iter().collect();
        match &indicator.impute {
            Imputation::RowMean { .. } => keys.extend(shared.shares(at).map(|(key, _)| key)),
            Imputation::Em { over } => keys.extend(shared.expectations(*over).map(|(key, _)| key)),
            Imputation::Regression { on, .. } => keys.extend(on.iter().filter_map(|id| {
                key_of(self.plan.indicators.iter().position(|indicator| indicator.id == *id)?)
            })),
            _ => {}
        }
        Key::of(&("fill", &indicator.impute, indicator.direction), &keys)
    }

    pub(super) fn treated(
        &self,
        filled: &[FilledStage],
        at: usize,
        indicator: &IndicatorPlan,
    ) -> Result<TreatedStage, Findings> {
        let Some((column, key)) = filled.get(at).map(|filled| filled.column.clone()) else {
            return Err(Findings::new());
        };
        if indicator.treat.is_none() {
            return Ok(TreatedStage {
                column: (column, key),
                moved: Arc::default(),
                records: Arc::default(),
            });
        }
        let key = Key::of(&("treat", &indicator.treat), &[key]);
        let treat =
            || treat::treat(self.input.panel(), &column, &indicator.treat).map(Arc::new).map_err(Arc::from);
        match self.caches.treated.get(key, treat) {
            Ok(treated) => Ok(TreatedStage {
                column: (treated.column.clone(), key),
                moved: treated.moved.as_slice().into(),
                records: treated.records.as_slice().into(),
            }),
            Err(rows) => Err(findings::untreatable(self.input, indicator, &rows)),
        }
    }
}
