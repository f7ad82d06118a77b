use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::numeric::Exact;
use crate::plan::{Axis, Criterion, Operation, Part, Rubric, Scheme, Term};

use super::super::document::{Document, Step, at};
use super::axes::{Axes, name, needs, removes};
use super::ids::unknown;

/// Checks the parts of every scheme and gives the axes that each part leaves, by
/// scheme and part.
pub(super) fn check(rubric: &Rubric, document: &Document, findings: &mut Findings) -> Vec<Vec<Axes>> {
    let schemes = rubric.schemes.iter().enumerate();
    schemes
        .map(|(index, scheme)| {
            check_criteria(rubric, scheme, &at!["scheme", index], document, findings);
            check_scheme(scheme, &at!["scheme", index], document, findings)
        })
        .collect()
}

fn check_criteria(
    rubric: &Rubric,
    scheme: &Scheme,
    at: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    for (index, criterion) in scheme.criteria.iter().enumerate() {
        let place = |key: &str| document.place(&[at, &at!["criterion", index, key]].concat());
        if let (Some(low), Some(high)) = (&criterion.low, &criterion.high)
            && low >= high
        {
            findings.push(scale_of_nothing(low, high).at(place("low")));
        }
        if let Some(panel) = criterion.panel.as_ref().filter(|panel| rubric.panel(panel).is_none()) {
            let known = rubric.panels.iter().map(|panel| &panel.id);
            findings.push(unknown(("评委组", "panel"), panel.as_str(), known).at(place("panel")));
        }
        if criterion.event.is_some() && (criterion.panel.is_some() || criterion.per_attempt) {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!(
                        "来自事项的评分项没有评委，也不分动作",
                        "a criterion taken from events has no panel and no attempts"
                    ),
                    bilingual!(
                        "删去 `panel`、`per_attempt` 或 `event`",
                        "delete `panel` and `per_attempt`, or `event`"
                    ),
                )
                .at(place("event")),
            );
        }
    }
}

fn check_scheme(scheme: &Scheme, at: &[Step], document: &Document, findings: &mut Findings) -> Vec<Axes> {
    let mut left: Vec<Axes> = Vec::new();
    for (index, part) in scheme.parts.iter().enumerate() {
        let at = [at, &at!["part", index]].concat();
        let start = start_of(scheme, part, &left, &at, document, findings);
        let axes = walk(
            &part.steps,
            start,
            part.marks.len() == 1,
            &[&at[..], &at!["steps"]].concat(),
            document,
            findings,
        );
        left.push(axes);
    }
    let place = document.place(&[at, &at!["score"]].concat());
    match scheme.part(&scheme.score) {
        None => {
            let known = scheme.parts.iter().map(|part| &part.id);
            findings.push(unknown(("分项", "part"), scheme.score.as_str(), known).at(place));
        }
        Some(part) => {
            let axes = left.get(part).copied().unwrap_or_default();
            if !axes.is_empty() {
                findings.push(several(&scheme.score.to_string(), axes).at(place));
            }
        }
    }
    left
}

/// A part that must be one number per entry and is several.
pub(super) fn several(part: &str, axes: Axes) -> Finding {
    let Bilingual { zh, en } = axes.named();
    Finding::new(
        Code::BadStep,
        bilingual!(
            "分项“{part}”没有归成一个数：还分{zh}",
            "the part `{part}` is not one number: it still differs by {en}"
        ),
        bilingual!(
            "在它的 `steps` 末尾加上 `{{ do = \"mean\", over = \"…\" }}` 或 `{{ do = \"sum\", over = \"…\" }}`",
            "end its `steps` with `{{ do = \"mean\", over = \"…\" }}` or `{{ do = \"sum\", over = \"…\" }}`"
        ),
    )
}

fn start_of(
    scheme: &Scheme,
    part: &Part,
    left: &[Axes],
    at: &[Step],
    document: &Document,
    findings: &mut Findings,
) -> Axes {
    let id = &part.id;
    if part.marks.is_empty() == part.terms.is_empty() {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!("分项“{id}”应写 `marks` 或 `terms`，二者取一", "the part `{id}` has `marks` or `terms`, one of them"),
                bilingual!(
                    "由评分而来写 `marks = [\"…\"]`，由别的分项而来写 `terms = [{{ part = \"…\" }}]`",
                    "write `marks = [\"…\"]` if it comes from marks, `terms = [{{ part = \"…\" }}]` if from other parts"
                ),
            )
            .at(document.place(at)),
        );
        return Axes::default();
    }
    if part.terms.is_empty() {
        return of_marks(scheme, part, at, document, findings);
    }
    let mut axes = Axes::default();
    for (index, term) in part.terms.iter().enumerate() {
        let place = document.place(&[at, &at!["terms", index]].concat());
        let own = match of_term(scheme, term, left) {
            Ok(own) => own,
            Err(finding) => {
                findings.push((*finding).at(place));
                continue;
            }
        };
        match axes.joined(own) {
            Some(joined) => axes = joined,
            None => {
                let (Bilingual { zh: a, en: b }, Bilingual { zh: c, en: d }) = (axes.named(), own.named());
                findings.push(
                    Finding::new(
                        Code::BadStep,
                        bilingual!(
                            "此项分{c}，前面各项分{a}，无法相加",
                            "this term differs by {d} and those before it by {b}: they cannot be added"
                        ),
                        bilingual!("先把其中一个分项归成一个数", "make one number of one of the parts first"),
                    )
                    .at(place),
                );
            }
        }
    }
    axes
}

