//! The statistical audit, held against what COINr 1.1.14 computed for
//! `A02_base_uneven` (tests/cases/goldens/audit_A02), and at its edges.

use std::collections::{HashMap, HashSet};
use std::fs;

use benchline::coherence::{
    BlockOf, Coherence, Components, Correlation, CorrelationTriple, Flag, FlagKind, Statistics, Thresholds,
    assess, compare_variants, unit_summary,
};
use benchline::diagnostics::Lang;
use benchline::model::Id;
use benchline::numeric::{Sorted, cronbach_alpha, pearson};
use benchline::plan::StrengthRule;
use benchline::project::ScoredProject;
use benchline::report::view::{CoherenceFound, CoherenceReading};
use benchline::report::{Templates, coherence_reading};

use crate::support::{Copy, root};

const GOLDENS: &str = "tests/cases/goldens";

/// Largest difference, as a share of the larger value.
const TOLERANCE: f64 = 1e-9;

/// The scored project of a golden, with the two variables of size that the other
/// program knew.
fn project(case: &str) -> ScoredProject {
    let copy = Copy::of(&format!("{GOLDENS}/_base"));
    copy.overlay(&root().join(GOLDENS).join(case));
    let whole = fs::read_to_string(root().join(GOLDENS).join("F_denominate_full/benchline.toml")).unwrap();
    copy.write("benchline.toml", &whole);
    let context = |id: &str| {
        format!(
            "[[context]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n\
             measure = {{ zh = \"个\", en = \"units\" }}\n\n"
        )
    };
    copy.edit("framework.toml", "[[node]]", &(context("Population") + &context("Area") + "[[node]]"));
    copy.scored()
}

fn audit(scored: &ScoredProject) -> Coherence {
    let project = &scored.project;
    assess(&project.input, &project.framework.framework, &scored.evaluation, Thresholds::default())
}

/// The rows of a golden table, by header.
fn table(file: &str) -> Vec<HashMap<String, String>> {
    let path = root().join(GOLDENS).join("audit_A02").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {file}"));
    let mut lines = text.lines();
    let header: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let rows: Vec<_> = lines
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), header.len(), "{file}: {line}");
            header.iter().cloned().zip(fields.into_iter().map(str::to_owned)).collect()
        })
        .collect();
    assert!(!rows.is_empty(), "{file} has no rows");
    rows
}

fn number(row: &HashMap<String, String>, key: &str) -> f64 {
    row[key].parse().unwrap_or_else(|_| panic!("{key} = {}", row[key]))
}

fn count(row: &HashMap<String, String>, key: &str) -> usize {
    row[key].parse().unwrap()
}

#[track_caller]
fn same(what: &str, expected: f64, found: impl Into<Option<f64>>) {
    let found = found.into().unwrap_or_else(|| panic!("{what} is absent"));
    let close = (expected - found).abs() <= TOLERANCE * expected.abs().max(found.abs()).max(1e-2);
    assert!(close, "{what}: expected {expected}, found {found}");
}

#[track_caller]
fn same_triple(what: &str, row: &HashMap<String, String>, found: &CorrelationTriple) {
    let r = |one: Option<Correlation>| one.map(|one| one.r);
    same(&format!("{what} pearson"), number(row, "pearson"), r(found.pearson));
    same(&format!("{what} spearman"), number(row, "spearman"), r(found.spearman));
    same(&format!("{what} kendall"), number(row, "kendall"), r(found.kendall));
}

fn level(audit: &Coherence, wanted: usize) -> &benchline::coherence::Block {
    let found = audit.blocks.iter().find(|block| block.of == BlockOf::Level { level: wanted });
    found.unwrap_or_else(|| panic!("no level {wanted}"))
}

