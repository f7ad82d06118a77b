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
/// a finding, and a unit without a score is one.
pub fn compare(
    published: &Published,
    evaluation: &Evaluation,
    input: &IndexInput,
    findings: &mut Findings,
) -> Agreement {
    let (mut score, mut rank, mut band) = (Tally::default(), Tally::default(), Tally::default());
    for row in &published.rows {
        let ours = score_of(published, evaluation, row);
        let outcome = evaluation.outcomes.get(row.row).copied().unwrap_or_default();
        let mut differences = Vec::new();
        if let Some(theirs) = row.score
            && !score.count(ours.is_some_and(|ours| same_score(published, evaluation, ours, theirs.value)))
        {
            let ours = shown_score(published, evaluation, ours);
            differences.push((theirs.origin, bilingual!("得分", "score"), ours, theirs.value.to_string()));
        }
        if let Some(theirs) = row.rank {
            let ours = outcome.rank.map(|rank| rank.value);
            if !rank.count(ours == Some(theirs.value)) {
                let ours = ours.map_or("—".to_owned(), |rank| rank.to_string());
                differences.push((theirs.origin, bilingual!("名次", "rank"), ours, theirs.value.to_string()));
            }
        }
        if let Some(theirs) = row.band
            && !band.count(outcome.band == Some(theirs.value))
        {
            let (ours, shown) = (band_id(evaluation, outcome.band), band_id(evaluation, Some(theirs.value)));
            differences.push((theirs.origin, bilingual!("评级", "rating"), ours, shown));
        }
        let (unit, period) = input.named(row.row);
        if ours.is_none() {
            differences.truncate(1);
        }
        findings.extend(differences.into_iter().map(|(origin, what, own, theirs)| {
            let Bilingual { zh, en } = what;
            let message = match ours {
                Some(_) => bilingual!(
                    "{unit} 在 {period} 期的{zh}为 {own}，公布值为 {theirs}",
                    "the {en} of {unit} in {period} is {own}; {theirs} was published"
                ),
                None => bilingual!(
                    "{unit} 在 {period} 期没有{zh}，公布值为 {theirs}",
                    "{unit} has no {en} in {period}; {theirs} was published"
                ),
            };
            difference(message).at(input.place(origin))
        }));
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
        // A difference that equals the tolerance in decimals may exceed it in bits.
        Some(tolerance) => (ours.raw - theirs).abs() <= tolerance * (1.0 + 1e-7),
        None => fixed(ours.raw, plan.decimals, plan.rounding) == fixed(theirs, plan.decimals, plan.rounding),
    }
}

fn band_id(evaluation: &Evaluation, band: Option<usize>) -> String {
    let bands = evaluation.plan.rating.as_ref().map(|rating| &rating.bands);
    let band = band.and_then(|band| bands?.get(band));
    band.map_or("—".to_owned(), |band| band.id.to_string())
}

/// Our score in the form that is compared: unrounded with a tolerance.
fn shown_score(published: &Published, evaluation: &Evaluation, ours: Option<Score>) -> String {
    let plan = &evaluation.plan.score;
    match (ours, published.tolerance) {
        (None, _) => "—".to_owned(),
        (Some(ours), Some(_)) => ours.raw.to_string(),
        (Some(ours), None) => fixed(ours.raw, plan.decimals, plan.rounding),
    }
}

fn difference(message: Bilingual) -> Finding {
    Finding::new(
        Code::PublishedDiffers,
        message,
        bilingual!(
            "核对数据、目标值、修约和公布值",
            "check the data, the goalposts, the rounding and the published value"
        ),
    )
}
