//! How much sooner more threads come near the best known cost.

use crate::entrant::{Errand, told};
use crate::process::Scratch;
use crate::sample::median;
use crate::task::Task;
use crate::wish::Wish;

/// The times of one instance and seed, by number of threads; infinite where the budget was spent first.
struct Row {
    name: String,
    seed: u64,
    times: Vec<f64>,
}

/// Runs every instance and seed with each number of threads in turn, and prints when the plan first was within so many
/// per cent of the best known cost.
///
/// A run stops at its target, so that the time is more exact than what an observer is told twenty times a second; it
/// counts from the start of the process. How fast the search cools still follows from the budget, for any number of
/// threads: state the budget that is of interest.
pub(crate) fn measure(percent: f64, wish: &Wish) -> Result<(), String> {
    let scratch = Scratch::new()?;
    println!(
        "seconds until within {percent} % of the best known cost, of {} s",
        wish.seconds
    );
    print!("{:<22} {:>5}", "instance", "seed");
    for threads in &wish.threads {
        print!(" {:>10}", format!("{threads} thr."));
    }
    println!();
    let mut rows = Vec::new();
    for task in Task::wished(wish)? {
        let Some(best) = task.best else {
            continue;
        };
        for &seed in &wish.seeds {
            let times = wish.threads.iter().map(|&threads| {
                let errand = Errand {
                    file: &task.file,
                    seconds: wish.seconds,
                    threads,
                    seed,
                    target: Some(best * (1.0 + percent / 100.0)),
                };
                let (_, told) = told(&errand, &scratch)
                    .map_err(|fault| format!("{}, seed {seed}: {fault}", task.name))?;
                Ok(if told.reached {
                    told.seconds
                } else {
                    f64::INFINITY
                })
            });
            let row = Row {
                name: task.name.clone(),
                seed,
                times: times.collect::<Result<_, String>>()?,
            };
            print(&row.name, &row.seed.to_string(), &row.times);
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Err("no best cost is known for any of the instances".to_owned());
    }
    summarise(&rows, wish);
    Ok(())
}

/// How often the target was reached, the median times, and the median ratios to the first number of threads.
fn summarise(rows: &[Row], wish: &Wish) {
    let columns = 0..wish.threads.len();
    let medians = columns.clone().map(|column| {
        let times: Vec<f64> = rows.iter().map(|row| row.times[column]).collect();
        median(&times).unwrap_or(f64::INFINITY)
    });
    // Where neither run reached the target there is nothing to compare; where one did, its gain knows no bound.
    let ratios = columns.clone().map(|column| {
        let ratios: Vec<f64> = rows
            .iter()
            .map(|row| row.times[0] / row.times[column])
            .filter(|ratio| !ratio.is_nan())
            .collect();
        median(&ratios).unwrap_or(f64::NAN)
    });
    print("median", "", &medians.collect::<Vec<f64>>());
    print("median speed-up", "", &ratios.collect::<Vec<f64>>());
    print!("{:<28}", "reached");
    for column in columns {
        let reached = rows.iter().filter(|r| r.times[column].is_finite()).count();
        print!(" {:>10}", format!("{reached} of {}", rows.len()));
    }
    println!();
}

fn print(name: &str, seed: &str, figures: &[f64]) {
    print!("{name:<22} {seed:>5}");
    for figure in figures {
        if figure.is_finite() {
            print!(" {figure:>10.3}");
        } else {
            print!(" {:>10}", "-");
        }
    }
    println!();
}
