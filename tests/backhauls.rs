//! Drop-offs first: what the rule asks of routes, what becomes of pickups that nobody may fetch, and that the rule
//! holds when time is up and when the day changes.

use milkrun::eval::{Halves, Lead, Tours};
use milkrun::measure::{Load, OrderId, Time, VehicleTypeId, Window};
use milkrun::model::{Backhauls, Depot, Model, Order, OrderKind, Place, VehicleType};
use milkrun::plan::{Plan, Reason, Relaxation, RouteDraft};
use milkrun::problem::{Edit, Problem};
use milkrun::search::{Dice, Neighbours, savings};
use milkrun::solve::{Budget, LiveSolver, Solver, Status};
use milkrun::travel::Euclidean;
use std::sync::atomic::{AtomicUsize, Ordering};

fn at(x: f64) -> Place {
    Place::plane(x, 0.0)
}

/// Vans for 10 crates from a depot at 0, with drop-offs and pickups of some crates along a line.
fn line(
    backhauls: Backhauls,
    vans: u32,
    drop_offs: &[(f64, i64)],
    pickups: &[(f64, i64)],
) -> Model {
    let mut model = Model::new();
    let crates = model.add_dimension("crates");
    let depot = model.add_depot(Depot::new("depot", at(0.0)));
    let van = VehicleType::new("van", vans, depot).capacity(crates, Load(10));
    model.add_vehicle_type(van.backhauls(backhauls));
    for (x, load) in drop_offs {
        let name = format!("drop-off {}", model.orders().len());
        model.add_order(Order::drop_off(name, at(*x)).quantity(crates, Load(*load)));
    }
    for (x, load) in pickups {
        let name = format!("pickup {}", model.orders().len());
        model.add_order(Order::pickup(name, at(*x)).quantity(crates, Load(*load)));
    }
    model
}

fn frozen(model: &Model) -> Problem {
    Problem::new(model, &Euclidean::rounded()).unwrap()
}

/// Long enough for a search to find that not all orders can be served.
fn solved(model: &Model) -> Plan {
    let problem = frozen(model);
    let outcome = Solver::new(&problem).solve(Budget::iterations(20_000));
    assert_eq!(outcome.violations, []);
    outcome.plan
}

#[test]
fn the_rule_decides_what_the_shortest_plan_is() {
    // At the open end of a route the order of stops counts: 0-10-20 or 0-20-10.
    let open = |backhauls| {
        let model = line(backhauls, 2, &[(20.0, 4)], &[(10.0, 6)]);
        let van = model.vehicle_types()[0].clone().open_end();
        let mut open = Model::new();
        open.add_dimension("crates");
        open.add_depot(model.depots()[0].clone());
        open.add_vehicle_type(van);
        for order in model.orders() {
            open.add_order(order.clone());
        }
        solved(&open).distance().get()
    };
    let rules = [
        Backhauls::Mixed,
        Backhauls::Last,
        Backhauls::LastAfterDropOff,
    ];
    assert_eq!(rules.map(open), [20, 30, 30]);
    let closed = |backhauls| {
        // A pickup on the way to the drop-off, and one behind it that fills the van.
        let model = line(backhauls, 2, &[(20.0, 4)], &[(10.0, 6), (30.0, 10)]);
        let plan = solved(&model);
        let left = plan.unserved().len();
        (plan.distance().get(), left)
    };
    // 0-20-30-0 and 0-10-0; where nobody goes for the second pickup alone, 0-20-10-0.
    assert_eq!(rules.map(closed), [(80, 0), (80, 0), (40, 1)]);
}

#[test]
fn pickups_that_nobody_may_fetch_are_left_with_the_reason() {
    let model = line(Backhauls::LastAfterDropOff, 3, &[], &[(5.0, 3), (7.0, 4)]);
    let plan = solved(&model);
    assert_eq!((plan.routes().len(), plan.unserved().len()), (0, 2));
    let vehicle_type = VehicleTypeId::new(0);
    for unserved in plan.unserved() {
        assert_eq!(unserved.reason(), Reason::PickupAlone);
        let help = [Relaxation::PickupsOnly { vehicle_type }];
        assert_eq!(unserved.relaxations(), help);
        let text = unserved.to_string();
        assert!(
            text.contains("no vehicle goes for a pickup alone"),
            "{text}"
        );
    }
    // The change that would help does.
    let plan = solved(&line(Backhauls::Last, 3, &[], &[(5.0, 3), (7.0, 4)]));
    assert!(plan.is_complete(), "{plan}");
}

#[test]
fn more_pickups_than_drop_offs_can_lead_end_with_a_reason() {
    // One drop-off, so one route, of 10 crates; 14 are waiting.
    let model = line(
        Backhauls::LastAfterDropOff,
        5,
        &[(9.0, 1)],
        &[(5.0, 7), (6.0, 7)],
    );
    let plan = solved(&model);
    assert_eq!((plan.routes().len(), plan.unserved().len()), (1, 1));
    assert_eq!(plan.unserved()[0].reason(), Reason::PickupAlone);
    // What holds for the pickup itself comes first.
    let mut large = line(Backhauls::LastAfterDropOff, 5, &[(9.0, 1)], &[(5.0, 11)]);
    let plan = solved(&large);
    assert!(matches!(
        plan.unserved()[0].reason(),
        Reason::TooLarge { .. }
    ));
    // Another type may go for it, and has no vehicle left.
    let depot = milkrun::measure::DepotId::new(0);
    let crates = milkrun::measure::DimensionId::new(0);
    large.add_vehicle_type(VehicleType::new("lorry", 1, depot).capacity(crates, Load(20)));
    let lorry = VehicleTypeId::new(1);
    let problem = frozen(&large);
    let taken = RouteDraft::new(lorry, vec![OrderId::new(0)]);
    let plan = Plan::new(&problem, vec![taken]);
    let help = [Relaxation::OneMoreVehicle {
        vehicle_type: lorry,
    }];
    assert_eq!(plan.unserved()[0].relaxations(), help);
}

