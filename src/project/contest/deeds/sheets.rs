//! Sheets that are keyed, and marks that are corrected.

use super::{bad_deed, events, forms, refuse};
use crate::definitions::ContestDefinition;
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::ledger::{Body, Day, Entered, Entry, Happening, MarkName, Recount, Settled, Sheet};
use crate::numeric::Exact;
use crate::project::contest::open::Base;
use crate::project::contest::record::day_of;
use crate::validate::read_sheets;

/// The folder of sheets as a second person keyed them: each under the path that
/// the first has in the project.
pub(super) const SECOND: &str = "second";

/// The project with the sheets of one pass: of the second only those that are there.
pub(in crate::project::contest) fn sheets_of(base: &Base, pass: u8) -> ContestDefinition {
    if pass == 2 { sheets_in(base, SECOND) } else { base.definition.clone() }
}

/// The project with those of its sheets that are also in this folder, each under
/// the path that it has in the project.
pub(super) fn sheets_in(base: &Base, folder: &str) -> ContestDefinition {
    let mut definition = base.definition.clone();
    let moved = |path: &mut Option<String>| {
        if let Some(path) = path {
            *path = format!("{folder}/{path}");
        }
    };
    for marks in &mut definition.project.marks {
        moved(&mut marks.file);
        moved(&mut marks.folder);
    }
    let file_is_there = |path: &String| base.folder.has(path.split('#').next().unwrap_or(path));
    let folder_is_there = |path: &String| !base.folder.names_in(path, "").is_empty();
    definition.project.marks.retain(|marks| {
        marks.file.as_ref().is_some_and(file_is_there) || marks.folder.as_ref().is_some_and(folder_is_there)
    });
    definition
}

/// Keys sheets that are not on record.
pub(super) fn enter(
    base: &Base,
    day: &Day,
    by: &str,
    files: &[String],
    second: bool,
    findings: &mut Findings,
) -> Option<Vec<Body>> {
    let pass = if second { 2 } else { 1 };
    let rubric = base.rubric.as_ref()?;
    let definition = sheets_of(base, pass);
    let given = forms::sorted(base, &definition, files, pass, findings);
    let path_of = |path: &str| {
        path.strip_prefix(SECOND).and_then(|path| path.strip_prefix('/')).unwrap_or(path).to_owned()
    };
    let named: Vec<String> = given.declared.iter().map(|path| path_of(path)).collect();
    let wanted = |sheet: &Entered| files.is_empty() || named.contains(&path_of(&sheet.source.path));
    let mut sheets = Vec::new();
    if files.is_empty() || !named.is_empty() {
        let read = read_sheets(&base.folder, &definition, rubric, day_of(base), pass, findings);
        sheets.extend(read.unwrap_or_default().into_iter().filter(wanted));
    }
    sheets.extend(forms::read(base, day, &given.forms, pass, findings).unwrap_or_default());
    let mut new = Vec::new();
    for path in &given.events {
        new.extend(events::read(base, day, path, findings).unwrap_or_default());
    }
    for sheet in sheets {
        if day.has_sheet(&sheet.source, sheet.judge.as_deref(), pass) {
            continue;
        }
        let twice = day.sheets.iter().find(|one| {
            one.pass == pass
                && one.round == sheet.round
                && one.judge == sheet.judge
                && one.source.path == sheet.source.path
        });
        if let Some(known) = twice {
            findings.push(keyed_already(&known.source.path, known.seq));
            continue;
        }
        let first = |one: &&Sheet| {
            one.pass == 1 && one.round == sheet.round && one.judge == sheet.judge && one.by == by
        };
        if second && day.sheets.iter().any(|one| first(&one)) {
            findings.push(same_person(&sheet.source.path, by));
            continue;
        }
        new.push(Body::Entered(sheet));
    }
    if findings.has_errors() {
        return None;
    }
    if let (true, Some(path)) = (new.is_empty(), given.events.first()) {
        return refuse(findings, rows_known(path));
    }
    if new.is_empty() {
        return refuse(
            findings,
            bad_deed(
                bilingual!("没有还未录入的评分表", "there is no sheet that is not on record"),
                bilingual!(
                    "核对文件名；评分表在 benchline.toml 的 [[marks]] 中声明，复录的放在 {SECOND}/ 下同样的路径；`contest forms` 的评分表写在命令行上",
                    "check the names; sheets are declared as [[marks]] in benchline.toml, those keyed again lie under {SECOND}/ with the same path; those of `contest forms` are named on the command line"
                ),
            ),
        );
    }
    Some(new)
}

/// A correction, a decision between two entries of a mark, or one between what
/// counts and what a recount found.
pub(super) fn correct(day: &Day, happening: &Happening) -> Body {
    let Some(name) = happening.mark() else { return Body::Happened(happening.clone()) };
    let value_of = |entry: &Option<Entry>| entry.as_ref().map(|entry| entry.value.clone());
    if let Some(dispute) = day.disputes.get(&name) {
        return settled(name, value_of(&dispute.first), value_of(&dispute.second), happening);
    }
    let open = day.recounts.iter().flat_map(Recount::open).find(|one| one.name() == name);
    match open {
        Some(one) if happening.value.is_none() || same(&happening.value, &one.counts) => {
            let stands =
                Happening { value: happening.value.as_ref().and(one.counts.clone()), ..happening.clone() };
            settled(name, one.counts.clone(), one.found.clone(), &stands)
        }
        Some(one) => {
            let old = happening.old.clone().or_else(|| one.counts.clone());
            Body::Happened(Happening { old, ..happening.clone() })
        }
        None => Body::Happened(happening.clone()),
    }
}

fn settled(name: MarkName, first: Option<String>, second: Option<String>, happening: &Happening) -> Body {
    let (round, judge, about) = name;
    let (value, reason) = (happening.value.clone(), happening.reason.clone());
    Body::Settled(Settled { round, judge, about, first, second, value, reason })
}

/// Whether two texts are the same number.
fn same(one: &Option<String>, other: &Option<String>) -> bool {
    let number = |text: &Option<String>| Some(Exact::parse_decimal(text.as_ref()?)?.0);
    number(one).is_some() && number(one) == number(other)
}

fn same_person(path: &str, by: &str) -> Finding {
    Finding::new(
        Code::SamePerson,
        bilingual!("“{path}”的第一遍也是 {by} 录的", "the first entry of `{path}` was by {by} too"),
        bilingual!("换一人复录，`--by` 写其编号", "let somebody else key it, with their code as `--by`"),
    )
    .at(Place::file(path))
}

fn rows_known(path: &str) -> Finding {
    bad_deed(
        bilingual!("“{path}”的各行都已记入日志", "every row of `{path}` is on record already"),
        bilingual!(
            "无需重录；新的事项加在表末再录",
            "nothing to do; add new events as rows and enter it again"
        ),
    )
    .at(Place::file(path))
}

fn keyed_already(path: &str, seq: usize) -> Finding {
    Finding::new(
        Code::KeyedAlready,
        bilingual!(
            "“{path}”在第 {seq} 件事已经录入，此后文件变了",
            "`{path}` was keyed in event {seq}, and the file has changed since"
        ),
        bilingual!("恢复文件；要改分数，用 `correct`", "restore the file; to change a mark, use `correct`"),
    )
    .at(Place::file(path))
}
