//! What routes were before a group of changes.

use crate::eval::tours::{NONE, Node};

/// What was known of a route.
#[derive(Debug, Clone, Copy)]
pub(super) struct SavedRoute<S> {
    pub(super) route: u32,
    pub(super) size: u32,
    pub(super) distance: i64,
    pub(super) whole: S,
}

/// What was known of a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct SavedNode<S> {
    pub(super) at: u32,
    pub(super) node: Node,
    pub(super) before: S,
    pub(super) after: S,
}

/// The touched routes and nodes as they were at [`begin`](Undo::begin). Memory is kept between groups.
#[derive(Debug, Default)]
pub(super) struct Undo<S> {
    active: bool,
    group: u32,
    /// By route, and by node: the group in which it was last saved.
    route_stamps: Vec<u32>,
    node_stamps: Vec<u32>,
    routes: Vec<SavedRoute<S>>,
    nodes: Vec<SavedNode<S>>,
    absent: Vec<u32>,
    cost: i64,
    /// Orders of groups that came to a route, in order.
    pub(super) appeared: Vec<u32>,
}

impl<S> Undo<S> {
    /// Room for so many routes and nodes.
    pub(super) fn grow(&mut self, routes: usize, nodes: usize) {
        self.route_stamps.resize(routes, 0);
        self.node_stamps.resize(nodes, 0);
    }

    pub(super) fn begin(&mut self, cost: i64, absent: &[u32]) {
        self.end();
        self.active = true;
        self.group = self.group.wrapping_add(1);
        if self.group == 0 {
            self.route_stamps.fill(0);
            self.node_stamps.fill(0);
            self.group = 1;
        }
        self.cost = cost;
        self.appeared.clear();
        self.absent.clear();
        self.absent.extend_from_slice(absent);
    }

    pub(super) fn end(&mut self) {
        self.active = false;
        self.routes.clear();
        self.nodes.clear();
    }

    /// Whether this route must be saved now.
    #[inline]
    pub(super) fn saves_route(&mut self, route: u32) -> bool {
        self.active && is_first(&mut self.route_stamps[route as usize], self.group)
    }

    /// Whether this node must be saved now.
    #[inline]
    pub(super) fn saves_node(&mut self, node: u32) -> bool {
        self.active && is_first(&mut self.node_stamps[node as usize], self.group)
    }

    pub(super) fn push_route(&mut self, route: SavedRoute<S>) {
        self.routes.push(route);
    }

    #[inline]
    pub(super) fn push_node(&mut self, node: SavedNode<S>) {
        self.nodes.push(node);
    }

    pub(super) fn routes(&self) -> &[SavedRoute<S>] {
        &self.routes
    }

    pub(super) fn nodes(&self) -> &[SavedNode<S>] {
        &self.nodes
    }

    /// The saved nodes that were on a route.
    pub(super) fn on_routes(&self) -> impl Iterator<Item = &SavedNode<S>> {
        self.nodes.iter().filter(|saved| saved.node.route != NONE)
    }

    pub(super) fn absent(&self) -> &[u32] {
        &self.absent
    }

    pub(super) fn cost(&self) -> i64 {
        self.cost
    }
}

/// Stamps with the group; whether that was not done before.
#[inline]
fn is_first(stamp: &mut u32, group: u32) -> bool {
    std::mem::replace(stamp, group) != group
}
