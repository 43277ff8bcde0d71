//! Orders that only vehicles of certain types may carry.

use milkrun::error::Rule;
use milkrun::measure::{Cost, DimensionId, Load, OrderId, VehicleTypeId};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::plan::{Fault, Plan, Reason, Route, RouteDraft, Unserved, Violation};
use milkrun::problem::{Edit, Problem};
use milkrun::solve::{Budget, LiveSolver, Solver};
use milkrun::travel::Euclidean;

fn at(x: f64, y: f64) -> Place {
    Place::plane(x, y)
}

/// A depot, and as many types as there are counts, each dearer than the one before.
fn day(counts: &[u32]) -> (Model, Vec<VehicleTypeId>) {
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("depot", at(0.0, 0.0)));
    let types = (1..).zip(counts).map(|(number, count)| {
        let van = VehicleType::new(format!("type {number}"), *count, depot);
        model.add_vehicle_type(van.per_distance(Cost::units(number)))
    });
    let types = types.collect();
    (model, types)
}

fn frozen(model: &Model) -> Problem {
    Problem::new(model, &Euclidean::rounded()).unwrap()
}

/// Type 70 of 80 is in the second word of each row of bits.
#[test]
fn any_number_of_types_may_be_told_apart() {
    let (mut model, types) = day(&[1; 80]);
    let pinned = model.add_order(Order::drop_off("pinned", at(5.0, 0.0)).only_on([types[70]]));
    let free = model.add_order(Order::drop_off("free", at(-5.0, 0.0)));
    let problem = frozen(&model);
    for vehicle in &types {
        assert_eq!(problem.may_carry(*vehicle, pinned), *vehicle == types[70]);
        assert!(problem.may_carry(*vehicle, free));
    }
    let outcome = Solver::new(&problem).solve(Budget::iterations(200));
    assert_eq!(outcome.violations, []);
    // 10 at a price of 71, and 10 at a price of 1.
    assert_eq!(outcome.plan.cost().total(), Cost::units(710 + 10));
}

/// Where all names are all types, nothing is restricted.
#[test]
fn a_day_without_names_has_no_rows() {
    let (mut model, _) = day(&[1, 1]);
    model.add_order(Order::drop_off("free", at(5.0, 0.0)));
    assert!(!frozen(&model).shape().restricted);
}

#[test]
fn the_meet_of_a_pair_is_what_carries_it() {
    let (mut model, types) = day(&[1, 1, 1]);
    let (pickup, drop_off) = model.add_pair(
        Order::pickup("from", at(5.0, 0.0)).only_on([types[0], types[1]]),
        Order::drop_off("to", at(6.0, 0.0)).only_on([types[1], types[2]]),
    );
    let problem = frozen(&model);
    for half in [pickup, drop_off] {
        let carries = types.iter().map(|t| problem.may_carry(*t, half));
        assert_eq!(carries.collect::<Vec<bool>>(), [false, true, false]);
    }
    let outcome = Solver::new(&problem).solve(Budget::iterations(50));
    assert_eq!(outcome.plan.routes()[0].vehicle_type(), types[1]);
    let draft = RouteDraft::new(types[0], vec![pickup, drop_off]);
    let plan = Plan::new(&problem, vec![draft]);
    let faults: Vec<Fault> = plan.check(&problem).iter().map(Violation::fault).collect();
    assert_eq!(faults, [Fault::NotOnThisVehicle; 2]);
}

#[test]
fn faults_of_names_are_said() {
    let (mut model, types) = day(&[1, 1]);
    model.add_order(Order::drop_off("nobody", at(5.0, 0.0)).only_on([VehicleTypeId::new(7)]));
    model.add_pair(
        Order::pickup("from", at(5.0, 0.0)).only_on([types[0]]),
        Order::drop_off("to", at(6.0, 0.0)).only_on([types[1]]),
    );
    let error = Problem::new(&model, &Euclidean::rounded()).unwrap_err();
    let found: Vec<(Rule, &str)> = (error.issues().iter())
        .map(|issue| (issue.rule(), issue.subject()))
        .collect();
    let expected = [
        (Rule::UnknownReference, "order \"nobody\""),
        (Rule::Inconsistent, "order \"to\""),
    ];
    assert_eq!(found, expected, "{error}");
}

/// A type without vehicles carries nothing, and one that is full says so.
#[test]
fn an_order_is_unserved_for_the_types_it_names() {
    let (mut model, types) = day(&[3, 0, 1]);
    let kg = model.add_dimension("kg");
    let mut small = Model::new();
    small.add_dimension("kg");
    let depot = small.add_depot(Depot::new("depot", at(0.0, 0.0)));
    for vehicle in model.vehicle_types() {
        small.add_vehicle_type(vehicle.clone().capacity(kg, Load(10)));
    }
    assert_eq!(depot.index(), 0);
    let order =
        |name: &str, load: i64| Order::drop_off(name, at(5.0, 0.0)).quantity(kg, Load(load));
    small.add_order(order("none", 1).only_on([types[1]]));
    let filled = small.add_order(order("filled", 8).only_on([types[2]]));
    small.add_order(order("full", 3).only_on([types[2]]));
    let problem = frozen(&small);
    let plan = Plan::new(&problem, vec![RouteDraft::new(types[2], vec![filled])]);
    let reasons: Vec<Reason> = plan.unserved().iter().map(Unserved::reason).collect();
    let dimension = DimensionId::new(0);
    let full = Reason::NoCapacityLeft { dimension };
    assert_eq!(reasons, [Reason::NoVehicleMayCarry, full]);
    assert_eq!(
        Solver::new(&problem)
            .solve(Budget::iterations(50))
            .violations,
        []
    );
}

/// An order that is changed leaves a route that may no longer carry it, and vehicles that come back get theirs again.
#[test]
fn names_may_change_on_a_day_that_changes() {
    let (mut model, types) = day(&[1, 1]);
    let fish = Order::drop_off("fish", at(5.0, 0.0));
    let id = model.add_order(fish.clone());
    model.add_order(Order::drop_off("bread", at(6.0, 0.0)));
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    let on = |live: &LiveSolver, order: OrderId| {
        let plan = live.plan();
        assert_eq!(plan.check(live.problem()), []);
        let mut routes = plan.routes().iter();
        let route = routes.find(|r| r.stops().iter().any(|s| s.order == order));
        route.map(Route::vehicle_type)
    };
    live.solve(Budget::iterations(50));
    assert_eq!(on(&live, id), Some(types[0]));
    let cooled = fish.clone().only_on([types[1]]);
    live.apply([Edit::Change(id, cooled.clone())]).unwrap();
    assert_eq!(live.problem().order(id), Some(cooled));
    assert_eq!(on(&live, id), Some(types[1]));
    live.apply([Edit::Vehicles(types[1], Some(0))]).unwrap();
    assert_eq!(on(&live, id), None);
    assert_eq!(
        live.plan().unserved()[0].reason(),
        Reason::NoVehicleMayCarry
    );
    live.apply([Edit::Vehicles(types[1], Some(1))]).unwrap();
    assert_eq!(on(&live, id), Some(types[1]));
    let refused = fish.clone().only_on([VehicleTypeId::new(2)]);
    assert!(live.apply([Edit::Change(id, refused)]).is_err());
    live.apply([Edit::Change(id, fish)]).unwrap();
    assert!(!live.problem().shape().restricted);
}
