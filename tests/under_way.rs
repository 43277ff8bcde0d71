//! Vehicles that are on the road already, and what they carry.

use milkrun::error::Rule;
use milkrun::format::{Numbering, geojson, json, routes};
use milkrun::measure::{CarrierId, Cost, DimensionId, Duration, Load, OrderId, Time, Window};
use milkrun::measure::{DepotId, VehicleTypeId};
use milkrun::model::{Carrier, Depot, Model, Order, Place, Reloads, VehicleType};
use milkrun::plan::{Fault, Plan, Reason, RouteDraft, Violation};
use milkrun::problem::{Edit, Problem};
use milkrun::solve::{Budget, LiveSolver, Solver};
use milkrun::travel::Euclidean;

fn at(x: f64) -> Place {
    Place::plane(x, 0.0)
}

/// The load dimension.
fn kg() -> DimensionId {
    DimensionId::new(0)
}

/// A depot at 0, a van there, and one under way at 50, both for 10 kg; the day lasts to 200.
fn noon() -> (Model, [VehicleTypeId; 2]) {
    let mut model = Model::new();
    model.add_dimension("kg");
    let depot = model.add_depot(Depot::new("depot", at(0.0)));
    let spot = model.add_depot(Depot::spot("spot", at(50.0)));
    let van = |name: &str, start| {
        let van = VehicleType::new(name, 1, start).end(depot);
        let van = van.capacity(kg(), Load(10));
        van.shift(Window::new(Time(0), Time(200)))
    };
    let home = model.add_vehicle_type(van("home", depot));
    let out = model.add_vehicle_type(van("out", spot));
    (model, [home, out])
}

fn frozen(model: &Model) -> Problem {
    Problem::new(model, &Euclidean::rounded()).unwrap()
}

fn faults(problem: &Problem, vehicle: VehicleTypeId, stops: &[OrderId]) -> Vec<Fault> {
    let plan = Plan::new(problem, vec![RouteDraft::new(vehicle, stops.to_vec())]);
    plan.check(problem).iter().map(Violation::fault).collect()
}

#[test]
fn a_vehicle_under_way_brings_what_is_aboard_and_picks_up() {
    let (mut model, [home, out]) = noon();
    let load = |order: Order, amount| order.quantity(kg(), Load(amount));
    let parcel = model.add_order(load(Order::drop_off("parcel", at(70.0)), 6).aboard(out));
    let back = model.add_order(load(Order::pickup("back", at(60.0)), 5));
    let swap = Order::exchange("swap", at(40.0)).taken(kg(), Load(3));
    let swap = model.add_order(load(swap, 4).aboard(out));
    let fresh = model.add_order(load(Order::drop_off("fresh", at(20.0)), 9));
    let (from, to) = model.add_pair(
        load(Order::pickup("from", at(30.0)), 2),
        load(Order::drop_off("to", at(10.0)), 2),
    );
    let problem = frozen(&model);
    assert!(problem.is_under_way(out) && !problem.is_under_way(home));
    assert!(problem.shape().under_way && !problem.shape().reloads);
    let aboard = [parcel, back, swap, fresh].map(|order| problem.aboard(order));
    assert_eq!(aboard, [Some(out), None, Some(out), None]);
    assert_eq!(problem.order(parcel).as_ref(), model.orders().first());
    // What is aboard is there from the start, and takes room.
    assert_eq!(faults(&problem, out, &[parcel, back, swap, from, to]), []);
    let barred = Fault::NotOnThisVehicle;
    assert_eq!(faults(&problem, home, &[parcel]), [barred]);
    assert_eq!(faults(&problem, out, &[fresh]), [barred]);
    let plan = Plan::new(&problem, vec![RouteDraft::new(out, vec![parcel, swap])]);
    assert_eq!(plan.routes()[0].load_at_departure(), [Load(10)]);

    let outcome = Solver::new(&problem).solve(Budget::iterations(500));
    assert_eq!(outcome.violations, []);
    assert!(outcome.plan.is_complete());
    // On to 70 and home is 90; to 20 and back is 40.
    assert_eq!(outcome.plan.cost().total(), Cost::units(90 + 40));
}

