//! What only a walk of a route says of its cost: what promises come to.

use super::{Piece, Tours};
use crate::eval::promises::{Call, Terms};
use crate::eval::resource::Resource;
use crate::eval::schedule::Schedule;
use std::sync::PoisonError;

/// Memory for walks.
#[derive(Debug, Default)]
pub(super) struct Walk {
    schedule: Schedule,
    stops: Vec<u32>,
    calls: Vec<Call>,
}

impl<R: Resource> Tours<'_, R> {
    /// What a route of these stops, reloads by the numbers of their depots among them, costs beyond what its segment says;
    /// nothing where routes are not walked. O(n) in the stops of the route, as a rule (see [`Schedule`]); where a longest duration
    /// binds, that for each step of a binary search over prices.
    #[inline]
    pub(super) fn walked_cost(
        &self,
        vehicle: u32,
        whole: &R::Segment,
        stops: impl Iterator<Item = u32>,
    ) -> i64 {
        if !R::WALKED {
            return 0;
        }
        let terms = self.resource.terms(whole, vehicle as usize);
        self.walk(vehicle, terms, |line| line.extend(stops))
    }

    /// The same of a proposed route.
    #[inline]
    pub(super) fn walked_cost_of(&self, vehicle: u32, whole: &R::Segment, pieces: &[Piece]) -> i64 {
        let terms = self.resource.terms(whole, vehicle as usize);
        self.walk(vehicle, terms, |line| {
            for piece in pieces {
                self.collect(*piece, line);
            }
        })
    }

    /// Walks the stops that `list` puts into an empty list.
    fn walk(&self, vehicle: u32, terms: Terms, list: impl FnOnce(&mut Vec<u32>)) -> i64 {
        let Some(promises) = self.resource.promises() else {
            return 0;
        };
        let fleet = &self.problem.fleet()[vehicle as usize];
        let legs = self.legs_of(vehicle);
        // One thread evaluates at a time; the memory is that of the walk before.
        let mut memory = self.walk.lock().unwrap_or_else(PoisonError::into_inner);
        let Walk {
            schedule,
            stops,
            calls,
        } = &mut *memory;
        stops.clear();
        list(stops);
        let mut at = fleet.start.index();
        calls.clear();
        calls.extend(stops.iter().map(|stop| {
            let place = self.named(*stop) as usize;
            let travel = legs.duration(at, place);
            at = place;
            Call { place, travel }
        }));
        let home = fleet.end.map_or(0, |end| legs.duration(at, end.index()));
        promises.cheapest(schedule, vehicle as usize, terms, (calls, home))
    }
}
