//! The published JSON Schemas are those of the types.

use crate::support::{benchline, root};

#[test]
fn the_schemas_in_docs_are_up_to_date() {
    for of in ["framework", "project", "rubric", "contest"] {
        let ran = benchline(&root(), &["schema", of]);
        let published =
            std::fs::read_to_string(root().join(format!("docs/schema/{of}.schema.json"))).unwrap();
        assert!(ran.stdout == published, "run `benchline schema {of} > docs/schema/{of}.schema.json`");
    }
}

#[test]
fn the_page_of_finding_codes_is_up_to_date() {
    let ran = benchline(&root(), &["explain-code", "--markdown"]);
    let page = std::fs::read_to_string(root().join("docs/diagnostics.md")).unwrap();
    assert!(ran.stdout == page, "run `benchline explain-code --markdown > docs/diagnostics.md`");
}
