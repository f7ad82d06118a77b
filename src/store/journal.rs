#![allow(clippy::disallowed_types, reason = "this module is one of the two that write files")]
#![allow(clippy::disallowed_methods, reason = "this module is one of the two that write files")]

use std::fs::{File, OpenOptions, TryLockError, create_dir_all};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostics::{Code, Failure, Finding, Findings, Place, bilingual};

/// The lock lies beside the cache, so that readers of the file need no lock.
const LOCK: &str = ".benchline/log.lock";

/// A file that only grows, held for writing by one process at a time.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// Its lock is given back when it is dropped, and by the system when the
    /// process ends, however it ends.
    _lock: File,
}

impl Journal {
    /// Takes the right to write the file `name` in the folder `root`. `None`, with
    /// a finding, while another process has it.
    pub fn hold(root: &Path, name: &str, findings: &mut Findings) -> Result<Option<Self>, Failure> {
        let lock_path = root.join(LOCK);
        if let Some(parent) = lock_path.parent() {
            create_dir_all(parent).map_err(Failure::io("create", parent))?;
        }
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(Failure::io("open", &lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { path: root.join(name), _lock: lock })),
            Err(TryLockError::WouldBlock) => {
                findings.push(busy(name));
                Ok(None)
            }
            Err(TryLockError::Error(source)) => Err(Failure::io("lock", lock_path)(source)),
        }
    }

    /// The same right for another file of the folder `root`.
    #[must_use]
    pub fn named(self, root: &Path, name: &str) -> Self {
        Self { path: root.join(name), ..self }
    }

    /// Writes `text` after the first `keep` bytes of the file, in the place of
    /// whatever stood there, and returns when it is on the disk. A process that is
    /// stopped in between leaves the first `keep` bytes as they were.
    pub fn append(&self, keep: u64, text: &str) -> Result<(), Failure> {
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&self.path)
            .map_err(Failure::io("open", &self.path))?;
        let mut write = || {
            file.set_len(keep)?;
            file.seek(SeekFrom::Start(keep))?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().map_err(Failure::io("write", &self.path))
    }
}

fn busy(name: &str) -> Finding {
    let message = match name.is_empty() {
        // Which file it is stands in the project, which is read after.
        true => bilingual!("另一个程序正在写项目的日志", "another process is writing the log of the project"),
        false => bilingual!("另一个程序正在写日志“{name}”", "another process is writing the log `{name}`"),
    };
    let help = bilingual!(
        "等它结束后再做一遍；什么都没有写入",
        "wait for it to end, then do this again; nothing was written"
    );
    let finding = Finding::new(Code::LogBusy, message, help);
    if name.is_empty() { finding } else { finding.at(Place::file(name)) }
}
