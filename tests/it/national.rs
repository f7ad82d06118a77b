//! The long report and the report on a group: what they say is true of the data,
//! and the public edition shows no more than it may.

use benchline::diagnostics::Lang;
use benchline::model::Id;
use benchline::project::ScoredProject;
use benchline::report::view::GroupReport;
use benchline::report::{Templates, group_report, typeset};

use crate::support::{root, scored};

fn group_view(scored: &ScoredProject, lang: Lang, group: &str, member: &str) -> GroupReport {
    group_report(scored.material(), &Templates::embedded(), lang, &Id::new(group), &Id::new(member)).unwrap()
}

/// Every member of every kind of group has a report of one or two pages that
/// names all its units.
#[test]
fn every_member_of_a_group_has_a_short_report() {
    for project in ["examples/starter", "examples/hdi-2022"] {
        let scored = scored(&root().join(project));
        for group in &scored.overview.groups {
            for member in group.members.iter().filter_map(|member| member.member.as_ref()) {
                for lang in Lang::ALL {
                    let view = group_view(&scored, lang, group.group.as_str(), member.as_str());
                    let typeset = typeset(&view, &Templates::embedded()).unwrap();
                    let text: String = typeset.text().concat().split_whitespace().collect();
                    for row in &view.table.rows {
                        let name: String = row.name.split_whitespace().collect();
                        assert!(text.contains(&name), "{lang} {member}: no {name}");
                    }
                    assert!(typeset.pages() <= 3, "{member}: {} pages", typeset.pages());
                }
            }
        }
    }
}
