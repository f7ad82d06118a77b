use std::time::Duration;

use benchline::diagnostics::Lang;
use benchline::project::Step;
use indicatif::{ProgressBar, ProgressStyle};

/// A bar with count and time left, while documents are made. Hidden where
/// nobody watches.
pub struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    pub fn new(hidden: bool, lang: Lang) -> Self {
        let bar = if hidden { ProgressBar::hidden() } else { ProgressBar::no_length() };
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {elapsed} (ETA {eta})");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, lang }
    }

    pub fn step(&self, step: Step) {
        match step {
            Step::Documents(total) => {
                self.bar.set_length(total as u64);
                self.bar.enable_steady_tick(Duration::from_millis(100));
                self.bar.set_message(match self.lang {
                    Lang::Zh => "生成文件",
                    Lang::En => "Documents",
                });
            }
            Step::Made(_) => self.bar.inc(1),
        }
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
