use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::Book;
use super::words::both;
use crate::model::{Id, Unit};
use crate::report::release::Shown;
use crate::report::sheets::Page;

/// The columns of the sheet after those that name the unit.
struct Columns<'a> {
    groups: Vec<(ColNum, &'a crate::plan::Group)>,
    rating: Option<ColNum>,
    score: Option<ColNum>,
    rank: Option<(ColNum, ColNum)>,
    status: ColNum,
    /// Node, weight in the index, column.
    nodes: Vec<(&'a Id, Option<f64>, ColNum)>,
}

/// One row per unit: rating, score, rank, dimensions.
pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let live = book.material.disclosure.scores;
    let note = match live {
        true if super::scores::is_plain_mean(
            &book.material.evaluation.plan,
            &book.material.evaluation.plan.index,
        ) =>
        {
            "workbook_results_note"
        }
        true => "workbook_order_note",
        false => "workbook_public_note",
    };
    let mut page = book.page("workbook_results", note)?;
    let code = page.column(&book.words.head("workbook_code"), 10.0)?;
    let name = page.column(&book.words.head("workbook_name"), 24.0)?;
    let columns = columns(book, &mut page)?;
    for (row, unit) in book.units() {
        let at = page.next_row();
        page.text((at, code), unit.code.as_str(), &book.styles.text)?;
        page.text((at, name), &both(&unit.name).replace('\n', " "), &book.styles.text)?;
        let result = Row { book, columns: &columns, at, row };
        result.groups(&mut page, unit)?;
        result.outcome(&mut page)?;
        result.nodes(&mut page)?;
        page.text((at, columns.status), &book.status(row, unit), &book.styles.text)?;
    }
    let bars: Vec<ColNum> = match live {
        true => columns.score.into_iter().chain(columns.nodes.iter().map(|(_, _, column)| *column)).collect(),
        false => Vec::new(),
    };
    page.finish(2, &bars)
}

fn columns<'a>(book: &Book<'a>, page: &mut Page<'_>) -> Result<Columns<'a>, XlsxError> {
    let disclosure = book.material.disclosure;
    let words = book.words;
    let mut groups = Vec::new();
    for group in &book.material.framework.groups {
        groups.push((page.column(&both(&group.name), 14.0)?, group));
    }
    let rating = match &book.material.evaluation.plan.rating {
        Some(_) => Some(page.column(&words.head("workbook_rating"), 9.0)?),
        None => None,
    };
    let score = match disclosure.scores {
        true => Some(page.column(&words.head("workbook_score"), 10.0)?),
        false => None,
    };
    let rank = match disclosure.ranks {
        true => Some((
            page.column(&words.head("workbook_rank"), 8.0)?,
            page.column(&words.head("workbook_tied"), 8.0)?,
        )),
        false => None,
    };
    let mut nodes = Vec::new();
    let shown = book.material.overview.dimensions.iter();
    for dimension in shown.filter(|dimension| book.release.nodes().contains(&&dimension.id)) {
        let name = book.material.framework.name_of(&dimension.id).map(both).unwrap_or_default();
        let by_quarter = book.release.nodes_by_quarter();
        let head = if by_quarter { format!("{name}\n{}", words.head("workbook_quarter")) } else { name };
        let column = page.column(&head, if by_quarter { 22.0 } else { 16.0 })?;
        if let Some(weight) = dimension.weight {
            page.number((page.above(), column), weight, &book.styles.weight)?;
        }
        nodes.push((&dimension.id, dimension.weight, column));
    }
    if !nodes.is_empty() {
        page.text((page.above(), 1), &words.line("workbook_weight"), &book.styles.note)?;
    }
    let status = page.column(&words.head("workbook_status"), 18.0)?;
    Ok(Columns { groups, rating, score, rank, status, nodes })
}

/// One unit in the edition.
struct Row<'a, 'b> {
    book: &'b Book<'a>,
    columns: &'b Columns<'a>,
    at: RowNum,
    row: usize,
}

impl Row<'_, '_> {
    fn groups(&self, page: &mut Page<'_>, unit: &Unit) -> Result<(), XlsxError> {
        for (column, group) in &self.columns.groups {
            let member = unit.groups.get(&group.id);
            let member = group.members.iter().find(|known| Some(&known.id) == member);
            let name = member.map_or(String::new(), |member| both(&member.name).replace('\n', " "));
            page.text((self.at, *column), &name, &self.book.styles.text)?;
        }
        Ok(())
    }

    fn outcome(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let evaluation = self.book.material.evaluation;
        let outcome = evaluation.outcomes.get(self.row).copied().unwrap_or_default();
        let styles = &self.book.styles;
        if let (Some(column), Some(rating)) = (self.columns.rating, &evaluation.plan.rating) {
            let band = outcome.band.and_then(|band| rating.bands.get(band));
            let name = band.map_or("", |band| band.name.get(crate::diagnostics::Lang::Zh));
            page.text((self.at, column), name, &styles.text)?;
        }
        if let (Some(column), Some(score)) = (self.columns.score, outcome.score) {
            super::mean::write(page, (self.at, column), score.raw, &self.parts(), &self.book.score)?;
        }
        if let (Some((column, tied)), Some(rank)) = (self.columns.rank, outcome.rank) {
            page.number((self.at, column), rank.value, &styles.number)?;
            let word = if rank.tied { self.book.words.line("workbook_yes") } else { String::new() };
            page.text((self.at, tied), &word, &styles.text)?;
        }
        Ok(())
    }

    fn nodes(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        for (id, _, column) in &self.columns.nodes {
            match self.book.release.result(id, self.row) {
                Shown::Nothing => {}
                Shown::Quarter(quarter) => {
                    page.number((self.at, *column), quarter.into(), &self.book.styles.number)?;
                }
                Shown::Score(score) => {
                    page.number((self.at, *column), score, &self.book.score)?;
                }
            }
        }
        Ok(())
    }

    /// What the score is the mean of, if it is a plain one of scores in this sheet.
    fn parts(&self) -> Vec<(ColNum, f64, Option<f64>)> {
        let plan = &self.book.material.evaluation.plan;
        let plain = super::scores::is_plain_mean(plan, &plan.index);
        let part = |(id, weight, column): &(&Id, Option<f64>, ColNum)| match self
            .book
            .release
            .result(id, self.row)
        {
            Shown::Score(score) => Some((*column, (*weight)?, Some(score))),
            Shown::Nothing => Some((*column, (*weight)?, None)),
            Shown::Quarter(_) => None,
        };
        let parts: Option<Vec<_>> = self.columns.nodes.iter().map(part).collect();
        parts.filter(|_| plain).unwrap_or_default()
    }
}
