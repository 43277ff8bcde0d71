//! Recounting one route from its list of stops, for the check.
//!
//! This shares nothing with [`walk`](super::walk) but the meaning: sums are 128 bits wide, and the schedule is in closed
//! form instead of walked. With `path` the travel and service from the start to a stop, and `held` the earliest start of
//! service there that windows alone allow, a route that leaves at `t` serves the stop at `max(t + path, held)`. So its
//! end stays the earliest possible up to `t = held − path` of the end, and a window is kept up to `t = latest − path`.

use crate::measure::{DimensionId, OrderId, Time};
use crate::model::{Backhauls, OrderKind};
use crate::problem::{FleetType, Problem};

/// No stated moment lies outside of ±2⁴⁰.
fn stated(moment: Time) -> Option<i128> {
    let moment = i128::from(moment.get());
    (moment.abs() <= 1 << 40).then_some(moment)
}

/// One promise of a route: a stop, or its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Promise {
    /// Distance and duration of the leg to it; `None`: there is no such leg.
    pub(super) leg: Option<(i128, i128)>,
    /// Travel and service from the start to it.
    path: i128,
    /// The earliest start that windows up to it allow, however early the route leaves.
    held: i128,
    /// The last moment that keeps it.
    latest: Option<i128>,
    service: i128,
    pub(super) arrival: i128,
    pub(super) start: i128,
    pub(super) slack: Option<i128>,
}

impl Promise {
    pub(super) fn wait(&self) -> i128 {
        self.start - self.arrival
    }

    pub(super) fn departure(&self) -> i128 {
        self.start + self.service
    }

    /// How late it is; zero when it is kept.
    pub(super) fn late(&self) -> i128 {
        self.latest.map_or(0, |latest| (self.start - latest).max(0))
    }
}

/// What a route is, recounted.
#[derive(Debug)]
pub(super) struct Recount {
    pub(super) departure: i128,
    /// The stops.
    pub(super) stops: Vec<Promise>,
    /// The end; where it is open, as of the last stop without a leg.
    pub(super) end: Promise,
    pub(super) distance: i128,
    /// At departure, then after each stop, by dimension.
    pub(super) loads: Vec<i128>,
    pub(super) peak: Vec<i128>,
    /// The drop-offs that come too late for a vehicle that must drop off first, by position.
    pub(super) behind: Vec<usize>,
    /// Whether the vehicle is to have a drop-off, and has none.
    pub(super) unled: bool,
}

impl Recount {
    pub(super) fn new(problem: &Problem, fleet: &FleetType, orders: &[OrderId]) -> Self {
        let (stops, end) = promises(problem, fleet, orders);
        let (loads, peak) = loads(problem, orders);
        let (behind, unled) = order(problem, fleet, orders);
        let legs = stops.iter().chain([&end]).filter_map(|p| p.leg);
        let mut recount = Self {
            departure: 0,
            distance: legs.map(|(distance, _)| distance).sum(),
            stops,
            end,
            loads,
            peak,
            behind,
            unled,
        };
        recount.schedule(problem, fleet, orders);
        recount
    }

    pub(super) fn duration(&self) -> i128 {
        self.end.start - self.departure
    }

    fn schedule(&mut self, problem: &Problem, fleet: &FleetType, orders: &[OrderId]) {
        let releases = orders.iter().map(|o| problem.release(*o));
        let begin = releases.fold(fleet.leaves.earliest, Ord::max);
        let first = i128::from(begin.get());
        let all = || self.stops.iter().chain([&self.end]);
        let tightest = all()
            .filter_map(|p| Some(p.latest?.max(p.held).max(first + p.path) - p.path))
            .chain(stated(fleet.leaves.latest).map(|latest| latest.max(first)))
            .min();
        let no_later = |t: i128| tightest.map_or(t, |most| t.min(most));
        let kept = no_later(first.max(self.end.held - self.end.path));
        let departure = if stated(begin).is_some() {
            kept
        } else {
            kept.max(no_later(0))
        };
        self.departure = departure;
        let mut at = departure;
        for promise in self.stops.iter_mut().chain([&mut self.end]) {
            promise.arrival = at + promise.leg.map_or(0, |(_, duration)| duration);
            promise.start = promise.held.max(departure + promise.path);
            at = promise.departure();
        }
        // How late the route may be in terms of its departure, from the end backwards.
        let (mut bound, mut broken) = (None::<i128>, false);
        for promise in [&mut self.end]
            .into_iter()
            .chain(self.stops.iter_mut().rev())
        {
            let own = promise.latest.map(|latest| latest - promise.path);
            bound = bound.into_iter().chain(own).min();
            broken |= promise.late() > 0;
            let slack = bound.map(|bound| bound + promise.path - promise.arrival);
            promise.slack = if broken { Some(0) } else { slack };
        }
    }
}

