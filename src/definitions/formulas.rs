use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::document::{Document, Step};
use super::tree::{Search, Tree};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Lang, bilingual, shown};
use crate::model::Id;
use crate::plan::{Expression, Formula, Function, IndicatorSpec, Normalisation, Operator};

/// Reads the formula at `at`; one that cannot be read is a finding.
pub(super) fn read(text: &str, at: &[Step], document: &Document, findings: &mut Findings) -> Option<Formula> {
    match text.parse::<Formula>() {
        Ok(formula) => Some(formula),
        Err(error) => {
            let place = match text.trim().is_empty() {
                true => document.place(at),
                false => document.place_within(at, error.span),
            };
            findings.push(Finding::new(Code::BadFormula, error.message, error.help).at(place));
            None
        }
    }
}

/// Checks the names and the units of measure of all formulas.
pub(super) fn check(tree: &Tree, document: &Document, findings: &mut Findings) {
    let mut measures: HashMap<&Id, Measure> =
        tree.indicators.iter().map(|indicator| (&indicator.id, Measure::of(indicator))).collect();
    for node in tree.evaluation_order() {
        let Some(formula) = tree.formulas.get(&node.id) else {
            measures.insert(&node.id, Measure::score());
            continue;
        };
        let at = [tree.path_of(&node.id), vec![Step::from("formula")]].concat();
        for name in formula.names() {
            if let Search::Unknown(near) = tree.find(name) {
                let place = document.place_within(&at, word_span(formula.text(), name.as_str()));
                findings.push(unknown_name(name, near).at(place));
            }
        }
        let names = formula.names();
        let measure = measure(formula.expression(), names, &measures).unwrap_or_else(|mismatch| {
            findings.push(mismatch.finding(names).at(document.place(&at)));
            Measure::Any
        });
        measures.insert(&node.id, measure);
    }
}

fn unknown_name(name: &Id, near: Option<&str>) -> Finding {
    let name = shown(name.as_str());
    let help = match near {
        Some(near) => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
        None => bilingual!("先声明它", "declare it first"),
    };
    Finding::new(
        Code::BadFormula,
        bilingual!(
            "公式中的“{name}”既不是指标也不是节点",
            "`{name}` in the formula is neither an indicator nor a node"
        ),
        help,
    )
}

/// Two operands that cannot be added or compared, with their measures.
struct Mismatch<'a> {
    left: (&'a Expression, Measure),
    right: (&'a Expression, Measure),
}

impl Mismatch<'_> {
    fn finding(&self, names: &[Id]) -> Finding {
        let (left, right) = (self.left.0.written(names), self.right.0.written(names));
        let (left, right) = (shown(&left), shown(&right));
        let (a, b) = (self.left.1.shown(), self.right.1.shown());
        let (a_zh, b_zh, a_en, b_en) = (a.zh, b.zh, a.en, b.en);
        let help = if self.left.1.is_score() || self.right.1.is_score() {
            bilingual!(
                "标准化后的指标以得分进入公式；要用原值，写 `normalise = {{ method = \"none\" }}`",
                "an indicator that is normalised enters as its score; for its own values, write `normalise = {{ method = \"none\" }}`"
            )
        } else {
            bilingual!(
                "先换算成同一单位，例如各除以一个常数",
                "convert them to one unit first, for example by dividing each by a constant"
            )
        };
        Finding::new(
            Code::UnitMismatch,
            bilingual!(
                "公式把 {left}（{a_zh}）与 {right}（{b_zh}）相加减或相比较",
                "the formula adds or compares `{left}` ({a_en}) and `{right}` ({b_en})"
            ),
            help,
        )
    }
}

/// A unit of measure, as far as it can be known.
#[derive(Clone, Debug, PartialEq)]
enum Measure {
    /// A constant, or something times a constant: fits with anything.
    Any,
    /// A product of powers of declared units; a score has none.
    Of(BTreeMap<Bilingual, f64>),
}

impl Measure {
    fn score() -> Self {
        Measure::Of(BTreeMap::new())
    }

    fn of(indicator: &IndicatorSpec) -> Self {
        match indicator.normalise {
            Normalisation::None => Measure::Of(BTreeMap::from([(indicator.measure.clone(), 1.0)])),
            _ => Measure::score(),
        }
    }

    fn power(self, exponent: f64) -> Self {
        match self {
            Measure::Any => Measure::Any,
            Measure::Of(units) => {
                Measure::Of(units.into_iter().map(|(unit, power)| (unit, power * exponent)).collect())
            }
        }
    }

