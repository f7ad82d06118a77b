//! A plan's choices in words.

use crate::model::Direction;
use crate::numeric::{RankMethod, Rounding};
use crate::plan::Basis;
use crate::report::{TemplateError, Words};

type Said = Result<String, TemplateError>;

pub(super) fn basis(words: &Words, basis: Basis) -> Said {
    words.word(match basis {
        Basis::Rounded => "word_rounded",
        Basis::Raw => "word_raw",
    })
}

pub(super) fn rounding(words: &Words, rounding: Rounding) -> Said {
    words.word(match rounding {
        Rounding::HalfEven => "word_half_even",
        Rounding::HalfUp => "word_half_up",
    })
}

pub(super) fn rank_method(words: &Words, method: RankMethod) -> Said {
    words.word(match method {
        RankMethod::Competition => "word_competition",
        RankMethod::Dense => "word_dense",
        RankMethod::Average => "word_average",
    })
}

pub(super) fn direction(words: &Words, direction: Direction) -> Said {
    words.word(match direction {
        Direction::Higher => "word_higher",
        Direction::Lower => "word_lower",
    })
}
