use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::input::{Table, TableRow};

/// Reads a number from a field that is not empty. Anything but one finite
/// decimal number is a finding.
pub(super) fn read(table: &Table, row: &TableRow, column: usize, findings: &mut Findings) -> Option<f64> {
    let text = row.field(column);
    let header = table.headers().get(column).map_or("", String::as_str);
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Some(number),
        Ok(_) => {
            findings.push(
                Finding::new(
                    Code::NotFinite,
                    bilingual!("“{header}”列的“{text}”不是有限的数", "`{text}` in column `{header}` is not a finite number"),
                    bilingual!("更正计算（例如除以零）；确实缺失则留空", "correct the calculation (a division by zero?), or leave the cell empty if the value is missing"),
                )
                .at(table.place(row, column)),
            );
            None
        }
        Err(_) => {
            findings.push(
                Finding::new(
                    Code::NotANumber,
                    bilingual!(
                        "“{header}”列的“{text}”不是数字",
                        "`{text}` in column `{header}` is not a number"
                    ),
                    bilingual!(
                        "写 `95.2` 这样的小数；缺失则留空",
                        "write a decimal such as `95.2`, or leave the cell empty if the value is missing"
                    ),
                )
                .at(table.place(row, column)),
            );
            None
        }
    }
}
