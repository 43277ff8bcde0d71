//! What can change about a day that is being planned.

use crate::measure::{Cost, OrderId, VehicleTypeId};
use crate::model::Order;
use crate::travel::Travel;
use std::fmt;

/// One change of a day that a [`LiveSolver`](crate::solve::LiveSolver) keeps.
///
/// ```
/// use milkrun::measure::{OrderId, Time, VehicleTypeId, Window};
/// use milkrun::model::{Order, Place};
/// use milkrun::problem::Edit;
/// use milkrun::travel::Haversine;
///
/// let late = Order::drop_off("late", Place::geo(52.53, 13.42));
/// let changed = late.clone().window(Window::new(Time::at(15, 0), Time::at(16, 0)));
/// let edits = [
///     Edit::Add(late),
///     Edit::AddPair(
///         Order::pickup("fetch the oven", Place::geo(52.50, 13.40)),
///         Order::drop_off("bring the oven", Place::geo(52.55, 13.37)),
///     ),
///     Edit::Change(OrderId::new(3), changed),
///     Edit::Cancel(OrderId::new(4)),
///     Edit::Vehicles(VehicleTypeId::new(0), Some(2)),
///     Edit::travel(Haversine::at_kmh(17.0)), // rush hour
/// ];
/// ```
#[non_exhaustive]
#[allow(
    clippy::large_enum_variant,
    reason = "edits are few, and taken apart at once; callers state orders, not boxes of them"
)]
pub enum Edit {
    /// An order comes in. It gets the id of one that was cancelled before these edits where there is such, else a new one.
    Add(Order),
    /// A [`Pair`](crate::model::Pair) comes in: a pickup, and the drop-off that its goods go to. Each gets an id as an order
    /// that is added alone, the pickup first.
    AddPair(Order, Order),
    /// A [`Group`](crate::model::Group) comes in: orders that stand for one another, each with an id as one that is added
    /// alone; and what it costs to serve none of them, `None` where one must be served.
    AddGroup(Vec<Order>, Option<Cost>),
    /// An order is taken back. Its id names nothing from then on, until an order that is added later gets it. With an order
    /// of a pair the other one is taken back too; of a group the others stay, and go on standing for one another.
    Cancel(OrderId),
    /// An order is stated anew, in full: quantities, window, place, price, even its name. It keeps its id, and stays in its
    /// pair or its group, which has to be sound once all edits are made: new quantities of a pair are two changes. Start
    /// from [`Problem::order`](crate::problem::Problem::order) to change some of it.
    Change(OrderId, Order),
    /// A vehicle type has this many vehicles from now on, be it less or more; `None`: as many as are needed.
    Vehicles(VehicleTypeId, Option<u32>),
    /// All legs are new: other speeds, closed roads, other tables. See [`Edit::travel`].
    Travel(Box<dyn Travel + Send>),
}

impl Edit {
    /// All legs are those of another travel. Tables of places are read anew too, so that orders may be added in the same
    /// edits that bring their rows.
    pub fn travel(travel: impl Travel + Send + 'static) -> Self {
        Self::Travel(Box::new(travel))
    }
}

/// Prints ids and counts only: names and places are the caller's business.
impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(_) => write!(f, "Add"),
            Self::AddPair(..) => write!(f, "AddPair"),
            Self::AddGroup(orders, _) => write!(f, "AddGroup({})", orders.len()),
            Self::Cancel(id) => write!(f, "Cancel({id})"),
            Self::Change(id, _) => write!(f, "Change({id})"),
            Self::Vehicles(id, count) => write!(f, "Vehicles({id}, {count:?})"),
            Self::Travel(_) => write!(f, "Travel"),
        }
    }
}
