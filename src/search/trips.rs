//! Where an order could begin, or end, a trip of its route.

use crate::eval::{Around, NONE, Resource, Tours};
use crate::search::Dice;
use crate::search::recreate::Spot;

/// How many routes anywhere are looked at for a trip of the order alone.
const ROUTES: usize = 8;

/// The cheapest place with a reload beside it that costs less than `below`, and what it costs: beside a near stop, where
/// the trip of that is cut in two, or as a trip of its own between two others, or before or behind all, of some routes.
pub(super) fn cheapest<R: Resource>(
    tours: &Tours<'_, R>,
    near: &[(u32, u32)],
    node: u32,
    dice: &mut Dice,
    below: i64,
) -> Option<(i64, Spot)> {
    let mut best = Best::below(tours, node, below);
    for (beside, _) in near {
        let entry = tours.node(*beside);
        if entry.route == NONE || !best.may_join(entry.route) {
            continue;
        }
        best.offer(entry.prev);
        best.offer(*beside);
    }
    let count = tours.route_count();
    let first = dice.below(count);
    for step in 0..count.min(ROUTES) {
        best.offer_between_trips(((first + step) % count) as u32);
    }
    best.found()
}

/// The cheapest trip of its own, on any route at all, that costs less than `below`, and what it costs.
pub(super) fn anywhere<R: Resource>(
    tours: &Tours<'_, R>,
    node: u32,
    below: i64,
) -> Option<(i64, Spot)> {
    let mut best = Best::below(tours, node, below);
    for route in 0..tours.route_count() as u32 {
        best.offer_between_trips(route);
    }
    best.found()
}

/// The cheapest place so far.
struct Best<'t, 'p, R: Resource> {
    tours: &'t Tours<'p, R>,
    node: u32,
    delta: i64,
    spot: Option<Spot>,
}

impl<'t, 'p, R: Resource> Best<'t, 'p, R> {
    /// None yet, and none wanted that costs so much or more.
    fn below(tours: &'t Tours<'p, R>, node: u32, delta: i64) -> Self {
        Self {
            tours,
            node,
            delta,
            spot: None,
        }
    }

    /// What was found.
    fn found(self) -> Option<(i64, Spot)> {
        Some((self.delta, self.spot?))
    }

    /// Whether the order may be on a route, and might fit.
    fn may_join(&self, route: u32) -> bool {
        let tours = self.tours;
        let vehicle = tours.route(route).vehicle;
        tours.may_carry(vehicle, self.node) && tours.may_fit(self.node, route)
    }

    /// Looks at a trip of its own before, between, and behind all those of a route.
    fn offer_between_trips(&mut self, route: u32) {
        let tours = self.tours;
        if tours.route(route).size == 0 || tours.route(route).stale || !self.may_join(route) {
            return;
        }
        self.offer(tours.start(route));
        let mut last = tours.start(route);
        for stop in tours.stops(route) {
            if tours.is_reload(stop) {
                self.offer(stop);
            }
            last = stop;
        }
        self.offer(last);
    }

    /// Looks at the places behind `prev`. A reload beside another, or beside the end or a start at a depot, would serve
    /// nothing.
    fn offer(&mut self, prev: u32) {
        let tours = self.tours;
        let next = tours.node(prev).next;
        let vehicle = tours.route(tours.node(prev).route).vehicle;
        for depot in tours.reload_depots(vehicle) {
            let depot = depot.index() as u32;
            let arounds = [
                (tours.may_reload_behind(prev), Around::Before(depot)),
                (tours.is_order(next), Around::After(depot)),
            ];
            for (_, around) in arounds.into_iter().filter(|(serves, _)| *serves) {
                let delta = tours.trip_insertion(self.node, prev, around, self.delta);
                if delta < self.delta {
                    self.delta = delta;
                    self.spot = Some(Spot::Trip(prev, around));
                }
            }
        }
    }
}
