//! What the arcs of the present routes cost.

use crate::eval::{Resource, Tours};

/// What the arcs of routes cost in steps: those between stops, and those to and from depots.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Arcs {
    inner: f64,
    inner_count: u64,
    outer: f64,
    routes: u64,
}

impl Arcs {
    /// Mean price of an arc between two stops, at least 1: the scale of temperatures. Arcs to and from depots count only
    /// where there are no others.
    pub fn mean(&self) -> f64 {
        let mean = if self.inner_count > 0 {
            self.inner / self.inner_count as f64
        } else {
            self.outer / (2 * self.routes).max(1) as f64
        };
        mean.max(1.0)
    }

    /// How far the routes roam: stops of a mean route, times what its arcs between stops cost for one unit of cost of its
    /// arcs to and from depots.
    ///
    /// Small where vehicles go out to a place, serve some orders and come back; large where the way there leads past
    /// many orders, so that which routes those are on is open, too.
    pub fn roaming(&self) -> f64 {
        self.stops() * self.inner / self.outer.max(1.0)
    }

    /// How many stops a route has on average.
    pub fn stops(&self) -> f64 {
        (self.inner_count + self.routes) as f64 / self.routes.max(1) as f64
    }
}

impl<R: Resource> Tours<'_, R> {
    /// The arcs of the present routes. O(routes).
    pub fn arcs(&self) -> Arcs {
        let mut arcs = Arcs::default();
        for index in 0..self.route_count() as u32 {
            let route = self.route(index);
            if route.size == 0 {
                continue;
            }
            let price = self.distance_price(route.vehicle) as f64;
            let ends = self.node(self.start(index)).arc_out + self.node(self.end(index)).arc_in;
            arcs.inner += (route.distance - ends) as f64 * price;
            arcs.inner_count += u64::from(route.size) - 1;
            arcs.outer += ends as f64 * price;
            arcs.routes += 1;
        }
        arcs
    }
}
