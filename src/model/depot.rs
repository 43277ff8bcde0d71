//! Where routes start, end and reload.

use crate::measure::{Duration, Window};
use crate::model::Place;
use serde::{Deserialize, Serialize};

/// A warehouse, hub or yard where routes start or end, or vehicles [reload](super::Reloads).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Depot {
    /// The caller's own name for it; unique among depots.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// When vehicles may leave and return, and when loading may start at a reload; `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// How long loading takes at a reload. At the first departure of a route the vehicle is loaded already.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub loading: Duration,
    /// Whether it is a spot on the road instead: see [`Depot::spot`].
    #[serde(default, skip_serializing_if = "is_false")]
    pub spot: bool,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(duration: &Duration) -> bool {
    *duration == Duration::ZERO
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Depot {
    /// A depot that is always open.
    pub fn new(name: impl Into<String>, place: Place) -> Self {
        Self {
            name: name.into(),
            place,
            window: None,
            loading: Duration::ZERO,
            spot: false,
        }
    }

    /// A spot on the road, where a vehicle that is under way is now.
    ///
    /// It holds no goods: a route that starts there drops off what is [aboard](super::Order::aboard) its vehicle, and else
    /// picks up, or carries goods from one customer to another, until it calls at a depot, where it may
    /// [reload](super::Reloads): at once, if that is best. Each vehicle under way is a vehicle type of its own, with a
    /// count of at most 1, a [shift](super::VehicleType::shift) that begins now, and an [end](super::VehicleType::end) that is
    /// not the spot, as a rule. What it has paid for before now, such as its fixed cost, is best left out
    /// of what it states. It has no stops where that is cheapest; that it comes home anyway is not counted.
    ///
    /// ```
    /// use milkrun::measure::{Time, Window};
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::problem::Problem;
    /// use milkrun::solve::{Budget, Solver};
    /// use milkrun::travel::Euclidean;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    /// let here = model.add_depot(Depot::spot("where van 1 is", Place::plane(40.0, 0.0)));
    /// let van = VehicleType::new("van 1", 1, here).end(depot);
    /// let van = model.add_vehicle_type(van.shift(Window::new(Time::at(12, 0), Time::at(18, 0))));
    /// let parcel = model.add_order(Order::drop_off("parcel", Place::plane(50.0, 0.0)).aboard(van));
    /// model.add_order(Order::pickup("return", Place::plane(30.0, 0.0)));
    /// model.add_order(Order::drop_off("still at the depot", Place::plane(20.0, 0.0)));
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// let plan = Solver::new(&problem).solve(Budget::iterations(100)).plan;
    /// assert_eq!(plan.routes()[0].stops().len(), 2);
    /// assert_eq!(plan.unserved()[0].name(), "still at the depot");
    /// # assert_eq!(problem.aboard(parcel), Some(van));
    /// # Ok::<(), milkrun::Error>(())
    /// ```
    pub fn spot(name: impl Into<String>, place: Place) -> Self {
        Self {
            spot: true,
            ..Self::new(name, place)
        }
    }

    /// Restricts departures, returns and reloads to `window`.
    #[must_use]
    pub fn window(mut self, window: Window) -> Self {
        self.window = Some(window);
        self
    }

    /// Sets how long loading takes at a reload (default: no time).
    #[must_use]
    pub fn loading(mut self, loading: Duration) -> Self {
        self.loading = loading;
        self
    }
}
