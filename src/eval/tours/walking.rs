//! What only a walk of a route says of its cost: what promises come to.

use super::{Piece, Tours};
use crate::eval::resource::Resource;
use std::sync::PoisonError;

impl<R: Resource> Tours<'_, R> {
    /// What a route of these stops, reloads by the numbers of their depots among them, costs beyond what its segment says;
    /// nothing where routes are not walked. O(n log n) in the stops of the route; where a longest duration binds, that for
    /// each step of a binary search over prices.
    #[inline]
    pub(super) fn walked_cost(
        &self,
        vehicle: u32,
        whole: &R::Segment,
        stops: &(impl Iterator<Item = u32> + Clone),
    ) -> i64 {
        if !R::WALKED {
            return 0;
        }
        let Some(promises) = self.resource.promises() else {
            return 0;
        };
        let index = vehicle as usize;
        let fleet = &self.problem.fleet()[index];
        let legs = self.legs_of(vehicle);
        let terms = self.resource.terms(whole, index);
        // One thread evaluates at a time; the memory is that of the walk before.
        let mut schedule = self.schedule.lock().unwrap_or_else(PoisonError::into_inner);
        let home = |at: usize| fleet.end.map_or(0, |end| legs.duration(at, end.index()));
        promises.cheapest(index, terms, |more| {
            promises.leave(&mut schedule, index, terms, more);
            let mut at = fleet.start.index();
            let calls = stops.clone().filter(|stop| self.is_stop(*stop));
            let mut calls = calls.map(|stop| self.named(stop));
            let order = |place: u32| place.checked_sub(self.depots).map(|order| order as usize);
            while let Some(place) = calls.next() {
                let travel = legs.duration(at, place as usize);
                if let Some(order) = order(place) {
                    promises.visit(&mut schedule, order, travel);
                } else {
                    let trip = calls.clone().map_while(order);
                    promises.reload(&mut schedule, place as usize, travel, trip);
                }
                at = place as usize;
            }
            promises.end(&mut schedule, index, home(at), more)
        })
    }

    /// The same of a proposed route.
    #[inline]
    pub(super) fn walked_cost_of(&self, vehicle: u32, whole: &R::Segment, pieces: &[Piece]) -> i64 {
        let stops = pieces.iter().flat_map(|piece| self.nodes_of(*piece));
        self.walked_cost(vehicle, whole, &stops)
    }

    /// The nodes of a piece, in order.
    pub(super) fn nodes_of(&self, piece: Piece) -> impl Iterator<Item = u32> + Clone + '_ {
        let (first, last) = self.ends(piece);
        let back = matches!(piece, Piece::Reversed(..));
        std::iter::successors(Some(first), move |at| {
            let node = &self.nodes[*at as usize];
            (*at != last).then_some(if back { node.prev } else { node.next })
        })
    }
}
