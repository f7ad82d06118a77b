//! Names that are formulas, markup or pages of HTML reach every output as the
//! names they are.

use std::fs;
use std::io::Read as _;

use calamine::{Data, Reader as _, Xlsx};

use crate::support::{Copy, benchline, root};

/// What a name may try to be: a formula in a table, typst markup, HTML.
const NAMES: [(&str, &str); 5] = [
    ("000000", "=HYPERLINK(\"http://example.org\",\"甲\")"),
    ("340100", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("420100", "#panic(\"typst\") $x_1$ *粗* `码`"),
    ("420500", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
    ("430100", "-2+3"),
];

fn project() -> Copy {
    let copy = Copy::of("tests/cases/findings/_base");
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let mut registry = "code,name_zh,name_en,role,region\n".to_owned();
    for (code, name) in NAMES {
        let role = if code == "000000" { "benchmark" } else { "ranked" };
        registry += &format!("{code},{0},{0},{role},\n", quoted(name));
    }
    copy.write("data/units.csv", &registry);
    let outputs = "languages = [\"zh\"]\noutputs = [\"csv\", \"json\", \"xlsx\", \"pdf\", \"unit-reports\"]\n\n[policy]";
    copy.edit("benchline.toml", "\n[policy]", outputs);
    copy
}

#[test]
fn names_are_never_read_as_anything_else() {
    let copy = project();
    let ran = benchline(copy.path(), &["run", ".", "--quiet"]);
    // A name that were markup would have stopped the typesetter: `#panic`.
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let out = copy.path().join("out");
    let files = crate::support::files(&out);

    let table = fs::read_to_string(out.join("results.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{FEFF}').as_bytes());
    for record in reader.records() {
        for field in &record.unwrap() {
            let number = field.parse::<f64>().is_ok();
            assert!(number || !field.starts_with(['=', '+', '-', '@']), "{field}");
        }
    }

    let mut book: Xlsx<_> = calamine::open_workbook(out.join("results.xlsx")).unwrap();
    let mut seen = 0;
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let formulas = book.worksheet_formula(&sheet).unwrap();
        for (_, _, formula) in formulas.used_cells() {
            assert!(!formula.contains("HYPERLINK") && !formula.contains("cmd"), "{formula}");
        }
        seen +=
            range.used_cells().filter(|(_, _, cell)| **cell == Data::String(NAMES[1].1.to_owned())).count();
    }
    assert!(seen > 0, "the name is in the workbook as a text");

    let page = files.iter().find(|(name, _)| name.ends_with("index.html")).expect("a page");
    let page = String::from_utf8(page.1.clone()).unwrap();
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "HTML is escaped");
    assert!(page.contains("&lt;script&gt;alert"), "and shown");
    assert!(files.iter().filter(|(name, _)| name.ends_with(".pdf")).count() >= 5);
}

/// A link in the project that leads out of it is not followed.
#[cfg(unix)]
#[test]
fn links_that_lead_out_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    fs::copy(root().join("tests/cases/findings/_base/data/values.csv"), outside.path().join("values.csv"))
        .unwrap();
    for (link, target, file) in [
        ("data/linked.csv", outside.path().join("values.csv"), "data/linked.csv"),
        ("data/folder", outside.path().to_owned(), "data/folder/values.csv"),
        ("data/all", outside.path().to_owned(), "data/all/*.csv"),
    ] {
        let copy = Copy::of("tests/cases/findings/_base");
        std::os::unix::fs::symlink(&target, copy.path().join(link)).unwrap();
        copy.edit("benchline.toml", "file = \"data/values.csv\"", &format!("file = \"{file}\""));
        let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
        assert_eq!(ran.code, 1);
        let code = if file.contains('*') { "error[I116]" } else { "error[P003]" };
        assert!(ran.stderr.starts_with(code), "{}", ran.stderr);
        assert!(!ran.stderr.contains("96.2"), "nothing of the file is shown");
    }
}

/// The text of an archive's parts, for what is in a workbook and not in its cells.
#[test]
fn a_workbook_made_here_has_no_outside_links() {
    let copy = project();
    let ran = benchline(copy.path(), &["score", ".", "--out", "made", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (name, bytes) in crate::support::files(&copy.path().join("made")) {
        if !name.ends_with(".xlsx") {
            continue;
        }
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut text = Vec::new();
            part.read_to_end(&mut text).unwrap();
            let text = String::from_utf8_lossy(&text);
            assert!(!text.contains("TargetMode=\"External\""), "{name}");
        }
    }
}
