//! What the stages before normalisation did to the values of a row, as result
//! tables say it.

use super::Material;
use crate::model::Id;
use crate::plan::{Plan, Treatment};

/// The columns that `results.csv` has for it: only for stages that the plan runs.
pub(super) fn header(plan: &Plan) -> Vec<String> {
    let mut names = Vec::new();
    if plan.screen.is_some() {
        names.push("screened_out".to_owned());
    }
    if plan.indicators.iter().any(|indicator| !indicator.impute.is_none()) {
        names.push("imputed".to_owned());
    }
    if plan.indicators.iter().any(|indicator| !indicator.treat.is_none()) {
        names.extend(["moved", "transformed"].map(str::to_owned));
    }
    names
}

/// The fields under [`header`]: the indicators concerned, with `;` between them.
pub(super) fn record(material: Material<'_>, row: usize) -> Vec<String> {
    let evaluation = material.evaluation;
    let list = |ids: Vec<&Id>| ids.into_iter().map(Id::as_str).collect::<Vec<_>>().join(";");
    let mut fields = Vec::new();
    for name in header(&evaluation.plan) {
        let marked = |is: &dyn Fn(&Marked<'_>) -> bool| {
            list(marked(material, row).into_iter().filter(|one| is(one)).map(|one| one.id).collect())
        };
        fields.push(match name.as_str() {
            "screened_out" => evaluation.prepared.shortfall(row).is_some().to_string(),
            "imputed" => marked(&|one| one.imputed.is_some()),
            "moved" => marked(&|one| one.moved),
            _ => marked(&|one| one.transformed),
        });
    }
    fields
}

/// What was done to a value.
pub(super) struct Marked<'a> {
    pub(super) id: &'a Id,
    /// What was filled in.
    pub(super) imputed: Option<f64>,
    /// Whether it was moved inwards.
    pub(super) moved: bool,
    /// Whether its pool was transformed.
    pub(super) transformed: bool,
    /// The value after treatment, where that changed it.
    pub(super) treated: Option<f64>,
}

/// The values of a row that a stage filled in, moved or transformed.
pub(super) fn marked(material: Material<'_>, row: usize) -> Vec<Marked<'_>> {
    let (plan, prepared) = (&material.evaluation.plan, &material.evaluation.prepared);
    let period = material.input.panel().row(row).period;
    let indicators = plan.indicators.iter().zip(&prepared.marks).enumerate();
    indicators
        .filter(|(_, (indicator, _))| !indicator.impute.is_none() || indicator.treat != Treatment::None)
        .filter_map(|(at, (indicator, marks))| {
            let filled = marks.imputed.binary_search(&row).is_ok();
            let moved = marks.moved.binary_search(&row).is_ok();
            let mut pools = marks.treatments.iter();
            let transformed = pools
                .any(|one| one.transform.is_some() && one.period.is_none_or(|of| of == period))
                && prepared.treated.column(at).is_some_and(|column| column.value(row).is_some());
            let value = prepared.imputed.column(at).and_then(|column| column.value(row));
            let treated = prepared.treated.column(at).and_then(|column| column.value(row));
            (filled || moved || transformed).then(|| Marked {
                id: &indicator.id,
                imputed: value.filter(|_| filled),
                moved,
                transformed,
                treated: treated.filter(|_| moved || transformed),
            })
        })
        .collect()
}
