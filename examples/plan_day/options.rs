//! The command line.

use std::path::{Path, PathBuf};
use std::str::FromStr;

pub(crate) const USAGE: &str =
    "usage: plan_day [--seconds S] [--threads T] [--seed K] [--out DIR] [--full]";

/// How to plan, and what to print.
pub(crate) struct Options {
    /// The time for the search. Default: ten seconds.
    pub(crate) seconds: f64,
    /// Default: one.
    pub(crate) threads: usize,
    /// Default: 1.
    pub(crate) seed: u64,
    /// Where files go. Default: `out` beside `data`.
    pub(crate) out: PathBuf,
    /// Whether to print every stop.
    pub(crate) full: bool,
}

impl Options {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            seconds: 10.0,
            threads: 1,
            seed: 1,
            out: Path::new(env!("CARGO_MANIFEST_DIR")).join("out"),
            full: false,
        };
        while let Some(name) = words.next() {
            if name == "--full" {
                options.full = true;
                continue;
            }
            let mut value = || words.next().ok_or_else(|| format!("{name} needs a value"));
            match name.as_str() {
                "--seconds" => options.seconds = number(&name, &value()?, |s| *s >= 0.0)?,
                "--threads" => {
                    options.threads = number(&name, &value()?, |t| (1..=1024).contains(t))?;
                }
                "--seed" => options.seed = number(&name, &value()?, |_| true)?,
                "--out" => options.out = PathBuf::from(value()?),
                _ => return Err(format!("{name:?} is no option")),
            }
        }
        Ok(options)
    }
}

fn number<T: FromStr>(name: &str, value: &str, fits: impl Fn(&T) -> bool) -> Result<T, String> {
    let number = value.parse().ok().filter(fits);
    number.ok_or_else(|| format!("{name} {value:?} is out of range, or no number"))
}
