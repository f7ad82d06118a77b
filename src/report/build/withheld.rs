//! What of a group is withheld from an audience, and the marks that say so.

use super::Scope;
use crate::model::Id;
use crate::numeric::Withheld;
use crate::report::TemplateError;

impl Scope<'_> {
    /// Why figures over `n` units of a member of a group are withheld; the member
    /// `None` is that of the units that belong to none.
    pub(super) fn withheld(&self, group: &Id, member: Option<&Id>, n: usize) -> Option<Withheld> {
        self.material.small_cells.withheld(group, member).or_else(|| self.withheld_of(n))
    }

    /// Why a figure over `n` units that are no member of a group is withheld; of
    /// none there is no figure to withhold.
    pub(super) fn withheld_of(&self, n: usize) -> Option<Withheld> {
        (n > 0 && !self.material.disclosure.shows_figure_of(n)).then_some(Withheld::Few)
    }

    /// A score, or the mark in its place.
    pub(super) fn figure(&self, withheld: Option<Withheld>, value: f64) -> Option<String> {
        Some(withheld.map_or_else(|| self.numbers.score(value), |why| mark(why).to_owned()))
    }

    /// The words above a table with what its marks mean.
    pub(super) fn with_legend(
        &self,
        note: String,
        withheld: impl Iterator<Item = Option<Withheld>>,
    ) -> Result<String, TemplateError> {
        let found: Vec<Withheld> = withheld.flatten().collect();
        if found.is_empty() {
            return Ok(note);
        }
        let marks = [Withheld::Few, Withheld::Protects].map(|why| found.contains(&why).then(|| mark(why)));
        let [few, protects] = marks;
        let context = serde_json::json!({
            "note": note, "few": few, "protects": protects, "units": self.units_noun(),
            "least": self.material.disclosure.small_cells,
        });
        self.words.say("small_cells_legend", context)
    }

    /// The words above a table that leaves out `count` members.
    pub(super) fn with_left_out(&self, note: String, count: usize) -> Result<String, TemplateError> {
        if count == 0 {
            return Ok(note);
        }
        let context = serde_json::json!({
            "note": note, "count": count, "least": self.material.disclosure.small_cells,
            "units": self.units_noun(),
        });
        self.words.say("small_cells_left_out", context)
    }
}

/// What stands in place of a figure that is withheld.
pub(super) fn mark(why: Withheld) -> &'static str {
    match why {
        Withheld::Few => "*",
        Withheld::Protects => "**",
    }
}
