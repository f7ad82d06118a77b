//! The long report and the report on a group: what they say is true of the data,
//! and the public edition shows no more than it may.

use std::collections::BTreeSet;

use benchline::diagnostics::Lang;
use benchline::model::{Id, Role};
use benchline::plan::Audience;
use benchline::project::ScoredProject;
use benchline::report::view::{GroupReport, IndexReport};
use benchline::report::{Templates, group_report, index_report, typeset};

use crate::support::{Copy, root, scored};

const PROJECTS: [&str; 3] = ["examples/starter", "examples/hdi-2022", "examples/hotline-2025"];

fn view(scored: &ScoredProject, lang: Lang, audience: Audience) -> IndexReport {
    index_report(scored.material_for(audience), &Templates::embedded(), lang).unwrap()
}

fn group_view(scored: &ScoredProject, lang: Lang, group: &str, member: &str) -> GroupReport {
    group_report(scored.material(), &Templates::embedded(), lang, &Id::new(group), &Id::new(member)).unwrap()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 }
}

/// The raw scores of the ranked units of the edition, by code.
fn scores(scored: &ScoredProject) -> Vec<(String, f64)> {
    let input = &scored.project.input;
    let start = input.panel().rows_of(input.edition()).start;
    let units = input.panel().units().iter().enumerate().filter(|(_, unit)| unit.role == Role::Ranked);
    units
        .filter_map(|(at, unit)| {
            Some((unit.code.to_string(), scored.evaluation.outcomes[start + at].score?.raw))
        })
        .collect()
}

/// Every member of every kind of group has a report of at most three pages that
/// names all its units.
#[test]
fn every_member_of_a_group_has_a_short_report() {
    for project in ["examples/starter", "examples/hdi-2022"] {
        let scored = scored(&root().join(project));
        for group in &scored.overview.groups {
            for member in group.members.iter().filter_map(|member| member.member.as_ref()) {
                for lang in Lang::ALL {
                    let view = group_view(&scored, lang, group.group.as_str(), member.as_str());
                    let typeset = typeset(&view, &Templates::embedded()).unwrap();
                    let text = squeezed(&typeset.text().concat());
                    for row in &view.table.rows {
                        assert!(text.contains(&squeezed(&row.name)), "{lang} {member}: no {}", row.name);
                    }
                    assert!(typeset.pages() <= 3, "{member}: {} pages", typeset.pages());
                }
            }
        }
    }
}

/// Figures recomputed here from the scores alone: medians, counts of bands,
/// members of groups.
#[test]
fn the_figures_of_the_overview_follow_from_the_scores() {
    for project in PROJECTS {
        let scored = scored(&root().join(project));
        let overview = &scored.overview;
        let scores = scores(&scored);
        let values: Vec<f64> = scores.iter().map(|(_, score)| *score).collect();
        let index = overview.index.unwrap();
        assert_eq!((index.n, index.median), (values.len(), median(&values)), "{project}");
        let rated: usize = overview.bands.iter().map(|band| band.units.len()).sum();
        assert!(overview.bands.is_empty() || rated == values.len(), "{project}");
        let leading = scored.project.framework.framework.reading.leading;
        let ahead: usize = overview.bands.iter().take(leading).map(|band| band.units.len()).sum();
        assert_eq!((overview.leading.count, overview.leading.of), (ahead, values.len()), "{project}");
        for group in &overview.groups {
            let members: usize = group.members.iter().map(|member| member.units.len()).sum();
            assert_eq!(members, values.len(), "{project} {}", group.group);
            for member in &group.members {
                assert_eq!(
                    member.bands.iter().sum::<usize>(),
                    if rated == 0 { 0 } else { member.units.len() }
                );
            }
        }
        if let Some(change) = &overview.change {
            let moved = change.upgraded + change.downgraded + change.kept();
            assert!(rated == 0 || moved == change.n, "{project}");
        }
    }
}

/// The sentences name what is highest, lowest, best and worst in the data.
#[test]
fn the_sentences_are_true_of_the_data() {
    for project in PROJECTS {
        let scored = scored(&root().join(project));
        let overview = &scored.overview;
        let view = view(&scored, Lang::Zh, Audience::Internal);
        let name = |id: &Id| scored.project.framework.framework.name_of(id).unwrap().zh.clone();
        let mut medians: Vec<(String, f64)> = overview
            .dimensions
            .iter()
            .filter_map(|node| Some((name(&node.id), node.spread?.median)))
            .collect();
        medians.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (lowest, highest) = (&medians[0], medians.last().unwrap());
        for dimension in &view.dimensions {
            if dimension.headline.contains("是最弱的维度") {
                assert_eq!(dimension.name, lowest.0, "{project}");
            }
            if dimension.headline.contains("是最强的维度") {
                assert_eq!(dimension.name, highest.0, "{project}");
            }
        }
        if let Some(change) = &view.change {
            let facts = overview.change.as_ref().unwrap();
            let up = facts.rose * 2 > facts.n;
            let down = facts.fell * 2 > facts.n;
            assert_eq!(change.headline.contains("多数") && change.headline.contains("上升"), up, "{project}");
            assert_eq!(
                change.headline.contains("多数") && change.headline.contains("下降"),
                down,
                "{project}"
            );
            assert_eq!(change.headline.contains("升级多于降级"), facts.upgraded > facts.downgraded);
        }
        let text = squeezed(&typeset(&view, &Templates::embedded()).unwrap().text().concat());
        for dimension in &view.dimensions {
            assert!(text.contains(&squeezed(&dimension.headline)), "{project}: no {}", dimension.headline);
        }
        for figure in &view.summary.figures {
            assert!(!figure.number.is_empty() && !figure.title.is_empty());
        }
    }
}

