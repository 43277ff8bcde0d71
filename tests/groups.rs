//! Groups of orders of which one is served, on days that can be worked out by hand, and beside what else couples orders.

use milkrun::measure::{Cost, Load, OrderId, Time, VehicleTypeId, Window};
use milkrun::model::{Carrier, Depot, Group, Model, Order, Place, VehicleType};
use milkrun::plan::{Plan, Reason, RouteDraft};
use milkrun::problem::Problem;
use milkrun::solve::{Budget, SolveOptions, Solver};
use milkrun::travel::Euclidean;

/// A depot at 0 on a line, and vans that cost 1 a unit of distance.
fn line(vans: u32) -> Model {
    let mut model = Model::new();
    model.add_dimension("kg");
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(VehicleType::new("van", vans, depot).per_distance(Cost::units(1)));
    model
}

fn at(name: &str, x: f64) -> Order {
    Order::drop_off(name, Place::plane(x, 0.0))
}

fn frozen(model: &Model) -> Problem {
    Problem::new(model, &Euclidean::rounded()).expect("a sound model")
}

fn solved(problem: &Problem) -> Plan {
    let outcome = Solver::new(problem).solve(Budget::iterations(300));
    assert_eq!(outcome.violations, []);
    outcome.plan
}

fn served(plan: &Plan) -> Vec<usize> {
    let stops = plan.routes().iter().flat_map(milkrun::plan::Route::stops);
    let mut served: Vec<usize> = stops.map(|stop| stop.order.index()).collect();
    served.sort_unstable();
    served
}

#[test]
fn the_cheapest_way_depends_on_who_else_is_served() {
    let mut model = line(1);
    let near = model.add_order(at("near", 10.0));
    let far = model.add_order(at("far", -30.0));
    model.add_group(Group::of([near, far]));
    assert_eq!(served(&solved(&frozen(&model))), [0]);
    // Past the one it has to go anyway.
    model.add_order(at("other", -40.0));
    let plan = solved(&frozen(&model));
    assert_eq!(served(&plan), [1, 2]);
    assert_eq!(plan.cost().total(), Cost::units(80));
}

#[test]
fn a_group_is_left_out_where_each_of_it_costs_more_than_its_price() {
    for (price, expected) in [(19, Vec::new()), (21, vec![1])] {
        let mut model = line(1);
        let ways = [at("far", 90.0), at("near", 10.0)].map(|order| model.add_order(order));
        model.add_group(Group::of(ways).price(Cost::units(price)));
        let plan = solved(&frozen(&model));
        assert_eq!(served(&plan), expected);
        let paid = Cost::units(if expected.is_empty() { price } else { 0 });
        assert_eq!(plan.cost().unserved, paid);
        assert!(plan.is_complete());
    }
}

#[test]
fn a_group_that_must_be_served_comes_before_any_price() {
    // One van for one of them: the group, though the other order pays more.
    let kg = milkrun::measure::DimensionId::new(0);
    let mut model = Model::new();
    model.add_dimension("kg");
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(VehicleType::new("van", 1, depot).capacity(kg, Load(5)));
    let order = |name: &str, x: f64, load: i64| at(name, x).quantity(kg, Load(load));
    let too_large = model.add_order(order("too large", 5.0, 6));
    let fits = model.add_order(order("fits", 90.0, 4));
    model.add_group(Group::of([too_large, fits]));
    model.add_order(order("dear", 5.0, 3).price(Cost::units(1_000_000)));
    let plan = solved(&frozen(&model));
    assert_eq!(served(&plan), [1]);
    assert_eq!(plan.replaced()[0].order, too_large);
    assert_eq!(plan.unserved()[0].name(), "dear");
    let dimension = kg;
    assert_eq!(
        plan.unserved()[0].reason(),
        Reason::NoCapacityLeft { dimension }
    );
}

