//! Whether a contest is what its log says.

mod records;

use std::path::Path;
use std::sync::Arc;

use super::deeds::{changed_files, gone, on_record, result_hash, sheets_of};
use super::open::{Base, read_base, read_input};
use super::score::score_contest;
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, Position, Severity, bilingual, shown};
use crate::digest::sha256;
use crate::input::Folder;
use crate::ledger::{Body, Day, Entered, Log, draw};
use crate::report::standings_json;
use crate::store::{MANIFEST, Manifest};
use crate::validate::{ContestInput, read_sheets_again};

/// The shortest part of a head that is taken for it.
const SHORTEST_HEAD: usize = 16;

/// What was compared, and found equal unless there are findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The hash of the last event.
    pub head: String,
    /// Events whose chain was followed.
    pub events: usize,
    /// Sheets whose file and marks were read again.
    pub sheets: usize,
    /// Draws made again.
    pub draws: usize,
    /// Recounts drawn and compared again.
    pub recounts: usize,
    /// Output files hashed again, and results computed again.
    pub outputs: usize,
}

/// Compares the contest in `root` with its log from the first event to the last,
/// then the outputs in `out`, if there are any, with what the log comes to. Whatever
/// differs is a finding, in that order. `head` is the head as it was published.
pub fn verify(
    root: &Path,
    head: Option<&str>,
    out: &Path,
    findings: &mut Findings,
) -> Result<Option<Verified>, Failure> {
    let before = findings.count(Severity::Error);
    let base = read_base(root, findings);
    let (Some(base), true) = (base, findings.count(Severity::Error) == before) else { return Ok(None) };
    let Some(log) = base.log.clone().filter(|log| !log.lines().is_empty()) else {
        findings.push(Finding::new(
            Code::BadDeed,
            bilingual!("赛事没有日志，或日志是空的", "the contest has no log, or an empty one"),
            bilingual!(
                "先用 `benchline contest enter` 等命令记录",
                "put something on record first, for example with `benchline contest enter`"
            ),
        ));
        return Ok(None);
    };
    let day = Day::of(&log);
    let mut verified =
        Verified { head: log.head().to_owned(), events: log.lines().len(), ..Verified::default() };
    if let Some(head) = head {
        compare_head(&log, head, findings);
    }
    verified.draws = draws(&log, &day, findings);
    verified.sheets = sheets(&base, &log, &day, findings);
    gone(&base, &day, findings);
    verified.recounts = recounts(&base, &day, findings);
    let Some(open) = read_input(base.clone(), findings) else { return Ok(None) };
    files(&base, &open.input, &day, findings);
    let Some(scored) = score_contest(open, findings) else { return Ok(None) };
    records::check(&base, &log, &scored.contest.input, &result_hash(&scored.result), findings);
    let made = standings_json(scored.material())?;
    verified.outputs = outputs(out, &made, findings);
    Ok(Some(verified))
}

fn compare_head(log: &Log, head: &str, findings: &mut Findings) {
    let wanted = head.to_lowercase();
    let is_it = |hash: &str| wanted.len() >= SHORTEST_HEAD && hash.starts_with(&wanted);
    let found = log.lines().iter().position(|line| is_it(&line.hash));
    match found {
        Some(at) if at + 1 == log.lines().len() => {}
        Some(at) => {
            let (at, after) = (at + 1, log.lines().len() - at - 1);
            findings.push(
                Finding::new(
                    Code::HeadOlder,
                    bilingual!(
                        "公布的日志头是第 {at} 件事，其后又有 {after} 件",
                        "the published head is event {at}; {after} came after it"
                    ),
                    bilingual!(
                        "公布新的日志头，说明追加了什么",
                        "publish the new head, and say what was added"
                    ),
                )
                .at(log.place(at)),
            );
        }
        None => {
            let head = shown(head);
            findings.push(
                Finding::new(
                    Code::HeadUnknown,
                    bilingual!("日志里没有公布的日志头“{head}”：这不是公布成绩时的日志", "the log does not have the published head `{head}`: it is not the log that the result was published from"),
                    bilingual!("找出公布成绩时的日志；若只是抄错，核对至少 {SHORTEST_HEAD} 位", "find the log that the result was published from; or check the digits, of which {SHORTEST_HEAD} are needed"),
                )
                .at(Place::file(log.name())),
            );
        }
    }
}

