//! What every part of a contest's documents needs.

use serde::Serialize;

use super::Said;
use super::rules::Speaker;
use crate::contest::{StageResult, Standing};
use crate::diagnostics::{Bilingual, Lang};
use crate::model::Id;
use crate::numeric::{Exact, Rounding};
use crate::plan::{Operation, Part, Prize, Scheme, Stage, StageRound};
use crate::report::view::Tick;
use crate::report::view::contest::MarkAxis;
use crate::report::{ContestMaterial, TemplateError, Words};
use crate::validate::Entry;

/// Decimals of a number that has no end and no declared rounding.
const ENDLESS: u8 = 4;

pub(super) struct Scope<'a> {
    pub(super) material: ContestMaterial<'a>,
    pub(super) words: &'a Words,
    pub(super) lang: Lang,
}

impl<'a> Scope<'a> {
    pub(super) fn text(&self, words: &'a Bilingual) -> &'a str {
        words.get(self.lang)
    }

    pub(super) fn speaker(&self) -> Speaker<'a> {
        Speaker { words: self.words, lang: self.lang, rubric: self.material.rubric }
    }

    pub(super) fn say(&self, key: &str, context: impl Serialize) -> Said {
        self.words.say(key, context)
    }

    pub(super) fn word(&self, key: &str) -> Said {
        self.words.word(key)
    }

    /// What the entries are called: `参赛队`, `teams`.
    pub(super) fn entries_noun(&self) -> &'a str {
        self.text(&self.material.rubric.entries)
    }

    pub(super) fn entry_header(&self) -> Said {
        self.say("contest_entry_header", serde_json::json!({ "entries": self.entries_noun() }))
    }

    pub(super) fn entry(&self, at: usize) -> Option<&'a Entry> {
        self.material.input.entries().get(at)
    }

    pub(super) fn entry_name(&self, at: usize) -> String {
        self.entry(at).map_or(String::new(), |entry| self.text(&entry.name).to_owned())
    }

    pub(super) fn entry_code(&self, at: usize) -> String {
        self.entry(at).map_or(String::new(), |entry| entry.code.clone())
    }

    /// Code and name.
    pub(super) fn entry_label(&self, at: usize) -> String {
        format!("{} {}", self.entry_code(at), self.entry_name(at))
    }

    /// Where an entry comes from: its fact `province`, in English `province_en`
    /// where there is one.
    pub(super) fn side(&self, at: usize) -> Option<String> {
        let facts = &self.entry(at)?.facts;
        let english = facts.get("province_en").filter(|_| self.lang == Lang::En);
        english.or_else(|| facts.get("province")).filter(|fact| !fact.is_empty()).cloned()
    }

    pub(super) fn judge_code(&self, at: usize) -> String {
        self.material.input.judges().get(at).map_or(String::new(), |judge| judge.code.clone())
    }

    /// A judge as documents name one: by code, never by name.
    pub(super) fn judge_label(&self, at: usize) -> Said {
        self.say("contest_judge", serde_json::json!({ "code": self.judge_code(at) }))
    }

    /// The stages that were held, as declared and as scored, in order.
    pub(super) fn stages(&self) -> impl DoubleEndedIterator<Item = (&'a Stage, &'a StageResult)> {
        let held = self.material.result.stages.iter().filter(|result| !result.standings.is_empty());
        held.filter_map(|result| Some((self.material.rubric.stages.get(result.stage)?, result)))
    }

    pub(super) fn last_stage(&self) -> Option<(&'a Stage, &'a StageResult)> {
        self.stages().next_back()
    }

    /// The rounds of a stage: declared, with their positions among all rounds and
    /// their schemes.
    pub(super) fn rounds_of(&self, stage: &Stage) -> Vec<Held<'a>> {
        let rounds = self.material.rubric.rounds().enumerate();
        rounds
            .filter(|(_, (at, _))| self.material.rubric.stages.get(*at).is_some_and(|own| own.id == stage.id))
            .filter_map(|(at, (_, round))| {
                Some(Held { at, round, scheme: self.material.rubric.scheme(&round.scheme)? })
            })
            .collect()
    }

    /// What a part of a round made of an entry.
    pub(super) fn part_value(&self, held: &Held<'_>, part: usize, entry: usize) -> Option<&'a Exact> {
        let id = &held.scheme.parts.get(part)?.id;
        self.material.result.round(&held.round.id)?.value(id, entry)
    }

    /// The prize, by position, that somebody won in a ranking.
    pub(super) fn prize_of(&self, ranking: &Id, who: usize) -> Option<usize> {
        let prizes = self.material.rubric.prizes.iter().enumerate();
        let mut of_ranking = prizes.filter(|(_, prize)| prize.of == *ranking);
        let won = |prize: &Prize| {
            let result = self.material.result.prizes.iter().find(|result| result.id == prize.id);
            result.is_some_and(|result| result.winners.contains(&who))
        };
        of_ranking.find(|(_, prize)| won(prize)).map(|(at, _)| at)
    }

    /// The score of a round.
    pub(super) fn round_score(&self, held: &Held<'_>, entry: usize) -> Option<&'a Exact> {
        self.part_value(held, held.scheme.part(&held.scheme.score)?, entry)
    }

    /// What was taken off in a round: the negative terms of its score.
    pub(super) fn deduction(&self, held: &Held<'_>, entry: usize) -> Option<Exact> {
        let score = held.scheme.parts.get(held.scheme.part(&held.scheme.score)?)?;
        let taken = score.terms.iter().filter(|term| term.times.is_negative()).filter_map(|term| {
            let part = held.scheme.part(term.part.as_ref()?)?;
            Some(self.part_value(held, part, entry)? * &term.times.abs())
        });
        Some(taken.sum::<Exact>()).filter(|sum| !sum.is_zero())
    }

    /// A number with its declared places; with all that it has where none are
    /// declared, and with "…" where it has no end.
    pub(super) fn number(&self, value: &Exact, places: Option<u8>) -> String {
        decimals(value, places, self.material.rubric.rounding)
    }

    pub(super) fn count(&self, count: usize) -> Said {
        self.say("contest_count", serde_json::json!({ "n": count, "entries": self.entries_noun() }))
    }

    /// Names in a row, the fourth and further ones counted.
    pub(super) fn names(&self, entries: &[usize]) -> Said {
        let names: Vec<String> = entries.iter().take(3).map(|at| self.entry_name(*at)).collect();
        self.say("contest_names", serde_json::json!({ "names": names, "all": entries.len() }))
    }

    /// Standings with a score, best first.
    pub(super) fn ranked<'b>(&self, standings: &'b [Standing]) -> Vec<&'b Standing> {
        standings.iter().filter(|standing| standing.rank.is_some() && standing.score.is_some()).collect()
    }

    /// Why an entry has no place.
    pub(super) fn status(&self, standing: &Standing) -> Result<Option<String>, TemplateError> {
        if standing.rank.is_some() {
            return Ok(None);
        }
        self.say("contest_status_word", serde_json::json!({ "status": standing.status })).map(Some)
    }
}

