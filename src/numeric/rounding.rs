use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happens to a value that lies exactly between two roundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To the even last digit, as GB/T 8170 asks: 0.125 → 0.12.
    HalfEven,
    /// Away from zero, as schools teach: 0.125 → 0.13.
    HalfUp,
}

/// Distance from a half, in units of the last place kept, below which a value
/// counts as lying on it: 2.675 is stored a little below 2.675 and still is a
/// tie to everyone who reads it.
const HALF_TOLERANCE: f64 = 1e-7;

/// Rounds `value` to `decimals` places. Equal results are equal bits.
///
/// ```
/// # use benchline::numeric::{round_to, Rounding};
/// assert_eq!(round_to(2.675, 2, Rounding::HalfUp), 2.68);
/// assert_eq!(round_to(2.665, 2, Rounding::HalfEven), 2.66);
/// assert_eq!(round_to(-0.25, 1, Rounding::HalfUp), -0.3);
/// ```
pub fn round_to(value: f64, decimals: u8, rounding: Rounding) -> f64 {
    let scale = power_of_ten(decimals);
    let scaled = value.abs() * scale;
    if !scaled.is_finite() || scaled >= 9e15 {
        return value;
    }
    let floor = scaled.floor();
    let rest = scaled - floor;
    let up = if (rest - 0.5).abs() <= HALF_TOLERANCE {
        rounding == Rounding::HalfUp || floor % 2.0 == 1.0
    } else {
        rest > 0.5
    };
    let magnitude = (floor + f64::from(u8::from(up))) / scale;
    if magnitude == 0.0 { 0.0 } else { magnitude.copysign(value) }
}

/// 10^`decimals`, exact to 10^8.
fn power_of_ten(decimals: u8) -> f64 {
    const POWERS: [f64; 9] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
    let known = POWERS.get(usize::from(decimals)).copied();
    known.unwrap_or_else(|| libm::pow(10.0, f64::from(decimals)))
}

/// `value` rounded and written with exactly `decimals` places.
pub fn fixed(value: f64, decimals: u8, rounding: Rounding) -> String {
    format!("{:.*}", usize::from(decimals), round_to(value, decimals, rounding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_follow_the_declared_rule() {
        for (value, even, up) in [(0.125, 0.12, 0.13), (0.135, 0.14, 0.14), (-2.5, -2.5, -2.5)] {
            assert_eq!(round_to(value, 2, Rounding::HalfEven), even);
            assert_eq!(round_to(value, 2, Rounding::HalfUp), up);
        }
        assert_eq!(round_to(2.5, 0, Rounding::HalfEven), 2.0);
        assert_eq!(round_to(-2.5, 0, Rounding::HalfUp), -3.0);
    }

    #[test]
    fn zero_has_no_sign_and_huge_values_stay() {
        assert_eq!(fixed(-0.0001, 2, Rounding::HalfEven), "0.00");
        assert_eq!(round_to(1e300, 3, Rounding::HalfUp), 1e300);
    }
}
