use benchline::diagnostics::{Finding, Findings, Lang, Position, Severity};

/// Findings as workflow commands, which CI shows beside the line they are about.
pub fn findings(findings: &Findings, lang: Lang) -> String {
    findings.iter().map(|finding| command(finding, lang)).collect()
}

fn command(finding: &Finding, lang: Lang) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = &finding.place {
        properties.push(format!("file={}", property(&place.file)));
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
