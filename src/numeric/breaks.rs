use super::rank::ties;

/// Natural breaks: the split of `values` into `classes` classes of neighbouring
/// values with the least sum of squared deviations from the class means (Fisher,
/// *On Grouping for Maximum Homogeneity*, JASA 53, 1958; Jenks 1977). Found
/// exactly, by dynamic programming over the different values; equal values are
/// never split. Of equally good splits, the one whose best classes are smallest.
///
/// Returns the least value of each class, the class of the largest values first;
/// `None` when there are fewer different values than classes.
///
/// ```
/// # use benchline::numeric::natural_breaks;
/// let values = [1.0, 2.0, 10.0, 11.0, 30.0, 32.0, 10.0];
/// assert_eq!(natural_breaks(&values, 3), Some(vec![30.0, 10.0, 1.0]));
/// assert_eq!(natural_breaks(&[5.0, 5.0], 2), None);
/// ```
pub fn natural_breaks(values: &[f64], classes: usize) -> Option<Vec<f64>> {
    let groups = ties(values);
    if classes == 0 || groups.len() < classes {
        return None;
    }
    let sums = Sums::of(&groups);
    let mut best: Vec<f64> = (0..groups.len()).map(|end| sums.spread(0, end)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for class in 1..classes {
        let mut layer = Layer { sums: &sums, before: &best, class, cost: Vec::new(), start: Vec::new() };
        layer.cost = vec![f64::INFINITY; groups.len()];
        layer.start = vec![class; groups.len()];
        layer.fill(class, groups.len() - 1, class, groups.len() - 1);
        starts.push(layer.start);
        best = layer.cost;
    }
    let mut end = groups.len() - 1;
    let mut lowest = vec![groups.last()?.0];
    for layer in starts.iter().rev() {
        let start = *layer.get(end)?;
        end = start.checked_sub(1)?;
        lowest.push(groups.get(end)?.0);
    }
    lowest.reverse();
    Some(lowest)
}

/// Running sums of groups of equal values, centred so that squares cancel little.
struct Sums {
    count: Vec<f64>,
    sum: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn of(groups: &[(f64, usize)]) -> Self {
        let total: f64 = groups.iter().map(|(_, count)| *count as f64).sum();
        let centre = groups.iter().map(|(value, count)| value * *count as f64).sum::<f64>() / total;
        let running = |term: fn(f64, f64) -> f64| {
            let mut sums = vec![0.0];
            let mut sum = 0.0;
            for (value, count) in groups {
                sum += term(value - centre, *count as f64);
                sums.push(sum);
            }
            sums
        };
        Self {
            count: running(|_, count| count),
            sum: running(|value, count| value * count),
            squares: running(|value, count| value * value * count),
        }
    }

    /// The sum of squared deviations from the mean of the groups `from..=to`.
    fn spread(&self, from: usize, to: usize) -> f64 {
        let part = |sums: &[f64]| match (sums.get(to + 1), sums.get(from)) {
            (Some(end), Some(start)) => end - start,
            _ => 0.0,
        };
        let sum = part(&self.sum);
        (part(&self.squares) - sum * sum / part(&self.count)).max(0.0)
    }
}

/// The best splits of the first groups into one class more than before. The best
/// start of the last class never moves back as groups are added, so each half of
/// the ends needs half of the starts (divide and conquer, k · n log n).
struct Layer<'a> {
    sums: &'a Sums,
    before: &'a [f64],
    class: usize,
    cost: Vec<f64>,
    start: Vec<usize>,
}

impl Layer<'_> {
    fn fill(&mut self, low: usize, high: usize, first: usize, last: usize) {
        if low > high {
            return;
        }
        let end = low + (high - low) / 2;
        let (mut best, mut at) = (f64::INFINITY, first);
        for start in first.max(self.class)..=last.min(end) {
            let before = start.checked_sub(1).and_then(|before| self.before.get(before));
            let cost = before.copied().unwrap_or(f64::INFINITY) + self.sums.spread(start, end);
            if cost < best {
                (best, at) = (cost, start);
            }
        }
        if let (Some(cost), Some(start)) = (self.cost.get_mut(end), self.start.get_mut(end)) {
            (*cost, *start) = (best, at);
        }
        if end > low {
            self.fill(low, end - 1, first, at);
        }
        self.fill(end + 1, high, at, last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every split tried.
    fn by_trial(values: &[f64], classes: usize) -> f64 {
        fn go(sorted: &[f64], classes: usize) -> f64 {
            let spread = |part: &[f64]| {
                let mean = part.iter().sum::<f64>() / part.len() as f64;
                part.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>()
            };
            if classes == 1 {
                return spread(sorted);
            }
            (1..=sorted.len() - (classes - 1))
                .map(|cut| spread(&sorted[..cut]) + go(&sorted[cut..], classes - 1))
                .fold(f64::INFINITY, f64::min)
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(|a, b| b.total_cmp(a));
        go(&sorted, classes)
    }

    fn spread_of(values: &[f64], lowest: &[f64]) -> f64 {
        let class = |value: f64| lowest.iter().position(|bound| value >= *bound).unwrap();
        (0..lowest.len())
            .map(|one| {
                let part: Vec<f64> = values.iter().copied().filter(|value| class(*value) == one).collect();
                let mean = part.iter().sum::<f64>() / part.len() as f64;
                part.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>()
            })
            .sum()
    }

    #[test]
    fn no_other_split_is_better() {
        let mut state = 7_u64;
        for round in 0..60 {
            let values: Vec<f64> = (0..11 + round % 3)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 33) as f64 / 1e7
                })
                .collect();
            for classes in 1..=5 {
                let ours = spread_of(&values, &natural_breaks(&values, classes).unwrap());
                let best = by_trial(&values, classes);
                assert!((ours - best).abs() <= 1e-9 * best.max(1.0), "{ours} {best}");
            }
        }
    }

    #[test]
    fn order_does_not_matter_and_ties_stay_together() {
        let values = [4.0, 4.0, 4.0, 1.0, 9.0, 4.0 + 1e-12];
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        assert_eq!(natural_breaks(&values, 3), natural_breaks(&reversed, 3));
        assert_eq!(natural_breaks(&values, 3).unwrap()[2], 1.0);
        assert_eq!(natural_breaks(&values, 4), None);
    }
}
