//! Routes of several trips, by hand: their schedule, loads, faults and forms.

use milkrun::error::{Issue, Rule};
use milkrun::format::Numbering;
use milkrun::format::{json, routes, sol};
use milkrun::measure::{
    Cost, DepotId, DimensionId, Distance, Duration, Load, OrderId, Time, VehicleTypeId, Window,
};
use milkrun::model::{Depot, Model, Order, Place, Reloads, VehicleType};
use milkrun::plan::{Fault, GraphNode, Plan, Reason, RouteDraft, Violation};
use milkrun::problem::{Edit, Problem};
use milkrun::solve::{Budget, LiveSolver, Solver};
use milkrun::travel::{Euclidean, Tables};

fn kg() -> DimensionId {
    DimensionId::new(0)
}

fn hub() -> DepotId {
    DepotId::new(0)
}

fn yard() -> DepotId {
    DepotId::new(1)
}

fn at(x: f64) -> Place {
    Place::plane(x, 0.0)
}

fn window(earliest: i64, latest: i64) -> Window {
    Window::new(Time(earliest), Time(latest))
}

/// A hub at 0 that loads for 5 and is open from 0 to 200, a yard at 100, one van for 10 kg that may reload at the hub.
/// Drop-offs of 6 kg at 10 and 20, the second released at 40, and a pickup of 7 kg at 30.
fn model(van: impl Fn(VehicleType) -> VehicleType) -> Model {
    let mut model = Model::new();
    model.add_dimension("kg");
    let open = Depot::new("hub", at(0.0)).loading(Duration(5));
    model.add_depot(open.window(window(0, 200)));
    model.add_depot(Depot::new("yard", at(100.0)));
    let vehicle = VehicleType::new("van", 1, hub()).capacity(kg(), Load(10));
    model.add_vehicle_type(van(vehicle.reloads(Reloads::at(hub()))));
    model.add_order(Order::drop_off("a", at(10.0)).quantity(kg(), Load(6)));
    let late = Order::drop_off("b", at(20.0)).quantity(kg(), Load(6));
    model.add_order(late.release(Time(40)).service(Duration(2)));
    model.add_order(Order::pickup("c", at(30.0)).quantity(kg(), Load(7)));
    model
}

fn problem(van: impl Fn(VehicleType) -> VehicleType) -> Problem {
    Problem::new(&model(van), &Euclidean::rounded()).unwrap()
}

fn ids(orders: &[usize]) -> Vec<OrderId> {
    orders.iter().copied().map(OrderId::new).collect()
}

fn draft(orders: &[usize]) -> RouteDraft {
    RouteDraft::new(VehicleTypeId::new(0), ids(orders))
}

fn faults(plan: &Plan, problem: &Problem) -> Vec<Fault> {
    plan.check(problem).iter().map(Violation::fault).collect()
}

#[test]
fn each_trip_waits_for_its_own_goods_and_is_loaded() {
    let problem = problem(|v| v);
    let plan = Plan::new(&problem, vec![draft(&[0, 1]).reload(1, hub())]);
    assert_eq!(plan.check(&problem), []);
    let route = &plan.routes()[0];
    // Back at the hub 20 after leaving, where b is packed at 40: it leaves 20 later than it could. Loaded at 45, at b at 65,
    // done at 67, back at 87.
    assert_eq!((route.departure(), route.arrival()), (Time(20), Time(87)));
    let [reload] = route.reloads() else { panic!() };
    assert_eq!((reload.before, reload.depot), (1, hub()));
    assert_eq!((reload.arrival, reload.wait), (Time(40), Duration(0)));
    assert_eq!((reload.start, reload.departure), (Time(40), Time(45)));
    assert_eq!(reload.leg.distance, Distance(10));
    // The hub closes at 200 for loading, and for the end of the route: 200 - 87 is less.
    assert_eq!(reload.slack, Some(Duration(113)));
    assert_eq!(route.stops()[0].slack, Some(Duration(113)));
    assert_eq!(route.stops()[1].leg.distance, Distance(20));
    assert_eq!(
        (route.distance(), route.duration()),
        (Distance(60), Duration(67))
    );
    assert_eq!(plan.cost().total(), Cost::units(60));
    // 6 kg on each trip, not 12.
    assert_eq!(route.load_at_departure(), [Load(6)]);
    assert_eq!(
        (route.load_after(0), route.load_after(1)),
        (&[Load(0)][..], &[Load(0)][..])
    );
    assert_eq!(
        (route.load_after_reload(0), route.load_after_reload(1)),
        (&[Load(6)][..], &[][..])
    );
    assert_eq!(route.peak(), [Load(6)]);
    assert_eq!(route.trips().collect::<Vec<_>>(), [0..1, 1..2]);
    assert_eq!(route.trip_count(), 2);
    let left: Vec<Time> = plan.shipments().iter().map(|s| s.departure).collect();
    assert_eq!(left, [Time(20), Time(45)]);
    assert_eq!(Plan::new(&problem, plan.drafts()), plan);
}

