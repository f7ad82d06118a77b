//! What the log says of results, from the events before it.

use super::super::deeds::{Choice, Deed, bodies};
use super::super::open::Base;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::ledger::{Body, Day, Log, Source};
use crate::validate::ContestInput;

/// Comes to every signature, appeal and recount anew, from the events before it, and says
/// when a result changed after it was last signed.
pub(super) fn check(base: &Base, log: &Log, input: &ContestInput, now: &str, findings: &mut Findings) {
    for line in log.lines() {
        let deed = match &line.body {
            Body::Signed(signed) => Deed::Sign { of: &signed.of, role: &signed.role },
            Body::RecountDrawn(drawn) => Deed::DrawRecount(Choice {
                id: &drawn.recount,
                stage: &drawn.stage,
                top: drawn.top,
                sample: drawn.sample,
                public: &drawn.public,
            }),
            Body::Recounted(counted) => Deed::Recount(&counted.recount),
            Body::AppealOpened(opened) => Deed::Appeal {
                id: &opened.appeal,
                entry: &opened.entry,
                stage: &opened.stage,
                reason: &opened.reason,
            },
            Body::AppealDecided(decided) => {
                Deed::Decide { id: &decided.appeal, upheld: decided.upheld, reason: &decided.reason }
            }
            _ => continue,
        };
        let earlier = log.until(line.seq - 1);
        let then = Base { log: Some(earlier.clone()), ..base.clone() };
        let again = bodies(&then, input, &Day::of(&earlier), &line.by, &deed, &mut Findings::new());
        let again = again.as_deref().unwrap_or_default();
        if again != std::slice::from_ref(&line.body) && !read_other_files(&line.body, again) {
            let seq = line.seq;
            findings.push(
                Finding::new(
                    Code::RecordDiffers,
                    bilingual!(
                        "第 {seq} 件事所记的成绩，与按此前各事重算的不同",
                        "event {seq} records a result that is not what the events before it come to"
                    ),
                    bilingual!(
                        "以重算为准，查明日志由谁改动",
                        "trust the recomputation, and find out who changed the log"
                    ),
                )
                .at(log.place(seq)),
            );
        }
    }
    let last = log.lines().iter().rev().find_map(|line| match &line.body {
        Body::Signed(signed) => Some((line, signed)),
        _ => None,
    });
    if let Some((line, signed)) = last.filter(|(_, signed)| signed.result_sha256 != now) {
        let (of, by) = (&signed.of, &line.by);
        findings.push(
            Finding::new(
                Code::SignatureStale,
                bilingual!("{by} 签署“{of}”之后成绩又有变动", "the result changed after {by} signed `{of}`"),
                bilingual!("重新签署", "have it signed again"),
            )
            .at(log.place(line.seq)),
        );
    }
}

/// Whether a recount cannot be made again because its files changed, which is said
/// of the files.
fn read_other_files(body: &Body, again: &[Body]) -> bool {
    let (Body::Recounted(one), [Body::Recounted(other)]) = (body, again) else { return false };
    let changed = |source: &Source| {
        let same = other.sources.iter().find(|new| new.path == source.path && new.sheet == source.sheet);
        same.is_some_and(|new| new.sha256 != source.sha256)
    };
    one.sources.iter().any(changed)
}
