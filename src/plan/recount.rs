//! Recounting one route from its list of stops, for the check.
//!
//! This shares nothing with [`walk`](super::walk) but the meaning: sums are 128 bits wide, and the schedule is in closed
//! form instead of walked. With `path` the travel and service from the start to a stop, and `held` the earliest start of
//! service there that windows alone allow, a route that leaves at `t` serves the stop at `max(t + path, held)`. So its
//! end stays the earliest possible up to `t = held − path` of the end, and a window is kept up to `t = latest − path`.

use super::cheapest::{Bill, CLOSES, COST, ENDS, HORIZON, LEAVES, OPENS, SERVES, Slope, cheapest};
use crate::measure::{DepotId, DimensionId, OrderId, Time};
use crate::model::{Backhauls, OrderKind, Promise};
use crate::problem::{FleetType, Problem};

/// No stated moment lies outside of ±2⁴⁰.
fn stated(moment: Time) -> Option<i128> {
    let moment = i128::from(moment.get());
    (moment.abs() <= 1 << 40).then_some(moment)
}

/// One visit of a route: a stop, a reload, or its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Visit {
    /// Distance and duration of the leg to it; `None`: there is no such leg.
    pub(super) leg: Option<(i128, i128)>,
    /// Travel and service from the start to it.
    path: i128,
    /// The earliest start that windows up to it allow, however early the route leaves.
    held: i128,
    /// The first moment that its window, or its goods, allow.
    opens: Option<i128>,
    /// The last moment that keeps it.
    latest: Option<i128>,
    service: i128,
    pub(super) arrival: i128,
    pub(super) start: i128,
    pub(super) slack: Option<i128>,
}

impl Visit {
    pub(super) fn wait(&self) -> i128 {
        self.start - self.arrival
    }

    pub(super) fn departure(&self) -> i128 {
        self.start + self.service
    }

    /// How long before and after what is promised it starts.
    pub(super) fn missed(&self, promise: &Promise) -> (i128, i128) {
        let [from, until] = [promise.window.earliest, promise.window.latest];
        let early = i128::from(from.get()) - self.start;
        (early.max(0), (self.start - i128::from(until.get())).max(0))
    }

    /// How late it is; zero when it is kept.
    pub(super) fn late(&self) -> i128 {
        self.latest.map_or(0, |latest| (self.start - latest).max(0))
    }
}

/// A route as it is handed in for the recount: its orders, and behind how many of them it reloads, and where.
pub(super) struct Itinerary<'a> {
    pub(super) orders: &'a [OrderId],
    pub(super) reloads: &'a [(usize, DepotId)],
}

impl Itinerary<'_> {
    /// The orders of the trip that begins with a reload, or of the first.
    fn trip(&self, reload: Option<usize>) -> &[OrderId] {
        let start = |index: usize| self.reloads.get(index).map(|(before, _)| *before);
        let from = reload.and_then(start).unwrap_or(0);
        let to = start(reload.map_or(0, |r| r + 1)).unwrap_or(self.orders.len());
        &self.orders[from..to]
    }

    /// The trips, in order, each with the reload that it begins with, if any.
    fn trips(&self) -> impl Iterator<Item = (Option<usize>, &[OrderId])> + '_ {
        let reloads = [None].into_iter().chain((0..self.reloads.len()).map(Some));
        reloads.map(|reload| (reload, self.trip(reload)))
    }

    /// What is visited, in order: orders, and reloads as `None`.
    fn sites(&self) -> impl Iterator<Item = Option<OrderId>> + '_ {
        self.trips().flat_map(|(reload, trip)| {
            let call = reload.map(|_| None).into_iter();
            call.chain(trip.iter().copied().map(Some))
        })
    }
}

/// What a route is, recounted.
#[derive(Debug)]
pub(super) struct Recount {
    pub(super) departure: i128,
    /// How many stops the first trip has.
    pub(super) first_trip: usize,
    /// The stops.
    pub(super) stops: Vec<Visit>,
    /// The reloads; the visit is to start loading while the depot is open, and in time for the goods to be shipped.
    pub(super) reloads: Vec<Visit>,
    /// The end; where it is open, as of the last stop without a leg.
    pub(super) end: Visit,
    pub(super) distance: i128,
    /// The durations of its legs.
    pub(super) driving: i128,
    /// What it costs that service starts before or after what is promised.
    pub(super) promises: i128,
    /// At departure, then after each stop, by dimension.
    pub(super) loads: Vec<i128>,
    /// After each reload, by dimension.
    pub(super) reloaded: Vec<i128>,
    pub(super) peak: Vec<i128>,
    /// The drop-offs that come too late for a vehicle that must drop off first, by position.
    pub(super) behind: Vec<usize>,
    /// Whether the vehicle is to have a drop-off, and has none.
    pub(super) unled: bool,
}

