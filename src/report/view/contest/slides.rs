use std::collections::BTreeMap;

use serde::Serialize;

use super::{ContestDocument, Fact, NamedText, Path, PrizeGroup, View};

/// The slides of a ceremony: one alone, or all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slides {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the template.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: ContestDocument,
    /// What tells this file from the others.
    pub id: String,
    /// One for each page.
    pub slides: Vec<Slide>,
}

impl View for Slides {
    const TEMPLATE: &'static str = "slides.typ";

    fn identity(&self) -> String {
        format!("{} {} {} {}", self.document.title, self.document.kind, self.id, self.lang)
    }
}

impl Slides {
    /// The value of [`Slides::schema`].
    pub const SCHEMA: &'static str = "benchline/view/slides/1";
}

/// A slide.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Slide {
    /// What the contest is.
    Title {
        /// Figures of the season.
        facts: Vec<Fact>,
    },
    /// How many entered each stage and went on.
    Path(Path),
    /// Some places of a stage.
    Standing(SlideStanding),
    /// Who has one of the first three places.
    Place(SlidePlace),
    /// The first three places at a glance.
    Podium {
        /// Its title.
        name: String,
        /// The places, first to third, as far as they are held.
        places: Vec<SlidePlace>,
    },
    /// Prizes and their winners.
    Prizes {
        /// What they are given by.
        name: String,
        /// Prizes, the highest first.
        groups: Vec<PrizeGroup>,
        /// Whether members are named, not entries.
        of_members: bool,
    },
    /// The end, with what the results can be checked by.
    Closing {
        /// The last word.
        word: String,
        /// How to check.
        note: String,
        /// Hash of the result, head of the log.
        proofs: Vec<NamedText>,
    },
}

/// Some places of a stage, in one column or two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlideStanding {
    /// The stage.
    pub name: String,
    /// Which places these are.
    pub part: String,
    /// The places by columns; two columns have no dots.
    pub columns: Vec<Vec<SlideRow>>,
    /// The ends of the dots' line.
    pub ends: Option<[String; 2]>,
    /// What the signs stand for.
    pub note: String,
}

/// A place in a stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlideRow {
    /// Place.
    pub place: Option<String>,
    /// Whether the place is shared.
    pub tied: bool,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Score.
    pub total: Option<String>,
    /// Where its dot stands between the ends, 0 to 1.
    pub at: Option<f64>,
    /// Whether it won a prize or went on.
    pub marked: bool,
    /// What became of it.
    pub outcome: Option<String>,
}

/// A place among the first three, and who has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlidePlace {
    /// 1, 2 or 3.
    pub rank: u32,
    /// The place in words.
    pub heading: String,
    /// Who has it: several when it is shared.
    pub winners: Vec<SlideWinner>,
}

/// Who has a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlideWinner {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where it comes from.
    pub side: Option<String>,
    /// Names of its members.
    pub members: Option<String>,
    /// Score.
    pub total: Option<String>,
    /// The prize.
    pub prize: Option<String>,
}
