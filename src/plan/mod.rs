//! What happens on the day: routes with schedule, loads and cost, shipments, and what is not served and why.
//!
//! A [`Plan`] is made from lists of stops by walking them, leg by leg. This room is the second judge of a plan: it shares
//! no code with [`eval`](crate::eval), which the search asks what a change costs, and the two are tested to agree to the
//! unit. Inside the room [`Plan::check`] is a second opinion once more, in closed form and with 128-bit sums. It knows
//! problems, and nothing of search or formats.
//!
//! ```
//! use milkrun::measure::{Duration, Time, VehicleTypeId, Window};
//! use milkrun::model::{Depot, Model, Order, Place, VehicleType};
//! use milkrun::plan::{Plan, RouteDraft};
//! use milkrun::problem::Problem;
//! use milkrun::travel::Haversine;
//!
//! let mut model = Model::new();
//! let depot = model.add_depot(Depot::new("bakery", Place::geo(52.52, 13.40)));
//! model.add_vehicle_type(VehicleType::new("van", 1, depot));
//! let promised = Window::new(Time::at(7, 0), Time::at(9, 0));
//! let cafe = Order::drop_off("cafe", Place::geo(52.53, 13.42)).window(promised);
//! let cafe = model.add_order(cafe.service(Duration::minutes(4)));
//! let problem = Problem::new(&model, &Haversine::at_kmh(34.0))?;
//!
//! let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), vec![cafe])]);
//! assert!(plan.is_complete() && plan.check(&problem).is_empty());
//! let shipment = &plan.shipments()[0];
//! assert_eq!(shipment.eta, Time::at(7, 0)); // the van leaves just in time
//! assert_eq!(shipment.latest, Some(Time::at(9, 0)));
//! println!("{plan}");
//! # Ok::<(), milkrun::error::Error>(())
//! ```

mod alone;
mod cheapest;
mod check;
mod cost;
mod draft;
mod graph;
mod groups;
mod hand_over;
mod handed;
mod obstacles;
mod pairs;
mod reason;
mod records;
mod recount;
mod reload;
mod replaced;
mod route;
mod shipment;
mod stop;
mod table;
mod timetable;
mod unserved;
mod violation;
mod walk;
mod wide_cost;

pub use cost::CostBreakdown;
pub use draft::{Reload, RouteDraft};
pub use graph::GraphNode;
pub use hand_over::{HandOver, HandedOver};
pub use reason::{Reason, Relaxation};
pub use reload::ReloadStop;
pub use replaced::Replaced;
pub use route::Route;
pub use shipment::Shipment;
pub use stop::Stop;
pub use table::Summary;
pub use unserved::Unserved;
pub use violation::{Fault, Record, Violation};

use crate::measure::{Cost, Distance, Duration, OrderId, Time, VehicleTypeId};
use crate::problem::{Names, Problem};
use alone::Inquiry;
use check::{Check, Stray};
use hand_over::hand_over;
use reload::serving;
use replaced::replaced;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// A span in the form of a clock: `0:20`, `1:05:30`.
fn span(duration: Duration) -> String {
    Time(duration.get()).clock()
}

/// A delivery day as it will happen: owned, immutable, and shared freely between threads.
///
/// # Cost
///
/// The sum over routes of fixed cost, cost per distance times distance, cost per duration times duration, and in the same
/// way waiting, overtime, promises that are missed, and stops; what carriers charge; and the prices of the optional orders,
/// and groups, that are not served.
/// Mandatory orders that are not served cost nothing here; see [`Plan::is_complete`].
///
/// # Serialisation
///
/// Serialises ids and numbers; the caller's names of orders and depots are in [`Plan::names`], and the doors in
/// [`format`](crate::format) write them.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    #[serde(skip)]
    names: Arc<Names>,
    order_count: usize,
    routes: Vec<Route>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hand_overs: Vec<HandOver>,
    unserved: Vec<Unserved>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaced: Vec<Replaced>,
    #[serde(skip)]
    strays: Vec<Stray>,
    cost: CostBreakdown,
}

