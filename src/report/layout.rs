//! Where the marks of a chart go. Values stay in the units of the score; only
//! swarms know the size of their plot, because dots must not overlap.

use super::view::{Axis, HistogramColumn, Tick};

/// Width of a strip plot in millimetres, as `charts/strip.typ` draws it.
const STRIP_WIDTH: f64 = 104.0;
/// Diameter of its dots in millimetres where they are few, and where many.
const STRIP_DOT: f64 = 1.3;
const STRIP_DOT_OF_MANY: f64 = 0.88;
const MANY_DOTS: usize = 250;
/// Least distance of dot centres in a swarm, in diameters.
const SPACING: f64 = 1.06;
/// Steps in which a dot looks for a free place, in diameters.
const OFFSET_STEP: f64 = 0.25;
/// Width of the histogram in millimetres and widest column in it.
const HISTOGRAM_WIDTH: f64 = 174.0;
const WIDEST_COLUMN: f64 = 6.0;

/// The largest of 1, 2, 2.5 and 5 times a power of ten that is not above `limit`.
pub(super) fn nice_below(limit: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(limit)));
    [5.0, 2.5, 2.0, 1.0]
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step <= limit * (1.0 + 1e-9))
        .unwrap_or(power)
}

/// The decimals that multiples of `step` need.
pub(super) fn decimals_of(step: f64) -> usize {
    (0..15)
        .find(|decimals| {
            let scaled = step * libm::pow(10.0, f64::from(*decimals));
            scaled.round() >= 1.0 && (scaled - scaled.round()).abs() < 1e-6 * scaled
        })
        .map_or(15, |decimals| decimals as usize)
}

/// Whole numbers times `step` without the noise of the multiplication.
pub(super) fn multiple(count: f64, step: f64) -> f64 {
    let text = format!("{:.*}", decimals_of(step), count * step);
    text.parse().unwrap_or(count * step)
}

/// The width of the columns of a dot histogram of these scores.
pub(super) fn column_width(scores: &[f64]) -> f64 {
    column_width_in(scores, HISTOGRAM_WIDTH)
}

/// The same in a drawing of another width in millimetres.
pub(super) fn column_width_in(scores: &[f64], width: f64) -> f64 {
    let (low, high) = extent(scores);
    nice_below((high - low) * WIDEST_COLUMN / width)
}

/// An axis over the scores with one column to spare at either end, and about
/// seven round ticks. Every `mark` is on it.
pub(super) fn axis(scores: &[f64], marks: &[f64], title: &str) -> Axis {
    axis_over(scores, marks, column_width(scores), title)
}

/// The same in a drawing of another width in millimetres.
pub(super) fn axis_in(scores: &[f64], width: f64, title: &str) -> Axis {
    axis_of_columns(scores, column_width_in(scores, width), title)
}

/// An axis over the scores for columns of a width of one's own.
pub(super) fn axis_of_columns(scores: &[f64], column: f64, title: &str) -> Axis {
    axis_over(scores, &[], column, title)
}

fn axis_over(scores: &[f64], marks: &[f64], width: f64, title: &str) -> Axis {
    let (low, high) = extent(&[scores, marks].concat());
    let min = multiple((low / width + 1e-9).floor() - 1.0, width);
    let max = multiple((high / width - 1e-9).ceil() + 1.0, width);
    let step = nice_below((max - min) / 5.0);
    let first = (min / step - 1e-9).ceil() as i64;
    let last = (max / step + 1e-9).floor() as i64;
    let ticks = (first..=last)
        .map(|count| {
            let at = multiple(count as f64, step);
            let text = format!("{:.*}", decimals_of(step), at).replace('-', "\u{2212}");
            Tick { at, text }
        })
        .collect();
    Axis { min, max, ticks, title: title.to_owned() }
}

/// Smallest and largest score, apart even when they are equal.
fn extent(scores: &[f64]) -> (f64, f64) {
    let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let high = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !low.is_finite() || !high.is_finite() {
        return (0.0, 1.0);
    }
    let least = (high.abs().max(low.abs()) * 0.05).max(1e-6);
    if low == 0.0 && high == 0.0 {
        return (-1.0, 1.0);
    }
    if high - low < least { (low - least, high + least) } else { (low, high) }
}

/// Stacks scores, each with its band, in columns of `width`; inside a column the
/// lowest score is at the bottom.
pub(super) fn columns(scores: &[(f64, Option<usize>)], width: f64) -> Vec<HistogramColumn> {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let column_of = |score: f64| (score / width + 1e-9).floor();
    sorted
        .chunk_by(|a, b| column_of(a.0) == column_of(b.0))
        .filter_map(|chunk| {
            let (first, _) = chunk.first()?;
            let at = (column_of(*first) + 0.5) * width;
            Some(HistogramColumn { at, dots: chunk.iter().map(|(_, band)| *band).collect() })
        })
        .collect()
}

