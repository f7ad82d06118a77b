//! Headings that announce personal data, and values that look like names.

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostics::{NAMED, SURNAMES};

pub(super) use crate::diagnostics::PersonalKind as Kind;

/// Endings of Chinese headings.
const ENDINGS: [(Kind, &[&str]); 5] = [
    (
        Kind::Phone,
        &["手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式", "来电号码", "主叫号码"],
    ),
    (Kind::Identity, &["身份证", "身份证号", "身份证号码", "证件号", "证件号码"]),
    (Kind::Mail, &["邮箱", "电子邮箱", "邮箱地址", "电子邮件"]),
    (Kind::Name, NAMED),
    (Kind::Name, &["来电者"]),
];

/// Whole headings.
const WHOLE: [(Kind, &[&str]); 4] = [
    (Kind::Phone, &["电话", "座机", "phone", "telephone", "tel", "mobile", "phone number", "mobile number"]),
    (Kind::Identity, &["id card", "id number", "id card number", "identity card", "identity number"]),
    (Kind::Mail, &["email", "e-mail", "mail", "email address"]),
    (
        Kind::Name,
        &["full name", "contact", "contact name", "contact person", "caller", "caller name", "surname"],
    ),
];

/// What a heading says a column holds. A remark in brackets does not count.
pub(super) fn announced(heading: &str) -> Option<Kind> {
    let text: String = heading.nfkc().collect::<String>().to_lowercase().replace('_', " ");
    let text = text.split(['(', '[', ':', '/']).next().unwrap_or_default().trim();
    let ends = ENDINGS.iter().find(|(_, words)| words.iter().any(|word| text.ends_with(word)));
    let whole = || WHOLE.iter().find(|(_, words)| words.contains(&text));
    ends.or_else(whole).map(|(kind, _)| *kind)
}

/// Whether a value under a heading is of the kind it announces: a count of calls by
/// phone is no number of one, and what others have starred is no longer personal.
pub(super) fn bears_out(kind: Kind, value: &str) -> bool {
    let digits = || value.nfkc().filter(char::is_ascii_digit).count();
    match kind {
        Kind::Phone | Kind::Identity => digits() >= 7 && !value.contains(['*', '＊']),
        Kind::Mail => value.contains(['@', '＠']),
        Kind::Name => {
            value.chars().any(char::is_alphabetic) && !value.contains(['*', '＊', '某']) && !is_code(value)
        }
    }
}

/// Whether a value is a code such as `E1`.
fn is_code(value: &str) -> bool {
    value.is_ascii() && value.bytes().any(|byte| byte.is_ascii_digit())
}

/// How names of places, offices and things end.
const NO_NAME: &str = "市县区州盟省局部乡镇村旗院所办类型式级度";

/// Whether a value may be a Chinese name: a frequent surname and one or two letters.
pub(super) fn may_be_name(value: &str) -> bool {
    let letters = value.chars().count();
    let han = |letter: char| ('\u{4E00}'..='\u{9FFF}').contains(&letter);
    (2..=3).contains(&letters)
        && value.chars().all(han)
        && value.chars().next().is_some_and(|first| SURNAMES.contains(first))
        && value.chars().last().is_some_and(|last| !NO_NAME.contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_announce_what_follows() {
        for (heading, kind) in [
            ("姓名", Some(Kind::Name)),
            ("来电人姓名（必填）", Some(Kind::Name)),
            ("联系电话", Some(Kind::Phone)),
            ("Phone_Number", Some(Kind::Phone)),
            ("身份证号码", Some(Kind::Identity)),
            ("电话接通率", None),
            ("姓名与身份核对率", None),
            ("name", None),
            ("市民满意度", None),
        ] {
            assert_eq!(announced(heading), kind, "{heading}");
        }
    }

    #[test]
    fn a_heading_alone_is_not_enough() {
        assert!(bears_out(Kind::Phone, "0551-1234567") && !bears_out(Kind::Phone, "1,024"));
        assert!(!bears_out(Kind::Phone, "138****5678") && !bears_out(Kind::Name, "张某某"));
        assert!(bears_out(Kind::Name, "张三") && !bears_out(Kind::Name, "37"));
        assert!(!bears_out(Kind::Name, "E1"));
    }

    #[test]
    fn names_begin_with_a_surname() {
        assert!(may_be_name("张三") && may_be_name("欧阳锋") && may_be_name("李小明"));
        for word in ["合肥市", "黄山市", "马鞍山市", "投诉", "是", "满意"] {
            assert!(!may_be_name(word), "{word}");
        }
    }
}