impl Recount {
    pub(super) fn new(problem: &Problem, fleet: &FleetType, route: &Itinerary<'_>) -> Self {
        let (mut visits, mut end) = visits(problem, fleet, route);
        let legs = visits.iter().chain([&end]).filter_map(|p| p.leg);
        let (distance, driving) = legs.fold((0, 0), |(far, long), (d, t)| (far + d, long + t));
        let first = route.trip(None).iter().map(|o| problem.release(*o));
        let begin = first.fold(fleet.leaves.earliest, Ord::max);
        let by = deadline(problem, route.trip(None)).into_iter();
        let by = by.chain(stated(fleet.leaves.latest)).min();
        let departure = match promised(problem, fleet, route, (begin, by), (&visits, &end)) {
            None => leave(begin, by, &visits, &end),
            Some(moments) => {
                for (visit, start) in visits.iter_mut().chain([&mut end]).zip(&moments[1..]) {
                    visit.held = visit.held.max(*start);
                }
                moments[0]
            }
        };
        follow(departure, &mut visits, &mut end);
        let (loads, reloaded, peak) = loads(problem, route);
        let (behind, unled) = order(problem, fleet, route);
        let mut stops = Vec::with_capacity(route.orders.len());
        let mut reloads = Vec::with_capacity(route.reloads.len());
        for (order, visit) in route.sites().zip(visits) {
            match order {
                Some(_) => stops.push(visit),
                None => reloads.push(visit),
            }
        }
        Self {
            departure,
            first_trip: route.trip(None).len(),
            reloads,
            promises: missed(problem, route.orders, &stops),
            stops,
            end,
            distance,
            driving,
            loads,
            reloaded,
            peak,
            behind,
            unled,
        }
    }

    /// All that is neither driving nor service nor loading.
    pub(super) fn waiting(&self) -> i128 {
        let calls = self.stops.iter().chain(&self.reloads);
        let serving: i128 = calls.map(|call| call.service).sum();
        self.duration() - self.driving - serving
    }

    /// How long it goes on after the end of the shift, where that is paid for.
    pub(super) fn overtime(&self, fleet: &FleetType) -> i128 {
        let from = fleet.overtime_from.map(|from| i128::from(from.get()));
        from.map_or(0, |from| (self.end.start - from).max(0))
    }

    pub(super) fn duration(&self) -> i128 {
        self.end.start - self.departure
    }
}

/// When the goods of a trip are to be on their way.
fn deadline(problem: &Problem, trip: &[OrderId]) -> Option<i128> {
    let moments = trip.iter().filter_map(|order| problem.ship_by(*order));
    moments.map(|by| i128::from(by.get())).min()
}

/// The cheapest moments of the departure, the stops and the end of a route, where missing what is promised costs something.
fn promised(
    problem: &Problem,
    fleet: &FleetType,
    route: &Itinerary<'_>,
    (begin, by): (Time, Option<i128>),
    (visits, end): (&[Visit], &Visit),
) -> Option<Vec<i128>> {
    let promise = |order: &OrderId| problem.promise(*order).filter(|p| p.is_priced());
    let any = problem.shape().promised && route.orders.iter().any(|o| promise(o).is_some());
    if !any {
        return None;
    }
    let bills = |tie: Option<i128>| bills(problem, fleet, route, (begin, by), (visits, end), tie);
    let moments = cheapest(&bills(None));
    let lasts = moments[moments.len() - 1] - moments[0];
    let most = fleet.max_duration.map(|most| i128::from(most.get()));
    if most.is_none_or(|most| lasts <= most) {
        return Some(moments);
    }
    // From a departure to better ones by ever smaller steps: the worth of departures is convex.
    let tied = |departure: i128| {
        let bills = bills(Some(departure));
        let moments = cheapest(&bills);
        let all = bills.iter().zip(&moments);
        let worth = all.fold(Slope::default(), |sum, ((bill, _), at)| sum + bill.at(*at));
        (worth, moments)
    };
    let mut departure = moments[0];
    let mut best = tied(departure);
    let mut step = 1 << 44;
    while step > 0 {
        for other in [departure - step, departure + step] {
            let tried = tied(other);
            if tried.0 < best.0 {
                (departure, best) = (other, tried);
            }
        }
        step /= 2;
    }
    Some(best.1)
}

