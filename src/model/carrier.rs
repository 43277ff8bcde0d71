//! Third parties that take orders for a price.

use crate::measure::{CarrierId, Cost};
use serde::{Deserialize, Serialize};

/// A third party, such as a parcel service, that takes orders which no vehicle of the own fleet serves.
///
/// An order states at which [price](super::Order::carrier_price) a carrier takes it. A carrier that comes for at least one
/// order charges its pick-up fee, once, however many orders are handed over.
///
/// # What a plan does with it
///
/// An order is on a route, handed over to one carrier, or unserved. For the orders on no route a plan chooses the carriers
/// that come and the carrier of each order such that fees, carriers' prices, and prices of what is unserved are least in
/// all; an order without a price for leaving it out is handed over wherever a carrier takes it. What is handed over asks
/// for nothing else: its window and release time bind the own vehicles only.
///
/// A [`Pair`](super::Pair) goes to one carrier as a whole, which takes both of its orders, each for its price; of a
/// [`Group`](super::Group) the order that is had for least, in whose place the others are not needed.
///
/// At most six of the carriers may charge a fee, as the plan weighs each set of them.
///
/// # Examples
///
/// ```
/// use milkrun::measure::{Cost, VehicleTypeId};
/// use milkrun::model::{Carrier, Depot, Model, Order, Place, VehicleType};
/// use milkrun::plan::{Plan, RouteDraft};
/// use milkrun::problem::Problem;
/// use milkrun::travel::Euclidean;
///
/// let mut model = Model::new();
/// let hub = model.add_depot(Depot::new("hub", Place::plane(0.0, 0.0)));
/// model.add_vehicle_type(VehicleType::new("van", 1, hub).per_distance(Cost::units(1)));
/// let parcels = model.add_carrier(Carrier::new("parcel service").pickup_fee(Cost::units(8)));
/// let near = model.add_order(Order::drop_off("near", Place::plane(3.0, 0.0)));
/// for name in ["far", "further"] {
///     let order = Order::drop_off(name, Place::plane(500.0, 0.0));
///     model.add_order(order.carrier_price(parcels, Cost::units(5)));
/// }
/// let problem = Problem::new(&model, &Euclidean::rounded())?;
///
/// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), vec![near])]);
/// let handed = &plan.hand_overs()[0];
/// assert_eq!((handed.carrier, handed.orders.len()), (parcels, 2));
/// assert_eq!(handed.cost(), Cost::units(8 + 5 + 5));
/// assert!(plan.is_complete() && plan.unserved().is_empty());
/// # Ok::<(), milkrun::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// The caller's own name for it; unique among carriers.
    pub name: String,
    /// What it costs that the carrier comes at all.
    #[serde(default)]
    pub pickup_fee: Cost,
}

impl Carrier {
    /// A carrier that comes for nothing.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            pickup_fee: Cost::ZERO,
        }
    }

    /// Sets what it costs that the carrier comes at all, shared by all orders handed over.
    #[must_use]
    pub fn pickup_fee(mut self, fee: Cost) -> Self {
        self.pickup_fee = fee;
        self
    }
}

/// What one carrier takes an order for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarrierPrice {
    /// Which carrier.
    pub carrier: CarrierId,
    /// Its price, the pick-up fee aside.
    pub price: Cost,
}
