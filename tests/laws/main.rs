//! Laws that hold for every problem: segments may be joined in any grouping, the search's judge and the plan's judge
//! agree to the unit, changes of cost are predicted exactly, undo restores everything, and what a solve returns is a
//! valid plan that is no worse than its start.

#[path = "../random/mod.rs"]
mod random;

use milkrun::eval::{
    Clock, Duty, Halves, Lead, Length, Peaks, Promises, Resource, Span, Sum, Tally, Tours,
    TripClock, Trips,
};
use milkrun::measure::{Cost, OrderId};
use milkrun::plan::{Plan, RouteDraft};
use milkrun::problem::Problem;
use milkrun::search::Dice;
use proptest::prelude::*;
use random::{
    ALL, HOLES, METRES, Recipe, any_routes, backhauls, cases, random_routes, recipes, unequal,
};

/// Runs a law on each of the solver's sets of resources that covers the problem.
macro_rules! on_every_covering_set {
    ($problem:expr, $law:ident, $($argument:expr),*) => {{
        let shape = *$problem.shape();
        let worked = shape.tallied || shape.waged || shape.shipped_by;
        let plain = shape.dimensions <= 1 && !shape.mixed_loads;
        let even = uniform($problem);
        let last = $problem.fleet().iter().all(|t| t.backhauls.are_last());
        let halved = last && shape.dimensions <= 1 && !shape.exchanges;
        if !shape.promised && even && halved && !shape.timed && !shape.reloads && !worked {
            $law::<(Lead, Halves)>($problem, $($argument),*);
        }
        if !shape.reloads {
            $law::<(Lead, (Tally, (Span, (Peaks<8>, Promises))))>($problem, $($argument),*);
        }
        if shape.promised { return Ok(()); }
        if !shape.reloads {
            $law::<(Lead, (Tally, (Span, (Peaks<8>, Duty))))>($problem, $($argument),*);
        }
        if shape.backhauls { return Ok(()); }
        $law::<(Tally, (Span, (Trips<8, 8>, Duty)))>($problem, $($argument),*);
        if !shape.reloads { $law::<(Tally, (Span, (Peaks<8>, Duty)))>($problem, $($argument),*); }
        if worked { return Ok(()); }
        let fetched = shape.reloads && shape.under_way;
        if !fetched { $law::<(Tally, (Span, (Trips<8>, Duty)))>($problem, $($argument),*); }
        if even && shape.dimensions <= 1 && !fetched { $law::<(Trips<1>, TripClock)>($problem, $($argument),*); }
        if !shape.reloads {
        if even && plain && !shape.timed { $law::<Sum>($problem, $($argument),*); }
        if even && plain { $law::<(Sum, Clock)>($problem, $($argument),*); }
        if plain && !shape.timed { $law::<(Sum, Span)>($problem, $($argument),*); }
        let measured = plain && !shape.timed && shape.symmetric && one_profile($problem);
        if measured { $law::<(Sum, Length)>($problem, $($argument),*); }
        if even && shape.dimensions <= 2 { $law::<(Peaks<2>, Clock)>($problem, $($argument),*); }
        if shape.dimensions <= 2 { $law::<(Span, (Peaks<2>, Clock))>($problem, $($argument),*); }
        $law::<(Span, (Peaks<8>, Clock))>($problem, $($argument),*);
        }
    }};
}

// Behind the macro that some of them use.
mod changes;
mod judges;
mod problems;
mod segments;
mod solves;

/// What makes trips wait for one another, and that matter.
const TRIPS: u64 = random::RELOADS | random::RELEASES | random::WINDOWS | random::PAID_TIME;

/// The same day with promises, and some of what weighs against keeping them.
fn promised(recipe: Recipe, worked: u64) -> Recipe {
    use random::{FEW, PAID_TIME, PROMISES, SERVICE, SHIP_BY, WAGES, WINDOWS};
    let worked = worked & (FEW | PAID_TIME | SERVICE | SHIP_BY | WAGES | WINDOWS);
    Recipe {
        features: recipe.features | PROMISES | worked,
        ..recipe
    }
}

/// Longer than any route here: such a distance has a leg in it that does not exist, or that its vehicle may not take.
const FAR: i64 = 1 << 43;

/// Whether distance costs all vehicles the same, along the same legs, without a limit.
fn uniform(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    let alike = |t: &milkrun::problem::FleetType| {
        t.max_distance.is_none()
            && t.profile == fleet[0].profile
            && t.cost_per_distance == fleet[0].cost_per_distance
    };
    fleet.iter().all(alike)
}

/// Whether all vehicles travel the same legs.
fn one_profile(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    fleet.iter().all(|t| t.profile == fleet[0].profile)
}

fn nodes<R: Resource>(tours: &Tours<'_, R>, draft: &RouteDraft) -> Vec<u32> {
    let mut nodes = Vec::new();
    let mut reloads = draft.reloads.iter().peekable();
    for (index, order) in draft.stops.iter().enumerate() {
        let reload = reloads.next_if(|reload| reload.before == index);
        nodes.extend(reload.map(|reload| reload.depot.index() as u32));
        nodes.push(tours.first_order() + order.index() as u32);
    }
    nodes
}

fn assigned<'p, R: Resource>(problem: &'p Problem, drafts: &[RouteDraft]) -> Tours<'p, R> {
    let mut tours = Tours::<R>::new(problem);
    for draft in drafts {
        let stops = nodes(&tours, draft);
        tours.assign(draft.vehicle_type.index(), &stops);
    }
    tours
}
