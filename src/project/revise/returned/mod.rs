//! What was handed in: confirmation sheets, tables of corrections and appeals.

mod evidence;
mod faults;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use super::super::open::OpenProject;
use crate::diagnostics::Findings;
use crate::digest::sha256;
use crate::input::{Folder, Given, Marked, Table, given};
use crate::ledger::{Log, Replied, Returned, RevisionEvent};
use crate::plan::{ConfirmationKey, Privacy};
use crate::validate::{
    Asked, Known, Replies, UNIT_HEADS, check_repeated, evidence_named, read_corrections, read_replies,
    screen_corrections,
};
use evidence::add_evidence;

/// What the files that were handed in ask for, in their order; of a folder, those
/// that are not on record yet. Everything wrong is a finding; `None` if any of that
/// is an error.
pub(super) fn read(
    project: &OpenProject,
    log: &Log<RevisionEvent>,
    paths: &[PathBuf],
    by: &str,
    findings: &mut Findings,
) -> Option<(Vec<Returned>, Vec<Asked>)> {
    let known = Known {
        framework: &project.framework,
        input: &project.input,
        edition: &project.definition.project.edition,
        by,
    };
    let mut reading = Reading {
        known,
        project: &project.folder,
        privacy: &project.definition.project.privacy,
        taken: Vec::new(),
        proofs: proofs_on_record(log),
        own: Findings::new(),
    };
    let files = given(paths, &mut reading.own);
    let files = reading.new_ones(log, files);
    reading.sheets(&files);
    reading.tables(&files);
    let Reading { mut taken, mut own, .. } = reading;
    taken.sort_by_key(|one| one.at);
    decide(&mut taken);
    let (returned, asked): (Vec<Returned>, Vec<Vec<Asked>>) =
        taken.into_iter().map(|one| (one.returned, one.asked)).unzip();
    let asked: Vec<Asked> = asked.into_iter().flatten().collect();
    check_repeated(&asked, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    sound.then_some((returned, asked))
}

/// A file that is not on record.
struct New {
    given: Given,
    sha256: String,
    bytes: Vec<u8>,
    /// The key that it bears, of a confirmation sheet.
    key: Option<Marked>,
    /// Whether it could be opened at all.
    is_sound: bool,
}

/// What was taken from the file with the number `at`.
struct Taken {
    at: usize,
    returned: Returned,
    asked: Vec<Asked>,
}

struct Reading<'a> {
    known: Known<'a>,
    project: &'a Folder,
    privacy: &'a Privacy,
    taken: Vec<Taken>,
    /// Hashes of files that are evidence.
    proofs: BTreeSet<String>,
    own: Findings,
}

