//! Telling an observer how a solve goes on.

use crate::eval::Prices;
use crate::measure::Cost;
use crate::solve::Progress;
use crate::solve::run::{Run, is_counted, standing};
use std::time::Duration;

/// The shortest time between two calls of an observer.
const QUIET: Duration = Duration::from_millis(50);

/// The cheapest plan so far, as the search sees it.
pub(super) struct Leader<'s> {
    /// Its cost, in steps.
    pub(super) cost: i64,
    /// The nodes that are on no route.
    pub(super) absent: &'s [u32],
    pub(super) routes: usize,
    /// The first node that is an order.
    pub(super) first_order: u32,
    pub(super) prices: &'s Prices,
}

/// What a plan means to the caller.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// Whether all mandatory orders are served.
    pub(super) complete: bool,
    pub(super) cost: Cost,
}

impl Standing {
    /// The cost, where all mandatory orders are served.
    pub(super) fn complete_cost(self) -> Option<Cost> {
        self.complete.then_some(self.cost)
    }
}

/// Tells the observer, not too often.
pub(super) struct Report<'r, 'a> {
    run: &'r Run<'a>,
    told: Duration,
    told_cost: i64,
    seen: Option<(i64, Standing)>,
}

impl<'r, 'a> Report<'r, 'a> {
    pub(super) fn new(run: &'r Run<'a>) -> Self {
        Self {
            run,
            told: Duration::ZERO,
            told_cost: i64::MAX,
            seen: None,
        }
    }

    /// What the leader means to the caller; looked up again only when its cost changed.
    pub(super) fn standing(&mut self, leader: &Leader<'_>) -> Standing {
        if let Some((cost, seen)) = self.seen
            && cost == leader.cost
        {
            return seen;
        }
        let absent = leader.absent.iter();
        let (mandatory, cost) = standing(
            self.run.problem,
            leader.prices,
            leader.cost,
            leader.routes,
            absent.map(|node| (node - leader.first_order) as usize),
        );
        let standing = Standing {
            complete: mandatory == 0,
            cost,
        };
        self.seen = Some((leader.cost, standing));
        standing
    }

    /// Tells the observer of the leader after this many iterations of a search that began at `from`.
    pub(super) fn tell(&mut self, leader: &Leader<'_>, iterations: u64, from: Duration) {
        let Some(observer) = self.run.observer else {
            return;
        };
        let elapsed = self.run.clock.elapsed();
        if elapsed.saturating_sub(self.told) < QUIET {
            return;
        }
        self.told = elapsed;
        let progress = Progress {
            elapsed,
            share: self.run.clock.share(iterations, from),
            iterations,
            cost: self.standing(leader).cost,
            unserved: (leader.absent.iter())
                .filter(|node| is_counted(self.run.problem, (**node - leader.first_order) as usize))
                .count(),
            routes: leader.routes,
        };
        if leader.cost < self.told_cost {
            self.told_cost = leader.cost;
            observer.improved(&progress);
        }
        observer.progress(&progress);
    }
}
