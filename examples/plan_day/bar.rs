//! The progress of the search.

use indicatif::{ProgressBar, ProgressStyle};
use milkrun::solve::{Observer, Progress};

/// The steps of a full bar.
const STEPS: u64 = 1_000;

/// A bar on the standard error; it stays silent where that is no terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::new(STEPS);
        let style = ProgressStyle::with_template("planning {bar:32} {percent:>3} %  {msg}");
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Clears the line.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Observer for Bar {
    fn progress(&self, progress: &Progress) {
        self.0.set_position((progress.share * STEPS as f64) as u64);
        self.0.set_message(format!(
            "cost {:.2}, {} routes, {} unserved",
            progress.cost.to_f64(),
            progress.routes,
            progress.unserved
        ));
    }
}
