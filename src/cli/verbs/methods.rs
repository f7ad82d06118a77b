use benchline::diagnostics::{Failure, did_you_mean};
use benchline::plan::{MethodDoc, methods};

use crate::cli::exit::Exit;
use crate::cli::render::{Reporter, print};

/// Lists the methods of every stage, or says all about those of one name.
pub fn run(name: Option<&str>, reporter: &Reporter) -> Result<Exit, Failure> {
    let all = methods();
    let chosen: Vec<&MethodDoc> = all
        .iter()
        .filter(|method| name.is_none_or(|name| method.name == name || method.stage == name))
        .collect();
    if chosen.is_empty() {
        let name = name.unwrap_or_default();
        let near = did_you_mean(name, all.iter().map(|method| method.name.as_str()));
        let near = near.map_or(String::new(), |near| format!("; `{near}`?"));
        print(&format!("{} `{name}`{near}\n", reporter.say("没有这种方法：", "no such method:")))?;
        return Ok(Exit::Refused);
    }
    if reporter.wants_json() {
        let json =
            serde_json::to_string_pretty(&chosen).map_err(|error| Failure::Internal(error.to_string()))?;
        print(&format!("{json}\n"))?;
        return Ok(Exit::Done);
    }
    let in_full = name.is_some_and(|name| chosen.iter().all(|method| method.name == name));
    let mut stage = "";
    for method in chosen {
        if method.stage != stage {
            stage = method.stage;
            print(&format!("{stage}\n"))?;
        }
        print(&format!("  {:<22} {}\n", method.name, method.line.get(reporter.lang)))?;
        if in_full {
            let facts = [
                (reporter.say("公式", "formula"), method.formula.get(reporter.lang)),
                (reporter.say("条件", "conditions"), method.when.get(reporter.lang)),
                (reporter.say("出处", "source"), method.source.as_str()),
            ];
            for (title, text) in facts.into_iter().filter(|(_, text)| !text.is_empty()) {
                print(&format!("    {title}: {text}\n"))?;
            }
        }
    }
    Ok(Exit::Done)
}
