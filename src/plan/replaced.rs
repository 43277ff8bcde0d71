//! Orders in whose place another one of their group is served.

use super::{HandOver, Route};
use crate::measure::OrderId;
use crate::problem::Problem;
use serde::{Deserialize, Serialize};

/// An order that is not served because another one of its [`Group`](crate::model::Group) is, or is handed over to a carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Replaced {
    /// Which order.
    pub order: OrderId,
    /// The order that is on a route, or with a carrier, in its place.
    pub by: OrderId,
}

/// All orders on no route of whose group another one is on one, or with a carrier, by id. Where several are, the first stop
/// counts.
pub(super) fn replaced(
    problem: &Problem,
    routes: &[Route],
    hand_overs: &[HandOver],
    missing: &[OrderId],
) -> Vec<Replaced> {
    if !problem.shape().grouped {
        return Vec::new();
    }
    // By first order of a group the one that is served, or handed over.
    let mut standing: Vec<Option<OrderId>> = vec![None; problem.order_count()];
    let stops = routes.iter().flat_map(|route| &route.stops);
    let handed = hand_overs.iter().flat_map(|carrier| &carrier.orders);
    for order in stops
        .map(|stop| stop.order)
        .chain(handed.map(|handed| handed.order))
    {
        let lead = problem.lead(order);
        standing[lead.index()].get_or_insert(order);
    }
    let stood_for = missing.iter().filter_map(|order| {
        let by = standing[problem.lead(*order).index()]?;
        (by != *order).then_some(Replaced { order: *order, by })
    });
    stood_for.collect()
}
