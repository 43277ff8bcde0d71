//! Problems that one trajectory covers whole: one island, or several whose plans are recombined.
//!
//! Each island first anneals on its own. Where there are several, its best plan joins a population, and from then on the
//! island anneals, from a low temperature, one child of two plans after the other. All islands go forward by the same
//! number of iterations between two looks at the clock, side by side where there are threads, and hand in their plans
//! in order, so that threads change nothing but the time.
//!
//! Where threads are granted but the budget is too short for islands, a problem of some hundred orders is cut into one
//! cell a thread instead.

use crate::eval::{Arcs, Resource, Tours};
use crate::plan::RouteDraft;
use crate::search::{Annealing, Dice, Individual, Neighbours, Trajectory, crossover};
use crate::solve::Statistics;
use crate::solve::cells::{self, Cut};
use crate::solve::report::{Leader, Report};
use crate::solve::run::{BATCH, Found, Run, draft_of_nodes};
use rayon::prelude::*;

/// The share of the seeds that are drawn from the orders in focus at first; at the end it is none.
const FOCUS: f64 = 0.9;

/// Iterations of each of several islands between two looks at the clock.
const SLICE: u64 = 1_000;

/// Iterations for each order that a child is annealed for.
const CHILDHOOD: u64 = 50;

/// The temperature at which a child starts, in mean arcs.
const MILD: f64 = 1.0;

/// How many islands, and how long they are on their own.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shape {
    islands: usize,
    /// The share of the budget before plans are recombined.
    alone: f64,
    /// One plan in cells instead.
    cut: Option<Cut>,
}

impl Shape {
    const SINGLE: Self = Self {
        islands: 1,
        alone: 1.0,
        cut: None,
    };

    /// Several islands where the budget is long for the problem, or there are threads to keep busy. A plan for an
    /// iteration budget may not depend on the threads.
    ///
    /// `rate` finds out how many iterations a thread does in a second.
    fn of(run: &Run<'_>, rate: impl FnOnce() -> f64) -> Self {
        /// More iterations than this no thread does in a second.
        const FASTEST: f64 = 150_000.0;
        /// From how many iterations for each order on several islands beat one, where there are few orders.
        const LONG: f64 = 2_000.0;
        /// The same where there are many, by the square root of their number.
        const LONGER: f64 = 150.0;
        /// More islands than this mix too slowly.
        const MOST: usize = 16;
        const FEW: usize = 4;
        /// The fewest orders of a cell.
        const CELL: usize = 250;
        let orders = run.problem.order_count();
        if !run.focus.is_empty() || run.start.is_some() || orders < 20 {
            return Self::SINGLE;
        }
        let threads = run
            .pool
            .map_or(1, rayon::ThreadPool::current_num_threads)
            .min(MOST);
        let long = LONG.max(LONGER * (orders as f64).sqrt()) * orders as f64;
        let (is_long, lanes) = if let Some(most) = run.clock.iterations() {
            (most as f64 >= long, 1)
        } else {
            let left = run.clock.left().unwrap_or_default().as_secs_f64() * threads as f64;
            (left * FASTEST >= long && left * rate() >= long, threads)
        };
        if is_long {
            Self {
                islands: lanes.max(FEW),
                alone: 0.3,
                ..Self::SINGLE
            }
        } else if lanes > 1 && orders >= 2 * CELL && run.may_be_cut() {
            let cut = Cut {
                orders: orders.div_ceil(lanes).max(CELL),
                soft: true,
                returns: false,
            };
            Self {
                cut: Some(cut),
                ..Self::SINGLE
            }
        } else if lanes > 1 {
            Self {
                islands: lanes,
                alone: 0.6,
                ..Self::SINGLE
            }
        } else {
            Self::SINGLE
        }
    }
}

/// A trajectory and its schedule.
struct Island<'p, 'n, R: Resource> {
    trajectory: Trajectory<'p, 'n, R>,
    annealing: Annealing,
    /// How many iterations a child is annealed for; `None` for the first plan, which cools with the budget.
    childhood: Option<u64>,
    /// Which plan of the population the child is likest.
    parent: usize,
}

impl<R: Resource> Island<'_, '_, R> {
    /// Goes forward, at most to the end of a childhood or of the budget.
    fn advance(&mut self, run: &Run<'_>, iterations: u64) {
        let mut left = iterations;
        while left > 0 && !self.is_grown() && !run.clock.interrupted() {
            if let Some(childhood) = self.childhood {
                let share = self.trajectory.iterations() as f64 / childhood as f64;
                self.annealing.cool(share);
            }
            let batch = BATCH.min(left);
            for _ in 0..batch {
                self.trajectory.iterate(&self.annealing);
            }
            left -= batch;
        }
    }

