use std::ops::Range;

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::input::TextFile;

use super::syntax;

/// A TOML file as a tree in which every value knows its bytes.
#[derive(Clone, Debug)]
pub struct Document {
    file: TextFile,
    root: Node,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Table(IndexMap<String, Entry>),
    Array(Vec<Node>),
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// A date or time, which no definition uses.
    Date,
    /// A whole number out of range.
    Huge,
}

/// A value in a table, with the bytes of its key.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: Range<usize>,
    pub(super) node: Node,
}

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a table.
    Key(String),
    /// Into an array.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}

/// Builds a path from keys and positions.
macro_rules! at {
    ($($step:expr),* $(,)?) => { [$($crate::definitions::document::Step::from($step)),*] };
}
pub(super) use at;

impl Document {
    /// Reads a TOML text; every syntax error is a finding.
    pub fn parse(file: TextFile, findings: &mut Findings) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        let problems: Vec<syntax::Problem<'_>> =
            errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
        let wrong = syntax::findings(&file.text, &problems);
        findings.extend(wrong.into_iter().map(|(span, finding)| finding.at(file.place(span))));
        let root = Node { span: 0..0, value: table_value(table.into_inner()) };
        let is_empty = matches!(&root.value, Value::Table(entries) if entries.is_empty());
        if is_empty && errors.is_empty() {
            findings.push(nothing_written(&file));
            return None;
        }
        errors.is_empty().then_some(Self { file, root })
    }

    /// The file it was read from.
    pub fn file(&self) -> &TextFile {
        &self.file
    }

    pub(super) fn root(&self) -> &Node {
        &self.root
    }

    /// The value at `path`.
    pub(super) fn node(&self, path: &[Step]) -> Option<&Node> {
        path.iter().try_fold(&self.root, Node::step)
    }

    /// The text at `path`.
    pub(super) fn text(&self, path: &[Step]) -> Option<&str> {
        match &self.node(path)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How many values the array at `path` has; none if there is no array.
    pub(super) fn length(&self, path: &[Step]) -> usize {
        match self.node(path).map(|node| &node.value) {
            Some(Value::Array(nodes)) => nodes.len(),
            _ => 0,
        }
    }

    /// The keys at the top whose values are lists of tables.
    pub(super) fn lists(&self) -> impl Iterator<Item = &str> {
        let entries = match &self.root.value {
            Value::Table(entries) => Some(entries),
            _ => None,
        };
        let is_list = |node: &Node| match &node.value {
            Value::Array(nodes) => nodes.iter().any(|node| matches!(node.value, Value::Table(_))),
            _ => false,
        };
        entries
            .into_iter()
            .flatten()
            .filter(move |(_, entry)| is_list(&entry.node))
            .map(|(key, _)| key.as_str())
    }

    /// Where the value at `path` stands, or the nearest part of the file around it.
    pub fn place(&self, path: &[Step]) -> Place {
        let nearest = (0..=path.len())
            .rev()
            .filter_map(|length| self.node(path.get(..length)?))
            .find(|node| !node.span.is_empty());
        match nearest {
            Some(node) => self.file.place(node.span.clone()),
            None => Place::file(&*self.file.name),
        }
    }

    /// Where the key at `path` stands, or its value when it is no key of a table.
    pub fn place_of_key(&self, path: &[Step]) -> Place {
        let key = path.split_last().and_then(|(last, table)| {
            let (Value::Table(entries), Step::Key(key)) = (&self.node(table)?.value, last) else {
                return None;
            };
            Some(entries.get(key)?.key.clone())
        });
        key.map_or_else(|| self.place(path), |span| self.file.place(span))
    }

    /// Where a part of the text at `path` stands, given by the part's bytes.
    pub(super) fn place_within(&self, path: &[Step], part: Range<usize>) -> Place {
        let located = self.node(path).and_then(|node| {
            let Value::Text(text) = &node.value else { return None };
            let raw = self.file.text.get(node.span.clone())?;
            let shift = node.span.start + raw.find(text.as_str())?;
            Some(self.file.place(shift + part.start..shift + part.end))
        });
        located.unwrap_or_else(|| self.place(path))
    }

    /// The value at `path` as a `T`, if it has that shape.
    pub(super) fn decode<T: DeserializeOwned>(&self, path: &[Step]) -> Result<T, String> {
        let node = self.node(path).ok_or_else(|| "absent".to_owned())?;
        serde_json::from_value(node.to_json()).map_err(|error| error.to_string())
    }
}

impl Node {
    fn step(&self, step: &Step) -> Option<&Node> {
        match (&self.value, step) {
            (Value::Table(entries), Step::Key(key)) => entries.get(key).map(|entry| &entry.node),
            (Value::Array(nodes), Step::Index(index)) => nodes.get(*index),
            _ => None,
        }
    }

    fn to_json(&self) -> Json {
        match &self.value {
            Value::Table(entries) => {
                Json::Object(entries.iter().map(|(key, entry)| (key.clone(), entry.node.to_json())).collect())
            }
            Value::Array(nodes) => Json::Array(nodes.iter().map(Node::to_json).collect()),
            Value::Text(text) => Json::String(text.clone()),
            Value::Integer(number) => Json::from(*number),
            Value::Float(number) => Json::from(*number),
            Value::Boolean(boolean) => Json::Bool(*boolean),
            Value::Date | Value::Huge => Json::Null,
        }
    }
}

fn nothing_written(file: &TextFile) -> Finding {
    Finding::new(
        Code::EmptyFile,
        bilingual!("文件是空的", "the file is empty"),
        bilingual!(
            "从 `benchline new index 文件夹` 新建的项目中照抄一份再改",
            "start from the file that `benchline new index FOLDER` writes"
        ),
    )
    .at(Place::file(&*file.name))
}

fn table_value(table: DeTable<'_>) -> Value {
    let entries = table.into_iter().map(|(key, node)| {
        let span = key.span();
        (key.into_inner().into_owned(), Entry { key: span, node: convert(node) })
    });
    Value::Table(entries.collect())
}

fn convert(node: Spanned<DeValue<'_>>) -> Node {
    let span = node.span();
    let value = match node.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Huge, Value::Integer)
        }
        DeValue::Float(number) => number.as_str().parse().map_or(Value::Huge, Value::Float),
        DeValue::Boolean(boolean) => Value::Boolean(boolean),
        DeValue::Datetime(_) => Value::Date,
        DeValue::Array(nodes) => Value::Array(nodes.into_iter().map(convert).collect()),
        DeValue::Table(table) => table_value(table),
    };
    Node { span, value }
}
