use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

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
pub(super) fn fonts_sha256() -> String {
    sha256(FILES.map(sha256).join("\n").as_bytes())
}

/// Whether an embedded font draws `letter`.
pub(super) fn draws(letter: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
}

/// The templates as the typesetter reads them, each parsed once.
#[derive(Clone, Debug)]
pub(super) struct Sources(HashMap<FileId, Source>);

impl Sources {
    pub(super) fn new(templates: &Templates) -> Result<Self, TemplateError> {
        let templates = templates.iter().filter(|(path, _)| path.ends_with(".typ"));
        let sources = templates.map(|(path, text)| {
            let id = file_id(path)?;
            Ok((id, Source::new(id, text.to_owned())))
        });
        sources.collect::<Result<_, TemplateError>>().map(Self)
    }
}

impl Sources {
    /// One hash for all templates.
    pub(super) fn sha256(&self) -> String {
        let hash = |source: &Source| {
            let path = source.id().vpath().get_without_slash().to_owned();
            format!("{path} {}", sha256(source.text().as_bytes()))
        };
        let mut lines: Vec<String> = self.0.values().map(hash).collect();
        lines.sort_unstable();
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
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.0.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (view, bytes) = &self.view;
        if id == *view { Ok(bytes.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// Documents carry the date of their project.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
