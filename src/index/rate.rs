use crate::diagnostics::{Bilingual, bilingual};
use crate::numeric::{
    RankMethod, mean, natural_breaks, nearly_equal, quantile, rank_descending, relatively_equal,
    standard_deviation,
};
use crate::plan::{Band, Places, RatingPlan, RatingRule};

/// The band of each score of one pool, by position; all scores of the pool count
/// in rules that compare. The refusal says what is wrong with the pool.
pub(super) fn bands_by_score(plan: &RatingPlan, scores: &[f64]) -> Result<Vec<Option<usize>>, Bilingual> {
    if scores.is_empty() {
        return Ok(Vec::new());
    }
    let claimed = |bands: &[Band], score: f64| bands.iter().position(|band| band.contains(score));
    match plan.rule {
        RatingRule::Thresholds => Ok(scores.iter().map(|score| plan.band_of(*score)).collect()),
        RatingRule::ZBands => {
            let (mean, deviation) = moments(scores)?;
            Ok(scores.iter().map(|score| plan.band_of((score - mean) / deviation)).collect())
        }
        RatingRule::Quantile => {
            let bands = at_quantiles(&plan.bands, scores);
            Ok(scores.iter().map(|score| claimed(&bands, *score)).collect())
        }
        RatingRule::TopN => {
            Ok(by_place(plan, scores, |band| band.top.map(|top| usize::try_from(top).unwrap_or(usize::MAX))))
        }
        RatingRule::Share { places } => {
            let top = |band: &Band| band.top_share.map(|share| Places::of(places, share, scores.len()));
            Ok(by_place(plan, scores, top))
        }
        RatingRule::NaturalBreaks => by_breaks(scores, plan.bands.len()),
    }
}

/// Mean and sample standard deviation of scores that vary.
fn moments(scores: &[f64]) -> Result<(f64, f64), Bilingual> {
    let count = scores.len();
    let (low, high) = scores
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), score| (low.min(*score), high.max(*score)));
    match (mean(scores), standard_deviation(scores)) {
        (Some(mean), Some(deviation)) if !relatively_equal(low, high) => Ok((mean, deviation)),
        _ => Err(bilingual!(
            "{count} 个得分没有差别，无法按标准差分级",
            "{count} scores without spread cannot be rated by standard deviations"
        )),
    }
}

/// The bands with scores in place of probabilities.
fn at_quantiles(bands: &[Band], scores: &[f64]) -> Vec<Band> {
    let score = |bound: Option<f64>| bound.and_then(|bound| quantile(scores, bound));
    bands
        .iter()
        .map(|band| Band {
            at_least: score(band.at_least),
            above: score(band.above),
            below: score(band.below),
            at_most: score(band.at_most),
            ..band.clone()
        })
        .collect()
}

/// By the best place of the tie that a score is in.
fn by_place(plan: &RatingPlan, scores: &[f64], top: impl Fn(&Band) -> Option<usize>) -> Vec<Option<usize>> {
    let scores: Vec<Option<f64>> = scores.iter().copied().map(Some).collect();
    let tops: Vec<Option<usize>> = plan.bands.iter().map(top).collect();
    let places = rank_descending(&scores, RankMethod::Competition).into_iter();
    places
        .map(|place| {
            let place = place?.value;
            tops.iter().position(|top| top.is_none_or(|top| place <= top as f64))
        })
        .collect()
}

fn by_breaks(scores: &[f64], classes: usize) -> Result<Vec<Option<usize>>, Bilingual> {
    let Some(lowest) = natural_breaks(scores, classes) else {
        let count = scores.len();
        return Err(bilingual!(
            "{count} 个得分中不同的不足 {classes} 个，分不出 {classes} 级",
            "{count} scores, fewer than {classes} of them different, do not break into {classes} bands"
        ));
    };
    let class = |score: f64| lowest.iter().position(|bound| score >= *bound || nearly_equal(score, *bound));
    Ok(scores.iter().map(|score| class(*score)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(rating: &str) -> RatingPlan {
        toml::from_str(rating).unwrap()
    }

    fn bands(rule: &str, bounds: [&str; 3], scores: &[f64]) -> Vec<usize> {
        let band = |id: &str, bounds: &str| {
            format!("[[band]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n{bounds}\n")
        };
        let text: String = ["a", "b", "c"].iter().zip(bounds).map(|(id, bounds)| band(id, bounds)).collect();
        let plan = plan(&format!("on = \"raw\"\nrule = {{ {rule} }}\n{text}"));
        bands_by_score(&plan, scores).unwrap().into_iter().map(Option::unwrap).collect()
    }

    const SCORES: [f64; 8] = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0];

    #[test]
    fn thresholds_keep_their_bounds_whatever_the_noise() {
        let bounds = ["at_least = 70", "above = 0.3\nbelow = 70", "at_most = 0.3"];
        assert_eq!(bands("method = \"thresholds\"", bounds, &[70.0 - 1e-12, 69.99, 0.1 + 0.2]), [0, 1, 2]);
    }

    /// Mean 45, sample standard deviation sqrt(4200/7) = 24.49: one deviation up
    /// is 69.49, one down 20.51.
    #[test]
    fn z_bands() {
        let bounds = ["at_least = 1", "at_least = -1\nbelow = 1", "below = -1"];
        assert_eq!(bands("method = \"z-bands\"", bounds, &SCORES), [2, 2, 1, 1, 1, 1, 0, 0]);
    }

    /// Type 7: the quantile 0.9 is at 0.9 · 7 = 6.3, that is 73; 0.5 is 45.
    #[test]
    fn quantiles() {
        let bounds = ["at_least = 0.9", "at_least = 0.5\nbelow = 0.9", "below = 0.5"];
        assert_eq!(bands("method = \"quantile\"", bounds, &SCORES), [2, 2, 2, 2, 1, 1, 1, 0]);
    }

    /// 2.5 % of 342 are 8.55 places: 8 down, 9 up; a tie is not torn.
    #[test]
    fn places() {
        let bounds = ["top = 2", "top = 4", ""];
        assert_eq!(bands("method = \"top-n\"", bounds, &SCORES), [2, 2, 2, 2, 1, 1, 0, 0]);
        assert_eq!(bands("method = \"top-n\"", bounds, &[9.0, 8.0, 8.0, 8.0, 7.0]), [0, 0, 0, 0, 2]);
        let bounds = ["top_share = 0.025", "top_share = 0.5", ""];
        let scores: Vec<f64> = (0..342).map(f64::from).collect();
        let best = |rule: &str| bands(rule, bounds, &scores).iter().filter(|band| **band == 0).count();
        assert_eq!(best("method = \"share\""), 8);
        assert_eq!(best("method = \"share\", places = \"up\""), 9);
        assert_eq!((Places::Down.of(0.1, 30), Places::Up.of(0.1, 30)), (3, 3));
    }

    #[test]
    fn breaks() {
        let scores = [90.0, 88.0, 50.0, 51.0, 10.0];
        assert_eq!(bands("method = \"natural-breaks\"", [""; 3], &scores), [0, 0, 1, 1, 2]);
    }
}