/// A van for 10 kg with the goods of a pair on board hands over what else it has, and takes on what fits beside them.
#[test]
fn goods_of_a_pair_stay_on_board_at_a_reload() {
    let mut model = model(|v| v);
    let (from, to) = model.add_pair(
        Order::pickup("from", at(5.0)).quantity(kg(), Load(4)),
        Order::drop_off("to", at(-5.0)).quantity(kg(), Load(4)),
    );
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    let [from, to] = [from, to].map(OrderId::index);
    let loads = |stops: &[usize]| {
        let plan = Plan::new(&problem, vec![draft(stops).reload(2, hub())]);
        let route = &plan.routes()[0];
        let after = (0..stops.len()).map(|stop| route.load_after(stop)[0].get());
        let after: Vec<i64> = after.collect();
        let ends = [route.load_at_departure(), route.load_after_reload(0)];
        (
            ends.map(|load| load[0].get()),
            after,
            faults(&plan, &problem),
        )
    };
    // 6 kg to a, 4 from the pair; at the hub 6 more for b.
    let kept = ([6, 10], vec![0, 4, 4, 0], vec![]);
    assert_eq!(loads(&[0, from, 1, to]), kept);
    // What c has taken along stays at the hub: beside 4 there is room for 6.
    let (ends, after, found) = loads(&[2, from, 1, to]);
    assert_eq!((ends, after), ([0, 10], vec![7, 11, 4, 0]));
    assert!(matches!(
        found[..],
        [Fault::Overload { load: Load(11), .. }]
    ));
    assert_eq!(loads(&[from, 0, 1, to]).1, [10, 4, 4, 0]);
    let outcome = Solver::new(&problem).solve(Budget::iterations(500));
    assert_eq!(outcome.plan.unserved().len(), 0);
    assert_eq!(outcome.plan.check(&problem), []);
}

#[test]
fn drop_offs_come_first_on_each_trip() {
    use milkrun::model::Backhauls;
    let problem = problem(|v| v.backhauls(Backhauls::LastAfterDropOff));
    let plan =
        |stops: &[usize], before| Plan::new(&problem, vec![draft(stops).reload(before, hub())]);
    assert_eq!(plan(&[0, 2, 1], 2).check(&problem), []);
    // Beside a pickup that the same trip has already, a drop-off comes too late.
    let late = plan(&[0, 2, 1], 1).check(&problem);
    assert_eq!(late[0].fault(), Fault::DropOffBehindPickup);
    // A trip of pickups alone is none too many where another one drops off.
    assert_eq!(plan(&[2, 0], 1).check(&problem), []);
    let outcome = Solver::new(&problem).solve(Budget::iterations(500));
    assert_eq!(outcome.plan.unserved().len(), 0);
    assert_eq!(outcome.plan.check(&problem), []);
}