    fn times(self, other: Self) -> Self {
        match (self, other) {
            (Measure::Of(mut units), Measure::Of(others)) => {
                for (unit, power) in others {
                    *units.entry(unit).or_insert(0.0) += power;
                }
                units.retain(|_, power| power.abs() > 1e-9);
                Measure::Of(units)
            }
            _ => Measure::Any,
        }
    }

    fn is_score(&self) -> bool {
        matches!(self, Measure::Of(units) if units.is_empty())
    }

    fn shown(&self) -> Bilingual {
        let in_lang = |lang: Lang, score: &str| match self {
            Measure::Any => "1".to_owned(),
            Measure::Of(units) if units.is_empty() => score.to_owned(),
            Measure::Of(units) => units
                .iter()
                .map(|(unit, power)| match *power == 1.0 {
                    true => unit.get(lang).to_owned(),
                    false => format!("{}^{}", unit.get(lang), (power * 1e3).round() / 1e3),
                })
                .collect::<Vec<_>>()
                .join(" · "),
        };
        Bilingual { zh: in_lang(Lang::Zh, "得分"), en: in_lang(Lang::En, "a score") }
    }
}

/// The measure of two operands that must have the same.
fn same<'a>(
    left: (&'a Expression, Measure),
    right: (&'a Expression, Measure),
) -> Result<Measure, Box<Mismatch<'a>>> {
    match (&left.1, &right.1) {
        (Measure::Any, _) => Ok(right.1),
        (_, Measure::Any) => Ok(left.1),
        (a, b) if a.shown().en == b.shown().en => Ok(left.1),
        _ => Err(Box::new(Mismatch { left, right })),
    }
}

fn measure<'a>(
    expression: &'a Expression,
    names: &[Id],
    known: &HashMap<&Id, Measure>,
) -> Result<Measure, Box<Mismatch<'a>>> {
    let of = |expression: &'a Expression| measure(expression, names, known);
    match expression {
        Expression::Number(_) => Ok(Measure::Any),
        Expression::Name(at) => {
            Ok(names.get(*at).and_then(|name| known.get(name)).cloned().unwrap_or(Measure::Any))
        }
        Expression::Negate(operand) => of(operand),
        Expression::Binary(operator, left, right) => {
            let (a, b) = (of(left)?, of(right)?);
            match (operator, right.as_ref()) {
                (Operator::Add | Operator::Subtract, _) => same((left, a), (right, b)),
                (Operator::Multiply, _) => Ok(a.times(b)),
                (Operator::Divide, _) => Ok(a.times(b.power(-1.0))),
                (Operator::Power, exponent) => {
                    Ok(constant(exponent).map_or(Measure::Any, |exponent| a.power(exponent)))
                }
            }
        }
        Expression::Call(function, arguments) => {
            let measured = arguments.iter().map(|argument| Ok((argument, of(argument)?)));
            let measured = measured.collect::<Result<Vec<_>, Box<Mismatch<'_>>>>()?;
            let mut measured = measured.into_iter();
            let Some(first) = measured.next() else { return Ok(Measure::Any) };
            match function {
                Function::Sqrt => Ok(first.1.power(0.5)),
                Function::Abs => Ok(first.1),
                Function::Ln | Function::Exp => Ok(Measure::score()),
                Function::Min | Function::Max | Function::Clamp => {
                    let (argument, start) = first;
                    measured.try_fold(start, |known, next| same((argument, known), next))
                }
            }
        }
    }
}

/// The value of an expression without names, as far as exponents need it.
fn constant(expression: &Expression) -> Option<f64> {
    match expression {
        Expression::Number(number) => Some(*number),
        Expression::Negate(operand) => Some(-constant(operand)?),
        Expression::Binary(Operator::Divide, left, right) => Some(constant(left)? / constant(right)?),
        _ => None,
    }
}

/// The bytes of the first occurrence of `word` that is not part of a longer one.
fn word_span(text: &str, word: &str) -> Range<usize> {
    let letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word)
        .map(|(at, _)| at..at + word.len())
        .find(|span| {
            let before = text.get(..span.start).and_then(|text| text.chars().next_back());
            let after = text.get(span.end..).and_then(|text| text.chars().next());
            !before.is_some_and(letter) && !after.is_some_and(letter)
        })
        .unwrap_or(0..text.len())
}
