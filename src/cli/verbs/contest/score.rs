use benchline::project::ScoredContest;

use super::{number, place, status, titled, unknown};
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// The scores of a round with the parts that come to one number.
pub fn table(scored: &ScoredContest, round: Option<&str>, reporter: &Reporter) -> Result<String, String> {
    let rounds: Vec<_> = scored.result.stages.iter().flat_map(|stage| &stage.rounds).collect();
    let chosen = match round {
        Some(id) => rounds.iter().find(|round| round.id.as_str() == id),
        None => rounds.last(),
    };
    let Some(round) = chosen else {
        let known: Vec<&str> = rounds.iter().map(|round| round.id.as_str()).collect();
        return Err(unknown(round.unwrap_or_default(), &known, reporter));
    };
    let rubric = &scored.contest.rubric.rubric;
    let Some((_, declared)) = rubric.rounds().nth(round.round) else { return Ok(String::new()) };
    let parts = rubric.scheme(&declared.scheme).map(|scheme| scheme.parts.as_slice()).unwrap_or_default();
    let scalar: Vec<_> = parts
        .iter()
        .filter(|part| round.entrants.iter().any(|entry| round.value(&part.id, *entry).is_some()))
        .collect();
    let words = [("名次", "rank"), ("名称", "name"), ("编号", "code"), ("得分", "score")];
    let mut header: Vec<String> = words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec();
    header.extend(scalar.iter().map(|part| part.name.get(reporter.lang).to_owned()));
    let mut rows = vec![header];
    for standing in &round.standings {
        let Some(entry) = scored.contest.input.entries().get(standing.who) else { continue };
        let mut row = vec![
            place(standing),
            entry.name.get(reporter.lang).to_owned(),
            entry.code.clone(),
            number(standing.score.as_ref()),
        ];
        row.extend(scalar.iter().map(|part| number(round.value(&part.id, standing.who))));
        row.push(status(standing, reporter));
        rows.push(row);
    }
    Ok(titled(&declared.name, reporter) + &aligned(&rows))
}
