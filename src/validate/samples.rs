use super::headers::Headers;
use super::numbers;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::model::{Precision, Sample};
use crate::plan::{SampleColumns, Variable};

/// A value whose sample is read, and how it is written.
pub(super) struct Sampled<'a> {
    pub(super) spec: Variable<'a>,
    pub(super) text: &'a str,
    pub(super) value: f64,
    /// Whether a revision put it there: the sample is that of what it replaced.
    pub(super) is_revised: bool,
}

/// The columns of a table that say what sample the values of another rest on.
pub(super) struct SampleReader<'a> {
    table: &'a Table,
    n: Option<usize>,
    k: Option<usize>,
    standard_error: Option<usize>,
    design_effect: Option<usize>,
}

impl<'a> SampleReader<'a> {
    /// Finds the columns; one that is not there is a finding.
    pub(super) fn find(
        columns: &SampleColumns,
        path: &str,
        table: &'a Table,
        headers: &Headers<'_>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut column = |header: &str| headers.find(path, header, findings);
        let mut optional = |header: &Option<String>| header.as_deref().and_then(&mut column);
        let n = optional(&columns.n);
        let k = optional(&columns.k);
        let standard_error = optional(&columns.standard_error);
        let design_effect = optional(&columns.design_effect);
        n.or(standard_error).is_some().then_some(Self { table, n, k, standard_error, design_effect })
    }

    /// The sample of one value; a value without a sample size and standard error
    /// has none. What cannot be is a finding; that a value is not what its counts give
    /// is one of `doubts`, which a revision of the value settles.
    pub(super) fn read(
        &self,
        of: &Sampled<'_>,
        row: &TableRow,
        doubts: &mut Findings,
        findings: &mut Findings,
    ) -> Option<Sample> {
        let n = self.filled(self.n, row).map(|column| self.count(column, 1, row, findings));
        let k = self.filled(self.k, row);
        if let (Some(column), None) = (k, n) {
            let refused = || {
                (
                    bilingual!("有其中的个数，没有样本量", "a count among a sample without its size"),
                    bilingual!("写上样本量", "write the size of the sample"),
                )
            };
            self.ensure(false, column, row, refused, findings);
            return None;
        }
        let k = k.map(|column| self.count(column, 0, row, findings));
        let error = self.filled(self.standard_error, row);
        let error = error.map(|column| self.amount(column, row, findings));
        let effect = self.filled(self.design_effect, row);
        let effect = effect.map_or(Some(1.0), |column| {
            let effect = self.amount(column, row, findings)?;
            let refused = || (bilingual!("设计效应为零", "the design effect is zero"), more_than_zero());
            self.ensure(effect > 0.0, column, row, refused, findings).then_some(effect)
        });
        let precision = match (n, k, error) {
            (None, _, None) => return None,
            (Some(n), Some(k), _) => {
                let (n, k) = (n?, k?);
                self.check_part(k, n, row, findings)?;
                match (self.share(of, k, n, row, doubts), of.is_revised) {
                    (Some(k), _) => Precision::Successes(k),
                    // The counts were those of the old value; the size stays.
                    (None, true) => Precision::Unknown,
                    (None, false) => return None,
                }
            }
            (_, _, Some(error)) => Precision::StandardError(error?),
            (Some(_), None, None) => Precision::Unknown,
        };
        let n = match n {
            Some(n) => Some(n?),
            None => None,
        };
        Some(Sample { n, precision, design_effect: effect? })
    }

    fn filled(&self, column: Option<usize>, row: &TableRow) -> Option<usize> {
        column.filter(|column| numbers::absence(row.field(*column)).is_none())
    }

    /// A whole number of at least `least`.
    fn count(&self, column: usize, least: u32, row: &TableRow, findings: &mut Findings) -> Option<u32> {
        let number = numbers::read(self.table, row, column, "", findings)?;
        let is_count = number.fract() == 0.0 && (f64::from(least)..=f64::from(u32::MAX)).contains(&number);
        let refused = || {
            let (header, text) = (self.header(column), shown(row.field(column)));
            (
                bilingual!("“{header}”列的“{text}”不是个数", "`{text}` in column `{header}` is not a count"),
                bilingual!("写不小于 {least} 的整数", "write a whole number of at least {least}"),
            )
        };
        self.ensure(is_count, column, row, refused, findings).then_some(number as u32)
    }

