//! One solve, with its resources known.

use crate::eval::{Prices, Resource, Tours};
use crate::measure::{Cost, OrderId, VehicleTypeId};
use crate::plan::{Plan, RouteDraft};
use crate::problem::Problem;
use crate::search::{Annealing, Best, Dice, Neighbours, Outlook, Trajectory};
use crate::solve::cells;
use crate::solve::clock::Clock;
use crate::solve::construct::construct;
use crate::solve::variants::Task;
use crate::solve::{Observer, Outcome, Progress, SolveOptions, Statistics, Status};
use std::time::Duration;

/// Iterations between two looks at the clock: a millisecond or two.
pub(super) const BATCH: u64 = 64;

/// The share of the seeds that are drawn from the orders in focus at first; at the end it is none.
const FOCUS: f64 = 0.9;

/// The shortest time between two calls of an observer.
const QUIET: Duration = Duration::from_millis(50);

/// What a solve works with.
pub(super) struct Run<'a> {
    pub(super) problem: &'a Problem,
    pub(super) options: &'a SolveOptions,
    pub(super) start: Option<&'a [RouteDraft]>,
    pub(super) observer: Option<&'a dyn Observer>,
    pub(super) pool: Option<&'a rayon::ThreadPool>,
    pub(super) clock: &'a Clock<'a>,
    /// The neighbours of all orders, where they are known already.
    pub(super) neighbours: Option<&'a Neighbours>,
    /// Orders to search around at first, by index.
    pub(super) focus: &'a [u32],
}

/// What a solve found.
pub(super) struct Found {
    pub(super) drafts: Vec<RouteDraft>,
    pub(super) status: Status,
    pub(super) statistics: Statistics,
}

impl Found {
    /// The plan, judged.
    pub(super) fn outcome(self, run: &Run<'_>) -> Outcome {
        let plan = Plan::new(run.problem, self.drafts);
        let violations = plan.check(run.problem);
        debug_assert!(
            violations.is_empty(),
            "the two judges disagree: {violations:?}"
        );
        let mut statistics = self.statistics;
        statistics.elapsed = run.clock.elapsed();
        Outcome {
            plan,
            status: self.status,
            statistics,
            violations,
        }
    }
}

impl Task for &Run<'_> {
    type Answer = Found;

    /// Starts with savings or regret insertion, then anneals.
    fn run<R: Resource>(self) -> Found {
        let problem = self.problem;
        if problem.orders().next().is_none() {
            return Found {
                drafts: Vec::new(),
                status: Status::NothingToDo,
                statistics: Statistics::default(),
            };
        }
        let computed;
        let neighbours = if let Some(known) = self.neighbours {
            known
        } else {
            let outlook = Outlook {
                width: self.options.neighbour_count(problem.order_count()),
                pool: self.pool,
                left: &|| self.clock.left(),
            };
            computed = Neighbours::within(problem, &outlook);
            &computed
        };
        let tours = construct::<R>(self, neighbours);
        let cut = problem.order_count() >= self.options.cells_from.max(2)
            && self.focus.is_empty()
            && problem.coordinates().is_some();
        if cut {
            cells::anneal(self, tours, neighbours)
        } else {
            self.anneal(tours, neighbours)
        }
    }
}

impl Run<'_> {
    /// One trajectory over the whole problem.
    fn anneal<R: Resource>(&self, tours: Tours<'_, R>, neighbours: &Neighbours) -> Found {
        let from = self.clock.elapsed();
        let dice = Dice::new(self.options.seed, 0, 0);
        let first = tours.first_order();
        let nodes = self.focus.iter().map(|order| first + order).collect();
        let mut trajectory = Trajectory::new(tours, neighbours, self.options.knobs, dice);
        trajectory.focus().nodes = nodes;
        let arc = trajectory.tours().mean_arc();
        let mut annealing = Annealing::new(
            arc * self.options.first_temperature,
            arc * self.options.last_temperature,
        );
        let mut report = Report::new(self);
        let start_cost = report.plain_cost(&trajectory);
        let status = loop {
            let done = trajectory.iterations();
            let (complete, cost) = report.standing(&trajectory);
            if let Some(status) = self.clock.stop(done, complete, cost.get()) {
                break status;
            }
            let share = self.clock.share(done, from);
            annealing.cool(share);
            trajectory.focus().share = FOCUS * (1.0 - share);
            for _ in 0..BATCH.min(self.clock.iterations_left(done)) {
                trajectory.iterate(&annealing);
            }
            report.tell(&trajectory, from);
        };
        let statistics = Statistics {
            iterations: trajectory.iterations(),
            epochs: 1,
            improvements: trajectory.improvements(),
            start_cost,
            ..Statistics::default()
        };
        Found {
            drafts: drafts(trajectory.tours(), trajectory.best()),
            status,
            statistics,
        }
    }
}