fn draws(log: &Log, day: &Day, findings: &mut Findings) -> usize {
    for (id, (seq, made)) in &day.draws {
        let same = day.commitments.get(id).is_some_and(|(_, committed)| {
            draw::commitment(id, &made.secret) == committed.commitment
                && draw::seed(id, &made.secret, &made.public) == made.seed
                && draw::drawn(committed, &made.seed) == made.drawn
        });
        if !same {
            findings.push(
                Finding::new(
                    Code::DrawDiffers,
                    bilingual!(
                        "抽签“{id}”重做的结果与所记不同",
                        "the draw `{id}`, made again, comes out otherwise than recorded"
                    ),
                    bilingual!(
                        "以重做为准，查明日志由谁改动",
                        "trust the draw made again, and find out who changed the log"
                    ),
                )
                .at(log.place(*seq)),
            );
        }
    }
    day.draws.len()
}

/// Reads every sheet on record again: first the file, then its marks.
fn sheets(base: &Base, log: &Log, day: &Day, findings: &mut Findings) -> usize {
    for sheet in &day.sheets {
        let path = &sheet.source.path;
        let bytes = base.folder.read_bytes(path, None, findings);
        if bytes.is_some_and(|bytes| sha256(&bytes) != sheet.source.sha256) {
            findings.push(changed(path, &format!("{}", sheet.seq)));
        }
    }
    let entered = log.lines().iter().filter_map(|line| match &line.body {
        Body::Entered(entered) => Some((line.seq, entered)),
        _ => None,
    });
    let read: Vec<Entered> =
        [1, 2].into_iter().flat_map(|pass| read_again(base, day, pass, findings)).collect();
    let mut known = 0;
    for (seq, entered) in entered {
        let again = read.iter().find(|one| {
            one.source == entered.source && one.judge == entered.judge && one.round == entered.round
        });
        let Some(again) = again else {
            findings.push(not_found(entered, seq));
            continue;
        };
        known += 1;
        let differs = entered.marks.iter().zip(&again.marks).find(|(one, other)| one != other);
        let differs = differs
            .map(|(one, _)| one)
            .or_else(|| entered.marks.get(again.marks.len()).or(again.marks.get(entered.marks.len())));
        if let Some(mark) = differs {
            findings.push(mark_differs(entered, mark, seq));
        }
    }
    for sheet in
        read.iter().filter(|one| !day.sheets.iter().any(|sheet| sheet.source.path == one.source.path))
    {
        let path = &sheet.source.path;
        findings.push(
            Finding::new(
                Code::NotKeyed,
                bilingual!(
                    "“{path}”没有录入日志，不计入成绩",
                    "`{path}` is not on record and does not count"
                ),
                bilingual!("用 `benchline contest enter` 录入", "key it with `benchline contest enter`"),
            )
            .at(Place::file(path)),
        );
    }
    known
}

/// Hashes what was keyed for recounts again. Picks and comparisons are made again
/// with the other records.
fn recounts(base: &Base, day: &Day, findings: &mut Findings) -> usize {
    for (seq, counted) in day.recounts.iter().filter_map(|one| one.counted.as_ref()) {
        let mut last = "";
        for source in &counted.sources {
            let bytes = base.folder.read_bytes(&source.path, None, findings);
            if last != source.path && bytes.is_some_and(|bytes| sha256(&bytes) != source.sha256) {
                findings.push(changed(&source.path, &seq.to_string()));
            }
            last = &source.path;
        }
    }
    day.recounts.len()
}

/// The sheets of a pass as they are now: those that the project declares, then those
/// that are known by their keys.
fn read_again(base: &Base, day: &Day, pass: u8, findings: &mut Findings) -> Vec<Entered> {
    let Some(rubric) = &base.rubric else { return Vec::new() };
    let declared = sheets_of(base, pass);
    let mut keyed = declared.clone();
    keyed.project.marks = on_record(base, day, pass);
    let mut sheets = Vec::new();
    for definition in [declared, keyed] {
        let (mut own, day) = (Findings::new(), Arc::new(day.clone()));
        match read_sheets_again(&base.folder, &definition, rubric, day, pass, &mut own) {
            Some(read) => sheets.extend(read),
            None => findings.append(own),
        }
    }
    sheets
}

