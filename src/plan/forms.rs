use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DataFile, Framework, LongColumns, Project, SampleColumns, Variable};
use crate::model::Id;

/// Data-entry workbooks, which `benchline forms` makes and units fill in: what they
/// ask for, and where they are when they come back. They need no other setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormsPlan {
    /// Where the workbooks that came back are, as a path within the project with
    /// `*`: `submissions/*`.
    pub files: String,
    /// The indicators and context variables that units report; left out, all but
    /// those that dial tests give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicators: Option<Vec<Id>>,
    /// Those of them for which units also report the sample that the value rests
    /// on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Id>,
}

/// Heads of the columns of a data-entry workbook, by which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormHeads;

impl FormHeads {
    /// Code of the unit.
    pub const UNIT: &'static str = "单位代码 Code";
    /// The period reported.
    pub const PERIOD: &'static str = "期次 Period";
    /// Id of the indicator.
    pub const INDICATOR: &'static str = "指标标识 Id";
    /// What the indicator is called.
    pub const NAME: &'static str = "指标 Indicator";
    /// Unit of measure.
    pub const MEASURE: &'static str = "计量单位 Unit";
    /// Which way is better.
    pub const DIRECTION: &'static str = "方向 Better";
    /// The value.
    pub const VALUE: &'static str = "数值 Value";
    /// The sample size.
    pub const N: &'static str = "样本量 n";
    /// The successes among them.
    pub const K: &'static str = "其中符合的 k";
    /// The standard error.
    pub const ERROR: &'static str = "标准误 SE";
    /// What the unit wants to say of it.
    pub const REMARK: &'static str = "备注 Remark";
    /// The key by which the form is known again.
    pub const KEY: &'static str = "表号 Form";
}

impl FormsPlan {
    /// How the forms are read: as tables in long layout.
    pub fn data_file(&self) -> DataFile {
        let owned = str::to_owned;
        let sample = (!self.samples.is_empty()).then(|| SampleColumns {
            n: Some(owned(FormHeads::N)),
            k: Some(owned(FormHeads::K)),
            standard_error: Some(owned(FormHeads::ERROR)),
            design_effect: None,
        });
        let shown = [FormHeads::NAME, FormHeads::MEASURE, FormHeads::DIRECTION, FormHeads::REMARK];
        DataFile {
            file: self.files.clone(),
            unit: owned(FormHeads::UNIT),
            period: Some(owned(FormHeads::PERIOD)),
            long: Some(LongColumns {
                indicator: owned(FormHeads::INDICATOR),
                value: owned(FormHeads::VALUE),
                sample,
            }),
            indicators: self.indicators.clone(),
            columns: indexmap::IndexMap::new(),
            samples: indexmap::IndexMap::new(),
            missing: Vec::new(),
            not_applicable: Vec::new(),
            ignore: shown.into_iter().chain([FormHeads::KEY]).map(owned).collect(),
            form: true,
        }
    }
}

impl Project {
    /// What a data-entry workbook asks for, in the order of the framework.
    pub fn asked<'a>(&self, framework: &'a Framework) -> Vec<Variable<'a>> {
        let listed = self.forms.as_ref().and_then(|forms| forms.indicators.as_ref());
        let tested = |id: &Id| {
            self.calls.iter().flat_map(|calls| &calls.reduce).any(|reduction| reduction.indicator == *id)
        };
        let wanted = |id: &Id| listed.map_or_else(|| !tested(id), |ids| ids.contains(id));
        framework.variables().filter(|variable| wanted(variable.id)).collect()
    }

    /// Whether a data-entry workbook asks for the sample of a variable.
    pub fn asks_for_sample(&self, id: &Id) -> bool {
        self.forms.as_ref().is_some_and(|forms| forms.samples.contains(id))
    }
}

/// What tells a data-entry workbook from all others; it stands in each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFormKey {
    /// The period reported.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// Digest of what was asked for.
    pub asked: String,
}

impl DataFormKey {
    const MARK: &'static str = "benchline:data/1 ";

    /// The key that a text is.
    pub fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.trim().strip_prefix(Self::MARK)?.split('|').collect();
        let [edition, unit, asked] = fields.as_slice() else { return None };
        Some(Self { edition: unescaped(edition), unit: unescaped(unit), asked: (*asked).to_owned() })
    }
}

impl fmt::Display for DataFormKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [edition, unit] = [&self.edition, &self.unit].map(|text| escaped(text));
        write!(to, "{}{edition}|{unit}|{}", Self::MARK, self.asked)
    }
}

/// A field of a key, in which `|` parts the fields.
pub(crate) fn escaped(field: &str) -> String {
    field.replace('%', "%25").replace('|', "%7C")
}

/// The field that [`escaped`] wrote.
pub(crate) fn unescaped(field: &str) -> String {
    // `%25` last: what it becomes may stand before a `7C`.
    field.replace("%7C", "|").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::DataFormKey;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let key = DataFormKey { edition: "2025|a".into(), unit: "42%7C".into(), asked: "0f1e2d3c".into() };
        assert_eq!(key.to_string(), "benchline:data/1 2025%7Ca|42%257C|0f1e2d3c");
        assert_eq!(DataFormKey::parse(&key.to_string()), Some(key));
        assert_eq!(DataFormKey::parse("benchline:data/2 a|b|c"), None);
    }
}
