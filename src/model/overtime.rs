//! Work after the end of the shift.

use crate::measure::{Cost, Duration};
use serde::{Deserialize, Serialize};

/// By how much routes of a vehicle type may end after its shift, and what that costs.
///
/// Overtime is the time from the end of the shift to the end of the route. The route still begins within the shift, and it
/// ends while its end depot is open. The price comes beside all others: a second of overtime is a second of duration too.
///
/// # Examples
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
/// let van = VehicleType::new("van", 1, depot).shift(Window::new(Time(0), Time(100)));
/// model.add_vehicle_type(van.overtime(Duration(30), Cost::units(2)));
/// let far = model.add_order(Order::drop_off("far", Place::plane(60.0, 0.0)));
/// let problem = Problem::new(&model, &Euclidean::rounded())?;
///
/// let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), vec![far])]);
/// assert!(plan.check(&problem).is_empty()); // 120 is within 100 + 30
/// assert_eq!(plan.routes()[0].overtime(), Duration(20));
/// assert_eq!(plan.cost().overtime, Cost::units(40));
/// # Ok::<(), milkrun::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overtime {
    /// The longest that a route may end after the shift.
    pub most: Duration,
    /// The cost of one second (unit of time) of it.
    pub price: Cost,
}
