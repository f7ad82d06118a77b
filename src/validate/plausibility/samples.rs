use super::few::{self, Doubt};
use super::ground::Ground;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};

/// Doubts values that rest on few cases.
pub(super) fn report(ground: &Ground<'_>, findings: &mut Findings) {
    let check = &ground.plan.small_sample;
    let below = check.below;
    for (variable, spec) in ground.variables(&check.except).filter(|_| check.on) {
        let sampled = ground.observed(variable);
        let sampled: Vec<(usize, u32)> =
            sampled.filter_map(|(row, _)| Some((row, ground.sample(variable, row)?.n?))).collect();
        let small: Vec<(usize, u32)> = sampled.iter().copied().filter(|(_, n)| *n < below).collect();
        let (count, all) = (small.len(), sampled.len());
        let doubts = small.into_iter().filter_map(|(row, n)| {
            let Bilingual { zh: unit_zh, en: unit_en } = ground.unit_named(row);
            let (name_zh, name_en) = (&spec.name.zh, &spec.name.en);
            let finding = Finding::new(
                Code::SmallSample,
                bilingual!(
                    "{unit_zh}的“{name_zh}”样本量为 {n}，不足 {below}（{all} 个有样本量的单位中有 {count} 个如此）",
                    "`{name_en}` of {unit_en} rests on a sample of {n}, fewer than {below} (as do {count} of the {all} units with samples)"
                ),
                bilingual!(
                    "补足样本；做不到则留空，按缺失处理",
                    "enlarge the sample; if that cannot be, leave the value empty, and it counts as missing"
                ),
            );
            Some(Doubt { row, size: -f64::from(n), finding: finding.at(ground.sample_place(variable, row)?) })
        });
        let doubts = doubts.collect();
        let what = bilingual!("样本量不足 {below}", "rests on fewer than {below} cases");
        few::report(ground, variable, &what, doubts, findings);
    }
}
