use crate::diagnostics::{Code, Finding, Place, bilingual, shown};

pub(super) fn twice(name: &str, before: &str) -> Finding {
    let told = shown(name);
    let before = shown(before);
    Finding::new(
        Code::SheetTwice,
        bilingual!("“{told}”已经交过：{before}", "`{told}` was handed in before: {before}"),
        bilingual!("从命令中去掉它", "leave it out of the command"),
    )
    .at(Place::file(name))
}

/// Two sheets of a unit: which one holds is not for the program to say.
pub(super) fn two_sheets(unit: &str, first: &str, place: Place) -> Finding {
    let (unit, first) = (shown(unit), shown(first));
    Finding::new(
        Code::SheetTwice,
        bilingual!(
            "{unit} 交了两份确认单，另一份是“{first}”",
            "there are two confirmation sheets of {unit}; the other is `{first}`"
        ),
        bilingual!("问清以哪份为准，只留那一份", "ask which one holds and keep that one"),
    )
    .at(place)
}

/// A workbook that is neither a sheet nor a table of corrections.
pub(super) fn neither(name: &str) -> Finding {
    let told = shown(name);
    Finding::new(
        Code::ForeignConfirmation,
        bilingual!(
            "“{told}”没有表号，也不是更正表",
            "`{told}` bears no key of a confirmation sheet and is no table of corrections"
        ),
        bilingual!(
            "确认单：照发出的表恢复表头上方的表号；依据文件：在“依据”中写它的文件名；无关的文件移到别处",
            "restore the key above the heads of a confirmation sheet; name a file of evidence under Evidence; move other files away"
        ),
    )
    .at(Place::file(name))
}

/// A confirmation sheet that was saved as text.
pub(super) fn saved_as_text(name: &str) -> Finding {
    let told = shown(name);
    Finding::new(
        Code::ForeignConfirmation,
        bilingual!(
            "“{told}”是存成文本的确认单，数值可能已被舍入",
            "`{told}` is a confirmation sheet saved as text, in which values may have been rounded"
        ),
        bilingual!("交工作簿：xlsx、xls 或 ods", "hand in the workbook: xlsx, xls or ods"),
    )
    .at(Place::file(name))
}

/// A text among what was handed in that is no table of corrections.
pub(super) fn passed_over(name: &str) -> Finding {
    let told = shown(name);
    Finding::new(
        Code::FilePassedOver,
        bilingual!("“{told}”不是更正表，没有读取", "`{told}` is no table of corrections and was not read"),
        bilingual!(
            "若是更正表，写上“单位、指标、原值、更正值、理由”各列",
            "a table of corrections has the columns unit, indicator, old, new and reason"
        ),
    )
    .at(Place::file(name))
}
