use crate::definitions::FrameworkDefinition;
use crate::diagnostics::{Bilingual, Finding, Place};
use crate::model::{Id, Origin, Row, Sample, Unit};
use crate::numeric::{Rounding, round_to};
use crate::plan::{PlausibilityPlan, Variable};

use super::super::columns::Source;
use super::super::keys::Context;
use super::super::revisions::by_revision;
use super::super::values::Values;

/// What every check looks at.
pub(super) struct Ground<'a> {
    pub(super) plan: &'a PlausibilityPlan,
    pub(super) framework: &'a FrameworkDefinition,
    /// Indicators, then context variables, in the order of the framework.
    pub(super) specs: Vec<Variable<'a>>,
    pub(super) sources: Vec<Source<'a>>,
    pub(super) context: &'a Context<'a>,
    pub(super) values: &'a Values,
    /// The rows of the ranked units in the edition, by code of the unit.
    pub(super) rows: Vec<usize>,
    pub(super) edition: usize,
}

impl<'a> Ground<'a> {
    /// The variables that a check looks at, with their positions.
    pub(super) fn variables(&self, except: &[Id]) -> impl Iterator<Item = (usize, Variable<'a>)> {
        let specs = self.specs.iter().copied().enumerate();
        specs.filter(move |(_, spec)| !except.contains(spec.id))
    }

    /// The same without context variables.
    pub(super) fn indicators(&self, except: &[Id]) -> impl Iterator<Item = (usize, Variable<'a>)> {
        self.variables(except).filter(|(_, spec)| !spec.is_context)
    }

    pub(super) fn value(&self, variable: usize, row: usize) -> Option<f64> {
        self.values.columns.get(variable)?.value(row)
    }

    /// The rows that have a value, with it.
    pub(super) fn observed(&self, variable: usize) -> impl Iterator<Item = (usize, f64)> {
        self.rows.iter().filter_map(move |row| Some((*row, self.value(variable, *row)?)))
    }

    pub(super) fn sample(&self, variable: usize, row: usize) -> Option<Sample> {
        self.values.samples.get(variable)?.get(row).copied().flatten()
    }

    /// Whether the values of the edition rest on samples, as far as is known.
    pub(super) fn is_sampled(&self, variable: usize) -> bool {
        self.rows.iter().any(|row| self.sample(variable, *row).is_some())
    }

    fn origin(&self, variable: usize, row: usize) -> Option<Origin> {
        self.values.origins.get(variable)?.get(row).copied().flatten()
    }

    /// Where a value was read.
    pub(super) fn place(&self, variable: usize, row: usize) -> Option<Place> {
        self.context.tables.place(self.origin(variable, row)?)
    }

    /// The same finding at a value, and which revision put it there if one did; none
    /// if no file has a cell for it.
    pub(super) fn at(&self, finding: Finding, variable: usize, row: usize) -> Option<Finding> {
        let Some(revised) = self.values.revised.get(&(variable, row)) else {
            return Some(finding.at(self.place(variable, row)?));
        };
        let finding = by_revision(finding, revised.cell.revision, &revised.by);
        Some(finding.at(revised.place.clone().unwrap_or_else(|| revised.by.clone())))
    }

    /// Where the size of a value's sample was read; the value's own place where it
    /// was counted.
    pub(super) fn sample_place(&self, variable: usize, row: usize) -> Option<Place> {
        let (origin, spec) = (self.origin(variable, row)?, self.specs.get(variable)?);
        let path = self.context.tables.path(origin)?;
        let of_path = self.sources.iter().filter(|source| source.path == path);
        let stated = of_path.filter_map(|source| {
            let long = source.data.long.as_ref().and_then(|long| long.sample.as_ref());
            let header = source.data.samples.get(spec.id).or(long)?.n.as_deref()?;
            let column = u16::try_from(source.table?.column(header)? + 1).ok()?;
            self.context.tables.place(Origin { field: column, ..origin })
        });
        stated.into_iter().next().or_else(|| self.place(variable, row))
    }

    /// The place of a variable as a whole: its column, or its definition where
    /// several files hold it.
    pub(super) fn variable_place(&self, variable: usize) -> Place {
        let mut origins = self.rows.iter().filter_map(|row| self.origin(variable, *row));
        let first = origins.next();
        let one_file = first.filter(|first| origins.all(|origin| origin.file == first.file));
        let header = one_file.and_then(|origin| {
            let table = self.context.tables.get(self.context.tables.path(origin)?)?;
            Some(table.header_place(usize::from(origin.field).checked_sub(1)?))
        });
        header.unwrap_or_else(|| {
            let indicators = self.framework.framework.indicators.len();
            let (list, at) = match variable.checked_sub(indicators) {
                Some(at) => ("context", at),
                None => ("indicator", variable),
            };
            self.framework.document.place(&[list.into(), at.into(), "id".into()])
        })
    }

    /// The unit of a row.
    pub(super) fn unit(&self, row: usize) -> Option<&'a Unit> {
        self.context.panel.units().get(self.context.panel.row(row).unit)
    }

    /// The unit of a row by name and code.
    pub(super) fn unit_named(&self, row: usize) -> Bilingual {
        let Some(unit) = self.unit(row) else { return Bilingual::same("") };
        let code = &unit.code;
        Bilingual { zh: format!("{}（{code}）", unit.name.zh), en: format!("{} ({code})", unit.name.en) }
    }

    /// The row of the same unit in another period.
    pub(super) fn in_period(&self, row: usize, period: usize) -> usize {
        let Row { unit, .. } = self.context.panel.row(row);
        self.context.panel.position(Row { unit, period })
    }

    /// What a period is called.
    pub(super) fn period_named(&self, period: usize) -> &str {
        self.context.panel.periods().get(period).map_or("", |period| period.as_str())
    }
}

/// Whether a value stands at an end of what can be: 0, all, or an end of the range.
pub(super) fn is_end(spec: Variable<'_>, value: f64) -> bool {
    let whole = Some(spec.whole()).filter(|whole| *whole > 1.0);
    let (min, max) = spec.range.map_or((None, None), |range| (range.min, range.max));
    value == 0.0 || [whole, min, max].contains(&Some(value))
}

/// A number as messages show it: two decimals, four where it is less than 1.
pub(super) fn brief(value: f64) -> String {
    let decimals = if value.abs() < 1.0 { 4 } else { 2 };
    round_to(value, decimals, Rounding::HalfEven).to_string()
}

/// A share as messages show it, in per cent.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", round_to(share * 100.0, 1, Rounding::HalfEven))
}
