//! Time where service is promised at a price.

use crate::eval::clock::NEVER;
use crate::eval::duty::{Duty, DutySegment, loads_by};
use crate::eval::penalties::{MOST, Penalties};
use crate::eval::prices::Prices;
use crate::eval::resource::{LegCost, Resource};
use crate::eval::schedule::Schedule;
use crate::eval::{Excess, load};
use crate::measure::{DepotId, Duration, OrderId, Time, Window};
use crate::problem::{ALWAYS, Problem};

/// Time of routes with [promises](crate::model::Promise): what [`Duty`] says of them, which no schedule falls below, and what
/// the cheapest schedule costs beyond, for those who walk it.
#[derive(Debug, Clone)]
pub struct Promises {
    duty: Duty,
    /// By order.
    stops: Vec<Appointment>,
    /// By depot: when it is open, and how long loading takes on the way.
    depots: Vec<(Window, i64)>,
    /// By vehicle type.
    shifts: Vec<Shift>,
    /// More than any schedule saves for each unit of time that it lasts longer.
    dearest: i64,
}

/// What a walk has to know of a stop.
#[derive(Debug, Clone, Copy)]
struct Appointment {
    window: Window,
    service: i64,
    promise: Window,
    early: i64,
    late: i64,
    /// When its goods are packed, and by when they are to be shipped.
    leaves: Window,
}

/// And of a vehicle type.
#[derive(Debug, Clone, Copy)]
struct Shift {
    leaves: Window,
    returns: Window,
    /// When overtime begins, and its price.
    ends: i64,
    overtime: i64,
    /// The prices of duration, and of waiting.
    duration: i64,
    waiting: i64,
    /// The longest duration.
    longest: i64,
}

/// What the segment of a whole route says to those who walk it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms {
    /// No earlier may it leave, as its goods are packed.
    pub packed: i64,
    /// No later may it leave.
    pub ship_by: i64,
    /// What its time costs at least, and is charged for already.
    pub paid: i64,
    /// How long it lasts at least.
    pub duration: i64,
}

/// What a walk comes to: a place by its number, depots first, and how long the way there takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) place: usize,
    pub(super) travel: i64,
}

impl Promises {
    /// By how much the cheapest schedule of a route with these calls, and so long a way home, costs more than is paid already.
    ///
    /// Where that schedule takes longer than the vehicle may, the price of time is raised until it does not: the cost falls
    /// with the longest duration along straight lines, and their slopes are whole prices, as the schedule is the dual of a
    /// flow.
    pub(super) fn cheapest(
        &self,
        schedule: &mut Schedule,
        vehicle: usize,
        terms: Terms,
        (calls, home): (&[Call], i64),
    ) -> i64 {
        let mut walk = |more: i64| self.walk(schedule, vehicle, terms, (calls, home), more);
        let longest = self.shifts[vehicle].longest;
        let mut cost = walk(0);
        if longest < load::ROOMY && terms.duration <= longest {
            cost = self.within(longest, cost, walk);
        }
        let more = cost - i128::from(terms.paid);
        i64::try_from(more.clamp(0, i128::from(MOST))).unwrap_or(MOST)
    }

    /// The least cost of a schedule that lasts no longer than `longest`, where that of any schedule is `free`. Where there
    /// is none, as a window is broken, that of any.
    fn within(&self, longest: i64, free: i128, mut walk: impl FnMut(i64) -> i128) -> i128 {
        let longest = i128::from(longest);
        // How long the cheapest schedule lasts is what one more unit of price adds to its cost.
        if walk(1) - free <= longest {
            return free;
        }
        let mut lasts_longer = |price: i64| walk(price + 1) - walk(price) > longest;
        let (mut low, mut high) = (0, 1);
        while lasts_longer(high) {
            if high >= self.dearest {
                return free;
            }
            (low, high) = (high, high.saturating_mul(4).min(self.dearest));
        }
        while high - low > 1 {
            let price = low + (high - low) / 2;
            if lasts_longer(price) {
                low = price;
            } else {
                high = price;
            }
        }
        walk(high) - i128::from(high) * longest
    }

    /// What the cheapest schedule costs where each unit of time costs `more` than usual.
    fn walk(
        &self,
        schedule: &mut Schedule,
        vehicle: usize,
        terms: Terms,
        (calls, home): (&[Call], i64),
        more: i64,
    ) -> i128 {
        let shift = &self.shifts[vehicle];
        let earliest = shift.leaves.earliest.get().max(terms.packed);
        let latest = shift.leaves.latest.get().min(terms.ship_by);
        schedule.leave(earliest, latest, shift.duration + shift.waiting + more);
        for (index, call) in calls.iter().enumerate() {
            if let Some(order) = call.place.checked_sub(self.depots.len()) {
                self.visit(schedule, order, call.travel);
            } else {
                self.reload(schedule, *call, &calls[index + 1..]);
            }
        }
        schedule.arrive(home, shift.returns.earliest.get());
        schedule.press(shift.ends, shift.overtime);
        schedule.hold(shift.returns.latest.get());
        schedule.end(shift.duration + more, shift.waiting)
    }

