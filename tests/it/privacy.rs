//! Personal data in tables: found, refused, hashed or passed over, and repeated by
//! nothing that the program writes.

use std::fs;

use crate::support::{Copy, benchline, files};

/// The example of GB 11643-1999, a number of a mobile phone and a name.
const PLANTED: [&str; 4] = ["11010519491231002X", "13912345678", "张建国", "zhang@example.org"];

/// The starter with a sheet of 12 dial tests. Two columns are personal and not
/// used, and who called is told by their own number.
fn project(calls: &str) -> Copy {
    let copy = Copy::of("examples/starter");
    let table = fs::read_to_string(copy.path().join("data/indicators.csv")).unwrap();
    let without: Vec<String> = table
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            fields[..fields.len() - 1].join(",")
        })
        .collect();
    copy.write("data/indicators.csv", &(without.join("\n") + "\n"));
    let mut rows = String::from("unit,satisfied,tester,联系人,电话,身份证号,邮箱\n");
    let codes: Vec<String> =
        table.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
    for code in &codes {
        for (at, tester) in ["139 1234 5678", "+8613912345678", "150-8765-4321"].iter().enumerate() {
            let [identity, phone, name, mail] = PLANTED;
            rows.push_str(&format!("{code},{},{tester},{name},{phone},{identity},{mail}\n", at % 2));
        }
    }
    copy.write("data/calls.csv", &rows);
    let declared = format!(
        "[[calls]]\nfile = \"data/calls.csv\"\nunit = \"unit\"\ncluster = [\"tester\"]\n{calls}\
         reduce = [{{ indicator = \"satisfied\", share = \"satisfied\" }}]\n\n[units]"
    );
    copy.edit("benchline.toml", "[units]", &declared);
    copy
}

fn with_policy(policy: &str) -> Copy {
    let copy = project("");
    copy.edit("benchline.toml", "[units]", &format!("[privacy]\n{policy}\n\n[units]"));
    copy
}

/// Nothing of what was planted, in whatever way it is written.
fn repeats_nothing(text: &str, of: &str) {
    let bare: String = text.chars().filter(|letter| !" -".contains(*letter)).collect();
    for planted in PLANTED.into_iter().chain(["15087654321", "the-key-of-this-test"]) {
        assert!(!bare.contains(planted), "{of} repeats {planted}");
        assert!(!text.contains(planted), "{of} repeats {planted}");
    }
}

#[test]
fn personal_columns_are_refused_and_never_shown() {
    let copy = project("");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    for said in [
        "error[V261]: 18 cells of the column `tester` look like numbers of phones",
        "error[V261]: 18 cells of the column `联系人` look like names of persons",
        "error[V261]: 18 cells of the column `电话` look like numbers of phones",
        "error[V261]: 18 cells of the column `身份证号` look like numbers of identity cards",
        "error[V261]: 18 cells of the column `邮箱` look like addresses of e-mail",
        "data/calls.csv:2:",
        "delete the column; or write `[privacy]` with `personal = \"drop\"` or `\"hash\"`",
    ] {
        let said = said.replace("18", &rows(&copy).to_string());
        assert!(ran.stderr.contains(&said), "lacks {said}:\n{}", ran.stderr);
    }
    for arguments in [&["check", "."][..], &["check", ".", "--format", "json"], &["run", "."]] {
        let ran = benchline(copy.path(), arguments);
        repeats_nothing(&ran.stdout, "stdout");
        repeats_nothing(&ran.stderr, "stderr");
    }
}

fn rows(copy: &Copy) -> usize {
    fs::read_to_string(copy.path().join("data/calls.csv")).unwrap().lines().count() - 1
}

