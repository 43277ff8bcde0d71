//! Whether every order is in one place of a plan.

use super::Check;
use crate::measure::{Cost, OrderId};
use crate::plan::groups::Groups;
use crate::plan::handed::Handed;
use crate::plan::violation::{Fault, Record};

impl Check<'_> {
    /// Every order is served once, handed over once, replaced once, or listed as unserved once.
    pub(super) fn assignment(&mut self) {
        let mut served = vec![false; self.problem.order_count()];
        let mut listed = served.clone();
        for (index, route) in self.plan.routes.iter().enumerate() {
            for order in route.stops.iter().map(|s| s.order) {
                match served.get_mut(order.index()) {
                    // An unknown order is noted with its route.
                    None => {}
                    Some(true) => self.add(Some(index), Some(order), Fault::ServedTwice),
                    Some(first) => *first = true,
                }
            }
        }
        for unserved in &self.plan.unserved {
            let order = unserved.order;
            match listed
                .get_mut(order.index())
                .filter(|_| self.problem.has_order(order))
            {
                None => self.add(None, Some(order), Fault::UnknownOrder),
                Some(true) => self.add(None, Some(order), Fault::UnservedTwice),
                Some(first) => {
                    *first = true;
                    self.price(order, unserved.price);
                    for other in &unserved.alternatives {
                        if let Some(listed) = listed.get_mut(other.index()) {
                            *listed = true;
                        }
                    }
                }
            }
        }
        let groups = Groups::of(self.plan, self.problem);
        for (route, order, fault) in groups.faults {
            self.add(route, order, fault);
        }
        let handed = Handed::of(self.plan, self.problem);
        self.cost.carriers += handed.cost;
        for (order, fault) in handed.faults {
            self.add(None, order, fault);
        }
        for (index, (served, listed)) in served.into_iter().zip(listed).enumerate() {
            let order = OrderId::new(index);
            if let count @ 1.. = handed.counts[index] {
                if served || listed || count > 1 {
                    self.add(None, Some(order), Fault::HandedOverToo);
                }
                continue;
            }
            let replaced = groups.replaced[index];
            if replaced && listed {
                let what = Record::Replaced;
                self.add(None, Some(order), Fault::WrongRecord { what });
            }
            match (served, listed || replaced) {
                (true, true) if replaced => {}
                (true, true) => self.add(None, Some(order), Fault::ServedAndUnserved),
                (false, false) if self.knows(order) => {
                    self.add(None, Some(order), Fault::Forgotten);
                }
                _ => {}
            }
        }
    }

    fn price(&mut self, order: OrderId, stored: Option<Cost>) {
        let price = self.problem.price(order);
        self.cost.unserved += price.map_or(0, |p| i128::from(p.get()));
        if price != stored {
            let what = Record::Price;
            self.add(None, Some(order), Fault::WrongRecord { what });
        }
    }
}
