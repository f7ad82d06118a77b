//! Says in both languages what is wrong with a text that is no TOML. The parser
//! speaks English only and names what it expected, not what is there.

use std::ops::Range;

use crate::diagnostics::{Bilingual, Code, Finding, bilingual, shown};

/// Full-width characters and what TOML wants in their place.
const FULL_WIDTH: [(char, &str); 8] =
    [('＂', "\""), ('＝', "="), ('，', ","), ('｛', "{"), ('｝', "}"), ('［', "["), ('］', "]"), ('【', "[")];

/// The finding for what the parser calls `problem` at the bytes `span` of `text`.
pub(super) fn error(text: &str, span: Range<usize>, problem: &str) -> Finding {
    let found = text.get(span.clone()).unwrap_or_default();
    let rest = text.get(span.start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default().trim();
    let first = line.chars().next();
    let wide = FULL_WIDTH.into_iter().find(|(wide, _)| Some(*wide) == first);
    let (message, help) = if problem.starts_with("duplicate key") {
        let key = shown(found);
        (
            bilingual!("“{key}”写了两次", "`{key}` is written twice"),
            bilingual!("删去一个", "delete one of them"),
        )
    } else if line.starts_with(['“', '”', '‘', '’', '「', '」']) {
        (
            bilingual!("此处用了中文引号", "this is a Chinese quotation mark"),
            bilingual!("改用英文双引号 `\"`", "write `\"` instead"),
        )
    } else if let Some((wide, plain)) = wide {
        (
            bilingual!("“{wide}”是全角符号", "`{wide}` is a full-width character"),
            bilingual!("改用半角的 `{plain}`", "write `{plain}` instead"),
        )
    } else {
        words_for(problem, line)
    };
    Finding::new(Code::TomlSyntax, message, help)
}

fn words_for(problem: &str, line: &str) -> (Bilingual, Bilingual) {
    let is_empty = line.is_empty() || line.starts_with('#');
    if problem.starts_with("key with no value") {
        (
            bilingual!("键后面没有等号和值", "no `=` and value follow the key"),
            bilingual!("写成 `键 = 值`", "write `key = value`"),
        )
    } else if problem.starts_with("string values must be quoted") && is_empty {
        (
            bilingual!("等号后面没有值", "no value follows the `=`"),
            bilingual!("写上值，或删去这一行", "write the value, or delete the line"),
        )
    } else if problem.starts_with("string values must be quoted") {
        (
            bilingual!("文本没有加引号", "the text is not in quotes"),
            bilingual!("给文本加英文双引号", "put it in double quotes"),
        )
    } else if problem.starts_with("invalid basic string, expected `\"`") {
        (
            bilingual!("文本缺少右引号", "the text has no closing quote"),
            bilingual!("补上英文双引号", "add the double quote"),
        )
    } else if let Some(bracket) =
        ['}', ']'].into_iter().find(|one| problem.ends_with(&format!("expected `{one}`")))
    {
        (
            bilingual!("缺少“{bracket}”", "`{bracket}` is missing"),
            bilingual!("补上 `{bracket}`", "add the `{bracket}`"),
        )
    } else {
        (
            bilingual!("不是有效的 TOML：{problem}", "this is not TOML: {problem}"),
            bilingual!(
                "检查引号、括号和等号是否成对、齐全",
                "check that quotes, brackets and equal signs are complete"
            ),
        )
    }
}
