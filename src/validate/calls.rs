use std::collections::BTreeMap;

use super::cells::Cells;
use super::keys::{Context, KeyColumns};
use super::numbers;
use super::revisions::Stated;
use crate::definitions::{FrameworkDefinition, ProjectDefinition, Step};
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown, suggestion};
use crate::input::{Table, TableRow};
use crate::model::{Cell, Precision, Sample};
use crate::numeric::{design_effect, intraclass_correlation};
use crate::plan::{CallFile, Reduction, Variable};

/// Words for yes and for no.
const YES: [&str; 6] = ["1", "是", "yes", "true", "y", "√"];
const NO: [&str; 6] = ["0", "否", "no", "false", "n", "×"];

/// Reduces the sheets of dial tests to values of indicators.
pub(super) fn read(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    context: &Context<'_>,
    cells: &mut Cells<'_>,
    findings: &mut Findings,
) {
    for (index, file) in project.project.calls.iter().enumerate() {
        let Some(sheet) = Sheet::find(file, context, findings) else { continue };
        for (at, reduction) in file.reduce.iter().enumerate() {
            let place = ["calls".into(), index.into(), "reduce".into(), at.into()];
            sheet.reduce(reduction, &place, project, framework, context, cells, findings);
        }
    }
}

/// A sheet of calls with the place of every row in the panel.
struct Sheet<'a> {
    file: &'a CallFile,
    table: &'a Table,
    rows: Vec<(Option<usize>, &'a TableRow)>,
    clusters: Vec<usize>,
}

/// The calls of one unit in one period: their values by cluster, and their rows.
#[derive(Default)]
struct Calls<'a> {
    clusters: BTreeMap<Vec<&'a str>, Vec<f64>>,
    values: Vec<f64>,
    first: Option<&'a TableRow>,
    lines: Vec<u32>,
}

impl<'a> Sheet<'a> {
    fn find(file: &'a CallFile, context: &'a Context<'a>, findings: &mut Findings) -> Option<Self> {
        let table = context.tables.get(&file.file)?;
        let keys = KeyColumns::find(context, &file.file, &file.unit, file.period.as_deref(), findings)?;
        let columns = file.cluster.iter().map(|header| context.headers.find(&file.file, header, findings));
        let clusters: Vec<Option<usize>> = columns.collect();
        let rows = keys.every_row(findings);
        Some(Self { file, table, rows, clusters: clusters.into_iter().collect::<Option<_>>()? })
    }

    #[expect(clippy::too_many_arguments, reason = "what the rules of validation hold a file against")]
    fn reduce(
        &self,
        reduction: &Reduction,
        at: &[Step],
        project: &ProjectDefinition,
        framework: &FrameworkDefinition,
        context: &Context<'_>,
        cells: &mut Cells<'_>,
        findings: &mut Findings,
    ) {
        let mut variables = framework.framework.variables().enumerate();
        let Some((variable, spec)) = variables.find(|(_, spec)| *spec.id == reduction.indicator) else {
            let place = project.place(&[at, &["indicator".into()]].concat());
            findings.push(unknown_indicator(reduction, framework).at(place));
            return;
        };
        let Some(header) =
            reduction.column().filter(|_| reduction.share.is_none() || reduction.mean.is_none())
        else {
            findings.push(no_way(reduction).at(project.place(at)));
            return;
        };
        let Some(column) = context.headers.find(&self.file.file, header, findings) else { return };
        let Some(filter) = self.filter(reduction, context, findings) else { return };
        let Some(calls) = self.collect(reduction, column, &filter, findings) else {
            findings.push(no_call(reduction).at(project.place(at)));
            return;
        };
        let correlation = self.correlation(&calls);
        for (position, calls) in &calls {
            let Some(row) = calls.first else { continue };
            let (value, sample) = calls.observed(reduction, spec, correlation);
            let origin = context.tables.origin(&self.file.file, row, column);
            let at = (variable, *position);
            if let Some(first) = cells.keep(at, Stated::Cell(Cell::Value(value)), origin) {
                cells.disagree(at, spec.id, &value.to_string(), (first, origin), context);
                continue;
            }
            cells.keep_sample(at, sample);
            cells.calls.insert(at, calls.lines.clone());
        }
    }

    /// The columns of a reduction's filter with the words that count.
    fn filter<'r>(
        &self,
        reduction: &'r Reduction,
        context: &Context<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(usize, &'r [String])>> {
        let columns = reduction.filter.iter().map(|(header, words)| {
            Some((context.headers.find(&self.file.file, header, findings)?, words.as_slice()))
        });
        columns.collect::<Vec<_>>().into_iter().collect()
    }

