use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Id;

/// Which values of the edition are doubted although they can be: warnings, which
/// change no result. Each check is on unless `on = false`, and passes over the
/// indicators and context variables that its `except` lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PlausibilityPlan {
    /// Whether anything is checked.
    pub on: bool,
    /// Most findings of one check about one indicator that stand alone; those
    /// beyond are told in one.
    pub singles: usize,
    /// A change since the period before that is out of proportion.
    pub jump: JumpCheck,
    /// A percentage above 100 where the framework sets no upper end.
    pub above_100: AboveCheck,
    /// A value that rests on few cases.
    pub small_sample: SmallSampleCheck,
    /// Units with the same values throughout.
    pub identical: IdenticalCheck,
    /// More round numbers than chance allows.
    pub heaping: HeapingCheck,
    /// An indicator in which most units have the best value.
    pub ceiling: CeilingCheck,
    /// Shares of one denominator whose samples differ in size.
    pub denominators: DenominatorCheck,
}

impl Default for PlausibilityPlan {
    fn default() -> Self {
        Self {
            on: true,
            singles: 3,
            jump: JumpCheck::default(),
            above_100: AboveCheck::default(),
            small_sample: SmallSampleCheck::default(),
            identical: IdenticalCheck::default(),
            heaping: HeapingCheck::default(),
            ceiling: CeilingCheck::default(),
            denominators: DenominatorCheck::default(),
        }
    }
}

/// A change since the period before whose distance from the median change of all
/// units is large against their median absolute deviation from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct JumpCheck {
    /// Whether it is done.
    pub on: bool,
    /// Variables passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Id>,
    /// Largest |change − median| / (1.4826 · MAD) that is not doubted.
    #[schemars(range(min = 1.0))]
    pub beyond: f64,
    /// Fewest units with a value in both periods.
    #[schemars(range(min = 3))]
    pub pairs: usize,
}

impl Default for JumpCheck {
    fn default() -> Self {
        Self { on: true, except: Vec::new(), beyond: 8.0, pairs: 20 }
    }
}

/// A percentage above 100 (per mille: 1000) where the framework sets no upper end
/// of the range; where it does, a value beyond is an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AboveCheck {
    /// Whether it is done.
    pub on: bool,
    /// Variables passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Id>,
}

impl Default for AboveCheck {
    fn default() -> Self {
        Self { on: true, except: Vec::new() }
    }
}

/// A value that rests on few cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SmallSampleCheck {
    /// Whether it is done.
    pub on: bool,
    /// Variables passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Id>,
    /// Samples smaller than this are doubted.
    #[schemars(range(min = 2))]
    pub below: u32,
}

impl Default for SmallSampleCheck {
    fn default() -> Self {
        Self { on: true, except: Vec::new(), below: 5 }
    }
}

/// Units with equal values in every indicator that they have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IdenticalCheck {
    /// Whether it is done.
    pub on: bool,
    /// Indicators that are not compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Id>,
    /// Fewest equal values that are neither zero nor an end of the range.
    #[schemars(range(min = 2))]
    pub values: usize,
}

impl Default for IdenticalCheck {
    fn default() -> Self {
        Self { on: true, except: Vec::new(), values: 5 }
    }
}

/// More multiples of 5 or 10 among whole numbers than chance allows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HeapingCheck {
    /// Whether it is done.
    pub on: bool,
    /// Variables passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Id>,
    /// Chance of any false alarm in a project, over all variables (Holm).
    #[schemars(range(min = 1e-12, max = 0.2))]
    pub level: f64,
    /// Least ratio of found to expected. Whipple's index of 175, "very rough" to the
    /// United Nations, is 1.75.
    #[schemars(range(min = 1.0))]
    pub ratio: f64,
    /// Fewest whole numbers that are judged.
    #[schemars(range(min = 10))]
    pub values: usize,
}

impl Default for HeapingCheck {
    fn default() -> Self {
        Self { on: true, except: Vec::new(), level: 0.001, ratio: 1.75, values: 30 }
    }
}

/// An indicator in which most units have the best value, so that it tells nobody
/// apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CeilingCheck {
    /// Whether it is done.
    pub on: bool,
    /// Indicators passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Id>,
    /// Largest share of units at the best value that is not doubted.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Fewest units that are judged.
    #[schemars(range(min = 2))]
    pub units: usize,
}

impl Default for CeilingCheck {
    fn default() -> Self {
        Self { on: true, except: Vec::new(), share: 0.75, units: 20 }
    }
}

/// Indicators whose framework gives them one and the same denominator, and whose
/// samples differ in size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DenominatorCheck {
    /// Whether it is done.
    pub on: bool,
    /// Indicators passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Id>,
    /// Largest difference as a share of the larger sample.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub tolerance: f64,
}

impl Default for DenominatorCheck {
    fn default() -> Self {
        Self { on: true, except: Vec::new(), tolerance: 0.05 }
    }
}
