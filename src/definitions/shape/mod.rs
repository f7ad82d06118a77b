//! Checks a TOML tree against the JSON Schema of the type it is to become.
//!
//! The schemas are those that `schemars` derives from the plan types, so a new
//! method needs no code here. A general validator would do the same with
//! neither places, nor two languages, nor the choice among tagged variants that
//! tells which key of which method is wrong.

use schemars::Schema;
use serde_json::Value as Json;

mod words;

use super::document::{Document, Entry, Node, Step, Value};
use crate::diagnostics::{Code, Finding, Findings, bilingual, did_you_mean, shown};
use crate::model::Id;
use crate::numeric::Exact;

/// Checks `document` and returns the paths of the parts that fail.
pub(super) fn check(document: &Document, schema: &Schema, findings: &mut Findings) -> Faults {
    let mut checker =
        Checker { document, root: schema.as_value(), findings, faults: Faults::default(), path: Vec::new() };
    checker.check(document.root(), schema.as_value());
    checker.faults
}

/// Paths of the parts of a document that failed the check.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Vec<Step>>);

impl Faults {
    /// Whether something at `path` or inside it failed.
    pub(super) fn within(&self, path: &[Step]) -> bool {
        self.0.iter().any(|fault| fault.starts_with(path))
    }
}

struct Checker<'a> {
    document: &'a Document,
    root: &'a Json,
    findings: &'a mut Findings,
    faults: Faults,
    path: Vec<Step>,
}

impl<'a> Checker<'a> {
    fn check(&mut self, node: &Node, schema: &'a Json) {
        let schema = self.resolve(schema);
        if let Some(words) = self.words(schema) {
            return self.check_word(node, &words);
        }
        let variants: Vec<&Json> = alternatives(schema).map(|variant| self.resolve(variant)).collect();
        if !variants.is_empty() {
            return self.check_variant(node, schema, &variants);
        }
        match &node.value {
            Value::Table(_) if is(schema, "object") => self.check_table(node, schema),
            Value::Array(nodes) if is(schema, "array") => self.check_array(nodes, schema),
            Value::Text(text) if is(schema, "string") => self.check_text(text, schema),
            Value::Integer(number) if is(schema, "integer") || is(schema, "number") => {
                self.check_number(*number as f64, schema);
            }
            Value::Float(number) if is(schema, "number") => self.check_number(*number, schema),
            Value::Huge if is(schema, "integer") || is(schema, "number") => self.report(words::too_large()),
            Value::Boolean(_) if is(schema, "boolean") => {}
            _ => self.wrong_type(node, schema),
        }
    }

    fn check_table(&mut self, node: &Node, schema: &'a Json) {
        let Value::Table(entries) = &node.value else { return };
        let properties = schema.get("properties").and_then(Json::as_object);
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        let absent: Vec<&str> = properties
            .into_iter()
            .flat_map(|known| known.keys())
            .map(String::as_str)
            .filter(|key| !entries.contains_key(*key))
            .collect();
        let mut guessed = Vec::new();
        for (key, entry) in entries {
            let known = properties.and_then(|properties| properties.get(key)).or(others);
            match known {
                Some(schema) => {
                    self.path.push(Step::Key(key.clone()));
                    self.check(&entry.node, schema);
                    self.path.pop();
                }
                None => {
                    let known = properties.into_iter().flat_map(|known| known.keys());
                    let known: Vec<&str> = known.map(String::as_str).collect();
                    let begun = || absent.iter().copied().find(|absent| absent.starts_with(key.as_str()));
                    let meant = did_you_mean(key, absent.iter().copied()).or_else(begun);
                    guessed.extend(meant);
                    let near = meant.or_else(|| did_you_mean(key, known.iter().copied()));
                    self.unknown_key(key, entry, near, &known);
                }
            }
        }
        for required in schema.get("required").and_then(Json::as_array).into_iter().flatten() {
            let key = required.as_str().filter(|key| absent.contains(key) && !guessed.contains(key));
            if let Some(key) = key {
                let schema = properties.and_then(|properties| properties.get(key));
                self.missing_key(key, schema.map(|schema| self.resolve(schema)));
            }
        }
    }

    fn unknown_key(&mut self, key: &str, entry: &Entry, near: Option<&str>, known: &[&str]) {
        let place = self.document.file().place(entry.key.clone());
        let key = shown(key);
        self.faults.0.push(self.path.clone());
        self.findings.push(
            Finding::new(
                Code::UnknownKey,
                bilingual!("未知的键“{key}”", "unknown key `{key}`"),
                words::choices(near, known),
            )
            .at(place),
        );
    }

    fn missing_key(&mut self, key: &str, schema: Option<&Json>) {
        let fault = words::missing_policy(&self.path, key)
            .unwrap_or_else(|| words::missing_key(key, schema, self.path.is_empty()));
        self.report(fault);
    }

    fn check_array(&mut self, nodes: &[Node], schema: &'a Json) {
        let least = schema.get("minItems").and_then(Json::as_u64).unwrap_or(0);
        let most = schema.get("maxItems").and_then(Json::as_u64).unwrap_or(u64::MAX);
        if least > 1 && least == most && nodes.len() as u64 != least {
            let count = nodes.len();
            self.report(Finding::new(
                Code::BadValue,
                bilingual!("列表有 {count} 项", "the list has {count} items"),
                bilingual!("写 {least} 项", "write {least} items"),
            ));
        } else if (nodes.len() as u64) < least {
            self.report(Finding::new(
                Code::BadValue,
                bilingual!("列表是空的", "the list is empty"),
                bilingual!("至少写一项", "write at least one item"),
            ));
        }
        let Some(items) = schema.get("items") else { return };
        for (index, node) in nodes.iter().enumerate() {
            self.path.push(Step::Index(index));
            self.check(node, items);
            self.path.pop();
        }
    }

