use serde::Serialize;
use serde::de::DeserializeOwned;

use super::line::Fault;
use super::{Body, Line, START};
use crate::diagnostics::{Code, Finding, Findings, Place, Position, bilingual};
use crate::digest::sha256;

/// What the lines of a log say, and how faults of such a log are coded.
pub trait Told: Serialize + DeserializeOwned + Clone {
    /// A line does not follow from the one before it.
    const BROKEN: Code;
    /// The last line was never finished.
    const TORN: Code;
}

impl Told for Body {
    const BROKEN: Code = Code::LogBroken;
    const TORN: Code = Code::LogTorn;
}

/// Events in order, each with the hash of the one before it: of a contest, unless
/// said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Log<B = Body> {
    name: String,
    lines: Vec<Line<B>>,
    sha256: String,
    /// How many bytes of the file are whole lines.
    whole: u64,
    /// Whether the last line lacks its end.
    open: bool,
}

impl<B> Default for Log<B> {
    fn default() -> Self {
        Self { name: String::new(), lines: Vec::new(), sha256: String::new(), whole: 0, open: false }
    }
}

impl<B: Told> Log<B> {
    /// Reads the bytes of a log. The first line that does not follow from the one
    /// before it is an error, and nothing after it is read. A last line that was
    /// being written when the writer was stopped is left out with a warning.
    pub fn read(name: &str, bytes: &[u8], findings: &mut Findings) -> Self {
        let mut log = Self { name: name.to_owned(), sha256: sha256(bytes), ..Self::default() };
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n');
            let (text, after) = match end {
                Some(end) => (rest.get(..end).unwrap_or_default(), rest.get(end + 1..).unwrap_or_default()),
                None => (rest, &[][..]),
            };
            let read = std::str::from_utf8(text).map_err(|_| Fault::Form).and_then(Line::read);
            match read {
                Ok(line) => {
                    if let Some(finding) = log.misplaced(&line) {
                        findings.push(finding);
                        return log;
                    }
                    log.lines.push(line);
                    log.open = end.is_none();
                    log.whole += (text.len() + usize::from(end.is_some())) as u64;
                }
                Err(_) if end.is_none() => findings.push(log.torn()),
                Err(fault) => {
                    findings.push(log.broken(&fault));
                    return log;
                }
            }
            rest = after;
        }
        log
    }

    /// The events.
    pub fn lines(&self) -> &[Line<B>] {
        &self.lines
    }

    /// What the file is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the file's bytes.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The hash of the last line; zeros for an empty log.
    pub fn head(&self) -> &str {
        self.lines.last().map_or(START, |line| &line.hash)
    }

    /// How many bytes from the start of the file are lines that hold; what comes
    /// after them is a line that was never finished.
    pub fn whole(&self) -> u64 {
        self.whole
    }

    /// Whether the last line that holds lacks its line feed.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Adds an event, and says what is to be written at the end of the file.
    /// `None` only if an event cannot be written as JSON, which all can.
    pub fn add(&mut self, at: &str, by: &str, body: B) -> Option<String> {
        let (line, text) = Line::after(self.lines.last(), at, by, body)?;
        self.lines.push(line);
        Some(text)
    }

    /// The log as it was after `count` events.
    #[must_use]
    pub fn until(&self, count: usize) -> Self {
        Self { lines: self.lines.iter().take(count).cloned().collect(), ..self.clone() }
    }

    /// Where the event at this position, from 1, stands.
    pub fn place(&self, seq: usize) -> Place {
        place(&self.name, seq)
    }

    fn misplaced(&self, line: &Line<B>) -> Option<Finding> {
        let (seq, head) = (self.lines.len() + 1, self.head());
        let message = if line.seq != seq {
            let found = line.seq;
            bilingual!("第 {seq} 行写的序号是 {found}", "line {seq} bears the number {found}")
        } else if line.previous != head {
            let (known, found) = (short(head), short(&line.previous));
            bilingual!(
                "第 {seq} 行没有接在上一行之后：上一行的哈希是 {known}…，此行写的是 {found}…",
                "line {seq} does not follow the one before it, whose hash is {known}…; it says {found}…"
            )
        } else {
            return None;
        };
        Some(Finding::new(B::BROKEN, message, restore()).at(self.place(seq)))
    }

    fn broken(&self, fault: &Fault) -> Finding {
        let seq = self.lines.len() + 1;
        let message = match fault {
            Fault::Form => {
                bilingual!("第 {seq} 行不是日志的一行", "line {seq} is not a line of a log")
            }
            Fault::Hash => bilingual!(
                "第 {seq} 行的内容与它的哈希不符：写入后被改动过",
                "line {seq} does not have the hash that it bears: it was changed after it was written"
            ),
        };
        Finding::new(B::BROKEN, message, restore()).at(self.place(seq))
    }

    fn torn(&self) -> Finding {
        let (seq, count) = (self.lines.len() + 1, self.lines.len());
        Finding::new(
            B::TORN,
            bilingual!(
                "第 {seq} 行没有写完：写入时程序被中断，这件事没有记下，其前 {count} 件都在",
                "line {seq} was never finished: the program was stopped while it wrote, and that event is not on record; the {count} before it are"
            ),
            bilingual!(
                "重做被中断的那一步；下一次写入会清去这半行",
                "do again what was interrupted; the next event takes the place of the half line"
            ),
        )
        .at(self.place(seq))
    }
}

