use super::Material;
use crate::diagnostics::Failure;
use crate::model::{Cell, Id, Role};
use crate::numeric::fixed;

/// `results.csv`: one row per unit and period in the order of the panel, with a
/// byte order mark so that Excel and WPS read it as UTF-8. Scores of nodes and
/// values of indicators are unrounded; an empty field is a missing value.
pub fn results_csv(material: Material<'_>) -> Result<Vec<u8>, Failure> {
    let internal = |error: csv::Error| Failure::Internal(format!("results.csv: {error}"));
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(header(material)).map_err(internal)?;
    for row in 0..material.input.panel().rows() {
        writer.write_record(record(material, row)).map_err(internal)?;
    }
    writer.into_inner().map_err(|error| Failure::Internal(format!("results.csv: {error}")))
}

fn nodes(material: Material<'_>) -> impl Iterator<Item = &Id> {
    material.framework.nodes.iter().map(|node| &node.id)
}

fn header(material: Material<'_>) -> Vec<String> {
    let fixed = ["code", "name_zh", "name_en", "role", "period"].map(str::to_owned);
    let groups = material.framework.groups.iter().map(|group| format!("group.{}", group.id));
    let results = ["score", "score_unrounded", "rank", "tied", "rating"].map(str::to_owned);
    let nodes = nodes(material).map(|id| format!("node.{id}"));
    let indicators = material.input.indicators().iter().map(|id| format!("indicator.{id}"));
    fixed.into_iter().chain(groups).chain(results).chain(nodes).chain(indicators).collect()
}

fn record(material: Material<'_>, row: usize) -> Vec<String> {
    let panel = material.input.panel();
    let position = panel.row(row);
    let (Some(unit), Some(period)) = (panel.units().get(position.unit), panel.periods().get(position.period))
    else {
        return Vec::new();
    };
    let outcome = material.evaluation.outcomes.get(row).copied().unwrap_or_default();
    let role = match unit.role {
        Role::Ranked => "ranked",
        Role::Benchmark => "benchmark",
    };
    let plan = &material.evaluation.plan;
    let bands = plan.rating.as_ref().map(|rating| &rating.bands);
    let band =
        outcome.band.and_then(|band| bands?.get(band)).map_or(String::new(), |band| band.id.to_string());
    let text = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let cell = |cell: Cell| text(cell.value());
    let groups = material
        .framework
        .groups
        .iter()
        .map(|group| unit.groups.get(&group.id).map_or(String::new(), ToString::to_string));
    let results = [
        outcome
            .score
            .map_or(String::new(), |score| fixed(score.raw, plan.score.decimals, plan.score.rounding)),
        text(outcome.score.map(|score| score.raw)),
        text(outcome.rank.map(|rank| rank.value)),
        outcome.rank.map_or(String::new(), |rank| rank.tied.to_string()),
        band,
    ];
    let nodes = nodes(material)
        .map(|id| material.evaluation.column(id).map_or(String::new(), |column| cell(column.cell(row))));
    let indicators =
        (0..material.input.indicators().len()).map(|at| cell(material.input.observation(at, row).cell));
    [unit.code.as_str(), &unit.name.zh, &unit.name.en, role, period.as_str()]
        .map(str::to_owned)
        .into_iter()
        .chain(groups)
        .chain(results)
        .chain(nodes)
        .chain(indicators)
        .collect()
}