#[test]
fn what_cannot_be_brought_stays_aboard() {
    let (mut model, [_, out]) = noon();
    let load = |order: Order, amount| order.quantity(kg(), Load(amount)).aboard(out);
    // From 50 to 90 and home is 130, each stop takes 60: two of them do not fit before 200.
    let stop = |x, name: &str| load(Order::drop_off(name, at(x)), 1).service(Duration(60));
    let first = model.add_order(stop(90.0, "first"));
    model.add_order(stop(80.0, "second"));
    model.add_order(load(Order::drop_off("heavy", at(60.0)), 11));
    let late = Order::drop_off("late", at(90.0)).window(Window::new(Time(0), Time(39)));
    model.add_order(load(late, 1));
    let problem = frozen(&model);
    let plan = Plan::new(&problem, vec![RouteDraft::new(out, vec![first])]);
    let found = plan.unserved().iter();
    let found: Vec<(Reason, usize)> = found.map(|u| (u.reason(), u.relaxations().len())).collect();
    let heavy = Reason::TooLarge {
        dimension: kg(),
        needed: Load(11),
        most: Load(10),
    };
    let late = Reason::WindowUnreachable {
        arrival: Time(40),
        latest: Time(39),
    };
    // Nobody else has the goods, so one more vehicle is no help.
    assert_eq!(found, [(Reason::StaysAboard, 0), (heavy, 1), (late, 1)]);
    let outcome = Solver::new(&problem).solve(Budget::iterations(100));
    assert_eq!(outcome.violations, []);
    assert_eq!(outcome.plan.unserved().len(), 3);
}

#[test]
fn a_vehicle_that_breaks_down_keeps_what_is_aboard() {
    let (mut model, [_, out]) = noon();
    let parcel = model.add_order(Order::drop_off("parcel", at(60.0)).aboard(out));
    let back = model.add_order(Order::pickup("back", at(61.0)));
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    live.solve(Budget::iterations(50));
    assert!(live.plan().is_complete());
    live.apply([Edit::Vehicles(out, Some(0))]).unwrap();
    let plan = live.plan();
    assert_eq!(plan.check(live.problem()), []);
    assert_eq!(plan.unserved().len(), 1);
    assert_eq!(plan.unserved()[0].order(), parcel);
    assert_eq!(plan.unserved()[0].reason(), Reason::StaysAboard);
    assert_eq!(plan.routes()[0].stops()[0].order, back);
    // There are no two of it.
    for count in [Some(2), None] {
        let error = live.apply([Edit::Vehicles(out, count)]).unwrap_err();
        assert_eq!(error.issues()[0].rule(), Rule::Inconsistent);
        assert_eq!(error.issues()[0].subject(), "vehicle type \"out\"");
    }
    // Its goods are carried over to another vehicle: they are no longer aboard.
    let over = Order::drop_off("parcel", at(60.0));
    live.apply([Edit::Change(parcel, over.clone())]).unwrap();
    assert_eq!(live.problem().order(parcel), Some(over));
    assert!(live.plan().is_complete());
}

#[test]
fn faults_of_vehicles_under_way_are_said() {
    let (mut model, [home, out]) = noon();
    let carrier = model.add_carrier(Carrier::new("parcels"));
    let (depot, spot) = (DepotId::new(0), DepotId::new(1));
    let drop = |name: &str| Order::drop_off(name, at(60.0));
    model.add_vehicle_type(VehicleType::new("two", 2, spot));
    model.add_vehicle_type(VehicleType::new("many", 1, spot).unlimited());
    model.add_vehicle_type(VehicleType::new("at spot", 1, depot).reloads(Reloads::at(spot)));
    for order in [
        drop("nobody").aboard(VehicleTypeId::new(9)),
        drop("at home").aboard(home),
        Order::pickup("pickup", at(60.0)).aboard(out),
        drop("released").release(Time(5)).aboard(out),
        drop("shipped").ship_by(Time(5)).aboard(out),
        drop("named").only_on([out]).aboard(out),
        drop("handed").carrier_price(carrier, Cost(1)).aboard(out),
    ] {
        model.add_order(order);
    }
    assert_eq!(carrier, CarrierId::new(0));
    let error = Problem::new(&model, &Euclidean::rounded()).unwrap_err();
    let found: Vec<(Rule, &str)> = (error.issues().iter())
        .map(|issue| (issue.rule(), issue.subject()))
        .collect();
    let not_so = Rule::Inconsistent;
    let expected = [
        (Rule::UnknownReference, "order \"nobody\""),
        (not_so, "order \"at home\""),
        (not_so, "order \"pickup\""),
        (not_so, "order \"released\""),
        (not_so, "order \"shipped\""),
        (not_so, "order \"named\""),
        (not_so, "order \"handed\""),
        (not_so, "vehicle type \"two\""),
        (not_so, "vehicle type \"many\""),
        (not_so, "vehicle type \"at spot\""),
    ];
    assert_eq!(found, expected, "{error}");

    let (mut model, [_, out]) = noon();
    model.add_pair(Order::pickup("from", at(60.0)), drop("to").aboard(out));
    let error = Problem::new(&model, &Euclidean::rounded()).unwrap_err();
    assert_eq!(error.issues().len(), 1, "{error}");
    assert_eq!(error.issues()[0].subject(), "order \"to\"");
}

