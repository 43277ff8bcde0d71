//! The walk of a plan against a naive simulation that tries every departure, and corruptions against the check.

use milkrun::measure::{
    Cost, DepotId, DimensionId, Distance, Duration, Load, OrderId, Time, VehicleTypeId, Window,
};
use milkrun::model::{Depot, Model, Order, OrderKind, Place, VehicleType};
use milkrun::plan::{Fault, Plan, Reason, Relaxation, Route, RouteDraft, Unserved};
use milkrun::problem::Problem;
use milkrun::travel::Euclidean;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Before any moment of the models below, by more than any route lasts.
const LONG_AGO: i64 = -600;

fn place() -> impl Strategy<Value = Place> {
    (0..12_i32, 0..12_i32).prop_map(|(x, y)| Place::plane(f64::from(x), f64::from(y)))
}

fn window(from: std::ops::Range<i64>, longest: i64) -> impl Strategy<Value = Window> {
    (from, 0..longest).prop_map(|(a, length)| Window::new(Time(a), Time(a + length)))
}

fn depot(index: usize) -> impl Strategy<Value = Depot> {
    (place(), option::weighted(0.3, window(-5..10, 200))).prop_map(move |(place, window)| {
        let mut depot = Depot::new(format!("depot {index}"), place);
        depot.window = window;
        depot
    })
}

fn vehicle(index: usize, depots: usize) -> impl Strategy<Value = VehicleType> {
    let ends = (0..depots, option::weighted(0.7, 0..depots));
    let limits = (
        option::weighted(0.4, window(0..10, 200)),
        option::weighted(0.3, 20..120_i64),
        option::weighted(0.3, 20..160_i64),
        vec(option::weighted(0.7, 3..20_i64), 2),
    );
    let wages = (0..5_i64, option::weighted(0.4, (0..40_i64, 0..9_i64)));
    let tallies = (
        option::weighted(0.2, 20..120_i64),
        option::weighted(0.2, 1..6_u32),
    );
    let costs = (0..50_i64, 0..5_i64, 0..5_i64, 0..9_i64);
    (1..4_u32, ends, limits, (tallies, wages), costs).prop_map(
        move |(count, (start, end), limits, (tallies, wages), costs)| {
            let mut vehicle = VehicleType::new(format!("type {index}"), count, DepotId::new(start));
            vehicle.end = end.map(DepotId::new);
            vehicle.shift = limits.0;
            vehicle.max_distance = limits.1.map(Distance);
            vehicle.max_duration = limits.2.map(Duration);
            vehicle.capacity = limits.3.into_iter().map(|c| c.map(Load)).collect();
            vehicle.fixed_cost = Cost(costs.0);
            vehicle.cost_per_distance = Cost(costs.1);
            vehicle.cost_per_duration = Cost(costs.2);
            vehicle.cost_per_stop = Cost(costs.3);
            vehicle.max_driving = tallies.0.map(Duration);
            vehicle.max_stops = tallies.1;
            vehicle.cost_per_waiting = Cost(wages.0);
            if let (Some(_), Some((most, price))) = (vehicle.shift, wages.1) {
                vehicle = vehicle.overtime(Duration(most), Cost(price));
            }
            vehicle
        },
    )
}

fn order(index: usize) -> impl Strategy<Value = Order> {
    let facts = (place(), any::<bool>(), vec(0..6_i64, 2), 0..8_i64);
    let times = (
        option::weighted(0.5, window(-30..90, 60)),
        option::weighted(0.3, -10..60_i64),
        option::weighted(0.3, -10..70_i64),
    );
    (facts, times, option::weighted(0.4, 0..200_i64)).prop_map(move |(facts, times, price)| {
        let (place, drops, quantities, service) = facts;
        let name = format!("order {index}");
        let mut order = if drops {
            Order::drop_off(name, place)
        } else {
            Order::pickup(name, place)
        };
        order.quantities = quantities.into_iter().map(Load).collect();
        order.service = Duration(service);
        order.window = times.0;
        let closes = order.window.map_or(i64::MAX, |w| w.latest.get());
        order.release = times.1.filter(|r| drops && *r <= closes).map(Time);
        let by = times.2.map(Time).filter(|_| drops);
        order.ship_by = by.map(|by| order.release.map_or(by, |release| release.max(by)));
        order.price = price.map(Cost);
        order
    })
}