#[test]
fn correlations_three_ways_are_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    let block = level(&audit, 1);
    let at = |id: &str| block.ids.iter().position(|known| known.as_str() == id).unwrap();
    for row in table("corr_L1.csv") {
        let (one, other) = (at(&row["one"]), at(&row["other"]));
        let matrix = &block.correlations;
        for (one, other) in [(one, other), (other, one)] {
            let triple = CorrelationTriple {
                pearson: matrix.pearson[one][other],
                spearman: matrix.spearman[one][other],
                kendall: matrix.kendall[one][other],
            };
            same_triple(&format!("{} × {}", row["one"], row["other"]), &row, &triple);
        }
    }
    for row in table("corr_pvals_pearson_L1.csv") {
        for other in block.ids.iter().filter(|id| id.as_str() != row["iCode"]) {
            let found = block.correlations.pearson[at(&row["iCode"])][at(other.as_str())].unwrap();
            same(&format!("p of {} × {other}", row["iCode"]), number(&row, other.as_str()), found.p);
            assert_eq!(found.n, 342);
        }
    }
}

#[test]
fn correlations_with_parent_and_index_are_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    for row in table("corr_family.csv") {
        let wanted = |link: &&benchline::coherence::Link| {
            let is_index = link.node.as_str() == "Index";
            link.id.as_str() == row["other"] && is_index == (row["one"] == "Index")
        };
        let link = audit.links.iter().find(wanted).unwrap();
        assert_eq!(link.parent, row["one"] == "Dimension");
        same_triple(&format!("{} → {}", row["other"], row["one"]), &row, &link.correlations);
    }
    for row in table("corr_L2_index.csv") {
        let link = audit.links.iter().find(|link| link.id.as_str() == row["other"]).unwrap();
        assert!(link.parent && link.node.as_str() == "Index");
        same_triple(&row["other"], &row, &link.correlations);
    }
}

#[test]
fn raw_correlations_over_the_pairs_there_are() {
    let scored = project("A02_base_uneven");
    let input = &scored.project.input;
    let rows = input.panel().rows_of(input.edition());
    let column = |id: &str| {
        let at = input.indicators().iter().position(|known| known.as_str() == id).unwrap();
        Sorted::new(&rows.clone().map(|row| input.raw().column(at).unwrap().value(row)).collect::<Vec<_>>())
    };
    for row in table("corr_raw_pairwise.csv") {
        let found = pearson(&column(&row["one"]), &column(&row["other"])).map(|found| found.r);
        same(&format!("raw {} × {}", row["one"], row["other"]), number(&row, "pearson"), found);
    }
}

#[test]
fn high_pairs_and_size_are_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    // The peer lists pairs within dimensions; the audit those of dimensions too.
    let pairs: Vec<_> = audit.pairs.iter().filter(|pair| pair.one.as_str().starts_with('I')).collect();
    let expected = table("corr_flags_high_0.4.csv");
    assert_eq!(pairs.len(), expected.len());
    for (row, pair) in expected.iter().zip(pairs) {
        let node = pair.node.as_ref().map(Id::as_str);
        assert_eq!(
            (pair.one.as_str(), pair.other.as_str(), node),
            (&*row["Ind1"], &*row["Ind2"], Some(&*row["Group"]))
        );
        same(&row["Ind1"], number(row, "Corr"), pair.r);
    }
    let expected = table("denom_corr_0.2.csv");
    assert_eq!(audit.sizes.len(), expected.len());
    for (row, size) in expected.iter().zip(&audit.sizes) {
        assert_eq!((size.id.as_str(), size.variable.as_str()), (&*row["Ind"], &*row["Denom"]));
        same(&row["Ind"], number(row, "Corr"), size.r);
        assert!(!size.divided);
    }
}

#[test]
fn alpha_is_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    let input = &scored.project.input;
    let rows = input.panel().rows_of(input.edition());
    let raw = |block: &benchline::coherence::Block| {
        let column = |id: &Id| {
            let at = input.indicators().iter().position(|known| known == id).unwrap();
            rows.clone().map(|row| input.raw().column(at).unwrap().value(row)).collect()
        };
        cronbach_alpha(&block.ids.iter().map(column).collect::<Vec<_>>())
    };
    for row in table("cronbach.csv") {
        let of = |node: &str| audit.children_of(&Id::from(node)).unwrap();
        let found = match (row["set"].as_str(), row["dset"].as_str()) {
            ("all dimensions", _) => of("Index").alpha,
            ("all indicators", _) => level(&audit, 1).alpha,
            (node, "Normalised") => of(node).alpha,
            // Values as read, whatever their direction: the mathematics alone.
            (node, _) => raw(of(node)),
        };
        same(&format!("alpha of {} {}", row["set"], row["dset"]), number(&row, "alpha"), found);
    }
}

