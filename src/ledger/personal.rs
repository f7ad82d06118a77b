use serde::Serialize;
use serde_json::Value;

use crate::diagnostics::{PersonalKind, personal_in};

/// Keys whose values are numbers, hashes and what was drawn, not words.
const NO_WORDS: [&str; 9] =
    ["old", "new", "value", "first", "second", "sha256", "result_sha256", "public", "secret"];

/// The first text in what is to be written into a log that is very likely personal:
/// the key it stands under and what it is. What is in a log stays there.
pub fn personal_text(body: &impl Serialize) -> Option<(String, PersonalKind)> {
    within("", &serde_json::to_value(body).ok()?)
}

fn within(key: &str, value: &Value) -> Option<(String, PersonalKind)> {
    match value {
        Value::String(text) => personal_in(text).map(|kind| (key.to_owned(), kind)),
        Value::Array(items) => items.iter().find_map(|item| within(key, item)),
        Value::Object(fields) => {
            let words = fields.iter().filter(|(key, _)| !NO_WORDS.contains(&key.as_str()));
            words.into_iter().find_map(|(key, value)| within(key, value))
        }
        _ => None,
    }
}
