use serde_json::json;

use super::One;
use super::facts::{Facts, Standing};
use super::shared::{STRIP_WIDTH, round};
use crate::report::TemplateError;
use crate::report::view::{Mark, PositionPlot, PositionRow};

/// Narrowest band whose letter is shown, in millimetres, and nearest two
/// numbers of the axis may come.
const LETTER_ROOM: f64 = 5.0;
const TICK_ROOM: f64 = 7.0;

pub(super) fn plot(one: &One<'_>, facts: &Facts) -> Result<Option<PositionPlot>, TemplateError> {
    let Some(score) = one.scope.outcome(one.unit).score.filter(|_| one.is_scored()) else { return Ok(None) };
    let rows = one.compared().into_iter().zip(&facts.groups);
    let rows = rows.map(|(at, standing)| row(one, at, standing)).collect::<Result<Vec<_>, _>>()?;
    let (letters, own_band, own_letter) = letters(one);
    Ok(Some(PositionPlot {
        title: one.say("unit_position_title", facts)?,
        note: one.say("unit_position_note", facts)?,
        caption: one.say("unit_position_caption", facts)?,
        alt: one.say("unit_position_alt", facts)?,
        width: STRIP_WIDTH,
        ticks: ticks(one),
        letters,
        own_band,
        own_letter,
        at: one.shared.at(score.rounded),
        label: format!("{} {}", facts.unit, one.scope.numbers.score(score.raw)),
        rows,
        axis_title: one.scope.words.word("unit_axis_score")?,
    }))
}

fn row(one: &One<'_>, at: usize, standing: &Standing) -> Result<PositionRow, TemplateError> {
    let (strip, peers) = (one.shared.strips.get(at), one.insight.peers.get(at));
    let spread = peers.map(|peers| peers.spread).filter(|_| !standing.small);
    Ok(PositionRow {
        name: standing.name.clone(),
        count_text: one
            .say("unit_group_count", json!({ "n": standing.n, "units": one.scope.units_noun() }))?,
        height: strip.map_or(0.0, |strip| strip.height),
        dot: strip.map_or(0.0, |strip| strip.dot),
        path: strip.map_or(String::new(), |strip| strip.path.clone()),
        quartiles: spread.map(|spread| (one.shared.at(spread.q1), one.shared.at(spread.q3))),
        median: spread.map(|spread| Mark {
            at: one.shared.at(spread.median),
            text: one.scope.numbers.score(spread.median),
        }),
        standing: one.say("unit_standing", standing)?,
        detail: one.say("unit_standing_detail", standing)?,
        small: standing.small,
    })
}

/// Bounds of bands inside the axis, else its round scores; those too near
/// another go without a number.
fn ticks(one: &One<'_>) -> Vec<Mark> {
    let axis = &one.shared.axis;
    let rating = one.scope.material.framework.rating.as_ref();
    let bounds = rating.map_or(&[][..], |rating| &rating.bands).iter().rev().filter_map(|band| band.lower());
    let inside: Vec<f64> = bounds.filter(|bound| *bound > axis.min && *bound < axis.max).collect();
    let mut last = f64::NEG_INFINITY;
    let mark = |(score, text): (f64, String)| {
        let at = one.shared.at(score);
        let room = at - last >= TICK_ROOM;
        if room {
            last = at;
        }
        Mark { at, text: if room { text } else { String::new() } }
    };
    if inside.len() > 1 {
        inside.into_iter().map(|bound| (bound, one.scope.numbers.plain(bound))).map(mark).collect()
    } else {
        axis.ticks.iter().map(|tick| (tick.at, tick.text.clone())).map(mark).collect()
    }
}

type Letters = (Vec<Mark>, Option<(f64, f64)>, Option<Mark>);

/// Names of the bands over their parts of the axis, and the unit's own.
fn letters(one: &One<'_>) -> Letters {
    let own = one.scope.outcome(one.unit).band;
    let axis = &one.shared.axis;
    let bands = one.scope.material.framework.rating.as_ref().map_or(&[][..], |rating| &rating.bands);
    let (mut letters, mut own_band, mut own_letter) = (Vec::new(), None, None);
    for (at, band) in bands.iter().enumerate() {
        let low = one.shared.at(band.lower().unwrap_or(axis.min).max(axis.min));
        let high = one.shared.at(band.upper().unwrap_or(axis.max).min(axis.max));
        let mark = Mark { at: round((low + high) / 2.0), text: one.scope.text(&band.name).to_owned() };
        if own == Some(at) {
            (own_band, own_letter) = ((low < high).then_some((low, high)), Some(mark));
        } else if high - low >= LETTER_ROOM {
            letters.push(mark);
        }
    }
    (letters, own_band, own_letter)
}
