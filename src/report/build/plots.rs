use serde::Serialize;

use super::Scope;
use crate::index::Spread;
use crate::numeric::Withheld;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{
    Axis, BandShareRow, BandShares, ChartWords, Dot, GroupRow, HeatCell, RangePlot, RangeRow, Tick,
};

/// Quartiles of fewer units than this times the smallest cell are next to the
/// scores of single units.
const QUARTILE_CELLS: usize = 4;
/// The same of tenths.
const TENTH_CELLS: usize = 10;

/// Fewer units than this say little of their group, whoever reads it: one of them
/// moves the share of a rating by a fifth and more. A limit of statistics, beside
/// that of disclosure, which is the policy's `small_cells`.
pub(super) const FEW: usize = 6;

/// One row of a strip plot before it is laid out.
pub(super) struct StripRow<'a> {
    pub(super) name: String,
    pub(super) units: &'a [usize],
    pub(super) spread: Spread,
    /// Why its figures are withheld, if they are.
    pub(super) withheld: Option<Withheld>,
    /// What stands at its right of the median and the mean.
    pub(super) more: Option<String>,
}

impl Scope<'_> {
    /// The words around a chart: `KEY_title`, `KEY_note`, `KEY_caption`, `KEY_alt`.
    pub(super) fn chart_words(
        &self,
        key: &str,
        context: &impl Serialize,
    ) -> Result<ChartWords, TemplateError> {
        let say = |part: &str| self.words.say(&format!("{key}_{part}"), context);
        Ok(ChartWords {
            title: say("title")?,
            note: say("note")?,
            caption: say("caption")?,
            alt: say("alt")?,
        })
    }

    /// The words above and below a table, which needs no alt text.
    pub(super) fn table_words(
        &self,
        key: &str,
        context: &impl Serialize,
    ) -> Result<ChartWords, TemplateError> {
        let say = |part: &str| self.words.say(&format!("{key}_{part}"), context);
        Ok(ChartWords {
            title: say("title")?,
            note: say("note")?,
            caption: say("caption")?,
            alt: String::new(),
        })
    }

    /// A number of units with a measure word.
    pub(super) fn count_text(&self, count: usize) -> Result<String, TemplateError> {
        self.words.say("word_count", serde_json::json!({ "count": self.numbers.count(count) }))
    }

    /// Whether quartiles over `n` units may be shown.
    pub(super) fn shows_quartiles(&self, n: usize) -> bool {
        let disclosure = &self.material.disclosure;
        disclosure.scores || n >= QUARTILE_CELLS * disclosure.small_cells
    }

    /// Whether the lowest and the highest tenth of `n` units may be shown.
    pub(super) fn shows_tenths(&self, n: usize) -> bool {
        let disclosure = &self.material.disclosure;
        disclosure.scores || n >= TENTH_CELLS * disclosure.small_cells
    }

    /// The diameter of dots, the same in all strip plots of a report.
    pub(super) fn strip_dot(&self) -> f64 {
        layout::strip_dot(self.material.overview.assessed.len())
    }

    /// The score below which results are weak, as sentences write it.
    pub(super) fn weak_text(&self) -> Option<String> {
        self.material.framework.reading.weak_below.map(|line| self.numbers.plain(line))
    }

    /// The score below which results are weak, as a mark on an axis.
    pub(super) fn weak_line(&self, axis: &Axis) -> Option<Tick> {
        let line = self.material.framework.reading.weak_below?;
        let on_axis = axis.min < line && line < axis.max;
        on_axis.then(|| Tick { at: line, text: self.numbers.plain(line) })
    }

    /// A row of dots, box and median; `score` of a unit places its dot, `marked`
    /// says which are dark.
    pub(super) fn strip_row(
        &self,
        row: StripRow<'_>,
        axis: &Axis,
        score: &dyn Fn(usize) -> Option<f64>,
        marked: &dyn Fn(usize) -> bool,
    ) -> Result<GroupRow, TemplateError> {
        let disclosure = &self.material.disclosure;
        let n = row.spread.n;
        let dots = if disclosure.scores {
            let placed: Vec<(usize, f64)> =
                row.units.iter().filter_map(|unit| Some((*unit, score(*unit)?))).collect();
            let scores: Vec<f64> = placed.iter().map(|(_, score)| *score).collect();
            let offsets = layout::swarm(&scores, axis, self.strip_dot());
            let dots = placed.iter().zip(offsets);
            dots.map(|((unit, at), offset)| Dot { at: *at, offset, top: marked(*unit) }).collect()
        } else {
            Vec::new()
        };
        let middle = row.withheld.is_none();
        let quartiles = middle && self.shows_quartiles(n);
        let figures = [row.spread.median, row.spread.mean].map(|value| self.figure(row.withheld, value));
        Ok(GroupRow {
            name: row.name,
            count_text: self.count_text(n)?,
            q1: quartiles.then_some(row.spread.q1),
            q3: quartiles.then_some(row.spread.q3),
            median: middle.then_some(row.spread.median),
            mean: middle.then_some(row.spread.mean),
            values: figures.into_iter().chain(row.more.map(Some)).collect(),
            dots,
        })
    }

    /// One bar per row; none unless units are rated.
    pub(super) fn band_shares(
        &self,
        words: ChartWords,
        value_header: String,
        rows: Vec<BandShareRow>,
    ) -> Option<BandShares> {
        let rated = rows.iter().any(|row| row.counts.iter().sum::<usize>() > 0);
        rated.then_some(BandShares { words, value_header, rows })
    }
}