impl Plan {
    /// Walks every route, and finds out why the orders that are on none are not served.
    ///
    /// Nothing is refused: a route that is late or overloaded is walked to its end, and [`Plan::check`] lists what is
    /// wrong with it. Ids that the problem does not have are left out of the walk, and listed there as well. Drafts
    /// without stops are dropped, and so are trips without stops: a reload that comes first or last, and all but the last
    /// of several in a row. Vehicles under way may begin with one.
    ///
    /// # Complexity
    ///
    /// Linear in the number of stops, O(n log n) for routes with promises, plus one short walk per unserved order and vehicle type, and one look at each order on
    /// no route for every set of carriers that charge a fee.
    pub fn new(problem: &Problem, drafts: Vec<RouteDraft>) -> Self {
        let mut strays = Vec::new();
        let routes = walk_all(problem, drafts, &mut strays);
        let mut served = vec![false; problem.order_count()];
        for stop in routes.iter().flat_map(|r| &r.stops) {
            served[stop.order.index()] = true;
        }
        let missing: Vec<OrderId> = problem.orders().filter(|o| !served[o.index()]).collect();
        let hand_overs = hand_over(problem, &missing);
        for handed in hand_overs.iter().flat_map(|carrier| &carrier.orders) {
            served[handed.order.index()] = true;
        }
        let replaced = replaced(problem, &routes, &hand_overs, &missing);
        for one in &replaced {
            served[one.order.index()] = true;
        }
        let inquiry = Inquiry::new(problem, &routes);
        // A group is unserved once.
        let is_left = |o: &OrderId| !served[o.index()] && problem.lead(*o) == *o;
        let missing = missing.into_iter().filter(is_left);
        let unserved: Vec<Unserved> = missing.map(|order| inquiry.why(order)).collect();
        let mut cost = CostBreakdown::default();
        for route in &routes {
            cost.add(&route.cost);
        }
        for carrier in &hand_overs {
            cost.add(&CostBreakdown {
                carriers: carrier.cost(),
                ..CostBreakdown::default()
            });
        }
        for price in unserved.iter().filter_map(|u| u.price) {
            cost.add(&CostBreakdown {
                unserved: price,
                ..CostBreakdown::default()
            });
        }
        Self {
            names: problem.shared_names(),
            order_count: problem.leads().count(),
            routes,
            hand_overs,
            unserved,
            replaced,
            strays,
            cost,
        }
    }

    /// The routes, in the order of the drafts.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// What carriers take, by carrier; those of which nothing is asked are left out.
    ///
    /// Which carriers come, and who takes what, follows from the orders on no route: the plan chooses the cheapest way. See
    /// [`Carrier`](crate::model::Carrier).
    pub fn hand_overs(&self) -> &[HandOver] {
        &self.hand_overs
    }

    /// How many orders carriers take.
    pub fn handed_over_count(&self) -> usize {
        self.hand_overs.iter().map(|c| c.orders.len()).sum()
    }

    /// The orders that no route serves and no carrier takes, by id. A [`Group`](crate::model::Group) of which no order is
    /// served is there once, as the one that comes closest, at the place of its first.
    pub fn unserved(&self) -> &[Unserved] {
        &self.unserved
    }

    /// The orders that are not served because another one of their [`Group`](crate::model::Group) is, by id.
    ///
    /// So nothing is lost: each order is on a route, with a carrier, here, or unserved.
    pub fn replaced(&self) -> &[Replaced] {
        &self.replaced
    }

    /// How many orders are to be served: those of the problem, all of a group counted once.
    pub fn order_count(&self) -> usize {
        self.order_count
    }

    /// Whether every mandatory order is served, or handed over to a carrier.
    pub fn is_complete(&self) -> bool {
        !self.unserved.iter().any(Unserved::is_mandatory)
    }

    /// What it costs, part by part; the total is what a solver minimises.
    pub fn cost(&self) -> &CostBreakdown {
        &self.cost
    }

    /// How far all routes drive.
    pub fn distance(&self) -> Distance {
        let lengths = self.routes.iter().map(|r| r.distance.get());
        Distance(lengths.fold(0, i64::saturating_add))
    }

    /// How long all routes take, in seconds from leaving to ending, summed.
    pub fn duration(&self) -> Duration {
        let spans = self.routes.iter().map(|r| r.duration().get());
        Duration(spans.fold(0, i64::saturating_add))
    }

