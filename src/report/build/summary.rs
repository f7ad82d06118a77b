use super::Scope;
use super::facts::Facts;
use crate::report::TemplateError;
use crate::report::view::{Cover, Figure, Summary};

pub(super) fn cover(scope: &Scope<'_>, facts: &Facts) -> Result<Cover, TemplateError> {
    let lines = ["cover_line_1", "cover_line_2"].map(|key| scope.words.say(key, facts));
    let note = if facts.bands.is_empty() { "cover_note_plain" } else { "cover_note_bands" };
    Ok(Cover { lines: lines.into_iter().collect::<Result<_, _>>()?, note: scope.words.say(note, facts)? })
}

/// The findings page: the figures that the data can speak of, in a fixed order.
pub(super) fn summary(scope: &Scope<'_>, facts: &Facts) -> Result<Summary, TemplateError> {
    let unit = scope.words.word("word_unit")?;
    let mut figures = Vec::new();
    let mut add = |kind: &str, number: String, unit: &str| -> Result<(), TemplateError> {
        figures.push(Figure {
            number,
            unit: unit.to_owned(),
            title: scope.words.say(&format!("figure_{kind}_title"), facts)?,
            text: scope.words.say(&format!("figure_{kind}_text"), facts)?,
        });
        Ok(())
    };
    add("median", facts.median.clone(), "")?;
    if let Some(top) = &facts.top {
        add("top", scope.numbers.count(top.count), &unit)?;
    }
    if let Some(bottom) = facts.bottom.as_ref().filter(|_| facts.bands.len() > 1) {
        add("bottom", scope.numbers.count(bottom.count), &unit)?;
    }
    add("gap", facts.gap.clone(), "")?;
    if let Some(change) = &facts.change {
        add("change", scope.numbers.count(change.rose), &unit)?;
    }
    if let Some(weakest) = &facts.weakest {
        add("weakest", weakest.median.clone(), "")?;
    }
    if let Some(group) = facts.group.as_ref().filter(|group| group.members.len() > 1) {
        add("group", group.gap.clone(), "")?;
    }
    figures.truncate(6);
    Ok(Summary {
        headline: scope.words.say("summary_headline", facts)?,
        lead: scope.words.say("summary_lead", facts)?,
        figures,
    })
}
