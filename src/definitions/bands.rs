use crate::diagnostics::{Code, Finding, Findings, bilingual};
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
    let mut gap = |index: usize, message, help| {
        let place = document.place(&at!["rating", "band", index]);
        findings.push(Finding::new(Code::BandGap, message, help).at(place));
    };
    if let Some(best) = bands.first().filter(|band| band.upper().is_some()) {
        let name = &best.id;
        gap(
            0,
            bilingual!("高于评级“{name}”上界的得分没有评级", "scores above the band `{name}` have no band"),
            bilingual!("由好到差排列，首级不写上界", "list the best band first and give it no upper bound"),
        );
    }
    if let Some(worst) = bands.last().filter(|band| band.lower().is_some()) {
        let name = &worst.id;
        gap(
            bands.len() - 1,
            bilingual!("低于评级“{name}”下界的得分没有评级", "scores below the band `{name}` have no band"),
            bilingual!("由好到差排列，末级不写下界", "list the worst band last and give it no lower bound"),
        );
    }
    for (index, pair) in bands.windows(2).enumerate() {
        let [upper, lower] = pair else { continue };
        let touch = match (lower.upper(), upper.lower()) {
            (Some(end), Some(start)) => end == start && (lower.at_most.is_some() || upper.at_least.is_some()),
            _ => false,
        };
        if !touch {
            let (upper, lower) = (&upper.id, &lower.id);
            gap(
                index + 1,
                bilingual!(
                    "评级“{upper}”与“{lower}”之间有空档，或顺序不是由好到差",
                    "there is a gap between the bands `{upper}` and `{lower}`, or they are not in order, best first"
                ),
                bilingual!("相邻两级用同一界线", "let neighbours share a bound"),
            );
        }
    }
}

fn line_of(document: &Document, band: usize) -> usize {
    match document.place(&at!["rating", "band", band]).position {
        Some(crate::diagnostics::Position::Text { line, .. }) => line,
        _ => 0,
    }
}
