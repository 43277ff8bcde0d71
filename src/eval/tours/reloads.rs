//! Calls at a depot on the way, between two trips of a route.
//!
//! A reload is a node like a stop. Those that are on no route are interchangeable: each is given its depot when it is
//! put on a route. In lists of stops that leave the tours, a reload is the number of its depot, which is a place below
//! those of all orders.

use super::{LOOSE, NONE, Piece, Tours};
use crate::eval::resource::Resource;
use crate::measure::{DepotId, OrderId, VehicleTypeId};
use crate::problem::Problem;
use crate::travel::FAR;

/// Reloads that are on no route.
#[derive(Debug, Default, Clone)]
pub(super) struct Idle {
    free: Vec<u32>,
    /// Put on a route, and taken off one, since a group of changes began.
    taken: Vec<u32>,
    given: Vec<u32>,
}

impl Idle {
    /// The first `count` nodes from `from` on.
    pub(super) fn new(from: usize, count: usize) -> Self {
        Self {
            free: (from as u32..(from + count) as u32).rev().collect(),
            ..Self::default()
        }
    }

    /// What was put on stays there, and what was taken off is idle for good.
    pub(super) fn commit(&mut self) {
        self.taken.clear();
        self.free.append(&mut self.given);
    }

    /// What was put on is idle again; visits it.
    pub(super) fn rollback(&mut self) -> &[u32] {
        self.given.clear();
        let from = self.free.len();
        self.free.append(&mut self.taken);
        &self.free[from..]
    }
}

/// How many reloads all routes together can have: each begins a trip of at least one order, and some are spare for
/// moments at which an old one was just taken off.
pub(super) fn most(problem: &Problem) -> usize {
    const SPARE: usize = 64;
    if problem.shape().reloads {
        problem.order_count() + SPARE
    } else {
        0
    }
}

/// Where reloads stand beside an order that is put on a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// It is the first stop of the trip that then begins.
    Before(u32),
    /// It is the last stop of the trip that then ends.
    After(u32),
}

