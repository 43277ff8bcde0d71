//! How far plans are from the best known ones, and from those of other solvers in the same run.
//!
//! ```text
//! MILKRUN_INSTANCES=FOLDER cargo bench --bench quality -- SET [--seconds S] [--threads T] [--seeds 1,2,3]
//!     [--only NAME,NAME] [--sample] [--jobs J] [--opponent NAME=COMMAND]... [--target-percent P --threads 1,2,4]
//! cargo bench --bench quality -- --deadlines [--seeds 1,2,3]
//! ```
//!
//! `FOLDER/SET` holds instances and `bks.csv` (`instance,n,bks,optimal`; costs in the file's unit); `--sample` takes the
//! instances that `sample.txt` names. Without a set, one second each is spent on the project's own instances, for which
//! no best cost is known.
//!
//! Each run is a process of its own, whose whole life counts against the budget; `--jobs` of them run at a time. An
//! opponent is any command that takes the arguments `FILE SECONDS THREADS SEED OUT` and writes neutral routes
//! (`milkrun::format::routes`) to `OUT`; its command line is split on blanks. For each instance and seed all solvers run
//! one after the other, so that what disturbs the machine hits all alike, and each in turn is the first. Every answer,
//! milkrun's too, is read back from `OUT` and judged by `Plan::check`; one that is missing, refused, infeasible or
//! incomplete is counted apart. `peers/README.md` tells of the adapters to public solvers.
//!
//! `--target-percent` measures how long it takes to come within so many per cent of the best known cost, for each number
//! of threads; `--deadlines` by how much budgets are overrun.

mod child;
mod comparison;
mod deadlines;
mod entrant;
mod process;
mod report;
mod run;
mod sample;
mod speedup;
mod task;
mod wish;

#[allow(dead_code, reason = "deadlines need a part of the generator")]
#[path = "../../examples/generate/options.rs"]
mod options;
#[allow(dead_code, reason = "deadlines need a part of the generator")]
#[path = "../../examples/generate/random.rs"]
mod random;
#[path = "../../examples/generate/solomon.rs"]
mod solomon;
#[path = "../../examples/generate/uchoa.rs"]
mod uchoa;

use std::process::ExitCode;
use std::time::Instant;
use wish::{Mode, Wish};

fn main() -> ExitCode {
    let started = Instant::now();
    let result = Wish::read(std::env::args().skip(1)).and_then(|wish| match &wish.mode {
        Mode::Child(errand) => child::solve(errand, &wish, started),
        Mode::Compare => comparison::compare(&wish),
        Mode::Target(percent) => speedup::measure(*percent, &wish),
        Mode::Deadlines => deadlines::measure(&wish),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}
