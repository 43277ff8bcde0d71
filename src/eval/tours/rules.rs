//! Which stop may follow which.

use super::Tours;
use crate::eval::resource::Resource;
use crate::measure::OrderId;
use crate::model::OrderKind;
use crate::problem::Problem;
use crate::travel::FAR;

const PICKUP: u8 = 1;
const DROP_OFF: u8 = 2;

/// What a leg may join, beside what the travel knows.
pub(super) struct Rules {
    /// By place: [`PICKUP`], [`DROP_OFF`] for an exchange too, or neither for a depot.
    kinds: Vec<u8>,
    /// By vehicle type: 1 where drop-offs must come before pickups, else 0.
    last: Vec<u8>,
}

impl Rules {
    pub(super) fn new<R: Resource>(problem: &Problem) -> Self {
        if !R::RULED {
            return Self {
                kinds: Vec::new(),
                last: Vec::new(),
            };
        }
        let kind = |order| match problem.kind(OrderId::new(order)) {
            OrderKind::Pickup => PICKUP,
            OrderKind::DropOff | OrderKind::Exchange => DROP_OFF,
        };
        let depots = vec![0; problem.depot_count()].into_iter();
        let fleet = problem.fleet().iter();
        Self {
            kinds: depots.chain((0..problem.order_count()).map(kind)).collect(),
            last: fleet.map(|t| u8::from(t.backhauls.are_last())).collect(),
        }
    }

    #[inline(always)]
    fn forbid(&self, vehicle: u32, from: u32, to: u32) -> bool {
        let pair = self.kinds[from as usize] & (self.kinds[to as usize] >> 1);
        pair & self.last[vehicle as usize] != 0
    }
}

impl<R: Resource> Tours<'_, R> {
    /// The distance from one place to another, by a known leg: that leg, or beyond every real distance where a vehicle of
    /// this type may not go from the one to the other.
    #[inline(always)]
    pub fn ruled(&self, vehicle: u32, from: u32, to: u32, leg: i64) -> i64 {
        if R::RULED && self.rules.forbid(vehicle, from, to) {
            FAR
        } else {
            leg
        }
    }

    /// Whether a chain of orders that keeps the rules of a vehicle type keeps them the other way around. It does where its
    /// ends are of one kind, as all of it is of that kind then.
    #[inline(always)]
    pub fn may_turn(&self, vehicle: u32, first: u32, last: u32) -> bool {
        !R::RULED || self.rules.last[vehicle as usize] == 0 || self.are_alike(first, last)
    }

    /// The same of a run of its settled route, from one end to the other or back. O(1); where there are reloads, each of
    /// which begins anew, O(stops of the run).
    #[inline(always)]
    pub fn may_turn_run(&self, from: u32, to: u32) -> bool {
        if !R::RULED {
            return true;
        }
        let vehicle = self.routes[self.nodes[to as usize].route as usize].vehicle;
        if self.has_reloads() && self.rules.last[vehicle as usize] != 0 {
            self.has_trips_of_one_kind(from, to)
        } else {
            self.may_turn(vehicle, from, to)
        }
    }

    fn has_trips_of_one_kind(&self, from: u32, to: u32) -> bool {
        let position = |node: u32| self.nodes[node as usize].position;
        let (mut at, last) = if position(from) <= position(to) {
            (from, to)
        } else {
            (to, from)
        };
        let kind = |node: u32| self.rules.kinds[self.place(node) as usize];
        while at != last {
            let next = self.nodes[at as usize].next;
            if kind(at) | kind(next) == PICKUP | DROP_OFF {
                return false;
            }
            at = next;
        }
        true
    }

    /// Whether two orders are both drop-offs or both pickups. Only where the resource is ruled.
    #[inline]
    pub fn are_alike(&self, a: u32, b: u32) -> bool {
        self.rules.kinds[a as usize] == self.rules.kinds[b as usize]
    }

    /// Whether an order is a pickup that may only follow other stops. Only where the resource is ruled.
    #[inline]
    pub fn is_pickup(&self, node: u32) -> bool {
        self.rules.kinds[node as usize] == PICKUP
    }
}
