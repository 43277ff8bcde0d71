//! By how much budgets are overrun.

use crate::entrant::{Errand, told};
use crate::options::Options;
use crate::process::Scratch;
use crate::random::Random;
use crate::run::tolerance;
use crate::wish::Wish;
use crate::{solomon, uchoa};
use std::path::PathBuf;

const ORDERS: [usize; 3] = [100, 1_000, 10_000];
const BUDGETS: [f64; 3] = [0.1, 1.0, 10.0];

/// Prints the worst overrun for each kind, size and budget, over the seeds; an error where one is out of tolerance.
///
/// A plan is in time if it was there within the budget, 20 ms and 1 %, counted from the start of the process. The end of
/// the process, which also writes the routes and frees its memory, is shown beside it.
pub(crate) fn measure(wish: &Wish) -> Result<(), String> {
    let scratch = Scratch::new()?;
    println!(
        "overruns in ms, the worst of {} seed(s), {} thread(s)",
        wish.seeds.len(),
        wish.threads[0]
    );
    println!(
        "{:<6} {:>7} {:>9} {:>9} {:>9} {:>9}",
        "kind", "orders", "budget s", "allowed", "plan", "process"
    );
    let mut late = 0;
    for kind in ["CVRP", "VRPTW"] {
        for orders in ORDERS {
            let file = generated(kind, orders, &scratch)?;
            for seconds in BUDGETS {
                let (mut plan, mut process) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
                for &seed in &wish.seeds {
                    let errand = Errand {
                        file: &file,
                        seconds,
                        threads: wish.threads[0],
                        seed,
                        target: None,
                    };
                    let (life, told) = told(&errand, &scratch)?;
                    plan = plan.max(told.seconds - seconds);
                    process = process.max(life - seconds);
                }
                let is_late = plan > tolerance(seconds);
                late += usize::from(is_late);
                println!(
                    "{kind:<6} {orders:>7} {seconds:>9} {:>9.0} {:>9.1} {:>9.1}{}",
                    tolerance(seconds) * 1e3,
                    plan * 1e3,
                    process * 1e3,
                    if is_late { "  LATE" } else { "" }
                );
            }
        }
    }
    match late {
        0 => Ok(()),
        _ => Err(format!("{late} budgets were overrun")),
    }
}

/// Makes an instance by the recipe of the sample data, with routes of about ten stops or windows on a short horizon.
fn generated(kind: &str, orders: usize, scratch: &Scratch) -> Result<PathBuf, String> {
    let (recipe, name) = match kind {
        "CVRP" => ("uchoa --route 10", format!("{orders}.vrp")),
        _ => ("solomon", format!("{orders}.txt")),
    };
    let words = format!("{recipe} --orders {orders}");
    let options = Options::parse(words.split(' ').map(str::to_owned))?;
    let mut random = Random::new(1);
    let text = match kind {
        "CVRP" => uchoa::generate(&mut random, &options)?,
        _ => solomon::generate(&mut random, &options)?,
    };
    let file = scratch.join(&name);
    std::fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(file)
}