/// The schematic map has every member, those out of scope without a number.
#[test]
fn the_tile_map_shows_all_34_provinces() {
    let scored = scored(&root().join("examples/hotline-2025"));
    for audience in [Audience::Internal, Audience::Public] {
        let view = view(&scored, Lang::Zh, audience);
        let map = view.map.unwrap();
        assert_eq!(map.map.tiles.len(), 34);
        let outside: Vec<&str> =
            map.map.tiles.iter().filter(|tile| tile.class.is_none()).map(|tile| tile.name.as_str()).collect();
        assert_eq!(outside.len(), 3, "{outside:?}");
        assert!(
            map.map.tiles.iter().filter(|tile| tile.class.is_none()).all(|tile| tile.text == "未纳入评估")
        );
        let places: BTreeSet<(u8, u8)> = map.map.tiles.iter().map(|tile| (tile.row, tile.column)).collect();
        assert_eq!(places.len(), 34, "no two in one place");
        let counted: usize = map
            .map
            .tiles
            .iter()
            .filter_map(|tile| tile.text.split(" / ").nth(1)?.parse::<usize>().ok())
            .sum();
        assert_eq!(counted, scored.overview.assessed.len());
    }
}

/// The public edition names every unit and none of their scores: no dots, no
/// score columns, no leaders of dimensions, and inside a band the order of codes.
#[test]
fn the_public_edition_shows_bands_only() {
    let copy = Copy::of("examples/hotline-2025");
    let scored = copy.scored();
    let view = view(&scored, Lang::Zh, Audience::Public);
    assert!(view.distribution.is_none() && view.ranking.rows.is_empty());
    assert!(view.cover.scores.is_empty());
    let plots = view.comparison.iter().flat_map(|comparison| &comparison.plots);
    let strips = view.dimensions.iter().filter_map(|dimension| dimension.strip.as_ref());
    for plot in plots.chain(strips) {
        assert!(plot.rows.iter().all(|row| row.dots.is_empty()), "{}", plot.name);
    }
    for dimension in &view.dimensions {
        assert!(
            dimension.distribution.is_none() && dimension.scatter.is_none() && dimension.leaders.is_none()
        );
    }
    let map = view.map.as_ref().unwrap();
    assert!(map.table.rows.iter().all(|row| row.dots.is_empty()));
    for band in &view.members {
        for group in &band.groups {
            let codes: Vec<&str> = group
                .units
                .iter()
                .map(|member| {
                    let units = scored.project.input.panel().units();
                    units.iter().find(|unit| unit.name.zh == member.name).unwrap().code.as_str()
                })
                .collect();
            assert!(codes.is_sorted(), "{codes:?}");
        }
    }
    let text = squeezed(&typeset(&view, &Templates::embedded()).unwrap().text().concat());
    for unit in scored.project.input.panel().units().iter() {
        assert!(text.contains(&squeezed(&unit.name.zh)), "no {}", unit.name.zh);
    }
}

/// Figures over fewer units than the policy allows are withheld, and marked; so are
/// those that would tell the sum of such by subtraction: Fujian and Tibet are the
/// smallest provinces of the east and the west that are not small themselves.
#[test]
fn small_groups_are_withheld_from_the_public() {
    let scored = scored(&root().join("examples/hotline-2025"));
    let view = view(&scored, Lang::Zh, Audience::Public);
    let map = view.map.unwrap();
    let province = scored.overview.groups.iter().find(|group| group.group.as_str() == "province").unwrap();
    let mut protects = Vec::new();
    for (row, member) in map.table.rows.iter().zip(&province.members) {
        let mean = row.cells[3].as_deref().unwrap();
        assert_eq!(mean == "*", member.units.len() < 5, "{}", row.name);
        assert_eq!(row.median.is_none(), mean.starts_with('*'));
        if mean == "**" {
            protects.push(row.name.as_str());
            assert_eq!(row.cells[4].as_deref(), Some("**"));
        }
    }
    assert_eq!(protects, ["福建省", "西藏自治区"]);
    assert!(
        map.table.words.note.ends_with("；* 少于 5 个城市，不公布；** 为保护别的格而不公布"),
        "{}",
        map.table.words.note
    );
}

/// A province with few units says so; a province with none still has a page.
#[test]
fn few_units_are_warned_of() {
    let scored = scored(&root().join("examples/hotline-2025"));
    let province = scored.overview.groups.iter().find(|group| group.group.as_str() == "province").unwrap();
    for member in &province.members {
        let id = member.member.as_ref().unwrap();
        let view = group_view(&scored, Lang::Zh, "province", id.as_str());
        assert_eq!(view.warning.is_some(), member.units.len() < 6, "{id}");
    }
    let outside = group_view(&scored, Lang::Zh, "province", "taiwan");
    assert_eq!(outside.warning.as_deref(), Some("没有城市有得分，无法比较。"));
    assert!(typeset(&outside, &Templates::embedded()).unwrap().pages() == 1);
}
