//! Routes in a neutral JSON form, by client number: what other programs can judge.
//!
//! ```json
//! {"routes": [{"vehicle_type": 0, "start_depot": 0, "end_depot": 0, "trips": [[3, 4], [5]], "reload_depots": [0]}],
//!  "unserved": [7]}
//! ```
//!
//! Clients and depots go by their numbers in the instance's [`Numbering`], vehicle types by their index. Between two trips
//! the vehicle reloads at the depot that `reload_depots` names for it, in the order of the trips; it is not written where
//! there is one trip. When reading, `vehicle_type` may be left out where there is one type or the start depot has only one,
//! `clients` may stand for one trip, `reload_depots` may be left out where the type has only one, a `cost` is not looked
//! at, and `unserved`, where it is given, must be what the routes leave out, be it handed over to a
//! carrier, replaced by another order of its group, or neither.

use super::Numbering;
use super::parsed::parsed;
use crate::error::{Error, Issues, Rule};
use crate::measure::{DepotId, OrderId, VehicleTypeId};
use crate::plan::{Plan, RouteDraft, Unserved};
use crate::problem::Problem;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileIn {
    routes: Vec<RouteIn>,
    unserved: Option<Vec<u32>>,
    #[serde(rename = "cost")]
    _cost: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteIn {
    vehicle_type: Option<usize>,
    start_depot: Option<u32>,
    end_depot: Option<u32>,
    trips: Option<Vec<Vec<u32>>>,
    clients: Option<Vec<u32>>,
    reload_depots: Option<Vec<u32>>,
}

#[derive(Serialize)]
struct FileOut {
    routes: Vec<RouteOut>,
    unserved: Vec<u32>,
}

#[derive(Serialize)]
struct RouteOut {
    vehicle_type: usize,
    start_depot: u32,
    end_depot: Option<u32>,
    trips: Vec<Vec<u32>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reload_depots: Vec<u32>,
}

/// Writes the routes of a plan and what they leave out.
///
/// # Panics
///
/// Never: plain data has no way to fail.
pub fn write(plan: &Plan, numbering: &Numbering) -> String {
    let routes = plan.routes().iter().map(|route| RouteOut {
        vehicle_type: route.vehicle_type().index(),
        start_depot: numbering.depot(route.start()),
        end_depot: route.end().map(|depot| numbering.depot(depot)),
        trips: route
            .trips()
            .map(|trip| {
                let stops = route.stops()[trip].iter();
                stops.map(|stop| numbering.client(stop.order)).collect()
            })
            .collect(),
        reload_depots: (route.reloads().iter())
            .map(|reload| numbering.depot(reload.depot))
            .collect(),
    });
    let handed = plan.hand_overs().iter().flat_map(|taken| &taken.orders);
    let handed = handed.map(|handed| handed.order);
    let replaced = plan.replaced().iter().map(|one| one.order);
    let others = plan.unserved().iter().flat_map(Unserved::alternatives);
    let left = plan.unserved().iter().map(Unserved::order);
    let left = left.chain(others.copied()).chain(handed).chain(replaced);
    let mut unserved: Vec<u32> = left.map(|order| numbering.client(order)).collect();
    unserved.sort_unstable();
    let file = FileOut {
        routes: routes.collect(),
        unserved,
    };
    serde_json::to_string(&file).expect("plain data serialises")
}

/// Reads routes; routes and trips without stops are left out.
///
/// # Errors
///
/// The first fault of the JSON, with its line and column; or every fault of the routes: numbers that are no clients,
/// clients that are visited twice, vehicle types that do not exist, depots that are not theirs, reloads at depots that do
/// not exist, or not one between each two trips. Whether a vehicle may reload there and so often is for
/// [`Plan::check`] to say.
pub fn read(
    text: impl AsRef<[u8]>,
    problem: &Problem,
    numbering: &Numbering,
) -> Result<Vec<RouteDraft>, Error> {
    let file: FileIn = parsed(text.as_ref())?;
    let mut reading = Reading {
        problem,
        numbering,
        served: vec![false; problem.order_count()],
        issues: Issues::new(),
    };
    let drafts = (1..)
        .zip(&file.routes)
        .filter_map(|(number, route)| reading.route(number, route))
        .collect();
    if let Some(unserved) = &file.unserved {
        reading.check_unserved(unserved);
    }
    reading.issues.into_result().map(|()| drafts)
}

struct Reading<'a> {
    problem: &'a Problem,
    numbering: &'a Numbering,
    served: Vec<bool>,
    issues: Issues,
}

