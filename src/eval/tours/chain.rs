//! Chains of stops that are on no route yet.

use super::Tours;
use crate::eval::Excess;
use crate::eval::resource::{LegCost, Resource};
use crate::travel::FAR;

impl<R: Resource> Tours<'_, R> {
    /// The segment of one chain, a leg, and another chain.
    pub fn joined(
        &self,
        vehicle: usize,
        a: &R::Segment,
        from: u32,
        to: u32,
        b: &R::Segment,
    ) -> R::Segment {
        self.resource.join(a, self.leg(vehicle as u32, from, to), b)
    }

    /// The segment of a chain of stops, of which there is at least one.
    pub fn chain(&self, vehicle: usize, stops: &[u32]) -> R::Segment {
        let legs = stops.windows(2);
        legs.fold(self.own[stops[0] as usize], |whole, pair| {
            self.joined(
                vehicle,
                &whole,
                pair[0],
                pair[1],
                &self.own[pair[1] as usize],
            )
        })
    }

    /// A chain with the legs from the start and to the end of a vehicle of this type: the whole route and the distance
    /// of the two legs; `None` where one of them is missing.
    pub(super) fn driven(
        &self,
        vehicle: usize,
        first: u32,
        chain: &R::Segment,
        last: u32,
    ) -> Option<(R::Segment, i64)> {
        let fleet = &self.problem.fleet()[vehicle];
        let legs = self.legs_of(vehicle as u32);
        let leg = |from: usize, to: usize| LegCost {
            distance: legs.distance(from, to),
            duration: legs.duration(from, to),
        };
        // A chain may begin or end with a reload, whose place is that of its depot.
        let [first, last] = [first, last].map(|node| self.place(node) as usize);
        let out = leg(fleet.start.index(), first);
        let back = fleet
            .end
            .map_or(LegCost::default(), |end| leg(last, end.index()));
        if out.distance.max(back.distance) >= FAR {
            return None;
        }
        let front = self
            .resource
            .join(&self.resource.leave(vehicle), out, chain);
        let whole = self
            .resource
            .join(&front, back, &self.resource.arrive(vehicle));
        Some((whole, out.distance + back.distance))
    }

    /// Whether a vehicle of this type could drive a chain from its start to its end within all limits.
    pub fn keeps_limits(&self, vehicle: usize, first: u32, chain: &R::Segment, last: u32) -> bool {
        self.driven(vehicle, first, chain, last)
            .is_some_and(|(whole, _)| self.resource.excess(&whole, vehicle) == Excess::default())
    }

    /// As [`assign`](Tours::assign), but only where the route keeps all limits, the vehicle may carry all, and one is left.
    /// Reloads that begin or end a trip without orders are passed over, but for one that a vehicle under way begins with.
    pub fn assign_if_kept(&mut self, vehicle: usize, stops: &[u32]) {
        let full;
        let stops = if self.has_reloads() {
            full = self.with_full_trips(vehicle, stops);
            &full
        } else {
            stops
        };
        let (Some(first), Some(last)) = (stops.first(), stops.last()) else {
            return;
        };
        let chain = self.chain(vehicle, stops);
        let driven = stops
            .windows(2)
            .all(|pair| self.distance(vehicle as u32, pair[0], pair[1]) < FAR);
        let carried = self.may_carry_all(vehicle as u32, stops.iter().copied());
        if driven && carried && self.keeps_limits(vehicle, *first, &chain, *last) {
            self.assign(vehicle, stops);
        }
    }
}
