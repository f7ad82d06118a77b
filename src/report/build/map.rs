use serde_json::json;

use super::Scope;
use super::facts::{Facts, leading_name};
use super::plots::{FEW, ends, heat};
use crate::index::{Count, GroupSpread, MemberSpread};
use crate::model::Id;
use crate::numeric::Withheld;
use crate::plan::Group;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{
    HeatRow, HeatTable, MapSection, MemberRow, MemberTable, Tile, TileBar, TileClass, TileMap,
};

/// Upper bounds of the classes of shares but the first, which is none, and the
/// last.
const CLASSES: [f64; 3] = [0.1, 0.2, 0.3];
/// Members shown as bars beside the map.
const BARS: usize = 5;

/// The first kind of group whose members have tiles.
pub(super) fn section(scope: &Scope<'_>, facts: &Facts) -> Result<Option<MapSection>, TemplateError> {
    let groups = &scope.material.overview.groups;
    let Some(spread) = groups.iter().find(|group| scope.has_map(&group.group)) else { return Ok(None) };
    let Some(group) = scope.group(&spread.group) else { return Ok(None) };
    if scope.material.overview.bands.is_empty() {
        return Ok(None);
    }
    let context = context(scope, facts, group, spread);
    Ok(Some(MapSection {
        name: scope.text(&group.name).to_owned(),
        headline: scope.words.say("national_map_headline", &context)?,
        map: map(scope, group, spread, &context)?,
        table: table(scope, spread, &context)?,
        heat: heat_table(scope, spread, &context)?,
    }))
}

fn context(scope: &Scope<'_>, facts: &Facts, group: &Group, spread: &GroupSpread) -> serde_json::Value {
    let named = |member: &&MemberSpread| member.member.is_some();
    let members: Vec<&MemberSpread> = spread.members.iter().filter(named).collect();
    let of = |member: &MemberSpread| scope.member_name(&spread.group, member.member.as_ref());
    let without = members.iter().filter(|member| member.leading.count == 0).count();
    let small: Vec<&&MemberSpread> = members.iter().filter(|member| member.units.len() < FEW).collect();
    let single = members.iter().filter(|member| member.units.len() == 1).count();
    let sound = || members.iter().filter(|member| member.units.len() >= FEW);
    let shown = |member: &&&MemberSpread| withheld(scope, spread, member).is_none();
    let medians: Vec<(String, f64)> =
        sound().filter(shown).map(|member| (of(member), member.spread.median)).collect();
    // Members that share the largest share of leading units.
    let best = sound().map(|member| member.leading.share()).fold(0.0, f64::max);
    let top: Vec<String> = sound()
        .filter(|member| member.leading.share() >= best && best > 0.0)
        .map(|member| of(member))
        .collect();
    json!({
        "units": facts.units,
        "n": facts.n,
        "group": scope.text(&group.name),
        "count": members.len(),
        "without": without,
        "small": small.len(),
        "small_limit": FEW,
        "single": single,
        "leading": leading_name(scope),
        "top": top,
        "top_share": scope.numbers.percent(best),
        "ends": ends(scope, &medians),
        "sound": medians.len(),
        "out_of_scope": group.members.iter().filter(|member| member.out_of_scope).map(|member| scope.text(&member.name)).collect::<Vec<_>>(),
        "scores": scope.material.disclosure.scores,
    })
}

fn withheld(scope: &Scope<'_>, group: &GroupSpread, member: &MemberSpread) -> Option<Withheld> {
    scope.withheld(&group.group, member.member.as_ref(), member.units.len())
}

fn class_of(count: Count) -> usize {
    if count.count == 0 {
        return 0;
    }
    // The noise of a division does not move a share over a bound.
    1 + CLASSES.iter().filter(|bound| count.share() > **bound + 1e-9).count()
}

