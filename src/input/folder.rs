#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "input is the module that reads files"
)]

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use crate::diagnostics::{Code, Finding, Findings, Place, Position, bilingual, shown, suggestion};

use super::workbook::{self, Format};
use super::{Table, TextFile};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Largest project file or framework: read whole, it takes up many times as much.
const MAX_DEFINITION: u64 = 4 * 1024 * 1024;

/// A folder whose files are read by their path inside it. Paths that leave the
/// folder are refused, also by way of a symbolic link.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    /// Files that are not on disk, by path.
    made: BTreeMap<String, String>,
    bundled: Option<Bundled>,
}

/// The files that come with the program, by the path that a folder of one's own
/// would have them at.
pub type Bundled = fn(&str) -> Option<&'static [u8]>;

impl Folder {
    /// The folder at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), made: BTreeMap::new(), bundled: None }
    }

    /// The same folder with one more file, which hides one of its path on disk.
    #[must_use]
    pub fn with_text(mut self, path: &str, text: String) -> Self {
        self.made.insert(path.to_owned(), text);
        self
    }

    /// The folder, in which a file that is not there is one that comes with the
    /// program, if it has one at this path.
    pub fn with_bundled(self, bundled: Bundled) -> Self {
        Self { bundled: Some(bundled), ..self }
    }

    /// The bytes of the bundled file at `path`, if the folder has none of its own.
    fn bundled(&self, path: &str) -> Option<&'static [u8]> {
        let own = self.made.contains_key(path) || self.root.join(path).exists();
        self.bundled.filter(|_| !own).and_then(|bundled| bundled(path))
    }

    /// What a file is called in messages: a bundled one says so.
    fn name_of(&self, path: &str) -> String {
        match self.bundled(path) {
            Some(_) => format!("benchline:{path}"),
            None => path.to_owned(),
        }
    }

    /// Where the folder is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is a file at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.made.contains_key(path) || (stays_inside(path) && self.root.join(path).is_file())
    }

    /// Reads the file at `path` as UTF-8 text; what goes wrong is a finding, at
    /// `named_at` when that says where the path was written.
    pub fn read_text(
        &self,
        path: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<TextFile> {
        let most = if path.ends_with(".toml") { MAX_DEFINITION } else { MAX_BYTES };
        let bytes = self.read_limited(path, most, named_at, findings)?;
        TextFile::decode(path, bytes, findings)
    }

    /// Reads the file at `path` as bytes; what goes wrong is a finding.
    pub fn read_binary(&self, path: &str, findings: &mut Findings) -> Option<Vec<u8>> {
        self.read_bytes(path, None, findings)
    }

    /// Reads the tables of the file at `path`: a CSV file is one, a workbook has
    /// one for each visible sheet that is not empty. `path#sheet` is that sheet
    /// alone. The header of a sheet is its first row in which `key` stands.
    pub fn read_tables(
        &self,
        path: &str,
        key: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Vec<Table> {
        let (path, sheet) = self.split_sheet(path);
        let Some(bytes) = self.read_bytes(path, named_at, findings) else {
            return Vec::new();
        };
        let path = &*self.name_of(path);
        let Some(format) = Format::of(&bytes) else {
            if workbook::is_markup(path, &bytes) {
                findings.push(workbook::markup(path));
                return Vec::new();
            }
            let text = TextFile::decode_table(path, bytes, findings);
            return text.and_then(|text| Table::parse(text, key, findings)).into_iter().collect();
        };
        let Some(sheets) = workbook::sheets(path, bytes, format, findings) else { return Vec::new() };
        let Some(wanted) = sheet else {
            if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
                findings.push(workbook::empty(path));
            }
            let filled = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty());
            return filled.filter_map(|sheet| Table::of_sheet(sheet, key, findings)).collect();
        };
        let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        match sheets.into_iter().find(|sheet| &*sheet.name == wanted) {
            Some(sheet) => Table::of_sheet(sheet, key, findings).into_iter().collect(),
            None => {
                let finding = no_sheet(path, wanted, &names);
                findings.push(finding.at(named_at.cloned().unwrap_or_else(|| Place::file(path))));
                Vec::new()
            }
        }
    }

    /// Reads the one table of the file at `path` that is meant. Of the sheets of
    /// a workbook it is the one with `key` in its header; several are a finding.
    pub fn read_table(
        &self,
        path: &str,
        key: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<Table> {
        let mut own = Findings::new();
        let mut tables = self.read_tables(path, key, named_at, &mut own);
        let with_key = |table: &Table| table.column(key).is_some();
        let several = tables.iter().filter(|table| with_key(table)).count() > 1;
        if several {
            let names: Vec<&str> =
                tables.iter().filter(|table| with_key(table)).filter_map(Table::sheet).collect();
            findings
                .push(which_sheet(path, &names).at(named_at.cloned().unwrap_or_else(|| Place::file(path))));
            return None;
        }
        let chosen = tables.iter().position(with_key).unwrap_or(0);
        let chosen = (chosen < tables.len()).then(|| tables.swap_remove(chosen));
        // What is wrong with sheets that are not meant does not matter.
        let sheet = chosen.as_ref().and_then(Table::sheet);
        let concerns =
            |finding: &&Finding| match finding.place.as_ref().and_then(|place| place.position.as_ref()) {
                Some(Position::Cell { sheet: at, .. }) => Some(at.as_str()) == sheet,
                Some(Position::Text { .. }) => true,
                None => sheet.is_none(),
            };
        findings.extend(own.iter().filter(concerns).cloned());
        chosen
    }

    /// `path#sheet` as its two parts, unless a file has the whole as its name.
    fn split_sheet<'p>(&self, path: &'p str) -> (&'p str, Option<&'p str>) {
        match path.rsplit_once('#') {
            Some((file, sheet)) if !self.has(path) => (file, Some(sheet)),
            _ => (path, None),
        }
    }

    /// Reads the bytes of the file at `path`; what goes wrong is a finding, as in
    /// [`read_text`](Self::read_text).
    pub fn read_bytes(
        &self,
        path: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<Vec<u8>> {
        self.read_limited(path, MAX_BYTES, named_at, findings)
    }

    fn read_limited(
        &self,
        path: &str,
        most: u64,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<Vec<u8>> {
        let at = |finding: Finding| match named_at {
            Some(place) => finding.at(place.clone()),
            None => finding.at(Place::file(path)),
        };
        if let Some(text) = self.made.get(path) {
            return Some(text.clone().into_bytes());
        }
        if !stays_inside(path) || self.leaves_by_link(path) {
            findings.push(at(unsafe_path(path)));
            return None;
        }
        if let Some(bytes) = self.bundled(path) {
            return Some(bytes.to_vec());
        }
        if self.root.join(path).is_dir() {
            findings.push(at(Finding::new(
                Code::FileUnreadable,
                bilingual!("“{path}”是文件夹，不是文件", "`{path}` is a folder, not a file"),
                bilingual!(
                    "写到文件名为止，例如 `{path}/….csv`",
                    "name a file in it, such as `{path}/….csv`"
                ),
            )));
            return None;
        }
        if self.root.join(path).exists() && !self.root.join(path).is_file() {
            findings.push(at(Finding::new(
                Code::FileUnreadable,
                bilingual!("“{path}”不是普通文件", "`{path}` is no ordinary file"),
                bilingual!("换成普通文件", "name an ordinary file"),
            )));
            return None;
        }
        match self.open_limited(path, most) {
            Ok(bytes) if bytes.len() as u64 > most => {
                let limit = most / (1024 * 1024);
                findings.push(at(Finding::new(
                    Code::FileTooLarge,
                    bilingual!("“{path}”超过 {limit} MB", "`{path}` is larger than {limit} MB"),
                    bilingual!("拆成几个文件", "split it into several files"),
                )));
                None
            }
            Ok(bytes) => Some(bytes),
            Err(error) => {
                findings.push(at(unreadable(path, &error)));
                None
            }
        }
    }

    /// The names without `ending` of the files in the folder at `path` that have
    /// it, in order.
    pub fn names_in(&self, path: &str, ending: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.root.join(path)).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> =
            names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect();
        names.sort_unstable();
        names
    }

    fn open_limited(&self, path: &str, most: u64) -> std::io::Result<Vec<u8>> {
        let file = std::fs::File::open(self.root.join(path))?;
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn leaves_by_link(&self, path: &str) -> bool {
        match (self.root.canonicalize(), self.root.join(path).canonicalize()) {
            (Ok(root), Ok(target)) => !target.starts_with(root),
            _ => false,
        }
    }
}

fn no_sheet(path: &str, wanted: &str, names: &[String]) -> Finding {
    let (wanted_shown, list) =
        (shown(wanted), names.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", "));
    Finding::new(
        Code::SheetNotFound,
        bilingual!("“{path}”中没有工作表“{wanted_shown}”", "`{path}` has no sheet `{wanted_shown}`"),
        suggestion(
            wanted,
            names.iter().map(String::as_str),
            bilingual!("可见的工作表有：{list}", "its visible sheets are {list}"),
        ),
    )
}

