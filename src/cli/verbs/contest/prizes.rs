use benchline::contest::Standing;
use benchline::project::ScoredContest;

use super::{number, place};
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Who won what.
pub fn table(scored: &ScoredContest, reporter: &Reporter) -> String {
    let (rubric, input) = (&scored.contest.rubric.rubric, &scored.contest.input);
    let words = [("奖项", "prize"), ("名称", "name"), ("编号", "code"), ("名次", "rank"), ("得分", "score")];
    let mut rows = vec![words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    for prize in &scored.result.prizes {
        let Some(declared) = rubric.prizes.iter().find(|declared| declared.id == prize.id) else { continue };
        let individual = scored.result.individuals.iter().find(|one| one.id == declared.of);
        let stage = scored.result.stage(&declared.of);
        let standings: &[Standing] = match (individual, stage) {
            (Some(one), _) => &one.standings,
            (None, Some(stage)) => &stage.standings,
            (None, None) => &[],
        };
        for who in &prize.winners {
            let person = match individual {
                Some(_) => input.members().get(*who).map(|member| (&member.code, &member.name)),
                None => input.entries().get(*who).map(|entry| (&entry.code, &entry.name)),
            };
            let (Some((code, name)), Some(standing)) = (person, standings.iter().find(|one| one.who == *who))
            else {
                continue;
            };
            rows.push(vec![
                declared.name.get(reporter.lang).to_owned(),
                name.get(reporter.lang).to_owned(),
                code.clone(),
                place(standing),
                number(standing.score.as_ref()),
            ]);
        }
    }
    aligned(&rows)
}
