//! The frozen problem: validated, indexed, immutable, and shared freely between threads.
//!
//! [`Problem::new`] checks a [`Model`] against a [`Travel`] and reports every fault at once; what it returns needs no
//! further checks. Facts are columns, addressed by typed ids. Times, loads and costs are proven not to overflow in any
//! sum that a plan can have. This room knows what is asked, and nothing of routes.
//!
//! An [`Edit`] says what changes of a day that a [`LiveSolver`](crate::solve::LiveSolver) keeps; the solver owns its problem,
//! and only it can have it edited.

mod absence;
mod carriers;
mod edit;
mod facts;
mod fleet;
mod groups;
mod ledger;
mod limits;
mod names;
mod orders;
mod paces;
mod pairs;
mod promises;
mod reloads;
mod riders;
mod rules;
mod shape;
mod spots;
mod sums;
mod ways;

pub use edit::Edit;
pub use fleet::FleetType;
pub use limits::Limits;
pub use names::Names;
pub use shape::Shape;

pub(crate) use carriers::MOST_FEES;
pub(crate) use facts::ALWAYS;
pub(crate) use ledger::{Entry, Ledger};

use crate::error::Error;
use crate::measure::{
    CarrierId, Cost, DepotId, DimensionId, Duration, Load, OrderId, PlaceId, ProfileId, Time,
    VehicleTypeId, Window,
};
use crate::model::{CarrierPrice, Model, Order, OrderKind, Place, Promise};
use crate::travel::{Leg, Legs, Travel};
use facts::OrderFacts;
use std::fmt;
use std::sync::Arc;
use sums::check_sums;

/// A validated, frozen delivery day.
///
/// # Places
///
/// Places are numbered depots first, then orders: [`Problem::depot_place`] and [`Problem::order_place`].
pub struct Problem {
    names: Arc<Names>,
    places: Vec<Place>,
    legs: Vec<Legs>,
    depot_windows: Vec<Window>,
    loadings: Vec<Duration>,
    fleet: Vec<FleetType>,
    orders: OrderFacts,
    /// By carrier.
    pickup_fees: Vec<Cost>,
    shape: Shape,
}

