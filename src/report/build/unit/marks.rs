use std::fmt::Write as _;

use super::shared::round;
use crate::report::view::{IndicatorRow, TableMarks};

/// Width of a full bar.
pub(super) const WIDTH: f64 = 35.0;
/// Half the height of a bar, of a median and of a bracket.
const BAR: f64 = 1.05;
const MEDIAN: f64 = 1.5;
const BRACKET: f64 = 1.2;
/// Half the width of an arrow.
const ARROW: f64 = 0.85;
/// Room of all rows, and highest row.
const ROOM: f64 = 222.0;
const HIGHEST: f64 = 6.4;
/// Of a table that shares its page.
const SHORT: usize = 26;
const SHORT_PITCH: f64 = 4.5;

/// Height of a row of a table with so many.
pub(super) fn pitch(rows: usize) -> f64 {
    if rows <= SHORT { SHORT_PITCH } else { round((ROOM / rows as f64).min(HIGHEST)) }
}

/// Bars, medians, brackets and arrows of all rows. One drawing costs the
/// typesetter a hundredth of what hundreds of shapes do.
pub(super) fn marks(rows: &[IndicatorRow]) -> TableMarks {
    let pitch = pitch(rows.len());
    let mut marks = TableMarks::default();
    for (at, row) in rows.iter().enumerate() {
        let y = round((at as f64 + 0.5) * pitch);
        // Writing to a text cannot fail.
        let _ = mark(&mut marks, row, y);
    }
    marks
}

fn mark(marks: &mut TableMarks, row: &IndicatorRow, y: f64) -> std::fmt::Result {
    let (top, low) = (round(y - BRACKET), round(y + BRACKET));
    match row.bar {
        None => write!(
            marks.brackets,
            "M1.3 {top}H.3V{low}H1.3M{} {top}H{}V{low}H{}",
            WIDTH - 1.0,
            WIDTH,
            WIDTH - 1.0
        )?,
        Some(bar) => {
            let (top, height) = (round(y - BAR), 2.0 * BAR);
            write!(marks.tracks, "M0 {top}H{WIDTH}v{height}H0z")?;
            let bars = if row.case == "weak" { &mut marks.weak } else { &mut marks.bars };
            write!(bars, "M0 {top}H{bar}v{height}H0z")?;
        }
    }
    if let Some(median) = row.median {
        write!(marks.medians, "M{median} {}v{}", round(y - MEDIAN), 2.0 * MEDIAN)?;
    }
    let (top, low) = (round(y - 0.8 * ARROW), round(y + 0.8 * ARROW));
    match row.direction {
        Some("up") => write!(marks.up, "M{} {low}h{}L0 {top}z", -ARROW, 2.0 * ARROW),
        Some("down") => write!(marks.down, "M{} {top}h{}L0 {low}z", -ARROW, 2.0 * ARROW),
        Some(_) => write!(marks.same, "M0 {y}h.01"),
        None => Ok(()),
    }
}

/// About how wide a text is, in ems: Han characters are one, others about half.
pub(super) fn ems(text: &str) -> f64 {
    let width = |letter: char| match letter {
        ' ' | 'i' | 'l' | 'j' | 't' | 'f' | 'I' | '.' | ',' | '(' | ')' | '-' => 0.34,
        'm' | 'w' | 'M' | 'W' => 0.9,
        'A'..='Z' => 0.66,
        _ if letter.is_ascii() => 0.57,
        _ => 1.0,
    };
    (text.chars().map(width).sum::<f64>() * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_the_room_they_have() {
        assert_eq!((pitch(24), pitch(34), pitch(60)), (4.5, 6.4, 3.7));
        assert!((ems("诉求解决率") - 5.0).abs() < 1e-9);
        assert!(ems("Resolution rate") < 8.5 && ems("Resolution rate") > 7.0);
    }
}