/// The diameter of the dots of a strip plot of so many units.
pub(super) fn strip_dot(units: usize) -> f64 {
    if units > MANY_DOTS { STRIP_DOT_OF_MANY } else { STRIP_DOT }
}

/// The width of columns at which a histogram of these scores fills a drawing of
/// this width and height in millimetres: the more scores, the narrower.
pub(super) fn column_width_to_fill(scores: &[f64], width: f64, height: f64) -> f64 {
    let (low, high) = extent(scores);
    let dot = libm::sqrt(0.28 * width * height / scores.len().max(1) as f64).clamp(1.2, WIDEST_COLUMN);
    nice_below((high - low) * dot / width)
}

/// How far from the line of its row each dot of a strip plot goes, in dot
/// diameters, so that none overlap: dots are placed in order of score, each at
/// the nearest free place.
pub(super) fn swarm(scores: &[f64], axis: &Axis, dot: f64) -> Vec<f64> {
    swarm_in(scores, axis, STRIP_WIDTH, dot)
}

/// The same for a plot so wide with dots of such a diameter, in millimetres.
pub(super) fn swarm_in(scores: &[f64], axis: &Axis, width: f64, dot: f64) -> Vec<f64> {
    let diameters = width / dot / (axis.max - axis.min);
    let mut order: Vec<usize> = (0..scores.len()).collect();
    let score = |at: usize| scores.get(at).copied().unwrap_or_default();
    order.sort_by(|a, b| score(*a).total_cmp(&score(*b)).then(a.cmp(b)));
    let mut offsets = vec![0.0; scores.len()];
    let mut placed: Vec<(f64, f64)> = Vec::new();
    for at in order {
        let x = score(at) * diameters;
        let near: Vec<(f64, f64)> =
            placed.iter().rev().take_while(|(other, _)| x - other < SPACING).copied().collect();
        let free = |offset: f64| {
            near.iter().all(|(other_x, other)| {
                let (dx, dy) = (x - other_x, offset - other);
                dx * dx + dy * dy >= SPACING * SPACING - 1e-9
            })
        };
        let candidates = (0_u32..).flat_map(|step| {
            let offset = f64::from(step) * OFFSET_STEP;
            [offset, -offset]
        });
        let offset = candidates.take(4 * scores.len() * 12 + 2).find(|offset| free(*offset)).unwrap_or(0.0);
        placed.push((x, offset));
        if let Some(slot) = offsets.get_mut(at) {
            *slot = offset;
        }
    }
    offsets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_ticks_are_round() {
        let scores: Vec<f64> = (0..200).map(|at| 0.38 + f64::from(at) * 0.00294).collect();
        assert_eq!(column_width(&scores), 0.02);
        let axis = axis(&scores, &[], "");
        assert_eq!((axis.min, axis.max), (0.36, 1.0));
        let ticks: Vec<_> = axis.ticks.iter().map(|tick| tick.text.as_str()).collect();
        assert_eq!(ticks, ["0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0"]);
    }

    #[test]
    fn equal_scores_still_have_an_axis() {
        let axis = axis(&[7.0, 7.0], &[], "");
        assert!(axis.min < 7.0 && axis.max > 7.0 && axis.ticks.len() > 1, "{axis:?}");
        for scores in [[0.0, 0.0], [0.00001, 0.000012]] {
            let axis = super::axis(&scores, &[], "");
            assert!(axis.min < scores[0] && axis.max > scores[1] && axis.ticks.len() > 1, "{axis:?}");
        }
    }

    #[test]
    fn a_score_on_a_bound_is_in_the_column_above_it() {
        let found = columns(&[(0.8, Some(0)), (0.799, Some(1))], 0.02);
        assert_eq!(found.len(), 2);
        assert!((found[1].at - 0.81).abs() < 1e-12);
    }

    #[test]
    fn dots_of_a_swarm_do_not_overlap() {
        let scores: Vec<f64> = (0..150).map(|at| 50.0 + f64::from(at * at % 97) * 0.2).collect();
        let axis = axis(&scores, &[], "");
        let offsets = swarm(&scores, &axis, STRIP_DOT);
        let x = |score: f64| (score - axis.min) / (axis.max - axis.min) * STRIP_WIDTH / STRIP_DOT;
        for a in 0..scores.len() {
            for b in 0..a {
                let (dx, dy) = (x(scores[a]) - x(scores[b]), offsets[a] - offsets[b]);
                assert!((dx * dx + dy * dy).sqrt() >= SPACING - 1e-6, "{a} and {b}");
            }
        }
    }
}
