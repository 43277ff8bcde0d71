//! What is to be served.

use crate::measure::{CarrierId, Cost, DimensionId, Duration, Load, Time, Window};
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
    /// How much of each load dimension; a dimension that is not listed is zero.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Load>,
    /// When service may start; `None`: any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// When service is promised to start, and what it costs to miss that; `None`: nothing is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// How long service takes.
    #[serde(default)]
    pub service: Duration,
    /// When the goods are packed: the route that carries a drop-off leaves no earlier. A pickup is released by its
    /// window; on it, and on the drop-off of its pair, this is an input error. `None`: from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Time>,
    /// When the goods have to be on their way: the trip that carries a drop-off leaves its depot, be that the start of the
    /// route or a reload, no later. A pickup, and the drop-off of a pair, leave no depot; on them this is an input error.
    /// `None`: at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ship_by: Option<Time>,
    /// What it costs to leave the order out; `None`: it must be served, or handed over to a carrier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Cost>,
    /// Which carriers take it, and for how much; none: it is never handed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carrier_prices: Vec<CarrierPrice>,
}

impl Order {
    fn new(name: String, kind: OrderKind, place: Place) -> Self {
        Self {
            name,
            kind,
            place,
            quantities: Vec::new(),
            window: None,
            promise: None,
            service: Duration::ZERO,
            release: None,
            ship_by: None,
            price: None,
            carrier_prices: Vec::new(),
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

    /// Sets the quantity of one load dimension.
    #[must_use]
    pub fn quantity(mut self, dimension: DimensionId, amount: Load) -> Self {
        if self.quantities.len() <= dimension.index() {
            self.quantities.resize(dimension.index() + 1, Load::ZERO);
        }
        self.quantities[dimension.index()] = amount;
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

    /// Lets a [`Carrier`](super::Carrier) take the order at this price, its pick-up fee aside. Several may; one that is
    /// stated again gets the new price.
    #[must_use]
    pub fn carrier_price(mut self, carrier: CarrierId, price: Cost) -> Self {
        self.carrier_prices.retain(|known| known.carrier != carrier);
        self.carrier_prices.push(CarrierPrice { carrier, price });
        self
    }
}
