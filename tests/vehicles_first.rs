//! Fewest vehicles first: what the option promises, on random days and on a classic instance.

mod random;

use milkrun::format::{self, Instance};
use milkrun::measure::{Cost, Load};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::plan::Plan;
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Outcome, Solver};
use milkrun::travel::Euclidean;
use proptest::prelude::*;
use random::{ALL, CARRIERS, OPTIONAL, Recipe, cases, recipes, worth};

const ITERATIONS: u64 = 3_000;

fn solve(problem: &Problem, vehicles_first: bool) -> Outcome {
    solve_for(problem, vehicles_first, ITERATIONS)
}

fn solve_for(problem: &Problem, vehicles_first: bool, iterations: u64) -> Outcome {
    let solver = Solver::new(problem).vehicles_first(vehicles_first);
    let outcome = solver.solve(Budget::iterations(iterations));
    assert!(outcome.violations.is_empty(), "{:?}", outcome.violations);
    outcome
}

/// Mandatory orders left out, vehicles, cost: less is better, in this order.
fn standing(plan: &Plan) -> (usize, usize, Cost) {
    let (mandatory, cost) = worth(plan);
    (mandatory, plan.routes().len(), cost)
}

fn classic() -> Problem {
    let text = include_bytes!("../data/instances/R1-n100.txt");
    let instance: Instance = format::read(text).expect("a valid instance");
    instance.problem().expect("a valid problem")
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn sums_stay_in_range(recipe in recipes(12, ALL)) {
        let (_, _, problem) = recipe.problem();
        let outcome = solve(&problem, true);
        let price = outcome.statistics.vehicle_price.expect("the option is on");
        prop_assert!(price >= Cost::ZERO);
        prop_assert!(outcome.plan.cost().total() < Cost(1 << 59));
    }

    #[test]
    fn a_vehicle_counts_for_more_than_sparing_it_costs(recipe in recipes(8, ALL & !OPTIONAL & !CARRIERS)) {
        let (_, _, problem) = recipe.problem();
        let (usual, spared) = (solve(&problem, false).plan, solve(&problem, true));
        let price = spared.statistics.vehicle_price.expect("the option is on");
        let (usual, spared) = (standing(&usual), standing(&spared.plan));
        if usual.0 == spared.0 && spared.1 < usual.1 {
            prop_assert!(price > spared.2 - usual.2, "{price:?} {spared:?} {usual:?}");
        }
    }
}

/// Days on which orders must stay behind are searched in another way with the option than without, so that now and then
/// one of the two finds less; always the same ones, as the days are.
#[test]
fn vehicles_are_hardly_ever_more() {
    let (mut fewer, mut more) = (0, 0);
    for seed in 0..100 {
        let recipe = Recipe {
            seed,
            orders: 8,
            features: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) & ALL & !OPTIONAL & !CARRIERS,
        };
        let (_, _, problem) = recipe.problem();
        let plan = |first| solve_for(&problem, first, 20_000).plan;
        let (usual, spared) = (standing(&plan(false)), standing(&plan(true)));
        fewer += u32::from((spared.0, spared.1) < (usual.0, usual.1));
        more += u32::from((spared.0, spared.1) > (usual.0, usual.1));
    }
    println!("{fewer} days with fewer vehicles, {more} with more");
    assert!(fewer >= 8, "{fewer}");
    assert!(more <= 2, "{more}");
}

#[test]
fn a_classic_instance_takes_fewer_vehicles() {
    let problem = classic();
    let (usual, spared) = (solve(&problem, false), solve(&problem, true));
    assert!(spared.plan.is_complete());
    assert!(spared.plan.routes().len() <= usual.plan.routes().len());
    assert_eq!(usual.statistics.vehicle_price, None);
    // One vehicle is dearer than everything that the whole plan costs.
    assert!(spared.statistics.vehicle_price > Some(spared.plan.cost().total()));
}