/// One of two drop-offs on trips of their own is promised early and one late: the van waits for the one, or is late for the other.
#[test]
fn promises_are_kept_on_later_trips() {
    use milkrun::model::Promise;
    let mut model = model(|v| v.per_waiting(Cost(1)));
    let promise = |from, to| Promise::new(window(from, to)).early(Cost(9)).late(Cost(9));
    let order = Order::drop_off("d", at(-10.0)).quantity(kg(), Load(6));
    let d = model.add_order(order.promise(promise(100, 110))).index();
    let order = Order::drop_off("e", at(10.0)).quantity(kg(), Load(6));
    let e = model.add_order(order.promise(promise(40, 50))).index();
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    let plan = Plan::new(&problem, vec![draft(&[e, d]).reload(1, hub())]);
    assert_eq!(plan.check(&problem), []);
    // At e at 50, at the hub at 60 and loaded at 65, at d at 75: 25 of waiting for 1 each are cheaper than 25 early for 9.
    let route = &plan.routes()[0];
    let starts: Vec<Time> = route.stops().iter().map(|stop| stop.start).collect();
    assert_eq!(starts, [Time(50), Time(100)]);
    assert_eq!(
        (route.cost().waiting, route.cost().promises),
        (Cost(25), Cost(0))
    );
    // The other way around e is 75 late: from d at 100 to the hub at 110, loaded at 115, at e at 125.
    let plan = Plan::new(&problem, vec![draft(&[d, e]).reload(1, hub())]);
    assert_eq!(plan.check(&problem), []);
    assert_eq!(plan.cost().promises, Cost(9 * 75));
}

#[test]
fn a_wait_at_a_reload_is_part_of_the_duration() {
    // The shift holds the departure back to 10 at most: 20 later it waits 10 for b.
    let problem = problem(|v| v.per_duration(Cost(3)).shift(window(0, 500)));
    let mut plan = Plan::new(&problem, vec![draft(&[0, 1]).reload(1, hub())]);
    assert_eq!(plan.routes()[0].departure(), Time(20));
    let mut model = model(|v| v);
    let early = Order::drop_off("early", at(5.0)).window(window(0, 15));
    model.add_order(early);
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    // At 5 no later than 15 and back at the hub at 20, to wait to 40.
    plan = Plan::new(&problem, vec![draft(&[3, 1]).reload(1, hub())]);
    let route = &plan.routes()[0];
    assert_eq!(
        (route.departure(), route.waiting()),
        (Time(10), Duration(20))
    );
    assert_eq!(route.reloads()[0].wait, Duration(20));
    assert_eq!(route.duration(), Duration(77));
    assert_eq!(plan.check(&problem), []);
}

#[test]
fn what_was_picked_up_is_handed_over() {
    let problem = problem(|v| v);
    // 6, dropped; 7 picked up, handed over; 6 again.
    let plan = Plan::new(&problem, vec![draft(&[0, 2, 1]).reload(2, hub())]);
    assert_eq!(plan.check(&problem), []);
    let route = &plan.routes()[0];
    let after: Vec<i64> = (0..3).map(|i| route.load_after(i)[0].get()).collect();
    assert_eq!((after, route.peak()), (vec![0, 7, 0], &[Load(7)][..]));
    // On one trip: 12, 6, 13, 7.
    let plan = Plan::new(&problem, vec![draft(&[0, 2, 1])]);
    let route = &plan.routes()[0];
    assert_eq!(
        (route.load_at_departure(), route.peak()),
        (&[Load(12)][..], &[Load(13)][..])
    );
    let (dimension, load, capacity) = (kg(), Load(13), Load(10));
    let overload = Fault::Overload {
        dimension,
        load,
        capacity,
    };
    assert_eq!(faults(&plan, &problem), [overload]);
}

#[test]
fn trips_without_stops_are_dropped() {
    let problem = problem(|v| v);
    let plan = |draft: RouteDraft| Plan::new(&problem, vec![draft]);
    let once = plan(draft(&[0, 1]).reload(1, hub()));
    let often = draft(&[0, 1])
        .reload(0, hub())
        .reload(1, yard())
        .reload(1, hub())
        .reload(2, hub());
    assert_eq!(plan(often), once);
    // In whatever order they are stated.
    assert_eq!(
        plan(draft(&[0, 1]).reload(9, yard()).reload(1, hub())),
        once
    );
    assert_eq!(
        plan(draft(&[0]).reload(0, hub()).reload(1, hub())),
        plan(draft(&[0]))
    );
    // An order that does not exist makes no trip.
    let stray = plan(
        draft(&[9, 0, 8, 1])
            .reload(1, hub())
            .reload(2, yard())
            .reload(3, hub()),
    );
    assert_eq!(stray.drafts(), once.drafts());
    assert_eq!(faults(&stray, &problem), [Fault::UnknownOrder; 2]);
}

