//! Plans the city day of `data/city`, from a sales channel's orders to the bodies that tell it what ships:
//!
//! ```text
//! cargo run --release --example plan_day -- [--seconds S] [--threads T] [--seed K] [--out DIR] [--full]
//! ```
//!
//! Prints what became of every order, one line for each vehicle (`--full`: every stop), what is left for another day and
//! why; writes `plan.json`, `shipments.json`, `plan.geojson` and `plan.html` into DIR (`out` beside `data` unless
//! stated). Exit status 1 when a file cannot be read or written, 2 when the arguments are wrong.

mod bar;
mod board;
mod city;
mod fleet;
mod intake;
mod options;
mod postponed;

use bar::Bar;
use board::Board;
use city::City;
use milkrun::channel::tiktok_shop::{Tracking, ship_batches};
use milkrun::format::{geojson, html, json};
use milkrun::plan::Plan;
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Solver};
use options::Options;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(fault) => {
            eprintln!("{fault}\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/city");
    let city = City::read(&folder)?;
    println!("{}\n", intake::Summary(&city.report));

    let bar = Bar::new();
    let problem = Problem::new(&city.model, &city.travel)?;
    let outcome = Solver::new(&problem)
        .threads(options.threads)
        .seed(options.seed)
        .observer(&bar)
        .solve(Budget::seconds(options.seconds));
    bar.finish();
    let plan = &outcome.plan;

    if options.full {
        print!("{plan}");
    } else {
        println!("{}\n", Board::new(&problem, plan));
        let problem = &problem;
        print!("{}", postponed::Summary { problem, plan });
        print!("{}", plan.summary());
    }
    println!("{}", accounts(&city, plan));
    write(&options.out, &city, &problem, plan)?;
    println!("written to {}", options.out.display());
    match outcome.violations.first() {
        None => Ok(()),
        Some(broken) => Err(format!("the plan breaks a rule: {broken}").into()),
    }
}

/// The sum of what became of all orders.
///
/// # Panics
///
/// When an order is lost.
fn accounts(city: &City, plan: &Plan) -> String {
    let stops: usize = plan.routes().iter().map(|r| r.stops().len()).sum();
    let parts = [
        stops,
        plan.unserved().len(),
        city.report.left_out(),
        city.report.defective(),
    ];
    let total: usize = parts.iter().sum();
    assert_eq!(total, city.orders.len(), "an order is lost");
    format!(
        "{total} orders = {} on routes + {} postponed + {} left out + {} defective",
        parts[0], parts[1], parts[2], parts[3]
    )
}

fn write(out: &Path, city: &City, problem: &Problem, plan: &Plan) -> Result<(), Box<dyn Error>> {
    let tracking = Tracking::new("MR1123", "OWN-FLEET");
    let shipments = ship_batches(&city.orders, &plan.shipments(), &tracking)?;
    let files = [
        ("plan.json", json::write_plan(problem, plan)),
        ("shipments.json", serde_json::to_string(&shipments)?),
        ("plan.geojson", geojson::write(problem, plan)),
        ("plan.html", html::write(problem, plan)),
    ];
    std::fs::create_dir_all(out).map_err(|fault| format!("{}: {fault}", out.display()))?;
    for (name, text) in files {
        let path = out.join(name);
        std::fs::write(&path, text).map_err(|fault| format!("{}: {fault}", path.display()))?;
    }
    Ok(())
}