/// A number with its declared places; with all that it has where none are
/// declared, and with "…" where it has no end.
pub(in crate::report) fn decimals(value: &Exact, places: Option<u8>, rounding: Rounding) -> String {
    let text = match (places, value.places()) {
        (Some(places), _) => value.fixed(places, rounding),
        (None, Some(own)) if own <= 8 => value.to_string(),
        (None, _) => format!("{}…", value.fixed(ENDLESS, Rounding::HalfEven)),
    };
    text.replace('-', "\u{2212}")
}

/// A round with its scheme.
pub(in crate::report) struct Held<'a> {
    /// Position among all rounds of the rubric.
    pub(in crate::report) at: usize,
    pub(in crate::report) round: &'a StageRound,
    pub(in crate::report) scheme: &'a Scheme,
}

impl<'a> Held<'a> {
    /// The part that is the round's score.
    pub(super) fn score_part(&self) -> Option<&'a Part> {
        self.scheme.parts.get(self.scheme.part(&self.scheme.score)?)
    }

    pub(in crate::report) fn score_places(&self) -> Option<u8> {
        part_places(self.score_part()?)
    }
}

/// The decimals of a part: those it declares to show, else those of its last
/// rounding.
pub(in crate::report) fn part_places(part: &Part) -> Option<u8> {
    part.shown.or_else(|| last_rounding(&part.steps))
}

/// The decimals of the last rounding.
pub(in crate::report) fn last_rounding(steps: &[Operation]) -> Option<u8> {
    steps.iter().rev().find_map(|step| match step {
        Operation::Round { places, .. } => Some(*places),
        _ => None,
    })
}

/// The decimals of a stage's score.
pub(in crate::report) fn stage_places(stage: &Stage, rounds: &[Held<'_>]) -> Option<u8> {
    match &stage.score {
        Some(score) => last_rounding(&score.steps),
        None => rounds.iter().map(Held::score_places).collect::<Option<Vec<_>>>()?.into_iter().max(),
    }
}

/// An axis over values, its ends on multiples of `grid` and about four ticks.
pub(super) fn axis(values: &[f64], grid: f64, unit: &str) -> Option<MarkAxis> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !low.is_finite() || !high.is_finite() {
        return None;
    }
    let min = (low / grid).floor() * grid;
    let max = ((high / grid).ceil() * grid).max(min + grid);
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0]
        .into_iter()
        .find(|step| (max - min) / step <= 4.5)
        .unwrap_or((max - min) / 2.0);
    let first = (min / step).ceil() as i64;
    let last = (max / step).floor() as i64;
    let ticks = (first..=last).map(|count| {
        let at = count as f64 * step;
        Tick { at, text: format!("{at}{unit}") }
    });
    Some(MarkAxis { min, max, ticks: ticks.collect() })
}
