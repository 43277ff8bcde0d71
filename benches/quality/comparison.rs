//! milkrun and its opponents on the same instances, seed by seed.

use crate::entrant::Entrant;
use crate::process::Scratch;
use crate::report;
use crate::run::{Fault, Run};
use crate::task::Task;
use crate::wish::Wish;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One instance and seed: the run of each entrant.
#[derive(Debug, Clone)]
pub(crate) struct Round {
    /// Index of the task.
    pub(crate) task: usize,
    pub(crate) seed: u64,
    /// By entrant.
    pub(crate) runs: Vec<Run>,
}

/// Runs all rounds and prints what they came to; an error where milkrun itself left no plan or a broken one.
pub(crate) fn compare(wish: &Wish) -> Result<(), String> {
    let tasks = Task::wished(wish)?;
    let entrants = Entrant::all(wish);
    let pairs: Vec<(usize, u64)> = (0..tasks.len())
        .flat_map(|task| wish.seeds.iter().map(move |seed| (task, *seed)))
        .collect();
    let scratch = Scratch::new()?;
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..wish.jobs.clamp(1, pairs.len()) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some((task, seed)) = pairs.get(number).copied() else {
                        break;
                    };
                    let runs = in_turn(number, &entrants, |entrant| {
                        entrant.run(&tasks[task], seed, wish, &scratch)
                    });
                    let round = Round { task, seed, runs };
                    done.lock().expect("no worker panics").push(round);
                }
            });
        }
    });
    let rounds = done.into_inner().expect("no worker panics");
    report::print(&tasks, &entrants, &rounds, wish);
    let broken: Vec<String> = rounds
        .iter()
        .filter_map(|round| match &round.runs[0].answer {
            Ok(_) | Err(Fault::Unserved(_)) => None,
            Err(fault) => {
                let name = &tasks[round.task].name;
                Some(format!("{name}, seed {}: {fault}", round.seed))
            }
        })
        .collect();
    if broken.is_empty() {
        Ok(())
    } else {
        Err(broken.join("\n"))
    }
}

/// Runs every entrant once, another one first from round to round, and returns the runs by entrant.
fn in_turn(number: usize, entrants: &[Entrant], run: impl Fn(&Entrant) -> Run) -> Vec<Run> {
    let first = number % entrants.len();
    let mut runs: Vec<Run> = (0..entrants.len())
        .map(|turn| run(&entrants[(first + turn) % entrants.len()]))
        .collect();
    runs.rotate_right(first);
    runs
}
