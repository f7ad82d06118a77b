use serde::Serialize;

use super::open::PROJECT_FILE;
use super::score::ScoredProject;
use crate::coherence::{self, Coherence, Thresholds};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual};
use crate::report::AuditMaterial;
use crate::robustness::{Robustness, Variant, robustness};

/// Most results that an audit keeps at once: draws times units.
const MOST_RESULTS: u64 = 100_000_000;

/// What an audit of an edition found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Audit {
    /// How sure ranks and ratings are.
    pub robustness: Robustness,
    /// Whether data, structure and weights fit.
    pub coherence: Coherence,
}

impl Audit {
    /// What its documents are made from.
    pub fn material(&self) -> AuditMaterial<'_> {
        AuditMaterial { robustness: &self.robustness, coherence: &self.coherence }
    }
}

/// Audits a scored project as its `[robustness]` table declares; without one,
/// sampling error is carried and nothing is varied. Draws that fail are findings;
/// `None` if none gave a result.
pub fn audit(scored: &ScoredProject, findings: &mut Findings) -> Option<Audit> {
    let definition = &scored.project.definition;
    let plan = definition.project.robustness.clone().unwrap_or_default();
    let place = || match definition.project.robustness {
        Some(_) => definition.place(&["robustness".into()]),
        None => Place::file(PROJECT_FILE),
    };
    let (input, framework) = (&scored.project.input, &scored.project.framework.framework);
    let units = input.panel().units().len() as u64;
    if u64::from(plan.draws).saturating_mul(units) > MOST_RESULTS {
        findings.push(too_many(plan.draws, units).at(place()));
        return None;
    }
    // The definition refuses a negative seed.
    let seed = u64::try_from(definition.project.seed).unwrap_or(0);
    let robustness = robustness(input, framework, &scored.evaluation, &plan, seed);
    let variants = [
        (&robustness.by_sampling, bilingual!("抽样误差", "sampling error")),
        (&robustness.by_assumptions, bilingual!("假设", "assumptions")),
        (&robustness.together, bilingual!("两者一起", "both together")),
    ];
    let mut possible = true;
    for (variant, source) in variants.iter().filter_map(|(variant, name)| Some((variant.as_ref()?, name))) {
        findings.extend(failed(variant, source).map(|finding| finding.at(place())));
        possible &= variant.draws > 0;
    }
    let coherence = coherence::assess(input, framework, &scored.evaluation, Thresholds::default());
    possible.then_some(Audit { robustness, coherence })
}

/// What is to be said of draws that failed.
fn failed(variant: &Variant, source: &Bilingual) -> Option<Finding> {
    let first = variant.failures.first()?;
    let (zh, en) = (&first.reason.zh, &first.reason.en);
    let (source_zh, source_en) = (&source.zh, &source.en);
    let (failed, all) = (variant.failed, variant.failed + variant.draws);
    let code = if variant.draws == 0 { Code::NoDraws } else { Code::DrawsFailed };
    Some(Finding::new(
        code,
        bilingual!(
            "“{source_zh}”的 {all} 次抽取中有 {failed} 次没有结果，主要因为：{zh}",
            "{failed} of {all} draws of {source_en} gave no result, mostly because: {en}"
        ),
        bilingual!("按原因调整或删去那种做法", "change or delete the alternative that leads to it"),
    ))
}

fn too_many(draws: u32, units: u64) -> Finding {
    let most = MOST_RESULTS / units.max(1);
    Finding::new(
        Code::TooManyDraws,
        bilingual!(
            "{draws} 次抽取、{units} 个单位，内存装不下",
            "{draws} draws of {units} units are more than memory holds"
        ),
        bilingual!("把 `draws` 减到 {most} 以下", "bring `draws` down to {most}"),
    )
}
