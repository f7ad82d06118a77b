use benchline::diagnostics::{Failure, Findings};
use serde_json::{Value as Json, json};

/// One JSON document: the findings in both languages, and the result unless
/// they forbid it.
pub fn document(findings: &Findings, result: Option<Json>) -> String {
    let document = json!({ "schema": "benchline/cli/1", "findings": findings, "result": result });
    format!("{document:#}\n")
}

/// One JSON document that says that the tool itself failed.
pub fn failure(failure: &Failure) -> String {
    let document = json!({ "schema": "benchline/cli/1", "failure": failure.to_string() });
    format!("{document:#}\n")
}
