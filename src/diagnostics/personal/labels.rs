//! What a label announces: `电话：88888888`, `填表人：张三`. Without one, neither a number
//! of seven digits nor a name in a sentence can be told from other words.

use super::{Part, PersonalKind, groups};

/// Words before a number of a phone or of an account that is one's own.
const NUMBERS: &[&str] = &[
    "电话",
    "手机",
    "座机",
    "传真",
    "联系方式",
    "微信",
    "QQ",
    "qq",
    "tel",
    "Tel",
    "TEL",
    "phone",
    "Phone",
    "mobile",
    "Mobile",
];

/// Words that announce a name, before it as well as at the end of a heading.
pub const NAMED: &[&str] = &[
    "姓名",
    "联系人",
    "来电人",
    "诉求人",
    "反映人",
    "投诉人",
    "举报人",
    "申请人",
    "当事人",
    "填表人",
    "填报人",
    "经办人",
    "审核人",
];

/// More words before a name, which head columns of other things too.
const BEFORE: &[&str] = &["制表人", "复核人", "负责人", "承办人", "分管领导", "主管"];

/// Words that end a name which stands right before them.
const AFTER: &[&str] =
    &["电话", "手机", "联系", "审核", "填表", "填报", "经办", "负责", "日期", "先生", "女士", "同志"];

/// Most letters of a Chinese name.
const MOST: usize = 4;

pub(super) fn may_announce(text: &str) -> bool {
    text.contains([':', '：', ' ', '\u{3000}']) && NAMED.iter().chain(BEFORE).any(|word| text.contains(word))
}

/// Where numbers begin that a label stands before.
pub(super) fn numbers(letters: &[char]) -> Vec<usize> {
    let ends = NUMBERS.iter().flat_map(|word| ends(letters, word));
    let starts = ends.map(|end| {
        let rest = letters.get(end..).unwrap_or_default();
        let between = |letter: &char| " :：号码为是=（(\u{3000}".contains(*letter);
        end + rest.iter().take(4).take_while(|letter| between(letter)).count()
    });
    starts.filter(|start| letters.get(*start).is_some_and(|first| groups::digit(*first).is_some())).collect()
}

/// Names that a label stands before.
pub(super) fn names(letters: &[char]) -> Vec<Part> {
    let ends = NAMED.iter().chain(BEFORE).flat_map(|word| ends(letters, word));
    ends.filter_map(|end| name_after(letters, end)).collect()
}

fn name_after(letters: &[char], end: usize) -> Option<Part> {
    let rest = letters.get(end..)?;
    let between = rest.iter().take_while(|letter| ":： \u{3000}".contains(**letter)).count();
    let start = end + between;
    let word: String =
        letters.get(start..)?.iter().take(MOST + 4).take_while(|letter| is_han(**letter)).collect();
    let cut = AFTER.iter().filter_map(|after| word.find(after)).min().unwrap_or(word.len());
    let count = word.get(..cut)?.chars().count();
    let is_name = between > 0 && (2..=MOST).contains(&count);
    is_name.then_some(Part { kind: PersonalKind::Name, range: start..start + count, likely: true })
}

pub(super) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' | '·')
}

/// Where a word ends, each time it stands in a text.
fn ends(letters: &[char], word: &str) -> Vec<usize> {
    let word: Vec<char> = word.chars().collect();
    let windows = letters.windows(word.len()).enumerate();
    windows.filter(|(_, window)| *window == word).map(|(at, window)| at + window.len()).collect()
}
