//! A solver that stays alive through the day.

use crate::error::Error;
use crate::measure::OrderId;
use crate::model::Model;
use crate::plan::{Plan, RouteDraft};
use crate::problem::{Edit, Entry, Ledger, Limits, Problem};
use crate::search::{LiveNeighbours, Neighbours, Outlook};
use crate::solve::clock::Clock;
use crate::solve::repair::{Repair, Repaired};
use crate::solve::run::Run;
use crate::solve::{Budget, Outcome, SolveOptions, variants};
use crate::travel::Travel;
use std::collections::BTreeSet;

/// Keeps a day and its plan: solves it, takes edits, repairs the plan at once, and improves it around what changed.
///
/// The first [`solve`](LiveSolver::solve) is as that of a [`Solver`](crate::solve::Solver). Each [`apply`] leaves a plan
/// that keeps all limits, in well under a millisecond an edit for a thousand orders with coordinates; each further solve
/// starts from that plan, at a low temperature, and searches mostly around the orders that edits have touched.
///
/// # Ids
///
/// The ids of the model's orders hold for as long as the orders do, whatever else is edited. An id whose order was
/// cancelled names nothing, and may be given to an order that is added later: [`apply`] says which ids those have. Names
/// stay too; [`order_id`](LiveSolver::order_id) finds an id by its name. A [`Plan`] belongs to the problem as it was when
/// it was made.
///
/// # Determinism
///
/// The same model, travel, options, edits and iteration budgets give the same plans, for any number of threads.
///
/// # Example
///
/// ```
/// use milkrun::measure::{Load, VehicleTypeId};
/// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
/// use milkrun::problem::Edit;
/// use milkrun::solve::{Budget, LiveSolver};
/// use milkrun::travel::Euclidean;
///
/// let mut model = Model::new();
/// let crates = model.add_dimension("crates");
/// let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
/// model.add_vehicle_type(VehicleType::new("van", 2, yard).capacity(crates, Load(2)));
/// for (name, x, y) in [("a", 0.0, 3.0), ("b", 4.0, 3.0), ("c", 0.0, -3.0)] {
///     model.add_order(Order::drop_off(name, Place::plane(x, y)).quantity(crates, Load(1)));
/// }
/// let mut live = LiveSolver::new(&model, Euclidean::rounded())?;
/// let first = live.solve(Budget::iterations(100)).plan;
/// assert_eq!(first.cost().total().to_f64(), 18.0);
///
/// // b is cancelled, and d comes in beside c.
/// let b = live.order_id("b").expect("it is in the model");
/// let d = Order::drop_off("d", Place::plane(-4.0, -3.0)).quantity(crates, Load(1));
/// let applied = live.apply([Edit::Cancel(b), Edit::Add(d)])?;
/// assert!(applied.unserved.is_empty());
/// let second = live.solve(Budget::iterations(100)).plan;
/// assert_eq!(second.cost().total().to_f64(), 6.0 + 12.0);
///
/// // A van breaks down: one order too many for the other, which is said, not hidden.
/// let applied = live.apply([Edit::Vehicles(VehicleTypeId::new(0), Some(1))])?;
/// assert_eq!(applied.unserved.len(), 1);
/// assert_eq!(live.plan().unserved().len(), 1);
///
/// // What makes no sense changes nothing.
/// let error = live.apply([Edit::Cancel(b), Edit::Add(Order::drop_off("a", Place::plane(0.0, 0.0)))]);
/// assert_eq!(error.unwrap_err().issues().len(), 2); // b is no more, and there is an a already
/// # Ok::<(), milkrun::Error>(())
/// ```
///
/// [`apply`]: LiveSolver::apply
pub struct LiveSolver {
    ledger: Ledger,
    options: SolveOptions,
    pool: Option<rayon::ThreadPool>,
    /// `None`: to be computed by the next solve.
    neighbours: Option<LiveNeighbours>,
    routes: Vec<RouteDraft>,
    /// Whether the routes are a plan to start from.
    planned: bool,
    /// Orders that edits have touched since the last solve.
    dirty: BTreeSet<OrderId>,
    solves: u64,
}

