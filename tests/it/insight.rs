//! What the results mean for one unit, on numbers worked out by hand.
//!
//! Index = 0.6 A + 0.4 B; A is the mean of a1 and a2, B is b1; scores are the
//! values themselves. Bands: top from 80, middle from 60, low.
//!
//! | 2025 | a1 | a2 | b1 | A  | B  | index | band   |
//! |------|----|----|----|----|----|-------|--------|
//! | U1   | 90 | 90 | 85 | 90 | 85 | 88    | top    |
//! | U2   | 70 | 60 | 65 | 65 | 65 | 65    | middle |
//! | U3   | 40 | 80 | 50 | 60 | 50 | 56    | low    |
//! | U4   | 75 | 75 | 55 | 75 | 55 | 67    | middle |

use benchline::insight::{Insight, Others, Path, UnitChange, insight};
use benchline::project::ScoredProject;

use crate::support::Copy;

const FRAMEWORK: &str = r#"
name = { zh = "指数", en = "Index" }
version = "1"
description = { zh = "手算", en = "By hand" }
source = { zh = "自有", en = "own" }
units = { zh = "城市", en = "cities" }
index = "index"
[missing]
policy = "rescale"
[score]
decimals = 1
rounding = "half-even"
[rank]
on = "rounded"
method = "competition"
[rating]
on = "rounded"
band = [
  { id = "top", name = { zh = "优", en = "top" }, at_least = 80 },
  { id = "middle", name = { zh = "中", en = "middle" }, at_least = 60, below = 80 },
  { id = "low", name = { zh = "低", en = "low" }, below = 60 },
]
[[node]]
id = "index"
name = { zh = "总", en = "Index" }
aggregate = { method = "arithmetic" }
[[node]]
id = "A"
name = { zh = "甲", en = "A" }
parent = "index"
weight = 60
aggregate = { method = "arithmetic" }
[[node]]
id = "B"
name = { zh = "乙", en = "B" }
parent = "index"
weight = 40
aggregate = { method = "arithmetic" }
[[indicator]]
id = "a1"
name = { zh = "甲一", en = "A one" }
parent = "A"
direction = "higher"
measure = { zh = "分", en = "points" }
normalise = { method = "none" }
[[indicator]]
id = "a2"
name = { zh = "甲二", en = "A two" }
parent = "A"
direction = "higher"
measure = { zh = "分", en = "points" }
normalise = { method = "none" }
[[indicator]]
id = "b1"
name = { zh = "乙一", en = "B one" }
parent = "B"
direction = "higher"
measure = { zh = "分", en = "points" }
normalise = { method = "none" }
"#;

const PROJECT: &str = r#"
kind = "index"
title = { zh = "手算", en = "By hand" }
publisher = { zh = "测试", en = "Test" }
edition = "2025"
framework = "hand"
date = "2025-12-01"
seed = 1
synthetic = true
attribution = { zh = "手算", en = "By hand" }
[policy]
league_table = false
[units]
file = "units.csv"
code = "code"
name_zh = "zh"
name_en = "en"
[[data]]
file = "data.csv"
unit = "code"
period = "year"
"#;

const UNITS: &str = "code,zh,en\nU1,一市,One\nU2,二市,Two\nU3,三市,Three\nU4,四市,Four\n";

const DATA: &str = "code,year,a1,a2,b1\n\
    U1,2024,90,90,85\nU2,2024,70,60,65\nU3,2024,50,,40\n\
    U1,2025,90,90,85\nU2,2025,70,60,65\nU3,2025,40,80,50\nU4,2025,75,75,55\n";

fn scored(framework: &str) -> ScoredProject {
    let copy = Copy::of("examples/starter");
    copy.write("benchline.toml", PROJECT).write("indicators/hand.toml", framework);
    copy.write("units.csv", UNITS).write("data.csv", DATA);
    copy.scored()
}

fn of(framework: &str) -> Insight {
    let scored = scored(framework);
    let material = scored.material();
    insight(material.input, material.framework, material.evaluation, &material.project.insight)
}

/// Equal up to the noise of sums.
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
}

const U3: usize = 2;

#[test]
fn positions_count_who_is_behind() {
    let insight = of(FRAMEWORK);
    let position = insight.units[1].positions[0];
    assert_eq!((position.n, position.below, position.tied, position.rank()), (4, 1, 0, 3));
    near(position.ahead_of().unwrap(), 1.0 / 3.0);
    assert_eq!(insight.units[0].positions[0].ahead_of(), Some(1.0));
}

