use std::collections::BTreeMap;

use super::cells::mean;
use super::result::{Cell, Key, Note, Status};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::numeric::Exact;
use crate::plan::{AbsentJudge, Criterion, Rubric, StageRound};
use crate::validate::{ContestInput, EventKind, MarkKey};

/// A round with all that is needed to look up its marks.
#[derive(Clone, Copy)]
pub(super) struct Round<'a> {
    pub(super) input: &'a ContestInput,
    pub(super) rubric: &'a Rubric,
    pub(super) declared: &'a StageRound,
    /// Its position among all rounds.
    pub(super) at: usize,
}

impl<'a> Round<'a> {
    /// Whether anything was marked.
    pub(super) fn was_held(&self) -> bool {
        self.input.rounds().get(self.at).is_some_and(|round| !round.marks.is_empty())
    }

    pub(super) fn criteria(&self) -> &'a [Criterion] {
        self.rubric.scheme(&self.declared.scheme).map(|scheme| scheme.criteria.as_slice()).unwrap_or_default()
    }

    /// How an entry took part.
    pub(super) fn status(&self, entry: usize) -> Status {
        let events = self.input.events().iter().filter(|event| {
            event.entry == Some(entry) && event.member.is_none() && event.covers(self.at, self.input)
        });
        let status = events.filter_map(|event| match event.kind {
            EventKind::NoShow => Some(Status::NoShow),
            EventKind::Forfeit => Some(Status::Forfeit),
            EventKind::Disqualified => Some(Status::Disqualified),
            _ => None,
        });
        status.max().unwrap_or_default()
    }

    /// The members of an entry who came.
    fn members(&self, entry: usize) -> Vec<usize> {
        let all = self.input.entries().get(entry).map(|entry| entry.members.as_slice()).unwrap_or_default();
        all.iter().copied().filter(|member| !self.stayed_away(*member)).collect()
    }

    /// Whether a member did not come.
    pub(super) fn stayed_away(&self, member: usize) -> bool {
        self.input.events().iter().any(|event| {
            event.kind == EventKind::NoShow
                && event.member == Some(member)
                && event.covers(self.at, self.input)
        })
    }

    /// The judges of a criterion's panel who sit in the round.
    fn judges(&self, criterion: &Criterion) -> Vec<usize> {
        let panel = criterion.panel.as_ref().and_then(|panel| self.rubric.panel(panel));
        let judges = self.input.judges().iter().enumerate();
        let sits = |rounds: &std::collections::BTreeSet<usize>| rounds.contains(&self.at);
        judges
            .filter(|(_, judge)| Some(judge.panel) == panel && judge.rounds.as_ref().is_none_or(sits))
            .map(|(at, _)| at)
            .collect()
    }

    /// What there must be a mark for, of one criterion and entry, but for the
    /// judge; members who stayed away are told by `true`.
    fn subjects(&self, criterion: &Criterion, entry: usize) -> Vec<(Option<usize>, Option<usize>)> {
        let members: Vec<Option<usize>> = if criterion.per_member {
            self.members(entry).into_iter().map(Some).collect()
        } else {
            vec![None]
        };
        let attempts: Vec<Option<usize>> = if criterion.per_attempt {
            let all =
                self.input.rounds().get(self.at).map(|round| round.attempts.as_slice()).unwrap_or_default();
            let own = all.iter().enumerate().filter(|(_, attempt)| attempt.entry == entry);
            own.map(|(at, _)| Some(at)).collect()
        } else {
            vec![None]
        };
        members.iter().flat_map(|member| attempts.iter().map(move |attempt| (*member, *attempt))).collect()
    }

    fn value(&self, key: MarkKey) -> Option<&'a Exact> {
        let marks = &self.input.rounds().get(self.at)?.marks;
        marks.get(marks.binary_search_by_key(&key, |mark| mark.key).ok()?).map(|mark| &mark.value)
    }

    /// The marks of one criterion for an entry, with what stands for those of
    /// absent judges. What is missing is noted in `missing`.
    pub(super) fn cells(&self, at: usize, entry: usize, sole: bool, missing: &mut Missing) -> Vec<Cell> {
        let Some(criterion) = self.criteria().get(at) else { return Vec::new() };
        let judges = self.judges(criterion);
        let mut cells = Vec::new();
        for (member, attempt) in self.subjects(criterion, entry) {
            let key = |judge| MarkKey { entry, member, attempt, criterion: at, judge };
            let cell_key = |judge| Key { member, attempt, criterion: (!sole).then_some(at), judge };
            if criterion.panel.is_none() {
                match (self.value(key(None)), criterion.event.is_some()) {
                    (Some(value), _) => cells.push(Cell::new(cell_key(None), value.clone())),
                    (None, true) => cells.push(Cell::new(cell_key(None), Exact::zero())),
                    (None, false) if criterion.optional => {}
                    (None, false) => missing.note(None, entry, at),
                }
                continue;
            }
            let rules =
                criterion.panel.as_ref().and_then(|panel| self.rubric.panels.get(self.rubric.panel(panel)?));
            let (recuse, absent) =
                rules.map_or((&[][..], AbsentJudge::LeaveOut), |rules| (&rules.recuse, rules.absent));
            let mut filled = Vec::new();
            let first = cells.len();
            for judge in &judges {
                if let Some(value) = self.value(key(Some(*judge))) {
                    cells.push(Cell::new(cell_key(Some(*judge)), value.clone()));
                } else if !self.input.is_seated(*judge, entry, self.at)
                    || self.input.is_recused(recuse, *judge, entry, self.at)
                {
                } else if self.input.is_absent(*judge, entry, self.at) {
                    match absent {
                        AbsentJudge::LeaveOut => {}
                        AbsentJudge::MeanOfOthers => filled.push(*judge),
                        AbsentJudge::Refuse => missing.note(Some(*judge), entry, at),
                    }
                } else if !criterion.optional {
                    missing.note(Some(*judge), entry, at);
                }
            }
            let others = mean(cells.iter().skip(first).map(|cell| &cell.value));
            if let Some(others) = others {
                cells.extend(filled.into_iter().map(|judge| Cell {
                    key: cell_key(Some(judge)),
                    value: others.clone(),
                    note: Note::Filled,
                }));
            }
        }
        if criterion.per_member && self.rubric.absence.no_show == crate::plan::Absence::Zero {
            self.zeros_of_absent(at, entry, &judges, sole, &mut cells);
        }
        cells.sort_by_key(|cell| cell.key);
        cells
    }

    /// A member who stayed away has zeros where the rubric says so.
    fn zeros_of_absent(&self, at: usize, entry: usize, judges: &[usize], sole: bool, cells: &mut Vec<Cell>) {
        let all = self.input.entries().get(entry).map(|entry| entry.members.as_slice()).unwrap_or_default();
        let seats: Vec<Option<usize>> =
            if judges.is_empty() { vec![None] } else { judges.iter().copied().map(Some).collect() };
        for member in all.iter().filter(|member| self.stayed_away(**member)) {
            for judge in &seats {
                let key = Key {
                    member: Some(*member),
                    attempt: None,
                    criterion: (!sole).then_some(at),
                    judge: *judge,
                };
                cells.push(Cell::new(key, Exact::zero()));
            }
        }
    }

    /// Reports marks of entries that take no part, or did not come.
    pub(super) fn report_unexpected(&self, entrants: &[usize], findings: &mut Findings) {
        let Some(round) = self.input.rounds().get(self.at) else { return };
        let mut seen = std::collections::BTreeSet::new();
        for mark in &round.marks {
            let entry = mark.key.entry;
            let reached = entrants.binary_search(&entry).is_ok();
            let came = self.status(entry) != Status::NoShow;
            if (reached && came) || !seen.insert(entry) {
                continue;
            }
            let code = self.input.entries().get(entry).map_or("", |entry| entry.code.as_str());
            let (zh, en) = (&self.declared.name.zh, &self.declared.name.en);
            let finding = match reached {
                false => Finding::new(
                    Code::UnexpectedMark,
                    bilingual!(
                        "“{code}”没有进入“{zh}”，却有分数",
                        "`{code}` did not reach `{en}` and has marks there"
                    ),
                    bilingual!(
                        "删去分数；确属递补的，在事项表中记“递补”",
                        "delete the marks, or record an `admitted` event"
                    ),
                ),
                true => Finding::new(
                    Code::UnexpectedMark,
                    bilingual!(
                        "“{code}”在“{zh}”记为未到，却有分数",
                        "`{code}` is recorded as a no-show in `{en}` and has marks there"
                    ),
                    bilingual!("核对事项表与评分表", "check the events and the sheets"),
                ),
            };
            findings.extend(self.input.place(mark.origin).map(|place| finding.at(place)));
        }
    }
}

