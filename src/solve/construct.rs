//! The first plan.

use crate::eval::{Resource, Tours};
use crate::plan::RouteDraft;
use crate::problem::Problem;
use crate::search::{Neighbours, regret, savings};

/// Tours for `problem`: those of `start` as far as they keep all limits, the rest by savings (one vehicle type) or
/// regret insertion (several).
pub(super) fn construct<'p, R: Resource>(
    problem: &'p Problem,
    neighbours: &Neighbours,
    start: Option<&[RouteDraft]>,
    interrupted: &dyn Fn() -> bool,
) -> Tours<'p, R> {
    let mut tours = Tours::<R>::new(problem);
    match start {
        Some(drafts) => adopt(&mut tours, drafts),
        None if problem.fleet().len() == 1 => savings(&mut tours, neighbours, 0),
        None => {}
    }
    // Insertion hopes for orders to share new vehicles; an earlier plan is not to cost more for it.
    let before = tours.cost();
    tours.begin();
    regret(&mut tours, neighbours, interrupted);
    if start.is_some() && tours.cost() > before {
        tours.rollback();
    } else {
        tours.commit();
    }
    tours
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