#[test]
fn threads_change_nothing() {
    let problem = classic();
    let plan = |threads| {
        let solver = Solver::new(&problem).vehicles_first(true).threads(threads);
        solver.solve(Budget::iterations(4_000)).plan.drafts()
    };
    assert_eq!(plan(1), plan(2));
    // With trips, days in large units with so much on them could cost more than is allowed.
    let without = [(0..4, random::RELOADS), (4..6, random::METRES)];
    let days = without.into_iter().flat_map(|(seeds, left_out)| {
        seeds.map(move |seed| Recipe {
            seed,
            orders: 20,
            features: ALL & !(random::FEW | random::HOLES | left_out),
        })
    });
    let few: Vec<Problem> = days.map(|recipe| recipe.problem().2).collect();
    for problem in &few {
        // Enough iterations an order for several islands.
        let plan = |threads| {
            let solver = Solver::new(problem).vehicles_first(true).threads(threads);
            solver.solve(Budget::iterations(81_000)).plan.drafts()
        };
        assert_eq!(plan(1), plan(2));
    }
}

#[test]
fn threads_change_nothing_in_cells() {
    let problem = classic();
    let plan = |threads| {
        let mut options = milkrun::solve::SolveOptions::default();
        (options.cells_from, options.cell_orders) = (50, 30);
        (options.vehicles_first, options.threads) = (true, threads);
        let outcome = Solver::new(&problem)
            .options(options)
            .solve(Budget::iterations(5_000));
        assert!(outcome.violations.is_empty());
        (outcome.plan.drafts(), outcome.statistics.start_cost)
    };
    let one = plan(1);
    assert_eq!(one, plan(2));
    assert!(
        one.1 < Some(Cost(1 << 40)),
        "the start costs the user's money: {one:?}"
    );
}

/// Two orders on either side of the yard: two vans drive less than one.
fn two_sides(room: i64, price: Option<Cost>) -> Problem {
    let mut model = Model::new();
    let crates = model.add_dimension("crates");
    let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(
        VehicleType::new("van", 2, yard)
            .capacity(crates, Load(room))
            .open_end(),
    );
    for (name, x) in [("east", 10.0), ("west", -10.0)] {
        let order = Order::drop_off(name, Place::plane(x, 0.0)).quantity(crates, Load(1));
        model.add_order(if let (Some(price), "west") = (price, name) {
            order.price(price)
        } else {
            order
        });
    }
    Problem::new(&model, &Euclidean::rounded()).expect("a valid model")
}

#[test]
fn a_vehicle_is_spared_at_any_distance_and_the_cost_is_the_users() {
    let problem = two_sides(2, None);
    let units = |outcome: &Outcome| {
        (
            outcome.plan.routes().len(),
            outcome.plan.cost().total().to_f64(),
        )
    };
    assert_eq!(units(&solve(&problem, false)), (2, 20.0));
    let spared = solve(&problem, true);
    assert_eq!(units(&spared), (1, 30.0));
    // (2 orders + 1) · (longest leg 20 · 2 + 1), a unit each.
    assert_eq!(
        spared.statistics.vehicle_price.map(Cost::to_f64),
        Some(123.0)
    );
    let start = spared.statistics.start_cost.map(Cost::to_f64);
    assert!(matches!(start, Some(20.0 | 30.0)), "{start:?}");
}

#[test]
fn an_optional_order_is_served_up_to_its_price() {
    let served = |room, units: i64| {
        let problem = two_sides(room, Some(Cost(units * 1_000_000)));
        let plan = solve(&problem, true).plan;
        (plan.routes().len(), plan.unserved().len())
    };
    assert_eq!(served(2, 15), (1, 1), "the van would drive 20 for it");
    assert_eq!(served(2, 25), (1, 0));
    // It needs a van of its own, which counts for 123 and drives 10.
    assert_eq!(served(1, 132), (1, 1));
    assert_eq!(served(1, 134), (2, 0));
}
