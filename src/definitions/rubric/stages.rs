use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;
use crate::plan::{Axis, Rubric, Stage, StageRound, TieBreak};

use super::super::document::{Document, Step, at};
use super::axes::Axes;
use super::ids::unknown;
use super::parts::{several, walk};

/// Checks stages, rounds, tie-breaks, quotas, rankings of members and prizes.
pub(super) fn check(rubric: &Rubric, axes: &[Vec<Axes>], document: &Document, findings: &mut Findings) {
    let checker = &mut Checker { rubric, axes, document, findings };
    for (index, stage) in rubric.stages.iter().enumerate() {
        checker.stage(index, stage);
    }
    for (index, one) in rubric.individuals.iter().enumerate() {
        let at = at!["individual", index];
        let Some(round) = checker.round(&one.round, rubric.stages.len(), &[&at[..], &at!["round"]].concat())
        else {
            continue;
        };
        checker.part_with(round, &one.part, Only::Members, &[&at[..], &at!["part"]].concat());
        for (tie, declared) in one.ties.iter().enumerate() {
            let at = [&at[..], &at!["ties", tie]].concat();
            match (&declared.part, &declared.round, &declared.stage) {
                (Some(part), None, None) => checker.part_with(round, part, Only::Members, &at),
                _ => checker.bad_tie(&at),
            }
        }
    }
    checker.prizes();
}

struct Checker<'a> {
    rubric: &'a Rubric,
    axes: &'a [Vec<Axes>],
    document: &'a Document,
    findings: &'a mut Findings,
}

/// What the numbers of a part must differ by.
#[derive(Clone, Copy, PartialEq)]
enum Only {
    Nothing,
    Anything,
    Members,
}

impl<'a> Checker<'a> {
    fn report(&mut self, finding: Finding, at: &[Step]) {
        let place = self.document.place(at);
        self.findings.push(finding.at(place));
    }

    fn stage(&mut self, index: usize, stage: &'a Stage) {
        let at = at!["stage", index];
        for (position, round) in stage.rounds.iter().enumerate() {
            let at = [&at[..], &at!["round", position]].concat();
            if self.rubric.scheme(&round.scheme).is_none() {
                let known = self.rubric.schemes.iter().map(|scheme| &scheme.id);
                let finding = unknown(("评分办法", "scheme"), round.scheme.as_str(), known);
                self.report(finding, &[&at[..], &at!["scheme"]].concat());
                continue;
            }
            for (tie, declared) in round.ties.iter().enumerate() {
                self.tie(declared, index, Some(round), &[&at[..], &at!["ties", tie]].concat());
            }
        }
        if let Some(score) = &stage.score {
            for (term, declared) in score.terms.iter().enumerate() {
                let at = [&at[..], &at!["score", "terms", term]].concat();
                match (&declared.part, &declared.attempt, &declared.round, &declared.stage) {
                    (part, None, Some(round), None) => {
                        if let (Some(round), Some(part)) = (self.round(round, index + 1, &at), part) {
                            self.part_with(round, part, Only::Nothing, &at);
                        }
                    }
                    (None, None, None, Some(stage)) => self.earlier_stage(stage, index, &at),
                    _ => self.report(
                        Finding::new(
                            Code::BadValue,
                            bilingual!(
                                "此处的项是 `round` 或 `stage`，二者取一",
                                "a term here is a `round` or a `stage`, one of them"
                            ),
                            bilingual!(
                                "分项在 `[[scheme.part]]` 中相加",
                                "parts are added in `[[scheme.part]]`"
                            ),
                        ),
                        &at,
                    ),
                }
            }
            let list = [&at[..], &at!["score", "steps"]].concat();
            walk(&score.steps, Axes::default(), true, &list, self.document, self.findings);
        }
        for (tie, declared) in stage.ties.iter().enumerate() {
            self.tie(declared, index, None, &[&at[..], &at!["ties", tie]].concat());
        }
        if let Some(advance) = &stage.advance {
            let given = (advance.quota.is_some(), advance.share.is_some(), advance.minimum.is_some());
            self.one_of(given, &["quota", "share"], &[&at[..], &at!["advance"]].concat());
        }
    }

