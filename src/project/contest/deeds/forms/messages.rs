//! What is said of files that are to be keyed.

use crate::contest::FormKey;
use crate::diagnostics::{Bilingual, Code, Finding, Place, bilingual, shown, suggestion};

/// Most rows that a finding lists.
const MOST_LISTED: usize = 8;

pub(super) fn outside(named: &str) -> Finding {
    let shown = shown(named);
    Finding::new(
        Code::SheetOutside,
        bilingual!(
            "“{shown}”不在项目文件夹里，核对时无法重读",
            "`{shown}` is not in the project folder, where `verify` reads sheets again"
        ),
        bilingual!(
            "把它放进项目文件夹（例如 forms/），再录入",
            "put it into the project folder, for example into forms/, and key it from there"
        ),
    )
    .at(Place::file(named))
}

pub(super) fn no_sheet(path: &str) -> Finding {
    Finding::new(
        Code::NotASheet,
        bilingual!(
            "“{path}”既没有声明为评分表，也没有表号",
            "`{path}` is not declared as a score sheet and bears no form key"
        ),
        bilingual!(
            "用 `benchline contest forms` 生成的工作簿，保留前几行的表号；或在 benchline.toml 的 [[marks]] 中声明",
            "use a workbook of `benchline contest forms` and keep the key in its first rows; or declare the file as [[marks]] in benchline.toml"
        ),
    )
    .at(Place::file(path))
}

fn foreign(path: &str, message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::ForeignForm, message, help).at(Place::file(path))
}

pub(super) fn no_key(path: &str, text: &str) -> Finding {
    foreign(
        path,
        bilingual!(
            "表号“{text}”不完整，或版本不同",
            "the form key `{text}` is not whole, or of another version"
        ),
        bilingual!(
            "恢复原来的表号；或用 `benchline contest forms` 重新生成，抄入分数",
            "restore the key; or make the sheet anew with `benchline contest forms` and copy the marks"
        ),
    )
}

pub(super) fn other_edition(path: &str, found: &str, own: &str) -> Finding {
    let found = shown(found);
    foreign(
        path,
        bilingual!(
            "这是“{found}”届的评分表，本项目是“{own}”",
            "this is a score sheet of the edition `{found}`; this contest is `{own}`"
        ),
        bilingual!("找出本届的评分表", "look for the sheet of this edition"),
    )
}

pub(super) fn unknown(path: &str, (zh, en): (&str, &str), found: &str, known: &[&str]) -> Finding {
    let list = known.join(", ");
    let help = suggestion(found, known.iter().copied(), bilingual!("可用：{list}", "the choices are {list}"));
    let found = shown(found);
    foreign(
        path,
        bilingual!(
            "表号中的{zh}“{found}”不存在",
            "the form key names the {en} `{found}`, which there is not"
        ),
        help,
    )
}

pub(super) fn too_early(path: &str, round: &str) -> Finding {
    foreign(
        path,
        bilingual!("还不知道谁参加“{round}”", "it is not known yet who takes part in `{round}`"),
        bilingual!(
            "先录完前一阶段的评分表，或抽签",
            "key the sheets of the stage before first, or make the draw"
        ),
    )
}

pub(super) fn no_form(path: &str, key: &FormKey) -> Finding {
    let round = &key.round;
    let message = match &key.judge {
        Some(judge) => bilingual!(
            "评委 {judge} 在“{round}”没有要评的参赛者",
            "the judge {judge} has nobody to mark in `{round}`"
        ),
        None => bilingual!("“{round}”没有计量的评分项", "nothing is measured in `{round}`"),
    };
    let help = bilingual!(
        "核对评委名单、抽签的席位和缺席登记",
        "check the list of judges, the seats as drawn, and recorded absences"
    );
    foreign(path, message, help)
}

pub(super) fn no_heads(path: &str, sheet: &str) -> Finding {
    Finding::new(
        Code::FormRows,
        bilingual!("工作表“{sheet}”没有“编号”一列", "the sheet `{sheet}` has no column of entries"),
        bilingual!("恢复表头一行", "restore the row of heads"),
    )
    .at(Place::file(path))
}

pub(in super::super) fn twice_given(path: &str, round: &str, judge: Option<&str>) -> Finding {
    let judge = judge.unwrap_or("—");
    Finding::new(
        Code::FormTwice,
        bilingual!(
            "“{round}”评委 {judge} 的评分表有两份",
            "there are two score sheets of {judge} in `{round}`"
        ),
        bilingual!("只留评委交回的那一份", "keep the one that the judge handed in"),
    )
    .at(Place::file(path))
}

