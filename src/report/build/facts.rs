use serde::Serialize;

use super::{Scope, plan_words, rating_words};
use crate::index::{Change, GroupSpread, NodeSpread, Spread, TrendLine};
use crate::report::TemplateError;

/// What the sentences of a report may speak of: texts, formatted, and the cases
/// that choose among forms.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Facts {
    pub(super) units: String,
    pub(super) index: String,
    pub(super) edition: String,
    pub(super) n: usize,
    pub(super) total: usize,
    pub(super) unscored: usize,
    pub(super) median: String,
    pub(super) mean: String,
    pub(super) min: String,
    pub(super) max: String,
    pub(super) q1: String,
    pub(super) q3: String,
    /// Whether quartiles may be shown.
    pub(super) quartiles: bool,
    pub(super) gap: String,
    pub(super) league_table: bool,
    /// Whether scores of single units may be shown.
    pub(super) scores: bool,
    pub(super) bands: Vec<BandFact>,
    pub(super) leading: Option<LeadingFact>,
    pub(super) closure: Option<serde_json::Value>,
    pub(super) weak: Option<WeakFact>,
    pub(super) top: Option<BandFact>,
    pub(super) bottom: Option<BandFact>,
    pub(super) best: Extreme,
    pub(super) worst: Extreme,
    pub(super) strongest: Option<Part>,
    pub(super) weakest: Option<Part>,
    pub(super) change: Option<ChangeFact>,
    pub(super) group: Option<GroupFact>,
    pub(super) trend: Option<TrendFact>,
    pub(super) tied: usize,
    pub(super) rank_basis: String,
}

/// A rating band.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BandFact {
    pub(super) name: String,
    pub(super) range: String,
    pub(super) count: usize,
    pub(super) share: String,
}

/// The bands that count as leading.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LeadingFact {
    pub(super) name: String,
    /// How many bands they are.
    pub(super) bands: usize,
    pub(super) count: usize,
    pub(super) share: String,
}

/// The dimension in which most units are weak.
#[derive(Clone, Debug, Serialize)]
pub(super) struct WeakFact {
    pub(super) name: String,
    pub(super) line: String,
    pub(super) share: String,
    pub(super) number: String,
    pub(super) count: usize,
    /// The dimension after it, and how many there are in all.
    pub(super) next: Option<(String, String)>,
    pub(super) dimensions: usize,
}

/// The units with the best or the worst score.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Extreme {
    pub(super) names: Vec<String>,
    pub(super) score: String,
}

/// A dimension or the member of a group.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) median: String,
    pub(super) n: usize,
}

/// What changed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChangeFact {
    pub(super) since: String,
    pub(super) median: String,
    pub(super) direction: &'static str,
    pub(super) rose: usize,
    pub(super) fell: usize,
    pub(super) same: usize,
    pub(super) n: usize,
}

/// A kind of group.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GroupFact {
    pub(super) name: String,
    pub(super) members: Vec<Part>,
    pub(super) highest: Part,
    pub(super) lowest: Part,
    pub(super) gap: String,
}

/// The median over the periods.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TrendFact {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) direction: &'static str,
    pub(super) lines: usize,
}

impl Facts {
    pub(super) fn of(scope: &Scope<'_>) -> Result<Self, TemplateError> {
        let (material, overview, numbers) = (scope.material, scope.material.overview, scope.numbers);
        let spread = overview.index.unwrap_or_default();
        let bands = bands(scope)?;
        let (strongest, weakest) = extremes(scope, &overview.dimensions);
        Ok(Self {
            units: scope.units_noun().to_owned(),
            index: scope.index_name().to_owned(),
            edition: material.project.edition.clone(),
            n: overview.assessed.len(),
            total: overview.assessed.len() + overview.unassessed.len(),
            unscored: overview.unassessed.len(),
            median: numbers.score(spread.median),
            mean: numbers.score(spread.mean),
            min: numbers.score(spread.min),
            max: numbers.score(spread.max),
            q1: numbers.score(spread.q1),
            q3: numbers.score(spread.q3),
            quartiles: scope.shows_quartiles(spread.n),
            gap: numbers.score(numbers.rounded(spread.max) - numbers.rounded(spread.min)),
            league_table: material.disclosure.league_table,
            scores: material.disclosure.scores,
            leading: leading(scope),
            closure: super::closure::context(scope),
            weak: weak(scope),
            top: bands.first().cloned(),
            bottom: bands.last().cloned(),
            bands,
            best: extreme(scope, overview.assessed.iter()),
            worst: extreme(scope, overview.assessed.iter().rev()),
            strongest,
            weakest,
            change: overview.change.as_ref().map(|change| change_fact(scope, change)),
            group: overview.groups.first().and_then(|group| group_fact(scope, group)),
            trend: overview.trend.first().and_then(|line| trend_fact(scope, line)),
            tied: overview.tied,
            rank_basis: plan_words::basis(scope.words, material.framework.rank.on)?,
        })
    }

