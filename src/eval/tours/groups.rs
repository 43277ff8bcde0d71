//! Groups: orders that stand for one another, of which at most one is on a route.
//!
//! An order of which another one of its group is on a route is neither: it is not absent, so that nobody tries to serve it,
//! and costs nothing. When the one on a route is taken off, all of the group are absent, and the price of the group is paid
//! once. So changes of cost are what they are for single orders, and only lists of absent orders know more.

use super::{NONE, Tours};
use crate::eval::resource::Resource;
use crate::measure::OrderId;

impl<'p, R: Resource> Tours<'p, R> {
    /// Whether some orders stand for one another.
    #[inline]
    pub fn has_groups(&self) -> bool {
        self.problem.shape().grouped
    }

    /// Whether an order is on no route, nor any other one of its group.
    #[inline]
    pub fn is_absent(&self, node: u32) -> bool {
        let entry = &self.nodes[node as usize];
        // Where another one is on a route, its slot is not its own.
        entry.route == NONE
            && (!self.has_groups() || self.absent.get(entry.position as usize) == Some(&node))
    }

    /// The other orders of an order's group.
    #[inline]
    pub fn alternatives(&self, node: u32) -> impl Iterator<Item = u32> + use<'p, R> {
        let (problem, depots) = (self.problem, self.depots);
        let others = problem.alternatives(OrderId::new((node - depots) as usize));
        others.map(move |order| depots + order.index() as u32)
    }

    /// The first order of an order's group; itself where it is in none.
    #[inline]
    pub fn lead(&self, node: u32) -> u32 {
        let order = OrderId::new((node - self.depots) as usize);
        self.depots + self.problem.lead(order).index() as u32
    }

    /// The order that is on a route in place of this one, which is not: another one of its group.
    pub fn standing_for(&self, node: u32) -> Option<u32> {
        let mut others = self.alternatives(node);
        others.find(|other| self.nodes[*other as usize].route != NONE)
    }

    /// An order of a group is on a route from now on: no other one is absent any more.
    pub(super) fn stand_for_group(&mut self, node: u32) {
        for other in self.alternatives(node) {
            debug_assert!(
                self.nodes[other as usize].route == NONE,
                "another order of the group is on a route"
            );
            self.leave_absent(other);
        }
        self.undo.appeared.push(node);
    }

    /// An order of a group is absent from now on, and so are all others.
    pub(super) fn give_up_group(&mut self, node: u32) {
        for other in self.alternatives(node) {
            self.nodes[other as usize].position = self.absent.len() as u32;
            self.absent.push(other);
        }
    }

    /// Orders of groups that came to routes since [`begin`](Tours::begin) are on none, until their routes are as they were.
    pub(super) fn recall_groups(&mut self) {
        for node in &self.undo.appeared {
            self.nodes[*node as usize].route = NONE;
        }
        self.undo.appeared.clear();
    }

    /// The orders whose absence costs something, one for each group, counted anew. O(n).
    pub(super) fn unserved_anew(&self) -> impl Iterator<Item = usize> + '_ {
        let is_off = |node: u32| self.nodes[node as usize].route == NONE;
        let leads = self.problem.leads();
        leads.map(OrderId::index).filter(move |order| {
            let node = self.depots + *order as u32;
            is_off(node) && self.alternatives(node).all(is_off)
        })
    }
}
