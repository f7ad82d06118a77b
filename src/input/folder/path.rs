use std::path::{Component, Path};

use crate::diagnostics::{Code, Finding, bilingual};

pub(in crate::input) fn stays_inside(path: &str) -> bool {
    let windows_path = path.contains('\\') || path.contains(':');
    !path.is_empty()
        && !windows_path
        && !path.chars().any(char::is_control)
        && !path.split('/').any(is_device)
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Whether a name is one that Windows keeps for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered
            .is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

pub(in crate::input) fn unsafe_path(path: &str) -> Finding {
    let slashed = path.replace('\\', "/");
    let (message, help) = if path.is_empty() {
        (
            bilingual!("文件路径是空的", "the path of the file is empty"),
            bilingual!(
                "写文件的相对路径，例如 `data/values.csv`",
                "write a relative path such as `data/values.csv`"
            ),
        )
    } else if path.contains('\\') && stays_inside(&slashed) {
        (
            bilingual!("路径“{path}”中有反斜杠", "the path `{path}` has a backslash"),
            bilingual!("写 `{slashed}`", "write `{slashed}`"),
        )
    } else if path.chars().any(char::is_control) || path.split('/').any(is_device) {
        (
            bilingual!("“{path}”不能作为文件名", "`{path}` cannot be the name of a file"),
            bilingual!(
                "去掉控制字符；不用 Windows 保留的名称（CON、NUL、COM1 等）",
                "leave out control characters and names that Windows keeps (CON, NUL, COM1)"
            ),
        )
    } else {
        (
            bilingual!("路径“{path}”指向项目文件夹之外", "the path `{path}` leads out of the project folder"),
            bilingual!(
                "把文件放进项目文件夹，并写相对路径",
                "put the file into the project folder and write a relative path"
            ),
        )
    };
    Finding::new(Code::UnsafePath, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for bad in [
            "",
            "/etc/passwd",
            "../a.csv",
            "data/../../a",
            "C:\\a.csv",
            "a\\b",
            "a\0b",
            "data/nul.csv",
            "COM1",
        ] {
            assert!(!stays_inside(bad), "{bad}");
        }
        assert!(stays_inside("data/2025/运行指标.csv") && stays_inside("./a.csv"));
    }
}
