use std::path::Path;

use benchline::diagnostics::{Bilingual, Failure, Findings, Lang};
use benchline::difference::{ChoiceChange, Difference, OutcomeChange, UnitName, ValueChange};
use benchline::project::{self, Side};

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Rows shown of each table; the files have all.
const SHOWN: usize = 20;

/// What is compared. Without `after`, revisions of one project: unless said
/// otherwise, its data as first read and as they are.
pub fn sides<'a>(
    before: &'a Path,
    after: Option<&'a Path>,
    from: Option<usize>,
    to: Option<usize>,
) -> [Side<'a>; 2] {
    let from = if after.is_none() { from.or(Some(0)) } else { from };
    [Side { path: before, revision: from }, Side { path: after.unwrap_or(before), revision: to }]
}

/// Compares two results of an index and shows what changed, what matters most
/// first. With `exit_code`, a difference ends with 1.
pub fn run(
    sides: [Side<'_>; 2],
    exit_code: bool,
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let difference = project::difference(sides, &mut findings)?;
    let written = match (&difference, out) {
        (Some(difference), Some(out)) => project::publish_difference(difference, out, &mut findings)?,
        _ => None,
    };
    let text = || {
        let shown = difference.as_ref().map(|difference| summary(difference, reporter))?;
        let written = written.as_ref().map_or_else(String::new, |path| reporter.written_to(path));
        Some(shown + &written)
    };
    let json = || difference.as_ref().and_then(|difference| serde_json::to_value(difference).ok());
    let exit = reporter.finish(sides[1].path, findings, text, json)?;
    let differs = difference.is_some_and(|difference| !difference.is_empty());
    Ok(if exit == Exit::Done && exit_code && differs { Exit::Refused } else { exit })
}

fn summary(difference: &Difference, reporter: &Reporter) -> String {
    if difference.is_empty() {
        return reporter.say("没有差别\n", "no difference\n").to_owned();
    }
    let parts = [
        counted(difference, reporter),
        method(difference, reporter),
        values(difference, reporter),
        outcomes(difference, reporter),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

/// One line with what changed, in numbers.
fn counted(difference: &Difference, reporter: &Reporter) -> String {
    let ratings = difference.outcomes.iter().filter(|one| one.ratings[0] != one.ratings[1]).count();
    let ranks = difference.outcomes.iter().filter(|one| one.ranks[0] != one.ranks[1]).count();
    let (choices, files) = (difference.choices.len(), difference.files.len());
    let (values, scores) = (difference.values.len(), difference.outcomes.len());
    let [before, after] = &difference.editions;
    let editions = if before == after { after.clone() } else { format!("{before} → {after}") };
    match reporter.say("zh", "en") {
        "zh" => format!(
            "{editions}：方法 {choices} 处、文件 {files} 个、数值 {values} 个有变；{scores} 个单位的结果有变，其中名次 {ranks} 个、评级 {ratings} 个\n"
        ),
        _ => format!(
            "{editions}: {choices} choices of method, {files} files, {values} values changed; results of {scores} units, of which {ranks} ranks and {ratings} ratings\n"
        ),
    }
}

fn method(difference: &Difference, reporter: &Reporter) -> String {
    let shown = |value: &Option<serde_json::Value>| {
        value.as_ref().map_or_else(|| "—".to_owned(), |value| shortened(&value.to_string()))
    };
    let choice = |one: &ChoiceChange| vec![one.path.clone(), shown(&one.before), shown(&one.after)];
    let mut rows: Vec<Vec<String>> = difference.choices.iter().map(choice).collect();
    rows.extend(difference.files.iter().map(|one| {
        let hash = |hash: &Option<String>| {
            hash.as_ref().map_or_else(|| "—".to_owned(), |hash| hash.chars().take(12).collect())
        };
        vec![one.name.clone(), hash(&one.before), hash(&one.after)]
    }));
    let named = |unit: &UnitName| format!("{} {}", unit.code, unit.name.get(lang(reporter)));
    let (gone, come) = (reporter.say("不再有", "gone"), reporter.say("新增", "new"));
    let other = |word: &str| vec!["—".to_owned(), word.to_owned()];
    rows.extend(difference.gone.iter().map(|unit| [vec![named(unit)], other(gone)].concat()));
    rows.extend(difference.come.iter().map(|unit| [vec![named(unit)], other(come)].concat()));
    table(
        &[("方法、文件、单位", "method, files, units"), ("原为", "before"), ("现为", "now")],
        rows,
        reporter,
    )
}

fn values(difference: &Difference, reporter: &Reporter) -> String {
    let words = [
        ("单位", "unit"),
        ("指标", "indicator"),
        ("期次", "period"),
        ("原为", "before"),
        ("现为", "now"),
        ("位置", "place"),
    ];
    let number = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    let row = |one: &ValueChange| {
        let place = one.places.iter().rev().flatten().next();
        vec![
            one.unit.name.get(lang(reporter)).to_owned(),
            one.name.get(lang(reporter)).to_owned(),
            one.period.clone(),
            number(one.before),
            number(one.after),
            place.cloned().unwrap_or_default(),
        ]
    };
    table(&words, difference.values.iter().map(row).collect(), reporter)
}

fn outcomes(difference: &Difference, reporter: &Reporter) -> String {
    let words = [
        ("单位", "unit"),
        ("代码", "code"),
        ("评级", "rating"),
        ("名次", "rank"),
        ("得分", "score"),
        ("本单位改动的数值", "own values changed"),
    ];
    let number = |value: &Option<f64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    let score = |value: &Option<f64>| match (value, difference.decimals) {
        (Some(value), Some(places)) => format!("{value:.places$}", places = usize::from(places)),
        _ => number(value),
    };
    let row = |one: &OutcomeChange| {
        let band = |band: &Option<Bilingual>| {
            band.as_ref().map_or_else(|| "—".to_owned(), |band| band.get(lang(reporter)).to_owned())
        };
        vec![
            one.unit.name.get(lang(reporter)).to_owned(),
            one.unit.code.clone(),
            arrow(&one.ratings, band),
            arrow(&one.ranks, number),
            arrow(&one.scores, score),
            one.own_values.to_string(),
        ]
    };
    table(&words, difference.outcomes.iter().map(row).collect(), reporter)
}

/// `before → after`, or the one where both are the same.
fn arrow<T: PartialEq>([before, after]: &[T; 2], shown: impl Fn(&T) -> String) -> String {
    if before == after { shown(after) } else { format!("{} → {}", shown(before), shown(after)) }
}

/// A table with heads, of no more rows than are shown; nothing without rows.
fn table(heads: &[(&str, &str)], rows: Vec<Vec<String>>, reporter: &Reporter) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let rest = rows.len().saturating_sub(SHOWN);
    let heads = heads.iter().map(|(zh, en)| reporter.say(zh, en).to_owned()).collect();
    let shown: Vec<Vec<String>> = std::iter::once(heads).chain(rows.into_iter().take(SHOWN)).collect();
    let more = match reporter.say("zh", "en") {
        _ if rest == 0 => String::new(),
        "zh" => format!("…… 另 {rest} 行，用 --out 文件夹 写出全部\n"),
        _ => format!("… and {rest} more; --out FOLDER writes all\n"),
    };
    aligned(&shown) + &more
}

fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(40).collect();
    if letters.next().is_some() { start + "…" } else { start }
}

fn lang(reporter: &Reporter) -> Lang {
    reporter.lang
}
