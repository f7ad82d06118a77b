//! What is said of a path that is no project.

use std::path::Path;

use super::open::PROJECT_FILE;
use crate::diagnostics::{Bilingual, Code, Finding, Place, bilingual, shown};
use crate::input::Nearby;

/// Most projects that the help lists.
const MOST_LISTED: usize = 5;

/// A path that is no folder of a project: what it is instead, and what to write.
pub(super) fn no_project(root: &Path) -> Finding {
    let path = root.display();
    let nothing = || bilingual!("“{path}”中没有 {PROJECT_FILE}", "there is no {PROJECT_FILE} in `{path}`");
    let (message, help) = match Nearby::of(root, PROJECT_FILE) {
        Nearby::NoFolder => (
            bilingual!("没有文件夹“{path}”", "there is no folder `{path}`"),
            bilingual!(
                "核对路径；新建项目用 `benchline new index 文件夹`",
                "look at the path; `benchline new index FOLDER` makes a new project"
            ),
        ),
        Nearby::File => (
            bilingual!("“{path}”是文件，不是项目文件夹", "`{path}` is a file, not the folder of a project"),
            whose_file(root),
        ),
        Nearby::Misnamed(found) => {
            let found = shown(&found);
            (
                nothing(),
                bilingual!(
                    "把“{found}”改名为 {PROJECT_FILE}；看不到扩展名时，先让系统显示扩展名",
                    "rename `{found}` to {PROJECT_FILE}; let the system show the endings of names if it hides them"
                ),
            )
        }
        Nearby::Below(folders) => {
            let paths = folders.iter().take(MOST_LISTED).map(|name| root.join(name).display().to_string());
            let (list, more) = (paths.collect::<Vec<_>>(), folders.len() > MOST_LISTED);
            let (zh, en) = (list.join("”“"), list.join("`, `"));
            let (more_zh, more_en) = if more { ("等", " and others") } else { ("", "") };
            (
                nothing(),
                bilingual!(
                    "写项目的文件夹：“{zh}”{more_zh}",
                    "write the folder of a project: `{en}`{more_en}"
                ),
            )
        }
        Nearby::Nothing => (
            nothing(),
            bilingual!(
                "写项目所在的文件夹；新建项目用 `benchline new index 文件夹`",
                "write the folder of the project; `benchline new index FOLDER` makes a new one"
            ),
        ),
    };
    Finding::new(Code::NoProject, message, help).at(Place::file(path.to_string()))
}

/// A project of the other kind than the command is for.
pub(super) fn other_kind(root: &Path, is_contest: bool) -> Finding {
    let path = root.display();
    let (message, help) = match is_contest {
        true => (
            bilingual!(
                "“{path}”是赛事项目，此命令用于指数项目",
                "`{path}` is a contest; this command is for an index"
            ),
            bilingual!(
                "赛事用 `benchline contest --help` 所列的命令，以及 check、score、report、run",
                "for contests there are the commands that `benchline contest --help` lists, and check, score, report and run"
            ),
        ),
        false => (
            bilingual!(
                "“{path}”是指数项目，此命令用于赛事",
                "`{path}` is an index; this command is for a contest"
            ),
            bilingual!(
                "指数用 `benchline --help` 所列的命令；赛事项目在 {PROJECT_FILE} 中写 `kind = \"contest\"`",
                "for an index there are the commands that `benchline --help` lists; a contest says `kind = \"contest\"` in {PROJECT_FILE}"
            ),
        ),
    };
    Finding::new(Code::NoProject, message, help).at(Place::file(PROJECT_FILE))
}

/// The folder of a file, if that is a project.
fn whose_file(file: &Path) -> Bilingual {
    let folder = file.parent().filter(|_| file.file_name().is_some_and(|name| name == PROJECT_FILE));
    match folder {
        Some(folder) => {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let folder = folder.display();
            bilingual!("写它所在的文件夹：“{folder}”", "write the folder that it is in: `{folder}`")
        }
        None => bilingual!("写项目所在的文件夹", "write the folder of the project"),
    }
}
