//! The documents of a contest, and the invented contests that come with the
//! program.

#[path = "../../examples/generate-season/cases.rs"]
mod cases;
#[path = "../../examples/generate-season/dice.rs"]
mod dice;
#[path = "../../examples/generate-season/last.rs"]
mod last;
#[path = "../../examples/generate-season/season.rs"]
mod season;
#[path = "../../examples/generate-season/tables.rs"]
mod tables;

use std::path::Path;

#[test]
fn the_invented_contests_follow_from_their_seeds() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (project, files) in [("season-2025", season::files()), ("cases-2025", cases::files())] {
        assert!(files.len() > 3, "{project}");
        for (name, text) in files {
            let kept = std::fs::read_to_string(examples.join(project).join("data").join(name)).unwrap();
            assert!(kept == text, "{project}/data/{name} is not what generate-season makes");
        }
    }
}
