use super::name_of;
use super::table::{Table, Value, heads};
use super::units::unit;
use crate::coherence::{Coherence, Flag, FlagKind, UnitCoverage};
use crate::report::audit;
use crate::report::workbook::Book;

/// Coverage, shape, ceiling and ties of each indicator.
pub(super) fn indicators<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let mut rows = Vec::new();
    for coverage in &found.coverage.indicators {
        let raw = found.distributions.iter().find(|one| one.id == coverage.id);
        let crowding = found.crowding.iter().find(|one| one.id == coverage.id);
        rows.push(vec![
            Value::text(coverage.id.to_string()),
            Value::text(name_of(book, &coverage.id)),
            Value::count(coverage.expected),
            Value::count(coverage.present),
            Value::share(coverage.share),
            Value::fixed(raw.and_then(|one| one.raw.skewness), 3),
            Value::fixed(raw.and_then(|one| one.raw.kurtosis), 3),
            Value::fixed(raw.and_then(|one| one.treated.skewness), 3),
            Value::fixed(raw.and_then(|one| one.treated.kurtosis), 3),
            Value::share(crowding.and_then(|one| one.ceiling)),
            Value::share(crowding.and_then(|one| one.floor)),
            Value::share(crowding.and_then(|one| one.tie_share)),
        ]);
    }
    let of = [
        ("workbook_code", 24.0),
        ("workbook_indicator", 40.0),
        ("audit_expected", 12.0),
        ("workbook_count", 12.0),
        ("audit_coverage", 12.0),
        ("audit_skewness_raw", 14.0),
        ("audit_kurtosis_raw", 14.0),
        ("audit_skewness", 14.0),
        ("audit_kurtosis", 14.0),
        ("audit_ceiling", 14.0),
        ("audit_floor", 14.0),
        ("audit_ties", 14.0),
    ];
    Table { name: "audit_sheet_indicators", note: "", heads: heads(book, &of), rows, fixed: 2, bars: vec![4] }
}

/// Coverage of each unit.
pub(super) fn units<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let row = |one: &UnitCoverage| {
        let mut cells = unit(book, one.unit);
        let word = if one.passes { "audit_passes" } else { "audit_fails" };
        cells.extend([
            Value::count(one.expected),
            Value::count(one.present),
            Value::share(one.share),
            Value::share(one.non_zero),
            Value::text(book.words.line(word)),
        ]);
        cells
    };
    let of = [
        ("workbook_code", 10.0),
        ("workbook_name", 24.0),
        ("audit_expected", 12.0),
        ("workbook_count", 12.0),
        ("audit_coverage", 12.0),
        ("audit_non_zero", 14.0),
        ("audit_judgement", 16.0),
    ];
    Table {
        name: "audit_sheet_coverage",
        note: "",
        heads: heads(book, &of),
        rows: found.coverage.units.iter().map(row).collect(),
        fixed: 2,
        bars: vec![4],
    }
}

/// What is worth a word.
pub(super) fn flags<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let whole = audit::shows_units(&book.material);
    let row = |flag: &Flag| {
        let named = |id: &Option<crate::model::Id>| id.as_ref().map_or(String::new(), |id| name_of(book, id));
        let about = match flag.unit.map(|at| unit(book, at)).as_deref() {
            Some([Value::Text(code), Value::Text(name)]) => format!("{code} {name}"),
            _ => named(&flag.id),
        };
        vec![
            Value::text(book.words.line(word(flag.kind))),
            Value::text(about),
            Value::text(named(&flag.with)),
            Value::fixed(flag.value, 4),
            Value::fixed(flag.threshold, 4),
        ]
    };
    let of = [
        ("audit_flag", 36.0),
        ("audit_about", 40.0),
        ("audit_other", 40.0),
        ("audit_value", 14.0),
        ("audit_threshold", 14.0),
    ];
    Table {
        name: "audit_sheet_flags",
        note: "",
        heads: heads(book, &of),
        rows: found.flags.iter().filter(|flag| whole || flag.unit.is_none()).map(row).collect(),
        fixed: 1,
        bars: Vec::new(),
    }
}

fn word(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::UnitCoverage => "audit_flag_unit_coverage",
        FlagKind::IndicatorCoverage => "audit_flag_indicator_coverage",
        FlagKind::Constant => "audit_flag_constant",
        FlagKind::Outliers => "audit_flag_outliers",
        FlagKind::Ceiling => "audit_flag_ceiling",
        FlagKind::Ties => "audit_flag_ties",
        FlagKind::NegativeLink => "audit_flag_negative_link",
        FlagKind::WeakLink => "audit_flag_weak_link",
        FlagKind::DominantLink => "audit_flag_dominant_link",
        FlagKind::Collinear => "audit_flag_collinear",
        FlagKind::Size => "audit_flag_size",
        FlagKind::Components => "audit_flag_components",
        FlagKind::Alpha => "audit_flag_alpha",
        FlagKind::Weight => "audit_flag_weight",
    }
}
