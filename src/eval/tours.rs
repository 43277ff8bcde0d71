//! The routes that a search works on.

use crate::eval::prices::Prices;
use crate::eval::resource::{Insertion, LegCost, Resource};
use crate::eval::undo::Undo;
use crate::eval::Penalties;
use crate::measure::{ProfileId, VehicleTypeId};
use crate::problem::Problem;
use crate::travel::{FAR, Legs};

/// No node, and no route.
pub const NONE: u32 = u32::MAX;

/// A stop, or the start or end of a route, in its doubly linked route.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// The node before, or [`NONE`].
    pub prev: u32,
    /// The node after, or [`NONE`].
    pub next: u32,
    /// The route it is on, or [`NONE`] where the order is absent.
    pub route: u32,
    /// Its position on a settled route (the start is 0), or its slot in the list of absent orders.
    pub position: u32,
    /// The distance from the node before.
    pub arc_in: i64,
    /// The distance to the node after.
    pub arc_out: i64,
}

const LOOSE: Node = Node { prev: NONE, next: NONE, route: NONE, position: 0, arc_in: 0, arc_out: 0 };

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
    /// What [`Resource::charge`] says of it.
    pub charge: i64,
    /// What it costs in all; nothing where it has no stops.
    pub cost: i64,
    /// Whether positions, columns and costs are out of date.
    pub stale: bool,
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
/// `places + 2r` and `places + 2r + 1`. Changes between [`begin`](Tours::begin) and [`commit`](Tours::commit) can be
/// taken back by [`rollback`](Tours::rollback), at the cost of the routes touched.
pub struct Tours<'p, R: Resource> {
    problem: &'p Problem,
    legs: Vec<&'p Legs>,
    /// By vehicle type: its travel profile.
    profiles: Vec<u32>,
    resource: R,
    prices: Prices,
    penalties: Penalties,
    /// Price of distance where the resource leaves it to the tours.
    unit: i64,
    places: u32,
    depots: u32,
    nodes: Vec<Node>,
    /// Places of route starts and ends; [`NONE`] for an open end.
    terminals: Vec<u32>,
    own: Vec<R::Segment>,
    before: Vec<R::Segment>,
    after: Vec<R::Segment>,
    routes: Vec<Route<R::Segment>>,
    vacant: Vec<Vec<u32>>,
    used: Vec<u32>,
    absent: Vec<u32>,
    cost: i64,
    stale: Vec<u32>,
    changed: Vec<u32>,
    undo: Undo,
    scratch: Vec<u32>,
    /// Stops whose arcs changed.
    touched: Vec<u32>,
}