    /// How many iterations it does in a second, by trying some.
    fn rate(&mut self, run: &Run<'_>) -> f64 {
        const TRIED: u64 = 2_000;
        let from = run.clock.elapsed();
        self.advance(run, TRIED);
        let taken = run.clock.elapsed().saturating_sub(from).as_secs_f64();
        TRIED as f64 / taken.max(1e-6)
    }

    fn is_grown(&self) -> bool {
        self.childhood
            .is_some_and(|childhood| self.trajectory.iterations() >= childhood)
    }

    fn individual(&self) -> Individual {
        Individual::of(self.trajectory.tours(), self.trajectory.best())
    }
}

/// All islands, and what came of them.
struct Islands<'r, 'p, 'n, R: Resource> {
    run: &'r Run<'p>,
    neighbours: &'n Neighbours,
    all: Vec<Island<'p, 'n, R>>,
    population: Vec<Individual>,
    /// The arcs of the first plan: the scale of temperatures.
    arcs: Arcs,
    births: u64,
    /// Iterations and improvements of trajectories that are over.
    iterations: u64,
    improvements: u64,
    shape: Shape,
    dice: Dice,
}

/// Anneals from the given tours.
pub(super) fn anneal<'p, R: Resource>(
    run: &Run<'p>,
    tours: Tours<'p, R>,
    neighbours: &Neighbours,
) -> Found {
    let from = run.clock.elapsed();
    let mut islands = Islands::new(run, tours, neighbours);
    if let Some(cut) = islands.shape.cut {
        let mut tours: Tours<'p, R> = Tours::sparing(run.problem, run.extra);
        islands.all[0].individual().lay_out(&mut tours);
        return cells::anneal(run, tours, neighbours, cut);
    }
    let mut report = Report::new(run);
    let start_cost = report.standing(&islands.leader()).complete_cost();
    let status = loop {
        let done = islands.iterations();
        let standing = report.standing(&islands.leader());
        if let Some(status) = run.clock.stop(done, standing.complete, standing.cost.get()) {
            break status;
        }
        let share = run.clock.share(done, from);
        islands.advance(share);
        if !run.clock.interrupted() {
            islands.breed(share);
        }
        report.tell(&islands.leader(), islands.iterations(), from);
    };
    let statistics = Statistics {
        iterations: islands.iterations(),
        epochs: 1 + islands.births,
        improvements: islands.improvements(),
        start_cost,
        ..Statistics::default()
    };
    Found {
        drafts: islands.drafts(),
        status,
        statistics,
    }
}

impl<'r, 'p, 'n, R: Resource> Islands<'r, 'p, 'n, R> {
    fn new(run: &'r Run<'p>, tours: Tours<'p, R>, neighbours: &'n Neighbours) -> Self {
        let arcs = tours.arcs();
        let focus: Vec<u32> = run.focus.iter().map(|o| tours.first_order() + o).collect();
        let mut islands = Self {
            run,
            neighbours,
            all: Vec::new(),
            population: Vec::new(),
            arcs,
            births: 0,
            iterations: 0,
            improvements: 0,
            shape: Shape::SINGLE,
            dice: Dice::new(run.options.seed, u64::MAX, 0),
        };
        islands.found(tours);
        islands.all[0].trajectory.focus().nodes = focus;
        let start = islands.all[0].individual();
        islands.shape = Shape::of(run, || islands.all[0].rate(run));
        while islands.all.len() < islands.shape.islands {
            let mut tours = Tours::sparing(run.problem, run.extra);
            start.lay_out(&mut tours);
            islands.found(tours);
        }
        islands
    }

    /// One more island, with its first plan.
    fn found(&mut self, tours: Tours<'p, R>) {
        let options = self.run.options;
        let dice = Dice::new(options.seed, 0, self.all.len() as u64);
        let mut trajectory = Trajectory::new(tours, self.neighbours, options.knobs, dice);
        trajectory.soften();
        self.all.push(Island {
            trajectory,
            annealing: options.annealing(&self.arcs),
            childhood: None,
            parent: usize::MAX,
        });
    }

    /// Lets all islands go forward, at this share of the budget.
    fn advance(&mut self, share: f64) {
        let run = self.run;
        let count = self.all.len() as u64;
        let most = if count == 1 { BATCH } else { SLICE };
        let left = run.clock.iterations_left(self.iterations());
        for island in &mut self.all {
            if island.childhood.is_none() {
                island.annealing.cool(share / self.shape.alone);
                island.trajectory.focus().share = FOCUS * (1.0 - share);
            }
        }
        // What is left of an iteration budget is dealt out evenly, the remainder to the first islands.
        let dealt =
            |index: usize| most.min(left / count + u64::from((index as u64) < left % count));
        let each = |(index, island): (usize, &mut Island<'p, 'n, R>)| {
            island.advance(run, dealt(index));
        };
        match run.pool {
            Some(pool) if count > 1 => {
                pool.install(|| self.all.par_iter_mut().enumerate().for_each(each));
            }
            _ => self.all.iter_mut().enumerate().for_each(each),
        }
    }

