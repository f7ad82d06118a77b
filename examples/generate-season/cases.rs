//! A selection of innovation cases: 60 entries, seven experts, six criteria.

use std::fmt::Write as _;

use super::dice::Dice;
use super::tables::decimal;

const SEED: u64 = 20_251_108;
const TEAMS: &str = include_str!("../season-2025/data/entries.csv");
const CASES: usize = 60;
/// How far each expert lies above or below the others, in points of 100.
const SEVERITY: [f64; 7] = [0.4, -1.1, 0.9, 0.0, -0.3, 1.4, -0.8];
const CRITERIA: [(&str, i64); 6] = [
    ("innovation", 20),
    ("effect", 25),
    ("integration", 15),
    ("continuity", 15),
    ("example", 15),
    ("transfer", 10),
];

/// What a kind of case does, the indicator it says it improved, the unit of that,
/// and about where it was before and after.
struct Kind {
    zh: &'static str,
    en: &'static str,
    theme: &'static str,
    indicator: &'static str,
    unit: &'static str,
    before: f64,
    after: f64,
}

const KINDS: [Kind; 10] = [
    kind(
        "一键转办缩短跨部门派单",
        "One-click referral across departments",
        "流程再造",
        "平均派单时长",
        "小时",
        9.0,
        2.4,
    ),
    kind(
        "未诉先办的高频问题预警",
        "Early warning of frequent complaints",
        "未诉先办",
        "同类重复诉求占比",
        "%",
        18.0,
        9.5,
    ),
    kind(
        "方言与手语接听专席",
        "Seats for dialect and sign language",
        "无障碍服务",
        "特殊群体接通率",
        "%",
        71.0,
        94.0,
    ),
    kind("首问负责的全程跟办", "One handler from call to closure", "首问负责", "一次办结率", "%", 62.0, 81.0),
    kind(
        "智能质检覆盖全量录音",
        "Quality checks of every recording",
        "智能应用",
        "质检覆盖率",
        "%",
        6.0,
        100.0,
    ),
    kind(
        "企业诉求直通专席",
        "A direct desk for businesses",
        "营商环境",
        "企业诉求按时办结率",
        "%",
        84.0,
        97.0,
    ),
    kind(
        "疑难工单联席会办",
        "Joint sessions on hard cases",
        "联合会办",
        "疑难工单平均办理天数",
        "天",
        41.0,
        19.0,
    ),
    kind("热线与网格数据共用", "Sharing data with neighbourhood grids", "数据共享", "退单率", "%", 13.0, 5.2),
    kind("夜间诉求值守联动", "Night duty across departments", "应急联动", "夜间响应时长", "分钟", 55.0, 18.0),
    kind(
        "回访不满意件提级复核",
        "Review of unsatisfied call-backs",
        "闭环管理",
        "回访满意率",
        "%",
        86.0,
        95.0,
    ),
];

const fn kind(
    zh: &'static str,
    en: &'static str,
    theme: &'static str,
    indicator: &'static str,
    unit: &'static str,
    before: f64,
    after: f64,
) -> Kind {
    Kind { zh, en, theme, indicator, unit, before, after }
}

/// The data files of the selection, by name.
pub fn files() -> Vec<(&'static str, String)> {
    let mut dice = Dice::new(SEED, 1);
    let rows: Vec<Vec<&str>> = TEAMS.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let cities: Vec<usize> = dice.order(rows.len()).into_iter().take(CASES - 6).collect();
    // Six cities hand in two cases.
    let chosen: Vec<usize> = cities.iter().chain(cities.iter().take(6)).copied().collect();
    let mut entries = String::from(
        "entry,name_zh,name_en,province,province_en,organisation,theme,indicator,before,after,unit,source\n",
    );
    let mut marks = String::from("entry");
    CRITERIA.iter().for_each(|(id, _)| _ = write!(marks, ",{id}"));
    let header = marks.replacen("entry", "entry,judge", 1);
    marks = format!("{header}\n");
    let mut events = String::from("kind,round,entry,judge,by,reason\n");
    for (at, city) in chosen.into_iter().enumerate() {
        let Some(row) = rows.get(city) else { continue };
        let field = |column: usize| row.get(column).copied().unwrap_or_default();
        let kind_at = (at * 7 + at / 10) % KINDS.len();
        let Some(kind) = KINDS.get(kind_at) else { continue };
        let code = format!("C{:02}", at + 1);
        let place = field(1).trim_end_matches('队');
        let (before, after) = (kind.before * dice.normal(1.0, 0.04), kind.after * dice.normal(1.0, 0.02));
        let (before, after) =
            if kind.unit == "%" { (before.min(99.9), after.min(100.0)) } else { (before, after) };
        _ = writeln!(
            entries,
            "{code},{place}：{},{}: {},{},{},{},{},{},{before:.1},{after:.1},{},示例台账（虚构）",
            kind.zh,
            field(2),
            kind.en,
            field(3),
            field(4),
            field(5),
            kind.theme,
            kind.indicator,
            kind.unit,
        );
        sheets(&mut dice, &code, &mut marks, &mut events);
    }
    vec![("entries.csv", entries), ("judges.csv", judges()), ("review.csv", marks), ("events.csv", events)]
}

fn sheets(dice: &mut Dice, code: &str, marks: &mut String, events: &mut String) {
    let quality = dice.normal(83.0, 3.2);
    let skills: Vec<f64> = CRITERIA.iter().map(|_| dice.normal(0.0, 2.4)).collect();
    for (judge, severity) in SEVERITY.iter().enumerate() {
        // Two experts stand aside from one case each.
        let aside = matches!((code, judge), ("C07", 2) | ("C23", 5));
        if aside {
            _ = writeln!(events, "recused,review,{code},E{},监督组,参与过该案例的论证", judge + 1);
        }
        let level = quality + severity + dice.normal(0.0, 1.2);
        let row = CRITERIA.iter().zip(&skills).map(|((_, most), skill)| {
            let share = (level + skill + dice.normal(0.0, 1.3)) / 100.0;
            decimal(((share * *most as f64 * 10.0).round() as i64 * 10).clamp(0, most * 100), 2)
        });
        let row: Vec<String> = row.collect();
        if !aside {
            _ = writeln!(marks, "{code},E{},{}", judge + 1, row.join(","));
        }
    }
}

fn judges() -> String {
    let mut text = String::from("judge,name_zh,name_en,panel,province\n");
    for at in 1..=SEVERITY.len() {
        _ = writeln!(text, "E{at},专家评委 {at},Expert {at},expert,");
    }
    text
}
