//! The routes that a search works on.

mod absence;
mod arcs;
mod chain;
mod change;
mod evaluation;
mod excess;
mod fielding;
mod groups;
mod pairing;
mod rearrangement;
mod reloads;
mod riders;
mod rules;
mod walking;

pub use arcs::Arcs;
pub use evaluation::Spare;
pub use pairing::PairPlace;
pub use reloads::Around;

use crate::eval::outlets::Outlets;
use crate::eval::penalties::{KINDS, MOST, Penalties};
use crate::eval::prices::Prices;
use crate::eval::resource::{LegCost, Resource};
use crate::eval::undo::Undo;
use crate::measure::{Cost, DepotId, OrderId, ProfileId, VehicleTypeId};
use crate::problem::{FleetType, Problem};
use crate::travel::{FAR, Legs, Plane};
use rules::Rules;
use std::sync::Mutex;
use walking::Walk;

/// No node, and no route.
pub const NONE: u32 = u32::MAX;

/// A stop, or the start or end of a route, in its doubly linked route.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// The node before, or [`NONE`].
    pub prev: u32,
    /// The node after, or [`NONE`].
    pub next: u32,
    /// The route it is on, or [`NONE`] where the order is absent, or another one of its group is on a route.
    pub route: u32,
    /// Its position on a settled route (the start is 0), or its slot in the list of absent orders.
    pub position: u32,
    /// The distance from the node before.
    pub arc_in: i64,
    /// The distance to the node after.
    pub arc_out: i64,
}

/// What a change of distance costs at this price. One that adds or takes away a missing leg costs or saves more than
/// anything else, whatever the price.
#[inline]
fn paid_for(arcs: i64, price: i64) -> i64 {
    if arcs.abs() < FAR / 2 {
        arcs * price
    } else {
        MOST * arcs.signum()
    }
}

/// A run of stops as it stands on its route, and whether it is to be driven the other way.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: u32,
    last: u32,
    turned: bool,
}

const LOOSE: Node = Node {
    prev: NONE,
    next: NONE,
    route: NONE,
    position: 0,
    arc_in: 0,
    arc_out: 0,
};

/// What is known of a whole route.
#[derive(Debug, Clone, Copy)]
pub struct Route<S> {
    /// Its vehicle type.
    pub vehicle: u32,
    /// How many stops it has.
    pub size: u32,
    /// Its distance.
    pub distance: i64,
    /// All of it as one segment.
    pub whole: S,
    /// What [`Resource::charge`] says of it, and a walk of it where one is needed.
    pub charge: i64,
    /// What it costs in all; nothing where it has no stops.
    pub cost: i64,
    /// Whether positions and columns are out of date; where there are columns, costs too.
    pub stale: bool,
    /// While stale: the last node up to which, and the first from which on, columns still hold.
    kept: [u32; 2],
    /// What kinds of limits it exceeds, in the order of [`Excess::kinds`](crate::eval::Excess::kinds).
    over: [bool; KINDS],
    /// Whether it stands in the list of vacant routes.
    vacant: bool,
    /// Whether it changed since [`Tours::drain_changed`].
    changed: bool,
}

/// A part of a proposed route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// From the start of its route to this node.
    Before(u32),
    /// From this node to the end of its route.
    After(u32),
    /// One node.
    Node(u32),
    /// From the first node along its route to the last.
    Run(u32, u32),
    /// From the last node back along its route to the first.
    Reversed(u32, u32),
}

