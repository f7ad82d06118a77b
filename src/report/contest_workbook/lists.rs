use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Book;
use crate::diagnostics::Lang;
use crate::report::build::contest::rules_in_words;
use crate::store::Tool;
use crate::validate::{Event, EventKind};

/// Every mark as it counts, with the marks it replaced.
pub(super) fn marks(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page(&book.words.zh.word("contest_sheet_marks").unwrap_or_default(), "")?;
    let heads = ["round", "code", "member", "attempt", "criterion", "judge", "mark", "replaced"];
    let widths = [16.0, 10.0, 12.0, 12.0, 22.0, 9.0, 11.0, 16.0];
    let mut columns = Vec::new();
    for (head, width) in heads.iter().zip(widths) {
        columns.push(page.column(&book.words.head(&format!("contest_xlsx_{head}"))?, width)?);
    }
    let [round_at, code, member, attempt, criterion, judge, mark_at, replaced] = columns.as_slice() else {
        return page.finish(0, &[]);
    };
    let input = book.material.input;
    for (at, round) in input.rounds().iter().enumerate() {
        let declared = book.material.rubric.rounds().nth(at).map(|(_, round)| round);
        let scheme = declared.and_then(|declared| book.material.rubric.scheme(&declared.scheme));
        let name = declared.map_or("", |declared| declared.name.zh.as_str());
        for mark in &round.marks {
            let row = page.next_row();
            let text = &book.styles.text;
            page.text((row, *round_at), name, text)?;
            page.text((row, *code), input.entries().get(mark.key.entry).map_or("", |own| &own.code), text)?;
            let own = mark.key.member.and_then(|at| input.members().get(at));
            page.text((row, *member), own.map_or("", |own| &own.code), text)?;
            let own = mark.key.attempt.and_then(|at| round.attempts.get(at));
            page.text((row, *attempt), own.map_or("", |own| &own.code), text)?;
            let own = scheme.and_then(|scheme| scheme.criteria.get(mark.key.criterion));
            page.text((row, *criterion), own.map_or("", |own| &own.name.zh), text)?;
            let own = mark.key.judge.and_then(|at| input.judges().get(at));
            page.text((row, *judge), own.map_or("", |own| &own.code), text)?;
            page.number((row, *mark_at), mark.value.to_f64(), &book.styles.decimals(None))?;
            let old: Vec<String> = mark.replaced.iter().map(ToString::to_string).collect();
            page.text((row, *replaced), &old.join(", "), text)?;
        }
    }
    page.finish(2, &[])
}

/// What happened, row by row as it was recorded.
pub(super) fn events(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page(&book.words.zh.word("contest_sheet_events").unwrap_or_default(), "")?;
    let heads = ["kind", "round", "code", "judge", "criterion", "old", "value", "by", "reason"];
    let widths = [14.0, 16.0, 10.0, 9.0, 20.0, 10.0, 10.0, 16.0, 40.0];
    let mut columns = Vec::new();
    for (head, width) in heads.iter().zip(widths) {
        columns.push(page.column(&book.words.head(&format!("contest_xlsx_{head}"))?, width)?);
    }
    for event in book.material.input.events() {
        let row = page.next_row();
        for (column, text) in columns.iter().zip(fields(book, event)) {
            page.text((row, *column), &text, &book.styles.text)?;
        }
    }
    page.finish(1, &[])
}

fn fields(book: &Book<'_>, event: &Event) -> [String; 9] {
    let input = book.material.input;
    let rubric = book.material.rubric;
    let kind = match &event.kind {
        EventKind::Measured(kind) => kind.clone(),
        kind => serde_json::to_value(kind)
            .ok()
            .and_then(|kind| kind.as_str().map(str::to_owned))
            .unwrap_or_default(),
    };
    let round = event.round.and_then(|at| rubric.rounds().nth(at)).map(|(_, round)| round);
    let stage = event.stage.and_then(|at| rubric.stages.get(at));
    let place = round.map(|round| &round.name).or(stage.map(|stage| &stage.name));
    let criterion = round
        .and_then(|round| rubric.scheme(&round.scheme))
        .zip(event.criterion)
        .and_then(|(scheme, at)| scheme.criteria.get(at));
    let number =
        |number: &Option<crate::numeric::Exact>| number.as_ref().map_or(String::new(), ToString::to_string);
    [
        kind,
        place.map_or(String::new(), |name| name.zh.clone()),
        event.entry.and_then(|at| input.entries().get(at)).map_or(String::new(), |own| own.code.clone()),
        event.judge.and_then(|at| input.judges().get(at)).map_or(String::new(), |own| own.code.clone()),
        criterion.map_or(String::new(), |criterion| criterion.name.zh.clone()),
        number(&event.old),
        number(&event.value),
        event.by.clone(),
        event.reason.clone(),
    ]
}

/// The rules in plain words, in both languages.
pub(super) fn rules(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page(&book.words.zh.word("contest_rules_name").unwrap_or_default(), "")?;
    let rule = page.column(&book.words.head("contest_xlsx_rule")?, 26.0)?;
    let zh = page.column("中文", 70.0)?;
    let en = page.column("English", 70.0)?;
    let said = |lang, words| {
        rules_in_words(book.material.rubric, words, lang)
            .map_err(|error| XlsxError::ParameterError(error.problem))
    };
    let (chinese, english) = (said(Lang::Zh, &book.words.zh)?, said(Lang::En, &book.words.en)?);
    for (first, second) in chinese.iter().zip(&english) {
        let row = page.next_row();
        page.text((row, rule), &format!("{}\n{}", first.title, second.title), &book.styles.wrapped)?;
        page.text((row, zh), &first.text, &book.styles.wrapped)?;
        page.text((row, en), &second.text, &book.styles.wrapped)?;
    }
    page.finish(1, &[])
}

/// Files, hashes and the program.
pub(super) fn sources(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page(&book.words.zh.word("contest_sheet_sources").unwrap_or_default(), "")?;
    let what = page.column(&book.words.head("contest_xlsx_source")?, 40.0)?;
    let text = page.column("SHA-256", 70.0)?;
    let own = [
        (book.words.line("contest_colophon_rubric_hash", ())?, book.material.rubric_sha256.to_owned()),
        (book.words.line("contest_colophon_result_hash", ())?, book.material.result_sha256.to_owned()),
        (book.words.line("contest_colophon_tool", ())?, Tool::this().to_string()),
    ];
    let files = book.material.files.iter().map(|file| (file.name.clone(), file.sha256.clone()));
    for (name, value) in own.into_iter().chain(files) {
        let row = page.next_row();
        page.text((row, what), &name, &book.styles.text)?;
        page.text((row, text), &value, &book.styles.text)?;
    }
    page.finish(1, &[])
}