impl<R: Resource> Tours<'_, R> {
    /// Whether any vehicle may reload.
    #[inline]
    pub fn has_reloads(&self) -> bool {
        self.stops > self.places
    }

    /// Whether a node is a reload.
    #[inline]
    pub fn is_reload(&self, node: u32) -> bool {
        self.places <= node && node < self.stops
    }

    /// The depots at which a vehicle type may reload.
    #[inline]
    pub fn reload_depots(&self, vehicle: u32) -> &[DepotId] {
        self.problem.fleet()[vehicle as usize].reload_depots()
    }

    /// Whether a reload may come behind this node: it is an order, or the start of a vehicle under way.
    #[inline]
    pub fn may_reload_behind(&self, node: u32) -> bool {
        self.is_order(node)
            || (!self.is_stop(node) && {
                let vehicle = self.routes[self.nodes[node as usize].route as usize].vehicle;
                self.may_reload_first(vehicle as usize)
            })
    }

    /// Whether routes of a vehicle type may begin with a reload.
    #[inline]
    fn may_reload_first(&self, vehicle: usize) -> bool {
        self.has_reloads() && self.problem.may_reload_first(VehicleTypeId::new(vehicle))
    }

    /// Whether a vehicle of this type has to reload before it brings what an order is for, whatever else it does.
    pub(super) fn reloads_first(&self, vehicle: usize, node: u32) -> bool {
        let order = OrderId::new((node - self.depots) as usize);
        self.may_reload_first(vehicle) && self.problem.is_at_depot(order)
    }

    /// What the cost changes by when a vehicle of this type leaves for a depot, where it reloads, and then for `node` alone,
    /// and the cheapest such depot; `None` where it cannot.
    pub(super) fn opening_by_depot(&self, node: u32, vehicle: usize) -> Option<(i64, u32)> {
        let depots = self.reload_depots(vehicle as u32).iter();
        let by = |depot: u32| {
            let arc = self.distance(vehicle as u32, depot, node);
            let chain = self.chain(vehicle, &[depot, node]);
            let cost = (arc < FAR).then(|| self.opening_of(&[depot, node], &chain, arc, vehicle));
            Some((cost??, depot))
        };
        depots.filter_map(|depot| by(depot.index() as u32)).min()
    }

    /// A vehicle of this type that stands idle leaves for an absent order, by the depot that holds its goods where it has to
    /// fetch them; whether there is one that can. The route is settled afterwards.
    pub fn send(&mut self, node: u32, vehicle: usize) -> bool {
        let depot = if self.reloads_first(vehicle, node) {
            match self.opening_by_depot(node, vehicle) {
                None => return false,
                Some((_, depot)) => Some(depot),
            }
        } else {
            None
        };
        let Some(route) = self.open(vehicle) else {
            return false;
        };
        self.insert(node, self.start(route));
        if let Some(depot) = depot {
            self.insert_reload(depot, self.start(route));
        }
        true
    }

    /// What a stop is called outside: itself, or for a reload the number of its depot.
    #[inline]
    pub fn named(&self, stop: u32) -> u32 {
        if self.is_reload(stop) {
            self.terminals[(stop - self.places) as usize]
        } else {
            stop
        }
    }

    /// What the cost changes by when `node`, absent, is put behind `prev` on a settled route with a reload beside it;
    /// anything from `below` on may be returned as `below`.
    pub fn trip_insertion(&self, node: u32, prev: u32, around: Around, below: i64) -> i64 {
        let route = &self.routes[self.nodes[prev as usize].route as usize];
        let vehicle = route.vehicle;
        let next = self.nodes[prev as usize].next;
        let (one, two) = match around {
            Around::Before(depot) => (depot, node),
            Around::After(depot) => (node, depot),
        };
        let arcs = self.distance(vehicle, prev, one)
            + self.distance(vehicle, one, two)
            + self.distance(vehicle, two, next)
            - self.nodes[prev as usize].arc_out;
        let paid = self.arc_cost(arcs);
        if arcs >= FAR / 2 || paid >= below + route.charge {
            return below;
        }
        let base = paid - route.charge;
        let vehicle_index = vehicle as usize;
        let front = self.joined(
            vehicle_index,
            &self.before[prev as usize],
            prev,
            one,
            &self.own[one as usize],
        );
        let front = self.joined(vehicle_index, &front, one, two, &self.own[two as usize]);
        if self.is_charged(&front, vehicle, below - base) {
            return below;
        }
        let whole = self.joined(vehicle_index, &front, two, next, &self.after[next as usize]);
        let mut charge = self.resource.charge(&whole, vehicle_index, &self.penalties);
        if R::WALKED && base + charge < below {
            let (one, two) = (Piece::Node(one), Piece::Node(two));
            let pieces = [Piece::Before(prev), one, two, Piece::After(next)];
            charge += self.walked_cost_of(vehicle, &whole, &pieces);
        }
        base + charge
    }

    /// Puts a reload at a depot behind `prev`; the route is settled afterwards. Nothing happens where all are on routes.
    pub fn insert_reload(&mut self, depot: u32, prev: u32) {
        let Some(reload) = self.idle_reload(depot) else {
            return;
        };
        let route = self.nodes[prev as usize].route;
        self.touch(route);
        self.put(reload, prev, route);
    }

    /// A reload that is on no route, at this depot from now on.
    pub(super) fn idle_reload(&mut self, depot: u32) -> Option<u32> {
        let reload = self.idle.free.pop()?;
        self.idle.taken.push(reload);
        self.terminals[(reload - self.places) as usize] = depot;
        self.own[reload as usize] = self.own[depot as usize];
        Some(reload)
    }

    /// Takes a reload off its route for good.
    pub(super) fn drop_reload(&mut self, reload: u32) {
        self.nodes[reload as usize] = LOOSE;
        self.idle.given.push(reload);
    }

    /// Takes those reloads off the routes changed since [`begin`](Tours::begin) that bring nothing, and those with a trip
    /// without orders before or behind them, whatever they bring: a plan has no such trips, but for the first of a vehicle
    /// under way. O(stops of these routes). All are settled afterwards.
    pub fn spare_reloads(&mut self) {
        self.settle();
        let mut index = 0;
        while let Some(route) = self.undo.routes().get(index).map(|saved| saved.route) {
            index += 1;
            let mut at = self.nodes[self.start(route) as usize].next;
            while self.is_stop(at) {
                let next = self.nodes[at as usize].next;
                let prev = self.nodes[at as usize].prev;
                let parts = self.is_order(next) && self.may_reload_behind(prev);
                if self.is_reload(at) && (!parts || self.removal(at) <= 0) {
                    self.remove(at);
                    self.settle();
                }
                at = next;
            }
        }
    }

    /// A list of stops without the reloads that have a trip without orders before or behind them, but for the first trip of a
    /// vehicle under way; of several in a row, the last is kept.
    pub(super) fn with_full_trips(&self, vehicle: usize, stops: &[u32]) -> Vec<u32> {
        let mut full: Vec<u32> = Vec::with_capacity(stops.len());
        let is_depot = |stop: Option<&u32>| stop.is_none_or(|stop| *stop < self.depots);
        for stop in stops {
            if *stop < self.depots && is_depot(full.last()) {
                full.pop();
            }
            if *stop < self.depots && full.is_empty() && !self.may_reload_first(vehicle) {
                continue;
            }
            full.push(*stop);
        }
        if is_depot(full.last()) {
            full.pop();
        }
        full
    }

    /// Whether a vehicle of this type may reload wherever these stops say.
    pub(super) fn may_reload(&self, vehicle: u32, stops: impl Iterator<Item = u32>) -> bool {
        let depots = self.reload_depots(vehicle);
        let mut reloads = stops.filter(|stop| self.is_reload(*stop));
        reloads.all(|stop| {
            let depot = self.terminals[(stop - self.places) as usize];
            depots.iter().any(|allowed| allowed.index() as u32 == depot)
        })
    }

    /// Forgets the reloads put on routes since [`begin`](Tours::begin).
    pub(super) fn recall_reloads(&mut self) {
        let nodes = &mut self.nodes;
        for reload in self.idle.rollback() {
            nodes[*reload as usize].route = NONE;
        }
    }
}
