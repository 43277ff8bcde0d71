//! What is printed of a comparison.

use crate::comparison::Round;
use crate::entrant::Entrant;
use crate::run::Run;
use crate::sample::{Mean, instance_means};
use crate::task::Task;
use crate::wish::Wish;

/// How many instances a list of the worst ones has at most.
const WORST: usize = 5;

/// Runs worst first, then sizes, then all; then opponent by opponent the same in pairs.
pub(crate) fn print(tasks: &[Task], entrants: &[Entrant], rounds: &[Round], wish: &Wish) {
    let report = Report {
        tasks,
        entrants,
        rounds,
        seconds: wish.seconds,
    };
    println!(
        "{} s, {} thread(s), {} job(s), {} seed(s)",
        wish.seconds,
        wish.threads[0],
        wish.jobs,
        wish.seeds.len()
    );
    for entrant in 0..entrants.len() {
        report.runs(entrant);
    }
    report.means();
    for opponent in 1..entrants.len() {
        report.pairs(opponent);
    }
}

struct Report<'a> {
    tasks: &'a [Task],
    entrants: &'a [Entrant],
    rounds: &'a [Round],
    seconds: f64,
}

impl Report<'_> {
    /// Above the best known cost, in per cent.
    fn gap(&self, task: usize, run: &Run) -> Option<f64> {
        let (cost, best) = (run.answer.as_ref().ok()?, self.tasks[task].best?);
        Some((cost / best - 1.0) * 100.0)
    }

    /// The runs of an entrant, those that do not count first, then the worst.
    fn runs(&self, entrant: usize) {
        let mut rounds: Vec<&Round> = self.rounds.iter().collect();
        let rank = |round: &Round| {
            let run = &round.runs[entrant];
            let gap = self.gap(round.task, run).unwrap_or(f64::NEG_INFINITY);
            (run.answer.is_ok(), gap)
        };
        rounds.sort_by(|a, b| {
            let (x, y) = (rank(a), rank(b));
            let by_merit = x.0.cmp(&y.0).then(y.1.total_cmp(&x.1));
            by_merit.then((a.task, a.seed).cmp(&(b.task, b.seed)))
        });
        println!(
            "\n{:<12} {:<22} {:>7} {:>5} {:>15} {:>15} {:>8} {:>10} {:>7}",
            "solver", "instance", "orders", "seed", "cost", "best known", "gap %", "iter/s", "s"
        );
        for round in rounds {
            self.line(entrant, round);
        }
    }

    fn line(&self, entrant: usize, round: &Round) {
        let (task, run) = (&self.tasks[round.task], &round.runs[entrant]);
        let blank = || "-".to_owned();
        let cost = run.answer.as_ref().ok();
        let mut remarks: Vec<String> = Vec::new();
        if let Err(fault) = &run.answer {
            remarks.push(format!("  {fault}"));
        }
        if let Some(over) = run.overrun(self.seconds) {
            remarks.push(format!("  LATE ({over:.3} s)"));
        }
        println!(
            "{:<12} {:<22} {:>7} {:>5} {:>15} {:>15} {:>8} {:>10} {:>7.2}{}",
            self.entrants[entrant].name(),
            task.name,
            task.orders,
            round.seed,
            cost.map_or_else(blank, |cost| format!("{cost:.1}")),
            task.best.map_or_else(blank, |best| format!("{best:.1}")),
            self.gap(round.task, run)
                .map_or_else(blank, |gap| format!("{gap:.3}")),
            speed(run).map_or_else(blank, |speed| format!("{speed:.0}")),
            run.seconds,
            remarks.concat()
        );
    }

    /// The mean gaps by size and solver.
    fn means(&self) {
        println!(
            "\nMean gap above the best known cost in %, with its 95 % confidence interval (Student's t over instances,"
        );
        println!(
            "each the mean of its seeds; over the seeds where there is one instance). Sound plans only."
        );
        for (label, rounds) in self.by_size() {
            for (entrant, solver) in self.entrants.iter().enumerate() {
                let gaps: Vec<(usize, f64)> = rounds
                    .iter()
                    .filter_map(|r| Some((r.task, self.gap(r.task, &r.runs[entrant])?)))
                    .collect();
                let mean = Mean::over_instances(&gaps);
                let runs: Vec<&Run> = rounds.iter().map(|r| &r.runs[entrant]).collect();
                println!(
                    "{:<10} {:<12} {} {}",
                    label,
                    solver.name(),
                    mean.map_or_else(|| format!("{:>8}", "-"), |mean| mean.to_string()),
                    self.remarks(&runs)
                );
            }
        }
    }

    /// What else is to be said of some runs of one solver.
    fn remarks(&self, runs: &[&Run]) -> String {
        let mut remarks = vec![format!("over {} runs", runs.len())];
        let speeds: Vec<f64> = runs.iter().filter_map(|run| speed(run)).collect();
        if let Some(mean) = Mean::of(&speeds) {
            remarks.push(format!("{:.0} iterations a second", mean.value));
        }
        let unsound = runs.iter().filter(|run| run.answer.is_err()).count();
        if unsound > 0 {
            remarks.push(format!("{unsound} not sound"));
        }
        let late: Vec<f64> = runs
            .iter()
            .filter_map(|r| r.overrun(self.seconds))
            .collect();
        if let Some(worst) = late.iter().copied().reduce(f64::max) {
            remarks.push(format!("{} late, at most {worst:.3} s", late.len()));
        }
        remarks.join(", ")
    }

    /// milkrun and an opponent, round by round.
    fn pairs(&self, opponent: usize) {
        let name = self.entrants[opponent].name();
        println!(
            "\nmilkrun against {name}: by how much {name} costs more, in % of the best known cost (of the lower"
        );
        println!("one where none is known), over rounds in which both plans are sound.");
        for (label, rounds) in self.by_size() {
            let differences = self.differences(&rounds, opponent);
            let count = |keep: fn(f64) -> bool| differences.iter().filter(|d| keep(d.1)).count();
            println!(
                "{:<10} {}, milkrun better in {}, equal in {}, worse in {}, not compared {}",
                label,
                Mean::over_instances(&differences)
                    .map_or_else(|| format!("{:>8}", "-"), |mean| mean.to_string()),
                count(|d| d > SAME),
                count(|d| d.abs() <= SAME),
                count(|d| d < -SAME),
                rounds.len() - differences.len()
            );
        }
        let all: Vec<&Round> = self.rounds.iter().collect();
        let mut worst = instance_means(&self.differences(&all, opponent));
        worst.retain(|(_, difference)| *difference < -SAME);
        worst.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (task, difference) in worst.into_iter().take(WORST) {
            println!("  lost: {:<22} {difference:>8.3}", self.tasks[task].name);
        }
    }

    /// By how many per cent the opponent's plan costs more, by task.
    fn differences(&self, rounds: &[&Round], opponent: usize) -> Vec<(usize, f64)> {
        let of_one = |round: &&Round| {
            let own = *round.runs[0].answer.as_ref().ok()?;
            let other = *round.runs[opponent].answer.as_ref().ok()?;
            let whole = self.tasks[round.task].best.unwrap_or(own.min(other));
            Some((round.task, (other - own) / whole * 100.0))
        };
        rounds.iter().filter_map(of_one).collect()
    }

    /// The rounds of each size that occurs, then all where there are several sizes.
    fn by_size(&self) -> Vec<(String, Vec<&Round>)> {
        let mut sizes = Vec::new();
        let mut from = 0;
        for upto in [250, 500, 1000, 5000, usize::MAX] {
            let fits = |round: &&Round| (from..upto).contains(&self.tasks[round.task].orders);
            let rounds: Vec<&Round> = self.rounds.iter().filter(fits).collect();
            let label = if upto == usize::MAX {
                format!("n >= {from}")
            } else {
                format!("n < {upto}")
            };
            if !rounds.is_empty() {
                sizes.push((label, rounds));
            }
            from = upto;
        }
        if sizes.len() > 1 {
            sizes.push(("all".to_owned(), self.rounds.iter().collect()));
        }
        sizes
    }
}

/// Differences up to this many per cent are none: costs are decimals, not sums of doubles.
const SAME: f64 = 1e-7;

/// Iterations a second, where they are told.
fn speed(run: &Run) -> Option<f64> {
    Some(run.iterations? as f64 / run.seconds.max(1e-9))
}
