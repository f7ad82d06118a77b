use super::Folder;
use crate::diagnostics::{Code, Finding, Findings, Place, Position, bilingual, shown, suggestion};
use crate::input::workbook::{self, Format};
use crate::input::{Table, TextFile};

impl Folder {
    /// Reads the tables of the file at `path`: a CSV file is one, a workbook has
    /// one for each visible sheet that is not empty. `path#sheet` is that sheet
    /// alone. The header of a sheet is its first row in which `key` stands.
    pub fn read_tables(
        &self,
        path: &str,
        key: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Vec<Table> {
        let (path, sheet) = self.split_sheet(path);
        let Some(bytes) = self.read_bytes(path, named_at, findings) else {
            return Vec::new();
        };
        let path = &*self.name_of(path);
        let Some(format) = Format::of(&bytes) else {
            if workbook::is_markup(path, &bytes) {
                findings.push(workbook::markup(path));
                return Vec::new();
            }
            let text = TextFile::decode_table(path, bytes, findings);
            return text.and_then(|text| Table::parse(text, key, findings)).into_iter().collect();
        };
        let Some(sheets) = workbook::sheets(path, bytes, format, findings) else { return Vec::new() };
        let Some(wanted) = sheet else {
            if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
                findings.push(workbook::empty(path));
            }
            let filled = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty());
            return filled.filter_map(|sheet| Table::of_sheet(sheet, key, findings)).collect();
        };
        let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        match sheets.into_iter().find(|sheet| &*sheet.name == wanted) {
            Some(sheet) => Table::of_sheet(sheet, key, findings).into_iter().collect(),
            None => {
                let finding = no_sheet(path, wanted, &names);
                findings.push(finding.at(named_at.cloned().unwrap_or_else(|| Place::file(path))));
                Vec::new()
            }
        }
    }

    /// Reads the one table of the file at `path` that is meant. Of the sheets of
    /// a workbook it is the one with `key` in its header; several are a finding.
    pub fn read_table(
        &self,
        path: &str,
        key: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<Table> {
        let mut own = Findings::new();
        let mut tables = self.read_tables(path, key, named_at, &mut own);
        let with_key = |table: &Table| table.column(key).is_some();
        let several = tables.iter().filter(|table| with_key(table)).count() > 1;
        if several {
            let names: Vec<&str> =
                tables.iter().filter(|table| with_key(table)).filter_map(Table::sheet).collect();
            findings
                .push(which_sheet(path, &names).at(named_at.cloned().unwrap_or_else(|| Place::file(path))));
            return None;
        }
        let chosen = tables.iter().position(with_key).unwrap_or(0);
        let chosen = (chosen < tables.len()).then(|| tables.swap_remove(chosen));
        // What is wrong with sheets that are not meant does not matter; where none can
        // be used, all of it does.
        let sheet = chosen.as_ref().and_then(Table::sheet);
        let concerns =
            |finding: &&Finding| match finding.place.as_ref().and_then(|place| place.position.as_ref()) {
                Some(Position::Cell { sheet: at, .. }) => sheet.is_none_or(|sheet| sheet == at),
                Some(Position::Text { .. }) => true,
                None => sheet.is_none(),
            };
        findings.extend(own.iter().filter(concerns).cloned());
        chosen
    }

    /// `path#sheet` as its two parts, unless a file has the whole as its name.
    fn split_sheet<'p>(&self, path: &'p str) -> (&'p str, Option<&'p str>) {
        match path.rsplit_once('#') {
            Some((file, sheet)) if !self.has(path) => (file, Some(sheet)),
            _ => (path, None),
        }
    }
}

fn no_sheet(path: &str, wanted: &str, names: &[String]) -> Finding {
    let (wanted_shown, list) =
        (shown(wanted), names.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", "));
    Finding::new(
        Code::SheetNotFound,
        bilingual!("“{path}”中没有工作表“{wanted_shown}”", "`{path}` has no sheet `{wanted_shown}`"),
        suggestion(
            wanted,
            names.iter().map(String::as_str),
            bilingual!("可见的工作表有：{list}", "its visible sheets are {list}"),
        ),
    )
}

fn which_sheet(path: &str, names: &[&str]) -> Finding {
    let list = names.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", ");
    let first = names.first().copied().unwrap_or_default();
    Finding::new(
        Code::SheetNotFound,
        bilingual!("“{path}”中有几个工作表可用：{list}", "`{path}` has several sheets that fit: {list}"),
        bilingual!(
            "写明是哪一个，例如 `{path}#{first}`；或隐藏不用的工作表",
            "say which one, for example `{path}#{first}`, or hide the sheets that are not used"
        ),
    )
}