/// A model with two depots, two vehicle types and up to eight orders.
fn model() -> impl Strategy<Value = Model> {
    let orders = (1..9_usize).prop_flat_map(|n| (0..n).map(order).collect::<Vec<_>>());
    let depots = (depot(0), depot(1));
    let fleet = (vehicle(0, 2), vehicle(1, 2));
    (depots, fleet, orders).prop_map(|(depots, fleet, orders)| {
        let mut model = Model::new();
        model.add_dimension("kg");
        model.add_dimension("litres");
        model.add_depot(depots.0);
        model.add_depot(depots.1);
        model.add_vehicle_type(fleet.0);
        model.add_vehicle_type(fleet.1);
        for order in orders {
            model.add_order(order);
        }
        model
    })
}

/// A model that its problem accepts, and drafts of routes that serve each order at most once.
fn day() -> impl Strategy<Value = (Model, Vec<RouteDraft>)> {
    let accepted = model().prop_filter("shift and opening hours must overlap", |model| {
        Problem::new(model, &Euclidean::rounded()).is_ok()
    });
    accepted.prop_flat_map(|model| {
        let n = model.orders().len();
        let lanes = vec(0..6_usize, n);
        let order = Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        (Just(model), lanes, order).prop_map(|(model, lanes, order)| {
            // Lanes 0 and 1 are routes of type 0, 2 and 3 of type 1; the others are not served.
            let draft = |lane: usize| {
                let stops = order.iter().filter(|o| lanes[**o] == lane);
                let stops = stops.map(|o| OrderId::new(*o)).collect();
                RouteDraft::new(VehicleTypeId::new(lane / 2), stops)
            };
            let drafts = (0..4).map(draft).filter(|d| !d.stops.is_empty()).collect();
            (model, drafts)
        })
    })
}

/// The rounded straight line between two places, in distance and in seconds.
fn leg(from: Place, to: Place) -> i64 {
    let (Place::Plane { x: a, y: b }, Place::Plane { x: c, y: d }) = (from, to) else {
        panic!("the models here are on a plane");
    };
    ((a - c).hypot(b - d) + 0.5).floor() as i64
}

/// What happens when a route leaves at a given moment.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    departure: i64,
    /// Arrival, start and end of service of each stop.
    stops: Vec<(i64, i64, i64)>,
    end: i64,
    /// Lateness of leaving, of each stop and of the end.
    late: Vec<i64>,
    /// How many of these are about leaving the start.
    leaving: usize,
}

fn run(model: &Model, vehicle: &VehicleType, stops: &[usize], departure: i64) -> Run {
    let depot = |id: DepotId| &model.depots()[id.index()];
    let closes = |w: Option<Window>| w.map_or(1_000_000, |w| w.latest.get());
    let start = depot(vehicle.start);
    let shipped = stops.iter().filter_map(|s| model.orders()[*s].ship_by);
    let last_leave = closes(vehicle.shift).min(closes(start.window));
    let leaves = [last_leave].into_iter().chain(shipped.map(Time::get));
    let mut late: Vec<i64> = leaves.map(|by| (departure - by).max(0)).collect();
    let leaving = late.len();
    let (mut clock, mut at, mut visits) = (departure, start.place, Vec::new());
    for order in stops.iter().map(|s| &model.orders()[*s]) {
        let arrival = clock + leg(at, order.place);
        let mut begin = arrival;
        while order.window.is_some_and(|w| begin < w.earliest.get()) {
            begin += 1;
        }
        late.push((begin - closes(order.window)).max(0));
        clock = begin + order.service.get();
        at = order.place;
        visits.push((arrival, begin, clock));
    }
    let overtime = vehicle.overtime.map_or(0, |overtime| overtime.most.get());
    let mut last_end = closes(vehicle.shift) + overtime;
    if let Some(end) = vehicle.end.map(depot) {
        clock += leg(at, end.place);
        while end.window.is_some_and(|w| clock < w.earliest.get()) {
            clock += 1;
        }
        last_end = last_end.min(closes(end.window));
    }
    late.push((clock - last_end).max(0));
    Run {
        departure,
        stops: visits,
        end: clock,
        late,
        leaving,
    }
}