    /// The same facts about another kind of group.
    pub(super) fn about(&self, group: GroupFact) -> Self {
        Self { group: Some(group), ..self.clone() }
    }
}

/// What the leading bands are called together; none when nothing is rated.
pub(super) fn leading_name(scope: &Scope<'_>) -> Option<String> {
    let bands = &scope.material.framework.rating.as_ref()?.bands;
    let count = scope.material.framework.reading.leading.min(bands.len());
    let name = |at: usize| bands.get(at).map_or("", |band| scope.text(&band.name));
    let last = count.checked_sub(1)?;
    scope
        .words
        .say(
            "national_leading_name",
            serde_json::json!({ "bands": count, "first": name(0), "last": name(last) }),
        )
        .ok()
}

fn leading(scope: &Scope<'_>) -> Option<LeadingFact> {
    let leading = scope.material.overview.leading;
    Some(LeadingFact {
        name: leading_name(scope)?,
        bands: scope.material.framework.reading.leading,
        count: leading.count,
        share: scope.numbers.percent(leading.share()),
    })
}

fn weak(scope: &Scope<'_>) -> Option<WeakFact> {
    let line = scope.material.framework.reading.weak_below?;
    let dimensions = &scope.material.overview.dimensions;
    let mut weak: Vec<_> = dimensions.iter().filter_map(|node| Some((node, node.weak?))).collect();
    weak.sort_by(|a, b| b.1.share().total_cmp(&a.1.share()));
    let (node, most) = weak.first().filter(|(_, weak)| weak.count > 0)?;
    let next = weak.get(1).filter(|(_, next)| next.share() < most.share());
    // Two that share the first place have no weakest among them.
    (weak.len() < 2 || next.is_some()).then(|| WeakFact {
        name: scope.name_of(&node.id),
        line: scope.numbers.plain(line),
        share: scope.numbers.percent(most.share()),
        number: scope.numbers.percent_number(most.share()),
        count: most.count,
        next: next.map(|(node, weak)| (scope.name_of(&node.id), scope.numbers.percent(weak.share()))),
        dimensions: dimensions.len(),
    })
}

fn bands(scope: &Scope<'_>) -> Result<Vec<BandFact>, TemplateError> {
    let rating = scope.material.framework.rating.as_ref();
    let Some(rating) = rating else { return Ok(Vec::new()) };
    let bands = rating.bands.iter().zip(&scope.material.overview.bands).enumerate();
    bands
        .map(|(position, (band, count))| {
            Ok(BandFact {
                name: scope.text(&band.name).to_owned(),
                range: rating_words::range(scope, rating, position)?,
                count: count.units.len(),
                share: scope.numbers.percent(count.share),
            })
        })
        .collect()
}

/// The units that share the score of the first one, as readers see it; at most
/// three are named.
fn extreme<'a>(scope: &Scope<'_>, mut units: impl Iterator<Item = &'a usize> + Clone) -> Extreme {
    let Some(first) = units.clone().next() else {
        return Extreme { names: Vec::new(), score: "—".to_owned() };
    };
    let score = scope.shown_score(*first);
    let same: Vec<usize> =
        units.by_ref().copied().take_while(|unit| scope.shown_score(*unit) == score).collect();
    let mut names: Vec<String> = same.iter().take(3).map(|unit| scope.unit_name(*unit)).collect();
    if same.len() > 3 {
        names.push("…".to_owned());
    }
    Extreme { names, score: scope.numbers.score(score) }
}

