use std::path::Path;

use benchline::diagnostics::{Bilingual, Failure, Findings};
use benchline::project::{self, Audit, ScoredProject, Selection};
use benchline::robustness::{DrawFailure, Estimate, Robustness, Variant};
use serde_json::Value as Json;

use crate::cli::args::Drawing;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Units shown; the files have all.
const SHOWN: usize = 10;

/// Alternatives of an assumption that are shown one by one.
const ALTERNATIVES: usize = 8;

/// Audits the project, shows how sure its ranks are, and writes the files of the
/// audit if a folder is named.
pub fn run(
    folder: &Path,
    drawing: Drawing,
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let scored = project::open(folder, &mut findings).and_then(|mut open| {
        drawing.apply(open.definition.project.robustness.get_or_insert_default());
        project::score(open, &mut findings)
    });
    let sound = scored.as_ref().filter(|_| !findings.has_errors());
    let audited = sound.and_then(|scored| Some((scored, scored.audit(&mut findings)?)));
    if let (Some((scored, _)), Some(out)) = (audited, out) {
        reporter.while_shown(|on_step| {
            project::publish(scored, Selection::Audit.into(), out, on_step, &mut findings)
        })?;
    }
    let text = || audited.as_ref().map(|(scored, audit)| summary(scored, audit, reporter));
    let json = match (&audited, reporter.wants_json()) {
        (Some((_, audit)), true) => Some(json(audit)?),
        _ => None,
    };
    reporter.finish(folder, findings, text, || json)
}

fn json(audit: &Audit) -> Result<Json, Failure> {
    serde_json::to_value(audit).map_err(|error| Failure::Internal(format!("audit: {error}")))
}

/// The findings of an audit as tables.
fn summary(scored: &ScoredProject, audit: &Audit, reporter: &Reporter) -> String {
    let found = &audit.robustness;
    let parts = [
        assumptions(found, reporter),
        sources(found, reporter),
        units(scored, found, reporter),
        sensitivity(found, reporter),
        reuse(found, reporter),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => reporter
            .say(
                "没有可以变动的假设，也没有带样本量的数值；在 benchline.toml 写 [robustness]（见 docs/robustness.md）\n",
                "nothing to vary, and no value rests on a sample; declare [robustness] in benchline.toml (docs/robustness.md)\n",
            )
            .to_owned(),
        _ => parts.join("\n"),
    }
}

fn assumptions(found: &Robustness, reporter: &Reporter) -> String {
    if found.assumptions.is_empty() {
        return String::new();
    }
    let words = [
        ("变动的假设", "assumption"),
        ("可选做法", "alternative"),
        ("抽取次数", "draws"),
        ("失败", "failed"),
    ];
    let mut rows = vec![heads(&words, reporter)];
    for assumption in &found.assumptions {
        let rest = assumption.alternatives.len().saturating_sub(ALTERNATIVES);
        for (at, one) in assumption.alternatives.iter().take(ALTERNATIVES).enumerate() {
            let name = if at == 0 { assumption.name.get(reporter.lang) } else { "" };
            let alternative = one.name.get(reporter.lang).to_owned();
            rows.push(vec![name.to_owned(), alternative, one.draws.to_string(), one.failed.to_string()]);
        }
        if rest > 0 {
            let more = match reporter.say("zh", "en") {
                "zh" => format!("…… 另 {rest} 种"),
                _ => format!("… and {rest} more"),
            };
            let others = assumption.alternatives.iter().skip(ALTERNATIVES);
            let (draws, failed) =
                others.fold((0, 0), |(draws, failed), one| (draws + one.draws, failed + one.failed));
            rows.push(vec![String::new(), more, draws.to_string(), failed.to_string()]);
        }
    }
    aligned(&rows)
}

fn sources(found: &Robustness, reporter: &Reporter) -> String {
    let words = [
        ("不确定性来源", "source of doubt"),
        ("", ""),
        ("抽取次数", "draws"),
        ("失败", "failed"),
        ("平均名次变动", "mean rank change"),
        ("名次区间宽度中位数", "median width of 90 % of ranks"),
    ];
    let named = [
        (&found.by_sampling, ("抽样误差", "sampling error")),
        (&found.by_assumptions, ("假设", "assumptions")),
        (&found.together, ("两者一起", "both together")),
    ];
    let row = |variant: &Variant, (zh, en): (&str, &str)| {
        vec![
            reporter.say(zh, en).to_owned(),
            String::new(),
            variant.draws.to_string(),
            variant.failed.to_string(),
            format!("{:.2}", variant.mean_rank_change),
            format!("{:.1}", variant.median_rank_width),
        ]
    };
    let lines: Vec<Vec<String>> =
        named.iter().filter_map(|(variant, name)| Some(row(variant.as_ref()?, *name))).collect();
    if lines.is_empty() {
        return String::new();
    }
    let mut text = aligned(&std::iter::once(heads(&words, reporter)).chain(lines).collect::<Vec<_>>());
    for (variant, _) in &named {
        text += &failures(variant.as_ref().map_or(&[], |variant| &variant.failures), reporter);
    }
    text
}