/// The schedule by definition: of all departures that make nothing later than the first one does, the latest with the
/// earliest end; where nothing bounds the departure from below, not before 0 where that makes nothing later.
fn best_run(model: &Model, vehicle: &VehicleType, stops: &[usize]) -> Run {
    let opens = |w: Option<Window>| w.map(|w| w.earliest.get());
    let releases = stops
        .iter()
        .map(|s| model.orders()[*s].release.map(Time::get));
    let bounds = [
        opens(vehicle.shift),
        opens(model.depots()[vehicle.start.index()].window),
    ];
    let bound = bounds.into_iter().chain(releases).flatten().max();
    let first = run(model, vehicle, stops, bound.unwrap_or(LONG_AGO));
    let runs: Vec<Run> = (first.departure..400)
        .map(|t| run(model, vehicle, stops, t))
        .filter(|r| {
            r.late
                .iter()
                .zip(&first.late)
                .all(|(now, then)| now <= then)
        })
        .collect();
    let best = runs.iter().rfind(|r| r.end == first.end).unwrap();
    if bound.is_none() && best.departure < 0 {
        return runs.iter().rfind(|r| r.departure <= 0).unwrap().clone();
    }
    best.clone()
}

/// How much the arrival at a stop can slip before it or anything later is late, by trying; `None`: as much as you like.
fn slack(model: &Model, vehicle: &VehicleType, stops: &[usize], arrival: i64) -> Option<i64> {
    let from_here = |slip: i64| {
        let order = &model.orders()[stops[0]];
        let opens = order.window.map_or(i64::MIN, |w| w.earliest.get());
        let begin = (arrival + slip).max(opens);
        let mut late = i64::from(order.window.is_some_and(|w| begin > w.latest.get()));
        // The rest is a route that starts here, at the end of service, by a vehicle that may leave at any time.
        let mut rest = model.clone();
        let here = rest.add_depot(Depot::new("here", order.place));
        let mut same = vehicle.clone();
        same.start = here;
        let run = run(&rest, &same, &stops[1..], begin + order.service.get());
        late += run.late[run.leaving..].iter().sum::<i64>();
        late == 0
    };
    if !from_here(0) {
        Some(0)
    } else if from_here(2_000) {
        None
    } else {
        (0..2_000).rfind(|slip| from_here(*slip))
    }
}

/// How far a route drives, which is also how long.
fn distance(model: &Model, vehicle: &VehicleType, stops: &[usize]) -> i64 {
    let mut distance = 0;
    let mut at = model.depots()[vehicle.start.index()].place;
    for stop in stops {
        distance += leg(at, model.orders()[*stop].place);
        at = model.orders()[*stop].place;
    }
    if let Some(end) = vehicle.end {
        distance += leg(at, model.depots()[end.index()].place);
    }
    distance
}

