//! What carries the orders.

use crate::measure::{Cost, DepotId, DimensionId, Distance, Duration, Load, Window};
use crate::model::{Overtime, Reloads};
use serde::{Deserialize, Serialize};

/// In which order a route may drop off and pick up.
///
/// Only what an order is counts, not how much: a pickup of nothing is a pickup, and a drop-off of nothing a drop-off.
/// Where there are no pickups, or no drop-offs at all, `Last` asks for nothing.
///
/// An exchange counts as a drop-off: what it takes along stands where that stood which it dropped, and in the way of nothing.
/// So it comes before all pickups, anywhere among the drop-offs, and pickups may follow it. That all fits is a matter of
/// capacity, also where it takes more than it drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backhauls {
    /// In any order.
    #[default]
    Mixed,
    /// All drop-offs come before all pickups, as in a van that is loaded from the rear; on each trip anew, where a route has
    /// several. A route may have pickups only, or drop-offs only.
    Last,
    /// As `Last`, and a route with pickups has a drop-off too: nobody drives out only to fetch something (Goetschalckx
    /// and Jacobs-Blecha 1989, 10.1016/0377-2217(89)90057-X). A pickup that finds no drop-off to follow stays unserved.
    LastAfterDropOff,
}

impl Backhauls {
    /// Whether drop-offs must come before pickups.
    pub const fn are_last(self) -> bool {
        !matches!(self, Self::Mixed)
    }

    /// Whether a route with pickups must have a drop-off.
    pub const fn need_drop_off(self) -> bool {
        matches!(self, Self::LastAfterDropOff)
    }

    /// Whether they are mixed, as they are where nothing else is stated.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
    const fn are_mixed(&self) -> bool {
        matches!(self, Self::Mixed)
    }
}

