use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project;
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// The folder of data-entry workbooks within a project.
pub const FORMS: &str = "forms";

/// Writes data-entry workbooks, of some units or of all.
pub fn run(
    folder: &Path,
    units: &[String],
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let target = out.map_or_else(|| folder.join(FORMS), Path::to_owned);
    let written = project::publish_data_forms(folder, units, &target, &mut findings)?;
    let text = || {
        let (path, count) = written.as_ref()?;
        let shown = path.display();
        Some(match reporter.say("zh", "en") {
            "zh" => format!(
                "已写入 {shown}：{count} 份\n收回后放进 benchline.toml 中 [forms] 的 files 所指的文件夹，即可读取\n"
            ),
            _ => format!(
                "written to {shown}: {count}\nput what comes back where `files` of [forms] in benchline.toml says, and it is read\n"
            ),
        })
    };
    let json = || {
        let (path, count) = written.as_ref()?;
        Some(json!({ "folder": path, "forms": count }))
    };
    reporter.finish(folder, findings, text, json)
}
