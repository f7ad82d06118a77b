use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::Book;
use super::words::both;
use crate::ledger::{Correction, CorrectionKind, Effect, Returned, Standing};
use crate::model::{Absence, Cell};
use crate::report::revisions::{self, ShownRevision};
use crate::report::sheets::Page;
use crate::validate::{Stated, stated_of};

/// A column: the word of its head, its width, and what it has of a row.
type Field = (&'static str, f64, fn(&Book<'_>, &Entry<'_>) -> Said);

/// What a cell says.
enum Said {
    Nothing,
    Number(f64),
    Score(f64),
    Text(String),
    Absent(String),
}

/// One row: a revision and, unless it changed and refused nothing, a value asked for.
struct Entry<'a> {
    one: &'a ShownRevision<'a>,
    asked: Option<&'a Correction>,
    effect: Option<&'a Effect>,
}

/// One row per value that was asked for, in order of the log; `None` for data as
/// first read, and where the audience may see none of it.
pub(super) fn sheet(book: &Book<'_>) -> Result<Option<Worksheet>, XlsxError> {
    let full = revisions::in_full(book.material);
    let shown = revisions::shown(book.material);
    let entries: Vec<Entry<'_>> = shown.iter().flat_map(|one| entries(one, full)).collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let note = if full { "workbook_revisions_note" } else { "workbook_revisions_public" };
    let mut page = book.page("workbook_revisions", note)?;
    let fields = fields(book);
    for (head, width, _) in &fields {
        page.column(&book.words.head(head), *width)?;
    }
    for entry in &entries {
        let at = page.next_row();
        for (column, (_, _, say)) in (0..).zip(&fields) {
            write(book, &mut page, (at, column), say(book, entry))?;
        }
    }
    page.finish(4, &[]).map(Some)
}

fn entries<'a>(one: &'a ShownRevision<'a>, full: bool) -> Vec<Entry<'a>> {
    let of = |asked: &&'a Correction| Entry { one, asked: Some(*asked), effect: one.effect(&asked.unit) };
    let mut entries: Vec<Entry<'a>> = one.corrections.iter().map(of).collect();
    if entries.is_empty() && full {
        entries.push(Entry { one, asked: None, effect: None });
    }
    entries
}

fn write(book: &Book<'_>, page: &mut Page<'_>, at: (RowNum, ColNum), said: Said) -> Result<(), XlsxError> {
    match said {
        Said::Nothing => Ok(()),
        Said::Number(number) => page.number(at, number, &book.styles.number),
        Said::Score(score) => page.number(at, score, &book.score),
        Said::Text(text) => page.text(at, &text, &book.styles.wrapped),
        Said::Absent(text) => page.text(at, &text, &book.styles.absent),
    }
}

/// The columns that the audience may see.
fn fields(book: &Book<'_>) -> Vec<Field> {
    let disclosure = book.material.disclosure;
    let mut fields = WHAT.to_vec();
    if revisions::in_full(book.material) {
        fields.extend(WHY);
    }
    if book.material.evaluation.plan.rating.is_some() {
        fields.extend(RATINGS);
    }
    if disclosure.scores {
        fields.extend(SCORES);
    }
    if disclosure.ranks {
        fields.extend(RANKS);
    }
    if revisions::in_full(book.material) {
        fields.extend(RECORD);
    }
    fields
}

const WHAT: [Field; 9] = [
    ("workbook_revision", 9.0, |_, entry| Said::Number(entry.one.line.seq as f64)),
    ("workbook_date", 12.0, |_, entry| Said::Text(revisions::date(&entry.one.line.at).to_owned())),
    ("workbook_code", 10.0, |_, entry| of(entry, |asked| asked.unit.clone())),
    ("workbook_name", 22.0, unit_name),
    ("workbook_indicator", 30.0, |book, entry| {
        of(entry, |asked| {
            let known = revisions::variable(book.material, &asked.indicator);
            known.map_or_else(|| asked.indicator.clone(), |(name, _)| both(name))
        })
    }),
    ("workbook_revision_period", 10.0, |_, entry| of(entry, |asked| asked.period.clone())),
    ("workbook_revision_old", 12.0, |book, entry| value(book, entry.asked.map(|asked| &*asked.old))),
    ("workbook_revision_new", 12.0, |book, entry| value(book, entry.asked.map(|asked| &*asked.new))),
    ("workbook_measure", 10.0, |book, entry| {
        of(entry, |asked| {
            let known = revisions::variable(book.material, &asked.indicator);
            known.map_or(String::new(), |(_, measure)| both(measure))
        })
    }),
];

