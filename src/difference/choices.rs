//! Two plans, choice by choice.

use serde_json::{Map, Value as Json};

use super::ChoiceChange;

/// Every choice that two plans make differently, by its path. Lists of things
/// with an id are matched by it, weights by the children that they belong to.
pub(super) fn changes(before: &Json, after: &Json) -> Vec<ChoiceChange> {
    let mut found = Vec::new();
    walk("", Some(before), Some(after), &mut found);
    found
}

fn walk(path: &str, before: Option<&Json>, after: Option<&Json>, found: &mut Vec<ChoiceChange>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Json::Object(one)), Some(Json::Object(other))) => {
            let (one, other) = (named(one), named(other));
            each(path, &one, &other, found);
        }
        (Some(Json::Array(one)), Some(Json::Array(other))) => {
            match (by_id(one), by_id(other)) {
                (Some(one), Some(other)) => each(path, &one, &other, found),
                _ => found.push(change(path, before, after)),
            };
        }
        _ => found.push(change(path, before, after)),
    }
}

fn each(path: &str, one: &Map<String, Json>, other: &Map<String, Json>, found: &mut Vec<ChoiceChange>) {
    let added = other.keys().filter(|key| !one.contains_key(*key));
    for key in one.keys().chain(added) {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        walk(&path, one.get(key), other.get(key), found);
    }
}

fn change(path: &str, before: Option<&Json>, after: Option<&Json>) -> ChoiceChange {
    ChoiceChange { path: path.to_owned(), before: before.cloned(), after: after.cloned() }
}

/// A list of things with ids as a map; `None` if some have none.
fn by_id(list: &[Json]) -> Option<Map<String, Json>> {
    let id = |one: &Json| Some((one.get("id")?.as_str()?.to_owned(), one.clone()));
    let map: Map<String, Json> = list.iter().map(id).collect::<Option<_>>()?;
    (map.len() == list.len() && !list.is_empty()).then_some(map)
}

/// An object whose weights, given in the order of its children, are named by them.
fn named(object: &Map<String, Json>) -> Map<String, Json> {
    let mut object = object.clone();
    let (Some(Json::Array(children)), Some(Json::Array(weights))) =
        (object.get("children"), object.get("weights"))
    else {
        return object;
    };
    let names: Option<Vec<String>> = children.iter().map(|child| child.as_str().map(str::to_owned)).collect();
    if let Some(names) = names.filter(|names| names.len() == weights.len()) {
        let weights: Map<String, Json> = names.into_iter().zip(weights.iter().cloned()).collect();
        object.insert("weights".to_owned(), Json::Object(weights));
        object.remove("children");
    }
    object
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::changes;

    #[test]
    fn weights_are_named_by_their_children_and_things_by_their_ids() {
        let node = |weights: [f64; 2], low: f64| {
            json!({
                "nodes": [{ "id": "quality", "children": ["a", "b"], "weights": weights }],
                "indicators": [{ "id": "x", "low": low }, { "id": "y" }],
            })
        };
        let found = changes(&node([0.5, 0.5], 1.0), &node([0.5, 0.25], 2.0));
        let mut said: Vec<String> = found
            .iter()
            .map(|one| {
                format!("{} {} {}", one.path, one.before.as_ref().unwrap(), one.after.as_ref().unwrap())
            })
            .collect();
        said.sort();
        assert_eq!(said, ["indicators.x.low 1.0 2.0", "nodes.quality.weights.b 0.5 0.25"]);
        assert!(changes(&node([0.5, 0.5], 1.0), &node([0.5, 0.5], 1.0)).is_empty());
    }
}
