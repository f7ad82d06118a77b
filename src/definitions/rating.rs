//! Bands that fit their rule, gates that ask something possible.

use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, did_you_mean};
use crate::model::Id;
use crate::plan::{Band, Gate, Group, RatingPlan, RatingRule, Requirement};

use super::bands;
use super::document::{Document, Step, at};
use super::ids::{check_unique, undeclared};
use super::tree::{Search, Tree};

/// Checks a rating plan that has its shape.
pub(super) fn check(rating: &RatingPlan, tree: &Tree, document: &Document, findings: &mut Findings) {
    let band_ids = rating.bands.iter().map(|band| &band.id);
    check_unique("band", band_ids, &at!["rating", "band"], document, findings);
    check_keys(rating, document, findings);
    if rating.rule.has_bounds() {
        bands::check(rating, document, findings);
    }
    check_within(rating, document, findings);
    let gate_ids = rating.gates.iter().map(|gate| &gate.id);
    check_unique("gate", gate_ids, &at!["rating", "gate"], document, findings);
    for (index, gate) in rating.gates.iter().enumerate() {
        check_gate(gate, index, rating, tree, document, findings);
    }
}

/// What the gates read, by id.
pub(super) fn read_by_gates(rating: &RatingPlan) -> Vec<Id> {
    let read = |gate: &Gate| match &gate.requires {
        Requirement::Floor { of, .. } => of.clone(),
        Requirement::Value { of, .. } => vec![of.clone()],
        Requirement::Availability { .. } => Vec::new(),
    };
    rating.gates.iter().flat_map(read).collect()
}

/// Checks that each band states what the rule reads and nothing else.
fn check_keys(rating: &RatingPlan, document: &Document, findings: &mut Findings) {
    let last = rating.bands.len().saturating_sub(1);
    let mut before = 0.0;
    for (index, band) in rating.bands.iter().enumerate() {
        let mut report = |key: Option<&str>, (message, help): (Bilingual, Bilingual)| {
            let at = at!["rating", "band", index];
            let at = [&at[..], &key.map(Step::from).into_iter().collect::<Vec<_>>()].concat();
            findings.push(Finding::new(Code::BandsUnfit, message, help).at(document.place(&at)));
        };
        let mut misfits = stated(band).filter(|(key, _)| !reads(rating.rule, key)).peekable();
        let is_sound = misfits.peek().is_none();
        for (key, _) in misfits {
            report(Some(key), unread(band, key, rating.rule));
        }
        let Some(key) = place_key(rating.rule) else {
            if rating.rule == RatingRule::Quantile {
                for (key, bound) in stated(band).filter(|(_, bound)| !(0.0..=1.0).contains(bound)) {
                    report(Some(key), no_probability(bound));
                }
            }
            continue;
        };
        match stated(band).find(|(stated, _)| *stated == key) {
            None if index < last && is_sound => report(None, no_place(band, key)),
            Some(_) if index == last => report(Some(key), last_place(band, key)),
            Some((_, place)) if place <= before => report(Some(key), not_rising(band, key, place, before)),
            Some((_, place)) => before = place,
            None => {}
        }
    }
}

/// The keys of a band that state where it lies.
fn stated(band: &Band) -> impl Iterator<Item = (&'static str, f64)> {
    [
        ("at_least", band.at_least),
        ("above", band.above),
        ("below", band.below),
        ("at_most", band.at_most),
        ("top", band.top.map(f64::from)),
        ("top_share", band.top_share),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
}

fn place_key(rule: RatingRule) -> Option<&'static str> {
    match rule {
        RatingRule::TopN => Some("top"),
        RatingRule::Share { .. } => Some("top_share"),
        _ => None,
    }
}

fn reads(rule: RatingRule, key: &str) -> bool {
    match place_key(rule) {
        Some(own) => key == own,
        None => rule.has_bounds() && !key.starts_with("top"),
    }
}

fn unread(band: &Band, key: &str, rule: RatingRule) -> (Bilingual, Bilingual) {
    let name = &band.id;
    let help = match (rule, place_key(rule)) {
        (_, Some(own)) => bilingual!("改写 `{own}`", "write `{own}` instead"),
        (RatingRule::NaturalBreaks, _) => {
            bilingual!("删去它：自然断点法自己找界线", "delete it: natural breaks find the bounds")
        }
        _ => bilingual!(
            "改写 `at_least` 和 `below`，或换一种 `rule`",
            "write `at_least` and `below` instead, or choose another `rule`"
        ),
    };
    (
        bilingual!(
            "评级“{name}”的 `{key}` 不合评级办法",
            "the rating rule does not read `{key}` of the band `{name}`"
        ),
        help,
    )
}

