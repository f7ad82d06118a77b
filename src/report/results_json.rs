use indexmap::IndexMap;
use serde::Serialize;

use super::release::{Release, Shown};
use super::{Material, cross_check, marks};
use crate::diagnostics::{Bilingual, Failure};
use crate::index::{Agreement, Outcome, Shortfall};
use crate::model::{Absence, Cell, Id, Period, Unit};
use crate::plan::{Audience, BudgetShare, Detail, Plan, Rule, Weighting, budget_shares};
use crate::validate::InputFile;

/// Version of the form of `results.json`.
pub const RESULTS_SCHEMA: &str = "benchline/results/1";

/// `results.json`: everything computed that its audience may see, each indicator
/// value with the cell it was read from.
pub fn results_json(material: Material<'_>) -> Result<Vec<u8>, Failure> {
    let tables = table_inputs(material);
    let release = Release::new(material);
    let results = Results {
        schema: RESULTS_SCHEMA,
        audience: material.disclosure.audience,
        title: &material.project.title,
        index: &material.framework.name,
        edition: &material.project.edition,
        synthetic: material.project.synthetic,
        plan_sha256: material.plan_sha256,
        plan: &material.evaluation.plan,
        inputs: material.files,
        revision: material.revisions.map(|log| RevisionMark {
            number: log.lines().len(),
            head: log.head().to_owned(),
            file: log.name(),
        }),
        names: names(material),
        experts: experts(&material.evaluation.plan),
        agreement: material.agreements,
        cross_check: cross_check::summary(material),
        units: material
            .input
            .panel()
            .units()
            .iter()
            .enumerate()
            .map(|(at, unit)| unit_results(material, &release, &tables, at, unit))
            .collect(),
    };
    let mut json =
        serde_json::to_vec(&results).map_err(|error| Failure::Internal(format!("results.json: {error}")))?;
    json.push(b'\n');
    Ok(json)
}

#[derive(Serialize)]
struct Results<'a> {
    schema: &'static str,
    audience: Audience,
    title: &'a Bilingual,
    index: &'a Bilingual,
    edition: &'a str,
    synthetic: bool,
    plan_sha256: &'a str,
    plan: &'a Plan,
    inputs: &'a [InputFile],
    /// Which revision of the data it is, where these are logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<RevisionMark<'a>>,
    /// What indicators and nodes are called, by id.
    names: IndexMap<&'a Id, &'a Bilingual>,
    /// By node and child, what experts gave and how far they differ.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    experts: IndexMap<&'a Id, IndexMap<&'a Id, BudgetShare>>,
    agreement: &'a [Agreement],
    /// How other methods rank the units.
    #[serde(skip_serializing_if = "Option::is_none")]
    cross_check: Option<cross_check::Summary<'a>>,
    units: Vec<UnitResults<'a>>,
}

/// A revision of the data: 0 is the data as first read.
#[derive(Serialize)]
struct RevisionMark<'a> {
    number: usize,
    /// The hash of its line in the log; zeros for 0.
    head: String,
    /// The log.
    file: &'a str,
}

#[derive(Serialize)]
struct UnitResults<'a> {
    #[serde(flatten)]
    unit: &'a Unit,
    periods: IndexMap<&'a Period, PeriodResults<'a>>,
}

#[derive(Serialize)]
struct PeriodResults<'a> {
    #[serde(flatten)]
    outcome: Outcome,
    rating: Option<&'a Id>,
    /// The band of the score alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_by_score: Option<&'a Id>,
    /// The gate that held the unit back from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_back_by: Option<&'a Id>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    quarters: IndexMap<&'a Id, u8>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    cross_check: IndexMap<&'static str, cross_check::PlaceResult>,
    /// Why it failed screening.
    #[serde(skip_serializing_if = "Option::is_none")]
    screened_out: Option<Shortfall>,
    nodes: IndexMap<&'a Id, Option<f64>>,
    indicators: IndexMap<&'a Id, IndicatorResult>,
}

#[derive(Serialize)]
struct IndicatorResult {
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<Absence>,
    /// What was filled in for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    imputed: Option<f64>,
    /// The value after outliers were treated, where that changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    treated: Option<f64>,
    normalised: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Source>,
    /// What a revision put in the place of another value.
    #[serde(skip_serializing_if = "Option::is_none")]
    revised: Option<Revised>,
}

impl IndicatorResult {
    /// Known and not for this audience.
    fn withheld() -> Self {
        Self {
            value: None,
            absent: Some(Absence::Suppressed),
            imputed: None,
            treated: None,
            normalised: None,
            origin: None,
            revised: None,
        }
    }
}

/// The revision of a value.
#[derive(Serialize)]
struct Revised {
    revision: usize,
    /// The value before the first revision.
    was: Option<f64>,
}

/// Where a value was read.
#[derive(Serialize)]
struct Source {
    /// Position in `inputs`, from 0.
    input: usize,
    /// Line of the row, from 1.
    line: u32,
    /// Field within the row, from 1.
    field: u16,
}

fn names(material: Material<'_>) -> IndexMap<&Id, &Bilingual> {
    let framework = material.framework;
    let indicators = framework.indicators.iter().map(|one| (&one.id, &one.name));
    indicators.chain(framework.nodes.iter().map(|node| (&node.id, &node.name))).collect()
}

