use std::collections::{BTreeMap, BTreeSet};

use super::{
    AppealDecided, AppealOpened, Body, DrawCommitted, DrawRevealed, Entered, Happening, Log, MarkAddress,
    Recount, Seat, Settled, Signed, Source,
};

/// What a mark is about: round, judge, and the rest.
pub type MarkName = (String, Option<String>, MarkAddress);

/// What the events of a log come to. Codes only: it knows no names.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// What the log's file is called.
    pub log: String,
    /// SHA-256 of the log's file.
    pub log_sha256: String,
    /// The hash of the last event; zeros before the first.
    pub head: String,
    /// How many events there are.
    pub events: usize,
    /// The files of the project and their hashes, as opened or accepted since.
    pub files: BTreeMap<String, String>,
    /// The sheets keyed, in order.
    pub sheets: Vec<Sheet>,
    /// The marks that were keyed and are not disputed, before corrections.
    pub marks: BTreeMap<MarkName, MarkState>,
    /// Cells that two people keyed differently, still open.
    pub disputes: BTreeMap<MarkName, Dispute>,
    /// What happened, with the position of its event and who wrote it.
    pub happened: Vec<(usize, String, Happening)>,
    /// What draws are made from, by id, with the position of the event.
    pub commitments: BTreeMap<String, (usize, DrawCommitted)>,
    /// Draws made, by id, with the position of the event.
    pub draws: BTreeMap<String, (usize, DrawRevealed)>,
    /// Signatures, with the position of the event and who wrote it.
    pub signed: Vec<(usize, String, Signed)>,
    /// Recounts in the order in which they were drawn.
    pub recounts: Vec<Recount>,
    /// Appeals by id.
    pub appeals: BTreeMap<String, Appeal>,
    sealed: bool,
}

/// A sheet that was keyed.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The position of its event.
    pub seq: usize,
    /// Who keyed it.
    pub by: String,
    /// The round.
    pub round: String,
    /// Whose sheet it is.
    pub judge: Option<String>,
    /// 1, or 2 when keyed again.
    pub pass: u8,
    /// What was read.
    pub source: Source,
    /// How many marks it had.
    pub marks: usize,
}

/// A mark as keyed, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The mark.
    pub value: String,
    /// Position of its sheet in [`Day::sheets`].
    pub sheet: usize,
    /// Row (or line) and column, from 1.
    pub cell: [u32; 2],
}

/// A mark that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkState {
    /// The mark and its cell.
    pub entry: Entry,
    /// Whether a second person keyed the same, or it was decided between two.
    pub confirmed: bool,
    /// The position of the event that took it out: the judge was recused.
    pub struck: Option<usize>,
}

/// A cell that two people keyed differently; one of them may have left it empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// What the first keyed.
    pub first: Option<Entry>,
    /// What the second keyed.
    pub second: Option<Entry>,
    /// The sheet of the second, by position.
    pub sheet: usize,
}

/// An appeal and what became of it.
#[derive(Clone, Debug)]
pub struct Appeal {
    /// The position of the event that opened it.
    pub seq: usize,
    /// What it says.
    pub opened: AppealOpened,
    /// The decision, with the position of its event.
    pub decided: Option<(usize, AppealDecided)>,
}

impl Day {
    /// What the events of a log come to.
    pub fn of(log: &Log) -> Self {
        let mut day = Self {
            log: log.name().to_owned(),
            log_sha256: log.sha256().to_owned(),
            head: log.head().to_owned(),
            events: log.lines().len(),
            ..Self::default()
        };
        for line in log.lines() {
            day.take(line.seq, &line.by, &line.body);
        }
        day
    }

    /// Whether names are to be hidden.
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// The order of appearance in a round, as drawn: codes of entries.
    pub fn order(&self, round: &str) -> &[String] {
        self.draw_of_order(round).map(|draw| draw.drawn.order.as_slice()).unwrap_or_default()
    }

    /// The seed of that draw.
    pub fn seed_of_order(&self, round: &str) -> Option<&str> {
        self.draw_of_order(round).map(|draw| draw.seed.as_str())
    }

