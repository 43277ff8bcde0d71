//! Routes in a neutral JSON form, by client number: what other programs can judge.
//!
//! ```json
//! {"routes": [{"vehicle_type": 0, "start_depot": 0, "end_depot": 0, "trips": [[3, 4, 5]]}], "unserved": [7]}
//! ```
//!
//! Clients and depots go by their numbers in the instance's [`Numbering`], vehicle types by their index. When reading,
//! `vehicle_type` may be left out where there is one type or the start depot has only one, `clients` may stand for one
//! trip, a `cost` is not looked at, and `unserved`, where it is given, must be what the routes leave out.

use super::Numbering;
use super::parsed::parsed;
use crate::error::{Error, Issues, Rule};
use crate::measure::{OrderId, VehicleTypeId};
use crate::plan::{Plan, RouteDraft};
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
    #[serde(default)]
    reload_depots: Vec<u32>,
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
    trips: [Vec<u32>; 1],
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
        trips: [route
            .stops()
            .iter()
            .map(|stop| numbering.client(stop.order))
            .collect()],
    });
    let mut unserved: Vec<u32> = plan
        .unserved()
        .iter()
        .map(|u| numbering.client(u.order()))
        .collect();
    unserved.sort_unstable();
    let file = FileOut {
        routes: routes.collect(),
        unserved,
    };
    serde_json::to_string(&file).expect("plain data serialises")
}

/// Reads routes; those without stops are left out.
///
/// # Errors
///
/// The first fault of the JSON, with its line and column; or every fault of the routes: numbers that are no clients,
/// clients that are visited twice, vehicle types that do not exist, depots that are not theirs, more than one trip.
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
        let trips = route
            .trips
            .iter()
            .flatten()
            .chain(&route.clients)
            .filter(|trip| !trip.is_empty());
        let trips: Vec<&Vec<u32>> = trips.take(2).collect();
        if trips.len() > 1 || !route.reload_depots.is_empty() {
            let advice = || {
                "routes of more than one trip are not supported; make a route of each".to_owned()
            };
            self.issues
                .add(Rule::Unsupported, || subject(number), advice);
        }
        let stops: Vec<OrderId> = trips
            .first()?
            .iter()
            .filter_map(|client| self.stop(number, *client))
            .collect();
        let vehicle_type = self.vehicle_type(number, route)?;
        Some(RouteDraft::new(vehicle_type, stops))
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
