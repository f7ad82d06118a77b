//! Which files a contest's outputs are, and how each is made.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::score::ScoredContest;
use crate::contest::{Award, ContestField};
use crate::diagnostics::Lang;
use crate::plan::{CertificateSpec, ContestOutput};
use crate::project::Selection;
use crate::project::publish::documents::Document;
use crate::project::publish::pool::Refused;
use crate::project::publish::workshop::Workshop;
use crate::report::{
    ContestMaterial, ContestReporter, TemplateError, contest_book, contest_workbook, public_notice, sign_off,
    standings_csv, standings_json,
};

/// In the order of making: what takes long comes first, so that no thread is
/// left with it at the end.
const ORDER: [ContestOutput; 8] = [
    ContestOutput::Pdf,
    ContestOutput::Certificates,
    ContestOutput::Feedback,
    ContestOutput::Slides,
    ContestOutput::SignOff,
    ContestOutput::Xlsx,
    ContestOutput::Json,
    ContestOutput::Csv,
];

/// The documents of a contest that a selection includes.
pub(super) fn of<'a>(
    scored: &'a ScoredContest,
    selection: Selection,
    awards: &'a [Award],
) -> Vec<Document<'a>> {
    let declared = &scored.contest.definition.project.outputs;
    let held = scored.result.stages.iter().any(|stage| !stage.standings.is_empty());
    let list = List { scored, material: scored.material(), awards, held };
    let selected = ORDER.into_iter().filter(|output| selection.includes_of_contest(*output, declared));
    selected.flat_map(|output| list.of(output)).collect()
}

/// A reporter that documents of several threads share, or why there is none.
type Shared<'a> = Arc<Result<ContestReporter<'a>, TemplateError>>;

struct List<'a> {
    scored: &'a ScoredContest,
    material: ContestMaterial<'a>,
    awards: &'a [Award],
    /// Whether a stage is over.
    held: bool,
}

