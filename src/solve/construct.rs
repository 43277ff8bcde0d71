//! The first plan.

use crate::eval::{Resource, Tours};
use crate::plan::RouteDraft;
use crate::search::{Neighbours, along_curve, escort, regret, savings};
use crate::solve::run::Run;

/// Tours for the problem: those of an earlier plan as far as they keep all limits, the rest by savings (one vehicle type)
/// or regret insertion (several). Once the budget is spent, by what is fastest.
pub(super) fn construct<'p, R: Resource>(run: &Run<'p>, neighbours: &Neighbours) -> Tours<'p, R> {
    let interrupted = || run.clock.interrupted();
    let mut tours = Tours::<R>::sparing(run.problem, run.extra);
    match run.start {
        Some(drafts) => adopt(&mut tours, drafts),
        None if run.problem.fleet().len() == 1 => {
            savings(&mut tours, neighbours, 0, run.pool, &interrupted);
        }
        None => {}
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
    }
    let absent = tours.absent().to_vec();
    escort(&mut tours, neighbours, &absent, &interrupted);
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
    let absent = tours.absent().iter().copied();
    absent.filter(is_worthy).map(|node| vec![node]).collect()
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
        let stops: Vec<u32> = draft
            .stops
            .iter()
            .map(|order| order.index())
            .filter(|order| fresh(*order))
            .map(|order| tours.first_order() + order as u32)
            .collect();
        tours.assign_if_kept(draft.vehicle_type.index(), &stops);
    }
}
