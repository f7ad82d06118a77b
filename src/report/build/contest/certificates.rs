//! Awards → certificates.

use serde_json::json;

use super::matter;
use super::reporter::ContestReporter;
use super::scope::Scope;
use crate::contest::Award;
use crate::diagnostics::{Bilingual, Lang};
use crate::plan::CertificateSpec;
use crate::report::TemplateError;
use crate::report::build::date_text;
use crate::report::view::contest::{CertificateSheet, Certificates};

/// Letters of the hash of the result that a certificate shows.
const HASH: usize = 16;

impl ContestReporter<'_> {
    /// The certificates of `awards` in one document; `id` tells it from others.
    pub fn certificates(&self, awards: &[&Award], id: &str) -> Result<Certificates, TemplateError> {
        let scope = self.scope();
        let mut sheets = Vec::new();
        for award in awards {
            if let Some(spec) = scope.material.project.certificates.get(award.kind) {
                sheets.push(Writer { scope: &scope, spec, award }.sheet()?);
            }
        }
        Ok(Certificates {
            schema: Certificates::SCHEMA,
            lang: scope.lang.code(),
            labels: self.labels(&["day_certificate_"]),
            document: matter::document(&scope, "day_certificate_kind")?,
            id: id.to_owned(),
            sheets,
        })
    }
}

/// The words of one certificate.
struct Writer<'s, 'a> {
    scope: &'s Scope<'a>,
    spec: &'s CertificateSpec,
    award: &'s Award,
}

impl Writer<'_, '_> {
    fn sheet(&self) -> Result<CertificateSheet, TemplateError> {
        let (scope, award) = (self.scope, self.award);
        let prize = award.prize.and_then(|at| scope.material.rubric.prizes.get(at));
        let own = |words: &Option<Bilingual>| words.as_ref().map(|words| self.filled(scope.text(words)));
        let facts = json!({
            "title": scope.text(&scope.material.project.title),
            "stage": self.stage(),
            "prize": prize.is_some(),
            "member": award.member.is_some(),
        });
        let said = |own: Option<String>, key: &str| match own {
            Some(own) => Ok(own),
            None => scope.say(key, &facts),
        };
        Ok(CertificateSheet {
            tone: if prize.is_some() { "gold" } else { "silver" },
            heading: said(own(&self.spec.heading), "day_certificate_heading")?,
            name: self.name(),
            about: self.about()?,
            members: self.members(),
            citation: said(own(&self.spec.citation), "day_certificate_citation")?,
            honour: match (own(&self.spec.honour), prize) {
                (Some(own), _) => own,
                (None, Some(prize)) => scope.text(&prize.name).to_owned(),
                (None, None) => scope.say("day_certificate_honour", &facts)?,
            },
            closing: said(own(&self.spec.closing), "day_certificate_closing")?,
            number: self.number(),
            hash: scope.material.result_sha256.chars().take(HASH).collect(),
            issuer: scope.text(&scope.material.project.publisher).to_owned(),
            date: match scope.lang {
                Lang::Zh => han_date(&scope.material.project.date),
                Lang::En => date_text(&scope.material.project.date, Lang::En),
            },
        })
    }

    fn name(&self) -> String {
        match self.award.member.and_then(|at| self.scope.material.input.members().get(at)) {
            Some(member) => self.scope.text(&member.name).to_owned(),
            None => self.scope.entry_name(self.award.entry),
        }
    }

    /// Of a member the entry and the code, of an entry where it comes from and
    /// its code.
    fn about(&self) -> Result<String, TemplateError> {
        let (scope, entry) = (self.scope, self.award.entry);
        let member = self.award.member.and_then(|at| scope.material.input.members().get(at));
        let facts = json!({
            "entry": scope.entry_name(entry),
            "code": member.map_or_else(|| scope.entry_code(entry), |member| member.code.clone()),
            "side": scope.side(entry),
            "member": member.is_some(),
        });
        scope.say("day_certificate_about", facts)
    }

    fn members(&self) -> Vec<String> {
        if self.award.member.is_some() {
            return Vec::new();
        }
        let members = self.scope.entry(self.award.entry).map_or(&[][..], |entry| &entry.members);
        let members = members.iter().filter_map(|at| self.scope.material.input.members().get(*at));
        members.map(|member| self.scope.text(&member.name).to_owned()).collect()
    }

    /// The stage that it is given by.
    fn stage(&self) -> Option<String> {
        let rubric = self.scope.material.rubric;
        let prize = self.award.prize.and_then(|at| rubric.prizes.get(at));
        let of = self.spec.stage.as_ref().or(prize.map(|prize| &prize.of))?;
        if let Some(stage) = rubric.stages.iter().find(|stage| stage.id == *of) {
            return Some(self.scope.text(&stage.name).to_owned());
        }
        let individual = rubric.individuals.iter().find(|one| one.id == *of)?;
        Some(self.scope.text(&individual.name).to_owned())
    }

    fn number(&self) -> String {
        let default = format!("{{edition}}-{}-{{n}}", self.spec.id);
        self.filled(self.spec.number.as_deref().unwrap_or(&default))
    }

    /// The words of a project with what its names in braces stand for.
    fn filled(&self, words: &str) -> String {
        let (scope, award) = (self.scope, self.award);
        let project = scope.material.project;
        let prize = award.prize.and_then(|at| scope.material.rubric.prizes.get(at));
        let place = award.place.map_or(String::new(), |place| place.to_string());
        let stage = self.stage().unwrap_or_default();
        let number = format!("{:03}", award.number);
        let entry = scope.entry_name(award.entry);
        let names = [
            ("title", scope.text(&project.title)),
            ("edition", &project.edition),
            ("stage", &stage),
            ("prize", prize.map_or("", |prize| scope.text(&prize.name))),
            ("entry", &entry),
            ("place", &place),
            ("n", &number),
        ];
        // One pass: a name never becomes a place for another.
        let mut text = String::new();
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let known = after.split_once('}').and_then(|(name, rest)| {
                let (_, value) = names.iter().find(|(known, _)| *known == name)?;
                Some((*value, rest))
            });
            match known {
                Some((value, after)) => {
                    text.push_str(value);
                    rest = after;
                }
                None => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text + rest
    }
}

/// `2025-12-01` as certificates write it: 二〇二五年十二月一日.
fn han_date(iso: &str) -> String {
    let mut parts = iso.split('-');
    let year: String = parts.next().unwrap_or_default().chars().map(han_digit).collect();
    let words = |part: Option<&str>| {
        let number: u32 = part.and_then(|part| part.parse().ok()).unwrap_or(0);
        let digit = |digit: u32| char::from_digit(digit, 10).map(han_digit).filter(|_| digit > 0);
        let tens = number / 10;
        let mut words = String::new();
        words.extend(digit(tens).filter(|_| tens > 1));
        if tens > 0 {
            words.push('十');
        }
        words.extend(digit(number % 10));
        words
    };
    format!("{year}年{}月{}日", words(parts.next()), words(parts.next()))
}

fn han_digit(digit: char) -> char {
    match digit {
        '0' => '〇',
        '1' => '一',
        '2' => '二',
        '3' => '三',
        '4' => '四',
        '5' => '五',
        '6' => '六',
        '7' => '七',
        '8' => '八',
        '9' => '九',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::han_date;

    #[test]
    fn dates_are_written_in_han_numerals() {
        for (iso, words) in [
            ("2025-12-01", "二〇二五年十二月一日"),
            ("2026-03-20", "二〇二六年三月二十日"),
            ("1999-10-31", "一九九九年十月三十一日"),
        ] {
            assert_eq!(han_date(iso), words);
        }
    }
}