/// The working state of a search: routes as linked lists, with the segments before and after each stop, the absent
/// orders, and the cost of it all kept up to date.
///
/// Orders are nodes `depots..depots + orders`, the same numbers as their places; the start and end of route `r` are
/// `stops + 2r` and `stops + 2r + 1`, with reloads between orders and those. Changes between [`begin`](Tours::begin) and [`commit`](Tours::commit) can be
/// taken back by [`rollback`](Tours::rollback), at the cost of the routes touched; without columns, of the changes.
pub struct Tours<'p, R: Resource> {
    problem: &'p Problem,
    legs: Vec<&'p Legs>,
    /// Where all vehicles travel the same straight lines, and none is barred: a point for each node, so that no place has to
    /// be looked up for a distance.
    straight: Option<Plane>,
    /// By vehicle type: its travel profile.
    profiles: Vec<u32>,
    resource: R,
    rules: Rules,
    prices: Prices,
    /// By vehicle type: its fixed cost, and what the leg between its ends costs, which is no route's once it has no stops.
    unused: Vec<i64>,
    /// Where carriers charge for coming; elsewhere each absent order has its own price.
    outlets: Option<Box<Outlets>>,
    penalties: Penalties,
    /// Price of distance where the resource leaves it to the tours.
    unit: i64,
    places: u32,
    /// One past the last node that may be a stop: orders, then reloads.
    stops: u32,
    depots: u32,
    nodes: Vec<Node>,
    /// Places of route starts and ends; [`NONE`] for an open end.
    terminals: Vec<u32>,
    own: Vec<R::Segment>,
    before: Vec<R::Segment>,
    /// Only where there are columns: elsewhere it is the whole route without what is before.
    after: Vec<R::Segment>,
    routes: Vec<Route<R::Segment>>,
    vacant: Vec<Vec<u32>>,
    used: Vec<u32>,
    absent: Vec<u32>,
    cost: i64,
    /// How many routes exceed a limit, by kind.
    over: [u32; KINDS],
    stale: Vec<u32>,
    changed: Vec<u32>,
    /// Where there are columns, of each route touched all nodes are saved, start and end included; where there are none, those
    /// that changed.
    undo: Undo<R::Segment>,
    scratch: Vec<u32>,
    /// The runs of proposed routes, one route after the other.
    runs: Vec<Run>,
    idle: reloads::Idle,
    /// Pickups whose drop-offs are still to come, while a proposal is looked at.
    open: Vec<u32>,
    /// Memory for walks; only where routes are walked.
    walk: Mutex<Walk>,
    /// Stops whose arcs changed.
    touched: Vec<u32>,
}

impl<'p, R: Resource> Tours<'p, R> {
    /// All orders absent, all vehicles at their depots.
    pub fn new(problem: &'p Problem) -> Self {
        Self::sparing(problem, Cost::ZERO)
    }

    /// The same where any vehicle counts for `extra` on top of what it costs.
    pub fn sparing(problem: &'p Problem, extra: Cost) -> Self {
        let resource = R::new(problem);
        let prices = Prices::sparing(problem, extra);
        let (depots, places) = (problem.depot_count(), problem.place_count());
        let stops = places + reloads::most(problem);
        let mut own = vec![R::Segment::default(); stops];
        for (depot, own) in own.iter_mut().enumerate().take(depots) {
            let depot = DepotId::new(depot);
            *own = resource.reload(problem.depot_window(depot), problem.loading(depot).get());
        }
        for order in 0..problem.order_count() {
            own[depots + order] = resource.visit(problem, order);
        }
        let mut nodes = vec![LOOSE; stops];
        let absent: Vec<u32> = problem
            .orders()
            .map(|order| (depots + order.index()) as u32)
            .collect();
        for (slot, node) in absent.iter().enumerate() {
            nodes[*node as usize].position = slot as u32;
        }
        let fleet = problem.fleet();
        let between_ends = |vehicle: &FleetType| {
            let legs = problem.legs(vehicle.profile);
            (vehicle.end).map_or(0, |end| legs.distance(vehicle.start.index(), end.index()))
        };
        let unused = fleet.iter().enumerate().map(|(index, vehicle)| {
            prices.fixed[index] + paid_for(between_ends(vehicle), prices.distance[index])
        });
        let unused = unused.collect();
        let mut outlets = Outlets::new(problem, &prices).map(Box::new);
        // What a group costs is paid once.
        let leads = || problem.leads().map(OrderId::index);
        let cost = match &mut outlets {
            None => leads().map(|order| prices.absent[order]).sum(),
            Some(outlets) => {
                leads().for_each(|order| outlets.change(order, true));
                outlets.cost()
            }
        };
        let mut undo = Undo::default();
        undo.grow(0, stops);
        let alike = R::ALIKE && !R::RULED && stops == places;
        let profiles = (0..problem.profile_count()).map(ProfileId::new);
        let legs: Vec<&Legs> = profiles.map(|profile| problem.legs(profile)).collect();
        let straight = legs.first().filter(|_| alike);
        let straight = straight.and_then(|legs| legs.straight()).cloned();
        Self {
            problem,
            legs,
            straight,
            profiles: fleet.iter().map(|t| t.profile.index() as u32).collect(),
            unit: prices.distance.first().copied().unwrap_or(0),
            cost,
            resource,
            rules: Rules::new::<R>(problem),
            unused,
            penalties: Penalties::above(prices.mandatory),
            prices,
            outlets,
            places: places as u32,
            stops: stops as u32,
            idle: reloads::Idle::new(places, stops - places),
            depots: depots as u32,
            nodes,
            terminals: vec![NONE; stops - places],
            before: own.clone(),
            after: if R::COLUMNS { own.clone() } else { Vec::new() },
            own,
            routes: Vec::new(),
            vacant: vec![Vec::new(); fleet.len()],
            used: vec![0; fleet.len()],
            absent,
            over: [0; KINDS],
            stale: Vec::new(),
            changed: Vec::new(),
            undo,
            scratch: Vec::new(),
            runs: Vec::new(),
            open: Vec::new(),
            walk: Mutex::default(),
            touched: Vec::new(),
        }
    }

