//! What the check of shapes says.

use serde_json::Value as Json;

use super::super::document::{Node, Step, Value};
use super::is;
use crate::diagnostics::{Bilingual, Code, Finding, bilingual, shown};

/// The finding for an undeclared missing policy, which deserves its own words.
pub(super) fn missing_policy(path: &[Step], key: &str) -> Option<Finding> {
    let inside = path.last() == Some(&Step::from("missing")) && key == "policy";
    let message = bilingual!("没有声明缺失值的处理办法", "the policy for missing values is not declared");
    let help = if inside && path.len() > 1 {
        bilingual!(
            "写上 `policy = \"require-all\"`（缺一则不计分）或 `policy = \"rescale\"`（其余权重按比例放大）；或删去此处的 `missing`，沿用全框架的办法",
            "add `policy = \"require-all\"` (no score if one is missing) or `policy = \"rescale\"` (the other weights grow in proportion); or delete this `missing`, and the policy of the framework holds"
        )
    } else if inside || (path.is_empty() && key == "missing") {
        bilingual!(
            "写 `[missing]` 和 `policy = \"require-all\"`（缺一则不计分）或 `policy = \"rescale\"`（其余权重按比例放大）；没有默认值",
            "write `[missing]` and `policy = \"require-all\"` (no score if one is missing) or `policy = \"rescale\"` (the other weights grow in proportion); there is no default"
        )
    } else {
        return None;
    };
    Some(Finding::new(Code::MissingPolicyAbsent, message, help))
}

/// A required key that is not there; `top`: at the top of the file, where it
/// may not follow a table.
pub(super) fn missing_key(key: &str, schema: Option<&Json>, top: bool) -> Finding {
    let wanted = schema.map_or(Wanted::Text, Wanted::of);
    let form = wanted.form();
    let help = match wanted {
        Wanted::List if top => {
            bilingual!("加上表 `[[{key}]]`", "add a table `[[{key}]]`")
        }
        Wanted::Table if top => bilingual!("加上表 `[{key}]`", "add a table `[{key}]`"),
        _ if top => bilingual!(
            "在文件开头、第一个 `[…]` 之前写 `{key} = {form}`",
            "write `{key} = {form}` at the top of the file, before the first `[…]`"
        ),
        _ => bilingual!("在此表中加上 `{key} = {form}`", "add `{key} = {form}` to this table"),
    };
    Finding::new(Code::MissingKey, bilingual!("缺少必需的键“{key}”", "the key `{key}` is missing"), help)
}

pub(super) fn too_large() -> Finding {
    Finding::new(
        Code::BadValue,
        bilingual!("数字过大", "the number is too large"),
        bilingual!("写较小的数", "write a smaller number"),
    )
}

/// The words that may stand here, the likeliest first.
pub(super) fn choices(near: Option<&str>, known: &[&str]) -> Bilingual {
    let list = known.join(", ");
    match near {
        Some(near) if known == [near] => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
        Some(near) => {
            bilingual!("是否想写 `{near}`？可用：{list}", "did you mean `{near}`? The choices are {list}")
        }
        None => bilingual!("可用：{list}", "the choices are {list}"),
    }
}

/// The numbers that a schema allows.
pub(super) struct Bounds {
    least: Option<f64>,
    above: Option<f64>,
    most: Option<f64>,
}

impl Bounds {
    pub(super) fn of(schema: &Json) -> Self {
        let bound = |key: &str| schema.get(key).and_then(Json::as_f64);
        Self { least: bound("minimum"), above: bound("exclusiveMinimum"), most: bound("maximum") }
    }

    pub(super) fn contain(&self, number: f64) -> bool {
        number.is_finite()
            && self.least.is_none_or(|least| number >= least)
            && self.above.is_none_or(|above| number > above)
            && self.most.is_none_or(|most| number <= most)
    }

    pub(super) fn refuse(&self, number: f64) -> Finding {
        let help = match (self.least, self.above, self.most) {
            (_, Some(above), _) => bilingual!("写大于 {above} 的数", "write a number above {above}"),
            (Some(least), _, Some(most)) => {
                bilingual!("写 {least} 到 {most} 之间的数", "write a number from {least} to {most}")
            }
            (Some(least), _, None) => {
                bilingual!("写不小于 {least} 的数", "write a number of {least} or more")
            }
            (None, _, Some(most)) => bilingual!("写不大于 {most} 的数", "write a number of {most} or less"),
            (None, _, None) => bilingual!("写一个有限的数", "write a finite number"),
        };
        Finding::new(
            Code::BadValue,
            bilingual!("{number} 不在允许范围内", "{number} is not allowed here"),
            help,
        )
    }
}

/// The kind of value that a schema wants.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    Text,
    Number,
    Whole,
    Boolean,
    List,
    Table,
    /// The same words in two languages.
    Both,
    /// A table whose variant this key names.
    Tagged(&'a str),
}

