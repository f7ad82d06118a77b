//! Names right beside a number: `张三13812345678`.

use super::{Part, PersonalKind, labels};

/// The hundred most frequent surnames, which 85.9 % of registered persons have, and a
/// few that are near to them (Ministry of Public Security, 2019).
pub const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常汤";

/// Two or three letters that begin with a frequent surname and stand between a number
/// and something that is no letter.
pub(super) fn names(letters: &[char], parts: &[Part]) -> Vec<Part> {
    let sides =
        parts.iter().flat_map(|part| [before(letters, part.range.start), after(letters, part.range.end)]);
    sides.flatten().collect()
}

fn before(letters: &[char], end: usize) -> Option<Part> {
    let rest = || letters.get(..end).unwrap_or_default().iter().rev();
    let gap = rest().take_while(|letter| is_gap(**letter)).count();
    let count = rest().skip(gap).take_while(|letter| labels::is_han(**letter)).count();
    name(letters, end.checked_sub(gap + count)?, count)
}

fn after(letters: &[char], start: usize) -> Option<Part> {
    let rest = || letters.get(start..).unwrap_or_default().iter();
    let gap = rest().take_while(|letter| is_gap(**letter)).count();
    let count = rest().skip(gap).take_while(|letter| labels::is_han(**letter)).count();
    name(letters, start + gap, count)
}

fn is_gap(letter: char) -> bool {
    matches!(letter, ' ' | ':' | '：' | '-' | '+' | '(' | ')' | '（' | '）' | '_')
}

fn name(letters: &[char], start: usize, count: usize) -> Option<Part> {
    let is_name = (2..=3).contains(&count) && SURNAMES.contains(*letters.get(start)?);
    is_name.then_some(Part { kind: PersonalKind::Name, range: start..start + count, likely: true })
}
