//! The best routes found so far.

use crate::eval::{Resource, Tours};

/// A copy of the best state of [`Tours`], brought up to date at the cost of the routes that changed since.
#[derive(Debug, Clone)]
pub struct Best {
    cost: i64,
    routes: Vec<Vec<u32>>,
    absent: Vec<u32>,
}

impl Best {
    /// The present state.
    pub fn new<R: Resource>(tours: &mut Tours<'_, R>) -> Self {
        let mut best = Self {
            cost: i64::MAX,
            routes: Vec::new(),
            absent: Vec::new(),
        };
        best.update(tours);
        // Routes that were filled outside of a group of changes are not listed as changed.
        for (route, copy) in best.routes.iter_mut().enumerate() {
            copy.clear();
            copy.extend(tours.itinerary(route as u32));
        }
        best
    }

    /// Its cost, in steps.
    pub fn cost(&self) -> i64 {
        self.cost
    }

    /// Copies what changed since the last update.
    pub fn update<R: Resource>(&mut self, tours: &mut Tours<'_, R>) {
        self.cost = tours.cost();
        self.absent.clear();
        self.absent.extend_from_slice(tours.absent());
        self.routes.resize(tours.route_count(), Vec::new());
        tours.drain_changed(|tours, route| {
            let copy = &mut self.routes[route as usize];
            copy.clear();
            copy.extend(tours.itinerary(route));
        });
    }

    /// The stops of each route, by route; empty ones included.
    pub fn routes(&self) -> &[Vec<u32>] {
        &self.routes
    }

    /// The routes that have stops, by number.
    pub fn filled(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let routes = (0..).zip(self.routes.iter().map(Vec::as_slice));
        routes.filter(|(_, stops)| !stops.is_empty())
    }

    /// The orders that are on no route.
    pub fn absent(&self) -> &[u32] {
        &self.absent
    }
}
