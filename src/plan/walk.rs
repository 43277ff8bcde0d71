//! Walking a route: from a list of stops to schedule, loads and cost.
//!
//! Sums saturate. For a plan that serves every order at most once [`Problem::new`](crate::problem::Problem::new) has
//! proven that none gets near the end of its range; a draft that repeats orders without end must not overflow either.

use super::{CostBreakdown, Route, Stop};
use crate::measure::{
    Cost, DimensionId, Distance, Duration, Load, OrderId, Time, VehicleTypeId, Window,
};
use crate::model::OrderKind;
use crate::problem::{FleetType, Problem};
use crate::travel::Leg;
use std::sync::Arc;

/// No stated moment lies further from the horizon's start than this; what does means "not bounded".
const STATED: u64 = 1 << 40;

/// Whether a moment is a bound that someone stated.
pub(super) fn is_bound(moment: Time) -> bool {
    moment.get().unsigned_abs() <= STATED
}

const NO_LEG: Leg = Leg {
    distance: Distance::ZERO,
    duration: Duration::ZERO,
};

/// Walks one route. All ids must exist.
pub(super) fn walk(
    problem: &Problem,
    vehicle_type: VehicleTypeId,
    (type_name, number): (Arc<str>, usize),
    orders: &[OrderId],
) -> Route {
    let fleet = problem.vehicle_type(vehicle_type);
    let (mut stops, final_leg) = drive(problem, fleet, orders);
    let last = final_leg.map_or(Duration::ZERO, |leg| leg.duration);
    let departure = leave(problem, fleet, &stops, last);
    let end = follow(problem, fleet, &mut stops, departure, last);
    look_back(problem, fleet, &mut stops, &end);
    let (loads, peak) = carry(problem, &stops);
    let legs = stops.iter().map(|s| s.leg).chain(final_leg);
    let distance = legs.fold(0, |sum: i64, leg| sum.saturating_add(leg.distance.get()));
    let duration = end.moment.saturating_sub(departure);
    let capacity = (0..problem.dimension_count()).map(|d| fleet.capacity(DimensionId::new(d)));
    Route {
        vehicle_type,
        type_name,
        number,
        start: fleet.start,
        end: fleet.end,
        departure: Time(departure),
        arrival: Time(end.moment),
        end_wait: Duration(end.wait),
        distance: Distance(distance),
        final_leg,
        cost: CostBreakdown {
            fixed: fleet.fixed_cost,
            distance: Cost(fleet.cost_per_distance.get().saturating_mul(distance)),
            duration: Cost(fleet.cost_per_duration.get().saturating_mul(duration)),
            unserved: Cost::ZERO,
        },
        capacity: capacity.collect(),
        peak,
        loads,
        stops,
    }
}

/// The stops with their legs, not yet scheduled, and the leg to the end depot.
fn drive(problem: &Problem, fleet: &FleetType, orders: &[OrderId]) -> (Vec<Stop>, Option<Leg>) {
    let leg = |from, to| problem.leg(fleet.profile, from, to).unwrap_or(NO_LEG);
    let mut at = problem.depot_place(fleet.start);
    let mut stops = Vec::with_capacity(orders.len());
    for &order in orders {
        let place = problem.order_place(order);
        stops.push(Stop {
            order,
            kind: problem.kind(order),
            leg: leg(at, place),
            arrival: Time(0),
            wait: Duration::ZERO,
            start: Time(0),
            departure: Time(0),
            slack: None,
        });
        at = place;
    }
    let final_leg = fleet.end.map(|end| leg(at, problem.depot_place(end)));
    (stops, final_leg)
}

