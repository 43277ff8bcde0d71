//! Orders of which one is served.

use crate::measure::{Cost, OrderId};
use serde::{Deserialize, Serialize};

/// Orders that stand for one another: the same goods at another place, at other hours, or in another way. At most one of
/// them is served, and one is enough. Added by [`Model::add_group`](super::Model::add_group);
/// [`Model::add_order_in_windows`](super::Model::add_order_in_windows) makes one from an order with several windows.
///
/// # What a plan does with it
///
/// The plan chooses which of its orders is on a route, or handed over to a carrier. The others are neither served nor
/// unserved: they are [replaced](crate::plan::Plan::replaced). Where none is, the group is unserved once, with the reason of
/// the order that comes closest, and its price is paid once.
///
/// # What it has to keep
///
/// * It has an order at least; a group of one is that order.
/// * An order is in at most one group, and not in a [`Pair`](super::Pair).
/// * Its orders state no price of their own. A [`Carrier`](super::Carrier) may take any of them: each states for how much.
///
/// On a day that a [`LiveSolver`](crate::solve::LiveSolver) keeps, groups come in by
/// [`Edit::AddGroup`](crate::problem::Edit::AddGroup); an order of one can be changed or taken back alone.
///
/// # Examples
///
/// ```
/// use milkrun::measure::Cost;
/// use milkrun::model::{Depot, Group, Model, Order, Place, VehicleType};
/// use milkrun::problem::Problem;
/// use milkrun::solve::{Budget, Solver};
/// use milkrun::travel::Euclidean;
///
/// let mut model = Model::new();
/// let hub = model.add_depot(Depot::new("hub", Place::plane(0.0, 0.0)));
/// model.add_vehicle_type(VehicleType::new("van", 1, hub).per_distance(Cost::units(1)));
/// let home = model.add_order(Order::drop_off("at home", Place::plane(90.0, 0.0)));
/// let locker = model.add_order(Order::drop_off("in the locker", Place::plane(3.0, 4.0)));
/// model.add_group(Group::of([home, locker]).price(Cost::units(50)));
/// let problem = Problem::new(&model, &Euclidean::rounded())?;
///
/// let plan = Solver::new(&problem).solve(Budget::iterations(100)).plan;
/// assert_eq!(plan.routes()[0].stops()[0].order, locker);
/// assert_eq!((plan.replaced()[0].order, plan.replaced()[0].by), (home, locker));
/// assert!(plan.unserved().is_empty());
/// # Ok::<(), milkrun::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its orders.
    pub orders: Vec<OrderId>,
    /// What it costs to serve none of them; `None`: one must be served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Cost>,
}

impl Group {
    /// Orders of which exactly one must be served.
    pub fn of(orders: impl IntoIterator<Item = OrderId>) -> Self {
        Self {
            orders: orders.into_iter().collect(),
            price: None,
        }
    }

    /// Sets what it costs to serve none of them.
    #[must_use]
    pub fn price(mut self, price: Cost) -> Self {
        self.price = Some(price);
        self
    }
}
