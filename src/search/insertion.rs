//! Insertion of one order, or of what it stands for, wherever it costs least.

use crate::eval::{NONE, Resource, Tours};
use crate::search::pairs::{self, PairSpot};
use crate::search::recreate::Spot;
use crate::search::trips;

/// Puts an absent order where it costs least on any route in use, or on a trip of its own there, if that is less than
/// leaving it out: of a pair both of its stops, of a group the cheapest of its orders. All routes have to be settled. O(n), and
/// times the stops of a route for a pair.
pub fn insert_anywhere<R: Resource>(tours: &mut Tours<'_, R>, node: u32) {
    let mate = tours.mate(node);
    if mate != NONE {
        let pair = if tours.is_paired_pickup(node) {
            (node, mate)
        } else {
            (mate, node)
        };
        if let Some(spot) = cheapest_of_pair(tours, pair) {
            spot.take(tours, pair);
        }
        return;
    }
    let mut best = None;
    let mut least = tours.absence_saved(node);
    for one in std::iter::once(node).chain(tours.alternatives(node)) {
        if let Some((delta, spot)) = cheapest(tours, one, least) {
            (best, least) = (Some((one, spot)), delta);
        }
    }
    if let Some((one, spot)) = best {
        spot.take(tours, one);
    }
}

/// The cheapest place of an order that costs less than `below`.
fn cheapest<R: Resource>(tours: &Tours<'_, R>, node: u32, below: i64) -> Option<(i64, Spot)> {
    let mut best = None;
    let mut least = below;
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
            let delta = tours.insertion(node, prev, next, arcs, least);
            if delta < least {
                (least, best) = (delta, Some((delta, Spot::Behind(prev))));
            }
            prev = next;
        }
    }
    let trip = tours
        .has_reloads()
        .then(|| trips::anywhere(tours, node, least));
    trip.flatten().or(best)
}

/// The cheapest places of a pair that cost less than leaving it out.
fn cheapest_of_pair<R: Resource>(tours: &Tours<'_, R>, pair: (u32, u32)) -> Option<PairSpot> {
    let mut best = None;
    let mut least = pairs::price_of(tours, pair);
    for route in 0..tours.route_count() as u32 {
        if tours.route(route).size == 0 {
            continue;
        }
        let mut prev = tours.start(route);
        while prev != tours.end(route) {
            if let Some(place) = tours.pair_place(pair, prev, least) {
                least = place.delta;
                best = Some(PairSpot::Behind([prev, place.drop_behind]));
            }
            prev = tours.node(prev).next;
        }
    }
    best
}
