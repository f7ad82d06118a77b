use crate::diagnostics::Lang;
use crate::numeric::{Rounding, fixed, round_to};
use crate::plan::ScorePlan;

/// Writes numbers as reports show them: a true minus, thousands apart, the
/// decimals that the plan declares.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    plan: ScorePlan,
    lang: Lang,
}

impl Numbers {
    /// Numbers of a plan in a language.
    pub fn new(plan: ScorePlan, lang: Lang) -> Self {
        Self { plan, lang }
    }

    /// A score.
    pub fn score(&self, value: f64) -> String {
        self.grouped(&fixed(value, self.plan.decimals, self.plan.rounding))
    }

    /// A declared bound of scores: written like a score, unless it has more
    /// decimals than scores have.
    pub fn bound(&self, bound: f64) -> String {
        if self.rounded(bound) == bound { self.score(bound) } else { self.plain(bound) }
    }

    /// A difference of scores, with its sign.
    pub fn signed_score(&self, value: f64) -> String {
        let sign = if round_to(value, self.plan.decimals, self.plan.rounding) > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.score(value))
    }

    /// A score rounded as it is shown.
    pub fn rounded(&self, value: f64) -> f64 {
        round_to(value, self.plan.decimals, self.plan.rounding)
    }

    /// A share as a percentage with one decimal.
    pub fn percent(&self, share: f64) -> String {
        format!("{}%", fixed(share * 100.0, 1, Rounding::HalfEven))
    }

    /// A share as a percentage without its sign.
    pub fn percent_number(&self, share: f64) -> String {
        fixed(share * 100.0, 1, Rounding::HalfEven)
    }

    /// A whole number.
    pub fn count(&self, count: usize) -> String {
        self.grouped(&count.to_string())
    }

    /// A number with so many decimals, rounded as scores are.
    pub fn fixed(&self, value: f64, decimals: u8) -> String {
        self.grouped(&fixed(value, decimals, self.plan.rounding))
    }

    /// The same with its sign; nothing is `+0.0`.
    pub fn signed(&self, value: f64, decimals: u8) -> String {
        let sign = if round_to(value, decimals, self.plan.rounding) > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.fixed(value, decimals))
    }

    /// A share as a whole percentage that never says more than is true.
    pub fn percent_floor(&self, share: f64) -> String {
        format!("{}%", (share * 100.0 + 1e-9).floor())
    }

    /// A measured value with so many decimals.
    pub fn value(&self, value: f64, decimals: u8) -> String {
        self.grouped(&fixed(value, decimals, Rounding::HalfEven))
    }

    /// A number as declared, with no more decimals than it has.
    pub fn plain(&self, value: f64) -> String {
        self.grouped(&value.to_string())
    }

    /// Puts thousands apart: a narrow space in Chinese, a comma in English; and
    /// a true minus.
    fn grouped(&self, number: &str) -> String {
        let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("\u{2212}", digits));
        let (whole, decimals) = digits.split_once('.').map_or((digits, ""), |(whole, rest)| (whole, rest));
        let separator = match self.lang {
            Lang::Zh => '\u{202F}',
            Lang::En => ',',
        };
        let mut grouped = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        if !decimals.is_empty() {
            grouped.push('.');
            grouped.push_str(decimals);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_readers() {
        let plan = ScorePlan { decimals: 1, rounding: Rounding::HalfEven };
        let (zh, en) = (Numbers::new(plan, Lang::Zh), Numbers::new(plan, Lang::En));
        assert_eq!(en.plain(75_000.0), "75,000");
        assert_eq!(zh.count(1_234_567), "1\u{202F}234\u{202F}567");
        assert_eq!(en.signed_score(-0.36), "\u{2212}0.4");
        assert_eq!(en.signed_score(0.04), "0.0");
        assert_eq!(en.signed_score(1.25), "+1.2");
        assert_eq!(en.percent(0.3523), "35.2%");
        assert_eq!(en.plain(22.5), "22.5");
        assert_eq!((en.bound(80.0), en.bound(0.55)), ("80.0".to_owned(), "0.55".to_owned()));
    }
}
