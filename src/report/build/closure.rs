use serde_json::json;

use super::Scope;
use crate::index::{ClosureGap, NodeSpread};
use crate::plan::Detail;
use crate::report::view::{ScatterPlot, ScatterPoint};
use crate::report::{TemplateError, layout, release};

/// What sentences may say of the claimed and the found.
pub(super) fn context(scope: &Scope<'_>) -> Option<serde_json::Value> {
    let gap = scope.material.overview.closure_gap.as_ref()?;
    let plain = |value: f64| scope.numbers.value(value, 1);
    let rounded = |value: f64| crate::numeric::round_to(value, 1, crate::numeric::Rounding::HalfEven);
    let measure = scope.material.framework.indicator(&gap.signal.achieved);
    Some(json!({
        "units": scope.units_noun(),
        "claimed": scope.name_of(&gap.signal.claimed),
        "achieved": scope.name_of(&gap.signal.achieved),
        "claimed_median": plain(gap.claimed.median),
        "achieved_median": plain(gap.achieved.median),
        "median": plain(gap.gap.median),
        "positive": rounded(gap.gap.median) > 0.0,
        "measure": measure.map(|spec| scope.text(&spec.measure)),
        "percent": measure.is_some_and(|spec| spec.measure.zh == "%"),
        "wide": scope.numbers.plain(gap.signal.wide),
        "wide_count": gap.wide.count,
        "wide_share": scope.numbers.percent(gap.wide.share()),
        "n": gap.points.len(),
    }))
}

/// The headline of the page of the dimension that holds what was found.
pub(super) fn headline(scope: &Scope<'_>) -> Result<String, TemplateError> {
    scope.words.say("national_closure_headline", context(scope))
}

/// The scatter plot, on that dimension, where values of units may be shown.
pub(super) fn of_dimension(
    scope: &Scope<'_>,
    node: &NodeSpread,
) -> Result<Option<ScatterPlot>, TemplateError> {
    let overview = scope.material.overview;
    let Some(gap) = &overview.closure_gap else { return Ok(None) };
    let holder = overview.indicators.iter().find(|one| one.id == gap.signal.achieved);
    let here = holder.and_then(|one| one.dimension.as_ref()) == Some(&node.id);
    if !here || scope.material.disclosure.indicators != Detail::Scores {
        return Ok(None);
    }
    scatter(scope, gap).map(Some)
}

fn scatter(scope: &Scope<'_>, gap: &ClosureGap) -> Result<ScatterPlot, TemplateError> {
    let context = context(scope);
    let axis_title = |id: &crate::model::Id| {
        let measure = scope.material.framework.indicator(id).map_or("", |spec| scope.text(&spec.measure));
        scope.words.say("national_axis", json!({ "name": scope.name_of(id), "measure": measure }))
    };
    let told = |unit: usize| {
        let withheld = release::withheld(scope.material, scope.row(unit));
        withheld.contains(&gap.signal.claimed) || withheld.contains(&gap.signal.achieved)
    };
    let points: Vec<(f64, f64)> =
        gap.points.iter().filter(|(unit, ..)| !told(*unit)).map(|(_, x, y)| (*x, *y)).collect();
    let x: Vec<f64> = points.iter().map(|(claimed, _)| *claimed).collect();
    let y: Vec<f64> = points.iter().map(|(_, achieved)| *achieved).collect();
    Ok(ScatterPlot {
        words: scope.chart_words("national_closure", &context)?,
        x: layout::axis_in(&x, 90.0, &axis_title(&gap.signal.claimed)?),
        // The line of equal values is worth its place on the axis.
        y: layout::axis(
            &y,
            &[gap.claimed.median.max(gap.achieved.median)],
            &axis_title(&gap.signal.achieved)?,
        ),
        points: points
            .iter()
            .map(|(x, y)| ScatterPoint { x: *x, y: *y, wide: x - y > gap.signal.wide + 1e-9 })
            .collect(),
        equal_text: scope.words.say("national_closure_equal", &context)?,
        wide: gap.signal.wide,
        wide_text: scope.words.say("national_closure_wide", &context)?,
    })
}
