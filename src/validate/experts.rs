//! Sheets of experts who share out points among the children of a node.

use std::collections::HashMap;

use super::headers::unused;
use super::numbers;
use super::privacy::Declared;
use super::tables::{InputFile, guard};
use crate::definitions::{AwaitedExperts, FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Code, Finding, Findings, bilingual, did_you_mean, shown};
use crate::input::{Folder, Table, TableRow};
use crate::model::Id;
use crate::plan::{Expert, ExpertSheet, Framework};

/// Reads the sheets of experts that a framework names and weighs its nodes by
/// them. Returns the files; everything wrong with them is a finding at its cell.
pub fn read_experts(
    folder: &Folder,
    framework: &mut FrameworkDefinition,
    project: &ProjectDefinition,
    findings: &mut Findings,
) -> Vec<InputFile> {
    let awaited = framework.awaited_experts();
    if awaited.is_empty() {
        return Vec::new();
    }
    let guard = guard(folder, project, findings);
    let mut files: Vec<InputFile> = Vec::new();
    for awaited in awaited {
        let sheet = &awaited.sheet;
        let Some(table) = folder.read_table(&sheet.file, &sheet.expert, Some(&awaited.place), findings)
        else {
            continue;
        };
        let Some(table) = guard.screen(table, &columns_of(sheet), findings) else { continue };
        let file = InputFile { name: table.name().to_owned(), sha256: table.sha256().to_owned() };
        if files.iter().all(|known| known.name != file.name) {
            files.push(file);
        }
        let reader = Reader { table: &table, awaited: &awaited, framework: &framework.framework };
        let mut own = Findings::new();
        let experts = reader.read(&mut own);
        let sound = !own.has_errors();
        findings.append(own);
        if let Some(experts) = experts.filter(|_| sound) {
            framework.settle_experts(&awaited.node, experts);
        }
    }
    files
}

/// Experts are told apart by codes: their names are nothing that an index needs.
fn columns_of(sheet: &ExpertSheet) -> Declared<'_> {
    let mut declared = Declared::default();
    declared.identifiers.insert(&sheet.expert);
    declared.people.insert(&sheet.expert);
    declared.used.extend(sheet.columns.values().map(String::as_str));
    declared.ignored.extend(sheet.ignore.iter().map(String::as_str));
    declared
}

struct Reader<'a> {
    table: &'a Table,
    awaited: &'a AwaitedExperts,
    framework: &'a Framework,
}

