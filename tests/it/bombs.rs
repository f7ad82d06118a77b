//! Files that are made to do harm are findings. `BENCHLINE_BOMBS=FOLDER` keeps
//! each as a project, to measure the time and memory that it takes: see
//! docs/security.md.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use benchline::diagnostics::Findings;
use benchline::project;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::support::{Copy, benchline, root};

const BASE: &str = "tests/cases/findings/_base";
const CSV: &str = "file = \"data/values.csv\"";

/// The codes of what is found when the values of the base project are in `file`.
fn found(name: &str, file: &str, bytes: &[u8]) -> Vec<&'static str> {
    let copy = Copy::of(BASE);
    fs::write(copy.path().join("data").join(file), bytes).unwrap();
    copy.edit("benchline.toml", CSV, &format!("file = \"data/{file}\""));
    keep(name, copy.path());
    let mut findings = Findings::new();
    let open = project::open(copy.path(), &mut findings);
    assert!(open.is_none() || !findings.has_errors());
    findings.iter().map(|finding| finding.code.id()).collect()
}

fn keep(name: &str, project: &Path) {
    if let Some(folder) = std::env::var_os("BENCHLINE_BOMBS") {
        let to = Path::new(&folder).join(name);
        for (file, bytes) in crate::support::files(project) {
            let path = to.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}

/// What writes the content of a part.
type Fill<'a> = &'a dyn Fn(&mut dyn std::io::Write);

fn archive(parts: &[(&str, Fill<'_>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, fill) in parts {
        let packing =
            if *path == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(*path, SimpleFileOptions::default().compression_method(packing)).unwrap();
        fill(&mut archive);
    }
    archive.finish().unwrap().into_inner()
}

const WORKBOOK: &str = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const LINKS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
const ROOT: &str = "<Relationships><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/// A workbook of one sheet with these shared strings.
fn xlsx(strings: &dyn Fn(&mut dyn std::io::Write), sheet: &dyn Fn(&mut dyn std::io::Write)) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", &|to| to.write_all(b"<Types/>").unwrap()),
        ("_rels/.rels", &|to| to.write_all(ROOT.as_bytes()).unwrap()),
        ("xl/workbook.xml", &|to| to.write_all(WORKBOOK.as_bytes()).unwrap()),
        ("xl/_rels/workbook.xml.rels", &|to| to.write_all(LINKS.as_bytes()).unwrap()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn ods(content: &dyn Fn(&mut dyn std::io::Write)) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    archive(&[
        ("mimetype", &|to| to.write_all(kind.as_bytes()).unwrap()),
        ("META-INF/manifest.xml", &|to| to.write_all(b"<manifest/>").unwrap()),
        ("content.xml", content),
    ])
}

const FEW_STRINGS: &str = "<sst><si><t>code</t></si><si><t>answered</t></si></sst>";
const ONE_CELL: &str =
    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>";

fn text(text: &'static str) -> impl Fn(&mut dyn std::io::Write) {
    move |to| to.write_all(text.as_bytes()).unwrap()
}

fn repeated(
    before: &'static str,
    part: &'static str,
    count: usize,
    after: &'static str,
) -> impl Fn(&mut dyn std::io::Write) {
    move |to| {
        to.write_all(before.as_bytes()).unwrap();
        let block = part.repeat(1000);
        for _ in 0..count / 1000 {
            to.write_all(block.as_bytes()).unwrap();
        }
        to.write_all(after.as_bytes()).unwrap();
    }
}

#[test]
fn xml_that_grows_when_it_is_unpacked() {
    let spaces = repeated("<sst>", "          ", 400_000_000 / 10, "</sst>");
    let bytes = xlsx(&spaces, &text(ONE_CELL));
    assert!(bytes.len() < 1_000_000, "{}", bytes.len());
    assert_eq!(found("zip-400-mb", "a.xlsx", &bytes), ["I113"]);
    // An archive that says that its parts are small.
    let mut lying = bytes;
    let sizes: Vec<usize> = lying
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == 400_000_011_u32.to_le_bytes())
        .map(|(at, _)| at)
        .collect();
    for at in &sizes {
        lying[*at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    assert!(!sizes.is_empty());
    assert_eq!(found("zip-that-lies", "a.xlsx", &lying), ["I111"]);
}

#[test]
fn xml_that_nests_or_repeats_itself() {
    let nested = repeated("<worksheet><sheetData>", "<a>", 10_000_000, "");
    assert_eq!(found("xml-nested", "a.xlsx", &xlsx(&text(FEW_STRINGS), &nested)), ["I113"]);
    let laughs = text(
        "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
         <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><sst><si><t>&c;&c;&c;&c;</t></si></sst>",
    );
    assert_eq!(found("xml-entities", "a.xlsx", &xlsx(&laughs, &text(ONE_CELL))), ["I111"]);
    let laughs = text(
        "<!DOCTYPE office:document-content [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
         <office:spreadsheet><table:table table:name=\"a\"><table:table-row><table:table-cell office:value-type=\"string\">\
         <text:p>&b;&b;</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>",
    );
    assert_eq!(found("ods-entities", "a.ods", &ods(&laughs)), ["I111"]);
    let one_tag = repeated("<worksheet a=\"", "aaaaaaaaaa", 5_000_000, "\"/>");
    assert_eq!(found("xml-one-tag", "a.xlsx", &xlsx(&text(FEW_STRINGS), &one_tag)), ["I113"]);
}

#[test]
fn strings_without_end() {
    let flood = repeated("<sst>", "<si><t>a</t></si>", 3_000_000, "</sst>");
    assert_eq!(found("strings-3-million", "a.xlsx", &xlsx(&flood, &text(ONE_CELL))), ["I113"]);
    // One long string that every cell shows.
    let long = repeated("<sst><si><t>", "a", 32_000, "</t></si></sst>");
    let cells = repeated(
        "<worksheet><sheetData><row>",
        "<c t=\"s\"><v>0</v></c>",
        1000,
        "</row></sheetData></worksheet>",
    );
    let rows = repeated(
        "<worksheet><sheetData>",
        "<row><c t=\"s\"><v>0</v></c></row>",
        450_000,
        "</sheetData></worksheet>",
    );
    assert_eq!(found("string-in-1000-cells", "a.xlsx", &xlsx(&long, &cells)), ["I106", "I103"]);
    assert_eq!(found("string-in-450000-cells", "a.xlsx", &xlsx(&long, &rows)), ["I113"]);
}

#[test]
fn cells_without_end() {
    let many = repeated(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>",
        "<row><c><v>1</v></c></row>",
        1_500_000,
        "</sheetData></worksheet>",
    );
    assert_eq!(found("cells-1500000", "a.xlsx", &xlsx(&text(FEW_STRINGS), &many)), ["I113"]);
    let wide = text(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>",
    );
    assert_eq!(found("cell-far-out", "a.xlsx", &xlsx(&text(FEW_STRINGS), &wide)), ["I113"]);
}

#[test]
fn a_cell_beyond_counting() {
    for place in ["99999999999", "4999999999", "ZZZZZZZZZ1", "A99999999"] {
        let sheet = format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"{place}\"><v>1</v></c></row></sheetData></worksheet>"
        );
        let beyond = |to: &mut dyn std::io::Write| to.write_all(sheet.as_bytes()).unwrap();
        assert_eq!(found("cell-beyond-counting", "a.xlsx", &xlsx(&text(FEW_STRINGS), &beyond)), ["I111"]);
    }
}

#[test]
fn a_range_whose_end_comes_first() {
    for dimension in [" ref=\"C3:A9\"", "\tref='A9:C3'", "\nref = \"a9:c3\""] {
        let sheet = format!("<worksheet><dimension{dimension}/><sheetData/></worksheet>");
        let backwards = |to: &mut dyn std::io::Write| to.write_all(sheet.as_bytes()).unwrap();
        assert_eq!(found("range-backwards", "a.xlsx", &xlsx(&text(FEW_STRINGS), &backwards)), ["I111"]);
    }
}

const ODS_ROW: &str = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"1000\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell></table:table-row>";

#[test]
fn repetitions_of_an_open_document() {
    let whole = format!(
        "<office:spreadsheet><table:table table:name=\"a\">{ODS_ROW}{ODS_ROW}</table:table></office:spreadsheet>"
    );
    assert_eq!(found("ods-repeated", "a.ods", &ods(&|to| to.write_all(whole.as_bytes()).unwrap())), ["I113"]);
    let most = whole.replace("1048576", "4294967295").replace("\"1000\"", "\"4294967295\"");
    assert_eq!(
        found("ods-repeated-most", "a.ods", &ods(&|to| to.write_all(most.as_bytes()).unwrap())),
        ["I113"]
    );
    let empty = repeated(
        "<office:spreadsheet><table:table table:name=\"a\">",
        "<table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row>",
        200_000,
        "</table:table></office:spreadsheet>",
    );
    assert_eq!(found("ods-empty-rows", "a.ods", &ods(&empty)), ["I103"]);
}

/// The records of an XLS say how large the sheet is; nothing is reserved by that.
#[test]
fn an_old_workbook_that_claims_to_be_vast() {
    let whole = fs::read(root().join("tests/cases/workbooks/values.xls")).unwrap();
    let at = whole.windows(4).position(|head| head == [0x00, 0x02, 0x0E, 0x00]).expect("its dimensions");
    let mut vast = whole.clone();
    vast[at + 4..at + 16].fill(0xFF);
    assert_eq!(found("xls-vast", "a.xls", &vast), Vec::<&str>::new());
    // Its last cell at the far end of the sheet.
    let at = whole.windows(4).rposition(|head| head == [0xFD, 0x00, 0x0A, 0x00]).expect("a text");
    let mut far = whole.clone();
    far[at + 4..at + 8].fill(0xFF);
    assert_eq!(found("xls-far", "a.xls", &far), ["I113"]);
    let mut cut = 0;
    while cut < whole.len() {
        found("xls-cut", "a.xls", &whole[..cut]);
        cut += 611;
    }
}

#[test]
fn text_without_end() {
    let rows = "a\n".repeat(8_000_000);
    assert_eq!(found("csv-rows", "a.csv", rows.as_bytes()), ["I128"]);
    let fields = ",".repeat(16_000_000);
    assert_eq!(found("csv-fields", "a.csv", fields.as_bytes()), ["I128"]);
    let quoted = format!("code,answered\n\"{}", "x".repeat(16_000_000));
    assert_eq!(found("csv-quoted", "a.csv", quoted.as_bytes()).first(), Some(&"I109"));
}

/// A project or framework that nests without end.
#[test]
fn definitions_that_nest() {
    for (name, file) in [("toml-project", "benchline.toml"), ("toml-framework", "indicators/index.toml")] {
        let copy = Copy::of(BASE);
        let nested = format!("a = {}", "[".repeat(200_000));
        fs::write(copy.path().join(file), nested).unwrap();
        keep(name, copy.path());
        let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
        assert_eq!(ran.code, 1);
        assert!(ran.stderr.starts_with("error[T001]"), "{}", ran.stderr);
    }
    let copy = Copy::of(BASE);
    fs::write(copy.path().join("benchline.toml"), "a = 1\n".repeat(1_000_000)).unwrap();
    keep("toml-long", copy.path());
    let mut findings = Findings::new();
    assert!(project::open(copy.path(), &mut findings).is_none());
    assert_eq!(findings.iter().map(|finding| finding.code.id()).collect::<Vec<_>>(), ["I102"]);
}
