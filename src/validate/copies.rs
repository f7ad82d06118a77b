//! Files that hold the same as another.

use std::collections::BTreeMap;

use super::tables::Tables;
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, shown};
use crate::digest::sha256;
use crate::input::Table;
use crate::plan::Project;

/// Warns of each file of a pattern that holds what another holds, whatever it is
/// called and in whichever format: handed in twice, or sent by one unit in the name
/// of another. Data-entry workbooks have a rule of their own.
pub(super) fn report(project: &Project, tables: &Tables, findings: &mut Findings) {
    for data in project.data.iter().filter(|data| !data.form) {
        let many = tables.named(&data.file).filter(|path| *path != data.file);
        let mut first_with: BTreeMap<String, &str> = BTreeMap::new();
        for (path, table) in many.filter_map(|path| Some((path, tables.get(path)?))) {
            if table.rows().is_empty() {
                continue;
            }
            match first_with.get(&content(table)) {
                Some(first) => findings.push(copy(path, first)),
                None => drop(first_with.insert(content(table), path)),
            }
        }
    }
}

/// A digest of headers and fields; `93` and `93.0` say the same.
fn content(table: &Table) -> String {
    let columns = table.headers().len();
    let mut text = table.headers().join("\u{1F}");
    for row in table.rows() {
        text.push('\u{1E}');
        for column in 0..columns {
            let field = row.field(column);
            match field.parse::<f64>() {
                Ok(number) => text.push_str(&number.to_string()),
                Err(_) => text.push_str(field),
            }
            text.push('\u{1F}');
        }
    }
    sha256(text.as_bytes())
}

fn copy(path: &str, first: &str) -> Finding {
    let (name, first) = (shown(path), shown(first));
    Finding::new(
        Code::FileTwice,
        bilingual!("“{name}”与“{first}”内容完全相同", "`{name}` holds just what `{first}` holds"),
        bilingual!(
            "同一份交了两次，删去一份；若是两个单位各交的，请另一个单位交自己的数据",
            "delete one if it was handed in twice; if two units sent it, ask the other for its own data"
        ),
    )
    .at(Place::file(path))
}
