//! Data-entry workbooks that came back: whether each is one of this edition, of
//! the unit that it says, asks what is asked now, and came once.

use std::collections::BTreeMap;

use super::tables::Tables;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::digest::sha256;
use crate::input::{Table, TableRow};
use crate::model::{Panel, Role};
use crate::plan::{DataFormKey, FormHeads, Framework, Project};

/// Units named in one message.
const NAMED: usize = 10;

/// A digest of what a data-entry workbook asks for: ids, units of measure and
/// definitions. Eight hexadecimal digits.
pub fn asked_digest(project: &Project, framework: &Framework) -> String {
    let said = |name: Option<&Bilingual>| name.map_or("", |name| name.zh.as_str()).to_owned();
    let asked = project.asked(framework).into_iter().map(|variable| {
        let spec = framework.indicators.iter().find(|spec| spec.id == *variable.id);
        let texts = [
            variable.id.to_string(),
            variable.measure.zh.clone(),
            said(spec.and_then(|spec| spec.definition.as_ref())),
            said(spec.and_then(|spec| spec.numerator.as_ref())),
            said(spec.and_then(|spec| spec.denominator.as_ref())),
        ];
        texts.join("\u{1F}")
    });
    let all = asked.collect::<Vec<_>>().join("\u{1E}");
    sha256(all.as_bytes()).chars().take(8).collect()
}

/// Checks the forms of a project.
pub(super) fn check(
    project: &Project,
    framework: &Framework,
    tables: &Tables,
    panel: &Panel,
    findings: &mut Findings,
) {
    let Some(data) = project.data.iter().find(|data| data.form) else { return };
    let now = asked_digest(project, framework);
    let mut came: BTreeMap<String, Place> = BTreeMap::new();
    for table in tables.named(&data.file).filter_map(|path| tables.get(path)) {
        let (Some(key), Some(unit)) = (table.column(FormHeads::KEY), table.column(FormHeads::UNIT)) else {
            continue;
        };
        let form = Form { table, key, unit, edition: &project.edition, asked: &now };
        let Some(own) = form.check(findings) else { continue };
        match came.get(&own.unit) {
            Some(first) => findings.push(twice(&own.unit, first).at(form.place(0))),
            None => drop(came.insert(own.unit, form.place(0))),
        }
    }
    if came.is_empty() {
        return;
    }
    let ranked = panel.units().iter().filter(|unit| unit.role == Role::Ranked);
    let absent: Vec<&str> =
        ranked.map(|unit| unit.code.as_str()).filter(|code| !came.contains_key(*code)).collect();
    if !absent.is_empty() {
        findings.push(not_here(&absent).at(Place::file(&*data.file)));
    }
}

/// A data-entry workbook.
struct Form<'a> {
    table: &'a Table,
    key: usize,
    unit: usize,
    edition: &'a str,
    asked: &'a str,
}

impl Form<'_> {
    /// The key of the form. What is wrong with it is said once; `None` if it has
    /// none, or one of another edition.
    fn check(&self, findings: &mut Findings) -> Option<DataFormKey> {
        let rows = self.table.rows();
        let mut own: Option<DataFormKey> = None;
        for row in rows {
            let Some(key) = DataFormKey::parse(row.field(self.key)) else {
                findings.push(changed(row.field(self.key)).at(self.table.place(row, self.key)));
                return None;
            };
            if row.field(self.unit) != key.unit {
                findings
                    .push(other_unit(row.field(self.unit), &key.unit).at(self.table.place(row, self.unit)));
                return Some(key);
            }
            if own.as_ref().is_some_and(|own| *own != key) {
                findings.push(mixed().at(self.table.place(row, self.key)));
                return None;
            }
            own = Some(key);
        }
        let own = own?;
        if own.edition != self.edition {
            findings.push(other_edition(&own.edition, self.edition).at(self.place(self.key)));
            return None;
        }
        if own.asked != self.asked {
            findings.push(asks_other().at(self.place(self.key)));
        }
        Some(own)
    }

    /// A cell of the first row.
    fn place(&self, column: usize) -> Place {
        let first: Option<&TableRow> = self.table.rows().first();
        first.map_or_else(|| Place::file(self.table.name()), |row| self.table.place(row, column))
    }
}

fn changed(text: &str) -> Finding {
    let text = shown(text);
    Finding::new(
        Code::DataFormChanged,
        bilingual!("“{text}”不是填报表的表号", "`{text}` is not the key of a data-entry workbook"),
        bilingual!(
            "不要改动锁定的格子；用 `benchline forms` 重新生成一份，把数值填进去",
            "leave locked cells alone: make the workbook anew with `benchline forms` and fill in the values"
        ),
    )
}

fn other_unit(found: &str, own: &str) -> Finding {
    let (found, own) = (shown(found), shown(own));
    Finding::new(
        Code::DataFormChanged,
        bilingual!(
            "这是“{own}”的填报表，单位代码却写作“{found}”",
            "the workbook is `{own}`'s, yet its unit is `{found}`"
        ),
        bilingual!(
            "查明是谁的数据，填进该单位自己的表",
            "find out whose data they are, and fill in that unit's own workbook"
        ),
    )
}

fn mixed() -> Finding {
    Finding::new(
        Code::DataFormChanged,
        bilingual!("表中有另一份填报表的行", "there are rows of another data-entry workbook"),
        bilingual!("每份表只放一个单位的行", "keep the rows of one unit in each workbook"),
    )
}

fn other_edition(found: &str, wanted: &str) -> Finding {
    let (found, wanted) = (shown(found), shown(wanted));
    Finding::new(
        Code::DataFormOfOtherEdition,
        bilingual!(
            "这是 {found} 期的填报表，本期是 {wanted}",
            "the workbook is of {found}, and the edition is {wanted}"
        ),
        bilingual!(
            "填报本期的表；旧表移出文件夹",
            "fill in the workbook of this edition, and take the old one out of the folder"
        ),
    )
}

fn asks_other() -> Finding {
    Finding::new(
        Code::DataFormAsksOther,
        bilingual!(
            "填报表生成之后，指标的计量单位或定义改过",
            "a unit of measure or a definition has changed since the workbook was made"
        ),
        bilingual!(
            "请该单位按现在的定义核对，或重新发一份",
            "let the unit check its values by the definitions of now, or send it a new workbook"
        ),
    )
}

fn twice(unit: &str, first: &Place) -> Finding {
    let unit = shown(unit);
    Finding::new(
        Code::DataFormTwice,
        bilingual!(
            "“{unit}”交了两份填报表，另一份是 {first}",
            "`{unit}` handed in two workbooks; the other is {first}"
        ),
        bilingual!("只留下作数的一份", "keep the one that counts"),
    )
}

fn not_here(absent: &[&str]) -> Finding {
    let count = absent.len();
    let named: Vec<String> = absent.iter().take(NAMED).map(|code| shown(code).to_string()).collect();
    let more = if count > NAMED { ", …" } else { "" };
    let named = named.join(", ") + more;
    Finding::new(
        Code::DataFormsNotHere,
        bilingual!(
            "{count} 个参评单位没有交填报表：{named}",
            "{count} ranked units handed in no workbook: {named}"
        ),
        bilingual!(
            "催交；或确认以其他文件报送",
            "remind them, or make sure that other files hold their data"
        ),
    )
}
