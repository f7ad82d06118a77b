//! Time of a whole season of a contest: 207 teams, 621 members, four stages.
//! Run with `cargo bench --bench contest`.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "benchmarks write their projects and fail loudly"
)]

use std::fmt::Write as _;
use std::path::Path;

use benchline::contest::evaluate;
use benchline::diagnostics::Findings;
use benchline::project::{self, OpenContest};
use divan::{Bencher, black_box};
use tempfile::TempDir;

const TEAMS: usize = 207;
const EXPERTS: usize = 7;

fn main() {
    divan::main();
}

/// The stage before, the round, and its criteria with their highest marks.
type Round = (&'static str, &'static str, &'static [(&'static str, u64)]);

/// A small generator of its own: the same season every time.
struct Dice(u64);

impl Dice {
    /// Hundredths between two numbers.
    fn mark(&mut self, low: u64, high: u64) -> String {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let hundredths = low * 100 + (self.0 >> 33) % ((high - low) * 100);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// Writes the sheets of every judge for the entries that take part, which the
/// stages before decide: it scores as it goes.
fn season() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let teams: Vec<String> = (1..=TEAMS).map(|team| format!("T{team:03}")).collect();
    let lines = |header: &str, rows: Vec<String>| format!("{header}\n{}\n", rows.join("\n"));
    write(
        "entries.csv",
        &lines("entry,name_zh", teams.iter().map(|team| format!("{team},{team}队")).collect()),
    );
    let members =
        teams.iter().flat_map(|team| (1..=3).map(move |at| format!("{team}-{at},{team},{team}-{at}")));
    write("members.csv", &lines("member,entry,name_zh", members.clone().collect()));
    let experts = (1..=EXPERTS).map(|at| format!("E{at},专家{at},expert"));
    let public = (1..=10).map(|at| format!("P{at},大众{at},public"));
    write("judges.csv", &lines("judge,name_zh,panel", experts.chain(public).collect()));
    let mut dice = Dice(1);
    let theory = members.map(|row| format!("{},{}", row.split(',').next().unwrap(), &dice.mark(60, 99)[..4]));
    write("theory.csv", &lines("member,theory", theory.collect()));
    let rounds: [Round; 4] = [
        ("prelim", "practice", &[("handling", 40), ("policy", 30), ("record", 30)]),
        ("quarter", "defence", &[("analysis", 40), ("solution", 40), ("answers", 20)]),
        ("semi", "scenario", &[("listening", 20), ("calming", 20), ("coordination", 20), ("resolution", 20)]),
        ("semi", "topic", &[("system", 30), ("innovation", 30), ("delivery", 40)]),
    ];
    let mut project = PROJECT.to_owned();
    write("benchline.toml", &project);
    for (before, round, criteria) in rounds {
        let open = open(folder.path());
        let result = evaluate(&open.input, &open.rubric.rubric, &mut Findings::new()).expect("a result");
        let advance = result.stage(&before.into()).and_then(|stage| stage.advance.clone()).expect("a list");
        let through: Vec<&String> = advance.through.iter().map(|who| &teams[*who]).collect();
        for judge in 1..=EXPERTS {
            let mut text = String::from("entry,member");
            criteria.iter().for_each(|(id, _)| write!(text, ",{id}").unwrap());
            text += if round == "scenario" { ",personal\n" } else { "\n" };
            for team in &through {
                let marks: Vec<String> =
                    criteria.iter().map(|(_, high)| dice.mark(high / 2, *high)).collect();
                writeln!(text, "{team},,{}{}", marks.join(","), if round == "scenario" { "," } else { "" })
                    .unwrap();
                if round == "scenario" {
                    let empty = ",".repeat(criteria.len());
                    (1..=3).for_each(|at| {
                        writeln!(text, "{team},{team}-{at}{empty},{}", dice.mark(10, 20)).unwrap()
                    });
                }
            }
            write(&format!("{round}/E{judge}.csv"), &text);
        }
        write!(project, "\n[[marks]]\nround = \"{round}\"\nfolder = \"{round}\"\nlayout = \"criteria\"\n")
            .unwrap();
        if before == "semi" {
            let judges: Vec<String> = (1..=10).map(|at| format!("P{at}")).collect();
            let mut row = |team: &&String| {
                let marks: Vec<String> = judges.iter().map(|_| dice.mark(70, 99)).collect();
                format!("{team},{}", marks.join(","))
            };
            let rows: Vec<String> = through.iter().map(&mut row).collect();
            write(&format!("{round}.csv"), &lines(&format!("entry,{}", judges.join(",")), rows));
            write!(
                project,
                "\n[[marks]]\nround = \"{round}\"\nfile = \"{round}.csv\"\nlayout = \"judges\"\ncriterion = \"overall\"\n"
            )
            .unwrap();
        }
        write("benchline.toml", &project);
    }
    folder
}

const PROJECT: &str = "kind = \"contest\"\ntitle = { zh = \"赛\", en = \"Contest\" }\n\
    publisher = { zh = \"赛\", en = \"Contest\" }\nedition = \"2025\"\nrubric = \"hotline-skills\"\n\
    date = \"2025-12-01\"\nseed = 1\nsynthetic = true\nattribution = { zh = \"虚构\", en = \"Invented\" }\n\
    entries = { file = \"entries.csv\" }\nmembers = { file = \"members.csv\" }\njudges = { file = \"judges.csv\" }\n\
    \n[[marks]]\nround = \"theory\"\nfile = \"theory.csv\"\nlayout = \"criteria\"\n";

fn open(path: &Path) -> OpenContest {
    let mut findings = Findings::new();
    project::open_contest(path, &mut findings).unwrap_or_else(|| panic!("{findings:#?}"))
}

/// Reading and checking all tables.
#[divan::bench(sample_count = 20)]
fn open_season(bencher: Bencher<'_, '_>) {
    let folder = season();
    bencher.bench_local(|| black_box(open(folder.path())));
}

/// Scoring alone.
#[divan::bench(sample_count = 20)]
fn score_season(bencher: Bencher<'_, '_>) {
    let folder = season();
    let open = open(folder.path());
    bencher.bench_local(|| black_box(evaluate(&open.input, &open.rubric.rubric, &mut Findings::new())));
}