/// What edits led to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Applied {
    /// The ids of the orders added, in the order of their edits: of a pair its pickup first, of a group as they were stated.
    pub added: Vec<OrderId>,
    /// The orders that were on a route which could not keep them, or whose vehicle is gone; most are on another by now.
    pub displaced: Vec<OrderId>,
    /// All orders that are on no route now, with a carrier or with nobody, and of a group of which none is, the first;
    /// [`LiveSolver::plan`] says which, and why.
    pub unserved: Vec<OrderId>,
}

impl LiveSolver {
    /// Checks a model, within the default [`Limits`], and keeps it with its travel.
    ///
    /// A travel that several solvers use, such as a road network, goes in as an [`Arc`](std::sync::Arc).
    ///
    /// # Errors
    ///
    /// As [`Problem::new`].
    pub fn new(model: &Model, travel: impl Travel + Send + 'static) -> Result<Self, Error> {
        Self::with_limits(model, travel, &Limits::default())
    }

    /// Checks a model, within the given [`Limits`], and keeps it with its travel. Edits are held to the limits too.
    ///
    /// # Errors
    ///
    /// As [`LiveSolver::new`].
    pub fn with_limits(
        model: &Model,
        travel: impl Travel + Send + 'static,
        limits: &Limits,
    ) -> Result<Self, Error> {
        Ok(Self {
            ledger: Ledger::new(model, Box::new(travel), *limits)?,
            options: SolveOptions::default(),
            pool: None,
            neighbours: None,
            routes: Vec::new(),
            planned: false,
            dirty: BTreeSet::new(),
            solves: 0,
        })
    }

    /// Sets all options at once. Threads are made here, and kept.
    #[must_use]
    pub fn options(mut self, options: SolveOptions) -> Self {
        self.pool = options.own_pool();
        self.neighbours = None;
        self.options = options;
        self
    }

    /// Sets the seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// Starts from a plan that there is already, such as yesterday's [`Plan::drafts`] or those of a
    /// [`Solver`](crate::solve::Solver) that was observed. Unknown and repeated orders are passed over, as are vehicle
    /// types that there are not; the rest is repaired as after an edit.
    #[must_use]
    pub fn start_from(mut self, drafts: Vec<RouteDraft>) -> Self {
        let problem = self.ledger.problem();
        let mut seen = vec![false; problem.order_count()];
        self.routes = drafts;
        for draft in &mut self.routes {
            draft.retain(|order| {
                if !problem.has_order(order) || seen[order.index()] {
                    return false;
                }
                // One of a group is enough.
                for one in std::iter::once(order).chain(problem.alternatives(order)) {
                    seen[one.index()] = true;
                }
                true
            });
        }
        let types = problem.fleet().len();
        self.routes
            .retain(|draft| draft.vehicle_type.index() < types && !draft.stops.is_empty());
        self.planned = true;
        self.dirty = problem.orders().collect();
        self.repair();
        self.dirty.clear();
        self
    }

    /// The day as it stands.
    pub fn problem(&self) -> &Problem {
        self.ledger.problem()
    }

    /// The id of the order of this name.
    pub fn order_id(&self, name: &str) -> Option<OrderId> {
        self.ledger.id(name)
    }

    /// The routes as they stand: what [`plan`](LiveSolver::plan) walks.
    pub fn drafts(&self) -> &[RouteDraft] {
        &self.routes
    }

    /// What will happen as things stand, without further search. About a microsecond a stop.
    pub fn plan(&self) -> Plan {
        Plan::new(self.problem(), self.routes.clone())
    }

