use std::collections::BTreeMap;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::{Material, TemplateError, Templates, labels};
use crate::diagnostics::Lang;
use crate::model::{Role, Unit};
use crate::store::Tool;

/// The template of the page.
const TEMPLATE: &str = "pages/index.html";

/// `index.html`: a page that lists the documents beside it, by their paths, and
/// finds those of a unit. It is one file, needs no network, and says of units
/// nothing but their rating.
pub fn index_page(
    material: Material<'_>,
    templates: &Templates,
    paths: &[String],
) -> Result<Vec<u8>, TemplateError> {
    let lang = material.project.languages.first().copied().unwrap_or_default();
    let labels = labels::labels(templates, lang)?;
    let page = Maker { material, labels: &labels, lang, paths }.page();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let source = templates.get(TEMPLATE).unwrap_or_default();
    let html = environment
        .render_named_str(TEMPLATE, source, context! { page => minijinja::value::Serde(page) })
        .map_err(|error| TemplateError::new(TEMPLATE, error))?;
    Ok(html.into_bytes())
}

#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    labels: &'a BTreeMap<String, String>,
    title: &'a str,
    publisher: &'a str,
    edition: &'a str,
    date: &'a str,
    status: Option<&'a str>,
    lists: Vec<List<'a>>,
    units: Vec<UnitRow>,
    tool: String,
}

#[derive(Serialize)]
struct List<'a> {
    heading: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    href: &'a str,
    name: String,
    about: String,
}

#[derive(Serialize)]
struct UnitRow {
    code: String,
    name: String,
    other_name: String,
    rating: String,
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    href: String,
    name: String,
}

struct Maker<'a> {
    material: Material<'a>,
    labels: &'a BTreeMap<String, String>,
    lang: Lang,
    paths: &'a [String],
}

impl<'a> Maker<'a> {
    fn page(&self) -> Page<'a> {
        let project = self.material.project;
        Page {
            lang: match self.lang {
                Lang::Zh => "zh-CN",
                Lang::En => "en",
            },
            labels: self.labels,
            title: project.title.get(self.lang),
            publisher: project.publisher.get(self.lang),
            edition: &project.edition,
            date: &project.date,
            status: project.synthetic.then(|| self.word("page_synthetic")),
            lists: self.lists(),
            units: self.units(),
            tool: Tool::this().to_string(),
        }
    }

    fn word(&self, key: &str) -> &'a str {
        self.labels.get(key).map_or("", String::as_str)
    }

    fn lists(&self) -> Vec<List<'a>> {
        let units = self.units_of_paths();
        let top = || self.paths.iter().filter(|path| !path.contains('/'));
        let item = |path: &'a String, name: String| Item { href: path, name, about: path.clone() };
        let reports = top().filter_map(|path| {
            let (word, rest) = match path.strip_prefix("audit-annex.") {
                Some(rest) => ("page_audit_annex", rest),
                None => ("page_report", path.strip_prefix("report.")?),
            };
            let lang = rest.strip_suffix(".pdf")?;
            Some(item(path, format!("{} · {}", self.word(word), self.lang_name(lang))))
        });
        let tables = top().filter_map(|path| {
            let key = match path.as_str() {
                "audit.xlsx" => "page_audit_xlsx".to_owned(),
                "audit.json" => "page_audit_json".to_owned(),
                "audit-units.csv" => "page_audit_csv".to_owned(),
                _ => format!("page_{}", path.strip_prefix("results.")?),
            };
            Some(item(path, self.word(&key).to_owned()))
        });
        let others = self.paths.iter().filter(|path| path.contains('/') && !units.contains_key(*path));
        let groups = others.map(|path| item(path, self.group_name(path)));
        let lists = [
            List { heading: self.word("page_reports"), items: reports.collect() },
            List { heading: self.word("page_groups"), items: groups.collect() },
            List { heading: self.word("page_tables"), items: tables.collect() },
        ];
        lists.into_iter().filter(|list| !list.items.is_empty()).collect()
    }

    /// The name of the group that a report in a folder of its kind is about.
    fn group_name(&self, path: &str) -> String {
        let (kind, file) = path.split_once('/').unwrap_or((path, path));
        let kinds = &self.material.framework.groups;
        let members = kinds.iter().find(|group| group.id.as_str() == kind).map(|group| &group.members);
        let named = members.into_iter().flatten().filter(|member| {
            let rest = file.strip_prefix(member.id.as_str());
            rest.is_some_and(|rest| rest.starts_with(['.', '-']))
        });
        let longest = named.max_by_key(|member| member.id.as_str().len());
        let lang = file.rsplit('.').nth(1).unwrap_or_default();
        match longest {
            Some(member) => format!("{} · {}", member.name.get(self.lang), self.lang_name(lang)),
            None => file.to_owned(),
        }
    }

    fn lang_name(&self, lang: &str) -> &'a str {
        self.word(&format!("page_{lang}"))
    }

    /// Reports of units: path to the unit's position and the language.
    fn units_of_paths(&self) -> BTreeMap<&'a String, (usize, &'a str)> {
        let units = self.material.input.panel().units();
        let stems: BTreeMap<String, usize> =
            units.iter().enumerate().map(|(at, unit)| (unit.file_stem(), at)).collect();
        let of_unit = |path: &'a String| {
            let (folder, file) = path.split_once('/')?;
            if self.material.framework.groups.iter().any(|group| group.id.as_str() == folder) {
                return None;
            }
            let (stem, lang) = file.strip_suffix(".pdf")?.rsplit_once('.')?;
            Some((path, (*stems.get(stem)?, lang)))
        };
        self.paths.iter().filter_map(of_unit).collect()
    }

    fn units(&self) -> Vec<UnitRow> {
        let of_paths = self.units_of_paths();
        if of_paths.is_empty() {
            return Vec::new();
        }
        let units = self.material.input.panel().units().iter().enumerate();
        let row = |(at, unit): (usize, &Unit)| {
            let own = of_paths.iter().filter(|(_, (position, _))| *position == at);
            let link = |(path, (_, lang)): (&&String, &(usize, &str))| Link {
                href: (*path).clone(),
                name: self.lang_name(lang).to_owned(),
            };
            let other = match self.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
            UnitRow {
                code: unit.code.to_string(),
                name: unit.name.get(self.lang).to_owned(),
                other_name: unit.name.get(other).to_owned(),
                rating: self.rating(at),
                links: own.map(link).collect(),
            }
        };
        units.filter(|(_, unit)| unit.role == Role::Ranked).map(row).collect()
    }

    fn rating(&self, unit: usize) -> String {
        let start = self.material.input.panel().rows_of(self.material.input.edition()).start;
        let outcome = self.material.evaluation.outcomes.get(start + unit);
        if outcome.is_none_or(|outcome| outcome.score.is_none()) {
            return self.word("page_unassessed").to_owned();
        }
        let bands = self.material.evaluation.plan.rating.as_ref().map(|rating| &rating.bands);
        let band = outcome.and_then(|outcome| bands?.get(outcome.band?));
        band.map_or("—".to_owned(), |band| band.name.get(self.lang).to_owned())
    }
}
