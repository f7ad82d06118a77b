use super::doubt::{line, sources};
use super::table::{Table, Value};
use crate::report::workbook::Book;
use crate::robustness::{Quantiles, Robustness, UnitDoubt, Variant};

/// One row per unit: intervals of score and rank and shares of draws by rating,
/// with the rank intervals of each source beside them.
pub(super) fn intervals<'a>(book: &Book<'_>, found: &Robustness) -> Table<'a> {
    let Some(overall) = found.overall() else {
        return empty();
    };
    let decimals = book.material.evaluation.plan.score.decimals.saturating_add(1).min(6);
    let sources = sources(found);
    let row = |one: &UnitDoubt| {
        let mut cells = unit(book, one.unit);
        cells.push(Value::text(rating(book, one.unit)));
        cells.push(Value::Fixed(one.nominal_score, decimals));
        cells.extend(parts(one.score, Some(decimals)));
        cells.push(Value::Plain(one.nominal_rank));
        cells.extend(parts(one.rank, Some(1)));
        cells.push(Value::fixed(one.rank.map(|rank| rank.mean), 2));
        for (_, variant) in &sources {
            let rank = variant.unit(one.unit).and_then(|one| one.rank);
            cells.extend(
                [rank.map(|rank| rank.q05), rank.map(|rank| rank.q95)].map(|end| Value::fixed(end, 1)),
            );
        }
        cells
            .extend(one.top.iter().chain(&one.bands).chain([&one.unrated]).map(|share| Value::Share(*share)));
        cells
    };
    Table {
        name: "audit_sheet_units",
        note: "audit_note_share",
        heads: interval_heads(book, found, &sources),
        rows: overall.units.iter().map(row).collect(),
        fixed: 2,
        bars: Vec::new(),
    }
}

fn interval_heads(book: &Book<'_>, found: &Robustness, sources: &[(&str, &Variant)]) -> Vec<(String, f64)> {
    let words = book.words;
    let mut heads: Vec<(String, f64)> = [
        ("workbook_code", 10.0),
        ("workbook_name", 24.0),
        ("workbook_rating", 9.0),
        ("workbook_score", 10.0),
        ("audit_score_low", 10.0),
        ("audit_score_median", 10.0),
        ("audit_score_high", 10.0),
        ("workbook_rank", 8.0),
        ("audit_rank_low", 10.0),
        ("audit_rank_median", 10.0),
        ("audit_rank_high", 10.0),
        ("audit_rank_mean", 10.0),
    ]
    .map(|(key, width)| (words.head(key), width))
    .to_vec();
    for (name, _) in sources {
        for end in ["audit_rank_low", "audit_rank_high"] {
            heads.push((format!("{}\n{}", words.line(name), words.line(end)), 16.0));
        }
    }
    let share = words.line("audit_share");
    heads.extend(found.top.iter().map(|top| (format!("{share}\n{} {top}", words.line("audit_top")), 16.0)));
    let bands = book.material.evaluation.plan.rating.as_ref().map_or(&[][..], |rating| &rating.bands);
    heads.extend(bands.iter().map(|band| (format!("{share}\n{}", line(&band.name)), 16.0)));
    heads.push((format!("{share}\n{}", words.line("audit_unrated")), 16.0));
    heads
}

/// How often a unit had which rank, one row per unit and rank.
pub(super) fn distribution<'a>(book: &Book<'_>, found: &Robustness) -> Table<'a> {
    let mut rows = Vec::new();
    for one in found.overall().map_or(&[][..], |variant| &variant.units) {
        let all: u32 = one.ranks.counts.iter().sum();
        for (step, draws) in (0..).zip(&one.ranks.counts) {
            if *draws == 0 {
                continue;
            }
            let mut cells = unit(book, one.unit);
            cells.push(Value::count(one.ranks.first + step));
            cells.push(Value::count(*draws));
            cells.push(Value::Share(f64::from(*draws) / f64::from(all.max(1))));
            rows.push(cells);
        }
    }
    let of = [
        ("workbook_code", 10.0),
        ("workbook_name", 24.0),
        ("workbook_rank", 8.0),
        ("audit_draws", 10.0),
        ("audit_share", 12.0),
    ];
    Table {
        name: "audit_sheet_ranks",
        note: "audit_note_share",
        heads: super::table::heads(book, &of),
        rows,
        fixed: 2,
        bars: vec![4],
    }
}

/// Code and name.
pub(super) fn unit(book: &Book<'_>, at: usize) -> Vec<Value> {
    let Some(unit) = book.material.input.panel().units().get(at) else { return Vec::new() };
    vec![Value::text(unit.code.as_str()), Value::text(line(&unit.name))]
}

fn rating(book: &Book<'_>, unit: usize) -> String {
    let input = book.material.input;
    let row = input.panel().rows_of(input.edition()).start + unit;
    let evaluation = book.material.evaluation;
    let band = evaluation.outcomes.get(row).and_then(|outcome| outcome.band);
    let rating = evaluation.plan.rating.as_ref();
    band.and_then(|band| rating?.bands.get(band)).map_or(String::new(), |band| line(&band.name))
}

fn parts(of: Option<Quantiles>, decimals: Option<u8>) -> [Value; 3] {
    let ends = [of.map(|of| of.q05), of.map(|of| of.median), of.map(|of| of.q95)];
    ends.map(|end| Value::fixed(end, decimals.unwrap_or(1)))
}

fn empty<'a>() -> Table<'a> {
    Table {
        name: "audit_sheet_units",
        note: "audit_note_share",
        heads: Vec::new(),
        rows: Vec::new(),
        fixed: 0,
        bars: Vec::new(),
    }
}
