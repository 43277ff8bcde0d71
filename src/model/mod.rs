//! What the user states: depots, vehicle types and orders as plain data.
//!
//! A [`Model`] is a draft. It accepts anything, in any order, and is checked once, as a whole, when
//! [`Problem::new`](crate::problem::Problem::new) freezes it. This room knows units and nothing of travel or search.

mod carrier;
mod depot;
mod group;
mod order;
mod overtime;
mod pair;
mod place;
mod promise;
mod reloads;
mod vehicle;

pub use carrier::{Carrier, CarrierPrice};
pub use depot::Depot;
pub use group::Group;
pub use order::{Order, OrderKind};
pub use overtime::Overtime;
pub use pair::Pair;
pub use place::Place;
pub use promise::Promise;
pub use reloads::Reloads;
pub use vehicle::{Backhauls, VehicleType};

use crate::measure::{CarrierId, DepotId, DimensionId, OrderId, VehicleTypeId, Window};
use serde::{Deserialize, Serialize};

/// A delivery day as the user states it.
///
/// ```
/// use milkrun::measure::{Cost, Duration, Load, Time, Window};
/// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
///
/// let mut model = Model::new();
/// let kg = model.add_dimension("kg");
/// let bakery = model.add_depot(Depot::new("bakery", Place::geo(52.52, 13.40)));
/// model.add_vehicle_type(VehicleType::new("van", 2, bakery).capacity(kg, Load(400)).per_distance(Cost(250)));
/// model.add_order(
///     Order::drop_off("cafe", Place::geo(52.53, 13.42))
///         .quantity(kg, Load(25))
///         .window(Window::new(Time::at(7, 0), Time::at(9, 0)))
///         .service(Duration::minutes(4)),
/// );
/// assert_eq!(model.orders().len(), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Model {
    dimensions: Vec<String>,
    depots: Vec<Depot>,
    vehicle_types: Vec<VehicleType>,
    orders: Vec<Order>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pairs: Vec<Pair>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Group>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    carriers: Vec<Carrier>,
}

impl Model {
    /// An empty model.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a load dimension, such as `"kg"` or `"parcels"`.
    pub fn add_dimension(&mut self, name: impl Into<String>) -> DimensionId {
        self.dimensions.push(name.into());
        DimensionId::new(self.dimensions.len() - 1)
    }

    /// Adds a depot.
    pub fn add_depot(&mut self, depot: Depot) -> DepotId {
        self.depots.push(depot);
        DepotId::new(self.depots.len() - 1)
    }

    /// Adds a vehicle type.
    pub fn add_vehicle_type(&mut self, vehicle_type: VehicleType) -> VehicleTypeId {
        self.vehicle_types.push(vehicle_type);
        VehicleTypeId::new(self.vehicle_types.len() - 1)
    }

    /// Adds an order.
    pub fn add_order(&mut self, order: Order) -> OrderId {
        self.orders.push(order);
        OrderId::new(self.orders.len() - 1)
    }

    /// Adds a pickup and a drop-off, and binds them together as a [`Pair`]: what boards at the one leaves the vehicle at
    /// the other. The ids are those of the pickup and of the drop-off.
    ///
    /// ```
    /// use milkrun::measure::Load;
    /// use milkrun::model::{Model, Order, Place};
    ///
    /// let mut model = Model::new();
    /// let bikes = model.add_dimension("bikes");
    /// let (workshop, owner) = (Place::geo(52.52, 13.40), Place::geo(52.53, 13.42));
    /// let (fetched, brought) = model.add_pair(
    ///     Order::pickup("repaired bike", workshop).quantity(bikes, Load(1)),
    ///     Order::drop_off("to its owner", owner).quantity(bikes, Load(1)),
    /// );
    /// let pair = model.pairs()[0];
    /// assert_eq!((pair.pickup, pair.drop_off), (fetched, brought));
    /// ```
    pub fn add_pair(&mut self, pickup: Order, drop_off: Order) -> (OrderId, OrderId) {
        let (pickup, drop_off) = (self.add_order(pickup), self.add_order(drop_off));
        self.pairs.push(Pair { pickup, drop_off });
        (pickup, drop_off)
    }

    /// Says that some orders stand for one another: at most one of them is served.
    pub fn add_group(&mut self, group: Group) {
        self.groups.push(group);
    }

    /// Adds an order that is served within one of several windows: one order for each of them, as a [`Group`] at the price of
    /// the order. The ids are those of these orders, window by window.
    ///
    /// They are named after the order, with the number of the window behind it: `cafe #1`, `cafe #2`. A window that the
    /// order states itself is replaced. With one window it is a group of one; without any, [`Problem::new`] refuses the
    /// group, as such an order could never be served.
    ///
    /// ```
    /// use milkrun::measure::{Time, Window};
    /// use milkrun::model::{Model, Order, Place};
    ///
    /// let mut model = Model::new();
    /// let cafe = Order::drop_off("cafe", Place::geo(52.53, 13.42));
    /// let closed_at_noon = [
    ///     Window::new(Time::at(8, 0), Time::at(12, 0)),
    ///     Window::new(Time::at(14, 0), Time::at(18, 0)),
    /// ];
    /// let cafe = model.add_order_in_windows(cafe, closed_at_noon);
    /// assert_eq!(model.orders()[cafe[1].index()].name, "cafe #2");
    /// assert_eq!(model.groups()[0].orders, cafe);
    /// ```
    ///
    /// [`Problem::new`]: crate::problem::Problem::new
    pub fn add_order_in_windows(
        &mut self,
        mut order: Order,
        windows: impl IntoIterator<Item = Window>,
    ) -> Vec<OrderId> {
        let price = order.price.take();
        let numbered = (1..).zip(windows).map(|(number, window): (usize, Window)| {
            let mut one = order.clone().window(window);
            one.name = format!("{} #{number}", order.name);
            self.add_order(one)
        });
        let orders: Vec<OrderId> = numbered.collect();
        self.add_group(Group {
            orders: orders.clone(),
            price,
        });
        orders
    }

    /// Adds a carrier: a third party that takes orders at the prices that they state.
    pub fn add_carrier(&mut self, carrier: Carrier) -> CarrierId {
        self.carriers.push(carrier);
        CarrierId::new(self.carriers.len() - 1)
    }

    /// The names of the load dimensions.
    pub fn dimensions(&self) -> &[String] {
        &self.dimensions
    }

    /// The depots, in the order of their ids.
    pub fn depots(&self) -> &[Depot] {
        &self.depots
    }

    /// The vehicle types, in the order of their ids.
    pub fn vehicle_types(&self) -> &[VehicleType] {
        &self.vehicle_types
    }

    /// The orders, in the order of their ids.
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// The orders that belong together, in the order in which they were added.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The orders that stand for one another, in the order in which they were added.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The carriers, in the order of their ids.
    pub fn carriers(&self) -> &[Carrier] {
        &self.carriers
    }

    /// The travel profiles that the vehicle types name, each once, in the order of first use.
    pub fn profiles(&self) -> Vec<&str> {
        let mut profiles: Vec<&str> = Vec::new();
        for vehicle_type in &self.vehicle_types {
            if !profiles.contains(&vehicle_type.profile.as_str()) {
                profiles.push(&vehicle_type.profile);
            }
        }
        profiles
    }
}
