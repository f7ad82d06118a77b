use super::evaluate::Evaluation;
use super::gates::gate_failures;
use super::rank::Score;
use super::rate::bands_by_score;
use crate::diagnostics::{Bilingual, Code, Finding, bilingual};
use crate::model::Id;
use crate::plan::RatingPlan;
use crate::validate::IndexInput;

/// The rating of one unit in one period.
#[derive(Clone, Copy, Default)]
pub(super) struct Rating {
    /// The band given.
    pub(super) band: Option<usize>,
    /// The band of the score.
    pub(super) by_score: Option<usize>,
    /// The first gate of that band that is not met.
    pub(super) held_by: Option<usize>,
}

/// Rates the ranked units of a period; `ranked` has their scores, unit by unit.
pub(super) fn ratings(
    input: &IndexInput,
    evaluation: &Evaluation,
    period: usize,
    ranked: &[Option<Score>],
) -> Result<Vec<Rating>, Box<Finding>> {
    let mut ratings = vec![Rating::default(); ranked.len()];
    let Some(plan) = &evaluation.plan.rating else { return Ok(ratings) };
    for (member, units) in pools(input, plan, ranked) {
        let scores: Vec<f64> = units.iter().map(|(_, score)| score.on(plan.on)).collect();
        let bands = bands_by_score(plan, &scores)
            .map_err(|problem| Box::new(unratable(input, plan, period, member, &problem)))?;
        for ((unit, _), by_score) in units.iter().zip(bands) {
            let row = input.panel().rows_of(period).start + unit;
            if let (Some(rating), Some(by_score)) = (ratings.get_mut(*unit), by_score) {
                *rating = gated(input, evaluation, plan, row, by_score);
            }
        }
    }
    Ok(ratings)
}

/// The member of a kind of group, if any, and its scored units.
type Pool<'a> = (Option<&'a Id>, Vec<(usize, Score)>);

/// The units that are compared with each other, with their scores: all, or those
/// of each member of a kind of group, those of no member last.
fn pools<'a>(input: &'a IndexInput, plan: &RatingPlan, ranked: &[Option<Score>]) -> Vec<Pool<'a>> {
    let scored = || ranked.iter().enumerate().filter_map(|(unit, score)| Some((unit, (*score)?)));
    let Some(group) = &plan.within else { return vec![(None, scored().collect())] };
    let member_of = |unit: usize| input.panel().units().get(unit).and_then(|unit| unit.groups.get(group));
    let mut members: Vec<Option<&Id>> = scored().map(|(unit, _)| member_of(unit)).collect();
    members.sort_by_key(|member| (member.is_none(), *member));
    members.dedup();
    let pool =
        |member: Option<&'a Id>| (member, scored().filter(|(unit, _)| member_of(*unit) == member).collect());
    members.into_iter().map(pool).collect()
}

/// The first band from that of the score down whose gates are all met.
fn gated(
    input: &IndexInput,
    evaluation: &Evaluation,
    plan: &RatingPlan,
    row: usize,
    by_score: usize,
) -> Rating {
    if plan.gates.is_empty() {
        return Rating { band: Some(by_score), by_score: Some(by_score), held_by: None };
    }
    let failed: Vec<usize> =
        gate_failures(input, evaluation, row).iter().map(|failure| failure.gate).collect();
    let barred = |band: usize| plan.gates_of(band).find(|gate| failed.contains(gate));
    let band = (by_score..plan.bands.len()).find(|band| barred(*band).is_none());
    Rating { band, by_score: Some(by_score), held_by: barred(by_score) }
}

fn unratable(
    input: &IndexInput,
    plan: &RatingPlan,
    period: usize,
    member: Option<&Id>,
    problem: &Bilingual,
) -> Finding {
    let period = input.panel().periods().get(period).map_or("", |period| period.as_str());
    let (zh, en) = (&problem.zh, &problem.en);
    let message = match (&plan.within, member) {
        (None, _) => bilingual!("{period} 期无法评级：{zh}", "{period} cannot be rated: {en}"),
        (Some(group), Some(member)) => bilingual!(
            "{period} 期“{group}”中的“{member}”无法评级：{zh}",
            "`{member}` of `{group}` in {period} cannot be rated: {en}"
        ),
        (Some(group), None) => bilingual!(
            "{period} 期不属于任何“{group}”的单位无法评级：{zh}",
            "the units of no `{group}` in {period} cannot be rated: {en}"
        ),
    };
    Finding::new(
        Code::UnratablePool,
        message,
        bilingual!(
            "减少评级的级数，改用 `rule = {{ method = \"thresholds\" }}`，或去掉 `within`",
            "use fewer bands, `rule = {{ method = \"thresholds\" }}`, or leave out `within`"
        ),
    )
    .about(["rating"])
}
