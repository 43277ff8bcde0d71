//! Vehicles of the routes that changed: each may get a cheaper one, or exchange it with another route.
//!
//! Exchanging the vehicle type, and with it the depot, of whole routes is what mixed fleets need beside moves of stops
//! (Penna, Subramanian, Ochi 2013, 10.1007/s10732-011-9186-y; Vidal, Crainic, Gendreau, Prins 2014,
//! 10.1016/j.ejor.2013.09.045): a route grows on the vehicle it has, and is handed to one that fits it better.

use crate::eval::{Resource, Tours};
use crate::search::Dice;

/// How many of the changed routes are looked at.
const MOST: usize = 8;

/// How many routes anywhere a changed route may exchange vehicles with.
const OTHERS: usize = 2;

/// Gives cheaper vehicles to the routes changed since [`Tours::begin`], as long as that gains. O(vehicle types) for each
/// route where types start, end and travel alike, else that times its stops.
pub(super) fn refit<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    let (routes, count) = tours.first_touched::<MOST>();
    tours.settle();
    for route in &routes[..count] {
        if tours.route(*route).size == 0 || hand_over(tours, *route) {
            continue;
        }
        let all = tours.route_count();
        let anywhere: [u32; OTHERS] = std::array::from_fn(|_| dice.below(all) as u32);
        for other in routes[..count].iter().copied().chain(anywhere) {
            if trade(tours, *route, other) {
                break;
            }
        }
    }
}

/// Gives cheaper vehicles to all routes, one after the other, until none gains. O(routes · vehicle types) for each time
/// that one does, routes of a type counted as above.
pub fn refit_all<R: Resource>(tours: &mut Tours<'_, R>, interrupted: &dyn Fn() -> bool) {
    tours.settle();
    let mut gained = true;
    while gained && !interrupted() {
        gained = false;
        for route in 0..tours.route_count() as u32 {
            gained |= tours.route(route).size > 0 && hand_over(tours, route);
        }
    }
}

/// Gives a route the cheapest vehicle that still stands at its depot, if that gains.
fn hand_over<R: Resource>(tours: &mut Tours<'_, R>, route: u32) -> bool {
    let entry = tours.route(route);
    let mut best = (entry.cost, None);
    for vehicle in 0..tours.problem().fleet().len() {
        if vehicle != entry.vehicle as usize
            && tours.has_vehicle(vehicle)
            && let Some(cost) = tours.cost_on(route, vehicle)
            && cost < best.0
        {
            best = (cost, Some(vehicle));
        }
    }
    let Some(vehicle) = best.1 else {
        return false;
    };
    tours.hand_over(route, vehicle);
    true
}

/// Exchanges the vehicles of two routes, if that gains.
fn trade<R: Resource>(tours: &mut Tours<'_, R>, one: u32, two: u32) -> bool {
    tours.freshen(one);
    tours.freshen(two);
    let (a, b) = (tours.route(one), tours.route(two));
    if a.vehicle == b.vehicle || a.size == 0 || b.size == 0 {
        return false;
    }
    let before = a.cost + b.cost;
    let (first, second) = (b.vehicle as usize, a.vehicle as usize);
    let gains = tours
        .cost_on(one, first)
        .filter(|cost| *cost < before)
        .and_then(|cost| Some(cost + tours.cost_on(two, second)?))
        .is_some_and(|cost| cost < before);
    if gains {
        tours.trade(one, two);
    }
    gains
}
