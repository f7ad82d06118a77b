use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::document::{Document, Step};
use super::tree::Tree;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;
use crate::plan::{Expression, Formula, Function, IndicatorSpec, Normalisation, Operator};

/// Reads the formula at `at`; one that cannot be read is a finding.
pub(super) fn read(text: &str, at: &[Step], document: &Document, findings: &mut Findings) -> Option<Formula> {
    match text.parse::<Formula>() {
        Ok(formula) => Some(formula),
        Err(error) => {
            let functions = Function::ALL.map(|(name, ..)| name).join(", ");
            findings.push(
                Finding::new(
                    Code::BadFormula,
                    error.message,
                    bilingual!(
                        "公式由 + - * / ^、括号、数字、标识和函数（{functions}）组成",
                        "a formula has + - * / ^, parentheses, numbers, ids and functions ({functions})"
                    ),
                )
                .at(document.place_within(at, error.span)),
            );
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
            if let Err(near) = tree.find(name.as_str()) {
                let help = match near {
                    Some(near) => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
                    None => bilingual!("先声明它", "declare it first"),
                };
                findings.push(
                    Finding::new(
                        Code::BadFormula,
                        bilingual!(
                            "公式中的“{name}”既不是指标也不是节点",
                            "`{name}` in the formula is neither an indicator nor a node"
                        ),
                        help,
                    )
                    .at(document.place_within(&at, word_span(formula.text(), name.as_str()))),
                );
            }
        }
        let measure = measure(formula.expression(), formula.names(), &measures).unwrap_or_else(|mismatch| {
            let (a, b) = mismatch;
            findings.push(
                Finding::new(
                    Code::UnitMismatch,
                    bilingual!(
                        "公式把“{a}”与“{b}”相加减或相比较",
                        "the formula adds or compares `{a}` and `{b}`"
                    ),
                    bilingual!(
                        "先换算成同一单位，例如各除以一个常数",
                        "convert them to one unit first, for example by dividing each by a constant"
                    ),
                )
                .at(document.place(&at)),
            );
            Measure::Any
        });
        measures.insert(&node.id, measure);
    }
}

/// A unit of measure, as far as it can be known.
#[derive(Clone, Debug, PartialEq)]
enum Measure {
    /// A constant, or something times a constant: fits with anything.
    Any,
    /// A product of powers of declared units; a score has none.
    Of(BTreeMap<String, f64>),
}

impl Measure {
    fn score() -> Self {
        Measure::Of(BTreeMap::new())
    }

    fn of(indicator: &IndicatorSpec) -> Self {
        match indicator.normalise {
            Normalisation::None => Measure::Of(BTreeMap::from([(indicator.measure.en.clone(), 1.0)])),
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

    fn same(self, other: Self) -> Result<Self, (String, String)> {
        match (self, other) {
            (Measure::Any, known) | (known, Measure::Any) => Ok(known),
            (a, b) if a.shown() == b.shown() => Ok(a),
            (a, b) => Err((a.shown(), b.shown())),
        }
    }

    fn shown(&self) -> String {
        match self {
            Measure::Any => "1".to_owned(),
            Measure::Of(units) if units.is_empty() => "score".to_owned(),
            Measure::Of(units) => units
                .iter()
                .map(|(unit, power)| if *power == 1.0 { unit.clone() } else { format!("{unit}^{power:.3}") })
                .collect::<Vec<_>>()
                .join(" · "),
        }
    }
}

fn measure(
    expression: &Expression,
    names: &[Id],
    known: &HashMap<&Id, Measure>,
) -> Result<Measure, (String, String)> {
    let of = |expression: &Expression| measure(expression, names, known);
    match expression {
        Expression::Number(_) => Ok(Measure::Any),
        Expression::Name(at) => {
            Ok(names.get(*at).and_then(|name| known.get(name)).cloned().unwrap_or(Measure::Any))
        }
        Expression::Negate(operand) => of(operand),
        Expression::Binary(operator, left, right) => {
            let (a, b) = (of(left)?, of(right)?);
            match (operator, right.as_ref()) {
                (Operator::Add | Operator::Subtract, _) => a.same(b),
                (Operator::Multiply, _) => Ok(a.times(b)),
                (Operator::Divide, _) => Ok(a.times(b.power(-1.0))),
                (Operator::Power, exponent) => {
                    Ok(constant(exponent).map_or(Measure::Any, |exponent| a.power(exponent)))
                }
            }
        }
        Expression::Call(function, arguments) => {
            let mut measures = arguments.iter().map(of).collect::<Result<Vec<_>, _>>()?.into_iter();
            let first = measures.next().unwrap_or(Measure::Any);
            match function {
                Function::Sqrt => Ok(first.power(0.5)),
                Function::Abs => Ok(first),
                Function::Ln | Function::Exp => Ok(Measure::score()),
                Function::Min | Function::Max | Function::Clamp => measures.try_fold(first, Measure::same),
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
