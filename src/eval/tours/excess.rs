//! By how much routes exceed their limits.

use super::Tours;
use crate::eval::Penalties;
use crate::eval::penalties::KINDS;
use crate::eval::resource::Resource;
use crate::travel::FAR;

impl<R: Resource> Tours<'_, R> {
    /// By how many units, of whatever kind, a settled route exceeds its limits; nothing where it keeps them all.
    /// O(stops): missing legs are counted.
    pub fn excess(&self, route: u32) -> i64 {
        let entry = self.route(route);
        let arcs = self.stops(route).chain([self.end(route)]);
        let missing = arcs.filter(|node| self.node(*node).arc_in >= FAR).count() as i64;
        self.over(entry.vehicle, &entry.whole)
            .saturating_add(missing.saturating_mul(FAR))
    }

    /// What [`excess`](Tours::excess) would change by without one of the stops. The route must be
    /// [fresh](Tours::freshen). O(1).
    pub fn excess_without(&self, node: u32) -> i64 {
        let stop = *self.node(node);
        let entry = self.route(stop.route);
        let vehicle = entry.vehicle;
        let far = |arc: i64| i64::from(arc >= FAR);
        let joined = self.distance(vehicle, stop.prev, stop.next);
        let arcs = joined - stop.arc_in - stop.arc_out;
        let missing = far(joined) - far(stop.arc_in) - far(stop.arc_out);
        let whole = if R::COLUMNS {
            self.joined(
                vehicle as usize,
                &self.before[stop.prev as usize],
                stop.prev,
                stop.next,
                &self.after[stop.next as usize],
            )
        } else {
            let whole = self.resource.removed(entry.whole, self.own[node as usize]);
            self.resource.lengthened(whole, arcs)
        };
        (self.over(vehicle, &whole) - self.over(vehicle, &entry.whole))
            .saturating_add(missing.saturating_mul(FAR))
    }

    /// The same without both stops of a pair that is on a route. O(stops).
    pub fn excess_without_pair(&self, pair: [u32; 2]) -> i64 {
        let route = self.node(pair[0]).route;
        let vehicle = self.route(route).vehicle;
        let stops = self.stops(route).filter(|stop| !pair.contains(stop));
        let stops: Vec<u32> = stops.collect();
        let (Some(first), Some(last)) = (stops.first(), stops.last()) else {
            return -self.excess(route);
        };
        let arcs = stops.windows(2);
        let is_missing = |arc: &&[u32]| self.distance(vehicle, arc[0], arc[1]) >= FAR;
        let missing = arcs.filter(is_missing).count() as i64;
        let chain = self.chain(vehicle as usize, &stops);
        let driven = self.driven(vehicle as usize, *first, &chain, *last);
        let left = driven.map_or(FAR, |(whole, _)| self.over(vehicle, &whole));
        left.saturating_add(missing.saturating_mul(FAR)) - self.excess(route)
    }

    /// By how many units a route of which this is the summary exceeds the limits of its vehicle.
    fn over(&self, vehicle: u32, whole: &R::Segment) -> i64 {
        self.resource.excess(whole, vehicle as usize).total()
    }

    /// Whether all routes keep all limits.
    #[inline]
    pub fn keeps_all_limits(&self) -> bool {
        self.over == [0; KINDS]
    }

    /// How many routes exceed a limit, by kind, in the order of [`Excess::kinds`](crate::eval::Excess::kinds).
    #[inline]
    pub fn over_by_kind(&self) -> [u32; KINDS] {
        self.over
    }

    /// What exceeding a limit costs now.
    #[inline]
    pub fn penalties(&self) -> &Penalties {
        &self.penalties
    }

    /// Prices what exceeds the limits anew, between groups of changes. O(routes), and the stops of stale ones.
    pub fn set_penalties(&mut self, penalties: Penalties) {
        self.penalties = penalties;
        for route in 0..self.routes.len() as u32 {
            self.freshen(route);
            self.account(route, self.route(route).size);
        }
    }

    /// The penalties under which no limit is ever exceeded.
    pub fn hard_penalties(&self) -> Penalties {
        Penalties::above(self.prices.mandatory)
    }

    /// A cheap test whether an order might fit into a route.
    #[inline]
    pub fn may_fit(&self, node: u32, route: u32) -> bool {
        let entry = self.route(route);
        self.resource.may_fit(
            &entry.whole,
            self.own(node),
            entry.vehicle as usize,
            &self.penalties,
        )
    }
}
