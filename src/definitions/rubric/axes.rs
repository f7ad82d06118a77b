use crate::diagnostics::{Bilingual, bilingual};
use crate::plan::{Axis, Operation};

/// What the numbers of a part are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Axes(u8);

const ALL: [Axis; 4] = [Axis::Judges, Axis::Criteria, Axis::Attempts, Axis::Members];

impl Axes {
    fn bit(axis: Axis) -> u8 {
        1 << (axis as u8)
    }

    pub(super) fn with(self, axis: Axis, there: bool) -> Self {
        if there { Self(self.0 | Self::bit(axis)) } else { self }
    }

    pub(super) fn without(self, axis: Axis) -> Self {
        Self(self.0 & !Self::bit(axis))
    }

    pub(super) fn has(self, axis: Axis) -> bool {
        self.0 & Self::bit(axis) != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The axes of both when one side has all of the other's.
    pub(super) fn joined(self, other: Self) -> Option<Self> {
        let both = self.0 | other.0;
        (both == self.0 || both == other.0).then_some(Self(both))
    }

    /// What they are called, for messages.
    pub(super) fn named(self) -> Bilingual {
        let words: Vec<Bilingual> = ALL.into_iter().filter(|axis| self.has(*axis)).map(name).collect();
        if words.is_empty() {
            return bilingual!("一个数", "one number");
        }
        let list = |word: fn(&Bilingual) -> &str, comma: &str| {
            words.iter().map(word).collect::<Vec<_>>().join(comma)
        };
        Bilingual { zh: list(|word| &word.zh, "、"), en: list(|word| &word.en, ", ") }
    }
}

/// An axis in both languages, the English as the file writes it.
pub(super) fn name(axis: Axis) -> Bilingual {
    match axis {
        Axis::Judges => bilingual!("评委（judges）", "judges"),
        Axis::Criteria => bilingual!("评分项（criteria）", "criteria"),
        Axis::Attempts => bilingual!("动作（attempts）", "attempts"),
        Axis::Members => bilingual!("选手（members）", "members"),
    }
}

/// What a step needs to find.
pub(super) fn needs(operation: &Operation) -> Option<Axis> {
    match operation {
        Operation::Trim { over, .. }
        | Operation::Middle { over, .. }
        | Operation::Mean { over }
        | Operation::Median { over }
        | Operation::Sum { over }
        | Operation::Highest { over }
        | Operation::Lowest { over }
        | Operation::Clamp { over, .. }
        | Operation::Spread { over, .. } => Some(*over),
        Operation::WeightedMean {} => Some(Axis::Criteria),
        Operation::TimesAttempt { .. } => Some(Axis::Attempts),
        Operation::StandardScore { .. } => Some(Axis::Judges),
        _ => None,
    }
}

/// What a step takes together.
pub(super) fn removes(operation: &Operation) -> Option<Axis> {
    match operation {
        Operation::Middle { over, .. }
        | Operation::Mean { over }
        | Operation::Median { over }
        | Operation::Sum { over }
        | Operation::Highest { over }
        | Operation::Lowest { over } => Some(*over),
        Operation::WeightedMean {} => Some(Axis::Criteria),
        _ => None,
    }
}
