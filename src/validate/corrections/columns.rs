use super::super::contest::columns::{Names as Heads, find, need};
use super::UNIT_HEADS;
use crate::diagnostics::Findings;
use crate::input::Table;

const INDICATOR: Heads = &["indicator", "指标", "指标标识", "指标名称"];
const PERIOD: Heads = &["period", "期次", "年度"];
const OLD: Heads = &["old", "原值"];
const NEW: Heads = &["new", "更正值", "新值"];
const REASON: Heads = &["reason", "理由", "更正理由"];
const EVIDENCE: Heads = &["evidence", "依据", "证明材料"];
const KIND: Heads = &["kind", "类型", "类别"];
const DECISION: Heads = &["decision", "决定", "处理结果"];
const BY: Heads = &["by", "经办", "经办人"];

/// Every header that a column of such a table may have.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    let heads = [UNIT_HEADS, INDICATOR, PERIOD, OLD, NEW, REASON, EVIDENCE, KIND, DECISION, BY];
    heads.into_iter().flatten().copied()
}

/// Where a table of corrections has what.
pub(super) struct Columns {
    pub(super) unit: usize,
    pub(super) indicator: usize,
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) reason: usize,
    pub(super) period: Option<usize>,
    pub(super) evidence: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) decision: Option<usize>,
    pub(super) by: Option<usize>,
}

impl Columns {
    pub(super) fn find(table: &Table, findings: &mut Findings) -> Option<Self> {
        let [unit, indicator, old, new, reason] =
            [UNIT_HEADS, INDICATOR, OLD, NEW, REASON].map(|heads| need(table, heads, findings));
        Some(Self {
            unit: unit?,
            indicator: indicator?,
            old: old?,
            new: new?,
            reason: reason?,
            period: find(table, PERIOD),
            evidence: find(table, EVIDENCE),
            kind: find(table, KIND),
            decision: find(table, DECISION),
            by: find(table, BY),
        })
    }
}
