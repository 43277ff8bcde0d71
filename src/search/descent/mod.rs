//! Descent: small moves beside the touched stops until none of them gains.
//!
//! Every move joins a stop `u` to a near stop `v`. Moves are first tested by their change of distance alone, in O(1);
//! the few that could gain become proposals of [`Piece`]s, whose charges are joined from segments. Neighbours are in
//! order of distance, and a move that gains must remove an arc at `u` that is longer than the one it adds there, or the
//! same at `v`, so the scan of a stop ends at the first neighbour that is further than both of its own arcs.

mod relocate;
mod swap;
mod swap_star;
mod tails;
mod two_opt;

use crate::eval::{NONE, Piece, Resource, Spare, Tours};
use crate::search::{Neighbours, Succession};

/// Between how many of the touched routes SWAP* is tried.
const PAIRED: usize = 4;

/// How far descent goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Descent {
    /// How many neighbours of a stop are looked at.
    pub near: usize,
    /// The most stops that one descent scans.
    pub most: usize,
}

impl Default for Descent {
    fn default() -> Self {
        Self { near: 12, most: 64 }
    }
}

/// The stops still to be scanned; memory is kept between descents.
#[derive(Debug, Default, Clone)]
pub(super) struct Queue {
    waiting: Vec<u32>,
    queued: Vec<bool>,
    memory: swap_star::Memory,
}

impl Queue {
    fn push(&mut self, node: u32) {
        let index = node as usize;
        if self.queued.len() <= index {
            self.queued.resize(index + 1, false);
        }
        if !self.queued[index] {
            self.queued[index] = true;
            self.waiting.push(node);
        }
    }

    fn pop(&mut self) -> Option<u32> {
        let node = self.waiting.pop()?;
        self.queued[node as usize] = false;
        Some(node)
    }

    fn clear(&mut self) {
        while self.pop().is_some() {}
    }
}

impl Descent {
    /// Improves the routes beside the stops that have other neighbours than at [`Tours::begin`], on request with SWAP*
    /// too; the cost never rises.
    pub(super) fn apply<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        queue: &mut Queue,
        exchanges: bool,
    ) {
        tours.visit_moved(|node| queue.push(node));
        tours.drain_touched(|_| ());
        let mut left = self.most;
        self.drain(tours, neighbours, queue, &mut left);
        if exchanges && !R::COLUMNS {
            self.exchange(tours, neighbours, queue, &mut left);
        }
    }

    /// Tries SWAP* between the routes that were touched first, and descends from each exchange that gains.
    fn exchange<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        queue: &mut Queue,
        left: &mut usize,
    ) {
        let (routes, count) = tours.first_touched::<PAIRED>();
        let mut memory = std::mem::take(&mut queue.memory);
        for (index, one) in routes[..count].iter().enumerate() {
            for two in &routes[..index] {
                if swap_star::exchange(tours, *one, *two, &mut memory) {
                    tours.drain_touched(|node| queue.push(node));
                    self.drain(tours, neighbours, queue, left);
                }
            }
        }
        queue.memory = memory;
    }

    /// Scans waiting stops until none is left, or the most that one descent scans.
    fn drain<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        queue: &mut Queue,
        left: &mut usize,
    ) {
        while let Some(node) = queue.pop() {
            if tours.node(node).route == NONE {
                continue;
            }
            if *left == 0 {
                queue.clear();
                break;
            }
            *left -= 1;
            if self.improve(tours, neighbours, node) {
                tours.drain_touched(|node| queue.push(node));
            }
        }
    }

    /// Applies the first move that joins `u` to a neighbour and gains.
    fn improve<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        u: u32,
    ) -> bool {
        let near = neighbours.of(u);
        tours.freshen(tours.node(u).route);
        let first = *tours.node(u);
        let farthest = first.arc_in.max(first.arc_out);
        let movables = relocate::Movables::of(tours, u);
        let round = is_round(tours, first.route);
        let successions = neighbours.successions_for::<R>(u);
        for (index, (v, apart)) in near[..near.len().min(self.near)].iter().enumerate() {
            let succession = Succession::of_entry(successions, index);
            if succession.is_barred() {
                continue;
            }
            let apart = i64::from(*apart);
            if apart >= farthest {
                if neighbours.is_sorted() {
                    return false;
                }
                continue;
            }
            let route = tours.node(*v).route;
            if route == NONE {
                continue;
            }
            tours.freshen(route);
            let joins = Joins {
                apart,
                to_prev: apart < first.arc_in,
                to_next: apart < first.arc_out,
                succession,
                round,
                spare: tours.spare(first.route, route),
            };
            let gained = if first.route == route {
                Self::improve_within(tours, &movables, (u, *v), &joins)
            } else {
                Self::improve_across(tours, &movables, (u, *v), &joins)
            };
            if gained {
                return true;
            }
        }
        false
    }

    /// Moves that join two stops of one route.
    fn improve_within<R: Resource>(
        tours: &mut Tours<'_, R>,
        movables: &relocate::Movables,
        (u, v): (u32, u32),
        joins: &Joins,
    ) -> bool {
        movables.within(tours, v, joins)
            || (tours.problem().shape().symmetric && two_opt::reverse(tours, u, v, joins))
            || swap::exchange(tours, u, v, joins)
    }

    /// Moves that join stops of two routes.
    fn improve_across<R: Resource>(
        tours: &mut Tours<'_, R>,
        movables: &relocate::Movables,
        (u, v): (u32, u32),
        joins: &Joins,
    ) -> bool {
        let route = tours.node(v).route;
        let fits = tours.may_fit(u, route);
        // Whether the vehicle of a move may carry the rest of what it gets is asked once the move gains.
        let rides = tours.may_carry(tours.route(route).vehicle, u);
        tails::exchange(tours, u, v, joins)
            || (fits && rides && movables.across(tours, v, joins))
            || (rides && swap::exchange(tours, u, v, joins))
    }
}

