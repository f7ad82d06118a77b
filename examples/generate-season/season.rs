//! A season: 207 teams of three, four stages, a final of two rounds.
//!
//! Marks come from a plain model: a team's strength, a judge's severity, how much
//! the judge's marks scatter, and chance. Into that are planted, so that every
//! rule has something to do: a tie at a cut, a tie in the prizes, judges who stand
//! aside (by province and by declaration), a judge who is absent, teams that did
//! not come, overtime, a keying error that was corrected, two jurors
//! who handed in the same sheet and one who gives everybody the same mark.

use super::dice::Dice;
use super::last::Final;
use super::tables::{events, judges, members, sheets_csv, theory_csv};

pub const SEED: u64 = 20_251_201;
const ENTRIES: &str = include_str!("../season-2025/data/entries.csv");

/// How far each expert lies above or below the others, in points of 100.
pub const SEVERITY: [f64; 9] = [0.3, -0.2, 1.6, -0.9, 0.2, -2.1, 0.5, 0.0, 0.7];
/// How much each expert's marks scatter, in points of 100.
pub const SCATTER: [f64; 9] = [0.7, 1.0, 0.9, 1.0, 0.9, 1.0, 0.9, 1.5, 1.2];
/// The expert who comes from a province that has teams, and the province.
pub const EXPERT_OF_PROVINCE: (usize, &str) = (2, "贵州");
/// Experts who sit in each round.
pub const SEATS: [(&str, usize); 4] = [("practice", 5), ("defence", 7), ("scenario", 9), ("topic", 9)];

/// A team and how good it is.
pub struct Team {
    pub code: &'static str,
    pub province: &'static str,
    pub strength: f64,
}

/// What one expert gave one team: hundredths of a point by criterion; `None` for
/// an expert who stood aside.
pub type Sheet = Option<Vec<i64>>;

/// The sheets of one round.
#[derive(Clone)]
pub struct Round {
    pub criteria: &'static [(&'static str, i64)],
    /// Team, and the sheet of each expert.
    pub sheets: Vec<(usize, Vec<Sheet>)>,
}

/// The data files of the season, by name.
pub fn files() -> Vec<(&'static str, String)> {
    let teams = teams();
    let mut theory = theory(&teams);
    let through = cut_theory(&mut theory, 104);
    let no_show = through.get(61).copied().unwrap_or_default();
    let second: Vec<usize> = through.iter().copied().filter(|team| *team != no_show).collect();
    let practice = judged(&teams, &second, 0, PRACTICE, 5);
    let third = cut(&practice, 58);
    let defence = judged(&teams, &third, 1, DEFENCE, 5);
    let finalists = cut(&defence, 29);
    let last = Final::new(&teams, &finalists);
    let mut files = vec![
        ("members.csv", members(&teams)),
        ("judges.csv", judges()),
        ("theory.csv", theory_csv(&teams, &theory)),
        ("practice.csv", sheets_csv(&teams, &practice)),
        ("defence.csv", sheets_csv(&teams, &defence)),
        ("events.csv", events(&teams, no_show, &last)),
    ];
    files.extend(last.files(&teams));
    files
}

const PRACTICE: &[(&str, i64)] = &[("handling", 40), ("policy", 30), ("record", 30)];
const DEFENCE: &[(&str, i64)] = &[("analysis", 40), ("solution", 40), ("answers", 20)];

fn teams() -> Vec<Team> {
    let mut dice = Dice::new(SEED, 1);
    let rows = ENTRIES.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter_map(|row| {
        let (code, province) = (row.first()?, row.get(3)?);
        Some(Team { code, province, strength: dice.normal(0.0, 1.0) })
    })
    .collect()
}

pub fn code(teams: &[Team], at: usize) -> &'static str {
    teams.get(at).map_or("", |team| team.code)
}

/// Tenths of a point of the three members; `None` for a team that did not come.
fn theory(teams: &[Team]) -> Vec<Option<[i64; 3]>> {
    let mut dice = Dice::new(SEED, 2);
    let absent = [40, 157];
    let mark = |dice: &mut Dice, strength: f64| {
        let mean = dice.normal(79.0 + 4.2 * strength, 4.6);
        ((mean * 2.0).round() as i64 * 5).clamp(350, 1000)
    };
    let each = teams.iter().enumerate().map(|(at, team)| {
        let marks = [(); 3].map(|()| mark(&mut dice, team.strength));
        (!absent.contains(&at)).then_some(marks)
    });
    each.collect()
}

