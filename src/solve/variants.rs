//! Which resources a problem needs: the one place where the shape of a problem picks concrete types.

use crate::eval::{
    Clock, Duty, Halves, Lead, Length, Peaks, Promises, Resource, Span, Sum, Tally, TripClock,
    Trips,
};
use crate::problem::Problem;

/// Something to do with the resources of a problem, whatever they are.
pub(super) trait Task {
    /// What comes of it.
    type Answer;

    /// Does it.
    fn run<R: Resource>(self) -> Self::Answer;
}

/// Does a task with the cheapest set of resources that covers the problem.
pub(super) fn dispatch<T: Task>(problem: &Problem, task: T) -> T::Answer {
    let shape = problem.shape();
    let plain_load = shape.dimensions <= 1 && !shape.mixed_loads;
    let few = shape.dimensions <= 2;
    let worked = shape.tallied || shape.waged || shape.shipped_by;
    if shape.reloads && shape.under_way {
        return if shape.promised {
            task.run::<Everything<Trips<8, 8>, Promises>>()
        } else {
            task.run::<Everything<Trips<8, 8>, Duty>>()
        };
    }
    if shape.promised {
        return match (shape.reloads, few) {
            (false, true) => task.run::<Everything<Peaks<2>, Promises>>(),
            (false, false) => task.run::<Everything<Peaks<8>, Promises>>(),
            (true, true) => task.run::<Everything<Trips<2>, Promises>>(),
            (true, false) => task.run::<Everything<Trips<8>, Promises>>(),
        };
    }
    if shape.reloads {
        let plain = uniform(problem) && shape.dimensions <= 1 && !shape.backhauls;
        return match (plain && !worked, few) {
            (true, _) => task.run::<(Trips<1>, TripClock)>(),
            (false, true) => task.run::<Everything<Trips<2>, Duty>>(),
            (false, false) => task.run::<Everything<Trips<8>, Duty>>(),
        };
    }
    let halved = uniform(problem) && backhauls_last(problem) && !shape.timed && !worked;
    if shape.backhauls && halved {
        return task.run::<(Lead, Halves)>();
    }
    if shape.backhauls || worked {
        return if few {
            task.run::<Everything<Peaks<2>, Duty>>()
        } else {
            task.run::<Everything<Peaks<8>, Duty>>()
        };
    }
    match (uniform(problem), plain_load, shape.timed) {
        (true, true, false) => task.run::<Sum>(),
        (true, true, true) => task.run::<(Sum, Clock)>(),
        (false, true, false) if shape.symmetric && one_profile(problem) => {
            task.run::<(Sum, Length)>()
        }
        (false, true, false) => task.run::<(Sum, Span)>(),
        (true, false, _) if few => task.run::<(Peaks<2>, Clock)>(),
        _ if few => task.run::<(Span, (Peaks<2>, Clock))>(),
        _ => task.run::<(Span, (Peaks<8>, Clock))>(),
    }
}

/// All that a day may ask for, with the loads and the time that it needs.
type Everything<L, T> = (Lead, (Tally, (Span, (L, T))));

/// Whether distance costs all vehicles the same, along the same legs, without a limit.
fn uniform(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    fleet.iter().all(|t| {
        t.max_distance.is_none()
            && t.profile == fleet[0].profile
            && t.cost_per_distance == fleet[0].cost_per_distance
    })
}

/// Whether all vehicles travel the same legs.
fn one_profile(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    fleet.iter().all(|t| t.profile == fleet[0].profile)
}

/// Whether there is at most one load dimension and no exchange, and every vehicle drops off everything before it picks up anything.
fn backhauls_last(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    let shape = problem.shape();
    shape.dimensions <= 1 && !shape.exchanges && fleet.iter().all(|t| t.backhauls.are_last())
}
