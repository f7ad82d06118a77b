//! Logged revisions where values enter: a cell is read, what a revision puts in
//! its place is applied, and only that is checked.

mod messages;
mod overlay;

use super::{IndexInput, InputFile};
use crate::diagnostics::{Findings, Place};
use crate::ledger::{Correction, Log, RevisionEvent};
use crate::model::{Absence, Cell};

pub(super) use messages::{beyond, by_revision, replaced, stale, told};
pub(super) use overlay::{Overlay, Step};

/// What a file has for a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stated {
    /// A number, or a word for there being none.
    Cell(Cell),
    /// Something that is neither.
    Unreadable,
}

impl Stated {
    /// The number, when there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Stated::Cell(cell) => cell.value(),
            Stated::Unreadable => None,
        }
    }
}

/// A value that a revision put in the place of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RevisedCell {
    /// The number of the revision.
    pub revision: usize,
    /// What it was before the first revision.
    pub was: Stated,
}

/// A value that cannot be used as it stands and counts as missing until a revision
/// puts another in its place.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// What is in the file.
    pub(super) stated: Stated,
    /// As it is written.
    pub(super) text: String,
    /// What is wrong with it.
    pub(super) findings: Findings,
}

/// Corrections in the order in which they were made: those of a log, and those that
/// are about to go there.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    all: Vec<Numbered>,
}

/// A correction, the number of its revision, and where it is asked for.
#[derive(Clone, Debug)]
struct Numbered {
    revision: usize,
    correction: Correction,
    place: Place,
}

impl Corrections {
    /// Those of a log.
    pub fn of(log: &Log<RevisionEvent>) -> Self {
        let mut corrections = Self::default();
        for line in log.lines() {
            let RevisionEvent::Revised(revised) = &line.body;
            let place = log.place(line.seq);
            corrections.add(line.seq, revised.corrections.iter().map(|one| (one.clone(), place.clone())));
        }
        corrections
    }

    /// Adds those of a revision, each with where it is asked for.
    pub fn add(&mut self, revision: usize, corrections: impl IntoIterator<Item = (Correction, Place)>) {
        let numbered = |(correction, place)| Numbered { revision, correction, place };
        self.all.extend(corrections.into_iter().map(numbered));
    }
}

/// What the log of revisions writes for a value.
pub fn text_of(stated: Stated) -> String {
    match stated {
        Stated::Cell(Cell::Value(value)) => value.to_string(),
        Stated::Cell(Cell::Absent(Absence::NotApplicable)) => "not-applicable".to_owned(),
        Stated::Cell(Cell::Absent(_)) => "missing".to_owned(),
        Stated::Unreadable => "unreadable".to_owned(),
    }
}

/// The value that the log of revisions writes so.
pub fn stated_of(text: &str) -> Option<Stated> {
    Some(match text {
        "missing" => Stated::Cell(Cell::MISSING),
        "not-applicable" => Stated::Cell(Cell::Absent(Absence::NotApplicable)),
        "unreadable" => Stated::Unreadable,
        number => Stated::Cell(Cell::finite(number.parse().ok()?)?),
    })
}

/// Warns of files whose content is no longer that which the last revision has on
/// record.
pub fn check_files(log: &Log<RevisionEvent>, files: &[InputFile], findings: &mut Findings) {
    let Some(line) = log.lines().last() else { return };
    let RevisionEvent::Revised(revised) = &line.body;
    for known in &revised.files {
        let now = files.iter().find(|file| file.name == known.path);
        if now.is_some_and(|file| file.sha256 != known.sha256) {
            findings.push(messages::changed_since(line.seq, &known.path));
        }
    }
}

impl IndexInput {
    /// The revision that put a value where it is, for an indicator and a row.
    pub fn revision(&self, indicator: usize, row: usize) -> Option<RevisedCell> {
        self.revisions.get(&(indicator, row)).copied()
    }

    /// Every revised value: position among indicators and context variables, row,
    /// and what it was.
    pub fn revisions(&self) -> impl Iterator<Item = ((usize, usize), RevisedCell)> {
        self.revisions.iter().map(|(at, cell)| (*at, *cell))
    }

    /// What there is for a variable in a row: with all revisions, and as the file
    /// has it where that cannot be used.
    pub(super) fn stated(&self, variable: usize, row: usize) -> Stated {
        match self.faults.get(&(variable, row)) {
            Some(fault) => fault.stated,
            None => Stated::Cell(self.observed_at(variable, row).cell),
        }
    }

    /// How a value that cannot be used is written.
    pub(super) fn written(&self, variable: usize, row: usize) -> Option<&str> {
        self.faults.get(&(variable, row)).map(|fault| fault.text.as_str())
    }

    fn observed_at(&self, variable: usize, row: usize) -> crate::model::Observation {
        let context = variable.checked_sub(self.indicators.len()).and_then(|at| self.contexts.get(at));
        let column = context.map(|(_, column)| column).or_else(|| self.raw.column(variable));
        self.observed(column, variable, row)
    }
}
