//! The documents of a contest, and the invented contests that come with the
//! program.

#[path = "../../examples/generate-season/cases.rs"]
mod cases;
#[path = "../../examples/generate-season/dice.rs"]
mod dice;
#[path = "../../examples/generate-season/last.rs"]
mod last;
#[path = "../../examples/generate-season/season.rs"]
mod season;
#[path = "../../examples/generate-season/tables.rs"]
mod tables;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

use benchline::contest::JudgeTotal;
use benchline::diagnostics::{Findings, Lang};
use benchline::numeric::{Exact, Rounding};
use benchline::project::{self, ScoredContest};
use benchline::report::view::contest::ContestBook;
use benchline::report::{Templates, Typeset, contest_book, contest_workbook, public_notice, typeset};
use calamine::{Data, DataType as _, Reader as _, Xlsx};

use crate::support::{Copy, root};

#[test]
fn the_invented_contests_follow_from_their_seeds() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (project, files) in [("season-2025", season::files()), ("cases-2025", cases::files())] {
        assert!(files.len() > 3, "{project}");
        for (name, text) in files {
            let kept = std::fs::read_to_string(examples.join(project).join("data").join(name)).unwrap();
            assert!(kept == text, "{project}/data/{name} is not what generate-season makes");
        }
    }
}

fn season() -> ScoredContest {
    scored(&root().join("examples/season-2025"))
}

fn scored(path: &Path) -> ScoredContest {
    let mut findings = Findings::new();
    let open = project::open_contest(path, &mut findings);
    let scored = open.and_then(|open| project::score_contest(open, &mut findings));
    assert!(!findings.has_errors(), "{findings:#?}");
    scored.unwrap()
}

fn book(scored: &ScoredContest, lang: Lang) -> ContestBook {
    contest_book(scored.material(), &Templates::embedded(), lang).unwrap()
}

fn text_of(typeset: &Typeset) -> String {
    typeset.text().concat().split_whitespace().collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_team_of_the_final_is_named_once_in_the_standings_with_its_total() {
    let scored = season();
    let last = scored.result.stages.last().unwrap();
    for lang in Lang::ALL {
        let view = book(&scored, lang);
        assert_eq!(view.standings.rows.len(), 29);
        let codes: BTreeSet<&str> = view.standings.rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes.len(), 29);
        let typeset =
            typeset(&view, &Templates::embedded()).unwrap_or_else(|findings| panic!("{findings:#?}"));
        let page = typeset.text().into_iter().find(|page| page.contains(&view.standings.caption)).unwrap();
        let page = squeezed(&page);
        for (row, standing) in view.standings.rows.iter().zip(&last.standings) {
            let exact = standing.score.as_ref().unwrap();
            let total = exact.fixed(4, Rounding::HalfUp);
            assert_eq!(row.total.as_deref(), Some(total.as_str()));
            assert_eq!(exact.to_string().trim_end_matches('0'), total.trim_end_matches('0'), "not exact");
            assert!(page.contains(&squeezed(&row.name)), "{lang} {}", row.name);
            assert_eq!(page.matches(&row.code).count(), 1, "{lang} {}", row.code);
            assert!(page.contains(&total), "{lang} {total}");
        }
        let all: Vec<usize> = view.stages.iter().map(|stage| stage.rows.len()).collect();
        assert_eq!(all, [58, 105, 207]);
    }
}

