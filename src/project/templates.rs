use crate::diagnostics::Findings;
use crate::digest::sha256;
use crate::input::Folder;
use crate::report::{FontFile, Templates};
use crate::validate::InputFile;

/// The folder of a project's own fonts, and what they end in.
const FONTS: &str = "fonts";
const ENDINGS: [&str; 6] = [".ttf", ".otf", ".ttc", ".TTF", ".OTF", ".TTC"];

/// The report templates, the project's own in place of those that come with the
/// program, and its own fonts. What is the project's own joins its files.
pub(super) fn templates(folder: &Folder, files: &mut Vec<InputFile>, findings: &mut Findings) -> Templates {
    let templates = Templates::with_overrides(|path| {
        let own = format!("report-templates/{path}");
        let text = folder.has(&own).then(|| folder.read_text(&own, None, findings))??;
        files.push(InputFile { name: own, sha256: text.sha256.clone() });
        Some(text.text.to_string())
    });
    let named = |ending: &'static str| {
        folder.names_in(FONTS, ending).into_iter().map(move |name| format!("{name}{ending}"))
    };
    let mut names: Vec<String> = ENDINGS.into_iter().flat_map(named).collect();
    names.sort_unstable();
    let mut fonts = Vec::new();
    for path in names.into_iter().map(|name| format!("{FONTS}/{name}")) {
        let Some(bytes) = folder.read_binary(&path, findings) else { continue };
        files.push(InputFile { name: path.clone(), sha256: sha256(&bytes) });
        fonts.push(FontFile { path, bytes: bytes.into() });
    }
    templates.with_fonts(fonts)
}
