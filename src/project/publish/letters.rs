//! Where characters stand that no font draws.

use crate::diagnostics::Findings;
use crate::input::Folder;
use crate::report::UNDRAWN;
use crate::validate::InputFile;

/// Gives findings on characters that no font draws the place of the first of them
/// among the files that were read.
pub(in crate::project) fn locate_letters(folder: &Folder, files: &[InputFile], findings: &mut Findings) {
    findings.locate(|about| {
        let [kind, letter] = about else { return None };
        let letter = letter.chars().next().filter(|_| kind == UNDRAWN)?;
        let paths = files.iter().map(|file| file.name.split('#').next().unwrap_or(&file.name));
        paths.filter(|path| folder.has(path)).find_map(|path| folder.place_of(path, letter))
    });
}
