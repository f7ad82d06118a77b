//! One function per step of a rubric, on the numbers of all entrants.

mod each;
mod field;
mod reduce;

use super::cells::{Column, counting};
use super::marks::Round;
use super::result::{Cell, Note};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::numeric::Rounding;
use crate::plan::{Axis, Criterion, Operation};

/// Where a step works.
pub(super) struct Site<'a> {
    /// The round, unless the step belongs to a stage's score.
    pub(super) round: Option<Round<'a>>,
    /// The entries that the numbers are of.
    pub(super) entrants: &'a [usize],
    /// The criterion of a part that has one only.
    pub(super) sole: Option<&'a Criterion>,
    /// The part or stage, for messages.
    pub(super) what: &'a Bilingual,
    pub(super) rounding: Rounding,
}

impl Site<'_> {
    fn code(&self, entrant: usize) -> String {
        let round = self.round.and_then(|round| round.input.entries().get(*self.entrants.get(entrant)?));
        round.map_or(String::new(), |entry| entry.code.clone())
    }

    fn report(&self, finding: Finding, judge: Option<usize>, findings: &mut Findings) {
        let place = self.round.and_then(|round| round.input.sheet_place(round.at, judge));
        findings.push(match place {
            Some(place) => finding.at(place),
            None => finding,
        });
    }

    /// A rule that finds fewer numbers than it needs, at these entrants with so
    /// many; said once.
    fn too_few(&self, short: &[(usize, usize)], needs: usize, findings: &mut Findings) {
        let Some((entrant, found)) = short.first() else { return };
        let (code, zh, en, count) = (self.code(*entrant), &self.what.zh, &self.what.en, short.len());
        let more = match count {
            1 => bilingual!("", ""),
            _ => bilingual!("等 {count} 个", " and of {count} entries in all"),
        };
        let (more_zh, more_en) = (more.zh, more.en);
        let finding = Finding::new(
            Code::TooFewMarks,
            bilingual!(
                "“{code}”{more_zh}的“{zh}”分数不够：有 {found} 个，规则需要 {needs} 个",
                "`{en}` of `{code}`{more_en} has too few numbers: {found}, and the rule needs {needs}"
            ),
            bilingual!(
                "补上分数，或在评分细则的 `trim` 中用 `least` 写明不足时不去分",
                "add the marks, or let `least` of `trim` in the rubric say from how many on it holds"
            ),
        );
        self.report(finding, None, findings);
    }
}

/// Takes one step.
pub(super) fn take(
    operation: &Operation,
    column: &Column,
    site: &Site<'_>,
    findings: &mut Findings,
) -> Column {
    let rule = |rounding: Option<Rounding>| rounding.unwrap_or(site.rounding);
    match operation {
        Operation::Trim { high, low, over, least } => {
            reduce::trim(column, (*high, *low), *over, *least, site, findings)
        }
        Operation::Middle { keep, over, limits } => {
            reduce::middle(column, *keep, *over, limits, site, findings)
        }
        Operation::Mean { over } => reduce::by(column, *over, reduce::mean_of),
        Operation::Median { over } => reduce::by(column, *over, reduce::median_of),
        Operation::Sum { over } => reduce::by(column, *over, reduce::sum_of),
        Operation::Highest { over } => reduce::by(column, *over, reduce::highest_of),
        Operation::Lowest { over } => reduce::by(column, *over, reduce::lowest_of),
        Operation::WeightedMean {} => {
            reduce::by(column, Axis::Criteria, |cells| reduce::weighted_mean(cells, site))
        }
        Operation::Clamp { within, around, over } => reduce::clamp(column, within, *around, *over),
        Operation::Spread { most, over, then } => {
            reduce::spread(column, most, *over, *then, site, findings);
            kept(column)
        }
        Operation::Weigh {} => each::map(column, |cell| &cell.value * &each::weight(cell, site)),
        Operation::Times { value } => each::map(column, |cell| &cell.value * value),
        Operation::TimesAttempt { column: name } => each::times_attempt(column, name, site),
        Operation::TimesRound {} => match site.round {
            Some(round) => each::map(column, |cell| &cell.value * &round.declared.factor),
            None => kept(column),
        },
        Operation::Plus { value } => each::map(column, |cell| &cell.value + value),
        Operation::Bound { low, high } => each::bound(column, low.as_ref(), high.as_ref()),
        Operation::Round { places, rounding } => {
            each::map(column, |cell| cell.value.round(*places, rule(*rounding)))
        }
        Operation::Bands { bands } => each::map(column, |cell| each::band(&cell.value, bands)),
        Operation::Stepwise { over, every, value, most } => {
            each::map(column, |cell| each::stepwise(&cell.value, over, every, value, most.as_ref()))
        }
        Operation::Root { places } => each::root(column, places.unwrap_or(0), site, findings),
        Operation::StandardScore { mean, deviation, places, constant } => {
            let scale = field::Scale { mean, deviation, places: places.unwrap_or(0), constant: *constant };
            field::standard_score(column, &scale, site, findings)
        }
        Operation::Rank { ties } => field::rank(column, *ties),
        Operation::Points { table, rest } => each::map(column, |cell| each::points(&cell.value, table, rest)),
        Operation::Relate { to, value } => field::relate(column, *to, value),
    }
}

/// The cells that count, as they are.
fn kept(column: &Column) -> Column {
    column.iter().map(|cells| counting(cells).cloned().map(plain).collect()).collect()
}

/// A cell without what an earlier step noted.
fn plain(cell: Cell) -> Cell {
    Cell { note: Note::None, ..cell }
}
