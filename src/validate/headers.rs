use std::collections::{BTreeMap, BTreeSet};

use super::columns;
use super::tables::Tables;
use crate::definitions::FrameworkDefinition;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, did_you_mean, shown};
use crate::input::Table;
use crate::plan::Project;

/// Most headers that a finding lists.
const MOST_LISTED: usize = 12;

/// The headers of all tables, and which of them the project uses.
pub(super) struct Headers<'a> {
    tables: &'a Tables,
    used: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Headers<'a> {
    pub(super) fn new(project: &'a Project, framework: &'a FrameworkDefinition, tables: &'a Tables) -> Self {
        Self { tables, used: used_columns(project, framework, tables) }
    }

    /// The tables.
    pub(super) fn tables(&self) -> &'a Tables {
        self.tables
    }

    /// The position of `header`; a header that is not there is a finding.
    pub(super) fn find(&self, path: &str, header: &str, findings: &mut Findings) -> Option<usize> {
        let table = self.tables.get(path)?;
        let column = table.column(header);
        if column.is_none() {
            findings.push(self.missing(table, &[header]));
        }
        column
    }

    /// The header that nothing uses and that is most like one of `names`.
    pub(super) fn nearest<'t>(&self, table: &'t Table, names: &[&str]) -> Option<&'t str> {
        let path = self.tables.iter().find(|(_, known)| std::ptr::eq(*known, table)).map(|(path, _)| path);
        let used = path.and_then(|path| self.used.get(path));
        let is_free = |header: &&str| !used.is_some_and(|used| used.contains(*header));
        let free: Vec<&str> = table.headers().iter().map(String::as_str).filter(is_free).collect();
        names.iter().find_map(|name| did_you_mean(name, free.iter().copied()))
    }

    /// A column that the table should have, by the first of its `names`.
    pub(super) fn missing(&self, table: &Table, names: &[&str]) -> Finding {
        let header = shown(names.first().unwrap_or(&""));
        let message = bilingual!("表头没有“{header}”列", "the header has no column `{header}`");
        if table.headers().iter().any(|header| is_datum(header)) {
            return no_headers(table, message);
        }
        let named = || table.headers().iter().filter(|name| !name.is_empty());
        let mut headers: Vec<String> = named().take(MOST_LISTED).map(|name| shown(name)).collect();
        if named().count() > MOST_LISTED {
            headers.push("…".to_owned());
        }
        let headers = headers.join(", ");
        let near = self.nearest(table, names);
        let help = match near {
            Some(near) => {
                bilingual!("是否为“{near}”？表头有：{headers}", "is it `{near}`? The header has {headers}")
            }
            None => bilingual!("表头有：{headers}", "the header has {headers}"),
        };
        Finding::new(Code::MissingColumn, message, help).at(match near.and_then(|near| table.column(near)) {
            Some(column) => table.header_place(column),
            None => table.header_row_place(),
        })
    }

    /// Warns of columns that nothing in the project uses. Where a column is
    /// missing, one that is not used is likely to be that column misspelt.
    pub(super) fn report_unused(&self, findings: &mut Findings) {
        let nothing = BTreeSet::new();
        for (path, table) in self.tables.iter() {
            if findings.has(Code::MissingColumn, table.name()) {
                continue;
            }
            let used = self.used.get(path).unwrap_or(&nothing);
            for (column, header) in table.headers().iter().enumerate() {
                let has_values = || table.rows().iter().any(|row| !row.field(column).is_empty());
                let is_used = || {
                    used.contains(header.as_str()) || used.iter().any(|one| table.column(one) == Some(column))
                };
                if is_used() || table.hides(column) || (header.is_empty() && !has_values()) {
                    continue;
                }
                findings.push(unused(header, column + 1).at(table.header_place(column)));
            }
        }
    }
}

/// Whether what stands in place of a header is a number, and none that could be the
/// name of a column: a year, an item's number.
fn is_datum(header: &str) -> bool {
    let is_number = header.parse::<f64>().is_ok_and(f64::is_finite);
    is_number && (header.contains('.') || header.len() > 4)
}

/// A table that begins with data: nothing of them is shown.
fn no_headers(table: &Table, message: Bilingual) -> Finding {
    let help = bilingual!(
        "第一行像是数据：在它上面加一行列名",
        "the first row looks like data: write a row of headers above it"
    );
    let mut finding = Finding::new(Code::MissingColumn, message, help).at(table.header_row_place());
    finding.conceal();
    finding
}

pub(super) fn unused(header: &str, number: usize) -> Finding {
    if header.is_empty() {
        return Finding::new(
            Code::UnusedColumn,
            bilingual!("第 {number} 列没有列名", "column {number} has no header"),
            bilingual!("写上列名，或删去这一列", "give it a header, or delete the column"),
        );
    }
    let header = shown(header);
    Finding::new(
        Code::UnusedColumn,
        bilingual!("没有用到列“{header}”", "the column `{header}` is not used"),
        bilingual!("若无需此列，写进 `ignore`", "if it is not needed, list it in `ignore`"),
    )
}

fn used_columns<'a>(
    project: &'a Project,
    framework: &'a FrameworkDefinition,
    tables: &'a Tables,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let units = &project.units;
    let of_units = used.entry(&units.file).or_default();
    of_units.extend([units.code.as_str(), &units.name_zh, &units.name_en]);
    let optional = [&units.role, &units.short_zh, &units.short_en, &units.slug];
    of_units.extend(optional.into_iter().filter_map(|column| column.as_deref()));
    of_units.extend(units.groups.values().chain(&units.ignore).map(String::as_str));
    for data in &project.data {
        for path in tables.named(&data.file) {
            let of_data = used.entry(path).or_default();
            of_data.insert(&data.unit);
            of_data.extend(data.period.as_deref());
            of_data.extend(data.ignore.iter().map(String::as_str));
            let samples =
                data.samples.values().chain(data.long.iter().filter_map(|long| long.sample.as_ref()));
            for sample in samples {
                let optional = [&sample.n, &sample.k, &sample.standard_error, &sample.design_effect];
                of_data.extend(optional.into_iter().filter_map(|column| column.as_deref()));
            }
            if let Some(long) = &data.long {
                of_data.extend([long.indicator.as_str(), &long.value]);
            } else if let Some(table) = tables.get(path) {
                let held = columns::of_variables(data, framework, table);
                of_data.extend(held.iter().map(|found| found.header));
            }
        }
    }
    for calls in &project.calls {
        let of_calls = used.entry(&calls.file).or_default();
        of_calls.insert(&calls.unit);
        of_calls.extend(calls.period.as_deref());
        of_calls.extend(calls.cluster.iter().chain(&calls.ignore).map(String::as_str));
        for reduction in &calls.reduce {
            of_calls.extend(reduction.share.as_deref().into_iter().chain(reduction.mean.as_deref()));
            of_calls.extend(reduction.filter.keys().map(String::as_str));
        }
    }
    for published in &project.published {
        let of_published = used.entry(&published.file).or_default();
        of_published.extend([published.unit.as_str(), &published.score]);
        let optional = [&published.period, &published.rank, &published.band];
        of_published.extend(optional.into_iter().filter_map(|column| column.as_deref()));
        of_published.extend(published.ignore.iter().map(String::as_str));
    }
    used
}