#[test]
fn what_was_planted_in_the_season_is_stated() {
    let scored = season();
    let view = book(&scored, Lang::Zh);
    let places: Vec<_> =
        view.standings.rows.iter().take(7).map(|row| (row.place.as_deref().unwrap(), row.tied)).collect();
    assert_eq!(
        places,
        [("1", false), ("2", false), ("3", false), ("4", true), ("4", true), ("6", false), ("7", false)]
    );
    let titles: Vec<&str> = view.notes.groups.iter().map(|group| group.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "回避",
            "评委缺席",
            "未到、弃权与变更",
            "现场记录",
            "更正与复议",
            "并列",
            "异常提示（未据此改动成绩）"
        ]
    );
    let all: Vec<&str> =
        view.notes.groups.iter().flat_map(|group| &group.items).map(String::as_str).collect();
    for stated in [
        "评委 P07 缺席课题汇报（临时公务离场），按其余评委的分数处理。",
        "评委“P03”与“P04”在“情景竞演”的评分表完全相同",
        "评委“P10”在“课题汇报”给所有参赛者的分数都一样",
    ] {
        assert!(all.contains(&stated), "{all:#?}");
    }
    assert_eq!(all.iter().filter(|item| item.ends_with("事由：曾任该队指导。")).count(), 1);
    assert_eq!(all.iter().filter(|item| item.contains("按规则自动回避")).count(), 4);
    assert_eq!(all.iter().filter(|item| item.ends_with("该轮扣 0.2 分。")).count(), 2);
    assert_eq!(all.iter().filter(|item| item.ends_with("该轮扣 0.5 分。")).count(), 2);
    assert_eq!(all.iter().filter(|item| item.ends_with("未到扣分线，不扣分。")).count(), 1);
    assert_eq!(all.iter().filter(|item| item.contains("由 8.2 更正为 17.2")).count(), 1);
    assert_eq!(
        all.iter()
            .filter(
                |item| item.starts_with("初赛第 104 名：") && item.ends_with("并列，正在晋级线上，均晋级。")
            )
            .count(),
        1
    );
    assert_eq!(all.iter().filter(|item| item.starts_with("总决赛第 4 名：")).count(), 1);
}

#[test]
fn the_marks_shown_as_counted_come_to_the_panels_score() {
    let scored = season();
    let rubric = &scored.contest.rubric.rubric;
    let mut checked = 0;
    for (at, (_, declared)) in rubric.rounds().enumerate() {
        let scheme = rubric.scheme(&declared.scheme).unwrap();
        for panel in &scored.overview.rounds[at].panels {
            let part = &scheme.parts[panel.part].id;
            for (entry, row) in &panel.rows {
                let counted: Vec<&Exact> = row
                    .iter()
                    .filter_map(|total| match total {
                        JudgeTotal::Counted(value) => Some(value),
                        _ => None,
                    })
                    .collect();
                let sum: Exact = counted.iter().copied().sum();
                let mean = sum.over(&Exact::from(counted.len() as i64)).unwrap().round(3, rubric.rounding);
                assert_eq!(scored.result.round(&declared.id).unwrap().value(part, *entry), Some(&mean));
                checked += 1;
            }
        }
    }
    // 104 in the second stage, 58 in the semi-final, 29 twice by two panels.
    assert_eq!(checked, 104 + 58 + 4 * 29);
}

#[test]
fn the_notice_names_winners_and_no_judge() {
    let scored = season();
    let view = public_notice(scored.material(), &Templates::embedded(), Lang::Zh).unwrap();
    assert_eq!(view.title_lines, ["2025 年政务热线服务技能竞赛（示例）", "总决赛获奖名单公示"]);
    assert_eq!(
        view.opening,
        [
            "2025 年政务热线服务技能竞赛（示例）总决赛已经结束。按照计分规则（热线服务技能竞赛 1），拟对 6 个参赛队和 11 名选手授予奖项。现将名单公示如下。"
        ]
    );
    let teams: Vec<&str> = view.tables[0]
        .groups
        .iter()
        .flat_map(|group| &group.rows)
        .map(|row| row.place.as_deref().unwrap())
        .collect();
    assert_eq!(teams, ["1", "2", "3", "4（并列）", "4（并列）", "6"]);
    let typeset = typeset(&view, &Templates::embedded()).unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!(typeset.pages(), 1);
    let text = text_of(&typeset);
    assert!(!text.contains("评委") && !text.contains("E1"), "{text}");
    let english = public_notice(scored.material(), &Templates::embedded(), Lang::En).unwrap();
    assert_eq!(
        english.opening,
        [
            "Government Hotline Skills Competition 2025 (example), Final, has ended. By its rules (Hotline service skills competition 1), prizes are to be awarded to 6 teams and 11 contestants, as listed."
        ]
    );
}

#[test]
fn the_book_is_tagged_and_says_on_every_page_that_it_is_invented() {
    let scored = season();
    let view = book(&scored, Lang::Zh);
    let typeset = typeset(&view, &Templates::embedded()).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let pdf = String::from_utf8_lossy(&typeset.pdf).into_owned();
    for mark in ["/MarkInfo", "/StructTreeRoot", "<pdfuaid:part>1</pdfuaid:part>", "2025-12-01"] {
        assert!(pdf.contains(mark), "no {mark}");
    }
    for (at, page) in typeset.text().iter().enumerate() {
        assert!(squeezed(page).contains("示例数据·非真实评估"), "page {}", at + 1);
    }
}