fn agrees(model: &Model, route: &Route) {
    let vehicle = &model.vehicle_types()[route.vehicle_type().index()];
    let stops: Vec<usize> = route.stops().iter().map(|s| s.order.index()).collect();
    let run = best_run(model, vehicle, &stops);
    assert_eq!(route.departure(), Time(run.departure));
    assert_eq!(route.arrival(), Time(run.end));
    for (index, (stop, (arrival, start, end))) in route.stops().iter().zip(run.stops).enumerate() {
        assert_eq!(
            (stop.arrival, stop.start, stop.departure),
            (Time(arrival), Time(start), Time(end))
        );
        assert_eq!(stop.wait, Duration(start - arrival));
        let slack = slack(model, vehicle, &stops[index..], arrival);
        assert_eq!(stop.slack, slack.map(Duration), "stop {index}");
    }
    let distance = distance(model, vehicle, &stops);
    assert_eq!(route.driving(), Duration(distance));
    assert_eq!(route.distance(), Distance(distance));
    let cost = route.cost();
    assert_eq!(cost.fixed, vehicle.fixed_cost);
    let waits = route.stops().iter().map(|s| s.wait.get());
    let waiting = waits.sum::<i64>() + route.end_wait().get();
    assert_eq!(cost.waiting, Cost(vehicle.cost_per_waiting.get() * waiting));
    let over = vehicle.overtime.map_or((0, 0), |overtime| {
        let shift = vehicle.shift.unwrap();
        let over = (route.arrival() - shift.latest).get().max(0);
        (over, over * overtime.price.get())
    });
    assert_eq!((route.overtime().get(), cost.overtime.get()), over);
    let per_stop = vehicle.cost_per_stop.get();
    assert_eq!(cost.stops, Cost(per_stop * stops.len() as i64));
    assert_eq!(
        cost.distance,
        Cost(vehicle.cost_per_distance.get() * distance)
    );
    let duration = run.end - run.departure;
    assert_eq!(
        cost.duration,
        Cost(vehicle.cost_per_duration.get() * duration)
    );
    loads_agree(model, route, &stops);
}

/// What is on board after `done` stops, one order at a time.
fn loads_agree(model: &Model, route: &Route, stops: &[usize]) {
    for d in 0..2 {
        let on_board = |done: usize| -> i64 {
            let aboard = stops.iter().enumerate().filter(|(position, stop)| {
                let served = *position < done;
                served == (model.orders()[**stop].kind == OrderKind::Pickup)
            });
            aboard
                .map(|(_, stop)| model.orders()[*stop].quantities[d].get())
                .sum()
        };
        assert_eq!(route.load_at_departure()[d], Load(on_board(0)));
        for index in 0..stops.len() {
            assert_eq!(route.load_after(index)[d], Load(on_board(index + 1)));
        }
        let peak = (0..=stops.len()).map(on_board).max().unwrap();
        assert_eq!(route.peak()[d], Load(peak));
    }
}

/// The faults of routes that the simulation finds, without their amounts: (late promises, overloads, limits).
fn faults(model: &Model, plan: &Plan) -> (usize, usize, usize) {
    let (mut late, mut over, mut beyond) = (0, 0, 0);
    for route in plan.routes() {
        let vehicle = &model.vehicle_types()[route.vehicle_type().index()];
        let stops: Vec<usize> = route.stops().iter().map(|s| s.order.index()).collect();
        let run = best_run(model, vehicle, &stops);
        late += run.late.iter().filter(|l| **l > 0).count();
        let limits = vehicle.capacity.iter().zip(route.peak());
        over += limits
            .filter(|(most, peak)| most.is_some_and(|most| **peak > most))
            .count();
        beyond += usize::from(
            vehicle
                .max_distance
                .is_some_and(|most| route.distance() > most),
        );
        let long = Duration(run.end - run.departure);
        beyond += usize::from(vehicle.max_duration.is_some_and(|most| long > most));
        let driving = Duration(distance(model, vehicle, &stops));
        beyond += usize::from(vehicle.max_driving.is_some_and(|most| driving > most));
        beyond += usize::from(
            vehicle
                .max_stops
                .is_some_and(|most| stops.len() as u32 > most),
        );
    }
    (late, over, beyond)
}

