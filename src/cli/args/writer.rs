use clap::Args;

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
