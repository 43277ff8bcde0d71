//! Exchanges: one stop at which goods leave the vehicle and others board.

use milkrun::error::Rule;
use milkrun::measure::{Cost, DimensionId, Load, OrderId, Time, VehicleTypeId, Window};
use milkrun::model::{Backhauls, Carrier, Depot, Model, Order, Place, Reloads, VehicleType};
use milkrun::plan::{Fault, Plan, Reason, RouteDraft, Unserved, Violation};
use milkrun::problem::{Edit, Problem};
use milkrun::solve::{Budget, LiveSolver, Solver};
use milkrun::travel::Euclidean;

/// The one load dimension.
fn kg() -> DimensionId {
    DimensionId::new(0)
}

fn at(x: f64) -> Place {
    Place::plane(x, 0.0)
}

/// A day with one depot at 0 and one van for 10 kg.
fn day(van: impl FnOnce(VehicleType) -> VehicleType) -> Model {
    let mut model = Model::new();
    model.add_dimension("kg");
    let depot = model.add_depot(Depot::new("depot", at(0.0)));
    model.add_vehicle_type(van(
        VehicleType::new("van", 1, depot).capacity(kg(), Load(10))
    ));
    model
}

fn exchange(name: &str, x: f64, dropped: i64, taken: i64) -> Order {
    let order = Order::exchange(name, at(x)).quantity(kg(), Load(dropped));
    order.taken(kg(), Load(taken))
}

fn frozen(model: &Model) -> Problem {
    Problem::new(model, &Euclidean::rounded()).unwrap()
}

fn faults(problem: &Problem, stops: &[OrderId]) -> Vec<Fault> {
    let draft = RouteDraft::new(VehicleTypeId::new(0), stops.to_vec());
    let plan = Plan::new(problem, vec![draft]);
    plan.check(problem).iter().map(Violation::fault).collect()
}

/// Room is made before it is taken: a full van exchanges like for like all day.
#[test]
fn what_is_taken_takes_the_place_of_what_is_dropped() {
    let mut model = day(|van| van);
    let mut stops: Vec<OrderId> = [4, 3, 3]
        .iter()
        .zip(1..)
        .map(|(kg, x)| model.add_order(exchange(&x.to_string(), x.into(), *kg, *kg)))
        .collect();
    let problem = frozen(&model);
    assert_eq!(faults(&problem, &stops), []);
    stops.reverse();
    let plan = Plan::new(
        &problem,
        vec![RouteDraft::new(VehicleTypeId::new(0), stops)],
    );
    let route = &plan.routes()[0];
    assert_eq!(route.peak(), [Load(10)]);
    assert!((0..3).all(|stop| route.load_after(stop) == [Load(10)]));
    let outcome = Solver::new(&problem).solve(Budget::iterations(100));
    assert_eq!(outcome.plan.cost().total(), Cost::units(6));
    let taken = |o: usize| problem.taken_quantity(OrderId::new(o), kg());
    assert_eq!([taken(0), taken(1)], [Load(4), Load(3)]);
}

/// Taking more than was dropped fills the van on the way, however little leaves and comes back.
#[test]
fn a_route_peaks_where_more_is_taken_than_dropped() {
    let mut model = day(|van| van);
    let swap = model.add_order(exchange("swap", 1.0, 1, 6));
    let drop = Order::drop_off("drop", at(2.0)).quantity(kg(), Load(7));
    let drop = model.add_order(drop);
    let problem = frozen(&model);
    // 8 leave, 7 are left, 13 go on; the other way around 8 leave, 1 is left, 6 come back.
    let overload = Fault::Overload {
        dimension: kg(),
        load: Load(13),
        capacity: Load(10),
    };
    assert_eq!(faults(&problem, &[swap, drop]), [overload]);
    assert_eq!(faults(&problem, &[drop, swap]), []);
}

#[test]
fn an_exchange_counts_as_a_drop_off_where_drop_offs_come_first() {
    let mut model = day(|van| van.backhauls(Backhauls::LastAfterDropOff));
    let swap = model.add_order(exchange("swap", 3.0, 2, 3));
    let drop = model.add_order(Order::drop_off("drop", at(2.0)).quantity(kg(), Load(2)));
    let back = model.add_order(Order::pickup("back", at(1.0)).quantity(kg(), Load(2)));
    let problem = frozen(&model);
    for stops in [
        &[drop, swap, back][..],
        &[swap, drop, back],
        &[swap, back],
        &[swap],
    ] {
        assert!(
            !faults(&problem, stops).contains(&Fault::DropOffBehindPickup),
            "{stops:?}"
        );
        assert!(!faults(&problem, stops).contains(&Fault::PickupsOnly));
    }
    assert_eq!(
        faults(&problem, &[drop, back, swap]),
        [Fault::DropOffBehindPickup]
    );
    let outcome = Solver::new(&problem).solve(Budget::iterations(100));
    assert!(outcome.plan.is_complete());
    assert_eq!(outcome.plan.cost().total(), Cost::units(6));
}