/// When the route leaves: as late as neither makes the earliest possible end later nor breaks a window.
fn leave(problem: &Problem, fleet: &FleetType, stops: &[Stop], last: Duration) -> i64 {
    let released = stops.iter().map(|s| problem.release(s.order));
    let earliest = released.fold(fleet.leaves.earliest, Ord::max).get();
    let mut now = earliest;
    // Waiting so far: leaving that much later changes nothing from here on.
    let mut waited: i64 = 0;
    // How much later the route can leave and be no later than its windows, or than it is anyway.
    let spare = |latest: Time, moment: i64| {
        if is_bound(latest) {
            latest.get().saturating_sub(moment).max(0)
        } else {
            i64::MAX
        }
    };
    let mut room = spare(fleet.leaves.latest, earliest);
    let mut pass = |travel: Duration, window: Window, service: Duration| {
        let arrival = now.saturating_add(travel.get());
        let start = arrival.max(window.earliest.get());
        waited = waited.saturating_add(start.saturating_sub(arrival));
        room = room.min(waited.saturating_add(spare(window.latest, start)));
        now = start.saturating_add(service.get());
    };
    for stop in stops {
        let order = stop.order;
        pass(
            stop.leg.duration,
            problem.window(order),
            problem.service(order),
        );
    }
    pass(last, fleet.returns, Duration::ZERO);
    let chosen = earliest.saturating_add(waited.min(room));
    if is_bound(Time(earliest)) {
        chosen
    } else {
        chosen.max(earliest.saturating_add(room).min(0))
    }
}

/// The end of a route.
struct End {
    moment: i64,
    wait: i64,
}

/// Schedules the stops of a route that leaves at `departure`.
fn follow(
    problem: &Problem,
    fleet: &FleetType,
    stops: &mut [Stop],
    departure: i64,
    last: Duration,
) -> End {
    let mut now = departure;
    for stop in stops {
        let arrival = now.saturating_add(stop.leg.duration.get());
        let start = arrival.max(problem.window(stop.order).earliest.get());
        now = start.saturating_add(problem.service(stop.order).get());
        stop.arrival = Time(arrival);
        stop.wait = Duration(start.saturating_sub(arrival));
        stop.start = Time(start);
        stop.departure = Time(now);
    }
    let arrival = now.saturating_add(last.get());
    let moment = arrival.max(fleet.returns.earliest.get());
    End {
        moment,
        wait: moment.saturating_sub(arrival),
    }
}

/// Notes at each stop how much its arrival may slip, from the end backwards.
fn look_back(problem: &Problem, fleet: &FleetType, stops: &mut [Stop], end: &End) {
    let spare = |latest: Time, start: i64| {
        is_bound(latest).then(|| latest.get().saturating_sub(start).max(0))
    };
    let tighter = |a: Option<i64>, b: Option<i64>| match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    };
    let mut slack = spare(fleet.returns.latest, end.moment).map(|s| s.saturating_add(end.wait));
    let mut broken = is_bound(fleet.returns.latest) && end.moment > fleet.returns.latest.get();
    for stop in stops.iter_mut().rev() {
        let latest = problem.window(stop.order).latest;
        broken |= is_bound(latest) && stop.start > latest;
        slack = tighter(slack, spare(latest, stop.start.get()))
            .map(|s| s.saturating_add(stop.wait.get()));
        stop.slack = if broken {
            Some(Duration::ZERO)
        } else {
            slack.map(Duration)
        };
    }
}

/// What is on board at departure and after each stop, row by row, and the most that ever is.
fn carry(problem: &Problem, stops: &[Stop]) -> (Vec<Load>, Box<[Load]>) {
    let width = problem.dimension_count();
    let mut loads = Vec::with_capacity(width.saturating_mul(stops.len() + 1));
    let mut board = vec![Load::ZERO; width].into_boxed_slice();
    for stop in stops.iter().filter(|s| s.kind == OrderKind::DropOff) {
        for (load, quantity) in board.iter_mut().zip(problem.quantities(stop.order.index())) {
            *load = Load(load.get().saturating_add(*quantity));
        }
    }
    loads.extend_from_slice(&board);
    let mut peak = board.clone();
    for stop in stops {
        for (load, quantity) in board.iter_mut().zip(problem.quantities(stop.order.index())) {
            *load = Load(match stop.kind {
                OrderKind::DropOff => load.get().saturating_sub(*quantity),
                OrderKind::Pickup => load.get().saturating_add(*quantity),
            });
        }
        loads.extend_from_slice(&board);
        for (most, load) in peak.iter_mut().zip(&board) {
            *most = (*most).max(*load);
        }
    }
    (loads, peak)
}
