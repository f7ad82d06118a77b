//! A statistical audit in plain words.

use serde_json::json;

use super::Scope;
use crate::coherence::{Coherence, Flag, FlagKind};
use crate::diagnostics::Lang;
use crate::report::view::{CoherenceFound, CoherenceReading, CoherenceTerm};
use crate::report::{Material, Numbers, TemplateError, Templates, Words};

/// The figures explained, in the order of the audit.
const TERMS: [&str; 9] =
    ["coverage", "shape", "crowding", "correlation", "p", "components", "alpha", "influence", "dominance"];

/// Every kind of finding, in the order of the audit.
const KINDS: [FlagKind; 14] = [
    FlagKind::UnitCoverage,
    FlagKind::IndicatorCoverage,
    FlagKind::Constant,
    FlagKind::Outliers,
    FlagKind::Ceiling,
    FlagKind::Ties,
    FlagKind::NegativeLink,
    FlagKind::WeakLink,
    FlagKind::DominantLink,
    FlagKind::Collinear,
    FlagKind::Size,
    FlagKind::Components,
    FlagKind::Alpha,
    FlagKind::Weight,
];

/// What an audit found, in words: of each kind what it means, what to do, and at
/// most `most` lines. Units are named only if `units` says that they may be.
pub fn coherence_reading(
    material: Material<'_>,
    audit: &Coherence,
    templates: &Templates,
    lang: Lang,
    (units, most): (bool, usize),
) -> Result<CoherenceReading, TemplateError> {
    let words = Words::new(templates, lang)?;
    let numbers = Numbers::new(material.framework.score, lang);
    let scope = Scope { material, words: &words, numbers, lang };
    let terms = TERMS.into_iter().map(|term| scope.term(audit, term)).collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for kind in KINDS {
        let flags: Vec<&Flag> = audit.flagged(kind).collect();
        if !flags.is_empty() {
            found.push(scope.found(kind, flags, units, most)?);
        }
    }
    Ok(CoherenceReading { terms, found, none: words.word("coherence_none")? })
}

impl Scope<'_> {
    fn term(&self, audit: &Coherence, key: &str) -> Result<CoherenceTerm, TemplateError> {
        let bounds = &audit.thresholds;
        let context = json!({
            "units": self.text(&self.material.framework.units),
            "coverage": self.whole_percent(bounds.coverage),
            "ceiling": self.whole_percent(bounds.ceiling),
            "skewness": self.numbers.plain(bounds.skewness),
            "kurtosis": self.numbers.plain(bounds.kurtosis),
            "weak": self.numbers.plain(bounds.weak),
            "redundant": self.numbers.plain(bounds.redundant),
            "alpha": self.numbers.plain(bounds.alpha),
        });
        let term = self.words.word(&format!("coherence_term_{key}"))?;
        Ok(CoherenceTerm { term, means: self.words.say(&format!("coherence_means_{key}"), context)? })
    }

    fn found(
        &self,
        kind: FlagKind,
        mut flags: Vec<&Flag>,
        units: bool,
        most: usize,
    ) -> Result<CoherenceFound, TemplateError> {
        let key = key_of(kind);
        flags.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
        let threshold = flags.first().and_then(|flag| flag.threshold);
        let context = json!({
            "units": self.text(&self.material.framework.units),
            "threshold": threshold.map_or(String::new(), |bound| match is_share(kind) {
                true => self.whole_percent(bound),
                false => self.numbers.plain(bound),
            }),
        });
        let said = |part: &str| self.words.say(&format!("coherence_{key}_{part}"), &context);
        let named: Vec<&&Flag> = flags.iter().filter(|flag| units || flag.unit.is_none()).collect();
        let shown = named.len().min(most);
        let items =
            named.iter().take(shown).map(|flag| self.item(key, flag)).collect::<Result<Vec<_>, _>>()?;
        let left = json!({ "more": self.numbers.count(flags.len() - shown) });
        let more = (shown > 0 && shown < flags.len()).then(|| self.words.say("coherence_more", left));
        Ok(CoherenceFound {
            kind: key.to_owned(),
            title: said("title")?,
            means: said("means")?,
            deed: said("deed")?,
            count: flags.len(),
            items,
            more: more.transpose()?,
        })
    }

    fn item(&self, key: &str, flag: &Flag) -> Result<String, TemplateError> {
        let unit = flag.unit.and_then(|unit| self.unit(unit)).map(|unit| self.text(&unit.name).to_owned());
        let name = unit.or_else(|| flag.id.as_ref().map(|id| self.variable_name(id)));
        let value = flag.value.map(|value| match flag.kind {
            kind if is_share(kind) => self.numbers.percent(value),
            FlagKind::Components => self.numbers.plain(value),
            _ => self.missed(value, flag.threshold),
        });
        let with = flag.with.as_ref().map(|id| self.variable_name(id));
        let context = json!({ "name": name.unwrap_or_default(), "other": with, "value": value });
        self.words.say(&format!("coherence_{key}_item"), context)
    }

    /// A figure with two decimals, or as many more as it takes not to be rounded
    /// onto the threshold that it missed.
    fn missed(&self, value: f64, threshold: Option<f64>) -> String {
        let text = |value: f64, decimals: u8| self.numbers.value(value, decimals);
        let tells =
            |decimals: &u8| threshold.is_none_or(|bound| text(value, *decimals) != text(bound, *decimals));
        (2..=6).find(tells).map_or_else(|| self.numbers.plain(value), |decimals| text(value, decimals))
    }

    /// The name of an indicator, a node or a context variable.
    fn variable_name(&self, id: &crate::model::Id) -> String {
        let variable = self.material.framework.context_variable(id);
        variable.map_or_else(|| self.name_of(id), |variable| self.text(&variable.name).to_owned())
    }

    fn whole_percent(&self, share: f64) -> String {
        format!("{}%", self.numbers.plain((share * 1000.0).round() / 10.0))
    }
}

/// How far a flag is beyond its threshold.
fn distance(flag: &Flag) -> f64 {
    let (value, bound) = (flag.value.unwrap_or_default(), flag.threshold.unwrap_or_default());
    match flag.kind {
        FlagKind::Weight if value > 0.0 => libm::log(value).abs(),
        FlagKind::Weight => f64::INFINITY,
        _ => (value.abs() - bound).abs(),
    }
}

fn is_share(kind: FlagKind) -> bool {
    matches!(kind, FlagKind::UnitCoverage | FlagKind::IndicatorCoverage | FlagKind::Ceiling | FlagKind::Ties)
}

/// The middle of the keys of its sentences.
fn key_of(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::UnitCoverage => "unit_coverage",
        FlagKind::IndicatorCoverage => "indicator_coverage",
        FlagKind::Constant => "constant",
        FlagKind::Outliers => "outliers",
        FlagKind::Ceiling => "ceiling",
        FlagKind::Ties => "ties",
        FlagKind::NegativeLink => "negative_link",
        FlagKind::WeakLink => "weak_link",
        FlagKind::DominantLink => "dominant_link",
        FlagKind::Collinear => "collinear",
        FlagKind::Size => "size",
        FlagKind::Components => "components",
        FlagKind::Alpha => "alpha",
        FlagKind::Weight => "weight",
    }
}
