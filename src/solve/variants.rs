//! Which resources a problem needs: the one place where the shape of a problem picks concrete types.

use crate::eval::{Clock, Peaks, Span, Sum};
use crate::problem::Problem;
use crate::solve::run::{Found, Run};

/// Solves with the cheapest set of resources that covers the problem.
pub(super) fn dispatch(run: &Run<'_>) -> Found {
    let shape = run.problem.shape();
    let plain_load = shape.dimensions <= 1 && !shape.mixed_loads;
    match (uniform(run.problem), plain_load, shape.timed) {
        (true, true, false) => run.solve::<Sum>(),
        (true, true, true) => run.solve::<(Sum, Clock)>(),
        (false, true, false) => run.solve::<(Sum, Span)>(),
        (true, false, _) if shape.dimensions <= 2 => run.solve::<(Peaks<2>, Clock)>(),
        _ if shape.dimensions <= 2 => run.solve::<(Span, (Peaks<2>, Clock))>(),
        _ => run.solve::<(Span, (Peaks<8>, Clock))>(),
    }
}

/// Whether distance costs all vehicles the same, along the same legs, without a limit.
fn uniform(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    fleet.iter().all(|t| {
        t.max_distance.is_none()
            && t.profile == fleet[0].profile
            && t.cost_per_distance == fleet[0].cost_per_distance
    })
}
