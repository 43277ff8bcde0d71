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

/// Hands over the orders on no route in the best way: as few as can be of those that must not be left out stay unserved,
/// then the cost is least, then as few orders as can be are unserved at that cost. What is not in the answer is unserved.
/// By carrier. O(2^k) for each order, with k carriers that charge for coming.
pub(super) fn hand_over(problem: &Problem, missing: &[OrderId]) -> Vec<HandOver> {
    let carriers = (0..problem.carrier_count()).map(CarrierId::new);
    let (charging, free): (Vec<CarrierId>, Vec<CarrierId>) =
        carriers.partition(|c| problem.pickup_fee(*c) > Cost::ZERO);
    let coming = |chosen: u32| -> Vec<CarrierId> {
        let bits = charging.iter().enumerate();
        let chosen = bits.filter(|(bit, _)| chosen >> bit & 1 == 1);
        chosen
            .map(|(_, c)| *c)
            .chain(free.iter().copied())
            .collect()
    };
    let best = (0..1_u32 << charging.len())
        .min_by_key(|chosen| (standing(problem, missing, &coming(*chosen)), *chosen));
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
    for &order in missing {
        if let Some((carrier, price)) = taker(problem, order, &coming) {
            for of in taken.iter_mut().filter(|t| t.carrier == carrier) {
                of.orders.push(HandedOver { order, price });
            }
        }
    }
    taken.retain(|t| !t.orders.is_empty());
    taken
}

/// Who takes an order, and for how much: the cheapest of these carriers, where it takes no more than leaving it out.
fn taker(problem: &Problem, order: OrderId, coming: &[CarrierId]) -> Option<(CarrierId, Cost)> {
    let stated = problem.carrier_prices(order).iter();
    let here = stated.filter(|stated| coming.contains(&stated.carrier));
    let (price, carrier) = here.map(|stated| (stated.price, stated.carrier)).min()?;
    let left_out = problem.price(order);
    left_out
        .is_none_or(|left_out| price <= left_out)
        .then_some((carrier, price))
}

fn standing(problem: &Problem, missing: &[OrderId], coming: &[CarrierId]) -> Standing {
    let fees = coming.iter().map(|c| problem.pickup_fee(*c).get());
    let mut standing = Standing {
        mandatory: 0,
        cost: fees.sum(),
        unserved: 0,
    };
    for &order in missing {
        match (taker(problem, order, coming), problem.price(order)) {
            (Some((_, price)), _) => standing.cost += price.get(),
            (None, Some(price)) => {
                standing.cost += price.get();
                standing.unserved += 1;
            }
            (None, None) => standing.mandatory += 1,
        }
    }
    standing
}