#[test]
fn principal_components_are_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    for name in ["L1_all", "L1_by_group", "L2"] {
        let block = |group: &str| match group {
            "All" => level(&audit, 1),
            node => audit.children_of(&Id::from(node)).unwrap(),
        };
        let components = |group: &str| -> &Components { block(group).components.as_ref().unwrap() };
        for row in table(&format!("pca_{name}_variance.csv")) {
            let one = &components(&row["group"]).components[count(&row, "pc") - 1];
            let what = format!("{name} {} {}", row["group"], row["pc"]);
            same(&what, number(&row, "eigenvalue"), one.eigenvalue);
            same(&what, number(&row, "sdev"), one.eigenvalue.sqrt());
            same(&what, number(&row, "prop"), one.share);
            same(&what, number(&row, "cum"), one.cumulative);
        }
        let mut loadings: HashMap<(String, usize), Vec<(usize, f64)>> = HashMap::new();
        for row in table(&format!("pca_{name}_rotation.csv")) {
            let ids = &block(&row["group"]).ids;
            let at = ids.iter().position(|id| id.as_str() == row["iCode"]).unwrap();
            let key = (row["group"].clone(), count(&row, "pc"));
            loadings.entry(key).or_default().push((at, number(&row, "loading")));
        }
        for ((group, pc), expected) in loadings {
            // Signs of eigenvectors are arbitrary: ours sum to 0 or more.
            let sign = expected.iter().map(|(_, loading)| loading).sum::<f64>().signum();
            let found = &components(&group).components[pc - 1].loadings;
            assert!(found.iter().sum::<f64>() >= 0.0 && found.len() == expected.len());
            for (at, loading) in expected {
                same(&format!("{name} {group} {pc} {at}"), sign * loading, found[at]);
            }
        }
    }
}

#[test]
fn effective_weights_are_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    let expected = table("effective_weights.csv");
    assert_eq!(audit.elements.len(), expected.len());
    for row in expected {
        let element = audit.elements.iter().find(|one| one.id.as_str() == row["iCode"]).unwrap();
        same(&row["iCode"], number(&row, "EffWeight"), element.weight);
        assert_eq!(element.level, count(&row, "Level"));
    }
}

#[test]
fn coverage_is_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    let units = scored.project.input.panel().units();
    let of = |code: &str| {
        let unit = units.position(code).unwrap();
        audit.coverage.units.iter().find(|one| one.unit == unit).unwrap()
    };
    let rows = table("data_avail.csv");
    assert_eq!(rows.len(), audit.coverage.units.len());
    for row in rows {
        let one = of(&row["uCode"]);
        assert_eq!(one.expected - one.present, count(&row, "N_missing"), "{}", row["uCode"]);
        assert_eq!(one.zeros, count(&row, "N_zero"), "{}", row["uCode"]);
        same(&row["uCode"], number(&row, "Dat_Avail"), one.share);
        same(&row["uCode"], number(&row, "Non_Zero"), one.non_zero);
        assert_eq!(one.passes, number(&row, "Dat_Avail") >= 0.65);
    }
    for row in table("data_avail_bygroup.csv") {
        for (node, share) in audit.coverage.nodes.iter().zip(&of(&row["uCode"]).nodes) {
            same(&format!("{} {node}", row["uCode"]), number(&row, node.as_str()), *share);
        }
    }
    let whole: Vec<_> = audit.coverage.units.iter().filter(|unit| unit.share == Some(1.0)).collect();
    assert!(whole.iter().all(|unit| unit.nodes.iter().all(|share| *share == Some(1.0))));
    // Three units have 13, 13 and 12 of 24 values.
    let flagged: Vec<_> = audit.flagged(FlagKind::UnitCoverage).map(|flag| (flag.unit, flag.value)).collect();
    let of = |code: &str, share: f64| (units.position(code), Some(share / 24.0));
    assert_eq!(flagged, [of("C018", 13.0), of("C144", 13.0), of("C301", 12.0)]);
}

