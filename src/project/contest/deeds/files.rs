//! Files that say what the contest is.

use std::collections::BTreeMap;

use super::{bad_deed, refuse};
use crate::diagnostics::{Findings, bilingual};
use crate::ledger::{Body, Day, FileChange, FilesAccepted};
use crate::project::contest::open::Base;
use crate::validate::ContestInput;

/// Puts changed files on record.
pub(super) fn accept(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    reason: &str,
    findings: &mut Findings,
) -> Option<Body> {
    let changed = changed_files(base, input, day);
    if changed.is_empty() {
        return refuse(
            findings,
            bad_deed(
                bilingual!(
                    "文件与日志所记一致，没有可登记的改动",
                    "the files are as on record: there is nothing to accept"
                ),
                bilingual!("无需处理", "nothing to do"),
            ),
        );
    }
    Some(Body::FilesAccepted(FilesAccepted { changed, reason: reason.to_owned() }))
}

/// The files that say what the contest is, and differ from what is on record.
pub(in crate::project::contest) fn changed_files(
    base: &Base,
    input: &ContestInput,
    day: &Day,
) -> Vec<FileChange> {
    let documents = [Some(&base.definition.document), base.rubric.as_ref().map(|rubric| &rubric.document)];
    let documents = documents.into_iter().flatten().map(|document| document.file());
    let mut now: BTreeMap<String, String> =
        documents.map(|file| (file.name.to_string(), file.sha256.clone())).collect();
    // Sheets are on record with the event that keyed them.
    let is_sheet = |name: &str| day.sheets.iter().any(|sheet| sheet.source.path == name);
    let lists = input.files().into_iter().filter(|file| file.name != day.log && !is_sheet(&file.name));
    now.extend(lists.map(|file| (file.name, file.sha256)));
    let gone = day.files.iter().filter(|(path, _)| !now.contains_key(*path));
    let gone = gone.map(|(path, old)| FileChange { path: path.clone(), old: Some(old.clone()), new: None });
    let other = now.iter().filter(|(path, new)| day.files.get(*path) != Some(*new)).map(|(path, new)| {
        FileChange { path: path.clone(), old: day.files.get(path).cloned(), new: Some(new.clone()) }
    });
    gone.chain(other).collect()
}
