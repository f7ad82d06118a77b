//! What is said of a path that is no project: each deed leads to the project.

use std::fs;

use crate::support::{Copy, benchline};

fn said(path: &str, prepare: impl FnOnce(&Copy)) -> [String; 2] {
    let copy = Copy::of("tests/cases/findings/_base");
    prepare(&copy);
    ["zh", "en"].map(|lang| {
        let ran = benchline(copy.path(), &["check", path, "--lang", lang]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        ran.stderr.lines().take(3).collect::<Vec<_>>().join("\n")
    })
}

#[test]
fn the_project_file_in_place_of_the_folder() {
    let [zh, en] = said("benchline.toml", |_| ());
    assert_eq!(
        zh,
        "错误[P001]: “benchline.toml”是文件，不是项目文件夹\n--> benchline.toml\n = 办法: 写它所在的文件夹：“.”"
    );
    assert_eq!(
        en,
        "error[P001]: `benchline.toml` is a file, not the folder of a project\n--> benchline.toml\n = help: write the folder that it is in: `.`"
    );
}

#[test]
fn a_path_that_is_not_there() {
    let [zh, en] = said("数据2025", |_| ());
    assert_eq!(
        zh,
        "错误[P001]: 没有文件夹“数据2025”\n--> 数据2025\n = 办法: 核对路径；新建项目用 `benchline new index 文件夹`"
    );
    assert_eq!(
        en,
        "error[P001]: there is no folder `数据2025`\n--> 数据2025\n = help: look at the path; `benchline new index FOLDER` makes a new project"
    );
}

#[test]
fn a_project_file_with_a_hidden_ending() {
    let [zh, en] = said(".", |copy| {
        fs::rename(copy.path().join("benchline.toml"), copy.path().join("benchline.toml.txt")).unwrap();
    });
    assert_eq!(
        zh,
        "错误[P001]: “.”中没有 benchline.toml\n--> .\n = 办法: 把“benchline.toml.txt”改名为 benchline.toml；看不到扩展名时，先让系统显示扩展名"
    );
    assert_eq!(
        en,
        "error[P001]: there is no benchline.toml in `.`\n--> .\n = help: rename `benchline.toml.txt` to benchline.toml; let the system show the endings of names if it hides them"
    );
}

#[test]
fn the_folder_above_a_project() {
    let [zh, en] = said("projects", |copy| {
        for name in ["b", "a"] {
            let folder = copy.path().join("projects").join(name);
            fs::create_dir_all(&folder).unwrap();
            fs::copy(copy.path().join("benchline.toml"), folder.join("benchline.toml")).unwrap();
        }
    });
    let list = |between: &str| ["a", "b"].map(|name| format!("projects/{name}")).join(between);
    assert_eq!(
        zh,
        format!(
            "错误[P001]: “projects”中没有 benchline.toml\n--> projects\n = 办法: 写项目的文件夹：“{}”",
            list("”“")
        )
    );
    assert_eq!(
        en,
        format!(
            "error[P001]: there is no benchline.toml in `projects`\n--> projects\n = help: write the folder of a project: `{}`",
            list("`, `")
        )
    );
}

/// With `--findings`, where they were written is said even if some are errors.
#[test]
fn findings_sent_back_say_where_they_are() {
    let copy = Copy::of("tests/cases/findings/_base");
    for (written, code) in [("sound", 0), ("wrong", 1)] {
        if code == 1 {
            copy.edit("data/values.csv", "91.0", "约91");
        }
        let ran = benchline(copy.path(), &["check", ".", "--findings", written]);
        assert_eq!(ran.code, code, "{}", ran.stderr);
        assert_eq!(ran.stdout.lines().last(), Some(&*format!("已写入 {written}")));
    }
}

/// A command for the other kind of project says so once, not what it misses in it.
#[test]
fn a_project_of_the_other_kind() {
    let index = Copy::of("tests/cases/findings/_base");
    let contest = Copy::of("tests/cases/contest/findings/_base");
    for verb in ["audit", "publish", "confirm", "forms"] {
        let ran = benchline(contest.path(), &[verb, ".", "--lang", "zh"]);
        assert_eq!(
            (ran.code, &*ran.stderr),
            (
                1,
                "错误[P001]: “.”是赛事项目，此命令用于指数项目\n--> benchline.toml\n = 办法: 赛事用 `benchline contest --help` 所列的命令，以及 check、score、report、run\n\n1 个错误，0 个警告，0 个提示\n"
            ),
            "{verb}"
        );
    }
    let ran = benchline(index.path(), &["contest", "standings", ".", "--lang", "en"]);
    assert_eq!(
        ran.stderr,
        "error[P001]: `.` is an index; this command is for a contest\n--> benchline.toml\n = help: for an index there are the commands that `benchline --help` lists; a contest says `kind = \"contest\"` in benchline.toml\n\nerrors: 1, warnings: 0, notes: 0\n"
    );
}
