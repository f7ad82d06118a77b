//! The figures of a contest that its documents are written from: what each judge
//! gave each entry in all, which of that was left out, and how each entry stands
//! in the field by criterion.

use std::collections::BTreeMap;

use super::{Cell, ContestResult, Note, PartResult};
use crate::model::Id;
use crate::numeric::{Exact, quantile};
use crate::plan::{Criterion, Rubric, Scheme};
use crate::validate::{ContestInput, Judge};

/// The figures of all rounds, in the order of the rubric.
#[derive(Clone, Debug, PartialEq)]
pub struct ContestOverview {
    /// One for each round.
    pub rounds: Vec<RoundOverview>,
}

/// The figures of a round. Entries, judges and criteria are positions, as in
/// [`ContestInput`].
#[derive(Clone, Debug, PartialEq)]
pub struct RoundOverview {
    /// Panels whose judges each come to one figure per entry, in the order in
    /// which the scheme uses them; none where attempts are marked.
    pub panels: Vec<PanelMarks>,
    /// Criteria that a panel with several criteria marks.
    pub criteria: Vec<CriterionField>,
}

/// What the judges of a panel gave.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelMarks {
    /// The panel: its position in the rubric.
    pub panel: usize,
    /// The part made of its marks: its position in the scheme.
    pub part: usize,
    /// Its judges who sat in the round.
    pub judges: Vec<usize>,
    /// For each entry with marks, one for each judge.
    pub rows: BTreeMap<usize, Vec<JudgeTotal>>,
}

/// What a judge's marks for an entry came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JudgeTotal {
    /// It counted.
    Counted(Exact),
    /// It was left out as one of the highest or lowest.
    Dropped(Exact),
    /// The judge stood aside from the entry.
    Recused,
    /// The judge was not there.
    Absent,
    /// The judge was drawn no seat for the entry.
    NotSeated,
    /// There is none, for whatever reason.
    Missing,
}

impl JudgeTotal {
    /// The figure, counted or not.
    pub fn value(&self) -> Option<&Exact> {
        match self {
            Self::Counted(value) | Self::Dropped(value) => Some(value),
            Self::Recused | Self::Absent | Self::NotSeated | Self::Missing => None,
        }
    }
}

/// A criterion over the field: for each entry the mean of the marks of the judges
/// who counted.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionField {
    /// The criterion: its position in the scheme.
    pub criterion: usize,
    /// The mean of each entry.
    pub values: BTreeMap<usize, Exact>,
    /// The place of each entry by it; equal means share a place.
    pub places: BTreeMap<usize, usize>,
    /// Lowest, first quartile, median, third quartile and highest of the field,
    /// for drawing; quartiles as by [`quantile`].
    pub spread: [f64; 5],
}

impl ContestOverview {
    /// The figures of a contest.
    pub fn new(input: &ContestInput, rubric: &Rubric, result: &ContestResult) -> Self {
        let rounds = rubric.rounds().enumerate().map(|(at, (_, round))| {
            rubric
                .scheme(&round.scheme)
                .map_or(RoundOverview { panels: Vec::new(), criteria: Vec::new() }, |scheme| {
                    Round { input, rubric, result, scheme, at, id: &round.id }.overview()
                })
        });
        Self { rounds: rounds.collect() }
    }
}

/// One round and its scheme.
struct Round<'a> {
    input: &'a ContestInput,
    rubric: &'a Rubric,
    result: &'a ContestResult,
    scheme: &'a Scheme,
    at: usize,
    id: &'a Id,
}

impl<'a> Round<'a> {
    fn overview(&self) -> RoundOverview {
        let panels: Vec<PanelMarks> = self
            .scheme
            .part(&self.scheme.score)
            .map_or(Vec::new(), |score| self.reached(score))
            .into_iter()
            .filter_map(|part| self.panel_marks(part))
            .collect();
        let criteria = panels.iter().flat_map(|panel| self.fields(panel)).collect();
        RoundOverview { panels, criteria }
    }

