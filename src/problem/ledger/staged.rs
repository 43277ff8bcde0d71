//! Edits on their way in.

use super::super::spots::check_single;
use super::super::{Edit, FleetType, Problem};
use super::super::{orders, rules};
use super::{Entry, Ledger};
use crate::error::{Error, Issues, Rule};
use crate::measure::{OrderId, VehicleTypeId};
use crate::model::{Order, Place};
use crate::travel::Travel;
use std::collections::{BTreeMap, HashSet};

/// What a problem is to become: its slots and counts that change.
#[derive(Default)]
pub(super) struct Staged {
    /// By slot, what is to be there; `None`: nothing.
    pub(super) orders: BTreeMap<usize, Option<Order>>,
    pub(super) counts: BTreeMap<usize, Option<u32>>,
    pub(super) travel: Option<Box<dyn Travel + Send>>,
    /// Names that the edited slots had.
    pub(super) names_gone: Vec<String>,
    /// How many cancelled ids are given to orders that are added.
    pub(super) reused: usize,
    pub(super) entry: Entry,
}

impl Staged {
    /// Follows the edits in order; those of ids that name nothing become issues.
    pub(super) fn new(ledger: &Ledger, edits: Vec<Edit>, issues: &mut Issues) -> Self {
        let problem = ledger.problem();
        let mut staged = Self::default();
        let mut free = ledger.free.iter().rev();
        let mut slots = problem.order_count();
        let unknown = |what: &str, id: &dyn std::fmt::Display, issues: &mut Issues| {
            let advice =
                || format!("there is no {what} with this id; use one that is in the problem");
            issues.add(Rule::UnknownReference, || format!("{what} {id}"), advice);
        };
        for edit in edits {
            match edit {
                Edit::Add(order) => {
                    let id = if let Some(id) = free.next() {
                        staged.reused += 1;
                        *id
                    } else {
                        slots += 1;
                        OrderId::new(slots - 1)
                    };
                    staged.orders.insert(id.index(), Some(order));
                    staged.entry.added.push(id);
                }
                Edit::Cancel(id) if staged.may_edit(problem, id) => {
                    staged.orders.insert(id.index(), None);
                }
                Edit::Change(id, order) if staged.may_edit(problem, id) => {
                    staged.orders.insert(id.index(), Some(order));
                }
                Edit::Cancel(id) | Edit::Change(id, _) => unknown("order", &id, issues),
                Edit::Vehicles(id, count) if id.index() < problem.fleet().len() => {
                    staged.counts.insert(id.index(), count);
                }
                Edit::Vehicles(id, _) => unknown("vehicle type", &id, issues),
                Edit::Travel(travel) => staged.travel = Some(travel),
            }
        }
        staged.note(problem);
        staged
    }

    /// Whether an id names an order that was there before the edits and still is. (Nobody knows the ids of those added.)
    fn may_edit(&self, problem: &Problem, id: OrderId) -> bool {
        problem.has_order(id) && self.has_order(problem, id.index())
    }

    /// Whether a slot is to hold an order.
    pub(super) fn has_order(&self, problem: &Problem, slot: usize) -> bool {
        match self.orders.get(&slot) {
            Some(order) => order.is_some(),
            None => problem.has_order(OrderId::new(slot)),
        }
    }

    /// What the order of a slot is to be called.
    pub(super) fn name<'s>(&'s self, problem: &'s Problem, slot: usize) -> &'s str {
        match self.orders.get(&slot) {
            Some(order) => order.as_ref().map_or("", |order| &order.name),
            None => problem.names().order(OrderId::new(slot)),
        }
    }

    /// Notes what the edits come to.
    fn note(&mut self, problem: &Problem) {
        let timed = |order: &Order| (order.window, order.service);
        for (slot, order) in &self.orders {
            let id = OrderId::new(*slot);
            let before = problem.order(id);
            match (&before, order) {
                (Some(_), None) => self.entry.gone.push(id),
                (Some(before), Some(order)) => {
                    self.entry.changed.push(id);
                    if before.place != order.place || timed(before) != timed(order) {
                        self.entry.moved.push(id);
                    }
                }
                (None, _) => {}
            }
            self.names_gone.extend(before.map(|order| order.name));
        }
        self.entry.legs = self.travel.is_some();
    }

    /// The slots of orders whose place changes, with the new one.
    pub(super) fn placed(&self, problem: &Problem) -> Vec<(usize, Place)> {
        let before = |slot: usize| problem.places.get(problem.depot_count() + slot);
        let stated = self.stated().map(|(slot, order)| (slot, order.place));
        stated
            .filter(|(slot, place)| before(*slot) != Some(place))
            .collect()
    }

    /// The slots that are to hold an order.
    fn stated(&self) -> impl Iterator<Item = (usize, &Order)> {
        let orders = self.orders.iter();
        orders.filter_map(|(slot, order)| Some((*slot, order.as_ref()?)))
    }

    /// How many orders there are to be.
    fn count(&self, problem: &Problem) -> usize {
        problem.orders().count() + self.entry.added.len() - self.entry.gone.len()
    }

    /// Counts and sizes.
    pub(super) fn check_sizes(&self, ledger: &Ledger) -> Result<(), Error> {
        let mut issues = Issues::new();
        let orders = self.count(ledger.problem());
        rules::check_count("orders", orders, ledger.limits.orders, &mut issues);
        let mut bytes = ledger.problem().names().order_bytes();
        for (_, order) in self.stated() {
            rules::check_name_size(&order.name, &ledger.limits, &mut issues);
            bytes = bytes.saturating_add(order.name.len());
        }
        let gone: usize = self.names_gone.iter().map(String::len).sum();
        rules::check_names_fit(bytes - gone, &mut issues);
        issues.into_result()
    }

    /// The rules that need no legs.
    pub(super) fn check(&self, ledger: &Ledger, issues: &mut Issues) {
        let problem = ledger.problem();
        let mut seen = HashSet::new();
        let types = (0..problem.fleet().len()).map(VehicleTypeId::new);
        let under_way: Vec<bool> = types.map(|id| problem.is_under_way(id)).collect();
        for (slot, order) in self.stated() {
            let taken = ledger.id(&order.name).map(OrderId::index);
            if order.name.is_empty() {
                rules::nameless(|| format!("order number {slot}"), issues);
            } else if !seen.insert(&order.name)
                || taken.is_some_and(|at| !self.orders.contains_key(&at))
            {
                rules::named_twice("order", &order.name, issues);
            }
            let known = orders::Known {
                dimensions: problem.dimension_count(),
                carriers: problem.carrier_count(),
                under_way: &under_way,
            };
            orders::check_order(&known, order, issues);
        }
        for (index, count) in self.counts.iter().filter(|(index, _)| under_way[**index]) {
            let name = problem.names().vehicle_type(VehicleTypeId::new(*index));
            check_single(*count, || rules::named("vehicle type", name), issues);
        }
        if self.count(problem) > 0 {
            let stated = problem.fleet().iter().map(FleetType::stated_count);
            let counts = (0..).zip(stated);
            let counts = counts.map(|(t, count)| self.counts.get(&t).copied().unwrap_or(count));
            rules::check_vehicles_exist(counts, issues);
        }
    }
}
