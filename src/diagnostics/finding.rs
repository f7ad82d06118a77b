use serde::Serialize;

use super::{Bilingual, Code, Place};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Outputs are made; `--strict` makes the exit code 1.
    Warning,
    /// Worth knowing.
    Note,
}

/// The unit that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct UnitMark {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// What its files are called.
    #[serde(skip)]
    pub file_stem: String,
}

/// One thing that a person should know about an input: the fact, the place and
/// the deed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Where it is, when it is anywhere. First, so that findings sort by place.
    pub place: Option<Place>,
    /// What kind of finding it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The fact, with the name and the value found.
    pub message: Bilingual,
    /// The deed that mends it.
    pub help: Bilingual,
    /// The part of a definition that it is about, for those who know the file: a
    /// list and an id, or a table, then keys. Not shown.
    #[serde(skip)]
    pub about: Vec<String>,
    /// The findings that it stands for, one for each unit, where it tells of several.
    /// Not shown.
    #[serde(skip)]
    pub parts: Vec<Finding>,
    /// The unit that it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitMark>,
}

impl Finding {
    /// A finding of `code` with the severity that the code has.
    pub fn new(code: Code, message: Bilingual, help: Bilingual) -> Self {
        let (message, help) = (message.on_one_line(), help.on_one_line());
        Self {
            place: None,
            code,
            severity: code.severity(),
            message,
            help,
            about: Vec::new(),
            parts: Vec::new(),
            unit: None,
        }
    }

    /// The same finding at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same finding, standing for others.
    #[must_use]
    pub fn standing_for(mut self, parts: impl IntoIterator<Item = Finding>) -> Self {
        self.parts = parts.into_iter().collect();
        self
    }

    /// Takes the excerpt away: the line around it has something personal in it.
    pub fn conceal(&mut self) {
        if let Some(place) = &mut self.place {
            place.excerpt = None;
        }
        self.parts.iter_mut().for_each(Finding::conceal);
    }

    /// The same finding about a part of a definition, which
    /// [`Findings::locate`] turns into a place.
    #[must_use]
    pub fn about<'a>(mut self, part: impl IntoIterator<Item = &'a str>) -> Self {
        self.about = part.into_iter().map(str::to_owned).collect();
        self
    }
}

/// The findings of a run, collected in any order and read in order of place.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all findings of `other`.
    pub fn append(&mut self, other: Findings) {
        self.0.extend(other.0);
    }

    /// Whether any finding forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many findings are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether there is a finding of `code` in the file at `path`.
    pub fn has(&self, code: Code, path: &str) -> bool {
        let in_file = |finding: &Finding| finding.place.as_ref().is_some_and(|place| place.file == path);
        self.0.iter().any(|finding| finding.code == code && in_file(finding))
    }

    /// Takes the excerpts of all away.
    pub fn conceal(&mut self) {
        self.0.iter_mut().for_each(Finding::conceal);
    }

    /// Gives findings without a place that are about a part of a definition the
    /// place that `place_of` has for it.
    pub fn locate(&mut self, place_of: impl Fn(&[String]) -> Option<Place>) {
        for finding in self.0.iter_mut().filter(|finding| finding.place.is_none()) {
            if !finding.about.is_empty() {
                finding.place = place_of(&finding.about);
            }
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sorts by file, line, column and code, and drops exact repetitions. What
    /// has no place comes after what has one, and notes come last.
    pub fn sort(&mut self) {
        let rank = |finding: &Finding| (finding.severity == Severity::Note, finding.place.is_none());
        self.0.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.cmp(b)));
        self.0.dedup();
    }

    /// The findings, to be told more of.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.0.iter_mut()
    }

    /// The findings as they stand.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.0.extend(findings);
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
