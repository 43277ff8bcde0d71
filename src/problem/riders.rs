//! Which vehicle types may carry which orders, as bits.

use super::rules::order_subject;
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
}

impl Riders {
    pub(super) fn new(model: &Model) -> Self {
        let types = model.vehicle_types().len();
        let mut riders = Self {
            types,
            ..Self::default()
        };
        let count = model.orders().len();
        for (index, order) in model.orders().iter().enumerate() {
            riders.put((count, index), Some(order));
        }
        if !riders.rows.is_empty() {
            for pair in model.pairs() {
                let words = riders.words();
                for word in 0..words {
                    let [a, b] =
                        [pair.pickup, pair.drop_off].map(|order| order.index() * words + word);
                    let both = riders.rows[a] & riders.rows[b];
                    (riders.rows[a], riders.rows[b]) = (both, both);
                }
            }
        }
        riders
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
            stated: Vec::new(),
        }
    }

    /// Puts what an order states at an index, of `count` in all; `None`: there is no order any more.
    pub(super) fn put(&mut self, (count, index): (usize, usize), order: Option<&Order>) {
        let stated = order.map_or(&[][..], |order| &order.only_on);
        if !stated.is_empty() || !self.stated.is_empty() {
            self.stated.resize(count, Vec::new());
            self.stated[index] = stated.to_vec();
        }
        if stated.is_empty() && self.rows.is_empty() {
            return;
        }
        let words = self.words();
        self.rows.resize(count * words, u64::MAX);
        let row = &mut self.rows[index * words..(index + 1) * words];
        row.fill(if stated.is_empty() { u64::MAX } else { 0 });
        for id in stated {
            row[id.index() / BITS] |= 1 << (id.index() % BITS);
        }
    }

    /// Forgets all indices from `count` on.
    pub(super) fn truncate(&mut self, count: usize) {
        self.rows.truncate(count * self.words());
        self.stated.truncate(count);
    }

    /// Drops what says nothing of any order.
    pub(super) fn tidy(&mut self) {
        if self.rows.iter().all(|word| *word == u64::MAX) {
            self.rows.clear();
        }
        if self.stated.iter().all(Vec::is_empty) {
            self.stated.clear();
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

/// Each pair has a vehicle type that may carry both of its orders.
pub(super) fn check_pairs_ride(model: &Model, issues: &mut Issues) {
    for pair in model.pairs() {
        let orders = [pair.pickup, pair.drop_off].map(|id| model.orders().get(id.index()));
        let [Some(pickup), Some(drop_off)] = orders else {
            continue; // Said already.
        };
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
}
