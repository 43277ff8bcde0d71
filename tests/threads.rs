//! What a service relies on: the same plan for any number of threads, deadlines and cancellation, observers that change
//! nothing, foreign thread pools, and days with next to nothing in them.

use milkrun::measure::{Cost, DepotId, DimensionId, Duration as Span, Load, OrderId, Time, Window};
use milkrun::model::{Depot, Group, Model, Order, Place, VehicleType};
use milkrun::plan::Reason;
use milkrun::problem::Problem;
use milkrun::search::Dice;
use milkrun::solve::{Budget, Cancel, Observer, Outcome, Progress, SolveOptions, Solver, Status};
use milkrun::travel::{Euclidean, Haversine, Travel};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Kinds of days: which features they have.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Plain,
    Timed,
    Rich,
}

const KINDS: [Kind; 3] = [Kind::Plain, Kind::Timed, Kind::Rich];

/// A day of `orders` orders on a square of 1,000 by 1,000.
fn day(kind: Kind, orders: usize, seed: u64) -> Model {
    let mut dice = Dice::new(seed, 0, 0);
    let mut place = || Place::plane(dice.below(1000) as f64, dice.below(1000) as f64);
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let depots: Vec<DepotId> = (0..if kind == Kind::Rich { 3 } else { 1 })
        .map(|d| model.add_depot(Depot::new(format!("depot {d}"), place())))
        .collect();
    let places: Vec<Place> = (0..orders).map(|_| place()).collect();
    let van = VehicleType::new("van", 0, depots[0])
        .unlimited()
        .capacity(parcels, Load(60));
    match kind {
        Kind::Plain => {
            model.add_vehicle_type(van);
        }
        Kind::Timed => {
            let shift = Window::new(Time(0), Time(12_000));
            model.add_vehicle_type(van.shift(shift));
        }
        Kind::Rich => {
            for (d, depot) in depots.iter().enumerate() {
                let bike = VehicleType::new(format!("bike {d}"), (orders / 20) as u32, *depot);
                let bike = bike.capacity(parcels, Load(15)).per_distance(Cost(700_000));
                model.add_vehicle_type(bike.per_duration(Cost(20_000)));
                let truck = VehicleType::new(format!("truck {d}"), (orders / 8 + 1) as u32, *depot);
                model.add_vehicle_type(
                    truck
                        .capacity(parcels, Load(80))
                        .fixed_cost(Cost::units(300)),
                );
            }
        }
    }
    for (o, place) in places.into_iter().enumerate() {
        let pickup = kind == Kind::Rich && dice.chance(0.2);
        let order = if pickup {
            Order::pickup
        } else {
            Order::drop_off
        };
        let mut order =
            order(format!("order {o}"), place).quantity(parcels, Load(1 + dice.below(9) as i64));
        if kind != Kind::Plain && dice.chance(0.6) {
            let from = dice.below(6_000) as i64;
            order = order
                .window(Window::new(Time(from), Time(from + 3_000)))
                .service(Span(60));
        }
        if kind == Kind::Rich && dice.chance(0.2) {
            order = order.price(Cost::units(50 + dice.below(300) as i64));
        }
        model.add_order(order);
    }
    model
}

fn problem(kind: Kind, orders: usize, seed: u64) -> Problem {
    Problem::new(&day(kind, orders, seed), &Euclidean::rounded()).expect("a sound model")
}

fn options(threads: usize, cells: bool) -> SolveOptions {
    let mut options = SolveOptions::default();
    options.seed = 5;
    options.threads = threads;
    if cells {
        (options.cells_from, options.cell_orders) = (100, 120);
    }
    options
}

fn solve(problem: &Problem, options: &SolveOptions, budget: Budget) -> Outcome {
    let outcome = Solver::new(problem).options(*options).solve(budget);
    assert_eq!(outcome.violations, []);
    outcome
}

// ----------------------------------------------------------------------------------------------------- the same plan

