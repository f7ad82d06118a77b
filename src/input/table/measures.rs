//! Units of measure as headers name them, and rows below that do.

/// Words that such a row consists of, in lower case.
const MEASURES: [&str; 58] = [
    "%",
    "％",
    "‰",
    "百分比",
    "秒",
    "分",
    "分钟",
    "时",
    "小时",
    "天",
    "日",
    "工作日",
    "月",
    "年",
    "个",
    "件",
    "条",
    "起",
    "宗",
    "项",
    "次",
    "人次",
    "人",
    "名",
    "户",
    "家",
    "通",
    "席",
    "座",
    "字",
    "元",
    "万元",
    "亿元",
    "万",
    "万人",
    "万件",
    "万次",
    "万通",
    "亿",
    "分值",
    "得分",
    "文本",
    "秒/次",
    "件/万人",
    "人/万人",
    "百分点",
    "s",
    "sec",
    "seconds",
    "min",
    "minutes",
    "h",
    "hours",
    "days",
    "count",
    "calls",
    "yuan",
    "percent",
];

/// Signs that stand for nothing in such a row.
const NOTHING: [&str; 6] = ["-", "—", "——", "/", "／", "无"];

/// Whether texts are units of measure, at least one of them and nothing else, with
/// or without brackets or the words `单位：` before them.
pub(super) fn are<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut found = false;
    for text in texts {
        let bare: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let bare = bare.strip_prefix("单位").map_or(&*bare, |rest| rest.trim_start_matches([':', '：']));
        let bare = bare.trim_matches(['(', ')', '（', '）', '[', ']']).to_lowercase();
        match MEASURES.contains(&&*bare) {
            true => found = true,
            false if NOTHING.contains(&&*bare) || bare.is_empty() => {}
            false => return false,
        }
    }
    found
}

/// Units of which the same amount is another number, by kind: each with the words
/// for it, the first of which is its name.
const KINDS: [&[&[&str]]; 6] = [
    &[
        &["秒", "秒钟", "s", "sec", "second", "seconds"],
        &["分钟", "min", "minute", "minutes"],
        &["小时", "时", "h", "hour", "hours"],
        &["天", "日", "day", "days"],
        &["工作日", "working days"],
    ],
    &[&["%", "百分比", "百分数", "percent"], &["‰", "千分比"]],
    &[&["元", "yuan"], &["万元"], &["亿元"]],
    &[&["人"], &["万人"]],
    &[&["件"], &["万件"]],
    &[&["次"], &["万次"]],
];

/// The kind of a unit of measure and its name.
pub fn known_measure(text: &str) -> Option<(usize, &'static str)> {
    let word = super::layout::look(text).to_lowercase();
    KINDS.iter().enumerate().find_map(|(kind, units)| {
        let unit = units.iter().find(|words| words.contains(&word.as_str()))?;
        Some((kind, *unit.first()?))
    })
}

/// A header `接通率（%）`, `时长(单位：秒)` or `满意度/%` as its name and its unit.
pub fn split_measure(header: &str) -> Option<(&str, &str)> {
    let header = header.trim_end();
    let (name, unit) = match header.strip_suffix([')', '）', ']', '】']) {
        Some(rest) => rest.rsplit_once(['(', '（', '[', '【'])?,
        None => header.rsplit_once(['/', '／'])?,
    };
    let (name, unit) = (name.trim_end(), bare(unit));
    (!name.is_empty() && are(std::iter::once(unit))).then_some((name, unit))
}

/// A unit without brackets and without the word for unit.
fn bare(text: &str) -> &str {
    let inner = text
        .trim()
        .trim_start_matches(['(', '（', '[', '【'])
        .trim_end_matches([')', '）', ']', '】'])
        .trim();
    ["单位", "unit"]
        .iter()
        .find_map(|word| inner.strip_prefix(word)?.strip_prefix([':', '：']))
        .unwrap_or(inner)
        .trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_measure_are_told_from_names() {
        assert!(are(["%", "（秒）", "单位：件", "—"].into_iter()));
        assert!(!are(["—", "/"].into_iter()));
        assert!(!are(["%", "接通率"].into_iter()));
        assert!(!are(std::iter::empty()));
    }

    #[test]
    fn a_header_may_end_with_its_unit() {
        for (header, expected) in [
            ("接通率（%）", Some(("接通率", "%"))),
            ("平均等待时长 (单位：秒)", Some(("平均等待时长", "秒"))),
            ("满意度／%", Some(("满意度", "%"))),
            ("满意度（回访）", None),
            ("（%）", None),
            ("上半年/接通率", None),
        ] {
            assert_eq!(split_measure(header), expected, "{header}");
        }
    }

    #[test]
    fn units_of_one_kind_have_their_names() {
        assert_eq!(known_measure("％"), Some((1, "%")));
        assert_eq!(known_measure(" Min "), Some((0, "分钟")));
        assert_eq!(known_measure("分"), None);
    }
}