    /// The calls that count, by position in the panel; `None` if the filter lets no
    /// row through.
    fn collect(
        &self,
        reduction: &Reduction,
        column: usize,
        filter: &[(usize, &[String])],
        findings: &mut Findings,
    ) -> Option<BTreeMap<usize, Calls<'a>>> {
        let mut calls: BTreeMap<usize, Calls<'a>> = BTreeMap::new();
        let mut some = false;
        for (position, row) in &self.rows {
            let counts =
                filter.iter().all(|(column, words)| words.iter().any(|word| word == row.field(*column)));
            some |= counts;
            if !counts || numbers::absence(row.field(column)).is_some() {
                continue;
            }
            let value = match reduction.share {
                Some(_) => self.mark(row, column, findings),
                None => numbers::read(self.table, row, column, "", findings),
            };
            let (Some(value), Some(position)) = (value, position) else { continue };
            let of_unit = calls.entry(*position).or_default();
            let cluster = self.clusters.iter().map(|column| row.field(*column)).collect();
            of_unit.clusters.entry(cluster).or_default().push(value);
            of_unit.values.push(value);
            of_unit.first = of_unit.first.or(Some(*row));
            of_unit.lines.push(row.line);
        }
        some.then_some(calls)
    }

    fn mark(&self, row: &TableRow, column: usize, findings: &mut Findings) -> Option<f64> {
        let word = row.field(column).to_lowercase();
        if YES.contains(&word.as_str()) {
            return Some(1.0);
        }
        if NO.contains(&word.as_str()) {
            return Some(0.0);
        }
        let header = shown(self.table.headers().get(column).map_or("", String::as_str));
        let word = shown(row.field(column));
        findings.push(
            Finding::new(
                Code::BadMark,
                bilingual!(
                    "“{header}”列的“{word}”不是是或否",
                    "`{word}` in column `{header}` is neither yes nor no"
                ),
                bilingual!(
                    "写 1 或 0；不适用则留空",
                    "write 1 or 0, or leave the cell empty if it does not apply"
                ),
            )
            .at(self.table.place(row, column)),
        );
        None
    }

    /// How alike the calls of one cluster are, over all units; none without clusters.
    fn correlation(&self, calls: &BTreeMap<usize, Calls<'_>>) -> f64 {
        if self.clusters.is_empty() {
            return 0.0;
        }
        let groups: Vec<Vec<Vec<f64>>> =
            calls.values().map(|calls| calls.clusters.values().cloned().collect()).collect();
        intraclass_correlation(&groups).unwrap_or(0.0)
    }
}

impl Calls<'_> {
    /// The value in the indicator's unit of measure, and its sample.
    fn observed(&self, reduction: &Reduction, spec: Variable<'_>, correlation: f64) -> (f64, Sample) {
        let n = self.values.len() as f64;
        let sizes: Vec<usize> = self.clusters.values().map(Vec::len).collect();
        let effect = design_effect(&sizes, correlation);
        let sum: f64 = self.values.iter().sum();
        let (value, precision) = if reduction.share.is_some() {
            (spec.whole() * sum / n, Precision::Successes(sum as u32))
        } else {
            let mean = sum / n;
            let squares: f64 = self.values.iter().map(|value| (value - mean) * (value - mean)).sum();
            let error = (effect * squares / (n - 1.0) / n).sqrt();
            // One call alone says nothing of how far the mean may be off.
            (mean, if error.is_finite() { Precision::StandardError(error) } else { Precision::Unknown })
        };
        let n = Some(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
        (value, Sample { n, precision, design_effect: effect })
    }
}

fn unknown_indicator(reduction: &Reduction, framework: &FrameworkDefinition) -> Finding {
    let id = shown(reduction.indicator.as_str());
    let help = suggestion(
        reduction.indicator.as_str(),
        framework.framework.variables().map(|spec| spec.id.as_str()),
        bilingual!("写框架中指标的标识", "write the id of an indicator of the framework"),
    );
    Finding::new(
        Code::UnknownReference,
        bilingual!("框架中没有指标“{id}”", "the framework has no indicator `{id}`"),
        help,
    )
}

fn no_way(reduction: &Reduction) -> Finding {
    let id = &reduction.indicator;
    Finding::new(
        Code::BadReduction,
        bilingual!("“{id}”须有 `share` 或 `mean` 之一", "`{id}` needs one of `share` and `mean`"),
        bilingual!(
            "是否列写 `share = \"列名\"`，数值列写 `mean = \"列名\"`",
            "write `share = \"column\"` for yes and no, `mean = \"column\"` for numbers"
        ),
    )
}

fn no_call(reduction: &Reduction) -> Finding {
    let id = &reduction.indicator;
    Finding::new(
        Code::BadReduction,
        bilingual!("没有一行符合“{id}”的 `where` 条件", "no row meets the `where` of `{id}`"),
        bilingual!("对照表中的写法更正条件", "correct it by what the table holds"),
    )
}