    /// A part and all parts that it is made from, in their order.
    fn reached(&self, part: usize) -> Vec<usize> {
        let mut used = vec![false; self.scheme.parts.len()];
        let mut open = vec![part];
        while let Some(at) = open.pop() {
            let Some(part) = self.scheme.parts.get(at) else { continue };
            if let Some(slot) = used.get_mut(at) {
                *slot = true;
            }
            let below = part.terms.iter().filter_map(|term| self.scheme.part(term.part.as_ref()?));
            open.extend(below);
        }
        used.iter().enumerate().filter(|(_, used)| **used).map(|(at, _)| at).collect()
    }

    /// The criteria that a part is made from, also through other parts.
    fn criteria(&self, part: usize) -> Vec<(usize, &'a Criterion)> {
        let below = self.reached(part);
        let marks = below.iter().filter_map(|at| self.scheme.parts.get(*at)).flat_map(|part| &part.marks);
        let mut all: Vec<usize> = marks.filter_map(|id| self.scheme.criterion(id)).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter_map(|at| Some((at, self.scheme.criteria.get(at)?))).collect()
    }

    /// What the judges of a part gave, where at some step each judge has one
    /// figure and at the end there are no judges any more.
    fn panel_marks(&self, at: usize) -> Option<PanelMarks> {
        let round = self.result.round(self.id)?;
        let part = round.part(&self.scheme.parts.get(at)?.id)?;
        let by_judge = part.steps.iter().position(|step| step.0.iter().all(|cells| one_per_judge(cells)))?;
        let last = part.steps.last()?;
        if last.0.iter().flatten().any(|cell| cell.key.judge.is_some()) {
            return None;
        }
        let figures = part.steps.get(by_judge)?;
        let given = figures.0.iter().flatten().find_map(|cell| cell.key.judge)?;
        let panel = self.input.judges().get(given)?.panel;
        let judges = self.judges(panel);
        let mut rows = BTreeMap::new();
        for (position, entry) in round.entrants.iter().enumerate() {
            let cells = figures.0.get(position).map_or(&[][..], Vec::as_slice);
            if !cells.is_empty() {
                let left_out = left_out(part, by_judge, position);
                let row = judges.iter().map(|judge| self.total(panel, *entry, *judge, cells, &left_out));
                rows.insert(*entry, row.collect());
            }
        }
        Some(PanelMarks { panel, part: at, judges, rows })
    }

    /// The judges of a panel who sit in the round.
    fn judges(&self, panel: usize) -> Vec<usize> {
        let sits = |judge: &Judge| {
            judge.panel == panel && judge.rounds.as_ref().is_none_or(|rounds| rounds.contains(&self.at))
        };
        let judges = self.input.judges().iter().enumerate();
        judges.filter(|(_, judge)| sits(judge)).map(|(at, _)| at).collect()
    }

    fn total(
        &self,
        panel: usize,
        entry: usize,
        judge: usize,
        cells: &[Cell],
        left_out: &[usize],
    ) -> JudgeTotal {
        let recuse = self.rubric.panels.get(panel).map_or(&[][..], |panel| &panel.recuse);
        let own = cells.iter().find(|cell| cell.key.judge == Some(judge) && cell.note != Note::Filled);
        match own {
            Some(cell) if left_out.contains(&judge) => JudgeTotal::Dropped(cell.value.clone()),
            Some(cell) => JudgeTotal::Counted(cell.value.clone()),
            None if !self.input.is_seated(judge, entry, self.at) => JudgeTotal::NotSeated,
            None if self.input.is_recused(recuse, judge, entry, self.at) => JudgeTotal::Recused,
            None if self.input.is_absent(judge, entry, self.at) => JudgeTotal::Absent,
            None => JudgeTotal::Missing,
        }
    }