/// The plan on one thread, on several, and in a caller's pool is one.
fn is_the_same_everywhere(problem: &Problem, cells: bool, iterations: u64) -> Outcome {
    let budget = || Budget::iterations(iterations);
    let alone = solve(problem, &options(1, cells), budget());
    for threads in [2, 8] {
        let together = solve(problem, &options(threads, cells), budget());
        assert_eq!(alone.plan, together.plan, "{threads} threads");
        assert_eq!(alone.statistics.iterations, together.statistics.iterations);
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(3)
        .build()
        .unwrap();
    let lent = Solver::new(problem).options(options(1, cells)).pool(&pool);
    assert_eq!(alone.plan, lent.solve(budget()).plan, "a pool of 3");
    alone
}

#[test]
fn one_trajectory_is_the_same_for_any_number_of_threads() {
    for kind in KINDS {
        let outcome = is_the_same_everywhere(&problem(kind, 80, 1), false, 2_000);
        assert_eq!(outcome.statistics.epochs, 1);
        assert_eq!(outcome.status, Status::IterationsSpent);
    }
}

#[test]
fn islands_and_their_children_are_the_same_for_any_number_of_threads() {
    // Small enough for a long budget in iterations for each order, and too hard for all islands to end with one cost.
    let outcome = is_the_same_everywhere(&problem(Kind::Timed, 60, 4), false, 301_000);
    assert!(outcome.statistics.epochs > 1, "{:?}", outcome.statistics);
}

#[test]
fn cells_are_the_same_for_any_number_of_threads() {
    for kind in KINDS {
        let outcome = is_the_same_everywhere(&problem(kind, 600, 2), true, 6_000);
        assert!(
            outcome.statistics.epochs > 1,
            "{kind:?}: {:?}",
            outcome.statistics
        );
    }
}

/// Groups of three orders anywhere, each second one at a price, beside single orders.
#[test]
fn groups_are_the_same_for_any_number_of_threads() {
    for kind in [Kind::Plain, Kind::Timed] {
        let mut model = day(kind, 360, 3);
        for first in (0..240).step_by(3) {
            let orders = (first..first + 3).map(OrderId::new);
            let mut group = Group::of(orders);
            group.price = (first % 2 == 0).then_some(Cost::units(90));
            model.add_group(group);
        }
        let problem = Problem::new(&model, &Euclidean::rounded()).expect("a sound model");
        for cells in [true, false] {
            let outcome = is_the_same_everywhere(&problem, cells, 6_000);
            assert_eq!(outcome.statistics.epochs > 1, cells, "{kind:?}");
            let plan = &outcome.plan;
            assert_eq!(plan.order_count(), 200);
            assert!(
                plan.is_complete() && plan.replaced().len() > 100,
                "{kind:?}"
            );
        }
    }
}

#[test]
fn thousands_of_orders_are_the_same_for_any_number_of_threads() {
    let outcome = is_the_same_everywhere(&problem(Kind::Plain, 6_000, 3), false, 20_000);
    assert!(outcome.statistics.epochs > 0 && outcome.plan.is_complete());
}

#[test]
fn a_day_on_the_globe_is_cut_into_the_same_cells() {
    let mut dice = Dice::new(4, 0, 0);
    let mut model = Model::new();
    let hub = model.add_depot(Depot::new("hub", Place::geo(52.5, 13.4)));
    let kg = model.add_dimension("kg");
    model.add_vehicle_type(VehicleType::new("van", 40, hub).capacity(kg, Load(20)));
    for o in 0..400 {
        let place = Place::geo(52.3 + 0.4 * dice.unit(), 13.1 + 0.6 * dice.unit());
        model.add_order(Order::drop_off(format!("order {o}"), place).quantity(kg, Load(1)));
    }
    let problem = Problem::new(&model, &Haversine::at_kmh(30.0)).unwrap();
    is_the_same_everywhere(&problem, true, 4_000);
}

#[test]
fn seeds_differ() {
    for cells in [false, true] {
        let problem = problem(Kind::Timed, 200, 5);
        let plan = |seed| {
            let mut options = options(1, cells);
            options.seed = seed;
            solve(&problem, &options, Budget::iterations(500)).plan
        };
        assert_eq!(plan(1), plan(1));
        assert_ne!(plan(1).drafts(), plan(2).drafts(), "cells: {cells}");
    }
}

#[test]
fn more_iterations_are_never_worse_than_the_start() {
    for (kind, cells) in KINDS.into_iter().flat_map(|k| [(k, false), (k, true)]) {
        let problem = problem(kind, 200, 6);
        let worth = |iterations| {
            let plan = solve(&problem, &options(1, cells), Budget::iterations(iterations)).plan;
            let mandatory = plan.unserved().iter().filter(|u| u.is_mandatory()).count();
            (mandatory, plan.cost().total())
        };
        let start = worth(0);
        for iterations in [1, 63, 64, 65, 1_000] {
            assert!(worth(iterations) <= start, "{kind:?} {iterations}");
        }
    }
}

// ------------------------------------------------------------------------------------------------------- time and stop

/// Far beyond every sensible delay: machines that run tests are busy.
const SLACK: Duration = Duration::from_secs(2);

#[test]
fn any_deadline_gives_a_plan() {
    for orders in [10, 100, 1000] {
        let problem = problem(Kind::Rich, orders, 7);
        for (milliseconds, cells) in [0, 1, 20, 100]
            .into_iter()
            .flat_map(|m| [(m, false), (m, true)])
        {
            let time = Duration::from_millis(milliseconds);
            let started = Instant::now();
            let outcome = solve(&problem, &options(2, cells), Budget::time(time));
            assert!(
                started.elapsed() < time + SLACK,
                "{orders} orders, {milliseconds} ms"
            );
            assert_eq!(outcome.status, Status::TimeSpent);
            assert_eq!(outcome.plan.order_count(), orders);
        }
    }
}

#[test]
fn time_may_count_from_earlier() {
    let problem = problem(Kind::Plain, 100, 8);
    let earlier = Instant::now()
        .checked_sub(Duration::from_secs(5))
        .expect("the clock is past 5 s");
    let outcome = solve(
        &problem,
        &options(1, false),
        Budget::seconds(4.0).since(earlier),
    );
    assert_eq!(
        (outcome.status, outcome.statistics.iterations),
        (Status::TimeSpent, 0)
    );
    for odd in [f64::NAN, -1.0, 0.0] {
        let outcome = solve(&problem, &options(1, false), Budget::seconds(odd));
        assert_eq!(outcome.status, Status::TimeSpent);
    }
}

#[test]
fn a_raised_flag_stops_a_solve() {
    for (orders, cells) in [(60, false), (1_000, false), (1_000, true)] {
        let problem = problem(Kind::Timed, orders, 9);
        let cancel = Cancel::new();
        let stopped = std::thread::scope(|scope| {
            let worker = scope.spawn(|| {
                let budget = Budget::seconds(60.0).and_cancel(&cancel);
                (solve(&problem, &options(2, cells), budget), Instant::now())
            });
            std::thread::sleep(Duration::from_millis(150));
            let raised = Instant::now();
            cancel.raise();
            let (outcome, ended) = worker.join().expect("no panic");
            assert_eq!(outcome.status, Status::Cancelled);
            ended.saturating_duration_since(raised)
        });
        assert!(stopped < SLACK, "{stopped:?}");
        // A flag that is up before the start leaves the starting plan.
        let at_once = solve(
            &problem,
            &options(1, cells),
            Budget::seconds(60.0).and_cancel(&cancel),
        );
        assert_eq!(at_once.status, Status::Cancelled);
    }
}

#[test]
fn a_target_stops_a_solve() {
    let problem = problem(Kind::Plain, 100, 10);
    let good = solve(&problem, &options(1, false), Budget::iterations(2_000))
        .plan
        .cost()
        .total();
    let outcome = solve(
        &problem,
        &options(1, false),
        Budget::iterations(1_000_000).and_target(good),
    );
    assert_eq!(outcome.status, Status::TargetReached);
    assert!(outcome.plan.cost().total() <= good);
}

// ------------------------------------------------------------------------------------------------- observers and pools

/// Counts its calls, and is slow.
#[derive(Default)]
struct Watcher {
    calls: AtomicUsize,
}

impl Observer for Watcher {
    fn improved(&self, progress: &Progress) {
        assert!((0.0..=1.0).contains(&progress.share));
        self.calls.fetch_add(1, Ordering::Relaxed);
    }

    fn progress(&self, progress: &Progress) {
        assert!(progress.cost >= Cost::ZERO);
        self.calls.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(3));
    }
}

