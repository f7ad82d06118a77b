use std::collections::BTreeSet;
use std::path::Path;

use benchline::diagnostics::{Code, Finding, Findings, Lang, Position, Severity};
use serde_json::{Value as Json, json};

use super::located;

/// Findings as a SARIF 2.1.0 log, which code-scanning services show.
/// Paths are given from the current folder, where the repository is looked for.
pub fn log(findings: &Findings, project: &Path, lang: Lang) -> String {
    let codes: BTreeSet<Code> = findings.iter().map(|finding| finding.code).collect();
    let rules: Vec<Json> = codes
        .iter()
        .map(|code| json!({ "id": code.id(), "defaultConfiguration": { "level": level(code.severity()) } }))
        .collect();
    let results: Vec<Json> = findings.iter().map(|finding| result(finding, project, lang)).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}\n")
}

fn result(finding: &Finding, project: &Path, lang: Lang) -> Json {
    let mut result = json!({
        "ruleId": finding.code.id(),
        "level": level(finding.severity),
        "message": { "text": located::message(finding, lang) },
    });
    if let (Some(place), Some(result)) = (&finding.place, result.as_object_mut()) {
        let mut location =
            json!({ "artifactLocation": { "uri": located::uri(&located::path(place, project)) } });
        if let (Some(Position::Text { line, column }), Some(location)) =
            (&place.position, location.as_object_mut())
        {
            location.insert("region".to_owned(), json!({ "startLine": line, "startColumn": column }));
        }
        let mut located = json!({ "physicalLocation": location });
        // A cell of a workbook has no line: its name stands as a logical place.
        if let (Some(Position::Cell { .. }), Some(located)) = (&place.position, located.as_object_mut()) {
            located
                .insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": place.to_string() }]));
        }
        result.insert("locations".to_owned(), json!([located]));
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
