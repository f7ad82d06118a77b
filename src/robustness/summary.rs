use super::{Robustness, UnitDoubt, Variant};

/// The lower bounds of the classes of certainty: a unit is in the first class
/// whose bound its share of draws reaches, in the last below all of them.
pub const CERTAINTY: [f64; 3] = [0.9, 0.75, 0.5];

impl Robustness {
    /// The draws that carry most doubt: of both sources at once, else of the one
    /// there is.
    pub fn overall(&self) -> Option<&Variant> {
        self.together.as_ref().or(self.by_assumptions.as_ref()).or(self.by_sampling.as_ref())
    }
}

impl Variant {
    /// The doubt about a unit, by its position in the registry.
    pub fn unit(&self, unit: usize) -> Option<&UnitDoubt> {
        let at = self.units.binary_search_by_key(&unit, |one| one.unit).ok()?;
        self.units.get(at)
    }

    /// Units whose 5 % and 95 % quantiles of rank are both within `distance`
    /// places of their rank by the plan.
    pub fn within(&self, distance: f64) -> usize {
        let holds = |one: &&UnitDoubt| {
            let near = |rank: f64| (rank - one.nominal_rank).abs() <= distance + 1e-9;
            one.rank.is_some_and(|rank| near(rank.q05) && near(rank.q95))
        };
        self.units.iter().filter(holds).count()
    }

    /// Units by class of certainty of their rating, band by band in the order of
    /// the plan: how many keep the band of the plan in how large a share of draws,
    /// classes as in [`CERTAINTY`]. `band_of` gives a unit's band by its position
    /// in the registry; units without one are left out.
    pub fn certainty(&self, bands: usize, band_of: impl Fn(usize) -> Option<usize>) -> Vec<[usize; 4]> {
        let mut counts = vec![[0; 4]; bands];
        for one in &self.units {
            let Some(band) = band_of(one.unit) else { continue };
            let (Some(share), Some(classes)) = (one.bands.get(band), counts.get_mut(band)) else { continue };
            let class = CERTAINTY.iter().position(|bound| *share >= bound - 1e-9).unwrap_or(CERTAINTY.len());
            if let Some(count) = classes.get_mut(class) {
                *count += 1;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::robustness::{Quantiles, RankCounts};

    fn doubt(unit: usize, nominal: f64, low: f64, high: f64, bands: &[f64]) -> UnitDoubt {
        UnitDoubt {
            unit,
            nominal_score: 0.0,
            nominal_rank: nominal,
            draws: 10,
            score: None,
            rank: Some(Quantiles { mean: nominal, median: nominal, q05: low, q95: high }),
            ranks: RankCounts::default(),
            bands: bands.to_vec(),
            unrated: 0.0,
            top: Vec::new(),
            rank_set: None,
        }
    }

    fn variant(units: Vec<UnitDoubt>) -> Variant {
        Variant {
            draws: 10,
            failed: 0,
            failures: Vec::new(),
            mean_rank_change: 0.0,
            median_rank_width: 0.0,
            units,
        }
    }

    #[test]
    fn a_rank_holds_if_both_ends_of_its_interval_are_near() {
        let variant = variant(vec![
            doubt(2, 1.0, 1.0, 3.0, &[1.0, 0.0]),
            doubt(5, 2.0, 1.0, 5.0, &[0.9, 0.1]),
            doubt(7, 3.0, 3.0, 3.0, &[0.6, 0.4]),
        ]);
        assert_eq!((variant.within(0.0), variant.within(2.0), variant.within(3.0)), (1, 2, 3));
        assert_eq!(variant.unit(5).map(|one| one.nominal_rank), Some(2.0));
        assert!(variant.unit(6).is_none());
    }

    #[test]
    fn certainty_counts_units_in_the_band_of_the_plan() {
        let variant = variant(vec![
            doubt(0, 1.0, 1.0, 1.0, &[0.9, 0.1]),
            doubt(1, 2.0, 1.0, 1.0, &[0.89, 0.11]),
            doubt(2, 3.0, 1.0, 1.0, &[0.8, 0.2]),
            doubt(3, 4.0, 1.0, 1.0, &[0.5, 0.5]),
            doubt(4, 5.0, 1.0, 1.0, &[1.0, 0.0]),
        ]);
        // Units 0 and 1 have the first band, 2 and 3 the second, 4 none.
        let band_of = |unit: usize| [Some(0), Some(0), Some(1), Some(1), None][unit];
        assert_eq!(variant.certainty(2, band_of), [[1, 1, 0, 0], [0, 0, 1, 1]]);
    }
}
