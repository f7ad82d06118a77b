use benchline::diagnostics::{Code, Failure, Severity, explanations_page};
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::render::{Reporter, print};

/// Explains a finding code, or lists all of them.
pub fn run(id: Option<&str>, markdown: bool, reporter: &Reporter) -> Result<Exit, Failure> {
    if markdown {
        print(&explanations_page())?;
        return Ok(Exit::Done);
    }
    let Some(id) = id else {
        let all = Code::ALL.iter().map(|code| text(*code, reporter));
        print(&all.collect::<Vec<_>>().join("\n"))?;
        return Ok(Exit::Done);
    };
    let Some(code) = Code::of_id(id) else {
        let (known, unknown) =
            (reporter.say("全部编号：", "the codes are "), reporter.say("没有编号", "there is no code"));
        let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        eprintln!("{unknown} {id}\n{known}{}", ids.join(" "));
        return Ok(Exit::Failed);
    };
    if reporter.wants_json() {
        let document =
            json!({ "code": code, "severity": code.severity(), "explanation": code.explanation() });
        print(&format!("{document:#}\n"))?;
    } else {
        print(&text(code, reporter))?;
    }
    Ok(Exit::Done)
}

fn text(code: Code, reporter: &Reporter) -> String {
    let severity = match code.severity() {
        Severity::Error => reporter.say("错误", "error"),
        Severity::Warning => reporter.say("警告", "warning"),
        Severity::Note => reporter.say("提示", "note"),
    };
    let help = reporter.say("办法：", "help: ");
    let explained = code.explanation().map(|one| (one.why.get(reporter.lang), one.mend.get(reporter.lang)));
    let (why, mend) = explained.unwrap_or_default();
    format!("{severity}[{}]\n  {why}\n  {help}{mend}\n", code.id())
}
