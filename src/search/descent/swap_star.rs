//! SWAP*: two stops of two routes change routes, each to wherever it costs least there (Vidal 2022,
//! 10.1016/j.cor.2021.105643, section 4.2).

use crate::eval::{Piece, Resource, Tours};
use crate::travel::FAR;

/// Route pairs with more pairs of stops than this are passed over: the work grows with the product.
const MOST_PAIRS: usize = 2_500;

/// The three cheapest arcs of a route for a stop of another: what the detour costs, and the node before the arc.
#[derive(Debug, Clone, Copy)]
struct Places([(i64, u32); 3]);

/// One of the two routes: its stops, what taking each out saves, and where each would go in the other route.
#[derive(Debug, Default, Clone)]
struct Side {
    stops: Vec<u32>,
    saved: Vec<i64>,
    places: Vec<Places>,
}

/// Working memory, kept between calls.
#[derive(Debug, Default, Clone)]
pub(super) struct Memory {
    sides: [Side; 2],
}

/// The best exchange so far: stops and the nodes behind which they go.
#[derive(Debug, Clone, Copy)]
struct Choice {
    delta: i64,
    arcs: i64,
    stops: [u32; 2],
    behind: [u32; 2],
}

impl Side {
    fn fill<R: Resource>(&mut self, tours: &Tours<'_, R>, route: u32, other: u32) {
        let vehicle = tours.route(route).vehicle;
        self.stops.clear();
        self.stops.extend(tours.stops(route));
        self.saved.clear();
        self.places.clear();
        for stop in &self.stops {
            let node = tours.node(*stop);
            self.saved
                .push(node.arc_in + node.arc_out - tours.distance(vehicle, node.prev, node.next));
            self.places.push(Places::of(tours, *stop, other));
        }
    }
}

impl Places {
    /// O(stops of the route).
    fn of<R: Resource>(tours: &Tours<'_, R>, stop: u32, route: u32) -> Self {
        let vehicle = tours.route(route).vehicle;
        let mut best = [(i64::MAX, 0); 3];
        let mut prev = tours.start(route);
        let end = tours.end(route);
        let symmetric = tours.problem().shape().symmetric && !R::RULED;
        let mut from = tours.distance(vehicle, prev, stop);
        while prev != end {
            let node = tours.node(prev);
            let to = tours.distance(vehicle, stop, node.next);
            let cost = from + to - node.arc_out;
            if cost < best[2].0 {
                let at = if cost < best[0].0 {
                    best[2] = best[1];
                    best[1] = best[0];
                    0
                } else if cost < best[1].0 {
                    best[2] = best[1];
                    1
                } else {
                    2
                };
                best[at] = (cost, prev);
            }
            prev = node.next;
            from = if symmetric || prev == end {
                to
            } else {
                tours.distance(vehicle, prev, stop)
            };
        }
        Self(best)
    }

    /// The cheapest arc that does not touch `gone`, whose node before is `before`.
    #[inline]
    fn without(&self, gone: u32, before: u32) -> (i64, u32) {
        let free = self
            .0
            .iter()
            .find(|(_, prev)| *prev != gone && *prev != before);
        free.copied().unwrap_or((i64::MAX / 4, 0))
    }
}

/// Makes the best exchange between two routes, if one gains. O(product of their stops).
pub(super) fn exchange<R: Resource>(
    tours: &mut Tours<'_, R>,
    one: u32,
    two: u32,
    memory: &mut Memory,
) -> bool {
    let (a, b) = (tours.route(one), tours.route(two));
    if a.vehicle != b.vehicle
        || a.size == 0
        || b.size == 0
        || a.size as usize * b.size as usize > MOST_PAIRS
    {
        return false;
    }
    tours.freshen(one);
    tours.freshen(two);
    memory.sides[0].fill(tours, one, two);
    memory.sides[1].fill(tours, two, one);
    let Some(choice) = best(tours, (one, two), &memory.sides) else {
        return false;
    };
    apply(tours, (one, two), &choice)
}

