//! What a route is before it is walked.

use crate::measure::{DepotId, OrderId, VehicleTypeId};
use serde::{Deserialize, Serialize};

/// The stops of one vehicle, in order: what a search hands over, what a warm start hands back, and all that a
/// [`Plan`](super::Plan) needs beside its problem. Everything else follows by walking it.
///
/// ```
/// use milkrun::measure::{OrderId, VehicleTypeId};
/// use milkrun::plan::RouteDraft;
/// let draft = RouteDraft::new(VehicleTypeId::new(0), vec![OrderId::new(2), OrderId::new(0)]);
/// assert_eq!(draft.stops.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteDraft {
    /// Which kind of vehicle drives it.
    pub vehicle_type: VehicleTypeId,
    /// The orders it serves, in the order of its stops.
    pub stops: Vec<OrderId>,
    /// Where it calls at a depot between two trips, in the order of the stops.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reloads: Vec<Reload>,
}

/// A call at a depot between two trips of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reload {
    /// The index in [`RouteDraft::stops`] of the first stop of the trip that begins with it.
    pub before: usize,
    /// Where.
    pub depot: DepotId,
}

impl RouteDraft {
    /// A route of one vehicle of `vehicle_type` along `stops`.
    pub fn new(vehicle_type: VehicleTypeId, stops: Vec<OrderId>) -> Self {
        Self {
            vehicle_type,
            stops,
            reloads: Vec::new(),
        }
    }

    /// Keeps the stops of which `keep` says so. Trips keep theirs: a reload stays before the first stop of its trip that is
    /// left, and goes where no stop is left behind it. Where none is left before it, it is the first thing that the vehicle
    /// does, which plans leave out but for [vehicles under way](crate::model::Depot::spot).
    ///
    /// # Example
    ///
    /// ```
    /// use milkrun::measure::{DepotId, OrderId, VehicleTypeId};
    /// use milkrun::plan::RouteDraft;
    ///
    /// let stops = (0..4).map(OrderId::new).collect();
    /// let mut draft = RouteDraft::new(VehicleTypeId::new(0), stops).reload(2, DepotId::new(0));
    /// draft.retain(|order| order.index() != 1);
    /// assert_eq!(draft.stops.len(), 3);
    /// assert_eq!(draft.reloads[0].before, 1);
    /// ```
    pub fn retain(&mut self, mut keep: impl FnMut(OrderId) -> bool) {
        let mut kept = Vec::with_capacity(self.stops.len());
        // How many stops are kept before each of the old ones.
        let mut counts = Vec::with_capacity(self.stops.len() + 1);
        for order in &self.stops {
            counts.push(kept.len());
            if keep(*order) {
                kept.push(*order);
            }
        }
        for reload in &mut self.reloads {
            reload.before = counts.get(reload.before).copied().unwrap_or(kept.len());
        }
        self.reloads.retain(|reload| reload.before < kept.len());
        // Of those with no stop between them, the last begins the trip.
        self.reloads.reverse();
        self.reloads.dedup_by_key(|reload| reload.before);
        self.reloads.reverse();
        self.stops = kept;
    }

    /// Also calls at `depot` before the stop with index `before`.
    #[must_use]
    pub fn reload(mut self, before: usize, depot: DepotId) -> Self {
        self.reloads.push(Reload { before, depot });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trips of these sizes, numbered through, each but the first from a depot of its number.
    fn draft(trips: &[usize]) -> RouteDraft {
        let stops = (0..trips.iter().sum()).map(OrderId::new).collect();
        let mut draft = RouteDraft::new(VehicleTypeId::new(0), stops);
        let mut before = 0;
        for (number, trip) in (1..).zip(trips) {
            before += trip;
            draft = draft.reload(before, DepotId::new(number));
        }
        draft.reloads.pop();
        draft
    }

    fn reloads(draft: &RouteDraft) -> Vec<(usize, usize)> {
        let reloads = draft.reloads.iter();
        reloads.map(|r| (r.before, r.depot.index())).collect()
    }

    #[test]
    fn trips_that_lose_all_stops_lose_their_reload() {
        let kept = |trips: &[usize], gone: &[usize]| {
            let mut draft = draft(trips);
            draft.retain(|order| !gone.contains(&order.index()));
            reloads(&draft)
        };
        assert_eq!(kept(&[2, 1, 2], &[]), [(2, 1), (3, 2)]);
        assert_eq!(kept(&[2, 1, 2], &[0]), [(1, 1), (2, 2)]);
        assert_eq!(kept(&[2, 1, 2], &[0, 1]), [(0, 1), (1, 2)]);
        assert_eq!(kept(&[2, 1, 2], &[2]), [(2, 2)]);
        assert_eq!(kept(&[2, 1, 2], &[3, 4]), [(2, 1)]);
        assert_eq!(kept(&[2, 1, 2], &[0, 1, 2, 3]), [(0, 2)]);
        assert_eq!(kept(&[2, 1, 2], &[0, 1, 2, 3, 4]), []);
    }
}