#[test]
fn statistics_are_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    let check = |file: &str, which: fn(&benchline::coherence::Distribution) -> &Statistics| {
        let rows = table(file);
        assert_eq!(rows.len(), audit.distributions.len());
        for row in rows {
            let one = audit.distributions.iter().find(|one| one.id.as_str() == row["iCode"]).unwrap();
            let (found, what) = (which(one), format!("{file} {}", row["iCode"]));
            for (key, value) in [
                ("Min", found.min),
                ("Max", found.max),
                ("Mean", found.mean),
                ("Median", found.median),
                ("Std", found.deviation),
                ("Skew", found.skewness),
                ("Kurt", found.kurtosis),
                ("Frc.Avail", Some(found.n as f64 / found.units as f64)),
                ("Frc.NonZero", Some(found.non_zero as f64 / found.n as f64)),
                ("Frc.Unique", Some(found.distinct as f64 / found.n as f64)),
                ("Frc.Same", Some(found.most_frequent as f64 / found.n as f64)),
            ] {
                same(&format!("{what} {key}"), number(&row, key), value);
            }
            assert_eq!(found.n, count(&row, "N.Avail"), "{what}");
            assert_eq!(found.non_zero, count(&row, "N.NonZero"), "{what}");
            assert_eq!(found.distinct, count(&row, "N.Unique"), "{what}");
            assert_eq!(found.most_frequent, count(&row, "N.Same"), "{what}");
            assert_eq!(found.outliers, row["Flag.SkewKurt"] == "OUT", "{what}");
        }
    };
    check("stats_raw.csv", |one| &one.raw);
    check("stats_treated.csv", |one| &one.treated);
    // I10 alone has outliers after treatment, which the peer keeps too.
    let flagged: Vec<_> = audit.flagged(FlagKind::Outliers).filter_map(|flag| flag.id.as_ref()).collect();
    assert_eq!(flagged, [&Id::from("I10")]);
}

#[test]
fn ranks_within_regions_are_the_peers() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    let units = scored.project.input.panel().units();
    let regions = audit.groups.iter().find(|group| group.kind.as_str() == "Region").unwrap();
    let rows = table("groupranks_Region.csv");
    assert_eq!(regions.units.len(), rows.len());
    for (row, found) in rows.iter().zip(&regions.units) {
        // Also the order: region by region, by rank.
        let code = units.get(found.unit).unwrap().code.as_str();
        assert_eq!((code, found.member.as_str()), (&*row["uCode"], &*row["Region"]));
        for (id, rank) in regions.ids.iter().zip(&found.ranks) {
            assert_eq!(*rank, Some(count(row, id.as_str())), "{code} {id}");
        }
    }
}

#[test]
fn two_variants_compare_as_the_peers() {
    let (one, other) = (project("A01_base_minmax_amean_equal"), project("A02_base_uneven"));
    let input = &other.project.input;
    let framework = &other.project.framework.framework;
    let found = compare_variants(input, framework, &one.evaluation, &other.evaluation);
    let rows = table("compare_A01_A02_ranks.csv");
    assert_eq!(rows.len(), found.units.len());
    for (row, unit) in rows.iter().zip(&found.units) {
        assert_eq!(input.panel().units().get(unit.unit).unwrap().code.as_str(), row["uCode"]);
        assert_eq!((unit.one, unit.other), (count(row, "coin.1"), count(row, "coin.2")));
        assert_eq!(unit.change.to_string(), row["Diff"]);
        assert_eq!(unit.change.unsigned_abs(), count(row, "Abs.diff"));
    }
    let near = rows.iter().filter(|row| count(row, "Abs.diff") <= 5).count();
    let within = found.within.iter().find(|within| within.places == 5).unwrap();
    same("within 5", near as f64 / 342.0, within.share);
    for row in table("compare_A01_A02_corr.csv") {
        let one = found.correlations.iter().find(|one| one.id.as_str() == row["iCode"]).unwrap();
        same(&row["iCode"], number(&row, "Correlation"), one.correlations.spearman.map(|found| found.r));
    }
}

