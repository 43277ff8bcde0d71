//! What is to be served.

use crate::measure::{CarrierId, Cost, DimensionId, Duration, Load, Time, VehicleTypeId, Window};
use crate::model::{CarrierPrice, Place, Promise};
use serde::{Deserialize, Serialize};

/// Which way the goods go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// Goods loaded at the start depot, or at the pickup of its [`Pair`](super::Pair), leave the vehicle here.
    DropOff,
    /// Goods, such as a customer's return, board here and ride to the end of the route, or to the drop-off of its
    /// [`Pair`](super::Pair).
    Pickup,
    /// Both at one stop, such as a replacement: goods from the depot leave the vehicle here, and others board and ride to the
    /// end of the trip. What is dropped leaves before what is taken boards, so that the one may take the place of the other.
    Exchange,
}

impl OrderKind {
    /// In words: `drop-off`, `pickup`, or `exchange`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::DropOff => "drop-off",
            Self::Pickup => "pickup",
            Self::Exchange => "exchange",
        }
    }

    /// Whether goods leave the vehicle.
    pub const fn drops(self) -> bool {
        matches!(self, Self::DropOff | Self::Exchange)
    }
}

/// One thing to serve, at one place, by one stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The caller's own name for it; unique among orders. Keep personal data out of it: names appear in outputs.
    pub name: String,
    /// Which way the goods go.
    pub kind: OrderKind,
    /// Where.
    pub place: Place,
    /// How much of each load dimension; a dimension that is not listed is zero. Of an exchange: how much is dropped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Load>,
    /// How much of each load dimension an exchange takes along; on any other kind of order this is an input error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<Load>,
    /// When service may start; `None`: any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// When service is promised to start, and what it costs to miss that; `None`: nothing is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// How long service takes.
    #[serde(default)]
    pub service: Duration,
    /// When the goods are packed: the route that carries a drop-off, or an exchange, leaves no earlier. A pickup is released by its
    /// window; on it, and on the drop-off of its pair, this is an input error. `None`: from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Time>,
    /// When the goods have to be on their way: the trip that carries a drop-off, or an exchange, leaves its depot, be that the
    /// start of the route or a reload, no later. A pickup, and the drop-off of a pair, leave no depot; on them this is an input error.
    /// `None`: at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ship_by: Option<Time>,
    /// What it costs to leave the order out; `None`: it must be served, or handed over to a carrier. An order of a
    /// [`Group`](super::Group) has none: the group has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Cost>,
    /// Which carriers take it, and for how much; none: it is never handed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carrier_prices: Vec<CarrierPrice>,
    /// The vehicle types that may carry it, such as those with a cooled box; none: any. Carriers are not asked. Where none of
    /// them has a vehicle, the order is unserved with that reason. The orders of a pair ride on a type that both name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_on: Vec<VehicleTypeId>,
    /// The vehicle type, one that starts at a [`Depot::spot`](super::Depot::spot), on which the goods already are: they left their
    /// depot before the day that is planned begins. `None`: they are where orders come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aboard: Option<VehicleTypeId>,
}

fn set(amounts: &mut Vec<Load>, dimension: DimensionId, amount: Load) {
    if amounts.len() <= dimension.index() {
        amounts.resize(dimension.index() + 1, Load::ZERO);
    }
    amounts[dimension.index()] = amount;
}

impl Order {
    fn new(name: String, kind: OrderKind, place: Place) -> Self {
        Self {
            name,
            kind,
            place,
            quantities: Vec::new(),
            taken: Vec::new(),
            window: None,
            promise: None,
            service: Duration::ZERO,
            release: None,
            ship_by: None,
            price: None,
            carrier_prices: Vec::new(),
            only_on: Vec::new(),
            aboard: None,
        }
    }

    /// A mandatory drop-off of nothing, at any time, without service time.
    pub fn drop_off(name: impl Into<String>, place: Place) -> Self {
        Self::new(name.into(), OrderKind::DropOff, place)
    }

    /// A mandatory pickup of nothing, at any time, without service time.
    pub fn pickup(name: impl Into<String>, place: Place) -> Self {
        Self::new(name.into(), OrderKind::Pickup, place)
    }

