use crate::diagnostics::{Code, Finding, bilingual};
use crate::model::{Cell, Column, Id};
use crate::plan::Denominator;
use crate::validate::IndexInput;

/// Divides a column by a context variable. Fails with the rows whose variable is
/// zero or less, or whose quotient is beyond the range of numbers.
pub(super) fn divide(input: &IndexInput, column: &Column, plan: &Denominator) -> Result<Column, Vec<usize>> {
    let variable = input.contexts().iter().find(|(id, _)| *id == plan.by).map(|(_, column)| column);
    let mut refused = Vec::new();
    let cells: Vec<Cell> = (0..column.len())
        .map(|row| {
            let cell = column.cell(row);
            let Some(value) = cell.value() else { return cell };
            match variable.and_then(|variable| variable.value(row)) {
                Some(by) if by > 0.0 => Cell::finite(value / by * plan.factor).unwrap_or_else(|| {
                    refused.push(row);
                    Cell::MISSING
                }),
                Some(_) => {
                    refused.push(row);
                    Cell::MISSING
                }
                None => Cell::MISSING,
            }
        })
        .collect();
    if refused.is_empty() { Ok(cells.into_iter().collect()) } else { Err(refused) }
}

/// A row whose context variable cannot be divided by.
pub(super) fn refusal(input: &IndexInput, indicator: &Id, plan: &Denominator, row: usize) -> Finding {
    let (unit, period) = input.named(row);
    let observation = input.context(&plan.by, row);
    let value = observation.cell.value().unwrap_or_default();
    let by = &plan.by;
    let finding = Finding::new(
        Code::BadDenominator,
        bilingual!(
            "{unit} 在 {period} 期的“{by}”为 {value}，指标“{indicator}”不能除以它",
            "`{by}` of {unit} in {period} is {value}, and the indicator `{indicator}` cannot be divided by it"
        ),
        bilingual!(
            "更正数值；确实没有则留空，该指标在此单位缺失",
            "correct the value, or leave it empty: the indicator is then missing for this unit"
        ),
    );
    match observation.origin {
        Some(origin) => finding.at(input.place(origin)),
        None => finding,
    }
}