impl Reading<'_> {
    fn route(&mut self, number: usize, route: &RouteIn) -> Option<RouteDraft> {
        let trips = route.trips.iter().flatten().chain(&route.clients);
        let placed = route.reload_depots.is_some();
        let trips: Vec<&Vec<u32>> = trips.filter(|trip| placed || !trip.is_empty()).collect();
        if trips.iter().all(|trip| trip.is_empty()) {
            return None;
        }
        let vehicle_type = self.vehicle_type(number, route);
        let depots = self.reload_depots(number, route, trips.len() - 1, vehicle_type);
        let mut draft = RouteDraft::new(vehicle_type.unwrap_or(VehicleTypeId::new(0)), Vec::new());
        for (index, trip) in trips.into_iter().enumerate() {
            let between = index.checked_sub(1);
            if let Some(depot) = between.and_then(|index| depots.get(index)) {
                let before = draft.stops.len();
                draft = draft.reload(before, *depot);
            }
            let stops = trip.iter().filter_map(|client| self.stop(number, *client));
            draft.stops.extend(stops);
        }
        vehicle_type.is_some().then_some(draft)
    }

    /// The depots at which the route reloads, one between each two trips.
    fn reload_depots(
        &mut self,
        number: usize,
        route: &RouteIn,
        count: usize,
        vehicle_type: Option<VehicleTypeId>,
    ) -> Vec<DepotId> {
        let Some(stated) = &route.reload_depots else {
            let allowed = vehicle_type.map(|id| self.problem.vehicle_type(id).reload_depots());
            return match allowed {
                _ if count == 0 => Vec::new(),
                None => Vec::new(), // said already
                Some([only]) => vec![*only; count],
                Some([]) => {
                    let advice = "it has several trips, but its vehicle type may not reload; make a route of each";
                    let advice = || advice.to_owned();
                    self.issues
                        .add(Rule::Inconsistent, || subject(number), advice);
                    Vec::new()
                }
                Some(_) => {
                    let advice = || {
                        "it has several trips, but nothing says where its vehicle reloads; add reload_depots, one between \
                         each two trips"
                            .to_owned()
                    };
                    self.issues.add(Rule::Missing, || subject(number), advice);
                    Vec::new()
                }
            };
        };
        if stated.len() != count {
            let advice = || {
                format!(
                    "it has {} trips and {} reload_depots; give one between each two trips",
                    count + 1,
                    stated.len()
                )
            };
            self.issues
                .add(Rule::Inconsistent, || subject(number), advice);
        }
        let mut depots = Vec::with_capacity(stated.len());
        for &depot in stated {
            let known = self.numbering.depot_id(depot);
            if let Some(id) = known.filter(|id| id.index() < self.problem.depot_count()) {
                depots.push(id);
            } else {
                let advice = || format!("{depot} is not a depot of this instance; correct it");
                self.issues
                    .add(Rule::UnknownReference, || subject(number), advice);
            }
        }
        depots
    }

    fn stop(&mut self, number: usize, client: u32) -> Option<OrderId> {
        let order = self
            .numbering
            .order(client)
            .filter(|order| order.index() < self.served.len());
        let Some(order) = order else {
            let advice = || format!("{client} is not a client of this instance; correct it");
            self.issues
                .add(Rule::UnknownReference, || subject(number), advice);
            return None;
        };
        if std::mem::replace(&mut self.served[order.index()], true) {
            let advice = || format!("client {client} is visited twice; keep one visit");
            self.issues
                .add(Rule::DuplicateName, || subject(number), advice);
        }
        Some(order)
    }

    /// The type that the route states, or the only one that it can be.
    fn vehicle_type(&mut self, number: usize, route: &RouteIn) -> Option<VehicleTypeId> {
        let fleet = self.problem.fleet();
        let starts = |index: &usize| {
            route
                .start_depot
                .is_none_or(|d| d == self.numbering.depot(fleet[*index].start))
        };
        let fitting: Vec<usize> = (0..fleet.len()).filter(starts).take(2).collect();
        let index = match (route.vehicle_type, fitting.as_slice()) {
            (Some(index), _) if index < fleet.len() => index,
            (None, [only]) => *only,
            _ => {
                let advice = || {
                    "its vehicle type is not known, or could be several; state one of the fleet"
                        .to_owned()
                };
                self.issues
                    .add(Rule::UnknownReference, || subject(number), advice);
                return None;
            }
        };
        let end = fleet[index].end.map(|end| self.numbering.depot(end));
        if !starts(&index) || route.end_depot.is_some_and(|stated| Some(stated) != end) {
            let advice =
                || format!("it starts or ends elsewhere than vehicle type {index}; correct one");
            self.issues
                .add(Rule::Inconsistent, || subject(number), advice);
        }
        Some(VehicleTypeId::new(index))
    }

    fn check_unserved(&mut self, stated: &[u32]) {
        let mut stated = stated.to_vec();
        stated.sort_unstable();
        let left = (0..self.served.len()).filter(|order| !self.served[*order]);
        let mut left: Vec<u32> = left
            .map(|order| self.numbering.client(OrderId::new(order)))
            .collect();
        left.sort_unstable();
        if stated != left {
            let advice = || {
                format!(
                    "it lists {} clients, the routes leave out {}; they must be the same",
                    stated.len(),
                    left.len()
                )
            };
            self.issues
                .add(Rule::Inconsistent, || "unserved".to_owned(), advice);
        }
    }
}

fn subject(number: usize) -> String {
    format!("route {number}")
}
