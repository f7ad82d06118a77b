//! A new project whose units fill in workbooks, from nothing to results without a
//! word of configuration.

use std::fs;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::support::{benchline, files};

/// The rows of a data-entry workbook from its header on.
fn rows(path: &std::path::Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let rows = range.rows().map(|row| row.iter().map(Data::to_string).collect::<Vec<String>>());
    rows.skip_while(|row| row[0] != "单位代码 Code").take_while(|row| !row[0].is_empty()).collect()
}

#[test]
fn from_nothing_to_results_by_workbooks() {
    let folder = tempfile::tempdir().unwrap();
    let made = benchline(folder.path(), &["new", "index", "my", "--forms", "--lang", "en"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert_eq!(
        made.stdout,
        "\
made my:
  benchline.toml
  data/units.csv
  indicators/my-index.toml
  forms/: 12 data-entry workbooks, one for each sample unit
next:
  1. put your own units into data/units.csv and make the workbooks anew: benchline forms my
  2. send what is in my/forms; put what comes back into my/报送, under any name
  3. benchline check my, then benchline run my
"
    );
    let my = folder.path().join("my");
    // Other units, and their workbooks in the place of those of the sample.
    let units = "code,name_zh,name_en,region\nA1,甲市,City A,east\nA2,乙市,City B,west\n";
    fs::write(my.join("data/units.csv"), units).unwrap();
    let again = benchline(folder.path(), &["forms", "my"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    fs::create_dir(my.join("报送")).unwrap();
    for (unit, shift) in [("A1", 0), ("A2", 7)] {
        let rows = rows(&my.join(format!("forms/{unit}.xlsx")));
        let value = rows[0].iter().position(|head| head == "数值 Value").unwrap();
        let filled = rows.into_iter().enumerate().map(|(at, mut row)| {
            if at > 0 {
                row[value] = (60 + shift + at).to_string();
            }
            row.iter()
                .map(|field| format!("\"{}\"", field.replace('"', "\"\"")))
                .collect::<Vec<_>>()
                .join(",")
                + "\n"
        });
        fs::write(my.join(format!("报送/{unit} 已填.csv")), filled.collect::<String>()).unwrap();
    }
    let checked = benchline(folder.path(), &["check", "my"]);
    assert_eq!((checked.code, checked.stderr.as_str()), (0, ""));
    let ran = benchline(folder.path(), &["run", "my"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names: Vec<_> = files(&my.join("out")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["manifest.json", "report.en.pdf", "report.zh.pdf", "results.csv", "results.json"]);
}
