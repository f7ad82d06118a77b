mod board;
mod contest;
mod contest_after;
mod revise;
mod start;
mod writer;

use std::path::PathBuf;

use benchline::diagnostics::Lang;
use benchline::plan::RobustnessPlan;
use benchline::project::{Request, Selection};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use board::BoardArgs;
pub use contest::{AboutArgs, ContestVerb, DrawVerb};
pub use contest_after::{AppealVerb, RecountVerb};
pub use revise::{AtRevision, ReviseArgs};
pub use start::StartArgs;
pub use writer::{WhyArgs, WriterArgs};

/// 热线标尺：由数据到指数、评级与报告 · from data to index, ratings and reports
#[derive(Debug, Parser)]
#[command(name = "benchline", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub verb: Verb,

    /// 消息的语言 · language of messages
    #[arg(long, global = true, value_enum, default_value = "zh", env = "BENCHLINE_LANG")]
    pub lang: LangArgument,

    /// 消息的格式：给人、给程序、给 CI 注释、给代码扫描 · form of messages: for people, programs, CI annotations, code scanning
    #[arg(long, global = true, value_enum, default_value = "human")]
    pub format: Format,

    /// 只输出发现的问题 · print findings only
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// 线程数（默认：全部核心）· number of threads (default: all cores)
    #[arg(long, global = true, value_name = "N", value_parser = jobs)]
    pub jobs: Option<usize>,

    /// 输出文件夹 · output folder
    #[arg(long, global = true, value_name = "FOLDER")]
    pub out: Option<PathBuf>,

    /// 有警告也以 1 退出 · exit with 1 on warnings too
    #[arg(long, global = true)]
    pub strict: bool,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// 检查项目，不计算输出 · check a project, make no outputs
    Check {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 把问题写成可发回各单位的工作簿：文件夹（每单位一个）或一个 .xlsx · write findings as workbooks to send back: a folder (one per unit) or one .xlsx
        #[arg(long, value_name = "FOLDER|FILE.xlsx")]
        findings: Option<PathBuf>,
    },
    /// 计算并显示得分；给出 --out 时写入结果表 · compute and show scores; with --out, write result tables
    Score {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        at: AtRevision,
    },
    /// 只生成报告（默认写入 项目/report）· make the reports only (default: PROJECT/report)
    Report {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        making: Making,
        #[command(flatten)]
        at: AtRevision,
    },
    /// 生成项目声明的全部输出（默认写入 项目/out）· make everything the project declares (default: PROJECT/out)
    Run {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        making: Making,
        #[command(flatten)]
        at: AtRevision,
    },
    /// 审计：名次与评级有多可靠 · audit: how sure ranks and ratings are
    Audit {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        drawing: Drawing,
    },
    /// 发布本期基准包，供各单位自测（默认写入 项目/bundle）· write the edition's reference bundle (default: PROJECT/bundle)
    Publish {
        /// 项目文件夹 · project folder
        project: PathBuf,
    },
    /// 用基准包给自己的数据打分；给出 --out 时写入结果 · score your own data by a reference bundle; with --out, write results
    Assess {
        /// 基准包 · the reference bundle
        #[arg(long, value_name = "BUNDLE")]
        reference: PathBuf,
        /// 自己的数据：CSV 或工作簿，一行一个单位 · your data: a CSV file or workbook, one row per unit
        data: PathBuf,
        /// 只看这个单位 · this unit only
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
    },
    /// 制作数据确认单，请各单位核对（默认写入 项目/confirm）· make the sheets on which units confirm their data (default: PROJECT/confirm)
    Confirm {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 只做这些单位，写代码或名称，可重复 · these units only, by code or name; may be repeated
        #[arg(long, value_name = "UNIT")]
        unit: Vec<String>,
        /// 不制表，只列出谁已确认、谁还没有 · make no sheets; list who has confirmed and who has not
        #[arg(long, conflicts_with = "unit")]
        status: bool,
    },
    /// 生成各单位的填报表，收回即可读取（默认写入 项目/forms）· make data-entry workbooks for the units; what comes back is read as it is (default: PROJECT/forms)
    Forms {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 只做这些单位的 · of these units only
        #[arg(long = "unit", value_name = "CODE")]
        units: Vec<String>,
    },
    /// 比较两份结果：改了什么，谁的得分、名次、评级变了 · what two results differ in, and what came of it
    Diff {
        /// 原来的：项目、输出文件夹或 results.json · before: a project, an output folder or a results.json
        before: PathBuf,
        /// 现在的；不写则比较同一项目的两次修订 · now; left out, two revisions of one project are compared
        after: Option<PathBuf>,
        /// 原来的按第 N 次修订（项目有修订日志时）· before: as of revision N
        #[arg(long, value_name = "N")]
        from: Option<usize>,
        /// 现在的按第 N 次修订 · now: as of revision N
        #[arg(long, value_name = "N")]
        to: Option<usize>,
        /// 有差别时以 1 结束 · end with 1 if they differ
        #[arg(long)]
        exit_code: bool,
    },
    /// 把确认单、更正和申诉登记为一次修订，原数据文件不动 · put confirmation sheets, corrections and appeals on record as a revision; data files stay as they are
    Revise {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 交回的确认单、更正表，或其所在的文件夹 · returned confirmation sheets, tables of corrections, or folders of them
        files: Vec<PathBuf>,
        #[command(flatten)]
        with: ReviseArgs,
    },
    /// 新建项目 · make a new project
    New {
        /// 项目种类 · kind of project
        kind: Kind,
        /// 新文件夹 · new folder
        folder: PathBuf,
        #[command(flatten)]
        with: StartArgs,
    },
    /// 运行自带示例：热线指数 2025、人类发展指数 2022（默认写入 ./benchline-demo）· run the bundled examples: hotline index 2025, HDI 2022
    Demo {
        #[command(flatten)]
        making: Making,
    },
    /// 赛事：评分、名次、晋级、奖项 · contests: scores, placings, who goes on, prizes
    Contest {
        #[command(subcommand)]
        verb: Box<ContestVerb>,
    },
    /// 解释问题编号 · explain a finding code
    ExplainCode {
        /// 编号，例如 V203；不写则列出全部 · a code such as V203; without one, all of them
        code: Option<String>,
        /// 打印 docs/diagnostics.md · print docs/diagnostics.md
        #[arg(long)]
        markdown: bool,
    },
    /// 列出各步骤的方法，或详述一种 · list the methods of every stage, or describe one
    Methods {
        /// 方法或步骤的名称 · name of a method or stage
        name: Option<String>,
    },
    /// 打印文件格式的 JSON Schema · print the JSON Schema of a file format
    Schema {
        /// 哪种文件 · which file
        of: SchemaOf,
    },
    /// 打印命令补全脚本 · print a shell completion script
    Completions {
        /// 哪种 shell · which shell
        shell: clap_complete::Shell,
    },
}

