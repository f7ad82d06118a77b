use std::collections::BTreeMap;
use std::sync::Arc;

use super::IndexInput;
use crate::model::{Column, Matrix, Panel, Registry, Role, Unit};

impl IndexInput {
    /// The reported period alone: all that an evaluation needs whose methods look
    /// at no other.
    #[must_use]
    pub fn of_edition(&self) -> Self {
        let rows = self.panel.rows_of(self.edition);
        let period = self.panel.periods().get(self.edition).cloned();
        let panel = Panel::new(self.panel.units().clone(), period.into_iter().collect());
        let cut = |column: &Arc<Column>| -> Arc<Column> {
            Arc::new(rows.clone().map(|row| column.cell(row)).collect())
        };
        let columns = self.raw.columns().iter().map(cut).collect();
        let Some(raw) = Matrix::new(panel.rows(), columns) else { return self.clone() };
        let revisions = self.revisions.iter().filter(|((_, row), _)| rows.contains(row));
        let calls = self.calls.iter().filter(|((_, row), _)| rows.contains(row));
        Self {
            edition: 0,
            indicators: self.indicators.clone(),
            raw,
            contexts: self.contexts.iter().map(|(id, column)| (id.clone(), cut(column))).collect(),
            origins: cut_all(&self.origins, &rows),
            samples: cut_all(&self.samples, &rows),
            calls: calls.map(|((at, row), lines)| ((*at, row - rows.start), lines.clone())).collect(),
            unit_origins: self.unit_origins.clone(),
            tables: self.tables.clone(),
            published: Vec::new(),
            revisions: revisions.map(|((at, row), cell)| ((*at, row - rows.start), *cell)).collect(),
            faults: BTreeMap::new(),
            panel,
        }
    }

    /// The same input with other values of some indicators, each given by position
    /// with a column of all rows.
    #[must_use]
    pub fn with_values(&self, values: &[(usize, Arc<Column>)]) -> Self {
        let mut columns = self.raw.columns().to_vec();
        for (at, column) in values {
            if let Some(slot) = columns.get_mut(*at) {
                *slot = column.clone();
            }
        }
        let raw = Matrix::new(self.panel.rows(), columns);
        Self { raw: raw.unwrap_or_else(|| self.raw.clone()), ..self.clone() }
    }

    /// The same input with one unit, given by position, for comparison only: it
    /// counts in no scale and no ranking.
    #[must_use]
    pub fn without_ranking(&self, unit: usize) -> Self {
        let role = |(at, one): (usize, &Unit)| {
            let role = if at == unit { Role::Benchmark } else { one.role };
            Unit { role, ..one.clone() }
        };
        let units = self.panel.units().iter().enumerate().map(role);
        let panel = Panel::new(units.collect::<Registry>(), self.panel.periods().to_vec());
        Self { panel, ..self.clone() }
    }
}

fn cut_all<T: Clone>(columns: &[Vec<T>], rows: &std::ops::Range<usize>) -> Vec<Vec<T>> {
    columns.iter().map(|column| column.get(rows.clone()).unwrap_or_default().to_vec()).collect()
}
