use rayon::prelude::*;

use crate::numeric::quantile;

/// Level of rank confidence sets.
pub const RANK_SET_LEVEL: f64 = 0.9;

/// Most differences times draws that are worth the time.
const MOST_WORK: usize = 400_000_000;
/// Fewest draws that give a critical value.
const FEWEST_DRAWS: usize = 50;

/// For every unit the first and last place of a confidence set of its rank
/// (Mogstad, Romano, Shaikh and Wilhelm 2024, Review of Economic Studies 91:
/// 476-518): the units that are surely better stand before it, those surely worse
/// behind it, where "surely" holds for all comparisons of the unit at once with
/// probability [`RANK_SET_LEVEL`], by the largest studentised difference over
/// draws. It is valid whether true scores are apart, close or equal; intervals
/// read off the draws of ranks are not.
///
/// `scores[unit][draw]` are draws around each unit's score, all finite and as many
/// for each; higher is better. `None` for too few draws, or too many units.
pub fn rank_sets(scores: &[Vec<f64>]) -> Option<Vec<(u32, u32)>> {
    let units = scores.len();
    let room = MOST_WORK / (units * units).max(1);
    let draws = scores.iter().map(Vec::len).min()?.min(room);
    if draws < FEWEST_DRAWS {
        return None;
    }
    let kept: Vec<&[f64]> = scores.iter().filter_map(|one| one.get(..draws)).collect();
    let means: Vec<f64> = kept.iter().map(|one| one.iter().sum::<f64>() / draws as f64).collect();
    let centred: Vec<Vec<f64>> =
        kept.iter().zip(&means).map(|(one, mean)| one.iter().map(|value| value - mean).collect()).collect();
    let set = |(own, mean): (&Vec<f64>, &f64)| {
        let mut largest = vec![0.0_f64; draws];
        let errors: Vec<f64> = centred.iter().map(|other| compare(own, other, &mut largest)).collect();
        let critical = quantile(&largest, RANK_SET_LEVEL).unwrap_or(f64::INFINITY);
        let (mut better, mut worse) = (0_u32, 0_u32);
        for (other, error) in means.iter().zip(&errors) {
            let lead = mean - other;
            better += u32::from(lead < -critical * error);
            worse += u32::from(lead > critical * error);
        }
        (1 + better, units as u32 - worse)
    };
    Some(centred.par_iter().zip(&means).map(set).collect())
}

/// The standard error of a difference; the largest studentised differences are
/// raised to those of this one.
fn compare(own: &[f64], other: &[f64], largest: &mut [f64]) -> f64 {
    let squares: f64 = own.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum();
    let error = (squares / (own.len() - 1) as f64).sqrt();
    if error > 0.0 {
        let scale = 1.0 / error;
        for ((a, b), largest) in own.iter().zip(other).zip(largest) {
            *largest = largest.max((a - b).abs() * scale);
        }
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Stream;

    fn draws(means: &[f64], error: f64) -> Vec<Vec<f64>> {
        let mut stream = Stream::new(1, 1);
        means.iter().map(|mean| (0..500).map(|_| mean + error * stream.normal()).collect()).collect()
    }

    #[test]
    fn far_apart_every_rank_is_sure_and_equal_none_is() {
        assert_eq!(rank_sets(&draws(&[3.0, 9.0, 6.0], 0.1)).unwrap(), [(3, 3), (1, 1), (2, 2)]);
        assert_eq!(rank_sets(&draws(&[5.0; 4], 1.0)).unwrap(), [(1, 4); 4]);
        assert_eq!(rank_sets(&[vec![1.0; 10], vec![2.0; 10]]), None);
    }

    /// Without any error the order is known; equal scores share their places.
    #[test]
    fn what_does_not_vary_is_known() {
        let constant = |value: f64| vec![value; 60];
        assert_eq!(
            rank_sets(&[constant(2.0), constant(1.0), constant(2.0)]).unwrap(),
            [(1, 2), (3, 3), (1, 2)]
        );
    }
}
