//! What routes were before a group of changes.

/// A route as it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saved {
    pub(super) route: u32,
    from: u32,
    to: u32,
}

impl Saved {
    /// How many stops it had.
    pub(super) fn size(&self) -> u32 {
        self.to - self.from
    }
}

/// The stops of each touched route as they were at [`begin`](Undo::begin). Memory is kept between groups.
#[derive(Debug, Default)]
pub(super) struct Undo {
    active: bool,
    group: u32,
    /// By route: the group in which it was last saved.
    stamps: Vec<u32>,
    routes: Vec<Saved>,
    stops: Vec<u32>,
    absent: Vec<u32>,
    cost: i64,
    /// Orders of groups that came to a route, in order.
    pub(super) appeared: Vec<u32>,
}

impl Undo {
    pub(super) fn grow(&mut self, routes: usize) {
        self.stamps.resize(routes, 0);
    }

    pub(super) fn begin(&mut self, cost: i64, absent: &[u32]) {
        self.end();
        self.active = true;
        self.group = self.group.wrapping_add(1);
        if self.group == 0 {
            self.stamps.fill(0);
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
        self.stops.clear();
    }

    /// Whether this route must be saved now.
    #[inline]
    pub(super) fn saves(&mut self, route: u32) -> bool {
        let stamp = &mut self.stamps[route as usize];
        if !self.active || *stamp == self.group {
            return false;
        }
        *stamp = self.group;
        true
    }

    #[inline]
    pub(super) fn push(&mut self, stop: u32) {
        self.stops.push(stop);
    }

    /// Ends the stops of a route.
    pub(super) fn seal(&mut self, route: u32) {
        let from = self.routes.last().map_or(0, |r| r.to);
        self.routes.push(Saved {
            route,
            from,
            to: self.stops.len() as u32,
        });
    }

    pub(super) fn routes(&self) -> &[Saved] {
        &self.routes
    }

    pub(super) fn sequence(&self, saved: &Saved) -> &[u32] {
        &self.stops[saved.from as usize..saved.to as usize]
    }

    pub(super) fn absent(&self) -> &[u32] {
        &self.absent
    }

    pub(super) fn cost(&self) -> i64 {
        self.cost
    }
}