/// What the departure, the stops and the end of a route cost by when they happen, and their paths; where it leaves at a given
/// moment and ends in time, if that is to be.
fn bills(
    problem: &Problem,
    fleet: &FleetType,
    route: &Itinerary<'_>,
    (begin, by): (Time, Option<i128>),
    (visits, end): (&[Visit], &Visit),
    tie: Option<i128>,
) -> Vec<(Bill, i128)> {
    let wages = [fleet.cost_per_duration, fleet.cost_per_waiting];
    let wages: i128 = wages.iter().map(|price| i128::from(price.get())).sum();
    let horizon = stated(begin).is_none().then_some(0);
    let departure = (Bill::default().before(stated(begin), OPENS, 1))
        .after(by, CLOSES, 1)
        .before(tie, OPENS, 1)
        .after(tie, OPENS, 1)
        .before(horizon, HORIZON, 1)
        .always(COST, -wages)
        .always(LEAVES, -1);
    let mut bills = vec![(departure, 0)];
    for (order, visit) in route.sites().zip(visits) {
        let mut bill = Bill::default().before(visit.opens, OPENS, 1);
        bill = bill.after(visit.latest, CLOSES, 1).always(SERVES, 1);
        if let Some(promise) = order.and_then(|order| problem.promise(order)) {
            let window = promise.window;
            let [from, until] = [window.earliest, window.latest].map(|t| Some(t.get().into()));
            bill = (bill.before(from, COST, promise.early.get().into())).after(
                until,
                COST,
                promise.late.get().into(),
            );
        }
        bills.push((bill, visit.path));
    }
    let over = fleet.overtime_from.map(|from| i128::from(from.get()));
    let most = fleet.max_duration.map(|most| i128::from(most.get()));
    let last = (Bill::default().before(stated(fleet.returns.earliest), OPENS, 1))
        .after(end.latest, CLOSES, 1)
        .after(tie.zip(most).map(|(leaves, most)| leaves + most), CLOSES, 1)
        .after(over, COST, fleet.cost_per_overtime.get().into())
        .always(COST, wages)
        .always(ENDS, 1);
    bills.push((last, end.path));
    bills
}

/// What it costs that service starts before or after what is promised.
fn missed(problem: &Problem, orders: &[OrderId], stops: &[Visit]) -> i128 {
    if !problem.shape().promised {
        return 0;
    }
    let costs = orders.iter().zip(stops).filter_map(|(order, stop)| {
        let promise = problem.promise(*order)?;
        let (early, late) = stop.missed(promise);
        Some(early * i128::from(promise.early.get()) + late * i128::from(promise.late.get()))
    });
    costs.sum()
}

/// When a route leaves that may do so from `begin` on, and until `by`.
fn leave(begin: Time, by: Option<i128>, calls: &[Visit], end: &Visit) -> i128 {
    let first = i128::from(begin.get());
    let tightest = (calls.iter().chain([end]))
        .filter_map(|p| Some(p.latest?.max(p.held).max(first + p.path) - p.path))
        .chain(by.map(|latest| latest.max(first)))
        .min();
    let no_later = |t: i128| tightest.map_or(t, |most| t.min(most));
    let kept = no_later(first.max(end.held - end.path));
    if stated(begin).is_some() {
        kept
    } else {
        kept.max(no_later(0))
    }
}

/// Puts the visits of a route in time that leaves at `departure`.
fn follow(departure: i128, calls: &mut [Visit], end: &mut Visit) {
    let mut at = departure;
    for visit in calls.iter_mut().chain([&mut *end]) {
        visit.arrival = at + visit.leg.map_or(0, |(_, duration)| duration);
        visit.start = visit.held.max(departure + visit.path);
        at = visit.departure();
    }
    // How late the route may be in terms of its departure, from the end backwards.
    let (mut bound, mut broken) = (None::<i128>, false);
    for visit in [end].into_iter().chain(calls.iter_mut().rev()) {
        let own = visit.latest.map(|latest| latest - visit.path);
        bound = bound.into_iter().chain(own).min();
        broken |= visit.late() > 0;
        let slack = bound.map(|bound| bound + visit.path - visit.arrival);
        visit.slack = if broken { Some(0) } else { slack };
    }
}

