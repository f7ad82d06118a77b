use std::path::Path;

use super::located;
use benchline::diagnostics::{Finding, Findings, Lang, Position, Severity};

/// Findings as workflow commands, which CI shows beside the line they are about.
/// Paths are given from the current folder, where CI looks for them.
pub fn findings(findings: &Findings, project: &Path, lang: Lang) -> String {
    findings.iter().map(|finding| command(finding, project, lang)).collect()
}

fn command(finding: &Finding, project: &Path, lang: Lang) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = &finding.place {
        properties.push(format!("file={}", property(&located::path(place, project))));
        if let Some(Position::Text { line, column }) = place.position {
            properties.push(format!("line={line},col={column}"));
        }
    }
    properties.push(format!("title={}", finding.code.id()));
    format!("::{level} {}::{}\n", properties.join(","), data(&located::message(finding, lang)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