#[test]
fn documents_keep_what_is_under_way() {
    let (mut model, [home, out]) = noon();
    model.add_order(Order::drop_off("parcel", at(60.0)).aboard(out));
    model.add_order(Order::drop_off("fish", at(60.0)).only_on([home]));
    let text = json::write_model(&model, None);
    assert_eq!(json::read_model(&text).unwrap().0, model);
    for said in ["\"spot\":true", "\"aboard\":1", "\"only_on\":[0]"] {
        assert!(text.contains(said), "{text}");
    }
    assert_eq!(text.matches("spot\":").count(), 1, "{text}");
}

// ------------------------------------------------------------------------------------------------------------- reloads

/// The van under way alone, which may reload at the depot.
fn fetching(open_until: i64) -> (Model, VehicleTypeId, DepotId) {
    let mut model = Model::new();
    model.add_dimension("kg");
    let depot = Depot::new("depot", at(0.0)).window(Window::new(Time(0), Time(open_until)));
    let depot = model.add_depot(depot.loading(Duration(7)));
    let spot = model.add_depot(Depot::spot("spot", at(50.0)));
    let van = VehicleType::new("out", 1, spot).end(depot);
    let van = van.capacity(kg(), Load(10)).reloads(Reloads::at(depot));
    let van = model.add_vehicle_type(van.shift(Window::new(Time(0), Time(300))));
    (model, van, depot)
}

fn weighing(order: Order, amount: i64) -> Order {
    order.quantity(kg(), Load(amount))
}

#[test]
fn a_vehicle_under_way_fetches_what_is_at_a_depot() {
    let (mut model, out, depot) = fetching(300);
    let fresh = model.add_order(weighing(Order::drop_off("fresh", at(20.0)), 9).release(Time(60)));
    let problem = frozen(&model);
    assert!(problem.may_reload_first(out) && problem.is_at_depot(fresh));
    assert!(problem.may_carry(out, fresh));
    assert_eq!(faults(&problem, out, &[fresh]), [Fault::NotLoaded]);

    let outcome = Solver::new(&problem).solve(Budget::iterations(50));
    assert_eq!(outcome.violations, []);
    let route = &outcome.plan.routes()[0];
    assert_eq!(
        (route.reloads()[0].before, route.reloads()[0].depot),
        (0, depot)
    );
    assert_eq!(route.trips().collect::<Vec<_>>(), [0..0, 0..1]);
    assert_eq!(route.trip_count(), 1);
    // From 50 to the depot, to 20 and home; the goods are there at 60.
    assert_eq!(outcome.plan.cost().total(), Cost::units(50 + 40));
    assert_eq!(route.reloads()[0].start, Time(60));
    let loads = [
        route.load_at_departure(),
        route.load_after_reload(0),
        route.load_after(0),
    ];
    assert_eq!(loads, [[Load(0)], [Load(9)], [Load(0)]]);
    let table = outcome.plan.to_string();
    assert!(table.contains("1 stop, distance 90"), "{table}");

    // Every form of the plan has it, and what reads plans takes it back.
    let drafts = outcome.plan.drafts();
    assert_eq!(drafts, [RouteDraft::new(out, vec![fresh]).reload(0, depot)]);
    let text = json::write_plan(&problem, &outcome.plan);
    assert_eq!(json::read_plan(&text, &problem).unwrap(), drafts);
    let numbering = Numbering::in_order(2, 1);
    let text = routes::write(&outcome.plan, &numbering);
    assert_eq!(routes::read(&text, &problem, &numbering).unwrap(), drafts);
    let text = geojson::write(&problem, &outcome.plan);
    assert!(text.contains("\"trips\":1"), "{text}");
    let kept = Solver::new(&problem).start_from(drafts.clone());
    assert_eq!(kept.solve(Budget::iterations(0)).plan.drafts(), drafts);
}

