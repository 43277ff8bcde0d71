//! The facts of orders as columns. A column that says nothing new for any order is not stored.

use super::groups::Groups;
use super::riders::Riders;
use crate::measure::{Cost, Load, OrderId, Time, Window};
use crate::model::{CarrierPrice, Model, Order, OrderKind, Promise};

/// The furthest moment that any time may have; far inside `i64`, so that sums of a few stay in range.
pub(crate) const FOREVER: i64 = 1 << 41;

/// The window of something that is always open.
pub(crate) const ALWAYS: Window = Window::new(Time(-FOREVER), Time(FOREVER));

/// Where an order is in no pair.
const NO_MATE: u32 = u32::MAX;

/// What orders are to one another, and to vehicles, to be brought back after an edit.
pub(super) struct Bonds {
    mates: Vec<u32>,
    groups: Groups,
    riders: Riders,
}

#[derive(Debug, Clone)]
pub(super) struct OrderFacts {
    count: usize,
    dimensions: usize,
    kinds: Vec<OrderKind>,
    quantities: Vec<i64>,
    /// What exchanges take along, by order and dimension.
    taken: Vec<i64>,
    windows: Vec<Window>,
    promises: Vec<Option<Promise>>,
    services: Vec<i64>,
    releases: Vec<i64>,
    ship_bys: Vec<i64>,
    prices: Vec<Option<i64>>,
    /// What carriers take an order for.
    carrier_prices: Vec<Vec<CarrierPrice>>,
    /// The other order of an order's pair, or [`NO_MATE`].
    mates: Vec<u32>,
    /// Which vehicle types may carry it.
    riders: Riders,
    groups: Groups,
    /// Indices that name no order (any more); all else about them is usual.
    gone: Vec<bool>,
}

impl OrderFacts {
    pub(super) fn new(model: &Model) -> Self {
        let orders = model.orders();
        let dimensions = model.dimensions().len();
        let all = |amounts: fn(&Order) -> &[Load]| -> Vec<i64> {
            let rows = orders.iter().map(amounts);
            rows.flat_map(|row| (0..dimensions).map(|d| row.get(d).map_or(0, |q| q.get())))
                .collect()
        };
        Self {
            count: orders.len(),
            dimensions,
            kinds: column(orders.iter().map(|o| o.kind), &OrderKind::DropOff),
            quantities: all(|o| &o.quantities),
            taken: if orders.iter().any(|o| o.kind == OrderKind::Exchange) {
                all(|o| &o.taken)
            } else {
                Vec::new()
            },
            windows: column(orders.iter().map(|o| o.window.unwrap_or(ALWAYS)), &ALWAYS),
            promises: column(orders.iter().map(|o| o.promise), &None),
            services: column(orders.iter().map(|o| o.service.get()), &0),
            releases: column(
                orders.iter().map(|o| o.release.map_or(-FOREVER, Time::get)),
                &-FOREVER,
            ),
            ship_bys: column(
                orders.iter().map(|o| o.ship_by.map_or(FOREVER, Time::get)),
                &FOREVER,
            ),
            prices: prices(model),
            carrier_prices: column(orders.iter().map(|o| o.carrier_prices.clone()), &Vec::new()),
            mates: mates(model),
            riders: Riders::new(model),
            groups: Groups::new(model),
            gone: Vec::new(),
        }
    }