/// The place of a line of a log.
pub(super) fn place(name: &str, seq: usize) -> Place {
    Place { position: Some(Position::Text { line: seq, column: 1 }), ..Place::file(name) }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn restore() -> crate::diagnostics::Bilingual {
    bilingual!(
        "日志只能由 benchline 追加；从备份恢复，并查明是谁改动的",
        "only benchline adds to a log: restore it from a backup, and find out who changed it"
    )
}

#[cfg(test)]
mod tests {
    use super::super::Why;
    use super::*;

    fn sealed(count: usize) -> String {
        let mut log = Log::default();
        let mut text = String::new();
        for at in 0..count {
            let body = Body::Sealed(Why { reason: format!("封存 {at}") });
            text.push_str(&log.add("2025-12-01T09:00Z", "office", body).unwrap());
        }
        text
    }

    fn read(bytes: &[u8]) -> (Log, Vec<String>) {
        let mut findings = Findings::new();
        let log = Log::read("log.jsonl", bytes, &mut findings);
        let said = findings.iter().map(|one| format!("{} {}", one.code.id(), one.message.en)).collect();
        (log, said)
    }

    /// The hash by `sha256sum` of the text before `,"hash"`.
    #[test]
    fn a_line_is_hashed_as_documented() {
        let text = sealed(1);
        assert_eq!(
            text,
            "{\"seq\":1,\"previous\":\"0000000000000000000000000000000000000000000000000000000000000000\",\
             \"at\":\"2025-12-01T09:00Z\",\"by\":\"office\",\"kind\":\"sealed\",\"data\":{\"reason\":\"封存 0\"},\
             \"hash\":\"45abf94ffea952ba67dcb9d6fa67e84a2a57242850b9ab023a44976f88f0a42b\"}\n"
        );
    }

    #[test]
    fn a_log_cut_at_any_byte_keeps_every_whole_line() {
        let text = sealed(3);
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        for cut in 0..=text.len() {
            let (log, said) = read(&text.as_bytes()[..cut]);
            let whole = ends.iter().filter(|end| **end <= cut).count();
            assert_eq!(log.lines().len(), whole, "cut at {cut}");
            let clean = cut == 0 || ends.iter().any(|end| cut == *end || cut == end + 1);
            assert_eq!(said.is_empty(), clean, "cut at {cut}: {said:?}");
            assert!(clean || said[0].starts_with("C432 line"), "{said:?}");
        }
    }

    #[test]
    fn a_changed_a_missing_and_a_moved_line_are_found() {
        let text = sealed(3);
        let lines: Vec<&str> = text.lines().collect();
        let of = |lines: &[&str]| read((lines.join("\n") + "\n").as_bytes()).1;
        assert_eq!(of(&lines), [""; 0]);
        assert_eq!(
            of(&[lines[0], &lines[1].replace("封存 1", "封存 9"), lines[2]]),
            ["C433 line 2 does not have the hash that it bears: it was changed after it was written"]
        );
        assert_eq!(of(&[lines[0], lines[2]]), ["C433 line 2 bears the number 3"]);
        assert_eq!(of(&[lines[0], "{}", lines[2]]), ["C433 line 2 is not a line of a log"]);
        let mut other: Log = Log::default();
        other.add("2025-12-01T09:00Z", "office", Body::Sealed(Why { reason: "?".into() })).unwrap();
        let second =
            other.add("2025-12-01T09:00Z", "office", Body::Sealed(Why { reason: "?".into() })).unwrap();
        let said = of(&[lines[0], second.trim_end(), lines[2]]);
        assert!(
            said[0].starts_with("C433 line 2 does not follow the one before it, whose hash is "),
            "{said:?}"
        );
    }
}
