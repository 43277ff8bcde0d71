//! Relocate and Or-opt: one to three stops move beside a near stop, in either direction (Or 1976; Savelsbergh 1992).

use super::Chain;
use crate::eval::{Piece, Resource, Tours};

/// How many stops move at most.
const LONGEST: usize = 3;

/// The four ways in which a chain that starts or ends with `u` can come to lie beside `v`: whether it runs forward from
/// `u`, whether it lies behind `v`, and so whether it is reversed.
const WAYS: [(bool, bool, bool); 4] = [
    (true, true, false),
    (true, false, true),
    (false, true, true),
    (false, false, false),
];

/// Moves a chain with `u` to the route of `v`, if that gains.
pub(super) fn across<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    to_prev: bool,
    to_next: bool,
) -> bool {
    for more in 0..LONGEST {
        for (forward, behind, reversed) in WAYS {
            let short = if forward { to_prev } else { to_next };
            if !short && (more > 0 || !to_next)
                || (reversed && !tours.problem().shape().symmetric)
                || (more == 0 && !forward)
            {
                continue;
            }
            let Some(chain) = Chain::from(tours, u, more, forward) else {
                continue;
            };
            if move_across(tours, chain, v, behind, reversed) {
                return true;
            }
        }
    }
    false
}

fn move_across<R: Resource>(
    tours: &mut Tours<'_, R>,
    chain: Chain,
    v: u32,
    behind: bool,
    reversed: bool,
) -> bool {
    let (from, to) = (tours.node(chain.first).route, tours.node(v).route);
    let (prev, next) = if behind {
        (v, tours.node(v).next)
    } else {
        (tours.node(v).prev, v)
    };
    let (a, b) = (tours.route(from).vehicle, tours.route(to).vehicle);
    let (head, tail) = chain.ends(reversed);
    let gone =
        tours.node(chain.first).arc_in + tours.node(chain.last).arc_out + tours.node(next).arc_in;
    let arcs = tours.distance(a, chain.prev, chain.next)
        + tours.distance(b, prev, head)
        + tours.distance(b, tail, next)
        - gone;
    tours.improve_two(
        arcs,
        (from, &[Piece::Before(chain.prev), Piece::After(chain.next)]),
        (
            to,
            &[
                Piece::Before(prev),
                chain.piece(reversed),
                Piece::After(next),
            ],
        ),
    )
}

/// Moves a chain with `u` beside `v` on the same route, if that gains.
pub(super) fn within<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    to_prev: bool,
    to_next: bool,
) -> bool {
    for more in 0..LONGEST {
        for (forward, behind, reversed) in WAYS {
            let short = if forward { to_prev } else { to_next };
            if !short && (more > 0 || !to_next)
                || (reversed && !tours.problem().shape().symmetric)
                || (more == 0 && !forward)
            {
                continue;
            }
            let Some(chain) = Chain::from(tours, u, more, forward) else {
                continue;
            };
            if !chain.holds(tours, v) && move_within(tours, chain, v, behind, reversed) {
                return true;
            }
        }
    }
    false
}

fn move_within<R: Resource>(
    tours: &mut Tours<'_, R>,
    chain: Chain,
    v: u32,
    behind: bool,
    reversed: bool,
) -> bool {
    let route = tours.node(v).route;
    let (prev, next) = if behind {
        (v, tours.node(v).next)
    } else {
        (tours.node(v).prev, v)
    };
    if prev == chain.last || next == chain.first {
        // The chain stays where it is; turning it around is left to 2-opt.
        return false;
    }
    let vehicle = tours.route(route).vehicle;
    let (head, tail) = chain.ends(reversed);
    let gone =
        tours.node(chain.first).arc_in + tours.node(chain.last).arc_out + tours.node(next).arc_in;
    let arcs = tours.distance(vehicle, chain.prev, chain.next)
        + tours.distance(vehicle, prev, head)
        + tours.distance(vehicle, tail, next)
        - gone;
    let moved = chain.piece(reversed);
    if tours.node(prev).position > tours.node(chain.last).position {
        let pieces = [
            Piece::Before(chain.prev),
            Piece::Run(chain.next, prev),
            moved,
            Piece::After(next),
        ];
        tours.improve_one(arcs, route, &pieces)
    } else {
        let pieces = [
            Piece::Before(prev),
            moved,
            Piece::Run(next, chain.prev),
            Piece::After(chain.next),
        ];
        tours.improve_one(arcs, route, &pieces)
    }
}
