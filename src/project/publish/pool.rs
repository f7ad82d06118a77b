use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostics::{Failure, Findings};
use crate::report::TemplateError;

/// Why a document was not made.
#[derive(Debug)]
pub(in crate::project) enum Refused {
    /// What it is made from will not do.
    Input(Findings),
    /// The tool failed, and with it the whole run.
    Tool(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Tool(failure)
    }
}

impl From<Findings> for Refused {
    fn from(findings: Findings) -> Self {
        Self::Input(findings)
    }
}

impl From<TemplateError> for Refused {
    fn from(error: TemplateError) -> Self {
        let mut findings = Findings::new();
        findings.push(error.into());
        Self::Input(findings)
    }
}

/// A document that was not made.
#[derive(Debug)]
pub(in crate::project) struct Failed {
    /// Its position.
    pub(in crate::project) at: usize,
    /// Why not.
    pub(in crate::project) reasons: Findings,
}

/// Runs `make` on every item, on as many plain threads as rayon has workers: the
/// typesetter must not run on rayon's own. Gives what failed in the order of the
/// items; a failure of the tool ends the run.
pub(in crate::project) fn make_all<T: Sync>(
    items: &[T],
    make: impl Fn(&T) -> Result<(), Refused> + Sync,
) -> Result<Vec<Failed>, Failure> {
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let failed = Mutex::new(Vec::new());
    let work = || -> Result<(), Failure> {
        while !stopped.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            match make(item) {
                Ok(()) => {}
                Err(Refused::Input(reasons)) => {
                    failed.lock().unwrap_or_else(PoisonError::into_inner).push(Failed { at, reasons });
                }
                Err(Refused::Tool(failure)) => {
                    stopped.store(true, Ordering::Relaxed);
                    return Err(failure);
                }
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let count = rayon::current_num_threads().min(items.len());
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        let ended: Vec<_> = threads.into_iter().map(|thread| thread.join()).collect();
        ended.into_iter().try_for_each(|ended| {
            ended.unwrap_or_else(|_| Err(Failure::Internal("a thread ended early".to_owned())))
        })
    })?;
    let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.sort_by_key(|failed| failed.at);
    Ok(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_made_once_and_failures_keep_their_order() {
        let items: Vec<usize> = (0..100).collect();
        let made = Mutex::new(Vec::new());
        let failed = make_all(&items, |item| {
            made.lock().unwrap().push(*item);
            if item % 10 == 3 { Err(Refused::Input(Findings::new())) } else { Ok(()) }
        })
        .unwrap();
        let mut made = made.into_inner().unwrap();
        made.sort_unstable();
        assert_eq!(made, items);
        let failed: Vec<usize> = failed.iter().map(|failed| failed.at).collect();
        assert_eq!(failed, [3, 13, 23, 33, 43, 53, 63, 73, 83, 93]);
    }

    #[test]
    fn a_failure_of_the_tool_ends_the_run() {
        let items: Vec<usize> = (0..10_000).collect();
        let made = AtomicUsize::new(0);
        let ended = make_all(&items, |item| {
            made.fetch_add(1, Ordering::Relaxed);
            if *item == 5 { Err(Failure::Internal("x".into()).into()) } else { Ok(()) }
        });
        assert!(ended.is_err());
        assert!(made.into_inner() < items.len());
    }
}
