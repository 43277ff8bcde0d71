//! What a solve returns.

use crate::measure::Cost;
use crate::plan::{Plan, Violation};
use std::time::Duration;

/// Why the solver stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// The time was up.
    TimeSpent,
    /// The iterations were done.
    IterationsSpent,
    /// The target cost was reached.
    TargetReached,
    /// The cancel flag was raised.
    Cancelled,
    /// There was nothing to search for: no orders, or no choice.
    NothingToDo,
}

/// Figures of a solve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Statistics {
    /// Iterations of ruin and recreate.
    pub iterations: u64,
    /// Epochs: one for a single trajectory; of islands, one more for each child of two plans.
    pub epochs: u64,
    /// How often a new best plan was found (by epochs where the problem is cut into cells).
    pub improvements: u64,
    /// What the starting plan cost; `None` while mandatory orders were unserved.
    pub start_cost: Option<Cost>,
    /// What any vehicle counted for in the search, on top of what it costs, where
    /// [`vehicles_first`](crate::solve::SolveOptions::vehicles_first) was set. No cost of a plan contains it.
    pub vehicle_price: Option<Cost>,
    /// Wall-clock time from the start of the budget to the plan.
    pub elapsed: Duration,
}

/// The best plan found, why the solver stopped, and figures.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Outcome {
    /// The best plan.
    pub plan: Plan,
    /// Why the solver stopped.
    pub status: Status,
    /// Figures.
    pub statistics: Statistics,
    /// What [`Plan::check`] found: always empty, else this is a fault of milkrun that the independent judge caught.
    pub violations: Vec<Violation>,
}
