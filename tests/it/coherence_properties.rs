//! What holds for the statistical audit whatever the data, and its edges.

use benchline::coherence::{BlockOf, Coherence, FlagKind, LinkReading, Thresholds, assess};
use benchline::numeric::{Association, Sorted, cronbach_alpha, kendall, pearson, spearman};
use proptest::prelude::*;

use crate::support::Copy;

type Measure = fn(&Sorted, &Sorted) -> Option<Association>;

const MEASURES: [(&str, Measure); 3] = [("pearson", pearson), ("spearman", spearman), ("kendall", kendall)];

/// Values with ties and gaps.
fn column(rows: usize) -> impl Strategy<Value = Vec<Option<f64>>> {
    prop::collection::vec(
        prop::option::weighted(0.9, (-40..40_i32).prop_map(|value| f64::from(value) / 4.0)),
        rows,
    )
}

/// A project of one dimension over `i1`, `i2` and one over `i3`, `i4`, scored by
/// fixed goalposts of 0 and 100.
fn project(units: &[(String, [Option<f64>; 4])]) -> Copy {
    let copy = Copy::of("tests/cases/methods/_base");
    let base = std::fs::read_to_string(copy.path().join("index.toml")).unwrap();
    let named = |id: &str| format!("id = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n");
    let mut text = base + "[[node]]\n" + &named("index") + "aggregate = { method = \"arithmetic\" }\n";
    for (node, weight) in [("d1", 3), ("d2", 1)] {
        text += &format!(
            "[[node]]\n{}parent = \"index\"\nweight = {weight}\naggregate = {{ method = \"arithmetic\" }}\n",
            named(node)
        );
    }
    for (id, parent) in [("i1", "d1"), ("i2", "d1"), ("i3", "d2"), ("i4", "d2")] {
        text += &format!(
            "[[indicator]]\n{}parent = \"{parent}\"\ndirection = \"higher\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\n\
             normalise = {{ method = \"goalposts\", low = 0, high = 100 }}\n",
            named(id)
        );
    }
    copy.write("index.toml", &text);
    let (mut names, mut values) = (String::from("code,name\n"), String::from("code,i1,i2,i3,i4\n"));
    for (code, row) in units {
        names += &format!("{code},{code}\n");
        let cells: Vec<String> =
            row.iter().map(|cell| cell.map_or(String::new(), |cell| cell.to_string())).collect();
        values += &format!("{code},{}\n", cells.join(","));
    }
    copy.write("units.csv", &names).write("values.csv", &values);
    copy
}

fn audit(units: &[[Option<f64>; 4]]) -> Coherence {
    let coded: Vec<_> = units.iter().enumerate().map(|(at, row)| (format!("U{at:03}"), *row)).collect();
    audited(&coded)
}

fn audited(units: &[(String, [Option<f64>; 4])]) -> Coherence {
    let scored = project(units).scored();
    let project = &scored.project;
    assess(&project.input, &project.framework.framework, &scored.evaluation, Thresholds::default())
}

fn whole(values: [f64; 4]) -> [Option<f64>; 4] {
    values.map(Some)
}

