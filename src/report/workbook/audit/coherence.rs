use super::name_of;
use super::table::{Table, Value, heads};
use crate::coherence::{Block, BlockOf, Coherence, Correlation, LinkReading};
use crate::report::workbook::Book;

/// Every element with each node that it counts towards: three correlations.
pub(super) fn links<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let row = |link: &crate::coherence::Link| {
        let reading = match link.reading {
            LinkReading::Negative => "audit_link_negative",
            LinkReading::Weak => "audit_link_weak",
            LinkReading::Sound => "audit_link_sound",
            LinkReading::Dominant => "audit_link_dominant",
            LinkReading::Unknown => "audit_link_unknown",
        };
        let parent = if link.parent { book.words.line("workbook_yes") } else { String::new() };
        let mut cells = vec![
            Value::text(name_of(book, &link.id)),
            Value::text(name_of(book, &link.node)),
            Value::text(parent),
            Value::text(book.words.line(reading)),
            link.correlations.pearson.map_or(Value::None, |one| Value::count(one.n)),
        ];
        let three = [link.correlations.pearson, link.correlations.spearman, link.correlations.kendall];
        cells.extend(three.into_iter().flat_map(r_and_p));
        cells
    };
    let of = [
        ("audit_element", 40.0),
        ("workbook_parent", 30.0),
        ("audit_is_parent", 10.0),
        ("audit_reading", 22.0),
        ("audit_n", 8.0),
        ("audit_pearson", 12.0),
        ("audit_p", 10.0),
        ("audit_spearman", 12.0),
        ("audit_p", 10.0),
        ("audit_kendall", 12.0),
        ("audit_p", 10.0),
    ];
    Table {
        name: "audit_sheet_correlations",
        note: "audit_note_correlations",
        heads: heads(book, &of),
        rows: found.links.iter().map(row).collect(),
        fixed: 2,
        bars: Vec::new(),
    }
}

fn r_and_p(of: Option<Correlation>) -> [Value; 2] {
    [Value::fixed(of.map(|one| one.r), 4), Value::fixed(of.and_then(|one| one.p), 6)]
}

/// Pairs that say much the same, of all elements on a level.
pub(super) fn pairs<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let row = |pair: &crate::coherence::Pair| {
        let word = if pair.collinear { "audit_collinear" } else { "audit_high_pair" };
        vec![
            Value::text(name_of(book, &pair.one)),
            Value::text(name_of(book, &pair.other)),
            Value::text(pair.node.as_ref().map_or(String::new(), |node| name_of(book, node))),
            Value::Fixed(pair.r, 4),
            Value::text(book.words.line(word)),
        ]
    };
    let of = [
        ("audit_element", 40.0),
        ("audit_other", 40.0),
        ("workbook_parent", 30.0),
        ("audit_pearson", 12.0),
        ("audit_reading", 22.0),
    ];
    Table {
        name: "audit_sheet_pairs",
        note: "",
        heads: heads(book, &of),
        rows: found.pairs.iter().map(row).collect(),
        fixed: 2,
        bars: Vec::new(),
    }
}

fn block_name(book: &Book<'_>, block: &Block) -> String {
    match &block.of {
        BlockOf::Children { node } => name_of(book, node),
        BlockOf::Level { level } => format!("{} {level}", book.words.line("audit_level")),
    }
}

/// Alpha and components of what belongs together.
pub(super) fn blocks<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let row = |block: &Block| {
        let components = block.components.as_ref();
        let first = components.and_then(|of| of.components.first());
        vec![
            Value::text(block_name(book, block)),
            Value::count(block.ids.len()),
            Value::fixed(block.alpha, 4),
            components.map_or(Value::None, |of| Value::count(of.n)),
            components.map_or(Value::None, |of| Value::count(of.above_one)),
            Value::fixed(first.map(|first| first.eigenvalue), 4),
            Value::share(first.map(|first| first.share)),
        ]
    };
    let of = [
        ("audit_block", 40.0),
        ("audit_elements", 12.0),
        ("audit_alpha", 12.0),
        ("audit_n", 8.0),
        ("audit_above_one", 16.0),
        ("audit_eigenvalue", 14.0),
        ("audit_first_share", 16.0),
    ];
    Table {
        name: "audit_sheet_alpha",
        note: "",
        heads: heads(book, &of),
        rows: found.blocks.iter().map(row).collect(),
        fixed: 1,
        bars: Vec::new(),
    }
}

/// Eigenvalues and loadings, one row per block, component and element.
pub(super) fn components<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let mut rows = Vec::new();
    for block in &found.blocks {
        for (at, component) in block.components.iter().flat_map(|of| &of.components).enumerate() {
            for (id, loading) in block.ids.iter().zip(&component.loadings) {
                rows.push(vec![
                    Value::text(block_name(book, block)),
                    Value::count(at + 1),
                    Value::Fixed(component.eigenvalue, 4),
                    Value::Share(component.share),
                    Value::Share(component.cumulative),
                    Value::text(name_of(book, id)),
                    Value::Fixed(*loading, 4),
                ]);
            }
        }
    }
    let of = [
        ("audit_block", 40.0),
        ("audit_component", 12.0),
        ("audit_eigenvalue", 14.0),
        ("workbook_share_variance", 14.0),
        ("audit_cumulative", 14.0),
        ("audit_element", 40.0),
        ("audit_loading", 12.0),
    ];
    Table { name: "audit_sheet_pca", note: "", heads: heads(book, &of), rows, fixed: 2, bars: Vec::new() }
}

/// Weights on paper and in effect.
pub(super) fn weights<'a>(book: &Book<'_>, found: &Coherence) -> Table<'a> {
    let mut rows = Vec::new();
    for influence in &found.influence {
        for one in &influence.of {
            rows.push(vec![
                Value::text(name_of(book, &influence.node)),
                Value::text(name_of(book, &one.id)),
                Value::Fixed(one.nominal, 4),
                Value::fixed(one.spline_share, 4),
                Value::fixed(one.linear_share, 4),
                Value::fixed(one.ratio, 3),
                Value::fixed(one.linear, 4),
                Value::fixed(one.spline, 4),
            ]);
        }
    }
    let of = [
        ("workbook_parent", 36.0),
        ("audit_element", 40.0),
        ("audit_weight_declared", 14.0),
        ("audit_weight_spline", 16.0),
        ("audit_weight_linear", 16.0),
        ("audit_weight_ratio", 14.0),
        ("audit_ratio_linear", 14.0),
        ("audit_ratio_spline", 14.0),
    ];
    Table {
        name: "audit_sheet_weights",
        note: "audit_note_weights",
        heads: heads(book, &of),
        rows,
        fixed: 2,
        bars: Vec::new(),
    }
}
