use crate::plan::{Expression, Function, Operator};

/// The value of an expression whose names have these values; not finite where
/// the arithmetic has no value.
pub(super) fn value_of(expression: &Expression, names: &[f64]) -> f64 {
    let of = |expression: &Expression| value_of(expression, names);
    match expression {
        Expression::Number(number) => *number,
        Expression::Name(at) => names.get(*at).copied().unwrap_or(f64::NAN),
        Expression::Negate(operand) => -of(operand),
        Expression::Binary(operator, left, right) => {
            let (left, right) = (of(left), of(right));
            match operator {
                Operator::Add => left + right,
                Operator::Subtract => left - right,
                Operator::Multiply => left * right,
                Operator::Divide => left / right,
                Operator::Power => libm::pow(left, right),
            }
        }
        Expression::Call(function, arguments) => {
            let values: Vec<f64> = arguments.iter().map(of).collect();
            call(*function, &values)
        }
    }
}

fn call(function: Function, values: &[f64]) -> f64 {
    // A comparison with NaN must stay NaN, which f64::min would hide.
    if values.iter().any(|value| value.is_nan()) {
        return f64::NAN;
    }
    match (function, values) {
        (Function::Sqrt, [x]) => x.sqrt(),
        (Function::Ln, [x]) => libm::log(*x),
        (Function::Exp, [x]) => libm::exp(*x),
        (Function::Abs, [x]) => x.abs(),
        (Function::Min, values) => values.iter().copied().fold(f64::INFINITY, f64::min),
        (Function::Max, values) => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        (Function::Clamp, [x, low, high]) => x.max(*low).min(*high),
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Formula;

    fn value(text: &str, names: &[f64]) -> f64 {
        let formula: Formula = text.parse().unwrap();
        value_of(formula.expression(), names)
    }

    #[test]
    fn formulas_compute() {
        assert_eq!(value("1 - a / 4", &[3.0]), 0.25);
        assert_eq!(value("clamp(a, 10, 1000)", &[5.0]), 10.0);
        assert_eq!(value("max(a, b, 2) - min(a, b)", &[1.0, 7.0]), 6.0);
        assert!((value("(a * b) ^ (1 / 2)", &[2.0, 8.0]) - 4.0).abs() < 1e-15);
        assert!(value("sqrt(a)", &[-1.0]).is_nan());
        assert!(value("max(0, ln(a))", &[-1.0]).is_nan());
        assert!(value("1 / a", &[0.0]).is_infinite());
    }
}
