use benchline::project::Starter;
use clap::Args;

/// What a new project starts with; without any, headers only.
#[derive(Args, Clone, Copy, Debug)]
pub struct StartArgs {
    /// 带可运行的示例数据 · with sample data, ready to run
    #[arg(long)]
    sample: bool,
    /// 数据由各单位填报，同时生成填报表 · units fill in data-entry workbooks, which are made at once
    #[arg(long, conflicts_with = "sample")]
    forms: bool,
}

impl From<StartArgs> for Starter {
    fn from(with: StartArgs) -> Self {
        match (with.sample, with.forms) {
            (_, true) => Starter::Forms,
            (true, false) => Starter::Sample,
            (false, false) => Starter::Empty,
        }
    }
}
