use std::fmt;

use super::{escaped, unescaped};
use crate::diagnostics::Lang;

/// Heads of the columns of a confirmation sheet, by which it can be read when it
/// comes back. They are the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmationHeads;

impl ConfirmationHeads {
    /// Number of the row.
    pub const NUMBER: &'static str = "序号 No.";
    /// What the indicator is called.
    pub const NAME: &'static str = "指标 Indicator";
    /// Id of the indicator or context variable.
    pub const INDICATOR: &'static str = "指标标识 Id";
    /// Unit of measure.
    pub const MEASURE: &'static str = "计量单位 Unit";
    /// The value as read.
    pub const VALUE: &'static str = "数值 Value";
    /// The sample size that it rests on.
    pub const SAMPLE: &'static str = "样本量 n";
    /// File and cell that it was read from.
    pub const SOURCE: &'static str = "来源 Source";
    /// Whether it is right: see [`Reply`].
    pub const REPLY: &'static str = "是否确认 Reply";
    /// The value that ought to stand there.
    pub const CORRECTED: &'static str = "更正值 Corrected value";
    /// Why.
    pub const REASON: &'static str = "理由 Reason";
    /// What supports it: a file or a reference.
    pub const EVIDENCE: &'static str = "依据 Evidence";
    /// What the row comes to, by a formula; not to be read.
    pub const STATUS: &'static str = "自查 Check";

    /// What a unit fills in.
    pub const OPEN: [&'static str; 4] = [Self::REPLY, Self::CORRECTED, Self::REASON, Self::EVIDENCE];
}

/// What a unit says to a value on a confirmation sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is right.
    Confirmed,
    /// It is to be corrected.
    Correct,
}

impl Reply {
    /// Both, in the order of the drop-down list.
    pub const ALL: [Self; 2] = [Self::Confirmed, Self::Correct];

    /// The word in a drop-down list.
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Confirmed, Lang::Zh) => "确认",
            (Self::Confirmed, Lang::En) => "Confirmed",
            (Self::Correct, Lang::Zh) => "更正",
            (Self::Correct, Lang::En) => "Correct",
        }
    }

    /// The reply that a word of either language is, letters large or small.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |reply: &Self| {
            [Lang::Zh, Lang::En].iter().any(|lang| reply.word(*lang).eq_ignore_ascii_case(text))
        };
        Self::ALL.into_iter().find(is)
    }
}

/// The words that a corrected value may be in place of a number: that there is none,
/// and that there can be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoValue;

impl NoValue {
    /// There is no value.
    pub fn missing(lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => "缺失",
            Lang::En => "missing",
        }
    }

    /// There can be none.
    pub fn not_applicable(lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => "不适用",
            Lang::En => "not applicable",
        }
    }
}

/// What tells a confirmation sheet from all others: it stands in one of its first
/// rows, above the heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmationKey {
    /// The reported period.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// Digest of the values that it shows: see
    /// [`confirmation_digest`](crate::validate::confirmation_digest).
    pub digest: String,
}

impl ConfirmationKey {
    /// What every key starts with, whatever its version.
    pub const MARK: &'static str = "benchline:confirm/";
    const VERSION: &'static str = "1";

    /// Whether a text in the bytes of a file starts as keys do, whatever the file.
    pub fn is_in(bytes: &[u8]) -> bool {
        bytes.windows(Self::MARK.len()).any(|part| part == Self::MARK.as_bytes())
    }

    /// The key that a text is; `None` if it is none of this version.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.trim().strip_prefix(Self::MARK)?.strip_prefix(Self::VERSION)?;
        let fields: Vec<&str> = rest.strip_prefix(' ')?.split('|').collect();
        let [edition, unit, digest] = fields.as_slice() else { return None };
        Some(Self { edition: unescaped(edition), unit: unescaped(unit), digest: (*digest).to_owned() })
    }
}

/// `benchline:confirm/1 EDITION|UNIT|DIGEST`; `%` and `|` in a field are written
/// `%25` and `%7C`.
impl fmt::Display for ConfirmationKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [edition, unit] = [&self.edition, &self.unit].map(|field| escaped(field));
        write!(to, "{}{} {edition}|{unit}|{}", Self::MARK, Self::VERSION, self.digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let key =
            ConfirmationKey { edition: "2025|a".into(), unit: "42%7C".into(), digest: "0f1e2d3c4b5a".into() };
        assert_eq!(key.to_string(), "benchline:confirm/1 2025%7Ca|42%257C|0f1e2d3c4b5a");
        assert_eq!(ConfirmationKey::parse(&format!(" {key} ")), Some(key));
        assert_eq!(ConfirmationKey::parse("benchline:confirm/2 2025|420100|0f1e2d3c4b5a"), None);
        assert_eq!(ConfirmationKey::parse("benchline:confirm/1 2025|420100"), None);
    }

    #[test]
    fn a_reply_is_known_in_either_language() {
        let known = ["确认", " 更正 ", "confirmed", "CORRECT", "是"].map(Reply::parse);
        let [yes, no] = Reply::ALL.map(Some);
        assert_eq!(known, [yes, no, yes, no, None]);
    }
}
