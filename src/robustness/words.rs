use serde::Serialize;
use serde_json::Value as Json;

use crate::diagnostics::{Bilingual, bilingual};
use crate::plan::{MethodDoc, Vary, methods};

/// Words for choices and alternatives.
pub(super) struct Words {
    methods: Vec<MethodDoc>,
}

impl Words {
    pub(super) fn new() -> Self {
        Self { methods: methods() }
    }

    /// A choice of a method in a line: what it does, and what it is told.
    pub(super) fn method(&self, stage: &str, choice: &impl Serialize) -> Bilingual {
        // Plans are plain data with text keys, which JSON can always write.
        let json = serde_json::to_value(choice).unwrap_or_default();
        let (word, rest) = match &json {
            Json::Object(keys) => {
                let word = ["method", "policy", "by"].iter().find_map(|key| keys.get(*key)?.as_str());
                let tag = |key: &str| ["method", "policy", "by"].contains(&key);
                let usual = |key: &str, value: &Json| key == "over" && value.as_str() == Some("period");
                let plain = |(key, value): &(&String, &Json)| !(tag(key) || usual(key, value));
                let rest = keys.iter().filter(plain).map(|(key, value)| said(key, value));
                (word.unwrap_or_default(), rest.collect::<Vec<_>>().join(", "))
            }
            _ => (json.as_str().unwrap_or_default(), String::new()),
        };
        let known = self.methods.iter().find(|one| one.stage == stage && one.name == word);
        let line = known.map_or_else(|| Bilingual::same(word), |one| one.line.clone());
        match rest.as_str() {
            "" => line,
            _ => {
                let Bilingual { zh, en } = line;
                bilingual!("{zh}（{rest}）", "{en} ({rest})")
            }
        }
    }
}

/// A parameter as a definition file writes it, without quotation marks.
fn said(key: &str, value: &Json) -> String {
    match value {
        Json::String(text) => format!("{key} = {text}"),
        Json::Number(number) => match number.as_f64() {
            Some(number) => format!("{key} = {number}"),
            None => format!("{key} = {number}"),
        },
        _ => format!("{key} = {value}"),
    }
}

/// What is declared.
pub(super) fn declared() -> Bilingual {
    bilingual!("按方案", "as declared")
}

/// What a choice is called.
pub(super) fn name(vary: &Vary) -> Bilingual {
    match vary {
        Vary::Imputation { .. } => bilingual!("缺失值填补", "Imputation"),
        Vary::Treatment { .. } => bilingual!("异常值处理", "Outlier treatment"),
        Vary::Normalisation { .. } => bilingual!("标准化", "Normalisation"),
        Vary::WeightNoise { .. } => bilingual!("权重扰动", "Noise on weights"),
        Vary::WeightDirichlet { .. } => bilingual!("随机权重", "Random weights"),
        Vary::WeightSets { .. } => bilingual!("权重方案", "Weight sets"),
        Vary::WeightExperts { node, .. } => {
            bilingual!("“{node}”的专家权重", "Experts’ weights of `{node}`")
        }
        Vary::Weighting { .. } => bilingual!("赋权方法", "Weighting"),
        Vary::Aggregation { .. } => bilingual!("汇总方法", "Aggregation"),
        Vary::Missing { .. } => bilingual!("缺失下级的办法", "Policy for missing children"),
        Vary::Screening { .. } => bilingual!("数据完整度门槛", "Screening"),
        Vary::LeaveOut { .. } => bilingual!("去掉一个指标", "One indicator left out"),
    }
}