#[test]
fn what_was_taken_is_handed_over_at_a_reload() {
    let depot = milkrun::measure::DepotId::new(0);
    let mut model = day(|van| van.reloads(Reloads::at(depot)));
    let first = model.add_order(exchange("first", 1.0, 9, 8));
    let second = model.add_order(exchange("second", 2.0, 5, 10));
    let problem = frozen(&model);
    let van = VehicleTypeId::new(0);
    let route = |reload: bool| {
        let draft = RouteDraft::new(van, vec![first, second]);
        let draft = if reload {
            draft.reload(1, depot)
        } else {
            draft
        };
        Plan::new(&problem, vec![draft])
    };
    assert!(!route(false).check(&problem).is_empty());
    let plan = route(true);
    assert_eq!(plan.check(&problem), []);
    let route = &plan.routes()[0];
    assert_eq!(route.load_after(0), [Load(8)]);
    assert_eq!(route.load_after_reload(0), [Load(5)]);
    assert_eq!(route.load_after(1), [Load(10)]);
}

#[test]
fn an_exchange_may_be_released_shipped_by_and_handed_over() {
    let mut model = day(|van| van);
    let carrier = model.add_carrier(Carrier::new("parcels"));
    let far = exchange("far", 500.0, 1, 1).carrier_price(carrier, Cost::units(9));
    model.add_order(far);
    let near = exchange("near", 10.0, 1, 1)
        .release(Time(30))
        .ship_by(Time(40));
    model.add_order(near.window(Window::new(Time(20), Time(90))));
    let problem = frozen(&model);
    let outcome = Solver::new(&problem).solve(Budget::iterations(50));
    assert_eq!(outcome.plan.handed_over_count(), 1);
    let departure = outcome.plan.routes()[0].departure();
    assert!((30..=40).contains(&departure.get()), "{departure}");
}

#[test]
fn an_exchange_without_room_is_unserved_with_the_reason() {
    let mut model = day(|van| van);
    let filled = model.add_order(Order::pickup("filled", at(1.0)).quantity(kg(), Load(6)));
    // There is room for what it drops, and none for what it takes.
    model.add_order(exchange("swap", 1.0, 3, 5));
    model.add_order(exchange("heavy", 1.0, 3, 12));
    let problem = frozen(&model);
    let draft = RouteDraft::new(VehicleTypeId::new(0), vec![filled]);
    let plan = Plan::new(&problem, vec![draft]);
    let reasons: Vec<Reason> = plan.unserved().iter().map(Unserved::reason).collect();
    let (full, large) = (
        Reason::NoCapacityLeft { dimension: kg() },
        Reason::TooLarge {
            dimension: kg(),
            needed: Load(12),
            most: Load(10),
        },
    );
    assert_eq!(reasons, [full, large]);
}

#[test]
fn faults_of_exchanges_are_said() {
    let mut model = day(|van| van);
    model.add_order(Order::drop_off("parcel", at(1.0)).taken(kg(), Load(1)));
    model.add_order(exchange("less", 1.0, 1, -1));
    let other = DimensionId::new(1);
    model.add_order(Order::exchange("other", at(1.0)).taken(other, Load(1)));
    model.add_pair(
        exchange("half", 1.0, 1, 1),
        Order::drop_off("mate", at(2.0)).quantity(kg(), Load(1)),
    );
    let error = Problem::new(&model, &Euclidean::rounded()).unwrap_err();
    let found: Vec<(Rule, &str)> = error
        .issues()
        .iter()
        .map(|issue| (issue.rule(), issue.subject()))
        .collect();
    let expected = [
        (Rule::Inconsistent, "order \"parcel\""),
        (Rule::OutOfRange, "order \"less\""),
        (Rule::UnknownReference, "order \"other\""),
        (Rule::Inconsistent, "order \"half\""),
    ];
    assert_eq!(found, expected, "{error}");
    let advice = error.issues()[3].advice();
    assert!(advice.contains("its kind is exchange"), "{advice}");
}

/// A day may begin without exchanges, get one, and lose it again.
#[test]
fn exchanges_come_and_go_on_a_day_that_changes() {
    let mut model = day(|van| van);
    model.add_order(Order::drop_off("parcel", at(2.0)).quantity(kg(), Load(6)));
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    assert!(!live.problem().shape().exchanges);
    let swap = exchange("swap", 3.0, 2, 9);
    live.apply([Edit::Add(swap.clone())]).unwrap();
    let id = live.order_id("swap").unwrap();
    assert_eq!(live.problem().order(id), Some(swap));
    assert!(live.problem().shape().exchanges && live.problem().shape().mixed_loads);
    let outcome = live.solve(Budget::iterations(50));
    assert_eq!(outcome.violations, []);
    assert!(outcome.plan.is_complete());
    // Only behind the parcel is there room for 9.
    assert_eq!(outcome.plan.routes()[0].stops()[1].order, id);
    live.apply([Edit::Cancel(id)]).unwrap();
    assert!(!live.problem().shape().exchanges && !live.problem().shape().mixed_loads);
}
