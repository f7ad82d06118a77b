use std::collections::BTreeSet;

use crate::plan::Project;

/// What the project says of the columns of one table.
#[derive(Default)]
pub(in crate::validate) struct Declared<'a> {
    /// Columns that only tell one from another.
    pub(in crate::validate) identifiers: BTreeSet<&'a str>,
    /// Columns whose values count.
    pub(in crate::validate) used: BTreeSet<&'a str>,
    /// Columns whose words outputs repeat.
    pub(in crate::validate) texts: BTreeSet<&'a str>,
    /// Columns that say who it was.
    pub(in crate::validate) people: BTreeSet<&'a str>,
    /// Columns that are looked at cell by cell, elsewhere.
    pub(in crate::validate) elsewhere: BTreeSet<&'a str>,
    /// Columns to pass over.
    pub(in crate::validate) ignored: BTreeSet<&'a str>,
}

impl Declared<'_> {
    /// Whether the project names the column.
    pub(super) fn has(&self, header: &str) -> bool {
        [&self.identifiers, &self.used, &self.elsewhere, &self.ignored].iter().any(|set| set.contains(header))
    }
}

/// What a project says of the columns of the table at `path`, which it names `named`.
pub(in crate::validate) fn declared<'a>(
    project: &'a Project,
    path: &str,
    names: impl Fn(&str) -> bool,
) -> Declared<'a> {
    let mut of = Declared::default();
    let is = |file: &str| file == path || names(file);
    let units = &project.units;
    if is(&units.file) {
        of.used.extend([units.code.as_str(), &units.name_zh, &units.name_en]);
        let optional = [&units.role, &units.short_zh, &units.short_en, &units.slug];
        of.used.extend(optional.into_iter().filter_map(|column| column.as_deref()));
        of.used.extend(units.groups.values().map(String::as_str));
        of.texts.clone_from(&of.used);
        of.ignored.extend(units.ignore.iter().map(String::as_str));
    }
    for data in project.data.iter().filter(|data| is(&data.file)) {
        of.used.insert(&data.unit);
        of.used.extend(data.period.as_deref());
        of.used.extend(data.columns.values().map(String::as_str));
        of.used.extend(data.long.iter().flat_map(|long| [long.indicator.as_str(), &long.value]));
        of.ignored.extend(data.ignore.iter().map(String::as_str));
    }
    for calls in project.calls.iter().filter(|calls| is(&calls.file)) {
        of.used.insert(&calls.unit);
        of.used.extend(calls.period.as_deref());
        of.used.extend(calls.reduce.iter().filter_map(|reduction| reduction.column()));
        of.used.extend(calls.reduce.iter().flat_map(|reduction| reduction.filter.keys().map(String::as_str)));
        of.identifiers.extend(calls.cluster.iter().map(String::as_str));
        of.ignored.extend(calls.ignore.iter().map(String::as_str));
    }
    for published in project.published.iter().filter(|published| is(&published.file)) {
        of.used.extend([published.unit.as_str(), &published.score]);
        of.ignored.extend(published.ignore.iter().map(String::as_str));
    }
    of
}
