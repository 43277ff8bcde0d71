//! A day that changes while it is planned: edits, repairs and warm solves against problems made from scratch.

#[path = "../random/mod.rs"]
mod random;

mod days;
mod edits;
mod ledger;
mod solves;
mod wishes;

use days::{Day, open_air_day, recipe_day};
use ledger::{Ledger, agrees, apply};
use milkrun::search::Dice;
use milkrun::solve::{Budget, LiveSolver};
use proptest::prelude::*;
use random::{Recipe, cases, recipes};
use std::sync::Arc;
use wishes::wishes;

/// Edits a day at random, with a short solve now and then.
fn live_through(day: &Day, seed: u64, steps: usize) {
    let mut dice = Dice::new(seed, 0, 7);
    let mut ledger = Ledger::new(&day.model, Arc::clone(&day.travels[0]));
    let mut live = LiveSolver::new(&day.model, Arc::clone(&day.travels[0])).expect("a sound day");
    for step in 0..steps {
        let wishes = wishes(&mut dice, &ledger, day);
        let _ = apply(&mut live, &mut ledger, &wishes);
        if step % 4 == 1 {
            let before = random::worth(&live.plan());
            let outcome = live.solve(Budget::iterations(40));
            assert_eq!(outcome.violations, []);
            assert_eq!(outcome.plan, live.plan());
            assert!(random::worth(&outcome.plan) <= before || step == 1);
            agrees(&live, &ledger);
        }
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn any_edits_of_a_day_with_tables_lead_to_what_a_fresh_problem_is(
        recipe in recipes(12, random::ALL),
        seed: u32,
    ) {
        live_through(&recipe_day(recipe), u64::from(seed), 24);
    }

    #[test]
    fn any_edits_of_a_day_with_reloads_lead_to_what_a_fresh_problem_is(
        recipe in recipes(12, random::ALL),
        seed: u32,
    ) {
        let features = recipe.features | random::RELOADS | random::LOADS;
        live_through(&recipe_day(Recipe { features, ..recipe }), u64::from(seed), 24);
    }

    #[test]
    fn any_edits_of_a_day_with_coordinates_lead_to_what_a_fresh_problem_is(
        globe: bool,
        seed: u32,
        orders in 0..40_usize,
    ) {
        live_through(&open_air_day(globe, u64::from(seed), orders), u64::from(seed), 24);
    }
}
