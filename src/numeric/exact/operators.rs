//! Sums, products and the order of exact numbers.

use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedMul as _, CheckedSub as _};

use super::{Exact, Form};

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Self(Form::Small(Ratio::from_integer(whole.into())))
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::zero()
    }
}

macro_rules! operator {
    ($trait:ident $method:ident $checked:ident) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;

            fn $method(self, other: &Exact) -> Exact {
                if let (Form::Small(a), Form::Small(b)) = (&self.0, &other.0)
                    && let Some(result) = a.$checked(b)
                {
                    return Exact::from_small(result);
                }
                Exact::from_big(self.to_big().$method(other.to_big()))
            }
        }
    };
}
operator!(Add add checked_add);
operator!(Sub sub checked_sub);
operator!(Mul mul checked_mul);

impl Neg for &Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        &Exact::zero() - self
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::zero(), |sum, number| &sum + &number)
    }
}

impl<'a> Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::zero(), |sum, number| &sum + number)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small(a), Form::Small(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