#[test]
fn an_observer_changes_nothing() {
    for cells in [false, true] {
        let problem = problem(Kind::Rich, 400, 11);
        let budget = || Budget::iterations(12_000);
        let unseen = solve(&problem, &options(2, cells), budget());
        let watcher = Watcher::default();
        let solver = Solver::new(&problem)
            .options(options(2, cells))
            .observer(&watcher);
        assert_eq!(solver.solve(budget()).plan, unseen.plan, "cells: {cells}");
        assert!(watcher.calls.load(Ordering::Relaxed) > 0, "cells: {cells}");
    }
}

#[test]
fn a_foreign_pool_of_one_thread_does_not_lock_up() {
    let problem = problem(Kind::Plain, 500, 12);
    let expected = solve(&problem, &options(1, true), Budget::iterations(2_000)).plan;
    let foreign = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    // From inside the pool: with own threads, and with the very pool that is waiting.
    let own = foreign.install(|| solve(&problem, &options(2, true), Budget::iterations(2_000)));
    assert_eq!(own.plan, expected);
    let lent = foreign.install(|| {
        let solver = Solver::new(&problem)
            .options(options(1, true))
            .pool(&foreign);
        solver.solve(Budget::iterations(2_000))
    });
    assert_eq!(lent.plan, expected);
}