    /// For each entry and judge the mean mark by criterion, over the members
    /// where members are marked.
    fn sheets(&self, criteria: &[(usize, &Criterion)]) -> BTreeMap<usize, BTreeMap<usize, Sheet>> {
        let mut sheets: BTreeMap<usize, BTreeMap<usize, BTreeMap<usize, Vec<Exact>>>> = BTreeMap::new();
        let marks = self.input.rounds().get(self.at).map_or(&[][..], |round| &round.marks);
        for mark in marks {
            let Some(judge) = mark.key.judge else { continue };
            if criteria.iter().any(|(at, _)| *at == mark.key.criterion) {
                let sheet = sheets.entry(mark.key.entry).or_default().entry(judge).or_default();
                sheet.entry(mark.key.criterion).or_default().push(mark.value.clone());
            }
        }
        let mean_sheet = |sheet: BTreeMap<usize, Vec<Exact>>| {
            sheet.into_iter().filter_map(|(criterion, marks)| Some((criterion, mean(&marks)?))).collect()
        };
        let by_judge = |sheets: BTreeMap<usize, BTreeMap<usize, Vec<Exact>>>| {
            sheets.into_iter().map(|(judge, sheet)| (judge, mean_sheet(sheet))).collect()
        };
        sheets.into_iter().map(|(entry, sheets)| (entry, by_judge(sheets))).collect()
    }

    fn fields(&self, panel: &PanelMarks) -> Vec<CriterionField> {
        let criteria = self.criteria(panel.part);
        if criteria.len() < 2 {
            return Vec::new();
        }
        let sheets = self.sheets(&criteria);
        criteria.iter().filter_map(|(criterion, _)| field(*criterion, panel, &sheets)).collect()
    }
}

/// Mean marks by criterion.
type Sheet = BTreeMap<usize, Exact>;

fn mean(values: &[Exact]) -> Option<Exact> {
    let count = i64::try_from(values.len()).ok()?;
    values.iter().cloned().sum::<Exact>().over(&Exact::from(count))
}

/// Whether each figure is a judge's, and each judge has one.
fn one_per_judge(cells: &[Cell]) -> bool {
    let alone =
        |cell: &Cell| cell.key.judge.is_some() && cell.key.member.is_none() && cell.key.attempt.is_none();
    let mut judges: Vec<_> = cells.iter().map(|cell| cell.key.judge).collect();
    judges.sort_unstable();
    judges.dedup();
    cells.iter().all(alone) && judges.len() == cells.len()
}

/// The judges whose figure for an entrant a step left out, from a step on.
fn left_out(part: &PartResult, from: usize, position: usize) -> Vec<usize> {
    let steps = part.steps.iter().skip(from);
    let cells = steps.filter_map(|step| step.0.get(position)).flatten();
    cells.filter(|cell| cell.note == Note::LeftOut).filter_map(|cell| cell.key.judge).collect()
}

fn field(
    criterion: usize,
    panel: &PanelMarks,
    sheets: &BTreeMap<usize, BTreeMap<usize, Sheet>>,
) -> Option<CriterionField> {
    let mut values = BTreeMap::new();
    for (entry, row) in &panel.rows {
        let counted =
            row.iter().zip(&panel.judges).filter(|(total, _)| matches!(total, JudgeTotal::Counted(_)));
        let marks: Vec<Exact> = counted
            .filter_map(|(_, judge)| sheets.get(entry)?.get(judge)?.get(&criterion).cloned())
            .collect();
        if let Some(mean) = mean(&marks) {
            values.insert(*entry, mean);
        }
    }
    let above = |value: &Exact| values.values().filter(|other| *other > value).count();
    let places = values.iter().map(|(entry, value)| (*entry, above(value) + 1)).collect();
    let mut sorted: Vec<f64> = values.values().map(Exact::to_f64).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |p: f64| quantile(&sorted, p);
    let spread = [at(0.0)?, at(0.25)?, at(0.5)?, at(0.75)?, at(1.0)?];
    Some(CriterionField { criterion, values, places, spread })
}
