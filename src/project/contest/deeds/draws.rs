//! Draws, in two steps.

use std::collections::BTreeSet;

use super::{refuse, result};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::ledger::{Body, Day, DrawCommitted, DrawRevealed, Entrant, draw};
use crate::plan::Draw;
use crate::project::contest::open::Base;
use crate::validate::{ContestInput, Entry, Judge};

fn declared<'a>(base: &'a Base, id: &str, findings: &mut Findings) -> Option<&'a Draw> {
    let draws = &base.definition.project.draws;
    let found = draws.iter().find(|draw| draw.id.as_str() == id);
    if found.is_none() {
        let known: Vec<&str> = draws.iter().map(|draw| draw.id.as_str()).collect();
        let (list, id) = (known.join(", "), shown(id));
        findings.push(not_ready(
            bilingual!("项目没有声明抽签“{id}”", "the project declares no draw `{id}`"),
            bilingual!(
                "可用：{list}；或在 benchline.toml 加一段 [[draw]]",
                "the choices are: {list}; or add a [[draw]] to benchline.toml"
            ),
        ));
    }
    found
}

/// Fixes all that decides a draw but the public value.
pub(super) fn commit(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    id: &str,
    secret: &str,
    findings: &mut Findings,
) -> Option<Body> {
    let draw = declared(base, id, findings)?;
    if day.draws.contains_key(id) || day.commitments.contains_key(id) {
        return refuse(
            findings,
            not_ready(
                bilingual!("抽签“{id}”已经作出承诺", "the draw `{id}` was committed to before"),
                bilingual!(
                    "用 `draw reveal` 抽签；重抽须另起编号",
                    "make it with `draw reveal`; to draw again, declare another id"
                ),
            ),
        );
    }
    let field = Field::of(base, input, draw, findings)?;
    Some(Body::DrawCommitted(DrawCommitted {
        draw: id.to_owned(),
        round: draw.round.to_string(),
        panel: draw.panel.as_ref().map(ToString::to_string),
        commitment: draw::commitment(id, secret),
        gap: draw.gap as usize,
        seats: draw.seats.unwrap_or_default() as usize,
        entrants: field.entrants(),
        judges: field.seated(),
    }))
}

/// Who and what decides a draw. Entries and judges stand in the natural order of
/// their codes.
struct Field<'a> {
    base: &'a Base,
    input: &'a ContestInput,
    draw: &'a Draw,
    /// The round, by position.
    round: usize,
    entries: BTreeSet<usize>,
    /// The judges of the panel that is drawn; all when an order is.
    judges: Vec<(usize, &'a Judge)>,
}

impl<'a> Field<'a> {
    fn of(base: &'a Base, input: &'a ContestInput, draw: &'a Draw, findings: &mut Findings) -> Option<Self> {
        let entries = participants(base, input, draw, findings)?;
        let round = input.rounds().iter().position(|round| round.id == draw.round)?;
        let panels = base.rubric.as_ref().map_or(&[][..], |rubric| &rubric.rubric.panels);
        let of_panel = |judge: &Judge| {
            let own = panels.get(judge.panel).map(|panel| &panel.id);
            draw.panel.as_ref().is_none_or(|panel| own == Some(panel))
        };
        let judges = input.judges().iter().enumerate().filter(|(_, judge)| of_panel(judge)).collect();
        Some(Self { base, input, draw, round, entries, judges })
    }

    fn entrants(&self) -> Vec<Entrant> {
        let all = self.input.entries().iter().enumerate();
        let own = all.filter(|(at, _)| self.entries.contains(at));
        own.map(|(at, entry)| Entrant {
            entry: entry.code.clone(),
            keys: if self.draw.panel.is_none() { self.keys(entry) } else { Vec::new() },
            barred: if self.draw.panel.is_some() { self.barred(at, entry) } else { Vec::new() },
        })
        .collect()
    }

    /// The judges whose seats are drawn.
    fn seated(&self) -> Vec<String> {
        let judges = self.judges.iter().filter(|_| self.draw.panel.is_some());
        judges.map(|(_, judge)| judge.code.clone()).collect()
    }

    /// What keeps an entry apart from others: its own facts, and those that it has
    /// in common with a judge.
    fn keys(&self, entry: &Entry) -> Vec<String> {
        let key = |start: &str, fact: &String| Some(format!("{start}{fact}={}", entry.facts.get(fact)?));
        let of_a_judge = |fact: &&String| self.judges.iter().any(|(_, judge)| agree(fact, entry, judge));
        let own = self.draw.apart.iter().filter_map(|fact| key("", fact));
        let judged = self.draw.judges_apart.iter().filter(of_a_judge).filter_map(|fact| key("judge:", fact));
        own.chain(judged).collect()
    }

