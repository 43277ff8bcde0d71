//! What the command line asks for.

use std::path::PathBuf;

/// What to do.
#[derive(Debug, Clone)]
pub(crate) enum Mode {
    /// Gaps, and differences from the opponents.
    Compare,
    /// The time until the plan is within so many per cent of the best known cost.
    Target(f64),
    /// By how much budgets are overrun.
    Deadlines,
    /// One run, in the process that the others start.
    Child(Errand),
}

/// What a child is to do.
#[derive(Debug, Clone)]
pub(crate) struct Errand {
    pub(crate) file: PathBuf,
    pub(crate) out: PathBuf,
    /// The cost to stop at.
    pub(crate) target: Option<f64>,
}

/// Another solver.
#[derive(Debug, Clone)]
pub(crate) struct Opponent {
    pub(crate) name: String,
    /// The program and its first arguments.
    pub(crate) command: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) mode: Mode,
    pub(crate) set: Option<String>,
    pub(crate) seconds: f64,
    /// One number, but for [`Mode::Target`].
    pub(crate) threads: Vec<usize>,
    pub(crate) seeds: Vec<u64>,
    pub(crate) only: Vec<String>,
    pub(crate) sample: bool,
    pub(crate) jobs: usize,
    pub(crate) opponents: Vec<Opponent>,
}

impl Wish {
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut wish = Self {
            mode: Mode::Compare,
            set: None,
            seconds: 1.0,
            threads: vec![1],
            seeds: vec![1],
            only: Vec::new(),
            sample: false,
            jobs: 1,
            opponents: Vec::new(),
        };
        let (mut file, mut out, mut target) = (None, None, None);
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                // What cargo passes to every benchmark and test.
                "--bench" | "--test" => {}
                "--sample" => wish.sample = true,
                "--deadlines" => wish.mode = Mode::Deadlines,
                "--target-percent" => wish.mode = Mode::Target(number(&value()?)?),
                "--seconds" => wish.seconds = number(&value()?)?,
                "--threads" => wish.threads = numbers(&value()?)?,
                "--jobs" => wish.jobs = number(&value()?)?,
                "--seeds" => wish.seeds = numbers(&value()?)?,
                "--only" => wish.only = value()?.split(',').map(str::to_owned).collect(),
                "--opponent" => wish.opponents.push(opponent(&value()?)?),
                "--file" => file = Some(PathBuf::from(value()?)),
                "--out" => out = Some(PathBuf::from(value()?)),
                "--target" => target = Some(number(&value()?)?),
                _ if argument.starts_with('-') => return Err(format!("unknown option {argument}")),
                _ => wish.set = Some(argument),
            }
        }
        match (file, out) {
            (Some(file), Some(out)) => wish.mode = Mode::Child(Errand { file, out, target }),
            (None, None) if target.is_none() => {}
            _ => return Err("--file, --out and --target are for children alone".to_owned()),
        }
        wish.check().map(|()| wish)
    }

    fn check(&self) -> Result<(), String> {
        if !(self.seconds > 0.0 && self.seconds.is_finite()) {
            return Err("--seconds needs a positive number".to_owned());
        }
        let compares = matches!(self.mode, Mode::Compare);
        if compares && self.threads.len() > 1 {
            return Err("several --threads are compared with --target-percent alone".to_owned());
        }
        if !compares && !self.opponents.is_empty() {
            return Err("opponents have no part in this measurement".to_owned());
        }
        if !compares && self.jobs > 1 {
            return Err("times are measured one run at a time, without --jobs".to_owned());
        }
        let mut names = vec![crate::entrant::MILKRUN];
        for opponent in &self.opponents {
            if names.contains(&opponent.name.as_str()) {
                return Err(format!("two solvers are called {}", opponent.name));
            }
            names.push(&opponent.name);
        }
        Ok(())
    }
}

fn opponent(text: &str) -> Result<Opponent, String> {
    let (name, command) = text
        .split_once('=')
        .ok_or(format!("{text:?} is not NAME=COMMAND"))?;
    let command: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    if name.is_empty() || command.is_empty() {
        return Err(format!("{text:?} is not NAME=COMMAND"));
    }
    Ok(Opponent {
        name: name.to_owned(),
        command,
    })
}

pub(crate) fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is not a number"))
}

fn numbers<T: std::str::FromStr>(text: &str) -> Result<Vec<T>, String> {
    text.split(',').map(number).collect()
}
