//! Orders in whose place another one of their group is served.

use super::Route;
use crate::measure::OrderId;
use crate::problem::Problem;
use serde::{Deserialize, Serialize};

/// An order that is not served because another one of its [`Group`](crate::model::Group) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Replaced {
    /// Which order.
    pub order: OrderId,
    /// The order that is on a route in its place.
    pub by: OrderId,
}

/// All orders on no route of whose group another one is on one, by id. Where several are, the first stop counts.
pub(super) fn replaced(problem: &Problem, routes: &[Route], missing: &[OrderId]) -> Vec<Replaced> {
    if !problem.shape().grouped {
        return Vec::new();
    }
    // By first order of a group the one that is served.
    let mut standing: Vec<Option<OrderId>> = vec![None; problem.order_count()];
    for stop in routes.iter().flat_map(|route| &route.stops) {
        let lead = problem.lead(stop.order);
        standing[lead.index()].get_or_insert(stop.order);
    }
    let stood_for = missing.iter().filter_map(|order| {
        let by = standing[problem.lead(*order).index()]?;
        Some(Replaced { order: *order, by })
    });
    stood_for.collect()
}
