use std::collections::BTreeMap;

use super::{Evaluation, Overview};
use crate::model::Id;
use crate::numeric::{Withheld, suppress};
use crate::validate::IndexInput;

/// The members of groups whose figures are withheld from an audience: those of few
/// units, and those with whose help the mean of few could be computed, by
/// [`suppress`]. All kinds of group are seen together, since all of them are
/// published beside the figures of all units; a member is withheld in every
/// table, of the index and of each dimension, since the index is made of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmallCells(BTreeMap<(Id, Option<Id>), Withheld>);

impl SmallCells {
    /// Nothing is withheld.
    pub fn none() -> &'static Self {
        static NONE: SmallCells = SmallCells(BTreeMap::new());
        &NONE
    }

    /// The members of which nothing over fewer than `least` units of the edition may
    /// be told. With a `least` of 1 there are none.
    pub fn of(input: &IndexInput, evaluation: &Evaluation, overview: &Overview, least: usize) -> Self {
        if least < 2 {
            return Self::default();
        }
        let start = input.panel().rows_of(input.edition()).start;
        let with = |id: &Id| -> Vec<usize> {
            let column = evaluation.column(id);
            let has = |unit: &usize| column.and_then(|column| column.value(start + unit)).is_some();
            overview.assessed.iter().copied().filter(has).collect()
        };
        let mut totals = vec![overview.assessed.clone()];
        totals.extend(overview.dimensions.iter().map(|node| with(&node.id)));
        for total in &mut totals {
            total.sort_unstable();
        }
        totals.sort();
        totals.dedup();
        let members: Vec<_> = overview
            .groups
            .iter()
            .flat_map(|group| group.members.iter().map(|member| (&group.group, member)))
            .collect();
        let cells: Vec<Vec<usize>> = members.iter().map(|(_, member)| member.units.clone()).collect();
        let withheld = members
            .iter()
            .zip(suppress(&totals, &cells, least))
            .filter_map(|((group, one), why)| Some((((*group).clone(), one.member.clone()), why?)));
        Self(withheld.collect())
    }

    /// Why the figures of a member are withheld; `None` if they may be shown. The
    /// member `None` is that of the units that belong to none.
    pub fn withheld(&self, group: &Id, member: Option<&Id>) -> Option<Withheld> {
        self.0.get(&(group.clone(), member.cloned())).copied()
    }
}
