use serde_json::json;

use super::Audit;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{
    Axis, BandSpan, IntervalMark, IntervalOverview, IntervalPage, IntervalPages, IntervalRow, IntervalStrip,
    Tick,
};
use crate::robustness::{Quantiles, UnitDoubt};

/// Most units below each other, and most strips beside each other.
const ROWS: usize = 57;
const STRIPS: usize = 3;
/// Ticks of a strip and of the overview, about.
const STRIP_TICKS: f64 = 3.0;
const OVERVIEW_TICKS: f64 = 8.0;

/// A unit with its ranks.
type Ranked<'a> = (&'a UnitDoubt, Quantiles);

/// The units by rank, and by code where they share one; none where ranks may not
/// be shown.
fn ranked<'a>(audit: &Audit<'a>) -> Vec<Ranked<'a>> {
    let overall = audit.found.robustness.overall().filter(|_| audit.shows_units());
    let units = overall.map_or(&[][..], |variant| &variant.units).iter();
    let mut ranked: Vec<Ranked<'a>> = units.filter_map(|one| Some((one, one.rank?))).collect();
    ranked.sort_by(|a, b| a.0.nominal_rank.total_cmp(&b.0.nominal_rank).then(a.0.unit.cmp(&b.0.unit)));
    ranked
}

pub(super) fn overview(audit: &Audit<'_>) -> Result<Option<IntervalOverview>, TemplateError> {
    let ranked = ranked(audit);
    if ranked.len() < 2 {
        return Ok(None);
    }
    let units = (1..).zip(&ranked).map(|(at, (one, rank))| IntervalMark {
        at,
        low: rank.q05,
        high: rank.q95,
        median: rank.median,
        nominal: one.nominal_rank,
    });
    Ok(Some(IntervalOverview {
        words: audit.scope.chart_words("audit_overview", &audit.facts)?,
        axis: rank_axis(1.0, ranked.len() as f64, OVERVIEW_TICKS, audit.scope.words.word("audit_rank_axis")?),
        units: units.collect(),
        spans: spans(audit, &ranked),
    }))
}

/// Runs of units of one band.
fn spans(audit: &Audit<'_>, ranked: &[Ranked<'_>]) -> Vec<BandSpan> {
    let mut spans: Vec<BandSpan> = Vec::new();
    for (at, (one, _)) in (1..).zip(ranked) {
        let Some(band) = audit.scope.outcome(one.unit).band else { continue };
        match spans.last_mut() {
            Some(last) if last.band == band && last.to + 1 == at => last.to = at,
            _ => spans.push(BandSpan { band, from: at, to: at }),
        }
    }
    spans
}

/// Strips of equal length, three to a page.
pub(super) fn pages(audit: &Audit<'_>) -> Result<Option<IntervalPages>, TemplateError> {
    let ranked = ranked(audit);
    if ranked.is_empty() {
        return Ok(None);
    }
    let count = ranked.len();
    let pages = count.div_ceil(ROWS * STRIPS);
    let across = if pages > 1 { STRIPS } else { count.div_ceil(ROWS) };
    let each = count.div_ceil(pages * across);
    let chunks: Vec<&[Ranked<'_>]> = ranked.chunks(each).collect();
    let span =
        chunks.iter().map(|chunk| extent(chunk)).fold(4.0, |most: f64, (low, high)| most.max(high - low));
    let strips: Vec<IntervalStrip> = chunks.iter().map(|chunk| strip(audit, chunk, span)).collect();
    let page = |(at, strips): (usize, &[IntervalStrip])| {
        let first = at * across * each + 1;
        let last = (first + strips.iter().map(|strip| strip.rows.len()).sum::<usize>()).saturating_sub(1);
        let context = json!({ "facts": audit.facts, "first": first, "last": last, "whole": pages == 1 });
        Ok(IntervalPage {
            caption: audit.scope.words.say("audit_intervals_caption", &context)?,
            alt: audit.scope.words.say("audit_intervals_alt", &context)?,
            strips: strips.to_vec(),
        })
    };
    Ok(Some(IntervalPages {
        title: audit.scope.words.say("audit_intervals_title", &audit.facts)?,
        note: audit.scope.words.say("audit_intervals_note", &audit.facts)?,
        pages: strips.chunks(across).enumerate().map(page).collect::<Result<_, TemplateError>>()?,
    }))
}

fn extent(chunk: &[Ranked<'_>]) -> (f64, f64) {
    let ends = chunk.iter().flat_map(|(one, rank)| [rank.q05, rank.q95, one.nominal_rank]);
    ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)))
}

/// A strip whose axis is `span` places long, so that widths on all strips compare.
fn strip(audit: &Audit<'_>, chunk: &[Ranked<'_>], span: f64) -> IntervalStrip {
    let (low, high) = extent(chunk);
    let from = (low - (span - (high - low)) / 2.0).max(1.0);
    let mut before = None;
    let rows = chunk.iter().map(|(one, rank)| {
        let band = audit.scope.outcome(one.unit).band;
        let new_band = before.is_some_and(|before| before != band);
        before = Some(band);
        let unit = audit.scope.unit(one.unit);
        IntervalRow {
            name: unit.map_or(String::new(), |unit| unit.short.get(audit.scope.lang).to_owned()),
            rank_text: place(audit, one.nominal_rank),
            text: interval(audit, *rank),
            band,
            new_band,
            low: rank.q05,
            high: rank.q95,
            median: rank.median,
            nominal: one.nominal_rank,
        }
    });
    let rows = rows.collect();
    IntervalStrip { axis: rank_axis(from, from + span, STRIP_TICKS, String::new()), rows }
}

/// A rank: whole, or with a decimal where places are shared or averaged.
fn place(audit: &Audit<'_>, rank: f64) -> String {
    audit.scope.numbers.value(rank, if rank.fract() == 0.0 { 0 } else { 1 })
}

/// From the first to the last place of an interval, outward to whole places.
pub(in crate::report::build) fn whole_places(rank: Quantiles) -> (usize, usize) {
    let whole = |rank: f64| rank.max(0.0) as usize;
    (whole(rank.q05.floor()), whole(rank.q95.ceil()))
}

fn interval(audit: &Audit<'_>, rank: Quantiles) -> String {
    let (from, to) = whole_places(rank);
    let count = |at: usize| audit.scope.numbers.count(at);
    if from == to { count(from) } else { format!("{}–{}", count(from), count(to)) }
}

/// An axis over ranks with the first place and about so many round ones.
fn rank_axis(from: f64, to: f64, ticks: f64, title: String) -> Axis {
    let step = layout::nice_below(((to - from) / ticks).max(1.0)).max(1.0).floor();
    let first = (from / step).ceil() as i64;
    let last = (to / step).floor() as i64;
    let mut places: Vec<f64> =
        (first..=last).map(|count| count as f64 * step).filter(|at| *at >= 1.0).collect();
    if from <= 1.0 && places.first().is_none_or(|first| *first > 1.0 + step * 0.4) {
        places.insert(0, 1.0);
    }
    let tick = |at: f64| Tick { at, text: format!("{at}") };
    Axis { min: from - 0.5, max: to + 0.5, ticks: places.into_iter().map(tick).collect(), title }
}
