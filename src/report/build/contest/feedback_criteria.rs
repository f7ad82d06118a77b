//! The criteria of an entry against the field, and what they say of it.

use serde_json::json;

use super::Said;
use super::scope::{Held, Scope, axis, part_places};
use super::sheets::verdict_of;
use super::standings::panels;
use crate::contest::{ContestField, CriterionMarks};
use crate::numeric::Exact;
use crate::report::TemplateError;
use crate::report::view::contest::{
    FeedbackCriterion, FeedbackPoint, FeedbackPoints, FeedbackRound, MarkAxis, MarkGroup, MarkText,
    SheetCriterion, SheetRound,
};

/// Most criteria that are put into words on either side.
const MOST_POINTS: usize = 3;

pub(super) struct Criteria {
    pub(super) rounds: Vec<FeedbackRound>,
    pub(super) axis: Option<MarkAxis>,
    placed: Vec<Placed>,
}

/// Where an entry stands in a criterion.
struct Placed {
    name: String,
    score: String,
    maximum: String,
    place: usize,
    of: usize,
    /// Above the median, in points.
    above: f64,
    median: f64,
    third_quartile: f64,
}

impl Criteria {
    pub(super) fn of(
        scope: &Scope<'_>,
        field: &ContestField,
        rounds: &[Held<'_>],
        entry: usize,
    ) -> Result<Self, TemplateError> {
        let own = |held: &Held<'_>| field.rounds.get(held.at).map_or(&[][..], Vec::as_slice);
        let shares = rounds.iter().flat_map(|held| {
            let drawn = own(held).iter().filter_map(|criterion| Some((criterion, maximum(held, criterion)?)));
            drawn.flat_map(|(criterion, most)| {
                let [low, .., high] = criterion.spread;
                [low, high].map(|value| value / most.to_f64() * 100.0)
            })
        });
        let axis = axis(&shares.collect::<Vec<_>>(), 2.0, "%");
        let mut all = Self { rounds: Vec::new(), axis, placed: Vec::new() };
        for held in rounds {
            let mut criteria = Vec::new();
            for criterion in own(held).iter().filter(|criterion| criterion.values.contains_key(&entry)) {
                criteria.extend(all.criterion(scope, held, criterion, entry)?);
            }
            if !criteria.is_empty() {
                all.rounds.push(FeedbackRound {
                    name: scope.text(&held.round.name).to_owned(),
                    summary: summary(scope, held, entry)?,
                    criteria,
                });
            }
        }
        Ok(all)
    }

    fn criterion(
        &mut self,
        scope: &Scope<'_>,
        held: &Held<'_>,
        own: &CriterionMarks,
        entry: usize,
    ) -> Result<Option<FeedbackCriterion>, TemplateError> {
        let (Some(most), Some(spec)) = (maximum(held, own), held.scheme.criteria.get(own.criterion)) else {
            return Ok(None);
        };
        let (Some(value), Some(place)) = (own.values.get(&entry), own.places.get(&entry)) else {
            return Ok(None);
        };
        let verdict = verdict_of(*place, &own.places);
        let [low, q1, median, q3, high] = own.spread.map(|value| value / most.to_f64() * 100.0);
        let score = scope.number(value, Some(2));
        self.placed.push(Placed {
            name: scope.text(&spec.name).to_owned(),
            score: score.clone(),
            maximum: most.to_string(),
            place: *place,
            of: own.places.len(),
            above: value.to_f64() - own.spread[2],
            median: own.spread[2],
            third_quartile: own.spread[3],
        });
        Ok(Some(FeedbackCriterion {
            field: SheetCriterion {
                name: scope.text(&spec.name).to_owned(),
                score: Some(score),
                maximum: most.to_string(),
                low: Some(low),
                q1: Some(q1),
                median: Some(median),
                q3: Some(q3),
                high: Some(high),
                at: Some(value.to_f64() / most.to_f64() * 100.0),
                place: Some(place.to_string()),
                verdict: Some(verdict),
                verdict_text: scope.word(&format!("contest_verdict_{verdict}"))?,
            },
            marks: marks(scope, own, entry),
        }))
    }

    pub(super) fn axis_note(&self, scope: &Scope<'_>) -> Said {
        let from = self.axis.as_ref().map(|axis| axis.min);
        scope.say("day_feedback_axis", json!({ "min": from }))
    }

    /// The rounds as the headline of a sheet takes them.
    pub(super) fn sheet_rounds(&self) -> Vec<SheetRound> {
        let fields = |round: &FeedbackRound| round.criteria.iter().map(|one| one.field.clone()).collect();
        let rounds = self.rounds.iter();
        rounds
            .map(|round| SheetRound {
                name: round.name.clone(),
                summary: round.summary.clone(),
                criteria: fields(round),
            })
            .collect()
    }

    /// The criteria in which the entry stood highest in the upper half.
    pub(super) fn strengths(&self, scope: &Scope<'_>) -> Result<FeedbackPoints, TemplateError> {
        let mut placed: Vec<&Placed> = self.placed.iter().filter(|one| 2 * one.place <= one.of + 1).collect();
        placed.sort_by_key(|one| (1000 * one.place) / one.of);
        points(scope, &placed, "strength")
    }

    /// Those in which it stood lowest in the lower half.
    pub(super) fn gaps(&self, scope: &Scope<'_>) -> Result<FeedbackPoints, TemplateError> {
        let mut placed: Vec<&Placed> =
            self.placed.iter().filter(|one| 2 * one.place > one.of + 1 && one.above < 0.0).collect();
        placed.sort_by_key(|one| std::cmp::Reverse((1000 * one.place) / one.of));
        points(scope, &placed, "gap")
    }
}

fn points(scope: &Scope<'_>, placed: &[&Placed], kind: &str) -> Result<FeedbackPoints, TemplateError> {
    let mut items = Vec::new();
    for one in placed.iter().take(MOST_POINTS) {
        let facts = json!({
            "score": one.score, "maximum": one.maximum, "place": one.place, "of": one.of,
            "away": format!("{:.2}", one.above.abs()), "ahead": one.above > 0.0,
            "median": format!("{:.2}", one.median), "quarter": format!("{:.2}", one.third_quartile),
        });
        items.push(FeedbackPoint {
            name: one.name.clone(),
            figure: scope.say("day_feedback_figure", &facts)?,
            text: scope.say(&format!("day_feedback_{kind}"), &facts)?,
        });
    }
    Ok(FeedbackPoints {
        title: scope.word(&format!("day_feedback_{kind}_title"))?,
        none: scope.word(&format!("day_feedback_{kind}_none"))?,
        items,
    })
}

/// The highest mark of a criterion.
fn maximum(held: &Held<'_>, own: &CriterionMarks) -> Option<Exact> {
    held.scheme.criteria.get(own.criterion)?.high.clone().filter(|high| !high.is_zero())
}

fn summary(scope: &Scope<'_>, held: &Held<'_>, entry: usize) -> Said {
    let parts: Vec<(&str, String)> = panels(scope, held)
        .iter()
        .filter_map(|panel| {
            let part = held.scheme.parts.get(panel.part)?;
            let value = scope.part_value(held, panel.part, entry)?;
            Some((scope.text(&part.name), scope.number(value, part_places(part))))
        })
        .filter(|(_, _)| {
            Some(&held.scheme.score)
                != panels(scope, held).first().and_then(|panel| Some(&held.scheme.parts.get(panel.part)?.id))
        })
        .collect();
    let score = scope.round_score(held, entry).map(|score| scope.number(score, held.score_places()));
    scope.say("contest_sheet_summary", json!({ "parts": parts, "score": score }))
}

/// The entry's own marks, by member where members are marked.
fn marks(scope: &Scope<'_>, own: &CriterionMarks, entry: usize) -> Vec<MarkGroup> {
    let mut groups: Vec<(Option<usize>, MarkGroup)> = Vec::new();
    for mark in own.marks.get(&entry).into_iter().flatten() {
        if groups.last().is_none_or(|(member, _)| *member != mark.member) {
            let who = mark.member.and_then(|at| scope.material.input.members().get(at));
            let who = who.map(|member| scope.text(&member.name).to_owned());
            groups.push((mark.member, MarkGroup { who, marks: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.marks.push(MarkText { text: scope.number(&mark.value, None), dropped: mark.dropped });
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
