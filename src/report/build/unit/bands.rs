use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::index;
use crate::plan::Detail;
use crate::report::TemplateError;
use crate::report::view::{BandCountRow, BandCounts, Paragraph, QuarterRow, Quarters};

/// What may be said to everybody: the rating.
pub(super) fn headline(one: &One<'_>, facts: &Facts) -> Result<Vec<String>, TemplateError> {
    let key = if one.is_scored() { "unit_public_headline" } else { "unit_headline_unrated" };
    Ok(vec![one.say(key, facts)?])
}

pub(super) fn lead(one: &One<'_>, facts: &Facts) -> Result<Vec<Paragraph>, TemplateError> {
    let strong = super::dimensions::facts(one);
    let context = json!({
        "band": facts.band, "unit": facts.unit, "units": facts.units, "dimensions": strong,
        "edition": facts.edition, "scored": one.is_scored(), "missing": facts.missing_count,
        "reach": one.insight.peers.first().map_or(0, |nation| nation.units.len()),
    });
    let of = |part: &str| {
        Ok(Paragraph {
            title: one.scope.words.word(&format!("unit_public_{part}"))?,
            text: one.say(&format!("unit_public_{part}_text"), &context)?,
            tone: "plain",
        })
    };
    [of("rating"), of("policy")].into_iter().collect()
}

/// How many units of the nation and of the unit's groups have each band.
pub(super) fn counts(one: &One<'_>, facts: &Facts) -> Result<Option<BandCounts>, TemplateError> {
    let bands = one.shared.bands.len();
    if bands == 0 || !one.is_scored() {
        return Ok(None);
    }
    let mut rows = Vec::new();
    for at in one.compared() {
        let units = one.insight.peers.get(at).map_or(&[][..], |peers| &peers.units);
        if !one.scope.material.disclosure.shows_figure_of(units.len()) {
            continue;
        }
        let count =
            |band: usize| units.iter().filter(|unit| one.scope.outcome(**unit).band == Some(band)).count();
        rows.push(BandCountRow {
            name: one.peers_name(at)?,
            count_text: one.say("unit_group_count", json!({ "n": units.len(), "units": facts.units }))?,
            counts: (0..bands).map(count).collect(),
        });
    }
    Ok(Some(BandCounts {
        title: one.say("unit_bands_title", facts)?,
        note: one.say("unit_bands_note", facts)?,
        caption: one.say("unit_bands_caption", facts)?,
        alt: one.say("unit_bands_alt", facts)?,
        rows,
    }))
}

/// The quarter of each dimension, where the policy lets it be told.
pub(super) fn quarters(one: &One<'_>, facts: &Facts) -> Result<Option<Quarters>, TemplateError> {
    let material = one.scope.material;
    if material.disclosure.dimensions == Detail::None || !one.is_scored() {
        return Ok(None);
    }
    let least = material.disclosure.small_cells;
    let quarter = |id| {
        let all = index::quarters(material.input, material.evaluation, id, least);
        all.get(one.scope.row(one.unit)).copied().flatten()
    };
    let rows = one.insight.dimensions.iter().map(|dimension| QuarterRow {
        name: one.scope.name_of(&dimension.id),
        quarter: quarter(&dimension.id),
    });
    let names = ["unit_quarter_1", "unit_quarter_2", "unit_quarter_3", "unit_quarter_4"];
    Ok(Some(Quarters {
        title: one.say("unit_quarters_title", facts)?,
        note: one.say("unit_quarters_note", facts)?,
        names: names.into_iter().map(|key| one.scope.words.word(key)).collect::<Result<_, _>>()?,
        mark: one.scope.words.word("unit_quarter_mark")?,
        rows: rows.collect(),
    }))
}
