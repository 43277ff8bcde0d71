//! 2-opt*: two routes exchange their tails (Potvin and Rousseau 1995, 10.1057/jors.1995.204), also turned around.

use super::{Joins, arc, may_turn};
use crate::eval::{Piece, Resource, Tours};

/// Exchanges tails so that `u` and `v` become neighbours, if that gains.
pub(super) fn exchange<R: Resource>(
    tours: &mut Tours<'_, R>,
    u: u32,
    v: u32,
    joins: &Joins,
) -> bool {
    let Joins {
        apart,
        succession,
        spare,
        ..
    } = *joins;
    let (one, two) = (*tours.node(u), *tours.node(v));
    let vehicle = tours.route(one.route).vehicle;
    if tours.route(two.route).vehicle != vehicle {
        return (joins.to_next && succession.ahead && between_types(tours, u, v, joins))
            || (joins.to_prev && succession.behind && between_types(tours, v, u, joins));
    }
    let turns = tours.problem().shape().symmetric && joins.round;
    if joins.to_next && succession.ahead {
        let joined = arc(tours, vehicle, u, v, apart) - one.arc_out;
        // Where neither is an order the second route is left without stops, and this is the leg of an idle vehicle.
        let arcs = joined + tours.distance(vehicle, two.prev, one.next) - two.arc_in;
        if spare.pays(arcs) && straight(tours, u, v, arcs) {
            return true;
        }
        if turns {
            let arcs = joined + tours.distance(vehicle, one.next, two.next) - two.arc_out;
            if spare.pays(arcs) && heads_meet(tours, u, v, arcs) {
                return true;
            }
        }
    }
    if joins.to_prev && succession.behind {
        let joined = arc(tours, vehicle, v, u, apart) - one.arc_in;
        let arcs = joined + tours.distance(vehicle, one.prev, two.next) - two.arc_out;
        if spare.pays(arcs) && straight(tours, v, u, arcs) {
            return true;
        }
    }
    if joins.to_prev && turns && succession.ahead {
        let joined = arc(tours, vehicle, u, v, apart) - one.arc_in;
        let arcs = joined + tours.distance(vehicle, one.prev, two.prev) - two.arc_in;
        if spare.pays(arcs) && tails_meet(tours, u, v, arcs) {
            return true;
        }
    }
    false
}

/// The piece from `node`, which may be the end of its route, to the end of route `to`.
fn tail<R: Resource>(tours: &Tours<'_, R>, node: u32, to: u32) -> [Piece; 2] {
    let route = tours.node(node).route;
    let end = Piece::Node(tours.end(to));
    if tours.is_stop(node) {
        [Piece::Run(node, tours.node(tours.end(route)).prev), end]
    } else {
        [end, end]
    }
}

/// `… u v …` and `… before v, after u …`, where segments at the ends of both routes fit the other one too; `arcs` is the
/// change of distance.
fn straight<R: Resource>(tours: &mut Tours<'_, R>, u: u32, v: u32, arcs: i64) -> bool {
    let (first, second) = (tours.node(u).route, tours.node(v).route);
    let (behind, ahead) = (tours.node(u).next, tours.node(v).prev);
    tours.improve_two(
        arcs,
        (first, &[Piece::Before(u), Piece::After(v)]),
        (second, &[Piece::Before(ahead), Piece::After(behind)]),
    )
}

/// The same for vehicles of two types.
fn between_types<R: Resource>(tours: &mut Tours<'_, R>, u: u32, v: u32, joins: &Joins) -> bool {
    let (first, second) = (tours.node(u).route, tours.node(v).route);
    let (behind, ahead) = (tours.node(u).next, tours.node(v).prev);
    let (one, two) = (tours.route(first).vehicle, tours.route(second).vehicle);
    let gone = tours.node(u).arc_out + tours.node(v).arc_in;
    let (to_second, to_first) = (tail(tours, behind, second), tail(tours, v, first));
    let last = |node: u32| tours.node(tours.end(tours.node(node).route)).prev;
    // Arcs of uniform fleets only: the ends of the tails change depots too. Others go by charge alone.
    let mut arcs = arc(tours, one, u, v, joins.apart) - gone - tours.node(tours.end(second)).arc_in
        + tours.distance(one, last(v), tours.end(first));
    arcs += if tours.is_stop(behind) {
        tours.distance(two, ahead, behind) + tours.distance(two, last(behind), tours.end(second))
            - tours.node(tours.end(first)).arc_in
    } else {
        tours.distance(two, ahead, tours.end(second))
    };
    let first_pieces = [Piece::Before(u), to_first[0], to_first[1]];
    let second_pieces = [Piece::Before(ahead), to_second[0], to_second[1]];
    let shorter = usize::from(!tours.is_stop(behind));
    joins.spare.pays(arcs)
        && tours.improve_two(
            arcs,
            (first, &first_pieces),
            (second, &second_pieces[..3 - shorter]),
        )
}

/// `start … u v … start` with the head of `v` turned around, and the two tails likewise.
fn heads_meet<R: Resource>(tours: &mut Tours<'_, R>, u: u32, v: u32, arcs: i64) -> bool {
    let (first, second) = (tours.node(u).route, tours.node(v).route);
    let (behind, ahead) = (tours.node(u).next, tours.node(v).next);
    let head_v = tours.node(tours.start(second)).next;
    if R::RULED && !(may_turn(tours, head_v, v) && may_turn(tours, behind, tail_of(tours, first))) {
        return false;
    }
    let one = [
        Piece::Before(u),
        Piece::Reversed(head_v, v),
        Piece::Node(tours.end(first)),
    ];
    let start = Piece::Node(tours.start(second));
    if tours.is_stop(behind) {
        let last = tail_of(tours, first);
        let two = [start, Piece::Reversed(behind, last), Piece::After(ahead)];
        tours.improve_two(arcs, (first, &one), (second, &two))
    } else {
        tours.improve_two(arcs, (first, &one), (second, &[start, Piece::After(ahead)]))
    }
}

/// The tails of `u` and `v` joined, one turned around, and the two heads likewise.
fn tails_meet<R: Resource>(tours: &mut Tours<'_, R>, u: u32, v: u32, arcs: i64) -> bool {
    let (first, second) = (tours.node(u).route, tours.node(v).route);
    let (before_u, before_v) = (tours.node(u).prev, tours.node(v).prev);
    let last = tail_of(tours, first);
    let head = tours.node(tours.start(second)).next;
    if R::RULED && !(may_turn(tours, u, last) && may_turn(tours, before_v, head)) {
        return false;
    }
    let two = [
        Piece::Node(tours.start(second)),
        Piece::Reversed(u, last),
        Piece::After(v),
    ];
    if tours.is_stop(before_v) {
        let one = [
            Piece::Before(before_u),
            Piece::Reversed(head, before_v),
            Piece::Node(tours.end(first)),
        ];
        tours.improve_two(arcs, (first, &one), (second, &two))
    } else {
        tours.improve_two(
            arcs,
            (
                first,
                &[Piece::Before(before_u), Piece::Node(tours.end(first))],
            ),
            (second, &two),
        )
    }
}

/// The node before the end of a route.
fn tail_of<R: Resource>(tours: &Tours<'_, R>, route: u32) -> u32 {
    tours.node(tours.end(route)).prev
}
