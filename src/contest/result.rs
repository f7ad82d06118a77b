use serde::Serialize;

use crate::model::Id;
use crate::numeric::Exact;

/// Everything computed of a contest. Entries, members and judges are meant by
/// their positions in the [`ContestInput`](crate::validate::ContestInput).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ContestResult {
    /// The stages that were held, in order.
    pub stages: Vec<StageResult>,
    /// The rankings of members whose round was held.
    pub individuals: Vec<IndividualResult>,
    /// The prizes whose ranking is there, in the order of the rubric.
    pub prizes: Vec<PrizeResult>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageResult {
    /// The stage.
    pub id: Id,
    /// Its position in the rubric.
    pub stage: usize,
    /// Who took part, in order of position.
    pub entrants: Vec<usize>,
    /// The rounds that were held.
    pub rounds: Vec<RoundResult>,
    /// The sum of the terms of the stage's score, then each step, by entrant.
    pub steps: Vec<StepResult>,
    /// The placing; empty while a round is still to be held.
    pub standings: Vec<Standing>,
    /// Who goes on, where the rubric says so and the placing is there.
    pub advance: Option<AdvanceResult>,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundResult {
    /// The round.
    pub id: Id,
    /// Its position among all rounds of the rubric.
    pub round: usize,
    /// Who took part, in order of position.
    pub entrants: Vec<usize>,
    /// The parts of the score, in the order of the scheme.
    pub parts: Vec<PartResult>,
    /// The placing by the round's score.
    pub standings: Vec<Standing>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartResult {
    /// The part.
    pub id: Id,
    /// What it starts from, then what each step of the rubric left.
    pub steps: Vec<StepResult>,
}

/// The numbers after a step, by entrant: as [`RoundResult::entrants`] has them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct StepResult(pub Vec<Vec<Cell>>);

/// One number and what it is told apart by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// What it is told apart by.
    #[serde(flatten)]
    pub key: Key,
    /// The number.
    pub value: Exact,
    /// What became of it.
    #[serde(skip_serializing_if = "Note::is_none")]
    pub note: Note,
}

/// What numbers are told apart by. What a step took together is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Key {
    /// The member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<usize>,
    /// The attempt: its position among the round's attempts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<usize>,
    /// The criterion: its position in the scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<usize>,
    /// The judge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judge: Option<usize>,
}

/// What became of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// Nothing special.
    #[default]
    None,
    /// Left out by this step; it does not count any more.
    LeftOut,
    /// It stands for the mark of an absent judge.
    Filled,
    /// Brought within bounds by this step.
    Bounded,
}

impl Note {
    fn is_none(&self) -> bool {
        *self == Note::None
    }
}

/// Where an entry, or a member, stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The entry or the member.
    pub who: usize,
    /// Its score.
    pub score: Option<Exact>,
    /// Its place; absent when it is not placed.
    pub rank: Option<u32>,
    /// Whether others share its place.
    pub tied: bool,
    /// The tie-break, by position, that parts it from another of equal score.
    pub decided_by: Option<usize>,
    /// The figures of the tie-breaks, in order; several for a countback.
    pub figures: Vec<Vec<Exact>>,
    /// The place by the rules, when the jury placed it otherwise.
    pub computed_rank: Option<u32>,
    /// How it took part.
    pub status: Status,
}

/// How an entry took part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It was marked.
    #[default]
    Present,
    /// It did not come.
    NoShow,
    /// It gave up.
    Forfeit,
    /// It was disqualified.
    Disqualified,
}

/// Who goes on to the next stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdvanceResult {
    /// Those who go on, in order of place.
    pub through: Vec<usize>,
    /// Those who follow if one of them withdraws, in order.
    pub reserves: Vec<usize>,
    /// Those of equal standing at the cut whom the rule for the cut let through
    /// or kept back.
    pub tied_at_cut: Vec<usize>,
}

/// A ranking of members.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndividualResult {
    /// The ranking.
    pub id: Id,
    /// The placing of members.
    pub standings: Vec<Standing>,
}

/// Who won a prize.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrizeResult {
    /// The prize.
    pub id: Id,
    /// The entries, or the members, in order of place.
    pub winners: Vec<usize>,
    /// How many it was meant for; absent when only a minimum is set.
    pub count: Option<u32>,
}

impl ContestResult {
    /// The stage of this id.
    pub fn stage(&self, id: &Id) -> Option<&StageResult> {
        self.stages.iter().find(|stage| stage.id == *id)
    }

    /// The round of this id.
    pub fn round(&self, id: &Id) -> Option<&RoundResult> {
        self.stages.iter().flat_map(|stage| &stage.rounds).find(|round| round.id == *id)
    }
}

impl StageResult {
    /// The standing of an entry.
    pub fn standing(&self, entry: usize) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.who == entry)
    }
}

impl RoundResult {
    /// The standing of an entry.
    pub fn standing(&self, entry: usize) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.who == entry)
    }

    /// The part of this id.
    pub fn part(&self, id: &Id) -> Option<&PartResult> {
        self.parts.iter().find(|part| part.id == *id)
    }

    /// The position of an entry among the entrants.
    pub fn position(&self, entry: usize) -> Option<usize> {
        self.entrants.binary_search(&entry).ok()
    }

    /// What a part came to for an entry, where that is one number.
    pub fn value(&self, part: &Id, entry: usize) -> Option<&Exact> {
        self.part(part)?.value(self.position(entry)?)
    }
}

impl PartResult {
    /// The numbers that the part came to, by entrant.
    pub fn cells(&self, entrant: usize) -> &[Cell] {
        let last = self.steps.last().and_then(|step| step.0.get(entrant));
        last.map(Vec::as_slice).unwrap_or_default()
    }

    /// The one number that it came to.
    pub fn value(&self, entrant: usize) -> Option<&Exact> {
        match self.cells(entrant) {
            [only] if only.note != Note::LeftOut => Some(&only.value),
            _ => None,
        }
    }
}
