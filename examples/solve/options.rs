//! The command line.

use crate::output::Output;
use milkrun::format::Convention;
use milkrun::solve::Budget;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Instant;

pub(crate) const USAGE: &str = "usage: solve FILE [--seconds S] [--iterations N] [--threads T] [--seed K]
             [--vehicles-first] [--convention rounded|dimacs|exact]
             [--out PATH.sol|.routes.json|.json|.geojson|.html]...

FILE is a model document, or an instance: VRPLIB (CVRP, VRPTW, HFVRP, MDVRP, MDVRPTW, PCVRP, PCVRPTW, VRPB, VRPSPD,
MTVRPTWR), Solomon, Li-Lim (pairs), or Cordeau (MDVRP, MDVRPTW). Coordinates become whole numbers as the best-known
costs of its kind are stated, unless --convention says otherwise. Where there are several vehicle types, and the file
has no row for each vehicle, .sol could not say which one drives a route: use .routes.json.";

/// The budget where none is stated.
const SECONDS: f64 = 10.0;

/// What is to be done.
pub(crate) struct Options {
    pub(crate) file: PathBuf,
    pub(crate) threads: usize,
    pub(crate) seed: u64,
    pub(crate) vehicles_first: bool,
    pub(crate) convention: Option<Convention>,
    pub(crate) out: Vec<Output>,
    seconds: Option<f64>,
    iterations: Option<u64>,
}

impl Options {
    /// Reads the arguments; `None` where help is asked for.
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self {
            file: PathBuf::new(),
            threads: 1,
            seed: 1,
            vehicles_first: false,
            convention: None,
            out: Vec::new(),
            seconds: None,
            iterations: None,
        };
        let mut file = None;
        while let Some(word) = words.next() {
            if word == "--help" || word == "-h" {
                return Ok(None);
            }
            if word == "--vehicles-first" {
                options.vehicles_first = true;
                continue;
            }
            if !word.starts_with("--") {
                if file.replace(PathBuf::from(&word)).is_some() {
                    return Err(format!("{word:?} is a second file; state one"));
                }
                continue;
            }
            let value = words
                .next()
                .ok_or_else(|| format!("{word} needs a value, and must be one of the options"))?;
            options.set(&word, &value)?;
        }
        options.file = file.ok_or("state a file")?;
        Ok(Some(options))
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "--seconds" => self.seconds = Some(number(name, value, |s: &f64| *s >= 0.0)?),
            "--iterations" => self.iterations = Some(number(name, value, |_| true)?),
            "--threads" => self.threads = number(name, value, |t| (1..=1024).contains(t))?,
            "--seed" => self.seed = number(name, value, |_| true)?,
            "--convention" => self.convention = Some(convention(value)?),
            "--out" => self.out.push(Output::at(value)?),
            _ => return Err(format!("{name} is no option")),
        }
        Ok(())
    }

    /// The time from `start`, the iterations, or both.
    pub(crate) fn budget(&self, start: Instant) -> Budget {
        let seconds = match self.iterations {
            None => Some(self.seconds.unwrap_or(SECONDS)),
            Some(_) => self.seconds,
        };
        let budget = seconds.map_or_else(Budget::open, Budget::seconds);
        match self.iterations {
            Some(iterations) => budget.and_iterations(iterations),
            None => budget,
        }
        .since(start)
    }
}

fn number<T: FromStr>(name: &str, value: &str, fits: impl Fn(&T) -> bool) -> Result<T, String> {
    let number = value.parse().ok().filter(fits);
    number.ok_or_else(|| format!("{name} {value:?} is out of range, or no number"))
}

fn convention(value: &str) -> Result<Convention, String> {
    match value {
        "rounded" => Ok(Convention::Rounded),
        "dimacs" => Ok(Convention::Dimacs),
        "exact" => Ok(Convention::Exact),
        _ => Err(format!(
            "--convention {value:?} is none of rounded, dimacs, exact"
        )),
    }
}