#[test]
fn summaries_of_units_are_the_peers() {
    let scored = project("A02_base_uneven");
    let project = &scored.project;
    for code in ["C001", "C018", "C200"] {
        let unit = project.input.panel().units().position(code).unwrap();
        let framework = &project.framework.framework;
        let found = unit_summary(&project.input, framework, &scored.evaluation, unit);
        let rows = table(&format!("unit_summary_{code}.csv"));
        assert_eq!(rows.len(), found.len());
        for (row, one) in rows.iter().zip(&found) {
            assert_eq!((one.id.as_str(), one.of), (&*row["Code"], 342));
            same(&format!("{code} {}", row["Code"]), number(row, "Score"), one.score);
            assert_eq!(one.rank, Some(count(row, "Rank")), "{code} {}", row["Code"]);
        }
    }
}

#[test]
fn dominance_is_the_peers() {
    let scored = project("A02_base_uneven");
    let found = audit(&scored).dominance.unwrap();
    let path = root().join(GOLDENS).join("audit_A02/outrank_summary.json");
    let text = fs::read_to_string(path).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found.dominant as u64, expected["nDominant"].as_u64().unwrap());
    assert_eq!(found.pairs, 342 * 341 / 2);
    same("share", expected["fracDominant"].as_f64().unwrap(), found.share);
}

fn read(scored: &ScoredProject, audit: &Coherence, lang: Lang, units: bool, most: usize) -> CoherenceReading {
    coherence_reading(scored.material(), audit, &Templates::embedded(), lang, (units, most)).unwrap()
}

#[test]
fn what_was_found_is_said_in_words() {
    let scored = project("A02_base_uneven");
    let audit = audit(&scored);
    let said = |lang, units| -> Vec<String> {
        let reading = read(&scored, &audit, lang, units, 3);
        let lines = |one: &CoherenceFound| {
            let more = one.more.clone().unwrap_or_default();
            format!(
                "{} {} {} | {} | {} | {} | {more}",
                one.kind,
                one.count,
                one.title,
                one.means,
                one.deed,
                one.items.join("; ")
            )
        };
        reading.found.iter().map(lines).collect()
    };
    let (zh, en) = (said(Lang::Zh, true), said(Lang::En, true));
    let kinds: Vec<&str> = zh.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(kinds, ["unit_coverage", "outliers", "weak_link", "dominant_link", "size", "alpha", "weight"]);
    assert_eq!(
        zh[0],
        "unit_coverage 3 数据不足的城市 | 应有的数值不到 65%：得分更多取决于有哪些数据，而不是做得怎样；优势与短板不予列出。 | \
         补齐数据；已经有得分的，可在框架中用 `screen` 列为“未评估”。 | City 301：50.0%; City 018：54.2%; City 144：54.2% | "
    );
    assert_eq!(
        en[5],
        "alpha 7 Little in common | Cronbach's alpha is below 0.7: the children have little in common, and their \
         mean stands for none of them well. | Look at the correlations with the parent and deal with the negative \
         and weak ones first. If the dimension is meant to hold different sides, say so in the method. | \
         Equity: alpha = 0.43; Digital: alpha = 0.47; Index: alpha = 0.55 | 4 more stand in the workbook."
    );
    assert!(zh[6].ends_with("Indicator I10（Equity）：有效为名义的 0.28 倍 | "), "{}", zh[6]);
    // Where units may not be named they are counted.
    assert!(said(Lang::Zh, false)[0].ends_with("。 |  | "), "{}", said(Lang::Zh, false)[0]);
}

