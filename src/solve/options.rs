//! How to search.

use crate::eval::{Arcs, vehicle_price};
use crate::measure::Cost;
use crate::problem::Problem;
use crate::search::{Annealing, Knobs};

/// The options of a solve; start from [`SolveOptions::default`] and set fields.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SolveOptions {
    /// Seed of all random choices. Default 0.
    pub seed: u64,
    /// How many threads may work at once, when the solver makes its own; the plan of an iteration budget does not
    /// depend on it. Default 1; 0 counts as 1.
    pub threads: usize,
    /// From how many orders on the problem is cut into cells that are improved side by side. Default 2,500.
    pub cells_from: usize,
    /// How many orders a cell has, roughly. Default 1,500.
    pub cell_orders: usize,
    /// How many neighbours of each order are kept. Default 100 up to 2,000 orders, 48 up to
    /// 200,000, 24 above (0 means this default).
    pub neighbours: usize,
    /// The first temperature, in mean arcs between stops of the starting plan. Default (`None`): a third of how far the
    /// routes of that plan [roam](Arcs::roaming), at least a fifth of the [stops](Arcs::stops) that a route has beyond 20,
    /// within 2 to 64. Where routes are long, savings alone lead far away from good plans.
    pub first_temperature: Option<f64>,
    /// The last temperature, in mean arcs between stops of the starting plan. Default 0.01.
    pub last_temperature: f64,
    /// The first temperature where a [`LiveSolver`](crate::solve::LiveSolver) improves a plan that it has, in mean arcs
    /// between its stops. Default 0.2.
    pub warm_temperature: f64,
    /// Whether the fewest vehicles come first, and what the plan costs second. Default no.
    ///
    /// Any vehicle then counts for [`vehicle_price`](crate::solve::Statistics::vehicle_price) in the search, on top of
    /// what it costs:
    ///
    /// > (orders + 1) · (f + 2 · l · d + (2 · l + s + w) · t + 1)
    ///
    /// with the highest cost of a vehicle f, a unit of distance d and a unit of time t in the fleet, the longest leg l,
    /// the longest service s, the span w of all windows, and 1 for the greatest common divisor of all prices. This is
    /// more than a plan for the same orders can save elsewhere. Where sums of it would leave the range of numbers, it is
    /// as much as they allow. The costs of plans, of the start, and of progress and targets stay in your own money.
    ///
    /// The price of an optional order is held against it: optional orders are left out where that spares a vehicle,
    /// unless their prices together are above the price of the vehicle. The prices and fees of carriers are held against
    /// it in the same way. An order that is to be served whatever it takes has no price, and no carrier; none of those is
    /// left out to spare a vehicle.
    pub vehicles_first: bool,
    /// How ruin, recreate and descent work.
    pub knobs: Knobs,
}

impl Default for SolveOptions {
    fn default() -> Self {
        Self {
            seed: 0,
            threads: 1,
            cells_from: 2_500,
            cell_orders: 1_500,
            neighbours: 0,
            first_temperature: None,
            last_temperature: 0.01,
            warm_temperature: 0.2,
            vehicles_first: false,
            knobs: Knobs::default(),
        }
    }
}

impl SolveOptions {
    /// What any vehicle of this problem counts for in the search, on top of what it costs.
    pub(super) fn extra(&self, problem: &Problem) -> Cost {
        if self.vehicles_first {
            vehicle_price(problem)
        } else {
            Cost::ZERO
        }
    }

    /// How a plan with such arcs is annealed, in steps of cost.
    pub(super) fn annealing(&self, arcs: &Arcs) -> Annealing {
        let first = self.first_temperature.unwrap_or_else(|| {
            let long = (arcs.stops() - 20.0) / 5.0;
            (arcs.roaming() / 3.0).max(long).clamp(2.0, 64.0)
        });
        let arc = arcs.mean();
        Annealing::new(arc * first, arc * self.last_temperature)
    }

    /// Threads of its own for a solve; `None` where the calling thread is enough, or no others can be made.
    pub(super) fn own_pool(&self) -> Option<rayon::ThreadPool> {
        let threads = Some(self.threads).filter(|threads| *threads > 1)?;
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .ok()
    }

    /// How many neighbours to keep for this many orders.
    pub(super) fn neighbour_count(&self, orders: usize) -> usize {
        match (self.neighbours, orders) {
            (0, ..=2_000) => 100,
            (0, ..=200_000) => 48,
            (0, _) => 24,
            (stated, _) => stated,
        }
    }
}
