use std::borrow::Cow;
use std::collections::BTreeMap;

use super::dates::Periods;
use super::tables::Tables;
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::plan::Project;

/// A period with at most one row for this many of the fullest period is likely a
/// slip of the pen.
const THIN: usize = 4;

/// Warns of periods that hold few rows beside the others of their file: a
/// misspelt period would otherwise quietly become one of its own.
pub(super) fn report_thin(project: &Project, tables: &Tables, findings: &mut Findings) {
    let read = Periods::of(&project.edition);
    for data in &project.data {
        let mut rows: BTreeMap<Cow<'_, str>, Vec<(&Table, &TableRow, usize)>> = BTreeMap::new();
        let header = data.period.as_ref();
        for table in tables.named(&data.file).filter_map(|path| tables.get(path)) {
            let Some(column) = header.and_then(|header| table.column(header)) else { continue };
            for row in table.rows().iter().filter(|row| !row.field(column).is_empty()) {
                let Ok(period) = read.read(row.field(column)) else { continue };
                rows.entry(period).or_default().push((table, row, column));
            }
        }
        let fullest = rows.values().map(Vec::len).max().unwrap_or(0);
        for (period, rows) in rows {
            let (count, Some((table, first, column))) = (rows.len(), rows.first()) else { continue };
            if count * THIN > fullest {
                continue;
            }
            let period = shown(&period);
            findings.push(
                Finding::new(
                    Code::ThinPeriod,
                    bilingual!(
                        "“{period}”这一期只有 {count} 行，其他期多达 {fullest} 行",
                        "the period `{period}` has {count} of the {fullest} rows that others have"
                    ),
                    bilingual!(
                        "若是笔误，改正期次；若确实如此，可不理会",
                        "if it is a slip, correct the period; if it is right, there is nothing to do"
                    ),
                )
                .at(table.place(first, *column)),
            );
        }
    }
}
