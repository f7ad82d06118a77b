//! Arguments of the verbs of contests.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::BoardArgs;
use super::contest_after::{AppealVerb, RecountVerb};
use super::writer::{WhyArgs, WriterArgs};

/// Verbs of contests.
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
    /// 空白评分表：每位评委、每轮一份 xlsx，每轮一份可打印的 PDF（默认写入 项目/forms）· blank score sheets: a workbook per judge and round, a PDF per round (default: PROJECT/forms)
    Forms {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 只做这些轮次（默认：参赛者已确定的各轮）· only these rounds (default: all whose entries are known)
        #[arg(long = "round", value_name = "ID")]
        rounds: Vec<String>,
        /// 只做要复核的各行（默认写入 项目/recount/编号/forms）· only what this recount counts again (default: PROJECT/recount/ID/forms)
        #[arg(long, value_name = "ID")]
        recount: Option<String>,
    },
    /// 录入项目声明的评分表，或交回的 `contest forms` 评分表；--second 为第二人复录 · key the declared sheets, or score sheets of `contest forms`; --second: keyed again by another person
    Enter {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 只录这些文件（在项目文件夹里）· only these files of the project folder
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
    /// 大屏：一个离线网页，现场名次、封榜、揭晓（默认写入 项目/board.html）· the board in the hall: one offline page (default: PROJECT/board.html)
    Board(BoardArgs),
    /// 复核：前几名和抽到的其余参赛者，评分表重新录入并逐格比较 · recount the top and a sample of the rest
    Recount {
        #[command(subcommand)]
        verb: RecountVerb,
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