    /// The judges who may not mark an entry.
    fn barred(&self, at: usize, entry: &Entry) -> Vec<String> {
        let panels = self.base.rubric.as_ref().map_or(&[][..], |rubric| &rubric.rubric.panels);
        let may_not = |(own, judge): &&(usize, &Judge)| {
            let recuse = panels.get(judge.panel).map_or(&[][..], |panel| panel.recuse.as_slice());
            self.input.is_recused(recuse, *own, at, self.round)
                || self.draw.judges_apart.iter().any(|fact| agree(fact, entry, judge))
        };
        self.judges.iter().filter(may_not).map(|(_, judge)| judge.code.clone()).collect()
    }
}

/// Whether an entry and a judge have the same value of a fact.
fn agree(fact: &str, entry: &Entry, judge: &Judge) -> bool {
    let own = entry.facts.get(fact).filter(|value| !value.is_empty());
    own.is_some() && own == judge.facts.get(fact)
}

/// Who takes part in the round of a draw: those in its running order if there is
/// one; in the first stage all entries, in a later one those who went on.
fn participants(
    base: &Base,
    input: &ContestInput,
    draw: &Draw,
    findings: &mut Findings,
) -> Option<BTreeSet<usize>> {
    let round = input.rounds().iter().find(|round| round.id == draw.round)?;
    if !round.order.is_empty() {
        return Some(round.order.iter().map(|(entry, _)| *entry).collect());
    }
    let before = round.stage.checked_sub(1);
    let Some(before) = before.and_then(|at| base.rubric.as_ref()?.rubric.stages.get(at)) else {
        return Some((0..input.entries().len()).collect());
    };
    let result = result(base, findings);
    let through = result.as_ref().and_then(|result| result.stage(&before.id)?.advance.as_ref());
    if through.is_none() {
        let (id, stage) = (&draw.id, &before.id);
        findings.push(not_ready(
            bilingual!(
                "抽签“{id}”要等“{stage}”有了晋级名单",
                "the draw `{id}` has to wait until `{stage}` says who goes on"
            ),
            bilingual!("先录完该阶段的评分表", "key all sheets of that stage first"),
        ));
    }
    Some(through?.through.iter().copied().collect())
}

/// Makes a draw that was committed to.
pub(super) fn reveal(
    day: &Day,
    id: &str,
    secret: &str,
    public: &str,
    findings: &mut Findings,
) -> Option<Body> {
    let Some((_, committed)) = day.commitments.get(id) else {
        return refuse(
            findings,
            not_ready(
                bilingual!("抽签“{id}”还没有承诺", "the draw `{id}` was not committed to yet"),
                bilingual!("先用 `draw commit` 公布承诺", "publish a commitment with `draw commit` first"),
            ),
        );
    };
    if day.draws.contains_key(id) {
        return refuse(
            findings,
            not_ready(
                bilingual!("抽签“{id}”已经抽过", "the draw `{id}` was made before"),
                bilingual!("一次抽签只抽一回", "a draw is made once"),
            ),
        );
    }
    if draw::commitment(id, secret) != committed.commitment {
        return refuse(
            findings,
            not_ready(
                bilingual!(
                    "秘密与抽签“{id}”的承诺不符",
                    "the secret is not the one that was committed to for `{id}`"
                ),
                bilingual!("核对 `--secret`", "check `--secret`"),
            ),
        );
    }
    let seed = draw::seed(id, secret, public);
    let drawn = draw::drawn(committed, &seed);
    if drawn.conflicts > 0 {
        let count = drawn.conflicts;
        findings.push(Finding::new(
            Code::NotKeptApart,
            bilingual!("抽签“{id}”有 {count} 处无法错开或坐满", "the draw `{id}` leaves {count} conflicts"),
            bilingual!(
                "减小 `gap` 或 `seats`，或接受并公布",
                "lower `gap` or `seats`, or accept it and say so"
            ),
        ));
    }
    Some(Body::DrawRevealed(DrawRevealed {
        draw: id.to_owned(),
        secret: secret.to_owned(),
        public: public.to_owned(),
        seed,
        drawn,
    }))
}

fn not_ready(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::DrawNotReady, message, help)
}
