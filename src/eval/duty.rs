//! Time where waiting or overtime is paid for.

use crate::eval::clock::ClockSegment;
use crate::eval::penalties::{MOST, Penalties};
use crate::eval::prices::Prices;
use crate::eval::resource::{LegCost, Resource};
use crate::eval::trips::{TripClock, TripClockSegment};
use crate::eval::{Excess, load};
use crate::measure::{OrderId, Time, Window};
use crate::problem::Problem;

/// Time of routes, reloads among their stops or not, as [`TripClock`] counts it, and what a driver is paid for: waiting,
/// which is all that is neither driving nor service nor loading, and overtime.
#[derive(Debug, Clone)]
pub struct Duty {
    clock: TripClock,
    /// By vehicle type: for one unit of waiting.
    waiting: Vec<i64>,
    /// By vehicle type: for one unit of overtime.
    overtime: Vec<i64>,
    /// By vehicle type: when overtime begins.
    ends: Vec<i64>,
}

/// Time over a run of stops with reloads, and how much of it is spent on the road, on service and on loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutySegment {
    clock: TripClockSegment,
    busy: i64,
}

impl Duty {
    /// What is paid for waiting and overtime on a route.
    ///
    /// A route that lasts no longer than it must ends as early as it can: `duration` after it leaves, which is at
    /// `earliest` or when its goods are packed. Where there is time warp, this is no earlier than it ends without going back
    /// in time: its lateness may yet be spent instead of waiting. So the search never pays less than the plan says.
    #[inline]
    fn wages(&self, route: ClockSegment, busy: i64, vehicle: usize) -> i64 {
        let waits = (route.duration - busy).max(0);
        let end = route.earliest.max(route.release) + route.duration;
        let over = (end - self.ends[vehicle]).max(0);
        let waiting = waits.saturating_mul(self.waiting[vehicle]).min(MOST);
        waiting + over.saturating_mul(self.overtime[vehicle]).min(MOST)
    }
}

impl Resource for Duty {
    type Segment = DutySegment;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let prices = Prices::new(problem);
        let fleet = problem.fleet().iter();
        Self {
            clock: TripClock::new(problem),
            waiting: prices.waiting,
            overtime: prices.overtime,
            ends: fleet
                .map(|t| t.overtime_from.map_or(load::ROOMY, Time::get))
                .collect(),
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> DutySegment {
        DutySegment {
            clock: self.clock.visit(problem, order),
            busy: problem.service(OrderId::new(order)).get(),
        }
    }

    fn leave(&self, vehicle: usize) -> DutySegment {
        DutySegment {
            clock: self.clock.leave(vehicle),
            busy: 0,
        }
    }

    fn arrive(&self, vehicle: usize) -> DutySegment {
        DutySegment {
            clock: self.clock.arrive(vehicle),
            busy: 0,
        }
    }

    fn reload(&self, open: Window, loading: i64) -> DutySegment {
        DutySegment {
            clock: self.clock.reload(open, loading),
            busy: loading,
        }
    }

    #[inline]
    fn join(&self, a: DutySegment, leg: LegCost, b: DutySegment) -> DutySegment {
        DutySegment {
            clock: self.clock.join(a.clock, leg, b.clock),
            busy: a.busy + leg.duration + b.busy,
        }
    }

    #[inline]
    fn charge(&self, route: DutySegment, vehicle: usize, penalties: &Penalties) -> i64 {
        let wages = self.wages(route.clock.whole(), route.busy, vehicle);
        wages + self.clock.charge(route.clock, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: DutySegment, vehicle: usize) -> Excess {
        self.clock.excess(route.clock, vehicle)
    }

    #[inline]
    fn may_fit(&self, _: &DutySegment, _: &DutySegment, _: usize, _: &Penalties) -> bool {
        true
    }

    fn added(&self, route: DutySegment, _: DutySegment) -> DutySegment {
        route
    }

    fn removed(&self, route: DutySegment, _: DutySegment) -> DutySegment {
        route
    }
}