    /// A number that is not negative.
    fn amount(&self, column: usize, row: &TableRow, findings: &mut Findings) -> Option<f64> {
        let number = numbers::read(self.table, row, column, "", findings)?;
        let refused = || {
            let header = self.header(column);
            let refused =
                bilingual!("“{header}”列的 {number} 是负数", "{number} in column `{header}` is negative");
            (refused, more_than_zero())
        };
        self.ensure(number >= 0.0, column, row, refused, findings).then_some(number)
    }

    fn header(&self, column: usize) -> String {
        shown(self.table.headers().get(column).map_or("", String::as_str))
    }

    /// Successes are part of the sample.
    fn check_part(&self, k: u32, n: u32, row: &TableRow, findings: &mut Findings) -> Option<()> {
        let refused = || {
            (
                bilingual!("样本只有 {n}，其中却有 {k}", "there are {k} among a sample of {n}"),
                bilingual!("查明样本量和其中的个数", "find out the sample size and how many are among it"),
            )
        };
        self.ensure(k <= n, self.k?, row, refused, findings).then_some(())
    }

    /// The successes, if they give the value as far as it is written out.
    fn share(&self, of: &Sampled<'_>, k: u32, n: u32, row: &TableRow, doubts: &mut Findings) -> Option<u32> {
        let column = self.k?;
        let share = of.spec.whole() * f64::from(k) / f64::from(n);
        let fits = (of.value - share).abs() <= half_unit(of.text) * (1.0 + 1e-9) + 1e-12;
        let refused = || {
            let (id, value, decimals) = (of.spec.id, shown(of.text), decimals(of.text) + 2);
            let refused = bilingual!(
                "“{id}”写作 {value}，而 {k}/{n} 为 {share:.decimals$}",
                "`{id}` is {value}, and {k} of {n} is {share:.decimals$}"
            );
            let help = bilingual!("查明哪个正确，改成一致", "find out which is right and make them agree");
            (refused, help)
        };
        self.ensure(fits, column, row, refused, doubts).then_some(k)
    }

    /// Whether it holds; if not, what `refused` says of it, and the deed, is a finding.
    fn ensure(
        &self,
        holds: bool,
        column: usize,
        row: &TableRow,
        refused: impl FnOnce() -> (Bilingual, Bilingual),
        findings: &mut Findings,
    ) -> bool {
        if !holds {
            let (refused, help) = refused();
            findings.push(Finding::new(Code::BadSample, refused, help).at(self.table.place(row, column)));
        }
        holds
    }
}

fn more_than_zero() -> Bilingual {
    bilingual!("写正数；不知则留空", "write a positive number, or leave the cell empty if it is not known")
}

/// How many decimals a number is written with.
fn decimals(text: &str) -> usize {
    let digits = text.trim_end_matches('%').split_once('.').map_or("", |(_, digits)| digits);
    digits.bytes().take_while(u8::is_ascii_digit).count().min(12)
}

/// Half of the last place that a number is written with.
fn half_unit(text: &str) -> f64 {
    let exponent: i32 = match text.trim_end_matches('%').split_once(['e', 'E']) {
        Some((_, exponent)) => exponent.parse().unwrap_or(0),
        None => 0,
    };
    0.5 * libm::pow(10.0, f64::from(exponent) - decimals(text) as f64)
}

#[cfg(test)]
mod tests {
    use super::half_unit;

    #[test]
    fn a_number_is_as_exact_as_it_is_written() {
        let close = |text: &str, half: f64| (half_unit(text) - half).abs() < 1e-15;
        assert!(close("95", 0.5) && close("95.0", 0.05) && close("95.25%", 0.005) && close("9.5e1", 0.5));
    }
}
