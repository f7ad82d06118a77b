use serde::Serialize;

use super::evaluate::Evaluation;
use super::rank::Score;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::numeric::fixed;
use crate::validate::{IndexInput, Published, PublishedRow};

/// How far our results agree with published ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// What the comparison is called.
    pub name: Bilingual,
    /// Scores.
    pub score: Tally,
    /// Ranks, if any were published.
    pub rank: Option<Tally>,
    /// Ratings, if any were published.
    pub band: Option<Tally>,
}

/// Equal ones among those published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Equal to ours.
    pub equal: usize,
    /// Published.
    pub total: usize,
}

impl Tally {
    fn count(&mut self, equal: bool) -> bool {
        self.total += 1;
        self.equal += usize::from(equal);
        equal
    }
}

/// Compares an evaluation with results published elsewhere; every difference is
/// a finding.
pub fn compare(
    published: &Published,
    evaluation: &Evaluation,
    input: &IndexInput,
    findings: &mut Findings,
) -> Agreement {
    let (mut score, mut rank, mut band) = (Tally::default(), Tally::default(), Tally::default());
    for row in &published.rows {
        if let Some(theirs) = row.score {
            let ours = score_of(published, evaluation, row);
            if !score.count(ours.is_some_and(|ours| same_score(published, evaluation, ours, theirs))) {
                let shown = shown(ours.map(|ours| ours.raw));
                findings.push(difference(
                    input,
                    row,
                    bilingual!("得分", "score"),
                    &shown,
                    &theirs.to_string(),
                ));
            }
        }
        let outcome = evaluation.outcomes.get(row.row).copied().unwrap_or_default();
        if let Some(theirs) = row.rank {
            let ours = outcome.rank.map(|rank| rank.value);
            if !rank.count(ours == Some(theirs)) {
                findings.push(difference(
                    input,
                    row,
                    bilingual!("名次", "rank"),
                    &shown(ours),
                    &theirs.to_string(),
                ));
            }
        }
        if let Some(theirs) = row.band
            && !band.count(outcome.band == Some(theirs))
        {
            let (ours, theirs) = (band_id(evaluation, outcome.band), band_id(evaluation, Some(theirs)));
            findings.push(difference(input, row, bilingual!("评级", "rating"), &ours, &theirs));
        }
    }
    let some = |tally: Tally| (tally.total > 0).then_some(tally);
    Agreement { name: published.name.clone(), score, rank: some(rank), band: some(band) }
}

fn score_of(published: &Published, evaluation: &Evaluation, row: &PublishedRow) -> Option<Score> {
    let raw = evaluation.column(&published.node)?.value(row.row)?;
    Some(Score::new(raw, &evaluation.plan.score))
}

fn same_score(published: &Published, evaluation: &Evaluation, ours: Score, theirs: f64) -> bool {
    let plan = &evaluation.plan.score;
    match published.tolerance {
        Some(tolerance) => (ours.raw - theirs).abs() <= tolerance,
        None => fixed(ours.raw, plan.decimals, plan.rounding) == fixed(theirs, plan.decimals, plan.rounding),
    }
}

fn band_id(evaluation: &Evaluation, band: Option<usize>) -> String {
    let bands = evaluation.plan.rating.as_ref().map(|rating| &rating.bands);
    let band = band.and_then(|band| bands?.get(band));
    band.map_or("—".to_owned(), |band| band.id.to_string())
}

fn shown(value: Option<f64>) -> String {
    value.map_or("—".to_owned(), |value| value.to_string())
}

fn difference(input: &IndexInput, row: &PublishedRow, what: Bilingual, ours: &str, theirs: &str) -> Finding {
    let position = input.panel().row(row.row);
    let unit = input.panel().units().get(position.unit).map_or("", |unit| unit.code.as_str());
    let period = input.panel().periods().get(position.period).map_or("", |period| period.as_str());
    let Bilingual { zh, en } = what;
    Finding::new(
        Code::PublishedDiffers,
        bilingual!(
            "{unit} {period} 的{zh}为 {ours}，公布值为 {theirs}",
            "the {en} of {unit} in {period} is {ours}; {theirs} was published"
        ),
        bilingual!(
            "核对数据、目标值、舍入和公布值",
            "check the data, the goalposts, the rounding and the published value"
        ),
    )
    .at(input.place(row.origin))
}
