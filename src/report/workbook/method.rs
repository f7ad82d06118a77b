use rust_xlsxwriter::{Worksheet, XlsxError};
use serde::Serialize;
use serde_json::Value as Json;

use super::Book;
use super::words::both;
use crate::diagnostics::Bilingual;
use crate::plan::Audience;
use crate::report::revisions;
use crate::store::Tool;

/// The plan as run: nodes and indicators, then how scores are rounded, ranked and
/// rated.
pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page("workbook_method", "")?;
    let heads = [
        ("workbook_kind", 16.0),
        ("workbook_code", 24.0),
        ("workbook_name", 36.0),
        ("workbook_parent", 22.0),
        ("workbook_direction", 12.0),
        ("workbook_rule", 60.0),
        ("workbook_definition", 48.0),
        ("workbook_source", 48.0),
    ];
    for (head, width) in heads {
        page.column(&book.words.head(head), width)?;
    }
    for row in rows(book) {
        let at = page.next_row();
        for (column, text) in (0..).zip(&row) {
            page.text((at, column), text, &book.styles.wrapped)?;
        }
    }
    page.finish(3, &[])
}

fn rows(book: &Book<'_>) -> Vec<[String; 8]> {
    let (plan, framework) = (&book.material.evaluation.plan, book.material.framework);
    let word = |key: &str| book.words.line(key);
    let text = |words: Option<&Bilingual>| words.map(both).unwrap_or_default();
    let nodes = framework.nodes.iter().map(|spec| {
        let kind = if spec.id == plan.index { "workbook_index" } else { "workbook_node" };
        let rule = plan.node(&spec.id).map(|node| in_words(&node.rule)).unwrap_or_default();
        let parent = spec.parent.as_ref().map_or(String::new(), ToString::to_string);
        let blank = String::new;
        [word(kind), spec.id.to_string(), both(&spec.name), parent, blank(), rule, blank(), blank()]
    });
    let indicators = framework.indicators.iter().map(|spec| {
        let planned = plan.indicators.iter().find(|planned| planned.id == spec.id);
        [
            word("workbook_indicator"),
            spec.id.to_string(),
            both(&spec.name),
            spec.parent.as_ref().map_or(String::new(), ToString::to_string),
            in_words(&spec.direction),
            planned.map(|planned| in_words(&planned.normalise)).unwrap_or_default(),
            text(spec.definition.as_ref()),
            text(spec.source.as_ref()),
        ]
    });
    let other = |key: &str, rule: String| {
        let blank = String::new;
        [word(key), blank(), blank(), blank(), blank(), rule, blank(), blank()]
    };
    let mut last = vec![
        other("workbook_rounding", in_words(&plan.score)),
        other("workbook_ranking", in_words(&plan.rank)),
    ];
    last.extend(plan.rating.as_ref().map(|rating| other("workbook_rating", in_words(rating))));
    nodes.chain(indicators).chain(last).collect()
}

/// A part of the plan as its file would write it, without quotes and braces.
fn in_words(part: &impl Serialize) -> String {
    fn say(value: &Json) -> String {
        match value {
            Json::Object(entries) => {
                let said = entries.iter().map(|(key, value)| match key.as_str() {
                    "method" => say(value),
                    _ => format!("{key} {}", say(value)),
                });
                said.collect::<Vec<_>>().join("; ")
            }
            Json::Array(values) => values.iter().map(say).collect::<Vec<_>>().join(", "),
            Json::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
    serde_json::to_value(part).map(|value| say(&value)).unwrap_or_default()
}

/// Where the workbook comes from.
pub(super) fn notes(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page("workbook_notes", "")?;
    page.column(&book.words.head("workbook_item"), 30.0)?;
    page.column(&book.words.head("workbook_notes"), 100.0)?;
    let (project, framework) = (book.material.project, book.material.framework);
    let audience = match book.material.disclosure.audience {
        Audience::Internal => "workbook_internal",
        Audience::Public => "workbook_public",
    };
    let mut rows = vec![
        ("workbook_title", both(&project.title)),
        ("workbook_publisher", both(&project.publisher)),
        ("workbook_edition", project.edition.clone()),
        ("workbook_date", project.date.clone()),
        ("workbook_framework", format!("{} · {}", both(&framework.name), framework.version)),
        ("workbook_source", both(&framework.source)),
        ("workbook_audience", book.words.head(audience)),
        ("workbook_attribution", both(&project.attribution)),
        ("workbook_tool", Tool::this().to_string()),
        ("workbook_plan", book.material.plan_sha256.to_owned()),
    ];
    if project.synthetic {
        rows.insert(0, ("workbook_status_data", book.words.head("workbook_synthetic")));
    }
    if let Some(last) = revisions::last(book.material) {
        rows.push((
            "workbook_revision_head",
            format!("{} · {} · {}", last.seq, revisions::date(&last.at), last.hash),
        ));
    }
    let inputs = book.material.files.iter();
    rows.extend(inputs.map(|file| ("workbook_input", format!("{} {}", file.sha256, file.name))));
    for (key, text) in rows {
        let at = page.next_row();
        page.text((at, 0), &book.words.line(key), &book.styles.wrapped)?;
        page.text((at, 1), &text, &book.styles.wrapped)?;
    }
    page.finish(1, &[])
}