    fn draw_of_order(&self, round: &str) -> Option<&DrawRevealed> {
        let of_round = |id: &str| {
            self.commitments
                .get(id)
                .is_some_and(|(_, committed)| committed.round == round && committed.panel.is_none())
        };
        let drawn = self.draws.iter().filter(|(id, _)| of_round(id)).max_by_key(|(_, (seq, _))| *seq);
        drawn.map(|(_, (_, draw))| draw)
    }

    /// The number under which an entry appears in a round, which is all that a
    /// judge need know of it: `07`, as many digits as the last number has.
    pub fn blind(&self, round: &str, entry: &str) -> Option<String> {
        let order = self.order(round);
        let at = order.iter().position(|code| code == entry)?;
        let width = order.len().to_string().len().max(2);
        Some(format!("{:0width$}", at + 1))
    }

    /// The entry that appears in a round under a number, however many zeros it
    /// begins with.
    pub fn unblind(&self, round: &str, number: &str) -> Option<&str> {
        let at: usize = number.trim().parse().ok()?;
        self.order(round).get(at.checked_sub(1)?).map(String::as_str)
    }

    /// Who marks whom on a panel in a round, as drawn; empty when every judge of
    /// the panel marks every entry.
    pub fn seats(&self, round: &str, panel: &str) -> &[Seat] {
        let fits = |id: &str| {
            self.commitments.get(id).is_some_and(|(_, committed)| {
                committed.round == round && committed.panel.as_deref() == Some(panel)
            })
        };
        let drawn = self.draws.iter().filter(|(id, _)| fits(id)).max_by_key(|(_, (seq, _))| *seq);
        drawn.map(|(_, (_, draw))| draw.drawn.seats.as_slice()).unwrap_or_default()
    }

    /// The marks that count before corrections: not disputed, not struck.
    pub fn standing_marks(&self) -> impl Iterator<Item = (&MarkName, &MarkState)> {
        self.marks.iter().filter(|(_, state)| state.struck.is_none())
    }

    /// Whether a file with these bytes was keyed already, in this pass.
    pub fn has_sheet(&self, source: &Source, judge: Option<&str>, pass: u8) -> bool {
        self.sheets
            .iter()
            .any(|sheet| sheet.pass == pass && sheet.judge.as_deref() == judge && sheet.source == *source)
    }

    fn take(&mut self, seq: usize, by: &str, body: &Body) {
        match body {
            Body::Opened(opened) => {
                let files = opened.files.iter();
                self.files = files.map(|file| (file.path.clone(), file.sha256.clone())).collect();
            }
            Body::FilesAccepted(accepted) => {
                for change in &accepted.changed {
                    match &change.new {
                        Some(new) => drop(self.files.insert(change.path.clone(), new.clone())),
                        None => drop(self.files.remove(&change.path)),
                    }
                }
            }
            Body::DrawCommitted(committed) => {
                drop(self.commitments.insert(committed.draw.clone(), (seq, committed.clone())));
                self.draws.remove(&committed.draw);
            }
            Body::DrawRevealed(draw) => drop(self.draws.insert(draw.draw.clone(), (seq, draw.clone()))),
            Body::Entered(entered) => self.enter(seq, by, entered),
            Body::Settled(settled) => self.settle(settled),
            Body::Happened(happening) => self.happen(seq, by, happening),
            Body::Signed(signed) => self.signed.push((seq, by.to_owned(), signed.clone())),
            Body::Sealed(_) => self.sealed = true,
            Body::Unsealed(_) => self.sealed = false,
            Body::RecountDrawn(drawn) => self.recounts.push(Recount::new(seq, drawn.clone())),
            Body::Recounted(counted) => {
                let own = self.recounts.iter_mut().rev().find(|one| one.drawn.recount == counted.recount);
                if let Some(recount) = own {
                    recount.counted = Some((seq, counted.clone()));
                }
            }
            Body::AppealOpened(opened) => {
                let appeal = Appeal { seq, opened: opened.clone(), decided: None };
                drop(self.appeals.insert(opened.appeal.clone(), appeal));
            }
            Body::AppealDecided(decided) => {
                if let Some(appeal) = self.appeals.get_mut(&decided.appeal) {
                    appeal.decided = Some((seq, decided.clone()));
                }
            }
        }
    }

