//! Swap: one or two stops change places with one or two others.

use super::{Chain, Joins};
use crate::eval::{Piece, Resource, Tours};

/// Exchanges a chain that starts or ends with `u` for one beside `v`, so that `u` comes to lie next to `v`, if that
/// gains.
pub(super) fn exchange<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    joins: Joins,
) -> bool {
    for behind in [true, false] {
        // `u` goes behind `v`, in the place of its successor, or before it, in the place of its predecessor.
        if !(if behind { joins.to_prev } else { joins.to_next }) {
            continue;
        }
        let other = if behind {
            tours.node(v).next
        } else {
            tours.node(v).prev
        };
        if !tours.is_order(other) || other == u {
            continue;
        }
        for (more_u, more_v) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let (Some(a), Some(b)) = (
                Chain::from(tours, u, more_u, behind),
                Chain::from(tours, other, more_v, behind),
            ) else {
                continue;
            };
            if tours.node(u).route == tours.node(v).route {
                if within(tours, a, b) {
                    return true;
                }
            } else if across(tours, a, b) {
                return true;
            }
        }
    }
    false
}

fn across<R: Resource>(tours: &mut Tours<'_, R>, a: Chain, b: Chain) -> bool {
    let (first, second) = (tours.node(a.first).route, tours.node(b.first).route);
    let (one, two) = (tours.route(first).vehicle, tours.route(second).vehicle);
    let gone = |c: Chain| tours.node(c.first).arc_in + tours.node(c.last).arc_out;
    let new = |vehicle, hole: Chain, filled: Chain| {
        tours.distance(vehicle, hole.prev, filled.first)
            + tours.distance(vehicle, filled.last, hole.next)
    };
    let arcs = new(one, a, b) + new(two, b, a) - gone(a) - gone(b);
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

fn within<R: Resource>(tours: &mut Tours<'_, R>, a: Chain, b: Chain) -> bool {
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
    let route = tours.node(a.first).route;
    let vehicle = tours.route(route).vehicle;
    let gone = |c: Chain| tours.node(c.first).arc_in + tours.node(c.last).arc_out;
    let new = |hole: Chain, filled: Chain| {
        tours.distance(vehicle, hole.prev, filled.first)
            + tours.distance(vehicle, filled.last, hole.next)
    };
    let arcs = new(a, b) + new(b, a) - gone(a) - gone(b);
    let pieces = [
        Piece::Before(a.prev),
        b.piece(false),
        Piece::Run(a.next, b.prev),
        a.piece(false),
        Piece::After(b.next),
    ];
    tours.improve_one(arcs, route, &pieces)
}