fn failures(failures: &[DrawFailure], reporter: &Reporter) -> String {
    let line = |failure: &DrawFailure| {
        let Bilingual { zh, en } = &failure.reason;
        let count = failure.draws;
        match reporter.say("zh", "en") {
            "zh" => format!("  {count} 次没有结果：{zh}\n"),
            _ => format!("  {count} draws without a result: {en}\n"),
        }
    };
    failures.iter().take(5).map(line).collect()
}

/// The first units by rank, with what the draws say of them.
fn units(scored: &ScoredProject, found: &Robustness, reporter: &Reporter) -> String {
    let Some(variant) = found.overall() else { return String::new() };
    let top = found.top.first().copied();
    let in_top = top.map_or(String::new(), |top| format!("{} {top}", reporter.say("前", "top")));
    let mut head = heads(
        &[
            ("名次", "rank"),
            ("名称", "name"),
            ("名次 5%–95%", "ranks 5–95 %"),
            ("得分 5%–95%", "scores 5–95 %"),
            ("本评级的抽取占比", "draws in its band"),
        ],
        reporter,
    );
    head.extend(top.map(|_| in_top));
    let mut rows = vec![head];
    let units = scored.project.input.panel().units();
    let start = scored.project.input.panel().rows_of(scored.project.input.edition()).start;
    let mut order: Vec<_> = variant.units.iter().collect();
    order.sort_by(|a, b| a.nominal_rank.total_cmp(&b.nominal_rank).then(a.unit.cmp(&b.unit)));
    for one in order.into_iter().take(SHOWN) {
        let band = scored.evaluation.outcomes.get(start + one.unit).and_then(|outcome| outcome.band);
        let share =
            band.and_then(|band| one.bands.get(band)).map_or("—".to_owned(), |share| percent(*share));
        let mut row = vec![
            one.nominal_rank.to_string(),
            units.get(one.unit).map_or(String::new(), |unit| unit.name.get(reporter.lang).to_owned()),
            one.rank.map_or("—".to_owned(), |rank| format!("{}–{}", rank.q05.round(), rank.q95.round())),
            one.score.map_or("—".to_owned(), |score| format!("{:.1}–{:.1}", score.q05, score.q95)),
            share,
        ];
        row.extend(one.top.first().map(|share| percent(*share)));
        rows.push(row);
    }
    aligned(&rows)
}

fn sensitivity(found: &Robustness, reporter: &Reporter) -> String {
    let Some(sensitivity) = &found.sensitivity else { return String::new() };
    let words =
        [("名次变动的来由", "what drives ranks"), ("", ""), ("单独", "first order"), ("含交互", "total")];
    let mut rows = vec![heads(&words, reporter)];
    let shown = |one: &Estimate| format!("{:.2} ({:.2}–{:.2})", one.value, one.low, one.high);
    rows.extend(sensitivity.indices.iter().filter_map(|index| {
        let assumption = found.assumptions.get(index.assumption)?;
        let name = assumption.name.get(reporter.lang).to_owned();
        Some(vec![name, String::new(), shown(&index.first), shown(&index.total)])
    }));
    aligned(&rows) + &failures(&sensitivity.failures, reporter)
}

fn reuse(found: &Robustness, reporter: &Reporter) -> String {
    let reuse = found.reuse;
    if reuse.needed == 0 {
        return String::new();
    }
    let (needed, computed, rate) = (reuse.needed, reuse.computed, percent(reuse.hit_rate));
    match reporter.say("zh", "en") {
        "zh" => format!("标准化列：需要 {needed} 列，只算 {computed} 列，缓存命中率 {rate}\n"),
        _ => format!(
            "columns on the common scale: {needed} needed, {computed} computed, cache hit rate {rate}\n"
        ),
    }
}

fn percent(share: f64) -> String {
    // Almost all is not all.
    let percent = (share * 1_000.0).floor() / 10.0;
    if share >= 1.0 { "100 %".to_owned() } else { format!("{percent:.1} %") }
}

fn heads(words: &[(&str, &str)], reporter: &Reporter) -> Vec<String> {
    words.iter().map(|(zh, en)| reporter.say(zh, en).to_owned()).collect()
}
