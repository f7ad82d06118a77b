//! Units of measure that a table names itself.

use super::columns::Source;
use crate::definitions::FrameworkDefinition;
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::input::{known_measure, split_measure};
use crate::plan::Variable;

/// Reports columns whose header, or the row below it, names a unit of measure of
/// the same kind as that of the framework and another one: minutes for seconds.
pub(super) fn check(framework: &FrameworkDefinition, sources: &[Source<'_>], findings: &mut Findings) {
    let specs: Vec<Variable<'_>> = framework.framework.variables().collect();
    for source in sources.iter().filter(|source| source.data.long.is_none()) {
        let Some(table) = source.table else { continue };
        for found in &source.found {
            let (Some(column), Some(spec)) = (table.column(found.header), specs.get(found.variable)) else {
                continue;
            };
            let header = table.headers().get(column).map_or("", String::as_str);
            let of_header = split_measure(header).map(|(_, unit)| unit);
            let stated = of_header.into_iter().chain(table.measure(column));
            let Some(other) = stated.map(bare).find(|unit| is_other(unit, spec)) else { continue };
            findings.push(finding(header, other, spec).at(table.header_place(column)));
        }
    }
}

/// A unit of measure without brackets.
fn bare(unit: &str) -> &str {
    unit.trim_matches(['(', ')', '（', '）', '[', ']', '【', '】'])
}

/// Whether a unit of measure is another than that of a variable, of the same kind.
fn is_other(unit: &str, spec: &Variable<'_>) -> bool {
    let units = known_measure(unit).zip(known_measure(&spec.measure.zh));
    units.is_some_and(|((kind, name), (own_kind, own))| kind == own_kind && name != own)
}

fn finding(header: &str, other: &str, spec: &Variable<'_>) -> Finding {
    let (header, other, id, zh, en) =
        (shown(header), shown(other), spec.id, &spec.measure.zh, &spec.measure.en);
    Finding::new(
        Code::OtherMeasure,
        bilingual!(
            "“{header}”列写明的计量单位是“{other}”，指标“{id}”的是“{zh}”",
            "column `{header}` says that its unit is `{other}`; that of the indicator `{id}` is {en}"
        ),
        bilingual!(
            "把数值换算成“{zh}”并改表头；若数值已经是，只改表头",
            "convert the values to {en} and correct the header; if they are in {en} already, correct the header only"
        ),
    )
}
