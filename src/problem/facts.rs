//! The facts of orders as columns. A column that says nothing new for any order is not stored.

use crate::measure::{Cost, Time, Window};
use crate::model::{Model, OrderKind};

/// The furthest moment that any time may have; far inside `i64`, so that sums of a few stay in range.
pub(crate) const FOREVER: i64 = 1 << 41;

/// The window of something that is always open.
pub(crate) const ALWAYS: Window = Window::new(Time(-FOREVER), Time(FOREVER));

#[derive(Debug, Clone)]
pub(super) struct OrderFacts {
    count: usize,
    dimensions: usize,
    pickups: Vec<bool>,
    quantities: Vec<i64>,
    windows: Vec<Window>,
    services: Vec<i64>,
    releases: Vec<i64>,
    prices: Vec<Option<i64>>,
}

impl OrderFacts {
    pub(super) fn new(model: &Model) -> Self {
        let orders = model.orders();
        let dimensions = model.dimensions().len();
        let mut quantities = Vec::with_capacity(orders.len() * dimensions);
        for order in orders {
            quantities
                .extend((0..dimensions).map(|d| order.quantities.get(d).map_or(0, |q| q.get())));
        }
        Self {
            count: orders.len(),
            dimensions,
            pickups: column(orders.iter().map(|o| o.kind == OrderKind::Pickup), &false),
            quantities,
            windows: column(orders.iter().map(|o| o.window.unwrap_or(ALWAYS)), &ALWAYS),
            services: column(orders.iter().map(|o| o.service.get()), &0),
            releases: column(
                orders.iter().map(|o| o.release.map_or(-FOREVER, Time::get)),
                &-FOREVER,
            ),
            prices: column(orders.iter().map(|o| o.price.map(Cost::get)), &None),
        }
    }

    /// The facts of some orders.
    pub(super) fn part(&self, orders: &[usize]) -> Self {
        fn pick<T: Clone>(column: &[T], orders: &[usize]) -> Vec<T> {
            if column.is_empty() {
                Vec::new()
            } else {
                orders.iter().map(|o| column[*o].clone()).collect()
            }
        }
        Self {
            count: orders.len(),
            dimensions: self.dimensions,
            pickups: pick(&self.pickups, orders),
            quantities: orders
                .iter()
                .flat_map(|o| self.quantities(*o))
                .copied()
                .collect(),
            windows: pick(&self.windows, orders),
            services: pick(&self.services, orders),
            releases: pick(&self.releases, orders),
            prices: pick(&self.prices, orders),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }

    pub(super) fn kind(&self, order: usize) -> OrderKind {
        if self.pickups.get(order).copied().unwrap_or(false) {
            OrderKind::Pickup
        } else {
            OrderKind::DropOff
        }
    }

    pub(super) fn quantities(&self, order: usize) -> &[i64] {
        &self.quantities[order * self.dimensions..(order + 1) * self.dimensions]
    }

    pub(super) fn window(&self, order: usize) -> Window {
        self.windows.get(order).copied().unwrap_or(ALWAYS)
    }

    pub(super) fn service(&self, order: usize) -> i64 {
        self.services.get(order).copied().unwrap_or(0)
    }

    pub(super) fn release(&self, order: usize) -> i64 {
        self.releases.get(order).copied().unwrap_or(-FOREVER)
    }

    pub(super) fn price(&self, order: usize) -> Option<i64> {
        self.prices.get(order).copied().unwrap_or(None)
    }

    /// Whether any order has a window, a service duration or a release time.
    pub(super) fn timed(&self) -> bool {
        !(self.windows.is_empty() && self.services.is_empty() && self.releases.is_empty())
    }

    /// Whether any order may be left out at a price.
    pub(super) fn optional(&self) -> bool {
        !self.prices.is_empty()
    }

    /// Whether some route could carry drop-offs and pickups of one dimension at once.
    pub(super) fn mixed(&self) -> bool {
        let carries = |kind: OrderKind, d: usize| {
            (0..self.count).any(|i| self.kind(i) == kind && self.quantities(i)[d] != 0)
        };
        !self.pickups.is_empty()
            && (0..self.dimensions)
                .any(|d| carries(OrderKind::Pickup, d) && carries(OrderKind::DropOff, d))
    }
}

/// The values as a column, or an empty one where all are `usual`.
fn column<T: PartialEq>(values: impl Iterator<Item = T>, usual: &T) -> Vec<T> {
    let values: Vec<T> = values.collect();
    if values.iter().all(|v| v == usual) {
        Vec::new()
    } else {
        values
    }
}
