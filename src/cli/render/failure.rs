//! A failure of the tool in words.

use std::io::ErrorKind;

use benchline::diagnostics::{Failure, Lang};

/// What happened, and what helps where something does.
pub(super) fn words(failure: &Failure, lang: Lang) -> (String, Option<&'static str>) {
    let Failure::Io { action, path, source } = failure else { return (failure.to_string(), None) };
    let (zh, en) = match source.kind() {
        ErrorKind::PermissionDenied => (
            Some(("没有权限", "换一个可以写入的文件夹（`--out`），或请管理员授权")),
            Some("choose a folder that you may write to (`--out`), or ask for the permission"),
        ),
        ErrorKind::ReadOnlyFilesystem => {
            (Some(("所在的盘只能读", "用 `--out` 写到别的盘")), Some("write to another disk with `--out`"))
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            (Some(("磁盘已满", "腾出空间再运行")), Some("make room and run again"))
        }
        ErrorKind::NotFound => (Some(("所在的文件夹不存在或不能写入", "核对路径")), Some("look at the path")),
        ErrorKind::InvalidFilename => {
            (Some(("文件名太长或不能用", "换短一些的路径或名称")), Some("choose a shorter path or name"))
        }
        _ => (None, None),
    };
    match (lang, zh) {
        (Lang::Zh, Some((fact, deed))) => {
            (format!("{}“{}”: {fact} ({})", verb(action), path.display(), first_line(source)), Some(deed))
        }
        (Lang::Zh, None) => (format!("{}“{}”: {source}", verb(action), path.display()), None),
        (Lang::En, _) => (failure.to_string(), en),
    }
}

/// Without the path that some errors repeat.
fn first_line(source: &std::io::Error) -> String {
    let text = source.to_string();
    text.split(" at path ").next().unwrap_or_default().to_owned()
}

fn verb(action: &str) -> &str {
    match action {
        "create" => "新建",
        "create a file in" => "新建文件于",
        "create a folder in" => "新建文件夹于",
        "lock" => "锁定",
        "open" => "打开",
        "put back" => "放回",
        "remove" => "删除",
        "rename" => "改名",
        "rename to" => "改名为",
        "watch" => "留意",
        "write" => "写入",
        "write to" => "写到",
        other => other,
    }
}