fn which_sheet(path: &str, names: &[&str]) -> Finding {
    let list = names.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", ");
    let first = names.first().copied().unwrap_or_default();
    Finding::new(
        Code::SheetNotFound,
        bilingual!("“{path}”中有几个工作表可用：{list}", "`{path}` has several sheets that fit: {list}"),
        bilingual!(
            "写明是哪一个，例如 `{path}#{first}`；或隐藏不用的工作表",
            "say which one, for example `{path}#{first}`, or hide the sheets that are not used"
        ),
    )
}

pub(super) fn stays_inside(path: &str) -> bool {
    let windows_path = path.contains('\\') || path.contains(':');
    !path.is_empty()
        && !windows_path
        && !path.chars().any(char::is_control)
        && !path.split('/').any(is_device)
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Whether a name is one that Windows keeps for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered
            .is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

pub(super) fn unsafe_path(path: &str) -> Finding {
    let slashed = path.replace('\\', "/");
    let (message, help) = if path.is_empty() {
        (
            bilingual!("文件路径是空的", "the path of the file is empty"),
            bilingual!(
                "写文件的相对路径，例如 `data/values.csv`",
                "write a relative path such as `data/values.csv`"
            ),
        )
    } else if path.contains('\\') && stays_inside(&slashed) {
        (
            bilingual!("路径“{path}”中有反斜杠", "the path `{path}` has a backslash"),
            bilingual!("写 `{slashed}`", "write `{slashed}`"),
        )
    } else if path.chars().any(char::is_control) || path.split('/').any(is_device) {
        (
            bilingual!("“{path}”不能作为文件名", "`{path}` cannot be the name of a file"),
            bilingual!(
                "去掉控制字符；不用 Windows 保留的名称（CON、NUL、COM1 等）",
                "leave out control characters and names that Windows keeps (CON, NUL, COM1)"
            ),
        )
    } else {
        (
            bilingual!("路径“{path}”指向项目文件夹之外", "the path `{path}` leads out of the project folder"),
            bilingual!(
                "把文件放进项目文件夹，并写相对路径",
                "put the file into the project folder and write a relative path"
            ),
        )
    };
    Finding::new(Code::UnsafePath, message, help)
}

fn unreadable(path: &str, error: &std::io::Error) -> Finding {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Finding::new(
            Code::FileUnreadable,
            bilingual!("找不到文件“{path}”", "there is no file `{path}`"),
            bilingual!(
                "检查文件名和所在文件夹；区分大小写",
                "check the name and the folder; upper and lower case differ"
            ),
        );
    }
    Finding::new(
        Code::FileUnreadable,
        bilingual!("无法读取“{path}”：{error}", "`{path}` cannot be read: {error}"),
        bilingual!(
            "关闭占用它的程序，或检查权限",
            "close the program that holds it, or check its permissions"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for bad in [
            "",
            "/etc/passwd",
            "../a.csv",
            "data/../../a",
            "C:\\a.csv",
            "a\\b",
            "a\0b",
            "data/nul.csv",
            "COM1",
        ] {
            assert!(!stays_inside(bad), "{bad}");
        }
        assert!(stays_inside("data/2025/运行指标.csv") && stays_inside("./a.csv"));
    }
}
