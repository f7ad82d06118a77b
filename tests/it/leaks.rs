//! Personal data planted in every place that a project has: no message in any format
//! and no byte of any output repeats them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

use crate::support::{self, Copy, benchline, files};

/// What tests/cases/findings/make-privacy.py planted, bare: an identity card (the
/// example of GB 11643-1999), phones, what stands before the `@` of addresses, and
/// names; the key of hashes.
const NUMBERS: [&str; 7] = [
    "11010519491231002",
    "13912345678",
    "13912345679",
    "13912345680",
    "1508765432",
    "057188888888",
    "88888888",
];
const WORDS: [&str; 8] =
    ["zhang@", "ouyang@", "张建国", "李秀英", "欧阳娜娜", "陈静", "王芳", "nobody-knows-this-one"];

/// Verbs, each as often as there are formats. What some make goes to folders of their
/// own.
const VERBS: [&[&str]; 7] = [
    &["check", "."],
    &["check", ".", "--findings", "back"],
    &["score", ".", "--out", "scored"],
    &["run", "."],
    &["audit", ".", "--draws", "20", "--out", "audited"],
    &["forms", "."],
    &["confirm", "."],
];
const FORMATS: [&str; 4] = ["human", "json", "github", "sarif"];

/// The folders of the cases, without those whose numbers the project declares to be
/// nothing personal.
fn cases() -> Vec<PathBuf> {
    let is_planted = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("privacy-") && !name.starts_with("privacy-allowed")
    };
    support::cases("tests/cases/findings").into_iter().filter(is_planted).collect()
}

/// A text without what people put between digits, in the letters it stands for.
fn bare(text: &str) -> String {
    let between = |letter: char| letter.is_whitespace() || "-.()·–—".contains(letter);
    text.nfkc().filter(|letter| !between(*letter)).collect()
}

fn repeats_nothing(text: &str, of: &str) {
    let numbers = bare(text);
    for number in NUMBERS {
        // Eight digits alone may stand in a hash.
        let wanted = if number.len() < 9 { format!("电话：{number}") } else { number.to_owned() };
        assert!(!numbers.contains(&wanted), "{of} repeats {number}:\n{text}");
    }
    let words: String = text.nfkc().collect();
    for word in WORDS {
        assert!(!words.contains(word), "{of} repeats {word}:\n{text}");
    }
}

/// The text of a file, of the parts of a workbook each.
fn nothing_in(name: &str, bytes: &[u8], of: &str) {
    repeats_nothing(name, of);
    repeats_nothing(&String::from_utf8_lossy(bytes), &format!("{of}: {name}"));
    if let Ok(mut book) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for part in 0..book.len() {
            let mut text = Vec::new();
            book.by_index(part).unwrap().read_to_end(&mut text).unwrap();
            repeats_nothing(&String::from_utf8_lossy(&text), &format!("{of}: {name} {part}"));
        }
    }
}

/// Everything that was not there before.
fn nothing_new_repeats(folder: &Path, before: &[(String, Vec<u8>)], of: &str) -> usize {
    let new: Vec<_> = files(folder).into_iter().filter(|file| !before.contains(file)).collect();
    new.iter().for_each(|(name, bytes)| nothing_in(name, bytes, of));
    new.len()
}

fn laid_out(case: &Path) -> Copy {
    let copy = Copy::of("tests/cases/findings/_base");
    copy.overlay(case);
    for file in fs::read_to_string(case.join("remove.txt")).unwrap_or_default().lines() {
        fs::remove_file(copy.path().join(file)).unwrap();
    }
    // These tell what is expected, in words of their own.
    for file in ["expected.zh.txt", "expected.en.txt", "expected.exit", "remove.txt"] {
        let _ = fs::remove_file(copy.path().join(file));
    }
    copy.edit("benchline.toml", "synthetic =", "outputs = [\"csv\", \"json\", \"xlsx\"]\nsynthetic =");
    copy
}

#[test]
fn nothing_that_is_planted_comes_out_again() {
    let (mut sound, mut written) = (0, 0);
    for case in cases() {
        let copy = laid_out(&case);
        let before = files(copy.path());
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        for (at, verb) in VERBS.iter().enumerate() {
            let formats = if at == 0 { &FORMATS[..] } else { &FORMATS[at % 4..=at % 4] };
            for format in formats {
                for lang in if at == 0 { &["zh", "en"][..] } else { &["zh"][..] } {
                    let arguments = [*verb, &["--format", format, "--lang", lang]].concat();
                    let ran = benchline(copy.path(), &arguments);
                    let of = format!("{name}: {arguments:?}");
                    assert!(ran.code < 2, "{of}: {}", ran.stderr);
                    repeats_nothing(&ran.stdout, &of);
                    repeats_nothing(&ran.stderr, &of);
                    sound += usize::from(ran.code == 0);
                }
            }
        }
        written += nothing_new_repeats(copy.path(), &before, &name);
    }
    assert!(sound > 40 && written > 40, "{sound} runs, {written} files");
}

/// What is on record stays there: no revision says what is personal, whichever part
/// of it that would be.
#[test]
fn nothing_personal_goes_on_record() {
    const HEADS: &str = "unit,indicator,old,new,reason,evidence,by\n";
    let row = |reason: &str, evidence: &str, by: &str| {
        format!("{HEADS}S09,answered,82.2,94.2,{reason},{evidence},{by}\n")
    };
    for (file, rows, by, code) in [
        ("c.csv", row("来电人 １３９ 1234 5678 反映", "", ""), "office-1", "V268"),
        ("c.csv", row("漏报夜间来电", "11010519491231002x", ""), "office-1", "V268"),
        ("c.csv", row("发自 zhang@example.org", "", ""), "office-1", "V268"),
        ("c.csv", row("经办人：张建国", "", ""), "office-1", "V268"),
        ("c.csv", row("漏报", "", "13912345678"), "office-1", "V245"),
        ("c.csv", row("漏报", "", ""), "13912345678", "V245"),
        ("张建国13912345678.csv", row("漏报", "", ""), "office-1", "V269"),
        (
            "c.csv",
            row("漏报", "", "").replace(",by\n", ",by,联系人\n").replace(",\n", ",,张建国\n"),
            "office-1",
            "V261",
        ),
    ] {
        let copy = Copy::of("examples/starter");
        copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
        let before = files(copy.path());
        let sent = tempfile::tempdir().unwrap();
        fs::write(sent.path().join(file), &rows).unwrap();
        let path = sent.path().join(file).to_string_lossy().into_owned();
        for format in FORMATS {
            let arguments =
                ["revise", ".", &path, "--by", by, "--at", "2025-12-20T09:00:00+08:00", "--format", format];
            let ran = benchline(copy.path(), &arguments);
            assert_eq!(ran.code, 1, "{rows}{}{}", ran.stdout, ran.stderr);
            assert!(
                ran.stdout.contains(code) || ran.stderr.contains(code),
                "{rows}{}{}",
                ran.stdout,
                ran.stderr
            );
            repeats_nothing(&ran.stdout, &format!("{format} of {rows}"));
            repeats_nothing(&ran.stderr, &format!("{format} of {rows}"));
        }
        let said = copy.path().join("revisions.jsonl");
        assert!(!said.exists() || fs::read(said).unwrap().is_empty(), "nothing is written");
        nothing_new_repeats(copy.path(), &before, &rows);
    }
}