    /// The caller's names for orders, depots, vehicle types and load dimensions.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The stops alone, as for a warm start: `Plan::new(&problem, plan.drafts())` is the same plan.
    pub fn drafts(&self) -> Vec<RouteDraft> {
        self.routes.iter().map(Route::draft).collect()
    }

    /// Lists every way in which the plan breaks a rule of `problem`, or states a number that is not so.
    ///
    /// Everything is recomputed from the lists of stops, in 128-bit sums and by other code than that of the walk. A
    /// mandatory order that is listed as unserved is no violation; see [`Plan::is_complete`].
    ///
    /// # Complexity
    ///
    /// Linear in the number of stops and orders.
    pub fn check(&self, problem: &Problem) -> Vec<Violation> {
        Check::run(self, problem)
    }

    /// One shipment per order on a route, route by route in the order of stops. A [`Pair`](crate::model::Pair) has two, as two
    /// customers wait: that of its pickup and that of its drop-off.
    pub fn shipments(&self) -> Vec<Shipment> {
        let stops = self.routes.iter().map(|r| r.stops.len()).sum();
        let mut shipments = Vec::with_capacity(stops);
        for (index, route) in self.routes.iter().enumerate() {
            let vehicle: Arc<str> = route.vehicle_name().into();
            shipments.extend(
                route
                    .stops
                    .iter()
                    .zip(1..)
                    .map(|(stop, sequence)| Shipment {
                        order: stop.order,
                        name: self.names.order(stop.order).to_owned(),
                        kind: stop.kind,
                        route: index,
                        vehicle: Arc::clone(&vehicle),
                        sequence,
                        departure: route.trip_departure(sequence - 1),
                        eta: stop.start,
                        latest: stop.latest_arrival(),
                    }),
            );
        }
        shipments
    }

    /// The plan in a few lines of text: routes, orders served, distance, duration and cost.
    pub fn summary(&self) -> Summary<'_> {
        Summary(self)
    }
}

/// Walks the drafts; what they name that does not exist goes astray.
fn walk_all(problem: &Problem, drafts: Vec<RouteDraft>, strays: &mut Vec<Stray>) -> Vec<Route> {
    let names = problem.names();
    let types = problem.fleet().len();
    let type_names: Vec<Arc<str>> = (0..types)
        .map(|t| names.vehicle_type(VehicleTypeId::new(t)).into())
        .collect();
    let mut out = vec![0_usize; types];
    let mut routes = Vec::with_capacity(drafts.len());
    for (
        draft,
        RouteDraft {
            vehicle_type,
            mut stops,
            mut reloads,
        },
    ) in drafts.into_iter().enumerate()
    {
        let known: Vec<bool> = stops.iter().map(|o| problem.has_order(*o)).collect();
        let unknown = stops.iter().zip(&known).filter(|(_, known)| !**known);
        strays.extend(unknown.map(|(&order, _)| Stray::Order { draft, order }));
        reloads.retain(|reload| {
            let known = reload.depot.index() < problem.depot_count();
            if !known {
                let id = reload.depot;
                strays.push(Stray::Depot { draft, id });
            }
            known
        });
        stops.retain(|order| problem.has_order(*order));
        let Some(type_name) = type_names.get(vehicle_type.index()) else {
            let id = vehicle_type;
            strays.push(Stray::VehicleType { draft, id });
            continue;
        };
        let reloads = serving(reloads, &known, problem.may_reload_first(vehicle_type));
        if stops.is_empty() {
            continue;
        }
        out[vehicle_type.index()] += 1;
        let vehicle = (Arc::clone(type_name), out[vehicle_type.index()]);
        routes.push(walk::walk(
            problem,
            vehicle_type,
            vehicle,
            (&stops, &reloads),
        ));
    }
    routes
}

/// Prints counts and cost only: names are the caller's business, and stops may be very many.
impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: Cost = self.cost.total();
        f.debug_struct("Plan")
            .field("routes", &self.routes.len())
            .field("orders", &self.order_count)
            .field("handed_over", &self.handed_over_count())
            .field("unserved", &self.unserved.len())
            .field("cost", &total)
            .finish_non_exhaustive()
    }
}