    /// The round of this id in the first `stages` stages.
    fn round(&mut self, id: &Id, stages: usize, at: &[Step]) -> Option<&'a StageRound> {
        let rounds = || self.rubric.rounds().filter(|(stage, _)| *stage < stages).map(|(_, round)| round);
        let found = rounds().find(|round| round.id == *id);
        if found.is_none() {
            let finding = unknown(("轮次", "round"), id.as_str(), rounds().map(|round| &round.id));
            self.report(finding, at);
        }
        found
    }

    fn earlier_stage(&mut self, id: &Id, before: usize, at: &[Step]) {
        let stages = || self.rubric.stages.iter().take(before).map(|stage| &stage.id);
        if !stages().any(|stage| stage == id) {
            self.report(unknown(("前面的阶段", "earlier stage"), id.as_str(), stages()), at);
        }
    }

    fn tie(&mut self, tie: &TieBreak, stage: usize, own: Option<&'a StageRound>, at: &[Step]) {
        let only = if tie.countback { Only::Anything } else { Only::Nothing };
        let rounds = self.rubric.stages.get(stage).map(|stage| stage.rounds.as_slice()).unwrap_or_default();
        let sole = if rounds.len() == 1 { rounds.first() } else { None };
        match (&tie.part, &tie.round, &tie.stage) {
            (Some(part), None, None) => match own.or(sole) {
                Some(round) => self.part_with(round, part, only, at),
                None => self.report(
                    Finding::new(
                        Code::BadValue,
                        bilingual!(
                            "本阶段有几个轮次，没有说明分项“{part}”属于哪一轮",
                            "the stage has several rounds and the part `{part}` does not say of which"
                        ),
                        bilingual!("加上 `round = \"…\"`", "add `round = \"…\"`"),
                    ),
                    at,
                ),
            },
            (Some(part), Some(round), None) => {
                if let Some(round) = self.round(round, stage + 1, at) {
                    self.part_with(round, part, only, at);
                }
            }
            (None, Some(round), None) if !tie.countback => drop(self.round(round, stage + 1, at)),
            (None, None, Some(id)) if !tie.countback => self.earlier_stage(id, stage + 1, at),
            _ => self.bad_tie(at),
        }
    }

    fn bad_tie(&mut self, at: &[Step]) {
        self.report(
            Finding::new(
                Code::BadValue,
                bilingual!("看不出按什么区分同分", "it is not clear what parts equal scores here"),
                bilingual!(
                    "写 `part`（可带 `round`）、`round` 或 `stage` 之一；`countback` 只用于 `part`",
                    "write one of `part` (with or without `round`), `round` and `stage`; `countback` goes with `part` only"
                ),
            ),
            at,
        );
    }

    /// The part of this id of a round's scheme must differ by `only`.
    fn part_with(&mut self, round: &StageRound, id: &Id, only: Only, at: &[Step]) {
        let scheme = self.rubric.schemes.iter().position(|scheme| scheme.id == round.scheme);
        let Some((index, scheme)) = scheme.and_then(|at| Some((at, self.rubric.schemes.get(at)?))) else {
            return;
        };
        let Some(part) = scheme.part(id) else {
            let known = scheme.parts.iter().map(|part| &part.id);
            return self.report(unknown(("分项", "part"), id.as_str(), known), at);
        };
        let left = self.axes.get(index).and_then(|parts| parts.get(part)).copied().unwrap_or_default();
        match only {
            Only::Nothing if !left.is_empty() => self.report(several(id.as_str(), left), at),
            Only::Members if left != Axes::default().with(Axis::Members, true) => {
                let there = left.named();
                let (zh, en) = (there.zh, there.en);
                let finding = Finding::new(
                    Code::BadStep,
                    bilingual!(
                        "分项“{id}”应为每位选手一个数，现在分：{zh}",
                        "the part `{id}` must be one number per member and differs by: {en}"
                    ),
                    bilingual!(
                        "选 `per_member` 评分项的分项，且不对选手求和或平均",
                        "take a part of `per_member` criteria that is not summed or averaged over members"
                    ),
                );
                self.report(finding, at);
            }
            _ => {}
        }
    }

    /// One of two keys is given, or a minimum alone.
    fn one_of(&mut self, given: (bool, bool, bool), keys: &[&str], at: &[Step]) {
        let (a, b, minimum) = given;
        if (a && b) || (!a && !b && !minimum) {
            let (first, second) = (keys.first().copied().unwrap_or(""), keys.get(1).copied().unwrap_or(""));
            self.report(
                Finding::new(
                    Code::BadValue,
                    bilingual!(
                        "`{first}` 与 `{second}` 二者取一，或只写 `minimum`",
                        "one of `{first}` and `{second}` is needed, or `minimum` alone"
                    ),
                    bilingual!("写其中一个", "write one of them"),
                ),
                at,
            );
        }
    }

    fn prizes(&mut self) {
        let rubric = self.rubric;
        let known = || {
            rubric.stages.iter().map(|stage| &stage.id).chain(rubric.individuals.iter().map(|one| &one.id))
        };
        for (index, prize) in rubric.prizes.iter().enumerate() {
            if !known().any(|id| *id == prize.of) {
                let finding =
                    unknown(("阶段或个人排名", "stage or ranking of members"), prize.of.as_str(), known());
                self.report(finding, &at!["prize", index, "of"]);
            }
            let given = (prize.count.is_some(), prize.share.is_some(), prize.minimum.is_some());
            self.one_of(given, &["count", "share"], &at!["prize", index]);
        }
    }
}
