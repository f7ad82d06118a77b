use std::collections::BTreeMap;

use super::result::{Cell, Key, Note};
use crate::numeric::Exact;
use crate::plan::Axis;

/// The numbers of a part by entrant.
pub(super) type Column = Vec<Vec<Cell>>;

impl Key {
    /// The key with one axis taken together.
    pub(super) fn without(self, axis: Axis) -> Self {
        match axis {
            Axis::Judges => Self { judge: None, ..self },
            Axis::Criteria => Self { criterion: None, ..self },
            Axis::Attempts => Self { attempt: None, ..self },
            Axis::Members => Self { member: None, ..self },
        }
    }
}

impl Cell {
    pub(super) fn new(key: Key, value: Exact) -> Self {
        Self { key, value, note: Note::None }
    }
}

/// The cells that still count.
pub(super) fn counting(cells: &[Cell]) -> impl Iterator<Item = &Cell> {
    cells.iter().filter(|cell| cell.note != Note::LeftOut)
}

/// The cells that still count, grouped by all that `axis` does not tell apart;
/// groups and their members in order of key.
pub(super) fn groups(cells: &[Cell], axis: Axis) -> BTreeMap<Key, Vec<&Cell>> {
    let mut groups: BTreeMap<Key, Vec<&Cell>> = BTreeMap::new();
    for cell in counting(cells) {
        groups.entry(cell.key.without(axis)).or_default().push(cell);
    }
    groups
}

/// The mean of at least one number.
pub(super) fn mean<'a>(values: impl Iterator<Item = &'a Exact> + Clone) -> Option<Exact> {
    let count = i64::try_from(values.clone().count()).ok()?;
    values.sum::<Exact>().over(&Exact::from(count))
}

/// The median of at least one number.
pub(super) fn median(mut values: Vec<&Exact>) -> Option<Exact> {
    values.sort_unstable();
    let half = values.len() / 2;
    match values.len() % 2 {
        1 => values.get(half).map(|middle| (*middle).clone()),
        _ => mean([*values.get(half.checked_sub(1)?)?, *values.get(half)?].into_iter()),
    }
}
