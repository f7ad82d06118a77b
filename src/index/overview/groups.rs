use super::{Count, Scope, Spread};
use crate::index::Evaluation;
use crate::model::{Id, Role};
use crate::numeric::median;
use crate::plan::Framework;
use crate::validate::IndexInput;

/// A kind of group and its members.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSpread {
    /// The kind of group.
    pub group: Id,
    /// Its members; units that belong to none come last.
    pub members: Vec<MemberSpread>,
}

/// One member of a kind of group.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberSpread {
    /// The member; `None` for units that belong to none.
    pub member: Option<Id>,
    /// Its assessed units, in registry order.
    pub units: Vec<usize>,
    /// Their scores.
    pub spread: Spread,
    /// The share of them in the best band.
    pub top_share: f64,
    /// Those of them in the leading bands.
    pub leading: Count,
    /// Their number in each band, best first.
    pub bands: Vec<usize>,
    /// The median of each dimension, in the order of the framework.
    pub dimensions: Vec<Option<f64>>,
}

/// What a report about one member of a kind of group is written from.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberProfile {
    /// Its assessed units, in registry order.
    pub units: Vec<usize>,
    /// Its ranked units without a score.
    pub unassessed: Vec<usize>,
    /// Their scores; none when nobody is assessed.
    pub index: Option<Spread>,
    /// Those of them in the leading bands.
    pub leading: Count,
    /// Their number in each band, best first.
    pub bands: Vec<usize>,
    /// The scores of each dimension, in the order of the framework.
    pub dimensions: Vec<Option<Spread>>,
    /// The scores of each indicator, in the order of the framework.
    pub indicators: Vec<Option<Spread>>,
    /// The values of each indicator, in its own measure.
    pub values: Vec<Option<Spread>>,
    /// Median of the scores in the period before.
    pub before: Option<f64>,
}

pub(super) fn groups(scope: &Scope<'_>, framework: &Framework, assessed: &[usize]) -> Vec<GroupSpread> {
    let units = scope.input.panel().units();
    let in_use =
        framework.groups.iter().filter(|group| units.iter().any(|unit| unit.groups.contains_key(&group.id)));
    in_use
        .map(|group| {
            let members = group.members.iter().map(|member| Some(member.id.clone())).chain([None]);
            let members = members.filter_map(|member| {
                let belongs = |unit: &usize| {
                    units.get(*unit).is_some_and(|unit| unit.groups.get(&group.id) == member.as_ref())
                };
                let own: Vec<usize> = assessed.iter().copied().filter(belongs).collect();
                member_spread(scope, framework, member, own)
            });
            GroupSpread { group: group.id.clone(), members: members.collect() }
        })
        .collect()
}

fn member_spread(
    scope: &Scope<'_>,
    framework: &Framework,
    member: Option<Id>,
    own: Vec<usize>,
) -> Option<MemberSpread> {
    let scores: Vec<f64> = own.iter().map(|unit| scope.score(*unit)).collect();
    let top = own.iter().filter(|unit| scope.band(**unit) == Some(0)).count();
    let plan = &scope.evaluation.plan;
    let dimensions = plan.node(&plan.index).map_or(&[][..], |index| index.inputs());
    Some(MemberSpread {
        spread: Spread::of(&scores)?,
        top_share: top as f64 / own.len().max(1) as f64,
        leading: leading(scope, framework, &own),
        bands: band_counts(scope, &own),
        dimensions: dimensions.iter().map(|id| median(&scope.node_values(id, &own))).collect(),
        units: own,
        member,
    })
}

fn leading(scope: &Scope<'_>, framework: &Framework, units: &[usize]) -> Count {
    let count = units.iter().filter(|unit| scope.is_leading(**unit, framework)).count();
    Count { count, of: units.len() }
}

fn band_counts(scope: &Scope<'_>, units: &[usize]) -> Vec<usize> {
    let bands = scope.evaluation.plan.rating.as_ref().map_or(0, |rating| rating.bands.len());
    let mut counts = vec![0; bands];
    for unit in units {
        if let Some(count) = scope.band(*unit).and_then(|band| counts.get_mut(band)) {
            *count += 1;
        }
    }
    counts
}

/// The figures of one member of a kind of group in the edition.
pub fn member_profile(
    input: &IndexInput,
    framework: &Framework,
    evaluation: &Evaluation,
    group: &Id,
    member: &Id,
) -> MemberProfile {
    let scope = Scope { input, evaluation, period: input.edition() };
    let belongs = |unit: &usize| {
        input.panel().units().get(*unit).is_some_and(|unit| unit.groups.get(group) == Some(member))
    };
    let own = |scope: &Scope<'_>| -> Vec<usize> {
        scope.scored(Role::Ranked).into_iter().filter(belongs).collect()
    };
    let units = own(&scope);
    let scores: Vec<f64> = units.iter().map(|unit| scope.score(*unit)).collect();
    let plan = &evaluation.plan;
    let dimensions = plan.node(&plan.index).map_or(&[][..], |index| index.inputs());
    let spreads = |ids: &[Id]| ids.iter().map(|id| Spread::of(&scope.node_values(id, &units))).collect();
    let ids: Vec<Id> = framework.indicators.iter().map(|one| one.id.clone()).collect();
    MemberProfile {
        unassessed: evaluation.unassessed(input, input.edition()).into_iter().filter(belongs).collect(),
        index: Spread::of(&scores),
        leading: leading(&scope, framework, &units),
        bands: band_counts(&scope, &units),
        dimensions: spreads(dimensions),
        indicators: spreads(&ids),
        values: (0..ids.len()).map(|at| Spread::of(&scope.raw_values(at, &units))).collect(),
        before: scope.before().and_then(|before| {
            let earlier = own(&before);
            median(&earlier.iter().map(|unit| before.score(*unit)).collect::<Vec<_>>())
        }),
        units,
    }
}
