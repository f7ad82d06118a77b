use super::evaluate::Evaluation;
use crate::model::{Id, Role};
use crate::validate::IndexInput;

/// The quarter of the assessed units of its period that each row is in by the
/// score of `id`: 1 is the best. Equal scores are in one quarter. Periods whose quarters
/// would have fewer than `least` units have none.
pub fn quarters(input: &IndexInput, evaluation: &Evaluation, id: &Id, least: usize) -> Vec<Option<u8>> {
    let panel = input.panel();
    let mut quarters = vec![None; panel.rows()];
    let Some(column) = evaluation.column(id) else { return quarters };
    let is_assessed = |row: usize| {
        let ranked = panel.units().get(panel.row(row).unit).is_some_and(|unit| unit.role == Role::Ranked);
        ranked && evaluation.outcomes.get(row).is_some_and(|outcome| outcome.score.is_some())
    };
    for period in 0..panel.periods().len() {
        let rows = panel.rows_of(period).filter(|row| is_assessed(*row));
        let mut scored: Vec<(usize, f64)> = rows.filter_map(|row| Some((row, column.value(row)?))).collect();
        if scored.len() / 4 < least.max(1) {
            continue;
        }
        scored.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (mut better, mut last) = (0, f64::INFINITY);
        for (at, (row, score)) in scored.iter().enumerate() {
            if *score < last {
                (better, last) = (at, *score);
            }
            if let (Some(slot), Ok(quarter)) =
                (quarters.get_mut(*row), u8::try_from(better * 4 / scored.len() + 1))
            {
                *slot = Some(quarter);
            }
        }
    }
    quarters
}