/// The pace of the profile itself, in per cent.
const fn whole() -> u32 {
    100
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
const fn is_whole(pace: &u32) -> bool {
    *pace == whole()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
const fn is_nothing(cost: &Cost) -> bool {
    cost.get() == 0
}

/// A kind of vehicle and how many there are of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VehicleType {
    /// The caller's own name for it; unique among vehicle types.
    pub name: String,
    /// How many vehicles there are, one route each; `None`: as many as are needed.
    pub count: Option<u32>,
    /// Where its routes start.
    pub start: DepotId,
    /// Where its routes end; `None`: at the last stop (open end).
    pub end: Option<DepotId>,
    /// Capacity by load dimension; a dimension that is not listed, or `None`, is not limited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capacity: Vec<Option<Load>>,
    /// When a route may run: it leaves its start at or after `earliest` and reaches its end at or before `latest`;
    /// `None`: any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Window>,
    /// Cost of using one vehicle of this type at all.
    #[serde(default)]
    pub fixed_cost: Cost,
    /// Cost of one unit of distance.
    #[serde(default)]
    pub cost_per_distance: Cost,
    /// Cost of one second (unit of time) from leaving the start to reaching the end: driving, service and waiting.
    /// The route leaves as late as its schedule allows.
    #[serde(default)]
    pub cost_per_duration: Cost,
    /// Cost of one second (unit of time) of waiting, for a window or a depot to open or for goods to be packed, beside
    /// `cost_per_duration`, which counts it too.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub cost_per_waiting: Cost,
    /// By how much routes may end after the shift, and what that costs; `None`: they end within it. Without a shift this is
    /// an input error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overtime: Option<Overtime>,
    /// Cost of each stop, that is of each order served; a reload is no stop.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub cost_per_stop: Cost,
    /// The longest distance of a route; `None`: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_distance: Option<Distance>,
    /// The longest duration of a route, counted as in `cost_per_duration`; `None`: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Duration>,
    /// The longest time that a route may drive: the durations of its legs, without service, waiting and loading; `None`:
    /// any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_driving: Option<Duration>,
    /// The most stops of a route, reloads not counted; `None`: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_stops: Option<u32>,
    /// Where its vehicles may reload on the way, and how often; `None`: nowhere, a route is one trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reloads: Option<Reloads>,
    /// Whose legs it travels, such as `"van"` or `"bike"`; a profile is a name that the travel knows.
    #[serde(default)]
    pub profile: String,
    /// How long its legs last, in per cent of those of the profile: 100 is as long, 150 half as long again. Each leg is
    /// rounded to the nearest second, half a second goes up; distances stay. From 1 to 1,000.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub pace: u32,
    /// In which order its routes may drop off and pick up.
    #[serde(default, skip_serializing_if = "Backhauls::are_mixed")]
    pub backhauls: Backhauls,
}

impl VehicleType {
    /// `count` vehicles that start and end at `depot`; no limits, no costs but one unit per unit of distance, and the
    /// default travel profile `""`.
    pub fn new(name: impl Into<String>, count: u32, depot: DepotId) -> Self {
        Self {
            name: name.into(),
            count: Some(count),
            start: depot,
            end: Some(depot),
            capacity: Vec::new(),
            shift: None,
            fixed_cost: Cost::ZERO,
            cost_per_distance: Cost::units(1),
            cost_per_duration: Cost::ZERO,
            cost_per_waiting: Cost::ZERO,
            overtime: None,
            cost_per_stop: Cost::ZERO,
            max_distance: None,
            max_duration: None,
            max_driving: None,
            max_stops: None,
            reloads: None,
            profile: String::new(),
            pace: whole(),
            backhauls: Backhauls::Mixed,
        }
    }

    /// As many vehicles as are needed.
    #[must_use]
    pub fn unlimited(mut self) -> Self {
        self.count = None;
        self
    }

    /// Routes end at `depot` instead of where they started.
    #[must_use]
    pub fn end(mut self, depot: DepotId) -> Self {
        self.end = Some(depot);
        self
    }

    /// Routes end at their last stop.
    #[must_use]
    pub fn open_end(mut self) -> Self {
        self.end = None;
        self
    }

    /// Limits the load of one dimension.
    #[must_use]
    pub fn capacity(mut self, dimension: DimensionId, most: Load) -> Self {
        if self.capacity.len() <= dimension.index() {
            self.capacity.resize(dimension.index() + 1, None);
        }
        self.capacity[dimension.index()] = Some(most);
        self
    }

    /// Limits when routes run.
    #[must_use]
    pub fn shift(mut self, shift: Window) -> Self {
        self.shift = Some(shift);
        self
    }

    /// Sets the cost of using one vehicle.
    #[must_use]
    pub fn fixed_cost(mut self, cost: Cost) -> Self {
        self.fixed_cost = cost;
        self
    }

    /// Sets the cost of one unit of distance (default: one unit).
    #[must_use]
    pub fn per_distance(mut self, cost: Cost) -> Self {
        self.cost_per_distance = cost;
        self
    }

    /// Sets the cost of one unit of time (default: nothing).
    #[must_use]
    pub fn per_duration(mut self, cost: Cost) -> Self {
        self.cost_per_duration = cost;
        self
    }

    /// Limits the distance of a route.
    #[must_use]
    pub fn max_distance(mut self, most: Distance) -> Self {
        self.max_distance = Some(most);
        self
    }

    /// Limits the duration of a route.
    #[must_use]
    pub fn max_duration(mut self, most: Duration) -> Self {
        self.max_duration = Some(most);
        self
    }

    /// Sets the cost of one unit of time of waiting, beside the cost of duration (default: nothing).
    ///
    /// ```
    /// use milkrun::measure::{Cost, Duration, Time, VehicleTypeId, Window};
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::plan::{Plan, RouteDraft};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Euclidean;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    /// model.add_vehicle_type(VehicleType::new("van", 1, depot).per_waiting(Cost::units(3)));
    /// let open = |name, from, to| {
    ///     Order::drop_off(name, Place::plane(10.0, 0.0)).window(Window::new(Time(from), Time(to)))
    /// };
    /// let stops = vec![model.add_order(open("early", 10, 20)), model.add_order(open("late", 50, 60))];
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), stops)]);
    /// // It comes to the first as late as it may, at 20, and is there until 50.
    /// assert_eq!(plan.routes()[0].waiting(), Duration(30));
    /// assert_eq!(plan.cost().waiting, Cost::units(90));
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    #[must_use]
    pub fn per_waiting(mut self, cost: Cost) -> Self {
        self.cost_per_waiting = cost;
        self
    }

    /// Lets routes end up to `most` after the shift, at `price` for one unit of time.
    #[must_use]
    pub fn overtime(mut self, most: Duration, price: Cost) -> Self {
        self.overtime = Some(Overtime { most, price });
        self
    }

    /// Sets the cost of each stop (default: nothing).
    ///
    /// ```
    /// use milkrun::measure::{Cost, DepotId};
    /// use milkrun::model::VehicleType;
    ///
    /// // A courier who is paid half a euro a parcel, and takes thirty at most.
    /// let courier = VehicleType::new("courier", 4, DepotId::new(0));
    /// let courier = courier.per_stop(Cost::parse("0.50").unwrap()).max_stops(30);
    /// assert_eq!(courier.cost_per_stop, Cost(500_000));
    /// ```
    #[must_use]
    pub fn per_stop(mut self, cost: Cost) -> Self {
        self.cost_per_stop = cost;
        self
    }

    /// Limits how long a route may drive.
    ///
    /// ```
    /// use milkrun::measure::{Duration, VehicleTypeId};
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::plan::{Fault, Plan, RouteDraft};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Euclidean;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    /// model.add_vehicle_type(VehicleType::new("van", 1, depot).max_driving(Duration(199)));
    /// let far = Order::drop_off("far", Place::plane(100.0, 0.0)).service(Duration(50));
    /// let far = model.add_order(far);
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), vec![far])]);
    /// let (driving, most) = (Duration(200), Duration(199));
    /// assert_eq!(plan.check(&problem)[0].fault(), Fault::DrivesTooLong { driving, most });
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    #[must_use]
    pub fn max_driving(mut self, most: Duration) -> Self {
        self.max_driving = Some(most);
        self
    }

    /// Limits the stops of a route.
    #[must_use]
    pub fn max_stops(mut self, most: u32) -> Self {
        self.max_stops = Some(most);
        self
    }

    /// Lets its vehicles reload on the way.
    #[must_use]
    pub fn reloads(mut self, reloads: Reloads) -> Self {
        self.reloads = Some(reloads);
        self
    }

    /// Sets the travel profile.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = profile.into();
        self
    }

    /// Sets how long its legs last, in per cent of those of its profile (default: 100).
    ///
    /// ```
    /// use milkrun::measure::{Duration, VehicleTypeId};
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::plan::{Plan, RouteDraft};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Euclidean;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    /// model.add_vehicle_type(VehicleType::new("laden truck", 1, depot).pace(125));
    /// let order = model.add_order(Order::drop_off("far", Place::plane(100.0, 0.0)));
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), vec![order])]);
    /// assert_eq!(plan.duration(), Duration(250));
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    #[must_use]
    pub fn pace(mut self, percent: u32) -> Self {
        self.pace = percent;
        self
    }

    /// Sets in which order routes may drop off and pick up (default: in any).
    #[must_use]
    pub fn backhauls(mut self, backhauls: Backhauls) -> Self {
        self.backhauls = backhauls;
        self
    }
}
