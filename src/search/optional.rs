//! Orders that are not worth their place.

use crate::eval::{NONE, Resource, Tours};

/// How many of the changed routes are looked at.
const MOST: usize = 8;

/// Takes those orders off the routes changed since [`Tours::begin`] that cost more where they are than leaving them out.
/// O(stops of these routes). Stops of pairs stay.
pub(super) fn leave_out<R: Resource>(tours: &mut Tours<'_, R>) {
    let mut routes = [NONE; MOST];
    let mut count = 0;
    for (slot, route) in routes.iter_mut().zip(tours.touched_routes()) {
        *slot = route;
        count += 1;
    }
    tours.settle();
    for route in &routes[..count] {
        let mut at = tours.node(tours.start(*route)).next;
        while tours.is_order(at) {
            let next = tours.node(at).next;
            let alone = tours.mate(at) == NONE && !tours.is_reload(at);
            if alone && tours.removal(at) + tours.absent_price(at) < 0 {
                tours.remove(at);
                tours.settle();
            }
            at = next;
        }
    }
}
