//! What it costs that orders are on no route.

use super::Problem;
use crate::measure::{Cost, OrderId};
use crate::model::{CarrierPrice, OrderKind};

/// Orders on no route are summed up one by one, of a group one for all. What is left out or handed over as a whole counts in
/// such sums as its first part: of a pair that carriers take, all by the pickup, and nothing by the drop-off.
impl Problem {
    /// What leaving an order out adds to such a sum; `None`: it must not be left out.
    pub(crate) fn left_out(&self, order: OrderId) -> Option<Cost> {
        match self.handed_with(order) {
            None => self.price(order),
            Some(_) if self.kind(order) == OrderKind::DropOff => Some(Cost::ZERO),
            Some(mate) => Some(self.price(order)? + self.price(mate)?),
        }
    }

    /// What a carrier that takes an order adds to such a sum, its pick-up fee aside, each carrier once.
    pub(crate) fn offers(&self, order: OrderId) -> Vec<CarrierPrice> {
        if self.carrier_count() == 0 {
            // Else each order of a group would ask all others for nothing.
            return Vec::new();
        }
        let mut offers = self.carrier_prices(order).to_vec();
        if let Some(mate) = self.handed_with(order) {
            if self.kind(order) == OrderKind::DropOff {
                return Vec::new();
            }
            let other = |offer: &CarrierPrice| {
                let mut prices = self.carrier_prices(mate).iter();
                let same = prices.find(|price| price.carrier == offer.carrier);
                same.map_or(Cost::ZERO, |price| price.price)
            };
            for offer in &mut offers {
                offer.price += other(offer);
            }
        }
        for other in self.alternatives(order) {
            offers.extend_from_slice(self.carrier_prices(other));
        }
        offers.sort_unstable_by_key(|offer| (offer.carrier, offer.price));
        offers.dedup_by_key(|offer| offer.carrier);
        offers
    }

    /// The least that an order adds to such a sum, pick-up fees aside. `None`: it has to be on a route.
    pub(crate) fn absence(&self, order: OrderId) -> Option<Cost> {
        let offers = self.offers(order).into_iter().map(|offer| offer.price);
        offers.chain(self.left_out(order)).min()
    }

    /// The most that an order adds to such a sum, pick-up fees aside, or more; nothing where it has no price.
    pub(crate) fn dearest_absence(&self, order: OrderId) -> Cost {
        let all = std::iter::once(order).chain(self.alternatives(order));
        let carriers = all
            .flat_map(|one| self.carrier_prices(one))
            .map(|c| c.price);
        let prices = carriers.chain(self.price(order));
        prices.max().unwrap_or(Cost::ZERO)
    }

    /// The other order of a pair that carriers take.
    fn handed_with(&self, order: OrderId) -> Option<OrderId> {
        let taken = !self.carrier_prices(order).is_empty();
        self.mate(order).filter(|_| taken)
    }
}