fn map(
    scope: &Scope<'_>,
    group: &Group,
    spread: &GroupSpread,
    context: &serde_json::Value,
) -> Result<TileMap, TemplateError> {
    let outside = scope.words.word("national_tile_outside")?;
    let found = |id: &Id| spread.members.iter().find(|member| member.member.as_ref() == Some(id));
    let tiles: Vec<Tile> = group
        .members
        .iter()
        .filter_map(|member| {
            let [row, column] = member.tile?;
            let known = found(&member.id);
            let text = known.map_or_else(
                || if member.out_of_scope { outside.clone() } else { "—".to_owned() },
                |known| format!("{} / {}", known.leading.count, known.leading.of),
            );
            let class = known.map(|known| class_of(known.leading));
            Some(Tile { row, column, name: scope.text(member.short()).to_owned(), text, class })
        })
        .collect();
    let bound = |at: usize| CLASSES.get(at).map_or(String::new(), |share| scope.numbers.plain(share * 100.0));
    let classes = (0..=CLASSES.len() + 1).map(|class| {
        let count = tiles.iter().filter(|tile| tile.class == Some(class)).count();
        let name = json!({
            "class": class,
            "last": CLASSES.len() + 1,
            "low": class.checked_sub(2).map(bound),
            "high": class.checked_sub(1).map(bound),
        });
        Ok(TileClass {
            name: scope.words.say("national_tile_class", name)?,
            count_text: scope
                .words
                .say("national_tile_count", json!({ "count": count, "group": scope.text(&group.name) }))?,
        })
    });
    Ok(TileMap {
        words: scope.chart_words("national_map", context)?,
        legend_title: scope.words.say("national_map_legend", context)?,
        classes: classes.collect::<Result<_, TemplateError>>()?,
        tiles,
        remark: scope.words.say("national_map_remark", context)?,
        bars_title: scope.words.say("national_map_bars", context)?,
        bars: bars(scope, spread),
        footnote: scope.words.say("national_map_footnote", context)?,
    })
}

fn bars(scope: &Scope<'_>, spread: &GroupSpread) -> Vec<TileBar> {
    let mut members: Vec<&MemberSpread> =
        spread.members.iter().filter(|member| member.member.is_some() && member.leading.count > 0).collect();
    members.sort_by(|a, b| b.leading.share().total_cmp(&a.leading.share()));
    members
        .into_iter()
        .take(BARS)
        .map(|member| TileBar {
            name: scope.member_name(&spread.group, member.member.as_ref()),
            share: member.leading.share(),
            text: scope.numbers.percent_number(member.leading.share()),
            small: member.units.len() < FEW,
        })
        .collect()
}

fn table(
    scope: &Scope<'_>,
    spread: &GroupSpread,
    context: &serde_json::Value,
) -> Result<MemberTable, TemplateError> {
    let scores = scope.material.disclosure.scores;
    let row = |member: &MemberSpread| {
        let (n, why) = (member.units.len(), withheld(scope, spread, member));
        MemberRow {
            name: scope.member_name(&spread.group, member.member.as_ref()),
            small: n < FEW,
            cells: vec![
                Some(scope.numbers.count(n)),
                Some(scope.numbers.count(member.leading.count)),
                (n >= FEW).then(|| scope.numbers.percent_number(member.leading.share())),
                scope.figure(why, member.spread.mean),
                scope.figure(why, member.spread.median),
                member.spread.deviation.filter(|_| n >= FEW).and_then(|value| scope.figure(why, value)),
            ],
            dots: if scores {
                member.units.iter().map(|unit| scope.shown_score(*unit)).collect()
            } else {
                Vec::new()
            },
            median: why.is_none().then_some(member.spread.median),
            bands: member.bands.clone(),
        }
    };
    let heads = ["n", "leading", "share", "mean", "median", "deviation"];
    let mut words = scope.table_words("national_members", context)?;
    let marks = spread.members.iter().map(|member| withheld(scope, spread, member));
    words.note = scope.with_legend(words.note, marks)?;
    Ok(MemberTable {
        words,
        columns: heads
            .iter()
            .map(|head| scope.words.say(&format!("national_members_{head}"), context))
            .collect::<Result<_, _>>()?,
        axis: scores.then(|| layout::axis_in(&scope.shown_scores(), 60.0, "")),
        rows: spread.members.iter().map(row).collect(),
    })
}

/// Medians of the dimensions by member.
fn heat_table(
    scope: &Scope<'_>,
    spread: &GroupSpread,
    context: &serde_json::Value,
) -> Result<Option<HeatTable>, TemplateError> {
    let shown = |member: &&MemberSpread| withheld(scope, spread, member).is_none();
    let (rows, left_out): (Vec<&MemberSpread>, Vec<&MemberSpread>) = spread.members.iter().partition(shown);
    let dimensions = &scope.material.overview.dimensions;
    if dimensions.len() < 2 || rows.len() < 2 {
        return Ok(None);
    }
    let values: Vec<Vec<Option<f64>>> = rows.iter().map(|member| member.dimensions.clone()).collect();
    let cells = heat(&values, |value| scope.numbers.score(value));
    let mut words = scope.table_words("national_map_heat", context)?;
    words.note = scope.with_left_out(words.note, left_out.len())?;
    Ok(Some(HeatTable {
        words,
        columns: dimensions.iter().map(|node| scope.name_of(&node.id)).collect(),
        rows: rows
            .iter()
            .zip(cells)
            .map(|(member, cells)| HeatRow {
                name: scope.member_name(&spread.group, member.member.as_ref()),
                count_text: scope.numbers.count(member.units.len()),
                cells,
            })
            .collect(),
    }))
}