    /// Makes all of these edits at once and repairs the plan, or refuses them all.
    ///
    /// Routes that still keep their limits stay as they are; those that do not give up few of their stops. These, and
    /// the orders that are new, go where they cost least, and what fits nowhere is left out, which
    /// [`Applied::unserved`] and the plan say. Before the first solve there is no plan, so only the day changes.
    ///
    /// # Errors
    ///
    /// Every fault found, where an id names nothing, or [`Problem::new`] would refuse the day that the edits lead to.
    /// Everything is as it was then.
    ///
    /// # Complexity
    ///
    /// O(n) for each set of edits, with small constants, and O(n) for each order that is added, moved or given another
    /// window, where places have coordinates ([`Euclidean`](crate::travel::Euclidean),
    /// [`Haversine`](crate::travel::Haversine)). Where legs come from tables or a road network, the travel is asked for
    /// all legs again when there is a new place. New travel, and the first time windows, cost as much as making a
    /// problem.
    pub fn apply(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<Applied, Error> {
        let entry = self.ledger.enter(edits.into_iter().collect())?;
        self.follow(&entry);
        let repaired = self.repair();
        Ok(Applied {
            added: entry.added,
            displaced: repaired.displaced,
            unserved: repaired.unserved,
        })
    }

    /// Searches until the budget is spent and returns the best plan found, which is then the present one.
    ///
    /// The first solve starts from nothing, unless there was [something](LiveSolver::start_from); every other from the
    /// present plan. It never returns a plan that is worse.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "a budget is stated where it is spent"
    )]
    pub fn solve(&mut self, budget: Budget) -> Outcome {
        let clock = Clock::new(&budget, self.problem().order_count());
        self.look_around();
        let mut options = self.options;
        options.seed = self
            .options
            .seed
            .wrapping_add(self.solves.wrapping_mul(0xA24B_AED4_963E_E407));
        if self.planned {
            options.first_temperature = Some(self.options.warm_temperature);
        }
        let focus = self.focus();
        let run = Run {
            problem: self.ledger.problem(),
            options: &options,
            start: self.planned.then_some(&*self.routes),
            observer: None,
            pool: self.pool.as_ref(),
            clock: &clock,
            neighbours: self.neighbours.as_ref().map(LiveNeighbours::lists),
            focus: &focus,
            extra: options.extra(self.ledger.problem()),
        };
        let found = variants::dispatch(run.problem, &run);
        let routes = found.drafts.clone();
        let outcome = found.outcome(&run);
        self.routes = routes;
        self.planned = true;
        self.solves += 1;
        self.dirty.clear();
        outcome
    }

    /// Brings neighbours, routes and dirty orders in line with edits.
    fn follow(&mut self, entry: &Entry) {
        let problem = self.ledger.problem();
        let out: BTreeSet<OrderId> = entry.gone.iter().chain(&entry.moved).copied().collect();
        // Who was beside those that are gone may have a better place now.
        for draft in self.routes.iter().filter(|_| !out.is_empty()) {
            for (at, _) in (0..).zip(&draft.stops).filter(|(_, o)| out.contains(o)) {
                let beside = [at + 1, at - 1_i64].map(|at| draft.stops.get(at as usize));
                self.dirty.extend(beside.into_iter().flatten());
            }
        }
        if let Some(live) = &self.neighbours {
            let lists = live.lists();
            let first = problem.depot_count() as u32;
            for order in &entry.gone {
                let near = lists.of(first + order.index() as u32).iter().take(BESIDE);
                let near = near.map(|(node, _)| OrderId::new((node - first) as usize));
                self.dirty.extend(near);
            }
        }
        self.dirty.extend(entry.added.iter().chain(&entry.changed));
        self.dirty.retain(|order| problem.has_order(*order));
        for draft in self.routes.iter_mut().filter(|_| !out.is_empty()) {
            draft.retain(|order| !out.contains(&order));
        }
        self.routes.retain(|draft| !draft.stops.is_empty());
        if entry.legs {
            self.neighbours = None;
        } else if let Some(live) = &mut self.neighbours {
            let out: Vec<OrderId> = out.into_iter().collect();
            live.forget(&out);
            let new: Vec<OrderId> = entry.added.iter().chain(&entry.moved).copied().collect();
            live.learn(problem, &new);
        }
    }

    /// Makes the plan whole, where there is one.
    fn repair(&mut self) -> Repaired {
        if !self.planned {
            return Repaired {
                routes: Vec::new(),
                displaced: Vec::new(),
                unserved: self.problem().leads().collect(),
            };
        }
        if self.neighbours.is_none() {
            self.look_around();
        }
        let (problem, dirty) = (self.ledger.problem(), &self.dirty);
        let repaired = match &self.neighbours {
            Some(live) => variants::dispatch(
                problem,
                Repair {
                    problem,
                    neighbours: live.lists(),
                    routes: &self.routes,
                    dirty,
                },
            ),
            None => return Repaired::default(),
        };
        self.dirty.extend(&repaired.displaced);
        self.routes.clone_from(&repaired.routes);
        repaired
    }

    /// Computes neighbours where they are not known, or out of date as a whole.
    fn look_around(&mut self) {
        let problem = self.ledger.problem();
        let width = self.options.neighbour_count(problem.order_count()) * problem.crowd();
        match &mut self.neighbours {
            Some(live)
                if live.lists().is_sorted() != problem.shape().timed && live.width() >= width =>
            {
                live.mend(problem);
            }
            _ => {
                let outlook = Outlook {
                    width,
                    pool: self.pool.as_ref(),
                    left: &|| None,
                };
                let lists = Neighbours::within(problem, &outlook);
                self.neighbours = Some(LiveNeighbours::new(problem, &lists, width));
            }
        }
    }

    /// The orders to search around: the dirty ones, and fewer and fewer of those further from them. None where most
    /// are dirty.
    fn focus(&self) -> Vec<u32> {
        let problem = self.ledger.problem();
        let Some(live) = &self.neighbours else {
            return Vec::new();
        };
        if !self.planned || self.dirty.len() * 4 > problem.order_count() {
            return Vec::new();
        }
        let first = problem.depot_count() as u32;
        let mut focus = Vec::new();
        for order in &self.dirty {
            let order = order.index() as u32;
            let near = live.lists().of(first + order);
            focus.push(order);
            for reach in [4, 12, 36] {
                focus.extend(near.iter().take(reach).map(|(node, _)| node - first));
            }
        }
        focus
    }
}