proptest! {
    #[test]
    fn correlations_are_symmetric_bounded_and_indifferent_to_scale(
        (x, y) in (2..40_usize).prop_flat_map(|rows| (column(rows), column(rows))),
        slope in prop::sample::select(vec![0.5, 1.0, 3.0, 1000.0]),
        shift in -100..100_i32,
    ) {
        let moved: Vec<Option<f64>> = x.iter().map(|x| x.map(|x| x * slope + f64::from(shift))).collect();
        let turned: Vec<Option<f64>> = x.iter().map(|x| x.map(|x| -x)).collect();
        let (x, y, moved, turned) = (Sorted::new(&x), Sorted::new(&y), Sorted::new(&moved), Sorted::new(&turned));
        for (name, measure) in MEASURES {
            let Some(found) = measure(&x, &y) else {
                prop_assert_eq!(measure(&y, &x), None);
                continue;
            };
            prop_assert!((-1.0..=1.0).contains(&found.r), "{name}: {found:?}");
            prop_assert!(found.p.is_none_or(|p| (0.0..=1.0).contains(&p)), "{name}: {found:?}");
            prop_assert_eq!(found.p.is_some(), found.n > 2);
            let back = measure(&y, &x).unwrap();
            prop_assert!((found.r - back.r).abs() < 1e-15, "{name}: {found:?} {back:?}");
            let moved = measure(&moved, &y).unwrap();
            prop_assert!((found.r - moved.r).abs() < 1e-9, "{name}: {found:?} {moved:?}");
            let turned = measure(&turned, &y).unwrap();
            prop_assert!((found.r + turned.r).abs() < 1e-12, "{name}: {found:?} {turned:?}");
        }
    }

    #[test]
    fn the_order_of_units_and_columns_never_matters(
        columns in (3..25_usize).prop_flat_map(|rows| prop::collection::vec(column(rows), 2..5)),
        seed in 0..1000_usize,
    ) {
        let rows = columns[0].len();
        let order: Vec<usize> = {
            let mut order: Vec<usize> = (0..rows).collect();
            order.sort_by_key(|row| (row * 7919 + seed * 104_729) % 1_009);
            order
        };
        let shuffled: Vec<Vec<Option<f64>>> =
            columns.iter().map(|column| order.iter().map(|row| column[*row]).collect()).collect();
        for (name, measure) in MEASURES {
            let of = |columns: &[Vec<Option<f64>>]| measure(&Sorted::new(&columns[0]), &Sorted::new(&columns[1]));
            match (of(&columns), of(&shuffled)) {
                (Some(a), Some(b)) => prop_assert!((a.r - b.r).abs() < 1e-12 && a.n == b.n, "{name}"),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
        let mut turned = shuffled.clone();
        turned.reverse();
        match (cronbach_alpha(&columns), cronbach_alpha(&turned)) {
            (Some(a), Some(b)) => prop_assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{a} {b}"),
            // A sum of covariances that is zero but for rounding.
            (a, b) => prop_assert!(a.is_none_or(|a| a.abs() > 1e6) && b.is_none_or(|b| b.abs() > 1e6)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn weights_in_effect_sum_to_one_and_splines_see_no_less(
        rows in prop::collection::vec(prop::array::uniform4(0..100_i32), 3..30),
    ) {
        let rows: Vec<[Option<f64>; 4]> = rows.iter().map(|row| whole(row.map(f64::from))).collect();
        let audit = audit(&rows);
        prop_assert_eq!(audit.influence.len(), 4, "d1, d2, the index, and the index by indicators");
        for influence in &audit.influence {
            let sum = |which: fn(&benchline::coherence::Influencer) -> Option<f64>| -> f64 {
                influence.of.iter().filter_map(which).sum()
            };
            prop_assert!((sum(|one| Some(one.nominal)) - 1.0).abs() < 1e-12);
            for shares in [sum(|one| one.linear_share), sum(|one| one.spline_share)] {
                prop_assert!(shares == 0.0 || (shares - 1.0).abs() < 1e-12, "{shares}");
            }
            for one in &influence.of {
                let (Some(linear), Some(spline)) = (one.linear, one.spline) else { continue };
                prop_assert!(linear <= spline && spline <= 1.0 && linear >= 0.0, "{one:?}");
            }
        }
        for block in &audit.blocks {
            let Some(components) = &block.components else { continue };
            let sum: f64 = components.components.iter().map(|one| one.eigenvalue).sum();
            prop_assert!((sum - block.ids.len() as f64).abs() < 1e-9, "the trace is kept");
        }
        // What serialises has no NaN: JSON would write null where a number belongs.
        let json = serde_json::to_string(&audit).unwrap();
        prop_assert!(!json.contains("\"r\":null") && !json.contains("\"eigenvalue\":null"));
    }

    #[test]
    fn the_names_of_units_do_not_matter(
        rows in prop::collection::vec(prop::array::uniform4(0..100_i32), 4..12),
    ) {
        let coded = |code: &dyn Fn(usize) -> usize| -> Vec<(String, [Option<f64>; 4])> {
            rows.iter().enumerate().map(|(at, row)| (format!("U{:03}", code(at)), whole(row.map(f64::from)))).collect()
        };
        let (one, other) = (audited(&coded(&|at| at)), audited(&coded(&|at| 900 - at)));
        let figures = |audit: &Coherence| -> Vec<Option<f64>> {
            let links = audit.links.iter().map(|link| link.correlations.kendall.map(|found| found.r));
            let alphas = audit.blocks.iter().map(|block| block.alpha);
            let weights = audit.influence.iter().flat_map(|one| one.of.iter().map(|one| one.spline_share));
            let dominance = std::iter::once(audit.dominance.map(|found| found.share));
            links.chain(alphas).chain(weights).chain(dominance).collect()
        };
        for (a, b) in figures(&one).into_iter().zip(figures(&other)) {
            match (a, b) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() <= 1e-7 * a.abs().max(1.0), "{a} {b}"),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}

#[test]
fn one_unit_has_no_correlations_and_is_no_fault() {
    let audit = audit(&[whole([10.0, 20.0, 30.0, 40.0])]);
    assert!(audit.links.iter().all(|link| link.reading == LinkReading::Unknown));
    assert!(audit.blocks.iter().all(|block| block.alpha.is_none() && block.components.is_none()));
    assert_eq!(audit.dominance, None);
    assert!(audit.influence.iter().all(|one| one.of.iter().all(|one| one.linear_share.is_none())));
    assert_eq!(audit.distributions[0].raw.deviation, None);
    assert_eq!(audit.crowding[0].ceiling, None);
    assert!(audit.flags.is_empty(), "{:?}", audit.flags);
}

#[test]
fn two_units_have_correlations_without_p_values() {
    let audit = audit(&[whole([10.0, 20.0, 30.0, 40.0]), whole([20.0, 10.0, 40.0, 60.0])]);
    let link = audit.links.iter().find(|link| link.id.as_str() == "i3").unwrap();
    let found = link.correlations.pearson.unwrap();
    assert_eq!((found.n, found.p, link.parent), (2, None, true));
    assert!(audit.blocks.iter().all(|block| block.components.is_none()), "too few for components");
    // d1 is 15 for both: it does not vary, so nothing correlates with it.
    let d1 = audit.links.iter().filter(|link| link.node.as_str() == "d1");
    assert!(d1.clone().count() == 2 && d1.clone().all(|link| link.correlations.pearson.is_none()));
    // The second is ahead in d2 and level in d1.
    let dominance = audit.dominance.unwrap();
    assert_eq!((dominance.pairs, dominance.dominant), (1, 1));
}

#[test]
fn a_constant_indicator_is_flagged_and_correlates_with_nothing() {
    let rows: Vec<_> = (0..9)
        .map(|at| whole([f64::from(at) * 7.0, 50.0, f64::from(at * at), 3.0 * f64::from(at)]))
        .collect();
    let audit = audit(&rows);
    let flagged: Vec<_> = audit.flagged(FlagKind::Constant).filter_map(|flag| flag.id.clone()).collect();
    assert_eq!(flagged, ["i2".into()]);
    let of = |link: &&benchline::coherence::Link| link.id.as_str() == "i2";
    assert!(audit.links.iter().filter(of).all(|link| link.reading == LinkReading::Unknown));
    let level = audit.blocks.iter().find(|block| block.of == BlockOf::Level { level: 1 }).unwrap();
    assert_eq!((level.correlations.pearson[1][1], level.correlations.pearson[0][1]), (None, None));
    assert_eq!(level.components, None);
    // i1 carries all the differences of d1.
    let d1 = audit.influence.iter().find(|one| one.node.as_str() == "d1").unwrap();
    assert!((d1.of[0].linear_share.unwrap() - 1.0).abs() < 1e-12);
    assert_eq!((d1.of[1].linear, d1.of[1].ratio), (None, None));
    // i1 and i4 rise in step across the dimensions: counted twice.
    let pairs: Vec<_> =
        audit.flagged(FlagKind::Collinear).map(|flag| (flag.id.clone(), flag.with.clone())).collect();
    assert!(pairs.contains(&(Some("i1".into()), Some("i4".into()))), "{pairs:?}");
}

#[test]
fn an_indicator_that_hardly_anybody_has_is_flagged() {
    let mut rows: Vec<_> = (0..8)
        .map(|at| whole([f64::from(at), 10.0 - f64::from(at), f64::from(at % 3), 5.0 + f64::from(at % 2)]))
        .collect();
    rows.iter_mut().skip(1).for_each(|row| row[3] = None);
    rows[7] = [None; 4];
    let audit = audit(&rows);
    let flagged: Vec<_> =
        audit.flagged(FlagKind::IndicatorCoverage).map(|flag| (flag.id.clone(), flag.value)).collect();
    assert_eq!(flagged, [(Some("i4".into()), Some(0.125))]);
    let units: Vec<_> = audit.flagged(FlagKind::UnitCoverage).map(|flag| (flag.unit, flag.value)).collect();
    assert_eq!(units, [(Some(7), Some(0.0))], "three of four values are enough");
    assert!(!audit.assessed.contains(&7) && audit.coverage.units.len() == 8);
    let i4 = &audit.distributions[3];
    assert_eq!((i4.raw.n, i4.raw.units, i4.raw.skewness), (1, 8, None));
}

#[test]
fn ceilings_and_ties_are_counted() {
    // Three of eight at the top of i1; of the index the first two pairs tie.
    let i1 = [100.0, 100.0, 100.0, 60.0, 50.0, 40.0, 30.0, 20.0];
    let rows: Vec<_> = i1.iter().map(|i1| whole([*i1, 50.0, 50.0, 50.0])).collect();
    let audit = audit(&rows);
    let i1 = &audit.crowding[0];
    assert_eq!(
        (i1.at_top, i1.at_bottom, i1.tied, i1.ceiling, i1.tie_share),
        (3, 1, 3, Some(0.375), Some(0.375))
    );
    let index = audit.crowding.last().unwrap();
    assert_eq!((index.id.as_str(), index.tied), ("index", 3));
    let flagged: Vec<_> = audit.flagged(FlagKind::Ceiling).filter_map(|flag| flag.id.clone()).collect();
    assert!(flagged.contains(&"i1".into()), "{flagged:?}");
    assert_eq!(audit.flagged(FlagKind::Ties).count(), 1);
}
