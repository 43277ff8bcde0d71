//! Which features a problem uses.

use super::facts::{ALWAYS, OrderFacts};
use super::fleet::FleetType;
use crate::measure::{Cost, DepotId, DimensionId, Window};
use crate::model::{Backhauls, OrderKind};
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
    /// Whether some orders drop off and take along at one stop.
    pub exchanges: bool,
    /// Whether orders are pairs: goods that go from one customer to another, both on one route.
    pub paired: bool,
    /// Whether some vehicle types may not carry some orders.
    pub restricted: bool,
    /// Whether orders are groups, of which one is served.
    pub grouped: bool,
    /// Whether some vehicles may not drop off and pick up in any order, and there are pickups for which that matters.
    pub backhauls: bool,
    /// Whether time matters: windows, promises, releases, ship-by deadlines, shifts, opening hours, a limit or a price on duration.
    /// Service time alone matters only then.
    pub timed: bool,
    /// Whether vehicle types differ, or cost anything beside one price per distance.
    pub rich_fleet: bool,
    /// Whether some vehicle types carry or cost more than others.
    pub mixed_fleet: bool,
    /// Whether stops or driving have limits or prices of their own.
    pub tallied: bool,
    /// Whether waiting or overtime has a price of its own.
    pub waged: bool,
    /// Whether some trips leave by a deadline of what they carry.
    pub shipped_by: bool,
    /// Whether it can cost something to miss a [`Promise`](crate::model::Promise).
    pub promised: bool,
    /// Whether orders may be left out, or handed over to a carrier, at a price.
    pub optional: bool,
    /// Whether some carriers charge a fee for coming, so that what orders on no route cost depends on all of them.
    pub pickup_fees: bool,
    /// Whether every leg is as long as the leg back.
    pub symmetric: bool,
    /// Whether vehicles may reload on the way, so that a route may have several trips.
    pub reloads: bool,
    /// Whether some vehicles are under way: they start at a spot on the road, where nothing is loaded.
    pub under_way: bool,
}

impl Shape {
    pub(super) fn new(
        fleet: &[FleetType],
        depot_windows: &[Window],
        legs: &[Legs],
        orders: &OrderFacts,
        pickup_fees: &[Cost],
    ) -> Self {
        let shut = |depot: &DepotId| depot_windows[depot.index()] != ALWAYS;
        let clocked = |t: &FleetType| {
            t.leaves != ALWAYS
                || t.returns != ALWAYS
                || t.max_duration.is_some()
                || t.cost_per_duration.get() != 0
                || t.cost_per_waiting.get() != 0
                || t.reload_depots().iter().any(shut)
        };
        let rich = |t: &FleetType| {
            t.fixed_cost.get() != 0 || t.max_distance.is_some() || t.end != Some(t.start)
        };
        let waged = |t: &FleetType| t.cost_per_waiting.get() != 0 || t.overtime_from.is_some();
        let tallied = |t: &FleetType| {
            t.cost_per_stop.get() != 0 || t.max_stops.is_some() || t.max_driving.is_some()
        };
        let unlike = |t: &FleetType, other: &FleetType| {
            let costs = |t: &FleetType| (t.prices(), t.max_stops);
            let capacity = |t: &FleetType, d| t.capacity(DimensionId::new(d));
            let mut dimensions = 0..orders.dimensions();
            costs(t) != costs(other) || dimensions.any(|d| capacity(t, d) != capacity(other, d))
        };
        let restricted = |t: &FleetType| match t.backhauls {
            Backhauls::Mixed => false,
            Backhauls::Last => orders.any(OrderKind::DropOff) || orders.any(OrderKind::Exchange),
            Backhauls::LastAfterDropOff => true,
        };
        Self {
            dimensions: orders.dimensions(),
            mixed_loads: orders.mixed(),
            restricted: !orders.riders().rows().is_empty(),
            exchanges: orders.any(OrderKind::Exchange),
            paired: orders.paired(),
            grouped: orders.groups().any(),
            backhauls: orders.any(OrderKind::Pickup) && fleet.iter().any(restricted),
            timed: orders.windowed() || orders.promised() || fleet.iter().any(clocked),
            mixed_fleet: fleet.iter().any(|t| unlike(t, &fleet[0])),
            rich_fleet: fleet.len() != 1 || fleet.iter().any(|t| rich(t) || tallied(t) || waged(t)),
            shipped_by: orders.shipped_by(),
            waged: fleet.iter().any(waged),
            tallied: fleet.iter().any(tallied),
            promised: orders.promised(),
            optional: orders.optional(),
            pickup_fees: pickup_fees.iter().any(|fee| fee.get() != 0),
            symmetric: legs.iter().all(Legs::is_symmetric),
            reloads: fleet.iter().any(|t| !t.reload_depots().is_empty()),
            under_way: fleet.iter().any(|t| t.under_way),
        }
    }
}
