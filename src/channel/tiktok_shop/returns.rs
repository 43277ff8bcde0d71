//! Returns as Search Returns answers them.

use super::word::{ReturnMethod, ReturnStatus, ReturnType};
use serde::{Deserialize, Serialize};

/// A return of `data.return_orders[]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopReturn {
    /// Return id.
    pub return_id: String,
    /// The order whose goods come back.
    pub order_id: String,
    /// What the buyer wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_type: Option<ReturnType>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_status: Option<ReturnStatus>,
    /// Who brings the goods back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_method: Option<ReturnMethod>,
    /// Which goods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub return_line_items: Vec<ReturnLineItem>,
}

/// One unit that comes back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReturnLineItem {
    /// The line of the order.
    pub order_line_item_id: String,
}
