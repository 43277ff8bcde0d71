//! Changes of routes, and taking them back.

use super::{LOOSE, NONE, Node, Piece, Route, Tours};
use crate::eval::penalties::KINDS;
use crate::eval::resource::Resource;
use crate::eval::undo::{SavedNode, SavedRoute};
use crate::measure::DepotId;

impl<R: Resource> Tours<'_, R> {
    /// Starts a group of changes that can be taken back.
    pub fn begin(&mut self) {
        self.touched.clear();
        self.idle.commit();
        self.undo.begin(self.cost, &self.absent);
        if let Some(outlets) = &mut self.outlets {
            outlets.begin();
        }
    }

    /// Keeps the changes since [`begin`](Tours::begin).
    pub fn commit(&mut self) {
        debug_assert!(self.stale.is_empty(), "settle before commit");
        for index in 0..self.undo.routes().len() {
            let route = self.undo.routes()[index].route;
            self.mark_changed(route);
        }
        self.idle.commit();
        self.undo.end();
    }

    /// Takes back all changes since [`begin`](Tours::begin). Where there are columns, O(stops of the routes touched); else
    /// O(changes).
    pub fn rollback(&mut self) {
        self.stale.clear();
        self.recall_groups();
        self.recall_reloads();
        let undo = std::mem::take(&mut self.undo);
        for saved in undo.nodes() {
            let at = saved.at as usize;
            self.nodes[at] = saved.node;
            if R::COLUMNS {
                (self.before[at], self.after[at]) = (saved.before, saved.after);
            }
        }
        for saved in undo.routes() {
            let entry = &mut self.routes[saved.route as usize];
            (entry.whole, entry.distance) = (saved.whole, saved.distance);
            // Positions may have been those of a route in between.
            entry.stale = !R::COLUMNS;
            self.account(saved.route, saved.size);
        }
        self.absent.clear();
        self.absent.extend_from_slice(undo.absent());
        for (slot, node) in self.absent.iter().enumerate() {
            let node = &mut self.nodes[*node as usize];
            (node.route, node.position) = (NONE, slot as u32);
        }
        self.cost = undo.cost();
        if let Some(outlets) = &mut self.outlets {
            outlets.take_back();
        }
        self.undo = undo;
        self.undo.end();
    }

    /// Saves a route before its first change since [`begin`](Tours::begin).
    pub(super) fn touch(&mut self, route: u32) {
        if !self.undo.saves_route(route) {
            return;
        }
        let entry = &self.routes[route as usize];
        self.undo.push_route(SavedRoute {
            route,
            size: entry.size,
            distance: entry.distance,
            whole: entry.whole,
        });
        if R::COLUMNS {
            let mut at = self.start(route);
            while at != NONE {
                let index = at as usize;
                self.undo.push_node(SavedNode {
                    at,
                    node: self.nodes[index],
                    before: self.before[index],
                    after: self.after[index],
                });
                at = self.nodes[index].next;
            }
        }
    }

    /// Saves a node before its first change since [`begin`](Tours::begin), where routes are not saved whole.
    #[inline]
    pub(super) fn touch_node(&mut self, at: u32) {
        if !R::COLUMNS && self.undo.saves_node(at) {
            self.undo.push_node(SavedNode {
                at,
                node: self.nodes[at as usize],
                before: R::Segment::default(),
                after: R::Segment::default(),
            });
        }
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
        if let Some(plane) = &mut self.straight {
            plane.push(Some(fleet.start.index()));
            plane.push(fleet.end.map(DepotId::index));
        }
        self.terminals.push(fleet.start.index() as u32);
        self.terminals
            .push(fleet.end.map_or(NONE, |end| end.index() as u32));
        let (leave, arrive) = (self.resource.leave(vehicle), self.resource.arrive(vehicle));
        self.own.extend([leave, arrive]);
        self.before.extend([leave, arrive]);
        if R::COLUMNS {
            self.after.extend([leave, arrive]);
        }
        let (start, end) = (self.start(route), self.end(route));
        self.nodes.push(Node {
            next: end,
            route,
            ..LOOSE
        });
        self.nodes.push(Node {
            prev: start,
            route,
            position: 1,
            ..LOOSE
        });
        self.routes.push(Route {
            vehicle: vehicle as u32,
            size: 0,
            distance: 0,
            whole: leave,
            charge: 0,
            cost: 0,
            over: [false; KINDS],
            stale: false,
            kept: [NONE; 2],
            vacant: false,
            changed: false,
        });
        // Not saved: the route stays, without stops, when changes are taken back.
        let idle = self.distance(vehicle as u32, start, end);
        self.nodes[start as usize].arc_out = idle;
        self.nodes[end as usize].arc_in = idle;
        self.undo.grow(self.routes.len(), self.nodes.len());
        self.refresh(route);
        Some(route)
    }

    #[inline]
    pub(super) fn connect(&mut self, vehicle: u32, a: u32, b: u32) {
        let arc = self.distance(vehicle, a, b);
        self.connect_by(a, b, arc);
    }

    #[inline]
    fn connect_by(&mut self, a: u32, b: u32, arc: i64) {
        self.touch_node(a);
        self.touch_node(b);
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
        self.put(node, prev, route);
    }

    /// Links a node behind `prev`.
    pub(super) fn put(&mut self, node: u32, prev: u32, route: u32) {
        let vehicle = self.routes[route as usize].vehicle;
        let next = self.nodes[prev as usize].next;
        let gone = self.nodes[prev as usize].arc_out;
        self.touched.extend([prev, node, next]);
        self.touch_node(node);
        self.nodes[node as usize].route = route;
        let (arc_in, arc_out) = (
            self.distance(vehicle, prev, node),
            self.distance(vehicle, node, next),
        );
        self.connect_by(prev, node, arc_in);
        self.connect_by(node, next, arc_out);
        if R::COLUMNS {
            let entry = &mut self.routes[route as usize];
            if entry.stale {
                self.refresh(route);
            } else {
                entry.distance += arc_in + arc_out - gone;
                self.refresh_between(route, prev, next, None);
            }
        } else {
            let whole = self
                .resource
                .added(self.routes[route as usize].whole, self.own[node as usize]);
            self.retotal(route, whole, arc_in + arc_out - gone, 1);
        }
    }

    /// Takes an order, or a reload, off its route. The route is stale until [`settle`](Tours::settle).
    pub fn remove(&mut self, node: u32) {
        let Node {
            prev,
            next,
            route,
            arc_in,
            arc_out,
            ..
        } = self.nodes[node as usize];
        self.touch(route);
        self.touch_node(node);
        let vehicle = self.routes[route as usize].vehicle;
        let arc = self.distance(vehicle, prev, next);
        self.connect_by(prev, next, arc);
        self.touched.extend([prev, next]);
        if self.is_reload(node) {
            self.drop_reload(node);
        } else {
            self.vanish(node);
        }
        if R::COLUMNS {
            self.routes[route as usize].distance += arc - arc_in - arc_out;
            self.outdate(route, node, [prev, next]);
        } else {
            let whole = self
                .resource
                .removed(self.routes[route as usize].whole, self.own[node as usize]);
            self.retotal(route, whole, arc - arc_in - arc_out, -1);
        }
    }

    /// Appends the stops of a piece.
    pub(super) fn collect(&self, piece: Piece, order: &mut Vec<u32>) {
        let (first, last) = self.ends(piece);
        let mut at = first;
        loop {
            if at < self.stops {
                order.push(at);
            }
            if at == last {
                return;
            }
            let node = &self.nodes[at as usize];
            at = if matches!(piece, Piece::Reversed(..)) {
                node.prev
            } else {
                node.next
            };
        }
    }

    /// The stops whose arcs changed since the last call or [`begin`](Tours::begin), some of them more than once.
    pub fn drain_touched(&mut self, mut visit: impl FnMut(u32)) {
        for node in self.touched.drain(..) {
            if node < self.places {
                visit(node);
            }
        }
    }

    /// The orders on routes that have other neighbours now than at [`begin`](Tours::begin), each once, followed by those that
    /// were absent and are no longer so; of groups maybe more than once. Where there are columns, O(stops of the routes
    /// touched); else O(changes).
    pub fn visit_moved(&self, mut visit: impl FnMut(u32)) {
        for saved in self.undo.on_routes() {
            let node = &self.nodes[saved.at as usize];
            let linked = (saved.node.prev, saved.node.next);
            if linked != (node.prev, node.next) && self.is_order(saved.at) {
                visit(saved.at);
            }
        }
        for node in self.undo.absent() {
            if self.nodes[*node as usize].route != NONE {
                visit(*node);
            }
        }
        for node in &self.undo.appeared {
            if self.nodes[*node as usize].route != NONE {
                visit(*node);
            }
        }
    }

    /// The routes changed since [`begin`](Tours::begin), in the order of their first change.
    pub fn touched_routes(&self) -> impl Iterator<Item = u32> + '_ {
        self.undo.routes().iter().map(|saved| saved.route)
    }

    /// The first up to `N` of those, and how many there are.
    pub fn first_touched<const N: usize>(&self) -> ([u32; N], usize) {
        let mut routes = [NONE; N];
        let mut count = 0;
        for (slot, route) in routes.iter_mut().zip(self.touched_routes()) {
            *slot = route;
            count += 1;
        }
        (routes, count)
    }

    /// Brings positions, columns and costs of all stale routes up to date.
    pub fn settle(&mut self) {
        while let Some(route) = self.stale.pop() {
            self.freshen(route);
        }
    }

    /// A stop was taken out between two nodes.
    fn outdate(&mut self, route: u32, gone: u32, [prev, next]: [u32; 2]) {
        let entry = &mut self.routes[route as usize];
        if !entry.stale {
            entry.stale = true;
            entry.kept = [prev, next];
            self.stale.push(route);
            return;
        }
        // Positions are those before the first stop was taken out, but in the right order.
        let position = |node: u32| self.nodes[node as usize].position;
        let [front, back] = entry.kept;
        if front == gone || position(prev) < position(front) {
            entry.kept[0] = prev;
        }
        if back == gone || position(next) > position(back) {
            entry.kept[1] = next;
        }
    }

    /// An absent order is no longer so.
    fn appear(&mut self, node: u32) {
        debug_assert!(
            self.is_absent(node),
            "only an absent order comes to a route"
        );
        self.leave_absent(node);
        if self.has_groups() {
            self.stand_for_group(node);
        }
        self.price_absence(node, false);
    }

    /// Takes an order off the list of absent ones.
    pub(super) fn leave_absent(&mut self, node: u32) {
        let slot = self.nodes[node as usize].position as usize;
        self.absent.swap_remove(slot);
        if let Some(moved) = self.absent.get(slot) {
            self.nodes[*moved as usize].position = slot as u32;
        }
    }

    /// An order becomes absent.
    fn vanish(&mut self, node: u32) {
        self.nodes[node as usize] = Node {
            position: self.absent.len() as u32,
            ..LOOSE
        };
        self.absent.push(node);
        if self.has_groups() {
            self.give_up_group(node);
        }
        self.price_absence(node, true);
    }

    /// Links a route anew; its facts are out of date until [`refresh`](Tours::refresh).
    fn link(&mut self, route: u32, stops: &[u32]) {
        let vehicle = self.routes[route as usize].vehicle;
        let mut prev = self.start(route);
        for stop in stops {
            self.touch_node(*stop);
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
        entry.whole = self.resource.lengthened(whole, arcs);
        entry.stale = true;
        entry.distance += arcs;
        let size = entry.size.wrapping_add_signed(stops);
        self.account(route, size);
    }

    /// Recomputes positions, columns and costs of a route by walking it both ways.
    fn refresh(&mut self, route: u32) {
        self.refresh_between(route, self.start(route), self.end(route), Some(0));
    }

    /// The sum of the arcs from the start of a route to one of its nodes.
    pub(super) fn distance_to(&self, node: u32) -> i64 {
        let (mut at, mut distance) = (node, 0);
        while self.nodes[at as usize].prev != NONE {
            let Node { prev, arc_in, .. } = self.nodes[at as usize];
            distance += arc_in;
            at = prev;
        }
        distance
    }

    /// As [`refresh`](Tours::refresh), where positions and columns hold up to one node and columns from another one on;
    /// `ahead` is the distance up to the first, or nothing where the distance of the route is known. Where there are no
    /// columns, what is after each node is not written down.
    pub(super) fn refresh_between(
        &mut self,
        route: u32,
        front: u32,
        back: u32,
        ahead: Option<i64>,
    ) {
        let vehicle = self.routes[route as usize].vehicle;
        let (start, end) = (self.start(route), self.end(route));
        let (mut at, mut position) = (front, self.nodes[front as usize].position);
        let mut segment = self.before[front as usize];
        let mut distance = 0;
        while at != end {
            let Node { next, arc_out, .. } = self.nodes[at as usize];
            distance += arc_out;
            position += 1;
            segment = self.resource.join(
                &segment,
                self.leg_of(vehicle, at, next, arc_out),
                &self.own[next as usize],
            );
            self.before[next as usize] = segment;
            self.nodes[next as usize].position = position;
            at = next;
        }
        let whole = segment;
        if R::COLUMNS {
            (at, segment) = (back, self.after[back as usize]);
            while at != start {
                let Node { prev, arc_in, .. } = self.nodes[at as usize];
                segment = self.resource.join(
                    &self.own[prev as usize],
                    self.leg_of(vehicle, prev, at, arc_in),
                    &segment,
                );
                self.after[prev as usize] = segment;
                at = prev;
            }
        }
        let entry = &mut self.routes[route as usize];
        (entry.whole, entry.stale) = (whole, false);
        if let Some(ahead) = ahead {
            entry.distance = ahead + distance;
        }
        self.account(route, position - 1);
    }

    /// Brings one route up to date, where it is not.
    #[inline]
    pub fn freshen(&mut self, route: u32) {
        let Route { stale, kept, .. } = self.routes[route as usize];
        if !stale {
            return;
        }
        if R::COLUMNS {
            self.refresh_between(route, kept[0], kept[1], None);
        } else {
            let start = self.start(route);
            self.refresh_between(route, start, start, None);
        }
    }

    /// Updates charge and cost of a route, the fleet in use, and the total.
    #[inline]
    pub(super) fn account(&mut self, route: u32, size: u32) {
        let arcs = self.arc_cost(self.routes[route as usize].distance);
        let walked = if R::WALKED && size > 0 {
            let Route { vehicle, whole, .. } = self.routes[route as usize];
            self.walked_cost(vehicle, &whole, self.stops(route))
        } else {
            0
        };
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
        let mut over = [false; KINDS];
        if size == 0 {
            (entry.charge, entry.cost) = (0, 0);
        } else {
            entry.charge = self.resource.charge(&entry.whole, vehicle, &self.penalties) + walked;
            entry.cost = self.prices.fixed[vehicle] + arcs + entry.charge;
            over = self
                .resource
                .excess(&entry.whole, vehicle)
                .kinds()
                .map(|e| e > 0);
        }
        if over != entry.over {
            for ((count, is), was) in self.over.iter_mut().zip(over).zip(entry.over) {
                *count = *count + u32::from(is) - u32::from(was);
            }
            entry.over = over;
        }
        self.cost += entry.cost - before;
    }

    /// A new route of this vehicle type with these absent orders as its stops, numbers of depots among them for reloads;
    /// they stay absent where no vehicle is left.
    pub fn assign(&mut self, vehicle: usize, stops: &[u32]) {
        let Some(route) = self.open(vehicle) else {
            return;
        };
        self.touch(route);
        let mut line = std::mem::take(&mut self.scratch);
        line.clear();
        for stop in stops {
            if *stop < self.depots {
                line.extend(self.idle_reload(*stop));
            } else {
                self.appear(*stop);
                line.push(*stop);
            }
        }
        self.link(route, &line);
        self.scratch = line;
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
}