impl Problem {
    /// Checks and freezes a model, within the default [`Limits`].
    ///
    /// # Errors
    ///
    /// Every fault found in the model, each with its subject, the rule it breaks and what to do.
    ///
    /// ```
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Haversine;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("bakery", Place::geo(52.52, 13.40)));
    /// model.add_vehicle_type(VehicleType::new("van", 1, depot));
    /// model.add_order(Order::drop_off("cafe", Place::geo(152.0, 13.42)));
    /// model.add_order(Order::drop_off("cafe", Place::geo(52.53, 13.42)));
    ///
    /// let error = Problem::new(&model, &Haversine::at_kmh(34.0)).unwrap_err();
    /// assert_eq!(error.issues().len(), 2); // the latitude, and the name used twice
    /// ```
    pub fn new(model: &Model, travel: &dyn Travel) -> Result<Self, Error> {
        Self::with_limits(model, travel, &Limits::default())
    }

    /// Checks and freezes a model, within the given [`Limits`].
    ///
    /// # Errors
    ///
    /// As [`Problem::new`].
    pub fn with_limits(model: &Model, travel: &dyn Travel, limits: &Limits) -> Result<Self, Error> {
        rules::check_sizes(model, limits)?;
        let places: Vec<Place> = model
            .depots()
            .iter()
            .map(|d| d.place)
            .chain(model.orders().iter().map(|o| o.place))
            .collect();
        let legs = rules::check_model(model, travel, &places, limits)?;
        let depot_windows: Vec<Window> = model
            .depots()
            .iter()
            .map(|d| d.window.unwrap_or(facts::ALWAYS))
            .collect();
        let orders = OrderFacts::new(model);
        let fleet = fleet::freeze(model);
        let pickup_fees: Vec<Cost> = model.carriers().iter().map(|c| c.pickup_fee).collect();
        let shape = Shape::new(&fleet, &depot_windows, &legs, &orders, &pickup_fees);
        let problem = Self {
            names: Arc::new(Names::new(model)),
            places,
            legs,
            depot_windows,
            loadings: model.depots().iter().map(|d| d.loading).collect(),
            fleet,
            orders,
            pickup_fees,
            shape,
        };
        // A sum says something only where each amount is in range.
        check_sums(&problem)?;
        Ok(problem)
    }

    /// The problem of some of the orders with some of the vehicles: `counts` says how many of each type. Orders are
    /// numbered by their position in `orders`; the part has no names. Of a pair it has both, or neither; of a group all, or none.
    pub(crate) fn part(&self, orders: &[usize], counts: &[usize]) -> Self {
        let depots = self.depot_count();
        let kept: Vec<usize> = (0..depots)
            .chain(orders.iter().map(|o| depots + o))
            .collect();
        let mut fleet = self.fleet.clone();
        for (vehicle, count) in fleet.iter_mut().zip(counts) {
            vehicle.count = *count;
        }
        Self {
            names: Arc::new(Names::none()),
            places: kept.iter().map(|p| self.places[*p]).collect(),
            legs: self.legs.iter().map(|legs| legs.part(&kept)).collect(),
            depot_windows: self.depot_windows.clone(),
            loadings: self.loadings.clone(),
            fleet,
            orders: self.orders.part(orders),
            pickup_fees: self.pickup_fees.clone(),
            shape: self.shape,
        }
    }

    /// How many ids of orders there are. Each names an order, but in the problem of a
    /// [`LiveSolver`](crate::solve::LiveSolver) some may have been cancelled; [`Problem::orders`] leaves them out.
    pub fn order_count(&self) -> usize {
        self.orders.count()
    }

    /// All orders, by id.
    pub fn orders(&self) -> impl Iterator<Item = OrderId> + Clone + '_ {
        let ids = (0..self.order_count()).map(OrderId::new);
        ids.filter(|order| self.has_order(*order))
    }

    /// What is to be served: all orders, of each group the first, by id.
    pub(crate) fn leads(&self) -> impl Iterator<Item = OrderId> + Clone + '_ {
        self.orders().filter(|order| self.lead(*order) == *order)
    }

    /// Whether an id names an order: it is below [`Problem::order_count`], and was not cancelled.
    pub fn has_order(&self, order: OrderId) -> bool {
        self.orders.has(order.index())
    }

    /// How many depots there are.
    pub fn depot_count(&self) -> usize {
        self.depot_windows.len()
    }

    /// How many places there are: depots and orders.
    pub fn place_count(&self) -> usize {
        self.places.len()
    }

    /// How many load dimensions there are.
    pub fn dimension_count(&self) -> usize {
        self.orders.dimensions()
    }

    /// The vehicle types, in the order of their ids.
    pub fn fleet(&self) -> &[FleetType] {
        &self.fleet
    }

    /// One vehicle type.
    pub fn vehicle_type(&self, id: VehicleTypeId) -> &FleetType {
        &self.fleet[id.index()]
    }

    /// The caller's names.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The caller's names, shared.
    pub(crate) fn shared_names(&self) -> Arc<Names> {
        Arc::clone(&self.names)
    }

    /// The place of a depot.
    pub fn depot_place(&self, depot: DepotId) -> PlaceId {
        PlaceId::new(depot.index())
    }

    /// The place of an order.
    pub fn order_place(&self, order: OrderId) -> PlaceId {
        PlaceId::new(self.depot_count() + order.index())
    }

    /// Where a place is.
    pub fn location(&self, place: PlaceId) -> Place {
        self.places[place.index()]
    }

    /// When a depot is open.
    pub fn depot_window(&self, depot: DepotId) -> Window {
        self.depot_windows[depot.index()]
    }

    /// How long loading takes at a reload there.
    pub fn loading(&self, depot: DepotId) -> Duration {
        self.loadings[depot.index()]
    }

    /// An order as it could be stated again; `None` where the id names none.
    ///
    /// ```
    /// # use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// # use milkrun::problem::Problem;
    /// # use milkrun::travel::Haversine;
    /// # let mut model = Model::new();
    /// # let depot = model.add_depot(Depot::new("bakery", Place::geo(52.52, 13.40)));
    /// # model.add_vehicle_type(VehicleType::new("van", 1, depot));
    /// let cafe = Order::drop_off("cafe", Place::geo(52.53, 13.42));
    /// let id = model.add_order(cafe.clone());
    /// let problem = Problem::new(&model, &Haversine::at_kmh(34.0))?;
    /// assert_eq!(problem.order(id), Some(cafe));
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    pub fn order(&self, id: OrderId) -> Option<Order> {
        self.has_order(id).then(|| {
            let mut order =
                Order::drop_off(self.names.order(id), self.location(self.order_place(id)));
            order.kind = self.kind(id);
            let quantities = self.quantities(id.index()).iter();
            order.quantities = quantities.map(|q| Load(*q)).collect();
            order.taken = self.taken(id.index()).iter().map(|q| Load(*q)).collect();
            for amounts in [&mut order.quantities, &mut order.taken] {
                while amounts.last() == Some(&Load::ZERO) {
                    amounts.pop();
                }
            }
            order.window = Some(self.window(id)).filter(|w| *w != facts::ALWAYS);
            order.promise = self.promise(id).copied();
            order.service = self.service(id);
            order.release = Some(self.release(id)).filter(|r| r.get() != -facts::FOREVER);
            order.ship_by = self.ship_by(id);
            let grouped = self.orders.groups().has(id);
            order.price = self.price(id).filter(|_| !grouped);
            order.carrier_prices = self.carrier_prices(id).to_vec();
            order.only_on = self.only_on(id).to_vec();
            order.aboard = self.aboard(id);
            order
        })
    }

    /// Which way the goods of an order go.
    pub fn kind(&self, order: OrderId) -> OrderKind {
        self.orders.kind(order.index())
    }

    /// The other order of an order's [`Pair`](crate::model::Pair): of a pickup the drop-off, of a drop-off the pickup;
    /// `None`: it is in no pair.
    ///
    /// ```
    /// # use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// # use milkrun::problem::Problem;
    /// # use milkrun::travel::Haversine;
    /// # let mut model = Model::new();
    /// # let depot = model.add_depot(Depot::new("bakery", Place::geo(52.52, 13.40)));
    /// # model.add_vehicle_type(VehicleType::new("van", 1, depot));
    /// let fetched = Order::pickup("oven", Place::geo(52.53, 13.42));
    /// let (fetched, brought) = model.add_pair(fetched, Order::drop_off("cafe", Place::geo(52.51, 13.33)));
    /// let other = model.add_order(Order::drop_off("hotel", Place::geo(52.50, 13.35)));
    /// let problem = Problem::new(&model, &Haversine::at_kmh(34.0))?;
    /// assert_eq!(problem.mate(fetched), Some(brought));
    /// assert_eq!(problem.mate(brought), Some(fetched));
    /// assert_eq!(problem.mate(other), None);
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    pub fn mate(&self, order: OrderId) -> Option<OrderId> {
        self.orders.mate(order.index()).map(OrderId::new)
    }

    /// Whether vehicles of a type may carry an order; of a pair, both of its orders. What else keeps them from it is not asked.
    pub fn may_carry(&self, vehicle_type: VehicleTypeId, order: OrderId) -> bool {
        let riders = self.orders.riders();
        riders.may_carry(vehicle_type.index(), order.index())
    }

    /// The vehicle types that an order names as those that may carry it; empty: it names none.
    pub fn only_on(&self, order: OrderId) -> &[VehicleTypeId] {
        self.orders.riders().stated(order.index())
    }

    /// The vehicle type, under way, on which the goods of an order already are; `None`: they are not.
    pub fn aboard(&self, order: OrderId) -> Option<VehicleTypeId> {
        self.orders.riders().aboard(order.index())
    }

    /// Whether vehicles of a type are under way: they start at a spot on the road, where nothing is loaded.
    pub fn is_under_way(&self, vehicle_type: VehicleTypeId) -> bool {
        self.vehicle_type(vehicle_type).under_way
    }

    /// Whether routes of a type may begin with a reload: its vehicles are under way, and have yet to
    /// fetch what is at a depot.
    pub fn may_reload_first(&self, vehicle_type: VehicleTypeId) -> bool {
        self.is_under_way(vehicle_type)
            && !self.vehicle_type(vehicle_type).reload_depots().is_empty()
    }

    /// Whether the goods of an order are at a depot at first: neither at a customer's nor aboard a vehicle under way.
    pub fn is_at_depot(&self, order: OrderId) -> bool {
        self.kind(order).drops() && self.mate(order).is_none() && self.aboard(order).is_none()
    }

    /// The other orders of an order's [`Group`](crate::model::Group), which stand for it; none: it is in no group.
    ///
    /// ```
    /// # use milkrun::model::{Depot, Group, Model, Order, Place, VehicleType};
    /// # use milkrun::problem::Problem;
    /// # use milkrun::travel::Haversine;
    /// # let mut model = Model::new();
    /// # let depot = model.add_depot(Depot::new("bakery", Place::geo(52.52, 13.40)));
    /// # model.add_vehicle_type(VehicleType::new("van", 1, depot));
    /// let home = model.add_order(Order::drop_off("home", Place::geo(52.53, 13.42)));
    /// let office = model.add_order(Order::drop_off("office", Place::geo(52.51, 13.33)));
    /// let other = model.add_order(Order::drop_off("hotel", Place::geo(52.50, 13.35)));
    /// model.add_group(Group::of([home, office]));
    /// let problem = Problem::new(&model, &Haversine::at_kmh(34.0))?;
    /// assert_eq!(problem.alternatives(home).collect::<Vec<_>>(), [office]);
    /// assert_eq!(problem.alternatives(other).count(), 0);
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    #[inline]
    pub fn alternatives(&self, order: OrderId) -> impl Iterator<Item = OrderId> + '_ {
        self.orders.groups().others(order)
    }

    /// The first order of an order's group; the order itself where it is in none.
    #[inline]
    pub(crate) fn lead(&self, order: OrderId) -> OrderId {
        self.orders.groups().lead(order)
    }

    /// How many orders there are for each one that is to be served, rounded up and four at most: 1 where there are no groups.
    pub(crate) fn crowd(&self) -> usize {
        self.orders.groups().crowd(self.order_count())
    }

    /// How much of one dimension an order brings or takes; of an exchange, how much it brings.
    pub fn quantity(&self, order: OrderId, dimension: DimensionId) -> Load {
        Load(self.orders.quantities(order.index())[dimension.index()])
    }

    /// How much of one dimension an exchange takes along; of any other order nothing.
    pub fn taken_quantity(&self, order: OrderId, dimension: DimensionId) -> Load {
        let taken = self.taken(order.index()).get(dimension.index());
        Load(taken.copied().unwrap_or(0))
    }

    /// How much an order brings or takes, by dimension; of an exchange, how much it brings.
    pub(crate) fn quantities(&self, order: usize) -> &[i64] {
        self.orders.quantities(order)
    }

    /// How much an exchange takes along, by dimension; empty where no order does.
    pub(crate) fn taken(&self, order: usize) -> &[i64] {
        self.orders.taken(order)
    }

    /// When service of an order may start.
    pub fn window(&self, order: OrderId) -> Window {
        self.orders.window(order.index())
    }

    /// When service of an order is promised to start, and what it costs to miss that.
    pub fn promise(&self, order: OrderId) -> Option<&Promise> {
        self.orders.promise(order.index())
    }

    /// How long service of an order takes.
    pub fn service(&self, order: OrderId) -> Duration {
        Duration(self.orders.service(order.index()))
    }

    /// When the goods of an order are packed.
    pub fn release(&self, order: OrderId) -> Time {
        Time(self.orders.release(order.index()))
    }

    /// When the trip that carries an order leaves at the latest; `None`: at any time.
    pub fn ship_by(&self, order: OrderId) -> Option<Time> {
        let moment = self.orders.ship_by(order.index());
        (moment != facts::FOREVER).then_some(Time(moment))
    }

    /// What it costs to leave an order out; `None`: it must be served, or handed over to a carrier. Of an order in a
    /// [`Group`](crate::model::Group): what leaving out all of the group costs.
    pub fn price(&self, order: OrderId) -> Option<Cost> {
        self.orders.price(order.index()).map(Cost)
    }

    /// Which carriers take an order, and for how much, the pick-up fee aside.
    pub fn carrier_prices(&self, order: OrderId) -> &[CarrierPrice] {
        self.orders.carrier_prices(order.index())
    }

    /// How many carriers there are.
    pub fn carrier_count(&self) -> usize {
        self.pickup_fees.len()
    }

    /// What it costs that a carrier comes at all.
    pub fn pickup_fee(&self, carrier: CarrierId) -> Cost {
        self.pickup_fees[carrier.index()]
    }

    /// That of each carrier.
    pub(crate) fn pickup_fees(&self) -> &[Cost] {
        &self.pickup_fees
    }

    /// The leg between two places for a travel profile, or `None` where there is none.
    pub fn leg(&self, profile: ProfileId, from: PlaceId, to: PlaceId) -> Option<Leg> {
        self.legs[profile.index()].leg(from, to)
    }

    /// All legs of one travel profile at one pace.
    pub fn legs(&self, profile: ProfileId) -> &Legs {
        &self.legs[profile.index()]
    }

    /// How many travel profiles there are, one at several paces counted once for each.
    pub fn profile_count(&self) -> usize {
        self.legs.len()
    }

    /// Coordinates of the places in which near is near by leg too, for a spatial index; `None` where there are none.
    pub(crate) fn coordinates(&self) -> Option<Vec<[f64; 3]>> {
        let point = |place: &Place| match place {
            Place::Plane { x, y } => Some([*x, *y, 0.0]),
            Place::Geo {
                latitude,
                longitude,
            } => {
                let (lat, lon) = (latitude.to_radians(), longitude.to_radians());
                Some([lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()])
            }
            Place::Row(_) => None,
        };
        self.places.iter().map(point).collect()
    }

    /// The orders on a plane, where only which is near which matters.
    pub(crate) fn order_points(&self) -> Vec<[f64; 2]> {
        let places = self.depot_count()..self.place_count();
        places.map(|place| self.point(place)).collect()
    }

    /// A place on a plane, where only which is near which matters.
    pub(crate) fn point(&self, place: usize) -> [f64; 2] {
        match &self.places[place] {
            Place::Plane { x, y } => [*x, *y],
            Place::Geo {
                latitude,
                longitude,
            } => [longitude * latitude.to_radians().cos(), *latitude],
            Place::Row(_) => [0.0, 0.0],
        }
    }

    /// A bound on the distance and duration of every leg.
    pub(crate) fn longest_leg(&self) -> i64 {
        self.legs.iter().map(Legs::longest).max().unwrap_or(0)
    }

    /// From the first to the last moment at which anything may begin, or zero where nothing is timed.
    pub(crate) fn span(&self) -> i64 {
        let stated = |w: &Window| *w != facts::ALWAYS;
        let windows = self.orders().map(|o| self.window(o)).filter(stated);
        let starts = windows
            .chain(self.depot_windows.iter().copied().filter(stated))
            .map(|w| w.earliest.get());
        let starts = starts.chain(self.orders().filter_map(|o| Some(self.ship_by(o)?.get())));
        let promised = |o| Some(self.promise(o)?.window.earliest.get());
        let starts = starts.chain(self.orders().filter_map(promised));
        let (first, last) = starts.fold((0, 0), |(first, last), at| (first.min(at), last.max(at)));
        last - first
    }

    /// From the first to the last moment that is stated for anything to begin.
    pub(crate) fn stated_span(&self) -> i128 {
        sums::span(self)
    }

    /// The most that the promises of a plan can cost that keeps its limits.
    pub(crate) fn dearest_promises(&self) -> i128 {
        promises::dearest(self)
    }

    /// What kind of problem it is: which features it uses.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }
}

/// Prints counts only: names and coordinates are the caller's business.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("depots", &self.depot_count())
            .field("vehicle_types", &self.fleet.len())
            .field("orders", &self.order_count())
            .field("dimensions", &self.dimension_count())
            .field("profiles", &self.profile_count())
            .finish_non_exhaustive()
    }
}
