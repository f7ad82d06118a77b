//! Text → [`Formula`], and what to say when it is none.

use std::ops::Range;
use std::sync::LazyLock;

use indexmap::IndexSet;
use pest::Parser as _;
use pest::iterators::{Pair, Pairs};
use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::{Expression, Formula, FormulaError, Function, Operator};
use crate::diagnostics::{Bilingual, bilingual, did_you_mean};
use crate::model::Id;

mod grammar {
    #![allow(missing_docs, reason = "generated from grammar.pest")]
    #[derive(pest_derive::Parser)]
    #[grammar = "plan/formula/grammar.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// Loosest first.
static PRATT: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    PrattParser::new()
        .op(Op::infix(Rule::add, Assoc::Left) | Op::infix(Rule::subtract, Assoc::Left))
        .op(Op::infix(Rule::multiply, Assoc::Left) | Op::infix(Rule::divide, Assoc::Left))
        .op(Op::prefix(Rule::negate))
        .op(Op::infix(Rule::power, Assoc::Right))
});

/// Longest formula and deepest nesting: the parser recurses.
const MAX_BYTES: usize = 2_000;
const MAX_DEPTH: usize = 32;

impl std::str::FromStr for Formula {
    type Err = FormulaError;

    fn from_str(text: &str) -> Result<Self, FormulaError> {
        refuse_oversized(text)?;
        let pairs = Grammar::parse(Rule::formula, text).map_err(|error| syntax_error(text, &error))?;
        let mut names = IndexSet::new();
        let expression = build_all(pairs, &mut names)?;
        Ok(Self { text: text.to_owned(), names: names.into_iter().collect(), expression })
    }
}

fn refuse_oversized(text: &str) -> Result<(), FormulaError> {
    let mut depth = 0_usize;
    let mut run_of_prefixes = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        run_of_prefixes = match letter {
            '-' | '^' => run_of_prefixes + 1,
            letter if letter.is_whitespace() => run_of_prefixes,
            _ => 0,
        };
        if at >= MAX_BYTES || depth > MAX_DEPTH || run_of_prefixes > MAX_DEPTH {
            return Err(FormulaError {
                span: at..at + letter.len_utf8(),
                message: bilingual!(
                    "公式过长或嵌套过深（上限：{MAX_BYTES} 字节，{MAX_DEPTH} 层）",
                    "the formula is too long or too deeply nested (limits: {MAX_BYTES} bytes, {MAX_DEPTH} levels)"
                ),
                help: bilingual!("拆成几个节点", "split it into several nodes"),
            });
        }
    }
    Ok(())
}

fn syntax_error(text: &str, error: &pest::error::Error<Rule>) -> FormulaError {
    if text.trim().is_empty() {
        return FormulaError {
            span: 0..text.len(),
            message: bilingual!("公式是空的", "the formula is empty"),
            help: bilingual!("写上公式，或删去 `formula`", "write the formula, or delete `formula`"),
        };
    }
    let at = match error.location {
        pest::error::InputLocation::Pos(at) => at,
        pest::error::InputLocation::Span((start, _)) => start,
    };
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some(letter) => FormulaError {
            span: at..at + letter.len_utf8(),
            message: bilingual!(
                "公式在“{letter}”处无法读懂：此处应为数字、名称、运算符或括号",
                "the formula cannot be read at `{letter}`: a number, a name, an operator or a parenthesis was expected"
            ),
            help: help_for(letter),
        },
        None => FormulaError {
            span: at..at,
            message: bilingual!("公式没有写完", "the formula ends too early"),
            help: bilingual!(
                "补全公式，检查括号是否成对",
                "complete it, and check that every `(` has its `)`"
            ),
        },
    }
}

fn help_for(letter: char) -> Bilingual {
    let plain = match letter {
        '（' => '(',
        '）' => ')',
        '，' | '、' => ',',
        '＋' => '+',
        '－' | '−' | '–' | '—' => '-',
        '×' | '＊' | '·' => '*',
        '÷' | '／' => '/',
        '．' => '.',
        '%' | '％' => {
            return bilingual!("写小数：10% 写作 `0.1`", "write a decimal: `0.1` for 10%");
        }
        _ => {
            let known = Function::ALL.map(|(name, ..)| name).join(", ");
            return bilingual!(
                "公式由 + - * / ^、括号、数字、标识和函数（{known}）组成",
                "a formula has + - * / ^, parentheses, numbers, ids and functions ({known})"
            );
        }
    };
    bilingual!("改用半角的 `{plain}`", "write `{plain}` instead")
}

