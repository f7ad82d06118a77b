use std::path::Path;

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
        let inside = project.join(&place.file);
        let inside = inside.strip_prefix(".").unwrap_or(&inside);
        let path =
            if inside.exists() { inside.to_string_lossy().replace('\\', "/") } else { place.file.clone() };
        properties.push(format!("file={}", property(&path)));
        if let Some(Position::Text { line, column }) = place.position {
            properties.push(format!("line={line},col={column}"));
        }
    }
    properties.push(format!("title={}", finding.code.id()));
    let message = format!("{}\n{}", finding.message.get(lang), finding.help.get(lang));
    format!("::{level} {}::{}\n", properties.join(","), data(&message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