impl Wanted<'_> {
    pub(super) fn of(schema: &Json) -> Self {
        let in_both = |properties: &Json| properties.get("zh").is_some() && properties.get("en").is_some();
        if is(schema, "object") {
            let both = schema.get("properties").is_some_and(in_both);
            if both { Wanted::Both } else { Wanted::Table }
        } else if is(schema, "array") {
            Wanted::List
        } else if is(schema, "integer") {
            Wanted::Whole
        } else if is(schema, "number") {
            Wanted::Number
        } else if is(schema, "boolean") {
            Wanted::Boolean
        } else {
            Wanted::Text
        }
    }

    /// How such a value is written.
    fn form(self) -> String {
        match self {
            Wanted::Text => "\"…\"".to_owned(),
            Wanted::Number | Wanted::Whole => "…".to_owned(),
            Wanted::Boolean => "true".to_owned(),
            Wanted::List => "[…]".to_owned(),
            Wanted::Table => "{ … }".to_owned(),
            Wanted::Both => "{ zh = \"…\", en = \"…\" }".to_owned(),
            Wanted::Tagged(tag) => format!("{{ {tag} = \"…\" }}"),
        }
    }

    fn name(self) -> Bilingual {
        let form = self.form();
        match self {
            Wanted::Text => bilingual!("文本", "a text"),
            Wanted::Number => bilingual!("数字", "a number"),
            Wanted::Whole => bilingual!("整数", "a whole number"),
            Wanted::Boolean => bilingual!(" true 或 false", "true or false"),
            Wanted::List => bilingual!("列表", "a list"),
            Wanted::Table => bilingual!("表", "a table"),
            Wanted::Both | Wanted::Tagged(_) => bilingual!("表 {form}", "a table {form}"),
        }
    }

    /// The finding for `node`, written `written` as the value of `step`, where
    /// such a value is wanted.
    pub(super) fn refuse(self, node: &Node, written: &str, step: Option<&Step>) -> Finding {
        let Bilingual { zh: found_zh, en: found_en } = kind_of(node);
        let Bilingual { zh, en } = self.name();
        Finding::new(
            Code::WrongType,
            bilingual!("此处是{found_zh}，应为{zh}", "this is {found_en}, not {en}"),
            self.help(node, written, step),
        )
    }

    fn help(self, node: &Node, written: &str, step: Option<&Step>) -> Bilingual {
        let raw = shown(written);
        match (self, &node.value) {
            (
                Wanted::Text,
                Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Date | Value::Huge,
            ) => {
                bilingual!("加英文双引号：`\"{raw}\"`", "put it in double quotes: `\"{raw}\"`")
            }
            (Wanted::Number | Wanted::Whole, Value::Text(text)) if text.parse::<f64>().is_ok() => {
                bilingual!("去掉引号：`{text}`", "leave out the quotes: `{text}`")
            }
            (Wanted::Boolean, _) => {
                bilingual!("写 `true` 或 `false`，不加引号", "write `true` or `false`, without quotes")
            }
            (Wanted::Both, Value::Text(text)) => both_from(&shown(text)),
            (Wanted::Tagged(tag), Value::Text(text)) => {
                let form = format!("{{ {tag} = \"{}\" }}", shown(text));
                bilingual!("写 `{form}`", "write `{form}`")
            }
            (Wanted::List, Value::Table(_)) => match step {
                Some(Step::Key(key)) => {
                    bilingual!("写 `[[{key}]]`，用双方括号", "write `[[{key}]]`, with double brackets")
                }
                _ => bilingual!("写列表 `[…]`", "write a list `[…]`"),
            },
            (Wanted::List, Value::Text(_)) => bilingual!("写 `[{raw}]`", "write `[{raw}]`"),
            _ => {
                let Bilingual { zh, en } = self.name();
                let zh = zh.trim_start();
                bilingual!("改写成{zh}", "write {en}")
            }
        }
    }
}

/// The words in the language that they are in, and room for the other.
fn both_from(text: &str) -> Bilingual {
    let is_chinese = text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let form = match is_chinese {
        true => format!("{{ zh = \"{text}\", en = \"…\" }}"),
        false => format!("{{ zh = \"…\", en = \"{text}\" }}"),
    };
    bilingual!("中英文都写：`{form}`", "write it in both languages: `{form}`")
}

fn kind_of(node: &Node) -> Bilingual {
    match &node.value {
        Value::Table(_) => bilingual!("表", "a table"),
        Value::Array(_) => bilingual!("列表", "a list"),
        Value::Text(_) => bilingual!("文本", "a text"),
        Value::Integer(_) => bilingual!("整数", "a whole number"),
        Value::Float(_) => bilingual!("小数", "a decimal number"),
        Value::Boolean(_) => bilingual!(" true 或 false", "true or false"),
        Value::Date => bilingual!("日期", "a date"),
        Value::Huge => bilingual!("过大的数", "too large a number"),
    }
}
