//! Blank score sheets → pages that people write on.

use serde_json::json;

use super::Said;
use super::matter;
use super::reporter::ContestReporter;
use super::scope::Scope;
use crate::contest::{FormCell, FormRow, ScoreForm};
use crate::numeric::Exact;
use crate::plan::{Criterion, Scheme, Stage, StageRound};
use crate::report::view::contest::{
    ScoreSheet, ScoreSheetCell, ScoreSheetCriterion, ScoreSheetEntry, ScoreSheetPage, ScoreSheetRow,
    ScoreSheets,
};
use crate::report::{ContestMaterial, TemplateError, form_key, score_forms};

/// Height of a row that a mark is written in, and of one of several of an entry, in
/// millimetres.
const ROW: f64 = 7.9;
const NARROW_ROW: f64 = 6.6;
/// Room for rows on a page that lies on its side, and on an upright one.
const ROOM_FLIPPED: f64 = 126.0;
const ROOM_UPRIGHT: f64 = 207.0;
/// Columns of marks from which on a page lies on its side.
const MOST_UPRIGHT: usize = 3;
/// Rows from which on a sheet with one column of marks has two tables on a page.
const LONG: usize = 30;
/// The longest definition that stands in a head, in letters of Chinese.
const LONGEST_IN_HEAD: usize = 36;

impl ContestReporter<'_> {
    /// The sheets of one round in one document.
    pub fn score_sheets(&self, forms: &[&ScoreForm]) -> Result<ScoreSheets, TemplateError> {
        let scope = self.scope();
        let mut sheets = Vec::new();
        let mut id = String::new();
        for form in forms {
            let declared = scope.material.rubric.rounds().nth(form.round).and_then(|(stage, round)| {
                let stage = scope.material.rubric.stages.get(stage)?;
                Some((stage, round, scope.material.rubric.scheme(&round.scheme)?))
            });
            if let Some((stage, round, scheme)) = declared {
                id = round.id.to_string();
                sheets.push(Writer { scope: &scope, form, stage, round, scheme }.sheet()?);
            }
        }
        Ok(ScoreSheets {
            schema: ScoreSheets::SCHEMA,
            lang: scope.lang.code(),
            labels: self.labels(&["day_form_", "contest_page"]),
            document: matter::document(&scope, "day_form_kind")?,
            id,
            sheets,
        })
    }
}

struct Writer<'s, 'a> {
    scope: &'s Scope<'a>,
    form: &'s ScoreForm,
    stage: &'a Stage,
    round: &'a StageRound,
    scheme: &'a Scheme,
}

impl Writer<'_, '_> {
    fn sheet(&self) -> Result<ScoreSheet, TemplateError> {
        let (scope, form) = (self.scope, self.form);
        let criteria: Vec<&Criterion> =
            form.criteria.iter().filter_map(|at| self.scheme.criteria.get(*at)).collect();
        let heads = criteria.iter().map(|one| self.criterion(one)).collect::<Result<Vec<_>, _>>()?;
        let long = |head: &ScoreSheetCriterion| {
            head.definition.as_ref().is_some_and(|text| width(text) > LONGEST_IN_HEAD)
        };
        let total = self.total(&criteria)?;
        let flipped = criteria.len() + usize::from(total.is_some()) > MOST_UPRIGHT;
        let (most, row_height) = self.rows(if flipped { ROOM_FLIPPED } else { ROOM_UPRIGHT });
        let tables = if criteria.len() == 1 && form.rows.len() > LONG { 2 } else { 1 };
        let round = scope.text(&self.round.name);
        let key = form_key(scope.material, form).map(|key| key.to_string());
        Ok(ScoreSheet {
            title: scope.say("day_form_title", json!({ "round": round }))?,
            stage: scope.text(&self.stage.name).to_owned(),
            round: round.to_owned(),
            judge: form.judge.map(|judge| scope.judge_code(judge)),
            key: key.unwrap_or_default(),
            footer: self.footer()?,
            rule: self.rule(&criteria)?,
            legend: heads.iter().any(long),
            criteria: heads,
            total,
            ordered: form.rows.iter().any(|row| row.position.is_some()),
            members: form.rows.iter().any(|row| row.member.is_some()),
            attempts: form.rows.iter().any(|row| row.attempt.is_some()),
            flipped,
            row_height,
            tables,
            pages: self.pages(most, tables)?,
        })
    }

    /// How many rows stand one below the other in so many millimetres, and how high
    /// they are: whole entries fill the room, and a page that lower rows save is saved.
    fn rows(&self, room: f64) -> (usize, f64) {
        let entries = self.form.rows.chunk_by(|a, b| a.entry == b.entry);
        let longest = entries.map(<[FormRow]>::len).max().unwrap_or(1).max(1);
        let most = |height: f64| {
            let most = (room / height) as usize;
            if longest < most { most - most % longest } else { most.max(1) }
        };
        let (high, low) = (most(if longest > 1 { NARROW_ROW } else { ROW }), most(NARROW_ROW));
        let pages = |most: usize| self.form.rows.len().div_ceil(most);
        let chosen = if pages(low) < pages(high) { low } else { high };
        // Rows of several pages are spread over them; a lone page keeps its rows high.
        let even = self.form.rows.len().div_ceil(pages(chosen));
        let even = even.next_multiple_of(longest.min(chosen)).min(chosen);
        let shown = if pages(chosen) == 1 && chosen == high { high } else { even };
        (shown, (room / shown as f64).min(ROW + 1.0))
    }