fn not_found(entered: &Entered, seq: usize) -> Finding {
    let path = &entered.source.path;
    let judge = entered.judge.as_deref().unwrap_or("—");
    Finding::new(
        Code::MarkDiffers,
        bilingual!(
            "日志第 {seq} 件事所录的评委 {judge} 的评分表，在项目声明的评分表中找不到",
            "the sheet of {judge} that event {seq} of the log keyed is not among those that the project declares"
        ),
        bilingual!(
            "恢复 [[marks]] 的声明和文件；若从未有此表，查明日志由谁改动",
            "restore the [[marks]] and their files; if there never was such a sheet, find out who changed the log"
        ),
    )
    .at(Place::file(path))
}

fn mark_differs(entered: &Entered, mark: &crate::ledger::MarkLine, seq: usize) -> Finding {
    let (entry, criterion, value) = (&mark.about.entry, &mark.about.criterion, &mark.mark);
    let judge = entered.judge.as_deref().unwrap_or("—");
    let [row, column] = mark.cell.map(|number| number as usize);
    let position = match &entered.source.sheet {
        Some(sheet) => Position::Cell { sheet: sheet.clone(), row, column },
        None => Position::Text { line: row, column },
    };
    Finding::new(
        Code::MarkDiffers,
        bilingual!(
            "日志第 {seq} 件事记评委 {judge} 给 {entry} 的“{criterion}”为 {value}，评分表里不是",
            "event {seq} of the log has {value} for `{criterion}` of {entry} by {judge}; the sheet has not"
        ),
        bilingual!("以评分表为准，查明日志由谁改动", "trust the sheet, and find out who changed the log"),
    )
    .at(Place { position: Some(position), ..Place::file(&entered.source.path) })
}

fn changed(path: &str, seq: &str) -> Finding {
    Finding::new(
        Code::FileChanged,
        bilingual!(
            "“{path}”与第 {seq} 件事所记的哈希不同",
            "`{path}` does not have the hash that event {seq} recorded"
        ),
        bilingual!(
            "恢复原文件；名单确需改动的，用 `benchline contest accept` 登记",
            "restore the file; if a list had to change, record it with `benchline contest accept`"
        ),
    )
    .at(Place::file(path))
}

fn files(base: &Base, input: &ContestInput, day: &Day, findings: &mut Findings) {
    for change in changed_files(base, input, day) {
        findings.push(changed(&change.path, "1"));
    }
}

/// Hashes every output that the manifest lists, and compares the results with
/// those computed from the log.
fn outputs(out: &Path, made: &[u8], findings: &mut Findings) -> usize {
    let folder = Folder::new(out);
    if !folder.has(MANIFEST) {
        return 0;
    }
    let manifest = folder.read_bytes(MANIFEST, None, findings);
    let manifest: Option<Manifest> = manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(manifest) = manifest else {
        findings.push(output_differs(MANIFEST));
        return 0;
    };
    for entry in &manifest.outputs {
        let bytes = folder.has(&entry.path).then(|| folder.read_bytes(&entry.path, None, findings)).flatten();
        let same = bytes.is_some_and(|bytes| {
            sha256(&bytes) == entry.sha256 && (entry.path != "results.json" || bytes == made)
        });
        if !same {
            findings.push(output_differs(&entry.path));
        }
    }
    manifest.outputs.len()
}

fn output_differs(path: &str) -> Finding {
    Finding::new(
        Code::OutputDiffers,
        bilingual!("输出“{path}”不是日志重算的结果", "the output `{path}` is not what the log comes to"),
        bilingual!(
            "重新运行 `benchline run`；若已公布，查明谁改动了它",
            "run `benchline run` again; if it was published, find out who changed it"
        ),
    )
    .at(Place::file(path))
}
