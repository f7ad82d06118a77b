//! 342 one-city files in five formats: read as what the cities reported, and with
//! 25 mistakes planted in them, these 25 found and nothing else.

pub mod make;
mod mistakes;

use benchline::diagnostics::Findings;
use benchline::project;
use tempfile::TempDir;

use crate::support::root;

#[test]
fn a_batch_without_mistakes_is_read_as_reported() {
    let folder = TempDir::new().unwrap();
    make::write(&root(), folder.path(), make::sound(&root()).into_values());
    let mut findings = Findings::new();
    let open = project::open(folder.path(), &mut findings).expect("the batch is sound");
    assert!(findings.is_empty(), "{findings:#?}");
    let panel = open.input.panel();
    assert_eq!(panel.units().len(), 342);
    for (i, (code, _)) in (0..).zip(make::cities(&root())) {
        let unit = panel.units().position(&code).unwrap();
        let row = panel.position(benchline::model::Row { unit, period: open.input.edition() });
        for (indicator, _, value, sample) in make::values(i) {
            let at = open.input.indicators().iter().position(|id| id.as_str() == indicator).unwrap();
            let observation = open.input.observation(at, row);
            assert_eq!(observation.cell.value(), Some(value.parse().unwrap()), "{code} {indicator}");
            assert_eq!(
                observation.sample.and_then(|sample| sample.n),
                sample.map(|(n, _)| n),
                "{code} {indicator}"
            );
        }
    }
}

#[test]
fn twenty_five_mistakes_are_found_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let (files, planted) = mistakes::with_mistakes(&root());
    make::write(&root(), folder.path(), files);
    let mut findings = Findings::new();
    assert!(project::open(folder.path(), &mut findings).is_none());
    let found: Vec<(String, String)> = findings
        .iter()
        .map(|finding| {
            let place = finding.place.as_ref().unwrap();
            (place.to_string().replace("报送/", ""), finding.code.id().to_owned())
        })
        .collect();
    let mut expected: Vec<(String, String)> = planted
        .iter()
        .flat_map(|(file, mistakes)| {
            mistakes.iter().map(move |(code, at)| (format!("{file}{at}"), (*code).to_owned()))
        })
        .collect();
    expected.sort();
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    assert_eq!(expected.len(), 25);
    // Findings come in one order, however many threads read.
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut again = Findings::new();
        assert!(pool.install(|| project::open(folder.path(), &mut again)).is_none());
        assert_eq!(format!("{again:?}"), format!("{findings:?}"));
    }
}