/// The dimensions with the highest and the lowest median, when they can be told
/// apart.
fn extremes(scope: &Scope<'_>, dimensions: &[NodeSpread]) -> (Option<Part>, Option<Part>) {
    let medians = dimensions.iter().filter_map(|node| Some((node, node.spread?)));
    let part = |(node, spread): (&NodeSpread, Spread)| Part {
        name: scope.name_of(&node.id),
        median: scope.numbers.score(spread.median),
        n: spread.n,
    };
    let by_median = |a: &(&NodeSpread, Spread), b: &(&NodeSpread, Spread)| a.1.median.total_cmp(&b.1.median);
    let highest = medians.clone().max_by(by_median).map(part);
    let lowest = medians.min_by(by_median).map(part);
    match (highest, lowest) {
        (Some(highest), Some(lowest)) if highest.median != lowest.median => (Some(highest), Some(lowest)),
        _ => (None, None),
    }
}

fn change_fact(scope: &Scope<'_>, change: &Change) -> ChangeFact {
    let periods = scope.material.input.panel().periods();
    let half = change.n / 2;
    ChangeFact {
        since: periods.get(change.since).map_or(String::new(), ToString::to_string),
        median: scope.numbers.signed_score(change.median),
        direction: if change.rose > half {
            "up"
        } else if change.fell > half {
            "down"
        } else if change.n - change.rose - change.fell > half {
            "same"
        } else {
            "mixed"
        },
        rose: change.rose,
        fell: change.fell,
        same: change.n - change.rose - change.fell,
        n: change.n,
    }
}

pub(super) fn group_fact(scope: &Scope<'_>, group: &GroupSpread) -> Option<GroupFact> {
    let spec = scope.material.framework.groups.iter().find(|spec| spec.id == group.group)?;
    let others = scope.words.word("word_others").unwrap_or_default();
    let members: Vec<(Part, f64)> = group
        .members
        .iter()
        .filter(|member| scope.withheld(&group.group, member.member.as_ref(), member.spread.n).is_none())
        .map(|member| {
            let named =
                member.member.as_ref().and_then(|id| spec.members.iter().find(|known| known.id == *id));
            let name = named.map_or_else(|| others.clone(), |member| scope.text(&member.name).to_owned());
            let spread = member.spread;
            let part = Part { name, median: scope.numbers.score(spread.median), n: spread.n };
            (part, spread.median)
        })
        .collect();
    let (highest, high) = members.iter().max_by(|a, b| a.1.total_cmp(&b.1))?.clone();
    let (lowest, low) = members.iter().min_by(|a, b| a.1.total_cmp(&b.1))?.clone();
    let gap = scope.numbers.rounded(high) - scope.numbers.rounded(low);
    Some(GroupFact {
        name: scope.text(&spec.name).to_owned(),
        members: members.into_iter().map(|(part, _)| part).collect(),
        highest,
        lowest,
        gap: scope.numbers.score(gap),
    })
}

fn trend_fact(scope: &Scope<'_>, line: &TrendLine) -> Option<TrendFact> {
    let periods = scope.material.input.panel().periods();
    let name = |period: usize| periods.get(period).map_or(String::new(), ToString::to_string);
    let ((first, from), (last, to)) = (*line.points.first()?, *line.points.last()?);
    if first == last {
        return None;
    }
    let (rounded_from, rounded_to) = (scope.numbers.rounded(from), scope.numbers.rounded(to));
    Some(TrendFact {
        first: name(first),
        last: name(last),
        from: scope.numbers.score(from),
        to: scope.numbers.score(to),
        direction: if rounded_to > rounded_from {
            "up"
        } else if rounded_to < rounded_from {
            "down"
        } else {
            "same"
        },
        lines: scope.material.overview.trend.len(),
    })
}
