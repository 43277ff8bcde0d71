//! Relocate and Or-opt: one to three stops move beside a near stop, in either direction (Or 1976; Savelsbergh 1992).

use super::{Chain, may_turn};
use crate::eval::{Piece, Resource, Tours};
use crate::search::Succession;

/// How many stops move at most.
const LONGEST: usize = 3;

/// A chain that starts or ends with the stop under scan, and the distance that taking it out saves.
#[derive(Debug, Clone, Copy)]
struct Movable {
    chain: Chain,
    forward: bool,
    gain: i64,
}

/// The chains of one stop, worked out once for all of its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Movables {
    chains: [Option<Movable>; 2 * LONGEST - 1],
    /// The most that taking any of them out saves.
    most: i64,
}

impl Movables {
    /// The chains of one to three stops that start or end with `u` and whose removal saves anything.
    pub(super) fn of<R: Resource>(tours: &Tours<'_, R>, u: u32) -> Self {
        let vehicle = tours.route(tours.node(u).route).vehicle;
        let mut chains = [None; 2 * LONGEST - 1];
        let mut most = 0;
        for (index, slot) in chains.iter_mut().enumerate() {
            let (more, forward) = (index.div_ceil(2), index % 2 == 0);
            let Some(chain) = Chain::from(tours, u, more, forward) else {
                continue;
            };
            let gone = tours.node(chain.first).arc_in + tours.node(chain.last).arc_out;
            let gain = gone - tours.distance(vehicle, chain.prev, chain.next);
            most = gain.max(most);
            *slot = (gain > 0).then_some(Movable {
                chain,
                forward,
                gain,
            });
        }
        Self { chains, most }
    }

    /// Moves a chain with `u` beside `v`, `apart` away, on another route, if that gains.
    pub(super) fn across<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        v: u32,
        apart: i64,
        succession: Succession,
    ) -> bool {
        self.each(
            tours,
            v,
            (apart, succession),
            |tours, movable, behind, reversed| move_across(tours, movable, v, behind, reversed),
        )
    }

    /// Moves a chain with `u` beside `v`, `apart` away, on the same route, if that gains.
    pub(super) fn within<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        v: u32,
        apart: i64,
        succession: Succession,
    ) -> bool {
        self.each(
            tours,
            v,
            (apart, succession),
            |tours, movable, behind, reversed| {
                !movable.chain.holds(tours, v) && move_within(tours, movable, v, behind, reversed)
            },
        )
    }

    /// Tries the ways in which each chain can come to lie beside `v` with `u` next to it, as far as the arc at `v` and
    /// the saving pay for the new arc.
    fn each<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        v: u32,
        (apart, succession): (i64, Succession),
        mut attempt: impl FnMut(&mut Tours<'_, R>, &Movable, bool, bool) -> bool,
    ) -> bool {
        let (arc_in, arc_out) = (tours.node(v).arc_in, tours.node(v).arc_out);
        let within = |arc: i64, gain: i64| apart - arc < gain;
        if !within(arc_in.max(arc_out), self.most) {
            return false;
        }
        let symmetric = tours.problem().shape().symmetric;
        for movable in self.chains.iter().flatten() {
            let Chain { first, last, .. } = movable.chain;
            let single = first == last;
            let turns = symmetric && may_turn(tours, first, last);
            for behind in [true, false] {
                // Behind `v` a chain that runs forward from `u` keeps its direction, one that ends with `u` turns.
                let reversed = !single && behind != movable.forward;
                let (may_join, arc) = if behind {
                    (succession.behind, arc_out)
                } else {
                    (succession.ahead, arc_in)
                };
                let pays = may_join && within(arc, movable.gain);
                if pays && (turns || !reversed) && attempt(tours, movable, behind, reversed) {
                    return true;
                }
            }
        }
        false
    }
}

/// The nodes between which a chain comes to lie.
fn gap<R: Resource>(tours: &Tours<'_, R>, v: u32, behind: bool) -> (u32, u32) {
    if behind {
        (v, tours.node(v).next)
    } else {
        (tours.node(v).prev, v)
    }
}

fn move_across<R: Resource>(
    tours: &mut Tours<'_, R>,
    movable: &Movable,
    v: u32,
    behind: bool,
    reversed: bool,
) -> bool {
    let chain = movable.chain;
    let (from, to) = (tours.node(chain.first).route, tours.node(v).route);
    let (prev, next) = gap(tours, v, behind);
    let vehicle = tours.route(to).vehicle;
    let (head, tail) = chain.ends(reversed);
    let arcs = tours.distance(vehicle, prev, head) + tours.distance(vehicle, tail, next)
        - tours.node(next).arc_in
        - movable.gain;
    // The route that gets the chain comes first: the other one hardly ever breaks a limit.
    tours.improve_two(
        arcs,
        (
            to,
            &[
                Piece::Before(prev),
                chain.piece(reversed),
                Piece::After(next),
            ],
        ),
        (from, &[Piece::Before(chain.prev), Piece::After(chain.next)]),
    )
}

fn move_within<R: Resource>(
    tours: &mut Tours<'_, R>,
    movable: &Movable,
    v: u32,
    behind: bool,
    reversed: bool,
) -> bool {
    let chain = movable.chain;
    let (prev, next) = gap(tours, v, behind);
    if prev == chain.last || next == chain.first {
        // The chain stays where it is; turning it around is left to 2-opt.
        return false;
    }
    let route = tours.node(v).route;
    let vehicle = tours.route(route).vehicle;
    let (head, tail) = chain.ends(reversed);
    let arcs = tours.distance(vehicle, prev, head) + tours.distance(vehicle, tail, next)
        - tours.node(next).arc_in
        - movable.gain;
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