    /// The facts of some orders; of a pair both, or neither, and of a group all, or none.
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
            kinds: pick(&self.kinds, orders),
            quantities: orders
                .iter()
                .flat_map(|o| self.quantities(*o))
                .copied()
                .collect(),
            taken: (orders.iter().flat_map(|o| self.taken(*o)))
                .copied()
                .collect(),
            windows: pick(&self.windows, orders),
            promises: pick(&self.promises, orders),
            services: pick(&self.services, orders),
            releases: pick(&self.releases, orders),
            ship_bys: pick(&self.ship_bys, orders),
            prices: pick(&self.prices, orders),
            carrier_prices: pick(&self.carrier_prices, orders),
            mates: self.mates_of(orders),
            riders: self.riders.part(orders),
            groups: self.groups.part(orders, self.count),
            gone: Vec::new(),
        }
    }

    /// Who is whose mate among some orders, numbered by their position.
    fn mates_of(&self, orders: &[usize]) -> Vec<u32> {
        if self.mates.is_empty() {
            return Vec::new();
        }
        let mut position = vec![NO_MATE; self.count];
        for (order, at) in orders.iter().zip(0..) {
            position[*order] = at;
        }
        let mate = |order: &usize| {
            let mate = self.mate(*order).map_or(NO_MATE, |mate| position[mate]);
            debug_assert!(
                self.mate(*order).is_none() || mate != NO_MATE,
                "a part has half of a pair"
            );
            mate
        };
        column(orders.iter().map(mate), &NO_MATE)
    }

    /// Puts an order at an index, in place of what is there or behind all; `None`: the index names no order any more, and is
    /// in no pair or group. What is put in place of an order stays in its pair or group; [`pair`](OrderFacts::pair) has yet
    /// to say which vehicles may carry both halves. O(1), but O(n) where a column begins.
    pub(super) fn put(&mut self, index: usize, order: Option<&Order>) {
        self.count = self.count.max(index + 1);
        let (count, dimensions) = (self.count, self.dimensions);
        let put_row = |rows: &mut Vec<i64>, stated: &[Load]| {
            rows.resize(count * dimensions, 0);
            let row = &mut rows[index * dimensions..(index + 1) * dimensions];
            for (d, amount) in row.iter_mut().enumerate() {
                *amount = stated.get(d).map_or(0, |q| q.get());
            }
        };
        put_row(
            &mut self.quantities,
            order.map_or(&[], |o| o.quantities.as_slice()),
        );
        let at = (count, index);
        let kind = order.map_or(OrderKind::DropOff, |o| o.kind);
        set(&mut self.kinds, at, kind, OrderKind::DropOff);
        if kind == OrderKind::Exchange || !self.taken.is_empty() {
            put_row(&mut self.taken, order.map_or(&[], |o| o.taken.as_slice()));
        }
        let window = order.and_then(|o| o.window).unwrap_or(ALWAYS);
        set(&mut self.windows, at, window, ALWAYS);
        set(&mut self.promises, at, order.and_then(|o| o.promise), None);
        let service = order.map_or(0, |o| o.service.get());
        set(&mut self.services, at, service, 0);
        let release = order.and_then(|o| o.release).map_or(-FOREVER, Time::get);
        set(&mut self.releases, at, release, -FOREVER);
        let ship_by = order.and_then(|o| o.ship_by).map_or(FOREVER, Time::get);
        set(&mut self.ship_bys, at, ship_by, FOREVER);
        match order {
            // The price of a group is that of all its orders.
            Some(_) if self.groups.has(OrderId::new(index)) => {}
            _ => self.put_price(index, order.and_then(|o| o.price)),
        }
        let handed = order.map_or(Vec::new(), |o| o.carrier_prices.clone());
        set(&mut self.carrier_prices, at, handed, Vec::new());
        set(&mut self.gone, at, order.is_none(), false);
        self.riders.put(at, order, self.mate(index).is_some());
        if order.is_none() {
            set(&mut self.mates, at, NO_MATE, NO_MATE);
            self.groups.remove(OrderId::new(index));
        }
    }

    /// States what leaving an order out costs.
    pub(super) fn put_price(&mut self, index: usize, price: Option<Cost>) {
        let at = (self.count, index);
        set(&mut self.prices, at, price.map(Cost::get), None);
    }

    /// Makes a pickup and a drop-off that were put, with what they state, a pair; or states a pair anew of which one was.
    pub(super) fn pair(&mut self, [pickup, drop_off]: [(usize, &Order); 2]) {
        for ((one, order), (other, _)) in [(pickup, drop_off), (drop_off, pickup)] {
            let at = (self.count, one);
            set(&mut self.mates, at, other as u32, NO_MATE);
            self.riders.put(at, Some(order), true);
        }
        self.riders.share(pickup.0, drop_off.0);
    }

    /// Makes orders that were put a group, with the price of serving none.
    pub(super) fn group(&mut self, orders: &[usize], price: Option<Cost>) {
        let mut numbers: Vec<u32> = orders.iter().map(|order| *order as u32).collect();
        numbers.sort_unstable();
        self.groups.add(self.count, &numbers);
        for order in orders {
            self.put_price(*order, price);
        }
    }

    /// What orders are to one another now. O(n).
    pub(super) fn bonds(&self) -> Bonds {
        Bonds {
            mates: self.mates.clone(),
            groups: self.groups.clone(),
            riders: self.riders.clone(),
        }
    }

    /// Brings orders back to what they were to one another.
    pub(super) fn bring_back(&mut self, bonds: Bonds) {
        (self.mates, self.groups, self.riders) = (bonds.mates, bonds.groups, bonds.riders);
    }

    /// Forgets all indices from `count` on.
    pub(super) fn truncate(&mut self, count: usize) {
        self.count = count;
        self.quantities.truncate(count * self.dimensions);
        self.kinds.truncate(count);
        self.taken.truncate(count * self.dimensions);
        self.windows.truncate(count);
        self.promises.truncate(count);
        self.services.truncate(count);
        self.releases.truncate(count);
        self.ship_bys.truncate(count);
        self.prices.truncate(count);
        self.carrier_prices.truncate(count);
        self.gone.truncate(count);
        self.mates.truncate(count);
        self.riders.truncate(count);
        self.groups.truncate(count);
    }

    /// Drops the columns that say nothing new for any order.
    pub(super) fn tidy(&mut self) {
        fn drop_usual<T: PartialEq>(column: &mut Vec<T>, usual: &T) {
            if column.iter().all(|value| value == usual) {
                column.clear();
            }
        }
        drop_usual(&mut self.kinds, &OrderKind::DropOff);
        drop_usual(&mut self.taken, &0);
        drop_usual(&mut self.windows, &ALWAYS);
        drop_usual(&mut self.promises, &None);
        drop_usual(&mut self.services, &0);
        drop_usual(&mut self.releases, &-FOREVER);
        drop_usual(&mut self.ship_bys, &FOREVER);
        drop_usual(&mut self.prices, &None);
        drop_usual(&mut self.carrier_prices, &Vec::new());
        drop_usual(&mut self.gone, &false);
        drop_usual(&mut self.mates, &NO_MATE);
        self.riders.tidy();
        self.groups.tidy();
    }

    /// Whether an index names an order.
    pub(super) fn has(&self, order: usize) -> bool {
        order < self.count && !self.gone.get(order).copied().unwrap_or(false)
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }

    pub(super) fn kind(&self, order: usize) -> OrderKind {
        self.kinds.get(order).copied().unwrap_or(OrderKind::DropOff)
    }

    pub(super) fn quantities(&self, order: usize) -> &[i64] {
        &self.quantities[order * self.dimensions..(order + 1) * self.dimensions]
    }

    /// What an exchange takes along; nothing where there are no exchanges.
    pub(super) fn taken(&self, order: usize) -> &[i64] {
        if self.taken.is_empty() {
            return &[];
        }
        &self.taken[order * self.dimensions..(order + 1) * self.dimensions]
    }

    pub(super) fn window(&self, order: usize) -> Window {
        self.windows.get(order).copied().unwrap_or(ALWAYS)
    }

    pub(super) fn promise(&self, order: usize) -> Option<&Promise> {
        self.promises.get(order).and_then(Option::as_ref)
    }

    pub(super) fn service(&self, order: usize) -> i64 {
        self.services.get(order).copied().unwrap_or(0)
    }

    pub(super) fn release(&self, order: usize) -> i64 {
        self.releases.get(order).copied().unwrap_or(-FOREVER)
    }

    pub(super) fn ship_by(&self, order: usize) -> i64 {
        self.ship_bys.get(order).copied().unwrap_or(FOREVER)
    }

    pub(super) fn price(&self, order: usize) -> Option<i64> {
        self.prices.get(order).copied().unwrap_or(None)
    }

    pub(super) fn carrier_prices(&self, order: usize) -> &[CarrierPrice] {
        self.carrier_prices.get(order).map_or(&[], Vec::as_slice)
    }

    /// The other order of its pair.
    pub(super) fn mate(&self, order: usize) -> Option<usize> {
        let mate = self.mates.get(order).copied().unwrap_or(NO_MATE);
        (mate != NO_MATE).then_some(mate as usize)
    }

    /// Which vehicle types may carry what.
    pub(super) fn riders(&self) -> &Riders {
        &self.riders
    }

    /// Which orders stand for one another.
    pub(super) fn groups(&self) -> &Groups {
        &self.groups
    }

    /// Whether any orders are pairs.
    pub(super) fn paired(&self) -> bool {
        !self.mates.is_empty()
    }

    /// Whether any order has a ship-by deadline.
    pub(super) fn shipped_by(&self) -> bool {
        !self.ship_bys.is_empty()
    }

    /// Whether missing what is promised can cost something.
    pub(super) fn promised(&self) -> bool {
        self.promises.iter().flatten().any(Promise::is_priced)
    }

    /// Whether any order has a window, a release time or a ship-by deadline.
    pub(super) fn windowed(&self) -> bool {
        !(self.windows.is_empty() && self.releases.is_empty() && self.ship_bys.is_empty())
    }

    /// Whether any order may be left out, or handed over, at a price.
    pub(super) fn optional(&self) -> bool {
        !(self.prices.is_empty() && self.carrier_prices.is_empty())
    }

    /// Whether any order is of this kind.
    pub(super) fn any(&self, kind: OrderKind) -> bool {
        match kind {
            OrderKind::DropOff => (0..self.count).any(|i| self.has(i) && self.kind(i) == kind),
            _ => self.kinds.contains(&kind),
        }
    }

    /// Whether some route could carry what leaves the depot and what comes back of one dimension at once. Goods of a pair leave
    /// again on the way, which no sum over a route says.
    pub(super) fn mixed(&self) -> bool {
        let leaves =
            |order: usize, d: usize| self.kind(order).drops() && self.quantities(order)[d] != 0;
        let comes = |order: usize, d: usize| match self.kind(order) {
            OrderKind::DropOff => false,
            OrderKind::Pickup => self.quantities(order)[d] != 0,
            OrderKind::Exchange => self.taken(order).get(d).is_some_and(|q| *q != 0),
        };
        let both = |d: usize| {
            (0..self.count).any(|order| leaves(order, d))
                && (0..self.count).any(|order| comes(order, d))
        };
        self.paired() || !self.kinds.is_empty() && (0..self.dimensions).any(both)
    }
}

/// Sets one value of a column of `count`, which begins where the value is not `usual`.
fn set<T: Clone + PartialEq>(
    column: &mut Vec<T>,
    (count, index): (usize, usize),
    value: T,
    usual: T,
) {
    if !column.is_empty() || value != usual {
        column.resize(count, usual);
        column[index] = value;
    }
}

/// By order the price of leaving it out: its own, or that of its group.
fn prices(model: &Model) -> Vec<Option<i64>> {
    let mut prices: Vec<Option<Cost>> = model.orders().iter().map(|o| o.price).collect();
    for group in model.groups() {
        for order in &group.orders {
            prices[order.index()] = group.price;
        }
    }
    column(prices.into_iter().map(|price| price.map(Cost::get)), &None)
}

/// By order its mate; nothing where there are no pairs.
fn mates(model: &Model) -> Vec<u32> {
    if model.pairs().is_empty() {
        return Vec::new();
    }
    let mut mates = vec![NO_MATE; model.orders().len()];
    for pair in model.pairs() {
        let [pickup, drop_off] = [pair.pickup, pair.drop_off].map(OrderId::index);
        mates[pickup] = drop_off as u32;
        mates[drop_off] = pickup as u32;
    }
    mates
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
