//! What a solve returns is a valid plan that is no worse than its start.

use super::*;
use milkrun::solve::{Budget, Outcome, Solver};
use random::worth;

/// What holds for every outcome.
fn is_sound(problem: &Problem, outcome: &Outcome) {
    let plan = &outcome.plan;
    assert_eq!(outcome.violations, []);
    assert_eq!(plan.check(problem), []);
    let mut seen = vec![0; problem.order_count()];
    let stops = plan.routes().iter().flat_map(milkrun::plan::Route::stops);
    stops.for_each(|stop| seen[stop.order.index()] += 1);
    let handed = plan.hand_overs().iter().flat_map(|c| &c.orders);
    handed.for_each(|handed| seen[handed.order.index()] += 1);
    for group in problem.orders() {
        let mut group = problem.alternatives(group).chain([group]);
        assert!(group.by_ref().map(|o| seen[o.index()]).sum::<i32>() <= 1);
    }
    for one in plan.replaced() {
        assert_eq!(seen[one.by.index()], 1, "who replaces is served");
        seen[one.order.index()] += 1;
    }
    for left in plan.unserved() {
        let group = left.alternatives().iter().copied().chain([left.order()]);
        group.for_each(|order| seen[order.index()] += 1);
    }
    assert!(
        seen.iter().all(|count| *count == 1),
        "each order once: {seen:?}"
    );
    for unserved in plan.unserved() {
        assert!(!unserved.reason().code().is_empty());
    }
    assert_eq!(&Plan::new(problem, plan.drafts()), plan);
}

fn solve(problem: &Problem, seed: u64, iterations: u64) -> Outcome {
    Solver::new(problem)
        .seed(seed)
        .solve(Budget::iterations(iterations))
}

/// Short solves, from nothing and from earlier plans.
fn solves_are_sound(recipe: Recipe) {
    let (_, _, problem) = recipe.problem();
    let start = solve(&problem, 1, 0);
    let found = solve(&problem, 1, 200);
    is_sound(&problem, &start);
    is_sound(&problem, &found);
    assert!(
        worth(&found.plan) <= worth(&start.plan),
        "{:?} after {:?}",
        found.plan,
        start.plan
    );
    let stated: Option<Cost> = found.statistics.start_cost;
    assert_eq!(
        stated,
        start
            .plan
            .is_complete()
            .then_some(start.plan.cost().total())
    );
    // Its own output is a start that is taken over whole, and bettered or kept.
    let from = |drafts: Vec<RouteDraft>, iterations| {
        let solver = Solver::new(&problem).seed(2).start_from(drafts);
        solver.solve(Budget::iterations(iterations))
    };
    let kept = from(found.plan.drafts(), 0);
    is_sound(&problem, &kept);
    assert!(
        worth(&kept.plan) <= worth(&found.plan),
        "{:?} kept of {:?}",
        kept.plan,
        found.plan
    );
    let again = from(found.plan.drafts(), 100);
    is_sound(&problem, &again);
    assert!(worth(&again.plan) <= worth(&found.plan));
    // So is any list of routes: what keeps no limit is taken apart.
    let drafts = random_routes(&problem, &mut Dice::new(recipe.seed, 4, 0));
    is_sound(&problem, &from(drafts, 20));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn solves_of_random_days_are_sound(recipe in recipes(24, ALL & !METRES)) {
        solves_are_sound(recipe);
    }

    #[test]
    fn solves_of_days_with_backhauls_are_sound(recipe in backhauls(24)) {
        solves_are_sound(recipe);
    }

    #[test]
    fn solves_of_days_with_unequal_vehicles_are_sound(recipe in unequal(24)) {
        solves_are_sound(recipe);
    }

    #[test]
    fn solves_of_days_with_promises_are_sound(recipe in recipes(16, ALL & !HOLES), worked in any::<u64>()) {
        solves_are_sound(promised(recipe, worked));
    }

    #[test]
    fn solves_of_days_without_holes_are_sound(recipe in recipes(12, ALL & !HOLES)) {
        solves_are_sound(recipe);
    }
}

/// Missing legs are kept out by the price of a very long distance, which is nothing where distance is free, and more
/// than fits where it is dear in steps.
#[test]
fn missing_legs_are_kept_out_at_any_price() {
    use random::{DEPOTS, FEW, HOURS, OPTIONAL, PAID_TIME};
    solves_are_sound(Recipe {
        seed: 6_307_993,
        orders: 5,
        features: OPTIONAL | DEPOTS | FEW | PAID_TIME | HOURS | HOLES | METRES,
    });
}

/// A plan that leaves out pickups is not made dearer by sending them a vehicle whose cost nobody shares.
#[test]
fn pickups_left_out_stay_so_where_they_do_not_pay() {
    use random::{BACKHAULS, FIXED, OPTIONAL};
    solves_are_sound(Recipe {
        seed: 3_328_329_774,
        orders: 2,
        features: OPTIONAL | FIXED | BACKHAULS,
    });
}

/// Savings turn a chain round to test whether it joins another. Where it does not it stays as it was: vehicles that end
/// anywhere may have too far to go to what would be its first stop.
#[test]
fn chains_that_are_not_joined_are_not_turned_round() {
    use random::{BACKHAULS, LONGEST, OPEN_ENDS};
    solves_are_sound(Recipe {
        seed: 3_721_043_657,
        orders: 20,
        features: OPEN_ENDS | LONGEST | HOLES | BACKHAULS,
    });
}

/// Loading at a nearer depot before the first order would keep a shift that leaving the own depot with the goods does not;
/// plans have no trips without orders, so the search may not count on one.
#[test]
fn no_trip_is_without_orders() {
    use random::{
        DEPOTS, EPOCH, FEW, FIXED, LONGEST, METRES, PAID_TIME, PROFILES, RELEASES, RELOADS, SHIFTS,
        SLOW, TYPES,
    };
    solves_are_sound(Recipe {
        seed: 1_589_422_388,
        orders: 9,
        features: RELEASES
            | DEPOTS
            | TYPES
            | PROFILES
            | FEW
            | FIXED
            | PAID_TIME
            | LONGEST
            | SHIFTS
            | SLOW
            | EPOCH
            | METRES
            | RELOADS,
    });
}

/// A pair that stays absent costs less than its two prices where one carrier would come for both: what its own place costs is
/// to be counted without them.
#[test]
fn pairs_are_relocated_at_what_their_own_places_cost() {
    use random::{BACKHAULS, CARRIERS, DEPOTS, EXCHANGES, PAIRS, PROMISES, TYPES, WAGES};
    solves_are_sound(Recipe {
        seed: 1_994_827_242,
        orders: 13,
        features: DEPOTS
            | TYPES
            | HOLES
            | PAIRS
            | BACKHAULS
            | WAGES
            | CARRIERS
            | EXCHANGES
            | PROMISES,
    });
}

/// A route that begins with a reload, as one may while stops are taken out, is offered to vehicles of another type.
#[test]
fn routes_that_begin_with_a_reload_may_change_vehicles() {
    use random::{ASYMMETRIC, DEPOTS, DIMENSIONS, EPOCH, LOADS, LONGEST, PROFILES, RELOADS, TYPES};
    solves_are_sound(Recipe {
        seed: 605_613_591,
        orders: 8,
        features: LOADS
            | DIMENSIONS
            | DEPOTS
            | TYPES
            | PROFILES
            | LONGEST
            | ASYMMETRIC
            | EPOCH
            | RELOADS,
    });
}
