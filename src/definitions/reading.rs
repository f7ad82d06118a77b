use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;
use crate::plan::{FalseClosure, Group, RatingPlan, Theme};

use super::document::{Document, at};
use super::ids::{check_unique, unknown};
use super::tree::Tree;

/// Checks what reports read: that themes and indicators named are declared and
/// that there are as many bands as are to count as leading.
pub(super) fn check(tree: &Tree, document: &Document, findings: &mut Findings) {
    let themes: Vec<Theme> = document.decode(&at!["theme"]).unwrap_or_default();
    check_unique("theme", themes.iter().map(|theme| &theme.id), &at!["theme"], document, findings);
    if themes.len() == document.length(&at!["theme"]) {
        let known: Vec<&Id> = themes.iter().map(|theme| &theme.id).collect();
        for indicator in &tree.indicators {
            let Some(theme) = &indicator.theme else { continue };
            let place = || document.place(&[tree.path_of(&indicator.id), at!["theme"].to_vec()].concat());
            findings.extend(unknown("主题", "theme", theme, &known, place));
        }
    }
    let indicators: Vec<&Id> = tree.indicators.iter().map(|indicator| &indicator.id).collect();
    if let Ok(pair) = document.decode::<FalseClosure>(&at!["reading", "false_closure"]) {
        for (key, id) in [("claimed", &pair.claimed), ("achieved", &pair.achieved)] {
            let place = || document.place(&at!["reading", "false_closure", key]);
            findings.extend(unknown("指标", "indicator", id, &indicators, place));
        }
    }
    let groups: Vec<Group> = document.decode(&at!["group"]).unwrap_or_default();
    let known: Vec<&Id> = groups.iter().map(|group| &group.id).collect();
    let named: Vec<Id> = document.decode(&at!["reading", "named_by"]).unwrap_or_default();
    for (index, id) in named.iter().enumerate().filter(|_| known.len() == document.length(&at!["group"])) {
        let place = || document.place(&at!["reading", "named_by", index]);
        findings.extend(unknown("分组", "group", id, &known, place));
    }
    check_leading(document, findings);
}

fn check_leading(document: &Document, findings: &mut Findings) {
    let Ok(leading) = document.decode::<usize>(&at!["reading", "leading"]) else { return };
    let bands = document.decode::<RatingPlan>(&at!["rating"]).map_or(0, |rating| rating.bands.len());
    if leading > 1 && leading > bands {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!(
                    "领先等级数为 {leading}，而评级只有 {bands} 级",
                    "{leading} bands are to count as leading, and there are {bands}"
                ),
                bilingual!("写 1 至 {bands} 之间的数", "write a number from 1 to {bands}"),
            )
            .at(document.place(&at!["reading", "leading"])),
        );
    }
}