fn no_place(band: &Band, key: &str) -> (Bilingual, Bilingual) {
    let name = &band.id;
    (
        bilingual!("评级“{name}”没有写 `{key}`", "the band `{name}` has no `{key}`"),
        bilingual!("除最后一级外，每级都写 `{key}`", "write `{key}` in every band but the last"),
    )
}

fn last_place(band: &Band, key: &str) -> (Bilingual, Bilingual) {
    let name = &band.id;
    (
        bilingual!(
            "最后一级“{name}”写了 `{key}`，其后的单位就没有评级",
            "the last band `{name}` has a `{key}`, so the units after it have no band"
        ),
        bilingual!("删去最后一级的 `{key}`", "delete the `{key}` of the last band"),
    )
}

fn not_rising(band: &Band, key: &str, place: f64, before: f64) -> (Bilingual, Bilingual) {
    let name = &band.id;
    (
        bilingual!(
            "评级“{name}”的 `{key}` 是 {place}，没有大于上一级的 {before}",
            "the `{key}` of the band `{name}` is {place}, not above the {before} of the band before it"
        ),
        bilingual!(
            "`{key}` 从最好的一级累计，逐级增大",
            "`{key}` counts from the best band on: write rising numbers"
        ),
    )
}

fn no_probability(bound: f64) -> (Bilingual, Bilingual) {
    (
        bilingual!(
            "分位数的界线 {bound} 不在 0 到 1 之间",
            "the bound {bound} of a quantile is not within 0 to 1"
        ),
        bilingual!("第 90 百分位写 0.9", "write 0.9 for the 90th percentile"),
    )
}

fn check_within(rating: &RatingPlan, document: &Document, findings: &mut Findings) {
    let Some(group) = &rating.within else { return };
    let Ok(groups) = document.decode::<Vec<Group>>(&at!["group"]) else {
        if document.length(&at!["group"]) == 0 {
            findings
                .push(undeclared("分组", "group", group, None).at(document.place(&at!["rating", "within"])));
        }
        return;
    };
    if groups.iter().all(|known| known.id != *group) {
        let near = did_you_mean(group.as_str(), groups.iter().map(|known| known.id.as_str()));
        findings.push(undeclared("分组", "group", group, near).at(document.place(&at!["rating", "within"])));
    }
}

fn check_gate(
    gate: &Gate,
    index: usize,
    rating: &RatingPlan,
    tree: &Tree,
    document: &Document,
    findings: &mut Findings,
) {
    let at = |steps: &[Step]| document.place(&[&at!["rating", "gate", index][..], steps].concat());
    for (position, band) in gate.bands.iter().enumerate() {
        if rating.bands.iter().all(|known| known.id != *band) {
            let near = did_you_mean(band.as_str(), rating.bands.iter().map(|known| known.id.as_str()));
            findings.push(undeclared("评级", "band", band, near).at(at(&at!["bands", position])));
        }
    }
    match &gate.requires {
        Requirement::Floor { of, .. } => {
            for (position, id) in of.iter().enumerate() {
                if let Search::Unknown(near) = tree.find(id) {
                    let place = at(&at!["requires", "of", position]);
                    findings.push(undeclared("节点或指标", "node or indicator", id, near).at(place));
                }
            }
        }
        Requirement::Value { of, at_least, at_most, .. } => {
            let is_indicator = tree.indicators.iter().any(|indicator| indicator.id == *of);
            match tree.find(of) {
                Search::Unknown(near) => {
                    findings.push(undeclared("指标", "indicator", of, near).at(at(&at!["requires", "of"])));
                }
                Search::Declared if !is_indicator && tree.nodes.iter().any(|node| node.id == *of) => {
                    findings.push(node_value(of).at(at(&at!["requires", "of"])));
                }
                _ => {}
            }
            let (least, most) = (at_least.unwrap_or(f64::NEG_INFINITY), at_most.unwrap_or(f64::INFINITY));
            if (at_least.is_none() && at_most.is_none()) || least > most {
                findings.push(asks_nothing(gate).at(at(&at!["requires"])));
            }
        }
        Requirement::Availability { .. } => {}
    }
}

fn node_value(id: &Id) -> Finding {
    Finding::new(
        Code::BadGate,
        bilingual!("“{id}”是节点，没有自己的原值", "`{id}` is a node and has no value of its own"),
        bilingual!(
            "写指标的标识；要看节点得分，用 `kind = \"floor\"`",
            "write the id of an indicator; for scores of nodes use `kind = \"floor\"`"
        ),
    )
}

fn asks_nothing(gate: &Gate) -> Finding {
    let name = &gate.id;
    Finding::new(
        Code::BadGate,
        bilingual!(
            "门槛“{name}”没有界线，或下界大于上界",
            "the gate `{name}` has no bound, or its lower bound is above its upper one"
        ),
        bilingual!("写 `at_least` 或 `at_most`", "write `at_least` or `at_most`"),
    )
}
