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

    /// Also calls at `depot` before the stop with index `before`.
    #[must_use]
    pub fn reload(mut self, before: usize, depot: DepotId) -> Self {
        self.reloads.push(Reload { before, depot });
        self
    }
}