fn of_term(scheme: &Scheme, term: &Term, left: &[Axes]) -> Result<Axes, Box<Finding>> {
    match (&term.part, &term.attempt, &term.round, &term.stage) {
        (Some(part), None, None, None) => {
            let earlier = scheme.parts.iter().take(left.len());
            match earlier.clone().position(|earlier| earlier.id == *part).and_then(|at| left.get(at)) {
                Some(axes) => Ok(*axes),
                None => {
                    let known = earlier.map(|part| &part.id);
                    Err(Box::new(unknown(("前面的分项", "earlier part"), part.as_str(), known)))
                }
            }
        }
        (None, Some(_), None, None) => Ok(Axes::default().with(Axis::Attempts, true)),
        _ => Err(Box::new(Finding::new(
            Code::BadValue,
            bilingual!(
                "此处的项是 `part` 或 `attempt`，二者取一",
                "a term here is a `part` or an `attempt`, one of them"
            ),
            bilingual!(
                "轮次和阶段的得分在 `[stage.score]` 中相加",
                "scores of rounds and stages are added in `[stage.score]`"
            ),
        ))),
    }
}

fn of_marks(scheme: &Scheme, part: &Part, at: &[Step], document: &Document, findings: &mut Findings) -> Axes {
    let place = |index: usize| document.place(&[at, &at!["marks", index]].concat());
    let mut criteria: Vec<&Criterion> = Vec::new();
    for (index, id) in part.marks.iter().enumerate() {
        match scheme.criteria.iter().find(|criterion| criterion.id == *id) {
            Some(criterion) => {
                let unlike = criteria.first().is_some_and(|first| form(first) != form(criterion));
                if unlike {
                    findings.push(unlike_marks(criterion).at(place(index)));
                }
                criteria.push(criterion);
            }
            None => {
                let known = scheme.criteria.iter().map(|criterion| &criterion.id);
                findings.push(unknown(("评分项", "criterion"), id.as_str(), known).at(place(index)));
            }
        }
    }
    let first = criteria.first();
    Axes::default()
        .with(Axis::Judges, first.is_some_and(|first| first.panel.is_some()))
        .with(Axis::Criteria, part.marks.len() > 1)
        .with(Axis::Attempts, first.is_some_and(|first| first.per_attempt))
        .with(Axis::Members, first.is_some_and(|first| first.per_member))
}

fn form(criterion: &Criterion) -> (Option<&str>, bool, bool) {
    (criterion.panel.as_ref().map(|panel| panel.as_str()), criterion.per_member, criterion.per_attempt)
}

fn scale_of_nothing(low: &Exact, high: &Exact) -> Finding {
    Finding::new(
        Code::BadValue,
        bilingual!(
            "最低分 {low} 不小于最高分 {high}",
            "the lowest mark {low} is not below the highest {high}"
        ),
        bilingual!("`low` 写较小的数，`high` 写较大的数", "write the smaller number as `low`"),
    )
}

fn unlike_marks(criterion: &Criterion) -> Finding {
    let id = &criterion.id;
    Finding::new(
        Code::BadStep,
        bilingual!(
            "评分项“{id}”与本分项的第一项不同组评委，或不同样分选手、动作",
            "the criterion `{id}` has another panel than the first of this part, or differs in members or attempts"
        ),
        bilingual!("写成两个分项，再用 `terms` 相加", "make two parts and add them with `terms`"),
    )
}

/// Follows the steps; a step that does not find what it works on is a finding.
pub(super) fn walk(
    steps: &[Operation],
    start: Axes,
    sole: bool,
    list: &[Step],
    document: &Document,
    findings: &mut Findings,
) -> Axes {
    let (mut axes, mut lost) = (start, false);
    for (index, step) in steps.iter().enumerate() {
        let place = || document.place(&[list, &at![index]].concat());
        let weighs = matches!(step, Operation::Weigh {}) && !sole;
        let needed = needs(step).or(weighs.then_some(Axis::Criteria));
        if let Some(axis) = needed.filter(|axis| !axes.has(*axis)) {
            lost = true;
            let (axis, there) = (name(axis), axes.named());
            let (zh, en, a, b) = (axis.zh, axis.en, there.zh, there.en);
            findings.push(
                Finding::new(
                    Code::BadStep,
                    bilingual!(
                        "这一步要对{zh}进行，而此处的数只分：{a}",
                        "this step works over {en}, and here numbers differ by: {b}"
                    ),
                    bilingual!("改 `over`，或调整步骤的顺序", "change `over`, or the order of the steps"),
                )
                .at(place()),
            );
        }
        if let Operation::Bands { bands } = step {
            let rising = bands.windows(2).all(|pair| matches!(pair, [a, b] if a.over < b.over));
            if !rising {
                findings.push(
                    Finding::new(
                        Code::BadValue,
                        bilingual!("各档的 `over` 没有从小到大排列", "the bands' `over` do not rise"),
                        bilingual!("从小到大排列", "put them in rising order"),
                    )
                    .at(place()),
                );
            }
        }
        if let Some(axis) = removes(step) {
            axes = axes.without(axis);
        }
    }
    // What follows from a step that went wrong need not be said.
    if lost { Axes::default() } else { axes }
}
