use benchline::project::ScoredContest;

use super::{number, place, titled, unknown};
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Who goes on from a stage, and who follows.
pub fn table(scored: &ScoredContest, stage: Option<&str>, reporter: &Reporter) -> Result<String, String> {
    let with_list: Vec<_> = scored.result.stages.iter().filter(|stage| stage.advance.is_some()).collect();
    let chosen = match stage {
        Some(id) => with_list.iter().find(|stage| stage.id.as_str() == id),
        None => with_list.last(),
    };
    let found = chosen.and_then(|stage| {
        let declared = scored.contest.rubric.rubric.stages.get(stage.stage)?;
        Some((stage, stage.advance.as_ref()?, declared))
    });
    let Some((stage, advance, declared)) = found else {
        let known: Vec<&str> = with_list.iter().map(|stage| stage.id.as_str()).collect();
        return Err(unknown(stage.unwrap_or_default(), &known, reporter));
    };
    let words = [("名次", "rank"), ("名称", "name"), ("编号", "code"), ("得分", "score"), ("", "")];
    let mut rows = vec![words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    let mut push = |who: usize, note: &str| {
        let (Some(entry), Some(standing)) = (scored.contest.input.entries().get(who), stage.standing(who))
        else {
            return;
        };
        let cut = if advance.tied_at_cut.contains(&who) {
            reporter.say("线上同分", "tied at the cut")
        } else {
            ""
        };
        rows.push(vec![
            place(standing),
            entry.name.get(reporter.lang).to_owned(),
            entry.code.clone(),
            number(standing.score.as_ref()),
            [note, cut].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
        ]);
    };
    advance.through.iter().for_each(|who| push(*who, ""));
    advance.reserves.iter().for_each(|who| push(*who, reporter.say("候补", "reserve")));
    let (through, reserves) = (advance.through.len(), advance.reserves.len());
    let last = match reporter.say("zh", "en") {
        "zh" => format!("晋级 {through} 个，候补 {reserves} 个\n"),
        _ => format!("{through} go on, {reserves} in reserve\n"),
    };
    Ok(titled(&declared.name, reporter) + &aligned(&rows) + &last)
}
