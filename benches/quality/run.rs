//! What one run of a solver came to.

use std::fmt;

/// A run.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The cost of a sound plan, or why there is none.
    pub(crate) answer: Result<f64, Fault>,
    /// The whole life of the process.
    pub(crate) seconds: f64,
    /// Where the solver tells it.
    pub(crate) iterations: Option<u64>,
}

impl Run {
    /// How far the process outlived its budget and the tolerance of 20 ms and 1 %, if it did: seconds over the budget.
    pub(crate) fn overrun(&self, budget: f64) -> Option<f64> {
        let over = self.seconds - budget;
        (over > tolerance(budget)).then_some(over)
    }
}

/// How late a plan may be and still be in time.
pub(crate) fn tolerance(budget: f64) -> f64 {
    0.02 + 0.01 * budget
}

/// Why an answer does not count.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// There is none.
    NoAnswer(String),
    /// It is no set of routes for this instance.
    Wrong(String),
    /// That many rules are broken.
    Infeasible(usize),
    /// That many mandatory orders are left out.
    Unserved(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswer(why) => write!(f, "NO ANSWER ({})", last_line(why)),
            Self::Wrong(why) => write!(f, "WRONG ({})", last_line(why)),
            Self::Infeasible(count) => write!(f, "INFEASIBLE ({count})"),
            Self::Unserved(count) => write!(f, "UNSERVED ({count})"),
        }
    }
}

/// The line of a message that says most: tracebacks end with it.
fn last_line(text: &str) -> &str {
    text.trim().lines().next_back().unwrap_or("").trim()
}
