//! Arguments of what comes after the marks: appeals and recounts.

use std::path::PathBuf;

use clap::Subcommand;

use super::writer::{WhyArgs, WriterArgs};

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

/// Recounts.
#[derive(Debug, Subcommand)]
pub enum RecountVerb {
    /// 抽取要复核的参赛者；种子 = 日志头与公共数值的哈希 · draw whose marks are counted again; seed = hash of log head and public value
    Draw {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 复核编号 · id of the recount
        id: String,
        /// 阶段 · the stage
        #[arg(long)]
        stage: String,
        /// 前几名（末名并列的都在内）· how many places from the top, all who share the last one included
        #[arg(long, value_name = "N", default_value_t = 0)]
        top: usize,
        /// 从其余有名次的参赛者中抽几个 · how many of the others that have a place
        #[arg(long, value_name = "K", default_value_t = 0)]
        sample: usize,
        /// 公布日志头之后才产生的公共数值 · a public value, fixed after the head of the log was published
        #[arg(long)]
        public: String,
        #[command(flatten)]
        writer: WriterArgs,
    },
    /// 录入 recount/编号/ 下重新录的评分表，与计分的逐格比较 · compare the sheets below recount/ID/ with what counts
    Enter {
        /// 项目文件夹 · project folder
        project: PathBuf,
        /// 复核编号 · id of the recount
        id: String,
        #[command(flatten)]
        writer: WriterArgs,
    },
}
