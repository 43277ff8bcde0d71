//! Insertion of one order, wherever it costs least.

use crate::eval::{Resource, Tours};
use crate::search::recreate::Spot;
use crate::search::trips;

/// Puts an absent order where it costs least on any route in use, or on a trip of its own there, if that is less than
/// leaving it out. All routes have to be settled. O(n).
pub fn insert_anywhere<R: Resource>(tours: &mut Tours<'_, R>, node: u32) {
    let mut best = tours.absence_saved(node);
    let mut spot = None;
    for route in 0..tours.route_count() as u32 {
        let entry = *tours.route(route);
        let vehicle = entry.vehicle;
        let rides = tours.may_carry(vehicle, node);
        if entry.size == 0 || !rides || !tours.may_fit(node, route) {
            continue;
        }
        let mut prev = tours.start(route);
        while prev != tours.end(route) {
            let next = tours.node(prev).next;
            let arcs = [
                tours.distance(vehicle, prev, node),
                tours.distance(vehicle, node, next),
            ];
            let delta = tours.insertion(node, prev, next, arcs, best);
            if delta < best {
                (best, spot) = (delta, Some(Spot::Behind(prev)));
            }
            prev = next;
        }
    }
    if tours.has_reloads()
        && let Some((_, trip)) = trips::anywhere(tours, node, best)
    {
        spot = Some(trip);
    }
    if let Some(spot) = spot {
        spot.take(tours, node);
    }
}
