//! Large problems: epochs over cells of whole routes.
//!
//! In each epoch the routes are cut by their centres into cells of a given size, along lines of a new direction; each
//! cell is a problem of its own that a worker anneals for a fixed number of iterations; the results are put together in
//! the order of the cells. Cells, seeds and iteration counts depend on the state and the epoch alone, so the number of
//! threads changes nothing but the time.
//!
//! Within a cell, routes may break limits at a price on the way. Where there are many cells, one of them would do so
//! nearly always, and the whole would never keep all limits: there each cell ends its epoch with the last routes that do.

use crate::eval::{Resource, Tours};
use crate::measure::{Cost, OrderId};
use crate::model::OrderKind;
use crate::problem::Problem;
use crate::search::{Annealing, Dice, Neighbours, Pressure, Trajectory};
use crate::solve::run::{BATCH, Found, OrderRoute, Run, is_counted, standing};
use crate::solve::{Progress, Statistics, Status};
use ordered_float::OrderedFloat;
use rayon::prelude::*;

/// Iterations for each order of a cell in one epoch.
const ITERATIONS_PER_ORDER: u64 = 2;

/// All routes, and the orders on none.
#[derive(Debug, Clone, Default)]
struct State {
    routes: Vec<OrderRoute>,
    absent: Vec<u32>,
}

/// What a plan is worth: unserved mandatory orders count first, then the cost, with what vehicles count for beside it.
type Worth = (usize, Cost);

/// A part of the problem for one worker.
struct Cell {
    routes: Vec<OrderRoute>,
    absent: Vec<u32>,
    counts: Vec<usize>,
    iterations: u64,
}

/// What a worker made of a cell.
struct Improved {
    now: State,
    best: State,
    worth: Worth,
    /// Whether `best` keeps all limits.
    holds: bool,
    /// What it costs there to break one.
    pressure: Option<Pressure>,
    iterations: u64,
}

/// How a problem is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// How many orders a cell has, roughly.
    pub(super) orders: usize,
    /// Whether routes may break limits at a price on the way.
    pub(super) soft: bool,
    /// Whether the routes of a cell keep all limits at the end of each epoch. Needed where there are many cells.
    pub(super) returns: bool,
}

/// What workers share in an epoch.
struct Epoch {
    number: u64,
    /// In the caller's currency.
    temperature: f64,
    soft: bool,
    returns: bool,
    pressure: Option<Pressure>,
}

/// Anneals in epochs from the given tours, which keep all limits.
pub(super) fn anneal<R: Resource>(
    run: &Run<'_>,
    tours: Tours<'_, R>,
    neighbours: &Neighbours,
    into: Cut,
) -> Found {
    let from = run.clock.elapsed();
    let mut annealing = run.options.annealing(&tours.arcs());
    let step = tours.prices().step as f64;
    let mut now = State::of(&tours);
    let mut worth = now.worth(run, &tours);
    let start_cost = (worth.0 == 0).then(|| now.cost(run, worth));
    let mut best = now.clone();
    let mut pressure = None;
    drop(tours);
    let points = run.problem.order_points();
    let mut statistics = Statistics {
        start_cost,
        ..Statistics::default()
    };
    let status = loop {
        if let Some(status) = run.clock.stop(
            statistics.iterations,
            worth.0 == 0,
            best.cost(run, worth).get(),
        ) {
            break status;
        }
        annealing.cool(run.clock.share(statistics.iterations, from));
        let cells = cut(
            run,
            &now,
            &points,
            (into.orders, statistics.epochs),
            run.clock.iterations_left(statistics.iterations),
        );
        if cells.iter().all(|cell| cell.iterations == 0) {
            break Status::IterationsSpent;
        }
        let epoch = Epoch {
            number: statistics.epochs,
            temperature: annealing.temperature() * step,
            soft: into.soft,
            returns: into.returns,
            pressure,
        };
        let improved = work::<R>(run, &cells, neighbours, &epoch);
        pressure = Pressure::mean(improved.iter().filter_map(|cell| cell.pressure.as_ref()));
        statistics.epochs += 1;
        statistics.iterations += improved.iter().map(|cell| cell.iterations).sum::<u64>();
        let joined = improved.iter().fold((0, Cost::ZERO), |sum, cell| {
            (sum.0 + cell.worth.0, sum.1 + cell.worth.1)
        });
        if joined < worth && improved.iter().all(|cell| cell.holds) {
            worth = joined;
            statistics.improvements += 1;
            best = State::join(improved.iter().map(|cell| &cell.best));
        }
        now = State::join(improved.iter().map(|cell| &cell.now));
        tell(run, &best, worth, &statistics, from);
    };
    Found {
        drafts: best.routes.iter().map(OrderRoute::draft).collect(),
        status,
        statistics,
    }
}

