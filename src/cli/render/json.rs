use benchline::diagnostics::Findings;
use serde_json::{Value as Json, json};

/// One JSON document: the findings in both languages, and the result unless
/// they forbid it.
pub fn document(findings: &Findings, result: Option<Json>) -> String {
    let document = json!({ "schema": "benchline/cli/1", "findings": findings, "result": result });
    format!("{document:#}\n")
}
