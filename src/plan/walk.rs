//! Walking a route: from a list of stops to schedule, loads and cost.
//!
//! Sums saturate. For a plan that serves every order at most once [`Problem::new`](crate::problem::Problem::new) has
//! proven that none gets near the end of its range; a draft that repeats orders without end must not overflow either.

use super::reload::trips;
use super::timetable::Timetable;
use super::{CostBreakdown, Reload, ReloadStop, Route, Stop};
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

/// Walks one route. All ids must exist; each reload begins a trip and follows one, which may be empty at first.
pub(super) fn walk(
    problem: &Problem,
    vehicle_type: VehicleTypeId,
    (type_name, number): (Arc<str>, usize),
    (orders, reloads): (&[OrderId], &[Reload]),
) -> Route {
    let fleet = problem.vehicle_type(vehicle_type);
    let (mut calls, final_leg) = drive(problem, fleet, orders, reloads);
    let last = final_leg.map_or(Duration::ZERO, |leg| leg.duration);
    let leaves = departures(problem, fleet, &calls);
    let departure = match Timetable::of(problem, fleet, leaves, (&calls, last)) {
        None => leave(fleet, leaves, &calls, last),
        Some(timetable) => {
            let (departure, starts) = timetable.cheapest();
            for (call, start) in calls.iter_mut().zip(starts) {
                call.awaits = start;
            }
            departure
        }
    };
    let end = follow(fleet, &mut calls, departure, last);
    look_back(fleet, &mut calls, &end);
    let board = carry(problem, orders, reloads);
    let legs = calls.iter().map(|c| c.leg).chain(final_leg);
    let distance = legs.fold(0, |sum: i64, leg| sum.saturating_add(leg.distance.get()));
    let duration = end.moment.saturating_sub(departure);
    let waits = calls.iter().map(Call::wait);
    let waiting = waits.fold(end.wait, i64::saturating_add);
    let overtime = fleet
        .overtime_from
        .map_or(0, |from| end.moment.saturating_sub(from.get()).max(0));
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
        overtime: Duration(overtime),
        final_leg,
        cost: CostBreakdown {
            fixed: fleet.fixed_cost,
            distance: Cost(fleet.cost_per_distance.get().saturating_mul(distance)),
            duration: Cost(fleet.cost_per_duration.get().saturating_mul(duration)),
            waiting: Cost(fleet.cost_per_waiting.get().saturating_mul(waiting)),
            overtime: Cost(fleet.cost_per_overtime.get().saturating_mul(overtime)),
            promises: missed(problem, &calls),
            stops: Cost(
                fleet
                    .cost_per_stop
                    .get()
                    .saturating_mul(orders.len() as i64),
            ),
            carriers: Cost::ZERO,
            unserved: Cost::ZERO,
        },
        capacity: capacity.collect(),
        peak: board.peak,
        loads: board.loads,
        reloaded: board.reloaded,
        stops: calls.iter().filter_map(|c| c.stop(problem)).collect(),
        reloads: calls.iter().filter_map(Call::reload).collect(),
    }
}

/// What a route comes to.
#[derive(Clone, Copy)]
pub(super) enum Site {
    Order(OrderId),
    Depot(Reload),
}

/// A stop or a reload: when something may start there, how long it lasts, and when it does.
pub(super) struct Call {
    pub(super) site: Site,
    pub(super) leg: Leg,
    pub(super) window: Window,
    /// No earlier does it start, for what is promised.
    awaits: i64,
    pub(super) service: Duration,
    arrival: i64,
    start: i64,
    departure: i64,
    slack: Option<i64>,
}

impl Call {
    fn wait(&self) -> i64 {
        self.start.saturating_sub(self.arrival)
    }

    fn stop(&self, problem: &Problem) -> Option<Stop> {
        let Site::Order(order) = self.site else {
            return None;
        };
        let promise = problem.promise(order);
        let missed = promise.map(|promise| promise.missed(Time(self.start)));
        let (early, late) = missed.unwrap_or_default();
        Some(Stop {
            order,
            kind: problem.kind(order),
            leg: self.leg,
            arrival: Time(self.arrival),
            wait: Duration(self.wait()),
            start: Time(self.start),
            early,
            late,
            departure: Time(self.departure),
            slack: self.slack.map(Duration),
        })
    }