/// Lets workers improve the cells: all in the pool, or one after the other.
fn work<R: Resource>(
    run: &Run<'_>,
    cells: &[Cell],
    neighbours: &Neighbours,
    epoch: &Epoch,
) -> Vec<Improved> {
    let one = |index: usize| {
        let dice = Dice::new(run.options.seed, epoch.number + 1, index as u64);
        cells[index].improve::<R>(run, neighbours, epoch, dice)
    };
    match run.pool {
        Some(pool) => pool.install(|| (0..cells.len()).into_par_iter().map(one).collect()),
        None => (0..cells.len()).map(one).collect(),
    }
}

fn tell(
    run: &Run<'_>,
    best: &State,
    worth: Worth,
    statistics: &Statistics,
    from: std::time::Duration,
) {
    let Some(observer) = run.observer else { return };
    let progress = Progress {
        elapsed: run.clock.elapsed(),
        share: run.clock.share(statistics.iterations, from),
        iterations: statistics.iterations,
        cost: best.cost(run, worth),
        unserved: (best.absent.iter())
            .filter(|order| is_counted(run.problem, **order as usize))
            .count(),
        routes: best.routes.len(),
    };
    observer.improved(&progress);
    observer.progress(&progress);
}

impl State {
    fn of<R: Resource>(tours: &Tours<'_, R>) -> Self {
        let order = |node: u32| node - tours.first_order();
        let filled = (0..tours.route_count() as u32).filter(|route| tours.route(*route).size > 0);
        let routes = filled.map(|route| OrderRoute {
            vehicle: tours.route(route).vehicle,
            orders: tours.stops(route).map(order).collect(),
        });
        Self {
            routes: routes.collect(),
            absent: tours.absent().iter().map(|node| order(*node)).collect(),
        }
    }

    fn worth<R: Resource>(&self, run: &Run<'_>, tours: &Tours<'_, R>) -> Worth {
        let (mandatory, cost) = standing(
            tours.problem(),
            tours.prices(),
            tours.cost(),
            self.routes.len(),
            self.absent.iter().map(|order| *order as usize),
        );
        (mandatory, cost + run.extra_of(self.routes.len()))
    }

    /// What it costs the caller, where this is its worth.
    fn cost(&self, run: &Run<'_>, worth: Worth) -> Cost {
        worth.1 - run.extra_of(self.routes.len())
    }

    fn join<'s>(parts: impl Iterator<Item = &'s Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.routes.extend_from_slice(&part.routes);
            all.absent.extend_from_slice(&part.absent);
        }
        all
    }
}

/// A route or absent order, where it is, and how many orders it stands for.
struct Item {
    route: Option<usize>,
    order: u32,
    centre: [f64; 2],
    size: usize,
}

