use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

use super::{Framework, ValueRange};

/// Something known about the units that is not scored: shown beside results, or
/// what an indicator is divided by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextSpec {
    /// Id of the variable, shared with no indicator or node; a data column of
    /// this name holds it.
    pub id: Id,
    /// What it is called; a data column of either name holds it too.
    pub name: Bilingual,
    /// Unit of measure.
    pub measure: Bilingual,
    /// Values outside are findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<ValueRange>,
    /// What exactly is counted or measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Bilingual>,
    /// Where its values come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Bilingual>,
}

/// What a data column can hold: an indicator or a context variable.
#[derive(Clone, Copy, Debug)]
pub struct Variable<'a> {
    /// Its id.
    pub id: &'a Id,
    /// What it is called.
    pub name: &'a Bilingual,
    /// Unit of measure.
    pub measure: &'a Bilingual,
    /// Values outside are findings.
    pub range: Option<ValueRange>,
    /// Whether it is shown or divided by, not scored.
    pub is_context: bool,
}

impl Variable<'_> {
    /// How much a whole is in its unit of measure.
    pub fn whole(&self) -> f64 {
        match self.measure.zh.trim() {
            "%" => 100.0,
            "‰" => 1000.0,
            _ => 1.0,
        }
    }
}

impl Framework {
    /// Everything that data columns can hold: the indicators, then the context
    /// variables, each in the order of the framework.
    pub fn variables(&self) -> impl Iterator<Item = Variable<'_>> {
        let indicators = self.indicators.iter().map(|one| Variable {
            id: &one.id,
            name: &one.name,
            measure: &one.measure,
            range: one.range,
            is_context: false,
        });
        let contexts = self.contexts.iter().map(|one| Variable {
            id: &one.id,
            name: &one.name,
            measure: &one.measure,
            range: one.range,
            is_context: true,
        });
        indicators.chain(contexts)
    }
}
