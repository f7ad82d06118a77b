use rust_xlsxwriter::{ColNum, Worksheet, XlsxError};

use super::Book;
use super::words::both;
use crate::model::Id;
use crate::plan::{Aggregation, Plan, Rule};

/// One row per unit: every node and indicator on the common scale, from the
/// index down; nodes are live formulas of what stands below them.
pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page("workbook_scores", "workbook_scores_note")?;
    let code = page.column(&book.words.head("workbook_code"), 10.0)?;
    let name = page.column(&book.words.head("workbook_name"), 24.0)?;
    page.text((page.above(), name), &book.words.line("workbook_weight"), &book.styles.note)?;
    let plan = &book.material.evaluation.plan;
    let mut columns: Vec<(Placed<'_>, ColNum)> = Vec::new();
    for placed in in_order(book) {
        let head = book.material.framework.name_of(placed.id).map(both).unwrap_or_default();
        let column = page.column(&head, 14.0)?;
        if let Some(weight) = placed.weight {
            page.number((page.above(), column), weight, &book.styles.weight)?;
        }
        columns.push((placed, column));
    }
    for (row, unit) in book.units() {
        let at = page.next_row();
        page.text((at, code), unit.code.as_str(), &book.styles.text)?;
        page.text((at, name), &both(&unit.name).replace('\n', " "), &book.styles.text)?;
        let value = |id: &Id| {
            let column = book.material.evaluation.column(id).filter(|_| !book.release.withholds(id, row));
            column.and_then(|column| column.value(row))
        };
        for (placed, column) in &columns {
            let Some(score) = value(placed.id) else { continue };
            let parts: Vec<(ColNum, f64, Option<f64>)> = columns
                .iter()
                .filter(|(part, _)| part.parent == Some(placed.id))
                .filter_map(|(part, column)| Some((*column, part.weight?, value(part.id))))
                .collect();
            let parts = if is_plain_mean(plan, placed.id) { parts } else { Vec::new() };
            super::mean::write(&mut page, (at, *column), score, &parts, &book.score)?;
        }
    }
    let bars: Vec<ColNum> = columns.iter().map(|(_, column)| *column).collect();
    page.finish(2, &bars)
}

/// Whether a node is a weighted arithmetic mean.
pub(super) fn is_plain_mean(plan: &Plan, id: &Id) -> bool {
    plan.node(id)
        .is_some_and(|node| matches!(&node.rule, Rule::Aggregate { method: Aggregation::Arithmetic, .. }))
}

/// A node or an indicator in the tree.
struct Placed<'a> {
    id: &'a Id,
    parent: Option<&'a Id>,
    weight: Option<f64>,
}

/// The index, what is below it, level by level within each branch; then what
/// stands beside it.
fn in_order<'a>(book: &Book<'a>) -> Vec<Placed<'a>> {
    let plan = &book.material.evaluation.plan;
    let beside = plan.nodes.iter().rev().map(|node| &node.id);
    let mut order: Vec<Placed<'a>> = Vec::new();
    for root in std::iter::once(&plan.index).chain(beside) {
        let mut open = vec![Placed { id: root, parent: None, weight: None }];
        while let Some(next) = open.pop() {
            if order.iter().any(|placed| placed.id == next.id) {
                continue;
            }
            let parent = next.id;
            order.push(next);
            let Some(Rule::Aggregate { children, weights, .. }) = plan.node(parent).map(|node| &node.rule)
            else {
                continue;
            };
            let below = children.iter().zip(weights.as_slice());
            open.extend(below.rev().map(|(id, weight)| Placed {
                id,
                parent: Some(parent),
                weight: Some(*weight),
            }));
        }
    }
    order
}
