//! Goods that go from one customer to another.

use crate::measure::OrderId;
use serde::{Deserialize, Serialize};

/// Two orders that are one transport: goods board at a pickup and leave the vehicle at a drop-off, such as a repair that
/// is fetched from one customer and brought to another. Made by [`Model::add_pair`](super::Model::add_pair).
///
/// Both are on one route, the pickup before the drop-off, or neither is served. The goods are on board from the one stop
/// to the other: not from the start of the route, and not to its end, whether the vehicle reloads between them or not.
///
/// # What it has to keep
///
/// * The two orders state the same quantities.
/// * Both are mandatory, or both have a price; leaving the pair out costs the sum of the two.
/// * A [`Carrier`](super::Carrier) that takes one of them takes both; handing the pair over costs the sum of its two prices.
/// * The drop-off has no release time and no ship-by deadline: the window of the pickup says when the goods are there.
/// * An order is in at most one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Where the goods board: an order of kind [`Pickup`](super::OrderKind::Pickup).
    pub pickup: OrderId,
    /// Where they leave the vehicle: an order of kind [`DropOff`](super::OrderKind::DropOff).
    pub drop_off: OrderId,
}
