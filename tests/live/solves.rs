//! Warm solves: on any number of threads, against the clock, and all day long.

use crate::days::{city, open_air_day};
use crate::ledger::{Ledger, agrees, apply, grant};
use crate::wishes::{Wish, edits, wishes};
use milkrun::plan::Plan;
use milkrun::search::Dice;
use milkrun::solve::{Budget, Cancel, LiveSolver, SolveOptions, Status};
use std::sync::Arc;
use std::time::Instant;

#[test]
fn the_same_edits_and_seed_give_the_same_plans_for_any_number_of_threads() {
    let story = |threads: usize| -> Vec<Plan> {
        let mut options = SolveOptions::default();
        (options.threads, options.seed) = (threads, 3);
        (options.cells_from, options.cell_orders) = (100, 60);
        let (day, mut ledger, live) = city(false, 150);
        let mut live = live.options(options);
        let mut dice = Dice::new(11, 0, 0);
        let mut plans = vec![live.solve(Budget::iterations(600)).plan];
        for _ in 0..8 {
            let some = wishes(&mut dice, &ledger, &day);
            let _ = apply(&mut live, &mut ledger, &some);
            plans.push(live.plan());
            plans.push(live.solve(Budget::iterations(200)).plan);
        }
        plans
    };
    let alone = story(1);
    assert_eq!(alone, story(1));
    assert_eq!(alone, story(4));
}

#[test]
fn deadlines_and_cancelling_hold_for_warm_solves_too() {
    let (day, mut ledger, mut live) = city(false, 300);
    live.solve(Budget::seconds(0.2));
    let mut dice = Dice::new(2, 0, 0);
    for _ in 0..5 {
        let some = wishes(&mut dice, &ledger, &day);
        let _ = apply(&mut live, &mut ledger, &some);
        let begun = Instant::now();
        let outcome = live.solve(Budget::seconds(0.1));
        assert_eq!(outcome.status, Status::TimeSpent);
        assert!(begun.elapsed().as_secs_f64() < 0.3, "{:?}", begun.elapsed());
    }
    let flag = Cancel::new();
    flag.raise();
    let before = live.plan();
    let outcome = live.solve(Budget::seconds(5.0).and_cancel(&flag));
    assert_eq!((outcome.status, outcome.plan), (Status::Cancelled, before));
}

/// Resident memory in bytes, where the system says.
fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// Random edits and warm solves for some time: every plan is sound, nothing is lost, memory does not grow. How many
/// minutes is in `MILKRUN_SOAK_MINUTES`; a tenth of one with `MILKRUN_LONG` alone, else two seconds.
#[test]
fn memory_does_not_grow_over_a_long_day() {
    let minutes = std::env::var("MILKRUN_SOAK_MINUTES").ok();
    let minutes = minutes.and_then(|text| text.parse().ok());
    let long = std::env::var_os("MILKRUN_LONG").is_some();
    let seconds = minutes.map_or(if long { 6.0 } else { 2.0 }, |minutes: f64| minutes * 60.0);
    let day = open_air_day(true, 8, 400);
    let mut ledger = Ledger::new(&day.model, Arc::clone(&day.travels[0]));
    let mut live = LiveSolver::new(&day.model, Arc::clone(&day.travels[0])).expect("a sound day");
    let mut dice = Dice::new(5, 5, 5);
    let begun = Instant::now();
    let (mut steps, mut granted, mut warm, mut told) = (0_u64, 0_u64, None, 0.0);
    while begun.elapsed().as_secs_f64() < seconds {
        let mut some = wishes(&mut dice, &ledger, &day);
        // About as many go as come.
        let (alive, target) = (ledger.alive(), 400);
        let comes =
            |wish: &Wish| matches!(wish, Wish::Add(_) | Wish::AddPair(..) | Wish::AddGroup(..));
        some.retain(|wish| !comes(wish) || alive.len() < target + 40);
        some.retain(|wish| !matches!(wish, Wish::Cancel(_)) || alive.len() > target - 40);
        let before = granted;
        match live.apply(edits(&some)) {
            Err(_) => {}
            Ok(applied) => {
                granted += 1;
                let ids = applied.added.iter().map(|id| id.index());
                ledger = grant(&ledger, &some, ids).expect("it names orders");
            }
        }
        assert_eq!(live.plan().check(live.problem()), []);
        if steps.is_multiple_of(8) {
            let outcome = live.solve(Budget::seconds(0.02));
            assert_eq!(outcome.violations, []);
        }
        if steps.is_multiple_of(500) && granted > before {
            agrees(&live, &ledger);
        }
        steps += 1;
        let spent = begun.elapsed().as_secs_f64();
        let Some(now) = resident() else { continue };
        if spent > seconds * 0.2 && warm.is_none() {
            warm = Some(now);
        }
        if spent - told > seconds / 10.0 {
            told = spent;
            println!(
                "{spent:.0} s: {steps} sets of edits, {granted} granted, {} orders, {} KiB resident",
                ledger.alive().len(),
                now / 1024
            );
        }
    }
    if let (Some(warm), Some(now)) = (warm, resident()) {
        let bound = warm + warm / 10 + (8 << 20);
        assert!(
            now <= bound,
            "resident memory grew from {warm} to {now} bytes"
        );
    }
    assert!(steps > 10 && granted > 0);
}
