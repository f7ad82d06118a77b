use serde_json::{Value, json};

use super::ConfirmationMaterial;
use crate::diagnostics::{Bilingual, Place, Position};
use crate::model::{Cell, Id};
use crate::plan::{Framework, IndicatorSpec, Variable};

/// A value on the confirmation sheet of a unit.
pub(in crate::report) struct SheetRow<'a> {
    /// What it is a value of.
    pub(in crate::report) variable: Variable<'a>,
    /// The same, where it is an indicator.
    pub(in crate::report) spec: Option<&'a IndicatorSpec>,
    /// What it counts towards right below the index; what is only shown, to none.
    pub(in crate::report) dimension: Option<&'a Bilingual>,
    /// The value as read.
    pub(in crate::report) cell: Cell,
    /// The sample that it rests on.
    pub(in crate::report) n: Option<u32>,
    /// Where it was read.
    pub(in crate::report) source: Option<Source>,
}

/// Where a value was read.
pub(in crate::report) struct Source {
    place: Place,
    /// How many records it was reduced from; none if it was read as it is.
    records: usize,
}

impl Source {
    /// The source as sentences have it.
    pub(in crate::report) fn facts(&self, short: bool) -> Value {
        let file = match short {
            true => self.place.file.rsplit('/').next().unwrap_or(&self.place.file),
            false => &*self.place.file,
        };
        let line = match &self.place.position {
            Some(Position::Text { line, .. }) => Some(*line),
            _ => None,
        };
        // `file › sheet › D17` without the file.
        let cell = match &self.place.position {
            Some(Position::Cell { .. }) => {
                self.place.to_string().strip_prefix(&*self.place.file).map(str::to_owned)
            }
            _ => None,
        };
        json!({ "file": file, "line": line, "cell": cell, "records": self.records })
    }
}

/// Everything that the data say of a unit in the edition: indicators in the order
/// of the framework, then context variables.
pub(in crate::report) fn sheet_rows(material: ConfirmationMaterial<'_>, unit: usize) -> Vec<SheetRow<'_>> {
    let ConfirmationMaterial { framework, input, .. } = material;
    let row = input.panel().rows_of(input.edition()).start + unit;
    let made =
        framework.variables().zip(input.of_unit(unit)).enumerate().map(|(at, (variable, observed))| {
            let spec = framework.indicator(variable.id).filter(|_| !variable.is_context);
            let records = if variable.is_context { 0 } else { input.calls(at, row).len() };
            SheetRow {
                variable,
                spec,
                dimension: spec.and_then(|spec| dimension(framework, spec.parent.as_ref())),
                cell: observed.cell,
                n: observed.sample.and_then(|sample| sample.n),
                source: observed.origin.map(|origin| Source { place: input.place(origin), records }),
            }
        });
    made.collect()
}

/// Most decimals that are shown of a value; a cell of the workbook holds all of them.
const DECIMALS: usize = 4;

/// How many decimals of a value are shown.
pub(in crate::report) fn decimals(value: f64) -> u8 {
    let own = value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    u8::try_from(own.min(DECIMALS)).unwrap_or_default()
}

/// The ancestor, or the node itself, whose parent is the index; the index where
/// there is nothing between.
fn dimension<'a>(framework: &'a Framework, from: Option<&Id>) -> Option<&'a Bilingual> {
    let mut at = from?.clone();
    // A tree has no more levels than nodes.
    for _ in 0..framework.nodes.len() {
        let node = framework.nodes.iter().find(|node| node.id == at)?;
        match &node.parent {
            Some(parent) if *parent != framework.index => at = parent.clone(),
            _ => return Some(&node.name),
        }
    }
    None
}
