use serde_json::json;

use super::facts::{Facts, leading_name};
use super::plots::{FEW, StripRow, range_plot, range_row};
use super::{Scope, advice, indicators, revisions, tables};
use crate::diagnostics::Lang;
use crate::index::{MemberProfile, Spread, member_profile};
use crate::model::Id;
use crate::numeric::Withheld;
use crate::plan::Detail;
use crate::report::view::{
    BandShareRow, BandShares, Figure, GroupPlot, GroupReport, GroupTable, ProfilePlot, ProfileRow,
    ShortTable, Tick,
};
use crate::report::{Material, Numbers, TemplateError, Templates, Words, labels, layout};

/// Weakest indicators shown.
const WEAKEST: usize = 6;

/// The view of the report on one member of a kind of group, in one language: a
/// province with its cities.
pub fn group_report(
    material: Material<'_>,
    templates: &Templates,
    lang: Lang,
    group: &Id,
    member: &Id,
) -> Result<GroupReport, TemplateError> {
    let words = Words::new(templates, lang)?;
    let numbers = Numbers::new(material.framework.score, lang);
    let scope = Scope { material, words: &words, numbers, lang };
    let facts = Facts::of(&scope)?;
    let profile = member_profile(material.input, material.framework, material.evaluation, group, member);
    let part = Part { scope: &scope, facts: &facts, group, member, profile: &profile };
    let context = part.context();
    let mut document = scope.document()?;
    document.title = scope.words.say("group_report_title", &context)?;
    Ok(GroupReport {
        schema: GroupReport::SCHEMA,
        lang: lang.code(),
        labels: labels::labels(templates, lang)?,
        league_table: facts.league_table,
        document,
        bands: tables::bands(&scope)?,
        kind: scope.group_name(group),
        name: scope.member_name(group, Some(member)),
        headline: scope.words.say("group_headline", &context)?,
        lead: scope.words.say("group_lead", &context)?,
        warning: part.warning(&context)?,
        figures: part.figures(&context)?,
        strip: part.strip(&context)?,
        shares: part.shares(&context)?,
        profile: part.profile_plot(&context)?,
        weakest: part.weakest(&context)?,
        ranges: part.ranges(&context)?,
        table: part.table(&context)?,
        revisions: revisions::section_of(&scope, &part.all())?,
        advice: if part.shown() { advice::of_member(&scope, &profile)? } else { Vec::new() },
        colophon: scope.colophon()?,
    })
}

/// A member of a group and what is known of it.
struct Part<'a> {
    scope: &'a Scope<'a>,
    facts: &'a Facts,
    group: &'a Id,
    member: &'a Id,
    profile: &'a MemberProfile,
}