#[test]
fn an_order_is_served_in_the_window_that_fits() {
    let window = |from, to| Window::new(Time(from), Time(to));
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 1, depot).per_distance(Cost::units(1));
    model.add_vehicle_type(van.shift(window(0, 120)));
    // The first window closes before anybody can be there, the second opens after the shift; the third is on the way back.
    let open = [window(0, 10), window(200, 300), window(60, 100)];
    let shop = model.add_order_in_windows(at("shop", 20.0), open);
    model.add_order(at("further", 50.0).window(window(40, 60)));
    let plan = solved(&frozen(&model));
    let stops: Vec<(usize, Time)> = (plan.routes()[0].stops().iter())
        .map(|stop| (stop.order.index(), stop.start))
        .collect();
    assert_eq!((stops[0].0, stops[1].0), (3, shop[2].index()));
    assert!(stops[1].1 >= Time(60));
    assert_eq!(
        (plan.cost().total(), plan.replaced().len()),
        (Cost::units(100), 2)
    );
    // Left out, it is named by the window that a van could keep.
    let draft = RouteDraft::new(VehicleTypeId::new(0), vec![OrderId::new(3)]);
    let left = Plan::new(&frozen(&model), vec![draft]);
    assert_eq!(left.unserved()[0].name(), "shop #3");
    assert_eq!(left.unserved()[0].alternatives(), [shop[0], shop[1]]);
}

#[test]
fn a_start_that_serves_two_of_a_group_is_mended() {
    let mut model = line(2);
    let ways = [3.0, -4.0, 5.0].map(|x| model.add_order(at(&format!("at {x}"), x)));
    model.add_group(Group::of(ways));
    let other = model.add_order(at("other", 9.0));
    let problem = frozen(&model);
    let draft = |stops: &[OrderId]| RouteDraft::new(VehicleTypeId::new(0), stops.to_vec());
    for start in [
        vec![draft(&[ways[0], ways[2]])],
        vec![draft(&[ways[1]]), draft(&[ways[0], other])],
    ] {
        for iterations in [0, 100] {
            let solver = Solver::new(&problem).start_from(start.clone());
            let outcome = solver.solve(Budget::iterations(iterations));
            assert_eq!(outcome.violations, []);
            assert!(outcome.plan.is_complete());
            assert_eq!(outcome.plan.replaced().len(), 2);
            if iterations > 0 {
                assert_eq!(outcome.plan.cost().total(), Cost::units(18));
            }
        }
    }
}

#[test]
fn groups_stand_beside_carriers_whose_fees_are_shared() {
    let mut model = line(1);
    let dhl = model.add_carrier(Carrier::new("dhl").pickup_fee(Cost::units(30)));
    let ways = [at("near", 10.0), at("far", 60.0)].map(|order| model.add_order(order));
    model.add_group(Group::of(ways).price(Cost::units(150)));
    for name in ["a", "b"] {
        model.add_order(at(name, 60.0).carrier_price(dhl, Cost::units(10)));
    }
    let plan = solved(&frozen(&model));
    // To 10 and back is 20, and the carrier 50; to 60 for all of them is 120.
    assert_eq!(served(&plan), [0]);
    assert_eq!(
        (plan.cost().total(), plan.handed_over_count()),
        (Cost::units(70), 2)
    );
    assert_eq!(plan.order_count(), 3);
}

#[test]
fn fewer_vehicles_are_worth_a_longer_way() {
    let kg = milkrun::measure::DimensionId::new(0);
    let mut model = Model::new();
    model.add_dimension("kg");
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 2, depot).per_distance(Cost::units(1));
    model.add_vehicle_type(van.capacity(kg, Load(5)));
    let order = |name: &str, x: f64, load: i64| at(name, x).quantity(kg, Load(load));
    model.add_order(order("other", 10.0, 3));
    let heavy = model.add_order(order("heavy", -1.0, 4));
    let light = model.add_order(order("light", 50.0, 1));
    model.add_group(Group::of([heavy, light]));
    let problem = frozen(&model);
    assert_eq!(served(&solved(&problem)), [0, 1]);
    let mut options = SolveOptions::default();
    options.vehicles_first = true;
    let solver = Solver::new(&problem).options(options);
    let plan = solver.solve(Budget::iterations(300)).plan;
    assert_eq!((served(&plan), plan.routes().len()), (vec![0, 2], 1));
    assert_eq!(plan.cost().total(), Cost::units(100));
}
