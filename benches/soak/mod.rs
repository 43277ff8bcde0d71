//! A live day under edits for as long as one likes: whether memory grows, and whether every plan holds.

use crate::days::{Kind, day};
use crate::some_edits;
use milkrun::measure::VehicleTypeId;
use milkrun::problem::Edit;
use milkrun::search::Dice;
use milkrun::solve::{Budget, LiveSolver};
use milkrun::travel::Euclidean;
use std::time::{Duration, Instant};

/// Edits and plans again, in turn on a day without and one with windows, for so many minutes; a line a minute.
///
/// # Panics
///
/// When a plan breaks a rule or loses an order.
pub(crate) fn soak(minutes: f64, warm: f64) {
    let begun = Instant::now();
    let end = Duration::from_secs_f64(minutes * 60.0);
    let mut days = [Kind::Cvrp, Kind::Vrptw].map(|kind| {
        let model = day(kind, 1_000);
        let live = LiveSolver::new(&model, Euclidean::rounded()).expect("a sound day");
        (model, live.seed(1))
    });
    let mut dice = Dice::new(1, 7, 7);
    let (mut sets, mut edits, mut unserved, mut next) = (0_u64, 0_usize, 0_usize, 0.0);
    println!("minute, sets of edits, edits, orders, unserved so far, resident MiB");
    while begun.elapsed() < end {
        for (model, live) in &mut days {
            // As many come as go.
            let share = 3.0 * (1 + dice.below(7)) as f64 / model.orders().len() as f64;
            let mut set = some_edits(model, live.problem(), share, &mut dice);
            for edit in &mut set {
                if let Edit::Add(order) = edit {
                    order.name = format!("{} of set {sets}", order.name);
                }
            }
            if dice.chance(0.05) {
                // A van breaks down, or all are back.
                let left = dice.chance(0.5).then(|| 20 + dice.below(80) as u32);
                set.push(Edit::Vehicles(VehicleTypeId::new(0), left));
            }
            edits += set.len();
            live.apply(set).expect("sound edits");
            let outcome = live.solve(Budget::seconds(warm));
            assert!(outcome.violations.is_empty(), "{:?}", outcome.violations);
            let known = live.problem().orders().count();
            let routed: usize = outcome.plan.routes().iter().map(|r| r.stops().len()).sum();
            assert_eq!(
                routed + outcome.plan.unserved().len(),
                known,
                "nothing is lost"
            );
            unserved += outcome.plan.unserved().len();
            sets += 1;
        }
        let minute = begun.elapsed().as_secs_f64() / 60.0;
        if minute >= next {
            let orders = days
                .each_ref()
                .map(|(_, live)| live.problem().orders().count());
            let memory = resident().map_or_else(|| "?".to_owned(), |mib| format!("{mib:.1}"));
            println!("{minute:.1}, {sets}, {edits}, {orders:?}, {unserved}, {memory}");
            next = minute.floor() + 1.0;
        }
    }
    println!("every plan of {sets} kept all limits and lost no order");
}

/// Memory of this process, where the system tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
