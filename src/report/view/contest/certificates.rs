use std::collections::BTreeMap;

use serde::Serialize;

use super::{ContestDocument, View};

/// Certificates of one kind: one alone, or all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificates {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the template.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: ContestDocument,
    /// What tells this file from the others.
    pub id: String,
    /// One for each page.
    pub sheets: Vec<CertificateSheet>,
}

impl View for Certificates {
    const TEMPLATE: &'static str = "certificates.typ";

    fn identity(&self) -> String {
        format!("{} {} {} {}", self.document.title, self.document.kind, self.id, self.lang)
    }
}

impl Certificates {
    /// The value of [`Certificates::schema`].
    pub const SCHEMA: &'static str = "benchline/view/certificates/1";
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertificateSheet {
    /// `gold` for a prize, `silver` for taking part.
    pub tone: &'static str,
    /// The large word at the top.
    pub heading: String,
    /// Whom it names.
    pub name: String,
    /// Where that one comes from, and the code.
    pub about: String,
    /// The members of an entry.
    pub members: Vec<String>,
    /// The sentence above what is awarded.
    pub citation: String,
    /// What is awarded.
    pub honour: String,
    /// The sentence below it.
    pub closing: String,
    /// The number of the certificate.
    pub number: String,
    /// The head of the hash of the result that it rests on.
    pub hash: String,
    /// Who gives it.
    pub issuer: String,
    /// The date as certificates write it.
    pub date: String,
}
