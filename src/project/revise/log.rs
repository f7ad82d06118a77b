use crate::definitions::ProjectDefinition;
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::digest::sha256;
use crate::input::Folder;
use crate::ledger::{Log, RevisionEvent};
use crate::validate::InputFile;

/// The log that a project declares, with its bytes; one that is not there yet has
/// no revisions. `None` if it declares none, or if that cannot be read.
pub(in crate::project) fn read_log(
    folder: &Folder,
    definition: &ProjectDefinition,
    findings: &mut Findings,
) -> Option<(Log<RevisionEvent>, Vec<u8>)> {
    let path = definition.project.revisions.as_ref()?;
    let place = definition.place(&["revisions".into()]);
    // A path that is more than a name may lead out of the folder, which reading says.
    let is_name = !path.is_empty() && !path.contains(['/', '\\', ':']) && !path.starts_with('.');
    let bytes = match folder.has(path) || !is_name {
        true => folder.read_bytes(path, Some(&place), findings)?,
        false => Vec::new(),
    };
    Some((Log::read(path, &bytes, findings), bytes))
}

/// The log as it was after revision `number`, or as it is, and the file as the
/// part of it that was read. A revision that is not there is a finding.
pub(in crate::project) fn at_revision(
    (log, bytes): (Log<RevisionEvent>, Vec<u8>),
    number: Option<usize>,
    findings: &mut Findings,
) -> Option<(Log<RevisionEvent>, InputFile)> {
    let last = log.lines().len();
    let wanted = number.unwrap_or(last);
    if wanted > last {
        findings.push(
            Finding::new(
                Code::BadCorrection,
                bilingual!(
                    "没有第 {wanted} 次修订：日志共有 {last} 次",
                    "there is no revision {wanted}: the log has {last}"
                ),
                bilingual!(
                    "写 0（未修订）到 {last}",
                    "write a number from 0, the data as first read, to {last}"
                ),
            )
            .at(Place::file(log.name())),
        );
        return None;
    }
    let part: Vec<u8> =
        bytes.split_inclusive(|byte| *byte == b'\n').take(wanted).flatten().copied().collect();
    let file = InputFile { name: log.name().to_owned(), sha256: sha256(&part) };
    Some((log.until(wanted), file))
}
