#![allow(clippy::disallowed_methods, reason = "store is the module that writes files")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::aside::remove_abandoned;
use super::{MANIFEST, Manifest};
use crate::diagnostics::{Bilingual, Code, Failure, Finding, Findings, Place, bilingual};

/// A file of its own that is replaced again and again, whole each time: whoever
/// opens it sees the old one or the new one.
#[derive(Debug)]
pub struct Page {
    named: PathBuf,
    /// The file itself: a link to a page stays a link.
    target: PathBuf,
}

impl Page {
    /// The page at `target`. A folder, a place inside a folder of outputs, and a
    /// file that does not begin with `mark` are findings: none of them is replaced.
    pub fn at(target: &Path, mark: &[u8], findings: &mut Findings) -> Option<Self> {
        let named = target.to_owned();
        let target = std::fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let found = fault(&named, &target, mark);
        let sound = found.is_none();
        findings.extend(found.map(|finding| finding.at(Place::file(named.display().to_string()))));
        sound.then_some(Self { named, target })
    }

    /// Where it is, as it was named.
    pub fn path(&self) -> &Path {
        &self.named
    }

    /// Puts `bytes` in the place of whatever is there; `false` if they are there.
    pub fn replace(&self, bytes: &[u8]) -> Result<bool, Failure> {
        if std::fs::read(&self.target).is_ok_and(|found| found == bytes) {
            return Ok(false);
        }
        let parent = self.target.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(Failure::io("create", parent))?;
        let name = self.target.file_name().unwrap_or_default().to_string_lossy();
        remove_abandoned(&format!(".{name}.partial-"), parent);
        let prefix = format!(".{name}.partial-{}-", std::process::id());
        let mut builder = tempfile::Builder::new();
        let mut file = readable(builder.prefix(&prefix))
            .tempfile_in(parent)
            .map_err(Failure::io("create a file in", parent))?;
        file.write_all(bytes).map_err(Failure::io("write", &self.target))?;
        file.persist(&self.target).map_err(|error| Failure::io("write", &self.target)(error.error))?;
        Ok(true)
    }
}

/// Temporary files are private unless told otherwise: this one is for whom the
/// user's umask lets in.
fn readable<'a, 'b, 'c>(builder: &'a mut tempfile::Builder<'b, 'c>) -> &'a mut tempfile::Builder<'b, 'c> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

fn fault(named: &Path, target: &Path, mark: &[u8]) -> Option<Finding> {
    let shown = named.display();
    if target.is_dir() {
        return Some(refused(bilingual!("“{shown}”是文件夹", "`{shown}` is a folder")));
    }
    let absolute = std::path::absolute(target).unwrap_or_else(|_| target.to_owned());
    let mut above = absolute.ancestors().skip(1);
    if let Some(folder) = above.find(|folder| is_output(folder)) {
        let folder = folder.display();
        return Some(refused(bilingual!(
            "“{folder}”是 benchline 的输出文件夹，大屏不写在里面",
            "`{folder}` is a folder of outputs, and no board is written into it"
        )));
    }
    let found = std::fs::read(target).ok()?;
    (!found.starts_with(mark)).then(|| {
        refused(bilingual!("“{shown}”不是大屏文件，不会覆盖", "`{shown}` is no board and is not replaced"))
    })
}

/// Whether a folder was written by benchline.
fn is_output(folder: &Path) -> bool {
    let manifest = std::fs::read(folder.join(MANIFEST)).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    manifest.is_some_and(|manifest| manifest.schema == Manifest::SCHEMA)
}

fn refused(message: Bilingual) -> Finding {
    Finding::new(
        Code::BoardNotHere,
        message,
        bilingual!(
            "用 `--out` 换一个位置，例如 `--out board.html`",
            "name another place with `--out`, such as `--out board.html`"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &[u8] = b"<!doctype html><!--x-->";

    fn at(target: &Path) -> Result<Page, String> {
        let mut findings = Findings::new();
        Page::at(target, MARK, &mut findings)
            .ok_or_else(|| findings.iter().map(|one| one.message.en.clone()).collect())
    }

    #[test]
    fn a_page_replaces_itself_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let root = std::fs::canonicalize(root.path()).unwrap();
        let target = root.join("board.html");
        let page = at(&target).unwrap();
        let bytes = [MARK, b"one"].concat();
        assert!(page.replace(&bytes).unwrap());
        assert!(!at(&target).unwrap().replace(&bytes).unwrap(), "the same bytes are there");
        assert!(page.replace(&[MARK, b"two"].concat()).unwrap());
        assert_eq!(std::fs::read(&target).unwrap(), [MARK, b"two"].concat());
        assert_eq!(std::fs::read_dir(&root).unwrap().count(), 1);

        std::fs::write(&target, b"thesis").unwrap();
        assert_eq!(
            at(&target).unwrap_err(),
            format!("`{}` is no board and is not replaced", target.display())
        );
        assert_eq!(at(&root).unwrap_err(), format!("`{}` is a folder", root.display()));
    }
}
