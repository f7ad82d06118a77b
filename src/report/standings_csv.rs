use super::ContestMaterial;
use crate::contest::Standing;
use crate::diagnostics::Failure;
use crate::model::Id;
use crate::numeric::Exact;

/// The columns before those of parts.
const FIXED: [&str; 14] = [
    "kind",
    "ranking",
    "rank",
    "tied",
    "code",
    "name_zh",
    "name_en",
    "entry",
    "score",
    "decided_by",
    "computed_rank",
    "status",
    "through",
    "prize",
];

/// `results.csv` of a contest: a row per ranking and entry or member, in order of
/// place; UTF-8 with a byte order mark. Scores are exact: all their decimals, or
/// a fraction where these never end.
pub fn standings_csv(material: ContestMaterial<'_>) -> Result<Vec<u8>, Failure> {
    let failed = |error: csv::Error| Failure::Internal(format!("results.csv: {error}"));
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let parts = scalar_parts(material);
    let header =
        FIXED.iter().map(|name| (*name).to_owned()).chain(parts.iter().map(|part| format!("part.{part}")));
    writer.write_record(header).map_err(failed)?;
    for row in rows(material, &parts) {
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Failure::Internal(format!("results.csv: {error}")))
}

/// The parts that come to one number per entry, in the order of the rubric.
fn scalar_parts(material: ContestMaterial<'_>) -> Vec<&Id> {
    let rounds = || material.result.stages.iter().flat_map(|stage| &stage.rounds);
    let all = material.rubric.schemes.iter().flat_map(|scheme| &scheme.parts).map(|part| &part.id);
    let is_scalar = |id: &&Id| {
        let values = |round: &crate::contest::RoundResult| {
            round.entrants.iter().any(|entry| round.value(id, *entry).is_some())
        };
        rounds().any(values)
    };
    let mut parts: Vec<&Id> = Vec::new();
    for part in all.filter(is_scalar) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

fn rows(material: ContestMaterial<'_>, parts: &[&Id]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for stage in &material.result.stages {
        for round in &stage.rounds {
            for standing in &round.standings {
                let figures = parts.iter().map(|part| text(round.value(part, standing.who)));
                rows.push(entry_row(material, "round", &round.id, standing, figures.collect()));
            }
        }
        for standing in &stage.standings {
            let nothing = vec![String::new(); parts.len()];
            rows.push(entry_row(material, "stage", &stage.id, standing, nothing));
        }
    }
    for one in &material.result.individuals {
        for standing in &one.standings {
            let Some(member) = material.input.members().get(standing.who) else { continue };
            let entry = material.input.entries().get(member.entry).map_or("", |entry| entry.code.as_str());
            let who = [&member.code, &member.name.zh, &member.name.en, entry];
            let mut row = row(material, "individual", &one.id, standing, who);
            row.resize(FIXED.len() + parts.len(), String::new());
            rows.push(row);
        }
    }
    rows
}

fn entry_row(
    material: ContestMaterial<'_>,
    kind: &str,
    ranking: &Id,
    standing: &Standing,
    figures: Vec<String>,
) -> Vec<String> {
    let Some(entry) = material.input.entries().get(standing.who) else { return Vec::new() };
    let who = [&entry.code, &entry.name.zh, &entry.name.en, entry.code.as_str()];
    let mut row = row(material, kind, ranking, standing, who);
    row.extend(figures);
    row
}

fn row(
    material: ContestMaterial<'_>,
    kind: &str,
    ranking: &Id,
    standing: &Standing,
    who: [&str; 4],
) -> Vec<String> {
    let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
    let [code, zh, en, entry] = who;
    let stage = material.result.stages.iter().find(|stage| kind == "stage" && stage.id == *ranking);
    let through = stage.and_then(|stage| stage.advance.as_ref()).map(|advance| {
        let reserve = advance.reserves.iter().position(|one| *one == standing.who);
        match (advance.through.contains(&standing.who), reserve) {
            (true, _) => "yes".to_owned(),
            (false, Some(at)) => format!("reserve {}", at + 1),
            (false, None) => "no".to_owned(),
        }
    });
    let prizes = material.rubric.prizes.iter().zip(prizes_of(material)).filter(|(prize, winners)| {
        kind != "round"
            && prize.of == *ranking
            && winners.is_some_and(|winners| winners.contains(&standing.who))
    });
    [
        kind.to_owned(),
        ranking.to_string(),
        number(standing.rank),
        standing.rank.map_or(String::new(), |_| standing.tied.to_string()),
        code.to_owned(),
        zh.to_owned(),
        en.to_owned(),
        entry.to_owned(),
        text(standing.score.as_ref()),
        standing.decided_by.map_or(String::new(), |at| (at + 1).to_string()),
        number(standing.computed_rank),
        serde_json::to_value(standing.status)
            .ok()
            .and_then(|word| word.as_str().map(str::to_owned))
            .unwrap_or_default(),
        through.unwrap_or_default(),
        prizes.map(|(prize, _)| prize.id.to_string()).collect::<Vec<_>>().join(" "),
    ]
    .to_vec()
}

/// The winners of each prize of the rubric, where it was given.
fn prizes_of(material: ContestMaterial<'_>) -> impl Iterator<Item = Option<&[usize]>> {
    let given = &material.result.prizes;
    material
        .rubric
        .prizes
        .iter()
        .map(move |prize| given.iter().find(|one| one.id == prize.id).map(|one| one.winners.as_slice()))
}

fn text(value: Option<&Exact>) -> String {
    value.map_or(String::new(), Exact::to_string)
}
