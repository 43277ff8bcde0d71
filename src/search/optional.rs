//! Orders that are not worth their place, and those that together are worth a vehicle.

use crate::eval::{NONE, Resource, Tours};
use crate::search::recreate::{Blinker, Buffer, Hope, Spot};
use crate::search::{Dice, Neighbours, Recreate};

/// How many of the changed routes are looked at.
const MOST: usize = 8;

/// How many orders around each one served are tried.
const AROUND: usize = 20;

/// The most orders tried for one vehicle, so that an iteration is as short on a day of any size.
const TRIED: usize = 1_000;

/// Takes those orders off the routes changed since [`Tours::begin`] that cost more where they are than leaving them out.
/// O(stops of these routes). Stops of pairs stay.
pub(super) fn leave_out<R: Resource>(tours: &mut Tours<'_, R>) {
    let (routes, count) = tours.first_touched::<MOST>();
    tours.settle();
    for route in &routes[..count] {
        leave_out_of(tours, *route);
    }
}

/// Takes those orders off a settled route that cost more there than leaving them out. Stops of pairs stay.
pub(super) fn leave_out_of<R: Resource>(tours: &mut Tours<'_, R>, route: u32) {
    let mut at = tours.node(tours.start(route)).next;
    while tours.is_stop(at) {
        let next = tours.node(at).next;
        let alone = tours.is_order(at) && tours.mate(at) == NONE;
        if alone && tours.removal(at) + tours.absent_price(at) < 0 {
            tours.remove(at);
            tours.settle();
        }
        at = next;
    }
}

/// Sends a vehicle out to an order that is left out, and puts what is left out around there, and around what it then
/// serves, where it costs least, up to twice its price in the hope of more. Single orders seldom pay for a vehicle, so
/// that a plan which once gave a route up would never come to have it again.
///
/// `false` where no vehicle is sent. O(orders tried · neighbours), a thousand orders at most; stops of pairs stay left out.
pub(super) fn send_out<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    recreate: &Recreate,
    dice: &mut Dice,
    buffer: &mut Buffer,
) -> bool {
    let absent = tours.absent();
    if absent.is_empty() {
        return false;
    }
    let first = absent[dice.below(absent.len())];
    let vehicle = dice.below(tours.problem().fleet().len());
    if tours.mate(first) != NONE
        || !tours.has_vehicle(vehicle)
        || tours.opening(first, vehicle).is_none()
    {
        return false;
    }
    Spot::Fresh(vehicle).take(tours, first);
    let worth = 1.0 + dice.unit();
    let mut blinker = Blinker::new(recreate.blink, dice);
    let Buffer { served, tried, .. } = buffer;
    tried.resize(tours.orders_end() as usize, false);
    served.push(first);
    let (mut next, mut left) = (0, TRIED);
    while left > 0
        && let Some(at) = served.get(next).copied()
    {
        next += 1;
        for (node, _) in neighbours.of(at).iter().take(AROUND) {
            let seen = std::mem::replace(&mut tried[*node as usize], true);
            if seen || !tours.is_absent(*node) || tours.mate(*node) != NONE {
                continue;
            }
            left = left.saturating_sub(1);
            let most = (tours.absent_price(*node) as f64 * worth) as i64;
            let terms = (recreate.near, Hope::Alone, most);
            if let Some((_, spot)) =
                Recreate::cheapest(tours, neighbours, *node, dice, &mut blinker, terms)
            {
                spot.take(tours, *node);
                served.push(*node);
            }
        }
    }
    // What was tried lies around what was served.
    for at in served.drain(..) {
        for (node, _) in neighbours.of(at).iter().take(AROUND) {
            tried[*node as usize] = false;
        }
    }
    tours.settle();
    true
}
