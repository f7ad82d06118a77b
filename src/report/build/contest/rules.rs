//! A rubric in plain words.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Said;
use crate::diagnostics::{Bilingual, Lang};
use crate::model::Id;
use crate::numeric::{Exact, Rounding};
use crate::plan::{
    Criterion, CriterionKind, Operation, Part, Prefer, Rubric, Scheme, Sharing, Stage, StageRound, Term,
    TieBreak,
};
use crate::report::view::contest::{CriteriaTable, CriterionRow, RuleStep, Rules};
use crate::report::{TemplateError, Words};

/// A rubric with the words to say it in.
pub(super) struct Speaker<'a> {
    pub(super) words: &'a Words,
    pub(super) lang: Lang,
    pub(super) rubric: &'a Rubric,
}

impl Speaker<'_> {
    pub(super) fn rules(&self) -> Result<Rules, TemplateError> {
        let rubric = self.rubric;
        let trimmed = rubric.schemes.iter().flat_map(|scheme| &scheme.parts).any(|part| {
            part.steps
                .iter()
                .any(|step| matches!(step, Operation::Trim { high, low, .. } if *high > 0 && *low > 0))
        });
        let facts = json!({
            "trimmed": trimmed,
            "shared": true,
            "name": self.text(&rubric.name),
            "version": rubric.version,
            "source": self.text(&rubric.source),
        });
        Ok(Rules {
            name: self.words.word("contest_rules_name")?,
            headline: self.words.say("contest_rules_headline", &facts)?,
            lead: self.words.say("contest_rules_lead", &facts)?,
            steps: self.steps()?,
            criteria: self.criteria()?,
        })
    }

    fn text<'b>(&self, words: &'b Bilingual) -> &'b str {
        words.get(self.lang)
    }

    fn step(&self, title: String, text: String) -> RuleStep {
        RuleStep { title, text: text.trim_end().to_owned() }
    }

    pub(super) fn steps(&self) -> Result<Vec<RuleStep>, TemplateError> {
        let mut steps = Vec::new();
        for stage in &self.rubric.stages {
            for round in &stage.rounds {
                if let Some(scheme) = self.rubric.scheme(&round.scheme) {
                    steps.push(self.round_step(stage, round, scheme)?);
                }
            }
            if stage.score.is_some() {
                steps.push(self.stage_step(stage)?);
            }
        }
        let more = [
            ("contest_rule_ties", Some(self.ties()?)),
            ("contest_rule_advance", self.advance()?),
            ("contest_rule_judges", self.judges()?),
            ("contest_rule_absence", Some(self.absence()?)),
            ("contest_rule_prizes", self.prizes()?),
        ];
        for (key, text) in more {
            if let Some(text) = text {
                steps.push(self.step(self.words.word(&format!("{key}_title"))?, text));
            }
        }
        Ok(steps)
    }

    fn round_step(
        &self,
        stage: &Stage,
        round: &StageRound,
        scheme: &Scheme,
    ) -> Result<RuleStep, TemplateError> {
        let names = json!({ "stage": self.text(&stage.name), "round": self.text(&round.name) });
        let parts: Result<Vec<String>, _> = scheme.parts.iter().map(|part| self.part(scheme, part)).collect();
        Ok(self.step(self.words.say("contest_rule_round_title", names)?, parts?.join("\n")))
    }

    fn part(&self, scheme: &Scheme, part: &Part) -> Said {
        let start = if part.terms.is_empty() {
            self.marks(scheme, part)?
        } else {
            self.sum(Some(scheme), &part.terms)
        };
        let context = json!({
            "name": self.text(&part.name), "start": start, "steps": self.operations(&part.steps)?,
        });
        self.words.say("contest_rule_part", context)
    }

    fn marks(&self, scheme: &Scheme, part: &Part) -> Said {
        let criteria: Vec<&Criterion> =
            part.marks.iter().filter_map(|id| scheme.criteria.get(scheme.criterion(id)?)).collect();
        let names: Vec<&str> = criteria.iter().map(|criterion| self.text(&criterion.name)).collect();
        let measured = criteria.iter().all(|criterion| criterion.panel.is_none());
        self.words.say("contest_rule_marks", json!({ "names": names, "measured": measured }))
    }

    /// What each summand is called, with its factor: `A × 0.7 + B × 0.3 − C`.
    pub(super) fn sum(&self, scheme: Option<&Scheme>, terms: &[Term]) -> String {
        let mut text = String::new();
        for (at, term) in terms.iter().enumerate() {
            let minus = term.times.is_negative();
            match (at, minus) {
                (0, false) => {}
                (0, true) => text.push('\u{2212}'),
                (_, false) => text.push_str(" + "),
                (_, true) => text.push_str(" \u{2212} "),
            }
            text.push_str(&self.term_name(scheme, term));
            let factor = term.times.abs();
            if factor != Exact::from(1) {
                text.push_str(&format!(" × {factor}"));
            }
        }
        text
    }

    fn term_name(&self, scheme: Option<&Scheme>, term: &Term) -> String {
        let part =
            |id: &Id| scheme.and_then(|scheme| Some(self.text(&scheme.parts.get(scheme.part(id)?)?.name)));
        let name = match (&term.part, &term.attempt, &term.round, &term.stage) {
            (Some(id), ..) => part(id),
            (_, Some(column), ..) => Some(column.as_str()),
            (_, _, Some(id), _) => self.round_name(id),
            (_, _, _, Some(id)) => self.stage_name(id),
            _ => None,
        };
        name.unwrap_or_default().to_owned()
    }

    fn round_name(&self, id: &Id) -> Option<&str> {
        self.rubric.rounds().find(|(_, round)| round.id == *id).map(|(_, round)| self.text(&round.name))
    }

    fn stage_name(&self, id: &Id) -> Option<&str> {
        self.rubric.stages.iter().find(|stage| stage.id == *id).map(|stage| self.text(&stage.name))
    }

    fn operations(&self, steps: &[Operation]) -> Result<Vec<String>, TemplateError> {
        steps.iter().map(|step| self.operation(step)).collect()
    }

    /// The fields of the operation as they are declared, with the words for its
    /// axis and its rounding.
    fn operation(&self, step: &Operation) -> Said {
        let Json::Object(mut context) = json!(step) else { return Ok(String::new()) };
        let rule = match step {
            Operation::Round { rounding: Some(rounding), .. } => *rounding,
            _ => self.rubric.rounding,
        };
        let field = |name: &str| context.get(name).and_then(Json::as_str).map(str::to_owned);
        let kind = field("do").unwrap_or_default().replace('-', "_");
        let axis = field("over").filter(|_| kind != "stepwise");
        if let Some(axis) = axis {
            context.insert("axis".to_owned(), self.words.word(&format!("contest_axis_{axis}"))?.into());
        }
        context.insert("rule".to_owned(), self.rounding(rule)?.into());
        self.words.say(&format!("contest_op_{kind}"), context)
    }

    pub(super) fn rounding(&self, rounding: Rounding) -> Said {
        self.words.word(match rounding {
            Rounding::HalfUp => "contest_half_up",
            Rounding::HalfEven => "contest_half_even",
        })
    }

    fn stage_step(&self, stage: &Stage) -> Result<RuleStep, TemplateError> {
        let score = stage.score.as_ref();
        let context = json!({
            "stage": self.text(&stage.name),
            "start": score.map_or(String::new(), |score| self.sum(None, &score.terms)),
            "steps": self.operations(score.map_or(&[], |score| &score.steps))?,
        });
        Ok(self.step(
            self.words.say("contest_rule_stage_title", &context)?,
            self.words.say("contest_rule_stage", &context)?,
        ))
    }

    fn ties(&self) -> Said {
        #[derive(Serialize)]
        struct StageTies<'b> {
            name: &'b str,
            breaks: Vec<String>,
        }
        let mut stages = Vec::new();
        for stage in self.rubric.stages.iter().filter(|stage| !stage.ties.is_empty()) {
            let breaks: Result<_, TemplateError> =
                stage.ties.iter().map(|tie| self.tie_break(stage, tie)).collect();
            stages.push(StageTies { name: self.text(&stage.name), breaks: breaks? });
        }
        let dense = self.rubric.places == Sharing::Dense;
        self.words.say("contest_rule_ties", json!({ "stages": stages, "dense": dense }))
    }

    /// What a tie-break compares.
    pub(super) fn tie_break(&self, stage: &Stage, tie: &TieBreak) -> Said {
        let round = match &tie.round {
            Some(id) => self.rubric.rounds().map(|(_, round)| round).find(|round| round.id == *id),
            None => stage.rounds.first(),
        };
        let part = tie.part.as_ref().and_then(|id| {
            let scheme = self.rubric.scheme(&round?.scheme)?;
            scheme.parts.get(scheme.part(id)?)
        });
        let stage_name = tie.stage.as_ref().and_then(|id| self.stage_name(id));
        let name = match (part, stage_name, round) {
            (Some(part), _, Some(round)) if stage.rounds.len() > 1 => {
                format!("{} · {}", self.text(&round.name), self.text(&part.name))
            }
            (Some(part), ..) => self.text(&part.name).to_owned(),
            (_, Some(name), _) => name.to_owned(),
            (_, _, Some(round)) => self.text(&round.name).to_owned(),
            _ => String::new(),
        };
        if tie.prefer == Prefer::Lower {
            return self.words.say("contest_rule_lower", json!({ "name": name }));
        }
        Ok(name)
    }

    fn advance(&self) -> Result<Option<String>, TemplateError> {
        let mut text = String::new();
        for stage in &self.rubric.stages {
            let Some(advance) = &stage.advance else { continue };
            let hundred = Exact::from(100);
            text.push_str(&self.words.say(
                "contest_rule_advance",
                json!({
                    "stage": self.text(&stage.name),
                    "quota": advance.quota,
                    "share": advance.share.as_ref().map(|share| share * &hundred),
                    "minimum": advance.minimum,
                    "within": advance.within.as_deref().map(|fact| self.fact(fact)).transpose()?,
                    "at_cut": advance.at_cut,
                    "reserves": advance.reserves,
                }),
            )?);
        }
        Ok((!text.is_empty()).then_some(text))
    }

    fn fact(&self, fact: &str) -> Said {
        self.words.say("contest_fact_word", json!({ "fact": fact }))
    }

    fn judges(&self) -> Result<Option<String>, TemplateError> {
        let mut panels = Vec::new();
        for panel in &self.rubric.panels {
            let recuse: Result<Vec<_>, _> = panel.recuse.iter().map(|fact| self.fact(fact)).collect();
            panels.push(json!({
                "name": self.text(&panel.name), "recuse": recuse?, "absent": panel.absent,
            }));
        }
        if panels.is_empty() {
            return Ok(None);
        }
        self.words.say("contest_rule_judges", json!({ "panels": panels })).map(Some)
    }

    fn absence(&self) -> Said {
        let absence = self.rubric.absence;
        let context = json!({ "no_show": absence.no_show, "forfeit": absence.forfeit });
        self.words.say("contest_rule_absence", context)
    }

    fn prizes(&self) -> Result<Option<String>, TemplateError> {
        let prizes = &self.rubric.prizes;
        let Some(first) = prizes.first() else { return Ok(None) };
        let groups: Vec<Json> = prizes
            .chunk_by(|a, b| a.of == b.of)
            .map(|group| {
                let ranking = group.first().map_or(String::new(), |prize| self.ranking_name(&prize.of));
                let prizes: Vec<Json> = group
                    .iter()
                    .map(|prize| {
                        json!({
                            "name": self.text(&prize.name),
                            "count": prize.count,
                            "share": prize.share.as_ref().map(|share| share * &Exact::from(100)),
                            "minimum": prize.minimum,
                        })
                    })
                    .collect();
                json!({ "ranking": ranking, "prizes": prizes })
            })
            .collect();
        let context = json!({ "groups": groups, "boundary": first.boundary });
        self.words.say("contest_rule_prizes", context).map(Some)
    }

    /// The stage or the ranking of members of this id.
    pub(super) fn ranking_name(&self, id: &Id) -> String {
        let individual = self.rubric.individuals.iter().find(|individual| individual.id == *id);
        self.stage_name(id)
            .or_else(|| individual.map(|individual| self.text(&individual.name)))
            .unwrap_or_default()
            .to_owned()
    }

    fn criteria(&self) -> Result<Vec<CriteriaTable>, TemplateError> {
        let mut tables = Vec::new();
        for (stage, round) in self.rubric.rounds() {
            let Some(scheme) = self.rubric.scheme(&round.scheme) else { continue };
            let stage = self.rubric.stages.get(stage).map_or("", |stage| self.text(&stage.name));
            let rows: Result<_, TemplateError> =
                scheme.criteria.iter().map(|criterion| self.criterion(criterion)).collect();
            tables.push(CriteriaTable {
                name: self.text(&round.name).to_owned(),
                detail: stage.to_owned(),
                rows: rows?,
            });
        }
        Ok(tables)
    }

    fn criterion(&self, criterion: &Criterion) -> Result<CriterionRow, TemplateError> {
        let panel = criterion.panel.as_ref().and_then(|id| self.rubric.panels.get(self.rubric.panel(id)?));
        let marked_by = match panel {
            Some(panel) if criterion.per_member => {
                self.words.say("contest_criteria_per_member", json!({ "panel": self.text(&panel.name) }))?
            }
            Some(panel) => self.text(&panel.name).to_owned(),
            None if criterion.event.is_some() => self.words.word("contest_criteria_event")?,
            None if criterion.kind == CriterionKind::Measured || criterion.panel.is_none() => {
                self.words.word("contest_criteria_measured")?
            }
            None => String::new(),
        };
        let scale = match (&criterion.low, &criterion.high) {
            (Some(low), Some(high)) => Some(format!("{low}–{high}")),
            (None, Some(high)) => Some(format!("≤ {high}")),
            (Some(low), None) => Some(format!("≥ {low}")),
            (None, None) => None,
        };
        Ok(CriterionRow {
            name: self.text(&criterion.name).to_owned(),
            scale,
            weight: Some(marked_by),
            text: criterion.definition.as_ref().map(|text| self.text(text).to_owned()),
        })
    }
}
