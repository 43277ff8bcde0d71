//! Time where waiting or overtime is paid for, or trips have to leave by a deadline.

use crate::eval::clock::{Clock, ClockSegment, NEVER};
use crate::eval::penalties::{MOST, Penalties};
use crate::eval::prices::Prices;
use crate::eval::resource::{LegCost, Resource};
use crate::eval::{Excess, load};
use crate::measure::{OrderId, Time, Window};
use crate::problem::{ALWAYS, Problem};

/// Time of routes, reloads among their stops or not, as [`TripClock`](crate::eval::TripClock) counts it, where each trip
/// leaves no later than its goods are to be shipped; and what a driver is paid for: waiting, which is all that is neither
/// driving nor service nor loading, and overtime.
#[derive(Debug, Clone)]
pub struct Duty {
    clock: Clock,
    /// By vehicle type: for one unit of waiting.
    waiting: Vec<i64>,
    /// By vehicle type: for one unit of overtime.
    overtime: Vec<i64>,
    /// By vehicle type: when overtime begins.
    ends: Vec<i64>,
    /// By vehicle type: when its vehicles may leave first.
    opens: Vec<i64>,
}

/// Time over a part of a trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutyTrip {
    /// As far as it is known; its release is when the goods inside are packed.
    pub clock: ClockSegment,
    /// No later may the trip leave.
    pub ship_by: i64,
}

/// Time over a run of stops with reloads, and how much of it is spent on the road, on service and on loading. As in
/// [`TripClockSegment`](crate::eval::TripClockSegment), trips inside are put together with the moments at which they may
/// leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutySegment {
    /// Up to the last reload; what binds its departure is that of the first trip.
    pub front: DutyTrip,
    /// From the last reload on.
    pub last: DutyTrip,
    /// Whether there is a reload.
    pub reloads: bool,
    /// When the depot of the last reload opens.
    pub opens: i64,
    /// How long loading there takes.
    pub loading: i64,
    /// Driving, service and loading.
    pub busy: i64,
}

/// When loading, which takes so long, has to start for a trip to leave by a moment, stated or not.
#[inline]
pub(super) fn loads_by(ship_by: i64, loading: i64) -> i64 {
    if ship_by < ALWAYS.latest.get() {
        ship_by - loading
    } else {
        ship_by
    }
}

impl DutyTrip {
    /// A moment at which nothing is bound to leave.
    fn free(clock: ClockSegment) -> Self {
        Self {
            clock,
            ship_by: ALWAYS.latest.get(),
        }
    }

    #[inline]
    fn join(self, travel: i64, next: Self) -> Self {
        Self {
            clock: self.clock.join(travel, next.clock),
            ship_by: self.ship_by.min(next.ship_by),
        }
    }

    /// A trip of which all goods are known, from a depot that opens at a moment: it leaves no earlier than they are packed,
    /// and is through with its loading when they are to be shipped. Where no moment is both, by how much is time warp.
    #[inline]
    fn close(self, opens: i64, loading: i64) -> ClockSegment {
        let Self { clock, ship_by } = self;
        let packed = clock.release;
        let open = ClockSegment {
            release: NEVER,
            ..clock
        };
        let by = loads_by(ship_by, loading);
        if packed <= open.earliest && open.latest <= by {
            return open;
        }
        // Two moments to pass through, so that later joins go by the clock as it then is, however late.
        let free =
            |from: i64, to: i64| ClockSegment::stop(Window::new(Time(from), Time(to)), 0, NEVER);
        let begins = free(opens.max(packed), ALWAYS.latest.get());
        begins.join(0, free(NEVER, by)).join(0, open)
    }
}

impl DutySegment {
    fn free(clock: ClockSegment, busy: i64) -> Self {
        Self {
            front: DutyTrip::free(clock),
            busy,
            ..Self::default()
        }
    }

    /// The whole as one segment, where the vehicle may leave from `opens` on.
    #[inline]
    fn whole(self, opens: i64) -> ClockSegment {
        let mut front = self.front;
        if self.reloads {
            let last = self.last.close(self.opens, self.loading);
            front.clock = front.clock.join(0, last);
        }
        front.close(opens, 0)
    }
}

