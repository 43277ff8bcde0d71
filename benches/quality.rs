//! How far plans are from the best known ones.
//!
//! ```text
//! MILKRUN_INSTANCES=FOLDER cargo bench --bench quality -- SET [--seconds S] [--threads T] [--seeds 1,2,3]
//!                                                             [--only NAME,NAME] [--sample] [--jobs J]
//! ```
//!
//! `FOLDER/SET` holds instances and `bks.csv` (`instance,n,bks,optimal`; costs in the file's unit); `--sample` takes the
//! instances that `sample.txt` names. Each run is a process of its own, `--jobs` of them at a time. The budget counts
//! from before the file is read, and every plan is judged by `Plan::check`. Without a set, one second each is spent on
//! the project's own instances, for which no best cost is known.

use milkrun::format;
use milkrun::problem::Limits;
use milkrun::solve::{Budget, SolveOptions, Solver};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What the command line asks for.
#[derive(Debug, Clone)]
struct Wish {
    set: Option<String>,
    seconds: f64,
    threads: usize,
    seeds: Vec<u64>,
    only: Vec<String>,
    sample: bool,
    jobs: usize,
    /// For a child: the file to solve.
    file: Option<PathBuf>,
}

impl Wish {
    fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut wish = Self {
            set: None,
            seconds: 1.0,
            threads: 1,
            seeds: vec![1],
            only: Vec::new(),
            sample: false,
            jobs: 1,
            file: None,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                // What cargo passes to every benchmark and test.
                "--bench" | "--test" => {}
                "--sample" => wish.sample = true,
                "--seconds" => wish.seconds = number(&value()?)?,
                "--threads" => wish.threads = number(&value()?)?,
                "--jobs" => wish.jobs = number(&value()?)?,
                "--seeds" => {
                    wish.seeds = value()?.split(',').map(number).collect::<Result<_, _>>()?;
                }
                "--only" => wish.only = value()?.split(',').map(str::to_owned).collect(),
                "--file" => wish.file = Some(value()?.into()),
                _ if argument.starts_with('-') => return Err(format!("unknown option {argument}")),
                _ => wish.set = Some(argument),
            }
        }
        Ok(wish)
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is not a number"))
}

/// An instance and the best known cost of it.
#[derive(Debug, Clone)]
struct Task {
    name: String,
    file: PathBuf,
    orders: usize,
    best: Option<f64>,
}

/// What one run came to.
#[derive(Debug, Clone)]
struct Run {
    name: String,
    orders: usize,
    seed: u64,
    cost: f64,
    best: Option<f64>,
    iterations: f64,
    seconds: f64,
    unserved: usize,
    violations: usize,
}

impl Run {
    /// Above the best known cost, in per cent.
    fn gap(&self) -> Option<f64> {
        self.best.map(|best| (self.cost / best - 1.0) * 100.0)
    }

    fn is_sound(&self) -> bool {
        self.unserved == 0 && self.violations == 0
    }
}