    /// The problem.
    pub fn problem(&self) -> &'p Problem {
        self.problem
    }

    /// The resource.
    pub fn resource(&self) -> &R {
        &self.resource
    }

    /// The prices.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// The cost of everything, in [`Prices::step`]s.
    #[inline]
    pub fn cost(&self) -> i64 {
        self.cost
    }

    /// The first node that is an order.
    #[inline]
    pub fn first_order(&self) -> u32 {
        self.depots
    }

    /// One past the last node that is an order.
    #[inline]
    pub fn orders_end(&self) -> u32 {
        self.places
    }

    /// Whether a node is an order.
    #[inline]
    pub fn is_order(&self, node: u32) -> bool {
        node < self.places
    }

    /// Whether a node is a stop, an order or a reload, not a start or end.
    #[inline]
    pub fn is_stop(&self, node: u32) -> bool {
        node < self.stops
    }

    /// A node.
    #[inline]
    pub fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    /// A route.
    #[inline]
    pub fn route(&self, route: u32) -> &Route<R::Segment> {
        &self.routes[route as usize]
    }

    /// How many routes there are, empty ones included.
    pub fn route_count(&self) -> usize {
        self.routes.len()
    }

    /// Where a route starts.
    #[inline]
    pub fn start(&self, route: u32) -> u32 {
        self.stops + 2 * route
    }

    /// Where a route ends.
    #[inline]
    pub fn end(&self, route: u32) -> u32 {
        self.stops + 2 * route + 1
    }

    /// Whether no route has a missing leg; while one has, changes of cost are bounds, not exact.
    pub fn is_driveable(&self) -> bool {
        self.cost < MOST / 2
    }

    /// The orders that are on no route, nor any other one of their [group](Tours::has_groups).
    pub fn absent(&self) -> &[u32] {
        &self.absent
    }

    /// The segment of one stop.
    #[inline]
    pub fn own(&self, node: u32) -> &R::Segment {
        &self.own[node as usize]
    }

    /// Whether one more vehicle of a type can be used.
    #[inline]
    pub fn has_vehicle(&self, vehicle: usize) -> bool {
        (self.used[vehicle] as usize) < self.problem.fleet()[vehicle].count
    }

    /// How many vehicles of a type have stops.
    pub fn used(&self, vehicle: usize) -> usize {
        self.used[vehicle] as usize
    }

    /// The price of distance for a vehicle type.
    #[inline]
    pub fn distance_price(&self, vehicle: u32) -> i64 {
        if R::UNIFORM {
            self.unit
        } else {
            self.prices.distance[vehicle as usize]
        }
    }

    #[inline(always)]
    fn place(&self, node: u32) -> u32 {
        if node < self.places {
            node
        } else {
            self.terminals[(node - self.places) as usize]
        }
    }

    /// What a distance costs outside of the charge: nothing where the resource counts it.
    #[inline]
    fn arc_cost(&self, arcs: i64) -> i64 {
        if R::UNIFORM {
            paid_for(arcs, self.unit)
        } else {
            0
        }
    }

    /// Whether any vehicle goes between two orders as far as lists of neighbours say, in either direction.
    #[inline(always)]
    pub fn travels_as_listed(&self) -> bool {
        R::ALIKE && !R::RULED && self.problem.shape().symmetric
    }

    /// The legs that a vehicle type travels.
    #[inline]
    pub fn legs_of(&self, vehicle: u32) -> &'p Legs {
        if R::ALIKE {
            self.legs[0]
        } else {
            self.legs[self.profiles[vehicle as usize] as usize]
        }
    }

    /// The distance between two nodes for a vehicle type; beyond every real distance where there is no leg, or it may
    /// not go from the one to the other.
    #[inline(always)]
    pub fn distance(&self, vehicle: u32, from: u32, to: u32) -> i64 {
        if R::ALIKE
            && !R::RULED
            && let Some(plane) = &self.straight
        {
            return plane.distance(from as usize, to as usize);
        }
        let (from, to) = (self.place(from), self.place(to));
        if to == NONE || from == NONE {
            0
        } else {
            let leg = self.legs_of(vehicle).distance(from as usize, to as usize);
            self.ruled(vehicle, from, to, leg)
        }
    }

    /// Distance and duration between two nodes, as far as the resource asks for them.
    #[inline(always)]
    fn leg(&self, vehicle: u32, from: u32, to: u32) -> LegCost {
        if R::MEASURED {
            return LegCost {
                distance: self.distance(vehicle, from, to),
                duration: 0,
            };
        }
        if !R::COLUMNS {
            return LegCost::default();
        }
        let (from, to) = (self.place(from), self.place(to));
        if to == NONE || from == NONE {
            return LegCost::default();
        }
        let legs = self.legs_of(vehicle);
        LegCost {
            distance: if R::UNIFORM {
                0
            } else {
                self.ruled(vehicle, from, to, legs.distance(from as usize, to as usize))
            },
            duration: legs.duration(from as usize, to as usize),
        }
    }

    /// The same where the distance is known.
    #[inline(always)]
    fn leg_of(&self, vehicle: u32, from: u32, to: u32, distance: i64) -> LegCost {
        if R::MEASURED {
            return LegCost {
                distance,
                duration: 0,
            };
        }
        if !R::COLUMNS {
            return LegCost::default();
        }
        if R::RULED {
            // A distance may say that the leg is not allowed, and nothing of how long it takes.
            return self.leg(vehicle, from, to);
        }
        let (from, to) = (self.place(from), self.place(to));
        if to == NONE || from == NONE {
            return LegCost::default();
        }
        let legs = self.legs_of(vehicle);
        LegCost {
            distance: if R::UNIFORM { 0 } else { distance },
            duration: legs.duration_of(from as usize, to as usize, distance),
        }
    }

    /// The stops of a route, in order, as lists outside name them: reloads by their depots.
    pub fn itinerary(&self, route: u32) -> impl Iterator<Item = u32> + '_ {
        self.stops(route).map(|stop| self.named(stop))
    }

    /// The stops of a route, in order.
    pub fn stops(&self, route: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        let first = self.nodes[self.start(route) as usize].next;
        std::iter::successors(Some(first), |at| Some(self.nodes[*at as usize].next))
            .take_while(|at| self.is_stop(*at))
    }

    /// The routes that changed since the last call, each once.
    pub fn drain_changed(&mut self, mut visit: impl FnMut(&Self, u32)) {
        let changed = std::mem::take(&mut self.changed);
        for route in &changed {
            self.routes[*route as usize].changed = false;
            visit(self, *route);
        }
        self.changed = changed;
        self.changed.clear();
    }

    /// The vehicle type of a route.
    pub fn vehicle_type(&self, route: u32) -> VehicleTypeId {
        VehicleTypeId::new(self.routes[route as usize].vehicle as usize)
    }

    /// The cost of everything, computed anew from the linked lists alone. O(n); for tests and debug builds.
    pub fn recomputed_cost(&self) -> i64 {
        let mut cost = self.recomputed_absence();
        for route in 0..self.routes.len() as u32 {
            let entry = &self.routes[route as usize];
            let mut at = self.start(route);
            if self.nodes[at as usize].next == self.end(route) {
                continue;
            }
            let mut distance = 0;
            let mut whole = self.own[at as usize];
            while at != self.end(route) {
                let next = self.nodes[at as usize].next;
                distance += self.distance(entry.vehicle, at, next);
                whole = self.resource.join(
                    &whole,
                    self.leg(entry.vehicle, at, next),
                    &self.own[next as usize],
                );
                at = next;
            }
            let vehicle = entry.vehicle as usize;
            cost +=
                self.prices.fixed[vehicle] + self.resource.charge(&whole, vehicle, &self.penalties);
            cost += self.walked_cost(entry.vehicle, &whole, self.stops(route));
            cost += self.arc_cost(distance);
        }
        cost
    }
}