fn found(plan: &Plan, problem: &Problem) -> (usize, usize, usize) {
    let (mut late, mut over, mut beyond) = (0, 0, 0);
    for violation in plan.check(problem) {
        match violation.fault() {
            Fault::Late { .. }
            | Fault::ShippedTooLate { .. }
            | Fault::LeavesTooLate { .. }
            | Fault::EndsTooLate { .. } => {
                late += 1;
            }
            Fault::Overload { .. } => over += 1,
            Fault::TooFar { .. }
            | Fault::TooLong { .. }
            | Fault::DrivesTooLong { .. }
            | Fault::TooManyStops { .. } => beyond += 1,
            Fault::TooManyVehicles { .. } => {}
            other => panic!("a walked plan has {other:?}"),
        }
    }
    (late, over, beyond)
}

fn problem(model: &Model) -> Problem {
    Problem::new(model, &Euclidean::rounded()).unwrap()
}

fn has(plan: &Plan, problem: &Problem, is: impl Fn(&Fault) -> bool) -> bool {
    plan.check(problem).iter().any(|v| is(&v.fault()))
}

/// A model of the same dimensions with other facts.
fn rebuilt(depots: &[Depot], fleet: &[VehicleType], orders: &[Order]) -> Model {
    let mut model = Model::new();
    model.add_dimension("kg");
    model.add_dimension("litres");
    for depot in depots {
        model.add_depot(depot.clone());
    }
    for vehicle in fleet {
        model.add_vehicle_type(vehicle.clone());
    }
    for order in orders {
        model.add_order(order.clone());
    }
    model
}

/// Whether a vehicle of the type could serve the order and nothing else.
fn fits_alone(model: &Model, vehicle_type: usize, order: OrderId) -> bool {
    let problem = problem(model);
    let draft = RouteDraft::new(VehicleTypeId::new(vehicle_type), vec![order]);
    Plan::new(&problem, vec![draft]).check(&problem).is_empty()
}

