//! The files of the statistical audit: tables, workbook and annex say what the
//! audit found, and the public sees nothing of single units.

mod made_up;

use benchline::plan::Audience;
use benchline::report::{
    AuditMaterial, Material, Templates, WorkbookWords, audit_csv, audit_json, audit_workbook,
};
use calamine::{Data, Range, Reader as _, Xlsx};
use serde_json::Value as Json;

use crate::support::{Copy, root, scored};
use made_up::MadeUp;

/// The starter project with a public policy.
fn with_policy() -> Copy {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "[units]", "[policy.public]\ndimensions = \"quarters\"\n\n[units]");
    copy
}

fn sheets(bytes: Vec<u8>) -> Vec<(String, Range<Data>)> {
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            (name, range)
        })
        .collect()
}

fn sheet<'a>(sheets: &'a [(String, Range<Data>)], name: &str) -> &'a Range<Data> {
    &sheets.iter().find(|(tab, _)| tab.starts_with(name)).unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// The rows below the heads.
fn rows(range: &Range<Data>) -> Vec<Vec<Data>> {
    let head = range.rows().position(|row| row.first().is_some_and(|cell| cell.to_string().contains('\n')));
    range.rows().skip(head.unwrap() + 1).map(<[Data]>::to_vec).collect()
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn the_table_of_units_has_every_interval_and_share() {
    let scored = scored(&root().join("examples/starter"));
    let found = MadeUp::of(&scored);
    let material = found.material(&scored, Audience::Internal);
    let bytes = audit_csv(material).unwrap();
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name}"));
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let sampling = found.robustness.by_sampling.as_ref().unwrap();
    assert_eq!(records.len(), 3 * sampling.units.len());
    for (record, doubt) in records.iter().zip(&sampling.units) {
        let of = |name: &str| record[at(name)].parse::<f64>().unwrap();
        let unit = scored.project.input.panel().units().get(doubt.unit).unwrap();
        assert_eq!((&record[at("code")], &record[at("source")]), (unit.code.as_str(), "sampling"));
        let (score, rank) = (doubt.score.unwrap(), doubt.rank.unwrap());
        assert_eq!(
            [of("score_q05"), of("score_median"), of("score_q95")],
            [score.q05, score.median, score.q95]
        );
        assert_eq!([of("rank"), of("rank_q05"), of("rank_q95")], [doubt.nominal_rank, rank.q05, rank.q95]);
        assert_eq!(of("share.top_3"), doubt.top[0]);
        let bands = &scored.evaluation.plan.rating.as_ref().unwrap().bands;
        for (band, share) in bands.iter().zip(&doubt.bands) {
            assert_eq!(of(&format!("share.{}", band.id)), *share);
        }
        assert_eq!(of("rank_set_from"), f64::from(doubt.rank_set.unwrap().0));
    }
}

#[test]
fn the_json_names_units_bands_and_everything_found() {
    let scored = scored(&root().join("examples/starter"));
    let found = MadeUp::of(&scored);
    let text = String::from_utf8(audit_json(found.material(&scored, Audience::Internal)).unwrap()).unwrap();
    assert!(text.contains(&serde_json::to_string(&found.robustness).unwrap()));
    assert!(text.contains(&serde_json::to_string(&found.coherence).unwrap()));
    let json: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], "benchline/audit/1");
    assert_eq!(json["registry"].as_array().unwrap().len(), scored.project.input.panel().units().len());
    let rated: u64 = json["certainty"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|band| band["units"].as_array().unwrap())
        .map(|count| count.as_u64().unwrap())
        .sum();
    let assessed = scored.overview.bands.iter().map(|band| band.units.len() as u64).sum::<u64>();
    assert_eq!(rated, assessed);
}

#[test]
fn the_workbook_read_back_has_the_numbers() {
    let scored = scored(&root().join("examples/starter"));
    let found = MadeUp::of(&scored);
    let words = WorkbookWords::read(&Templates::embedded()).unwrap();
    let bytes = audit_workbook(found.material(&scored, Audience::Internal), &words).unwrap();
    assert_eq!(bytes, audit_workbook(found.material(&scored, Audience::Internal), &words).unwrap());
    let sheets = sheets(bytes);
    let together = found.robustness.together.as_ref().unwrap();
    for (row, doubt) in rows(sheet(&sheets, "各单位区间")).iter().zip(&together.units) {
        let (score, rank) = (doubt.score.unwrap(), doubt.rank.unwrap());
        let read: Vec<f64> = row[3..12].iter().map(number).collect();
        let expected = [
            doubt.nominal_score,
            score.q05,
            score.median,
            score.q95,
            doubt.nominal_rank,
            rank.q05,
            rank.median,
            rank.q95,
            rank.mean,
        ];
        assert_eq!(read, expected);
        // Two columns for each of three sources, then shares.
        let shares: Vec<f64> = row[18..].iter().map(number).collect();
        assert_eq!(shares[0], doubt.top[0]);
        assert_eq!(&shares[1..shares.len() - 1], &doubt.bands[..]);
    }
    let counts = rows(sheet(&sheets, "名次分布"));
    let first: Vec<&Vec<Data>> = counts.iter().filter(|row| row[0] == counts[0][0]).collect();
    assert_eq!(first.iter().map(|row| number(&row[3])).sum::<f64>(), f64::from(together.draws));
    let assumption = &rows(sheet(&sheets, "假定与抽样"))[1];
    assert_eq!(number(&assumption[3]), 500.0);
    let index = &rows(sheet(&sheets, "敏感度"))[0];
    assert_eq!([number(&index[1]), number(&index[6])], [0.5, 0.875]);
    let removed = rows(sheet(&sheets, "逐一剔除"));
    assert_eq!(number(&removed[0][3]), 1.5);
    assert!(removed.last().unwrap()[7].to_string().contains("no index"));
    for (name, range) in &sheets {
        for cell in range.rows().flatten() {
            let text = cell.to_string();
            assert!(!text.contains("NaN") && !text.contains("audit_"), "{name}: {text}");
        }
    }
}

/// Where scores and ranks stay inside, no file carries a unit, and no number of one.
#[test]
fn the_public_files_speak_of_no_unit() {
    let scored = with_policy().scored();
    let found = MadeUp::of(&scored);
    let material = found.material(&scored, Audience::Public);
    let json = String::from_utf8(audit_json(material).unwrap()).unwrap();
    let words = WorkbookWords::read(&Templates::embedded()).unwrap();
    let book: String = sheets(audit_workbook(material, &words).unwrap())
        .iter()
        .flat_map(|(_, range)| range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>())
        .collect::<Vec<_>>()
        .join("\t");
    for unit in scored.project.input.panel().units().iter() {
        for text in [&json, &book] {
            assert!(!text.contains(&unit.name.zh) && !text.contains(&unit.name.en), "{}", unit.name.zh);
        }
    }
    let json: Json = serde_json::from_str(&json).unwrap();
    assert_eq!(json["registry"], Json::Array(Vec::new()));
    assert!(json["robustness"]["by_sampling"].get("units").is_none());
    assert!(
        json["coherence"].get("assessed").is_none() && json["coherence"]["coverage"].get("units").is_none()
    );
    // Bands of fewer than five units are not counted.
    for band in json["certainty"].as_array().unwrap() {
        let units: u64 = band["units"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).sum();
        assert!(units >= 5, "{band}");
    }
}
