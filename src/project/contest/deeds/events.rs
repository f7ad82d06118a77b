//! Tables of events that are put on record, row by row.

use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::ledger::{Body, Day, Happening, RowOf};
use crate::project::contest::open::Base;
use crate::project::contest::record::day_of;
use crate::validate::read_happenings;

/// The rows of a table of events that are not on record, in order. A table may grow:
/// rows that are on record already are passed over. Those that are on record and no
/// longer there are findings.
pub(super) fn read(base: &Base, day: &Day, path: &str, findings: &mut Findings) -> Option<Vec<Body>> {
    let rubric = base.rubric.as_ref()?;
    let rows = read_happenings(&base.folder, &base.definition, rubric, day_of(base), path, findings)?;
    let (new, gone) = compare(day, path, rows);
    findings.extend(gone);
    Some(new.into_iter().map(Body::Happened).collect())
}

/// What is said of tables of events whose rows on record are not there any more.
pub(in crate::project::contest) fn gone(base: &Base, day: &Day, findings: &mut Findings) {
    let of_tables = day.happened.iter().filter_map(|(_, _, happening)| Some(&happening.from.as_ref()?.path));
    let paths: std::collections::BTreeSet<&String> = of_tables.collect();
    for path in paths {
        let Some(rubric) = base.rubric.as_ref() else { return };
        let rows = read_happenings(&base.folder, &base.definition, rubric, day_of(base), path, findings);
        findings.extend(rows.map(|rows| compare(day, path, rows).1).unwrap_or_default());
    }
}

/// The rows that are not on record, and what is to be said of records without a row.
fn compare(day: &Day, path: &str, rows: Vec<Happening>) -> (Vec<Happening>, Vec<Finding>) {
    let of_table = |happening: &Happening| happening.from.as_ref().is_some_and(|from| from.path == path);
    let mut known: Vec<(usize, &Happening)> = day
        .happened
        .iter()
        .filter(|(_, _, happening)| of_table(happening))
        .map(|(seq, _, happening)| (*seq, happening))
        .collect();
    let without_row = |happening: &Happening| Happening { from: None, ..happening.clone() };
    let mut new = Vec::new();
    for row in rows {
        match known.iter().position(|(_, own)| without_row(own) == without_row(&row)) {
            Some(at) => drop(known.remove(at)),
            None => new.push(row),
        }
    }
    let gone = known.into_iter().filter_map(|(seq, own)| Some(row_gone(seq, own.from.as_ref()?)));
    (new, gone.collect())
}

fn row_gone(seq: usize, from: &RowOf) -> Finding {
    let RowOf { path, row, .. } = from;
    Finding::new(
        Code::EventRowGone,
        bilingual!(
            "第 {seq} 件事是从“{path}”第 {row} 行录入的，这一行已改动或删去",
            "event {seq} was read from row {row} of `{path}`, which has changed or is gone"
        ),
        bilingual!(
            "恢复这一行；有新的情况，另加一行，或用 `benchline contest event`",
            "restore the row; put what is new into a row of its own, or use `benchline contest event`"
        ),
    )
    .at(Place::file(path))
}