fn main() -> ExitCode {
    let started = Instant::now();
    let result = Wish::read(std::env::args().skip(1)).and_then(|wish| match &wish.file {
        Some(file) => solve(file, &wish, started),
        None => compare(&wish),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// A child: solves one file and prints one line of figures.
fn solve(file: &Path, wish: &Wish, started: Instant) -> Result<(), String> {
    let told = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    let text = std::fs::read(file).map_err(|e| told(&e))?;
    let instance = format::read(text).map_err(|e| told(&e))?;
    let problem = instance
        .problem_within(&Limits::trusted())
        .map_err(|e| told(&e))?;
    let mut options = SolveOptions::default();
    options.threads = wish.threads;
    options.seed = wish.seeds.first().copied().unwrap_or(1);
    let budget = Budget::time(Duration::from_secs_f64(wish.seconds)).since(started);
    let outcome = Solver::new(&problem).options(options).solve(budget);
    let mandatory = outcome
        .plan
        .unserved()
        .iter()
        .filter(|u| u.is_mandatory())
        .count();
    println!(
        "{} {} {} {} {} {}",
        outcome.plan.cost().total().decimal(),
        outcome.statistics.iterations,
        started.elapsed().as_secs_f64(),
        mandatory,
        outcome.plan.check(&problem).len(),
        problem.order_count()
    );
    Ok(())
}

/// Solves all instances of a set and prints the gaps.
fn compare(wish: &Wish) -> Result<(), String> {
    let tasks = match (&wish.set, std::env::var_os("MILKRUN_INSTANCES")) {
        (Some(set), Some(folder)) => tasks_of(&Path::new(&folder).join(set), wish)?,
        (Some(_), None) => {
            return Err("MILKRUN_INSTANCES does not name a folder of sets".to_owned());
        }
        (None, _) => own_tasks()?,
    };
    if tasks.is_empty() {
        return Err("no instance to solve".to_owned());
    }
    let runs: Vec<(&Task, u64)> = tasks
        .iter()
        .flat_map(|task| wish.seeds.iter().map(move |seed| (task, *seed)))
        .collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..wish.jobs.clamp(1, runs.len()) {
            scope.spawn(|| {
                while let Some((task, seed)) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let run = child(task, *seed, wish);
                    done.lock().expect("no worker panics").push(run);
                }
            });
        }
    });
    let (mut sound, mut faults) = (Vec::new(), Vec::new());
    for run in done.into_inner().expect("no worker panics") {
        match run {
            Ok(run) => sound.push(run),
            Err(fault) => faults.push(fault),
        }
    }
    print(&mut sound, wish);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n"))
    }
}

/// The instances of a set, as far as they are wished for.
fn tasks_of(folder: &Path, wish: &Wish) -> Result<Vec<Task>, String> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let sample = if wish.sample {
        Some(read("sample.txt")?)
    } else {
        None
    };
    let wished = |name: &str| {
        let sampled = |s: &String| {
            s.split_whitespace()
                .any(|n| stem(Path::new(n)) == name || n == name)
        };
        (wish.only.is_empty() || wish.only.iter().any(|n| n == name))
            && sample.as_ref().is_none_or(sampled)
    };
    let files: HashMap<String, PathBuf> = instances_in(folder)?
        .into_iter()
        .map(|path| (stem(&path), path))
        .collect();
    let mut tasks = Vec::new();
    for line in read("bks.csv")?.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, orders, best, ..] = cells[..] else {
            continue;
        };
        if let Some(file) = files.get(name).filter(|_| wished(name)) {
            tasks.push(Task {
                name: name.to_owned(),
                file: file.clone(),
                orders: number(orders)?,
                best: best.parse().ok(),
            });
        }
    }
    Ok(tasks)
}

/// The project's own instances.
fn own_tasks() -> Result<Vec<Task>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/instances");
    let mut files = instances_in(&folder)?;
    files.sort();
    let task = |file: PathBuf| Task {
        name: stem(&file),
        file,
        orders: 0,
        best: None,
    };
    Ok(files.into_iter().map(task).collect())
}

fn stem(path: &Path) -> String {
    // A name may have dots in it, so only the endings of instance files are taken off.
    let name = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let bare = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    bare.map_or(name.clone(), str::to_owned)
}

const ENDINGS: [&str; 3] = [".vrp", ".txt", ".json"];

fn instances_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let known = |path: &PathBuf| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
        name.is_some_and(|n| n != "sample.txt" && ENDINGS.iter().any(|ending| n.ends_with(ending)))
    };
    Ok(paths.filter(known).collect())
}