#[test]
fn reloads_that_break_a_rule_are_listed() {
    let may = problem(|v| v.reloads(Reloads::at(hub()).most(1)));
    let plan = Plan::new(
        &may,
        vec![draft(&[0, 1, 2]).reload(1, yard()).reload(2, hub())],
    );
    let depot = yard();
    let (reloads, most) = (2, 1);
    let expected = [
        Fault::TooManyReloads { reloads, most },
        Fault::MayNotReload { depot },
    ];
    // Hub to a, yard, b, hub, c and home: at the hub for the second time at 10 + 90 + 80 + 2 + 20 = 202 at the earliest.
    let closed = Fault::DepotClosed {
        depot: hub(),
        by: Duration(2),
    };
    let ends = Fault::EndsTooLate { by: Duration(67) };
    assert_eq!(
        faults(&plan, &may),
        [&expected[..], &[closed, ends]].concat()
    );
    let text = plan.check(&may)[2].to_string();
    assert_eq!(
        text,
        "route 1: loading at depot number 0 starts 0:00:02 after it has closed"
    );
    let never = problem(|v| v.reloads(Reloads::at(hub()).most(0)));
    let fleet = &never.fleet()[0];
    assert_eq!(
        (fleet.reload_depots(), fleet.max_reloads()),
        (&[][..], Some(0))
    );
    assert!(!never.shape().reloads && !never.shape().under_way);
    let plan = Plan::new(&never, vec![draft(&[0, 1]).reload(1, hub())]);
    let most = 0;
    let (reloads, depot) = (1, hub());
    let expected = [
        Fault::TooManyReloads { reloads, most },
        Fault::MayNotReload { depot },
    ];
    assert_eq!(faults(&plan, &never), expected);
    let nowhere = Plan::new(&may, vec![draft(&[0, 1]).reload(1, DepotId::new(7))]);
    assert!(faults(&nowhere, &may).contains(&Fault::UnknownDepot(DepotId::new(7))));
}

#[test]
fn a_full_vehicle_that_may_reload_has_room() {
    let reason = |most| {
        let problem = problem(|v| v.reloads(Reloads::at(hub()).most(most)));
        let plan = Plan::new(&problem, vec![draft(&[0])]);
        plan.unserved()[0].reason()
    };
    assert_eq!(reason(0), Reason::NoCapacityLeft { dimension: kg() });
    assert_eq!(reason(1), Reason::NoVehicleLeft);
    // Two trips of 6 kg have no room for 6 kg more.
    let mut model = model(|v| v.reloads(Reloads::at(hub()).most(1)));
    model.add_order(Order::drop_off("d", at(1.0)).quantity(kg(), Load(6)));
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    let plan = Plan::new(&problem, vec![draft(&[0, 1]).reload(1, hub())]);
    assert_eq!(
        plan.unserved()[1].reason(),
        Reason::NoCapacityLeft { dimension: kg() }
    );
}

#[test]
fn one_van_serves_what_needs_three_trips() {
    let problem = problem(|v| v);
    let outcome = Solver::new(&problem).solve(Budget::iterations(300));
    assert_eq!(outcome.violations, []);
    assert!(outcome.plan.is_complete());
    // a and b on a trip each, c on the way back of one of the two.
    assert_eq!(outcome.plan.distance(), Distance(80));
    let again = Solver::new(&problem).start_from(outcome.plan.drafts());
    assert_eq!(again.solve(Budget::iterations(0)).plan, outcome.plan);
    let none = Problem::new(
        &model(|v| VehicleType { reloads: None, ..v }),
        &Euclidean::rounded(),
    );
    let left = Solver::new(&none.unwrap()).solve(Budget::iterations(300));
    assert_eq!(left.plan.unserved().len(), 1);
}

