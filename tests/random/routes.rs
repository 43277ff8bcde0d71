//! Random routes of a problem's orders.

use milkrun::measure::{OrderId, VehicleTypeId};
use milkrun::model::{Backhauls, OrderKind};
use milkrun::plan::RouteDraft;
use milkrun::problem::Problem;
use milkrun::search::Dice;

/// The route with a reload here and there, at depots where its vehicle may, though perhaps too often.
fn with_reloads(problem: &Problem, mut draft: RouteDraft, dice: &mut Dice) -> RouteDraft {
    let depots = problem.vehicle_type(draft.vehicle_type).reload_depots();
    if depots.is_empty() {
        return draft;
    }
    for before in 1..draft.stops.len() {
        if dice.chance(0.35) {
            draft = draft.reload(before, depots[dice.below(depots.len())]);
        }
    }
    draft
}

/// Random routes of all the orders that random vehicles may take, within the counts of the fleet. No leg is missing, and
/// where drop-offs must come before pickups, they do. Most pairs are served as pairs, or not at all.
pub(crate) fn random_routes(problem: &Problem, dice: &mut Dice) -> Vec<RouteDraft> {
    let mut drafts = any_routes(problem, dice);
    for draft in &mut drafts {
        if problem.vehicle_type(draft.vehicle_type).backhauls != Backhauls::Mixed {
            draft
                .stops
                .sort_by_key(|o| problem.kind(*o) == OrderKind::Pickup);
        }
    }
    drafts.retain(|draft| all_legs_exist(problem, draft));
    drafts
}

/// As [`random_routes`], with drop-offs and pickups in any order.
pub(crate) fn any_routes(problem: &Problem, dice: &mut Dice) -> Vec<RouteDraft> {
    let mut orders: Vec<OrderId> = problem.orders().collect();
    dice.shuffle(&mut orders);
    // One of each group.
    let place: Vec<usize> = (problem.orders())
        .map(|order| orders.iter().position(|o| *o == order).unwrap_or(0))
        .collect();
    let is_first = |order: &OrderId| {
        let mut others = problem.alternatives(*order);
        others.all(|other| place[other.index()] > place[order.index()])
    };
    orders.retain(is_first);
    let mut drafts = Vec::new();
    for (t, fleet) in problem.fleet().iter().enumerate() {
        for _ in 0..dice.below(fleet.count + 1) {
            let length = dice.below(orders.len().min(6) + 1);
            let mut stops = orders.split_off(orders.len() - length);
            if problem.shape().paired && dice.chance(0.8) {
                mend_pairs(problem, &mut stops, &mut orders, dice);
            }
            let draft = with_reloads(problem, RouteDraft::new(VehicleTypeId::new(t), stops), dice);
            if !draft.stops.is_empty() && all_legs_exist(problem, &draft) {
                drafts.push(draft);
            }
        }
    }
    drafts
}

/// Puts the mate of each half beside it in time: a drop-off somewhere behind its pickup. A half whose mate is on another
/// route goes.
fn mend_pairs(
    problem: &Problem,
    stops: &mut Vec<OrderId>,
    rest: &mut Vec<OrderId>,
    dice: &mut Dice,
) {
    for order in stops.clone() {
        let Some(mate) = problem.mate(order) else {
            continue;
        };
        if let Some(at) = rest.iter().position(|o| *o == mate) {
            rest.remove(at);
            stops.push(mate);
        }
        let place = |o: OrderId| stops.iter().position(|s| *s == o);
        match (place(order), place(mate)) {
            (Some(a), Some(b)) => {
                if (a < b) != (problem.kind(order) == OrderKind::Pickup) {
                    stops.swap(a, b);
                }
                // Not all drop-offs that were fetched from the rest are to come last.
                let (a, b) = (a.min(b), a.max(b));
                let drop_off = stops.remove(b);
                stops.insert(a + 1 + dice.below(stops.len() - a), drop_off);
            }
            (Some(a), None) => {
                stops.remove(a);
            }
            (None, _) => {}
        }
    }
}

/// Whether the travel knows all legs of a route.
fn all_legs_exist(problem: &Problem, draft: &RouteDraft) -> bool {
    let fleet = problem.vehicle_type(draft.vehicle_type);
    let mut places = vec![problem.depot_place(fleet.start)];
    let mut reloads = draft.reloads.iter().peekable();
    for (index, order) in draft.stops.iter().enumerate() {
        let reload = reloads.next_if(|reload| reload.before == index);
        places.extend(reload.map(|reload| problem.depot_place(reload.depot)));
        places.push(problem.order_place(*order));
    }
    places.extend(fleet.end.map(|end| problem.depot_place(end)));
    let known = |pair: &[_]| problem.leg(fleet.profile, pair[0], pair[1]).is_some();
    places.windows(2).all(known)
}
