use std::sync::Arc;

use super::bundle::Bundle;
use crate::definitions::{FrameworkDefinition, ProjectDefinition, parse_framework, parse_project};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::input::{Folder, Table, TextFile};
use crate::validate::{IndexInput, Tables};

/// Path of the bundle's registry among the files of a request.
const UNITS: &str = "bundle-units.csv";

/// Headers that the column of units may have besides the edition's own: codes first,
/// names where there are none.
const CODE_HEADERS: [&str; 14] = [
    "code",
    "代码",
    "城市代码",
    "单位代码",
    "行政区划代码",
    "区划代码",
    "城市",
    "单位",
    "地区",
    "城市名称",
    "单位名称",
    "名称",
    "city",
    "name",
];

/// A unit's own data, checked as the edition's were.
#[derive(Debug)]
pub struct Request {
    /// The edition's framework.
    pub framework: FrameworkDefinition,
    /// The data.
    pub input: IndexInput,
}

impl Request {
    /// Reads the table `file` of `folder` as data of units that the bundle knows.
    /// Everything wrong with it is a finding.
    pub fn read(bundle: &Bundle, folder: Folder, file: &str, findings: &mut Findings) -> Option<Self> {
        let text = TextFile::embedded("bundle › framework", &bundle.framework);
        let mut framework = parse_framework(text, findings)?;
        forget_contexts(&mut framework);
        let table = peek(bundle, &folder, file, findings)?;
        let project = project(bundle, &framework, file, table.as_ref(), findings)?;
        let folder = folder.with_text(UNITS, registry(bundle, &framework));
        let mut own = Findings::new();
        let tables = Tables::read(&folder, &project, &mut own);
        let input = IndexInput::of_some(&project, &framework, Arc::new(tables), &mut own);
        // A city's workbook may hold more than is asked for.
        findings.extend(own.iter().filter(|finding| finding.code != Code::UnusedColumn).cloned());
        Some(Self { framework, input: input? })
    }
}

/// Context variables are shown and never scored; only those that the plan reads
/// are asked for.
fn forget_contexts(framework: &mut FrameworkDefinition) {
    let plan = serde_json::to_string(&framework.plan).unwrap_or_default();
    framework.framework.contexts.retain(|context| plan.contains(&format!("\"{}\"", context.id)));
}

/// The table of the data as far as it can be read before it is known what it
/// should hold: with a column of codes, the edition's or a usual one.
fn peek(bundle: &Bundle, folder: &Folder, file: &str, findings: &mut Findings) -> Option<Option<Table>> {
    if !folder.has(file.rsplit_once('#').map_or(file, |(path, _)| path)) {
        findings.push(
            Finding::new(
                Code::FileUnreadable,
                bilingual!("找不到文件“{file}”", "there is no file `{file}`"),
                bilingual!(
                    "检查文件名和所在文件夹；区分大小写",
                    "check the name and the folder; upper and lower case differ"
                ),
            )
            .at(Place::file(file)),
        );
        return None;
    }
    let read = |header: &str| folder.read_table(file, header, None, &mut Findings::new());
    let with_codes =
        code_headers(bundle).find_map(|header| read(header).filter(|table| table.column(header).is_some()));
    if with_codes.is_none()
        && let Some(table) = read(&bundle.unit_column)
    {
        findings.push(without_units(bundle).at(table.header_row_place()));
        return None;
    }
    Some(with_codes)
}

/// A table that does not say whose data it holds.
fn without_units(bundle: &Bundle) -> Finding {
    let example = bundle.units.first().map_or("", |unit| unit.code.as_str());
    let header = &bundle.unit_column;
    Finding::new(
        Code::MissingColumn,
        bilingual!("表中没有一列写明是哪个单位", "no column of the table says whose data these are"),
        bilingual!(
            "加一列“{header}”，每行写单位的代码或名称，例如 {example}；指标写在各列，一行一个单位",
            "add a column `{header}` with the code or name of the unit in each row, such as {example}; indicators are columns, and a unit is a row"
        ),
    )
}

fn code_headers(bundle: &Bundle) -> impl Iterator<Item = &str> {
    std::iter::once(bundle.unit_column.as_str()).chain(CODE_HEADERS)
}

/// The project that the data are checked by.
fn project(
    bundle: &Bundle,
    framework: &FrameworkDefinition,
    file: &str,
    table: Option<&Table>,
    findings: &mut Findings,
) -> Option<ProjectDefinition> {
    let has = |header: &str| table.is_some_and(|table| table.column(header).is_some());
    let unit_column = code_headers(bundle).find(|header| has(header)).unwrap_or(&bundle.unit_column);
    let columns = bundle.columns.iter().filter(|(_, header)| has(header));
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let groups: Vec<String> = framework
        .framework
        .groups
        .iter()
        .map(|group| format!("{} = {}", text(group.id.as_str()), text(group.id.as_str())))
        .collect();
    let both = |words: &crate::diagnostics::Bilingual| {
        format!("{{ zh = {}, en = {} }}", text(&words.zh), text(&words.en))
    };
    let list = |words: &[String]| words.iter().map(|word| text(word)).collect::<Vec<_>>().join(", ");
    let toml = format!(
        "kind = \"index\"\ntitle = {}\npublisher = {}\nedition = {}\nframework = \"bundle\"\ndate = {}\n\
         seed = 0\nsynthetic = {}\nattribution = {}\npolicy = {{ league_table = false }}\n\
         [units]\nfile = {}\ncode = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\n\
         groups = {{ {} }}\n[[data]]\nfile = {}\nunit = {}\n\
         missing = [{}]\nnot_applicable = [{}]\ncolumns = {{ {} }}\n",
        both(&bundle.title),
        both(&bundle.publisher),
        text(&bundle.edition),
        text(&bundle.date),
        bundle.synthetic,
        both(&bundle.attribution),
        text(UNITS),
        groups.join(", "),
        text(file),
        text(unit_column),
        list(&bundle.missing),
        list(&bundle.not_applicable),
        columns
            .map(|(id, header)| format!("{} = {}", text(id.as_str()), text(header)))
            .collect::<Vec<_>>()
            .join(", "),
    );
    parse_project(TextFile::embedded("bundle › project", &toml), findings)
}

/// The units of the bundle as a registry.
fn registry(bundle: &Bundle, framework: &FrameworkDefinition) -> String {
    let groups = &framework.framework.groups;
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let heads = ["code", "name_zh", "name_en"].into_iter().map(str::to_owned);
    let heads = heads.chain(groups.iter().map(|group| group.id.to_string()));
    let mut csv = heads.collect::<Vec<_>>().join(",") + "\n";
    for unit in &bundle.units {
        let fixed = [unit.code.as_str(), &unit.name.zh, &unit.name.en].map(quoted);
        let member = |group: &crate::plan::Group| {
            let own = unit.groups.iter().find(|(kind, _)| *kind == group.id);
            own.map_or(String::new(), |(_, member)| quoted(member.as_str()))
        };
        let fields = fixed.into_iter().chain(groups.iter().map(member));
        csv.push_str(&fields.collect::<Vec<_>>().join(","));
        csv.push('\n');
    }
    csv
}
