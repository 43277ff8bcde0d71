//! Whole routes that change their vehicles.

use super::{Piece, Tours, paid_for};
use crate::eval::resource::Resource;
use crate::travel::FAR;

impl<R: Resource> Tours<'_, R> {
    /// What the stops of a settled route would cost on a vehicle of another type; `None` where it has no stops, one that
    /// type may not carry, or a leg is missing there. O(1) where both types start, end and travel alike and may carry all, else
    /// O(stops).
    pub fn cost_on(&self, route: u32, vehicle: usize) -> Option<i64> {
        let entry = self.route(route);
        if entry.size == 0
            || (self.has_reloads() && !self.may_reload(vehicle as u32, self.stops(route)))
            || !self.may_carry_all(vehicle as u32, self.stops(route))
        {
            return None;
        }
        let (whole, distance) = if self.drives_alike(entry.vehicle as usize, vehicle) {
            (entry.whole, entry.distance)
        } else {
            let first = self.node(self.start(route)).next;
            let last = self.node(self.end(route)).prev;
            let (mut chain, mut inner, mut at) = (*self.own(first), 0, first);
            while at != last {
                let next = self.node(at).next;
                let arc = self.distance(vehicle as u32, at, next);
                if arc >= FAR {
                    return None;
                }
                inner += arc;
                chain = self.joined(vehicle, &chain, at, next, self.own(next));
                at = next;
            }
            let (whole, ends) = self.driven(vehicle, first, &chain, last)?;
            (whole, inner + ends)
        };
        let paid = if R::UNIFORM {
            paid_for(distance, self.unit)
        } else {
            0
        };
        let charge = self.resource.charge(&whole, vehicle, &self.penalties)
            + self.walked_cost(vehicle as u32, &whole, self.stops(route));
        Some(self.prices.fixed[vehicle] + paid + charge)
    }

    /// Whether a run of stops is the same whole route with either vehicle type.
    fn drives_alike(&self, one: usize, two: usize) -> bool {
        let fleet = self.problem.fleet();
        let ways = |t: usize| {
            let fleet = &fleet[t];
            (fleet.start, fleet.end, fleet.profile, fleet.backhauls)
        };
        ways(one) == ways(two)
            && self.resource.leave(one) == self.resource.leave(two)
            && self.resource.arrive(one) == self.resource.arrive(two)
    }

    /// Gives the stops of a route to a vehicle of another type that still stands at its depot, where there is one.
    pub fn hand_over(&mut self, route: u32, vehicle: usize) {
        if let Some(fresh) = self.open(vehicle) {
            self.trade(route, fresh);
        }
    }

    /// Two routes exchange all of their stops, one of them at least has some.
    pub fn trade(&mut self, one: u32, two: u32) {
        let all = |stops: u32, to: u32| {
            let (start, end) = (Piece::Node(self.start(to)), Piece::Node(self.end(to)));
            let (first, last) = (
                self.node(self.start(stops)).next,
                self.node(self.end(stops)).prev,
            );
            if self.route(stops).size == 0 {
                [start, end, end]
            } else {
                [start, Piece::Run(first, last), end]
            }
        };
        let (first, second) = (all(two, one), all(one, two));
        self.rearrange(&[(one, &first), (two, &second)]);
    }
}
