//! When a placing may be revealed.

use serde_json::Value as Json;

use super::{AFTER, begun, contest, data, done, page, record, refused, rows};

#[test]
fn a_placing_is_revealed_when_it_is_final_open_and_signed() {
    let copy = begun();
    let at = copy.path();
    let reveal = ["board", ".", "--reveal"];
    assert_eq!(
        refused(at, &reveal),
        "error[C474]: 2 entries of `Final` have no score yet, first `T3` --> log.jsonl"
    );
    record(at, AFTER, &["enter", ".", "data/late.csv"]);
    record(at, AFTER, &["seal", ".", "--why", "until the ceremony"]);
    assert_eq!(refused(at, &reveal), "error[C473]: names are sealed: nothing can be revealed --> log.jsonl");
    record(at, AFTER, &["unseal", ".", "--why", "the ceremony"]);
    copy.edit("benchline.toml", "[[marks]]", "[board]\nsigned = [\"chief-judge\"]\n\n[[marks]]");
    record(at, AFTER, &["accept", ".", "--why", "signatures"]);
    let unsigned = "error[C475]: the placing as it stands lacks signatures that `[board] signed` asks for: chief-judge --> log.jsonl";
    assert_eq!(refused(at, &reveal), unsigned);
    record(at, AFTER, &["sign", ".", "--of", "final", "--role", "auditor"]);
    assert_eq!(refused(at, &reveal), unsigned);
    record(at, AFTER, &["sign", ".", "--of", "final", "--role", "chief-judge"]);
    done(contest(at, &reveal));
    let page = page(at);
    assert_eq!(
        rows(&page),
        ["T4 1 94.230 scored", "T3 2 81.445 scored", "T1 3 81.250 scored", "T2 4 74.500 scored"]
    );
    let prizes: Vec<Json> =
        data(&page)["rows"].as_array().unwrap().iter().map(|row| row["prize"].clone()).collect();
    assert_eq!(prizes, [Json::from("一等奖"), "二等奖".into(), Json::Null, Json::Null]);

    record(at, AFTER, &["appeal", "open", ".", "A1", "--entry", "T2", "--stage", "final", "--why", "a mark"]);
    let warned = contest(at, &reveal);
    assert_eq!(warned.code, 0);
    assert!(warned.stderr.starts_with("warning[C476]: appeals are not decided: A1"), "{}", warned.stderr);
    // After a correction the signature is under another placing.
    let about = ["--round", "show", "--entry", "T2", "--judge", "J1", "--criterion", "mark"];
    let mut correct = vec!["correct", ".", "--old", "71.5", "--value", "73.25", "--why", "as on paper"];
    correct.extend_from_slice(&about);
    record(at, AFTER, &correct);
    assert_eq!(refused(at, &reveal), unsigned);
}
