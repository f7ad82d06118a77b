use std::io::IsTerminal as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use benchline::diagnostics::{Finding, Findings, Lang, Place, Position, Severity};

/// Findings as a compiler shows them: what, where with the line, what to do.
pub fn findings(findings: &Findings, lang: Lang) -> String {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for finding in findings {
        let shown = renderer.render(&[group(finding, lang)]);
        text.push_str(&placed(&shown, finding.place.as_ref()));
        text.push_str("\n\n");
    }
    if !findings.is_empty() {
        text.push_str(&tally(findings, lang));
    }
    text
}

fn group(finding: &Finding, lang: Lang) -> Group<'_> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name(named(lang, "错误", "error")),
        Severity::Warning => Level::WARNING.with_name(named(lang, "警告", "warning")),
        Severity::Note => Level::NOTE.with_name(named(lang, "提示", "note")),
    };
    let title = level.primary_title(finding.message.get(lang)).id(finding.code.id());
    let mut group = Group::with_title(title);
    group = match &finding.place {
        Some(place) => located(group, place),
        None => group,
    };
    let help = Level::HELP.with_name(named(lang, "办法", "help"));
    group.element(help.message(finding.help.get(lang)))
}

fn located<'a>(group: Group<'a>, place: &'a Place) -> Group<'a> {
    match (&place.position, &place.excerpt) {
        (Some(Position::Text { line, .. }), Some(excerpt)) => {
            let mark = AnnotationKind::Primary.span(excerpt.start..excerpt.end);
            let snippet = Snippet::source(&excerpt.text).line_start(*line).path(&place.file).annotation(mark);
            group.element(snippet)
        }
        _ => group.element(Origin::path(place.to_string())),
    }
}

/// The renderer counts columns in the excerpt, which may be part of its line:
/// puts the true place where it wrote its own.
fn placed(shown: &str, place: Option<&Place>) -> String {
    let Some(Place { file, position: Some(Position::Text { line, .. }), excerpt: Some(excerpt), .. }) = place
    else {
        return shown.to_owned();
    };
    let before = excerpt.text.get(..excerpt.start).unwrap_or_default();
    let written = format!("{file}:{line}:{}", before.chars().count() + 1);
    let place = place.map_or(String::new(), ToString::to_string);
    shown.replacen(&written, &place, 1)
}

fn tally(findings: &Findings, lang: Lang) -> String {
    let count = |severity| findings.count(severity);
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告，{notes} 个提示\n"),
        Lang::En => format!("errors: {errors}, warnings: {warnings}, notes: {notes}\n"),
    }
}

fn named(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
