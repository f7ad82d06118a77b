//! Deeds of the contest day → events.

use super::open::{Base, read_input};
use super::record::day_of;
use std::collections::BTreeSet;

use crate::contest::{ContestResult, evaluate};
use crate::definitions::ContestDefinition;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::ledger::{
    AppealDecided, AppealOpened, Body, Day, DrawCommitted, DrawRevealed, Entered, Entrant, FileChange,
    FilesAccepted, Happening, MarkAddress, Moved, Settled, Signed, StandingLine, Why, draw,
};
use crate::model::Id;
use crate::plan::Draw;
use crate::validate::{ContestInput, read_sheets};

/// Something that is done on the contest day.
#[derive(Clone, Debug)]
pub enum Deed<'a> {
    /// Fixes what a draw is made from, and its secret by a hash.
    Commit {
        /// Id of the draw in the project.
        draw: &'a str,
        /// The secret, kept until the draw.
        secret: &'a str,
    },
    /// Makes a draw.
    Reveal {
        /// Id of the draw.
        draw: &'a str,
        /// The secret.
        secret: &'a str,
        /// The public value.
        public: &'a str,
    },
    /// Keys the sheets that the project declares and that are not on record.
    Enter {
        /// Only sheets in these files, by path within the project; all if empty.
        files: &'a [String],
        /// To be compared with the first entry.
        second: bool,
    },
    /// Corrects a mark, or decides between two entries of it.
    Correct(Happening),
    /// Puts an event on record.
    Happened(Happening),
    /// Puts files of the project on record anew.
    Accept(&'a str),
    /// Signs the result.
    Sign {
        /// The stage or the round.
        of: &'a str,
        /// In what office.
        role: &'a str,
    },
    /// Hides names.
    Seal(&'a str),
    /// Shows names.
    Unseal(&'a str),
    /// Opens an appeal.
    Appeal {
        /// Id of the appeal.
        id: &'a str,
        /// Whose it is.
        entry: &'a str,
        /// The stage.
        stage: &'a str,
        /// What it says.
        reason: &'a str,
    },
    /// Decides an appeal.
    Decide {
        /// Id of the appeal.
        id: &'a str,
        /// Whether it is upheld.
        upheld: bool,
        /// Why.
        reason: &'a str,
    },
}

/// The events that a deed comes to; `None` with findings if it cannot be done.
pub(super) fn bodies(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    by: &str,
    deed: &Deed<'_>,
    findings: &mut Findings,
) -> Option<Vec<Body>> {
    let one = match deed {
        Deed::Commit { draw, secret } => commit(base, input, day, draw, secret, findings)?,
        Deed::Reveal { draw, secret, public } => reveal(day, draw, secret, public, findings)?,
        Deed::Enter { files, second } => return enter(base, day, by, files, *second, findings),
        Deed::Correct(happening) => correct(day, happening),
        Deed::Happened(happening) => Body::Happened(happening.clone()),
        Deed::Accept(reason) => accept(base, input, day, reason, findings)?,
        Deed::Sign { of, role } => {
            let result = result(base, findings)?;
            let known = base.rubric.as_ref()?.rubric.stages.iter().any(|stage| stage.id.as_str() == *of)
                || input.rounds().iter().any(|round| round.id.as_str() == *of);
            if !known {
                findings.push(no_stage(of));
                return None;
            }
            let result_sha256 = result_hash(&result);
            Body::Signed(Signed { of: (*of).to_owned(), role: (*role).to_owned(), result_sha256 })
        }
        Deed::Seal(_) if day.is_sealed() => return refuse(findings, sealed_already(true)),
        Deed::Unseal(_) if !day.is_sealed() => return refuse(findings, sealed_already(false)),
        Deed::Seal(reason) => Body::Sealed(Why { reason: (*reason).to_owned() }),
        Deed::Unseal(reason) => Body::Unsealed(Why { reason: (*reason).to_owned() }),
        Deed::Appeal { id, entry, stage, reason } => {
            if day.appeals.contains_key(*id) {
                return refuse(findings, taken(id));
            }
            let before = standing(input, &result(base, findings)?, entry, stage, findings)?;
            Body::AppealOpened(AppealOpened {
                appeal: (*id).to_owned(),
                entry: (*entry).to_owned(),
                stage: (*stage).to_owned(),
                reason: (*reason).to_owned(),
                before,
            })
        }
        Deed::Decide { id, upheld, reason } => decide(base, input, day, id, *upheld, reason, findings)?,
    };
    Some(vec![one])
}

fn refuse<T>(findings: &mut Findings, finding: Finding) -> Option<T> {
    findings.push(finding);
    None
}

/// SHA-256 of a result as JSON, as it stands on the documents.
pub(super) fn result_hash(result: &ContestResult) -> String {
    crate::digest::sha256(&serde_json::to_vec(result).unwrap_or_default())
}

fn result(base: &Base, findings: &mut Findings) -> Option<ContestResult> {
    let open = read_input(base.clone(), findings)?;
    evaluate(&open.input, &open.rubric.rubric, findings)
}

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

fn commit(
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
    let taking_part = participants(base, input, draw, findings)?;
    let panel = draw.panel.as_ref();
    let round = input.rounds().iter().position(|round| round.id == draw.round)?;
    let of_panel = |judge: &&crate::validate::Judge| {
        let rubric = base.rubric.as_ref().map(|rubric| &rubric.rubric);
        let own = rubric.and_then(|rubric| rubric.panels.get(judge.panel)).map(|panel| &panel.id);
        panel.is_none_or(|panel| own == Some(panel))
    };
    let judges: Vec<&crate::validate::Judge> = input.judges().iter().filter(of_panel).collect();
    // Entries and judges stand in the natural order of their codes.
    let entrants: Vec<Entrant> = input
        .entries()
        .iter()
        .enumerate()
        .filter(|(at, _)| taking_part.contains(at))
        .map(|(at, entry)| {
            let same = |fact: &String, judge: &crate::validate::Judge| {
                let own = entry.facts.get(fact).filter(|value| !value.is_empty());
                own.is_some() && own == judge.facts.get(fact)
            };
            let kept =
                draw.apart.iter().filter_map(|fact| Some(format!("{fact}={}", entry.facts.get(fact)?)));
            let of_judges =
                draw.judges_apart.iter().filter(|fact| judges.iter().any(|judge| same(fact, judge)));
            let of_judges =
                of_judges.filter_map(|fact| Some(format!("judge:{fact}={}", entry.facts.get(fact)?)));
            let recused = |judge: &crate::validate::Judge| {
                let own = input.judges().iter().position(|one| one.code == judge.code);
                let rules = base.rubric.as_ref().and_then(|rubric| rubric.rubric.panels.get(judge.panel));
                own.zip(rules).is_some_and(|(own, panel)| input.is_recused(&panel.recuse, own, at, round))
            };
            let barred = judges
                .iter()
                .filter(|judge| recused(judge) || draw.judges_apart.iter().any(|fact| same(fact, judge)));
            Entrant {
                entry: entry.code.clone(),
                keys: if panel.is_none() { kept.chain(of_judges).collect() } else { Vec::new() },
                barred: match panel {
                    Some(_) => barred.map(|judge| judge.code.clone()).collect(),
                    None => Vec::new(),
                },
            }
        })
        .collect();
    let judges: Vec<String> = match panel {
        Some(_) => judges.iter().map(|judge| judge.code.clone()).collect(),
        None => Vec::new(),
    };
    Some(Body::DrawCommitted(DrawCommitted {
        draw: id.to_owned(),
        round: draw.round.to_string(),
        panel: panel.map(ToString::to_string),
        commitment: draw::commitment(id, secret),
        gap: draw.gap as usize,
        seats: draw.seats.unwrap_or_default() as usize,
        entrants,
        judges,
    }))
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

fn reveal(day: &Day, id: &str, secret: &str, public: &str, findings: &mut Findings) -> Option<Body> {
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

/// The folder of sheets as a second person keyed them: each under the path that
/// the first has in the project.
const SECOND: &str = "second";

/// The project with the sheets of one pass: of the second only those that are there.
pub(super) fn sheets_of(base: &Base, pass: u8) -> ContestDefinition {
    let mut definition = base.definition.clone();
    if pass == 2 {
        let moved = |path: &mut Option<String>| {
            if let Some(path) = path {
                *path = format!("{SECOND}/{path}");
            }
        };
        for marks in &mut definition.project.marks {
            moved(&mut marks.file);
            moved(&mut marks.folder);
        }
        let is_there = |path: &str| base.folder.has(path.split('#').next().unwrap_or(path));
        definition
            .project
            .marks
            .retain(|marks| [&marks.file, &marks.folder].into_iter().flatten().any(|path| is_there(path)));
    }
    definition
}

fn enter(
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
    let sheets = read_sheets(&base.folder, &definition, rubric, day_of(base), pass, findings)?;
    let path_of = |sheet: &Entered| {
        let path = sheet.source.path.as_str();
        path.strip_prefix(SECOND).and_then(|path| path.strip_prefix('/')).unwrap_or(path).to_owned()
    };
    let wanted = |sheet: &Entered| {
        files.is_empty() || files.contains(&sheet.source.path) || files.contains(&path_of(sheet))
    };
    let mut new = Vec::new();
    for sheet in sheets.into_iter().filter(wanted) {
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
        let first = |one: &&crate::ledger::Sheet| {
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
    if new.is_empty() {
        return refuse(
            findings,
            bad_deed(
                bilingual!("没有还未录入的评分表", "there is no sheet that is not on record"),
                bilingual!(
                    "核对文件名；评分表在 benchline.toml 的 [[marks]] 中声明，复录的放在 {SECOND}/ 下同样的路径",
                    "check the names; sheets are declared as [[marks]] in benchline.toml, those keyed again lie under {SECOND}/ with the same path"
                ),
            ),
        );
    }
    Some(new)
}

fn correct(day: &Day, happening: &Happening) -> Body {
    let about = MarkAddress {
        entry: happening.entry.clone().unwrap_or_default(),
        member: happening.member.clone(),
        attempt: happening.attempt.clone(),
        criterion: happening.criterion.clone().unwrap_or_default(),
    };
    let round = happening.round.clone().unwrap_or_default();
    let name = (round.clone(), happening.judge.clone(), about.clone());
    match day.disputes.get(&name) {
        Some(dispute) => Body::Settled(Settled {
            round,
            judge: happening.judge.clone(),
            about,
            first: dispute.first.as_ref().map(|entry| entry.value.clone()),
            second: dispute.second.as_ref().map(|entry| entry.value.clone()),
            value: happening.value.clone(),
            reason: happening.reason.clone(),
        }),
        None => Body::Happened(happening.clone()),
    }
}

fn accept(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    reason: &str,
    findings: &mut Findings,
) -> Option<Body> {
    let changed = changed_files(base, input, day);
    if changed.is_empty() {
        return refuse(
            findings,
            bad_deed(
                bilingual!(
                    "文件与日志所记一致，没有可登记的改动",
                    "the files are as on record: there is nothing to accept"
                ),
                bilingual!("无需处理", "nothing to do"),
            ),
        );
    }
    Some(Body::FilesAccepted(FilesAccepted { changed, reason: reason.to_owned() }))
}

/// The files that say what the contest is, and differ from what is on record.
pub(super) fn changed_files(base: &Base, input: &ContestInput, day: &Day) -> Vec<FileChange> {
    let documents = [Some(&base.definition.document), base.rubric.as_ref().map(|rubric| &rubric.document)];
    let documents = documents.into_iter().flatten().map(|document| document.file());
    let mut now: std::collections::BTreeMap<String, String> =
        documents.map(|file| (file.name.to_string(), file.sha256.clone())).collect();
    // Sheets are on record with the event that keyed them.
    let is_sheet = |name: &str| day.sheets.iter().any(|sheet| sheet.source.path == name);
    let lists = input.files().into_iter().filter(|file| file.name != day.log && !is_sheet(&file.name));
    now.extend(lists.map(|file| (file.name, file.sha256)));
    let gone = day.files.iter().filter(|(path, _)| !now.contains_key(*path));
    let gone = gone.map(|(path, old)| FileChange { path: path.clone(), old: Some(old.clone()), new: None });
    let other = now.iter().filter(|(path, new)| day.files.get(*path) != Some(*new)).map(|(path, new)| {
        FileChange { path: path.clone(), old: day.files.get(path).cloned(), new: Some(new.clone()) }
    });
    gone.chain(other).collect()
}

fn standing(
    input: &ContestInput,
    result: &ContestResult,
    entry: &str,
    stage: &str,
    findings: &mut Findings,
) -> Option<StandingLine> {
    let Some(at) = input.entries().iter().position(|one| one.code == entry) else {
        let entry = shown(entry);
        return refuse(
            findings,
            bad_deed(
                bilingual!("没有参赛者“{entry}”", "there is no entry `{entry}`"),
                bilingual!("核对编号", "check the code"),
            ),
        );
    };
    let Some(stage) = result.stage(&Id::new(stage)) else {
        return refuse(findings, no_stage(stage));
    };
    let standing = stage.standing(at);
    Some(standing.map(line).unwrap_or_default())
}

fn line(standing: &crate::contest::Standing) -> StandingLine {
    StandingLine { rank: standing.rank, score: standing.score.as_ref().map(ToString::to_string) }
}

fn decide(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    id: &str,
    upheld: bool,
    reason: &str,
    findings: &mut Findings,
) -> Option<Body> {
    let Some(appeal) = day.appeals.get(id).filter(|appeal| appeal.decided.is_none()) else {
        let id = shown(id);
        return refuse(
            findings,
            bad_deed(
                bilingual!("没有待决的申诉“{id}”", "there is no open appeal `{id}`"),
                bilingual!("`benchline contest log` 列出申诉", "`benchline contest log` lists appeals"),
            ),
        );
    };
    let earlier = Base { log: base.log.as_ref().map(|log| log.until(appeal.seq)), ..base.clone() };
    let then = result(&earlier, &mut Findings::new())?;
    let now = result(base, findings)?;
    let of = |result: &ContestResult, entry: &str| {
        standing(input, result, entry, &appeal.opened.stage, &mut Findings::new()).unwrap_or_default()
    };
    let moved = input.entries().iter().filter_map(|entry| {
        let (before, after) = (of(&then, &entry.code), of(&now, &entry.code));
        (before != after).then(|| Moved { entry: entry.code.clone(), before, after })
    });
    Some(Body::AppealDecided(AppealDecided {
        appeal: id.to_owned(),
        upheld,
        reason: reason.to_owned(),
        before: appeal.opened.before.clone(),
        after: of(&now, &appeal.opened.entry),
        moved: moved.collect(),
    }))
}

fn not_ready(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::DrawNotReady, message, help)
}

fn bad_deed(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::BadDeed, message, help)
}

fn sealed_already(sealed: bool) -> Finding {
    if sealed {
        bad_deed(
            bilingual!("名单已经封存", "names are sealed already"),
            bilingual!("用 `unseal` 解封", "use `unseal` to show them"),
        )
    } else {
        bad_deed(
            bilingual!("名单没有封存", "names are not sealed"),
            bilingual!("用 `seal` 封存", "use `seal` to hide them"),
        )
    }
}

fn taken(id: &str) -> Finding {
    let id = shown(id);
    bad_deed(
        bilingual!("申诉“{id}”已经登记", "the appeal `{id}` is on record"),
        bilingual!("另起一个编号", "choose another id"),
    )
}

fn no_stage(id: &str) -> Finding {
    let id = shown(id);
    bad_deed(
        bilingual!("没有已举行的阶段“{id}”", "there is no stage `{id}` that was held"),
        bilingual!("写评分细则中阶段的标识", "write the id of a stage of the rubric"),
    )
}

fn same_person(path: &str, by: &str) -> Finding {
    Finding::new(
        Code::SamePerson,
        bilingual!("“{path}”的第一遍也是 {by} 录的", "the first entry of `{path}` was by {by} too"),
        bilingual!("换一人复录，`--by` 写其编号", "let somebody else key it, with their code as `--by`"),
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