impl Reader<'_> {
    fn read(&self, findings: &mut Findings) -> Option<Vec<Expert>> {
        let name = self.table.column(&self.awaited.sheet.expert);
        if name.is_none() {
            findings.push(self.missing(&[&self.awaited.sheet.expert]));
        }
        let columns: Vec<Option<usize>> =
            self.awaited.children.iter().map(|child| self.column(child, findings)).collect();
        let columns: Option<Vec<usize>> = columns.into_iter().collect();
        let (name, columns) = (name?, columns?);
        self.warn_unused(name, &columns, findings);
        let mut seen: HashMap<&str, u32> = HashMap::new();
        let mut experts = Vec::new();
        for row in self.table.rows() {
            let expert = row.field(name);
            let known = seen.insert(expert, row.line);
            if expert.is_empty() || known.is_some() {
                findings.push(nameless(expert, known).at(self.table.place(row, name)));
            }
            let points = self.awaited.children.iter().zip(&columns);
            let points: Vec<Option<f64>> =
                points.map(|(child, column)| self.points(row, (expert, child), *column, findings)).collect();
            let Some(points) = points.into_iter().collect::<Option<Vec<f64>>>() else { continue };
            if points.iter().all(|points| *points == 0.0) {
                findings.push(all_zero(expert).at(self.table.place(row, name)));
            }
            experts.push(Expert { name: expert.to_owned(), points });
        }
        Some(experts)
    }

    /// What a child's column may be headed.
    fn names<'b>(&'b self, child: &'b Id) -> Vec<&'b str> {
        let declared = self.awaited.sheet.columns.get(child).map(String::as_str);
        let name = self.framework.name_of(child);
        let own =
            [Some(child.as_str()), name.map(|name| name.zh.as_str()), name.map(|name| name.en.as_str())];
        match declared {
            Some(header) => vec![header],
            None => own.into_iter().flatten().collect(),
        }
    }

    fn column(&self, child: &Id, findings: &mut Findings) -> Option<usize> {
        let names = self.names(child);
        let column = names.iter().find_map(|name| self.table.column(name));
        if column.is_none() {
            findings.push(self.missing(&names));
        }
        column
    }

    fn missing(&self, names: &[&str]) -> Finding {
        let headers = || self.table.headers().iter().map(String::as_str);
        let header = shown(names.first().unwrap_or(&""));
        let list = headers().map(shown).collect::<Vec<_>>().join(", ");
        let near = names.iter().find_map(|name| did_you_mean(name, headers()));
        let help = match near {
            Some(near) => {
                bilingual!("是否为“{near}”？表头有：{list}", "is it `{near}`? The header has {list}")
            }
            None => bilingual!("表头有：{list}", "the header has {list}"),
        };
        let place = match near.and_then(|near| self.table.column(near)) {
            Some(column) => self.table.header_place(column),
            None => self.table.header_row_place(),
        };
        let message = bilingual!("表头没有“{header}”列", "the header has no column `{header}`");
        Finding::new(Code::MissingColumn, message, help).at(place)
    }

    fn warn_unused(&self, name: usize, columns: &[usize], findings: &mut Findings) {
        for (at, header) in self.table.headers().iter().enumerate() {
            let is_known = at == name
                || self.table.hides(at)
                || columns.contains(&at)
                || self.awaited.sheet.ignore.contains(header);
            if !is_known && !header.is_empty() {
                findings.push(unused(header, at + 1).at(self.table.header_place(at)));
            }
        }
    }

    fn points(
        &self,
        row: &TableRow,
        (expert, child): (&str, &Id),
        column: usize,
        findings: &mut Findings,
    ) -> Option<f64> {
        if numbers::absence(row.field(column)).is_some() {
            findings.push(no_points(expert, child).at(self.table.place(row, column)));
            return None;
        }
        let points = numbers::read(self.table, row, column, "%", findings)?;
        if points < 0.0 {
            findings.push(negative(expert, child, points).at(self.table.place(row, column)));
            return None;
        }
        Some(points)
    }
}

fn nameless(expert: &str, known: Option<u32>) -> Finding {
    let message = match known.filter(|_| !expert.is_empty()) {
        Some(line) => {
            let name = shown(expert);
            bilingual!(
                "专家“{name}”出现两次，另一次在第 {line} 行",
                "the expert `{name}` is listed twice, also in row {line}"
            )
        }
        None => bilingual!("这一行没有写专家", "the row names no expert"),
    };
    let help = bilingual!("每位专家一行；重名的加以区分", "one row per expert; tell namesakes apart");
    Finding::new(Code::ExpertSheetUnfit, message, help)
}

fn no_points(expert: &str, child: &Id) -> Finding {
    let name = shown(expert);
    Finding::new(
        Code::ExpertSheetUnfit,
        bilingual!("专家“{name}”没有给“{child}”分数", "the expert `{name}` gives `{child}` no points"),
        bilingual!("写上分数；不给分写 0", "write the points, or 0 for none"),
    )
}

fn negative(expert: &str, child: &Id, points: f64) -> Finding {
    let name = shown(expert);
    Finding::new(
        Code::ExpertSheetUnfit,
        bilingual!(
            "专家“{name}”给“{child}”的分数 {points} 是负数",
            "the expert `{name}` gives `{child}` {points} points, which is negative"
        ),
        bilingual!("写 0 或正数", "write 0 or more"),
    )
}

fn all_zero(expert: &str) -> Finding {
    let name = shown(expert);
    Finding::new(
        Code::ExpertSheetUnfit,
        bilingual!("专家“{name}”的分数全为零", "all points of the expert `{name}` are 0"),
        bilingual!("至少给一个下级正的分数，或删去这一行", "give a child some points, or delete the row"),
    )
}
