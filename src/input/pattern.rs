//! Patterns of file names: one layout, many files.

#![allow(clippy::disallowed_methods, reason = "input is the module that reads files")]

use std::path::Path;

use super::Folder;
use super::folder::stays_inside;
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, shown};

/// Endings of files that can be tables.
const TABLES: [&str; 9] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "et", "ods", "fods"];

/// Most files that one pattern may stand for.
pub(super) const MAX_FILES: usize = 10_000;

/// Whether a path of a project stands for many files.
pub fn is_pattern(path: &str) -> bool {
    path.contains('*')
}

impl Folder {
    /// The paths of the files that a pattern stands for, in order; each keeps the
    /// pattern's `#sheet`. None is a finding, and so is a file that cannot be a
    /// table. What programs leave behind while a file is open (`~$武汉.xlsx`) and
    /// hidden files are passed over.
    pub fn matching(&self, pattern: &str, named_at: &Place, findings: &mut Findings) -> Vec<String> {
        let (names, sheet) = match pattern.rsplit_once('#') {
            Some((names, sheet)) => (names, Some(sheet)),
            None => (pattern, None),
        };
        if !stays_inside(names) {
            findings.push(super::folder::unsafe_path(names).at(named_at.clone()));
            return Vec::new();
        }
        let mut paths = vec![String::new()];
        for part in names.split('/') {
            paths = paths.iter().flat_map(|folder| self.named_like(folder, part)).collect();
        }
        paths.retain(|path| self.root().join(path).is_file());
        paths.sort_unstable();
        let (mut tables, others): (Vec<String>, Vec<String>) =
            paths.into_iter().partition(|path| may_be_table(path));
        for other in others {
            findings.push(no_table(&other));
        }
        if tables.is_empty() {
            findings.push(none(names).at(named_at.clone()));
        }
        if tables.len() > MAX_FILES {
            findings.push(too_many(names, tables.len()).at(named_at.clone()));
            tables.clear();
        }
        let with_sheet = |path: String| match sheet {
            Some(sheet) => format!("{path}#{sheet}"),
            None => path,
        };
        tables.into_iter().map(with_sheet).collect()
    }

    /// The paths of what is in the folder at `folder` and named like `part`.
    fn named_like(&self, folder: &str, part: &str) -> Vec<String> {
        let joined =
            |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        if !is_pattern(part) {
            return vec![joined(part)];
        }
        if !folder.is_empty() && self.leaves_by_link(folder) {
            return Vec::new();
        }
        let entries = std::fs::read_dir(self.root().join(folder)).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let seen = names.filter(|name| is_seen(name));
        seen.filter(|name| is_like(name, part)).map(|name| joined(&name)).collect()
    }
}

/// Whether `name` is `pattern` with something in place of each `*`.
fn is_like(name: &str, pattern: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return name == pattern };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match name.split_once(part) {
            Some((_, after)) => name = after,
            None => return false,
        }
    }
    name.ends_with(last)
}

/// Whether a file is one that a person put there: programs leave `~$武汉.xlsx` behind
/// while it is open.
pub(super) fn is_seen(name: &str) -> bool {
    !name.starts_with(['.', '~']) && name != "Thumbs.db"
}

pub(super) fn may_be_table(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| TABLES.contains(&ending.to_lowercase().as_str()))
}

fn no_table(path: &str) -> Finding {
    let name = shown(path);
    Finding::new(
        Code::FilePassedOver,
        bilingual!("“{name}”不是表，没有读取", "`{name}` is no table and was not read"),
        bilingual!(
            "若其中有数据，另存为 xlsx 或 csv；否则移到别处，或把 `file` 写得更窄，例如 `*.xlsx`",
            "save it as xlsx or csv if it holds data; if not, move it away or narrow `file`, for example to `*.xlsx`"
        ),
    )
    .at(Place::file(path))
}

fn none(pattern: &str) -> Finding {
    let pattern = shown(pattern);
    Finding::new(
        Code::NoFileMatches,
        bilingual!("没有与“{pattern}”相符的表", "there is no table like `{pattern}`"),
        bilingual!(
            "检查文件夹的名称，并把报送的文件放进去；`*` 代表名称中任意一段",
            "check the name of the folder and put the files into it; `*` stands for any part of a name"
        ),
    )
}

fn too_many(pattern: &str, count: usize) -> Finding {
    let pattern = shown(pattern);
    Finding::new(
        Code::NoFileMatches,
        bilingual!(
            "与“{pattern}”相符的表有 {count} 个，最多 {MAX_FILES} 个",
            "there are {count} tables like `{pattern}`, and at most {MAX_FILES} are read"
        ),
        bilingual!("把 `file` 写得更窄", "narrow `file`"),
    )
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_star_is_any_part_of_a_name() {
        for (name, pattern) in
            [("a.xlsx", "*.xlsx"), ("武汉市-2025.csv", "*-2025*"), ("a", "*"), ("aXbYc", "a*b*c")]
        {
            assert!(is_like(name, pattern), "{name} {pattern}");
        }
        for (name, pattern) in [("a.xls", "*.xlsx"), ("ab", "a*b*b"), ("ba", "a*")] {
            assert!(!is_like(name, pattern), "{name} {pattern}");
        }
    }
}
