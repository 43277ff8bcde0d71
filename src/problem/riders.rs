//! Which vehicle types may carry which orders, as bits.

use super::reloads::reloads;
use super::rules::order_subject;
use super::spots::under_way;
use crate::error::{Issues, Rule, shown};
use crate::measure::VehicleTypeId;
use crate::model::{Model, Order};

const BITS: usize = u64::BITS as usize;

/// A row of bits for each order, one bit a vehicle type; no rows where every type may carry every order.
///
/// Halves of a pair ride together, so both have the bits that they have in common.
#[derive(Debug, Clone, Default)]
pub(super) struct Riders {
    types: usize,
    /// By order; empty where no order says anything of it.
    rows: Vec<u64>,
    /// What each order names itself; empty where none does.
    stated: Vec<Vec<VehicleTypeId>>,
    /// On which vehicle type each order is already; empty where none is.
    aboard: Vec<Option<VehicleTypeId>>,
    /// The vehicle types that never load: they start at a spot, and do not reload; empty where there are none.
    never_load: Vec<u64>,
}

/// The vehicle types that start at a spot and do not reload, as bits; nothing where there are none.
fn bits_of_never_loading(model: &Model) -> Vec<u64> {
    let types = under_way(model).into_iter().zip(model.vehicle_types());
    let never = types.map(|(is_under_way, vehicle)| is_under_way && reloads(vehicle).is_none());
    let never: Vec<bool> = never.collect();
    if !never.contains(&true) {
        return Vec::new();
    }
    let mut bits = vec![0; never.len().div_ceil(BITS)];
    for (index, _) in never.iter().enumerate().filter(|(_, is)| **is) {
        bits[index / BITS] |= 1 << (index % BITS);
    }
    bits
}

impl Riders {
    pub(super) fn new(model: &Model) -> Self {
        let types = model.vehicle_types();
        let mut riders = Self {
            types: types.len(),
            never_load: bits_of_never_loading(model),
            ..Self::default()
        };
        let count = model.orders().len();
        let mut paired = vec![false; if model.pairs().is_empty() { 0 } else { count }];
        for order in model.pairs().iter().flat_map(|p| [p.pickup, p.drop_off]) {
            paired[order.index()] = true;
        }
        for (index, order) in model.orders().iter().enumerate() {
            let paired = paired.get(index).copied().unwrap_or(false);
            riders.put((count, index), Some(order), paired);
        }
        for pair in model.pairs() {
            riders.share(pair.pickup.index(), pair.drop_off.index());
        }
        riders
    }

    /// Two orders ride together: what may carry the one, of those that may carry the other.
    pub(super) fn share(&mut self, one: usize, other: usize) {
        let words = self.words();
        if self.rows.is_empty() {
            return;
        }
        for word in 0..words {
            let [a, b] = [one, other].map(|order| order * words + word);
            let both = self.rows[a] & self.rows[b];
            (self.rows[a], self.rows[b]) = (both, both);
        }
    }

    /// How many words a row has.
    pub(super) fn words(&self) -> usize {
        self.types.div_ceil(BITS)
    }

    /// Those of some orders. What they stated is left out.
    pub(super) fn part(&self, orders: &[usize]) -> Self {
        let words = self.words();
        let rows = orders.iter().filter(|_| !self.rows.is_empty());
        Self {
            types: self.types,
            rows: rows
                .flat_map(|order| &self.rows[order * words..(order + 1) * words])
                .copied()
                .collect(),
            ..Self::default()
        }
    }

    /// Puts what an order, one of a pair or not, states at an index, of `count` in all; `None`: there is no order any more.
    pub(super) fn put(
        &mut self,
        (count, index): (usize, usize),
        order: Option<&Order>,
        paired: bool,
    ) {
        let stated = order.map_or(&[][..], |order| &order.only_on);
        if !stated.is_empty() || !self.stated.is_empty() {
            self.stated.resize(count, Vec::new());
            self.stated[index] = stated.to_vec();
        }
        let aboard = order.and_then(|order| order.aboard);
        if aboard.is_some() || !self.aboard.is_empty() {
            self.aboard.resize(count, None);
            self.aboard[index] = aboard;
        }
        // Goods that are at a depot come on board there, at first or at a reload, not at a spot.
        let at_depot = !paired && aboard.is_none() && order.is_some_and(|order| order.kind.drops());
        let leaves = at_depot && !self.never_load.is_empty();
        let named = aboard.as_slice().iter().chain(stated);
        let free = aboard.is_none() && stated.is_empty();
        if free && !leaves && self.rows.is_empty() {
            return;
        }
        let words = self.words();
        self.rows.resize(count * words, u64::MAX);
        let row = &mut self.rows[index * words..(index + 1) * words];
        row.fill(if free { u64::MAX } else { 0 });
        // An id of no type is at fault, which is said elsewhere.
        for id in named.filter(|id| id.index() < self.types) {
            row[id.index() / BITS] |= 1 << (id.index() % BITS);
        }
        if leaves {
            for (word, never) in row.iter_mut().zip(&self.never_load) {
                *word &= !never;
            }
        }
    }

    /// Forgets all indices from `count` on.
    pub(super) fn truncate(&mut self, count: usize) {
        self.rows.truncate(count * self.words());
        self.stated.truncate(count);
        self.aboard.truncate(count);
    }

    /// Drops what says nothing of any order.
    pub(super) fn tidy(&mut self) {
        if self.rows.iter().all(|word| *word == u64::MAX) {
            self.rows.clear();
        }
        if self.stated.iter().all(Vec::is_empty) {
            self.stated.clear();
        }
        if self.aboard.iter().all(Option::is_none) {
            self.aboard.clear();
        }
    }

    /// All rows; none where every type may carry every order.
    pub(super) fn rows(&self) -> &[u64] {
        &self.rows
    }

    /// Whether a vehicle type may carry an order.
    pub(super) fn may_carry(&self, vehicle: usize, order: usize) -> bool {
        let at = order * self.words() + vehicle / BITS;
        self.rows.is_empty() || self.rows[at] >> (vehicle % BITS) & 1 == 1
    }

    /// The vehicle types that an order names.
    pub(super) fn stated(&self, order: usize) -> &[VehicleTypeId] {
        self.stated.get(order).map_or(&[], Vec::as_slice)
    }

    /// The vehicle type on which an order is already.
    pub(super) fn aboard(&self, order: usize) -> Option<VehicleTypeId> {
        self.aboard.get(order).copied().flatten()
    }
}

/// What an order states about the vehicle types, of which there are so many.
pub(super) fn check_only_on(types: usize, order: &Order, issues: &mut Issues) {
    for id in order.only_on.iter().filter(|id| id.index() >= types) {
        let advice = || {
            format!(
                "there is no vehicle type {id} to carry it; use an id that add_vehicle_type returned"
            )
        };
        issues.add(Rule::UnknownReference, || order_subject(order), advice);
    }
}

/// A pair has a vehicle type that may carry both of its orders.
pub(super) fn check_pair_rides(pickup: &Order, drop_off: &Order, issues: &mut Issues) {
    let (a, b) = (&pickup.only_on, &drop_off.only_on);
    if !a.is_empty() && !b.is_empty() && !a.iter().any(|id| b.contains(id)) {
        let advice = || {
            format!(
                "no vehicle type may carry both it and its pickup \"{}\"; name one for both",
                shown(&pickup.name)
            )
        };
        issues.add(Rule::Inconsistent, || order_subject(drop_off), advice);
    }
}
