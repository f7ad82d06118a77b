//! Small cells: what the public edition shows tells no figure of fewer units than
//! the policy's `small_cells`, neither by itself nor by subtraction.

mod attack;
mod project;

use std::collections::BTreeSet;
use std::fs;

use benchline::diagnostics::Lang;
use benchline::index::{Spread, member_profile};
use benchline::numeric::{Stream, Withheld, suppress};
use benchline::plan::Audience;
use benchline::project::ScoredProject;
use benchline::report::view::GroupPlot;
use benchline::report::{Templates, group_report, index_report};
use proptest::prelude::*;

use crate::support::benchline;
use attack::told;

/// Three kinds of group: the second within the first, the third across both.
fn groupings() -> impl Strategy<Value = (usize, Vec<Vec<usize>>)> {
    let units = 12..24_usize;
    units
        .prop_flat_map(|n| {
            let of = |members: u8| prop::collection::vec(0..members, n);
            (Just(n), of(3), of(4), of(5))
        })
        .prop_map(|(n, outer, inner, across)| {
            let keys = |of: &dyn Fn(usize) -> (u8, u8)| {
                let all: BTreeSet<(u8, u8)> = (0..n).map(of).collect();
                all.into_iter()
                    .map(|key| (0..n).filter(|unit| of(*unit) == key).collect())
                    .collect::<Vec<Vec<usize>>>()
            };
            // Sizes from one to many: low numbers are drawn more often.
            let skewed = |value: u8, unit: usize| if unit.is_multiple_of(2) { value.min(1) } else { value };
            let cells = [
                keys(&|unit| (outer[unit], 0)),
                keys(&|unit| (outer[unit], skewed(inner[unit], unit))),
                keys(&|unit| (skewed(across[unit], unit), 9)),
            ];
            (n, cells.concat())
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whoever knows all published sums can solve for no sum of few units; and what
    /// is withheld beyond the small cells is needed for that.
    #[test]
    fn no_sum_of_few_units_can_be_solved_for((n, cells) in groupings(), least in 2..6_usize) {
        let all: Vec<usize> = (0..n).collect();
        let withheld = suppress(std::slice::from_ref(&all), &cells, least);
        let published = |without: Option<usize>| -> Vec<Vec<usize>> {
            let shown = withheld.iter().enumerate();
            let shown = shown.filter(|(at, why)| why.is_none() || Some(*at) == without);
            shown.map(|(at, _)| cells[at].clone()).chain([all.clone()]).collect()
        };
        prop_assert_eq!(told(n, &published(None), least), None);
        for (at, why) in withheld.iter().enumerate() {
            prop_assert_eq!(cells[at].len() < least, *why == Some(Withheld::Few));
            if why.is_some() {
                prop_assert!(told(n, &published(Some(at)), least).is_some(), "cell {at} is withheld for nothing");
            }
        }
    }

    /// The same of several variables that some units lack.
    #[test]
    fn units_without_a_value_open_nothing((n, cells) in groupings(), lack in 0..24_usize, least in 2..6_usize) {
        let all: Vec<usize> = (0..n).collect();
        let some: Vec<usize> = (0..n).filter(|unit| unit % 7 != lack % 7).collect();
        let withheld = suppress(&[all.clone(), some.clone()], &cells, least);
        for total in [all, some] {
            let own = |cell: &Vec<usize>| cell.iter().copied().filter(|unit| total.contains(unit)).collect();
            let shown = cells.iter().zip(&withheld).filter(|(_, why)| why.is_none());
            let published: Vec<Vec<usize>> = shown.map(|(cell, _)| own(cell)).chain([total.clone()]).collect();
            prop_assert_eq!(told(n, &published, least), None);
        }
    }
}

/// What an attacker reads off the plots of a report: names of members with the
/// units behind each figure that stands there.
fn read(plot: &GroupPlot, members: &[(String, Vec<usize>)], published: &mut Vec<Vec<usize>>) {
    for row in &plot.rows {
        let Some((_, units)) = members.iter().find(|(name, _)| *name == row.name) else { continue };
        let shown = row.values.iter().take(2).flatten().any(|text| text.parse::<f64>().is_ok());
        assert_eq!(shown, row.median.is_some() && row.mean.is_some(), "{}", row.name);
        assert!(shown || (row.q1.is_none() && row.q3.is_none() && row.dots.is_empty()), "{}", row.name);
        if shown {
            published.push(units.clone());
        }
    }
}

/// The members of all groups by their name, with their assessed units.
fn members(scored: &ScoredProject) -> Vec<(String, Vec<usize>)> {
    let named = scored.overview.groups.iter().flat_map(|group| {
        let spec =
            scored.project.framework.framework.groups.iter().find(|one| one.id == group.group).unwrap();
        group.members.iter().map(move |member| {
            let id = member.member.as_ref().unwrap();
            let name = spec.members.iter().find(|one| one.id == *id).unwrap().name.zh.clone();
            (name, member.units.clone())
        })
    });
    named.collect()
}

/// The means that the public edition gives, index and dimensions: no sum of fewer
/// than five units can be had from all reports together.
#[test]
fn the_reports_of_random_projects_withstand_an_attack() {
    let templates = Templates::embedded();
    let mut hidden = 0;
    for seed in 0..6 {
        let mut stream = Stream::new(seed, 0);
        let copy = project::random(&mut stream);
        let scored = copy.scored();
        let (material, all) = (scored.material_for(Audience::Public), members(&scored));
        let n = scored.project.input.panel().units().len();
        let mut published: Vec<Vec<usize>> = vec![scored.overview.assessed.clone()];
        let view = index_report(material, &templates, Lang::Zh).unwrap();
        view.comparison.iter().flat_map(|one| &one.plots).for_each(|plot| read(plot, &all, &mut published));
        view.dimensions.iter().flat_map(|one| &one.strip).for_each(|plot| read(plot, &all, &mut published));
        for group in &material.framework.groups {
            for member in &group.members {
                let view = group_report(material, &templates, Lang::Zh, &group.id, &member.id).unwrap();
                view.strip.iter().for_each(|plot| read(plot, &all, &mut published));
            }
        }
        published.sort();
        published.dedup();
        assert_eq!(told(n, &published, 5), None, "seed {seed}");
        hidden += all.iter().filter(|(_, units)| !published.contains(units)).count();
    }
    assert!(hidden > 20, "{hidden} members are withheld in all");
}

/// Figures of groups of 1, 2, 4 and 5 units: those of fewer than five stand in no
/// public file or view, whatever their form; the internal ones have them.
#[test]
fn no_public_file_has_a_figure_of_few_units() {
    let copy = project::tiny();
    let scored = copy.scored();
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    assert_eq!(benchline(copy.path(), &["publish", "."]).code, 0);
    let (internal, public) = [Audience::Internal, Audience::Public]
        .map(|audience| project::texts(&copy, &scored, audience))
        .into();
    let secrets = secrets(&scored);
    assert!(secrets.len() > 60, "{}", secrets.len());
    for (of, secret) in &secrets {
        for (name, text) in &public {
            assert!(!text.contains(secret.as_str()), "{name} has {secret}, {of}");
        }
    }
    let told = secrets.iter().filter(|(_, secret)| internal.iter().any(|(_, text)| text.contains(secret)));
    assert!(told.count() > 20, "the internal files have them");
}

/// Means, medians and standard deviations of the groups that are withheld, of the
/// index, the dimensions and the indicators, with all their digits.
fn secrets(scored: &ScoredProject) -> Vec<(String, String)> {
    let (input, framework) = (&scored.project.input, &scored.project.framework.framework);
    let cells = scored.small_cells(Audience::Public);
    let mut secrets = Vec::new();
    for group in &framework.groups {
        for member in &group.members {
            if cells.withheld(&group.id, Some(&member.id)).is_none() {
                continue;
            }
            let own = member_profile(input, framework, &scored.evaluation, &group.id, &member.id);
            let spreads = [vec![own.index], own.dimensions, own.indicators, own.values].concat();
            let figures = |spread: Spread| [Some(spread.mean), Some(spread.median), spread.deviation];
            let digits = spreads.into_iter().flatten().flat_map(figures).flatten();
            let digits = digits.map(|figure| figure.to_string()).filter(|digits| digits.len() > 10);
            secrets.extend(digits.map(|digits| (member.id.to_string(), digits)));
        }
    }
    secrets
}

/// Three districts are small. Together they are seven, so the one of five is shown;
/// that of twelve is not, since its region less it, taken from the size that has
/// all the others, leaves two of its own.
#[test]
fn marks_say_why_a_figure_is_withheld() {
    let copy = project::tiny();
    let scored = copy.scored();
    let why = |group: &str, member: &str| {
        let [group, member] = [group, member].map(benchline::model::Id::new);
        scored.small_cells(Audience::Public).withheld(&group, Some(&member))
    };
    for (member, expected) in [
        ("d1", Some(Withheld::Few)),
        ("d2", Some(Withheld::Few)),
        ("d4", Some(Withheld::Few)),
        ("d5", None),
        ("d12", Some(Withheld::Protects)),
    ] {
        assert_eq!(why("district", member), expected, "{member}");
    }
    let [group, member] = ["district", "d1"].map(benchline::model::Id::new);
    assert_eq!(scored.small_cells(Audience::Internal).withheld(&group, Some(&member)), None);
}

/// Satisfaction by three and four respondents of a city: the value, its score and
/// whatever either could be computed from stay inside, and count in the score.
#[test]
fn values_of_few_respondents_are_withheld() {
    let copy = project::sampled();
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let [internal, public] = ["internal", "public"].map(|side| {
        let text = fs::read_to_string(copy.path().join("out").join(side).join("results.json")).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    });
    let of = |results: &serde_json::Value, unit: usize| results["units"][unit]["periods"]["2025"].clone();
    // The first city asked three, the others forty.
    let (inside, outside) = (of(&internal, 0), of(&public, 0));
    assert!(inside["indicators"]["satisfied"]["value"].is_number());
    assert_eq!(
        outside["indicators"]["satisfied"],
        serde_json::json!({
            "value": null, "absent": "suppressed", "normalised": null
        })
    );
    // It is the only indicator of its dimension, so that goes with it, and another
    // dimension and one of its indicators, or the score would tell it.
    assert!(outside["nodes"]["satisfaction"].is_null());
    let shown = |node: &str| outside["nodes"][node].is_number();
    assert!(!shown("response") || !shown("resolution"), "{outside}");
    assert_eq!(outside["score"], inside["score"]);
    assert_eq!(
        of(&public, 1)["indicators"]["satisfied"]["value"],
        of(&internal, 1)["indicators"]["satisfied"]["value"]
    );
    assert!(of(&public, 1)["nodes"]["satisfaction"].is_number());
    let value = inside["indicators"]["satisfied"]["value"].to_string();
    assert_eq!(value, "63.217");
    let own = |text: &str| text.lines().filter(|line| line.contains("S00")).collect::<Vec<_>>().join("\n");
    for (name, text) in project::texts_of_files(&copy, Audience::Public) {
        assert!(!own(&text).contains(&value), "{name} has {value}");
    }
}
