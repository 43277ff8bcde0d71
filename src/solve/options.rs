//! How to search.

use crate::search::Knobs;

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
    /// The first temperature, in mean arcs between stops of the starting plan. Default 2.0.
    pub first_temperature: f64,
    /// The last temperature, in mean arcs between stops of the starting plan. Default 0.01.
    pub last_temperature: f64,
    /// The first temperature where a [`LiveSolver`](crate::solve::LiveSolver) improves a plan that it has, in mean arcs
    /// between its stops. Default 0.2.
    pub warm_temperature: f64,
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
            first_temperature: 2.0,
            last_temperature: 0.01,
            warm_temperature: 0.2,
            knobs: Knobs::default(),
        }
    }
}

impl SolveOptions {
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
