//! Regret insertion.

use crate::eval::{NONE, Resource, Tours};
use crate::search::recreate::Spot;
use crate::search::{Neighbours, place_pairs};
use std::collections::BinaryHeap;

/// How many neighbours are looked at.
const NEAR: usize = 24;

/// Serves absent orders in the order of their regret: the one that would lose most by not getting its cheapest route
/// now goes first (Potvin and Rousseau 1993, 10.1016/0377-2217(93)90221-8; regret-2). Only positions beside neighbours
/// and fresh vehicles are looked at, and an order is looked at again only when a neighbour was served or its route
/// changed. A group is looked at as one order that has the places of all of them. Orders for which nothing fits stay
/// absent. Pairs come before all others, each where it costs least. Ends early once `interrupted` says so.
pub fn regret<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    interrupted: &dyn Fn() -> bool,
) {
    let mut orders = tours.absent().to_vec();
    if tours.has_pairs() {
        place_pairs(tours, neighbours, &orders, interrupted);
        orders.retain(|node| tours.mate(*node) == NONE);
    }
    regret_of(tours, neighbours, &orders, interrupted);
}

/// As [`regret`], for some of the absent orders that are of no pair, and those near them.
pub fn regret_of<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    orders: &[u32],
    interrupted: &dyn Fn() -> bool,
) {
    let mut waiting: BinaryHeap<(i64, u32)> = BinaryHeap::with_capacity(orders.len());
    let leads = orders
        .iter()
        .copied()
        .filter(|node| tours.lead(*node) == *node);
    for (number, node) in (1_usize..).zip(leads) {
        if number.is_multiple_of(64) && interrupted() {
            return;
        }
        if let Some(choice) = choose(tours, neighbours, node) {
            waiting.push((choice.regret, node));
        }
    }
    let mut steps = 0_u32;
    while let Some((regret, node)) = waiting.pop() {
        steps += 1;
        if steps.is_multiple_of(64) && interrupted() {
            return;
        }
        if !tours.is_absent(node) {
            continue;
        }
        // What was known may be out of date: look again, and let it wait if its regret has fallen.
        let Some(choice) = choose(tours, neighbours, node) else {
            continue;
        };
        if choice.regret < regret && waiting.peek().is_some_and(|next| next.0 > choice.regret) {
            waiting.push((choice.regret, node));
            continue;
        }
        choice.spot.take(tours, choice.node);
        let near = neighbours.of(choice.node).iter();
        for (near, _) in near.take(NEAR * tours.problem().crowd()) {
            let lead = tours.lead(*near);
            if tours.is_absent(lead)
                && tours.mate(lead) == NONE
                && let Some(choice) = choose(tours, neighbours, lead)
            {
                waiting.push((choice.regret, lead));
            }
        }
    }
}

struct Choice {
    regret: i64,
    /// Which order goes there: of a group any.
    node: u32,
    spot: Spot,
}

/// The cheapest place so far, and what the cheapest on another route costs.
struct Offers {
    best: (i64, u32, Option<(u32, Spot)>),
    second: i64,
}

impl Offers {
    fn take(&mut self, cost: i64, route: u32, place: (u32, Spot)) {
        if cost < self.best.0 {
            if route != self.best.1 {
                self.second = self.best.0;
            }
            self.best = (cost, route, Some(place));
        } else if cost < self.second && route != self.best.1 {
            self.second = cost;
        }
    }
}

/// The cheapest spot of an absent order, or of any of its group, and what the second-cheapest route would cost more.
fn choose<R: Resource>(tours: &Tours<'_, R>, neighbours: &Neighbours, node: u32) -> Option<Choice> {
    let price = tours.absent_price(node);
    let mut offers = Offers {
        best: (price, NONE, None),
        second: price,
    };
    gather(tours, neighbours, node, price, &mut offers);
    for other in tours.alternatives(node) {
        gather(tours, neighbours, other, price, &mut offers);
    }
    let (cost, _, place) = offers.best;
    place.map(|(node, spot)| Choice {
        regret: offers.second - cost,
        node,
        spot,
    })
}

/// What places of one order cost.
fn gather<R: Resource>(
    tours: &Tours<'_, R>,
    neighbours: &Neighbours,
    node: u32,
    price: i64,
    offers: &mut Offers,
) {
    let near = neighbours.of(node).iter();
    for (beside, _) in near.take(NEAR * tours.problem().crowd()) {
        let entry = *tours.node(*beside);
        if entry.route == NONE {
            continue;
        }
        if !tours.may_fit(node, entry.route) {
            continue;
        }
        let route = tours.route(entry.route);
        if !tours.may_carry(route.vehicle, node) {
            continue;
        }
        for (prev, next) in [(*beside, entry.next), (entry.prev, *beside)] {
            let vehicle = route.vehicle;
            let arcs = [
                tours.distance(vehicle, prev, node),
                tours.distance(vehicle, node, next),
            ];
            let cost = tours.insertion(node, prev, next, arcs, price);
            offers.take(cost, entry.route, (node, Spot::Behind(prev)));
        }
    }
    for vehicle in 0..tours.problem().fleet().len() {
        if tours.has_vehicle(vehicle)
            && let Some(cost) = tours.opening(node, vehicle)
        {
            // Orders to come share the fixed cost of a vehicle: alone it does not keep an order off the plan.
            let shared = if cost - tours.prices().fixed[vehicle] < price {
                cost.min(price - 1)
            } else {
                cost
            };
            // A fresh vehicle stays an alternative: it counts as one route of its type.
            let route = NONE - 1 - vehicle as u32;
            offers.take(shared, route, (node, Spot::Fresh(vehicle)));
        }
    }
}