/// How many orders near to one that is gone are looked at again.
const BESIDE: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Time, Window};
    use crate::model::{Depot, Order, Place, VehicleType};
    use crate::search::Dice;
    use crate::travel::Euclidean;

    fn order(number: usize, timed: bool, dice: &mut Dice) -> Order {
        let place = Place::plane(dice.below(500) as f64, dice.below(500) as f64);
        let order = Order::drop_off(format!("order {number}"), place);
        if timed {
            let opens = dice.below(1_000) as i64;
            order.window(Window::new(Time(opens), Time(opens + 200)))
        } else {
            order
        }
    }

    /// Each list begins as one that is computed anew, however far it goes; mended, it goes far.
    fn begin_as_fresh(live: &mut LiveSolver, width: usize) {
        let problem = live.ledger.problem();
        let fresh = Neighbours::new(problem, width);
        let kept = live.neighbours.as_mut().expect("there is a plan");
        for mended in [false, true] {
            if mended {
                kept.mend(problem);
            }
            for order in problem.orders() {
                let node = (problem.depot_count() + order.index()) as u32;
                let (list, near) = (kept.lists().of(node), fresh.of(node));
                assert_eq!(list, &near[..list.len()], "order {order}");
                let known = kept.lists().successions(node);
                let successions = fresh.successions(node);
                assert_eq!(known.is_empty(), successions.is_empty());
                assert_eq!(known, &successions[..known.len()], "order {order}");
                assert!(!mended || list.len() * 4 >= near.len() * 3);
            }
        }
    }

    #[test]
    fn lists_that_follow_edits_are_those_of_a_fresh_problem() {
        follow_edits(false);
        follow_edits(true);
    }

    fn follow_edits(timed: bool) {
        let mut dice = Dice::new(3, 1, 4);
        let mut model = Model::new();
        let yard = model.add_depot(Depot::new("yard", Place::plane(250.0, 250.0)));
        model.add_vehicle_type(VehicleType::new("van", 3, yard));
        for number in 0..30 {
            model.add_order(order(number, timed, &mut dice));
        }
        let options = SolveOptions {
            neighbours: 8,
            ..SolveOptions::default()
        };
        let live = LiveSolver::new(&model, Euclidean::exact()).expect("a sound day");
        let mut live = live.options(options);
        live.solve(Budget::iterations(10));
        for number in 30..230 {
            let alive: Vec<OrderId> = live.problem().orders().collect();
            let id = alive[dice.below(alive.len())];
            let new = order(number, timed, &mut dice);
            // The day shrinks to a few orders, fewer than lists are wide, and grows again.
            let shrinks = number % 100 < 50;
            let edit = match dice.below(4) {
                0 => Edit::Change(id, new),
                1 | 2 if shrinks && alive.len() > 3 => Edit::Cancel(id),
                _ if shrinks => continue,
                _ => Edit::Add(new),
            };
            live.apply([edit]).expect("a sound edit");
            begin_as_fresh(&mut live, 8);
        }
    }
}
