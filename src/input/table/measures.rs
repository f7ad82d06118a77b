//! A row below the header that says in what units of measure the columns are.

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

#[cfg(test)]
mod tests {
    use super::are;

    #[test]
    fn units_of_measure_are_told_from_names() {
        assert!(are(["%", "（秒）", "单位：件", "—"].into_iter()));
        assert!(!are(["—", "/"].into_iter()));
        assert!(!are(["%", "接通率"].into_iter()));
        assert!(!are(std::iter::empty()));
    }
}