    /// A mandatory exchange of nothing for nothing, at any time, without service time.
    ///
    /// ```
    /// use milkrun::measure::{Load, VehicleTypeId};
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::plan::{Plan, RouteDraft};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Euclidean;
    ///
    /// let mut model = Model::new();
    /// let kg = model.add_dimension("kg");
    /// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    /// model.add_vehicle_type(VehicleType::new("van", 1, depot).capacity(kg, Load(130)));
    /// let washer = Order::exchange("washer", Place::plane(9.0, 0.0));
    /// let washer = model.add_order(washer.quantity(kg, Load(60)).taken(kg, Load(70)));
    /// let dryer = Order::drop_off("dryer", Place::plane(9.0, 5.0)).quantity(kg, Load(50));
    /// let dryer = model.add_order(dryer);
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), vec![washer, dryer])]);
    /// // 110 leave the depot; less 60 and 70 more is 120, the most that is ever on board; 70 come back.
    /// let route = &plan.routes()[0];
    /// assert_eq!(route.load_at_departure(), [Load(110)]);
    /// assert_eq!((route.peak(), route.load_after(1)), (&[Load(120)][..], &[Load(70)][..]));
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    pub fn exchange(name: impl Into<String>, place: Place) -> Self {
        Self::new(name.into(), OrderKind::Exchange, place)
    }

    /// Sets the quantity of one load dimension; of an exchange, what is dropped.
    #[must_use]
    pub fn quantity(mut self, dimension: DimensionId, amount: Load) -> Self {
        set(&mut self.quantities, dimension, amount);
        self
    }

    /// Sets how much of one load dimension an exchange takes along.
    #[must_use]
    pub fn taken(mut self, dimension: DimensionId, amount: Load) -> Self {
        set(&mut self.taken, dimension, amount);
        self
    }

    /// Sets when service may start.
    #[must_use]
    pub fn window(mut self, window: Window) -> Self {
        self.window = Some(window);
        self
    }

    /// Sets when service is promised to start, and what it costs to miss that.
    #[must_use]
    pub fn promise(mut self, promise: Promise) -> Self {
        self.promise = Some(promise);
        self
    }

    /// Sets how long service takes.
    #[must_use]
    pub fn service(mut self, service: Duration) -> Self {
        self.service = service;
        self
    }

    /// Sets when the goods are packed.
    #[must_use]
    pub fn release(mut self, release: Time) -> Self {
        self.release = Some(release);
        self
    }

    /// Sets when the goods have to be on their way.
    ///
    /// ```
    /// use milkrun::measure::{Duration, Time, VehicleTypeId, Window};
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::plan::{Plan, RouteDraft};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Euclidean;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    /// model.add_vehicle_type(VehicleType::new("van", 1, depot));
    /// let order = Order::drop_off("a", Place::plane(10.0, 0.0)).ship_by(Time(30));
    /// let order = model.add_order(order.window(Window::new(Time(60), Time(90))));
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), vec![order])]);
    /// // It leaves at 30, is there at 40, and waits.
    /// assert_eq!(plan.routes()[0].departure(), Time(30));
    /// assert_eq!(plan.routes()[0].waiting(), Duration(20));
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    #[must_use]
    pub fn ship_by(mut self, moment: Time) -> Self {
        self.ship_by = Some(moment);
        self
    }

    /// Makes the order optional, at this price for not serving it.
    #[must_use]
    pub fn price(mut self, price: Cost) -> Self {
        self.price = Some(price);
        self
    }

    /// Lets only vehicles of these types carry the order (default: of any).
    ///
    /// ```
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::plan::{Fault, Plan, RouteDraft};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Euclidean;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    /// let van = model.add_vehicle_type(VehicleType::new("van", 3, depot));
    /// let cooled = model.add_vehicle_type(VehicleType::new("cooled van", 1, depot));
    /// let fish = model.add_order(Order::drop_off("fish", Place::plane(9.0, 0.0)).only_on([cooled]));
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// assert!(problem.may_carry(cooled, fish) && !problem.may_carry(van, fish));
    /// let plan = Plan::new(&problem, vec![RouteDraft::new(van, vec![fish])]);
    /// assert_eq!(plan.check(&problem)[0].fault(), Fault::NotOnThisVehicle);
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    #[must_use]
    pub fn only_on(mut self, types: impl IntoIterator<Item = VehicleTypeId>) -> Self {
        self.only_on = types.into_iter().collect();
        self
    }

    /// States that what is dropped is aboard a vehicle that is under way: one of a type that starts at a
    /// [`Depot::spot`](super::Depot::spot).
    ///
    /// No other vehicle serves it, and no carrier. It has no release time and no ship-by deadline, is no pickup and no half of a
    /// pair (of goods that were picked up and are to be brought, state the drop-off alone, aboard), and names no types. Where its
    /// vehicle cannot bring it, it is unserved and stays aboard. Only what a route serves counts as its load: goods that stay
    /// aboard take no room, and more goods aboard than the vehicle takes is no fault of the input, but not all of them are
    /// served then.
    #[must_use]
    pub fn aboard(mut self, vehicle_type: VehicleTypeId) -> Self {
        self.aboard = Some(vehicle_type);
        self
    }

    /// Lets a [`Carrier`](super::Carrier) take the order at this price, its pick-up fee aside. Several may; one that is
    /// stated again gets the new price.
    #[must_use]
    pub fn carrier_price(mut self, carrier: CarrierId, price: Cost) -> Self {
        self.carrier_prices.retain(|known| known.carrier != carrier);
        self.carrier_prices.push(CarrierPrice { carrier, price });
        self
    }
}
