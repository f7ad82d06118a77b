use clap::Args;

/// How a revision is made or shown.
#[derive(Clone, Debug, Args)]
pub struct ReviseArgs {
    /// 只列出已登记的修订 · list the revisions on record
    #[arg(long)]
    pub list: bool,

    /// 经办人的编号，不写姓名 · who does it: a code, no name
    #[arg(long, value_name = "CODE", required_unless_present = "list")]
    pub by: Option<String>,

    /// 时间，例如 2025-12-01T09:30:00+08:00（默认：现在）· the time (default: now)
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// 只看结果，不登记 · show what would come of it, record nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Which revision of the data is taken.
#[derive(Clone, Copy, Debug, Args)]
pub struct AtRevision {
    /// 按第 N 次修订时的数据；0 为未修订（默认：最近一次）· the data as of revision N; 0 is as first read (default: the last)
    #[arg(long, value_name = "N")]
    pub revision: Option<usize>,
}
