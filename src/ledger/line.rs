use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Body;
use crate::digest::sha256;

/// What the first line has for the hash of the line before it.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What parts a line from its own hash.
const BEFORE_HASH: &str = ",\"hash\":\"";

/// An event with its place in the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<B = Body> {
    /// Its position, from 1.
    pub seq: usize,
    /// The hash of the line before it.
    pub previous: String,
    /// When it was written, as told by whoever wrote it or by the clock.
    pub at: String,
    /// Who wrote it, by code.
    pub by: String,
    /// What it says.
    pub body: B,
    /// SHA-256 of the line up to `,"hash":`, in hexadecimal.
    pub hash: String,
}

/// What a line says without its own hash.
#[derive(Serialize, Deserialize)]
struct Written<B> {
    seq: usize,
    previous: String,
    at: String,
    by: String,
    #[serde(flatten)]
    body: B,
}

/// Why a line cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It does not have the form of a line of a log, or says what no event says.
    Form,
    /// Its hash is another than the one it bears.
    Hash,
}

impl<B: Serialize + DeserializeOwned> Line<B> {
    /// The line that follows `previous`.
    pub(super) fn after(previous: Option<&Self>, at: &str, by: &str, body: B) -> Option<(Self, String)> {
        let seq = previous.map_or(1, |line| line.seq + 1);
        let previous = previous.map_or(START, |line| &line.hash).to_owned();
        let written =
            Written { seq, previous: previous.clone(), at: at.to_owned(), by: by.to_owned(), body: &body };
        let mut text = serde_json::to_string(&written).ok()?;
        text.pop();
        let hash = sha256(text.as_bytes());
        text.push_str(&format!("{BEFORE_HASH}{hash}\"}}\n"));
        Some((Self { seq, previous, at: at.to_owned(), by: by.to_owned(), body, hash }, text))
    }

    /// Reads a line, without its end.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let (before, rest) = text.trim_end().rsplit_once(BEFORE_HASH).ok_or(Fault::Form)?;
        let hash = rest.strip_suffix("\"}").ok_or(Fault::Form)?;
        if sha256(before.as_bytes()) != hash {
            return Err(Fault::Hash);
        }
        let written: Written<B> = serde_json::from_str(&format!("{before}}}")).map_err(|_| Fault::Form)?;
        let Written { seq, previous, at, by, body } = written;
        Ok(Self { seq, previous, at, by, body, hash: hash.to_owned() })
    }
}
