use super::name_of;
use super::table::{Table, Value, heads};
use crate::diagnostics::Bilingual;
use crate::report::audit;
use crate::report::workbook::Book;
use crate::report::workbook::words::both;
use crate::robustness::{Robustness, Variant};

/// The sources of doubt that there are, by the word that names them.
pub(super) fn sources(found: &Robustness) -> Vec<(&'static str, &Variant)> {
    let all = [
        ("audit_sampling", found.by_sampling.as_ref()),
        ("audit_assumptions", found.by_assumptions.as_ref()),
        ("audit_together", found.together.as_ref()),
    ];
    all.into_iter().filter_map(|(name, variant)| Some((name, variant?))).collect()
}

pub(super) fn line(name: &Bilingual) -> String {
    both(name).replace('\n', " ")
}

/// Figures by source of doubt, then the certainty of ratings.
pub(super) fn summary<'a>(book: &Book<'_>, found: &Robustness) -> Table<'a> {
    let word = |key: &str| Value::text(book.words.line(key));
    let mut rows = Vec::new();
    for (name, variant) in sources(found) {
        let mut add = |what: &str, value: Value| rows.push(vec![word(name), word(what), value]);
        add("audit_draws", Value::count(variant.draws));
        add("audit_failed", Value::count(variant.failed));
        add("audit_mean_change", Value::Fixed(variant.mean_rank_change, 2));
        add("audit_median_width", Value::Fixed(variant.median_rank_width, 1));
        for near in [0.0, 1.0, 2.0, 5.0, 10.0, 20.0] {
            let what = format!("{} ±{near}", book.words.line("audit_within"));
            let share = variant.within(near) as f64 / variant.units.len().max(1) as f64;
            rows.push(vec![word(name), Value::text(what), Value::Share(share)]);
        }
    }
    let bands = book.material.evaluation.plan.rating.as_ref().map_or(&[][..], |rating| &rating.bands);
    let overall =
        found.overall().map(|variant| audit::certainty(&book.material, variant)).unwrap_or_default();
    for (at, counts) in overall {
        let band = bands.get(at).map_or(String::new(), |band| line(&band.name));
        let classes = ["audit_class_90", "audit_class_75", "audit_class_50", "audit_class_low"];
        for (class, count) in classes.into_iter().zip(counts) {
            let source = format!("{} {band}", book.words.line("workbook_rating"));
            rows.push(vec![Value::text(source), word(class), Value::count(count)]);
        }
    }
    rows.push(vec![word("audit_method"), word("audit_seed"), Value::text(found.seed.to_string())]);
    rows.push(vec![word("audit_method"), word("audit_hit_rate"), Value::Share(found.reuse.hit_rate)]);
    let heads = heads(book, &[("audit_source", 34.0), ("workbook_item", 52.0), ("audit_value", 14.0)]);
    Table { name: "audit_sheet_summary", note: "audit_note_share", heads, rows, fixed: 2, bars: Vec::new() }
}

/// Every choice that was varied, with the draws of each alternative.
pub(super) fn assumptions<'a>(book: &Book<'_>, found: &Robustness) -> Table<'a> {
    let mut rows = Vec::new();
    for assumption in &found.assumptions {
        for alternative in &assumption.alternatives {
            let declared = if alternative.declared { book.words.line("workbook_yes") } else { String::new() };
            rows.push(vec![
                Value::text(line(&assumption.name)),
                Value::text(line(&alternative.name)),
                Value::text(declared),
                Value::count(alternative.draws),
                Value::count(alternative.failed),
            ]);
        }
    }
    for one in found.sampling.iter().flat_map(|sampling| &sampling.indicators) {
        rows.push(vec![
            Value::text(book.words.line("audit_sampling")),
            Value::text(format!(
                "{} · n {} · deff {:.2}",
                name_of(book, &one.id),
                one.median_n.map_or_else(|| "—".to_owned(), |n| n.to_string()),
                one.median_design_effect
            )),
            Value::None,
            Value::count(one.values),
            Value::None,
        ]);
    }
    let of = [
        ("audit_choice", 30.0),
        ("audit_alternative", 60.0),
        ("audit_declared", 12.0),
        ("audit_draws_or_values", 14.0),
        ("audit_failed", 12.0),
    ];
    Table {
        name: "audit_sheet_assumptions",
        note: "",
        heads: heads(book, &of),
        rows,
        fixed: 1,
        bars: Vec::new(),
    }
}

/// First-order and total indices of Sobol.
pub(super) fn sensitivity<'a>(book: &Book<'_>, found: &Robustness) -> Table<'a> {
    let indices = found.sensitivity.iter().flat_map(|sensitivity| &sensitivity.indices);
    let row = |index: &crate::robustness::SobolIndex| {
        let name = found.assumptions.get(index.assumption).map(|one| line(&one.name));
        let mut cells = vec![Value::text(name.unwrap_or_default())];
        for estimate in [index.first, index.total] {
            cells.extend([estimate.value, estimate.low, estimate.high].map(|value| Value::Fixed(value, 4)));
        }
        cells
    };
    let of = [
        ("audit_choice", 40.0),
        ("audit_first", 14.0),
        ("audit_low", 12.0),
        ("audit_high", 12.0),
        ("audit_total", 14.0),
        ("audit_low", 12.0),
        ("audit_high", 12.0),
    ];
    Table {
        name: "audit_sheet_sensitivity",
        note: "audit_note_sobol",
        heads: heads(book, &of),
        rows: indices.map(row).collect(),
        fixed: 1,
        bars: vec![1, 4],
    }
}

/// What leaving out an indicator or a dimension does.
pub(super) fn removal<'a>(book: &Book<'_>, found: &Robustness) -> Table<'a> {
    let row = |one: &crate::robustness::Removal| {
        let kind = if one.indicator { "workbook_indicator" } else { "workbook_node" };
        let mut cells = vec![
            Value::text(book.words.line(kind)),
            Value::text(one.id.to_string()),
            Value::text(name_of(book, &one.id)),
        ];
        match &one.effect {
            Ok(effect) => cells.extend([
                Value::Fixed(effect.mean_rank_change, 2),
                Value::Plain(effect.largest_rank_change),
                Value::fixed(effect.rank_correlation, 4),
                Value::count(effect.bands_changed),
            ]),
            Err(reason) => {
                cells.extend([Value::None, Value::None, Value::None, Value::None, Value::text(line(reason))]);
            }
        }
        cells
    };
    let of = [
        ("workbook_kind", 14.0),
        ("workbook_code", 24.0),
        ("workbook_name", 44.0),
        ("audit_mean_change", 16.0),
        ("audit_largest_change", 14.0),
        ("audit_rank_correlation", 14.0),
        ("audit_bands_changed", 14.0),
        ("audit_reason", 40.0),
    ];
    Table {
        name: "audit_sheet_removal",
        note: "",
        heads: heads(book, &of),
        rows: found.removal.iter().map(row).collect(),
        fixed: 3,
        bars: vec![3],
    }
}
