//! The final: two rounds, experts and a public jury.

use std::fmt::Write as _;

use super::dice::Dice;
use super::season::{Round, SEED, Team, code, judged, trimmed};
use super::tables::{decimal, personal_csv, sheets_csv};

const SCENARIO: &[(&str, i64)] =
    &[("listening", 20), ("calming", 20), ("coordination", 20), ("resolution", 20)];
const PERSONAL: &[(&str, i64)] = &[("personal", 20)];
const TOPIC: &[(&str, i64)] = &[("system", 30), ("innovation", 30), ("delivery", 40)];

/// Members of the public jury.
pub const JURORS: usize = 10;
/// The juror who is absent from the second round of the final.
pub const ABSENT: usize = 6;
/// The juror whose marks there do not vary.
const CONSTANT: usize = 9;
/// The jurors who handed in the same sheet in the first round.
const COPIED: (usize, usize) = (2, 3);
/// The team, by place, from which an expert stands aside by declaration.
pub const ASIDE: (usize, usize) = (8, 4);
/// The team, by place, and the expert whose first mark was keyed too low.
const SLIPPED: (usize, usize) = (14, 3);
/// By how much, in hundredths of a point.
pub const SLIP: i64 = 900;

/// The two rounds of the final.
pub struct Final {
    scenario: Round,
    /// Three rows for each team, one for each member.
    personal: Round,
    topic: Round,
    /// Marks of the public jury by round, team and juror, in tenths.
    public: [Vec<Vec<Option<i64>>>; 2],
    pub teams: Vec<usize>,
    /// Rows by total, best first.
    order: Vec<usize>,
    running: [Vec<usize>; 2],
    /// The row from which an expert stands aside by declaration.
    pub aside: usize,
}

impl Final {
    /// The final of these teams.
    pub fn new(teams: &[Team], finalists: &[usize]) -> Self {
        let mut who = finalists.to_vec();
        who.sort_unstable();
        let scenario = judged(teams, &who, 2, SCENARIO, 5);
        let topic = judged(teams, &who, 3, TOPIC, 5);
        let mut dice = Dice::new(SEED, 20);
        let mut personal = Round { criteria: PERSONAL, sheets: Vec::new() };
        for (team, sheets) in &scenario.sheets {
            for _ in 0..3 {
                let person = dice.normal(0.0, 0.35);
                let row = sheets.iter().map(|sheet| {
                    let level = sheet.as_ref()?.iter().sum::<i64>() as f64 / 400.0;
                    let mark = level + person + dice.normal(0.0, 0.12);
                    Some(vec![((mark * 20.0).round() as i64 * 5).clamp(0, 2000)])
                });
                personal.sheets.push((*team, row.collect()));
            }
        }
        let public = [0, 1].map(|round| jury(teams, &who, round));
        let running = [31, 32].map(|stream| Dice::new(SEED, stream).order(who.len()));
        let mut last =
            Self { scenario, personal, topic, public, teams: who, order: Vec::new(), running, aside: 0 };
        last.rank();
        last.plant_tie();
        last.stand_aside();
        last.rank();
        last
    }

    /// What a row of the final makes of experts and public in a round, roughly as
    /// the rules do.
    fn round_score(&self, round: usize, row: usize) -> f64 {
        let held = if round == 0 { &self.scenario } else { &self.topic };
        let sheets = held.sheets.get(row).map_or(&[][..], |(_, sheets)| sheets);
        let totals = sheets.iter().enumerate().filter_map(|(judge, sheet)| {
            let own = sheet.as_ref()?.iter().sum::<i64>() as f64 / 100.0;
            let members = (0..3).filter_map(|member| {
                let (_, sheets) = self.personal.sheets.get(3 * row + member)?;
                sheets.get(judge)?.as_ref()?.first().map(|mark| *mark as f64 / 100.0)
            });
            Some(if round == 0 { own + members.sum::<f64>() / 3.0 } else { own })
        });
        let jury = self.public.get(round).and_then(|rows| rows.get(row)).map_or(&[][..], |row| row);
        let public = trimmed(jury.iter().flatten().map(|mark| *mark as f64 / 10.0).collect());
        0.7 * trimmed(totals.collect()) + 0.3 * public
    }

    fn rank(&mut self) {
        let mut order: Vec<(f64, usize)> = (0..self.teams.len())
            .map(|row| (0.6 * self.round_score(0, row) + 0.4 * self.round_score(1, row), row))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.order = order.into_iter().map(|(_, row)| row).collect();
    }