fn build_all(pairs: Pairs<'_, Rule>, names: &mut IndexSet<Id>) -> Result<Expression, FormulaError> {
    let pairs = pairs.filter(|pair| pair.as_rule() != Rule::EOI);
    PRATT
        .map_primary(|pair| build(pair, names))
        .map_prefix(|_, operand| Ok(Expression::Negate(Box::new(operand?))))
        .map_infix(|left, operator, right| {
            let operator = match operator.as_rule() {
                Rule::add => Operator::Add,
                Rule::subtract => Operator::Subtract,
                Rule::multiply => Operator::Multiply,
                Rule::divide => Operator::Divide,
                _ => Operator::Power,
            };
            Ok(Expression::Binary(operator, Box::new(left?), Box::new(right?)))
        })
        .parse(pairs)
}

fn build(pair: Pair<'_, Rule>, names: &mut IndexSet<Id>) -> Result<Expression, FormulaError> {
    let span = pair.as_span().start()..pair.as_span().end();
    match pair.as_rule() {
        Rule::number => match pair.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Expression::Number(number)),
            _ => Err(FormulaError {
                span,
                message: bilingual!("数字过大", "the number is too large"),
                help: bilingual!("写较小的数", "write a smaller number"),
            }),
        },
        Rule::name => Ok(Expression::Name(names.insert_full(Id::new(pair.as_str())).0)),
        Rule::call => build_call(pair, span, names),
        _ => build_all(pair.into_inner(), names),
    }
}

fn build_call(
    pair: Pair<'_, Rule>,
    span: Range<usize>,
    names: &mut IndexSet<Id>,
) -> Result<Expression, FormulaError> {
    let mut inner = pair.into_inner();
    let word = inner.next().map_or("", |name| name.as_str());
    let span = span.start..span.start + word.len();
    let Some((_, function, arity)) = Function::ALL.into_iter().find(|(name, ..)| *name == word) else {
        let known = Function::ALL.map(|(name, ..)| name).join(", ");
        return Err(FormulaError {
            span,
            message: bilingual!("“{word}”不是公式函数", "`{word}` is not a function of formulas"),
            help: match did_you_mean(word, Function::ALL.map(|(name, ..)| name)) {
                Some(near) => bilingual!(
                    "是否想写 `{near}`？可用：{known}",
                    "did you mean `{near}`? The choices are {known}"
                ),
                None => bilingual!("可用：{known}", "the choices are {known}"),
            },
        });
    };
    let arguments = inner.map(|argument| build(argument, names)).collect::<Result<Vec<_>, _>>()?;
    if !arity.contains(&arguments.len()) {
        let (count, least) = (arguments.len(), arity.start);
        let (at_least_zh, at_least_en) =
            if arity.end > least + 1 { ("至少", "at least ") } else { ("", "") };
        let plural = if count == 1 { "" } else { "s" };
        return Err(FormulaError {
            span,
            message: bilingual!(
                "“{word}”有 {count} 个参数，应有{at_least_zh} {least} 个",
                "`{word}` has {count} argument{plural} and takes {at_least_en}{least}"
            ),
            help: bilingual!("参数之间用逗号分隔", "separate the arguments with commas"),
        });
    }
    Ok(Expression::Call(function, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        fn show(e: &Expression, names: &[Id]) -> String {
            match e {
                Expression::Number(n) => n.to_string(),
                Expression::Name(at) => names[*at].to_string(),
                Expression::Negate(x) => format!("(-{})", show(x, names)),
                Expression::Binary(op, a, b) => {
                    format!("({:?} {} {})", op, show(a, names), show(b, names))
                }
                Expression::Call(f, args) => {
                    let args: Vec<_> = args.iter().map(|a| show(a, names)).collect();
                    format!("{f:?}[{}]", args.join(" "))
                }
            }
        }
        let formula: Formula = text.parse().unwrap();
        show(formula.expression(), formula.names())
    }

    #[test]
    fn operators_bind_as_in_arithmetic() {
        assert_eq!(shape("1 - 2 - 3"), "(Subtract (Subtract 1 2) 3)");
        assert_eq!(shape("-a ^ 2"), "(-(Power a 2))");
        assert_eq!(shape("a ^ -b ^ 2"), "(Power a (-(Power b 2)))");
        assert_eq!(shape("(a + b) * 诉求解决率"), "(Multiply (Add a b) 诉求解决率)");
        assert_eq!(shape("clamp(a, 10, 1e3)"), "Clamp[a 10 1000]");
    }

    #[test]
    fn errors_point_at_the_fault() {
        let span = |text: &str| text.parse::<Formula>().unwrap_err().span;
        assert_eq!(span("a +"), 3..3);
        assert_eq!(span("a $ b"), 2..3);
        assert_eq!(span("a + root(b)"), 4..8);
        assert_eq!(span("sqrt(a, b)"), 0..4);
        assert!("(".repeat(5_000).parse::<Formula>().is_err());
        assert!(format!("{}1", "-".repeat(1_500)).parse::<Formula>().is_err());
    }
}
