//! Orders that stand for one another.

use super::rules::{check_money, order_subject};
use crate::error::{Issues, Rule};
use crate::measure::{Cost, OrderId};
use crate::model::{Group, Model, Order};

/// Where an order is in no group.
const NONE: u32 = u32::MAX;

/// Which orders stand for one another. Nothing is stored where none do.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    /// By order the next one of its group, the first one behind the last, or [`NONE`].
    nexts: Vec<u32>,
    /// By order the first one of its group, or [`NONE`].
    leads: Vec<u32>,
    /// How many orders stand behind the first of a group.
    behind: usize,
}

impl Groups {
    pub(super) fn new(model: &Model) -> Self {
        let mut groups = Self::default();
        for group in model.groups() {
            let mut orders: Vec<u32> = group.orders.iter().map(|o| o.index() as u32).collect();
            orders.sort_unstable();
            groups.add(model.orders().len(), &orders);
        }
        groups
    }

    /// Adds a group of orders, in their order; of all orders there are `count`.
    pub(super) fn add(&mut self, count: usize, orders: &[u32]) {
        let Some(lead) = orders.first() else {
            return;
        };
        self.nexts.resize(count, NONE);
        self.leads.resize(count, NONE);
        let following = orders.iter().cycle().skip(1);
        for (order, next) in orders.iter().zip(following) {
            self.nexts[*order as usize] = *next;
            self.leads[*order as usize] = *lead;
        }
        self.behind += orders.len() - 1;
    }

    /// Takes an order out of its group, if it is in one: the others still stand for one another. O(orders of the group).
    pub(super) fn remove(&mut self, order: OrderId) {
        if !self.has(order) {
            return;
        }
        let mut rest: Vec<u32> = self.others(order).map(|o| o.index() as u32).collect();
        rest.sort_unstable();
        self.behind -= rest.len();
        for one in rest.iter().copied().chain([order.index() as u32]) {
            self.nexts[one as usize] = NONE;
            self.leads[one as usize] = NONE;
        }
        self.add(self.leads.len(), &rest);
    }

    /// Forgets all orders from `count` on, which are in no group with those before.
    pub(super) fn truncate(&mut self, count: usize) {
        self.nexts.truncate(count);
        self.leads.truncate(count);
    }

    /// Stores nothing where there are no groups any more.
    pub(super) fn tidy(&mut self) {
        if self.leads.iter().all(|lead| *lead == NONE) {
            *self = Self::default();
        }
    }

    /// The groups of some of `count` orders, numbered by their position: all orders of a group, or none.
    pub(super) fn part(&self, orders: &[usize], count: usize) -> Self {
        let mut part = Self::default();
        if !self.any() {
            return part;
        }
        let mut position = vec![NONE; count];
        for (order, at) in orders.iter().zip(0..) {
            position[*order] = at;
        }
        for order in orders.iter().filter(|o| self.leads[**o] == **o as u32) {
            let lead = OrderId::new(*order);
            let all = std::iter::once(lead).chain(self.others(lead));
            let mut all: Vec<u32> = all.map(|order| position[order.index()]).collect();
            debug_assert!(!all.contains(&NONE), "a part has some of a group");
            all.sort_unstable();
            part.add(orders.len(), &all);
        }
        part
    }

    /// Whether there are any.
    pub(super) fn any(&self) -> bool {
        !self.leads.is_empty()
    }

    /// The other orders of its group, from the one behind it on, and around.
    #[inline]
    pub(super) fn others(&self, order: OrderId) -> impl Iterator<Item = OrderId> + '_ {
        let next = |order: u32| self.nexts.get(order as usize).copied();
        let start = order.index() as u32;
        let others = std::iter::successors(next(start), move |at| next(*at));
        others
            .take_while(move |at| *at != NONE && *at != start)
            .map(|at| OrderId::new(at as usize))
    }

    /// The first order of its group; itself where it is in none.
    #[inline]
    pub(super) fn lead(&self, order: OrderId) -> OrderId {
        match self.leads.get(order.index()) {
            Some(lead) if *lead != NONE => OrderId::new(*lead as usize),
            _ => order,
        }
    }

    /// Whether an order is in a group.
    pub(super) fn has(&self, order: OrderId) -> bool {
        let lead = self.leads.get(order.index());
        lead.is_some_and(|lead| *lead != NONE)
    }

    /// How many of `orders` there are for each one that is to be served, rounded up, and four at most: so many times wider
    /// are lists of neighbours, most of whose entries are on no route.
    pub(super) fn crowd(&self, orders: usize) -> usize {
        orders.div_ceil((orders - self.behind).max(1)).clamp(1, 4)
    }
}

/// All rules of groups: that their orders exist, are in no other group and in no pair, and leave prices to the group.
pub(super) fn check_groups(model: &Model, issues: &mut Issues) {
    if model.groups().is_empty() {
        return;
    }
    let mut taken = vec![false; model.orders().len()];
    for pair in model.pairs() {
        for half in [pair.pickup, pair.drop_off] {
            if let Some(taken) = taken.get_mut(half.index()) {
                *taken = true;
            }
        }
    }
    for (number, group) in model.groups().iter().enumerate() {
        let subject = || format!("group number {number}");
        check_group(group.orders.len(), group.price, subject, issues);
        check_members(model, (number, group), &mut taken, issues);
    }
}

/// What a group of so many orders states.
pub(super) fn check_group(
    orders: usize,
    price: Option<Cost>,
    subject: impl Fn() -> String,
    issues: &mut Issues,
) {
    if orders == 0 {
        let advice = || {
            "it has no order; state those that stand for one another, or leave the group out"
                .to_owned()
        };
        issues.add(Rule::Empty, &subject, advice);
    }
    if let Some(price) = price {
        check_money(price, "price of serving none of it", subject, issues);
    }
}

/// The rules of each order of a group; those `taken` are in a group, or in a pair.
fn check_members(
    model: &Model,
    (number, group): (usize, &Group),
    taken: &mut [bool],
    issues: &mut Issues,
) {
    for id in &group.orders {
        let Some(order) = model.orders().get(id.index()) else {
            let advice =
                || format!("there is no order {id}; use the ids of orders that are in the model");
            let subject = || format!("group number {number}");
            issues.add(Rule::UnknownReference, subject, advice);
            continue;
        };
        if std::mem::replace(&mut taken[id.index()], true) {
            let advice = || {
                format!(
                    "it is in group number {number}, but also in another one, in a pair, or twice in it; state an order \
                     for each"
                )
            };
            issues.add(Rule::Inconsistent, || order_subject(order), advice);
        }
        check_member(order, issues);
    }
}

/// What an order of a group has to keep.
pub(super) fn check_member(order: &Order, issues: &mut Issues) {
    if order.price.is_some() {
        let advice = || {
            "it is in a group and has a price of its own; leave it out, and state the price of the group instead"
                    .to_owned()
        };
        issues.add(Rule::Inconsistent, || order_subject(order), advice);
    }
}
