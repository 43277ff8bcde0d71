//! Orders that are not worth their place.

use crate::eval::{NONE, Resource, Tours};

/// How many of the changed routes are looked at.
const MOST: usize = 8;

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
