//! 2-opt: part of a route is driven in the other direction (Croes 1958, 10.1287/opre.6.6.791).

use super::may_turn;
use crate::eval::{Piece, Resource, Tours};
use crate::search::Succession;

/// Reverses a part of the route of `u` and `v` so that they become neighbours, if that gains.
pub(super) fn reverse<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    succession: Succession,
) -> bool {
    let (first, last, may_follow) = if tours.node(u).position < tours.node(v).position {
        (u, v, succession.ahead)
    } else {
        (v, u, succession.behind)
    };
    if !may_follow {
        return false;
    }
    // Behind the first up to the last, or from the first up to before the last.
    turn(tours, tours.node(first).next, last) || turn(tours, first, tours.node(last).prev)
}

fn turn<R: Resource>(tours: &mut Tours<'_, R>, from: u32, to: u32) -> bool {
    if from == to || tours.node(from).position > tours.node(to).position {
        return false;
    }
    let (prev, next) = (tours.node(from).prev, tours.node(to).next);
    let route = tours.node(from).route;
    let vehicle = tours.route(route).vehicle;
    if !may_turn(tours, from, to) {
        return false;
    }
    let gone = tours.node(from).arc_in + tours.node(to).arc_out;
    let arcs = tours.distance(vehicle, prev, to) + tours.distance(vehicle, from, next) - gone;
    tours.improve_one(
        arcs,
        route,
        &[
            Piece::Before(prev),
            Piece::Reversed(from, to),
            Piece::After(next),
        ],
    )
}
