use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::plan::{Band, RatingPlan};

use super::document::{Document, Step, at};

/// Checks that the rating bands claim every score exactly once, best band first.
pub(super) fn check(rating: &RatingPlan, document: &Document, findings: &mut Findings) {
    let bands = &rating.bands;
    let before = findings.count(crate::diagnostics::Severity::Error);
    for (index, band) in bands.iter().enumerate() {
        check_bounds(band, &at!["rating", "band", index], document, findings);
    }
    for (index, band) in bands.iter().enumerate() {
        for (earlier, other) in bands.iter().enumerate().take(index) {
            if overlaps(band, other) {
                let (name, other_name) = (&band.id, &other.id);
                let line = line_of(document, earlier);
                findings.push(
                    Finding::new(
                        Code::OverlappingBands,
                        bilingual!(
                            "评级“{name}”与“{other_name}”（第 {line} 行）重叠",
                            "the bands `{name}` and `{other_name}` (line {line}) overlap"
                        ),
                        bilingual!(
                            "相邻两级用同一界线：上级写 `at_least`，下级写 `below`",
                            "let neighbours share a bound: `at_least` in the upper band, `below` in the lower"
                        ),
                    )
                    .at(document.place(&at!["rating", "band", index])),
                );
            }
        }
    }
    if findings.count(crate::diagnostics::Severity::Error) == before {
        check_gaps(bands, document, findings);
    }
}

fn check_bounds(band: &Band, at: &[Step], document: &Document, findings: &mut Findings) {
    let doubled =
        (band.at_least.is_some() && band.above.is_some()) || (band.below.is_some() && band.at_most.is_some());
    let empty = matches!((band.lower(), band.upper()), (Some(lower), Some(upper)) if lower >= upper);
    let name = &band.id;
    if doubled {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!("评级“{name}”同一侧有两个界线", "the band `{name}` has two bounds on one side"),
                bilingual!(
                    "下界写 `at_least` 或 `above`，上界写 `below` 或 `at_most`",
                    "write `at_least` or `above` for the lower bound, `below` or `at_most` for the upper"
                ),
            )
            .at(document.place(at)),
        );
    }
    if empty {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!(
                    "评级“{name}”的下界不小于上界",
                    "the lower bound of the band `{name}` is not below its upper bound"
                ),
                bilingual!("对调两个界线", "swap the bounds"),
            )
            .at(document.place(at)),
        );
    }
}

fn overlaps(a: &Band, b: &Band) -> bool {
    !ends_before(a, b) && !ends_before(b, a)
}

/// Whether every score of `lower` is below every score of `upper`.
fn ends_before(lower: &Band, upper: &Band) -> bool {
    match (lower.upper(), upper.lower()) {
        (Some(end), Some(start)) => {
            end < start || (end == start && !(lower.at_most.is_some() && upper.at_least.is_some()))
        }
        _ => false,
    }
}

fn check_gaps(bands: &[Band], document: &Document, findings: &mut Findings) {
    let rises = |pair: &[Band]| matches!(pair, [better, worse] if floor(better) < floor(worse));
    if let Some(index) = bands.windows(2).position(rises) {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!("评级没有由好到差排列", "the bands are not listed best first"),
                bilingual!("由好到差排列评级", "list the bands from the best to the worst"),
            )
            .at(document.place(&at!["rating", "band", index + 1])),
        );
        return;
    }
    let mut gap = |index: usize, (message, help)| {
        let place = document.place(&at!["rating", "band", index]);
        findings.push(Finding::new(Code::BandGap, message, help).at(place));
    };
    if let Some(best) = bands.first().filter(|band| band.upper().is_some()) {
        gap(0, above_the_best(best));
    }
    if let Some(worst) = bands.last().filter(|band| band.lower().is_some()) {
        gap(bands.len() - 1, below_the_worst(worst));
    }
    for (index, pair) in bands.windows(2).enumerate() {
        if let [upper, lower] = pair
            && let (Some(end), Some(start)) = (lower.upper(), upper.lower())
            && !(end == start && (lower.at_most.is_some() || upper.at_least.is_some()))
        {
            gap(index + 1, between(lower, end, upper, start));
        }
    }
}

/// The lower bound for ordering: none is below all.
fn floor(band: &Band) -> f64 {
    band.lower().unwrap_or(f64::NEG_INFINITY)
}

fn above_the_best(best: &Band) -> (Bilingual, Bilingual) {
    let bound = best.upper().unwrap_or_default();
    let message = match best.at_most {
        Some(_) => bilingual!("高于 {bound} 的得分没有评级", "scores above {bound} have no band"),
        None => bilingual!("{bound} 及以上的得分没有评级", "scores of {bound} and above have no band"),
    };
    (message, bilingual!("最高一级不写上界", "give the first band no upper bound"))
}

fn below_the_worst(worst: &Band) -> (Bilingual, Bilingual) {
    let bound = worst.lower().unwrap_or_default();
    let message = match worst.at_least {
        Some(_) => bilingual!("低于 {bound} 的得分没有评级", "scores below {bound} have no band"),
        None => bilingual!("{bound} 及以下的得分没有评级", "scores of {bound} and below have no band"),
    };
    (message, bilingual!("最低一级不写下界", "give the last band no lower bound"))
}

/// What lies between two neighbours: from the `end` of the lower to the `start`
/// of the upper.
fn between(lower: &Band, end: f64, upper: &Band, start: f64) -> (Bilingual, Bilingual) {
    let message = if end == start {
        bilingual!("恰为 {end} 的得分没有评级", "a score of exactly {end} has no band")
    } else {
        let (from_zh, from_en) = match lower.at_most {
            Some(_) => ("不含", "above"),
            None => ("含", "from"),
        };
        let (to_zh, to_en) = match upper.at_least {
            Some(_) => ("不含", "up to"),
            None => ("含", "up to and including"),
        };
        bilingual!(
            "{end}（{from_zh}）到 {start}（{to_zh}）的得分没有评级",
            "scores {from_en} {end} {to_en} {start} have no band"
        )
    };
    let help = bilingual!(
        "相邻两级用同一界线：上级写 `at_least`，下级写 `below`",
        "let neighbours share a bound: `at_least` in the upper band, `below` in the lower"
    );
    (message, help)
}

fn line_of(document: &Document, band: usize) -> usize {
    match document.place(&at!["rating", "band", band]).position {
        Some(crate::diagnostics::Position::Text { line, .. }) => line,
        _ => 0,
    }
}