#[test]
fn types_differ_in_their_rule() {
    // The cart may go for the pickup alone, at a price; the van may not.
    let mut model = line(Backhauls::LastAfterDropOff, 2, &[], &[(5.0, 3)]);
    let depot = milkrun::measure::DepotId::new(0);
    let cart = VehicleType::new("cart", 1, depot);
    model.add_vehicle_type(cart.fixed_cost(milkrun::measure::Cost::units(100)));
    let plan = solved(&model);
    assert_eq!(plan.routes()[0].vehicle_type(), VehicleTypeId::new(1));
    assert!(plan.is_complete());
    // A rule without pickups is none.
    let model = line(Backhauls::LastAfterDropOff, 2, &[(5.0, 3)], &[]);
    assert!(!frozen(&model).shape().backhauls);
    let model = line(Backhauls::Last, 2, &[], &[(5.0, 3)]);
    assert!(!frozen(&model).shape().backhauls);
}

/// Drop-offs and pickups anywhere on a square, of 2.5 crates on average, for vans of 20; some with windows.
fn square(orders: usize, timed: bool) -> Model {
    let mut dice = Dice::new(9, 0, 0);
    let mut place = || Place::plane(dice.below(400) as f64, dice.below(400) as f64);
    let mut model = Model::new();
    let crates = model.add_dimension("crates");
    let depot = model.add_depot(Depot::new("depot", place()));
    let van = VehicleType::new("van", 0, depot).unlimited();
    let van = van.capacity(crates, Load(20));
    model.add_vehicle_type(van.backhauls(Backhauls::LastAfterDropOff));
    for number in 0..orders {
        let mut order = Order::drop_off(format!("order {number}"), place());
        if number % 5 > 2 {
            order.kind = OrderKind::Pickup;
        }
        if timed {
            let from = (number as i64 * 37) % 500;
            order = order.window(Window::new(Time(from), Time(from + 2_000)));
        }
        model.add_order(order.quantity(crates, Load(1 + number as i64 % 4)));
    }
    model
}

#[test]
fn once_interrupted_every_order_is_still_served_by_the_rule() {
    let model = square(700, false);
    let problem = frozen(&model);
    let near = Neighbours::new(&problem, 40);
    let calls = AtomicUsize::new(0);
    for allowed in [0, 1, 3, 5] {
        calls.store(0, Ordering::Relaxed);
        let interrupted = || calls.fetch_add(1, Ordering::Relaxed) >= allowed;
        let mut tours = Tours::<(Lead, Halves)>::new(&problem);
        savings(&mut tours, &near, 0, None, &interrupted);
        assert!(tours.absent().is_empty(), "after {allowed} looks");
        assert!(tours.keeps_all_limits() && tours.is_driveable());
    }
    for timed in [false, true] {
        let problem = frozen(&square(700, timed));
        let outcome = Solver::new(&problem).solve(Budget::seconds(0.0));
        assert_eq!(outcome.status, Status::TimeSpent);
        assert_eq!(outcome.violations, []);
        assert!(outcome.plan.is_complete(), "{:?}", outcome.plan);
    }
}

/// Chains of savings keep the rule, and a short search betters them by far.
#[test]
fn savings_and_search_keep_the_rule() {
    let problem = frozen(&square(300, false));
    let near = Neighbours::new(&problem, 40);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
    let pool = pool.unwrap();
    let of_pool = |pool: Option<&rayon::ThreadPool>| -> Vec<Vec<u32>> {
        let mut tours = Tours::<(Lead, Halves)>::new(&problem);
        savings(&mut tours, &near, 0, pool, &|| false);
        assert!(tours.keeps_all_limits() && tours.is_driveable());
        let routes = 0..tours.route_count() as u32;
        routes.map(|route| tours.stops(route).collect()).collect()
    };
    assert_eq!(of_pool(None), of_pool(Some(&pool)));
    let solve = |iterations| {
        let outcome = Solver::new(&problem).solve(Budget::iterations(iterations));
        assert_eq!(outcome.violations, []);
        assert!(outcome.plan.is_complete());
        outcome.plan.distance().get() as f64
    };
    let (start, found) = (solve(0), solve(5_000));
    assert!(found < 0.95 * start, "{found} after {start}");
}

#[test]
fn a_route_that_loses_its_drop_off_gives_up_its_pickups() {
    let drop_offs = [(20.0, 4), (22.0, 4)];
    let model = line(
        Backhauls::LastAfterDropOff,
        2,
        &drop_offs,
        &[(10.0, 6), (12.0, 6)],
    );
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    live.solve(Budget::iterations(200));
    assert!(live.plan().is_complete());
    // One drop-off is left to follow, for one of the pickups.
    live.apply([Edit::Cancel(OrderId::new(0))]).unwrap();
    assert_eq!(live.plan().check(live.problem()), []);
    assert_eq!(live.plan().unserved()[0].reason(), Reason::PickupAlone);
    live.apply([Edit::Cancel(OrderId::new(1))]).unwrap();
    assert_eq!(live.plan().check(live.problem()), []);
    assert_eq!(live.plan().unserved().len(), 2);
    live.apply([Edit::Add(Order::drop_off("late", at(15.0)))])
        .unwrap();
    live.solve(Budget::iterations(200));
    assert_eq!(live.plan().unserved().len(), 1);
    assert_eq!(live.plan().check(live.problem()), []);
}
