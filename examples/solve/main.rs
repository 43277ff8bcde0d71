//! Solves an instance from a file:
//!
//! ```text
//! cargo run --release --example solve -- FILE [--seconds S] [--iterations N] [--threads T] [--seed K]
//!     [--vehicles-first] [--convention rounded|dimacs|exact] [--out PATH]...
//! ```
//!
//! FILE is a VRPLIB, Solomon, Cordeau or Li-Lim instance or a model document; which one is seen from its text.
//! Coordinates become whole numbers as the best-known costs of such files are stated, unless `--convention` says otherwise:
//!
//! | `--convention` | lengths and times | usual for |
//! |---|---|---|
//! | `rounded` | to the nearest integer | VRPLIB without time windows |
//! | `dimacs` | ten times, cut off | Solomon, and VRPLIB with time windows |
//! | `exact` | a thousand times, to the nearest | Cordeau, Li and Lim, and VRPLIB of TYPE HFVRP, MDVRP or MDVRPTW |
//!
//! The time counts from the start of the process, reading included: ten seconds unless stated, or none where only
//! `--iterations` is stated. Each `--out` is written in the form that its ending names: `.sol`, `.routes.json`, `.json`,
//! `.geojson` or `.html`. `.sol` is refused where it could not say which of several vehicle types drives a route.
//!
//! The last line of the output is for programs, costs in the unit of the best-known ones (that of the file, but a
//! hundredth for TYPE HFVRP):
//!
//! ```text
//! cost=119013 routes=58 unserved=0 iterations=2000000 seconds=10.004 threads=1 seed=1
//! ```
//!
//! Exit status 0: every mandatory order is served, and the plan keeps every rule. 1: it does not, or a file could not be
//! read or written. 2: the arguments are wrong.

mod options;
mod output;

use milkrun::format::{self, Numbering};
use milkrun::problem::{Limits, Problem};
use milkrun::solve::{Outcome, Solver};
use options::Options;
use std::io::Write as _;
use std::time::Instant;

/// The most unserved orders, and broken rules, that are printed.
const MOST_LINES: usize = 20;

fn main() {
    let start = Instant::now();
    let code = match Options::parse(std::env::args().skip(1)) {
        Ok(Some(options)) => match run(&options, start) {
            Ok(true) => 0,
            Ok(false) => 1,
            Err(fault) => {
                eprintln!("{fault}");
                1
            }
        },
        Ok(None) => {
            println!("{}", options::USAGE);
            0
        }
        Err(fault) => {
            eprintln!("{fault}\n{}", options::USAGE);
            2
        }
    };
    // Without the destructors of what is left: the answer is out.
    let _ = std::io::stdout().flush();
    std::process::exit(code);
}

/// Reads, solves, writes and prints; whether the plan is complete and keeps every rule.
fn run(options: &Options, start: Instant) -> Result<bool, String> {
    let (problem, numbering) = read(options)?;
    for out in &options.out {
        out.check(&numbering)?;
    }
    let outcome = Solver::new(&problem)
        .threads(options.threads)
        .seed(options.seed)
        .vehicles_first(options.vehicles_first)
        .solve(options.budget(start));
    for out in &options.out {
        out.write(&problem, &numbering, &outcome.plan)?;
    }
    print(&outcome, options, start);
    Ok(outcome.plan.is_complete() && outcome.violations.is_empty())
}

/// The problem and its numbering; text and model are gone when this returns.
fn read(options: &Options) -> Result<(Problem, Numbering), String> {
    let file = &options.file;
    let text = std::fs::read(file).map_err(|fault| format!("{}: {fault}", file.display()))?;
    let instance = match options.convention {
        Some(convention) => format::read_as(&text, convention),
        None => format::read(&text),
    };
    drop(text);
    let instance = instance.map_err(|fault| format!("{}: {fault}", file.display()))?;
    let problem = instance
        .problem_within(&Limits::trusted())
        .map_err(|fault| format!("{}: {fault}", file.display()))?;
    Ok((problem, instance.numbering))
}

fn print(outcome: &Outcome, options: &Options, start: Instant) {
    let plan = &outcome.plan;
    for violation in outcome.violations.iter().take(MOST_LINES) {
        println!("broken: {violation}");
    }
    for unserved in plan.unserved().iter().take(MOST_LINES) {
        println!("unserved: {unserved}");
    }
    let (rest, statistics) = (
        plan.unserved().len().saturating_sub(MOST_LINES),
        &outcome.statistics,
    );
    if rest > 0 {
        println!("unserved: and {rest} more");
    }
    print!("{}", plan.summary());
    if let Some(cost) = statistics.start_cost {
        println!("started at {}, {:?}", cost.decimal(), outcome.status);
    }
    println!(
        "cost={} routes={} unserved={} iterations={} seconds={:.3} threads={} seed={}",
        plan.cost().total().decimal(),
        plan.routes().len(),
        plan.unserved().len(),
        statistics.iterations,
        start.elapsed().as_secs_f64(),
        options.threads,
        options.seed,
    );
}
