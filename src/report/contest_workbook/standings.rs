use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError, row_col_to_cell};

use super::{Book, both};
use crate::contest::{RoundResult, StageResult, Standing};
use crate::numeric::Exact;
use crate::plan::{Operation, Stage, Term};
use crate::report::build::contest::{last_rounding, part_places};

/// One sheet for each stage, the last stage first, then one for each ranking of
/// members.
pub(super) fn sheets(book: &Book<'_>) -> Result<Vec<Worksheet>, XlsxError> {
    let held = book.material.result.stages.iter().rev().filter(|stage| !stage.standings.is_empty());
    let mut sheets = Vec::new();
    for result in held {
        if let Some(stage) = book.material.rubric.stages.get(result.stage) {
            sheets.push(stage_sheet(book, stage, result)?);
        }
    }
    for result in &book.material.result.individuals {
        sheets.push(members_sheet(book, result)?);
    }
    Ok(sheets)
}

/// A round of a stage and the column of its score.
struct RoundColumn<'a> {
    result: &'a RoundResult,
    column: ColNum,
    places: Option<u8>,
}

fn stage_sheet(book: &Book<'_>, stage: &Stage, result: &StageResult) -> Result<Worksheet, XlsxError> {
    let name =
        format!("{} {}", stage.name.zh, book.words.zh.word("contest_sheet_standings").unwrap_or_default());
    let mut page = book.page(&name, &book.words.line("contest_xlsx_standings_note", ())?)?;
    let place = page.column(&book.words.head("contest_place_label")?, 7.0)?;
    let tied = page.column(&book.words.head("contest_xlsx_tied")?, 7.0)?;
    let code = page.column(&book.words.head("contest_xlsx_code")?, 10.0)?;
    let zh = page.column(&book.words.head("contest_xlsx_name_zh")?, 26.0)?;
    let en = page.column(&book.words.head("contest_xlsx_name_en")?, 26.0)?;
    let mut rounds = Vec::new();
    for round in &result.rounds {
        let declared = stage.rounds.iter().find(|declared| declared.id == round.id);
        let places = declared.and_then(|declared| {
            let scheme = book.material.rubric.scheme(&declared.scheme)?;
            part_places(scheme.parts.get(scheme.part(&scheme.score)?)?)
        });
        let head = declared.map_or(String::new(), |declared| both(&declared.name));
        rounds.push(RoundColumn { result: round, column: page.column(&head, 13.0)?, places });
    }
    let total = page.column(&book.words.head("contest_total")?, 13.0)?;
    let prize = page.column(&book.words.head("contest_xlsx_outcome")?, 18.0)?;
    let stage_rounding = stage.score.as_ref().and_then(|score| last_rounding(&score.steps));
    let places = stage_rounding.or_else(|| rounds.iter().filter_map(|round| round.places).max());
    for standing in &result.standings {
        let row = page.next_row();
        if let Some(rank) = standing.rank {
            page.number((row, place), f64::from(rank), &book.styles.decimals(Some(0)))?;
        }
        page.text((row, tied), if standing.tied { "=" } else { "" }, &book.styles.text)?;
        if let Some(entry) = book.material.input.entries().get(standing.who) {
            page.text((row, code), &entry.code, &book.styles.text)?;
            page.text((row, zh), &entry.name.zh, &book.styles.text)?;
            page.text((row, en), &entry.name.en, &book.styles.text)?;
        }
        let mut scores = Vec::new();
        for round in &rounds {
            let score = round.result.standing(standing.who).and_then(|own| own.score.as_ref());
            if let Some(score) = score {
                page.number((row, round.column), score.to_f64(), &book.styles.decimals(round.places))?;
            }
            scores.push(score);
        }
        if let Some(score) = &standing.score {
            let format = book.styles.decimals(places);
            match total_formula(book, stage, &rounds, &scores, row, score) {
                Some(formula) => page.formula((row, total), &formula, score.to_f64(), &format)?,
                None => page.number((row, total), score.to_f64(), &format)?,
            }
        }
        page.text((row, prize), &outcome(book, stage, result, standing)?, &book.styles.text)?;
    }
    page.finish(4, &[])
}

