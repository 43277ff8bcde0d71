//! Neighbour lists of a problem that changes.

use super::{Index, Near, Neighbours, Succession, Work};
use crate::measure::OrderId;
use crate::problem::Problem;

/// Neighbour lists that follow a problem whose orders come, move and go, without being computed anew.
///
/// A list holds the orders within its reach, of which there are at most `width`. An order that goes leaves a gap; one
/// that comes is put into the lists that reach it, in place of the furthest where a list is full, whose reach is then
/// shorter. Lists with many gaps are computed anew by [`mend`](LiveNeighbours::mend).
#[derive(Debug, Clone)]
pub struct LiveNeighbours {
    lists: Neighbours,
    width: usize,
    /// By order: how near another must be to be in its list.
    reach: Vec<i64>,
}

impl LiveNeighbours {
    /// Takes over lists that were computed with this width.
    pub fn new(problem: &Problem, lists: &Neighbours, width: usize) -> Self {
        let width = width.max(1);
        let sorted = lists.sorted;
        let mut live = Self {
            lists: Neighbours {
                first: lists.first,
                spans: Vec::new(),
                near: Vec::new(),
                successions: Vec::new(),
                sorted,
            },
            width,
            reach: Vec::new(),
        };
        live.grow(problem.order_count());
        let index = Index::scanning(problem, !sorted);
        for order in 0..problem.order_count() {
            let list = lists.of(lists.first + order as u32);
            live.set(&index, order, list);
        }
        live
    }

    /// How many orders a list holds at most.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The lists.
    pub fn lists(&self) -> &Neighbours {
        &self.lists
    }

    /// Takes orders out of all lists, and empties theirs. O(entries).
    pub fn forget(&mut self, orders: &[OrderId]) {
        if orders.is_empty() {
            return;
        }
        let first = self.lists.first;
        let mut gone = vec![false; self.reach.len()];
        for order in orders {
            gone[order.index()] = true;
            let from = self.lists.spans[order.index()][0];
            self.lists.spans[order.index()] = [from, from];
            self.reach[order.index()] = i64::MIN;
        }
        for span in &mut self.lists.spans {
            let entries = span[0] as usize..span[1] as usize;
            let list = &mut self.lists.near[entries.clone()];
            let is_gone = |entry: &(u32, u32)| gone[(entry.0 - first) as usize];
            let Some(mut kept) = list.iter().position(is_gone) else {
                continue;
            };
            let successions = self.lists.successions.get_mut(entries);
            let successions = successions.unwrap_or_default();
            for at in kept + 1..list.len() {
                if !is_gone(&list[at]) {
                    list[kept] = list[at];
                    if !successions.is_empty() {
                        successions[kept] = successions[at];
                    }
                    kept += 1;
                }
            }
            span[1] = span[0] + kept as u32;
        }
    }

    /// Finds the neighbours of orders that are new, or were forgotten, and makes them those of others. O(n) for each.
    pub fn learn(&mut self, problem: &Problem, orders: &[OrderId]) {
        if orders.is_empty() {
            return;
        }
        self.grow(problem.order_count());
        let index = Index::scanning(problem, !self.lists.sorted);
        let mut new = vec![false; self.reach.len()];
        let mut found = Vec::new();
        for order in orders {
            new[order.index()] = true;
            found.clear();
            index.scan(order.index(), &mut found);
            self.look(&index, order.index(), &mut found);
        }
        for other in problem.orders().map(OrderId::index).filter(|o| !new[*o]) {
            for order in orders {
                self.offer(&index, other, order.index() as u32);
            }
        }
    }

    /// Computes the lists anew that have many gaps.
    pub fn mend(&mut self, problem: &Problem) {
        let most = self.width.min(problem.orders().count().saturating_sub(1));
        let thin = |order: &usize| {
            let [from, to] = self.lists.spans[*order];
            ((to - from) as usize) < most * 3 / 4 && self.reach[*order] != i64::MAX
        };
        let mut orders = problem.orders().map(OrderId::index);
        if !orders.any(|order| thin(&order)) {
            return;
        }
        let thin: Vec<bool> = (0..problem.order_count()).map(|o| thin(&o)).collect();
        let index = Index::new(problem, !self.lists.sorted, None);
        let (mut work, mut list) = (Work::default(), vec![(0, 0); self.width]);
        for (at, order) in index.sequence().iter().enumerate() {
            let order = *order as usize;
            if thin[order] {
                let length = index.list(at, self.width, &mut work, &mut list);
                self.set(&index, order, &list[..length]);
            }
        }
    }

    /// Room for the lists of this many orders.
    fn grow(&mut self, orders: usize) {
        for order in self.reach.len()..orders {
            let from = (order * self.width) as u32;
            self.lists.spans.push([from, from]);
        }
        let entries = orders * self.width;
        self.lists.near.resize(entries, (0, 0));
        if !self.lists.sorted {
            self.lists.successions.resize(entries, Succession::ANY);
        }
        self.reach.resize(orders, i64::MIN);
    }

    /// Keeps the nearest of the others as the list of one order.
    fn look(&mut self, index: &Index<'_>, order: usize, others: &mut Vec<Near>) {
        let mut list = vec![(0, 0); self.width];
        let length = index.keep_nearest(order, self.width, others, &mut list);
        self.set(index, order, &list[..length]);
    }

    /// Sets the list of one order.
    fn set(&mut self, index: &Index<'_>, order: usize, list: &[(u32, u32)]) {
        let list = &list[..list.len().min(self.width)];
        let from = self.lists.spans[order][0] as usize;
        self.lists.near[from..from + list.len()].copy_from_slice(list);
        self.lists.spans[order][1] = (from + list.len()) as u32;
        let first = self.lists.first;
        let successions = self.lists.successions.get_mut(from..from + list.len());
        for (succession, (node, _)) in successions.unwrap_or_default().iter_mut().zip(list) {
            *succession = index.succession(order, (node - first) as usize);
        }
        self.reach[order] = match list.last() {
            Some((node, _)) if index.orders > self.width + 1 => {
                index.near(order, node - first).apart()
            }
            _ => i64::MAX,
        };
    }

    /// Puts an order into the list of another, where it is near enough.
    fn offer(&mut self, index: &Index<'_>, of: usize, order: u32) {
        let near = index.near(of, order);
        let apart = near.apart() > self.reach[of] || index.is_missing(of, near);
        if apart || index.is_alternative(of, order) {
            return;
        }
        let first = self.lists.first;
        let [from, to] = self.lists.spans[of].map(|at| at as usize);
        let nearer = |entry: &(u32, u32)| index.near(of, entry.0 - first) < near;
        let at = from + self.lists.near[from..to].partition_point(nearer);
        let full = to - from == self.width;
        if full && at == to {
            // So far the list had all orders there were; now there is one that it does not have.
            self.reach[of] = index.near(of, self.lists.near[to - 1].0 - first).apart();
            return;
        }
        let entry = (order + first, near.distance());
        let list = &mut self.lists.near[from..from + self.width];
        let (at, last) = (at - from, if full { to - from - 1 } else { to - from });
        list.copy_within(at..last, at + 1);
        list[at] = entry;
        let successions = self.lists.successions.get_mut(from..from + self.width);
        if let Some(successions) = successions.filter(|s| !s.is_empty()) {
            successions.copy_within(at..last, at + 1);
            successions[at] = index.succession(of, order as usize);
        }
        if full {
            let furthest = list[last].0 - first;
            self.reach[of] = index.near(of, furthest).apart();
        } else {
            self.lists.spans[of][1] += 1;
        }
    }
}
