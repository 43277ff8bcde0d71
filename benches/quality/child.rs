//! A run of milkrun, in a process of its own.

use crate::task::Task;
use crate::wish::{Errand, Wish, number};
use milkrun::format::routes;
use milkrun::measure::Cost;
use milkrun::solve::{Budget, SolveOptions, Solver, Status};
use std::time::{Duration, Instant};

/// What a child tells its parent in one line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) iterations: u64,
    /// From the start of the process until the plan was there.
    pub(crate) seconds: f64,
    /// Whether the cost to stop at was reached.
    pub(crate) reached: bool,
}

impl Told {
    /// Reads the line.
    pub(crate) fn read(line: &str) -> Result<Self, String> {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [iterations, seconds, reached] = cells[..] else {
            return Err(format!("unexpected output {line:?}"));
        };
        Ok(Self {
            iterations: number(iterations)?,
            seconds: number(seconds)?,
            reached: number(reached)?,
        })
    }
}

/// Solves one file, writes the routes, and prints one line of figures.
pub(crate) fn solve(errand: &Errand, wish: &Wish, started: Instant) -> Result<(), String> {
    let (instance, problem) = Task::read(&errand.file)?;
    let mut options = SolveOptions::default();
    options.threads = wish.threads[0];
    options.seed = wish.seeds[0];
    let mut budget = Budget::time(Duration::from_secs_f64(wish.seconds)).since(started);
    if let Some(target) = errand.target {
        budget = budget.and_target(Cost((target * Cost::SCALE as f64).round() as i64));
    }
    let outcome = Solver::new(&problem).options(options).solve(budget);
    let seconds = started.elapsed().as_secs_f64();
    let text = routes::write(&outcome.plan, &instance.numbering);
    std::fs::write(&errand.out, text).map_err(|e| format!("{}: {e}", errand.out.display()))?;
    println!(
        "{} {seconds} {}",
        outcome.statistics.iterations,
        outcome.status == Status::TargetReached
    );
    Ok(())
}