/// The teams that go on, best first. The last of the quota and the next get the
/// same marks, so that they tie at the cut.
fn cut_theory(theory: &mut [Option<[i64; 3]>], quota: usize) -> Vec<usize> {
    let total = |marks: &Option<[i64; 3]>| marks.map_or(-1, |marks| marks.iter().sum::<i64>());
    let ranked = |theory: &[Option<[i64; 3]>]| {
        let mut order: Vec<usize> = (0..theory.len()).collect();
        order.sort_by_key(|at| (-theory.get(*at).map_or(-1, total), *at));
        order
    };
    let order = ranked(theory);
    let (Some(&last), Some(&next)) = (order.get(quota - 1), order.get(quota)) else { return order };
    let marks = theory.get(last).copied().flatten();
    if let (Some([a, b, c]), Some(slot)) = (marks, theory.get_mut(next)) {
        *slot = Some([c, a, b]);
    }
    // Equal totals are parted by the best member.
    let standing = |marks: &Option<[i64; 3]>| {
        marks.map_or((-1, -1), |marks| (marks.iter().sum(), marks.into_iter().max().unwrap_or(-1)))
    };
    let line = standing(&marks);
    ranked(theory).into_iter().filter(|at| theory.get(*at).is_some_and(|own| standing(own) >= line)).collect()
}

/// Sheets of the experts of round `round` (its place in [`SEATS`]) on steps of
/// `step` hundredths.
pub fn judged(
    teams: &[Team],
    who: &[usize],
    round: usize,
    criteria: &'static [(&'static str, i64)],
    step: i64,
) -> Round {
    let mut dice = Dice::new(SEED, 10 + round as u64);
    let seats = SEATS.get(round).map_or(0, |(_, seats)| *seats);
    let mut order = who.to_vec();
    order.sort_unstable();
    let sheets = order.into_iter().map(|at| {
        let (strength, province) = teams.get(at).map_or((0.0, ""), |team| (team.strength, team.province));
        let form = dice.normal(0.0, 0.9);
        let skills: Vec<f64> = criteria.iter().map(|_| dice.normal(0.0, 1.3)).collect();
        let sheets = (0..seats)
            .map(|judge| {
                let severity = SEVERITY.get(judge).copied().unwrap_or_default();
                let scatter = SCATTER.get(judge).copied().unwrap_or(1.0);
                let level = 84.6 + 1.5 * strength + form + severity + dice.normal(0.0, scatter);
                let marks: Vec<i64> = criteria
                    .iter()
                    .zip(&skills)
                    .map(|((_, most), skill)| {
                        let share = (level + skill + dice.normal(0.0, 1.1)) / 100.0;
                        let mark = (share * *most as f64 * 100.0 / step as f64).round() as i64 * step;
                        mark.clamp(0, most * 100)
                    })
                    .collect();
                let aside = (judge, province) == EXPERT_OF_PROVINCE;
                (!aside).then_some(marks)
            })
            .collect();
        (at, sheets)
    });
    Round { criteria, sheets: sheets.collect() }
}

/// The mean of what is left of totals when the highest and the lowest are gone.
pub fn trimmed(mut totals: Vec<f64>) -> f64 {
    totals.sort_by(f64::total_cmp);
    let kept = totals.get(1..totals.len().saturating_sub(1)).unwrap_or(&[]);
    kept.iter().sum::<f64>() / kept.len().max(1) as f64
}

fn score(sheets: &[Sheet]) -> f64 {
    let totals = sheets.iter().flatten().map(|marks| marks.iter().sum::<i64>() as f64 / 100.0);
    // As the rules do, to three places; no two teams at a cut are that near.
    (trimmed(totals.collect()) * 1000.0).round() / 1000.0
}

fn cut(round: &Round, quota: usize) -> Vec<usize> {
    let mut order: Vec<(f64, usize)> =
        round.sheets.iter().map(|(team, sheets)| (score(sheets), *team)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let line = order.get(quota - 1).map_or(0.0, |(score, _)| *score);
    order.into_iter().filter(|(score, _)| *score >= line).map(|(_, team)| team).collect()
}
