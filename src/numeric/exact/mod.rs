mod operators;
mod text;

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedMul as _, Signed as _, ToPrimitive as _, Zero as _};

use super::Rounding;

/// An exact rational number: marks, means, totals. Two equal numbers are equal.
///
/// ```
/// # use benchline::numeric::{Exact, Rounding};
/// let third = Exact::parse("1/3").unwrap();
/// assert_eq!(&(&third + &third) + &third, Exact::from(1));
/// assert_eq!(Exact::parse("2.675").unwrap().round(2, Rounding::HalfUp).to_string(), "2.68");
/// assert_eq!(third.fixed(4, Rounding::HalfEven), "0.3333");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exact(Form);

/// Small whenever both parts stay within [`LIMIT`], so that equal numbers have
/// equal forms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    Small(Ratio<i128>),
    Big(Box<BigRational>),
}

/// Largest numerator or denominator of the small form.
const LIMIT: i128 = 1 << 120;

/// Most digits of a text that is taken as a number.
const MOST_DIGITS: usize = 60;

impl Exact {
    /// Zero.
    pub fn zero() -> Self {
        Self::from(0)
    }

    /// Reads a decimal such as `-9.75` or a fraction such as `1/3`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((above, below)) => {
                Self::parse_decimal(above.trim())?.0.over(&Self::parse_decimal(below.trim())?.0)
            }
            None => Some(Self::parse_decimal(text)?.0),
        }
    }

    /// Reads a decimal and tells how many places it is written with.
    pub fn parse_decimal(text: &str) -> Option<(Self, u32)> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let written = || whole.bytes().chain(part.bytes());
        let sound = !whole.is_empty()
            && written().all(|byte| byte.is_ascii_digit())
            && written().count() <= MOST_DIGITS;
        if !sound || (digits.contains('.') && part.is_empty()) {
            return None;
        }
        let places = u32::try_from(part.len()).ok()?;
        // Most numbers are short.
        if written().count() <= 18 {
            let units = written().fold(0_i128, |units, digit| units * 10 + i128::from(digit - b'0'));
            let units = if negative { -units } else { units };
            return Some((Self::from_small(Ratio::new(units, 10_i128.pow(places))), places));
        }
        let units: BigInt = format!("{whole}{part}").parse().ok()?;
        let units = if negative { -units } else { units };
        Some((Self::from_big(BigRational::new(units, power_of_ten(places))), places))
    }

    /// The quotient; `None` when `other` is zero.
    pub fn over(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        if let (Form::Small(a), Form::Small(b)) = (&self.0, &other.0)
            && let Some(quotient) = a.checked_mul(&b.recip())
        {
            return Some(Self::from_small(quotient));
        }
        Some(Self::from_big(self.to_big() / other.to_big()))
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(&self.0, Form::Small(small) if small.is_zero())
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Form::Small(small) => small.is_negative(),
            Form::Big(big) => big.is_negative(),
        }
    }

    /// Its distance from zero.
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The largest whole number that is not above it.
    pub fn floor(&self) -> Self {
        Self::from_big(self.to_big().floor())
    }

    /// The smallest whole number that is not below it.
    pub fn ceil(&self) -> Self {
        Self::from_big(self.to_big().ceil())
    }

    /// Rounded to `places` decimal places.
    pub fn round(&self, places: u8, rounding: Rounding) -> Self {
        let ten = power_of_ten(u32::from(places));
        Self::from_big(BigRational::new(self.units(places, rounding), ten))
    }

    /// Rounded and written with exactly `places` decimal places.
    pub fn fixed(&self, places: u8, rounding: Rounding) -> String {
        write_units(&self.units(places, rounding), usize::from(places))
    }

    /// How many decimal places it takes to write it whole; `None` when no number
    /// of places suffices.
    pub fn places(&self) -> Option<u32> {
        let mut below = self.to_big().denom().clone();
        let mut count = |prime: u32| {
            let mut times = 0_u32;
            while (&below % prime).is_zero() {
                below /= prime;
                times += 1;
            }
            times
        };
        let places = count(2).max(count(5));
        (below == BigInt::from(1)).then_some(places)
    }

    /// The square root of a number that is not negative, rounded to `places`
    /// after `offset` is added (`down`: subtracted from `offset`). The result is
    /// that of the true root, not of an approximation; `None` below zero, or
    /// when `offset` has no finite decimal form.
    pub fn root_from(&self, offset: &Self, down: bool, places: u8, rounding: Rounding) -> Option<Self> {
        if self.is_negative() {
            return None;
        }
        let square = self.to_big();
        let (above, below) = (square.numer().sqrt(), square.denom().sqrt());
        let perfect = &above * &above == *square.numer() && &below * &below == *square.denom();
        let root = if perfect {
            Self::from_big(BigRational::new(above, below))
        } else {
            // No rounding boundary lies strictly between two neighbours of this
            // grid, and an irrational root lies strictly between two of them.
            let grid = offset.places()?.max(u32::from(places)) + 1;
            let scale = power_of_ten(grid);
            let floor = (square * BigRational::from(&scale * &scale)).floor().to_integer().sqrt();
            Self::from_big(BigRational::new(floor * 2 + 1, scale * 2))
        };
        let moved = if down { offset - &root } else { offset + &root };
        Some(moved.round(places, rounding))
    }

    /// The nearest binary number, for drawing; never for deciding.
    pub fn to_f64(&self) -> f64 {
        self.to_big().to_f64().unwrap_or(0.0)
    }

    /// How many units of the last of `places` decimal places it rounds to.
    fn units(&self, places: u8, rounding: Rounding) -> BigInt {
        let big = self.to_big();
        let scaled = big.numer().abs() * power_of_ten(u32::from(places));
        let (floor, rest) = (&scaled / big.denom(), &scaled % big.denom());
        let up = match (rest * 2_u32).cmp(big.denom()) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => rounding == Rounding::HalfUp || floor.bit(0),
        };
        let magnitude = floor + u32::from(up);
        if self.is_negative() { -magnitude } else { magnitude }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Form::Small(small) => BigRational::new_raw((*small.numer()).into(), (*small.denom()).into()),
            Form::Big(big) => (**big).clone(),
        }
    }

    fn from_small(small: Ratio<i128>) -> Self {
        if (-LIMIT..=LIMIT).contains(small.numer()) && *small.denom() <= LIMIT {
            return Self(Form::Small(small));
        }
        Self(Form::Big(Box::new(BigRational::new_raw((*small.numer()).into(), (*small.denom()).into()))))
    }

    fn from_big(big: BigRational) -> Self {
        match (big.numer().to_i128(), big.denom().to_i128()) {
            (Some(above), Some(below)) if (-LIMIT..=LIMIT).contains(&above) && below <= LIMIT => {
                Self(Form::Small(Ratio::new_raw(above, below)))
            }
            _ => Self(Form::Big(Box::new(big))),
        }
    }
}