    /// Takes in the plans of islands whose time is over, and gives each a child of two plans to go on with.
    fn breed(&mut self, share: f64) {
        if self.all.len() == 1 {
            return;
        }
        let is_due = |island: &Island<'p, 'n, R>| match island.childhood {
            None => share >= self.shape.alone,
            Some(_) => island.is_grown(),
        };
        let due: Vec<usize> = (0..self.all.len())
            .filter(|index| is_due(&self.all[*index]))
            .collect();
        for index in &due {
            self.take_in(*index);
        }
        // Where all islands have found plans of one cost, there is nothing to recombine.
        if self.population.len() >= 2 {
            for index in due {
                self.bear(index);
            }
        }
    }

    /// An island's best plan joins the population, in place of a parent it betters, or of the worst.
    fn take_in(&mut self, index: usize) {
        let child = self.all[index].individual();
        let parent = self.all[index].parent;
        if self.population.iter().any(|plan| plan.cost == child.cost) {
            return;
        }
        if self.population.len() < self.shape.islands {
            self.population.push(child);
            return;
        }
        let worst = (0..self.population.len()).max_by_key(|at| self.population[*at].cost);
        let place = match self.population.get(parent) {
            Some(plan) if child.cost < plan.cost => Some(parent),
            _ => worst,
        };
        if let Some(place) = place.filter(|at| child.cost < self.population[*at].cost) {
            self.population[place] = child;
        }
    }

    /// Gives an island a child of two plans.
    fn bear(&mut self, index: usize) {
        let run = self.run;
        let parent = self.dice.below(self.population.len());
        let other =
            (parent + 1 + self.dice.below(self.population.len() - 1)) % self.population.len();
        let mut tours = Tours::sparing(run.problem, run.extra);
        crossover(
            &mut tours,
            self.neighbours,
            &self.population[parent],
            &self.population[other],
            &mut self.dice,
        );
        self.births += 1;
        let dice = Dice::new(run.options.seed, self.births, index as u64);
        let mut trajectory = Trajectory::new(tours, self.neighbours, run.options.knobs, dice);
        let island = &mut self.all[index];
        if let Some(pressure) = island.trajectory.pressure() {
            trajectory.press(pressure);
        }
        self.iterations += island.trajectory.iterations();
        self.improvements += island.trajectory.improvements();
        let arc = self.arcs.mean();
        let last = arc * run.options.last_temperature;
        *island = Island {
            trajectory,
            annealing: Annealing::new((arc * MILD).max(last), last),
            childhood: Some(CHILDHOOD * run.problem.order_count() as u64),
            parent,
        };
    }

    fn iterations(&self) -> u64 {
        let now = self.all.iter().map(|i| i.trajectory.iterations());
        self.iterations + now.sum::<u64>()
    }

    fn improvements(&self) -> u64 {
        let now = self.all.iter().map(|i| i.trajectory.improvements());
        self.improvements + now.sum::<u64>()
    }

    /// The cheapest plan of all.
    fn leader(&self) -> Leader<'_> {
        let tours = self.all[0].trajectory.tours();
        let (first_order, prices) = (tours.first_order(), tours.prices());
        let living = self.all.iter().map(|island| {
            let best = island.trajectory.best();
            (best.cost(), best.absent(), best.filled().count())
        });
        let kept = self.population.iter();
        let kept = kept.map(|plan| (plan.cost, &plan.absent[..], plan.routes.len()));
        let (cost, absent, routes) =
            living
                .chain(kept)
                .min_by_key(|plan| plan.0)
                .unwrap_or((i64::MAX, &[], 0));
        Leader {
            cost,
            absent,
            routes,
            first_order,
            prices,
        }
    }

    /// The routes of the cheapest plan.
    fn drafts(&self) -> Vec<RouteDraft> {
        let first_order = self.all[0].trajectory.tours().first_order();
        let living = self.all.iter().map(Island::individual);
        let plans = living.chain(self.population.iter().cloned());
        let best = plans.min_by_key(|plan| plan.cost);
        best.into_iter()
            .flat_map(|plan| plan.routes)
            .map(|(vehicle, stops)| draft_of_nodes(vehicle, stops.into_iter(), first_order))
            .collect()
    }
}
