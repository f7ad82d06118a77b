use std::collections::BTreeMap;

use super::overview::{ContestOverview, JudgeTotal};
use super::result::ContestResult;
use crate::numeric::{Exact, quantile};
use crate::plan::{Criterion, CriterionKind, Rubric, Stage};
use crate::validate::{ContestInput, Mark};

/// Everything that was marked, criterion by criterion over the field, for pages
/// that show an entry its own marks without saying whose they are.
#[derive(Clone, Debug, PartialEq)]
pub struct ContestField {
    /// For each round of the rubric its criteria.
    pub rounds: Vec<Vec<CriterionMarks>>,
    /// For each stage of the rubric its scores; none of a stage that is not over.
    pub stages: Vec<Option<StageField>>,
}

/// The scores of a stage, for drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct StageField {
    /// The scores of the entries that were placed, lowest first.
    pub scores: Vec<f64>,
    /// First quartile, median and third quartile, as by [`quantile`].
    pub quartiles: [f64; 3],
}

/// A criterion over the field of a round. Entries and members are positions.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionMarks {
    /// The criterion: its position in the scheme.
    pub criterion: usize,
    /// The mean of what counted of each entry's marks.
    pub values: BTreeMap<usize, Exact>,
    /// The place of each entry by it; equal means share a place.
    pub places: BTreeMap<usize, usize>,
    /// Lowest, first quartile, median, third quartile and highest of the means,
    /// for drawing; quartiles as by [`quantile`].
    pub spread: [f64; 5],
    /// Each entry's own marks: by member, then from the highest down, so that
    /// their order says nothing of judges.
    pub marks: BTreeMap<usize, Vec<OwnMark>>,
}

/// A mark as its entry may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMark {
    /// The mark.
    pub value: Exact,
    /// Whether the judge was left out as the highest or lowest.
    pub dropped: bool,
    /// The member it is about.
    pub member: Option<usize>,
}

impl ContestField {
    /// The field of a contest.
    pub fn new(
        input: &ContestInput,
        rubric: &Rubric,
        result: &ContestResult,
        overview: &ContestOverview,
    ) -> Self {
        let rounds = rubric.rounds().enumerate().map(|(at, (_, round))| {
            let held = result.round(&round.id).is_some();
            let criteria = rubric.scheme(&round.scheme).filter(|_| held).map(|scheme| &scheme.criteria);
            let criteria = criteria.into_iter().flatten().enumerate();
            criteria
                .filter(|(_, criterion)| criterion.kind != CriterionKind::Deduction)
                .filter_map(|(criterion, spec)| Round { input, overview, at }.criterion(criterion, spec))
                .collect()
        });
        let stage = |stage: &Stage| {
            let standings = &result.stage(&stage.id)?.standings;
            let placed = standings.iter().filter(|standing| standing.rank.is_some());
            let mut scores: Vec<f64> = placed.filter_map(|one| Some(one.score.as_ref()?.to_f64())).collect();
            scores.sort_by(f64::total_cmp);
            let quartiles = [quantile(&scores, 0.25)?, quantile(&scores, 0.5)?, quantile(&scores, 0.75)?];
            Some(StageField { scores, quartiles })
        };
        Self { rounds: rounds.collect(), stages: rubric.stages.iter().map(stage).collect() }
    }
}

struct Round<'a> {
    input: &'a ContestInput,
    overview: &'a ContestOverview,
    at: usize,
}

impl Round<'_> {
    fn criterion(&self, at: usize, spec: &Criterion) -> Option<CriterionMarks> {
        let round = self.input.rounds().get(self.at)?;
        let mut marks: BTreeMap<usize, Vec<OwnMark>> = BTreeMap::new();
        for mark in round.marks.iter().filter(|mark| mark.key.criterion == at) {
            let own = OwnMark {
                value: mark.value.clone(),
                dropped: self.was_dropped(mark),
                member: mark.key.member.filter(|_| spec.per_member),
            };
            marks.entry(mark.key.entry).or_default().push(own);
        }
        for own in marks.values_mut() {
            own.sort_by(|a, b| (a.member, &b.value, a.dropped).cmp(&(b.member, &a.value, b.dropped)));
        }
        let overview = self.overview.rounds.get(self.at)?;
        let values = match overview.criteria.iter().find(|field| field.criterion == at) {
            Some(field) => field.values.clone(),
            None => marks.iter().filter_map(|(entry, own)| Some((*entry, mean(own)?))).collect(),
        };
        let above = |value: &Exact| values.values().filter(|other| *other > value).count();
        let places = values.iter().map(|(entry, value)| (*entry, above(value) + 1)).collect();
        let mut sorted: Vec<f64> = values.values().map(Exact::to_f64).collect();
        sorted.sort_by(f64::total_cmp);
        let at_share = |share: f64| quantile(&sorted, share);
        let spread = [at_share(0.0)?, at_share(0.25)?, at_share(0.5)?, at_share(0.75)?, at_share(1.0)?];
        Some(CriterionMarks { criterion: at, values, places, spread, marks })
    }

    /// Whether the judge's figure for the entry was left out of the part that it
    /// is made into.
    fn was_dropped(&self, mark: &Mark) -> bool {
        let panels = self.overview.rounds.get(self.at).map_or(&[][..], |round| &round.panels);
        panels.iter().any(|panel| {
            let judge = panel.judges.iter().position(|judge| Some(*judge) == mark.key.judge);
            let row = panel.rows.get(&mark.key.entry);
            let total = judge.zip(row).and_then(|(judge, row)| row.get(judge));
            matches!(total, Some(JudgeTotal::Dropped(_)))
        })
    }
}

/// The mean of the marks that counted.
fn mean(marks: &[OwnMark]) -> Option<Exact> {
    let counted = marks.iter().filter(|mark| !mark.dropped);
    let count = i64::try_from(counted.clone().count()).ok()?;
    counted.map(|mark| mark.value.clone()).sum::<Exact>().over(&Exact::from(count))
}
