//! One solve, with its resources known.

use crate::eval::{NONE, Prices, Resource, Tours};
use crate::measure::{Cost, DepotId, OrderId, VehicleTypeId};
use crate::plan::{Plan, RouteDraft};
use crate::problem::Problem;
use crate::search::{Neighbours, Outlook};
use crate::solve::cells::Cut;
use crate::solve::clock::Clock;
use crate::solve::construct::construct;
use crate::solve::variants::Task;
use crate::solve::{Observer, Outcome, SolveOptions, Statistics, Status};
use crate::solve::{cells, islands};
use std::collections::HashMap;

/// Iterations between two looks at the clock: a millisecond or two.
pub(super) const BATCH: u64 = 64;

/// Up to how many orders limits bend in cells. Of more, a budget has too few iterations for the weights to settle.
const SOFT_MOST: usize = 50_000;

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
    /// What any vehicle counts for in the search, on top of what it costs.
    pub(super) extra: Cost,
}

impl Run<'_> {
    /// Whether the problem can be cut into cells of whole routes.
    pub(super) fn may_be_cut(&self) -> bool {
        // Cells pass orders on, not reloads.
        self.focus.is_empty()
            && self.problem.coordinates().is_some()
            && !self.problem.shape().reloads
            // A fee is shared by all that is handed over, whichever cell it is from.
            && !self.problem.shape().pickup_fees
    }

    /// What so many vehicles count for, beside what they cost.
    pub(super) fn extra_of(&self, vehicles: usize) -> Cost {
        Cost(self.extra.get() * vehicles as i64)
    }
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
        statistics.vehicle_price = run.options.vehicles_first.then_some(run.extra);
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
                width: self.options.neighbour_count(problem.order_count()) * problem.crowd(),
                pool: self.pool,
                left: &|| self.clock.left(),
            };
            computed = Neighbours::within(problem, &outlook);
            &computed
        };
        let tours = construct::<R>(self, neighbours);
        if problem.order_count() >= self.options.cells_from.max(2) && self.may_be_cut() {
            let cut = Cut {
                orders: self.options.cell_orders,
                soft: !R::COLUMNS && problem.order_count() <= SOFT_MOST,
                returns: true,
            };
            cells::anneal(self, tours, neighbours, cut)
        } else {
            islands::anneal(self, tours, neighbours)
        }
    }
}

/// What unserved orders and a cost in steps mean to the caller: how many mandatory orders are not served, and the cost
/// without the search's own prices for those and for vehicles.
pub(super) fn standing(
    problem: &Problem,
    prices: &Prices,
    steps: i64,
    routes: usize,
    absent: impl Iterator<Item = usize>,
) -> (usize, Cost) {
    let mut mandatory = 0;
    let mut cost = steps - prices.extra * routes as i64;
    for order in absent.filter(|order| is_counted(problem, *order)) {
        if problem.absence(OrderId::new(order)).is_none() {
            mandatory += 1;
            cost -= prices.absent[order];
        }
    }
    (mandatory, Cost(cost * prices.step))
}

/// Whether an order that is absent stands for its group, which counts once.
pub(super) fn is_counted(problem: &Problem, order: usize) -> bool {
    let order = OrderId::new(order);
    problem.lead(order) == order
}

/// A route as orders, not nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OrderRoute {
    pub(super) vehicle: u32,
    pub(super) orders: Vec<u32>,
}

impl OrderRoute {
    pub(super) fn draft(&self) -> RouteDraft {
        draft_of_nodes(self.vehicle, self.orders.iter().copied(), 0)
    }
}

/// The stops of a draft that `keep` keeps as nodes for a vehicle of this type, with the numbers of depots for reloads, as far as
/// it may reload there, and so often.
pub(super) fn nodes_of_draft<R: Resource>(
    tours: &Tours<'_, R>,
    vehicle: usize,
    draft: &RouteDraft,
    mut keep: impl FnMut(OrderId) -> bool,
) -> Vec<u32> {
    let fleet = &tours.problem().fleet()[vehicle];
    let most = fleet.max_reloads().unwrap_or(usize::MAX);
    let may_reload = |depot: DepotId| fleet.reload_depots().contains(&depot);
    let reloads = draft.reloads.iter().filter(|r| may_reload(r.depot));
    let mut reloads = reloads.take(most).peekable();
    let mut nodes = Vec::with_capacity(draft.stops.len() + draft.reloads.len());
    for (index, order) in draft.stops.iter().enumerate() {
        while let Some(reload) = reloads.next_if(|reload| reload.before <= index) {
            nodes.push(reload.depot.index() as u32);
        }
        if keep(*order) {
            nodes.push(tours.first_order() + order.index() as u32);
        }
    }
    nodes
}

/// The stops of a route, depots for reloads among them, without those of pairs that are not on it in their order.
pub(super) fn whole_pairs<R: Resource>(tours: &Tours<'_, R>, stops: Vec<u32>) -> Vec<u32> {
    if !tours.has_pairs() {
        return stops;
    }
    let at: HashMap<u32, usize> = stops.iter().copied().zip(0..).collect();
    let is_whole = |stop: u32| {
        if stop < tours.first_order() {
            return true;
        }
        let mate = tours.mate(stop);
        let first = tours.is_paired_pickup(stop);
        mate == NONE
            || at
                .get(&mate)
                .is_some_and(|other| (at[&stop] < *other) == first)
    };
    stops
        .iter()
        .copied()
        .filter(|stop| is_whole(*stop))
        .collect()
}

/// A route of nodes, reloads among them by the number of their depot, as a draft. Reloads with no stop behind them are left
/// out.
pub(super) fn draft_of_nodes(
    vehicle: u32,
    stops: impl Iterator<Item = u32>,
    first_order: u32,
) -> RouteDraft {
    let vehicle_type = VehicleTypeId::new(vehicle as usize);
    let mut draft = RouteDraft::new(vehicle_type, Vec::new());
    let mut reload = None;
    for stop in stops {
        let Some(order) = stop.checked_sub(first_order) else {
            reload = Some(DepotId::new(stop as usize));
            continue;
        };
        let before = draft.stops.len();
        if let Some(depot) = reload.take() {
            draft = draft.reload(before, depot);
        }
        draft.stops.push(OrderId::new(order as usize));
    }
    draft
}
