//! Checking that pairs are served as pairs.

use super::{Fault, Plan};
use crate::measure::OrderId;
use crate::model::OrderKind;
use crate::problem::Problem;
use std::collections::HashSet;

/// The pairs of which one half is with a carrier, and the other one is not with the same.
pub(super) fn halves_handed(plan: &Plan, problem: &Problem) -> Vec<(OrderId, Fault)> {
    let mut found = Vec::new();
    for taken in &plan.hand_overs {
        let orders: HashSet<OrderId> = taken.orders.iter().map(|handed| handed.order).collect();
        let known = taken.orders.iter().filter(|h| problem.has_order(h.order));
        for order in known.map(|handed| handed.order) {
            if let Some(mate) = problem.mate(order).filter(|mate| !orders.contains(mate)) {
                found.push((order, Fault::PairHalved { mate }));
            }
        }
    }
    found
}

/// The pairs that are torn: both halves are to be on one route, the pickup first, or on none. Each with the route and the
/// order that say it: where both halves are served, those of the drop-off. What is served twice counts where it comes first.
pub(super) fn pair_faults(plan: &Plan, problem: &Problem) -> Vec<(usize, OrderId, Fault)> {
    let mut found = Vec::new();
    if !problem.shape().paired {
        return found;
    }
    let mut stops: Vec<Option<(usize, usize)>> = vec![None; problem.order_count()];
    for (index, route) in plan.routes.iter().enumerate() {
        for (position, stop) in route.stops.iter().enumerate() {
            if let Some(known) = stops.get_mut(stop.order.index()) {
                known.get_or_insert((index, position));
            }
        }
    }
    for order in problem.orders() {
        let (Some((route, position)), Some(mate)) = (stops[order.index()], problem.mate(order))
        else {
            continue;
        };
        let drops = problem.kind(order) == OrderKind::DropOff;
        let fault = match stops[mate.index()] {
            None => Fault::PairHalved { mate },
            Some((other, _)) if drops && other != route => Fault::PairApart { mate },
            Some((_, before)) if drops && before > position => Fault::PairReversed { mate },
            Some(_) => continue,
        };
        found.push((route, order, fault));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::VehicleTypeId;
    use crate::model::{Depot, Model, Order, Place, VehicleType};
    use crate::plan::RouteDraft;
    use crate::travel::Euclidean;

    #[test]
    fn both_halves_of_a_pair_are_on_one_route_in_order_or_on_none() {
        let mut model = Model::new();
        let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
        model.add_vehicle_type(VehicleType::new("van", 2, depot));
        let order = |x| Place::plane(x, 0.0);
        let (from, to) = model.add_pair(
            Order::pickup("from", order(3.0)),
            Order::drop_off("to", order(6.0)),
        );
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let found = |routes: &[&[OrderId]]| -> Vec<(Option<usize>, Option<OrderId>, Fault)> {
            let draft = |stops: &&[OrderId]| RouteDraft::new(VehicleTypeId::new(0), stops.to_vec());
            let plan = Plan::new(&problem, routes.iter().map(draft).collect());
            let found = plan.check(&problem).into_iter();
            found.map(|v| (v.route, v.order, v.fault)).collect()
        };
        assert_eq!(found(&[]), []);
        assert_eq!(found(&[&[from, to]]), []);
        let fault = |route, order, fault| (Some(route), Some(order), fault);
        let reversed = Fault::PairReversed { mate: from };
        assert_eq!(found(&[&[to, from]]), [fault(0, to, reversed)]);
        let apart = Fault::PairApart { mate: from };
        assert_eq!(found(&[&[from], &[to]]), [fault(1, to, apart)]);
        let halved = Fault::PairHalved { mate: from };
        assert_eq!(found(&[&[to]]), [fault(0, to, halved)]);
        let halved = Fault::PairHalved { mate: to };
        assert_eq!(found(&[&[from]]), [fault(0, from, halved)]);
        let text = |plan: &Plan| plan.check(&problem)[0].to_string();
        let draft = RouteDraft::new(VehicleTypeId::new(0), vec![to, from]);
        let expected =
            "route 1, order \"to\": it comes before the pickup of its pair: order number 0";
        assert_eq!(text(&Plan::new(&problem, vec![draft])), expected);
    }
}
