//! How much of a budget is spent.

use crate::solve::{Budget, Status};
use std::time::{Duration, Instant};

/// A running budget.
pub(super) struct Clock<'b> {
    budget: &'b Budget,
    start: Instant,
    deadline: Option<Duration>,
}

impl<'b> Clock<'b> {
    /// Starts counting; `orders` sets the time kept back for making the plan, and that of a budget without a limit.
    pub(super) fn new(budget: &'b Budget, orders: usize) -> Self {
        let start = budget.since.unwrap_or_else(Instant::now);
        let open = budget.time.is_none() && budget.iterations.is_none();
        let time = if open {
            Some(Duration::from_millis(
                (orders as u64 * 10).clamp(100, 600_000),
            ))
        } else {
            budget.time
        };
        // Walking and checking the plan at the end takes a third of a microsecond a stop, and about one if need be to put
        // what is left on vehicles.
        let reserve = Duration::from_micros(500 + 2 * orders as u64);
        Self {
            budget,
            start,
            deadline: time.map(|t| t.saturating_sub(reserve)),
        }
    }

    /// Since the start.
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// The share of the budget that is spent, 0 to 1, after this many iterations of a search that began at `from`.
    pub(super) fn share(&self, iterations: u64, from: Duration) -> f64 {
        let by_time = self.deadline.map_or(0.0, |deadline| {
            let span = deadline.saturating_sub(from).as_secs_f64();
            let spent = self.elapsed().saturating_sub(from).as_secs_f64();
            if span > 0.0 { spent / span } else { 1.0 }
        });
        let by_count = self.budget.iterations.map_or(0.0, |most| {
            if most == 0 {
                1.0
            } else {
                iterations as f64 / most as f64
            }
        });
        by_time.max(by_count).min(1.0)
    }

    /// The iteration budget, if there is one.
    pub(super) fn iterations(&self) -> Option<u64> {
        self.budget.iterations
    }

    /// How many iterations are left.
    pub(super) fn iterations_left(&self, done: u64) -> u64 {
        self.budget
            .iterations
            .map_or(u64::MAX, |most| most.saturating_sub(done))
    }

    /// Why to stop, if so: `complete` says whether all mandatory orders are served, `cost` what the plan costs.
    pub(super) fn stop(&self, iterations: u64, complete: bool, cost: i64) -> Option<Status> {
        if self.interrupted() {
            return Some(if self.cancelled() {
                Status::Cancelled
            } else {
                Status::TimeSpent
            });
        }
        if self.iterations_left(iterations) == 0 {
            return Some(Status::IterationsSpent);
        }
        let reached = complete
            && self
                .budget
                .target
                .is_some_and(|target| cost <= target.get());
        reached.then_some(Status::TargetReached)
    }

    fn cancelled(&self) -> bool {
        self.budget
            .cancel
            .as_ref()
            .is_some_and(super::Cancel::is_raised)
    }

    /// How much time is left, if it is limited; none once the flag is raised.
    pub(super) fn left(&self) -> Option<Duration> {
        if self.cancelled() {
            return Some(Duration::ZERO);
        }
        self.deadline
            .map(|deadline| deadline.saturating_sub(self.elapsed()))
    }

    /// Whether time is up or the flag is raised.
    pub(super) fn interrupted(&self) -> bool {
        self.cancelled()
            || self
                .deadline
                .is_some_and(|deadline| self.elapsed() >= deadline)
    }
}
