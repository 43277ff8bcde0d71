//! Taking orders off routes that exceed their limits.

use crate::eval::{NONE, Resource, Tours};
use std::cmp::Reverse;

/// Takes orders off a settled route until it keeps all its limits: always the one, or the pair, without which it exceeds them
/// least, and among equals the one that takes the longest detour. Few are taken, if not always the fewest. O(stops) for each,
/// times the stops where there are pairs.
pub fn shed<R: Resource>(tours: &mut Tours<'_, R>, route: u32) {
    let mut excess = tours.excess(route);
    while excess > 0 && tours.route(route).size > 0 {
        tours.freshen(route);
        let vehicle = tours.route(route).vehicle;
        let detour = |node: u32| {
            let stop = tours.node(node);
            let straight = tours.distance(vehicle, stop.prev, stop.next);
            stop.arc_in + stop.arc_out - straight
        };
        let key = |node: &u32| {
            let mate = tours.mate(*node);
            if mate == NONE {
                return (tours.excess_without(*node), Reverse(detour(*node)), *node);
            }
            let detours = detour(*node) + detour(mate);
            let left = tours.excess_without_pair([*node, mate]);
            (left, Reverse(detours), *node)
        };
        let orders = tours.stops(route).filter(|stop| tours.is_order(*stop));
        // A pair is given up by its pickup.
        let units = orders.filter(|o| tours.mate(*o) == NONE || tours.is_paired_pickup(*o));
        let Some(given_up) = units.min_by_key(key) else {
            return;
        };
        let mate = tours.mate(given_up);
        tours.remove(given_up);
        if mate != NONE {
            tours.remove(mate);
        }
        tours.settle();
        tours.freshen(route);
        excess = tours.excess(route);
    }
}