    fn check_text(&mut self, text: &str, schema: &Json) {
        let format = schema.get("format").and_then(Json::as_str);
        if format == Some("benchline-exact") {
            return self.check_exact(text);
        }
        let is_id = format == Some("benchline-id");
        if is_id && !Id::is_valid(text) {
            let text = shown(text);
            self.report(Finding::new(
                Code::BadValue,
                match text.is_empty() {
                    true => bilingual!("标识是空的", "the id is empty"),
                    false => bilingual!("“{text}”不能作标识", "`{text}` cannot be an id"),
                },
                bilingual!(
                    "标识以字母或汉字开头，其后为字母、汉字、数字或下划线",
                    "an id is a letter, then letters, digits or `_`"
                ),
            ));
        }
    }

    /// A number written as text must be one.
    fn check_exact(&mut self, text: &str) {
        if Exact::parse(text).is_none() {
            let text = shown(text);
            self.report(Finding::new(
                Code::BadValue,
                bilingual!("“{text}”不是数", "`{text}` is not a number"),
                bilingual!(
                    "写小数如 `0.6`，或分数如 `\"1/3\"`",
                    "write a decimal such as `0.6` or a fraction such as `\"1/3\"`"
                ),
            ));
        }
    }

    fn check_number(&mut self, number: f64, schema: &Json) {
        let bounds = words::Bounds::of(schema);
        if !bounds.contain(number) {
            self.report(bounds.refuse(number));
        }
    }

    fn check_word(&mut self, node: &Node, words: &[&str]) {
        let Value::Text(text) = &node.value else {
            return self.report_type(node, words::Wanted::Text);
        };
        if !words.contains(&text.as_str()) {
            let near = did_you_mean(text, words.iter().copied());
            let text = shown(text);
            self.report(Finding::new(
                Code::BadValue,
                bilingual!("“{text}”不是可选值", "`{text}` is not one of the choices"),
                words::choices(near, words),
            ));
        }
    }

    /// Checks against the variant that the tag names, or against the only one
    /// that is not null.
    fn check_variant(&mut self, node: &Node, schema: &'a Json, variants: &[&'a Json]) {
        let wanted: Vec<&Json> = variants.iter().copied().filter(|v| !is(v, "null")).collect();
        if let [only] = wanted.as_slice() {
            return self.check(node, only);
        }
        let Some(tag) = wanted.iter().find_map(|variant| tag_of(variant)).map(|(key, _)| key) else {
            return self.wrong_type(node, schema);
        };
        let Value::Table(entries) = &node.value else {
            return self.report_type(node, words::Wanted::Tagged(tag));
        };
        let Some(entry) = entries.get(tag) else {
            return match entries.iter().find(|(key, _)| did_you_mean(key, [tag]).is_some()) {
                Some((key, entry)) => self.unknown_key(key, entry, Some(tag), &[tag]),
                None => self.missing_key(tag, None),
            };
        };
        let named = |variant: &&&Json| match (tag_of(variant), &entry.node.value) {
            (Some((_, word)), Value::Text(text)) => word == text,
            _ => false,
        };
        match wanted.iter().find(named) {
            Some(variant) => self.check_table(node, variant),
            None => {
                let words: Vec<&str> =
                    wanted.iter().filter_map(|variant| tag_of(variant)).map(|(_, word)| word).collect();
                self.path.push(Step::from(tag));
                self.check_word(&entry.node, &words);
                self.path.pop();
            }
        }
    }

    fn wrong_type(&mut self, node: &Node, schema: &'a Json) {
        self.report_type(node, words::Wanted::of(schema));
    }

    fn report_type(&mut self, node: &Node, wanted: words::Wanted<'_>) {
        let written = self.document.file().text.get(node.span.clone()).unwrap_or_default();
        self.report(wanted.refuse(node, written, self.path.last()));
    }

    fn report(&mut self, finding: Finding) {
        let place = self.document.place(&self.path);
        self.faults.0.push(self.path.clone());
        self.findings.push(finding.at(place));
    }

    fn resolve(&self, schema: &'a Json) -> &'a Json {
        let reference = schema.get("$ref").and_then(Json::as_str);
        reference
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| self.root.pointer(pointer))
            .unwrap_or(schema)
    }

    /// The allowed words, when the schema is a choice among words.
    fn words(&self, schema: &'a Json) -> Option<Vec<&'a str>> {
        let own = |schema: &'a Json| -> Vec<&'a str> {
            let choices = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
            choices.chain(schema.get("const")).filter_map(Json::as_str).collect()
        };
        let mut words = own(schema);
        for variant in alternatives(schema) {
            let variant = self.resolve(variant);
            let more = own(variant);
            if more.is_empty() && !is(variant, "null") {
                let nested = self.words(variant)?;
                words.extend(nested);
            }
            words.extend(more);
        }
        (!words.is_empty()).then_some(words)
    }
}

fn alternatives(schema: &Json) -> impl Iterator<Item = &Json> {
    ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten()
}

fn is(schema: &Json, name: &str) -> bool {
    match schema.get("type") {
        Some(Json::String(one)) => one == name,
        Some(Json::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    }
}

/// The key and the word that mark a tagged variant.
fn tag_of(variant: &Json) -> Option<(&str, &str)> {
    let properties = variant.get("properties")?.as_object()?;
    properties.iter().find_map(|(key, schema)| Some((key.as_str(), schema.get("const")?.as_str()?)))
}