/// How documents are made.
#[derive(Clone, Copy, Debug, Args)]
pub struct Making {
    /// 个别文件无法生成时仍发布其余文件，并以 1 退出 · publish the rest when some documents cannot be made; exit with 1
    #[arg(long)]
    pub allow_partial: bool,

    /// 全部重新生成，不用缓存 · make everything anew, without the cache
    #[arg(long)]
    pub no_cache: bool,
}

/// How an audit draws, where it is not to be as declared.
#[derive(Clone, Copy, Debug, Args)]
pub struct Drawing {
    /// 抽取次数（默认：按项目）· number of draws (default: as the project declares)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    pub draws: Option<u32>,

    /// 随机种子（默认：按项目）· seed (default: as the project declares)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..))]
    pub seed: Option<i64>,
}

impl Drawing {
    /// Puts what is given in place of what is declared.
    pub fn apply(self, plan: &mut RobustnessPlan) {
        plan.draws = self.draws.unwrap_or(plan.draws);
        plan.seed = self.seed.or(plan.seed);
    }
}

impl Making {
    /// What is to be published, made this way.
    pub fn of(self, selection: Selection) -> Request {
        Request { selection, allow_partial: self.allow_partial, cache: !self.no_cache }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArgument {
    Zh,
    En,
}

impl From<LangArgument> for Lang {
    fn from(lang: LangArgument) -> Self {
        match lang {
            LangArgument::Zh => Lang::Zh,
            LangArgument::En => Lang::En,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
    Github,
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// 指标体系评价 · units scored by indicators
    Index,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// 指标框架 · an index framework
    Framework,
    /// 项目文件 benchline.toml · the project file
    Project,
    /// 评分细则 · a rubric
    Rubric,
    /// 赛事项目的 benchline.toml · the project file of a contest
    Contest,
}

/// Most threads that make sense anywhere; more would only fight each other.
const MAX_JOBS: usize = 256;

fn jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(jobs @ 1..=MAX_JOBS) => Ok(jobs),
        _ => Err(format!("应为 1 到 {MAX_JOBS} 的整数 · a whole number from 1 to {MAX_JOBS} is expected")),
    }
}