/// The model with all relaxations of an unserved order granted to one vehicle type.
fn relaxed(model: &Model, vehicle_type: usize, unserved: &Unserved) -> Model {
    let (mut depots, mut orders) = (model.depots().to_vec(), model.orders().to_vec());
    let mut fleet = model.vehicle_types().to_vec();
    let vehicle = &mut fleet[vehicle_type];
    let longer = |window: &mut Option<Window>, to: Time| {
        if let Some(window) = window {
            window.latest = window.latest.max(to);
        }
    };
    for relaxation in unserved.relaxations() {
        match *relaxation {
            Relaxation::Capacity { dimension, to, .. } => {
                vehicle.capacity[dimension.index()] = Some(to);
            }
            Relaxation::ShipUntil { to, .. } => {
                orders[unserved.order().index()].ship_by = Some(to);
            }
            Relaxation::WindowUntil { to, .. } => {
                longer(&mut orders[unserved.order().index()].window, to);
            }
            Relaxation::LeaveUntil { to, .. } => {
                longer(&mut depots[vehicle.start.index()].window, to);
                longer(&mut vehicle.shift, to);
            }
            Relaxation::ReturnUntil { to, .. } => {
                if let Some(end) = vehicle.end {
                    longer(&mut depots[end.index()].window, to);
                }
                longer(&mut vehicle.shift, to);
            }
            Relaxation::MaxDistance { to, .. } => vehicle.max_distance = Some(to),
            Relaxation::MaxDuration { to, .. } => vehicle.max_duration = Some(to),
            Relaxation::MaxDriving { to, .. } => vehicle.max_driving = Some(to),
            Relaxation::MaxStops { to, .. } => vehicle.max_stops = Some(to as u32),
            // It fits already on a vehicle of its own.
            _ => {}
        }
    }
    rebuilt(&depots, &fleet, &orders)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_walk_is_what_a_simulation_gives((model, drafts) in day()) {
        let problem = problem(&model);
        let plan = Plan::new(&problem, drafts.clone());
        prop_assert_eq!(plan.drafts(), drafts);
        for route in plan.routes() {
            agrees(&model, route);
        }
        let served: Vec<OrderId> = plan.shipments().iter().map(|s| s.order).collect();
        let left: Vec<OrderId> = problem.orders().filter(|o| !served.contains(o)).collect();
        prop_assert_eq!(plan.unserved().iter().map(Unserved::order).collect::<Vec<_>>(), left.clone());
        let prices = left.iter().filter_map(|o| model.orders()[o.index()].price).sum::<Cost>();
        let routes = plan.routes().iter().map(|r| r.cost().total()).sum::<Cost>();
        prop_assert_eq!(plan.cost().unserved, prices);
        prop_assert_eq!(plan.cost().total(), prices + routes);
        let mandatory = left.iter().any(|o| model.orders()[o.index()].price.is_none());
        prop_assert_eq!(plan.is_complete(), !mandatory);
        prop_assert_eq!(found(&plan, &problem), faults(&model, &plan));
    }

    #[test]
    fn the_relaxations_are_enough((model, drafts) in day()) {
        let before = problem(&model);
        for unserved in Plan::new(&before, drafts).unserved() {
            let order = unserved.order();
            let fits = (0..2).any(|t| fits_alone(&model, t, order));
            let fits_said = matches!(
                unserved.reason(),
                Reason::NotPlaced { .. }
                    | Reason::NotWorthItsPrice { .. }
                    | Reason::NoVehicleLeft
                    | Reason::NoCapacityLeft { .. }
            );
            prop_assert_eq!(fits, fits_said, "{}", unserved);
            let helped = (0..2).any(|t| fits_alone(&relaxed(&model, t, unserved), t, order));
            prop_assert!(helped, "{}", unserved);
        }
    }

    #[test]
    fn corrupted_plans_are_seen((model, drafts) in day(), pick in any::<prop::sample::Index>()) {
        prop_assume!(!drafts.is_empty());
        let problem = problem(&model);
        let victim = pick.index(drafts.len());

        let mut twice = drafts.clone();
        let order = twice[victim].stops[0];
        twice[0].stops.push(order);
        prop_assert!(has(&Plan::new(&problem, twice), &problem, |f| *f == Fault::ServedTwice));

        let mut crowd = drafts.clone();
        let kind = crowd[victim].vehicle_type;
        let clones = problem.vehicle_type(kind).count + 1;
        crowd.extend((0..clones).map(|_| RouteDraft::new(kind, vec![order])));
        let crowd = Plan::new(&problem, crowd);
        let crowded = has(&crowd, &problem, |f| matches!(f, Fault::TooManyVehicles { .. }));
        prop_assert!(crowded);

        let mut stray = drafts.clone();
        stray[victim].stops.push(OrderId::new(model.orders().len()));
        stray.push(RouteDraft::new(VehicleTypeId::new(7), vec![order]));
        let stray = Plan::new(&problem, stray);
        prop_assert!(has(&stray, &problem, |f| *f == Fault::UnknownOrder));
        prop_assert!(has(&stray, &problem, |f| matches!(f, Fault::UnknownVehicleType(_))));

        // The day changes under the plan: its numbers are no longer those of its stops.
        let plan = Plan::new(&problem, drafts);
        let mut orders = model.orders().to_vec();
        orders[order.index()].service += Duration(1);
        let later = rebuilt(model.depots(), model.vehicle_types(), &orders);
        let later = Problem::new(&later, &Euclidean::rounded()).unwrap();
        let seen = has(&plan, &later, |f| matches!(f, Fault::WrongRecord { .. }));
        prop_assert!(seen);
    }
}

#[test]
fn a_plan_is_an_owned_value_that_threads_share() {
    fn owned<T: Send + Sync + Clone + 'static>() {}
    owned::<Plan>();
    owned::<RouteDraft>();
    owned::<DimensionId>();
}
