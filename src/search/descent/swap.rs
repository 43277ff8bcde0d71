//! Swap: one or two stops change places with one or two others.

use super::{Chain, Joins, arc};
use crate::eval::{Piece, Resource, Tours};

/// Exchanges a chain that starts or ends with `u` for one beside `v`, so that `u` comes to lie next to `v`, if that
/// gains.
pub(super) fn exchange<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    joins: &Joins,
) -> bool {
    // `u` goes behind `v`, in the place of its successor, or before it, in the place of its predecessor.
    (joins.to_prev && joins.succession.behind && beside(tours, u, v, joins, true))
        || (joins.to_next && joins.succession.ahead && beside(tours, u, v, joins, false))
}

/// The node after, or before, and the arc to it.
#[inline]
fn step<R: Resource>(tours: &Tours<'_, R>, node: u32, forward: bool) -> (u32, i64) {
    let node = tours.node(node);
    if forward {
        (node.next, node.arc_out)
    } else {
        (node.prev, node.arc_in)
    }
}

/// The distance between two nodes that are to follow each other, the other way around where chains run back.
#[inline]
fn leg<R: Resource>(tours: &Tours<'_, R>, vehicle: u32, from: u32, to: u32, forward: bool) -> i64 {
    if forward {
        tours.distance(vehicle, from, to)
    } else {
        tours.distance(vehicle, to, from)
    }
}

fn beside<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    joins: &Joins,
    forward: bool,
) -> bool {
    let Joins { apart, spare, .. } = *joins;
    let (other, arc_v) = step(tours, v, forward);
    if !tours.is_stop(other) || other == u {
        return false;
    }
    let (first, second) = (tours.node(u).route, tours.node(v).route);
    let (one, two) = (tours.route(first).vehicle, tours.route(second).vehicle);
    // At this end of the chains the arcs are the same for all of them.
    let (outside, arc_u) = step(tours, u, !forward);
    let (from, to) = if forward { (v, u) } else { (u, v) };
    let joined = arc(tours, two, from, to, apart);
    let near = joined + leg(tours, one, outside, other, forward);
    let near = near - arc_u - arc_v;
    let (second_u, arc_from_u) = step(tours, u, forward);
    let (second_other, arc_from_other) = step(tours, other, forward);
    // The arcs at either end of the chains are an exchange of tails. One of the two gains where the whole does, and is
    // found from there.
    if !spare.pays(near) {
        return false;
    }
    for (more_u, more_v) in [(false, false), (true, false), (false, true), (true, true)] {
        if (more_u && !tours.is_stop(second_u)) || (more_v && !tours.is_stop(second_other)) {
            continue;
        }
        let (last_u, after_u, arc_u) = if more_u {
            let (after, arc) = step(tours, second_u, forward);
            (second_u, after, arc)
        } else {
            (u, second_u, arc_from_u)
        };
        let (last_v, after_v, arc_v) = if more_v {
            let (after, arc) = step(tours, second_other, forward);
            (second_other, after, arc)
        } else {
            (other, second_other, arc_from_other)
        };
        // Most exchanges are given up before their other two arcs are known.
        let mut arcs = near - arc_u - arc_v;
        if !spare.pays(arcs) {
            continue;
        }
        arcs +=
            leg(tours, two, last_u, after_v, forward) + leg(tours, one, last_v, after_u, forward);
        if !spare.pays(arcs) {
            continue;
        }
        let (Some(a), Some(b)) = (
            Chain::from(tours, u, usize::from(more_u), forward),
            Chain::from(tours, other, usize::from(more_v), forward),
        ) else {
            continue;
        };
        let gained = if first == second {
            within(tours, a, b, arcs)
        } else {
            across(tours, a, b, arcs)
        };
        if gained {
            return true;
        }
    }
    false
}

fn across<R: Resource>(tours: &mut Tours<'_, R>, a: Chain, b: Chain, arcs: i64) -> bool {
    let (first, second) = (tours.node(a.first).route, tours.node(b.first).route);
    tours.improve_two(
        arcs,
        (
            first,
            &[Piece::Before(a.prev), b.piece(false), Piece::After(a.next)],
        ),
        (
            second,
            &[Piece::Before(b.prev), a.piece(false), Piece::After(b.next)],
        ),
    )
}

fn within<R: Resource>(tours: &mut Tours<'_, R>, a: Chain, b: Chain, arcs: i64) -> bool {
    if a.holds(tours, b.first)
        || a.holds(tours, b.last)
        || b.holds(tours, a.first)
        || b.holds(tours, a.last)
    {
        return false;
    }
    let (a, b) = if tours.node(a.first).position < tours.node(b.first).position {
        (a, b)
    } else {
        (b, a)
    };
    if a.next == b.first {
        // Neighbouring chains: that is a relocation.
        return false;
    }
    let pieces = [
        Piece::Before(a.prev),
        b.piece(false),
        Piece::Run(a.next, b.prev),
        a.piece(false),
        Piece::After(b.next),
    ];
    tours.improve_one(arcs, tours.node(a.first).route, &pieces)
}
