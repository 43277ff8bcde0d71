//! Watching a solve.

use crate::measure::Cost;
use std::time::Duration;

/// Where a solve stands.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Wall-clock time since the start of the budget.
    pub elapsed: Duration,
    /// The share of the budget that is spent, 0 to 1.
    pub share: f64,
    /// Iterations done.
    pub iterations: u64,
    /// What the best plan so far costs; mandatory unserved orders count nothing here.
    pub cost: Cost,
    /// How many orders the best plan leaves out.
    pub unserved: usize,
    /// How many routes the best plan has.
    pub routes: usize,
}

/// Is told how a solve goes on, by the thread that called [`solve`](crate::solve::Solver::solve), between batches of
/// iterations; it should return quickly. What it does never changes the plan.
pub trait Observer: Sync {
    /// A better plan was found since the last call. At most about twenty times a second.
    fn improved(&self, progress: &Progress) {
        let _ = progress;
    }

    /// Time has passed. About ten times a second.
    fn progress(&self, progress: &Progress) {
        let _ = progress;
    }
}
