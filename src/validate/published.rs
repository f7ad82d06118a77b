use super::keys::{Context, KeyColumns};
use super::numbers;
use super::tables::Tables;
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Lang, bilingual, shown, suggestion};
use crate::input::{Table, TableRow};
use crate::model::{Id, Origin};
use crate::plan::{PublishedFile, RatingPlan};

/// Results that somebody published, to be compared with ours.
#[derive(Clone, Debug)]
pub struct Published {
    /// What the comparison is called.
    pub name: Bilingual,
    /// The node whose results they are.
    pub node: Id,
    /// Largest difference from the unrounded score; `None`: the rounded scores
    /// must be equal.
    pub tolerance: Option<f64>,
    /// One row per published unit and period.
    pub rows: Vec<PublishedRow>,
}

/// What was published of one unit in one period.
#[derive(Clone, Debug)]
pub struct PublishedRow {
    /// Its row in the panel.
    pub row: usize,
    /// Its score.
    pub score: Option<Cited<f64>>,
    /// Its rank.
    pub rank: Option<Cited<f64>>,
    /// Position of its rating band.
    pub band: Option<Cited<usize>>,
}

/// A published value and where it says so.
#[derive(Clone, Copy, Debug)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// Its field.
    pub origin: Origin,
}

/// Reads the published results of a project.
pub(super) fn read(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Vec<Published> {
    let tables = context.tables;
    let files = project.project.published.iter().enumerate();
    files
        .filter_map(|(index, file)| {
            check_node(index, file, project, framework, findings);
            let table = tables.get(&file.file)?;
            let period = file.period.as_deref();
            let keys = KeyColumns::find(context, &file.file, &file.unit, period, findings);
            let mut column = |header: &str| context.headers.find(&file.file, header, findings);
            let score = column(&file.score);
            let rank = file.rank.as_deref().and_then(&mut column);
            let band = file.band.as_deref().and_then(&mut column);
            let (keys, score) = (keys?, score?);
            let reader = Reader {
                tables,
                path: &file.file,
                table,
                score,
                rank,
                band,
                rating: framework.framework.rating.as_ref(),
            };
            let rows = keys.rows(findings);
            Some(Published {
                name: file.name.clone(),
                node: file.node.clone(),
                tolerance: file.tolerance,
                rows: rows.into_iter().filter_map(|(at, row)| reader.read(at, row, findings)).collect(),
            })
        })
        .collect()
}

fn check_node(
    index: usize,
    file: &PublishedFile,
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    findings: &mut Findings,
) {
    let node = &file.node;
    let nodes = || framework.framework.nodes.iter().map(|node| node.id.as_str());
    if !nodes().any(|id| id == node.as_str()) {
        let help = suggestion(
            node.as_str(),
            nodes(),
            bilingual!("写框架中节点的标识", "write the id of a node of the framework"),
        );
        findings.push(
            Finding::new(
                Code::UnknownReference,
                bilingual!("框架中没有节点“{node}”", "the framework has no node `{node}`"),
                help,
            )
            .at(project.place(&["published".into(), index.into(), "node".into()])),
        );
        return;
    }
    let ranked = file.rank.is_some() || file.band.is_some();
    if ranked && *node != framework.framework.index {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!(
                    "“{node}”不是总指数，没有排名和评级",
                    "`{node}` is not the index and has neither ranks nor ratings"
                ),
                bilingual!("去掉 `rank` 和 `band`", "leave out `rank` and `band`"),
            )
            .at(project.place(&["published".into(), index.into()])),
        );
    }
}

struct Reader<'a> {
    tables: &'a Tables,
    path: &'a str,
    table: &'a Table,
    score: usize,
    rank: Option<usize>,
    band: Option<usize>,
    rating: Option<&'a RatingPlan>,
}

impl Reader<'_> {
    /// Reads and checks a row; it is kept if it has a position in the panel.
    fn read(&self, at: Option<usize>, row: &TableRow, findings: &mut Findings) -> Option<PublishedRow> {
        let mut number = |column: usize| {
            if numbers::absence(row.field(column)).is_some() {
                return None;
            }
            let value = numbers::read(self.table, row, column, "", findings)?;
            Some(Cited { value, origin: self.tables.origin(self.path, row, column) })
        };
        let (score, rank) = (number(self.score), self.rank.and_then(&mut number));
        let band = self.band.and_then(|column| self.band_of(row, column, findings));
        Some(PublishedRow { row: at?, score, rank, band })
    }

    fn band_of(&self, row: &TableRow, column: usize, findings: &mut Findings) -> Option<Cited<usize>> {
        let text = row.field(column);
        if text.is_empty() {
            return None;
        }
        let bands = self.rating.map_or(&[][..], |rating| &rating.bands);
        let position = bands
            .iter()
            .position(|band| band.id.as_str() == text || band.name.zh == text || band.name.en == text);
        if position.is_none() {
            let list_in = |lang: Lang| bands.iter().map(|band| band.name.get(lang)).collect::<Vec<_>>();
            let (zh, en) = (list_in(Lang::Zh).join("、"), list_in(Lang::En).join(", "));
            let text = shown(text);
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("框架中没有评级“{text}”", "the framework has no band `{text}`"),
                    bilingual!("可用：{zh}", "the choices are {en}"),
                )
                .at(self.table.place(row, column)),
            );
        }
        Some(Cited { value: position?, origin: self.tables.origin(self.path, row, column) })
    }
}
