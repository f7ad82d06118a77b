use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use super::templates::FontFile;
use super::{TemplateError, Templates};
use crate::digest::sha256;

/// The one path at which a document finds its data. File ids are never freed,
/// so all documents share it.
const VIEW: &str = "/view.json";

/// The embedded fonts, Latin before Chinese, each read once.
static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

static FILES: [&[u8]; 8] = [
    include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSerif-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoSansCJKsc-Regular.otf"),
    include_bytes!("../../assets/fonts/NotoSansCJKsc-Bold.otf"),
    include_bytes!("../../assets/fonts/NotoSerifCJKsc-Regular.otf"),
    include_bytes!("../../assets/fonts/NotoSerifCJKsc-Bold.otf"),
];

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// One hash for all embedded fonts.
static EMBEDDED_SHA256: LazyLock<String> = LazyLock::new(|| sha256(FILES.map(sha256).join("\n").as_bytes()));

/// The characters that the embedded fonts draw, in order: a font's own list is long
/// and is walked through from its start.
static DRAWN: LazyLock<Vec<u32>> = LazyLock::new(|| coverage(FONTS.iter()));

fn coverage<'a>(fonts: impl Iterator<Item = &'a Font>) -> Vec<u32> {
    let mut drawn: Vec<u32> = fonts.flat_map(|font| font.info().coverage.iter()).collect();
    drawn.sort_unstable();
    drawn.dedup();
    drawn
}

/// The embedded fonts and after them those of a project.
#[derive(Clone, Debug)]
pub(super) struct Fonts {
    own: Vec<Font>,
    /// What these draw, in order.
    own_drawn: Vec<u32>,
    /// Of all fonts; `None` where the project has none of its own.
    book: Option<Arc<LazyHash<FontBook>>>,
    sha256: String,
}

impl Fonts {
    /// The embedded fonts with these; `Err` names those that are no fonts.
    pub(super) fn new(files: &[FontFile]) -> Result<Self, Vec<&FontFile>> {
        let read = |file: &FontFile| Font::iter(Bytes::new(file.bytes.to_vec())).collect::<Vec<_>>();
        let fonts: Vec<Vec<Font>> = files.iter().map(read).collect();
        let broken = files.iter().zip(&fonts).filter(|(_, fonts)| fonts.is_empty());
        let broken: Vec<&FontFile> = broken.map(|(file, _)| file).collect();
        if !broken.is_empty() {
            return Err(broken);
        }
        let own: Vec<Font> = fonts.into_iter().flatten().collect();
        let all = || FONTS.iter().chain(&own);
        let book = (!own.is_empty()).then(|| Arc::new(LazyHash::new(FontBook::from_fonts(all()))));
        let hashes: Vec<String> = files.iter().map(|file| sha256(&file.bytes)).collect();
        let sha256 =
            sha256([&*EMBEDDED_SHA256, &hashes.join("\n")].map(String::as_str).join("\n").as_bytes());
        Ok(Self { own_drawn: coverage(own.iter()), own, book, sha256 })
    }

    /// Whether a font draws `letter`.
    pub(super) fn draw(&self, letter: char) -> bool {
        let code = u32::from(letter);
        DRAWN.binary_search(&code).or_else(|_| self.own_drawn.binary_search(&code)).is_ok()
    }

    fn get(&self, index: usize) -> Option<Font> {
        FONTS.iter().chain(&self.own).nth(index).cloned()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.book.as_deref().unwrap_or(&BOOK)
    }
}

/// The templates as the typesetter reads them, each parsed once, and the fonts.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    texts: HashMap<FileId, Source>,
    pub(super) fonts: Fonts,
}

impl Sources {
    pub(super) fn new(templates: &Templates, fonts: Fonts) -> Result<Self, TemplateError> {
        let templates = templates.iter().filter(|(path, _)| path.ends_with(".typ"));
        let sources = templates.map(|(path, text)| {
            let id = file_id(path)?;
            Ok((id, Source::new(id, text.to_owned())))
        });
        Ok(Self { texts: sources.collect::<Result<_, TemplateError>>()?, fonts })
    }

    /// One hash for all templates and fonts.
    pub(super) fn sha256(&self) -> String {
        let hash = |source: &Source| {
            let path = source.id().vpath().get_without_slash().to_owned();
            format!("{path} {}", sha256(source.text().as_bytes()))
        };
        let mut lines: Vec<String> = self.texts.values().map(hash).collect();
        lines.sort_unstable();
        lines.push(self.fonts.sha256.clone());
        sha256(lines.join("\n").as_bytes())
    }
}

/// What one document sees: templates, its data, the embedded fonts, and nothing
/// of the machine.
pub(super) struct ReportWorld<'a> {
    main: FileId,
    sources: &'a Sources,
    view: (FileId, Bytes),
}

impl<'a> ReportWorld<'a> {
    /// The world of the template `main` with `view` as its data.
    pub(super) fn new(sources: &'a Sources, main: &str, view: Vec<u8>) -> Result<Self, TemplateError> {
        Ok(Self { main: file_id(main)?, sources, view: (file_id(VIEW)?, Bytes::new(view)) })
    }
}

fn file_id(path: &str) -> Result<FileId, TemplateError> {
    let path = VirtualPath::new(path).map_err(|error| TemplateError::new(path, format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.sources.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.texts.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (view, bytes) = &self.view;
        if id == *view { Ok(bytes.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.sources.fonts.get(index)
    }

    /// Documents carry the date of their project.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
