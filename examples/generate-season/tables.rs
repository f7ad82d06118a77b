//! The season's tables as text.

use std::fmt::Write as _;

use super::last::{ABSENT, ASIDE, Final, JURORS, SLIP};
use super::season::{EXPERT_OF_PROVINCE, Round, SEATS, SEVERITY, Team, code};

/// A whole number of units of the last of `places` decimals, with no zeros that
/// say nothing.
pub fn decimal(units: i64, places: u32) -> String {
    let scale = 10_i64.pow(places);
    let (whole, rest) = (units / scale, units % scale);
    let text = format!("{whole}.{rest:0width$}", width = places as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub fn members(teams: &[Team]) -> String {
    let mut text = String::from("entry,member,name_zh,name_en\n");
    for team in teams {
        for (at, (zh, en)) in [("甲", "A"), ("乙", "B"), ("丙", "C")].into_iter().enumerate() {
            let number = team.code.trim_start_matches('T');
            _ = writeln!(text, "{0},{0}-{1},示例{number}{zh},Sample {number}{en}", team.code, at + 1);
        }
    }
    text
}

pub fn judges() -> String {
    let mut text = String::from("judge,name_zh,name_en,panel,province,rounds\n");
    for judge in 0..SEVERITY.len() {
        let sits = SEATS.iter().filter(|(_, seats)| judge < *seats).map(|(round, _)| *round);
        let province = if judge == EXPERT_OF_PROVINCE.0 { EXPERT_OF_PROVINCE.1 } else { "" };
        let (at, rounds) = (judge + 1, sits.collect::<Vec<_>>().join(" "));
        _ = writeln!(text, "E{at},专家评委 {at},Expert {at},expert,{province},{rounds}");
    }
    for at in 1..=JURORS {
        _ = writeln!(text, "P{at:02},大众评委 {at},Juror {at},public,,");
    }
    text
}

pub fn theory_csv(teams: &[Team], theory: &[Option<[i64; 3]>]) -> String {
    let mut text = String::from("entry,member,theory\n");
    for (at, marks) in theory.iter().enumerate() {
        for (member, mark) in marks.iter().flatten().enumerate() {
            let code = code(teams, at);
            _ = writeln!(text, "{code},{code}-{},{}", member + 1, decimal(*mark, 1));
        }
    }
    text
}

pub fn sheets_csv(teams: &[Team], round: &Round) -> String {
    let mut text = String::from("entry,judge");
    round.criteria.iter().for_each(|(id, _)| _ = write!(text, ",{id}"));
    text.push('\n');
    for (team, sheets) in &round.sheets {
        for (judge, sheet) in sheets.iter().enumerate() {
            let Some(marks) = sheet else { continue };
            _ = write!(text, "{},E{}", code(teams, *team), judge + 1);
            marks.iter().for_each(|mark| _ = write!(text, ",{}", decimal(*mark, 2)));
            text.push('\n');
        }
    }
    text
}

pub fn personal_csv(teams: &[Team], round: &Round) -> String {
    let mut text = String::from("entry,member");
    (1..=SEVERITY.len()).for_each(|judge| _ = write!(text, ",E{judge}"));
    text.push('\n');
    for (row, (team, sheets)) in round.sheets.iter().enumerate() {
        let code = code(teams, *team);
        _ = write!(text, "{code},{code}-{}", row % 3 + 1);
        for sheet in sheets {
            let mark = sheet.as_ref().and_then(|marks| marks.first());
            _ = write!(text, ",{}", mark.map_or(String::new(), |mark| decimal(*mark, 2)));
        }
        text.push('\n');
    }
    text
}

pub fn events(teams: &[Team], no_show: usize, last: &Final) -> String {
    let mut text = String::from("kind,round,entry,member,judge,criterion,value,old,by,reason\n");
    let mut line = |fields: [&str; 10]| _ = writeln!(text, "{}", fields.join(","));
    for absent in [40, 157] {
        line(["no-show", "theory", code(teams, absent), "", "", "", "", "", "签到组", "未按时报到"]);
    }
    line(["no-show", "practice", code(teams, no_show), "", "", "", "", "", "签到组", "选手因病缺席"]);
    let places = [
        (7, "scenario", "14"),
        (18, "topic", "37"),
        (20, "scenario", "12"),
        (24, "scenario", "52"),
        (12, "topic", "8"),
    ];
    for (place, round, seconds) in places {
        line([
            "overtime",
            round,
            code(teams, last.team(place)),
            "",
            "",
            "",
            seconds,
            "",
            "计时组",
            "超过规定时长",
        ]);
    }
    let juror = format!("P{:02}", ABSENT + 1);
    line(["absent", "topic", "", "", &juror, "", "", "", "监督组", "临时公务离场"]);
    let aside = last.teams.get(last.aside).map_or("", |team| code(teams, *team));
    for round in ["scenario", "topic"] {
        let judge = format!("E{}", ASIDE.1 + 1);
        line(["recused", round, aside, "", &judge, "", "", "", "监督组", "曾任该队指导"]);
    }
    let (row, judge, mark) = last.slip();
    let team = last.teams.get(row).map_or("", |team| code(teams, *team));
    let (judge, value, old) = (format!("E{}", judge + 1), decimal(mark, 2), decimal(mark - SLIP, 2));
    line([
        "corrected",
        "scenario",
        team,
        "",
        &judge,
        "listening",
        &value,
        &old,
        "计分组",
        "录入漏一位，按原表更正",
    ]);
    text
}
