#![allow(clippy::disallowed_methods, reason = "store is the module that writes files")]

use std::io::Write as _;
use std::path::Path;

use super::aside::open_to_all;
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, bilingual};

/// Writes a new folder of files, such as a new project. A folder that exists
/// and is not empty is a finding, and nothing is written.
pub fn create_folder(
    target: &Path,
    files: &[(String, Vec<u8>)],
    findings: &mut Findings,
) -> Result<(), Failure> {
    let occupied =
        std::fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) || target.is_file();
    if occupied {
        let shown = target.display();
        findings.push(
            Finding::new(
                Code::OutputNotOurs,
                bilingual!("“{shown}”已存在且不是空文件夹", "`{shown}` exists and is not an empty folder"),
                bilingual!("换一个新的文件夹", "choose a new folder"),
            )
            .at(Place::file(shown.to_string())),
        );
        return Ok(());
    }
    write_all(target, files)
}

/// Writes files that come with the program, unless they are there already. One
/// that is there with other bytes is a finding, and nothing is written.
pub fn unpack(target: &Path, files: &[(String, Vec<u8>)], findings: &mut Findings) -> Result<(), Failure> {
    let mut absent = Vec::new();
    for (name, bytes) in files {
        let path = target.join(name);
        match std::fs::read(&path) {
            Ok(found) if found == *bytes => {}
            Ok(_) => {
                let shown = path.display();
                findings.push(
                    Finding::new(
                        Code::OutputNotOurs,
                        bilingual!(
                            "“{shown}”被改动过，不会覆盖",
                            "`{shown}` was changed and is not replaced"
                        ),
                        bilingual!(
                            "改回或删除它，或用 `--out` 指定别的文件夹",
                            "restore or delete it, or name another folder with `--out`"
                        ),
                    )
                    .at(Place::file(shown.to_string())),
                );
            }
            Err(_) => absent.push((name.clone(), bytes.clone())),
        }
    }
    if findings.has_errors() { Ok(()) } else { write_all(target, &absent) }
}

/// Each file appears whole or not at all.
fn write_all(target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    for (name, bytes) in files {
        let path = target.join(name);
        let parent = path.parent().unwrap_or(target);
        std::fs::create_dir_all(parent).map_err(Failure::io("create", parent))?;
        let mut file = open_to_all(&mut tempfile::Builder::new())
            .tempfile_in(parent)
            .map_err(Failure::io("create a file in", parent))?;
        file.write_all(bytes).map_err(Failure::io("write", &path))?;
        file.persist(&path).map_err(|error| Failure::io("write", &path)(error.error))?;
    }
    Ok(())
}
