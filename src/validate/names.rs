use std::collections::HashMap;

use crate::diagnostics::{Bilingual, Code, Finding, bilingual, did_you_mean, shown};
use crate::input::look;
use crate::model::{Registry, Unit};
use crate::plan::Group;

/// The units by everything that a file may call them: code, full and short name in
/// both languages.
pub(super) struct Names<'a> {
    units: &'a Registry,
    /// Every name with the units that bear it.
    by_name: HashMap<&'a str, Vec<usize>>,
    /// Codes and names as they look, with the units that bear them.
    by_look: HashMap<String, Vec<usize>>,
    /// What groups of several units are called: 吉林 is a province too.
    of_groups: HashMap<&'a str, &'a Bilingual>,
}

impl<'a> Names<'a> {
    pub(super) fn new(units: &'a Registry, groups: &'a [Group]) -> Self {
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_look: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            for name in names(unit).chain([unit.code.as_str()]) {
                let bearers = by_look.entry(look(name)).or_default();
                if bearers.last() != Some(&at) {
                    bearers.push(at);
                }
            }
            for name in names(unit) {
                let bearers = by_name.entry(name).or_default();
                if bearers.last() != Some(&at) {
                    bearers.push(at);
                }
            }
        }
        let mut of_groups = HashMap::new();
        for group in groups {
            for member in &group.members {
                let belongs = |unit: &&Unit| unit.groups.get(&group.id) == Some(&member.id);
                // A municipality is all of its province: its name names one thing.
                if units.iter().filter(belongs).take(2).count() < 2 {
                    continue;
                }
                for name in [&member.name, member.short()] {
                    of_groups.insert(name.zh.as_str(), &member.name);
                    of_groups.insert(name.en.as_str(), &member.name);
                }
            }
        }
        Self { units, by_name, by_look, of_groups }
    }

    /// The unit that `text` means; a code goes before a name. What means none or
    /// several is a finding without a place.
    pub(super) fn find(&self, text: &str) -> Result<usize, Box<Finding>> {
        if let Some(position) = self.units.position(text) {
            return Ok(position);
        }
        let bearers = self.by_name.get(text).map_or(&[][..], Vec::as_slice);
        match (bearers, self.of_groups.get(text)) {
            ([one], None) => Ok(*one),
            ([], None) => match self.by_look.get(&look(text)).map(Vec::as_slice) {
                Some([one]) => Ok(*one),
                _ => self.coded(text).ok_or_else(|| Box::new(self.unknown(text))),
            },
            ([], Some(_)) if !self.units.iter().any(|unit| unit.name.zh.starts_with(text)) => {
                Err(Box::new(self.unknown(text)))
            }
            (bearers, group) => Err(Box::new(self.ambiguous(text, bearers, group.copied()))),
        }
    }

    /// The unit whose code is written with the marks of a text, `'011000` or
    /// `="011000"`, or as a number with decimals, `420100.0`.
    fn coded(&self, text: &str) -> Option<usize> {
        let looked = look(text);
        let bare = looked.trim_start_matches(['=', '\'', '‘', '’', '"']).trim_end_matches('"');
        let whole = bare.split_once('.').filter(|(_, zeros)| zeros.bytes().all(|byte| byte == b'0'));
        self.units.position(whole.map_or(bare, |(whole, _)| whole))
    }

    fn ambiguous(&self, text: &str, bearers: &[usize], group: Option<&Bilingual>) -> Finding {
        let begins = |unit: &&Unit| bearers.is_empty() && unit.name.zh.starts_with(text);
        let bearers = bearers.iter().filter_map(|at| self.units.get(*at));
        let units: Vec<&Unit> = bearers.chain(self.units.iter().filter(begins)).collect();
        let list = |name: fn(&Unit) -> &str, open: &str, close: &str| -> Vec<String> {
            units.iter().map(|unit| format!("{}{open}{}{close}", unit.code, name(unit))).collect()
        };
        let mut zh = list(|unit| &unit.name.zh, "（", "）");
        let mut en = list(|unit| &unit.name.en, " (", ")");
        if let Some(group) = group {
            zh.push(group.zh.clone());
            en.push(group.en.clone());
        }
        let (zh, en, text) = (zh.join("、"), en.join(", "), shown(text));
        Finding::new(
            Code::AmbiguousUnit,
            bilingual!("“{text}”不止一个意思：{zh}", "`{text}` may mean more than one: {en}"),
            bilingual!("写代码或全称", "write the code or the full name"),
        )
    }

    fn unknown(&self, text: &str) -> Finding {
        let help = self.did_you_mean(text);
        let text = shown(text);
        Finding::new(
            Code::UnknownUnit,
            bilingual!("单位名录中没有“{text}”", "the registry has no unit `{text}`"),
            help,
        )
    }

    /// The code of a unit that is the beginning of a longer one, `420100000000`, or its
    /// name that ends a longer one, `湖北省宜昌市`.
    fn longer(&self, text: &str) -> Option<&'a str> {
        let of_code = |unit: &&Unit| {
            let rest = text.strip_prefix(unit.code.as_str());
            rest.is_some_and(|rest| unit.code.as_str().len() > 3 && rest.bytes().all(|byte| byte == b'0'))
        };
        let of_name = |unit: &&Unit| unit.name.zh.len() > 3 && text.ends_with(&unit.name.zh);
        let code = |unit: &'a Unit| unit.code.as_str();
        self.units.iter().find(of_code).or_else(|| self.units.iter().find(of_name)).map(code)
    }

    fn did_you_mean(&self, text: &str) -> Bilingual {
        let significant = |code: &str| {
            let digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| code.trim_start_matches('0').to_owned())
        };
        let lost_zeros = |unit: &&Unit| {
            let known = unit.code.as_str();
            known.len() > text.len() && significant(text).is_some_and(|bare| significant(known) == Some(bare))
        };
        if let Some(unit) = self.units.iter().find(lost_zeros) {
            let (code, zh, en) = (&unit.code, &unit.name.zh, &unit.name.en);
            return bilingual!(
                "是否为 {code}（{zh}）？开头的零丢失了，把该列设为文本格式再填写",
                "did you mean {code} ({en})? Its leading zeros are lost: format the column as text and fill it in again"
            );
        }
        let known = || self.units.iter().flat_map(|unit| [unit.code.as_str()].into_iter().chain(names(unit)));
        let near = did_you_mean(text, known()).or_else(|| self.longer(text));
        let bears = |unit: &&Unit| {
            near.is_some_and(|near| unit.code.as_str() == near || names(unit).any(|name| name == near))
        };
        match self.units.iter().find(bears) {
            Some(unit) => {
                let (code, zh, en) = (&unit.code, &unit.name.zh, &unit.name.en);
                bilingual!("是否为 {code}（{zh}）？", "did you mean {code} ({en})?")
            }
            None => bilingual!(
                "更正代码或名称，或把该单位加进单位名录",
                "correct the code or the name, or add the unit to the registry"
            ),
        }
    }
}

/// What a unit is called, full names first.
fn names(unit: &Unit) -> impl Iterator<Item = &str> {
    [&unit.name.zh, &unit.name.en, &unit.short.zh, &unit.short.en].into_iter().map(String::as_str)
}
