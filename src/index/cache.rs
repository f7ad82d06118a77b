use std::collections::HashMap;
use std::hash::Hasher as _;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use siphasher::sip128::{Hasher128 as _, SipHasher13};

/// Names the result of a sub-plan on one input: equal sub-plans on equal inputs
/// have equal keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(u128);

impl Key {
    /// The key of `part` of a plan applied to what `inputs` name.
    pub(super) fn of(part: &impl Serialize, inputs: &[Key]) -> Self {
        let mut hasher = SipHasher13::new();
        // Plans are plain data with text keys, which JSON can always write.
        hasher.write(&serde_json::to_vec(part).unwrap_or_default());
        for Key(input) in inputs {
            hasher.write_u128(*input);
        }
        Self(hasher.finish128().as_u128())
    }
}

/// Results by key. Two threads may compute the same result once each; both are
/// equal, and the first one is kept.
#[derive(Debug)]
pub(super) struct Cache<T> {
    results: Mutex<HashMap<Key, T>>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self { results: Mutex::new(HashMap::new()) }
    }
}

impl<T: Clone> Cache<T> {
    /// The result of `key`, computed if it is not there.
    pub(super) fn get(&self, key: Key, compute: impl FnOnce() -> T) -> T {
        if let Some(result) = self.lock().get(&key) {
            return result.clone();
        }
        let result = compute();
        self.lock().entry(key).or_insert(result).clone()
    }

    /// Number of results kept.
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, T>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