    fn footer(&self) -> Said {
        let ContestMaterial { rubric, input, rubric_sha256, .. } = self.scope.material;
        let seed = input.day().and_then(|day| day.seed_of_order(self.round.id.as_str()));
        let facts = json!({
            "rubric": self.scope.text(&rubric.name), "version": rubric.version,
            "hash": rubric_sha256.get(..16), "seed": seed.and_then(|seed| seed.get(..16)),
        });
        self.scope.say("day_form_footer", facts)
    }

    fn criterion(&self, criterion: &Criterion) -> Result<ScoreSheetCriterion, TemplateError> {
        let definition = criterion.definition.as_ref();
        Ok(ScoreSheetCriterion {
            name: criterion.name.get(self.scope.lang).to_owned(),
            scale: self.scope.say("day_form_range", score_forms::range_facts(criterion))?,
            definition: definition.map(|text| text.get(self.scope.lang).to_owned()),
        })
    }

    /// What the sum of a row is out of, where marks are added up.
    fn total(&self, criteria: &[&Criterion]) -> Result<Option<String>, TemplateError> {
        if !score_forms::is_summed(self.form, criteria) {
            return Ok(None);
        }
        let highest: Exact = criteria.iter().filter_map(|one| one.high.as_ref()).sum();
        self.scope.say("day_form_of", json!({ "high": highest.to_string() })).map(Some)
    }

    /// How marks are written; how fine, where that is the same for all.
    fn rule(&self, criteria: &[&Criterion]) -> Said {
        let mut fineness = Vec::new();
        for criterion in criteria {
            fineness.push(self.scope.say("day_form_fineness", score_forms::range_facts(criterion))?);
        }
        fineness.dedup();
        let common = match fineness.as_slice() {
            [only] => only.clone(),
            _ => String::new(),
        };
        self.scope.say("day_form_rule", json!({ "fineness": common }))
    }

    /// The rows of one entry stay together where a page has room for them.
    fn pages(&self, most: usize, tables: usize) -> Result<Vec<ScoreSheetPage>, TemplateError> {
        let mut columns: Vec<Vec<ScoreSheetEntry>> = Vec::new();
        let mut left = 0;
        for entry in self.form.rows.chunk_by(|a, b| a.entry == b.entry) {
            for rows in entry.chunks(most.max(1)) {
                if rows.len() > left {
                    columns.push(Vec::new());
                    left = most.max(1);
                }
                left -= rows.len();
                let made = self.entry(rows)?;
                columns.extend(columns.is_empty().then(Vec::new));
                if let Some(last) = columns.last_mut() {
                    last.push(made);
                }
            }
        }
        let page = |tables: &[Vec<ScoreSheetEntry>]| {
            let shown = |entry: &ScoreSheetEntry| entry.order.clone().unwrap_or_else(|| entry.code.clone());
            let first = tables.first().and_then(|table| table.first()).map(shown).unwrap_or_default();
            let last = tables.last().and_then(|table| table.last()).map(shown).unwrap_or_default();
            let span = if first == last { first } else { format!("{first}–{last}") };
            ScoreSheetPage { span, tables: tables.to_vec() }
        };
        Ok(columns.chunks(tables).map(page).collect())
    }

    fn entry(&self, rows: &[FormRow]) -> Result<ScoreSheetEntry, TemplateError> {
        let scope = self.scope;
        let first = rows.first();
        let mut made = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut cells = Vec::new();
            for (column, cell) in row.cells.iter().enumerate() {
                cells.push(self.cell(rows, at, column, *cell)?);
            }
            made.push(ScoreSheetRow {
                member: row
                    .member
                    .and_then(|member| Some(scope.material.input.members().get(member)?.code.clone())),
                attempt: row.attempt.and_then(|attempt| {
                    let round = scope.material.input.rounds().get(self.form.round)?;
                    Some(round.attempts.get(attempt)?.code.clone())
                }),
                cells,
            });
        }
        let all: Vec<&FormCell> = rows.iter().flat_map(|row| &row.cells).collect();
        let reason = all.iter().find_map(|cell| score_forms::reason(**cell));
        let closed = reason.filter(|_| !all.contains(&&FormCell::Open));
        Ok(ScoreSheetEntry {
            order: first.and_then(|row| row.position).map(|position| position.to_string()),
            code: first.map_or(String::new(), |row| scope.entry_code(row.entry)),
            closed: closed.map(|why| scope.say("day_form_closed", json!({ "why": why }))).transpose()?,
            rows: made,
        })
    }

    fn cell(
        &self,
        rows: &[FormRow],
        at: usize,
        column: usize,
        cell: FormCell,
    ) -> Result<ScoreSheetCell, TemplateError> {
        let criterion = self.form.criteria.get(column).and_then(|at| self.scheme.criteria.get(*at));
        let of_entry = criterion.is_some_and(|one| !one.per_member && !one.per_attempt);
        let (kind, covers) = match cell {
            FormCell::Open if of_entry && at == 0 => ("open", rows.len()),
            FormCell::Open => ("open", 1),
            FormCell::Elsewhere if of_entry => {
                let above = rows.first().and_then(|row| row.cells.get(column));
                (if above == Some(&FormCell::Open) { "covered" } else { "none" }, 1)
            }
            FormCell::Elsewhere => ("none", 1),
            _ => ("closed", 1),
        };
        let reason = score_forms::reason(cell);
        Ok(ScoreSheetCell {
            kind,
            rows: covers,
            reason: reason.map(|why| self.scope.say("day_form_closed", json!({ "why": why }))).transpose()?,
        })
    }
}

/// The width of a text in letters of Chinese.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}
