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
    check_cells(document, findings);
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

/// Fewest units whose mean does not tell one of them the score of the other.
const LEAST: i64 = 3;

/// Warns of cells so small that they tell the scores that are withheld.
fn check_cells(document: &Document, findings: &mut Findings) {
    let path = at!["policy", "public", "small_cells"];
    let Some(Value::Integer(cells)) = document.node(&path).map(|node| &node.value) else { return };
    if *cells >= LEAST || shows(document, &at!["policy", "public", "scores"]) {
        return;
    }
    findings.push(
        Finding::new(
            Code::SmallestCells,
            bilingual!(
                "`small_cells = {cells}`：公开了 {cells} 个单位的均值，却不公开得分",
                "`small_cells = {cells}` publishes means of {cells} while scores are withheld"
            ),
            bilingual!("写 3 以上，常用 5", "write 3 or more, commonly 5"),
        )
        .at(document.place(&path)),
    );
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
