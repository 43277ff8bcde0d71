//! By how much routes exceed their limits.

use super::Tours;
use crate::eval::Penalties;
use crate::eval::resource::Resource;
use crate::travel::FAR;

impl<R: Resource> Tours<'_, R> {
    /// By how many units, of whatever kind, a settled route exceeds its limits; nothing where it keeps them all.
    /// O(stops): missing legs are counted.
    pub fn excess(&self, route: u32) -> i64 {
        let entry = self.route(route);
        let arcs = self.stops(route).chain([self.end(route)]);
        let missing = arcs.filter(|node| self.node(*node).arc_in >= FAR).count() as i64;
        self.over(entry.vehicle, entry.whole)
            .saturating_add(missing.saturating_mul(FAR))
    }

    /// What [`excess`](Tours::excess) would change by without one of the stops. The route must be
    /// [fresh](Tours::freshen). O(1).
    pub fn excess_without(&self, node: u32) -> i64 {
        let stop = *self.node(node);
        let entry = self.route(stop.route);
        let vehicle = entry.vehicle;
        let far = |arc: i64| i64::from(arc >= FAR);
        let joined = far(self.distance(vehicle, stop.prev, stop.next));
        let missing = joined - far(stop.arc_in) - far(stop.arc_out);
        let whole = self.joined(
            vehicle as usize,
            self.before[stop.prev as usize],
            stop.prev,
            stop.next,
            self.after[stop.next as usize],
        );
        (self.over(vehicle, whole) - self.over(vehicle, entry.whole))
            .saturating_add(missing.saturating_mul(FAR))
    }

    /// By how many units a route of which this is the summary exceeds the limits of its vehicle.
    fn over(&self, vehicle: u32, whole: R::Segment) -> i64 {
        let weighed = |weight: i64| {
            let penalties = Penalties {
                load: weight,
                time: weight,
                distance: weight,
            };
            self.resource.charge(whole, vehicle as usize, &penalties)
        };
        weighed(1) - weighed(0)
    }
}
