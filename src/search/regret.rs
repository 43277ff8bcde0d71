//! Regret insertion.

use crate::eval::{NONE, Resource, Tours};
use crate::search::recreate::Spot;
use crate::search::{Neighbours, pairs};
use std::collections::BinaryHeap;

/// How many neighbours are looked at.
const NEAR: usize = 24;

/// Serves absent orders in the order of their regret: the one that would lose most by not getting its cheapest route
/// now goes first (Potvin and Rousseau 1993, 10.1016/0377-2217(93)90221-8; regret-2). Only positions beside neighbours
/// and fresh vehicles are looked at, and an order is looked at again only when a neighbour was served or its route
/// changed. Orders for which nothing fits stay absent. Pairs come before all others, each where it costs least. Ends early
/// once `interrupted` says so.
pub fn regret<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    interrupted: &dyn Fn() -> bool,
) {
    let mut orders = tours.absent().to_vec();
    if tours.has_pairs() {
        pairs::place_all(tours, neighbours, interrupted);
        orders.retain(|node| tours.mate(*node) == NONE);
    }
    regret_of(tours, neighbours, &orders, interrupted);
}

/// As [`regret`], for some of the absent orders, and those near them.
pub fn regret_of<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    orders: &[u32],
    interrupted: &dyn Fn() -> bool,
) {
    let mut waiting: BinaryHeap<(i64, u32)> = BinaryHeap::with_capacity(orders.len());
    for (number, node) in (1_usize..).zip(orders.iter().copied()) {
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
        if tours.node(node).route != NONE {
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
        choice.spot.take(tours, node);
        for (near, _) in neighbours.of(node).iter().take(NEAR) {
            if tours.node(*near).route == NONE
                && tours.mate(*near) == NONE
                && let Some(choice) = choose(tours, neighbours, *near)
            {
                waiting.push((choice.regret, *near));
            }
        }
    }
}

struct Choice {
    regret: i64,
    spot: Spot,
}

/// The cheapest spot of an absent order and what the second-cheapest route would cost more.
fn choose<R: Resource>(tours: &Tours<'_, R>, neighbours: &Neighbours, node: u32) -> Option<Choice> {
    let price = tours.absent_price(node);
    let (mut best, mut second) = ((price, NONE, None), price);
    let mut offer = |cost: i64, route: u32, spot: Spot| {
        if cost < best.0 {
            if route != best.1 {
                second = best.0;
            }
            best = (cost, route, Some(spot));
        } else if cost < second && route != best.1 {
            second = cost;
        }
    };
    for (beside, _) in neighbours.of(node).iter().take(NEAR) {
        let entry = *tours.node(*beside);
        if entry.route == NONE {
            continue;
        }
        if !tours.may_fit(node, entry.route) {
            continue;
        }
        let route = tours.route(entry.route);
        if tours.is_restricted() && !tours.may_carry(route.vehicle, node) {
            continue;
        }
        for (prev, next) in [(*beside, entry.next), (entry.prev, *beside)] {
            let arc = if prev == *beside {
                entry.arc_out
            } else {
                entry.arc_in
            };
            let vehicle = route.vehicle;
            let arcs =
                tours.distance(vehicle, prev, node) + tours.distance(vehicle, node, next) - arc;
            offer(
                tours.insertion(node, prev, next, arcs, price),
                entry.route,
                Spot::Behind(prev),
            );
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
            offer(shared, NONE - 1 - vehicle as u32, Spot::Fresh(vehicle));
        }
    }
    let (cost, _, spot) = best;
    spot.map(|spot| Choice {
        regret: second - cost,
        spot,
    })
}
