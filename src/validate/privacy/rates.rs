//! How often the rules are wrong: on lists of words that are nobody's name, on columns
//! of numbers, and on simulated columns of names. The figures are in docs/privacy.md.

use std::collections::BTreeSet;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;

use super::column::{FEWEST_NAMES, judge};
use super::words::may_be_name;
use crate::diagnostics::{Findings, SURNAMES};
use crate::input::{Table, TextFile};

const PLACES: &str = include_str!("../../../tests/cases/privacy/places.txt");
const WORDS: &str = include_str!("../../../tests/cases/privacy/words.txt");
const REGISTRY: &str = include_str!("../../../city-data/registry-2025.csv");

/// Share of registered persons whose surname is among the hundred most frequent:
/// Ministry of Public Security, 二〇一九年全国姓名报告, 20 January 2020.
const HUNDRED: f64 = 0.859;

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// Whether a column with these cells, under a heading that says nothing, is taken for
/// personal data.
fn is_alarm<'a>(cells: impl IntoIterator<Item = &'a str>) -> bool {
    let rows: String = cells.into_iter().map(|cell| format!("\"{cell}\"\n")).collect();
    let text = TextFile::embedded("t.csv", &format!("甲\n{rows}"));
    let table = Table::parse(text, "甲", &mut Findings::new());
    table.is_some_and(|table| judge(&table, 0, Some(FEWEST_NAMES.0)).is_some())
}

/// A name of a place without the word that says what it is.
fn short(name: &str) -> &str {
    let endings = ["自治县", "自治州", "地区", "林区", "特区", "新区", "市", "县", "区", "州", "盟", "旗"];
    let ending = endings.iter().find(|ending| name.ends_with(**ending) && name.chars().count() > 2);
    ending.and_then(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

#[test]
fn no_list_of_places_or_words_is_taken_for_names() {
    let registry = || lines(REGISTRY).skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    for column in 0..registry().next().unwrap().len() {
        assert!(!is_alarm(registry().map(|fields| fields[column])), "column {column} of the registry");
    }
    assert_eq!(registry().count(), 342);
    assert!(lines(PLACES).all(|name| !may_be_name(name)), "no full name of a place looks like a person's");
    let places: Vec<&str> = lines(PLACES).collect();
    let words: Vec<&str> = lines(WORDS).collect();
    for part in places.chunks(12) {
        assert!(!is_alarm(part.iter().map(|name| short(name))), "{part:?}");
    }
    assert!(!is_alarm(places) && !is_alarm(words.iter().copied()));
    // Words for a category are repeated, whatever they begin with.
    for pair in words.windows(2) {
        assert!(!is_alarm(pair.iter().copied().cycle().take(40)), "{pair:?}");
    }
}

/// One in ten short names of places begins with a surname and has two or three letters.
#[test]
fn how_many_short_names_of_places_look_like_a_person() {
    let shorts: BTreeSet<&str> = lines(PLACES).map(short).collect();
    let fits = |name: &&str| (2..=3).contains(&name.chars().count());
    let (fit, seeming) = (
        shorts.iter().copied().filter(fits).count(),
        shorts.iter().copied().filter(fits).filter(|name| may_be_name(name)).count(),
    );
    assert_eq!((seeming, fit), (317, 2871));
}

#[test]
fn columns_of_numbers_are_not_taken_for_personal() {
    let mut random = ChaCha20Rng::seed_from_u64(137);
    let mut alarms = Vec::new();
    for round in 0..500 {
        let start: u64 = random.random_range(0..8_000);
        let mut column = |make: &dyn Fn(&mut ChaCha20Rng, u64) -> String| {
            let cells: Vec<String> = (0..30).map(|at| make(&mut random, start + at)).collect();
            if is_alarm(cells.iter().map(String::as_str)) {
                alarms.push((round, cells));
            }
        };
        column(&|random, _| format!("{:.1}", random.random_range(0.0..100.0)));
        column(&|random, _| random.random_range(0..3_000_000).to_string());
        column(&|random, _| format!("{:.12}", random.random_range(0.0..1.0)));
        column(&|random, _| format!("{}0000", random.random_range(11..66) * 10_000));
        // Sums of ten to twelve digits, work orders with a day, accounts.
        column(&|random, _| random.random_range(1_000_000_000_u64..999_999_999_999).to_string());
        column(&|random, at| format!("34010020251{:03}{at:04}", random.random_range(100..130)));
        column(&|random, at| format!("202511{:02}{at:06}", random.random_range(1..31)));
        column(&|random, _| {
            format!("2025-{:02}-{:02} 08:30:00", random.random_range(1..13), random.random_range(1..29))
        });
        column(&|random, _| format!("0571-{}", random.random_range(12_000..12_999)));
        column(&|random, _| {
            format!("400-{}-{}", random.random_range(100..999), random.random_range(1000..9999))
        });
        column(&|random, _| {
            format!("11{:06}MB{:08}", random.random_range(0..999_999), random.random_range(0..99_999_999))
        });
    }
    assert!(alarms.is_empty(), "{} alarms: {:?}", alarms.len(), alarms.first());
}

/// Names with a frequent surname in [`HUNDRED`] of all, two or three letters, told
/// without any help of the heading. By the binomial distribution 84.3 % of columns of
/// 10 are found, 98.1 % of 50 and 99.9 % of 100.
#[test]
fn columns_of_names_are_found() {
    let frequent: Vec<char> = SURNAMES.chars().collect();
    let others: Vec<char> =
        "牛洪岳齐梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童甄项曲".chars().collect();
    let given: Vec<char> = "英华文玉秀明兰丽敏静强磊军洋勇艳杰娟涛超霞平刚桂芳".chars().collect();
    let mut random = ChaCha20Rng::seed_from_u64(2020);
    for (size, expected) in [(10, 0.843), (50, 0.981), (100, 0.999)] {
        let rounds = 600;
        let found = (0..rounds).filter(|_| {
            let names: Vec<String> = (0..size)
                .map(|_| {
                    let surnames = if random.random_bool(HUNDRED) { &frequent } else { &others };
                    let mut name = String::from(surnames[random.random_range(0..surnames.len())]);
                    for _ in 0..if random.random_bool(0.12) { 1 } else { 2 } {
                        name.push(given[random.random_range(0..given.len())]);
                    }
                    name
                })
                .collect();
            is_alarm(names.iter().map(String::as_str))
        });
        let share = found.count() as f64 / f64::from(rounds);
        let error = (expected * (1.0 - expected) / f64::from(rounds)).sqrt();
        assert!((share - expected).abs() < 3.0 * error + 0.002, "{size}: {share}");
    }
}
