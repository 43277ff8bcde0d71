//! Which features a problem uses.

use super::facts::{ALWAYS, OrderFacts};
use super::fleet::FleetType;
use crate::measure::{DepotId, Window};
use crate::travel::Legs;

/// Which features a problem uses; the solver picks its evaluation by it, so that a plain problem pays for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent yes-or-no facts are what this type is for"
)]
pub struct Shape {
    /// How many load dimensions.
    pub dimensions: usize,
    /// Whether drop-offs and pickups of one dimension share vehicles, or goods of a [`Pair`](crate::model::Pair) come and
    /// go, so that the load peaks somewhere on the way.
    pub mixed_loads: bool,
    /// Whether orders are pairs: goods that go from one customer to another, both on one route.
    pub paired: bool,
    /// Whether time matters: windows, releases, shifts, opening hours, a limit or a price on duration. Service time
    /// alone matters only then.
    pub timed: bool,
    /// Whether vehicle types differ, or cost anything beside one price per distance.
    pub rich_fleet: bool,
    /// Whether orders may be left out at a price.
    pub optional: bool,
    /// Whether every leg is as long as the leg back.
    pub symmetric: bool,
    /// Whether vehicles may reload on the way, so that a route may have several trips.
    pub reloads: bool,
}

impl Shape {
    pub(super) fn new(
        fleet: &[FleetType],
        depot_windows: &[Window],
        legs: &[Legs],
        orders: &OrderFacts,
    ) -> Self {
        let shut = |depot: &DepotId| depot_windows[depot.index()] != ALWAYS;
        let clocked = |t: &FleetType| {
            t.leaves != ALWAYS
                || t.returns != ALWAYS
                || t.max_duration.is_some()
                || t.cost_per_duration.get() != 0
                || t.reload_depots().iter().any(shut)
        };
        let rich = |t: &FleetType| {
            t.fixed_cost.get() != 0 || t.max_distance.is_some() || t.end != Some(t.start)
        };
        Self {
            dimensions: orders.dimensions(),
            mixed_loads: orders.mixed(),
            paired: orders.paired(),
            timed: orders.windowed() || fleet.iter().any(clocked),
            rich_fleet: fleet.len() != 1 || fleet.iter().any(rich),
            optional: orders.optional(),
            symmetric: legs.iter().all(Legs::is_symmetric),
            reloads: fleet.iter().any(|t| !t.reload_depots().is_empty()),
        }
    }
}
