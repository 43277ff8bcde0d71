//! How long to search.

use crate::measure::Cost;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// When to stop: after a time, a number of iterations, at a target cost, or when a flag is raised; whichever comes
/// first. A budget that is spent is a [`Status`](crate::solve::Status), not an error.
///
/// Where time is short, everything that comes before the search is cut short as well: neighbour lists become narrower,
/// and once time is up, the orders that are left are put on vehicles along a space-filling curve. That is a poor
/// plan, but a whole one as long as vehicles suffice. Not cut short are making working memory and that last step,
/// walking the plan, and checking it: about 5 ms for 10,000 orders and 70 ms for 100,000.
///
/// ```
/// use milkrun::solve::{Budget, Cancel};
///
/// let stop = Cancel::new();
/// let budget = Budget::seconds(10.0).and_iterations(1_000_000).and_cancel(&stop);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Budget {
    pub(super) time: Option<Duration>,
    pub(super) since: Option<Instant>,
    pub(super) iterations: Option<u64>,
    pub(super) target: Option<Cost>,
    pub(super) cancel: Option<Cancel>,
}

impl Budget {
    /// Wall-clock seconds, from the call of [`solve`](crate::solve::Solver::solve) on. Negative and NaN count as zero,
    /// and more than a year as a year.
    pub fn seconds(seconds: f64) -> Self {
        const YEAR: f64 = 365.25 * 86_400.0;
        let bounded = if seconds.is_nan() {
            0.0
        } else {
            seconds.clamp(0.0, YEAR)
        };
        Self::time(Duration::from_secs_f64(bounded))
    }

    /// A wall-clock time, from the call of [`solve`](crate::solve::Solver::solve) on.
    pub fn time(time: Duration) -> Self {
        Self {
            time: Some(time),
            ..Self::default()
        }
    }

    /// A number of iterations: the plan then depends on nothing but problem, options and seed.
    pub fn iterations(iterations: u64) -> Self {
        Self {
            iterations: Some(iterations),
            ..Self::default()
        }
    }

    /// No limit but the others that are added; alone, one second for each hundred orders, at most ten minutes.
    pub fn open() -> Self {
        Self::default()
    }

    /// Also stops after this wall-clock time.
    #[must_use]
    pub fn and_seconds(mut self, seconds: f64) -> Self {
        self.time = Self::seconds(seconds).time;
        self
    }

    /// Also stops after this many iterations.
    #[must_use]
    pub fn and_iterations(mut self, iterations: u64) -> Self {
        self.iterations = Some(iterations);
        self
    }

    /// Also stops once every mandatory order is served and the plan costs no more than this.
    #[must_use]
    pub fn and_target(mut self, cost: Cost) -> Self {
        self.target = Some(cost);
        self
    }

    /// Also stops when the flag is raised.
    #[must_use]
    pub fn and_cancel(mut self, cancel: &Cancel) -> Self {
        self.cancel = Some(cancel.clone());
        self
    }

    /// Counts the time from an earlier moment, such as the start of the process or of a request.
    #[must_use]
    pub fn since(mut self, start: Instant) -> Self {
        self.since = Some(start);
        self
    }
}

/// A flag that stops a running solve from another thread, within about ten milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag that is not raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Raises the flag; it stays raised.
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the flag is raised.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
