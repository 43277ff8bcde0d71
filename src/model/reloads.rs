//! Several trips of one vehicle.

use crate::measure::DepotId;
use serde::{Deserialize, Serialize};

/// Where vehicles of a type may reload on the way: a route is then a sequence of trips.
///
/// At a reload the vehicle hands over all that it has picked up, and takes on board what the next trip drops off. So
/// each trip has the whole capacity, and waits for its own goods only. The goods of a [`Pair`](super::Pair) are no business
/// of the depot: they stay on board, and take their room on both trips.
///
/// A [vehicle under way](super::Depot::spot) has nothing on its first trip that is at a depot, and that trip may have no stops:
/// then the vehicle goes to the depot at once. What is [aboard](super::Order::aboard) stays on board until it is dropped off.
///
/// * Loading starts when the vehicle is there, the depot is open, and every drop-off of the trip that then begins is
///   released. It must start before the depot closes. It lasts [`Depot::loading`](super::Depot::loading), and the vehicle
///   leaves at once; no later than any drop-off of the trip is to be [shipped by](super::Order::ship_by).
/// * Distance counts the legs to and from the depot; duration counts all of it, the waiting and the loading too.
/// * A reload costs nothing beside. A vehicle reloads only between two trips, never last, and first only where
///   it is under way.
/// * Where [drop-offs come first](super::Backhauls), they do so on each trip; one drop-off leads all the pickups of a route.
///
/// # Examples
///
/// A bike that carries 3 parcels and may come back to its hub twice:
///
/// ```
/// use milkrun::measure::{Distance, Duration, Load, OrderId, VehicleTypeId};
/// use milkrun::model::{Depot, Model, Order, Place, Reloads, VehicleType};
/// use milkrun::plan::{Plan, RouteDraft};
/// use milkrun::problem::Problem;
/// use milkrun::travel::Euclidean;
///
/// let mut model = Model::new();
/// let parcels = model.add_dimension("parcels");
/// let hub = model.add_depot(Depot::new("hub", Place::plane(0.0, 0.0)).loading(Duration::minutes(5)));
/// let bike = VehicleType::new("bike", 1, hub).capacity(parcels, Load(3));
/// model.add_vehicle_type(bike.reloads(Reloads::at(hub).most(2)));
/// let near = model.add_order(Order::drop_off("near", Place::plane(30.0, 0.0)).quantity(parcels, Load(2)));
/// let far = model.add_order(Order::drop_off("far", Place::plane(40.0, 0.0)).quantity(parcels, Load(3)));
/// let problem = Problem::new(&model, &Euclidean::rounded())?;
///
/// let route = RouteDraft::new(VehicleTypeId::new(0), vec![near, far]).reload(1, hub);
/// let plan = Plan::new(&problem, vec![route]);
/// assert!(plan.check(&problem).is_empty());
/// assert_eq!(plan.distance(), Distance(30 + 30 + 40 + 40));
/// assert_eq!(plan.duration(), Duration(140) + Duration::minutes(5));
/// # Ok::<(), milkrun::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reloads {
    /// The depots at which they may reload.
    pub depots: Vec<DepotId>,
    /// The most reloads of a route; `None`: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

impl Reloads {
    /// As often as it helps, at this depot.
    pub fn at(depot: DepotId) -> Self {
        Self {
            depots: vec![depot],
            most: None,
        }
    }

    /// At this depot too.
    #[must_use]
    pub fn or_at(mut self, depot: DepotId) -> Self {
        self.depots.push(depot);
        self
    }

    /// Limits the reloads of a route: one less than its trips.
    #[must_use]
    pub fn most(mut self, most: u32) -> Self {
        self.most = Some(most);
        self
    }
}
