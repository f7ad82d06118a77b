//! What the sheets of a recount say.

use std::collections::BTreeMap;

use super::folder;
use crate::diagnostics::Findings;
use crate::ledger::{Day, Entered, MarkName, Recount, Source};
use crate::plan::StageRound;
use crate::project::contest::deeds::forms;
use crate::project::contest::deeds::sheets::sheets_in;
use crate::project::contest::open::Base;
use crate::project::contest::record::day_of;
use crate::validate::read_sheets;

/// A mark as counted again, and where: the position of its file, row and column.
pub(super) type Found = BTreeMap<MarkName, (String, [u32; 3])>;

/// The rounds of the stage of a recount, by position.
pub(super) fn rounds<'a>(
    base: &'a Base,
    recount: &'a Recount,
) -> impl Iterator<Item = (usize, &'a StageRound)> {
    let rubric = base.rubric.as_ref().map(|rubric| &rubric.rubric);
    let of_stage = move |stage: usize| {
        let stage = rubric.and_then(|rubric| rubric.stages.get(stage));
        stage.is_some_and(|stage| stage.id.as_str() == recount.drawn.stage)
    };
    let all = rubric.into_iter().flat_map(|rubric| rubric.rounds().enumerate());
    all.filter(move |(_, (stage, _))| of_stage(*stage)).map(|(at, (_, round))| (at, round))
}

/// The sheets below the folder of a recount: those that the project declares, under
/// their own paths, then those that are known by their keys.
fn sheets(base: &Base, day: &Day, recount: &Recount, findings: &mut Findings) -> Option<Vec<Entered>> {
    let folder = folder(&recount.drawn.recount);
    let definition = sheets_in(base, &folder);
    let forms = forms::below(base, &definition, &folder, findings);
    let declared = read_sheets(&base.folder, &definition, base.rubric.as_ref()?, day_of(base), 1, findings);
    let keyed = forms::counted(base, day, &forms, findings);
    let (mut sheets, keyed) = (declared?, keyed?);
    for sheet in keyed {
        let same = |one: &Entered| one.round == sheet.round && one.judge == sheet.judge;
        let twice = |one: &Entered| {
            same(one) && one.marks.iter().any(|line| sheet.marks.iter().any(|own| own.about == line.about))
        };
        if sheets.iter().any(twice) {
            findings.push(forms::twice_given(&sheet.source.path, &sheet.round, sheet.judge.as_deref()));
        }
        sheets.push(sheet);
    }
    Some(sheets)
}

/// What the sheets of a recount say of its entries. Those of others that are on
/// them do not matter.
pub(super) fn found(
    base: &Base,
    day: &Day,
    recount: &Recount,
    findings: &mut Findings,
) -> Option<(Vec<Source>, Found)> {
    let sheets = sheets(base, day, recount, findings)?;
    let of_stage: Vec<&str> = rounds(base, recount).map(|(_, round)| round.id.as_str()).collect();
    let (mut sources, mut found): (Vec<Source>, Found) = (Vec::new(), BTreeMap::new());
    for Entered { round, judge, source, marks, .. } in
        sheets.into_iter().filter(|sheet| of_stage.contains(&sheet.round.as_str()))
    {
        for line in marks.into_iter().filter(|line| recount.drawn.entries.contains(&line.about.entry)) {
            let at = sources.iter().position(|known| *known == source).unwrap_or_else(|| {
                sources.push(source.clone());
                sources.len() - 1
            });
            let [row, column] = line.cell;
            let at = [u32::try_from(at).unwrap_or(u32::MAX), row, column];
            found.insert((round.clone(), judge.clone(), line.about), (line.mark, at));
        }
    }
    Some((sources, found))
}
