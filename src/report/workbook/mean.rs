use rust_xlsxwriter::{ColNum, Format, RowNum, XlsxError, column_number_to_name, row_col_to_cell};

use crate::report::sheets::Page;

/// Writes `value` as the weighted mean of other cells of its row if it is that,
/// else as a number. Each part is a column, the weight above it and the value
/// in it.
pub(super) fn write(
    page: &mut Page<'_>,
    at: (RowNum, ColNum),
    value: f64,
    parts: &[(ColNum, f64, Option<f64>)],
    format: &Format,
) -> Result<(), XlsxError> {
    let present = || parts.iter().filter_map(|(_, weight, part)| Some((*weight, (*part)?)));
    let (sum, weights): (f64, f64) =
        present().fold((0.0, 0.0), |(sum, all), (weight, part)| (sum + weight * part, all + weight));
    if parts.is_empty() || weights <= 0.0 || (sum / weights - value).abs() > 1e-9 {
        return page.number(at, value, format);
    }
    let above = page.above() + 1;
    let cell = |column: ColNum| row_col_to_cell(at.0, column);
    let weight = |column: ColNum| format!("{}${above}", column_number_to_name(column));
    let terms = |term: &dyn Fn(ColNum) -> String| {
        parts.iter().map(|(column, _, _)| term(*column)).collect::<Vec<_>>().join("+")
    };
    let sum = terms(&|column| format!("{}*{}", weight(column), cell(column)));
    let formula = if parts.iter().all(|(_, _, part)| part.is_some()) {
        format!("=({sum})/({})", terms(&weight))
    } else {
        let counted = terms(&|column| format!("{}*ISNUMBER({})", weight(column), cell(column)));
        format!("=({sum})/({counted})")
    };
    page.formula(at, &formula, value, format)
}
