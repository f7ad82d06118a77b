//! Does something again whenever a folder changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use benchline::diagnostics::Failure;
use notify::{Event, EventKind, RecursiveMode, Watcher as _};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::cli::exit::Exit;
use crate::cli::render::{Reporter, print};

/// How long it must be still before something is done: programs that save a file
/// touch it several times.
const STILL: Duration = Duration::from_millis(250);

/// How often it looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(200);

/// What the watcher hears.
enum News {
    Changed,
    Lost(notify::Error),
}

/// Calls `again` after every change in `folder` but those to the file `own` and to
/// what benchline keeps there, until Ctrl-C.
pub fn run(
    folder: &Path,
    own: &Path,
    reporter: &Reporter,
    mut again: impl FnMut() -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let (sender, news) = channel();
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register(signal, stop.clone()).map_err(Failure::io("watch", folder))?;
    }
    let own = Quiet::new(folder, own);
    let mut watcher = notify::recommended_watcher(move |event| tell(event, &own, &sender))
        .map_err(|error| lost(folder, error))?;
    watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| lost(folder, error))?;
    if !reporter.wants_json() {
        let words =
            reporter.say("正在盯住项目文件夹；Ctrl-C 结束", "watching the project folder; Ctrl-C ends");
        print(&format!("{words}\n"))?;
    }
    // What changed before the watcher was there.
    again()?;
    while !stop.load(Ordering::Relaxed) {
        match next(&news) {
            Some(News::Changed) => drop(again()?),
            Some(News::Lost(error)) => return Err(lost(folder, error)),
            None => {}
        }
    }
    Ok(Exit::Done)
}

/// The next news, if there is any soon, after the folder has been still for a
/// moment.
fn next(news: &Receiver<News>) -> Option<News> {
    let mut last = news.recv_timeout(LOOK).ok()?;
    while matches!(last, News::Changed) {
        match news.recv_timeout(STILL) {
            Ok(next) => last = next,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    Some(last)
}

fn tell(event: notify::Result<Event>, quiet: &Quiet, sender: &Sender<News>) {
    let news = match event {
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
        Ok(event) if !event.paths.is_empty() && event.paths.iter().all(|path| quiet.has(path)) => return,
        Ok(_) => News::Changed,
        Err(error) => News::Lost(error),
    };
    // Nobody listens any more when the program is about to end.
    let _ = sender.send(news);
}

/// Paths whose changes mean nothing.
struct Quiet {
    /// The name of the page, which is also in the names of its unfinished copies.
    own: String,
    outputs: PathBuf,
    /// What benchline keeps: locks and caches.
    kept: PathBuf,
}

impl Quiet {
    fn new(folder: &Path, own: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let own = own.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { own, outputs: folder.join("out"), kept: folder.join(".benchline") }
    }

    fn has(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = name.strip_prefix('.').is_some_and(|name| name.starts_with(&self.own));
        name == self.own.as_str()
            || unfinished
            || path.starts_with(&self.outputs)
            || path.starts_with(&self.kept)
    }
}

fn lost(folder: &Path, error: notify::Error) -> Failure {
    Failure::io("watch", folder)(std::io::Error::other(error))
}
