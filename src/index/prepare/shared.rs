//! What several indicators are filled in from, computed once before any of them.

use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::Keyed;
use super::impute::{self, Expectations, Family, Sources, Values};
use super::stages::Stage;
use crate::index::cache::Key;
use crate::plan::{Imputation, IndicatorPlan, Pool};

/// Means over rows and joint distributions.
#[derive(Default)]
pub(super) struct Shared {
    /// The mean shares of the family of each indicator that is filled in by them.
    rows: Vec<Option<(Key, Arc<Values>)>>,
    expected: Vec<(Pool, Key, Expectations)>,
}

impl Shared {
    pub(super) fn new(stage: &Stage<'_>, sources: Sources<'_>, divided: &[Keyed]) -> Self {
        let indicators = &stage.plan.indicators;
        let is_asked =
            |over: &Pool| indicators.iter().any(|one| one.impute == Imputation::Em { over: *over });
        let pools = [Pool::Period, Pool::AllPeriods].into_iter().filter(is_asked);
        let expected = pools.map(|over| {
            let keys: Vec<Key> = divided.iter().map(|(_, key)| *key).collect();
            let methods: Vec<_> = indicators.iter().map(|one| (&one.id, &one.impute)).collect();
            let key = Key::of(&("expect", over, methods), &keys);
            (over, key, stage.caches.expected.get(key, || impute::expectations(sources, over)))
        });
        Self { rows: rows(stage, sources, divided), expected: expected.collect() }
    }

    /// The mean shares of the family of the indicator at a position.
    pub(super) fn shares(&self, position: usize) -> Option<(Key, Arc<Values>)> {
        self.rows.get(position)?.clone()
    }

    /// What a joint distribution lets expect, and what that is made from.
    pub(super) fn expectations(&self, over: Pool) -> Option<(Key, Expectations)> {
        self.expected.iter().find(|(of, ..)| *of == over).map(|(_, key, expected)| (*key, expected.clone()))
    }
}

fn rows(stage: &Stage<'_>, sources: Sources<'_>, divided: &[Keyed]) -> Vec<Option<(Key, Arc<Values>)>> {
    let families: Vec<Option<(Key, Family)>> = impute::families(stage.plan)
        .into_iter()
        .map(|family| {
            let family = family?;
            Some((family_key(&stage.plan.indicators, &family, divided), family))
        })
        .collect();
    let distinct: IndexMap<Key, &Family> =
        families.iter().flatten().map(|(key, family)| (*key, family)).collect();
    let distinct: Vec<(Key, &Family)> = distinct.into_iter().collect();
    let shares: Vec<(Key, Arc<Values>)> = distinct
        .into_par_iter()
        .map(|(key, family)| {
            (key, stage.caches.shares.get(key, || Arc::new(impute::shares(sources, family))))
        })
        .collect();
    let shares: IndexMap<Key, Arc<Values>> = shares.into_iter().collect();
    let of = |family: &Option<(Key, Family)>| {
        let key = family.as_ref()?.0;
        Some((key, shares.get(&key)?.clone()))
    };
    families.iter().map(of).collect()
}

fn family_key(indicators: &[IndicatorPlan], (over, family): &Family, divided: &[Keyed]) -> Key {
    let directions: Vec<_> = family.iter().filter_map(|at| Some(indicators.get(*at)?.direction)).collect();
    let keys: Vec<Key> = family.iter().filter_map(|at| Some(divided.get(*at)?.1)).collect();
    Key::of(&("shares", over, directions), &keys)
}
