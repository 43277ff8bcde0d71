//! Fetching what no vehicle may fetch alone.

use crate::eval::{NONE, Resource, Tours};
use crate::search::{Neighbours, regret_of};

/// How many drop-offs near a pickup are asked to lead it.
const NEAR: usize = 16;

/// Puts those of these orders that are absent pickups behind a drop-off that leaves its route for a fresh vehicle, as far
/// as that serves them at less than their price: insertion alone never opens a vehicle for a pickup that must not come first. Near drop-offs are
/// tried, nearest first. Ends early once `interrupted` says so.
pub fn escort<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    orders: &[u32],
    interrupted: &dyn Fn() -> bool,
) {
    if !R::RULED {
        return;
    }
    for node in orders.iter().copied() {
        if interrupted() {
            return;
        }
        let alone = tours.mate(node) == NONE;
        if !alone || !tours.is_pickup(node) || !tours.is_absent(node) {
            continue;
        }
        // The vehicle that was sent for another one may have room. Insertion hopes for others to share a fresh one; nobody
        // may come.
        let before = tours.cost();
        tours.begin();
        regret_of(tours, neighbours, &[node], &|| false);
        if tours.cost() > before {
            tours.rollback();
        } else {
            tours.commit();
        }
        if tours.is_absent(node) {
            lead(tours, neighbours, node);
        }
    }
}

/// Sends a fresh vehicle with a drop-off from elsewhere and this pickup.
fn lead<R: Resource>(tours: &mut Tours<'_, R>, neighbours: &Neighbours, node: u32) {
    let before = tours.cost();
    let price = tours.absent_price(node);
    for vehicle in 0..tours.problem().fleet().len() {
        let alone = tours.opening_led(node, vehicle);
        if !tours.has_vehicle(vehicle) || alone.is_none_or(|cost| cost >= price) {
            continue;
        }
        let near = neighbours.of(node).iter().map(|(other, _)| *other);
        let rides = |other: u32| tours.may_carry(vehicle as u32, other);
        // The drop-off of a pair stays with its pickup.
        let may_lead = |other: &u32| {
            !tours.is_pickup(*other)
                && tours.mate(*other) == NONE
                && tours.node(*other).route != NONE
                && rides(*other)
        };
        let leads = near.filter(may_lead);
        let leads: Vec<u32> = leads.take(NEAR).collect();
        for drop_off in leads {
            tours.begin();
            tours.remove(drop_off);
            tours.settle();
            if let Some(route) = tours.open(vehicle) {
                tours.insert(drop_off, tours.start(route));
                tours.insert(node, drop_off);
            }
            if tours.cost() < before {
                tours.commit();
                return;
            }
            tours.rollback();
        }
    }
}
