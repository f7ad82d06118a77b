use serde::{Deserialize, Serialize};

use super::{MarkName, RecountDrawn, Recounted};

/// What an event is about. Entries, members, judges, rounds and criteria are
/// meant by their codes; nobody is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum Body {
    /// The log begins.
    Opened(Opened),
    /// Files of the project changed with somebody's consent.
    FilesAccepted(FilesAccepted),
    /// What a draw is made from was fixed, its secret by a hash.
    DrawCommitted(DrawCommitted),
    /// The secret was told, and the draw made.
    DrawRevealed(DrawRevealed),
    /// A sheet was keyed.
    Entered(Entered),
    /// Two entries of a sheet differed in a cell, and it was decided which holds.
    Settled(Settled),
    /// Something happened that counts: as a row of the table of events.
    Happened(Happening),
    /// Somebody signed a result.
    Signed(Signed),
    /// Names are hidden from here on.
    Sealed(Why),
    /// Names are shown from here on.
    Unsealed(Why),
    /// Whose marks are to be counted again was drawn.
    RecountDrawn(RecountDrawn),
    /// Marks were counted again.
    Recounted(Recounted),
    /// Somebody appealed.
    AppealOpened(AppealOpened),
    /// An appeal was decided.
    AppealDecided(AppealDecided),
}

/// A file and what its bytes hash to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHash {
    /// Path within the project, or the name of a bundled file.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The files that say what the contest is, as they were when the log began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// Which holding of the contest it is.
    pub edition: String,
    /// The project file, the rubric, and the lists of entries, members, judges
    /// and attempts.
    pub files: Vec<FileHash>,
}

/// A change of files, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilesAccepted {
    /// What changed.
    pub changed: Vec<FileChange>,
    /// Why.
    pub reason: String,
}

/// A file that changed; without `new` it is no longer part of the contest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileChange {
    /// Path within the project, or the name of a bundled file.
    pub path: String,
    /// SHA-256 before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// SHA-256 from here on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

/// All that decides a draw but the public value, with the hash of the secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawCommitted {
    /// Id of the draw.
    pub draw: String,
    /// The round that it is for.
    pub round: String,
    /// The panel whose seats are drawn; absent for an order of appearance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<String>,
    /// SHA-256 of `ID:SECRET`, in hexadecimal.
    pub commitment: String,
    /// Of an order: between entries that share a key there are at least so many
    /// others. 0 when keys do not matter.
    pub gap: usize,
    /// Of seats: how many judges an entry gets.
    pub seats: usize,
    /// Who is drawn, in the natural order of codes.
    pub entrants: Vec<Entrant>,
    /// The judges whose seats are drawn, in the natural order of codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judges: Vec<String>,
}

/// An entry in a draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entrant {
    /// Its code.
    pub entry: String,
    /// Of an order: what keeps it apart from entries with the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// Of seats: the judges who may not mark it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<String>,
}

/// The outcome of a draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawRevealed {
    /// Id of the draw.
    pub draw: String,
    /// The secret.
    pub secret: String,
    /// The public value that was fixed after the commitment.
    pub public: String,
    /// SHA-256 of `ID:SECRET:PUBLIC`, in hexadecimal.
    pub seed: String,
    /// What was drawn.
    #[serde(flatten)]
    pub drawn: Drawn,
}

/// What a draw came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// The order of appearance, or empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    /// Who marks whom, or empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<Seat>,
    /// How many times the cards were shuffled until they fitted.
    pub shuffles: u32,
    /// Pairs of entries that share a key and could not be kept apart; or seats
    /// that nobody could take.
    pub conflicts: usize,
}

/// The judges of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The entry.
    pub entry: String,
    /// Who marks it, in the natural order of codes.
    pub judges: Vec<String>,
}

/// A sheet as it was keyed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entered {
    /// The round.
    pub round: String,
    /// Whose sheet it is; absent where something is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// 1: the marks as they come; 2: keyed again, to be compared.
    pub pass: u8,
    /// What was read.
    pub source: Source,
    /// The marks, in the order of the sheet.
    pub marks: Vec<MarkLine>,
}

/// A file that marks were read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Path within the project.
    pub path: String,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// What a mark is about, but for round and judge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MarkAddress {
    /// The entry.
    pub entry: String,
    /// The member, where members are marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The attempt, where attempts are marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// The criterion.
    pub criterion: String,
}

/// A mark and the cell that it stood in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkLine {
    /// What it is about.
    #[serde(flatten)]
    pub about: MarkAddress,
    /// The mark: a decimal, as text.
    pub mark: String,
    /// Row (or line) and column of its cell, from 1.
    pub cell: [u32; 2],
}

/// A decision between two entries of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// The round.
    pub round: String,
    /// Whose sheet it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// The cell.
    #[serde(flatten)]
    pub about: MarkAddress,
    /// What the first person keyed; absent when nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// What the second person keyed; absent when nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    /// What holds; absent when there is no mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why.
    pub reason: String,
}

/// A row of the table of events, in the words of that table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// What happened: `recused`, `corrected`, `placed`, `overtime`.
    pub what: String,
    /// The round or the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<String>,
    /// The entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// The criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// The attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// What was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What is there now, or how much of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Who decided it, where that is not who wrote the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The appeal that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<String>,
    /// The row of a table of events that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<RowOf>,
}

/// A row of a table of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowOf {
    /// Path within the project.
    pub path: String,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row (or line), from 1.
    pub row: u32,
}

impl Happening {
    /// The mark that it is about, if it names one.
    pub fn mark(&self) -> Option<MarkName> {
        let about = MarkAddress {
            entry: self.entry.clone()?,
            member: self.member.clone(),
            attempt: self.attempt.clone(),
            criterion: self.criterion.clone()?,
        };
        Some((self.round.clone()?, self.judge.clone(), about))
    }
}

/// A signature under the placing of a stage or a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signed {
    /// The stage or the round.
    pub of: String,
    /// In what office: `chief-judge`, `auditor`.
    pub role: String,
    /// SHA-256 of that result, in hexadecimal.
    pub result_sha256: String,
}

/// A deed that needs nothing but a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// Why.
    pub reason: String,
}

/// Where an entry stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingLine {
    /// Its place.
    pub rank: Option<u32>,
    /// Its score, exactly.
    pub score: Option<String>,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppealOpened {
    /// Id of the appeal.
    pub appeal: String,
    /// Whose it is.
    pub entry: String,
    /// The stage that it is about.
    pub stage: String,
    /// What it says.
    pub reason: String,
    /// Where the entry stands.
    pub before: StandingLine,
}

/// A decision on an appeal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppealDecided {
    /// Id of the appeal.
    pub appeal: String,
    /// Whether it was upheld.
    pub upheld: bool,
    /// Why.
    pub reason: String,
    /// Where the entry stood when the appeal was opened.
    pub before: StandingLine,
    /// Where it stands now.
    pub after: StandingLine,
    /// Every entry whose place or score changed in between.
    pub moved: Vec<Moved>,
}

/// An entry that stands elsewhere than before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The entry.
    pub entry: String,
    /// Where it stood.
    pub before: StandingLine,
    /// Where it stands.
    pub after: StandingLine,
}
