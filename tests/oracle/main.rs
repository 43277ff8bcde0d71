//! An exact answer for small days, by trying everything: the solver never beats it, serves as many mandatory orders as
//! can be served, and nearly always finds it.

mod cover;
mod items;
#[path = "../random/mod.rs"]
mod random;
mod routes;
mod schedule;

use cover::optimum;
use milkrun::measure::{Cost, Load, OrderId, Time, VehicleTypeId, Window};
use milkrun::model::{Model, Order, VehicleType};
use milkrun::plan::{Plan, RouteDraft};
use milkrun::problem::Problem;
use milkrun::search::Dice;
use milkrun::solve::{Budget, Solver};
use random::{ALL, HOLES, METRES, PAIRS, PROMISES, RELOADS, Recipe, worth};
use routes::{NEVER, routes};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Recipe number `index` of some features: a few each, so that each meets each other one.
fn recipe(index: u64, allowed: u64) -> Recipe {
    let mut dice = Dice::new(index, 7, 7);
    let mut features = random::LOADS;
    for _ in 0..2 + dice.below(8) {
        features |= 1 << dice.below(39);
    }
    if index % 4 == 3 {
        features |= random::BACKHAULS;
    }
    if index % 4 == 1 {
        features |= random::CARRIERS;
    }
    features &= allowed;
    if features & HOLES != 0 {
        features &= !METRES;
    }
    Recipe {
        seed: index,
        orders: 1 + dice.below(most_orders(features)),
        features,
    }
}

/// The most orders of a day of some features: trips have many more sequences, and schedules take long to try.
fn most_orders(features: u64) -> usize {
    match (features & RELOADS != 0, features & PROMISES != 0) {
        (true, true) => 4,
        (false, false) => 7,
        _ => 5,
    }
}

/// How far above the optimum a plan is.
struct Miss {
    recipe: Recipe,
    found: (usize, i128),
    best: (usize, i128),
}

impl std::fmt::Display for Miss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            recipe,
            found,
            best,
        } = self;
        write!(f, "{recipe:?}: {found:?}, optimum {best:?}")
    }
}

/// What a small day is solved for.
const SHORT: u64 = 1_000;

/// Solves a day; the plan is sound and no better than the optimum. A miss where it is worse.
fn meets_the_optimum(
    recipe: Recipe,
    model: &Model,
    problem: &Problem,
    iterations: u64,
) -> Option<Miss> {
    let solver = Solver::new(problem).seed(recipe.seed);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        solver.solve(Budget::iterations(iterations))
    }));
    let outcome = outcome.unwrap_or_else(|_| panic!("{recipe:?}"));
    assert_eq!(outcome.violations, [], "{recipe:?}");
    let best = optimum(model, problem);
    let (mandatory, cost) = worth(&outcome.plan);
    let found = (mandatory, i128::from(cost.get()));
    assert!(
        found >= best,
        "{recipe:?}: {found:?} beats the optimum {best:?}"
    );
    (found > best).then_some(Miss {
        recipe,
        found,
        best,
    })
}

#[test]
fn the_solver_meets_the_oracle() {
    let instances = if std::env::var_os("MILKRUN_LONG").is_some() {
        5_000
    } else {
        250
    };
    let mut misses: Vec<Miss> = Vec::new();
    for index in 0..instances {
        let recipe = recipe(index, ALL);
        let (model, _, problem) = recipe.problem();
        misses.extend(meets_the_optimum(recipe, &model, &problem, SHORT));
    }
    for miss in &misses {
        println!("{miss}");
    }
    let absent = misses.iter().filter(|m| m.found.0 > m.best.0).count();
    println!(
        "{} of {instances} missed, {absent} by an order left out",
        misses.len()
    );
    assert!(
        misses.len() as u64 * 100 <= 2 * instances,
        "{} of {instances} missed",
        misses.len()
    );
}

/// All sequences of some orders.
fn sequences(orders: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let mut from = 0;
    while from < all.len() {
        let sequence = all[from].clone();
        for order in (0..orders).filter(|order| !sequence.contains(order)) {
            let mut longer = sequence.clone();
            longer.push(order);
            all.push(longer);
        }
        from += 1;
    }
    all
}

/// The oracle agrees with the walk and its check: what a route of a set of orders costs at least, and whether there is one.
#[test]
fn the_oracle_agrees_with_the_plan() {
    let instances = if std::env::var_os("MILKRUN_LONG").is_some() {
        2_000
    } else {
        150
    };
    let mut feasible = [0, 0];
    for index in 0..instances {
        // The sequences that are walked here have no reloads.
        let mut recipe = recipe(index, ALL & !RELOADS);
        recipe.features |= if index % 2 == 0 { PAIRS } else { 0 };
        recipe.orders = recipe.orders.min(5);
        let (model, _, problem) = recipe.problem();
        let sets = 1_usize << model.orders().len();
        for (t, vehicle) in model.vehicle_types().iter().enumerate() {
            if vehicle.count == Some(0) {
                continue;
            }
            let id = VehicleTypeId::new(t);
            let mut walked = vec![NEVER; sets];
            for sequence in sequences(model.orders().len()) {
                let set = sequence.iter().fold(0, |set, order| set | 1 << order);
                let stops = sequence.iter().map(|o| OrderId::new(*o)).collect();
                let plan = Plan::new(&problem, vec![RouteDraft::new(id, stops)]);
                if set != 0 && plan.check(&problem).is_empty() {
                    let cost = plan.routes()[0].cost().total().get();
                    walked[set] = walked[set].min(cost.into());
                }
            }
            assert_eq!(routes(&model, &problem, id), walked, "{recipe:?}, type {t}");
            let some = walked.iter().filter(|cost| **cost < NEVER).count();
            feasible[usize::from(problem.shape().paired)] += some;
        }
    }
    assert!(feasible.iter().all(|some| *some > 300), "{feasible:?}");
}

/// The oracle itself, on a day that can be solved by hand.
#[test]
fn the_oracle_by_hand() {
    use milkrun::measure::Table;
    use milkrun::model::{Depot, Place};
    use milkrun::travel::Tables;
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let depot = model.add_depot(Depot::new("depot", Place::row(0)));
    let van = VehicleType::new("van", 1, depot)
        .capacity(kg, Load(2))
        .per_duration(Cost(1));
    model.add_vehicle_type(van);
    for name in ["a", "b", "c"] {
        let place = Place::row(model.orders().len() as u32 + 1);
        model.add_order(Order::drop_off(name, place).quantity(kg, Load(1)));
    }
    model.add_order(
        Order::pickup("d", Place::row(3))
            .quantity(kg, Load(2))
            .price(Cost::units(5))
            .window(Window::new(Time(100), Time(100))),
    );
    // On a line: the depot at 0, a, b and c at 1, 2 and 3, d where c is. One van takes two of the first three.
    let line = |from: i64| (0..4).map(|to: i64| Some((from - to).abs())).collect();
    let table = Table::from_rows((0..4).map(line).collect()).unwrap();
    let problem = Problem::new(&model, &Tables::new(table)).unwrap();
    // Two of them and back is 4 to 6; to leave out d costs 5 more, so it goes out to 3 and back: 6.
    let (distance, duration) = (6, 6);
    assert_eq!(
        optimum(&model, &problem),
        (1, distance * 1_000_000 + duration)
    );
    let outcome = Solver::new(&problem).solve(Budget::iterations(500));
    assert_eq!(worth(&outcome.plan), (1, Cost(6_000_006)));
}
