use std::collections::BTreeSet;

use super::result::{ContestResult, Status};
use crate::model::Id;
use crate::plan::{CertificateSpec, Recipient, Rubric};
use crate::validate::{ContestInput, EventKind};

/// A certificate: what kind it is of, whom it names and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// The kind: its position among those declared.
    pub kind: usize,
    /// The entry.
    pub entry: usize,
    /// The member, when it names one.
    pub member: Option<usize>,
    /// The prize, by its position in the rubric, when it is for one.
    pub prize: Option<usize>,
    /// The place in the ranking that gave the prize.
    pub place: Option<u32>,
    /// Its number among its kind, from 1.
    pub number: usize,
}

/// The certificates of a contest, kind by kind in the order declared: winners in
/// the order of prizes and places, those who took part in the order of codes.
pub fn awards(
    input: &ContestInput,
    rubric: &Rubric,
    result: &ContestResult,
    kinds: &[CertificateSpec],
) -> Vec<Award> {
    let giver = Giver { input, rubric, result };
    let mut named: BTreeSet<(usize, Option<usize>)> = BTreeSet::new();
    let mut awards = Vec::new();
    for (kind, spec) in kinds.iter().enumerate() {
        let mut own = giver.of_kind(kind, spec);
        own.retain(|award| !spec.rest || !named.contains(&(award.entry, award.member)));
        for (at, award) in own.iter_mut().enumerate() {
            award.number = at + 1;
        }
        named.extend(own.iter().map(|award| (award.entry, award.member)));
        awards.append(&mut own);
    }
    awards
}

struct Giver<'a> {
    input: &'a ContestInput,
    rubric: &'a Rubric,
    result: &'a ContestResult,
}

impl Giver<'_> {
    fn of_kind(&self, kind: usize, spec: &CertificateSpec) -> Vec<Award> {
        match &spec.stage {
            Some(stage) => self.of_stage(kind, spec.to, stage),
            None => {
                let prizes = self.rubric.prizes.iter().enumerate();
                let wanted = prizes.filter(|(_, prize)| spec.prizes.contains(&prize.id));
                wanted.flat_map(|(at, _)| self.of_prize(kind, spec.to, at)).collect()
            }
        }
    }

    fn of_prize(&self, kind: usize, to: Recipient, prize: usize) -> Vec<Award> {
        let Some(declared) = self.rubric.prizes.get(prize) else { return Vec::new() };
        let given = self.result.prizes.iter().find(|result| result.id == declared.id);
        let winners = given.map_or(&[][..], |given| &given.winners);
        let individual = self.result.individuals.iter().find(|one| one.id == declared.of);
        let standings = match individual {
            Some(one) => &one.standings,
            None => match self.result.stage(&declared.of) {
                Some(stage) => &stage.standings,
                None => return Vec::new(),
            },
        };
        let award = |entry, member, who| Award {
            kind,
            entry,
            member,
            prize: Some(prize),
            place: standings.iter().find(|standing| standing.who == who).and_then(|standing| standing.rank),
            number: 0,
        };
        let members = |who: &usize| match (individual, to) {
            (Some(_), _) => {
                let own = self.input.members().get(*who);
                own.map(|member| award(member.entry, Some(*who), *who)).into_iter().collect::<Vec<_>>()
            }
            (None, Recipient::Entries) => vec![award(*who, None, *who)],
            (None, Recipient::Members) => {
                self.members(*who).iter().map(|member| award(*who, Some(*member), *who)).collect()
            }
        };
        winners.iter().flat_map(members).collect()
    }

    /// Who was placed in a stage, in order of code; members who stayed away not.
    fn of_stage(&self, kind: usize, to: Recipient, id: &Id) -> Vec<Award> {
        let Some(stage) = self.result.stage(id) else { return Vec::new() };
        let came =
            |standing: &&super::Standing| standing.status == Status::Present && standing.rank.is_some();
        let mut entries: Vec<usize> = stage.standings.iter().filter(came).map(|one| one.who).collect();
        entries.sort_unstable();
        let award = |entry, member| Award { kind, entry, member, prize: None, place: None, number: 0 };
        let of_entry = |entry: usize| match to {
            Recipient::Entries => vec![award(entry, None)],
            Recipient::Members => {
                let came =
                    self.members(entry).iter().filter(|member| !self.stayed_away(**member, stage.stage));
                came.map(|member| award(entry, Some(*member))).collect()
            }
        };
        entries.into_iter().flat_map(of_entry).collect()
    }

    fn members(&self, entry: usize) -> &[usize] {
        self.input.entries().get(entry).map_or(&[], |entry| &entry.members)
    }

    fn stayed_away(&self, member: usize, stage: usize) -> bool {
        self.input.events().iter().any(|event| {
            event.kind == EventKind::NoShow
                && event.member == Some(member)
                && event.covers_stage(stage, self.input)
        })
    }
}
