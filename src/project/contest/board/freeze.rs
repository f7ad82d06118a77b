use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::ledger::{Body, Log, instant};
use crate::validate::CONTEST_FILE;

/// From where on scores are not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freeze<'a> {
    /// From the seal in force.
    Seal,
    /// After the event at this position of the log, from 1, or after this time.
    At(&'a str),
}

/// Where a log is frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frozen {
    /// How many events are shown.
    pub(super) events: usize,
    /// Whether the freeze has come: not while no event is later than its time.
    pub(super) holds: bool,
}

/// The position that a freeze means in a log.
pub(super) fn position(log: Option<&Log>, freeze: Freeze<'_>, findings: &mut Findings) -> Option<Frozen> {
    let Some(log) = log else {
        let finding = fault(
            bilingual!("项目没有日志，不能封榜", "a board cannot be frozen without a log"),
            bilingual!(
                "在 benchline.toml 写 `log = {{ file = \"log.jsonl\" }}`，用 `contest enter` 录入",
                "write `log = {{ file = \"log.jsonl\" }}` in benchline.toml and key the sheets with `contest enter`"
            ),
        );
        findings.push(finding.at(Place::file(CONTEST_FILE)));
        return None;
    };
    let found = match freeze {
        Freeze::Seal => seal(log),
        Freeze::At(text) => at(log, text),
    };
    found.map_err(|finding| findings.push(finding.at(Place::file(log.name())))).ok()
}

fn seal(log: &Log) -> Result<Frozen, Box<Finding>> {
    let sealing = |body: &Body| matches!(body, Body::Sealed(_) | Body::Unsealed(_));
    let last = log.lines().iter().rev().find(|line| sealing(&line.body));
    match last {
        Some(line) if matches!(line.body, Body::Sealed(_)) => Ok(Frozen { events: line.seq, holds: true }),
        _ => Err(fault(
            bilingual!(
                "名单没有封存，`--freeze` 无从封榜",
                "names are not sealed: `--freeze` has no seal to freeze at"
            ),
            bilingual!(
                "先 `benchline contest seal`，或用 `--freeze-at 序号或时间`",
                "seal them with `benchline contest seal`, or use `--freeze-at` with a position or a time"
            ),
        )),
    }
}

fn at(log: &Log, text: &str) -> Result<Frozen, Box<Finding>> {
    let count = log.lines().len();
    if let Ok(events) = text.parse::<usize>() {
        if (1..=count).contains(&events) {
            return Ok(Frozen { events, holds: true });
        }
        return Err(fault(
            bilingual!(
                "日志没有第 {events} 件事：共 {count} 件",
                "the log has no event {events}: it has {count}"
            ),
            bilingual!(
                "用 `benchline contest log` 查序号",
                "look the position up with `benchline contest log`"
            ),
        ));
    }
    let Some(time) = instant(text) else {
        let text = shown(text);
        return Err(fault(
            bilingual!(
                "`--freeze-at {text}` 不是序号，也不是带时区的时间",
                "`--freeze-at {text}` is neither a position nor a time with an offset"
            ),
            bilingual!(
                "写日志序号，或写成 `2025-12-01T18:30:00+08:00`",
                "write a position of the log, or a time such as `2025-12-01T18:30:00+08:00`"
            ),
        ));
    };
    let events = log.lines().iter().take_while(|line| instant(&line.at).is_none_or(|at| at <= time)).count();
    Ok(Frozen { events, holds: events < count })
}

fn fault(message: Bilingual, help: Bilingual) -> Box<Finding> {
    Box::new(Finding::new(Code::BadFreeze, message, help))
}
