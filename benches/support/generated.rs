//! Projects of any size, with values from a small generator of their own.

use std::path::Path;

use tempfile::TempDir;

/// Units and indicators: a country's cities, a large survey, and more than anybody has.
pub const SIZES: [(usize, usize); 3] = [(342, 24), (3_000, 100), (50_000, 50)];

/// A project of so many units and indicators, in four dimensions, with two groups
/// and a context variable `size`. Of a hundred cells, `missing` are empty.
pub fn generated(units: usize, indicators: usize, missing: u64) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/methods/_base");
    let framework = std::fs::read_to_string(base.join("index.toml")).unwrap();
    std::fs::write(folder.path().join("index.toml"), framework + &tree(indicators)).unwrap();
    let header: String = (0..indicators).map(|indicator| format!(",i{indicator}")).collect();
    let (mut values, mut state) = (format!("code,size{header}\n"), 1_u64);
    let mut names = String::from("code,name,half\n");
    for unit in 0..units {
        names += &format!("U{unit:05},单位{unit},{}\n", ["one", "two"][unit % 2]);
        values += &format!("U{unit:05},{}", 1 + unit % 7);
        for _ in 0..indicators {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            values += &match (state >> 20) % 100 < missing {
                true => ",".to_owned(),
                false => format!(",{:.2}", (state >> 40) as f64 / 167_772.16),
            };
        }
        values.push('\n');
    }
    std::fs::write(folder.path().join("values.csv"), values).unwrap();
    std::fs::write(folder.path().join("units.csv"), names).unwrap();
    let project = std::fs::read_to_string(base.join("benchline.toml")).unwrap();
    let named = "name_en = \"name\"";
    let project = project.replace(named, &format!("{named}, groups = {{ half = \"half\" }}"));
    std::fs::write(folder.path().join("benchline.toml"), project).unwrap();
    folder
}

fn tree(indicators: usize) -> String {
    let named = |id: &str| format!("id = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n");
    let mut text = "[[group]]\n".to_owned() + &named("half");
    for member in ["one", "two"] {
        text += &("[[group.member]]\n".to_owned() + &named(member));
    }
    text += &format!("[[context]]\n{}measure = {{ zh = \"人\", en = \"people\" }}\n", named("size"));
    text += &format!("[[node]]\n{}aggregate = {{ method = \"arithmetic\" }}\n", named("index"));
    for dimension in 0..4 {
        let id = named(&format!("d{dimension}"));
        text += &format!("[[node]]\n{id}parent = \"index\"\naggregate = {{ method = \"geometric\" }}\n");
    }
    for indicator in 0..indicators {
        let id = named(&format!("i{indicator}"));
        text += &format!(
            "[[indicator]]\n{id}parent = \"d{}\"\ndirection = \"higher\"\nmeasure = {{ zh = \"%\", en = \"%\" }}\n\
             normalise = {{ method = \"min-max\", from = 1, to = 100 }}\n",
            indicator % 4
        );
    }
    text
}