    /// The fifth team gets the marks of the fourth, each from the next expert: the
    /// two are equal in every part.
    fn plant_tie(&mut self) {
        let (Some(&from), Some(&to)) = (self.order.get(3), self.order.get(4)) else { return };
        for round in [&mut self.scenario, &mut self.topic] {
            turn(round, from, to);
        }
        for member in 0..3 {
            turn(&mut self.personal, 3 * from + member, 3 * to + member);
        }
        for rows in &mut self.public {
            let row = rows.get(from).cloned();
            if let (Some(row), Some(slot)) = (row, rows.get_mut(to)) {
                *slot = row;
            }
        }
    }

    fn stand_aside(&mut self) {
        let Some(&row) = self.order.get(ASIDE.0) else { return };
        self.aside = row;
        let rows = [
            (&mut self.scenario, row..row + 1),
            (&mut self.topic, row..row + 1),
            (&mut self.personal, 3 * row..3 * row + 3),
        ];
        for (round, rows) in rows {
            for (_, sheets) in round.sheets.get_mut(rows).into_iter().flatten() {
                if let Some(slot) = sheets.get_mut(ASIDE.1) {
                    *slot = None;
                }
            }
        }
    }

    /// The team in a place, the first being 0.
    pub fn team(&self, place: usize) -> usize {
        self.order.get(place).and_then(|row| self.teams.get(*row)).copied().unwrap_or_default()
    }

    /// Row, expert and true mark of the keying error.
    pub fn slip(&self) -> (usize, usize, i64) {
        let row = self.order.get(SLIPPED.0).copied().unwrap_or_default();
        let sheet = self.scenario.sheets.get(row).and_then(|(_, sheets)| sheets.get(SLIPPED.1)?.as_ref());
        (row, SLIPPED.1, sheet.and_then(|marks| marks.first()).copied().unwrap_or_default())
    }

    /// The final's data files.
    pub fn files(&self, teams: &[Team]) -> Vec<(&'static str, String)> {
        let name = |row: usize| self.teams.get(row).map_or("", |team| code(teams, *team));
        let public = |round: usize| {
            let mut text = String::from("entry");
            (1..=JURORS).for_each(|juror| _ = write!(text, ",P{juror:02}"));
            text.push('\n');
            for (row, marks) in self.public.get(round).into_iter().flatten().enumerate() {
                text.push_str(name(row));
                for mark in marks {
                    text.push(',');
                    text.push_str(&mark.map_or(String::new(), |mark| decimal(mark, 1)));
                }
                text.push('\n');
            }
            text
        };
        let order = |round: usize| {
            let running = self.running.get(round).into_iter().flatten().enumerate();
            running.fold(String::from("entry,order\n"), |text, (at, row)| {
                format!("{text}{},{}\n", name(*row), at + 1)
            })
        };
        let (row, judge, mark) = self.slip();
        let mut keyed = self.scenario.clone();
        let sheet = keyed.sheets.get_mut(row).and_then(|(_, sheets)| sheets.get_mut(judge)?.as_mut());
        if let Some(first) = sheet.and_then(|marks| marks.first_mut()) {
            *first = mark - SLIP;
        }
        vec![
            ("scenario.csv", sheets_csv(teams, &keyed)),
            ("scenario-personal.csv", personal_csv(teams, &self.personal)),
            ("scenario-public.csv", public(0)),
            ("scenario-order.csv", order(0)),
            ("topic.csv", sheets_csv(teams, &self.topic)),
            ("topic-public.csv", public(1)),
            ("topic-order.csv", order(1)),
        ]
    }
}

/// Gives row `to` what row `from` got, each sheet from the next expert.
fn turn(round: &mut Round, from: usize, to: usize) {
    let Some((_, sheets)) = round.sheets.get(from) else { return };
    let mut turned = sheets.clone();
    turned.rotate_left(1);
    if let Some((_, slot)) = round.sheets.get_mut(to) {
        *slot = turned;
    }
}

fn jury(teams: &[Team], who: &[usize], round: usize) -> Vec<Vec<Option<i64>>> {
    let mut dice = Dice::new(SEED, 40 + round as u64);
    let lean: Vec<f64> = (0..JURORS).map(|_| dice.normal(0.0, 1.0)).collect();
    let rows = who.iter().map(|at| {
        let strength = teams.get(*at).map_or(0.0, |team| team.strength);
        let liked = dice.normal(0.0, 1.2);
        let marks = lean.iter().enumerate().map(|(juror, lean)| {
            let mark = 86.8 + 1.1 * strength + liked + lean + dice.normal(0.0, 1.6);
            let mark = (mark * 2.0).round() as i64 * 5;
            match (round, juror) {
                (1, ABSENT) => None,
                (1, CONSTANT) => Some(860),
                _ => Some(mark.clamp(600, 1000)),
            }
        });
        let mut marks: Vec<Option<i64>> = marks.collect();
        let copied = marks.get(COPIED.0).copied().flatten();
        if let Some(slot) = marks.get_mut(COPIED.1).filter(|_| round == 0) {
            *slot = copied;
        }
        marks
    });
    rows.collect()
}