pub(super) fn one_file(path: &str, first: &str) -> Finding {
    Finding::new(
        Code::FormTwice,
        bilingual!("两遍录入用的是同一份文件（“{first}”）", "both entries are the same file, `{first}`"),
        bilingual!(
            "由另一人照纸质评分表另填一份，放在 second/ 下",
            "let somebody else fill in another copy from the paper sheet, and put it under second/"
        ),
    )
    .at(Place::file(path))
}

pub(super) fn copied(path: &str, first: &str, folder: &str) -> Finding {
    Finding::new(
        Code::FormTwice,
        bilingual!(
            "这就是录过的文件（“{first}”），没有重新录入",
            "this is the file that was keyed (`{first}`): nothing was counted anew"
        ),
        bilingual!(
            "由另一人照纸质评分表另填一份，放在 {folder}/ 下",
            "let somebody else fill in another copy from the paper sheet, and put it under {folder}/"
        ),
    )
    .at(Place::file(path))
}

pub(super) fn on_record(path: &str, key: &FormKey, seq: usize, known: &str) -> Finding {
    let (round, judge) = (&key.round, key.judge.as_deref().unwrap_or("—"));
    Finding::new(
        Code::FormTwice,
        bilingual!(
            "“{round}”评委 {judge} 的评分表在第 {seq} 件事已经录入（“{known}”）",
            "the score sheet of {judge} in `{round}` was keyed in event {seq}, from `{known}`"
        ),
        bilingual!(
            "要改分数，用 `contest correct`；复录加 `--second`",
            "to change a mark, use `contest correct`; for a second entry add `--second`"
        ),
    )
    .at(Place::file(path))
}

pub(super) fn nothing(path: &str) -> Finding {
    Finding::new(
        Code::FormEmpty,
        bilingual!("评分表还是空白的，没有录入", "nothing is written on the score sheet; it was passed over"),
        bilingual!("交回后再录", "key it when it is handed in"),
    )
    .at(Place::file(path))
}

fn rows(place: Place, message: Bilingual) -> Finding {
    let help = bilingual!(
        "按原表恢复；抽签、名单有变动的，用 `benchline contest forms` 重新生成",
        "restore it as it was; after a draw or a change of lists make the sheet anew with `benchline contest forms`"
    );
    Finding::new(Code::FormRows, message, help).at(place)
}

pub(super) fn rows_missing(place: Place, missing: &[String]) -> Finding {
    let list: Vec<&str> = missing.iter().take(MOST_LISTED).map(String::as_str).collect();
    let (zh, en, count) = (list.join("、"), list.join(", "), missing.len());
    let (more_zh, more_en) = if count > MOST_LISTED { ("等", ", …") } else { ("", "") };
    rows(
        place,
        bilingual!(
            "评分表缺少 {count} 行：{zh}{more_zh}",
            "the score sheet lacks {count} rows: {en}{more_en}"
        ),
    )
}

pub(super) fn row_twice(place: Place, who: &str) -> Finding {
    rows(place, bilingual!("{who} 有两行", "there are two rows of {who}"))
}

pub(super) fn row_foreign(place: Place, who: &str) -> Finding {
    rows(place, bilingual!("{who} 不在这份评分表上", "{who} is not on this score sheet"))
}

pub(super) fn column_missing(place: Place, criterion: &Bilingual) -> Finding {
    let (zh, en) = (&criterion.zh, &criterion.en);
    rows(place, bilingual!("评分表缺少“{zh}”一列", "the score sheet has no column `{en}`"))
}

pub(super) fn blank(place: Place, who: &str, criterion: &Bilingual) -> Finding {
    let (zh, en) = (&criterion.zh, &criterion.en);
    Finding::new(
        Code::FormBlank,
        bilingual!("{who} 的“{zh}”没有分数", "there is no mark for `{en}` of {who}"),
        bilingual!(
            "请评委补填，0 分写 0；未到、回避、缺席先用 `benchline contest event` 或 `recuse` 登记",
            "ask the judge for it, with 0 for zero; record a no-show, recusal or absence first, with `benchline contest event` or `recuse`"
        ),
    )
    .at(place)
}

pub(super) fn more_blanks(place: Place, count: usize) -> Finding {
    Finding::new(
        Code::FormBlank,
        bilingual!("从这里起还有 {count} 格没有分数", "from here on {count} more cells have no mark"),
        bilingual!("看评分表的“自查”", "look at the sheet Self-check"),
    )
    .at(place)
}
