//! What a sheet hides or merges: read as it stands, and said.

use super::super::workbook::{Marks, Merged, Rows};
use super::Table;
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};

/// Most rows or columns that a finding lists.
const MOST_LISTED: usize = 12;

/// Writes the text of merged cells into every row that they cover, from the row
/// `first` on. Gives the numbers that were merged, apart from the column `key` and
/// from years: they may be meant otherwise.
pub(super) fn spread(rows: &mut Rows, marks: &Marks, first: u32, key: Option<u32>) -> Vec<Merged> {
    let mut numbers = Vec::new();
    for merged in &marks.merged {
        let ((top, bottom), (column, right)) = (merged.rows, merged.columns);
        if top < first || (bottom <= top && right <= column) {
            continue;
        }
        let Some(text) = rows.get(&top).and_then(|cells| cells.get(&column)).cloned() else { continue };
        // Rows that hold nothing else are no data.
        for (_, cells) in rows.range_mut(top..=bottom.max(top)).skip(1) {
            cells.entry(column).or_insert_with(|| text.clone());
        }
        let is_year = text.parse::<u32>().is_ok_and(|year| (1900..2200).contains(&year));
        if super::layout::is_number(&text) && !is_year && key != Some(column) {
            numbers.push(*merged);
        }
    }
    numbers
}

impl Table {
    /// Says which rows and columns with data are hidden, and which numbers stand
    /// in merged cells.
    pub(super) fn report_marks(&self, marks: &Marks, merged: &[Merged], findings: &mut Findings) {
        let within = |ranges: &[(u32, u32)], at: u32| {
            ranges.iter().any(|(first, last)| (*first..=*last).contains(&at))
        };
        let rows: Vec<u32> =
            self.rows.iter().map(|row| row.line).filter(|line| within(&marks.hidden_rows, *line)).collect();
        if let Some(first) = rows.first() {
            let (list, count) = (listed(&rows), rows.len());
            let list_zh = list.replace(", ", "、");
            findings.push(
                hidden(
                    bilingual!(
                        "第 {list_zh} 行是隐藏的，已照常读取",
                        "hidden rows were read like the others: {list}"
                    ),
                    count,
                )
                .at(self.cell(*first, 0)),
            );
        }
        let columns = self.headers.iter().enumerate().filter(|(column, header)| {
            let number = u32::try_from(column + 1).unwrap_or(u32::MAX);
            within(&marks.hidden_columns, number)
                && (!header.is_empty() || self.rows.iter().any(|row| !row.field(*column).is_empty()))
        });
        let columns: Vec<(usize, &String)> = columns.collect();
        if let Some((first, _)) = columns.first() {
            let names: Vec<String> = columns.iter().take(MOST_LISTED).map(|(_, name)| shown(name)).collect();
            let (zh, en, count) = (names.join("、"), names.join(", "), columns.len());
            findings.push(
                hidden(
                    bilingual!(
                        "列“{zh}”是隐藏的，已照常读取",
                        "hidden columns were read like the others: {en}"
                    ),
                    count,
                )
                .at(self.header_place(*first)),
            );
        }
        for one in merged {
            let ((first, last), (column, right)) = (one.rows, one.columns);
            if last > first {
                findings.push(merged_number(first, last).at(self.cell(first, column as usize - 1)));
            }
            let beyond: Vec<String> = (column + 1..=right)
                .filter_map(|column| self.headers.get(column as usize - 1).filter(|name| !name.is_empty()))
                .map(|name| shown(name))
                .collect();
            if !beyond.is_empty() {
                findings.push(merged_across(&beyond).at(self.cell(first, column as usize - 1)));
            }
        }
    }
}

fn hidden(message: crate::diagnostics::Bilingual, count: usize) -> Finding {
    Finding::new(
        Code::HiddenCells,
        message,
        match count {
            1 => bilingual!(
                "取消隐藏并核对；不要的删去",
                "show it and look at it; delete it if it is not meant"
            ),
            _ => bilingual!(
                "取消隐藏并核对；不要的删去",
                "show them and look at them; delete what is not meant"
            ),
        },
    )
}

fn merged_number(first: u32, last: u32) -> Finding {
    Finding::new(
        Code::MergedNumber,
        bilingual!(
            "这个数字在合并单元格中，第 {first}–{last} 行都读作它",
            "this number stands in merged cells and was read for each of the rows {first}–{last}"
        ),
        bilingual!(
            "取消合并，把每一行的数字分别写上；若是合计，删去",
            "unmerge the cells and write the number of each row; delete it if it is a total"
        ),
    )
}

fn merged_across(names: &[String]) -> Finding {
    let (zh, en) = (names.join("、"), names.join(", "));
    Finding::new(
        Code::MergedNumber,
        bilingual!(
            "这个数字所在的合并单元格还盖住了“{zh}”列，那里读作空白",
            "this number stands in merged cells that cover {en} too, which was read as empty"
        ),
        bilingual!(
            "取消合并，把每一列的数字分别写上；确实没有则留空",
            "unmerge the cells and write the number of each column, or leave it empty"
        ),
    )
}

/// `5, 7–9` of rising numbers.
fn listed(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let more = if runs.len() > MOST_LISTED { ", …" } else { "" };
    let shown = runs.iter().take(MOST_LISTED).map(|(first, last)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}–{last}"),
    });
    shown.collect::<Vec<_>>().join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn neighbours_are_listed_as_ranges() {
        assert_eq!(listed(&[5, 7, 8, 9, 12]), "5, 7–9, 12");
        assert!(listed(&(0..100).map(|at| at * 2).collect::<Vec<_>>()).ends_with("22, …"));
    }
}
