//! Time: windows with time warp, release times, duration.

use crate::eval::Excess;
use crate::eval::penalties::{MOST, Penalties};
use crate::eval::prices::Prices;
use crate::eval::resource::{LegCost, Resource};
use crate::measure::{Duration, OrderId, Window};
use crate::problem::Problem;

/// Time over a run of stops.
///
/// # References
///
/// Nagata, Bräysy, Dullaert (2010), 10.1016/j.cor.2009.06.022, for time warp; Vidal, Crainic, Gendreau, Prins (2013),
/// 10.1016/j.cor.2012.07.018, equations 1 to 6, for the join. `release` is the latest release of the goods inside: the
/// route may not leave before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClockSegment {
    /// The shortest time from the start of the run to its end, waiting included.
    pub duration: i64,
    /// How far back in time one must go to keep all windows.
    pub warp: i64,
    /// The first moment at which the run may start so that it lasts no longer than `duration`.
    pub earliest: i64,
    /// The last moment at which it may start without more warp.
    pub latest: i64,
    /// No earlier may the route leave.
    pub release: i64,
}

impl ClockSegment {
    /// One stop that starts within `window` and lasts `duration`.
    pub const fn stop(window: Window, duration: i64, release: i64) -> Self {
        Self {
            duration,
            warp: 0,
            earliest: window.earliest.get(),
            latest: window.latest.get(),
            release,
        }
    }

    /// `self`, then a leg of `travel`, then `next`.
    #[inline]
    #[must_use]
    pub fn join(self, travel: i64, next: Self) -> Self {
        let elapsed = self.duration - self.warp + travel;
        let wait = (next.earliest - elapsed - self.latest).max(0);
        let warp = (self.earliest + elapsed - next.latest).max(0);
        Self {
            duration: self.duration + next.duration + travel + wait,
            warp: self.warp + next.warp + warp,
            earliest: (next.earliest - elapsed).max(self.earliest) - wait,
            latest: (next.latest - elapsed).min(self.latest) + warp,
            release: self.release.max(next.release),
        }
    }

    /// Time warp of a whole route, with what leaving after the last release adds.
    #[inline]
    pub fn lateness(self) -> i64 {
        self.warp + (self.release - self.latest).max(0)
    }
}

/// Time of a route: windows and releases kept, duration priced by vehicle type and limited by its longest duration.
#[derive(Debug, Clone)]
pub struct Clock {
    price: Vec<i64>,
    longest: Vec<i64>,
    leaves: Vec<Window>,
    returns: Vec<Window>,
}

impl Clock {
    /// What the duration of a route costs.
    #[inline]
    pub(super) fn paid(&self, route: ClockSegment, vehicle: usize) -> i64 {
        let paid = route.duration.saturating_mul(self.price[vehicle]);
        paid.min(MOST)
    }
}

/// Before every release.
pub(super) const NEVER: i64 = -(1 << 41);

impl Resource for Clock {
    type Segment = ClockSegment;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let fleet = problem.fleet();
        Self {
            price: Prices::new(problem).duration,
            longest: fleet
                .iter()
                .map(|t| t.max_duration.map_or(i64::MAX / 4, Duration::get))
                .collect(),
            leaves: fleet.iter().map(|t| t.leaves).collect(),
            returns: fleet.iter().map(|t| t.returns).collect(),
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> ClockSegment {
        let order = OrderId::new(order);
        let release = problem.release(order).get();
        ClockSegment::stop(problem.window(order), problem.service(order).get(), release)
    }

    fn leave(&self, vehicle: usize) -> ClockSegment {
        ClockSegment::stop(self.leaves[vehicle], 0, NEVER)
    }

    fn arrive(&self, vehicle: usize) -> ClockSegment {
        ClockSegment::stop(self.returns[vehicle], 0, NEVER)
    }

    #[inline]
    fn join(&self, a: &ClockSegment, leg: LegCost, b: &ClockSegment) -> ClockSegment {
        (*a).join(leg.duration, *b)
    }

    #[inline]
    fn charge(&self, route: &ClockSegment, vehicle: usize, penalties: &Penalties) -> i64 {
        let over = (route.duration - self.longest[vehicle]).max(0);
        self.paid(*route, vehicle) + penalties.time.on(route.lateness() + over)
    }

    #[inline]
    fn at_least(&self, run: &ClockSegment, vehicle: usize, penalties: &Penalties) -> i64 {
        let over = (run.duration - self.longest[vehicle]).max(0);
        self.paid(*run, vehicle) + penalties.time.on(run.warp + over)
    }

    #[inline]
    fn excess(&self, route: &ClockSegment, vehicle: usize) -> Excess {
        let over = (route.duration - self.longest[vehicle]).max(0);
        Excess {
            time: route.lateness() + over,
            ..Excess::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Time;

    fn stop(from: i64, to: i64, service: i64) -> ClockSegment {
        ClockSegment::stop(Window::new(Time(from), Time(to)), service, NEVER)
    }

    #[test]
    fn waiting_and_warp_by_hand() {
        // Start in [0, 10], 5 of travel, a stop in [20, 30] lasting 2: leave at 10, arrive 15, wait 5, done at 22.
        let early = stop(0, 10, 0).join(5, stop(20, 30, 2));
        assert_eq!(
            (early.duration, early.warp, early.earliest, early.latest),
            (12, 0, 10, 10)
        );
        // Start in [40, 50], 5 of travel, the same stop: arrive at 45 at best, 15 late.
        let late = stop(40, 50, 0).join(5, stop(20, 30, 2));
        assert_eq!(
            (late.duration, late.warp, late.earliest, late.latest),
            (7, 15, 40, 40)
        );
    }

    #[test]
    fn a_release_after_the_latest_start_is_lateness() {
        let route = ClockSegment {
            release: 14,
            ..stop(0, 10, 0)
        };
        assert_eq!(route.lateness(), 4);
    }
}