fn promises(problem: &Problem, fleet: &FleetType, orders: &[OrderId]) -> (Vec<Promise>, Promise) {
    let leg = |from, to| {
        let leg = problem.leg(fleet.profile, from, to)?;
        Some((
            i128::from(leg.distance.get()),
            i128::from(leg.duration.get()),
        ))
    };
    let mut at = problem.depot_place(fleet.start);
    let (mut path, mut held) = (0, i128::MIN / 4);
    let mut promise = |leg: Option<(i128, i128)>, travel: i128, earliest: Time, latest, service| {
        path += travel;
        held = (held + travel).max(i128::from(earliest.get()));
        let promise = Promise {
            leg,
            path,
            held,
            latest: stated(latest),
            service,
            arrival: 0,
            start: 0,
            slack: None,
        };
        path += service;
        held += service;
        promise
    };
    let stops = orders
        .iter()
        .map(|&order| {
            let place = problem.order_place(order);
            let (leg, window) = (leg(at, place), problem.window(order));
            at = place;
            let service = i128::from(problem.service(order).get());
            let travel = leg.map_or(0, |(_, duration)| duration);
            promise(leg, travel, window.earliest, window.latest, service)
        })
        .collect();
    let home = fleet.end.and_then(|end| leg(at, problem.depot_place(end)));
    let travel = home.map_or(0, |(_, duration)| duration);
    let window = fleet.returns;
    let end = promise(home, travel, window.earliest, window.latest, 0);
    (stops, end)
}

/// What is on board at departure and after each stop, and the most of it: per dimension, as a sum over orders.
fn loads(problem: &Problem, orders: &[OrderId]) -> (Vec<i128>, Vec<i128>) {
    let width = problem.dimension_count();
    let mut loads = vec![0; width * (orders.len() + 1)];
    let mut peak = vec![0; width];
    for (d, peak) in peak.iter_mut().enumerate() {
        let dimension = DimensionId::new(d);
        let amount = |order: OrderId| i128::from(problem.quantity(order, dimension).get());
        let drops = |order: OrderId| problem.kind(order) == OrderKind::DropOff;
        let loaded = |order: OrderId| drops(order) && problem.mate(order).is_none();
        let mut board: i128 = orders
            .iter()
            .filter(|o| loaded(**o))
            .map(|o| amount(*o))
            .sum();
        *peak = board;
        loads[d] = board;
        for (index, &order) in orders.iter().enumerate() {
            board += if drops(order) {
                -amount(order)
            } else {
                amount(order)
            };
            *peak = (*peak).max(board);
            loads[(index + 1) * width + d] = board;
        }
    }
    (loads, peak)
}

/// Which drop-offs come behind the first pickup, and whether there are pickups alone, as far as the vehicle minds.
fn order(problem: &Problem, fleet: &FleetType, orders: &[OrderId]) -> (Vec<usize>, bool) {
    let kinds: Vec<OrderKind> = orders.iter().map(|o| problem.kind(*o)).collect();
    let first = kinds.iter().position(|kind| *kind == OrderKind::Pickup);
    let (Some(first), true) = (first, fleet.backhauls != Backhauls::Mixed) else {
        return (Vec::new(), false);
    };
    let late = (first..kinds.len()).filter(|at| kinds[*at] == OrderKind::DropOff);
    let unled =
        fleet.backhauls == Backhauls::LastAfterDropOff && !kinds.contains(&OrderKind::DropOff);
    (late.collect(), unled)
}