#[test]
fn what_is_dropped_reaches_no_output() {
    let copy = with_policy("personal = \"drop\"");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert!(
        ran.stderr.contains("error[V262]") && ran.stderr.contains("and the project uses the column"),
        "{}",
        ran.stderr
    );
    copy.edit("benchline.toml", "cluster = [\"tester\"]\n", "");
    let ran = benchline(copy.path(), &["run", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    repeats_nothing(&ran.stderr, "stderr");
    nothing_written_repeats(&copy);
}

/// Every file that was not there before, workbooks and documents by their text.
fn nothing_written_repeats(copy: &Copy) {
    let mut seen = 0;
    for (name, bytes) in files(copy.path()) {
        if !name.starts_with("out") && !name.starts_with(".") {
            continue;
        }
        seen += 1;
        repeats_nothing(&String::from_utf8_lossy(&bytes), &name);
        if name.ends_with(".xlsx") {
            let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for part in 0..book.len() {
                let mut text = String::new();
                let mut part = book.by_index(part).unwrap();
                if std::io::Read::read_to_string(&mut part, &mut text).is_ok() {
                    repeats_nothing(&text, &name);
                }
            }
        }
    }
    assert!(seen > 3, "{seen} files");
}

#[test]
fn hashes_tell_callers_apart_and_nothing_else() {
    let copy = with_policy("personal = \"hash\"\nsalt = \"salt.txt\"");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    copy.write("salt.txt", "short");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert!(ran.stderr.contains("error[V263]: the key in `salt.txt` has fewer than 16"), "{}", ran.stderr);
    copy.write("salt.txt", "the-key-of-this-test\n");
    let ran = benchline(copy.path(), &["run", ".", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("they were read as hashes"), "{}", ran.stderr);
    repeats_nothing(&ran.stderr, "stderr");
    nothing_written_repeats(&copy);
    // One person however the number is written: the same standard errors as with names.
    let hashed = fs::read(copy.path().join("out/results.csv")).unwrap();
    let table = fs::read_to_string(copy.path().join("data/calls.csv")).unwrap();
    let table = table.replace("139 1234 5678", "T1").replace("+8613912345678", "T1");
    copy.write("data/calls.csv", &table.replace("150-8765-4321", "T2"));
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    assert_eq!(hashed, fs::read(copy.path().join("out/results.csv")).unwrap());
}

/// Another fault in the same line shows nothing of it.
#[test]
fn lines_with_personal_data_have_no_excerpt() {
    let copy = project("");
    let path = copy.path().join("data/calls.csv");
    let table = fs::read_to_string(&path).unwrap();
    let (head, rest) = table.split_once('\n').unwrap();
    let torn = format!("{head}\n{},extra,fields\n{rest}", rest.lines().next().unwrap());
    copy.write("data/calls.csv", &torn.replacen(",1,", ",perhaps,", 1));
    let ran = benchline(copy.path(), &["check", ".", "--format", "json"]);
    assert!(ran.stdout.contains("I10") && ran.stdout.contains("V261"), "{}", ran.stdout);
    repeats_nothing(&ran.stdout, "json");
}

#[test]
fn a_column_that_is_allowed_or_passed_over_is_no_finding() {
    let copy = with_policy("allow = [\"tester\"]");
    copy.edit(
        "benchline.toml",
        "cluster = [\"tester\"]",
        "cluster = [\"tester\"]\nignore = [\"联系人\", \"电话\", \"身份证号\", \"邮箱\"]",
    );
    let ran = benchline(copy.path(), &["check", "."]);
    assert!(ran.code == 0 && !ran.stderr.contains("V26"), "{}", ran.stderr);
    repeats_nothing(&ran.stderr, "stderr");
}

/// City codes, numbers of work orders with a day in them, sums of eleven digits and
/// words that begin with a surname are nobody's.
#[test]
fn what_only_looks_so_is_read() {
    let copy = Copy::of("examples/starter");
    let table = fs::read_to_string(copy.path().join("data/indicators.csv")).unwrap();
    let mut lines = table.lines();
    let mut seeming = format!("{},区划,区划代码,工单号,工单,金额,编号,办理\n", lines.next().unwrap());
    for (at, line) in lines.enumerate() {
        let at = at + 1;
        seeming.push_str(&format!(
            "{line},{},{}00000000,34010025112{at:04},3401002025112500{at:02},{},1381234{:04},{}\n",
            340_100 + at,
            3401 + at,
            15_000_000_000_u64 + 9_000_000_000 * at as u64,
            1000 + at,
            ["方便", "常规", "高", "金额", "成都市", "满意"][at % 6],
        ));
    }
    copy.write("data/indicators.csv", &seeming);
    let ran = benchline(copy.path(), &["check", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("V26"), "{}", ran.stderr);
}
