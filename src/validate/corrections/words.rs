use crate::ledger::{CorrectionKind, Decision};

/// What a correction is, or what may be written in both languages.
pub(super) fn kind(text: &str) -> Result<CorrectionKind, (&'static str, &'static str)> {
    match text.to_lowercase().as_str() {
        "correction" | "更正" => Ok(CorrectionKind::Correction),
        "appeal" | "申诉" => Ok(CorrectionKind::Appeal),
        _ => Err(("“更正”或“申诉”", "`correction` or `appeal`")),
    }
}

/// What was decided, or what may be written.
pub(super) fn decision(text: &str) -> Result<Decision, (&'static str, &'static str)> {
    match text.to_lowercase().as_str() {
        "accepted" | "采纳" | "接受" | "成立" | "同意" => Ok(Decision::Accepted),
        "refused" | "不采纳" | "驳回" | "不成立" | "不同意" => Ok(Decision::Refused),
        _ => Err(("“采纳”或“驳回”", "`accepted` or `refused`")),
    }
}
