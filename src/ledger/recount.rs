//! Marks that are counted again, from sheets keyed anew.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{MarkAddress, MarkName, Settled, Source};

/// Whose marks are to be counted again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecountDrawn {
    /// Id of the recount.
    pub recount: String,
    /// The stage.
    pub stage: String,
    /// How many places from the top: whoever shares the last of them is among them.
    pub top: usize,
    /// How many of the rest, drawn.
    pub sample: usize,
    /// A public value that was fixed after HEAD was published.
    pub public: String,
    /// SHA-256 of `HEAD:PUBLIC`, in hexadecimal, where HEAD is the hash before.
    pub seed: String,
    /// The entries: those from the top in order of place, then those drawn.
    pub entries: Vec<String>,
}

/// What counting again came to. Nothing changes by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recounted {
    /// Id of the recount.
    pub recount: String,
    /// What was read.
    pub sources: Vec<Source>,
    /// How many marks were compared.
    pub compared: usize,
    /// Where the marks differ.
    pub differences: Vec<Difference>,
}

/// A mark that differs when counted again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The round.
    pub round: String,
    /// The judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// What it is about.
    #[serde(flatten)]
    pub about: MarkAddress,
    /// What counts; absent when there is no mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<String>,
    /// What the recount found; absent when there is no mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Where the recount found it: the position in [`Recounted::sources`], from 0,
    /// then row (or line) and column, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<[u32; 3]>,
}

impl Difference {
    /// What the mark is about.
    pub fn name(&self) -> MarkName {
        (self.round.clone(), self.judge.clone(), self.about.clone())
    }
}

/// A recount and what became of it.
#[derive(Clone, Debug)]
pub struct Recount {
    /// The position of the event that drew it.
    pub seq: usize,
    /// Whose marks are counted again.
    pub drawn: RecountDrawn,
    /// What it came to, with the position of its event.
    pub counted: Option<(usize, Recounted)>,
    settled: BTreeSet<MarkName>,
}

impl Recount {
    pub(super) fn new(seq: usize, drawn: RecountDrawn) -> Self {
        Self { seq, drawn, counted: None, settled: BTreeSet::new() }
    }

    /// The differences that nobody decided yet.
    pub fn open(&self) -> impl Iterator<Item = &Difference> {
        let all = self.counted.iter().flat_map(|(_, counted)| &counted.differences);
        all.filter(|difference| !self.settled.contains(&difference.name()))
    }

    /// How many differences it found.
    pub fn differences(&self) -> usize {
        self.counted.as_ref().map_or(0, |(_, counted)| counted.differences.len())
    }

    /// The mark was corrected: what counts was decided.
    pub(super) fn corrected(&mut self, name: &MarkName) {
        if self.open().any(|difference| difference.name() == *name) {
            self.settled.insert(name.clone());
        }
    }

    /// It was decided that what counts stands, or that there is no mark. Says
    /// whether that was open.
    pub(super) fn settle(&mut self, settled: &Settled) -> bool {
        let name = (settled.round.clone(), settled.judge.clone(), settled.about.clone());
        let stands = |one: &&Difference| settled.value.is_none() || settled.value == one.counts;
        let is_open = self.open().filter(|one| one.name() == name).any(|one| stands(&one));
        if is_open {
            self.settled.insert(name);
        }
        is_open
    }
}
