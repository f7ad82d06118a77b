use super::release::{Release, Shown};
use super::{Material, cross_check, marks};
use crate::diagnostics::Failure;
use crate::model::{Cell, Id, Role};
use crate::numeric::fixed;
use crate::plan::Detail;

/// `results.csv`: one row per unit and period in the order of the panel, with a
/// byte order mark so that Excel and WPS read it as UTF-8. Scores of nodes and
/// values of indicators are unrounded; an empty field is a missing value, or one
/// that its audience may not see.
pub fn results_csv(material: Material<'_>) -> Result<Vec<u8>, Failure> {
    let internal = |error: csv::Error| Failure::Internal(format!("results.csv: {error}"));
    let release = Release::new(material);
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(header(material, &release)).map_err(internal)?;
    for row in 0..material.input.panel().rows() {
        writer.write_record(record(material, &release, row)).map_err(internal)?;
    }
    writer.into_inner().map_err(|error| Failure::Internal(format!("results.csv: {error}")))
}

fn header(material: Material<'_>, release: &Release<'_>) -> Vec<String> {
    let disclosure = material.disclosure;
    let mut names: Vec<String> = ["code", "name_zh", "name_en", "role", "period"].map(str::to_owned).to_vec();
    names.extend(material.framework.groups.iter().map(|group| format!("group.{}", group.id)));
    if disclosure.scores {
        names.extend(["score", "score_unrounded"].map(str::to_owned));
    }
    if disclosure.ranks {
        names.extend(["rank", "tied"].map(str::to_owned));
    }
    names.push("rating".to_owned());
    if disclosure.ranks {
        names.push("rank_in_rating".to_owned());
    }
    if disclosure.scores {
        names.extend(["rating_by_score", "held_back_by"].map(str::to_owned));
    }
    let (node, indicator) = (
        if release.nodes_by_quarter() { "quarter" } else { "node" },
        if release.indicators_by_quarter() { "quarter" } else { "indicator" },
    );
    names.extend(release.nodes().iter().map(|id| format!("{node}.{id}")));
    names.extend(release.indicators().iter().map(|id| format!("{indicator}.{id}")));
    if disclosure.indicators == Detail::Scores {
        names.extend(marks::header(&material.evaluation.plan));
    }
    names.extend(cross_check::header(material));
    names
}

fn record(material: Material<'_>, release: &Release<'_>, row: usize) -> Vec<String> {
    let panel = material.input.panel();
    let position = panel.row(row);
    let (Some(unit), Some(period)) = (panel.units().get(position.unit), panel.periods().get(position.period))
    else {
        return Vec::new();
    };
    let role = match unit.role {
        Role::Ranked => "ranked",
        Role::Benchmark => "benchmark",
    };
    let mut fields: Vec<String> =
        [unit.code.as_str(), &unit.name.zh, &unit.name.en, role, period.as_str()].map(harmless).to_vec();
    fields.extend(
        material
            .framework
            .groups
            .iter()
            .map(|group| unit.groups.get(&group.id).map_or(String::new(), ToString::to_string)),
    );
    fields.extend(results(material, row));
    fields.extend(release.nodes().iter().map(|id| match release.result(id, row) {
        Shown::Nothing => String::new(),
        Shown::Quarter(quarter) => quarter.to_string(),
        Shown::Score(score) => score.to_string(),
    }));
    fields.extend(release.indicators().iter().map(|id| indicator(material, release, id, row)));
    if material.disclosure.indicators == Detail::Scores {
        fields.extend(marks::record(material, row));
    }
    fields.extend(cross_check::record(material, row));
    fields
}

fn results(material: Material<'_>, row: usize) -> Vec<String> {
    let (disclosure, plan) = (material.disclosure, &material.evaluation.plan);
    let outcome = material.evaluation.outcomes.get(row).copied().unwrap_or_default();
    let text = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let mut fields = Vec::new();
    if disclosure.scores {
        let shown = |raw: f64| fixed(raw, plan.score.decimals, plan.score.rounding);
        fields.push(outcome.score.map_or(String::new(), |score| shown(score.raw)));
        fields.push(text(outcome.score.map(|score| score.raw)));
    }
    if disclosure.ranks {
        fields.push(text(outcome.rank.map(|rank| rank.value)));
        fields.push(outcome.rank.map_or(String::new(), |rank| rank.tied.to_string()));
    }
    let rating = plan.rating.as_ref();
    let id = |id: Option<&Id>| id.map_or(String::new(), ToString::to_string);
    let band = |at: Option<usize>| id(at.and_then(|at| rating?.bands.get(at)).map(|band| &band.id));
    fields.push(band(outcome.band));
    if disclosure.ranks {
        fields.push(text(outcome.rank_in_band.map(|rank| rank.value)));
    }
    if disclosure.scores {
        fields.push(band(outcome.band_by_score));
        fields.push(id(outcome.held_by.and_then(|at| rating?.gates.get(at)).map(|gate| &gate.id)));
    }
    fields
}

/// The value of an indicator, or what may be seen of it.
fn indicator(material: Material<'_>, release: &Release<'_>, id: &Id, row: usize) -> String {
    if release.indicators_by_quarter() {
        return match release.result(id, row) {
            Shown::Quarter(quarter) => quarter.to_string(),
            Shown::Nothing | Shown::Score(_) => String::new(),
        };
    }
    if release.withholds(id, row) {
        return String::new();
    }
    let at = material.input.indicators().iter().position(|known| known == id);
    let cell = at.map_or(Cell::MISSING, |at| material.input.observation(at, row).cell);
    cell.value().map_or(String::new(), |value| value.to_string())
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn harmless(text: &str) -> String {
    let starts_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if starts_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_name_starts_a_formula() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("武汉市"), "武汉市");
    }
}
