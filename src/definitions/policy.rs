use super::document::{Document, Step, Value, at};
use crate::diagnostics::{Code, Finding, Findings, bilingual};

/// What the public may see, each with what can be read off it: from scores
/// everybody makes ranks, from ranks the order in a band.
const TELLS: [(&str, &str); 5] = [
    ("league_table", "ranks"),
    ("ranks", "order_in_band"),
    ("scores", "ranks"),
    ("dimensions", "scores"),
    ("indicators", "dimensions"),
];

/// Finds what a public policy shows that tells what it withholds.
pub(super) fn check(document: &Document, findings: &mut Findings) {
    let path = |key: &str| at!["policy", "public", key].to_vec();
    if document.node(&at!["policy", "public"]).is_none() {
        return;
    }
    for (finer, coarser) in TELLS {
        if shows(document, &path(finer)) && !shows(document, &path(coarser)) {
            let (shown, withheld) = (written(finer), written(coarser));
            findings.push(
                Finding::new(
                    Code::PolicyContradicts,
                    bilingual!(
                        "`{shown}` 会泄露 `{coarser}` 不公开的内容",
                        "`{shown}` tells what `{coarser}` withholds"
                    ),
                    bilingual!(
                        "删去它；若确要公开，再写上 `{withheld}`",
                        "delete it; if it is to be public, add `{withheld}`"
                    ),
                )
                .at(document.place_of_key(&path(finer))),
            );
        }
    }
}

fn shows(document: &Document, path: &[Step]) -> bool {
    match document.node(path).map(|node| &node.value) {
        Some(Value::Boolean(shown)) => *shown,
        Some(Value::Text(detail)) => detail == "scores",
        _ => false,
    }
}

fn written(key: &str) -> String {
    match key {
        "dimensions" | "indicators" => format!("{key} = \"scores\""),
        _ => format!("{key} = true"),
    }
}