/// Against U1, the only unit of the top band: a1 costs 0.3 · 50, b1 0.4 · 35,
/// a2 0.3 · 10; together they make up the whole difference of 32.
#[test]
fn gaps_are_weight_times_difference_in_an_arithmetic_index() {
    let insight = of(FRAMEWORK);
    let gaps = &insight.units[U3].gaps;
    let order: Vec<_> = gaps.iter().map(|gap| insight.indicators[gap.indicator].id.as_str()).collect();
    assert_eq!(order, ["a1", "b1", "a2"]);
    for (gap, points) in gaps.iter().zip([15.0, 14.0, 3.0]) {
        near(gap.points, points);
    }
    near(insight.units[U3].three_gaps.unwrap(), 32.0);
    assert!(insight.units[0].gaps.is_empty(), "U1 is the reference");
}

/// A geometric index is evaluated, not multiplied out: with b1 at 85, U3 has
/// 60^0.6 · 85^0.4.
#[test]
fn gaps_of_a_geometric_index_are_evaluated() {
    let geometric = FRAMEWORK.replacen("arithmetic", "geometric", 1);
    let insight = of(&geometric);
    let gap = insight.units[U3].gaps.iter().find(|gap| insight.indicators[gap.indicator].id.as_str() == "b1");
    let expected = 60_f64.powf(0.6) * (85_f64.powf(0.4) - 50_f64.powf(0.4));
    near(gap.unwrap().points, expected);
}

/// The middle band is U2 and U4: medians 72.5, 67.5, 60. U3 gains 0.3 · 32.5 =
/// 9.75 by a1 and 0.4 · 10 = 4 by b1; a2 is above the median already.
#[test]
fn the_path_takes_the_largest_gain_first() {
    let insight = of(FRAMEWORK);
    let route = insight.units[U3].route().unwrap();
    assert_eq!((route.band, route.reference, route.reached, route.steps.len()), (1, 1, true, 1));
    near(route.distance, 4.0);
    near(route.steps[0].to, 65.75);
    assert_eq!(route.steps[0].target, Some(72.5));
    assert_eq!(insight.units[0].path, Path::AtTop);
}

/// With a1 hard (9.75 / 3 = 3.25) and b1 easy (4 / 1), b1 comes first: 60, which
/// is the bound.
#[test]
fn the_path_weighs_gains_by_declared_effort() {
    let hard =
        FRAMEWORK.replacen("parent = \"A\"\ndirection", "parent = \"A\"\neffort = \"high\"\ndirection", 1);
    let easy = hard.replacen("parent = \"B\"\ndirection", "parent = \"B\"\neffort = \"low\"\ndirection", 1);
    let insight = of(&easy);
    let route = insight.units[U3].route().unwrap();
    assert_eq!(insight.indicators[route.steps[0].indicator].id.as_str(), "b1");
    assert!(route.reached && route.steps.len() == 1);
    near(route.steps[0].to, 60.0);
}

/// In 2024 U3 had no a2: 0.6 · 50 + 0.4 · 40 = 46. Now 56. With the old set and
/// the new values it would have 44, with the new set and the old values 55. So
/// its own values change −2 when they come first and +1 when second, the set +9
/// and +12. A alone: −6 or −3; B: +4.
#[test]
fn a_change_is_taken_apart_exactly() {
    let insight = of(FRAMEWORK);
    let change: &UnitChange = insight.units[U3].change.as_ref().unwrap();
    near(change.before, 46.0);
    near(change.now, 56.0);
    near(change.own_total(), -0.5);
    near(change.indicator_set, 10.5);
    near(change.own[0].points, -4.5);
    near(change.own[1].points, 4.0);
    near(change.own_total() + change.indicator_set, change.total());
    near(change.comparable.unwrap(), -2.0);
    assert_eq!((change.in_both, change.added.len(), change.removed.len()), (2, 1, 0));
    assert_eq!(insight.others, Others::NoPart);
}

#[test]
fn without_a_score_before_there_is_no_change() {
    assert_eq!(of(FRAMEWORK).units[3].change, None);
}

/// Only U1 is ahead of three quarters of the others in anything; it is named
/// once, for what costs most.
#[test]
fn a_unit_to_learn_from_is_strong_where_the_other_is_weak() {
    let insight = of(FRAMEWORK);
    let models = &insight.units[U3].models;
    assert_eq!(models.len(), 1);
    assert_eq!((models[0].unit, insight.indicators[models[0].indicator].id.as_str()), (0, "a1"));
    assert!(insight.units[0].models.is_empty());
}

/// A scale that compares with others lets their moves in.
#[test]
fn scales_that_compare_say_so() {
    let ranks = FRAMEWORK.replacen("method = \"none\"", "method = \"percentile-rank\"", 1);
    assert_eq!(of(&ranks).others, Others::InOwnPart);
}
