use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::digest::sha256;

/// A text file that was read whole.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// Its path within the project.
    pub name: Arc<str>,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl TextFile {
    /// Decodes `bytes` as UTF-8; a byte that is not is a finding that says which
    /// encoding the file seems to have.
    pub fn decode(name: &str, mut bytes: Vec<u8>, findings: &mut Findings) -> Option<Self> {
        let sha256 = sha256(&bytes);
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Some(Self { name: name.into(), text: with_line_feeds(text).into(), sha256 }),
            Err(error) => {
                findings.push(wrong_encoding(name, error.as_bytes(), error.utf8_error().valid_up_to()));
                None
            }
        }
    }

    /// Decodes `bytes` of a table: UTF-8, UTF-16 with its mark, or what Excel and
    /// WPS write under a Chinese system, GB18030. Anything else is a finding.
    pub(super) fn decode_table(name: &str, bytes: Vec<u8>, findings: &mut Findings) -> Option<Self> {
        match other_encoding(&bytes) {
            Some(text) => {
                Some(Self { name: name.into(), text: with_line_feeds(text).into(), sha256: sha256(&bytes) })
            }
            None => Self::decode(name, bytes, findings),
        }
    }

    /// A text that comes with the program or is made up in memory.
    pub fn embedded(name: &str, text: &str) -> Self {
        Self { name: name.into(), text: text.into(), sha256: sha256(text.as_bytes()) }
    }

    /// The place of the bytes `span` of the text.
    pub fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place::in_text(&*self.name, &self.text, span)
    }
}

/// The text of bytes that are certainly not UTF-8 and in an encoding that tables
/// may have; `None` leaves the judgement to the reading as UTF-8.
fn other_encoding(bytes: &[u8]) -> Option<String> {
    let (encoding, bytes) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (encoding_rs::UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => (encoding_rs::UTF_16BE, rest),
        _ if is_wide(bytes, 1) => (encoding_rs::UTF_16LE, bytes),
        _ if is_wide(bytes, 0) => (encoding_rs::UTF_16BE, bytes),
        _ if std::str::from_utf8(bytes).is_ok() => return None,
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            // Half the encodings of the world accept any bytes: only a text that
            // reads as Chinese of the mainland is taken for it.
            let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
            let is_chinese = guess == encoding_rs::GBK || guess == encoding_rs::GB18030;
            (is_chinese.then_some(encoding_rs::GB18030)?, bytes)
        }
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Whether bytes without a mark are UTF-16 whose upper bytes come at the positions
/// `upper`, even or odd: the upper byte of the letters that set fields and lines
/// apart is zero, and no other text has zeros.
fn is_wide(bytes: &[u8], upper: usize) -> bool {
    let head = bytes.get(..4096.min(bytes.len())).unwrap_or_default();
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    zeros(upper) > head.len() / 16 && zeros(1 - upper) == 0
}

/// Line ends of old systems, a carriage return alone, as line feeds: everything
/// that counts lines then agrees. Every byte keeps its position.
fn with_line_feeds(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut letters = text.chars().peekable();
    let mut fed = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let alone = letter == '\r' && letters.peek() != Some(&'\n');
        fed.push(if alone { '\n' } else { letter });
    }
    fed
}

fn wrong_encoding(name: &str, bytes: &[u8], valid: usize) -> Finding {
    let seems = if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        Some("UTF-16")
    } else {
        let decoded = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        decoded.map(|_| "GB18030 (GBK)")
    };
    let good = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default()).into_owned();
    let mut place = Place::in_text(name, &good, valid..valid);
    place.excerpt = None;
    let message = match seems {
        Some(seems) => bilingual!(
            "文件不是 UTF-8 编码，看来是 {seems}",
            "the file is not UTF-8 text; it seems to be {seems}"
        ),
        None => bilingual!("文件不是 UTF-8 文本", "the file is not UTF-8 text"),
    };
    let help = if name.ends_with(".csv") {
        bilingual!(
            "在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”",
            "save it as \"CSV UTF-8 (comma delimited)\" in Excel or WPS"
        )
    } else {
        bilingual!("在文本编辑器中另存为 UTF-8", "save it as UTF-8 in the text editor")
    };
    Finding::new(Code::WrongEncoding, message, help).at(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        let file = TextFile::decode("a", b"\xEF\xBB\xBFcode".to_vec(), &mut Findings::new()).unwrap();
        assert_eq!(&*file.text, "code");
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        let file = TextFile::decode("a", b"a\rb\r\nc".to_vec(), &mut Findings::new()).unwrap();
        assert_eq!(&*file.text, "a\nb\r\nc");
    }

    #[test]
    fn tables_may_be_utf_16_or_gb18030() {
        let text = "代码,名称\n420100,武汉市，瀍河\n";
        let utf_16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
        };
        let gb18030 = encoding_rs::GB18030.encode(text).0.into_owned();
        let (le, be) = (utf_16([0xFF, 0xFE], u16::to_le_bytes), utf_16([0xFE, 0xFF], u16::to_be_bytes));
        for bytes in [le[2..].to_vec(), be[2..].to_vec(), le, be, gb18030] {
            let file = TextFile::decode_table("a.csv", bytes, &mut Findings::new()).unwrap();
            assert_eq!(&*file.text, text);
        }
    }

    #[test]
    fn another_encoding_is_named_and_located() {
        let mut findings = Findings::new();
        assert!(TextFile::decode("a.csv", b"code\n1,\xCE\xE4\xBA\xBA".to_vec(), &mut findings).is_none());
        let finding = findings.iter().next().unwrap();
        assert!(finding.message.en.contains("GB18030"), "{}", finding.message.en);
        assert_eq!(finding.place.as_ref().unwrap().to_string(), "a.csv:2:3");
    }
}
