use std::collections::BTreeMap;

use serde_json::Value as Json;
use typst::World as _;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::view::View;
use super::world::{Fonts, ReportWorld, Sources};
use super::{TemplateError, Templates, UNDRAWN};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::store::Tool;

/// A typeset document.
#[derive(Debug)]
pub struct Typeset {
    /// The document: PDF/A-2a and PDF/UA-1, tagged, with embedded fonts.
    pub pdf: Vec<u8>,
    document: PagedDocument,
}

impl Typeset {
    /// Number of pages.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The text of each page in order of drawing.
    pub fn text(&self) -> Vec<String> {
        let page_text = |frame: &Frame| {
            let mut text = String::new();
            collect_text(frame, &mut text);
            text
        };
        self.document.pages().iter().map(|page| page_text(&page.frame)).collect()
    }
}

fn collect_text(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_text(&group.frame, text),
            FrameItem::Text(item) => text.push_str(&item.text),
            _ => {}
        }
    }
}

/// Typesets one document, as [`Typesetter::typeset`] does.
pub fn typeset<V: View>(view: &V, templates: &Templates) -> Result<Typeset, Findings> {
    Typesetter::new(templates)?.typeset(view)
}

/// Typesets many documents from one set of templates, which are read once.
#[derive(Clone, Debug)]
pub struct Typesetter {
    sources: Sources,
}

impl Typesetter {
    /// A typesetter with these templates.
    pub fn new(templates: &Templates) -> Result<Self, Findings> {
        let fonts = Fonts::new(templates.fonts()).map_err(|broken| {
            let mut findings = Findings::new();
            findings.extend(broken.into_iter().map(|file| not_a_font(&file.path)));
            findings
        })?;
        Ok(Self { sources: Sources::new(templates, fonts).map_err(failed)? })
    }

    /// A text that differs if the program, the typesetter, a font or a template
    /// does: with a view it tells everything that a document is made from.
    pub fn fingerprint(&self) -> String {
        let tool = Tool::this().to_string();
        [&tool, typst::utils::version().raw(), &self.sources.sha256()].join("\n")
    }

    /// Typesets a view by its template. A character that no font draws and a
    /// template that fails are findings.
    ///
    /// Not to be called from a rayon worker: the typesetter waits for rayon tasks
    /// of its own, and a waiting worker would start the next document on its stack.
    pub fn typeset<V: View>(&self, view: &V) -> Result<Typeset, Findings> {
        let result = self.typeset_once(view);
        // Documents of one template have most of what is remembered in common: kept is
        // what was used since every thread made one more.
        comemo::evict(rayon::current_num_threads());
        result
    }

    fn typeset_once<V: View>(&self, view: &V) -> Result<Typeset, Findings> {
        let json =
            serde_json::to_value(view).map_err(|error| failed(TemplateError::new(V::TEMPLATE, error)))?;
        let undrawn = undrawn(&json, &self.sources.fonts);
        if undrawn.has_errors() {
            return Err(undrawn);
        }
        let world =
            ReportWorld::new(&self.sources, V::TEMPLATE, json.to_string().into_bytes()).map_err(failed)?;
        let diagnosed = |messages: &[SourceDiagnostic]| diagnosed(&world, V::TEMPLATE, messages);
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
        let document = output.map_err(|errors| diagnosed(&errors))?;
        if !warnings.is_empty() {
            return Err(diagnosed(&warnings));
        }
        let options = PdfOptions {
            ident: Smart::Custom(view.identity()),
            creator: Smart::Custom(Some(Tool::this().to_string())),
            standards: standards().map_err(|problem| failed(TemplateError::new(V::TEMPLATE, problem)))?,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| diagnosed(&errors))?;
        Ok(Typeset { pdf, document })
    }
}

fn standards() -> Result<PdfStandards, String> {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| error.message().to_string())
}

fn not_a_font(path: &str) -> Finding {
    Finding::new(
        Code::FontUnreadable,
        bilingual!("“{path}”不是能读的字体文件", "`{path}` is no font that can be read"),
        bilingual!(
            "换成 OpenType 或 TrueType 字体（`.otf`、`.ttf`、`.ttc`），或移走这个文件",
            "replace it by an OpenType or TrueType font (`.otf`, `.ttf`, `.ttc`), or move the file away"
        ),
    )
    .at(crate::diagnostics::Place::file(path))
}

fn failed(error: TemplateError) -> Findings {
    let mut findings = Findings::new();
    findings.push(error.into());
    findings
}

/// Messages of the typesetter, each with the place in its template.
fn diagnosed(world: &ReportWorld<'_>, main: &str, messages: &[SourceDiagnostic]) -> Findings {
    let mut findings = Findings::new();
    findings.extend(messages.iter().map(|message| {
        let place = message.span.id().and_then(|id| {
            let path = id.vpath().get_without_slash().to_owned();
            let source = world.source(id).ok()?;
            let range = typst::WorldExt::range(world, message.span)?;
            Some((path, source.text().to_owned(), range))
        });
        let finding: Finding = TemplateError::new(main, &message.message).into();
        match place {
            Some((path, text, range)) => {
                let file = format!("report-templates/{path}");
                finding.at(crate::diagnostics::Place::in_text(file, &text, range))
            }
            None => finding,
        }
    }));
    findings
}

/// The characters of a view that no font draws: each would be an empty box on
/// paper.
fn undrawn(view: &Json, fonts: &Fonts) -> Findings {
    let mut letters: BTreeMap<char, &str> = BTreeMap::new();
    let mut open = vec![view];
    while let Some(value) = open.pop() {
        match value {
            Json::String(text) => {
                for letter in
                    text.chars().filter(|letter| !matches!(letter, '\n' | '\t') && !fonts.draw(*letter))
                {
                    letters.entry(letter).or_insert(text);
                }
            }
            Json::Array(values) => open.extend(values),
            Json::Object(entries) => open.extend(entries.values()),
            _ => {}
        }
    }
    let mut findings = Findings::new();
    findings.extend(letters.into_iter().map(|(letter, text)| {
        let code = u32::from(letter);
        Finding::new(
            Code::MissingGlyph,
            bilingual!(
                "没有字体能显示“{text}”中的“{letter}”（U+{code:04X}）",
                "no font draws `{letter}` (U+{code:04X}) in `{text}`"
            ),
            bilingual!(
                "把含有这个字的字体文件放进项目的 `fonts/`；若是看不见的特殊字符，删去它",
                "put a font that has it into the project's `fonts/`; if it is an invisible character, remove it"
            ),
        )
        .about([UNDRAWN, letter.encode_utf8(&mut [0; 4])])
    }));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_are_drawn_and_unknown_ones_named() {
        let fonts = Fonts::new(&[]).unwrap();
        for letter in "瀍䢺硚−㎡“”’·≤（）①▲▽éü Türkiye德宏傣族景颇族自治州".chars()
        {
            assert!(fonts.draw(letter), "{letter}");
        }
        let findings = undrawn(&serde_json::json!({ "names": ["王\u{2A6D6}", "好"] }), &fonts);
        let messages: Vec<_> = findings.iter().map(|finding| finding.message.en.as_str()).collect();
        assert_eq!(messages, ["no font draws `\u{2A6D6}` (U+2A6D6) in `王\u{2A6D6}`"]);
    }
}
