//! Edits on their way in.

use super::super::spots::check_single;
use super::super::{Edit, FleetType, Problem};
use super::super::{groups, orders, pairs, rules};
use super::{Entry, Ledger};
use crate::error::{Error, Issues, Rule};
use crate::measure::{Cost, OrderId, VehicleTypeId};
use crate::model::{Order, OrderKind, Place};
use crate::travel::Travel;
use std::collections::{BTreeMap, HashSet};

/// What a problem is to become: its slots and counts that change.
#[derive(Default)]
pub(super) struct Staged {
    /// By slot, what is to be there; `None`: nothing.
    pub(super) orders: BTreeMap<usize, Option<Order>>,
    pub(super) counts: BTreeMap<usize, Option<u32>>,
    pub(super) travel: Option<Box<dyn Travel + Send>>,
    /// Pairs that come in, as the slots of pickup and drop-off.
    pub(super) pairs: Vec<[usize; 2]>,
    /// Groups that come in, as the slots of their orders, with the price of serving none of them.
    pub(super) groups: Vec<(Vec<usize>, Option<Cost>)>,
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
        let mut slots = Slots {
            free: ledger.free.iter().rev(),
            next: problem.order_count(),
        };
        let unknown = |what: &str, id: &dyn std::fmt::Display, issues: &mut Issues| {
            let advice =
                || format!("there is no {what} with this id; use one that is in the problem");
            issues.add(Rule::UnknownReference, || format!("{what} {id}"), advice);
        };
        for edit in edits {
            match edit {
                Edit::Add(order) => {
                    staged.add(&mut slots, order);
                }
                Edit::AddPair(pickup, drop_off) => {
                    let pair = [pickup, drop_off].map(|order| staged.add(&mut slots, order));
                    staged.pairs.push(pair);
                }
                Edit::AddGroup(orders, price) => {
                    let orders = orders.into_iter();
                    let slots = orders.map(|order| staged.add(&mut slots, order)).collect();
                    staged.groups.push((slots, price));
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
        staged.reused = ledger.free.len() - slots.free.len();
        staged.cancel_mates(problem);
        staged.note(problem);
        staged
    }

    /// Takes in an order, and says in which slot.
    fn add(&mut self, slots: &mut Slots<'_>, order: Order) -> usize {
        let id = slots.take();
        self.orders.insert(id.index(), Some(order));
        self.entry.added.push(id);
        id.index()
    }

    /// Half of a pair is no transport: with an order goes its mate.
    fn cancel_mates(&mut self, problem: &Problem) {
        let gone = self.orders.iter().filter(|(_, order)| order.is_none());
        let mates = gone.filter_map(|(slot, _)| problem.mate(OrderId::new(*slot)));
        let mates: Vec<OrderId> = mates.collect();
        for mate in mates {
            self.orders.insert(mate.index(), None);
        }
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
        self.check_bonds(problem, issues);
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

    /// The rules of the pairs and groups that come in, or of which an order changes.
    fn check_bonds(&self, problem: &Problem, issues: &mut Issues) {
        if !self.pairs.is_empty() {
            let backhauls = problem.fleet().iter().map(|t| t.backhauls);
            pairs::check_mixing(backhauls, issues);
        }
        let dimensions = problem.dimension_count();
        for [pickup, drop_off] in self.paired(problem) {
            let orders = [pickup, drop_off].map(|slot| self.order(problem, slot));
            let [Some(pickup), Some(drop_off)] = orders else {
                continue;
            };
            pairs::check_half(&pickup, OrderKind::Pickup, issues);
            pairs::check_half(&drop_off, OrderKind::DropOff, issues);
            pairs::check_both(dimensions, &pickup, &drop_off, issues);
        }
        for (number, (orders, price)) in self.groups.iter().enumerate() {
            let subject = || format!("group number {number} of those added");
            groups::check_group(orders.len(), *price, subject, issues);
        }
        let known = problem.orders.groups();
        let changed = self.entry.changed.iter().filter(|id| known.has(**id));
        let new = self.groups.iter().flat_map(|(slots, _)| slots).copied();
        for slot in changed.map(|id| id.index()).chain(new) {
            if let Some(Some(order)) = self.orders.get(&slot) {
                groups::check_member(order, issues);
            }
        }
    }

    /// The pairs that come in, or of which an order changes, as the slots of pickup and drop-off.
    pub(super) fn paired(&self, problem: &Problem) -> Vec<[usize; 2]> {
        let mut pairs = self.pairs.clone();
        let mut seen: HashSet<[usize; 2]> = pairs.iter().copied().collect();
        for id in &self.entry.changed {
            let Some(mate) = problem.mate(*id) else {
                continue;
            };
            let pair = match problem.kind(*id) {
                OrderKind::Pickup => [*id, mate],
                _ => [mate, *id],
            };
            let pair = pair.map(OrderId::index);
            if seen.insert(pair) {
                pairs.push(pair);
            }
        }
        pairs
    }

    /// The order that a slot is to hold.
    pub(super) fn order(&self, problem: &Problem, slot: usize) -> Option<Order> {
        match self.orders.get(&slot) {
            Some(order) => order.clone(),
            None => problem.order(OrderId::new(slot)),
        }
    }

    /// Whether the edits touch what orders are to one another.
    pub(super) fn binds(&self, problem: &Problem) -> bool {
        let shape = problem.shape();
        shape.paired || shape.grouped || !self.pairs.is_empty() || !self.groups.is_empty()
    }
}

/// Where orders that are added go.
struct Slots<'l> {
    /// Slots that are empty since before the edits.
    free: std::iter::Rev<std::slice::Iter<'l, OrderId>>,
    /// The first behind all slots.
    next: usize,
}

impl Slots<'_> {
    fn take(&mut self) -> OrderId {
        if let Some(id) = self.free.next() {
            return *id;
        }
        self.next += 1;
        OrderId::new(self.next - 1)
    }
}
