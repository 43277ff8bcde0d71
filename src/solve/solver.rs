//! The front door.

use crate::plan::RouteDraft;
use crate::problem::Problem;
use crate::solve::clock::Clock;
use crate::solve::run::Run;
use crate::solve::variants;
use crate::solve::{Budget, Observer, Outcome, SolveOptions};

/// Solves a problem.
///
/// The same problem, options, seed and iteration budget give the same plan, bit for bit, for any number of threads. A
/// time budget only decides how many iterations are done.
///
/// ```
/// use milkrun::measure::Load;
/// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
/// use milkrun::problem::Problem;
/// use milkrun::solve::{Budget, Solver};
/// use milkrun::travel::Euclidean;
///
/// let mut model = Model::new();
/// let crates = model.add_dimension("crates");
/// let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
/// model.add_vehicle_type(VehicleType::new("van", 2, yard).capacity(crates, Load(2)));
/// for (name, x, y) in [("a", 0.0, 3.0), ("b", 4.0, 3.0), ("c", 0.0, -3.0)] {
///     model.add_order(Order::drop_off(name, Place::plane(x, y)).quantity(crates, Load(1)));
/// }
/// let problem = Problem::new(&model, &Euclidean::rounded())?;
/// let outcome = Solver::new(&problem).seed(7).solve(Budget::iterations(100));
/// // One van drives 3 + 4 + 5, the other 3 + 3.
/// assert_eq!(outcome.plan.cost().total().to_f64(), 18.0);
/// # Ok::<(), milkrun::Error>(())
/// ```
pub struct Solver<'a> {
    problem: &'a Problem,
    options: SolveOptions,
    start: Option<Vec<RouteDraft>>,
    observer: Option<&'a dyn Observer>,
    pool: Option<&'a rayon::ThreadPool>,
}

impl<'a> Solver<'a> {
    /// A solver with the default options: seed 0, one thread.
    pub fn new(problem: &'a Problem) -> Self {
        Self {
            problem,
            options: SolveOptions::default(),
            start: None,
            observer: None,
            pool: None,
        }
    }

    /// Sets all options at once.
    #[must_use]
    pub fn options(mut self, options: SolveOptions) -> Self {
        self.options = options;
        self
    }

    /// Sets the seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// Sets how many threads may work at once. They are made for the solve and end with it; where they cannot be made,
    /// the solve goes on with the calling thread alone.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.options.threads = threads;
        self
    }

    /// Uses the fewest vehicles, and among plans that do the cheapest:
    /// [`SolveOptions::vehicles_first`] says what that means.
    #[must_use]
    pub fn vehicles_first(mut self, vehicles_first: bool) -> Self {
        self.options.vehicles_first = vehicles_first;
        self
    }

    /// Works in the caller's thread pool instead of own threads. The global pool of rayon is never used.
    #[must_use]
    pub fn pool(mut self, pool: &'a rayon::ThreadPool) -> Self {
        self.pool = Some(pool);
        self
    }

    /// Starts from earlier routes, such as [`Plan::drafts`](crate::plan::Plan::drafts). Routes that no longer keep their
    /// limits are taken apart, unknown and repeated orders are passed over, and missing ones are added.
    #[must_use]
    pub fn start_from(mut self, drafts: Vec<RouteDraft>) -> Self {
        self.start = Some(drafts);
        self
    }

    /// Is told how the solve goes on.
    #[must_use]
    pub fn observer(mut self, observer: &'a dyn Observer) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Searches until the budget is spent and returns the best plan found.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "a budget is stated where it is spent"
    )]
    pub fn solve(&self, budget: Budget) -> Outcome {
        let clock = Clock::new(&budget, self.problem.order_count());
        let own = match self.pool {
            None => self.options.own_pool(),
            Some(_) => None,
        };
        let run = Run {
            problem: self.problem,
            options: &self.options,
            start: self.start.as_deref(),
            observer: self.observer,
            pool: self.pool.or(own.as_ref()),
            clock: &clock,
            neighbours: None,
            focus: &[],
            extra: self.options.extra(self.problem),
        };
        variants::dispatch(self.problem, &run).outcome(&run)
    }
}
