//! What is said of confirmation sheets that come back.

use super::{Row, Sheet};
use crate::diagnostics::{Bilingual, Code, Finding, bilingual, shown, suggestion};
use crate::input::Table;

/// Most rows that a message names.
const MOST_NAMED: usize = 6;

fn foreign(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::ForeignConfirmation, message, help)
}

pub(super) fn no_key(text: &str) -> Finding {
    let text = shown(text);
    foreign(
        bilingual!("表号“{text}”不完整，或版本不同", "the key `{text}` is not whole, or of another version"),
        bilingual!(
            "照发出的表恢复表号；或用 `benchline confirm` 重做，请该单位重填",
            "restore the key from the sheet as it was sent, or make the sheet anew with `benchline confirm`"
        ),
    )
}

pub(super) fn other_edition(found: &str, own: &str) -> Finding {
    let found = shown(found);
    foreign(
        bilingual!(
            "这是“{found}”期的确认单，本项目是“{own}”",
            "this is a confirmation sheet of the edition `{found}`; this project is `{own}`"
        ),
        bilingual!("找出本期的确认单", "look for the sheet of this edition"),
    )
}

pub(super) fn unknown_unit<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> Finding {
    let help = bilingual!(
        "确认是不是本项目的确认单；单位改过代码的，重做确认单",
        "check that it is a sheet of this project; where the code of a unit changed, make its sheet anew"
    );
    let help = suggestion(found, known, help);
    let found = shown(found);
    foreign(
        bilingual!(
            "表号中的单位“{found}”不在单位名录中",
            "the key names the unit `{found}`, which the registry does not have"
        ),
        help,
    )
}

pub(super) fn other_project(code: &str, name: &Bilingual, count: usize, all: usize) -> Finding {
    let (zh, en) = (&name.zh, &name.en);
    foreign(
        bilingual!(
            "{zh}的确认单上，{all} 项中有 {count} 项与数据不同，像是另一个项目的",
            "{count} of {all} values on the sheet of {en} differ from the data; it seems to be of another project"
        ),
        remake(code),
    )
}

/// A sheet is made anew.
fn remake(code: &str) -> Bilingual {
    bilingual!(
        "用 `benchline confirm 项目 --unit {code}` 重做，请该单位重新核对",
        "make it anew with `benchline confirm PROJECT --unit {code}` and let the unit check it again"
    )
}

/// A list that ends with an ellipsis where it is long.
fn listed(all: &[Bilingual]) -> (String, String) {
    let first = || all.iter().take(MOST_NAMED);
    let zh: Vec<&str> = first().map(|one| one.zh.as_str()).collect();
    let en: Vec<&str> = first().map(|one| one.en.as_str()).collect();
    let (more_zh, more_en) = if all.len() > MOST_NAMED { ("等", ", …") } else { ("", "") };
    (format!("{}{more_zh}", zh.join("、")), format!("{}{more_en}", en.join(", ")))
}

pub(super) fn stale(code: &str, name: &Bilingual, changed: &[Bilingual]) -> Finding {
    let (name_zh, name_en) = (&name.zh, &name.en);
    let (zh, en) = listed(changed);
    let (zh, en) = match changed.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("：{zh}"), format!(": {en}")),
    };
    Finding::new(
        Code::ConfirmationStale,
        bilingual!(
            "{name_zh}的数据在制表之后变过{zh}",
            "the data of {name_en} have changed since the sheet was made{en}"
        ),
        remake(code),
    )
}

fn changed(message: Bilingual) -> Finding {
    let help = bilingual!(
        "照发出的表恢复；要改数值，选“更正”并填更正值",
        "restore it from the sheet as it was sent; a value is changed by `Correct` and a corrected value"
    );
    Finding::new(Code::ConfirmationAltered, message, help)
}

pub(super) fn no_heads(table: &Table, missing: &[&str]) -> Finding {
    let list: Vec<Bilingual> = missing.iter().map(|head| Bilingual::same((*head).to_owned())).collect();
    let (zh, en) = listed(&list);
    changed(bilingual!("确认单缺少列：{zh}", "the sheet lacks columns: {en}")).at(table.header_row_place())
}

pub(super) fn altered(head: &str, found: &str, is: &Bilingual) -> Finding {
    let (found, is) = (cell(&Bilingual::same(shown(found))), cell(is));
    let (found_zh, found_en, zh, en) = (found.zh, found.en, is.zh, is.en);
    changed(bilingual!(
        "锁定的“{head}”被改动：原为 {zh}，现为 {found_zh}",
        "the locked `{head}` was changed from {en} to {found_en}"
    ))
}

/// What stands in a cell, or that nothing does.
fn cell(text: &Bilingual) -> Bilingual {
    match text.zh.is_empty() {
        true => bilingual!("空白", "blank"),
        false => text.clone(),
    }
}

