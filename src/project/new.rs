use std::path::Path;

use super::bundled;
use super::open::PROJECT_FILE;
use crate::diagnostics::{Failure, Findings};
use crate::store;

/// The example project that new index projects are copied from.
const STARTER: &str = "starter";

/// What a new project starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starter {
    /// Definitions, and tables with a header only.
    Empty,
    /// Definitions, and a few invented units.
    Sample,
    /// The same without their data, which are asked for by data-entry workbooks.
    Forms,
}

/// What stands in the place of data files where units fill in workbooks.
const FORMS: &str = "\
# 各单位填报：`benchline forms .` 在 forms/ 中给每个单位生成一份；收回的放进 报送/，不用改名。
# Units fill in workbooks: `benchline forms .` makes one for each in forms/; put what
# comes back into 报送/, under any name.
[forms]
files = \"报送/*\"
";
/// Where the data files of the starter are declared, up to its end.
const DATA: &str = "[[data]]";

/// Writes a new index project into the folder `target`; a folder that holds
/// something is a finding, and nothing is written. Gives the paths written.
pub fn create(target: &Path, starter: Starter, findings: &mut Findings) -> Result<Vec<String>, Failure> {
    let mut files = bundled::example(STARTER);
    match starter {
        Starter::Empty => files.iter_mut().for_each(without_rows),
        Starter::Forms => {
            files.retain(|(path, _)| path != "data/indicators.csv");
            files.iter_mut().for_each(asking_by_forms);
        }
        Starter::Sample => {}
    }
    store::create_folder(target, &files, findings)?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Takes all rows of a table but its header.
fn without_rows((path, bytes): &mut (String, Vec<u8>)) {
    if path.ends_with(".csv") {
        let header = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
        bytes.truncate(header);
    }
}

/// Puts forms in the place of data files in the project file.
fn asking_by_forms((path, bytes): &mut (String, Vec<u8>)) {
    let data = bytes.windows(DATA.len()).position(|window| window == DATA.as_bytes());
    if let Some(at) = data.filter(|_| path == PROJECT_FILE) {
        bytes.truncate(at);
        bytes.extend_from_slice(FORMS.as_bytes());
    }
}

/// Writes an example project that comes with the program into `target`, where
/// it may be already.
pub fn unpack_example(name: &str, target: &Path, findings: &mut Findings) -> Result<(), Failure> {
    store::unpack(target, &bundled::example(name), findings)
}