fn power_of_ten(places: u32) -> BigInt {
    BigInt::from(10_u8).pow(places)
}

/// So many units of the last of `places` places as a decimal.
fn write_units(units: &BigInt, places: usize) -> String {
    let digits = units.magnitude().to_string();
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, part) = padded.split_at(padded.len() - places);
    let sign = if units.sign() == Sign::Minus { "-" } else { "" };
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_and_written_to_the_digit() {
        for text in ["0.1", "-9.75", "123456789012345678901234567890.5", "0", "7"] {
            assert_eq!(exact(text).to_string(), text);
        }
        assert_eq!(exact("2.50").to_string(), "2.5");
        assert_eq!(Exact::parse_decimal("2.50").unwrap().1, 2);
        for bad in ["", ".", "1.", ".5", "1e3", "1,5", "1/0", "９", "NaN", "--1"] {
            assert_eq!(Exact::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn ties_follow_the_declared_rule() {
        for (value, even, up) in
            [("0.125", "0.12", "0.13"), ("0.135", "0.14", "0.14"), ("-0.125", "-0.12", "-0.13")]
        {
            assert_eq!(exact(value).fixed(2, Rounding::HalfEven), even);
            assert_eq!(exact(value).fixed(2, Rounding::HalfUp), up);
        }
        assert_eq!(exact("2/3").fixed(0, Rounding::HalfEven), "1");
        assert_eq!(exact("-0.001").fixed(2, Rounding::HalfUp), "0.00");
    }

    #[test]
    fn numbers_beyond_128_bits_stay_exact() {
        let small = exact("1/3");
        let mut big = small.clone();
        for _ in 0..200 {
            big = &big * &small;
        }
        let back = (0..200).fold(big, |number, _| &number * &Exact::from(3));
        assert_eq!(back, small);
        assert!(matches!(back.0, Form::Small(_)));
    }

    #[test]
    fn a_root_is_rounded_as_the_true_root() {
        let root =
            |square: &str, places| exact(square).root_from(&Exact::zero(), false, places, Rounding::HalfUp);
        assert_eq!(root("2", 10), Some(exact("1.4142135624")));
        assert_eq!(root("2.25", 0), Some(exact("2")));
        assert_eq!(root("-1", 2), None);
        let down = exact("2.25").root_from(&exact("50"), true, 0, Rounding::HalfEven);
        assert_eq!(down, Some(exact("48")));
    }
}