/// The best routes of a trajectory as drafts.
fn drafts<R: Resource>(tours: &Tours<'_, R>, best: &Best) -> Vec<RouteDraft> {
    let filled = best
        .routes()
        .iter()
        .enumerate()
        .filter(|(_, stops)| !stops.is_empty());
    filled
        .map(|(route, stops)| RouteDraft {
            vehicle_type: tours.vehicle_type(route as u32),
            stops: stops
                .iter()
                .map(|node| OrderId::new((node - tours.first_order()) as usize))
                .collect(),
        })
        .collect()
}

/// What unserved orders and a cost in steps mean to the caller: whether all mandatory orders are served, and the cost
/// without the search's own price for those that are not.
pub(super) fn standing(
    problem: &Problem,
    prices: &Prices,
    steps: i64,
    absent: impl Iterator<Item = usize>,
) -> (usize, Cost) {
    let mut mandatory = 0;
    let mut cost = steps;
    for order in absent {
        if problem.price(OrderId::new(order)).is_none() {
            mandatory += 1;
            cost -= prices.absent[order];
        }
    }
    (mandatory, Cost(cost * prices.step))
}

/// Tells the observer, not too often.
struct Report<'r, 'a> {
    run: &'r Run<'a>,
    told: Duration,
    told_cost: i64,
    seen: (i64, (bool, Cost)),
}

impl<'r, 'a> Report<'r, 'a> {
    fn new(run: &'r Run<'a>) -> Self {
        Self {
            run,
            told: Duration::ZERO,
            told_cost: i64::MAX,
            seen: (i64::MAX, (false, Cost::ZERO)),
        }
    }

    /// Whether the best plan serves all mandatory orders, and its cost; looked up again only when it changed.
    fn standing<R: Resource>(&mut self, trajectory: &Trajectory<'_, '_, R>) -> (bool, Cost) {
        let best = trajectory.best();
        if best.cost() != self.seen.0 {
            let tours = trajectory.tours();
            let absent = best
                .absent()
                .iter()
                .map(|node| (node - tours.first_order()) as usize);
            let (mandatory, cost) = standing(self.run.problem, tours.prices(), best.cost(), absent);
            self.seen = (best.cost(), (mandatory == 0, cost));
        }
        self.seen.1
    }

    fn plain_cost<R: Resource>(&mut self, trajectory: &Trajectory<'_, '_, R>) -> Option<Cost> {
        let (complete, cost) = self.standing(trajectory);
        complete.then_some(cost)
    }

    fn tell<R: Resource>(&mut self, trajectory: &Trajectory<'_, '_, R>, from: Duration) {
        let Some(observer) = self.run.observer else {
            return;
        };
        let elapsed = self.run.clock.elapsed();
        if elapsed.saturating_sub(self.told) < QUIET {
            return;
        }
        self.told = elapsed;
        let best = trajectory.best();
        let progress = Progress {
            elapsed,
            share: self.run.clock.share(trajectory.iterations(), from),
            iterations: trajectory.iterations(),
            cost: self.standing(trajectory).1,
            unserved: best.absent().len(),
            routes: best
                .routes()
                .iter()
                .filter(|stops| !stops.is_empty())
                .count(),
        };
        if best.cost() < self.told_cost {
            self.told_cost = best.cost();
            observer.improved(&progress);
        }
        observer.progress(&progress);
    }
}

/// A route as orders, not nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OrderRoute {
    pub(super) vehicle: u32,
    pub(super) orders: Vec<u32>,
}

impl OrderRoute {
    pub(super) fn draft(&self) -> RouteDraft {
        RouteDraft {
            vehicle_type: VehicleTypeId::new(self.vehicle as usize),
            stops: self
                .orders
                .iter()
                .map(|order| OrderId::new(*order as usize))
                .collect(),
        }
    }
}