impl Part<'_> {
    fn n(&self) -> usize {
        self.profile.units.len()
    }

    /// Its units, with a score or without.
    fn all(&self) -> Vec<usize> {
        let unassessed = self.profile.unassessed.iter().copied();
        self.profile.units.iter().copied().chain(unassessed).collect()
    }

    /// Why figures over its units are withheld.
    fn withheld(&self) -> Option<Withheld> {
        self.scope.withheld(self.group, Some(self.member), self.n())
    }

    fn shown(&self) -> bool {
        self.withheld().is_none()
    }

    fn context(&self) -> serde_json::Value {
        let (scope, numbers) = (self.scope, self.scope.numbers);
        let index = self.profile.index.filter(|_| self.shown());
        let nation = scope.material.overview.index.unwrap_or_default();
        let gap = index.map(|index| numbers.rounded(index.median) - numbers.rounded(nation.median));
        let behind = advice::gaps(scope, self.profile).len();
        let compared = self.profile.indicators.iter().flatten().count();
        let leading = self.profile.leading;
        json!({
            "units": self.facts.units,
            "index": self.facts.index,
            "edition": self.facts.edition,
            "title": scope.text(&scope.material.project.title),
            "kind": scope.group_name(self.group),
            "name": scope.member_name(self.group, Some(self.member)),
            "n": self.n(),
            "total": self.n() + self.profile.unassessed.len(),
            "unscored": self.profile.unassessed.len(),
            "all": self.facts.n,
            "median": index.map(|index| numbers.score(index.median)),
            "mean": index.map(|index| numbers.score(index.mean)),
            "deviation": index.and_then(|index| index.deviation).map(|value| numbers.score(value)),
            "min": index.map(|index| numbers.score(index.min)),
            "max": index.map(|index| numbers.score(index.max)),
            "nation": numbers.score(nation.median),
            "nation_mean": numbers.score(nation.mean),
            "gap": gap.map(|gap| numbers.score(gap.abs())),
            "side": gap.map(|gap| if gap > 0.0 { "above" } else if gap < 0.0 { "below" } else { "same" }),
            "scores": scope.material.disclosure.scores,
            "rated": !self.facts.bands.is_empty(),
            "leading": leading_name(scope),
            "leading_count": leading.count,
            "leading_share": numbers.percent(leading.share()),
            "all_leading_share": numbers.percent(scope.material.overview.leading.share()),
            "small": self.n() < FEW,
            "small_limit": FEW,
            "behind": behind,
            "compared": compared,
            "ends": self.dimension_ends(),
        })
    }

    /// The dimensions furthest ahead of and behind all units.
    fn dimension_ends(&self) -> serde_json::Value {
        let scope = self.scope;
        let numbers = scope.numbers;
        let all = scope.material.overview.dimensions.iter().zip(&self.profile.dimensions);
        let mut gaps: Vec<(String, f64)> = all
            .filter_map(|(node, own)| {
                let gap = numbers.rounded((*own)?.median) - numbers.rounded(node.spread?.median);
                Some((scope.name_of(&node.id), numbers.rounded(gap)))
            })
            .collect();
        gaps.sort_by(|a, b| b.1.total_cmp(&a.1));
        let named = |(name, gap): &(String, f64)| json!({ "name": name, "gap": numbers.score(gap.abs()) });
        let shown = self.shown();
        json!({
            "ahead": gaps.first().filter(|(_, gap)| shown && *gap > 0.0).map(named),
            "behind": gaps.last().filter(|(_, gap)| shown && *gap < 0.0).map(named),
            "ahead_count": gaps.iter().filter(|(_, gap)| *gap > 0.0).count(),
            "behind_count": gaps.iter().filter(|(_, gap)| *gap < 0.0).count(),
            "count": gaps.len(),
        })
    }

    fn warning(&self, context: &serde_json::Value) -> Result<Option<String>, TemplateError> {
        let words = self.scope.words;
        match self.withheld() {
            Some(why) => {
                let context = json!({
                    "name": context.get("name"), "kind": context.get("kind"), "units": self.facts.units,
                    "n": self.n(), "few": why == Withheld::Few,
                    "least": self.scope.material.disclosure.small_cells,
                });
                words.say("small_cells_member", context).map(Some)
            }
            None => (self.n() < FEW).then(|| words.say("group_warning", context)).transpose(),
        }
    }

    fn figures(&self, context: &serde_json::Value) -> Result<Vec<Figure>, TemplateError> {
        let words = self.scope.words;
        let unit = words.word("word_unit")?;
        let mut figures = Vec::new();
        let mut add = |kind: &str, number: String, unit: &str| -> Result<(), TemplateError> {
            figures.push(Figure {
                number,
                unit: unit.to_owned(),
                title: words.say(&format!("group_figure_{kind}_title"), context)?,
                text: words.say(&format!("group_figure_{kind}_text"), context)?,
            });
            Ok(())
        };
        if let Some(index) = self.profile.index.filter(|_| self.shown()) {
            add("median", self.scope.numbers.score(index.median), "")?;
            if self.n() >= FEW
                && let Some(deviation) = index.deviation
            {
                add("spread", self.scope.numbers.score(deviation), "")?;
            }
        }
        if !self.facts.bands.is_empty() && self.n() > 0 {
            add("leading", self.scope.numbers.count(self.profile.leading.count), &unit)?;
        }
        Ok(figures)
    }

    fn strip(&self, context: &serde_json::Value) -> Result<Option<GroupPlot>, TemplateError> {
        let scope = self.scope;
        let overview = scope.material.overview;
        let (Some(own), Some(all)) = (self.profile.index, overview.index) else { return Ok(None) };
        let axis = super::charts::score_axis(scope);
        let score = |unit: usize| Some(scope.shown_score(unit));
        let leading = scope.material.framework.reading.leading;
        let row = |name: String, units: &[usize], spread: Spread, withheld, dark: &dyn Fn(usize) -> bool| {
            let row = StripRow { name, units, spread, withheld, more: None };
            scope.strip_row(row, &axis, &score, dark)
        };
        let mut nation = overview.assessed.clone();
        nation.sort_unstable();
        let name = scope.member_name(self.group, Some(self.member));
        let is_own = |unit: usize| self.profile.units.contains(&unit);
        let rows = vec![
            row(name, &self.profile.units, own, self.withheld(), &|_| true)?,
            row(scope.words.say("group_all", context)?, &nation, all, scope.withheld_of(all.n), &is_own)?,
        ];
        let bound = leading.checked_sub(1).and_then(|last| overview.bands.get(last)?.from);
        let bound = bound.filter(|at| axis.min < *at && *at < axis.max);
        let words = scope.chart_words("group_strip", context)?;
        Ok(Some(GroupPlot {
            name: scope.words.word("word_score")?,
            title: words.title,
            note: scope.with_legend(words.note, [self.withheld()].into_iter())?,
            caption: words.caption,
            alt: words.alt,
            threshold: bound.map(|at| Tick { at, text: scope.numbers.plain(at) }),
            threshold_name: leading_name(scope),
            dot: scope.strip_dot(),
            headers: vec![scope.words.word("national_median")?, scope.words.word("national_mean")?],
            rows,
            axis,
        }))
    }

    fn shares(&self, context: &serde_json::Value) -> Result<Option<BandShares>, TemplateError> {
        let scope = self.scope;
        let overview = scope.material.overview;
        let row = |name: String, counts: Vec<usize>, share: f64, emphasis: bool| {
            let count: usize = counts.iter().sum();
            Ok::<_, TemplateError>(BandShareRow {
                name,
                count_text: scope.count_text(count)?,
                counts,
                value_text: scope.numbers.percent_number(share),
                emphasis,
            })
        };
        if self.facts.leading.is_none() || self.n() == 0 {
            return Ok(None);
        }
        let all: Vec<usize> = overview.bands.iter().map(|band| band.units.len()).collect();
        let own = self.profile.leading.share();
        let rows = vec![
            row(scope.member_name(self.group, Some(self.member)), self.profile.bands.clone(), own, true)?,
            row(scope.words.say("group_all", context)?, all, overview.leading.share(), false)?,
        ];
        let words = scope.chart_words("group_shares", context)?;
        Ok(scope.band_shares(words, scope.words.say("share_header", self.facts)?, rows))
    }

    fn profile_plot(&self, context: &serde_json::Value) -> Result<Option<ProfilePlot>, TemplateError> {
        let scope = self.scope;
        let numbers = scope.numbers;
        let all = scope.material.overview.dimensions.iter().zip(&self.profile.dimensions);
        let rows: Vec<ProfileRow> = all
            .map(|(node, own)| {
                let own = own.map(|spread| spread.median);
                let peer = node.spread.map(|spread| spread.median);
                let gap = own
                    .zip(peer)
                    .map(|(own, peer)| numbers.rounded(numbers.rounded(own) - numbers.rounded(peer)));
                ProfileRow {
                    name: scope.name_of(&node.id),
                    own,
                    own_text: own.map(|own| numbers.score(own)),
                    peer,
                    difference: gap.map(|gap| numbers.signed_score(gap)),
                    direction: gap.map_or("none", |gap| {
                        if gap > 0.0 {
                            "up"
                        } else if gap < 0.0 {
                            "down"
                        } else {
                            "none"
                        }
                    }),
                }
            })
            .collect();
        let known: Vec<f64> = rows.iter().flat_map(|row| [row.own, row.peer]).flatten().collect();
        if !self.shown() || rows.len() < 2 || known.is_empty() {
            return Ok(None);
        }
        Ok(Some(ProfilePlot {
            words: scope.chart_words("group_profile", context)?,
            axis: layout::axis_in(&known, 90.0, &scope.words.word("word_score")?),
            peer_name: scope.words.say("group_peer", context)?,
            value_header: scope.words.word("group_difference")?,
            rows,
        }))
    }

    fn ranges(
        &self,
        context: &serde_json::Value,
    ) -> Result<Option<crate::report::view::RangePlot>, TemplateError> {
        let scope = self.scope;
        if !self.shown() || !self.scope.shows_tenths(self.n()) || self.n() < FEW {
            return Ok(None);
        }
        let all = scope.material.overview.dimensions.iter().zip(&self.profile.dimensions);
        let rows: Vec<_> = all
            .filter_map(|(node, own)| {
                let own = (*own)?;
                Some(range_row(scope.name_of(&node.id), own, Some(scope.numbers.score(own.median)), false))
            })
            .collect();
        let words = scope.chart_words("group_ranges", context)?;
        Ok(range_plot(scope, words, scope.words.word("national_median")?, rows))
    }

    /// The indicators in which it stands furthest behind.
    fn weakest(&self, context: &serde_json::Value) -> Result<Option<ShortTable>, TemplateError> {
        if !self.shown() {
            return Ok(None);
        }
        let mut gaps = advice::gaps(self.scope, self.profile);
        gaps.truncate(WEAKEST);
        indicators::weakest(self.scope, self.profile, &gaps, context)
    }

    fn table(&self, context: &serde_json::Value) -> Result<GroupTable, TemplateError> {
        let scope = self.scope;
        let disclosure = &scope.material.disclosure;
        let columns = if disclosure.dimensions == Detail::Scores {
            tables::dimension_columns(scope)
        } else {
            Vec::new()
        };
        let mut units = self.profile.units.clone();
        units.sort_by_key(|unit| (scope.outcome(*unit).band, *unit));
        let rows = units.iter().map(|unit| tables::ranking_row(scope, *unit, &columns, false)).collect();
        Ok(GroupTable {
            title: scope.words.say("group_table_title", context)?,
            note: scope.words.say("group_table_note", context)?,
            caption: scope.words.say("group_table_caption", context)?,
            columns: tables::columns(scope, &columns),
            score_name: disclosure.scores.then(|| scope.words.word("word_score")).transpose()?,
            has_change: disclosure.scores && scope.material.overview.change.is_some(),
            rows,
            unassessed: self
                .profile
                .unassessed
                .iter()
                .map(|unit| tables::unassessed(scope, *unit))
                .collect::<Result<_, _>>()?,
        })
    }
}