/// Most of the values are not where they were.
pub(super) fn most_altered(count: usize, all: usize) -> Finding {
    let head = crate::plan::ConfirmationHeads::VALUE;
    changed(bilingual!(
        "锁定的“{head}”有 {count} 项（共 {all} 项）被改动，像是只排了部分列的序",
        "{count} of the {all} locked cells `{head}` were changed, as if some of the columns were sorted"
    ))
}

pub(super) fn row_unknown(id: &str) -> Finding {
    let id = shown(id);
    changed(match id.is_empty() {
        true => bilingual!("这一行没有指标标识", "the row has no id of an indicator"),
        false => {
            bilingual!("确认单上没有指标“{id}”", "the sheet was made without an indicator `{id}`")
        }
    })
}

pub(super) fn row_twice(id: &str) -> Finding {
    let id = shown(id);
    changed(bilingual!("“{id}”有两行", "there are two rows of `{id}`"))
}

pub(super) fn rows_missing(lost: &[&str]) -> Finding {
    let list: Vec<Bilingual> = lost.iter().map(|id| Bilingual::same((*id).to_owned())).collect();
    let ((zh, en), count) = (listed(&list), lost.len());
    changed(bilingual!("确认单缺少 {count} 行：{zh}", "the sheet lacks {count} rows: {en}"))
}

fn bad(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::BadReply, message, help)
}

pub(super) fn no_reply(text: &str) -> Finding {
    let text = shown(text);
    bad(
        bilingual!("“{text}”既不是确认，也不是更正", "`{text}` is neither `Confirmed` nor `Correct`"),
        bilingual!("从下拉表中选一个", "choose one from the list of the cell"),
    )
}

pub(super) fn value_without_reply(new: &str) -> Finding {
    let new = shown(new);
    bad(
        bilingual!("填了更正值 {new}，没有选“更正”", "there is a corrected value {new}, but no reply"),
        bilingual!(
            "要更正就选“更正”；否则清空更正值",
            "choose `Correct` if it is to be corrected; else clear the corrected value"
        ),
    )
}

pub(super) fn value_though_confirmed(new: &str) -> Finding {
    let new = shown(new);
    bad(
        bilingual!(
            "选了“确认”，又填了更正值 {new}",
            "the value is confirmed, and yet there is a corrected value {new}"
        ),
        bilingual!(
            "要更正就选“更正”；否则清空更正值",
            "choose `Correct` if it is to be corrected; else clear the corrected value"
        ),
    )
}

pub(super) fn no_value() -> Finding {
    bad(
        bilingual!("选了“更正”，没有更正值", "the value is to be corrected, but there is no corrected value"),
        bilingual!(
            "填更正值；没有数据写“缺失”，本地无此事项写“不适用”",
            "write the value, or `missing` or `not applicable` if there is none"
        ),
    )
}

pub(super) fn no_reason() -> Finding {
    bad(
        bilingual!("选了“更正”，没有写理由", "the value is to be corrected, but there is no reason"),
        bilingual!("写明理由", "write the reason"),
    )
}

impl Sheet<'_> {
    /// How the unit is told.
    pub(super) fn named(&self) -> Bilingual {
        let Some(unit) = self.unit() else { return Bilingual::same(String::new()) };
        let (code, zh, en) = (&unit.code, &unit.name.zh, &unit.name.en);
        bilingual!("“{zh}”（{code}）", "{en} ({code})")
    }

    /// Nobody filled it in.
    pub(super) fn blank(&self) -> Finding {
        let Bilingual { zh, en } = self.named();
        Finding::new(
            Code::ConfirmationOpen,
            bilingual!(
                "{zh}的确认单还是空白的，没有登记",
                "the sheet of {en} is blank; it was not put on record"
            ),
            bilingual!("请该单位填好再交", "ask the unit to fill it in"),
        )
        .at(self.table.header_place(self.columns.reply))
    }

    /// Values that the unit says nothing to.
    pub(super) fn open(&self, open: &[Row<'_>]) -> Option<Finding> {
        let (_, first) = open.first()?;
        let ids = open.iter().filter_map(|(variable, _)| self.variables.get(*variable));
        let ids: Vec<Bilingual> = ids.map(|one| Bilingual::same(one.id.to_string())).collect();
        let ((list_zh, list_en), Bilingual { zh, en }, count) = (listed(&ids), self.named(), open.len());
        let finding = Finding::new(
            Code::ConfirmationOpen,
            bilingual!(
                "{zh}还有 {count} 项没有答复：{list_zh}",
                "{en} did not reply to {count} values: {list_en}"
            ),
            bilingual!(
                "请该单位补答，交整份确认单；在此之前这几项不算确认",
                "ask the unit for a whole sheet; until then these values are not confirmed"
            ),
        );
        Some(finding.at(self.table.place(first, self.columns.reply)))
    }
}