/// The periods in which anything is known of a unit, and the edition.
fn unit_results<'a>(
    material: Material<'a>,
    release: &Release<'a>,
    tables: &[Option<usize>],
    at: usize,
    unit: &'a Unit,
) -> UnitResults<'a> {
    let panel = material.input.panel();
    let known = |row: usize| {
        (0..material.input.indicators().len())
            .any(|one| material.input.observation(one, row).origin.is_some())
    };
    let periods = panel.periods().iter().enumerate().filter_map(|(period, name)| {
        let row = panel.rows_of(period).start + at;
        (period == material.input.edition() || known(row))
            .then(|| (name, period_results(material, release, tables, row)))
    });
    UnitResults { unit, periods: periods.collect() }
}

fn period_results<'a>(
    material: Material<'a>,
    release: &Release<'a>,
    tables: &[Option<usize>],
    row: usize,
) -> PeriodResults<'a> {
    let evaluation = material.evaluation;
    let outcome = disclosed(material, row);
    let plan = evaluation.plan.rating.as_ref();
    let band = |at: Option<usize>| Some(&plan?.bands.get(at?)?.id);
    let in_full = |detail: Detail| detail == Detail::Scores;
    let nodes = evaluation.nodes.columns.iter().filter(|_| in_full(material.disclosure.dimensions));
    let nodes = nodes.map(|(id, column)| (id, column.value(row).filter(|_| !release.withholds(id, row))));
    let indicators = material.input.indicators().iter().enumerate();
    let indicators = indicators.filter(|_| in_full(material.disclosure.indicators));
    let marked = marks::marked(material, row);
    let indicators = indicators.filter_map(|(at, id)| {
        let observation = material.input.observation(at, row);
        let mark = marked.iter().find(|mark| mark.id == id);
        let revised = material.input.revision(at, row);
        if observation.origin.is_none() && mark.is_none() && revised.is_none() {
            return None;
        }
        if release.withholds(id, row) {
            return Some((id, IndicatorResult::withheld()));
        }
        let result = IndicatorResult {
            value: observation.cell.value(),
            absent: match observation.cell {
                Cell::Value(_) => None,
                Cell::Absent(absence) => Some(absence),
            },
            imputed: mark.and_then(|mark| mark.imputed),
            treated: mark.and_then(|mark| mark.treated),
            normalised: evaluation.column(id).and_then(|column| column.value(row)),
            origin: observation.origin.and_then(|origin| {
                let input = tables.get(usize::from(origin.file)).copied()??;
                Some(Source { input, line: origin.line, field: origin.field })
            }),
            revised: revised.map(|one| Revised { revision: one.revision, was: one.was.value() }),
        };
        Some((id, result))
    });
    PeriodResults {
        outcome,
        screened_out: evaluation.prepared.shortfall(row),
        rating: band(outcome.band),
        rating_by_score: outcome.held_by.and_then(|_| band(outcome.band_by_score)),
        held_back_by: outcome.held_by.and_then(|gate| Some(&plan?.gates.get(gate)?.id)),
        quarters: quarters(release, row),
        cross_check: cross_check::places(material, row),
        nodes: nodes.collect(),
        indicators: indicators.collect(),
    }
}

fn experts(plan: &Plan) -> IndexMap<&Id, IndexMap<&Id, BudgetShare>> {
    let by_node = plan.nodes.iter().filter_map(|node| match &node.rule {
        Rule::Aggregate { weighting: Weighting::Budget { of, experts, .. }, .. } => {
            Some((&node.id, of.iter().zip(budget_shares(experts)?).collect()))
        }
        _ => None,
    });
    by_node.collect()
}

/// What the index says of a row, as far as the audience may see it.
fn disclosed(material: Material<'_>, row: usize) -> Outcome {
    let outcome = material.evaluation.outcomes.get(row).copied().unwrap_or_default();
    match material.disclosure.audience {
        Audience::Internal => outcome,
        Audience::Public => {
            let mut shown = Outcome { band: outcome.band, ..Outcome::default() };
            shown.score = outcome.score.filter(|_| material.disclosure.scores);
            shown.rank = outcome.rank.filter(|_| material.disclosure.ranks);
            shown.rank_in_band = outcome.rank_in_band.filter(|_| material.disclosure.ranks);
            shown.band_by_score = outcome.band_by_score.filter(|_| material.disclosure.scores);
            shown.held_by = outcome.held_by.filter(|_| material.disclosure.scores);
            shown
        }
    }
}

fn quarters<'a>(release: &Release<'a>, row: usize) -> IndexMap<&'a Id, u8> {
    let ids = release.nodes().iter().chain(release.indicators());
    let quarters = ids.filter_map(|id| match release.result(id, row) {
        Shown::Quarter(quarter) => Some((*id, quarter)),
        Shown::Nothing | Shown::Score(_) => None,
    });
    quarters.collect()
}

/// The position in `inputs` of each table that was read.
fn table_inputs(material: Material<'_>) -> Vec<Option<usize>> {
    let position = |name: &str| material.files.iter().position(|file| file.name == name);
    material.input.files().iter().map(|table| position(&table.name)).collect()
}