/// What moves have to keep to that join the stop under scan to a near one.
#[derive(Debug, Clone, Copy)]
struct Joins {
    /// How far the two are from each other by the list of the scan.
    apart: i64,
    /// On which sides of the stop under scan the new arc is shorter than the one it replaces. A move that gains has such a side
    /// at one of its stops (the positive gain criterion of Lin and Kernighan 1973).
    to_prev: bool,
    to_next: bool,
    /// In which order the two may follow each other: a move that joins them in another one breaks a window.
    succession: Succession,
    /// Whether the route of the stop under scan starts and ends at one depot, so that it may be driven either way.
    round: bool,
    /// What a move may save beside distance.
    spare: Spare,
}

/// Whether a route starts and ends at one depot.
fn is_round<R: Resource>(tours: &Tours<'_, R>, route: u32) -> bool {
    let fleet = &tours.problem().fleet()[tours.route(route).vehicle as usize];
    fleet.end == Some(fleet.start)
}

/// Whether a run of a route that begins and ends with these may be driven the other way; `from` may be no stop at all.
#[inline(always)]
fn may_turn<R: Resource>(tours: &Tours<'_, R>, from: u32, to: u32) -> bool {
    // Where there are no rules, not even the route is looked up: this is asked for each chain of each neighbour.
    !R::RULED || !tours.is_stop(from) || tours.may_turn_run(from, to)
}

/// The distance from one stop to another that is `apart` away by the list of a scan.
#[inline(always)]
fn arc<R: Resource>(tours: &Tours<'_, R>, vehicle: u32, from: u32, to: u32, apart: i64) -> i64 {
    if tours.travels_as_listed() {
        apart
    } else {
        tours.distance(vehicle, from, to)
    }
}

/// A stop and the run of stops that moves with it.
#[derive(Debug, Clone, Copy)]
struct Chain {
    first: u32,
    last: u32,
    /// The node before `first` and the node after `last`.
    prev: u32,
    next: u32,
}

impl Chain {
    /// The chain from `node` over `more` further stops, forward or back; `None` where the route ends before.
    fn from<R: Resource>(
        tours: &Tours<'_, R>,
        node: u32,
        more: usize,
        forward: bool,
    ) -> Option<Self> {
        let mut other = node;
        for _ in 0..more {
            other = if forward {
                tours.node(other).next
            } else {
                tours.node(other).prev
            };
            if !tours.is_stop(other) {
                return None;
            }
        }
        let (first, last) = if forward {
            (node, other)
        } else {
            (other, node)
        };
        Some(Self {
            first,
            last,
            prev: tours.node(first).prev,
            next: tours.node(last).next,
        })
    }

    /// Whether a settled stop of the same route lies inside.
    fn holds<R: Resource>(&self, tours: &Tours<'_, R>, node: u32) -> bool {
        let at = tours.node(node).position;
        tours.node(self.first).position <= at && at <= tours.node(self.last).position
    }

    fn piece(&self, reversed: bool) -> Piece {
        if self.first == self.last {
            Piece::Node(self.first)
        } else if reversed {
            Piece::Reversed(self.first, self.last)
        } else {
            Piece::Run(self.first, self.last)
        }
    }
}
