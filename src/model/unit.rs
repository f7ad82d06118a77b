use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Serialize;

use super::Id;
use crate::diagnostics::Bilingual;

/// The code of a unit: `420100` for 武汉市, `CHN` for China. Kept as text, so
/// leading zeros survive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitCode(Arc<str>);

impl UnitCode {
    /// The code written `text`.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(Arc::from(text.as_ref()))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for UnitCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a unit takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Scored, ranked and rated.
    Ranked,
    /// Scored for comparison only: a published regional or world average.
    Benchmark,
}

/// One thing that is scored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unit {
    /// Its code, unique in the registry.
    pub code: UnitCode,
    /// Its name.
    pub name: Bilingual,
    /// Its name where there is little room; the full one if it has no other.
    pub short: Bilingual,
    /// The word that names its files, unique in the registry: small letters,
    /// digits and `-`.
    pub slug: Option<String>,
    /// What it takes part in.
    pub role: Role,
    /// Group id to the member it belongs to: `region` to `west`.
    pub groups: BTreeMap<Id, Id>,
}

impl Unit {
    /// What its files are called: `420100-wuhan`, or the code where it has no
    /// slug. Characters that file names cannot hold become `-`.
    pub fn file_stem(&self) -> String {
        let plain = |letter: char| if letter.is_alphanumeric() || letter == '_' { letter } else { '-' };
        let code: String = self.code.as_str().chars().map(plain).collect();
        match &self.slug {
            Some(slug) => format!("{code}-{slug}"),
            None => code,
        }
    }
}

/// The units of an evaluation, ordered by code. A unit without data stays in
/// every list.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    units: IndexMap<UnitCode, Unit>,
}

impl Registry {
    /// The unit at a position.
    pub fn get(&self, position: usize) -> Option<&Unit> {
        self.units.get_index(position).map(|(_, unit)| unit)
    }

    /// The position of a code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.units.get_index_of(code)
    }

    /// All units, by code.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Unit> {
        self.units.values()
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}

/// Keeps the first of two units with one code.
impl FromIterator<Unit> for Registry {
    fn from_iter<I: IntoIterator<Item = Unit>>(units: I) -> Self {
        let mut registry = IndexMap::new();
        for unit in units {
            registry.entry(unit.code.clone()).or_insert(unit);
        }
        registry.sort_unstable_keys();
        Self { units: registry }
    }
}