/// Marks that are not there, by judge.
#[derive(Default)]
pub(super) struct Missing(BTreeMap<Option<usize>, Vec<(usize, usize)>>);

impl Missing {
    fn note(&mut self, judge: Option<usize>, entry: usize, criterion: usize) {
        self.0.entry(judge).or_default().push((entry, criterion));
    }

    /// Whether an entry lacks a mark.
    pub(super) fn concerns(&self, entry: usize) -> bool {
        self.0.values().flatten().any(|(lacking, _)| *lacking == entry)
    }

    /// One finding per judge, which names the first mark that is missing.
    pub(super) fn report(mut self, round: Round<'_>, findings: &mut Findings) {
        let (zh, en) = (&round.declared.name.zh, &round.declared.name.en);
        for (judge, marks) in &mut self.0 {
            marks.sort_unstable();
            marks.dedup();
            let count = marks.len();
            let lacks = if count == 1 { "1 mark".to_owned() } else { format!("{count} marks") };
            let are = if count == 1 { "is" } else { "are" };
            let Some((entry, criterion)) = marks.first() else { continue };
            let entry = round.input.entries().get(*entry).map_or("", |entry| entry.code.as_str());
            let Some(criterion) = round.criteria().get(*criterion).map(|criterion| &criterion.name) else {
                continue;
            };
            let (item_zh, item_en) = (&criterion.zh, &criterion.en);
            let finding = match judge
                .and_then(|judge| round.input.judges().get(judge))
                .map(|judge| &judge.code)
            {
                Some(code) => Finding::new(
                    Code::MissingMark,
                    bilingual!(
                        "评委“{code}”在“{zh}”缺 {count} 个分数，首个是“{entry}”的“{item_zh}”",
                        "the judge `{code}` lacks {lacks} in `{en}`, first `{item_en}` of `{entry}`"
                    ),
                    bilingual!(
                        "补上分数；评委回避或缺席的，在事项表中记“回避”或“缺席”",
                        "fill them in; if the judge was recused or absent, record a `recused` or `absent` event"
                    ),
                ),
                None => Finding::new(
                    Code::MissingMark,
                    bilingual!(
                        "“{zh}”缺 {count} 个分数，首个是“{entry}”的“{item_zh}”",
                        "{lacks} {are} missing in `{en}`, first `{item_en}` of `{entry}`"
                    ),
                    bilingual!(
                        "补上分数；未到的，在事项表中记“未到”",
                        "fill them in; for an entry that did not come, record a `no-show` event"
                    ),
                ),
            };
            findings.push(match round.input.sheet_place(round.at, *judge) {
                Some(place) => finding.at(place),
                None => finding.at(Place::file(crate::validate::CONTEST_FILE)),
            });
        }
    }
}
