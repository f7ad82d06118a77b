use benchline::contest::Standing;
use benchline::diagnostics::Bilingual;
use benchline::project::ScoredContest;

use super::{number, place, status, titled, unknown};
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// The placing of a stage, a round, or of members.
pub fn table(scored: &ScoredContest, of: Option<&str>, reporter: &Reporter) -> Result<String, String> {
    let Some(ranking) = find(scored, of) else {
        let stages = scored.result.stages.iter();
        let rounds = stages.clone().flat_map(|stage| &stage.rounds).map(|round| round.id.as_str());
        let members = scored.result.individuals.iter().map(|one| one.id.as_str());
        let known: Vec<&str> = stages.map(|stage| stage.id.as_str()).chain(rounds).chain(members).collect();
        return Err(unknown(of.unwrap_or_default(), &known, reporter));
    };
    let words = [
        ("名次", "rank"),
        ("名称", "name"),
        ("编号", "code"),
        ("得分", "score"),
        ("同分依据", "tie broken by"),
    ];
    let mut rows = vec![words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    for standing in ranking.standings {
        let (code, name) = who(scored, standing, ranking.members);
        let broken = standing.decided_by.map_or(String::new(), |at| format!("#{}", at + 1));
        rows.push(vec![
            place(standing),
            name.map_or(String::new(), |name| name.get(reporter.lang).to_owned()),
            code.to_owned(),
            number(standing.score.as_ref()),
            broken,
            status(standing, reporter),
        ]);
    }
    let mut text = titled(ranking.name, reporter) + &aligned(&rows);
    if ranking.standings.iter().any(|standing| standing.computed_rank.is_some()) {
        text.push_str(reporter.say("* 评委会裁定的名次\n", "* placed by the jury\n"));
    }
    Ok(text)
}

struct Ranking<'a> {
    name: &'a Bilingual,
    standings: &'a [Standing],
    members: bool,
}

/// The ranking of this id, or the last stage that is placed.
fn find<'a>(scored: &'a ScoredContest, of: Option<&str>) -> Option<Ranking<'a>> {
    let rubric = &scored.contest.rubric.rubric;
    let is = |id: &str| of.is_none_or(|of| of == id);
    let placed = scored.result.stages.iter().filter(|stage| !stage.standings.is_empty());
    if let Some(stage) = placed.rev().find(|stage| is(stage.id.as_str())) {
        let declared = rubric.stages.get(stage.stage)?;
        return Some(Ranking { name: &declared.name, standings: &stage.standings, members: false });
    }
    let mut rounds = scored.result.stages.iter().flat_map(|stage| &stage.rounds).rev();
    if let Some(round) = rounds.find(|round| is(round.id.as_str())) {
        let (_, declared) = rubric.rounds().nth(round.round)?;
        return Some(Ranking { name: &declared.name, standings: &round.standings, members: false });
    }
    let one = scored.result.individuals.iter().find(|one| is(one.id.as_str()))?;
    let declared = rubric.individuals.iter().find(|declared| declared.id == one.id)?;
    Some(Ranking { name: &declared.name, standings: &one.standings, members: true })
}

fn who<'a>(
    scored: &'a ScoredContest,
    standing: &Standing,
    members: bool,
) -> (&'a str, Option<&'a Bilingual>) {
    let input = &scored.contest.input;
    let found = if members {
        input.members().get(standing.who).map(|member| (member.code.as_str(), &member.name))
    } else {
        input.entries().get(standing.who).map(|entry| (entry.code.as_str(), &entry.name))
    };
    found.map_or(("", None), |(code, name)| (code, Some(name)))
}