    /// Comes to an order after `travel`.
    #[inline]
    fn visit(&self, schedule: &mut Schedule, order: usize, travel: i64) {
        let stop = &self.stops[order];
        schedule.arrive(travel, stop.window.earliest.get());
        schedule.pull(stop.promise.earliest.get(), stop.early);
        schedule.press(stop.promise.latest.get(), stop.late);
        schedule.hold(stop.window.latest.get());
        schedule.serve(stop.service);
    }

    /// Comes to a depot, to load the goods of the orders up to the next one.
    fn reload(&self, schedule: &mut Schedule, depot: Call, next: &[Call]) {
        let (open, loading) = self.depots[depot.place];
        let (mut packed, mut ship_by) = (NEVER, ALWAYS.latest.get());
        let order = |call: &Call| call.place.checked_sub(self.depots.len());
        for order in next.iter().map_while(order) {
            let leaves = self.stops[order].leaves;
            packed = packed.max(leaves.earliest.get());
            ship_by = ship_by.min(leaves.latest.get());
        }
        schedule.arrive(depot.travel, open.earliest.get().max(packed));
        schedule.hold(open.latest.get().min(loads_by(ship_by, loading)));
        schedule.serve(loading);
    }
}

impl Resource for Promises {
    type Segment = DutySegment;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;
    const WALKED: bool = true;

    fn new(problem: &Problem) -> Self {
        let prices = Prices::new(problem);
        let appointment = |index: usize| {
            let order = OrderId::new(index);
            let [early, late] = prices.promises.get(index).copied().unwrap_or_default();
            Appointment {
                window: problem.window(order),
                service: problem.service(order).get(),
                promise: problem.promise(order).map_or(ALWAYS, |p| p.window),
                early,
                late,
                leaves: Window::new(
                    problem.release(order),
                    problem.ship_by(order).unwrap_or(ALWAYS.latest),
                ),
            }
        };
        let depot = |depot| (problem.depot_window(depot), problem.loading(depot).get());
        let fleet = problem.fleet().iter().enumerate();
        let shift = |(index, vehicle): (usize, &crate::problem::FleetType)| Shift {
            leaves: vehicle.leaves,
            returns: vehicle.returns,
            ends: vehicle.overtime_from.map_or(load::ROOMY, Time::get),
            overtime: prices.overtime[index],
            duration: prices.duration[index],
            waiting: prices.waiting[index],
            longest: vehicle.max_duration.map_or(load::ROOMY, Duration::get),
        };
        let of_stops: i64 = prices.promises.iter().flatten().sum();
        let of_overtime = prices.overtime.iter().max().copied().unwrap_or(0);
        Self {
            duty: Duty::new(problem),
            stops: (0..problem.order_count()).map(appointment).collect(),
            depots: (0..problem.depot_count())
                .map(DepotId::new)
                .map(depot)
                .collect(),
            shifts: fleet.map(shift).collect(),
            dearest: of_stops + of_overtime + 1,
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> DutySegment {
        self.duty.visit(problem, order)
    }

    fn leave(&self, vehicle: usize) -> DutySegment {
        Resource::leave(&self.duty, vehicle)
    }

    fn arrive(&self, vehicle: usize) -> DutySegment {
        self.duty.arrive(vehicle)
    }

    fn reload(&self, open: Window, loading: i64) -> DutySegment {
        self.duty.reload(open, loading)
    }

    #[inline]
    fn join(&self, a: &DutySegment, leg: LegCost, b: &DutySegment) -> DutySegment {
        self.duty.join(a, leg, b)
    }

    #[inline]
    fn charge(&self, route: &DutySegment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.duty.charge(route, vehicle, penalties)
    }

    #[inline]
    fn at_least(&self, run: &DutySegment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.duty.at_least(run, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: &DutySegment, vehicle: usize) -> Excess {
        self.duty.excess(route, vehicle)
    }

    #[inline]
    fn promises(&self) -> Option<&Promises> {
        Some(self)
    }

    #[inline]
    fn terms(&self, route: &DutySegment, vehicle: usize) -> Terms {
        let (duration, paid) = self.duty.least(*route, vehicle);
        Terms {
            packed: route.front.clock.release,
            ship_by: route.front.ship_by,
            paid,
            duration,
        }
    }
}