/// The visits of the stops and reloads, in the order of the route, and of its end.
fn visits(problem: &Problem, fleet: &FleetType, route: &Itinerary<'_>) -> (Vec<Visit>, Visit) {
    let leg = |from, to| {
        let leg = problem.leg(fleet.profile, from, to)?;
        Some((
            i128::from(leg.distance.get()),
            i128::from(leg.duration.get()),
        ))
    };
    let mut at = problem.depot_place(fleet.start);
    let (mut path, mut held) = (0, i128::MIN / 4);
    let mut visit = |leg: Option<(i128, i128)>, earliest: Time, latest: Option<i128>, service| {
        let travel = leg.map_or(0, |(_, duration)| duration);
        path += travel;
        held = (held + travel).max(i128::from(earliest.get()));
        let visit = Visit {
            leg,
            path,
            held,
            opens: stated(earliest),
            latest,
            service,
            arrival: 0,
            start: 0,
            slack: None,
        };
        path += service;
        held += service;
        visit
    };
    let mut all = Vec::with_capacity(route.orders.len() + route.reloads.len());
    let mut reloads = route.reloads.iter().enumerate().peekable();
    for index in 0..=route.orders.len() {
        while let Some((number, (_, depot))) = reloads.next_if(|(_, (before, _))| *before <= index)
        {
            let place = problem.depot_place(*depot);
            let open = problem.depot_window(*depot);
            let goods = route.trip(Some(number)).iter().map(|o| problem.release(*o));
            let ready = goods.chain([open.earliest]).max().unwrap_or(open.earliest);
            let loading = i128::from(problem.loading(*depot).get());
            let ship_by = deadline(problem, route.trip(Some(number))).map(|by| by - loading);
            let latest = stated(open.latest).into_iter().chain(ship_by).min();
            all.push(visit(leg(at, place), ready, latest, loading));
            at = place;
        }
        if let Some(&order) = route.orders.get(index) {
            let (place, window) = (problem.order_place(order), problem.window(order));
            let service = i128::from(problem.service(order).get());
            all.push(visit(
                leg(at, place),
                window.earliest,
                stated(window.latest),
                service,
            ));
            at = place;
        }
    }
    let home = fleet.end.and_then(|end| leg(at, problem.depot_place(end)));
    let last = stated(fleet.returns.latest);
    let end = visit(home, fleet.returns.earliest, last, 0);
    (all, end)
}

/// What is on board at departure and after each stop, after each reload, and the most of it: per dimension, as sums over
/// the orders of each trip.
fn loads(problem: &Problem, route: &Itinerary<'_>) -> (Vec<i128>, Vec<i128>, Vec<i128>) {
    let width = problem.dimension_count();
    let mut loads = vec![0; width * (route.orders.len() + 1)];
    let mut reloaded = vec![0; width * route.reloads.len()];
    let mut peak = vec![0; width];
    let drops = |order: OrderId| problem.kind(order) != OrderKind::Pickup;
    let aboard = |order: OrderId| problem.aboard(order).is_some();
    let loaded = |order: OrderId| drops(order) && problem.mate(order).is_none() && !aboard(order);
    for (d, peak) in peak.iter_mut().enumerate() {
        let dimension = DimensionId::new(d);
        let amount = |order: OrderId| i128::from(problem.quantity(order, dimension).get());
        let begins = |trip: &[OrderId]| -> i128 {
            let goods = trip.iter().filter(|o| loaded(**o));
            goods.map(|o| amount(*o)).sum()
        };
        // What pairs have on board, and what was there from the start, which no reload touches.
        let from_start = route.orders.iter().filter(|o| aboard(**o));
        let mut riding: i128 = from_start.map(|o| amount(*o)).sum();
        let mut board = riding + begins(route.trip(None));
        *peak = board;
        loads[d] = board;
        let mut reloads = route.reloads.iter().enumerate().peekable();
        for (index, &order) in route.orders.iter().enumerate() {
            while let Some((number, _)) = reloads.next_if(|(_, (before, _))| *before <= index) {
                board = riding + begins(route.trip(Some(number)));
                *peak = (*peak).max(board);
                reloaded[number * width + d] = board;
            }
            let taken = i128::from(problem.taken_quantity(order, dimension).get());
            board += taken;
            let change = if drops(order) {
                -amount(order)
            } else {
                amount(order)
            };
            board += change;
            if problem.mate(order).is_some() || aboard(order) {
                riding += change;
            }
            *peak = (*peak).max(board);
            loads[(index + 1) * width + d] = board;
        }
    }
    (loads, reloaded, peak)
}

/// Which drop-offs, exchanges among them, come behind the first pickup of their trip, by their position on the route, and
/// whether there are pickups alone, as far as the vehicle minds.
fn order(problem: &Problem, fleet: &FleetType, route: &Itinerary<'_>) -> (Vec<usize>, bool) {
    let picks = |order: &OrderId| problem.kind(*order) == OrderKind::Pickup;
    let mut late = Vec::new();
    if fleet.backhauls == Backhauls::Mixed || !route.orders.iter().any(picks) {
        return (late, false);
    }
    let mut at = 0;
    for (_, trip) in route.trips() {
        let mut picked = false;
        for order in trip {
            let pickup = picks(order);
            if picked && !pickup {
                late.push(at);
            }
            picked |= pickup;
            at += 1;
        }
    }
    let unled = fleet.backhauls == Backhauls::LastAfterDropOff && route.orders.iter().all(picks);
    (late, unled)
}
