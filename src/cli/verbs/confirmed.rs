use std::path::Path;

use benchline::diagnostics::{Failure, Findings, Lang};
use benchline::project::{self, Confirmed, UnitConfirmed};
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Lists who has confirmed the data and who has not.
pub fn run(folder: &Path, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let units = project::confirmed(folder, &mut findings);
    let text = || Some(format!("{}{}", table(units.as_ref()?, reporter), sum(units.as_ref()?, reporter)));
    let json = || Some(json!({ "units": units.as_ref()? }));
    reporter.finish(folder, findings, text, json)
}

fn table(units: &[UnitConfirmed], reporter: &Reporter) -> String {
    let heads = [
        ("单位", "unit"),
        ("名称", "name"),
        ("状态", "state"),
        ("确认", "confirmed"),
        ("更正", "corrected"),
        ("未答", "open"),
        ("修订", "revision"),
    ];
    let mut rows = vec![heads.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    let lang = match reporter.say("zh", "en") {
        "zh" => Lang::Zh,
        _ => Lang::En,
    };
    rows.extend(units.iter().map(|one| {
        let count = |count: Option<usize>| count.map_or_else(|| "—".to_owned(), |count| count.to_string());
        let sheet = one.sheet.as_ref();
        let counts = [
            sheet.map(|sheet| sheet.confirmed),
            sheet.map(|sheet| sheet.corrected),
            sheet.map(|sheet| sheet.open),
            one.revision,
        ];
        let fixed = [one.unit.clone(), one.name.get(lang).to_owned(), state(one.state, reporter).to_owned()];
        fixed.into_iter().chain(counts.map(count)).collect()
    }));
    aligned(&rows)
}

fn state(state: Confirmed, reporter: &Reporter) -> &'static str {
    match (state, reporter.say("zh", "en")) {
        (Confirmed::NotReturned, "zh") => "未交回",
        (Confirmed::NotReturned, _) => "not returned",
        (Confirmed::Partly, "zh") => "未答完",
        (Confirmed::Partly, _) => "open values",
        (Confirmed::Refused, "zh") => "有更正未采纳",
        (Confirmed::Refused, _) => "correction refused",
        (Confirmed::ChangedSince, "zh") => "数据已变",
        (Confirmed::ChangedSince, _) => "changed since",
        (Confirmed::Whole, "zh") => "已确认",
        (Confirmed::Whole, _) => "confirmed",
    }
}

/// How many units are how far.
fn sum(units: &[UnitConfirmed], reporter: &Reporter) -> String {
    let all = units.len();
    use Confirmed::{ChangedSince, NotReturned, Partly, Refused, Whole};
    let [none, partly, refused, changed, whole] = [NotReturned, Partly, Refused, ChangedSince, Whole]
        .map(|state| units.iter().filter(|one| one.state == state).count());
    match reporter.say("zh", "en") {
        "zh" => format!(
            "共 {all} 个单位：已确认 {whole}，未答完 {partly}，有更正未采纳 {refused}，确认后数据已变 {changed}，未交回 {none}\n"
        ),
        _ => format!(
            "{all} units: {whole} confirmed, {partly} with open values, {refused} with a refused correction, {changed} whose data changed since, {none} not returned\n"
        ),
    }
}
