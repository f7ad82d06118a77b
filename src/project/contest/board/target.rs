use super::so_far::Moment;
use crate::contest::{Standing, entrants};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, did_you_mean, shown};
use crate::plan::Rubric;
use crate::validate::CONTEST_FILE;

/// What a board is about: positions in the rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) stage: usize,
    /// The round, among all rounds, when it is about one.
    pub(super) round: Option<usize>,
}

impl Target {
    /// The placing at a moment; empty before the first mark.
    pub(super) fn standings<'a>(&self, at: &'a Moment) -> &'a [Standing] {
        let Some(stage) = at.result.stages.get(self.stage) else { return &[] };
        match self.round {
            Some(own) => {
                let round = stage.rounds.iter().find(|round| round.round == own);
                round.map_or(&[], |round| round.standings.as_slice())
            }
            None => &stage.standings,
        }
    }

    /// Who takes part, in order of position.
    pub(super) fn entrants(&self, at: &Moment) -> Vec<usize> {
        match at.result.stages.get(self.stage) {
            Some(stage) => stage.entrants.clone(),
            None => entrants(&at.input, self.stage, &at.result).unwrap_or_default(),
        }
    }

    /// The rounds that count, by position among all rounds.
    pub(super) fn rounds(&self, rubric: &Rubric) -> Vec<usize> {
        let own = rubric.rounds().enumerate().filter(|(_, (stage, _))| *stage == self.stage);
        own.map(|(at, _)| at).filter(|at| self.round.is_none_or(|round| round == *at)).collect()
    }
}

/// The stage or round that is meant; without a name the last stage that has
/// begun. A stage one of whose rounds is still to begin has no placing: then it is
/// the last of its rounds that has begun.
pub(super) fn target(
    rubric: &Rubric,
    at: &Moment,
    of: Option<&str>,
    findings: &mut Findings,
) -> Option<Target> {
    let stages = &at.result.stages;
    let round = rubric.rounds().position(|(_, round)| Some(round.id.as_str()) == of);
    let stage = match of {
        None => Some(stages.len().saturating_sub(1)),
        Some(id) => rubric.stages.iter().position(|stage| stage.id.as_str() == id),
    };
    let meant = match (stage, round) {
        (Some(stage), _) => {
            let begun = stages.get(stage).filter(|stage| stage.standings.is_empty());
            let round = begun.and_then(|stage| stage.rounds.last()).map(|round| round.round);
            Target { stage, round }
        }
        (None, Some(round)) => Target { stage: rubric.rounds().nth(round)?.0, round: Some(round) },
        (None, None) => {
            findings.push(unknown(rubric, of.unwrap_or_default()));
            return None;
        }
    };
    if meant.stage >= stages.len() && entrants(&at.input, meant.stage, &at.result).is_none() {
        findings.push(too_early(rubric, meant.stage));
        return None;
    }
    Some(meant)
}

fn unknown(rubric: &Rubric, id: &str) -> Finding {
    let stages = rubric.stages.iter().map(|stage| stage.id.as_str());
    let known: Vec<&str> = stages.chain(rubric.rounds().map(|(_, round)| round.id.as_str())).collect();
    let (list, text) = (known.join(", "), shown(id));
    let help = match did_you_mean(id, known.iter().copied()) {
        Some(near) => {
            bilingual!("是否想写 `{near}`？可用：{list}", "did you mean `{near}`? The choices are {list}")
        }
        None => bilingual!("可用：{list}", "the choices are {list}"),
    };
    let message = bilingual!("没有阶段或轮次“{text}”", "there is no stage or round `{text}`");
    Finding::new(Code::NoSuchBoard, message, help).at(Place::file(CONTEST_FILE))
}

fn too_early(rubric: &Rubric, stage: usize) -> Finding {
    let name =
        |stage: usize| rubric.stages.get(stage).map(|stage| (stage.name.zh.as_str(), stage.name.en.as_str()));
    let ((zh, en), (before_zh, before_en)) =
        name(stage).zip(name(stage.saturating_sub(1))).unwrap_or_default();
    Finding::new(
        Code::NoSuchBoard,
        bilingual!(
            "还不知道谁进入“{zh}”：“{before_zh}”没有结束",
            "who reaches `{en}` is not known yet: `{before_en}` is not over"
        ),
        bilingual!(
            "先显示已开始的阶段：不写 `--stage`",
            "show the stage that has begun: leave `--stage` out"
        ),
    )
    .at(Place::file(CONTEST_FILE))
}
