use std::path::PathBuf;

use clap::Args;

/// Which board, and how it is kept up.
#[derive(Debug, Args)]
pub struct BoardArgs {
    /// 项目文件夹 · project folder
    pub project: PathBuf,
    /// 阶段或轮次（默认：最近开始的阶段）· the stage or round (default: the last stage that has begun)
    #[arg(long, value_name = "ID")]
    pub stage: Option<String>,
    /// 封榜：名单封存之后的得分不显示 · freeze at the seal of names: scores after it are not shown
    #[arg(long, conflicts_with = "freeze_at")]
    pub freeze: bool,
    /// 封榜：日志这一件事或这一时间之后的得分不显示 · freeze after this event of the log, or after this time
    #[arg(long, value_name = "SEQ|TIME")]
    pub freeze_at: Option<String>,
    /// 揭晓：从末名到首名逐个按键揭晓 · reveal the placing from the last to the first, key by key
    #[arg(long, conflicts_with_all = ["freeze", "freeze_at", "watch"])]
    pub reveal: bool,
    /// 盯住项目文件夹，有变化就重写；Ctrl-C 结束 · watch the project and write the board anew when it changes; Ctrl-C ends
    #[arg(long)]
    pub watch: bool,
}
