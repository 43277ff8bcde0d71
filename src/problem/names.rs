//! The caller's names for things.

use crate::measure::{CarrierId, DepotId, DimensionId, OrderId, VehicleTypeId};
use crate::model::Model;
use std::fmt;

/// The names that the caller gave to depots, vehicle types, carriers, dimensions and orders.
#[derive(Clone, PartialEq, Eq)]
pub struct Names {
    depots: Vec<Box<str>>,
    vehicle_types: Vec<Box<str>>,
    carriers: Vec<Box<str>>,
    dimensions: Vec<Box<str>>,
    /// The names of all orders in one text, and where each ends: a million small strings would cost 50 MB more.
    orders: String,
    order_ends: Vec<u32>,
}

impl Names {
    pub(super) fn new(model: &Model) -> Self {
        let boxed = |name: &String| name.clone().into_boxed_str();
        let mut orders = String::with_capacity(model.orders().iter().map(|o| o.name.len()).sum());
        let mut order_ends = Vec::with_capacity(model.orders().len());
        for order in model.orders() {
            orders.push_str(&order.name);
            order_ends.push(u32::try_from(orders.len()).expect("limits keep names below 4 GB"));
        }
        Self {
            depots: model.depots().iter().map(|d| boxed(&d.name)).collect(),
            vehicle_types: model
                .vehicle_types()
                .iter()
                .map(|v| boxed(&v.name))
                .collect(),
            carriers: model.carriers().iter().map(|c| boxed(&c.name)).collect(),
            dimensions: model.dimensions().iter().map(boxed).collect(),
            orders,
            order_ends,
        }
    }

    /// No names: a part of a problem is searched, not reported.
    pub(super) fn none() -> Self {
        Self {
            depots: Vec::new(),
            vehicle_types: Vec::new(),
            carriers: Vec::new(),
            dimensions: Vec::new(),
            orders: String::new(),
            order_ends: Vec::new(),
        }
    }

    /// Names an order anew, or one more. O(n).
    pub(super) fn name_order(&mut self, index: usize, name: &str) {
        let known = self.order_ends.len();
        let end = |index: usize| self.order_ends.get(index).map_or(0, |end| *end as usize);
        let start = if index == 0 { 0 } else { end(index - 1) };
        let stop = if index < known { end(index) } else { start };
        self.orders.replace_range(start..stop, name);
        if index == known {
            self.order_ends.push(start as u32);
        }
        let shift = |end: &u32| (*end as usize + name.len() - (stop - start)) as u32;
        for end in &mut self.order_ends[index..] {
            *end = shift(end);
        }
    }

    /// The name of an order, empty where it has none yet.
    pub(super) fn known_order(&self, index: usize) -> &str {
        if index < self.order_ends.len() {
            self.order(OrderId::new(index))
        } else {
            ""
        }
    }

    /// How many bytes the names of all orders have.
    pub(super) fn order_bytes(&self) -> usize {
        self.orders.len()
    }

    /// The name of an order; empty where the id was cancelled.
    pub fn order(&self, id: OrderId) -> &str {
        let index = id.index();
        let start = if index == 0 {
            0
        } else {
            self.order_ends[index - 1] as usize
        };
        &self.orders[start..self.order_ends[index] as usize]
    }

    /// The name of a depot.
    pub fn depot(&self, id: DepotId) -> &str {
        &self.depots[id.index()]
    }

    /// The name of a vehicle type.
    pub fn vehicle_type(&self, id: VehicleTypeId) -> &str {
        &self.vehicle_types[id.index()]
    }

    /// The name of a carrier.
    pub fn carrier(&self, id: CarrierId) -> &str {
        &self.carriers[id.index()]
    }

    /// The name of a load dimension.
    pub fn dimension(&self, id: DimensionId) -> &str {
        &self.dimensions[id.index()]
    }

    /// How many load dimensions have a name.
    pub fn dimension_count(&self) -> usize {
        self.dimensions.len()
    }
}

/// Prints counts only: names are the caller's business.
impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({} orders)", self.order_ends.len())
    }
}
