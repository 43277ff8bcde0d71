//! What carriers take.

use crate::measure::{CarrierId, Cost, OrderId};
use crate::problem::Problem;
use serde::Serialize;

/// One pick-up by a [`Carrier`](crate::model::Carrier): the orders handed over to it, and what it charges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandOver {
    /// Which carrier.
    pub carrier: CarrierId,
    /// What it charges for coming.
    pub fee: Cost,
    /// The orders that it takes, by id; at least one.
    pub orders: Vec<HandedOver>,
}

/// An order that a carrier takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct HandedOver {
    /// Which order.
    pub order: OrderId,
    /// What the carrier takes it for, its fee for coming aside.
    pub price: Cost,
}

impl HandOver {
    /// All that the carrier charges: its fee, and its price for each order.
    pub fn cost(&self) -> Cost {
        let prices = self.orders.iter().map(|handed| handed.price.get());
        Cost(prices.fold(self.fee.get(), i64::saturating_add))
    }
}

/// How orders are left on no route while some set of carriers comes. The less the better, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    mandatory: usize,
    cost: i64,
    unserved: usize,
}

/// What is left out or handed over as a whole: an order, a pair, or a group.
struct Parcel {
    /// By whom it is taken, for how much in all, and what of it.
    offers: Vec<(CarrierId, i64, Vec<HandedOver>)>,
    /// What leaving it out costs; `None`: it must not be left out.
    price: Option<i64>,
}

/// What of these orders on no route is to be left out or handed over. Of a group of which one is on a route, nothing is; half
/// of a pair whose other half is on a route is handed over to nobody.
fn parcels(problem: &Problem, missing: &[OrderId]) -> Vec<Parcel> {
    let mut is_missing = vec![false; problem.order_count()];
    for order in missing {
        is_missing[order.index()] = true;
    }
    let handed = |order: OrderId| {
        let stated = problem.carrier_prices(order).iter();
        stated.map(move |stated| {
            let price = stated.price;
            (stated.carrier, HandedOver { order, price })
        })
    };
    let single = |(carrier, one): (CarrierId, HandedOver)| (carrier, one.price.get(), vec![one]);
    let parcel = |order: OrderId| {
        let price = problem.price(order).map(Cost::get);
        if let Some(mate) = problem.mate(order) {
            if !is_missing[mate.index()] {
                let offers = Vec::new();
                return Some(Parcel { offers, price });
            }
            if mate < order {
                return None; // It goes with its mate.
            }
            let others: Vec<(CarrierId, HandedOver)> = handed(mate).collect();
            let both = handed(order).filter_map(|(carrier, one)| {
                let (_, other) = others.iter().find(|other| other.0 == carrier)?;
                let price = one.price.get() + other.price.get();
                Some((carrier, price, vec![one, *other]))
            });
            let price = price.zip(problem.price(mate)).map(|(a, b)| a + b.get());
            let offers = both.collect();
            return Some(Parcel { offers, price });
        }
        let mut others = problem.alternatives(order);
        if others.any(|other| other < order || !is_missing[other.index()]) {
            return None; // Another one of its group speaks for it, or is on a route.
        }
        let all = std::iter::once(order).chain(problem.alternatives(order));
        let offers = all.flat_map(handed).map(single).collect();
        Some(Parcel { offers, price })
    };
    missing.iter().copied().filter_map(parcel).collect()
}

/// Hands over the orders on no route in the best way: as few as can be of those that must not be left out stay unserved,
/// then the cost is least, then as few as can be are unserved at that cost. A pair goes to one carrier, of a group one order.
/// What is not in the answer is unserved, or replaced. By carrier. O(2^k) for each order, with k carriers that charge for
/// coming.
pub(super) fn hand_over(problem: &Problem, missing: &[OrderId]) -> Vec<HandOver> {
    let carriers = (0..problem.carrier_count()).map(CarrierId::new);
    let (charging, free): (Vec<CarrierId>, Vec<CarrierId>) =
        carriers.partition(|c| problem.pickup_fee(*c) > Cost::ZERO);
    if charging.is_empty() && free.is_empty() {
        return Vec::new();
    }
    let coming = |chosen: u32| -> Vec<CarrierId> {
        let bits = charging.iter().enumerate();
        let chosen = bits.filter(|(bit, _)| chosen >> bit & 1 == 1);
        chosen
            .map(|(_, c)| *c)
            .chain(free.iter().copied())
            .collect()
    };
    let parcels = parcels(problem, missing);
    let best = (0..1_u32 << charging.len())
        .min_by_key(|chosen| (standing(problem, &parcels, &coming(*chosen)), *chosen));
    let mut coming = coming(best.unwrap_or(0));
    coming.sort_unstable();
    let mut taken: Vec<HandOver> = coming
        .iter()
        .map(|carrier| HandOver {
            carrier: *carrier,
            fee: problem.pickup_fee(*carrier),
            orders: Vec::new(),
        })
        .collect();
    for parcel in &parcels {
        if let Some((carrier, _, orders)) = taker(parcel, &coming) {
            for of in taken.iter_mut().filter(|t| t.carrier == *carrier) {
                of.orders.extend_from_slice(orders);
            }
        }
    }
    taken.retain(|t| !t.orders.is_empty());
    for of in &mut taken {
        of.orders.sort_unstable_by_key(|handed| handed.order);
    }
    taken
}

/// The best offer for a parcel: that of the cheapest of these carriers, where it takes no more than leaving it out.
fn taker<'p>(
    parcel: &'p Parcel,
    coming: &[CarrierId],
) -> Option<&'p (CarrierId, i64, Vec<HandedOver>)> {
    let here = parcel.offers.iter().filter(|o| coming.contains(&o.0));
    let best = here.min_by_key(|(carrier, price, orders)| (*price, *carrier, orders[0].order))?;
    parcel
        .price
        .is_none_or(|left_out| best.1 <= left_out)
        .then_some(best)
}

fn standing(problem: &Problem, parcels: &[Parcel], coming: &[CarrierId]) -> Standing {
    let fees = coming.iter().map(|c| problem.pickup_fee(*c).get());
    let mut standing = Standing {
        mandatory: 0,
        cost: fees.sum(),
        unserved: 0,
    };
    for parcel in parcels {
        match (taker(parcel, coming), parcel.price) {
            (Some((_, price, _)), _) => standing.cost += price,
            (None, Some(price)) => {
                standing.cost += price;
                standing.unserved += 1;
            }
            (None, None) => standing.mandatory += 1,
        }
    }
    standing
}
