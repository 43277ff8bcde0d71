//! Vehicles of the routes that changed: each may get a cheaper one, or exchange it with another route.
//!
//! Exchanging the vehicle type, and with it the depot, of whole routes is what mixed fleets need beside moves of stops
//! (Penna, Subramanian, Ochi 2013, 10.1007/s10732-011-9186-y; Vidal, Crainic, Gendreau, Prins 2014,
//! 10.1016/j.ejor.2013.09.045): a route grows on the vehicle it has, and is handed to one that fits it better.

use crate::eval::{NONE, Resource, Tours};
use crate::search::ruin::take_apart;
use crate::search::{Dice, Neighbours};
use std::cmp::Ordering;

/// How many of the changed routes are looked at.
const MOST: usize = 8;

/// How many routes anywhere a changed route may exchange vehicles with.
const OTHERS: usize = 2;

/// How many vehicles may come for a larger one.
const SMALLER: usize = 4;

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

/// Takes the routes of `seed` and of an order anywhere apart, and around the one of the smaller vehicle more routes of smaller
/// ones, until these carry about as much as the larger one; then sends the large vehicle to one of their orders, and each of
/// them to one of its. All others stay absent, for recreate to put them beside these.
///
/// Where all vehicles of a kind are on the road and full, no exchange of two routes' vehicles keeps the limits, and orders
/// move on their own only to where there is room: which regions the large vehicles serve would be for good what the start
/// made it.
///
/// `false` where it does not apply, as both vehicles are as large, more large ones are free, or there are pairs; then nothing
/// is done. O(stops of these routes · vehicle types).
pub(super) fn exchange<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    seed: u32,
    dice: &mut Dice,
) -> bool {
    let orders = (tours.orders_end() - tours.first_order()) as usize;
    let other = tours.first_order() + dice.below(orders) as u32;
    let (one, two) = (tours.node(seed).route, tours.node(other).route);
    if one == NONE || two == NONE || tours.has_pairs() {
        return false;
    }
    let (large, around) = match room(tours, one).cmp(&room(tours, two)) {
        Ordering::Greater => (one, other),
        Ordering::Less => (two, seed),
        Ordering::Equal => return false,
    };
    let vehicle = |tours: &Tours<'_, R>, route: u32| tours.route(route).vehicle as usize;
    if tours.has_vehicle(vehicle(tours, large)) {
        return false;
    }
    let (small, count) = smaller_around(tours, neighbours, around, large);
    let before = tours.absent().len();
    take_apart(tours, large);
    let middle = tours.absent().len();
    for route in &small[..count] {
        take_apart(tours, *route);
    }
    tours.settle();
    let (here, there) = tours.absent()[before..].split_at(middle - before);
    if here.is_empty() || there.is_empty() {
        return true;
    }
    let mut draw = |all: &[u32]| all[dice.below(all.len())];
    let first = draw(there);
    let others: [u32; SMALLER] = std::array::from_fn(|_| draw(here));
    send(tours, vehicle(tours, large), first);
    for (route, node) in small[..count].iter().zip(others) {
        send(tours, vehicle(tours, *route), node);
    }
    tours.settle();
    true
}

/// How much the vehicle of a route carries.
fn room<R: Resource>(tours: &Tours<'_, R>, route: u32) -> i64 {
    tours.problem().fleet()[tours.route(route).vehicle as usize].room()
}

/// The routes of an order and of those near it, nearest first, whose vehicles are smaller than that of the `large` route and
/// carry about as much together, and how many these are.
fn smaller_around<R: Resource>(
    tours: &Tours<'_, R>,
    neighbours: &Neighbours,
    order: u32,
    large: u32,
) -> ([u32; SMALLER], usize) {
    let most = room(tours, large);
    let mut small = [NONE; SMALLER];
    let (mut count, mut sum) = (0, 0_i64);
    let near = neighbours.of(order).iter().map(|(node, _)| *node);
    for node in std::iter::once(order).chain(near) {
        let route = tours.node(node).route;
        if route == NONE || small[..count].contains(&route) {
            continue;
        }
        let size = room(tours, route);
        if size >= most || sum.saturating_add(size / 2) > most {
            continue;
        }
        small[count] = route;
        count += 1;
        sum = sum.saturating_add(size);
        if count == SMALLER || sum >= most - most / 8 {
            break;
        }
    }
    (small, count)
}

/// Sends a vehicle to an order, if it may go there and the order is absent.
fn send<R: Resource>(tours: &mut Tours<'_, R>, vehicle: usize, node: u32) {
    if tours.is_absent(node) && tours.has_vehicle(vehicle) && tours.opening(node, vehicle).is_some()
    {
        tours.send(node, vehicle);
    }
}
