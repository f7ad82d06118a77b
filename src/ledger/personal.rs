use serde::Serialize;
use serde_json::Value;

use crate::diagnostics::{PersonalKind, personal_in};

/// Keys whose values are numbers and what was drawn, not words.
const NO_WORDS: [&str; 7] = ["old", "new", "value", "first", "second", "public", "secret"];

/// Fewest digits of a hash that is written into a log.
const HASH: usize = 16;

/// The first text in what is to be written into a log that is very likely personal:
/// the key it stands under and what it is. What is in a log stays there.
pub fn personal_text(body: &impl Serialize) -> Option<(String, PersonalKind)> {
    within("", &serde_json::to_value(body).ok()?)
}

fn within(key: &str, value: &Value) -> Option<(String, PersonalKind)> {
    match value {
        Value::String(text) if is_hash(text) => None,
        Value::String(text) => personal_in(text).map(|kind| (key.to_owned(), kind)),
        Value::Array(items) => items.iter().find_map(|item| within(key, item)),
        Value::Object(fields) => {
            let words = fields.iter().filter(|(key, _)| !NO_WORDS.contains(&key.as_str()));
            words.into_iter().find_map(|(key, value)| within(key, value))
        }
        _ => None,
    }
}

/// Whether a text is a hash in hexadecimal, which may have the digits of a number.
/// No number of a person has letters up to `f`.
fn is_hash(text: &str) -> bool {
    text.len() >= HASH
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}