    fn reload(&self) -> Option<ReloadStop> {
        let Site::Depot(Reload { before, depot }) = self.site else {
            return None;
        };
        Some(ReloadStop {
            before,
            depot,
            leg: self.leg,
            arrival: Time(self.arrival),
            wait: Duration(self.wait()),
            start: Time(self.start),
            departure: Time(self.departure),
            slack: self.slack.map(Duration),
        })
    }
}

/// What it costs that services start before or after what is promised.
fn missed(problem: &Problem, calls: &[Call]) -> Cost {
    let costs = calls.iter().filter_map(|call| match call.site {
        Site::Order(order) => Some(problem.promise(order)?.cost(Time(call.start)).get()),
        Site::Depot(_) => None,
    });
    Cost(costs.fold(0, i64::saturating_add))
}

/// The calls with their legs, not yet scheduled, and the leg to the end depot.
pub(super) fn drive(
    problem: &Problem,
    fleet: &FleetType,
    orders: &[OrderId],
    reloads: &[Reload],
) -> (Vec<Call>, Option<Leg>) {
    let leg = |from, to| problem.leg(fleet.profile, from, to).unwrap_or(NO_LEG);
    let mut at = problem.depot_place(fleet.start);
    let mut calls = Vec::with_capacity(orders.len() + reloads.len());
    let mut call = |site, place, window, service| {
        calls.push(Call {
            site,
            leg: leg(std::mem::replace(&mut at, place), place),
            window,
            awaits: i64::MIN,
            service,
            arrival: 0,
            start: 0,
            departure: 0,
            slack: None,
        });
    };
    let trips = trips(orders.len(), reloads.iter().map(|r| r.before));
    for (number, trip) in trips.enumerate() {
        let trip = &orders[trip];
        if let Some(reload) = number.checked_sub(1).and_then(|r| reloads.get(r)) {
            let open = problem.depot_window(reload.depot);
            let (place, loading) = (
                problem.depot_place(reload.depot),
                problem.loading(reload.depot),
            );
            let ready = Window::new(
                released(problem, trip, open.earliest),
                shipped(problem, trip, loading, open.latest),
            );
            call(Site::Depot(*reload), place, ready, loading);
        }
        for &order in trip {
            let (place, window) = (problem.order_place(order), problem.window(order));
            call(Site::Order(order), place, window, problem.service(order));
        }
    }
    let final_leg = fleet.end.map(|end| leg(at, problem.depot_place(end)));
    (calls, final_leg)
}

/// When the goods of a trip are all there, and not before `earliest`.
fn released(problem: &Problem, trip: &[OrderId], earliest: Time) -> Time {
    let releases = trip.iter().map(|order| problem.release(*order));
    releases.fold(earliest, Ord::max)
}

/// When loading the goods of a trip has to start for all to be shipped in time, and not after `latest`.
fn shipped(problem: &Problem, trip: &[OrderId], loading: Duration, latest: Time) -> Time {
    let deadlines = trip.iter().filter_map(|order| problem.ship_by(*order));
    let starts = deadlines.map(|by| Time(by.get().saturating_sub(loading.get())));
    starts.fold(latest, Ord::min)
}

/// When the route may leave, as far as its vehicle and the goods of its first trip are asked.
pub(super) fn departures(problem: &Problem, fleet: &FleetType, calls: &[Call]) -> Window {
    let first = calls.iter().map_while(|call| match call.site {
        Site::Order(order) => Some(order),
        Site::Depot(_) => None,
    });
    let trip: Vec<OrderId> = first.collect();
    Window::new(
        released(problem, &trip, fleet.leaves.earliest),
        shipped(problem, &trip, Duration::ZERO, fleet.leaves.latest),
    )
}