#[test]
fn many_solves_at_once_are_each_the_same() {
    let problem = problem(Kind::Timed, 150, 13);
    let expected = solve(&problem, &options(1, true), Budget::iterations(1_000)).plan;
    std::thread::scope(|scope| {
        let solve = || solve(&problem, &options(2, true), Budget::iterations(1_000)).plan;
        let workers: Vec<_> = (0..16).map(|_| scope.spawn(solve)).collect();
        for worker in workers {
            assert_eq!(worker.join().expect("no panic"), expected);
        }
    });
}

// ----------------------------------------------------------------------------------------------------- next to nothing

/// A model with one depot, one dimension, and these vehicle types and orders.
fn small(vehicles: &[VehicleType], orders: Vec<Order>) -> Problem {
    small_by(&Euclidean::rounded(), vehicles, orders)
}

fn small_by(travel: &dyn Travel, vehicles: &[VehicleType], orders: Vec<Order>) -> Problem {
    let mut model = Model::new();
    model.add_dimension("kg");
    model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    for vehicle in vehicles {
        model.add_vehicle_type(vehicle.clone());
    }
    for order in orders {
        model.add_order(order);
    }
    Problem::new(&model, travel).expect("a sound model")
}

fn van(count: u32) -> VehicleType {
    VehicleType::new("van", count, DepotId::new(0)).capacity(DimensionId::new(0), Load(10))
}

fn at(name: &str, x: f64, kg: i64) -> Order {
    Order::drop_off(name, Place::plane(x, 0.0)).quantity(DimensionId::new(0), Load(kg))
}

/// Solved in each way that a budget may be stated.
fn solved(problem: &Problem) -> Outcome {
    let outcome = solve(problem, &options(1, false), Budget::iterations(300));
    for budget in [
        Budget::iterations(0),
        Budget::seconds(0.02),
        Budget::open().and_iterations(70),
    ] {
        for cells in [false, true] {
            solve(problem, &options(2, cells), budget.clone());
        }
    }
    outcome
}

#[test]
fn no_orders_are_nothing_to_do() {
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(VehicleType::new("van", 1, depot));
    // Whether a day without orders is a fault is the door's decision; where it is none, it is solved at once.
    if let Ok(problem) = Problem::new(&model, &Euclidean::rounded()) {
        let outcome = solve(&problem, &options(1, false), Budget::seconds(60.0));
        assert_eq!(outcome.status, Status::NothingToDo);
        assert!(outcome.plan.routes().is_empty() && outcome.plan.is_complete());
    }
}

#[test]
fn one_and_two_orders() {
    let one = solved(&small(&[van(1)], vec![at("a", 3.0, 1)]));
    assert_eq!(one.plan.cost().total(), Cost::units(6));
    let two = solved(&small(&[van(1)], vec![at("a", 3.0, 1), at("b", 5.0, 1)]));
    assert_eq!(two.plan.cost().total(), Cost::units(10));
}

#[test]
fn all_at_one_place_even_the_depot() {
    for x in [0.0, 7.0] {
        let orders = (0..40).map(|o| at(&format!("order {o}"), x, 1)).collect();
        let outcome = solved(&small(&[van(9)], orders));
        assert!(outcome.plan.is_complete());
        assert_eq!(outcome.plan.cost().total(), Cost::units(4 * 2 * x as i64));
    }
}

