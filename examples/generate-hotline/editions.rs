use super::calls::{Call, calls};
use super::cities::{City, cities, qualities};
use super::dice::Dice;
use super::indicators::{Kind, SPECS, Spec};

/// The editions, the reported one last.
pub const YEARS: [u64; 3] = [2023, 2024, 2025];

/// Cities of which an edition knows nothing, and those that sent nothing but were
/// called.
const ABSENT: [(u64, &str); 4] = [(2023, "460300"), (2023, "540600"), (2024, "460300"), (2025, "460300")];
const PARTIAL: [(u64, &str); 6] = [
    (2023, "542500"),
    (2024, "542500"),
    (2024, "632600"),
    (2025, "542500"),
    (2025, "632600"),
    (2025, "540600"),
];

/// The files of the sample, by name.
pub fn files() -> Vec<(String, String)> {
    let tables = YEARS.map(|year| (format!("hotline-{year}.csv"), table(year)));
    let sheet = ("calls-2025.csv".to_owned(), sheet(2025));
    tables.into_iter().chain([sheet]).collect()
}

/// The table of an edition: one row for each city that sent data. It holds what
/// test calls show too; in the reported edition that also follows from their sheet.
fn table(year: u64) -> String {
    let specs: Vec<&Spec> = SPECS.iter().filter(|spec| spec.is_in(year)).collect();
    let mut header = ["code", "name", "edition"].map(str::to_owned).to_vec();
    for spec in &specs {
        header.push(spec.id.to_owned());
        header.extend(sample_columns(spec).iter().map(|column| format!("{}_{column}", spec.id)));
    }
    header.extend(["demand_per_10k", "seats_per_100k"].map(str::to_owned));
    let mut lines = vec![header.join(",")];
    for city in cities().iter().filter(|city| !ABSENT.contains(&(year, &*city.code))) {
        lines.push(row(city, year, &specs).join(","));
    }
    lines.join("\n") + "\n"
}

fn sample_columns(spec: &Spec) -> &'static [&'static str] {
    match (spec.kind, spec.id) {
        (Kind::Whole, _) => &[],
        (Kind::Calls, "wait_seconds" | "etiquette") => &["n", "se"],
        (Kind::Share(..) | Kind::Calls, _) => &["n", "k"],
    }
}

fn row(city: &City, year: u64, specs: &[&Spec]) -> Vec<String> {
    let code: u64 = city.code.parse().expect("digits");
    let (mut lasting, mut dice) = (Dice::new(code + 7_000_000), Dice::new(code * 10_000 + year + 2_500));
    let qualities = qualities(city, year);
    let calls = calls(city, year, &qualities);
    let partial = PARTIAL.contains(&(year, &*city.code));
    // Some cities leave much out, most leave little.
    let gaps = if lasting.chance(0.04) { 0.11 } else { 0.015 };
    let mut row = vec![city.code.clone(), city.name.clone(), year.to_string()];
    for spec in SPECS.iter() {
        // Drawn for every indicator, so that one more shifts none of the others.
        let quality = qualities[spec.dimension] + 0.45 * lasting.normal() + 0.25 * dice.normal();
        let absent = dice.chance(gaps) || partial;
        let value = spec.value(quality);
        let cells = match spec.kind {
            Kind::Calls => observed(spec.id, &calls),
            Kind::Share(least, most) => share(dice.whole(least, most), value, &mut dice),
            Kind::Whole => vec![format!("{value:.*}", spec.decimals)],
        };
        if specs.iter().any(|wanted| wanted.id == spec.id) {
            let is_called = spec.kind == Kind::Calls;
            row.extend(cells.into_iter().map(|cell| if absent && !is_called { String::new() } else { cell }));
        }
    }
    row.push(format!("{:.0}", 900.0 * libm::exp(0.35 * lasting.normal())));
    row.push(format!("{:.2}", 2.4 * libm::exp(0.3 * lasting.normal())));
    row
}

fn share(n: u32, value: f64, dice: &mut Dice) -> Vec<String> {
    of(dice.successes(n, value / 100.0), n)
}

/// A share with its n and k.
fn of(k: u32, n: u32) -> Vec<String> {
    vec![format!("{:.2}", 100.0 * f64::from(k) / f64::from(n)), n.to_string(), k.to_string()]
}

/// A share of test calls with its n and k, unrounded: the sheet gives the same.
fn of_calls(k: u32, n: u32) -> Vec<String> {
    vec![(100.0 * f64::from(k) / f64::from(n)).to_string(), n.to_string(), k.to_string()]
}

/// What the test calls of a city show, with its sample.
fn observed(id: &str, calls: &[Call]) -> Vec<String> {
    let by_phone = calls.iter().filter(|call| call.channel == "phone");
    let tally =
        |marks: Vec<bool>| of_calls(marks.iter().filter(|mark| **mark).count() as u32, marks.len() as u32);
    match id {
        "connect_rate" => tally(by_phone.map(|call| call.answered).collect()),
        "online_ok" => {
            tally(calls.iter().filter(|call| call.channel != "phone").map(|call| call.answered).collect())
        }
        "consult_valid" => tally(calls.iter().filter_map(|call| call.valid).collect()),
        "reply_3d" => tally(calls.iter().filter_map(|call| call.replied).collect()),
        "wait_seconds" => mean(by_phone.filter_map(|call| call.seconds).collect()),
        _ => mean(by_phone.filter_map(|call| call.conduct).collect()),
    }
}

/// A mean with its n and standard error.
fn mean(values: Vec<u32>) -> Vec<String> {
    let n = values.len() as f64;
    if n < 2.0 {
        return vec![String::new(); 3];
    }
    let mean = values.iter().map(|value| f64::from(*value)).sum::<f64>() / n;
    let squares: f64 =
        values.iter().map(|value| (f64::from(*value) - mean) * (f64::from(*value) - mean)).sum();
    vec![mean.to_string(), n.to_string(), format!("{:.2}", (squares / (n - 1.0) / n).sqrt())]
}

/// The sheet of test calls of an edition.
fn sheet(year: u64) -> String {
    let mut lines = vec!["city,scenario,channel,tester,answered,seconds,conduct,valid,replied".to_owned()];
    for city in cities().iter().filter(|city| !ABSENT.contains(&(year, &*city.code))) {
        let number = |value: Option<u32>| value.map_or(String::new(), |value| value.to_string());
        let mark = |value: Option<bool>| value.map_or("", |value| if value { "1" } else { "0" });
        lines.extend(calls(city, year, &qualities(city, year)).iter().map(|call| {
            format!(
                "{},{},{},T{:02},{},{},{},{},{}",
                city.code,
                call.scenario,
                call.channel,
                call.tester,
                u8::from(call.answered),
                number(call.seconds),
                number(call.conduct),
                mark(call.valid),
                mark(call.replied),
            )
        }));
    }
    lines.join("\n") + "\n"
}
