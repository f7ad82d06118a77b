use std::path::PathBuf;

use benchline::diagnostics::Lang;
use benchline::plan::RobustnessPlan;
use benchline::project::{Request, Selection};
use clap::{Args, Parser, Subcommand, ValueEnum};

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
    /// 检查项目，不写任何文件 · check a project, write nothing
    Check {
        /// 项目文件夹 · project folder
        project: PathBuf,
    },
    /// 计算并显示得分；给出 --out 时写入结果表 · compute and show scores; with --out, write result tables
    Score {
        /// 项目文件夹 · project folder
        project: PathBuf,
    },
    /// 只生成报告（默认写入 项目/report）· make the reports only (default: PROJECT/report)
    Report {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        making: Making,
    },
    /// 生成项目声明的全部输出（默认写入 项目/out）· make everything the project declares (default: PROJECT/out)
    Run {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        making: Making,
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
    /// 新建项目 · make a new project
    New {
        /// 项目种类 · kind of project
        kind: Kind,
        /// 新文件夹 · new folder
        folder: PathBuf,
        /// 带可运行的示例数据 · with sample data, ready to run
        #[arg(long)]
        sample: bool,
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

#[derive(Debug, Subcommand)]
pub enum ContestVerb {
    /// 各轮得分与各分项 · the scores of a round, part by part
    Score {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 轮次（默认：最近一轮）· the round (default: the last one held)
        #[arg(long, value_name = "ID")]
        round: Option<String>,
    },
    /// 阶段名次 · the placing of a stage
    Standings {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 阶段、轮次或个人排名（默认：最近一个阶段）· the stage, round or ranking of members (default: the last stage placed)
        #[arg(long, value_name = "ID")]
        stage: Option<String>,
    },
    /// 晋级与候补 · who goes on, and reserves
    Advance {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 阶段（默认：最近一个有晋级名单的阶段）· the stage (default: the last one with a list)
        #[arg(long, value_name = "ID")]
        stage: Option<String>,
    },
    /// 奖项 · prizes
    Prizes {
        /// 项目文件夹 · project folder
        project: PathBuf,
    },
    /// 抽签：先公布承诺，公共数值产生后再抽 · draws: a commitment first, then the draw
    Draw {
        #[command(subcommand)]
        verb: DrawVerb,
    },
    /// 录入项目声明的评分表；--second 为第二人复录 · key the declared sheets; --second: keyed again by another person
    Enter {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 只录这些文件（项目内的路径）· only these files, by path within the project
        files: Vec<String>,
        /// 与第一遍逐格比较 · compare with the first entry, cell by cell
        #[arg(long)]
        second: bool,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 更正一个分数，或裁定两遍录入的差别 · correct a mark, or decide between two entries
    Correct {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        about: AboutArgs,
        /// 原来的分数 · the mark as it is
        #[arg(long)]
        old: Option<String>,
        /// 正确的分数 · the right mark
        #[arg(long)]
        value: Option<String>,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 评委回避 · a judge stands aside
    Recuse {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        about: AboutArgs,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 评审委员会改定名次，写明何人何故 · the jury places an entry, with person and reason
    Override {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        about: AboutArgs,
        /// 改定的名次 · the place
        #[arg(long)]
        place: String,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 登记其他事项：未到、缺席、超时等 · record another event: no-show, absent, overtime
    Event {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 事项，同事项表的“事项”列 · the kind, as in the table of events
        kind: String,
        #[command(flatten)]
        about: AboutArgs,
        /// 数值 · the value
        #[arg(long)]
        value: Option<String>,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 登记名单等文件的改动 · put changed lists on record
    Accept {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 签署成绩 · sign the result
    Sign {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 阶段或轮次 · the stage or round
        #[arg(long, value_name = "ID")]
        of: String,
        /// 职务，例如 chief-judge · the office
        #[arg(long)]
        role: String,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 封存：此后各种输出只有编号 · hide names from all outputs
    Seal {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 解封 · show names again
    Unseal {
        /// 项目文件夹 · project folder
        project: PathBuf,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 申诉 · appeals
    Appeal {
        #[command(subcommand)]
        verb: AppealVerb,
    },
    /// 谁还没有交什么 · who has not handed in what
    Status {
        /// 项目文件夹 · project folder
        project: PathBuf,
    },
    /// 显示日志 · show the log
    Log {
        /// 项目文件夹 · project folder
        project: PathBuf,
    },
    /// 从日志重算一切，指出第一处不同；输出文件夹用 --out（默认：项目/out）· recompute everything from the log; outputs by --out
    Verify {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 公布的日志头，至少 16 位 · the published head, at least 16 digits
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
    },
}

/// Draws.
#[derive(Debug, Subcommand)]
pub enum DrawVerb {
    /// 公布承诺：秘密的哈希 · publish the hash of a secret
    Commit {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 抽签的标识 · id of the draw
        draw: String,
        /// 秘密，抽签之前保密 · the secret, kept until the draw
        #[arg(long)]
        secret: String,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 抽签 · make the draw
    Reveal {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 抽签的标识 · id of the draw
        draw: String,
        /// 秘密 · the secret
        #[arg(long)]
        secret: String,
        /// 承诺之后才产生的公共数值 · the public value, fixed after the commitment
        #[arg(long)]
        public: String,
        #[command(flatten)]
        writer: WriterArgs,
    },
}

/// Appeals.
#[derive(Debug, Subcommand)]
pub enum AppealVerb {
    /// 登记申诉 · open an appeal
    Open {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 申诉编号 · id of the appeal
        id: String,
        /// 参赛者 · the entry
        #[arg(long)]
        entry: String,
        /// 阶段 · the stage
        #[arg(long)]
        stage: String,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 裁定申诉，写入前后的名次 · decide an appeal, with places before and after
    Decide {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 申诉编号 · id of the appeal
        id: String,
        /// 申诉成立 · the appeal is upheld
        #[arg(long)]
        upheld: bool,
        #[command(flatten)]
        why: WhyArgs,
        #[command(flatten)]
        writer: WriterArgs,
    },
}

/// Who writes into the log, and when.
#[derive(Clone, Debug, Args)]
pub struct WriterArgs {
    /// 经办人的编号，不写姓名 · who does it: a code, no name
    #[arg(long)]
    pub by: String,
    /// 时间，例如 2025-12-01T09:30:00+08:00（默认：现在）· the time (default: now)
    #[arg(long)]
    pub at: Option<String>,
}

/// Why.
#[derive(Clone, Debug, Args)]
pub struct WhyArgs {
    /// 理由 · the reason
    #[arg(long)]
    pub why: String,
}

/// What an event is about.
#[derive(Clone, Debug, Args)]
pub struct AboutArgs {
    /// 轮次或阶段 · the round or stage
    #[arg(long)]
    pub round: Option<String>,
    /// 参赛者 · the entry
    #[arg(long)]
    pub entry: Option<String>,
    /// 选手 · the member
    #[arg(long)]
    pub member: Option<String>,
    /// 评委 · the judge
    #[arg(long)]
    pub judge: Option<String>,
    /// 评分项 · the criterion
    #[arg(long)]
    pub criterion: Option<String>,
    /// 动作 · the attempt
    #[arg(long)]
    pub attempt: Option<String>,
    /// 由谁决定（编号）· who decided it, by code
    #[arg(long)]
    pub decided_by: Option<String>,
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
