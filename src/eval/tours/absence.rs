//! What it costs that orders are on no route.

use super::Tours;
use crate::eval::outlets::Outlets;
use crate::eval::resource::Resource;

impl<R: Resource> Tours<'_, R> {
    /// The price of leaving an order out, with all of its group. Where carriers charge a fee for coming: its price while those
    /// [hoped for](Tours::hope_for_carriers) come, whoever of them really does.
    #[inline]
    pub fn absent_price(&self, node: u32) -> i64 {
        let order = (node - self.depots) as usize;
        match &self.outlets {
            None => self.prices.absent[order],
            Some(outlets) => outlets.price(order),
        }
    }

    /// What the cost falls by, exactly, when an absent order is no longer so; what its place costs aside.
    pub fn absence_saved(&self, node: u32) -> i64 {
        let order = (node - self.depots) as usize;
        match &self.outlets {
            None => self.prices.absent[order],
            Some(outlets) => outlets.saved(order),
        }
    }

    /// From now on, prices are asked for as if these of the carriers that charge a fee came anyway: a set as bits, in the
    /// order of their ids; `usize::MAX` for all of them, as at first. What the routes cost stays exact.
    pub fn hope_for_carriers(&mut self, set: usize) {
        if let Some(outlets) = &mut self.outlets {
            outlets.hope(set);
        }
    }

    /// How many carriers charge a fee.
    #[inline]
    pub fn charging_carriers(&self) -> usize {
        self.outlets.as_deref().map_or(0, Outlets::charging)
    }

    /// Those of them that come for the absent orders, as bits.
    pub fn coming_carriers(&self) -> usize {
        self.outlets.as_deref().map_or(0, Outlets::coming)
    }

    /// Whether a carrier that comes is not hoped for.
    #[inline]
    pub fn hopes_against_carriers(&self) -> bool {
        self.outlets.as_deref().is_some_and(Outlets::hopes_against)
    }

    /// An order becomes absent, or is no longer so: the cost follows.
    #[inline]
    pub(super) fn price_absence(&mut self, node: u32, absent: bool) {
        let order = (node - self.depots) as usize;
        match &mut self.outlets {
            None if absent => self.cost += self.prices.absent[order],
            None => self.cost -= self.prices.absent[order],
            Some(outlets) => {
                let before = outlets.cost();
                outlets.change(order, absent);
                self.cost += outlets.cost() - before;
            }
        }
    }

    /// What the absent orders cost, counted anew. O(n).
    pub(super) fn recomputed_absence(&self) -> i64 {
        match &self.outlets {
            None => self
                .unserved_anew()
                .map(|order| self.prices.absent[order])
                .sum(),
            Some(outlets) => outlets.anew(self.unserved_anew()),
        }
    }
}