/// Runs one instance in a process of its own.
fn child(task: &Task, seed: u64, wish: &Wish) -> Result<Run, String> {
    let told = |e: &dyn std::fmt::Display| format!("{}, seed {seed}: {e}", task.name);
    let program = std::env::current_exe().map_err(|e| told(&e))?;
    let output = Command::new(program)
        .arg("--file")
        .arg(&task.file)
        .args(["--seconds", &wish.seconds.to_string()])
        .args(["--threads", &wish.threads.to_string()])
        .args(["--seeds", &seed.to_string()])
        .output()
        .map_err(|e| told(&e))?;
    if !output.status.success() {
        return Err(told(&String::from_utf8_lossy(&output.stderr).trim()));
    }
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    let cells: Vec<&str> = line.split_whitespace().collect();
    let [cost, iterations, seconds, unserved, violations, orders] = cells[..] else {
        return Err(told(&format!("unexpected output {line:?}")));
    };
    Ok(Run {
        name: task.name.clone(),
        orders: if task.orders == 0 {
            number(orders)?
        } else {
            task.orders
        },
        seed,
        cost: number(cost)?,
        best: task.best,
        iterations: number(iterations)?,
        seconds: number(seconds)?,
        unserved: number(unserved)?,
        violations: number(violations)?,
    })
}

/// Instances worst first, then sizes, then all.
fn print(runs: &mut [Run], wish: &Wish) {
    let key = |run: &Run| (run.is_sound(), run.gap().map_or(f64::INFINITY, |gap| -gap));
    runs.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    println!(
        "{} s, {} thread(s), {} job(s)",
        wish.seconds, wish.threads, wish.jobs
    );
    println!(
        "{:<22} {:>7} {:>5} {:>15} {:>15} {:>8} {:>10} {:>7}",
        "instance", "orders", "seed", "cost", "best known", "gap %", "iter/s", "s"
    );
    for run in runs.iter() {
        let blank = || "-".to_owned();
        println!(
            "{:<22} {:>7} {:>5} {:>15.1} {:>15} {:>8} {:>10.0} {:>7.2}{}{}",
            run.name,
            run.orders,
            run.seed,
            run.cost,
            run.best.map_or_else(blank, |best| format!("{best:.1}")),
            run.gap().map_or_else(blank, |gap| format!("{gap:.3}")),
            run.iterations / run.seconds.max(1e-9),
            run.seconds,
            if run.violations > 0 {
                format!("  INFEASIBLE ({})", run.violations)
            } else {
                String::new()
            },
            if run.unserved > 0 {
                format!("  UNSERVED ({})", run.unserved)
            } else {
                String::new()
            },
        );
    }
    let mut from = 0;
    for upto in [250, 500, 1000, 5000, usize::MAX] {
        let label = if upto == usize::MAX {
            format!("n >= {from}")
        } else {
            format!("n < {upto}")
        };
        mean(
            &label,
            runs.iter().filter(|run| (from..upto).contains(&run.orders)),
        );
        from = upto;
    }
    mean("all", runs.iter());
}

/// The mean gap of sound plans, with the 95 % confidence interval of the mean.
fn mean<'r>(label: &str, runs: impl Iterator<Item = &'r Run>) {
    let (sound, broken): (Vec<&Run>, Vec<&Run>) = runs.partition(|run| run.is_sound());
    let gaps: Vec<f64> = sound.iter().filter_map(|run| run.gap()).collect();
    if gaps.is_empty() {
        return;
    }
    let count = gaps.len() as f64;
    let mean = gaps.iter().sum::<f64>() / count;
    let squares: f64 = gaps.iter().map(|gap| (gap - mean).powi(2)).sum();
    let half = if gaps.len() > 1 {
        1.96 * (squares / (count - 1.0) / count).sqrt()
    } else {
        0.0
    };
    let speed = sound
        .iter()
        .map(|run| run.iterations / run.seconds.max(1e-9))
        .sum::<f64>();
    println!(
        "{label:<10} gap {mean:.3} % +- {half:.3} over {count} runs, {:.0} iterations a second{}",
        speed / sound.len() as f64,
        if broken.is_empty() {
            String::new()
        } else {
            format!(", {} not sound", broken.len())
        },
    );
}
