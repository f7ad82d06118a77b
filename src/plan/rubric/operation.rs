use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::numeric::{Exact, Rounding};

/// One thing done to the numbers of a part. Numbers are told apart by judge,
/// criterion, attempt and member; what a step takes together is named by `over`,
/// and what it does not take together stays apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Operation {
    /// Leaves out the highest and the lowest.
    Trim {
        /// How many of the highest.
        #[serde(default)]
        high: u32,
        /// How many of the lowest.
        #[serde(default)]
        low: u32,
        /// Among what.
        #[serde(default)]
        over: Axis,
        /// With fewer than this, nothing is left out; left out itself, too few
        /// are a finding.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<u32>,
    },
    /// The mean of those in the middle: 3 of 7, 2 of 4.
    Middle {
        /// How many; as odd or even as there are.
        #[schemars(range(min = 1))]
        keep: u32,
        /// Among what.
        #[serde(default)]
        over: Axis,
        /// When the middle ones lie further apart than the limit that holds for
        /// their mean, the mean of all counts. The highest `from` first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        limits: Vec<Limit>,
    },
    /// The mean.
    Mean {
        /// Over what.
        #[serde(default)]
        over: Axis,
    },
    /// The mean with the declared weights of criteria.
    WeightedMean {},
    /// The median; of an even number, the mean of the middle two.
    Median {
        /// Over what.
        #[serde(default)]
        over: Axis,
    },
    /// The sum.
    Sum {
        /// Over what.
        #[serde(default)]
        over: Axis,
    },
    /// The largest.
    Highest {
        /// Among what.
        #[serde(default)]
        over: Axis,
    },
    /// The smallest.
    Lowest {
        /// Among what.
        #[serde(default)]
        over: Axis,
    },
    /// Each times the weight of its criterion.
    Weigh {},
    /// Each times a number.
    Times {
        /// The number.
        value: Exact,
    },
    /// Each times the attempt's own value of this name: its difficulty.
    TimesAttempt {
        /// The column of the attempts' table.
        column: String,
    },
    /// Each times the factor of its round.
    TimesRound {},
    /// Each plus a number.
    Plus {
        /// The number.
        value: Exact,
    },
    /// Each brought within a distance of the raw centre of all.
    Clamp {
        /// The greatest distance.
        within: Exact,
        /// The centre.
        #[serde(default)]
        around: Centre,
        /// The centre of what.
        #[serde(default)]
        over: Axis,
    },
    /// Each brought between two numbers.
    Bound {
        /// The lowest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<Exact>,
        /// The highest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<Exact>,
    },
    /// Each rounded.
    Round {
        /// Decimal places kept.
        #[schemars(range(max = 12))]
        places: u8,
        /// Instead of the rubric's rule for halves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rounding: Option<Rounding>,
    },
    /// Each replaced by the value of the last band that it lies over; by 0 when
    /// it lies over none.
    Bands {
        /// The bands, rising.
        #[schemars(length(min = 1))]
        bands: Vec<Threshold>,
    },
    /// Each replaced by `value` for every begun `every` over `over`, at most
    /// `most`.
    Stepwise {
        /// Up to here nothing.
        over: Exact,
        /// The width of a step.
        every: Exact,
        /// What a step is worth.
        value: Exact,
        /// The cap.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<Exact>,
    },
    /// Changes nothing: judges further apart than `most` are a finding unless
    /// one of them reconsidered.
    Spread {
        /// The greatest difference between the highest and the lowest.
        most: Exact,
        /// Among what.
        #[serde(default)]
        over: Axis,
        /// What a greater difference does.
        #[serde(default)]
        then: SpreadRule,
    },
    /// `mean` + `deviation` × (x − the judge's mean) ÷ the judge's standard
    /// deviation (n − 1), over all entries that the judge marked. A root is not
    /// exact, so `places` must be declared.
    StandardScore {
        /// The score of a judge's mean.
        mean: Exact,
        /// What one standard deviation is worth.
        deviation: Exact,
        /// Decimal places kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(max = 12))]
        places: Option<u8>,
        /// What marks are worth of a judge whose marks do not vary.
        #[serde(default)]
        constant: Constant,
    },
    /// Each replaced by its place among the entries, 1 the highest.
    Rank {
        /// What equal ones get.
        #[serde(default)]
        ties: RankTies,
    },
    /// Each place replaced by its points: the first of the table for place 1.
    Points {
        /// Points of place 1, 2, 3 …
        #[schemars(length(min = 1))]
        table: Vec<Exact>,
        /// Points of all further places.
        #[serde(default)]
        rest: Exact,
    },
    /// Each scaled so that a figure of all entries becomes `value`.
    Relate {
        /// Which figure.
        to: Reference,
        /// What it becomes.
        value: Exact,
    },
    /// The square root, which is not exact: `places` must be declared.
    Root {
        /// Decimal places kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(max = 12))]
        places: Option<u8>,
    },
}

/// What numbers are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Axis {
    /// The judges.
    #[default]
    Judges,
    /// The criteria.
    Criteria,
    /// The attempts.
    Attempts,
    /// The members.
    Members,
}

/// A centre of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Centre {
    /// Their mean.
    #[default]
    Mean,
    /// Their median.
    Median,
}

/// A limit that holds from a number on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The least mean for which it holds.
    pub from: Exact,
    /// How far the middle ones may lie apart.
    pub limit: Exact,
}

/// A band of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Holds for numbers above this one.
    pub over: Exact,
    /// What it is worth.
    pub value: Exact,
}

/// What judges that lie too far apart do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpreadRule {
    /// They must reconsider: an error until a reconsidered mark is recorded.
    #[default]
    Reconsider,
    /// They are a warning.
    Warn,
}

/// What marks are worth of a judge whose marks do not vary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Constant {
    /// Nothing can be said: an error.
    #[default]
    Refuse,
    /// Each is worth the mean.
    Mean,
    /// The judge is left out.
    LeaveOut,
}

/// What equal ones get when numbers become places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RankTies {
    /// The best of their places: 1, 2, 2, 4.
    #[default]
    Best,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Mean,
}

/// A figure of all entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// The highest.
    Highest,
    /// The median.
    Median,
    /// The sum: numbers become shares.
    Sum,
}
