//! The solver: budgets, threads and the annealing schedule around the search.
//!
//! [`Solver`] takes a [`Problem`](crate::problem::Problem) and a [`Budget`] and returns an [`Outcome`]: the best
//! [`Plan`](crate::plan::Plan) found, why the solver stopped, and statistics. Small problems are one trajectory, or
//! several islands whose plans are recombined; large ones are cut, epoch by epoch, into cells of whole routes that workers
//! improve on their own. Under an iteration budget the plan never depends on how many threads there are.
//!
//! [`LiveSolver`] keeps the problem and its plan through the day: it takes [`Edit`](crate::problem::Edit)s, repairs the
//! plan at once, and improves it around what changed for as long as there is time.

mod budget;
mod cells;
mod clock;
mod construct;
mod islands;
mod live;
mod observer;
mod options;
mod outcome;
mod repair;
mod report;
mod run;
mod solver;
mod variants;

pub use budget::{Budget, Cancel};
pub use live::{Applied, LiveSolver};
pub use observer::{Observer, Progress};
pub use options::SolveOptions;
pub use outcome::{Outcome, Statistics, Status};
pub use solver::Solver;
