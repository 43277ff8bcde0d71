//! Giving up stops that a route can no longer serve.

use crate::eval::{Resource, Tours};
use std::cmp::Reverse;

/// Takes orders off a settled route until it keeps all its limits: always the one without which it exceeds them least,
/// and among equals the one that takes the longest detour. Few are taken, if not always the fewest. O(stops) for each.
pub fn shed<R: Resource>(tours: &mut Tours<'_, R>, route: u32) {
    let mut excess = tours.excess(route);
    while excess > 0 && tours.route(route).size > 0 {
        tours.freshen(route);
        let vehicle = tours.route(route).vehicle;
        let key = |node: &u32| {
            let stop = tours.node(*node);
            let straight = tours.distance(vehicle, stop.prev, stop.next);
            let detour = stop.arc_in + stop.arc_out - straight;
            (tours.excess_without(*node), Reverse(detour), *node)
        };
        let orders = tours.stops(route).filter(|stop| tours.is_order(*stop));
        let Some(given_up) = orders.min_by_key(key) else {
            return;
        };
        tours.remove(given_up);
        tours.settle();
        tours.freshen(route);
        excess = tours.excess(route);
    }
}
