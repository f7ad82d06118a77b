use super::Scope;
use crate::plan::{Basis, RatingPlan, RatingRule};

/// Units in a rating band.
#[derive(Clone, Debug, PartialEq)]
pub struct BandCount {
    /// The units, in registry order.
    pub units: Vec<usize>,
    /// Their share of the assessed units.
    pub share: f64,
    /// The score from which the band's scores start: its bound, or the lowest
    /// score that the rule put into it. `None`: open, or not the same for all.
    pub from: Option<f64>,
    /// The score at which they end: that from which the next better band starts.
    pub to: Option<f64>,
}

/// The units of each band, with the scores that the band spans.
pub(super) fn bands(scope: &Scope<'_>, assessed: &[usize]) -> Vec<BandCount> {
    let Some(rating) = &scope.evaluation.plan.rating else { return Vec::new() };
    let starts: Vec<Option<f64>> =
        (0..rating.bands.len()).map(|band| start_of(scope, rating, band, assessed)).collect();
    let extent = |at: usize| match (rating.rule, rating.bands.get(at)) {
        (RatingRule::Thresholds, Some(band)) => (band.lower(), band.upper()),
        _ => {
            let is_last = at + 1 == rating.bands.len();
            let from = starts.get(at).copied().flatten().filter(|_| !is_last);
            (from, at.checked_sub(1).and_then(|better| starts.get(better).copied().flatten()))
        }
    };
    (0..rating.bands.len())
        .map(|at| {
            let units: Vec<usize> =
                assessed.iter().copied().filter(|unit| scope.band(*unit) == Some(at)).collect();
            let (from, to) = extent(at);
            BandCount { share: units.len() as f64 / assessed.len().max(1) as f64, units, from, to }
        })
        .collect()
}

/// The lowest score that the rule puts into a band or a better one, when it
/// compares all units with each other.
fn start_of(scope: &Scope<'_>, rating: &RatingPlan, band: usize, assessed: &[usize]) -> Option<f64> {
    if rating.within.is_some() {
        return None;
    }
    let by_score = |unit: usize| scope.evaluation.outcomes.get(scope.row(unit))?.band_by_score;
    let own = assessed.iter().copied().filter(|unit| by_score(*unit).is_some_and(|own| own <= band));
    let scores = own.filter_map(|unit| match rating.on {
        Basis::Raw => scope.raw(unit),
        Basis::Rounded => scope.rounded(unit),
    });
    scores.reduce(f64::min)
}