#[test]
fn names_at_their_longest_fit_their_pages() {
    let folder = Copy::of("examples/season-2025");
    let entries = std::fs::read_to_string(folder.path().join("data/entries.csv")).unwrap();
    let long: Vec<String> = entries
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
            if at > 0 {
                fields[1] = format!("双江拉祜族佤族布朗族傣族自治县{at}热线服务中心瀍䢺联合队");
                fields[2] = format!("Joint team {at} of Shuangjiang Lahu and Va and Blang and Dai County");
            }
            fields.join(",")
        })
        .collect();
    folder.write("data/entries.csv", &(long.join("\n") + "\n"));
    let (plain, long) = (season(), scored(folder.path()));
    for lang in Lang::ALL {
        let pages = |scored: &ScoredContest| {
            let typeset = typeset(&book(scored, lang), &Templates::embedded());
            typeset.unwrap_or_else(|findings| panic!("{findings:#?}")).pages()
        };
        // One headline may take a line more, and its table with it.
        assert!(pages(&long) <= pages(&plain) + 1, "{lang}");
    }
}

#[test]
fn the_workbook_holds_the_results_and_live_formulas() {
    let scored = season();
    let bytes = contest_workbook(scored.material(), &Templates::embedded()).unwrap();
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let last = scored.result.stages.last().unwrap();
    let cells = workbook.worksheet_range("总决赛 成绩").unwrap();
    let rows: Vec<&[Data]> = cells.rows().skip(3).collect();
    assert_eq!(rows.len(), 29);
    for (row, standing) in rows.iter().zip(&last.standings) {
        let entry = &scored.contest.input.entries()[standing.who];
        assert_eq!(row[0].get_float(), standing.rank.map(f64::from));
        assert_eq!(row[2].get_string(), Some(entry.code.as_str()));
        assert_eq!(row[3].get_string(), Some(entry.name.zh.as_str()));
        assert_eq!(row[7].get_float(), standing.score.as_ref().map(Exact::to_f64));
    }
    let formulas = workbook.worksheet_formula("总决赛 成绩").unwrap();
    assert_eq!(formulas.get_value((3, 7)).map(String::as_str), Some("ROUND(0.6*F4+0.4*G4,4)"));
    let formulas = workbook.worksheet_formula("情景竞演").unwrap();
    let all: Vec<&String> = formulas.rows().flatten().filter(|formula| !formula.is_empty()).collect();
    assert!(all.iter().any(|formula| formula.contains("-LARGE(") && formula.contains("COUNT(")), "{all:#?}");
    let marks = workbook.worksheet_range("全部打分").unwrap();
    let given: usize = scored.contest.input.rounds().iter().map(|round| round.marks.len()).sum();
    assert_eq!(marks.rows().count(), given + 3);
}

#[test]
fn every_operation_of_a_rubric_has_words() {
    let schema = serde_json::to_string(&benchline::plan::rubric_schema()).unwrap();
    let templates = Templates::embedded();
    let sentences = templates.get("narratives/contest.toml").unwrap();
    let names: BTreeSet<&str> = schema
        .split("\"do\":{")
        .skip(1)
        .filter_map(|rest| {
            let (_, rest) = rest.split_once("\"const\":\"")?;
            rest.split('"').next()
        })
        .collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        let key = format!("[contest_op_{}]", name.replace('-', "_"));
        assert!(sentences.contains(&key), "no sentence {key}");
    }
}

#[test]
fn rules_are_said_whole() {
    let scored = season();
    let rules = book(&scored, Lang::Zh).rules;
    let topic = rules.steps.iter().find(|step| step.title == "总决赛 · 课题汇报").unwrap();
    assert_eq!(
        topic.text,
        "专家分：“系统思维”“创新能力”“治理落地水平”的打分，各评分项相加，去掉 1 个最高分和 1 个最低分，取各评委的平均，保留 3 位小数（四舍五入）。\n大众分：“大众评分”的打分，取各评委的平均，保留 3 位小数（四舍五入）。\n超时扣分：“超时”的数值，超过 10 计 0.2，超过 30 计 0.5。\n本轮得分：专家分 × 0.7 + 大众分 × 0.3 \u{2212} 超时扣分，保留 3 位小数（四舍五入）。"
    );
}