/// The stage's score as a sum of the cells of its rounds; `None` where it is made
/// otherwise, or where the sum is not exactly the score.
fn total_formula(
    book: &Book<'_>,
    stage: &Stage,
    rounds: &[RoundColumn<'_>],
    scores: &[Option<&Exact>],
    row: RowNum,
    score: &Exact,
) -> Option<String> {
    let sum: Vec<(Exact, usize)> = match &stage.score {
        Some(declared) => {
            let one = |term: &Term| {
                let at = rounds.iter().position(|round| Some(&round.result.id) == term.round.as_ref())?;
                Some((term.times.clone(), at))
            };
            declared.terms.iter().map(one).collect::<Option<_>>()?
        }
        None => (0..rounds.len()).map(|at| (Exact::from(1), at)).collect(),
    };
    let steps = stage.score.as_ref().map_or(&[][..], |score| &score.steps);
    let (places, rounding) = match steps {
        [] => (None, book.material.rubric.rounding),
        [Operation::Round { places, rounding }] => {
            (Some(*places), rounding.unwrap_or(book.material.rubric.rounding))
        }
        _ => return None,
    };
    let mut exact = Exact::zero();
    let mut text = String::new();
    for (times, at) in &sum {
        exact = &exact + &((*scores.get(*at)?)? * times);
        let cell = row_col_to_cell(row, rounds.get(*at)?.column);
        let term = if *times == Exact::from(1) { cell } else { format!("{times}*{cell}") };
        text = if text.is_empty() { term } else { format!("{text}+{term}") };
    }
    let computed = places.map_or(exact.clone(), |places| exact.round(places, rounding));
    if computed != *score || (places.is_some() && !book.rounds_as_sheets_do()) || text.contains('/') {
        return None;
    }
    Some(match places {
        Some(places) => format!("=ROUND({text},{places})"),
        None => format!("={text}"),
    })
}

/// Prize, going on, or why there is no place.
fn outcome(
    book: &Book<'_>,
    stage: &Stage,
    result: &StageResult,
    standing: &Standing,
) -> Result<String, XlsxError> {
    let who = standing.who;
    let prizes = book.material.rubric.prizes.iter().filter(|prize| prize.of == stage.id);
    let won = prizes.filter(|prize| {
        let given = book.material.result.prizes.iter().find(|given| given.id == prize.id);
        given.is_some_and(|given| given.winners.contains(&who))
    });
    let mut words: Vec<String> = won.map(|prize| both(&prize.name).replace('\n', " ")).collect();
    if let Some(advance) = &result.advance {
        if advance.through.contains(&who) {
            words.push(book.words.line("contest_advanced", ())?);
        }
        if let Some(at) = advance.reserves.iter().position(|reserve| *reserve == who) {
            let n = std::collections::BTreeMap::from([("n", at + 1)]);
            words.push(book.words.line("contest_reserve", &n)?);
        }
    }
    if standing.rank.is_none() {
        let status = std::collections::BTreeMap::from([("status", standing.status)]);
        words.push(book.words.line("contest_status_word", &status)?);
    }
    Ok(words.join("; "))
}

fn members_sheet(book: &Book<'_>, result: &crate::contest::IndividualResult) -> Result<Worksheet, XlsxError> {
    let declared = book.material.rubric.individuals.iter().find(|one| one.id == result.id);
    let name = declared.map_or("", |one| one.name.zh.as_str());
    let mut page = book.page(name, "")?;
    let place = page.column(&book.words.head("contest_place_label")?, 7.0)?;
    let tied = page.column(&book.words.head("contest_xlsx_tied")?, 7.0)?;
    let code = page.column(&book.words.head("contest_xlsx_code")?, 10.0)?;
    let zh = page.column(&book.words.head("contest_xlsx_name_zh")?, 22.0)?;
    let en = page.column(&book.words.head("contest_xlsx_name_en")?, 22.0)?;
    let entry = page.column(&both(&book.material.rubric.entries), 26.0)?;
    let score = page.column(&book.words.head("contest_score_column")?, 13.0)?;
    for standing in &result.standings {
        let row = page.next_row();
        if let Some(rank) = standing.rank {
            page.number((row, place), f64::from(rank), &book.styles.decimals(Some(0)))?;
        }
        page.text((row, tied), if standing.tied { "=" } else { "" }, &book.styles.text)?;
        if let Some(member) = book.material.input.members().get(standing.who) {
            page.text((row, code), &member.code, &book.styles.text)?;
            page.text((row, zh), &member.name.zh, &book.styles.text)?;
            page.text((row, en), &member.name.en, &book.styles.text)?;
            let own = book.material.input.entries().get(member.entry);
            page.text((row, entry), own.map_or("", |own| &own.name.zh), &book.styles.text)?;
        }
        if let Some(value) = &standing.score {
            page.number((row, score), value.to_f64(), &book.styles.decimals(Some(3)))?;
        }
    }
    page.finish(3, &[])
}