#[test]
fn every_kind_of_finding_has_its_words() {
    let scored = project("A02_base_uneven");
    let mut audit = audit(&scored);
    let kinds = [
        FlagKind::UnitCoverage,
        FlagKind::IndicatorCoverage,
        FlagKind::Constant,
        FlagKind::Outliers,
        FlagKind::Ceiling,
        FlagKind::Ties,
        FlagKind::NegativeLink,
        FlagKind::WeakLink,
        FlagKind::DominantLink,
        FlagKind::Collinear,
        FlagKind::Size,
        FlagKind::Components,
        FlagKind::Alpha,
        FlagKind::Weight,
    ];
    let id = |name: &str| Some(Id::from(name));
    let flag = |kind| Flag {
        kind,
        id: id("I01"),
        with: id("Population"),
        unit: None,
        value: Some(0.2999),
        threshold: Some(0.3),
    };
    audit.flags = kinds.into_iter().map(flag).collect();
    for lang in [Lang::Zh, Lang::En] {
        let reading = read(&scored, &audit, lang, true, 9);
        assert_eq!(reading.found.len(), kinds.len());
        let names: HashSet<&str> = reading.found.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(names.len(), kinds.len(), "a title twice");
        assert!(reading.found.iter().all(|one| one.items.len() == 1 && !one.means.is_empty()));
        // A figure is never rounded onto the threshold that it missed.
        let weak = reading.found.iter().find(|one| one.kind == "weak_link").unwrap();
        assert!(weak.items[0].ends_with("r = 0.2999"), "{}", weak.items[0]);
        audit.flags.iter().for_each(|flag| assert!(serde_json::to_string(flag).is_ok()));
    }
    audit.flags.clear();
    let none = read(&scored, &audit, Lang::Zh, true, 9);
    assert!(none.found.is_empty());
    assert_eq!(none.none, "各项检查均未发现需要说明的问题。");
}

/// Indicators that COINr's `get_str_weak` lists, with rank and value of the first.
#[test]
fn strengths_by_rank_are_the_peers() {
    let within_region = StrengthRule::Rank { count: 3, within: Some(Id::from("Region")) };
    let national = StrengthRule::Rank { count: 5, within: None };
    let mut scored = project("A02_base_uneven");
    for (rule, tables) in [(national, ["C001", "C200"].as_slice()), (within_region, &["C001_inRegion"])] {
        scored.project.definition.project.insight.strengths = rule;
        let insight = scored.insight();
        for table_of in tables {
            let code = table_of.split('_').next().unwrap();
            let unit = scored.project.input.panel().units().position(code).unwrap();
            let marked = insight.units[unit].marked.as_ref().unwrap();
            let ids = |list: &[usize]| -> Vec<String> {
                list.iter().map(|at| insight.indicators[*at].id.to_string()).collect()
            };
            let expected = |kind: &str| -> Vec<String> {
                table(&format!("{kind}_{table_of}.csv")).into_iter().map(|row| row["Code"].clone()).collect()
            };
            assert_eq!(ids(&marked.strengths), expected("strengths"), "{table_of}");
            // The peer lists the weakest last.
            let weakest_first: Vec<String> = expected("weaknesses").into_iter().rev().collect();
            assert_eq!(ids(&marked.weaknesses), weakest_first, "{table_of}");
        }
        // 13 of 24 values: the peer lists five strengths all the same.
        let unit = scored.project.input.panel().units().position("C018").unwrap();
        assert!((insight.units[unit].coverage - 13.0 / 24.0).abs() < 1e-15);
        assert_eq!(insight.units[unit].marked, None);
    }
}

/// Equal to the last bit, however many threads there are.
#[test]
fn threads_do_not_matter() {
    let scored = project("A02_base_uneven");
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| audit(&scored))).unwrap()
    };
    let one = with(1);
    assert!(one.len() > 100_000);
    assert!(one == with(2) && one == with(8));
}