impl Duty {
    /// What is paid for waiting and overtime on a route.
    ///
    /// A route that lasts no longer than it must ends as early as it can: `duration` after `earliest`. Where there is time
    /// warp, this is no earlier than it ends without going back in time: its lateness may yet be spent instead of waiting.
    /// So the search never pays less than the plan says.
    #[inline]
    fn wages(&self, route: ClockSegment, busy: i64, vehicle: usize) -> i64 {
        let waits = (route.duration - busy).max(0);
        let over = (route.earliest + route.duration - self.ends[vehicle]).max(0);
        let waiting = waits.saturating_mul(self.waiting[vehicle]).min(MOST);
        waiting + over.saturating_mul(self.overtime[vehicle]).min(MOST)
    }

    /// How long a whole route lasts at least, and what its time costs, what exceeds its limits aside.
    #[inline]
    pub(super) fn least(&self, route: DutySegment, vehicle: usize) -> (i64, i64) {
        let whole = route.whole(self.opens[vehicle]);
        let paid = self.wages(whole, route.busy, vehicle) + self.clock.paid(whole, vehicle);
        (whole.duration, paid)
    }
}

impl Resource for Duty {
    type Segment = DutySegment;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let prices = Prices::new(problem);
        let fleet = problem.fleet();
        let ends = |from: Option<Time>| from.map_or(load::ROOMY, Time::get);
        Self {
            clock: Clock::new(problem),
            waiting: prices.waiting,
            overtime: prices.overtime,
            ends: fleet.iter().map(|t| ends(t.overtime_from)).collect(),
            opens: fleet.iter().map(|t| t.leaves.earliest.get()).collect(),
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> DutySegment {
        let clock = self.clock.visit(problem, order);
        let order = OrderId::new(order);
        let mut stop = DutySegment::free(clock, problem.service(order).get());
        if let Some(ship_by) = problem.ship_by(order) {
            stop.front.ship_by = ship_by.get();
        }
        stop
    }

    fn leave(&self, vehicle: usize) -> DutySegment {
        DutySegment::free(self.clock.leave(vehicle), 0)
    }

    fn arrive(&self, vehicle: usize) -> DutySegment {
        DutySegment::free(self.clock.arrive(vehicle), 0)
    }

    fn reload(&self, open: Window, loading: i64) -> DutySegment {
        DutySegment {
            // It may come at any time; loading waits for the depot to open.
            front: DutyTrip::free(ClockSegment::stop(ALWAYS, 0, NEVER)),
            last: DutyTrip::free(ClockSegment::stop(open, loading, NEVER)),
            reloads: true,
            opens: open.earliest.get(),
            loading,
            busy: loading,
        }
    }

    #[inline]
    fn join(&self, a: &DutySegment, leg: LegCost, b: &DutySegment) -> DutySegment {
        let busy = a.busy + leg.duration + b.busy;
        match (a.reloads, b.reloads) {
            (false, _) => DutySegment {
                front: a.front.join(leg.duration, b.front),
                busy,
                ..*b
            },
            (true, false) => DutySegment {
                last: a.last.join(leg.duration, b.front),
                busy,
                ..*a
            },
            (true, true) => {
                let trip = a.last.join(leg.duration, b.front);
                let mut front = a.front;
                front.clock = front.clock.join(0, trip.close(a.opens, a.loading));
                DutySegment { front, busy, ..*b }
            }
        }
    }

    #[inline]
    fn charge(&self, route: &DutySegment, vehicle: usize, penalties: &Penalties) -> i64 {
        let whole = route.whole(self.opens[vehicle]);
        self.wages(whole, route.busy, vehicle) + self.clock.charge(&whole, vehicle, penalties)
    }

    #[inline]
    fn at_least(&self, run: &DutySegment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.clock.at_least(&run.front.clock, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: &DutySegment, vehicle: usize) -> Excess {
        let whole = route.whole(self.opens[vehicle]);
        self.clock.excess(&whole, vehicle)
    }
}