fn best<R: Resource>(
    tours: &Tours<'_, R>,
    routes: (u32, u32),
    sides: &[Side; 2],
) -> Option<Choice> {
    let [first, second] = sides;
    let mut best: Option<Choice> = None;
    let mut least = 0;
    let unit = tours.distance_price(tours.route(routes.0).vehicle);
    for (i, u) in first.stops.iter().enumerate() {
        let out = first.saved[i];
        for (j, v) in second.stops.iter().enumerate() {
            let saved = second.saved[j];
            let charge = |arcs: [i64; 2]| tours.charge_of_swap(routes, [*u, *v], arcs);
            // Where distance is no part of charges, these are the same whatever it comes to.
            let apart = if R::MEASURED { 0 } else { charge([0; 2]) };
            let change = |into_one: i64, into_two: i64| {
                let arcs = [into_one - out, into_two - saved];
                if R::MEASURED {
                    charge(arcs)
                } else {
                    apart + (arcs[0] + arcs[1]) * unit
                }
            };
            if change(0, 0) >= least {
                continue;
            }
            let (into_two, behind_u) = place(tours, *u, &first.places[i], *v);
            if is_missing::<R>(into_two) || change(0, into_two) >= least {
                continue;
            }
            let (into_one, behind_v) = place(tours, *v, &second.places[j], *u);
            if is_missing::<R>(into_one) {
                continue;
            }
            let delta = change(into_one, into_two);
            if delta < least {
                least = delta;
                best = Some(Choice {
                    delta,
                    arcs: into_two + into_one - out - saved,
                    stops: [*u, *v],
                    behind: [behind_u, behind_v],
                });
            }
        }
    }
    best
}

/// Whether a detour has a missing leg; where the resource is not ruled they are rare, and found out later.
#[inline]
fn is_missing<R: Resource>(detour: i64) -> bool {
    R::RULED && detour >= FAR / 2
}

/// The cheapest place of `stop` in the route of `gone` once that is gone: in its stead, or elsewhere.
#[inline]
fn place<R: Resource>(tours: &Tours<'_, R>, stop: u32, places: &Places, gone: u32) -> (i64, u32) {
    let node = tours.node(gone);
    let vehicle = tours.route(node.route).vehicle;
    let elsewhere = places.without(gone, node.prev);
    let stead = tours.distance(vehicle, node.prev, stop) + tours.distance(vehicle, stop, node.next)
        - tours.distance(vehicle, node.prev, node.next);
    if stead < elsewhere.0 {
        (stead, node.prev)
    } else {
        elsewhere
    }
}

fn apply<R: Resource>(tours: &mut Tours<'_, R>, routes: (u32, u32), choice: &Choice) -> bool {
    let [u, v] = choice.stops;
    let mut one = [Piece::Node(0); 4];
    let mut two = [Piece::Node(0); 4];
    let one_len = pieces(tours, u, v, choice.behind[1], &mut one);
    let two_len = pieces(tours, v, u, choice.behind[0], &mut two);
    debug_assert!(choice.delta < 0);
    tours.improve_two(
        choice.arcs,
        (routes.0, &one[..one_len]),
        (routes.1, &two[..two_len]),
    )
}

/// The route of `gone` without it and with `new` behind another node.
fn pieces<R: Resource>(
    tours: &Tours<'_, R>,
    gone: u32,
    new: u32,
    behind: u32,
    into: &mut [Piece; 4],
) -> usize {
    let (prev, next) = (tours.node(gone).prev, tours.node(gone).next);
    if behind == prev {
        *into = [
            Piece::Before(prev),
            Piece::Node(new),
            Piece::After(next),
            Piece::Node(0),
        ];
        return 3;
    }
    let after = tours.node(behind).next;
    *into = if tours.node(behind).position > tours.node(gone).position {
        [
            Piece::Before(prev),
            Piece::Run(next, behind),
            Piece::Node(new),
            Piece::After(after),
        ]
    } else {
        [
            Piece::Before(behind),
            Piece::Node(new),
            Piece::Run(after, prev),
            Piece::After(next),
        ]
    };
    4
}