impl<'a> List<'a> {
    fn of(&self, output: ContestOutput) -> Vec<Document<'a>> {
        let material = self.material;
        match output {
            ContestOutput::Csv => vec![document("results.csv", move |_| Ok(standings_csv(material)?))],
            ContestOutput::Json => vec![document("results.json", move |_| Ok(standings_json(material)?))],
            ContestOutput::Xlsx => {
                vec![document("results.xlsx", move |shop| Ok(contest_workbook(material, shop.templates)?))]
            }
            _ if !self.held => Vec::new(),
            ContestOutput::Pdf => self.reports(),
            ContestOutput::Certificates => self.certificates(),
            ContestOutput::Feedback => self.feedback(),
            ContestOutput::Slides => self.slides(),
            ContestOutput::SignOff => self.sign_off(),
        }
    }

    fn reports(&self) -> Vec<Document<'a>> {
        let material = self.material;
        let languages = &material.project.languages;
        let books = languages.iter().map(|lang| {
            document(&format!("result-book.{lang}.pdf"), move |shop| {
                shop.pdf(contest_book(material, shop.templates, *lang))
            })
        });
        let noticed = languages.iter().filter(|_| !material.rubric.prizes.is_empty());
        let notices = noticed.map(|lang| {
            document(&format!("public-notice.{lang}.pdf"), move |shop| {
                shop.pdf(public_notice(material, shop.templates, *lang))
            })
        });
        books.chain(notices).collect()
    }

    fn sign_off(&self) -> Vec<Document<'a>> {
        let material = self.material;
        let sheet = |lang: &'a Lang| {
            document(&format!("sign-off.{lang}.pdf"), move |shop| {
                shop.pdf(sign_off(material, shop.templates, *lang))
            })
        };
        material.project.languages.iter().map(sheet).collect()
    }

    fn reporter(&self, lang: Lang) -> Shared<'a> {
        Arc::new(ContestReporter::new(self.material, &self.scored.templates, lang))
    }

    /// A page for every entry, and none for those who were never marked.
    fn feedback(&self) -> Vec<Document<'a>> {
        let ContestMaterial { project, input, rubric, result, overview, .. } = self.material;
        let field = Arc::new(ContestField::new(input, rubric, result, overview));
        let declared = project.feedback.as_ref().map_or(&[][..], |spec| spec.languages.as_slice());
        let mut documents = Vec::new();
        for lang in project.first_language_or(declared) {
            let reporter = self.reporter(*lang);
            let mut stems = Stems::default();
            for (at, entry) in input.entries().iter().enumerate() {
                if result.stages.iter().all(|stage| stage.standing(at).is_none()) {
                    continue;
                }
                let (reporter, field) = (reporter.clone(), field.clone());
                let path = format!("feedback/{}.{lang}.pdf", stems.of(&entry.code));
                documents
                    .push(document(&path, move |shop| shop.pdf(shared(&reporter)?.feedback(&field, at))));
            }
        }
        documents
    }

    /// All slides in one file, then one file for each.
    fn slides(&self) -> Vec<Document<'a>> {
        let declared =
            self.material.project.slides.as_ref().map_or(&[][..], |spec| spec.languages.as_slice());
        let mut documents = Vec::new();
        for lang in self.material.project.first_language_or(declared) {
            let reporter = self.reporter(*lang);
            let slides = Arc::new(shared(&reporter).and_then(ContestReporter::slides));
            let count = slides.as_ref().as_ref().map_or(0, Vec::len);
            let of = |path: &str, id: String, range: std::ops::Range<usize>| {
                let (reporter, slides) = (reporter.clone(), slides.clone());
                document(path, move |shop| {
                    let slides = slides.as_ref().as_ref().map_err(Clone::clone)?;
                    let own = slides.get(range.clone()).unwrap_or_default();
                    shop.pdf(shared(&reporter)?.slide_show(own, &id))
                })
            };
            documents.push(of(&format!("slides.{lang}.pdf"), "all".to_owned(), 0..count));
            let width = count.to_string().len().max(2);
            documents.extend((0..count).map(|at| {
                let number = format!("{:0width$}", at + 1);
                of(&format!("slides/{number}.{lang}.pdf"), number, at..at + 1)
            }));
        }
        documents
    }

    /// First each kind in one file, then one file for each certificate.
    fn certificates(&self) -> Vec<Document<'a>> {
        let kinds = &self.material.project.certificates;
        let (mut merged, mut single) = (Vec::new(), Vec::new());
        for (at, spec) in kinds.iter().enumerate() {
            let own: Vec<&'a Award> = self.awards.iter().filter(|award| award.kind == at).collect();
            if own.is_empty() {
                continue;
            }
            for lang in self.material.project.first_language_or(&spec.languages) {
                let reporter = self.reporter(*lang);
                single.extend(self.single_certificates(spec, &own, *lang, &reporter));
                let own = own.clone();
                merged.push(document(&format!("certificates/{}.{lang}.pdf", spec.id), move |shop| {
                    shop.pdf(shared(&reporter)?.certificates(&own, spec.id.as_str()))
                }));
            }
        }
        merged.append(&mut single);
        merged
    }

    fn single_certificates(
        &self,
        spec: &'a CertificateSpec,
        awards: &[&'a Award],
        lang: Lang,
        reporter: &Shared<'a>,
    ) -> Vec<Document<'a>> {
        let mut stems = Stems::default();
        let one = |award: &&'a Award| {
            let award = *award;
            let input = self.material.input;
            let code = match award.member {
                Some(member) => input.members().get(member).map(|member| member.code.as_str()),
                None => input.entries().get(award.entry).map(|entry| entry.code.as_str()),
            };
            let stem = stems.of(code.unwrap_or_default());
            let reporter = reporter.clone();
            let id = format!("{} {stem}", spec.id);
            document(&format!("certificates/{}/{stem}.{lang}.pdf", spec.id), move |shop| {
                shop.pdf(shared(&reporter)?.certificates(&[award], &id))
            })
        };
        awards.iter().map(one).collect()
    }
}

/// The reporter, if there is one.
fn shared<'s, 'a>(reporter: &'s Shared<'a>) -> Result<&'s ContestReporter<'a>, TemplateError> {
    reporter.as_ref().as_ref().map_err(Clone::clone)
}

fn document<'a>(
    path: &str,
    make: impl Fn(&Workshop<'_>) -> Result<Vec<u8>, Refused> + Send + Sync + 'a,
) -> Document<'a> {
    Document { path: path.to_owned(), make: Box::new(make) }
}

/// Names of files made from codes, no two alike.
#[derive(Default)]
pub(in crate::project::contest) struct Stems(BTreeSet<String>);

impl Stems {
    /// The code with what has no place in a file's name replaced by `-`, and a
    /// number where another file has the name already.
    pub(in crate::project::contest) fn of(&mut self, code: &str) -> String {
        let kept = |letter: char| if letter.is_alphanumeric() || letter == '_' { letter } else { '-' };
        let plain: String = code.chars().map(kept).collect();
        let mut stem = plain.clone();
        let mut count = 1;
        // File systems may take `a` and `A` for one.
        while !self.0.insert(stem.to_lowercase()) {
            count += 1;
            stem = format!("{plain}-{count}");
        }
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::Stems;

    #[test]
    fn codes_become_names_of_files_inside_the_folder() {
        let mut stems = Stems::default();
        let made = ["T001-1", "../x", "t001-1", "队/一", "---x"].map(|code| stems.of(code));
        assert_eq!(made, ["T001-1", "---x", "t001-1-2", "队-一", "---x-2"]);
    }
}