#[test]
fn one_vehicle_for_all() {
    let orders = (0..30)
        .map(|o| at(&format!("order {o}"), f64::from(o * 7 % 30), 0))
        .collect();
    let outcome = solved(&small(&[van(1)], orders));
    assert_eq!(outcome.plan.routes().len(), 1);
    assert_eq!(outcome.plan.cost().total(), Cost::units(58));
}

#[test]
fn a_type_without_vehicles_is_not_used() {
    let mut none = van(0).fixed_cost(Cost::ZERO).per_distance(Cost(1));
    none.name = "none".to_owned();
    let outcome = solved(&small(
        &[none, van(1)],
        vec![at("a", 3.0, 1), at("b", 4.0, 2)],
    ));
    assert!(outcome.plan.is_complete());
    assert_eq!(outcome.plan.routes()[0].vehicle_type_name(), "van");
}

#[test]
fn what_fits_nowhere_is_left_out_with_a_reason() {
    let late = Window::new(Time(0), Time(5));
    let orders = vec![
        at("fits", 3.0, 4),
        at("too large", 3.0, 11),
        at("too far to be in time", 90.0, 1).window(late),
    ];
    let outcome = solved(&small(
        &[van(5).shift(Window::new(Time(0), Time(200)))],
        orders,
    ));
    let reasons: Vec<(&str, Reason)> = outcome
        .plan
        .unserved()
        .iter()
        .map(|u| (u.name(), u.reason()))
        .collect();
    assert!(
        matches!(
            reasons[..],
            [
                ("too large", Reason::TooLarge { .. }),
                ("too far to be in time", Reason::WindowUnreachable { .. })
            ]
        ),
        "{reasons:?}"
    );
    assert_eq!(outcome.plan.cost().total(), Cost::units(6));
}

#[test]
fn one_vehicle_too_few() {
    let orders = (0..5)
        .map(|o| at(&format!("order {o}"), 1.0 + f64::from(o), 4))
        .collect();
    let outcome = solved(&small(&[van(2)], orders));
    let [left] = outcome.plan.unserved() else {
        panic!("{:?}", outcome.plan.unserved());
    };
    assert!(matches!(
        left.reason(),
        Reason::NoCapacityLeft { .. } | Reason::NoVehicleLeft
    ));
}

/// With no time at all, every order is on a route that keeps its limits, for all kinds of days.
#[test]
fn a_budget_of_nothing_still_makes_a_whole_plan() {
    for kind in KINDS {
        for orders in [300, 20_000] {
            let problem = problem(kind, orders, 3);
            for threads in [1, 3] {
                let start = Instant::now();
                let solver = Solver::new(&problem).threads(threads);
                let outcome = solver.solve(Budget::seconds(0.0));
                let took = start.elapsed();
                assert_eq!(outcome.status, Status::TimeSpent);
                assert!(outcome.violations.is_empty(), "{kind:?}, {orders} orders");
                let lost = outcome.plan.unserved().iter().filter(|u| u.is_mandatory());
                assert_eq!(lost.count(), 0, "{kind:?}, {orders} orders");
                // The whole of a search's preparation takes several times as long, without optimisation much more.
                assert!(took < Duration::from_secs(5), "{took:?}");
            }
        }
    }
}

/// Two threads and little time share a day of some hundred orders out as cells, in which limits bend on the way.
#[test]
fn cells_of_a_small_day_keep_all_limits_and_better_the_start() {
    for kind in KINDS {
        let model = day(kind, 600, 8);
        let problem = Problem::new(&model, &Euclidean::rounded()).expect("a sound day");
        let mut options = SolveOptions::default();
        options.seed = 3;
        let solver = Solver::new(&problem).options(options).threads(2);
        let outcome = solver.solve(Budget::seconds(1.0));
        assert!(
            outcome.violations.is_empty(),
            "{kind:?}: {:?}",
            outcome.violations
        );
        assert!(outcome.statistics.epochs > 1, "{kind:?}: it was cut");
        let start = outcome.statistics.start_cost;
        let cost = outcome.plan.cost().total();
        assert!(
            start.is_none_or(|start| cost < start),
            "{kind:?}: {start:?} -> {cost}"
        );
        let routed: usize = outcome.plan.routes().iter().map(|r| r.stops().len()).sum();
        assert_eq!(routed + outcome.plan.unserved().len(), 600, "{kind:?}");
    }
}
