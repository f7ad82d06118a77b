use super::Scope;
use super::facts::Facts;
use crate::plan::Audience;
use crate::report::TemplateError;
use crate::report::view::{Cover, Figure, Front, Guidance, Summary};

pub(super) fn cover(scope: &Scope<'_>, facts: &Facts) -> Result<Cover, TemplateError> {
    let lines = ["cover_line_1", "cover_line_2"].map(|key| scope.words.say(key, facts));
    let note = if facts.bands.is_empty() { "cover_note_plain" } else { "cover_note_bands" };
    let disclosure = &scope.material.disclosure;
    let audience = scope.material.project.policy.public.is_some().then(|| {
        scope.words.word(match disclosure.audience {
            Audience::Internal => "national_internal",
            Audience::Public => "national_public",
        })
    });
    Ok(Cover {
        lines: lines.into_iter().collect::<Result<_, _>>()?,
        note: scope.words.say(note, facts)?,
        audience: audience.transpose()?,
        revision: super::revisions::edition(scope)?,
        scores: if disclosure.scores && facts.bands.is_empty() { scope.shown_scores() } else { Vec::new() },
    })
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
    match (&facts.leading, &facts.top) {
        (Some(leading), _) if leading.bands > 1 => {
            add("leading", scope.numbers.count(leading.count), &unit)?;
        }
        (_, Some(top)) => add("top", scope.numbers.count(top.count), &unit)?,
        _ => {}
    }
    if let Some(closure) = &facts.closure {
        let text = |key: &str| closure.get(key).and_then(|text| text.as_str()).unwrap_or_default().to_owned();
        let points = scope.words.say("national_points", closure)?;
        add("closure", text("median"), &points)?;
    }
    if let Some(weak) = &facts.weak {
        add("weak", weak.number.clone(), "%")?;
    } else if let Some(weakest) = &facts.weakest {
        add("weakest", weakest.median.clone(), "")?;
    }
    if let Some(group) = facts.group.as_ref().filter(|group| group.members.len() > 1) {
        add("group", group.gap.clone(), "")?;
    }
    if let Some(change) = &facts.change {
        add("change", scope.numbers.count(change.rose), &unit)?;
    }
    if let Some(bottom) = facts.bottom.as_ref().filter(|_| facts.bands.len() > 1) {
        add("bottom", scope.numbers.count(bottom.count), &unit)?;
    }
    if facts.scores {
        add("gap", facts.gap.clone(), "")?;
    }
    figures.truncate(6);
    Ok(Summary {
        headline: scope.words.say("summary_headline", facts)?,
        lead: scope.words.say("summary_lead", facts)?,
        figures,
    })
}

/// How to read a report of many units, which has a page before the findings.
pub(super) fn front(scope: &Scope<'_>, facts: &Facts) -> Result<Option<Front>, TemplateError> {
    if facts.total < 100 || scope.material.overview.dimensions.len() < 2 {
        return Ok(None);
    }
    let mut keys = vec!["scores"];
    if !facts.bands.is_empty() {
        keys.push("bands");
    }
    keys.extend(["order", "figures", "missing"]);
    let reading = keys.into_iter().map(|key| {
        Ok(Guidance {
            title: scope.words.say(&format!("national_reading_{key}_title"), facts)?,
            text: scope.words.say(&format!("national_reading_{key}_text"), facts)?,
        })
    });
    Ok(Some(Front { reading: reading.collect::<Result<_, TemplateError>>()? }))
}
