/// How alike the members of one cluster are: the intraclass correlation of a
/// nested one-way analysis of variance, from 0 to 1.
///
/// `groups` are units, each a list of clusters, each a list of values. Only what
/// differs inside a unit counts: that units differ is no clustering. With SSB the
/// squares of cluster means about their unit's mean and SSW those of values about
/// their cluster's mean, ρ = (MSB − MSW) / (MSB + (m − 1) MSW), where m is the
/// size of a cluster corrected for unequal sizes (Donner and Koval 1980, Biometrics
/// 36: 19-25, nested in units). A negative estimate is 0; `None` when there is
/// nothing to compare.
pub fn intraclass_correlation(groups: &[Vec<Vec<f64>>]) -> Option<f64> {
    let (mut between, mut within, mut corrections) = (0.0, 0.0, 0.0);
    let (mut values, mut clusters, mut units) = (0usize, 0usize, 0usize);
    for unit in groups {
        let filled: Vec<&Vec<f64>> = unit.iter().filter(|cluster| !cluster.is_empty()).collect();
        let count: usize = filled.iter().map(|cluster| cluster.len()).sum();
        if count == 0 {
            continue;
        }
        let center = filled.iter().flat_map(|cluster| cluster.iter()).sum::<f64>() / count as f64;
        for cluster in &filled {
            let size = cluster.len() as f64;
            let mean = cluster.iter().sum::<f64>() / size;
            between += size * (mean - center) * (mean - center);
            within += cluster.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
            corrections += size * size / count as f64;
        }
        values += count;
        clusters += filled.len();
        units += 1;
    }
    let (free_between, free_within) = (clusters.checked_sub(units)?, values.checked_sub(clusters)?);
    if free_between == 0 || free_within == 0 {
        return None;
    }
    let size = (values as f64 - corrections) / free_between as f64;
    let (between, within) = (between / free_between as f64, within / free_within as f64);
    let total = between + (size - 1.0) * within;
    (total > 0.0).then(|| ((between - within) / total).clamp(0.0, 1.0))
}

/// By how much clusters of these `sizes` widen the variance of a mean over that of
/// a simple random sample: 1 + (m − 1) ρ with m = Σ size² / Σ size (Kish 1965,
/// Survey Sampling, 5.4 and 8.2). At least 1.
pub fn design_effect(sizes: &[usize], correlation: f64) -> f64 {
    let total: usize = sizes.iter().sum();
    if total == 0 {
        return 1.0;
    }
    let squares: usize = sizes.iter().map(|size| size * size).sum();
    1.0 + (squares as f64 / total as f64 - 1.0).max(0.0) * correlation.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{design_effect, intraclass_correlation};

    /// Two units of two clusters of two, by hand. Unit one: (1, 3), (5, 7): means 2
    /// and 6 about 4, SSB 16, SSW 4. Unit two: (2, 2), (4, 4): means 2 and 4 about 3,
    /// SSB 4, SSW 0. MSB = 20 / 2 = 10, MSW = 4 / 4 = 1, m = (8 − 4) / 2 = 2, so
    /// ρ = (10 − 1) / (10 + 1) = 9/11.
    #[test]
    fn the_intraclass_correlation_is_that_by_hand() {
        let groups =
            vec![vec![vec![1.0, 3.0], vec![5.0, 7.0]], vec![vec![2.0, 2.0], vec![4.0, 4.0], Vec::new()]];
        let found = intraclass_correlation(&groups).unwrap();
        assert!((found - 9.0 / 11.0).abs() < 1e-15, "{found}");
    }

    #[test]
    fn clusters_no_more_alike_than_chance_have_none() {
        let groups = vec![vec![vec![0.0, 1.0], vec![0.0, 1.0]]];
        assert_eq!(intraclass_correlation(&groups), Some(0.0));
        assert_eq!(intraclass_correlation(&[vec![vec![1.0, 2.0]]]), None);
        assert_eq!(intraclass_correlation(&[]), None);
    }

    /// Kish's formula for clusters of 6: 1 + 5 × 0.1; unequal ones count by size:
    /// (4 + 16) / 6 = 10/3.
    #[test]
    fn the_design_effect_is_that_of_kish() {
        assert!((design_effect(&[6, 6, 6], 0.1) - 1.5).abs() < 1e-15);
        assert!((design_effect(&[2, 4], 0.3) - 1.7).abs() < 1e-15);
        assert_eq!(design_effect(&[1, 1, 1], 0.9), 1.0);
        assert_eq!(design_effect(&[], 0.9), 1.0);
    }
}