#[test]
fn trips_go_through_every_form() {
    let problem = problem(|v| v);
    let plan = Plan::new(&problem, vec![draft(&[0, 2, 1]).reload(2, hub())]);
    let numbering = Numbering::in_order(2, 3);
    let text = routes::write(&plan, &numbering);
    assert!(
        text.contains("\"trips\":[[2,4],[3]],\"reload_depots\":[0]"),
        "{text}"
    );
    assert_eq!(
        routes::read(&text, &problem, &numbering).unwrap(),
        plan.drafts()
    );
    // The only depot at which it may reload goes without saying, and trips without stops are none.
    let short = r#"{"routes": [{"trips": [[2, 4], [], [3]]}]}"#;
    let read = routes::read(short, &problem, &numbering).unwrap();
    assert_eq!(Plan::new(&problem, read), plan);
    let text = sol::write(&plan, &numbering);
    assert!(text.starts_with("Route #1: 2 4 0 3\n"), "{text}");
    assert_eq!(sol::read(&text, &numbering).unwrap().routes, plan.drafts());
    let text = json::write_plan(&problem, &plan);
    assert!(
        text.contains(r#""reloads":[{"before":"b","depot":"hub","arrival":60"#),
        "{text}"
    );
    assert_eq!(json::read_plan(&text, &problem).unwrap(), plan.drafts());
    let model = model(|v| v.reloads(Reloads::at(hub()).or_at(yard()).most(2)));
    let text = json::write_model(&model, None);
    assert!(
        text.contains(r#""reloads":{"depots":[0,1],"most":2}"#),
        "{text}"
    );
    assert_eq!(json::read_model(&text).unwrap().0, model);
    let text = milkrun::format::geojson::write(&problem, &plan);
    assert!(text.contains(r#""kind":"reload","depot":"hub","route":1,"vehicle":"van 1","trip":2"#));
    assert!(text.contains("[[0.0,0.0],[10.0,0.0],[30.0,0.0],[0.0,0.0],[20.0,0.0],[0.0,0.0]]"));
    let text = milkrun::format::html::write(&problem, &plan);
    assert!(text.contains(r#""reloads":[{"before":2,"depot":0,"arrival":60"#));
    let table = plan.to_string();
    assert!(
        table.starts_with("Route 1: van 1, 3 stops on 2 trips, distance 100"),
        "{table}"
    );
    assert_eq!(table.matches("hub").count(), 3, "{table}");
    let graph = plan.graph();
    let driven: i64 = graph.edge_weights().map(|leg| leg.distance.get()).sum();
    assert_eq!(driven, plan.distance().get());
    let hubs = graph
        .node_weights()
        .filter(|n| matches!(n, GraphNode::Depot { .. }));
    assert_eq!((hubs.count(), graph.edge_count()), (1, 6));
}

#[test]
fn faulty_trips_are_refused_in_every_form() {
    let problem = problem(|v| v.reloads(Reloads::at(hub()).or_at(yard())));
    let numbering = Numbering::in_order(2, 3);
    let rule = |text: &str| {
        let error = routes::read(text, &problem, &numbering).unwrap_err();
        let rules: Vec<Rule> = error.issues().iter().map(Issue::rule).collect();
        rules
    };
    let several = r#"{"routes": [{"trips": [[2], [3]]}]}"#;
    assert_eq!(rule(several), [Rule::Missing]);
    let few = r#"{"routes": [{"trips": [[2], [3], [4]], "reload_depots": [1]}]}"#;
    assert_eq!(rule(few), [Rule::Inconsistent]);
    let many = r#"{"routes": [{"clients": [2, 3], "reload_depots": [1]}]}"#;
    assert_eq!(rule(many), [Rule::Inconsistent]);
    let unknown = r#"{"routes": [{"trips": [[2], [3]], "reload_depots": [2]}]}"#;
    assert_eq!(rule(unknown), [Rule::UnknownReference]);
    // A depot that begins or ends a route, or follows another, is none of its trips.
    let idle = sol::read("Route #1: 0 2 1 0 3 4 0 1", &numbering).unwrap();
    assert_eq!(idle.routes, [draft(&[0, 1, 2]).reload(1, hub())]);
    let plan = |reload: &str| {
        let stops = r#""stops": [{"order": "a"}, {"order": "b"}]"#;
        let route = format!(r#"{{"vehicle_type": "van", {stops}, "reloads": [{reload}]}}"#);
        json::read_plan(
            format!(r#"{{"milkrun": 1, "plan": {{"routes": [{route}]}}}}"#),
            &problem,
        )
    };
    assert_eq!(
        plan(r#"{"before": "b", "depot": "hub"}"#).unwrap()[0]
            .reloads
            .len(),
        1
    );
    let error = plan(r#"{"before": "c", "depot": "mill"}"#).unwrap_err();
    assert_eq!(error.issues().len(), 2, "{error}");
    assert_eq!(error.issues()[0].subject(), "route 1, reload 1");
    assert!(plan(r#"{"before": "b"}"#).is_err());
}

#[test]
fn models_with_reloads_that_cannot_be_are_refused() {
    let rules = |model: &Model| -> Vec<Rule> {
        let error = Problem::new(model, &Euclidean::rounded()).unwrap_err();
        error.issues().iter().map(Issue::rule).collect()
    };
    let unknown = Reloads::at(hub()).or_at(DepotId::new(5));
    assert_eq!(
        rules(&model(|v| v.reloads(unknown.clone()))),
        [Rule::UnknownReference]
    );
    let twice = Reloads::at(hub()).or_at(hub());
    assert_eq!(
        rules(&model(|v| v.reloads(twice.clone()))),
        [Rule::DuplicateName]
    );
    let nowhere = Reloads {
        depots: Vec::new(),
        most: None,
    };
    assert_eq!(rules(&model(|v| v.reloads(nowhere.clone()))), [Rule::Empty]);
    let mut shut = model(|v| {
        v.reloads(Reloads::at(DepotId::new(2)))
            .shift(window(50, 60))
    });
    shut.add_depot(Depot::new("night", at(1.0)).window(window(70, 90)));
    assert_eq!(rules(&shut), [Rule::Inconsistent]);
    let mut slow = model(|v| v);
    slow.add_depot(Depot::new("slow", at(1.0)).loading(Duration(-1)));
    assert_eq!(rules(&slow), [Rule::OutOfRange]);
}

/// A reload depot without a way there is refused; one that is the only way to an order is enough.
#[test]
fn ways_lead_over_reload_depots() {
    use milkrun::measure::Table;
    let model = || {
        let mut model = Model::new();
        model.add_depot(Depot::new("hub", Place::row(0)));
        model.add_depot(Depot::new("yard", Place::row(1)));
        let van = VehicleType::new("van", 1, hub());
        model.add_vehicle_type(van.reloads(Reloads::at(yard())));
        model.add_order(Order::drop_off("a", Place::row(2)));
        model.add_order(Order::drop_off("b", Place::row(3)));
        model
    };
    let table = |missing: &[(usize, usize)]| {
        let cell = |from, to| (!missing.contains(&(from, to))).then_some(1);
        let rows = (0..4).map(|from| (0..4).map(|to| cell(from, to)).collect());
        Tables::new(Table::from_rows(rows.collect()).unwrap())
    };
    // From the hub to a, to the yard, to b, home.
    let problem = Problem::new(&model(), &table(&[(0, 3), (2, 3)])).unwrap();
    let plan = Plan::new(&problem, vec![draft(&[0, 1]).reload(1, yard())]);
    assert_eq!(
        (plan.check(&problem), plan.distance()),
        (vec![], Distance(4))
    );
    // So it is on a day that changes.
    let mut live = LiveSolver::new(&model(), table(&[(0, 3), (2, 3)])).unwrap();
    live.solve(Budget::iterations(50));
    let late = Order::drop_off("b", Place::row(3)).service(Duration(9));
    live.apply([Edit::Change(OrderId::new(1), late)]).unwrap();
    assert_eq!(live.plan().check(live.problem()), []);
    let error = Problem::new(&model(), &table(&[(2, 1), (3, 1)])).unwrap_err();
    assert_eq!(error.issues()[0].subject(), "vehicle type \"van\"");
    assert_eq!(error.issues()[0].rule(), Rule::Unreachable);
    // Known to the model, but not on this route.
    let problem = Problem::new(&model(), &table(&[(2, 1)])).unwrap();
    let plan = Plan::new(&problem, vec![draft(&[0, 1]).reload(1, yard())]);
    assert_eq!(faults(&plan, &problem), [Fault::NoLeg]);
}
