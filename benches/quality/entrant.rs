//! The solvers that run beside each other.

use crate::child::Told;
use crate::process::{Process, Scratch};
use crate::run::{Fault, Run};
use crate::task::Task;
use crate::wish::{Opponent, Wish};
use milkrun::format::routes;
use milkrun::plan::Plan;
use std::path::Path;
use std::process::Command;

/// How milkrun itself is called in the tables.
pub(crate) const MILKRUN: &str = "milkrun";

/// A solver.
#[derive(Debug, Clone)]
pub(crate) enum Entrant {
    Milkrun,
    Opponent(Opponent),
}

/// What is asked of one run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Errand<'a> {
    pub(crate) file: &'a Path,
    pub(crate) seconds: f64,
    pub(crate) threads: usize,
    pub(crate) seed: u64,
    /// The cost to stop at; opponents are not told.
    pub(crate) target: Option<f64>,
}

impl Entrant {
    /// milkrun, then its opponents.
    pub(crate) fn all(wish: &Wish) -> Vec<Self> {
        let opponents = wish.opponents.iter().cloned().map(Self::Opponent);
        std::iter::once(Self::Milkrun).chain(opponents).collect()
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Milkrun => MILKRUN,
            Self::Opponent(opponent) => &opponent.name,
        }
    }

    /// Runs the solver on a task, and judges what it wrote.
    pub(crate) fn run(&self, task: &Task, seed: u64, wish: &Wish, scratch: &Scratch) -> Run {
        let errand = Errand {
            file: &task.file,
            seconds: wish.seconds,
            threads: wish.threads[0],
            seed,
            target: None,
        };
        let files = scratch.files();
        let done = Process::run(self.command(&errand, &files.out), &files, wish.seconds);
        let run = match done {
            Ok(done) => Run {
                iterations: match self {
                    Self::Milkrun => Told::read(&done.printed).ok().map(|told| told.iterations),
                    Self::Opponent(_) => None,
                },
                seconds: done.seconds,
                answer: done
                    .succeeded()
                    .map_err(Fault::NoAnswer)
                    .and_then(|()| judge(&task.file, &files.out)),
            },
            Err(fault) => Run {
                answer: Err(Fault::NoAnswer(fault)),
                seconds: 0.0,
                iterations: None,
            },
        };
        files.remove();
        run
    }

    /// The command line of a run.
    fn command(&self, errand: &Errand, out: &Path) -> Command {
        match self {
            Self::Milkrun => milkrun(errand, out),
            Self::Opponent(opponent) => {
                let mut command = Command::new(&opponent.command[0]);
                command
                    .args(&opponent.command[1..])
                    .arg(errand.file)
                    .arg(errand.seconds.to_string())
                    .arg(errand.threads.to_string())
                    .arg(errand.seed.to_string())
                    .arg(out);
                command
            }
        }
    }
}

/// Runs milkrun and returns the life of the process and what it told; where there is no answer, why.
pub(crate) fn told(errand: &Errand, scratch: &Scratch) -> Result<(f64, Told), String> {
    let files = scratch.files();
    let done = Process::run(milkrun(errand, &files.out), &files, errand.seconds);
    let told = done.and_then(|done| {
        done.succeeded()?;
        Ok((done.seconds, Told::read(&done.printed)?))
    });
    files.remove();
    told
}

/// This program as a child.
fn milkrun(errand: &Errand, out: &Path) -> Command {
    let program = std::env::current_exe().unwrap_or_default();
    let mut command = Command::new(program);
    command
        .arg("--file")
        .arg(errand.file)
        .arg("--out")
        .arg(out)
        .args(["--seconds", &errand.seconds.to_string()])
        .args(["--threads", &errand.threads.to_string()])
        .args(["--seeds", &errand.seed.to_string()]);
    if let Some(target) = errand.target {
        command.args(["--target", &target.to_string()]);
    }
    command
}

/// The cost of the routes in a file, if they are sound. The instance is read anew: no solver's view of it is trusted.
fn judge(file: &Path, out: &Path) -> Result<f64, Fault> {
    let text =
        std::fs::read(out).map_err(|e| Fault::NoAnswer(format!("no file was written: {e}")))?;
    let (instance, problem) = Task::read(file).map_err(Fault::Wrong)?;
    let drafts = routes::read(text, &problem, &instance.numbering)
        .map_err(|e| Fault::Wrong(e.to_string()))?;
    let plan = Plan::new(&problem, drafts);
    let violations = plan.check(&problem).len();
    let left_out = plan.unserved().iter().filter(|u| u.is_mandatory()).count();
    match (violations, left_out) {
        (0, 0) => Ok(plan.cost().total().to_f64()),
        (0, count) => Err(Fault::Unserved(count)),
        (count, _) => Err(Fault::Infeasible(count)),
    }
}