    fn enter(&mut self, seq: usize, by: &str, entered: &Entered) {
        let at = self.sheets.len();
        let Entered { round, judge, pass, source, marks } = entered;
        self.sheets.push(Sheet {
            seq,
            by: by.to_owned(),
            round: round.clone(),
            judge: judge.clone(),
            pass: *pass,
            source: source.clone(),
            marks: marks.len(),
        });
        let entries: BTreeMap<MarkName, Entry> = marks
            .iter()
            .map(|line| {
                let name = (round.clone(), judge.clone(), line.about.clone());
                (name, Entry { value: line.mark.clone(), sheet: at, cell: line.cell })
            })
            .collect();
        match pass {
            2 => self.compare(at, round, judge.as_deref(), entries),
            _ => self.marks.extend(
                entries
                    .into_iter()
                    .map(|(name, entry)| (name, MarkState { entry, confirmed: false, struck: None })),
            ),
        }
    }

    /// Compares a second entry with the first, cell by cell. A cell that only one
    /// of them filled differs too, if the second has its entry and its criterion.
    fn compare(&mut self, at: usize, round: &str, judge: Option<&str>, second: BTreeMap<MarkName, Entry>) {
        let entries: BTreeSet<&str> = second.keys().map(|(_, _, about)| about.entry.as_str()).collect();
        let criteria: BTreeSet<&str> = second.keys().map(|(_, _, about)| about.criterion.as_str()).collect();
        let left_out: Vec<MarkName> = self
            .marks
            .keys()
            .filter(|(own, whose, about)| {
                own == round
                    && whose.as_deref() == judge
                    && entries.contains(about.entry.as_str())
                    && criteria.contains(about.criterion.as_str())
            })
            .filter(|name| !second.contains_key(*name))
            .cloned()
            .collect();
        for name in left_out {
            let first = self.marks.remove(&name).map(|state| state.entry);
            self.disputes.insert(name, Dispute { first, second: None, sheet: at });
        }
        for (name, entry) in second {
            match self.marks.get_mut(&name) {
                Some(state) if state.entry.value == entry.value => state.confirmed = true,
                _ => {
                    let first = self.marks.remove(&name).map(|state| state.entry);
                    self.disputes.insert(name, Dispute { first, second: Some(entry), sheet: at });
                }
            }
        }
    }

    fn settle(&mut self, settled: &Settled) {
        let name = (settled.round.clone(), settled.judge.clone(), settled.about.clone());
        let Some(Dispute { first, second, .. }) = self.disputes.remove(&name) else {
            let open = self.recounts.iter_mut().filter_map(|one| one.settle(settled).then_some(()));
            if open.count() > 0 && settled.value.is_none() {
                self.marks.remove(&name);
            }
            return;
        };
        let Some(value) = &settled.value else { return };
        let matching = [&first, &second].into_iter().flatten().find(|entry| entry.value == *value);
        let Some(found) = matching.or(first.as_ref()).or(second.as_ref()) else { return };
        let entry = Entry { value: value.clone(), ..found.clone() };
        self.marks.insert(name, MarkState { entry, confirmed: true, struck: None });
    }

    fn happen(&mut self, seq: usize, by: &str, happening: &Happening) {
        if happening.what == "recused" {
            for ((round, judge, about), state) in &mut self.marks {
                let own_round = happening.round.as_ref().is_none_or(|own| own == round);
                if own_round && *judge == happening.judge && Some(&about.entry) == happening.entry.as_ref() {
                    state.struck = Some(seq);
                }
            }
        }
        if let ("corrected", Some(name)) = (happening.what.as_str(), happening.mark()) {
            self.recounts.iter_mut().for_each(|recount| recount.corrected(&name));
        }
        self.happened.push((seq, by.to_owned(), happening.clone()));
    }
}
