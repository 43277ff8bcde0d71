//! A window that may be missed, at a price.

use crate::measure::{Cost, Duration, Time, Window};
use serde::{Deserialize, Serialize};

/// When service is promised to start, and what it costs to start earlier or later.
///
/// The [`window`](super::Order::window) of an order is a limit: no plan starts service outside of it. A promise is a second
/// window, inside of those limits: starting `e` seconds before it costs `e` times the price for coming early, starting `l`
/// seconds after it costs `l` times the price for coming late. Either price may be zero, as it is until it is stated. A
/// deadline alone is a promise whose price for coming early is zero.
///
/// A vehicle may wait before it serves, so a customer need not be served early only because the vehicle is there. The
/// schedule of a route is the one that costs least in all: promises, and what duration, waiting and overtime cost. Of
/// several that do, it is the one that ends first; of those, the one that leaves last; and of those, the one in which each
/// service starts first. Where a vehicle has a longest duration, all this is among the schedules that keep it.
///
/// # Examples
///
/// ```
/// use milkrun::measure::{Cost, Duration, Time, VehicleTypeId, Window};
/// use milkrun::model::{Depot, Model, Order, Place, Promise, VehicleType};
/// use milkrun::plan::{Plan, RouteDraft};
/// use milkrun::problem::Problem;
/// use milkrun::travel::Euclidean;
///
/// let mut model = Model::new();
/// let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
/// model.add_vehicle_type(VehicleType::new("van", 1, depot));
/// let slot = |from, to| Promise::new(Window::new(Time(from), Time(to))).early(Cost(1)).late(Cost(3));
/// let here = Order::drop_off("here", Place::plane(10.0, 0.0)).promise(slot(100, 120));
/// let there = Order::drop_off("there", Place::plane(50.0, 0.0)).promise(slot(100, 120));
/// let route = vec![model.add_order(here), model.add_order(there)];
/// let problem = Problem::new(&model, &Euclidean::rounded())?;
///
/// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), route)]);
/// // 40 lie between the two. To be 20 early here is cheaper than to be late there.
/// let [first, second] = plan.routes()[0].stops() else { panic!("two stops") };
/// assert_eq!((first.start, first.early), (Time(80), Duration(20)));
/// assert_eq!((second.start, second.late), (Time(120), Duration(0)));
/// assert_eq!(plan.cost().promises, Cost(20));
/// assert!(plan.check(&problem).is_empty());
/// # Ok::<(), milkrun::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// When service is to start. It may reach beyond the window of the order, which holds all the same.
    pub window: Window,
    /// The cost of each second (unit of time) before the window.
    #[serde(default)]
    pub early: Cost,
    /// The cost of each second (unit of time) after the window.
    #[serde(default)]
    pub late: Cost,
}

impl Promise {
    /// A promise that costs nothing yet.
    pub fn new(window: Window) -> Self {
        Self {
            window,
            early: Cost::ZERO,
            late: Cost::ZERO,
        }
    }

    /// What it costs that service starts at a moment; the largest cost there is, where it is more than that.
    pub fn cost(&self, start: Time) -> Cost {
        let (early, late) = self.missed(start);
        let early = self.early.get().saturating_mul(early.get());
        let late = self.late.get().saturating_mul(late.get());
        Cost(early.saturating_add(late))
    }

    /// How long before, and after, the window a moment is.
    pub(crate) fn missed(&self, start: Time) -> (Duration, Duration) {
        let apart = |from: Time, to: Time| Duration(to.get().saturating_sub(from.get()).max(0));
        (
            apart(start, self.window.earliest),
            apart(self.window.latest, start),
        )
    }

    /// Whether it can cost something to miss it.
    pub fn is_priced(&self) -> bool {
        self.early != Cost::ZERO || self.late != Cost::ZERO
    }

    /// Sets what each second before the window costs.
    #[must_use]
    pub fn early(mut self, price: Cost) -> Self {
        self.early = price;
        self
    }

    /// Sets what each second after the window costs.
    #[must_use]
    pub fn late(mut self, price: Cost) -> Self {
        self.late = price;
        self
    }
}