/// Cuts the state into cells of about the wanted size.
fn cut(
    run: &Run<'_>,
    now: &State,
    points: &[[f64; 2]],
    (orders, epoch): (usize, u64),
    left: u64,
) -> Vec<Cell> {
    let mut items: Vec<Item> = Vec::with_capacity(now.routes.len() + now.absent.len());
    for (index, route) in now.routes.iter().enumerate() {
        let (mut x, mut y) = (0.0, 0.0);
        for order in &route.orders {
            x += points[*order as usize][0];
            y += points[*order as usize][1];
        }
        let stops = route.orders.len() as f64;
        let centre = [x / stops, y / stops];
        let behind = |order: &u32| 1 + alternatives(run.problem, *order).count();
        let size = route.orders.iter().map(behind).sum();
        items.push(Item {
            route: Some(index),
            order: 0,
            centre,
            size,
        });
    }
    // A pair stays together, where its pickup is, and a group where its first order is.
    let loose = now.absent.iter().filter(|o| {
        let order = OrderId::new(**o as usize);
        let leads = is_counted(run.problem, order.index());
        leads && (run.problem.mate(order).is_none() || run.problem.kind(order) == OrderKind::Pickup)
    });
    items.extend(loose.map(|o| Item {
        route: None,
        order: *o,
        centre: points[*o as usize],
        size: 1
            + usize::from(mate(run.problem, *o).is_some())
            + alternatives(run.problem, *o).count(),
    }));
    let wanted = run.problem.order_count().div_ceil(orders.max(1)).max(1);
    let mut dice = Dice::new(run.options.seed, epoch + 1, u64::MAX);
    let mut groups = Vec::new();
    let mut stack = vec![(items, wanted, dice.unit() * std::f64::consts::PI)];
    while let Some((group, cells, angle)) = stack.pop() {
        if cells <= 1 || group.len() <= 1 {
            groups.push(group);
            continue;
        }
        let (first, second) = halve(group, cells, angle);
        // The next cut is roughly across this one.
        let turned = angle + std::f64::consts::FRAC_PI_2 + 0.3 * (dice.unit() - 0.5);
        stack.push((first, cells / 2, turned));
        stack.push((second, cells - cells / 2, turned));
    }
    fill(run, now, &groups, left)
}

/// Cuts a group in two along a line, in proportion to how many cells each side is to have.
fn halve(mut group: Vec<Item>, cells: usize, angle: f64) -> (Vec<Item>, Vec<Item>) {
    let (sin, cos) = angle.sin_cos();
    let key = |item: &Item| OrderedFloat(item.centre[0] * cos + item.centre[1] * sin);
    group.sort_by_key(|item| (key(item), item.route, item.order));
    let total: usize = group.iter().map(|item| item.size).sum();
    let wanted = total * (cells / 2) / cells;
    let mut so_far = 0;
    let at = group.iter().position(|item| {
        so_far += item.size;
        so_far > wanted
    });
    let second = group.split_off(at.unwrap_or(group.len() / 2).max(1));
    (group, second)
}

/// Gives each cell its routes, vehicles and iterations.
fn fill(run: &Run<'_>, now: &State, groups: &[Vec<Item>], left: u64) -> Vec<Cell> {
    let fleet = run.problem.fleet();
    let mut spare: Vec<usize> = fleet.iter().map(|t| t.count).collect();
    for route in &now.routes {
        spare[route.vehicle as usize] -= 1;
    }
    let total = run.problem.order_count() as u64;
    let most = (total * ITERATIONS_PER_ORDER).min(left);
    let mut before = 0;
    let mut cells = Vec::with_capacity(groups.len());
    for (index, group) in groups.iter().enumerate() {
        // Spare vehicles are dealt out evenly, the remainder to the first cells.
        let dealt =
            |t: usize| spare[t] / groups.len() + usize::from(index < spare[t] % groups.len());
        let mut counts: Vec<usize> = (0..fleet.len()).map(dealt).collect();
        let routes: Vec<OrderRoute> = group
            .iter()
            .filter_map(|item| item.route)
            .map(|r| now.routes[r].clone())
            .collect();
        for route in &routes {
            counts[route.vehicle as usize] += 1;
        }
        let absent: Vec<u32> = group
            .iter()
            .filter(|item| item.route.is_none())
            .flat_map(|item| {
                let pair = [Some(item.order), mate(run.problem, item.order)];
                pair.into_iter()
                    .flatten()
                    .chain(alternatives(run.problem, item.order))
            })
            .collect();
        let upto = before + group.iter().map(|item| item.size as u64).sum::<u64>();
        // Rounded so that the iterations of all cells add up to the whole.
        let iterations = share_of(most, upto, total) - share_of(most, before, total);
        before = upto;
        cells.push(Cell {
            routes,
            absent,
            counts,
            iterations,
        });
    }
    cells
}

/// The other order of a pair.
fn mate(problem: &Problem, order: u32) -> Option<u32> {
    let mate = problem.mate(OrderId::new(order as usize))?;
    Some(mate.index() as u32)
}

/// The other orders of a group, which go where this one goes.
fn alternatives(problem: &Problem, order: u32) -> impl Iterator<Item = u32> + '_ {
    let others = problem.alternatives(OrderId::new(order as usize));
    others.map(|other| other.index() as u32)
}

