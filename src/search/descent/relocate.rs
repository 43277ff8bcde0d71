//! Relocate and Or-opt: one to three stops move beside a near stop, in either direction (Or 1976; Savelsbergh 1992).

use super::{Chain, Joins, arc, may_turn};
use crate::eval::{Node, Piece, Resource, Tours};

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

    /// Moves a chain with `u` beside `v`, on another route, if that gains.
    pub(super) fn across<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        v: u32,
        joins: &Joins,
    ) -> bool {
        self.each(tours, v, joins, move_across)
    }

    /// Moves a chain with `u` beside `v`, on the same route, if that gains.
    pub(super) fn within<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        v: u32,
        joins: &Joins,
    ) -> bool {
        self.each(tours, v, joins, move_within)
    }

    /// Tries the ways in which each chain can come to lie beside `v` with `u` next to it, as far as the arc at `v` and
    /// the saving pay for the new arcs.
    #[inline(always)]
    fn each<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        v: u32,
        joins: &Joins,
        attempt: impl Fn(&mut Tours<'_, R>, Chain, Gap, i64) -> bool,
    ) -> bool {
        let Joins {
            apart,
            succession,
            spare,
            ..
        } = *joins;
        let Node {
            prev,
            next,
            route,
            arc_in,
            arc_out,
            ..
        } = *tours.node(v);
        let within = |arc: i64, gain: i64| apart - arc < gain;
        if !within(arc_in.max(arc_out), self.most) {
            return false;
        }
        let symmetric = tours.problem().shape().symmetric;
        let vehicle = tours.route(route).vehicle;
        for movable in self.chains.iter().flatten() {
            let Chain { first, last, .. } = movable.chain;
            // The stop under scan, and the other end of its chain.
            let (u, other) = if movable.forward {
                (first, last)
            } else {
                (last, first)
            };
            let turns = symmetric && may_turn(tours, first, last);
            for behind in [true, false] {
                // Behind `v` a chain that runs forward from `u` keeps its direction, one that ends with `u` turns.
                let reversed = first != last && behind != movable.forward;
                let (may_join, gone) = if behind {
                    (succession.behind, arc_out)
                } else {
                    (succession.ahead, arc_in)
                };
                if !may_join || !within(gone, movable.gain) || (reversed && !turns) {
                    continue;
                }
                let joined = if behind {
                    arc(tours, vehicle, v, u, apart) + tours.distance(vehicle, other, next)
                } else {
                    tours.distance(vehicle, prev, other) + arc(tours, vehicle, u, v, apart)
                };
                let arcs = joined - gone - movable.gain;
                let (prev, next) = if behind { (v, next) } else { (prev, v) };
                let gap = Gap {
                    prev,
                    next,
                    reversed,
                };
                if spare.pays(arcs) && attempt(tours, movable.chain, gap, arcs) {
                    return true;
                }
            }
        }
        false
    }
}

/// The nodes between which a chain comes to lie, and whether it turns.
#[derive(Debug, Clone, Copy)]
struct Gap {
    prev: u32,
    next: u32,
    reversed: bool,
}

/// Moves a chain to another route if that gains; `arcs` is the change of distance.
fn move_across<R: Resource>(tours: &mut Tours<'_, R>, chain: Chain, gap: Gap, arcs: i64) -> bool {
    let (from, to) = (tours.node(chain.first).route, tours.node(gap.prev).route);
    // The route that gets the chain comes first: the other one hardly ever breaks a limit.
    tours.improve_two(
        arcs,
        (
            to,
            &[
                Piece::Before(gap.prev),
                chain.piece(gap.reversed),
                Piece::After(gap.next),
            ],
        ),
        (from, &[Piece::Before(chain.prev), Piece::After(chain.next)]),
    )
}

/// Moves a chain on its own route if that gains; `arcs` is the change of distance where the chain does not stay in place.
fn move_within<R: Resource>(tours: &mut Tours<'_, R>, chain: Chain, gap: Gap, arcs: i64) -> bool {
    let Gap { prev, next, .. } = gap;
    if chain.holds(tours, prev) || chain.holds(tours, next) {
        // Turning it around is left to 2-opt.
        return false;
    }
    let route = tours.node(prev).route;
    let moved = chain.piece(gap.reversed);
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
