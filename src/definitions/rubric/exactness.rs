use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::plan::{Operation, Rubric};

use super::super::document::{Document, Node, Step, Value, at};

/// Most digits that a binary number gives back as they were written.
const MOST_DIGITS: usize = 15;

/// Refuses what cannot be computed exactly: roots without a declared rounding,
/// and numbers with more digits than are read exactly.
pub(super) fn check(rubric: &Rubric, document: &Document, findings: &mut Findings) {
    for (index, scheme) in rubric.schemes.iter().enumerate() {
        for (part, declared) in scheme.parts.iter().enumerate() {
            check_steps(&declared.steps, &at!["scheme", index, "part", part, "steps"], document, findings);
        }
    }
    for (index, stage) in rubric.stages.iter().enumerate() {
        let steps = stage.score.as_ref().map(|score| score.steps.as_slice()).unwrap_or_default();
        check_steps(steps, &at!["stage", index, "score", "steps"], document, findings);
    }
    check_digits(document.root(), document, findings);
}

fn check_steps(steps: &[Operation], list: &[Step], document: &Document, findings: &mut Findings) {
    for (index, step) in steps.iter().enumerate() {
        let place = || document.place(&[list, &at![index]].concat());
        let what = match step {
            Operation::StandardScore { places: None, .. } => bilingual!("标准分", "a standard score"),
            Operation::Root { places: None } => bilingual!("平方根", "a root"),
            _ => continue,
        };
        let (zh, en) = (what.zh, what.en);
        findings.push(
            Finding::new(
                Code::InexactRule,
                bilingual!(
                    "{zh}含有开方，结果一般不是有限小数，却没有声明修约位数",
                    "{en} takes a square root, which has no exact decimal form, and declares no rounding"
                ),
                bilingual!(
                    "在这一步加上 `places = 2`（保留的小数位数）",
                    "add `places = 2` to this step: the decimal places kept"
                ),
            )
            .at(place()),
        );
    }
}

fn check_digits(node: &Node, document: &Document, findings: &mut Findings) {
    match &node.value {
        Value::Table(entries) => {
            entries.values().for_each(|entry| check_digits(&entry.node, document, findings));
        }
        Value::Array(nodes) => nodes.iter().for_each(|node| check_digits(node, document, findings)),
        Value::Float(_) => {
            let file = document.file();
            let written = file.text.get(node.span.clone()).unwrap_or_default();
            let digits = written.bytes().filter(u8::is_ascii_digit).count();
            if digits > MOST_DIGITS {
                findings.push(
                    Finding::new(
                        Code::InexactRule,
                        bilingual!(
                            "`{written}` 有 {digits} 位数字，超过能精确读入的 {MOST_DIGITS} 位",
                            "`{written}` has {digits} digits, more than the {MOST_DIGITS} that are read exactly"
                        ),
                        bilingual!(
                            "加英文双引号写成 `\"{written}\"`，或写成分数 `\"1/3\"`",
                            "write it in double quotes, `\"{written}\"`, or as a fraction such as `\"1/3\"`"
                        ),
                    )
                    .at(file.place(node.span.clone())),
                );
            }
        }
        _ => {}
    }
}
