//! Tables in long layout: one row per value, which names its indicator.

use std::collections::{BTreeSet, HashMap};

use crate::definitions::FrameworkDefinition;
use crate::diagnostics::{Bilingual, Code, Finding, bilingual, did_you_mean, shown};
use crate::input::{Table, TableRow};
use crate::plan::{DataFile, LongColumns};

/// What a row of a long table is about.
pub(super) enum Subject {
    /// A variable, by its position in
    /// [`Framework::variables`](crate::plan::Framework::variables).
    Variable(usize),
    /// One that the project does not read from this table.
    PassedOver,
    /// Nothing is named.
    Blank,
    /// A name that the framework does not have.
    Unknown,
}

/// The variables by everything that a row may call them.
pub(super) struct Subjects<'a> {
    column: usize,
    by_name: HashMap<&'a str, (usize, bool)>,
    ignored: &'a [String],
}

impl<'a> Subjects<'a> {
    /// Those of a table that has the column of indicators.
    pub(super) fn find(
        data: &'a DataFile,
        long: &LongColumns,
        framework: &'a FrameworkDefinition,
        table: &Table,
    ) -> Option<Self> {
        let column = table.column(&long.indicator)?;
        let mut by_name = HashMap::new();
        for (variable, spec) in framework.framework.variables().enumerate() {
            let read = data.indicators.as_ref().is_none_or(|ids| ids.contains(spec.id));
            let stated = data.columns.get(spec.id).map(String::as_str);
            let own = [spec.id.as_str(), &spec.name.zh, &spec.name.en];
            for name in stated.into_iter().chain(own) {
                by_name.entry(name).or_insert((variable, read));
            }
        }
        Some(Self { column, by_name, ignored: &data.ignore })
    }

    /// What a row is about.
    pub(super) fn of(&self, row: &TableRow) -> Subject {
        let name = row.field(self.column);
        match self.by_name.get(name) {
            Some((variable, true)) => Subject::Variable(*variable),
            Some((_, false)) => Subject::PassedOver,
            None if name.is_empty() => Subject::Blank,
            None if self.ignored.iter().any(|word| word == name) => Subject::PassedOver,
            None => Subject::Unknown,
        }
    }

    /// A row whose indicator is not in the framework.
    pub(super) fn unknown(&self, table: &Table, row: &TableRow) -> Finding {
        let name = row.field(self.column);
        let mut known: Vec<(&str, usize)> = self.by_name.iter().map(|(name, (at, _))| (*name, *at)).collect();
        known.sort_unstable_by_key(|(name, at)| (*at, *name));
        let help = did_you_mean(name, known.into_iter().map(|(name, _)| name)).map_or_else(
            || -> Bilingual {
                bilingual!(
                    "写指标的标识或名称；若无需此项，写进 `ignore`",
                    "write the id or the name of an indicator; if it is not needed, list it in `ignore`"
                )
            },
            |near| bilingual!("是否想写“{near}”？", "did you mean `{near}`?"),
        );
        let name = shown(name);
        Finding::new(
            Code::UnknownIndicator,
            bilingual!("框架中没有指标“{name}”", "the framework has no indicator `{name}`"),
            help,
        )
        .at(table.place(row, self.column))
    }

    /// The column that names the indicator.
    pub(super) fn column(&self) -> usize {
        self.column
    }
}

/// The variables that the rows of a table name.
pub(super) fn variables(
    data: &DataFile,
    long: &LongColumns,
    framework: &FrameworkDefinition,
    table: &Table,
) -> BTreeSet<usize> {
    let Some(subjects) = Subjects::find(data, long, framework, table) else { return BTreeSet::new() };
    let named = table.rows().iter().filter_map(|row| match subjects.of(row) {
        Subject::Variable(variable) => Some(variable),
        _ => None,
    });
    named.collect()
}
