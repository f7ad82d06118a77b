mod parse;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

/// An arithmetic expression over indicators and nodes, as some published
/// indices need: ratios, `1 - x`, means of means.
///
/// ```
/// # use benchline::plan::Formula;
/// let formula: Formula = "1 - sqrt(a * b) / total".parse().unwrap();
/// let names: Vec<_> = formula.names().iter().map(|name| name.as_str()).collect();
/// assert_eq!(names, ["a", "b", "total"]);
/// assert_eq!("1 + * 2".parse::<Formula>().unwrap_err().span, 4..5);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Formula {
    text: String,
    names: Vec<Id>,
    expression: Expression,
}

/// A parsed expression. Names are positions in [`Formula::names`].
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A constant.
    Number(f64),
    /// The value of an indicator or node.
    Name(usize),
    /// −x.
    Negate(Box<Expression>),
    /// Two operands.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// A function of its arguments.
    Call(Function, Vec<Expression>),
}

impl Expression {
    /// As text, for messages; `names` are those of the formula.
    pub fn written(&self, names: &[Id]) -> String {
        match self {
            Expression::Number(number) => number.to_string(),
            Expression::Name(at) => names.get(*at).map_or(String::new(), Id::to_string),
            Expression::Negate(operand) => format!("-{}", operand.written(names)),
            Expression::Binary(operator, left, right) => {
                format!("{} {} {}", left.nested(names), operator.sign(), right.nested(names))
            }
            Expression::Call(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|one| one.written(names)).collect();
                format!("{}({})", function.name(), arguments.join(", "))
            }
        }
    }

    fn nested(&self, names: &[Id]) -> String {
        match self {
            Expression::Binary(..) => format!("({})", self.written(names)),
            _ => self.written(names),
        }
    }
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`, which binds to the right.
    Power,
}

impl Operator {
    fn sign(self) -> char {
        match self {
            Operator::Add => '+',
            Operator::Subtract => '-',
            Operator::Multiply => '*',
            Operator::Divide => '/',
            Operator::Power => '^',
        }
    }
}

/// A function that formulas know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Square root.
    Sqrt,
    /// Natural logarithm.
    Ln,
    /// Exponential.
    Exp,
    /// Absolute value.
    Abs,
    /// Smallest argument.
    Min,
    /// Largest argument.
    Max,
    /// `clamp(x, low, high)`.
    Clamp,
}

impl Function {
    /// Every function with its name and the number of arguments it takes.
    pub const ALL: [(&'static str, Function, Range<usize>); 7] = [
        ("sqrt", Function::Sqrt, 1..2),
        ("ln", Function::Ln, 1..2),
        ("exp", Function::Exp, 1..2),
        ("abs", Function::Abs, 1..2),
        ("min", Function::Min, 2..usize::MAX),
        ("max", Function::Max, 2..usize::MAX),
        ("clamp", Function::Clamp, 3..4),
    ];

    /// Its name in formulas.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, function, _)| *function == self).map_or("", |(name, ..)| name)
    }
}

/// Why a text is no formula.
#[derive(Clone, Debug, PartialEq)]
pub struct FormulaError {
    /// Bytes of the formula that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Bilingual,
    /// What to do about it.
    pub help: Bilingual,
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl std::error::Error for FormulaError {}

impl Formula {
    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The indicators and nodes it reads, in order of first use.
    pub fn names(&self) -> &[Id] {
        &self.names
    }

    /// The parsed expression.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }
}

impl TryFrom<String> for Formula {
    type Error = FormulaError;

    fn try_from(text: String) -> Result<Self, FormulaError> {
        text.parse()
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.text
    }
}
