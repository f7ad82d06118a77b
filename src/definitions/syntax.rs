//! Says in both languages what is wrong with a text that is no TOML. The parser
//! speaks English only and names what it expected, not what is there.

use std::ops::Range;

use crate::diagnostics::{Bilingual, Code, Finding, bilingual, shown};

/// Full-width characters and what TOML wants in their place.
const FULL_WIDTH: [(char, &str); 8] =
    [('＂', "\""), ('＝', "="), ('，', ","), ('｛', "{"), ('｝', "}"), ('［', "["), ('］', "]"), ('【', "[")];

/// A problem in the words of the parser and the bytes that it means.
pub(super) type Problem<'a> = (Range<usize>, &'a str);

/// The findings for the problems of `text`. A bracket that is never closed takes
/// in the rest of the file and makes a problem of every line: one finding.
pub(super) fn findings(text: &str, problems: &[Problem<'_>]) -> Vec<(Range<usize>, Finding)> {
    let end = text.trim_end().len();
    let at_the_end = |problem: &&Problem<'_>| problem.0.start >= end;
    let never_closed = problems.iter().filter(at_the_end).find_map(|(_, problem)| missing_bracket(problem));
    let first = problems.iter().map(|(span, _)| span).min_by_key(|span| span.start);
    if let (Some(bracket), Some(first)) = (never_closed, first.filter(|first| first.start < end)) {
        let finding = Finding::new(
            Code::TomlSyntax,
            bilingual!("此处之前缺少“{bracket}”", "`{bracket}` is missing before this"),
            bilingual!("在前面补上 `{bracket}`", "close the bracket that is open here with `{bracket}`"),
        );
        return vec![(first.clone(), finding)];
    }
    problems.iter().map(|(span, problem)| (span.clone(), error(text, span.clone(), problem))).collect()
}

/// The bracket that the parser waits for.
fn missing_bracket(problem: &str) -> Option<char> {
    ['}', ']'].into_iter().find(|bracket| problem.ends_with(&format!("expected `{bracket}`")))
}

fn error(text: &str, span: Range<usize>, problem: &str) -> Finding {
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
    } else if problem.starts_with("missing comma") {
        (
            bilingual!("此处之前缺少逗号", "a comma is missing before this"),
            bilingual!(
                "补上英文逗号；或补上前面缺少的右括号",
                "add the comma, or close the bracket that is open here"
            ),
        )
    } else if problem.contains("escape") || problem.contains("unicode value") {
        (
            bilingual!("双引号中的反斜杠另有含义", "a backslash in double quotes means something else"),
            bilingual!(
                "路径用 `/` 分隔；要写反斜杠本身，写两个：`\\\\`",
                "separate the parts of a path by `/`; for a backslash itself write two: `\\\\`"
            ),
        )
    } else if let Some(bracket) = missing_bracket(problem) {
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