const WHY: [Field; 6] = [
    ("workbook_revision_kind", 12.0, |book, entry| {
        of(entry, |asked| match asked.kind {
            CorrectionKind::Correction => book.words.line("workbook_correction"),
            CorrectionKind::Appeal => book.words.line("workbook_appeal"),
        })
    }),
    ("workbook_revision_decision", 12.0, |book, entry| {
        of(entry, |asked| {
            book.words.line(if asked.holds() { "workbook_accepted" } else { "workbook_refused" })
        })
    }),
    ("workbook_revision_reason", 44.0, |_, entry| of(entry, |asked| asked.reason.clone())),
    ("workbook_revision_evidence", 24.0, |_, entry| {
        of(entry, |asked| asked.evidence.as_ref().map_or(String::new(), |one| one.text.clone()))
    }),
    ("workbook_revision_evidence_hash", 24.0, |_, entry| {
        of(entry, |asked| asked.evidence.as_ref().and_then(|one| one.sha256.clone()).unwrap_or_default())
    }),
    ("workbook_revision_decided", 14.0, |_, entry| of(entry, |asked| asked.by.clone())),
];

const RATINGS: [Field; 2] = [
    ("workbook_revision_rating_before", 12.0, |book, entry| band(book, before(entry))),
    ("workbook_revision_rating_after", 12.0, |book, entry| band(book, after(entry))),
];

const SCORES: [Field; 2] = [
    ("workbook_revision_score_before", 12.0, |_, entry| score(before(entry))),
    ("workbook_revision_score_after", 12.0, |_, entry| score(after(entry))),
];

const RANKS: [Field; 2] = [
    ("workbook_revision_rank_before", 12.0, |_, entry| rank(before(entry))),
    ("workbook_revision_rank_after", 12.0, |_, entry| rank(after(entry))),
];

/// What the whole revision came to, and how it got on record.
const RECORD: [Field; 5] = [
    ("workbook_revision_others", 20.0, |_, entry| {
        let revised = entry.one.revised;
        let counts = [revised.other_scores, revised.other_ranks, revised.other_ratings];
        Said::Text(counts.map(|count| count.to_string()).join(" / "))
    }),
    ("workbook_revision_files", 30.0, |_, entry| {
        let files = entry.one.revised.returned.iter();
        Said::Text(files.map(|file: &Returned| file.file.as_str()).collect::<Vec<_>>().join("\n"))
    }),
    ("workbook_revision_at", 26.0, |_, entry| Said::Text(entry.one.line.at.clone())),
    ("workbook_revision_by", 14.0, |_, entry| Said::Text(entry.one.line.by.clone())),
    ("workbook_revision_hash", 68.0, |_, entry| Said::Text(entry.one.line.hash.clone())),
];

fn of(entry: &Entry<'_>, text: impl FnOnce(&Correction) -> String) -> Said {
    entry.asked.map_or(Said::Nothing, |asked| Said::Text(text(asked)))
}

fn unit_name(book: &Book<'_>, entry: &Entry<'_>) -> Said {
    of(entry, |asked| {
        let units = book.material.input.panel().units();
        let unit = units.position(&asked.unit).and_then(|at| units.get(at));
        unit.map_or(String::new(), |unit| both(&unit.name).replace('\n', " "))
    })
}

fn value(book: &Book<'_>, text: Option<&str>) -> Said {
    match text.and_then(stated_of) {
        None => Said::Nothing,
        Some(Stated::Cell(Cell::Value(value))) => Said::Number(value),
        Some(Stated::Cell(Cell::Absent(Absence::NotApplicable))) => {
            Said::Absent(book.words.line("workbook_not_applicable"))
        }
        Some(Stated::Unreadable) => Said::Absent(book.words.line("workbook_revision_unreadable")),
        Some(Stated::Cell(Cell::Absent(_))) => Said::Absent("—".to_owned()),
    }
}

fn before<'a>(entry: &'a Entry<'_>) -> Option<&'a Standing> {
    entry.effect.map(|effect| &effect.before)
}

fn after<'a>(entry: &'a Entry<'_>) -> Option<&'a Standing> {
    entry.effect.map(|effect| &effect.after)
}

fn score(standing: Option<&Standing>) -> Said {
    number(standing.and_then(|one| one.score.as_deref())).map_or(Said::Nothing, Said::Score)
}

fn rank(standing: Option<&Standing>) -> Said {
    number(standing.and_then(|one| one.rank.as_deref())).map_or(Said::Nothing, Said::Number)
}

fn number(text: Option<&str>) -> Option<f64> {
    text?.parse().ok()
}

fn band(book: &Book<'_>, standing: Option<&Standing>) -> Said {
    let id = standing.and_then(|one| one.rating.as_deref());
    let bands = book.material.framework.rating.as_ref().map(|rating| &rating.bands);
    let band = id.zip(bands).and_then(|(id, bands)| bands.iter().find(|band| band.id.as_str() == id));
    band.map_or(Said::Nothing, |band| Said::Text(both(&band.name).replace('\n', " ")))
}