/// When the route leaves: as late as neither makes the earliest possible end later nor breaks a window.
fn leave(fleet: &FleetType, leaves: Window, calls: &[Call], last: Duration) -> i64 {
    let (earliest, latest) = (leaves.earliest.get(), leaves.latest);
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
    let mut room = spare(latest, earliest);
    let mut pass = |travel: Duration, window: Window, service: Duration| {
        let arrival = now.saturating_add(travel.get());
        let start = arrival.max(window.earliest.get());
        waited = waited.saturating_add(start.saturating_sub(arrival));
        room = room.min(waited.saturating_add(spare(window.latest, start)));
        now = start.saturating_add(service.get());
    };
    for call in calls {
        pass(call.leg.duration, call.window, call.service);
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

/// Schedules the calls of a route that leaves at `departure`.
fn follow(fleet: &FleetType, calls: &mut [Call], departure: i64, last: Duration) -> End {
    let mut now = departure;
    for call in calls {
        call.arrival = now.saturating_add(call.leg.duration.get());
        call.start = (call.arrival.max(call.window.earliest.get())).max(call.awaits);
        now = call.start.saturating_add(call.service.get());
        call.departure = now;
    }
    let arrival = now.saturating_add(last.get());
    let moment = arrival.max(fleet.returns.earliest.get());
    End {
        moment,
        wait: moment.saturating_sub(arrival),
    }
}

/// Notes at each call how much its arrival may slip, from the end backwards.
fn look_back(fleet: &FleetType, calls: &mut [Call], end: &End) {
    let spare = |latest: Time, start: i64| {
        is_bound(latest).then(|| latest.get().saturating_sub(start).max(0))
    };
    let tighter = |a: Option<i64>, b: Option<i64>| match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    };
    let mut slack = spare(fleet.returns.latest, end.moment).map(|s| s.saturating_add(end.wait));
    let mut broken = is_bound(fleet.returns.latest) && end.moment > fleet.returns.latest.get();
    for call in calls.iter_mut().rev() {
        let latest = call.window.latest;
        broken |= is_bound(latest) && call.start > latest.get();
        slack = tighter(slack, spare(latest, call.start)).map(|s| s.saturating_add(call.wait()));
        call.slack = if broken { Some(0) } else { slack };
    }
}

/// What is on board.
struct Board {
    /// At departure and after each stop, row by row.
    loads: Vec<Load>,
    /// After each reload, row by row.
    reloaded: Vec<Load>,
    /// The most that ever is.
    peak: Box<[Load]>,
}

/// What is on board on the way.
fn carry(problem: &Problem, orders: &[OrderId], reloads: &[Reload]) -> Board {
    let width = problem.dimension_count();
    let mut loads = Vec::with_capacity(width.saturating_mul(orders.len() + 1));
    let mut reloaded = Vec::with_capacity(width.saturating_mul(reloads.len()));
    let mut peak = vec![Load::ZERO; width].into_boxed_slice();
    let rise = |peak: &mut [Load], board: &[Load]| {
        for (most, load) in peak.iter_mut().zip(board) {
            *most = (*most).max(*load);
        }
    };
    // What a pair brings boards at its pickup, and stays on board at a reload, as does what is aboard before the first stop.
    let from_start = |order: &&OrderId| problem.is_at_depot(**order);
    let is_aboard = |order: &OrderId| problem.aboard(*order).is_some();
    let mut riding = vec![Load::ZERO; width].into_boxed_slice();
    for order in orders.iter().filter(|order| is_aboard(order)) {
        for (load, quantity) in riding.iter_mut().zip(problem.quantities(order.index())) {
            *load = Load(load.get().saturating_add(*quantity));
        }
    }
    let trips = trips(orders.len(), reloads.iter().map(|r| r.before));
    for (number, trip) in trips.enumerate() {
        let trip = &orders[trip];
        let mut board = riding.clone();
        for order in trip.iter().filter(from_start) {
            for (load, quantity) in board.iter_mut().zip(problem.quantities(order.index())) {
                *load = Load(load.get().saturating_add(*quantity));
            }
        }
        let rows = if number == 0 {
            &mut loads
        } else {
            &mut reloaded
        };
        rows.extend_from_slice(&board);
        rise(&mut peak, &board);
        for &order in trip {
            for (load, quantity) in board.iter_mut().zip(problem.quantities(order.index())) {
                *load = Load(match problem.kind(order) {
                    OrderKind::DropOff | OrderKind::Exchange => {
                        load.get().saturating_sub(*quantity)
                    }
                    OrderKind::Pickup => load.get().saturating_add(*quantity),
                });
            }
            // Of an exchange, once room is made for it.
            for (load, taken) in board.iter_mut().zip(problem.taken(order.index())) {
                *load = Load(load.get().saturating_add(*taken));
            }
            if problem.mate(order).is_some() || is_aboard(&order) {
                let fetched = problem.kind(order) == OrderKind::Pickup;
                for (load, quantity) in riding.iter_mut().zip(problem.quantities(order.index())) {
                    let change = if fetched { *quantity } else { -*quantity };
                    *load = Load(load.get().saturating_add(change));
                }
            }
            loads.extend_from_slice(&board);
            rise(&mut peak, &board);
        }
    }
    Board {
        loads,
        reloaded,
        peak,
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::{
        Cost, DimensionId, Distance, Duration, Load, OrderId, Time, VehicleTypeId, Window,
    };
    use crate::model::{Depot, Model, Order, Place, VehicleType};
    use crate::plan::{Plan, RouteDraft};
    use crate::problem::Problem;
    use crate::travel::Euclidean;

    fn at(x: f64) -> Place {
        Place::plane(x, 0.0)
    }

    fn window(earliest: i64, latest: i64) -> Window {
        Window::new(Time(earliest), Time(latest))
    }

    /// One vehicle from a depot at 0, and all orders in their order on one route.
    fn plan(vehicle: impl Fn(VehicleType) -> VehicleType, orders: Vec<Order>) -> Plan {
        let mut model = Model::new();
        model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("depot", at(0.0)));
        model.add_vehicle_type(vehicle(VehicleType::new("van", 1, depot)));
        let stops: Vec<OrderId> = orders.into_iter().map(|o| model.add_order(o)).collect();
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        Plan::new(
            &problem,
            vec![RouteDraft::new(VehicleTypeId::new(0), stops)],
        )
    }

    #[test]
    fn it_leaves_as_late_as_the_earliest_end_and_the_windows_allow() {
        // From 0: at 10 wait to 15, serve 5, leave 20; at 20 on 30, wait to 100: end 100 + 20 = 120.
        // Waits are 5 and 70; leaving 5 later is free, and then up to the first window's end: 15 - 10 + 25 = 30.
        let plan = plan(
            |v| v.shift(window(0, 150)).per_duration(Cost(2)),
            vec![
                Order::drop_off("a", at(10.0))
                    .window(window(15, 40))
                    .service(Duration(5)),
                Order::drop_off("b", at(20.0)).window(window(100, 110)),
            ],
        );
        let route = &plan.routes()[0];
        assert_eq!(
            (route.departure(), route.arrival(), route.duration()),
            (Time(30), Time(120), Duration(90))
        );
        let [a, b] = route.stops() else { panic!() };
        assert_eq!(
            (a.arrival, a.wait, a.departure),
            (Time(40), Duration(0), Time(45))
        );
        assert_eq!(
            (b.arrival, b.wait, b.start),
            (Time(55), Duration(45), Time(100))
        );
        // b may slip to 110; the shift would bear 150 - 120 = 30 more than its wait. a is at the end of its window.
        assert_eq!((a.slack, b.slack), (Some(Duration(0)), Some(Duration(55))));
        assert_eq!(b.latest_arrival(), Some(Time(110)));
        // 40 of distance at 1 a unit, 90 seconds at 2 millionths.
        assert_eq!(route.distance(), Distance(40));
        assert_eq!(plan.cost().total(), Cost(40_000_000 + 180));
    }

    #[test]
    fn without_a_bound_the_day_starts_at_zero_or_as_late_before_as_windows_demand() {
        let free = plan(|v| v, vec![Order::drop_off("a", at(10.0))]);
        assert_eq!(free.routes()[0].departure(), Time(0));
        assert_eq!(free.routes()[0].stops()[0].slack, None);
        let early = Order::drop_off("a", at(10.0)).window(window(-50, 3));
        // To be there at 3 it leaves at -7.
        assert_eq!(plan(|v| v, vec![early]).routes()[0].departure(), Time(-7));
    }

    #[test]
    fn a_late_promise_does_not_stop_the_walk() {
        // Leaves at its release, 30; at 40 it is 20 late; at the second stop it waits from 50 to 60.
        let late = plan(
            VehicleType::open_end,
            vec![
                Order::drop_off("a", at(10.0))
                    .window(window(0, 30))
                    .release(Time(30)),
                Order::pickup("b", at(20.0)).window(window(60, 70)),
            ],
        );
        let route = &late.routes()[0];
        assert_eq!((route.departure(), route.arrival()), (Time(30), Time(60)));
        assert_eq!(route.stops()[0].slack, Some(Duration::ZERO));
        assert_eq!(route.stops()[1].slack, Some(Duration(20)));
        assert_eq!(route.final_leg(), None);
    }

    #[test]
    fn drop_offs_ride_from_the_start_and_pickups_to_the_end() {
        let kg = DimensionId::new(0);
        let plan = plan(
            |v| v.capacity(kg, Load(9)),
            vec![
                Order::drop_off("a", at(1.0)).quantity(kg, Load(2)),
                Order::pickup("b", at(2.0)).quantity(kg, Load(7)),
                Order::drop_off("c", at(3.0)).quantity(kg, Load(3)),
            ],
        );
        let route = &plan.routes()[0];
        // 5, less 2, plus 7, less 3.
        assert_eq!(route.load_at_departure(), [Load(5)]);
        let after: Vec<&[Load]> = (0..4).map(|i| route.load_after(i)).collect();
        assert_eq!(after, [&[Load(3)][..], &[Load(10)], &[Load(7)], &[]]);
        assert_eq!(
            (route.peak(), route.capacity(kg)),
            (&[Load(10)][..], Some(Load(9)))
        );
    }

    #[test]
    fn goods_of_a_pair_ride_from_its_pickup_to_its_drop_off() {
        let kg = DimensionId::new(0);
        let mut model = Model::new();
        model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("depot", at(0.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot));
        let single = model.add_order(Order::drop_off("a", at(1.0)).quantity(kg, Load(3)));
        let (from, to) = model.add_pair(
            Order::pickup("b", at(2.0)).quantity(kg, Load(7)),
            Order::drop_off("c", at(3.0)).quantity(kg, Load(7)),
        );
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let draft = |stops: [OrderId; 3]| RouteDraft::new(VehicleTypeId::new(0), stops.to_vec());
        let loads = |stops| {
            let plan = Plan::new(&problem, vec![draft(stops)]);
            assert_eq!(plan.check(&problem), []);
            let route = &plan.routes()[0];
            let after = (0..3).map(|i| route.load_after(i)[0].get());
            let mut loads = vec![route.load_at_departure()[0].get()];
            loads.extend(after);
            (loads, route.peak()[0].get())
        };
        assert_eq!(loads([single, from, to]), (vec![3, 0, 7, 0], 7));
        assert_eq!(loads([from, single, to]), (vec![3, 10, 7, 0], 10));
        assert_eq!(loads([from, to, single]), (vec![3, 10, 3, 0], 10));
    }

    #[test]
    fn an_order_repeated_without_end_does_not_overflow() {
        let huge = Order::drop_off("a", at(1.0))
            .service(Duration(1 << 39))
            .quantity(DimensionId::new(0), Load(1 << 40));
        let mut model = Model::new();
        model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("depot", at(0.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot).per_duration(Cost(1 << 18)));
        let order = model.add_order(huge);
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        // 2^25 repeats of 2^39 would be past 2^63; a few thousand with the price reach it too.
        let draft = RouteDraft::new(VehicleTypeId::new(0), vec![order; 5000]);
        let plan = Plan::new(&problem, vec![draft]);
        assert_eq!(plan.cost().duration, Cost(i64::MAX));
        assert!(!plan.check(&problem).is_empty());
    }
}
