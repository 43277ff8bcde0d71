//! 2-opt: part of a route is driven in the other direction (Croes 1958, 10.1287/opre.6.6.791).

use super::{Joins, may_turn};
use crate::eval::{Piece, Resource, Spare, Tours};

/// Reverses a part of the route of `u` and `v` so that they become neighbours, if that gains.
pub(super) fn reverse<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    joins: &Joins,
) -> bool {
    let (first, last, may_follow) = if tours.node(u).position < tours.node(v).position {
        (u, v, joins.succession.ahead)
    } else {
        (v, u, joins.succession.behind)
    };
    if !may_follow {
        return false;
    }
    // Behind the first up to the last, or from the first up to before the last.
    let Joins { spare, .. } = *joins;
    turn(tours, tours.node(first).next, last, spare)
        || turn(tours, first, tours.node(last).prev, spare)
}

fn turn<R: Resource>(tours: &mut Tours<'_, R>, from: u32, to: u32, spare: Spare) -> bool {
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
    let pieces = [
        Piece::Before(prev),
        Piece::Reversed(from, to),
        Piece::After(next),
    ];
    spare.pays(arcs) && tours.improve_one(arcs, route, &pieces)
}
