//! The first plan.

use crate::eval::{NONE, Resource, Tours};
use crate::plan::RouteDraft;
use crate::search::{
    Neighbours, along_curve, escort, hand_over, refit_all, regret, savings, stand_ins,
};
use crate::solve::run::{Run, nodes_of_draft, whole_pairs};

/// Up to how many orders a mixed fleet's first plan is the best of several.
const MANY: usize = 20_000;

/// Tours for the problem: those of an earlier plan as far as they keep all limits, the rest by savings (one vehicle type),
/// or the best of regret insertion and of savings by each of the types (several). Once the budget is spent, by what is
/// fastest.
pub(super) fn construct<'p, R: Resource>(run: &Run<'p>, neighbours: &Neighbours) -> Tours<'p, R> {
    let best = construct_for(run, neighbours, usize::MAX);
    if run.problem.shape().pickup_fees && run.start.is_none() && !run.clock.interrupted() {
        // As if no carrier came that charges for it.
        return cheaper(best, construct_for(run, neighbours, 0));
    }
    best
}

/// The first of two, unless the other costs less.
fn cheaper<'p, R: Resource>(one: Tours<'p, R>, other: Tours<'p, R>) -> Tours<'p, R> {
    if other.cost() < one.cost() {
        other
    } else {
        one
    }
}

/// The same, with orders handed over as if these carriers came anyway.
fn construct_for<'p, R: Resource>(
    run: &Run<'p>,
    neighbours: &Neighbours,
    carriers: usize,
) -> Tours<'p, R> {
    let types = run.problem.fleet().len();
    let first = |by| begin::<R>(run, neighbours, by, carriers);
    // Savings join orders, not pairs.
    if run.start.is_some() || run.problem.shape().paired {
        return first(None);
    }
    if types == 1 {
        return first(Some(0));
    }
    let mut best = first(None);
    if run.problem.order_count() <= MANY {
        for vehicle in 0..types {
            if run.clock.interrupted() {
                break;
            }
            best = cheaper(best, first(Some(vehicle)));
        }
    }
    best
}

/// Tours by savings of one vehicle type, or from the start given, and what that leaves by regret insertion.
fn begin<'p, R: Resource>(
    run: &Run<'p>,
    neighbours: &Neighbours,
    by_savings: Option<usize>,
    carriers: usize,
) -> Tours<'p, R> {
    let interrupted = || run.clock.interrupted();
    let mixed = run.problem.fleet().len() > 1;
    let mut tours = Tours::<R>::sparing(run.problem, run.extra);
    tours.hope_for_carriers(carriers);
    if let Some(drafts) = run.start {
        adopt(&mut tours, drafts);
    } else if let Some(vehicle) = by_savings {
        savings(&mut tours, neighbours, vehicle, run.pool, &interrupted);
    }
    if mixed && run.start.is_none() {
        refit_all(&mut tours, &interrupted);
    }
    // Insertion hopes for orders to share new vehicles; an earlier plan is not to cost more for it.
    let before = tours.cost();
    tours.begin();
    regret(&mut tours, neighbours, &interrupted);
    if interrupted() {
        let worthy = worthy(&tours);
        along_curve(&mut tours, worthy);
    }
    if run.start.is_some() && tours.cost() > before {
        tours.rollback();
    } else {
        tours.commit();
        if mixed && run.start.is_none() {
            refit_all(&mut tours, &interrupted);
        }
    }
    let absent = tours.absent().to_vec();
    escort(&mut tours, neighbours, &absent, &interrupted);
    hand_over(&mut tours);
    tours
}

/// The absent orders that are worth a vehicle of their own, each as a chain; of pickups that go on none alone, those
/// that would be worth one.
fn worthy<R: Resource>(tours: &Tours<'_, R>) -> Vec<Vec<u32>> {
    let types = tours.problem().fleet().len();
    let is_worthy = |node: &u32| {
        let price = tours.absent_price(*node);
        let mut alone = (0..types).filter_map(|vehicle| tours.opening_led(*node, vehicle));
        alone.any(|cost| cost < price)
    };
    let absent = stand_ins(tours);
    let absent = absent.iter().copied();
    let singles = absent.clone().filter(|node| tours.mate(*node) == NONE);
    let singles = singles.filter(is_worthy).map(|node| vec![node]);
    let pairs = absent.filter(|node| tours.is_paired_pickup(*node));
    let pairs = pairs.map(|node| vec![node, tours.mate(node)]);
    singles.chain(pairs).collect()
}

/// Takes over the routes of an earlier plan. A route that no longer keeps its limits, or names what is not there, loses
/// all its stops to regret insertion; nothing is refused.
fn adopt<R: Resource>(tours: &mut Tours<'_, R>, drafts: &[RouteDraft]) {
    let mut seen = vec![false; tours.problem().order_count()];
    for draft in drafts {
        if draft.vehicle_type.index() >= tours.problem().fleet().len() {
            continue;
        }
        let mut fresh =
            |order: usize| order < seen.len() && !std::mem::replace(&mut seen[order], true);
        let vehicle = draft.vehicle_type.index();
        let stops = nodes_of_draft(tours, vehicle, draft, |order| {
            let keeps = fresh(order.index());
            if keeps {
                // One of a group is enough.
                for other in tours.problem().alternatives(order) {
                    fresh(other.index());
                }
            }
            keeps
        });
        let stops = whole_pairs(tours, stops);
        tours.assign_if_kept(vehicle, &stops);
    }
}
