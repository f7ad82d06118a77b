use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, Starter};
use serde_json::json;

use super::forms::FORMS;
use crate::cli::args::Kind;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Writes a new project; where units are to fill in workbooks, with these.
pub fn run(kind: Kind, folder: &Path, starter: Starter, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let Kind::Index = kind;
    let written = project::create(folder, starter, &mut findings)?;
    let forms = match starter {
        Starter::Forms if !findings.has_errors() => {
            project::publish_data_forms(folder, &[], &folder.join(FORMS), &mut findings)?
        }
        _ => None,
    };
    let forms = forms.map(|(_, count)| count);
    let text = || {
        let (shown, zh) = (folder.display(), reporter.say("zh", "en") == "zh");
        let list: String = written.iter().map(|path| format!("  {path}\n")).collect();
        let made = if zh { format!("已新建 {shown}：\n") } else { format!("made {shown}:\n") };
        Some(made + &list + &next(&shown.to_string(), starter, forms.unwrap_or(0), zh))
    };
    let json = || Some(json!({ "folder": folder, "files": written, "forms": forms }));
    reporter.finish(folder, findings, text, json)
}

/// What to do next.
fn next(folder: &str, starter: Starter, forms: usize, zh: bool) -> String {
    match (starter, zh) {
        (Starter::Sample, true) => format!("下一步：benchline run {folder}\n"),
        (Starter::Sample, false) => format!("next: benchline run {folder}\n"),
        (Starter::Empty, true) => {
            format!("下一步：在 data/ 中填写数据，再运行 benchline check {folder}\n")
        }
        (Starter::Empty, false) => format!("next: fill in data/, then benchline check {folder}\n"),
        (Starter::Forms, true) => format!(
            "  forms/：{forms} 份填报表，示例单位各一份
下一步：
  1. 在 data/units.csv 中换成自己的单位，运行 benchline forms {folder} 重新生成填报表
  2. 发出 {folder}/forms 中的填报表；收回的放进 {folder}/报送，不用改名
  3. benchline check {folder}，再 benchline run {folder}
"
        ),
        (Starter::Forms, false) => format!(
            "  forms/: {forms} data-entry workbooks, one for each sample unit
next:
  1. put your own units into data/units.csv and make the workbooks anew: benchline forms {folder}
  2. send what is in {folder}/forms; put what comes back into {folder}/报送, under any name
  3. benchline check {folder}, then benchline run {folder}
"
        ),
    }
}