impl<'p, R: Resource> Tours<'p, R> {
    /// All orders absent, all vehicles at their depots.
    pub fn new(problem: &'p Problem) -> Self {
        let resource = R::new(problem);
        let prices = Prices::new(problem);
        let (depots, places) = (problem.depot_count(), problem.place_count());
        let mut own = vec![R::Segment::default(); places];
        for order in 0..problem.order_count() {
            own[depots + order] = resource.visit(problem, order);
        }
        let mut nodes = vec![LOOSE; places];
        let absent: Vec<u32> = (depots as u32..places as u32).collect();
        for (slot, node) in absent.iter().enumerate() {
            nodes[*node as usize].position = slot as u32;
        }
        let fleet = problem.fleet();
        Self {
            problem,
            legs: (0..problem.profile_count()).map(|p| problem.legs(ProfileId::new(p))).collect(),
            profiles: fleet.iter().map(|t| t.profile.index() as u32).collect(),
            unit: prices.distance.first().copied().unwrap_or(0),
            cost: prices.absent.iter().sum(),
            resource,
            prices,
            penalties: Penalties::HARD,
            places: places as u32,
            depots: depots as u32,
            nodes,
            terminals: Vec::new(),
            before: own.clone(),
            after: own.clone(),
            own,
            routes: Vec::new(),
            vacant: vec![Vec::new(); fleet.len()],
            used: vec![0; fleet.len()],
            absent,
            stale: Vec::new(),
            changed: Vec::new(),
            undo: Undo::default(),
            scratch: Vec::new(),
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

    /// Whether a node is an order, not a start or end.
    #[inline]
    pub fn is_order(&self, node: u32) -> bool {
        node < self.places
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
        self.places + 2 * route
    }

    /// Where a route ends.
    #[inline]
    pub fn end(&self, route: u32) -> u32 {
        self.places + 2 * route + 1
    }

    /// The orders that are on no route.
    pub fn absent(&self) -> &[u32] {
        &self.absent
    }

    /// The segment of one stop.
    #[inline]
    pub fn own(&self, node: u32) -> &R::Segment {
        &self.own[node as usize]
    }

    /// The price of leaving an order out.
    #[inline]
    pub fn absent_price(&self, node: u32) -> i64 {
        self.prices.absent[(node - self.depots) as usize]
    }

    /// Whether one more vehicle of a type can be used.
    #[inline]
    pub fn has_vehicle(&self, vehicle: usize) -> bool {
        (self.used[vehicle] as usize) < self.problem.fleet()[vehicle].count
    }

    /// The price of distance for a vehicle type.
    #[inline]
    pub fn distance_price(&self, vehicle: u32) -> i64 {
        if R::UNIFORM { self.unit } else { self.prices.distance[vehicle as usize] }
    }

    #[inline]
    fn place(&self, node: u32) -> u32 {
        if node < self.places { node } else { self.terminals[(node - self.places) as usize] }
    }

    /// The legs that a vehicle type travels.
    #[inline]
    pub fn legs_of(&self, vehicle: u32) -> &'p Legs {
        if R::UNIFORM { self.legs[0] } else { self.legs[self.profiles[vehicle as usize] as usize] }
    }

    /// The distance between two nodes for a vehicle type; [`FAR`] where there is no leg.
    #[inline]
    pub fn distance(&self, vehicle: u32, from: u32, to: u32) -> i64 {
        let (from, to) = (self.place(from), self.place(to));
        if to == NONE || from == NONE { 0 } else { self.legs_of(vehicle).distance(from as usize, to as usize) }
    }

    /// Distance and duration between two nodes, as far as the resource asks for them.
    #[inline]
    fn leg(&self, vehicle: u32, from: u32, to: u32) -> LegCost {
        if !R::COLUMNS {
            return LegCost::default();
        }
        let (from, to) = (self.place(from), self.place(to));
        if to == NONE || from == NONE {
            return LegCost::default();
        }
        let legs = self.legs_of(vehicle);
        LegCost {
            distance: if R::UNIFORM { 0 } else { legs.distance(from as usize, to as usize) },
            duration: legs.duration(from as usize, to as usize),
        }
    }

    // ----- evaluation

    /// What the cost changes by when `node`, absent, is put between `prev` and `next` of a settled route; anything
    /// from `below` on may be returned as `below`. `arcs` is the change of distance.
    #[inline]
    pub fn insertion(&self, node: u32, prev: u32, next: u32, arcs: i64, below: i64) -> i64 {
        let route = &self.routes[self.nodes[prev as usize].route as usize];
        let vehicle = route.vehicle;
        if arcs >= FAR / 2 {
            return below;
        }
        let paid = arcs * self.distance_price(vehicle);
        if paid >= below {
            return below;
        }
        let base = if R::UNIFORM { paid - route.charge } else { -route.charge };
        let at = Insertion {
            whole: route.whole,
            before: self.before[prev as usize],
            stop: self.own[node as usize],
            after: self.after[next as usize],
            leg_in: self.leg(vehicle, prev, node),
            leg_out: self.leg(vehicle, node, next),
        };
        base + self.resource.charge_inserted(&at, vehicle as usize, &self.penalties, below - base)
    }

    /// What the cost changes by when a vehicle of this type leaves its depot for `node` alone; `None` where it cannot.
    pub fn opening(&self, node: u32, vehicle: usize) -> Option<i64> {
        let fleet = &self.problem.fleet()[vehicle];
        let (start, place) = (fleet.start.index(), node as usize);
        let legs = self.legs_of(vehicle as u32);
        let leg = |from: usize, to: usize| LegCost { distance: legs.distance(from, to), duration: legs.duration(from, to) };
        let out = leg(start, place);
        let back = fleet.end.map_or(LegCost::default(), |end| leg(place, end.index()));
        if out.distance.max(back.distance) >= FAR {
            return None;
        }
        let front = self.resource.join(self.resource.leave(vehicle), out, self.own[place]);
        let whole = self.resource.join(front, back, self.resource.arrive(vehicle));
        let charge = self.resource.charge(whole, vehicle, &self.penalties);
        let arcs = if R::UNIFORM { (out.distance + back.distance) * self.unit } else { 0 };
        Some(self.prices.fixed[vehicle] + arcs + charge)
    }

    /// The first and last node of a piece.
    fn ends(&self, piece: Piece) -> (u32, u32) {
        match piece {
            Piece::Before(last) => (self.start(self.nodes[last as usize].route), last),
            Piece::After(first) => (first, self.end(self.nodes[first as usize].route)),
            Piece::Node(node) => (node, node),
            Piece::Run(first, last) => (first, last),
            Piece::Reversed(first, last) => (last, first),
        }
    }

    /// The charge of a route of this vehicle type made of these pieces, in order. Pieces `Before` and `After` must
    /// come from routes of that type; all routes must be settled. O(pieces), plus the length of runs.
    #[inline]
    pub fn charge_of(&self, vehicle: u32, pieces: &[Piece]) -> i64 {
        let mut whole: Option<(R::Segment, u32)> = None;
        for piece in pieces {
            let (first, last) = self.ends(*piece);
            let segment = match *piece {
                Piece::Before(node) => self.before[node as usize],
                Piece::After(node) => self.after[node as usize],
                Piece::Node(node) => self.own[node as usize],
                Piece::Run(..) => self.walked(vehicle, first, last, |n| n.next),
                Piece::Reversed(..) => self.walked(vehicle, first, last, |n| n.prev),
            };
            let joined = match whole {
                None => segment,
                Some((front, at)) => self.resource.join(front, self.leg(vehicle, at, first), segment),
            };
            whole = Some((joined, last));
        }
        whole.map_or(0, |(segment, _)| self.resource.charge(segment, vehicle as usize, &self.penalties))
    }

    /// The segment of a run, by walking from one node to another.
    fn walked(&self, vehicle: u32, from: u32, to: u32, step: impl Fn(&Node) -> u32) -> R::Segment {
        let mut segment = self.own[from as usize];
        let mut at = from;
        while at != to {
            let next = step(&self.nodes[at as usize]);
            segment = self.resource.join(segment, self.leg(vehicle, at, next), self.own[next as usize]);
            at = next;
        }
        segment
    }

    // ----- changes

    /// Starts a group of changes that can be taken back.
    pub fn begin(&mut self) {
        self.touched.clear();
        self.undo.begin(self.cost, &self.absent);
    }

    /// Keeps the changes since [`begin`](Tours::begin).
    pub fn commit(&mut self) {
        debug_assert!(self.stale.is_empty(), "settle before commit");
        for index in 0..self.undo.routes().len() {
            let route = self.undo.routes()[index].route;
            self.mark_changed(route);
        }
        self.undo.end();
    }

    /// Takes back all changes since [`begin`](Tours::begin). O(stops of the routes touched).
    pub fn rollback(&mut self) {
        self.stale.clear();
        let undo = std::mem::take(&mut self.undo);
        for saved in undo.routes() {
            let mut at = self.nodes[self.start(saved.route) as usize].next;
            while at < self.places {
                let next = self.nodes[at as usize].next;
                self.nodes[at as usize].route = NONE;
                at = next;
            }
        }
        for saved in undo.routes() {
            self.link(saved.route, undo.sequence(saved));
            self.refresh(saved.route);
        }
        self.absent.clear();
        self.absent.extend_from_slice(undo.absent());
        for (slot, node) in self.absent.iter().enumerate() {
            let node = &mut self.nodes[*node as usize];
            (node.route, node.position) = (NONE, slot as u32);
        }
        self.cost = undo.cost();
        self.undo = undo;
        self.undo.end();
    }

    /// Saves a route before its first change since [`begin`](Tours::begin).
    fn touch(&mut self, route: u32) {
        if !self.undo.saves(route) {
            return;
        }
        let mut at = self.nodes[self.start(route) as usize].next;
        while at < self.places {
            self.undo.push(at);
            at = self.nodes[at as usize].next;
        }
        self.undo.seal(route);
    }

    /// A route of this vehicle type without stops; `None` where all its vehicles are used.
    pub fn open(&mut self, vehicle: usize) -> Option<u32> {
        if !self.has_vehicle(vehicle) {
            return None;
        }
        while let Some(route) = self.vacant[vehicle].pop() {
            self.routes[route as usize].vacant = false;
            if self.routes[route as usize].size == 0 {
                return Some(route);
            }
        }
        let route = self.routes.len() as u32;
        let fleet = &self.problem.fleet()[vehicle];
        self.terminals.push(fleet.start.index() as u32);
        self.terminals.push(fleet.end.map_or(NONE, |end| end.index() as u32));
        let (leave, arrive) = (self.resource.leave(vehicle), self.resource.arrive(vehicle));
        for column in [&mut self.own, &mut self.before, &mut self.after] {
            column.extend([leave, arrive]);
        }
        let (start, end) = (self.start(route), self.end(route));
        self.nodes.push(Node { next: end, route, ..LOOSE });
        self.nodes.push(Node { prev: start, route, position: 1, ..LOOSE });
        self.routes.push(Route {
            vehicle: vehicle as u32,
            size: 0,
            distance: 0,
            whole: leave,
            charge: 0,
            cost: 0,
            stale: false,
            vacant: false,
            changed: false,
        });
        self.undo.grow(self.routes.len());
        self.connect(vehicle as u32, start, end);
        self.refresh(route);
        Some(route)
    }

    #[inline]
    fn connect(&mut self, vehicle: u32, a: u32, b: u32) {
        let arc = self.distance(vehicle, a, b);
        self.connect_by(a, b, arc);
    }

    #[inline]
    fn connect_by(&mut self, a: u32, b: u32, arc: i64) {
        let first = &mut self.nodes[a as usize];
        (first.next, first.arc_out) = (b, arc);
        let second = &mut self.nodes[b as usize];
        (second.prev, second.arc_in) = (a, arc);
    }

    /// Puts an absent order behind `prev`, which is on a route or is its start. The route is settled afterwards.
    pub fn insert(&mut self, node: u32, prev: u32) {
        let route = self.nodes[prev as usize].route;
        self.touch(route);
        self.appear(node);
        let vehicle = self.routes[route as usize].vehicle;
        let next = self.nodes[prev as usize].next;
        let gone = self.nodes[prev as usize].arc_out;
        self.touched.extend([prev, node, next]);
        self.nodes[node as usize].route = route;
        let (arc_in, arc_out) = (self.distance(vehicle, prev, node), self.distance(vehicle, node, next));
        self.connect_by(prev, node, arc_in);
        self.connect_by(node, next, arc_out);
        if R::COLUMNS {
            self.refresh(route);
        } else {
            let whole = self.resource.added(self.routes[route as usize].whole, self.own[node as usize]);
            self.retotal(route, whole, arc_in + arc_out - gone, 1);
        }
    }

    /// Takes an order off its route. The route is stale until [`settle`](Tours::settle).
    pub fn remove(&mut self, node: u32) {
        let Node { prev, next, route, arc_in, arc_out, .. } = self.nodes[node as usize];
        self.touch(route);
        let vehicle = self.routes[route as usize].vehicle;
        let arc = self.distance(vehicle, prev, next);
        self.connect_by(prev, next, arc);
        self.touched.extend([prev, next]);
        self.vanish(node);
        if R::COLUMNS {
            self.outdate(route);
        } else {
            let whole = self.resource.removed(self.routes[route as usize].whole, self.own[node as usize]);
            self.retotal(route, whole, arc - arc_in - arc_out, -1);
        }
    }

    /// Replaces up to two routes by others made of their own stops: for each, its new pieces from start to end.
    pub fn rearrange(&mut self, proposals: &[(u32, &[Piece])]) {
        let mut order = std::mem::take(&mut self.scratch);
        order.clear();
        let mut ends = [0_usize; 2];
        for ((route, pieces), end) in proposals.iter().zip(&mut ends) {
            self.touch(*route);
            for piece in *pieces {
                self.collect(*piece, &mut order);
                let (first, last) = self.ends(*piece);
                self.touched.extend([first, last]);
            }
            *end = order.len();
        }
        let mut from = 0;
        for ((route, _), end) in proposals.iter().zip(ends) {
            self.link(*route, &order[from..end]);
            from = end;
        }
        for (route, _) in proposals {
            self.refresh(*route);
        }
        self.scratch = order;
    }

    /// Appends the orders of a piece.
    fn collect(&self, piece: Piece, order: &mut Vec<u32>) {
        let (first, last) = self.ends(piece);
        let mut at = first;
        loop {
            if at < self.places {
                order.push(at);
            }
            if at == last {
                return;
            }
            let node = &self.nodes[at as usize];
            at = if matches!(piece, Piece::Reversed(..)) { node.prev } else { node.next };
        }
    }

    /// Replaces one route by a rearrangement of itself where that costs less; `arcs` is the change of distance.
    #[inline]
    pub fn improve_one(&mut self, arcs: i64, route: u32, pieces: &[Piece]) -> bool {
        let Route { vehicle, charge, .. } = self.routes[route as usize];
        if arcs >= FAR / 2 || arcs * self.distance_price(vehicle) >= charge {
            return false;
        }
        let delta = if R::COLUMNS {
            let paid = if R::UNIFORM { arcs * self.unit } else { 0 };
            paid + self.charge_of(vehicle, pieces) - charge
        } else {
            arcs * self.unit
        };
        delta < 0 && self.replace(delta, &[(route, pieces)])
    }

    /// Replaces two routes by a rearrangement of their stops where that costs less; `arcs` is the change of distance.
    #[inline]
    pub fn improve_two(&mut self, arcs: i64, one: (u32, &[Piece]), two: (u32, &[Piece])) -> bool {
        let (a, b) = (self.routes[one.0 as usize], self.routes[two.0 as usize]);
        if arcs >= FAR / 2 {
            return false;
        }
        let spare = a.charge + b.charge + self.prices.fixed[a.vehicle as usize] + self.prices.fixed[b.vehicle as usize];
        if R::UNIFORM && arcs * self.unit >= spare {
            return false;
        }
        let mut delta = if R::UNIFORM { arcs * self.unit } else { 0 } - a.charge - b.charge;
        for ((route, pieces), vehicle) in [(one, a.vehicle), (two, b.vehicle)] {
            if self.is_bare(pieces) {
                let idle = self.distance(vehicle, self.start(route), self.end(route));
                delta -= self.prices.fixed[vehicle as usize] + if R::UNIFORM { idle * self.unit } else { 0 };
            } else {
                delta += self.charge_of(vehicle, pieces);
            }
            if delta >= spare {
                return false;
            }
        }
        delta < 0 && self.replace(delta, &[one, two])
    }

    /// Whether pieces make a route without stops.
    fn is_bare(&self, pieces: &[Piece]) -> bool {
        pieces.iter().all(|piece| match *piece {
            Piece::Before(node) | Piece::After(node) | Piece::Node(node) => !self.is_order(node),
            Piece::Run(..) | Piece::Reversed(..) => false,
        })
    }

    fn replace(&mut self, delta: i64, proposals: &[(u32, &[Piece])]) -> bool {
        let before = self.cost;
        self.rearrange(proposals);
        debug_assert_eq!(self.cost, before + delta, "the change of cost was predicted exactly");
        let _ = before;
        true
    }

    /// The stops whose arcs changed since the last call or [`begin`](Tours::begin), some of them more than once.
    pub fn drain_touched(&mut self, mut visit: impl FnMut(u32)) {
        for node in self.touched.drain(..) {
            if node < self.places {
                visit(node);
            }
        }
    }

    /// Brings positions, columns and costs of all stale routes up to date.
    pub fn settle(&mut self) {
        while let Some(route) = self.stale.pop() {
            if self.routes[route as usize].stale {
                self.refresh(route);
            }
        }
    }

    fn outdate(&mut self, route: u32) {
        if !self.routes[route as usize].stale {
            self.routes[route as usize].stale = true;
            self.stale.push(route);
        }
    }

    /// An absent order is no longer so.
    fn appear(&mut self, node: u32) {
        let slot = self.nodes[node as usize].position as usize;
        self.absent.swap_remove(slot);
        if let Some(moved) = self.absent.get(slot) {
            self.nodes[*moved as usize].position = slot as u32;
        }
        self.cost -= self.absent_price(node);
    }

    /// An order becomes absent.
    fn vanish(&mut self, node: u32) {
        self.nodes[node as usize] = Node { position: self.absent.len() as u32, ..LOOSE };
        self.absent.push(node);
        self.cost += self.absent_price(node);
    }

    /// Links a route anew; its facts are out of date until [`refresh`](Tours::refresh).
    fn link(&mut self, route: u32, stops: &[u32]) {
        let vehicle = self.routes[route as usize].vehicle;
        let mut prev = self.start(route);
        for stop in stops {
            self.nodes[*stop as usize].route = route;
            self.connect(vehicle, prev, *stop);
            prev = *stop;
        }
        self.connect(vehicle, prev, self.end(route));
    }

    /// Adds one stop to, or takes it from, the facts of a route whose resource needs no columns.
    #[inline]
    fn retotal(&mut self, route: u32, whole: R::Segment, arcs: i64, stops: i32) {
        let entry = &mut self.routes[route as usize];
        entry.whole = whole;
        entry.stale = true;
        entry.distance += arcs;
        let size = entry.size.wrapping_add_signed(stops);
        self.account(route, size);
    }

    /// Recomputes positions, columns and costs of a route by walking it both ways.
    fn refresh(&mut self, route: u32) {
        let vehicle = self.routes[route as usize].vehicle;
        let (start, end) = (self.start(route), self.end(route));
        let (mut at, mut position, mut distance) = (start, 0, 0);
        let mut segment = self.own[start as usize];
        while at != end {
            let Node { next, arc_out, .. } = self.nodes[at as usize];
            distance += arc_out;
            position += 1;
            segment = self.resource.join(segment, self.leg(vehicle, at, next), self.own[next as usize]);
            self.before[next as usize] = segment;
            self.nodes[next as usize].position = position;
            at = next;
        }
        let whole = segment;
        let mut segment = self.own[end as usize];
        while at != start {
            let prev = self.nodes[at as usize].prev;
            segment = self.resource.join(self.own[prev as usize], self.leg(vehicle, prev, at), segment);
            self.after[prev as usize] = segment;
            at = prev;
        }
        let entry = &mut self.routes[route as usize];
        (entry.whole, entry.distance, entry.stale) = (whole, distance, false);
        self.account(route, position - 1);
    }

    /// Brings one route up to date, where it is not.
    #[inline]
    pub fn freshen(&mut self, route: u32) {
        if self.routes[route as usize].stale {
            self.refresh(route);
        }
    }

    /// Updates charge and cost of a route, the fleet in use, and the total.
    #[inline]
    fn account(&mut self, route: u32, size: u32) {
        let entry = &mut self.routes[route as usize];
        let vehicle = entry.vehicle as usize;
        if (entry.size == 0) != (size == 0) {
            if size == 0 {
                self.used[vehicle] -= 1;
                if !entry.vacant {
                    entry.vacant = true;
                    self.vacant[vehicle].push(route);
                }
            } else {
                self.used[vehicle] += 1;
            }
        }
        entry.size = size;
        let before = entry.cost;
        if size == 0 {
            (entry.charge, entry.cost) = (0, 0);
        } else {
            entry.charge = self.resource.charge(entry.whole, vehicle, &self.penalties);
            let arcs = if R::UNIFORM { entry.distance * self.unit } else { 0 };
            entry.cost = self.prices.fixed[vehicle] + arcs + entry.charge;
        }
        self.cost += entry.cost - before;
    }

    /// A new route of this vehicle type with these absent orders as its stops; they stay absent where no vehicle is
    /// left.
    pub fn assign(&mut self, vehicle: usize, stops: &[u32]) {
        let Some(route) = self.open(vehicle) else { return };
        self.touch(route);
        for stop in stops {
            self.appear(*stop);
        }
        self.link(route, stops);
        self.refresh(route);
        self.mark_changed(route);
    }

    fn mark_changed(&mut self, route: u32) {
        let entry = &mut self.routes[route as usize];
        if !entry.changed {
            entry.changed = true;
            self.changed.push(route);
        }
    }

    // ----- chains of stops that are on no route yet

    /// The segment of one chain, a leg, and another chain.
    pub fn joined(&self, vehicle: usize, a: R::Segment, from: u32, to: u32, b: R::Segment) -> R::Segment {
        self.resource.join(a, self.leg(vehicle as u32, from, to), b)
    }

    /// Whether a vehicle of this type could drive a chain from its start to its end within all limits.
    pub fn keeps_limits(&self, vehicle: usize, first: u32, chain: R::Segment, last: u32) -> bool {
        self.chain_charge(vehicle, first, chain, last, &self.penalties)
            <= self.chain_charge(vehicle, first, chain, last, &Penalties { load: 0, time: 0, distance: 0 })
    }

    fn chain_charge(&self, vehicle: usize, first: u32, chain: R::Segment, last: u32, penalties: &Penalties) -> i64 {
        let fleet = &self.problem.fleet()[vehicle];
        let legs = self.legs_of(vehicle as u32);
        let leg = |from: usize, to: usize| LegCost { distance: legs.distance(from, to), duration: legs.duration(from, to) };
        let out = leg(fleet.start.index(), first as usize);
        let back = fleet.end.map_or(LegCost::default(), |end| leg(last as usize, end.index()));
        let front = self.resource.join(self.resource.leave(vehicle), out, chain);
        let whole = self.resource.join(front, back, self.resource.arrive(vehicle));
        self.resource.charge(whole, vehicle, penalties)
    }

    // ----- reading

    /// The stops of a route, in order.
    pub fn stops(&self, route: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.nodes[self.start(route) as usize].next;
        std::iter::successors(Some(first), |at| Some(self.nodes[*at as usize].next)).take_while(|at| self.is_order(*at))
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
        let mut cost: i64 = self.absent.iter().map(|node| self.absent_price(*node)).sum();
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
                whole = self.resource.join(whole, self.leg(entry.vehicle, at, next), self.own[next as usize]);
                at = next;
            }
            let vehicle = entry.vehicle as usize;
            cost += self.prices.fixed[vehicle] + self.resource.charge(whole, vehicle, &self.penalties);
            cost += if R::UNIFORM { distance * self.unit } else { 0 };
        }
        cost
    }
}
