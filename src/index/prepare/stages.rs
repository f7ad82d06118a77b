use std::sync::Arc;

use rayon::prelude::*;

use super::impute::{self, Expectations, Filled, Sources};
use super::screen::Shortfall;
use super::treat::{self, TreatmentRecord};
use super::{Caches, Keyed, denominate, findings};
use crate::diagnostics::Findings;
use crate::index::cache::Key;
use crate::model::Cell;
use crate::plan::{Imputation, IndicatorPlan, Plan, Pool};
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
        divided: &[Keyed],
        at: usize,
        indicator: &IndicatorPlan,
    ) -> Result<FilledStage, Findings> {
        let Some((column, own)) = divided.get(at).cloned() else { return Err(Findings::new()) };
        if indicator.impute.is_none() {
            return Ok(FilledStage { column: (column, own), fill: None });
        }
        let key = self.fill_key(divided, own, indicator);
        let expected = || match indicator.impute {
            Imputation::Em { over } => self.expected(sources, divided, over),
            _ => Ok(Arc::default()),
        };
        let fill = || impute::fill(sources, at, expected).map(|filled| filled.map(Arc::new));
        match self.caches.filled.get(key, fill) {
            Ok(Some(fill)) if fill.rows.is_empty() => {
                Ok(FilledStage { column: (column, own), fill: Some(fill) })
            }
            Ok(Some(fill)) => Ok(FilledStage { column: (fill.column.clone(), key), fill: Some(fill) }),
            Ok(None) => Ok(FilledStage { column: (column, own), fill: None }),
            Err(unfit) => Err(findings::unfit(self.input, indicator, unfit)),
        }
    }

    /// What a filled column is made from: all columns, for methods that read
    /// other indicators.
    fn fill_key(&self, divided: &[Keyed], own: Key, indicator: &IndicatorPlan) -> Key {
        match &indicator.impute {
            Imputation::RowMean { .. } | Imputation::Regression { .. } | Imputation::Em { .. } => {
                let keys: Vec<Key> =
                    std::iter::once(own).chain(divided.iter().map(|(_, key)| *key)).collect();
                let of_others: Vec<_> =
                    self.plan.indicators.iter().map(|one| (&one.id, one.direction, &one.impute)).collect();
                let families: Vec<_> = self.plan.nodes.iter().map(|node| node.inputs()).collect();
                Key::of(&("fill", &indicator.impute, of_others, families), &keys)
            }
            _ => Key::of(&("fill", &indicator.impute), &[own]),
        }
    }

    /// Fits the joint distributions before the indicators ask for them, so that
    /// each is fitted once.
    pub(super) fn expect_ahead(&self, sources: Sources<'_>, divided: &[Keyed]) {
        for over in [Pool::Period, Pool::AllPeriods] {
            let em = Imputation::Em { over };
            if self.plan.indicators.iter().any(|indicator| indicator.impute == em) {
                // What cannot be fitted is reported by the indicators that need it.
                drop(self.expected(sources, divided, over));
            }
        }
    }

    fn expected(&self, sources: Sources<'_>, divided: &[Keyed], over: Pool) -> Expectations {
        let keys: Vec<Key> = divided.iter().map(|(_, key)| *key).collect();
        let methods: Vec<_> = self.plan.indicators.iter().map(|one| (&one.id, &one.impute)).collect();
        let key = Key::of(&("expect", over, methods), &keys);
        self.caches.expected.get(key, || impute::expectations(sources, over))
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