#[test]
fn what_is_aboard_rides_on_through_a_reload() {
    let (mut model, out, depot) = fetching(300);
    let parcel = model.add_order(weighing(Order::drop_off("parcel", at(-10.0)), 6).aboard(out));
    let back = model.add_order(weighing(Order::pickup("back", at(40.0)), 4));
    let fresh = model.add_order(weighing(Order::drop_off("fresh", at(20.0)), 5));
    let problem = frozen(&model);
    let plan = |stops: &[OrderId], before| {
        let draft = RouteDraft::new(out, stops.to_vec()).reload(before, depot);
        Plan::new(&problem, vec![draft])
    };
    let found =
        |plan: &Plan| -> Vec<Fault> { plan.check(&problem).iter().map(Violation::fault).collect() };
    // The pickup is handed over at the depot, the parcel is not.
    let together = plan(&[back, fresh, parcel], 1);
    let route = &together.routes()[0];
    let loads = [
        route.load_at_departure(),
        route.load_after(0),
        route.load_after_reload(0),
    ];
    assert_eq!(loads, [[Load(6)], [Load(10)], [Load(11)]]);
    let overload = Fault::Overload {
        dimension: kg(),
        load: Load(11),
        capacity: Load(10),
    };
    assert_eq!(found(&together), [overload]);
    // Dropped off on the first trip, it leaves room for the other.
    let apart = plan(&[back, parcel, fresh], 2);
    assert_eq!(found(&apart), []);
    let outcome = Solver::new(&problem).solve(Budget::iterations(200));
    assert_eq!(outcome.violations, []);
    assert_eq!(outcome.plan.drafts(), apart.drafts());
    // To 40, −10, the depot, 20, and home.
    assert_eq!(outcome.plan.cost().total(), Cost::units(10 + 50 + 10 + 40));
}

#[test]
fn a_depot_that_has_closed_is_why_nothing_is_fetched() {
    let (mut model, _, _) = fetching(40);
    model.add_order(Order::drop_off("fresh", at(20.0)));
    let problem = frozen(&model);
    let outcome = Solver::new(&problem).solve(Budget::iterations(20));
    assert_eq!(outcome.violations, []);
    let left = &outcome.plan.unserved()[0];
    let (start, latest) = (Time(50), Time(40));
    assert_eq!(left.reason(), Reason::ReloadTooLate { start, latest });
    assert_eq!(left.reason().code(), "reload-too-late");
    let text = left.to_string();
    assert!(
        text.contains("would help: loading until 0:00:50 instead of 0:00:40"),
        "{text}"
    );
}

#[test]
fn a_live_day_fetches_more_and_keeps_its_way_by_the_depot() {
    let (mut model, out, depot) = fetching(300);
    let parcel = model.add_order(weighing(Order::drop_off("parcel", at(60.0)), 6).aboard(out));
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    live.solve(Budget::iterations(50));
    let fresh = Order::drop_off("fresh", at(20.0));
    let added = live.apply([Edit::Add(weighing(fresh, 9))]).unwrap().added[0];
    assert_eq!(live.plan().check(live.problem()), []);
    let expected = RouteDraft::new(out, vec![parcel, added]).reload(1, depot);
    assert_eq!(live.plan().drafts(), [expected]);
    // With nothing left to drop off before, the depot is where it goes first.
    live.apply([Edit::Cancel(parcel)]).unwrap();
    assert_eq!(live.plan().check(live.problem()), []);
    let expected = RouteDraft::new(out, vec![added]).reload(0, depot);
    assert_eq!(live.plan().drafts(), [expected]);
}