/// A range plot of named spreads.
pub(super) fn range_plot(
    scope: &Scope<'_>,
    words: ChartWords,
    value_header: String,
    rows: Vec<RangeRow>,
) -> Option<RangePlot> {
    let ends: Vec<f64> = rows.iter().flat_map(|row| [row.p10, row.p90]).collect();
    let axis = layout::axis(&ends, &[], "");
    (!rows.is_empty()).then(|| RangePlot { words, line: scope.weak_line(&axis), axis, value_header, rows })
}

/// A row of a range plot.
pub(super) fn range_row(
    name: String,
    spread: Spread,
    value_text: Option<String>,
    emphasis: bool,
) -> RangeRow {
    let Spread { p10, q1, median, q3, p90, .. } = spread;
    RangeRow { name, p10, q1, median, q3, p90, value_text, emphasis }
}

/// Tints of numbers: five steps of equal width over the middle nine tenths, so
/// that a member with one unit does not take the tints of all others.
pub(super) fn heat(rows: &[Vec<Option<f64>>], text: impl Fn(f64) -> String) -> Vec<Vec<Option<HeatCell>>> {
    let all: Vec<f64> = rows.iter().flatten().flatten().copied().collect();
    let end = |p| crate::numeric::quantile(&all, p).unwrap_or_default();
    let (low, high) = (end(0.05), end(0.95));
    let step = |value: f64| {
        let part = if high > low { (value - low) / (high - low) } else { 0.5 };
        ((part.clamp(0.0, 1.0) * 5.0).floor() as usize).min(4)
    };
    let cell = |value: &Option<f64>| value.map(|value| HeatCell { text: text(value), step: step(value) });
    rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

/// The names with the highest and the lowest value, as sentences speak of them;
/// none of fewer than two names.
pub(super) fn ends(scope: &Scope<'_>, values: &[(String, f64)]) -> Option<serde_json::Value> {
    let by_value = |a: &&(String, f64), b: &&(String, f64)| a.1.total_cmp(&b.1);
    let (high_name, high) = values.iter().max_by(by_value)?;
    let (low_name, low) = values.iter().min_by(by_value)?;
    let (high, low) = (scope.numbers.rounded(*high), scope.numbers.rounded(*low));
    (values.len() > 1).then(|| {
        serde_json::json!({
            "highest": { "name": high_name, "value": scope.numbers.score(high) },
            "lowest": { "name": low_name, "value": scope.numbers.score(low) },
            "gap": scope.numbers.score(high - low),
            "same": high == low,
        })
    })
}
