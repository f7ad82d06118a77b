//! Checks a TOML tree against the JSON Schema of the type it is to become.
//!
//! The schemas are those that `schemars` derives from the plan types, so a new
//! method needs no code here. A general validator would do the same with
//! neither places, nor two languages, nor the choice among tagged variants that
//! tells which key of which method is wrong.

use schemars::Schema;
use serde_json::Value as Json;

use super::document::{Document, Node, Step, Value};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, did_you_mean};
use crate::model::Id;

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
            Value::Boolean(_) if is(schema, "boolean") => {}
            _ => self.wrong_type(node, schema),
        }
    }

    fn check_table(&mut self, node: &Node, schema: &'a Json) {
        let Value::Table(entries) = &node.value else { return };
        let properties = schema.get("properties").and_then(Json::as_object);
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
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
                    let place = self.document.file().place(entry.key.clone());
                    let guess = suggestion(key, &known);
                    self.faults.0.push(self.path.clone());
                    self.findings.push(
                        Finding::new(
                            Code::UnknownKey,
                            bilingual!("未知的键“{key}”", "unknown key `{key}`"),
                            guess,
                        )
                        .at(place),
                    );
                }
            }
        }
        for required in schema.get("required").and_then(Json::as_array).into_iter().flatten() {
            if let Some(key) = required.as_str().filter(|key| !entries.contains_key(*key)) {
                self.missing_key(key);
            }
        }
    }

    fn missing_key(&mut self, key: &str) {
        let fault = missing_policy(&self.path, key).unwrap_or_else(|| {
            Finding::new(
                Code::MissingKey,
                bilingual!("缺少必需的键“{key}”", "the key `{key}` is missing"),
                bilingual!("在此表中加上 `{key} = …`", "add `{key} = …` to this table"),
            )
        });
        self.report(fault);
    }

    fn check_array(&mut self, nodes: &[Node], schema: &'a Json) {
        let least = schema.get("minItems").and_then(Json::as_u64).unwrap_or(0);
        if (nodes.len() as u64) < least {
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
        let is_id = schema.get("format").and_then(Json::as_str) == Some("benchline-id");
        if is_id && !Id::is_valid(text) {
            self.report(Finding::new(
                Code::BadValue,
                bilingual!("“{text}”不能作标识", "`{text}` cannot be an id"),
                bilingual!(
                    "标识以字母或汉字开头，其后为字母、汉字、数字或下划线",
                    "an id is a letter, then letters, digits or `_`"
                ),
            ));
        }
    }

    fn check_number(&mut self, number: f64, schema: &Json) {
        let bound = |key: &str| schema.get(key).and_then(Json::as_f64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        let fits = number.is_finite()
            && least.is_none_or(|least| number >= least)
            && most.is_none_or(|most| number <= most);
        if fits {
            return;
        }
        let help = match (least, most) {
            (Some(least), Some(most)) => {
                bilingual!("写 {least} 到 {most} 之间的数", "write a number from {least} to {most}")
            }
            (Some(least), None) => bilingual!("写不小于 {least} 的数", "write a number of {least} or more"),
            (None, Some(most)) => bilingual!("写不大于 {most} 的数", "write a number of {most} or less"),
            (None, None) => bilingual!("写一个有限的数", "write a finite number"),
        };
        self.report(Finding::new(
            Code::BadValue,
            bilingual!("{number} 不在允许范围内", "{number} is not allowed here"),
            help,
        ));
    }

    fn check_word(&mut self, node: &Node, words: &[&str]) {
        let Value::Text(text) = &node.value else {
            return self.report_type(node, &bilingual!("文本", "a text"));
        };
        if !words.contains(&text.as_str()) {
            self.report(Finding::new(
                Code::BadValue,
                bilingual!("“{text}”不是可选值", "`{text}` is not one of the choices"),
                suggestion(text, words),
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
            let form = format!("{{ {tag} = \"…\" }}");
            return self.report_type(node, &bilingual!("表 {form}", "a table {form}"));
        };
        let Some(entry) = entries.get(tag) else { return self.missing_key(tag) };
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

    fn wrong_type(&mut self, node: &Node, schema: &Json) {
        let wanted = if is(schema, "object") {
            bilingual!("表", "a table")
        } else if is(schema, "array") {
            bilingual!("列表", "a list")
        } else if is(schema, "integer") {
            bilingual!("整数", "a whole number")
        } else if is(schema, "number") {
            bilingual!("数字", "a number")
        } else if is(schema, "boolean") {
            bilingual!("true 或 false", "true or false")
        } else {
            bilingual!("文本", "a text")
        };
        self.report_type(node, &wanted);
    }

    fn report_type(&mut self, node: &Node, wanted: &Bilingual) {
        let found = match &node.value {
            Value::Table(_) => bilingual!("表", "a table"),
            Value::Array(_) => bilingual!("列表", "a list"),
            Value::Text(_) => bilingual!("文本", "a text"),
            Value::Integer(_) => bilingual!("整数", "a whole number"),
            Value::Float(_) => bilingual!("小数", "a decimal number"),
            Value::Boolean(_) => bilingual!("true 或 false", "true or false"),
            Value::Other => bilingual!("日期或过大的数", "a date or too large a number"),
        };
        let (found_zh, found_en, zh, en) = (found.zh, found.en, &wanted.zh, &wanted.en);
        self.report(Finding::new(
            Code::WrongType,
            bilingual!("此处是{found_zh}，应为{zh}", "this is {found_en}, not {en}"),
            bilingual!("改写成{zh}", "write {en}"),
        ));
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

/// The finding for an undeclared missing policy, which deserves its own words.
fn missing_policy(path: &[Step], key: &str) -> Option<Finding> {
    let inside = path.last() == Some(&Step::from("missing"));
    let absent = (path.is_empty() && key == "missing") || (inside && key == "policy");
    absent.then(|| {
        Finding::new(
            Code::MissingPolicyAbsent,
            bilingual!("没有声明缺失值的处理办法", "the policy for missing values is not declared"),
            bilingual!(
                "写 `[missing]` 和 `policy = \"require-all\"`（缺一则不计分）或 `policy = \"rescale\"`（其余权重按比例放大）；没有默认值",
                "write `[missing]` and `policy = \"require-all\"` (no score if one is missing) or `policy = \"rescale\"` (the other weights grow in proportion); there is no default"
            ),
        )
    })
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

fn suggestion(word: &str, known: &[&str]) -> Bilingual {
    let list = known.join(", ");
    match did_you_mean(word, known.iter().copied()) {
        Some(near) => {
            bilingual!("是否想写 `{near}`？可用：{list}", "did you mean `{near}`? There are {list}")
        }
        None => bilingual!("可用：{list}", "there are {list}"),
    }
}