/// `most · part / total` without overflow.
fn share_of(most: u64, part: u64, total: u64) -> u64 {
    (u128::from(most) * u128::from(part) / u128::from(total.max(1))) as u64
}

impl Cell {
    /// Anneals this cell at a fixed temperature.
    fn improve<R: Resource>(
        &self,
        run: &Run<'_>,
        all: &Neighbours,
        epoch: &Epoch,
        dice: Dice,
    ) -> Improved {
        let here = || State {
            routes: self.routes.clone(),
            absent: self.absent.clone(),
        };
        let mut orders: Vec<u32> = self
            .routes
            .iter()
            .flat_map(|r| r.orders.iter().copied())
            .collect();
        if run.problem.shape().grouped {
            let stand_by = |order: &u32| alternatives(run.problem, *order);
            let stand_by: Vec<u32> = orders.iter().flat_map(stand_by).collect();
            orders.extend(stand_by);
        }
        orders.extend_from_slice(&self.absent);
        orders.sort_unstable();
        let local = |order: u32| {
            orders
                .binary_search(&order)
                .ok()
                .map(|position| position as u32)
        };
        let kept: Vec<usize> = orders.iter().map(|order| *order as usize).collect();
        let part = run.problem.part(&kept, &self.counts);
        let neighbours = all.part(&orders, local);
        let mut tours = Tours::<R>::sparing(&part, run.extra);
        for route in &self.routes {
            let first = tours.first_order();
            let stops: Vec<u32> = route
                .orders
                .iter()
                .filter_map(|order| local(*order).map(|position| first + position))
                .collect();
            tours.assign(route.vehicle as usize, &stops);
        }
        let step = tours.prices().step as f64;
        let temperature = epoch.temperature / step;
        let annealing = Annealing::new(temperature, temperature);
        let held = tours.keeps_all_limits();
        let mut trajectory = Trajectory::new(tours, &neighbours, run.options.knobs, dice);
        match &epoch.pressure {
            Some(pressure) => trajectory.press(pressure),
            None if epoch.soft => trajectory.soften(),
            None => {}
        }
        let mut sound = None;
        while trajectory.iterations() < self.iterations && !run.clock.interrupted() {
            let late = 2 * trajectory.iterations() >= self.iterations;
            if epoch.soft && epoch.returns && late && trajectory.tours().keeps_all_limits() {
                sound = Some(State::of(trajectory.tours()));
            }
            for _ in 0..BATCH.min(self.iterations - trajectory.iterations()) {
                trajectory.iterate(&annealing);
            }
        }
        let (tours, best) = (trajectory.tours(), trajectory.best());
        let local = |node: u32| (node - tours.first_order()) as usize;
        let absent = best.absent().iter().map(|node| local(*node));
        let routes = best.filled().count();
        let worth = standing(&part, tours.prices(), best.cost(), routes, absent);
        let worth = (worth.0, worth.1 + run.extra_of(routes));
        let mut now = if trajectory.iterations() == 0 {
            here()
        } else {
            State::of(tours)
        };
        let mut kept_best = State {
            routes: best
                .filled()
                .map(|(route, stops)| {
                    let vehicle = tours.route(route).vehicle;
                    OrderRoute {
                        vehicle,
                        orders: stops.iter().map(|node| local(*node) as u32).collect(),
                    }
                })
                .collect(),
            absent: best
                .absent()
                .iter()
                .map(|node| local(*node) as u32)
                .collect(),
        };
        if epoch.returns && !tours.keeps_all_limits() {
            now = sound.unwrap_or_else(|| kept_best.clone());
        }
        kept_best.rename(&orders);
        if trajectory.iterations() > 0 {
            now.rename(&orders);
        }
        Improved {
            now,
            best: kept_best,
            worth,
            holds: held || trajectory.improvements() > 0,
            pressure: trajectory.pressure().cloned(),
            iterations: trajectory.iterations(),
        }
    }
}

impl State {
    /// Numbers orders as in the whole problem again.
    fn rename(&mut self, orders: &[u32]) {
        let lists = self
            .routes
            .iter_mut()
            .map(|route| &mut route.orders)
            .chain([&mut self.absent]);
        for order in lists.flatten() {
            *order = orders[*order as usize];
        }
    }
}
