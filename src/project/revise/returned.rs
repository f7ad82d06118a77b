use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::super::open::OpenProject;
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, shown};
use crate::digest::sha256;
use crate::input::{Folder, Table};
use crate::ledger::{Log, Returned, RevisionEvent};
use crate::validate::{Asked, Known, UNIT_HEADS, check_repeated, read_corrections};

/// What the files that were handed in ask for, in their order. Everything wrong is
/// a finding; `None` if any of that is an error.
pub(super) fn read(
    project: &OpenProject,
    log: &Log<RevisionEvent>,
    files: &[PathBuf],
    by: &str,
    findings: &mut Findings,
) -> Option<(Vec<Returned>, Vec<Asked>)> {
    let known = Known {
        framework: &project.framework,
        input: &project.input,
        edition: &project.definition.project.edition,
        by,
    };
    let mut own = Findings::new();
    let mut seen = on_record(log);
    let (mut returned, mut asked) = (Vec::new(), Vec::new());
    for path in files {
        let (folder, name) = place_of(path);
        let Some(bytes) = folder.read_bytes(&name, None, &mut own) else { continue };
        let hash = sha256(&bytes);
        if let Some(before) = seen.insert(hash.clone(), name.clone()) {
            own.push(twice(&name, &before).at(Place::file(&*name)));
            continue;
        }
        let Some(table) = table(&folder, &name, &mut own) else { continue };
        let mut found = read_corrections(&table, known, &mut own);
        add_evidence(&mut found, &[&folder, &project.folder], &mut own);
        asked.extend(found);
        returned.push(Returned { file: name, sha256: hash, sheet: None });
    }
    check_repeated(&asked, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    sound.then_some((returned, asked))
}

/// The files on record by hash, and how they are told.
fn on_record(log: &Log<RevisionEvent>) -> HashMap<String, String> {
    let lines = log.lines().iter().flat_map(|line| {
        let RevisionEvent::Revised(revised) = &line.body;
        revised.returned.iter().map(|file| (file.sha256.clone(), format!("{}:{}", log.name(), line.seq)))
    });
    lines.collect()
}

fn twice(name: &str, before: &str) -> Finding {
    let (name, before) = (shown(name), shown(before));
    Finding::new(
        Code::SheetTwice,
        bilingual!("“{name}”已经交过：{before}", "`{name}` was handed in before: {before}"),
        bilingual!("从命令中去掉它", "leave it out of the command"),
    )
}

/// The folder and the name of a file, wherever it lies.
fn place_of(path: &Path) -> (Folder, String) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    (Folder::new(parent.unwrap_or(Path::new("."))), name)
}

/// The table of a file, whichever of the usual heads its units stand under.
fn table(folder: &Folder, name: &str, findings: &mut Findings) -> Option<Table> {
    for head in UNIT_HEADS {
        let mut own = Findings::new();
        let table = folder.read_table(name, head, None, &mut own);
        if let Some(table) = table.filter(|table| table.column(head).is_some()) {
            let sound = !own.has_errors();
            findings.append(own);
            return sound.then_some(table);
        }
    }
    let head = UNIT_HEADS.first().copied().unwrap_or_default();
    folder.read_table(name, head, None, findings)
}

/// The hashes of files that are named as evidence: beside the file that names them,
/// or in the project. A text that ends as the name of a file and is none is a
/// finding; other texts are references in words.
fn add_evidence(asked: &mut [Asked], folders: &[&Folder], findings: &mut Findings) {
    for one in asked {
        let Some(evidence) = &mut one.correction.evidence else { continue };
        let Some(folder) = folders.iter().find(|folder| folder.has(&evidence.text)) else {
            if is_file_name(&evidence.text) {
                findings.push(no_evidence(&evidence.text).at(one.place.clone()));
            }
            continue;
        };
        evidence.sha256 = folder.read_bytes(&evidence.text, Some(&one.place), findings).map(|it| sha256(&it));
    }
}

/// Whether a text is one word that ends as files do: a dot and two to four letters
/// or digits, of which the first is a letter.
fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        (2..=4).contains(&ending.len())
            && ending.starts_with(|first: char| first.is_ascii_alphabetic())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }) && !text.contains(char::is_whitespace)
}

fn no_evidence(text: &str) -> Finding {
    let text = shown(text);
    Finding::new(
        Code::BadCorrection,
        bilingual!("找不到作为依据的文件“{text}”", "there is no file `{text}`, which is named as evidence"),
        bilingual!(
            "把它放在更正表旁边或项目文件夹中；若只是文字说明，不要写成文件名",
            "put it beside the table or into the project; a reference in words should not end like a file"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::is_file_name;

    #[test]
    fn files_are_told_from_references_in_words() {
        for file in ["evidence/S09.pdf", "证明.png", "scan.JPG", "a.xlsx"] {
            assert!(is_file_name(file), "{file}");
        }
        for words in
            ["见附件3", "函〔2025〕66号", "来函 2025.11", "version 1.5", "附件.", "见 report.pdf 第 3 页"]
        {
            assert!(!is_file_name(words), "{words}");
        }
    }
}