impl Reading<'_> {
    /// The files that are not on record. Of a folder the others are passed over; one
    /// that was named, and one of equal bytes in the same batch, is a finding.
    fn new_ones(&mut self, log: &Log<RevisionEvent>, files: Vec<Given>) -> Vec<New> {
        let known = on_record(log);
        let mut seen: HashMap<String, String> = HashMap::new();
        let mut new = Vec::new();
        for given in files {
            let Some(bytes) = given.folder.read_bytes(&given.name, None, &mut self.own) else { continue };
            let hash = sha256(&bytes);
            match known.get(&hash) {
                Some(_) if given.is_listed => continue,
                Some(before) => {
                    self.own.push(faults::twice(&given.name, before));
                    continue;
                }
                None => {}
            }
            if let Some(before) = seen.insert(hash.clone(), given.name.clone()) {
                self.own.push(faults::twice(&given.name, &before));
                continue;
            }
            let mut own = Findings::new();
            let key = given.folder.find_cell(&given.name, ConfirmationKey::MARK, &mut own);
            let is_sound = !own.has_errors();
            self.own.append(own);
            new.push(New { given, sha256: hash, bytes, key, is_sound });
        }
        new
    }

    /// Reads the confirmation sheets.
    fn sheets(&mut self, files: &[New]) {
        let mut seen: BTreeMap<usize, &str> = BTreeMap::new();
        for (at, file) in files.iter().enumerate() {
            let Some(key) = &file.key else { continue };
            let given = &file.given;
            let Some(replies) = read_replies(&given.folder, &given.name, key, self.known, &mut self.own)
            else {
                let named = evidence_named(&given.folder, &given.name, key);
                self.proofs.extend(hashes(&given.beside(), &named));
                continue;
            };
            self.proofs.extend(hashes(&given.beside(), &replies.evidence));
            let unit = self.known.input.panel().units().get(replies.unit);
            let unit = unit.map_or(String::new(), |unit| unit.code.to_string());
            if let Some(first) = seen.insert(replies.unit, &given.name) {
                self.own.push(faults::two_sheets(&unit, first, replies.key));
                continue;
            }
            let Replies { confirmed, open, mut asked, .. } = replies;
            let corrected = asked.len();
            add_evidence(&mut asked, &[&given.beside(), self.project], &mut self.own);
            let sheet = Replied { unit, confirmed, corrected, open, digest: String::new() };
            self.take(at, file, Some(sheet), asked);
        }
    }

    /// Reads the tables of corrections: all other files but those that were found in
    /// a folder and are evidence.
    fn tables(&mut self, files: &[New]) {
        for (at, file) in files.iter().enumerate().filter(|(_, file)| file.key.is_none() && file.is_sound) {
            let Given { folder, name, is_listed } = &file.given;
            if *is_listed && self.proofs.contains(&file.sha256) {
                continue;
            }
            if ConfirmationKey::is_in(&file.bytes) {
                self.own.push(faults::saved_as_text(name));
                continue;
            }
            let table = self.table(folder, name, *is_listed);
            let screened = table.and_then(|table| screen_corrections(table, self.privacy, &mut self.own));
            let Some(table) = screened else { continue };
            let mut asked = read_corrections(&table, self.known, &mut self.own);
            add_evidence(&mut asked, &[&file.given.beside(), self.project], &mut self.own);
            self.take(at, file, None, asked);
        }
    }

    /// The table of a file, whichever of the usual heads its units stand under.
    fn table(&mut self, folder: &Folder, name: &str, is_listed: bool) -> Option<Table> {
        for head in UNIT_HEADS {
            let mut own = Findings::new();
            let table = folder.read_table(name, head, None, &mut own);
            if let Some(table) = table.filter(|table| table.column(head).is_some()) {
                let sound = !own.has_errors();
                self.own.append(own);
                return sound.then_some(table);
            }
        }
        let mut own = Findings::new();
        let head = UNIT_HEADS.first().copied().unwrap_or_default();
        let table = folder.read_table(name, head, None, &mut own);
        let is_workbook = table.as_ref().is_some_and(|table| table.sheet().is_some());
        match table {
            Some(_) if is_workbook => self.own.push(faults::neither(name)),
            Some(_) if is_listed => self.own.push(faults::passed_over(name)),
            table => {
                self.own.append(own);
                return table;
            }
        }
        None
    }

    fn take(&mut self, at: usize, file: &New, sheet: Option<Replied>, asked: Vec<Asked>) {
        let (file, sha256) = (file.given.name.clone(), file.sha256.clone());
        self.taken.push(Taken { at, returned: Returned { file, sha256, sheet }, asked });
    }
}

/// Where a table has the very correction that a sheet asks for, its row is what was
/// decided about it: it takes the place of the sheet's, whose evidence it keeps.
fn decide(taken: &mut [Taken]) {
    let (mut sheets, mut tables): (Vec<&mut Taken>, Vec<&mut Taken>) =
        taken.iter_mut().partition(|one| one.returned.sheet.is_some());
    for sheet in &mut sheets {
        sheet.asked.retain(|asked| {
            let wanted = &asked.correction;
            let mut rows = tables.iter_mut().flat_map(|table| &mut table.asked);
            let row = rows.find(|row| row.correction.asks_the_same(wanted));
            if let Some(row) = &row
                && row.correction.evidence.is_some()
            {
                return false;
            }
            row.map(|row| row.correction.evidence.clone_from(&wanted.evidence)).is_none()
        });
    }
}

/// The hashes of the files that are named as evidence and lie beside a sheet.
fn hashes(beside: &Folder, named: &[String]) -> Vec<String> {
    let files = named.iter().filter(|text| beside.has(text));
    files
        .filter_map(|file| beside.read_bytes(file, None, &mut Findings::new()).map(|it| sha256(&it)))
        .collect()
}

/// The hashes of the evidence on record.
fn proofs_on_record(log: &Log<RevisionEvent>) -> BTreeSet<String> {
    let corrections = log.lines().iter().flat_map(|line| {
        let RevisionEvent::Revised(revised) = &line.body;
        &revised.corrections
    });
    corrections.filter_map(|one| one.evidence.as_ref()?.sha256.clone()).collect()
}

/// The files on record by hash, and how they are told.
fn on_record(log: &Log<RevisionEvent>) -> HashMap<String, String> {
    let lines = log.lines().iter().flat_map(|line| {
        let RevisionEvent::Revised(revised) = &line.body;
        revised.returned.iter().map(|file| (file.sha256.clone(), format!("{}:{}", log.name(), line.seq)))
    });
    lines.collect()
}
