//! The least of all plans: the orders are covered by sets, vehicle by vehicle, and what is on no route is handed over or
//! left out.

use crate::routes::{NEVER, has_two_of_a_group, routes};
use milkrun::measure::{OrderId, VehicleTypeId};
use milkrun::model::{CarrierPrice, Model, Order};
use milkrun::problem::Problem;

/// The fewest mandatory orders left out, and the least cost at that. A group counts as one order.
pub(crate) fn optimum(model: &Model, problem: &Problem) -> (usize, i128) {
    let sets = 1_usize << model.orders().len();
    let mut covered = vec![NEVER; sets];
    covered[0] = 0;
    for (t, vehicle) in model.vehicle_types().iter().enumerate() {
        let route = routes(model, problem, VehicleTypeId::new(t));
        for _ in 0..vehicle.count.map_or(model.orders().len(), |c| c as usize) {
            let before = covered.clone();
            for set in 1..sets {
                // Every way to leave a part of the set to one more vehicle.
                let mut part = set;
                while part != 0 {
                    let cost = before[set & !part] + route[part];
                    covered[set] = covered[set].min(cost);
                    part = (part - 1) & set;
                }
            }
            if covered == before {
                break;
            }
        }
    }
    let left_out = |set: usize| {
        let has = |o: usize| set & (1 << o) != 0;
        let order = |id: &OrderId| &model.orders()[id.index()];
        let mut lost: Vec<Lost> = Vec::new();
        let mut alone = vec![true; model.orders().len()];
        for group in model.groups() {
            for id in &group.orders {
                alone[id.index()] = false;
            }
            if !group.orders.iter().any(|o| has(o.index())) {
                let ways = group.orders.iter().flat_map(|id| &order(id).carrier_prices);
                lost.push(Lost {
                    price: group.price.map(|price| i128::from(price.get())),
                    ways: ways.map(way).collect(),
                    weight: 1,
                });
            }
        }
        for pair in model.pairs() {
            alone[pair.pickup.index()] = false;
            alone[pair.drop_off.index()] = false;
            if !has(pair.pickup.index()) {
                lost.push(Lost::pair(order(&pair.pickup), order(&pair.drop_off)));
            }
        }
        let orders = model.orders().iter().enumerate();
        let single = orders.filter(|(o, _)| alone[*o] && !has(*o));
        lost.extend(single.map(|(_, order)| Lost {
            price: order.price.map(|price| i128::from(price.get())),
            ways: order.carrier_prices.iter().map(way).collect(),
            weight: 1,
        }));
        left_out(model, &lost, 0, (0, covered[set]))
    };
    let reachable = (0..sets).filter(|set| covered[*set] < NEVER);
    let reachable = reachable.filter(|set| !has_two_of_a_group(model, *set));
    reachable.map(left_out).min().expect("an empty plan is one")
}

/// What is on no route as a whole: an order, a pair or a group.
struct Lost {
    /// What leaving it out costs, where that may be.
    price: Option<i128>,
    /// The carriers that take it, and for how much.
    ways: Vec<(usize, i128)>,
    /// How many orders are left out with it.
    weight: usize,
}

fn way(stated: &CarrierPrice) -> (usize, i128) {
    (stated.carrier.index(), i128::from(stated.price.get()))
}

impl Lost {
    fn pair(pickup: &Order, drop_off: &Order) -> Self {
        let cents = |order: &Order| order.price.map(|price| i128::from(price.get()));
        let of_both = pickup
            .carrier_prices
            .iter()
            .map(way)
            .flat_map(|(carrier, price)| {
                let other = drop_off.carrier_prices.iter().map(way);
                let other = other.filter(move |other| other.0 == carrier);
                other.map(move |other| (carrier, price + other.1))
            });
        Self {
            price: cents(pickup).zip(cents(drop_off)).map(|(a, b)| a + b),
            ways: of_both.collect(),
            weight: 2,
        }
    }
}

/// The least that orders on no route come to, added to what is there: every way to hand them over or leave them out is tried,
/// while these carriers come already.
fn left_out(model: &Model, lost: &[Lost], come: usize, so_far: (usize, i128)) -> (usize, i128) {
    let Some((one, rest)) = lost.split_first() else {
        return so_far;
    };
    let (mandatory, cost) = so_far;
    let left = match one.price {
        None => (mandatory + one.weight, cost),
        Some(price) => (mandatory, cost + price),
    };
    let mut best = left_out(model, rest, come, left);
    for (index, price) in one.ways.iter().copied() {
        let fee = if come & (1 << index) == 0 {
            i128::from(model.carriers()[index].pickup_fee.get())
        } else {
            0
        };
        let handed = (mandatory, cost + price + fee);
        best = best.min(left_out(model, rest, come | 1 << index, handed));
    }
    best
}
