use serde::Serialize;

use crate::diagnostics::{Bilingual, bilingual};
use crate::model::{Absence, Cell, Id, Unit};
use crate::plan::{Plan, Screen, ScreeningPlan};
use crate::validate::IndexInput;

/// Shares that are equal up to this pass a threshold written in decimals: 2 of 3
/// passes 0.6667 no more than it should, and 2/3 always.
const TOLERANCE: f64 = 1e-9;

/// Why a unit is not assessed in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Shortfall {
    /// How many values there are.
    pub present: usize,
    /// How many there could be.
    pub expected: usize,
    /// How many of those there are zero.
    pub zeros: usize,
    /// Whether too many are missing; otherwise too many are zero.
    pub missing: bool,
}

impl Shortfall {
    /// What is to be known of a unit that is not assessed for it.
    pub fn message(self, unit: &Unit) -> Bilingual {
        let (code, zh, en) = (&unit.code, &unit.name.zh, &unit.name.en);
        let Shortfall { present, expected, zeros, missing } = self;
        if missing {
            return bilingual!(
                "{zh}（{code}）未评估：{expected} 项指标只有 {present} 项有数值，未过筛查",
                "{en} ({code}) is not assessed: {present} of {expected} indicators have a value, too few to pass screening"
            );
        }
        bilingual!(
            "{zh}（{code}）未评估：{present} 个数值中有 {zeros} 个为零，未过筛查",
            "{en} ({code}) is not assessed: {zeros} of its {present} values are zero, too many to pass screening"
        )
    }
}

/// The rows that have too little data, each with the reason; one element per
/// row of the panel.
pub(super) fn screen(input: &IndexInput, plan: &Plan, screen: &ScreeningPlan) -> Vec<Option<Shortfall>> {
    let counted = counted(input, plan);
    (0..input.panel().rows()).map(|row| shortfall(input, &counted, screen, row)).collect()
}

/// The positions of the indicators that count towards the index; of all if the
/// index has no weights.
fn counted(input: &IndexInput, plan: &Plan) -> Vec<usize> {
    let weights = plan.effective_weights();
    let position = |id: &Id| input.indicators().iter().position(|known| known == id);
    let all = || plan.indicators.iter().map(|indicator| &indicator.id);
    let weighted: Vec<usize> = all().filter(|id| weights.contains_key(*id)).filter_map(position).collect();
    if weighted.is_empty() { all().filter_map(position).collect() } else { weighted }
}

fn shortfall(input: &IndexInput, counted: &[usize], screen: &ScreeningPlan, row: usize) -> Option<Shortfall> {
    let (mut present, mut expected, mut zeros) = (0, 0, 0);
    for indicator in counted {
        match input.raw().column(*indicator).map_or(Cell::MISSING, |column| column.cell(row)) {
            Cell::Value(value) => {
                present += 1;
                expected += 1;
                zeros += usize::from(value == 0.0);
            }
            Cell::Absent(Absence::NotApplicable) => {}
            Cell::Absent(_) => expected += 1,
        }
    }
    let falls_short =
        |part: usize, whole: usize, least: f64| (part as f64) + TOLERANCE < least * whole as f64;
    let missing = screen.by != Screen::Zeros && falls_short(present, expected, screen.availability);
    let zero = screen.by != Screen::Missing && falls_short(present - zeros, present, screen.non_zero);
    (missing || zero).then_some(Shortfall { present, expected, zeros, missing })
}
