//! A plan as a `GeoJSON` map layer (RFC 7946), styled after simplestyle 1.1.
//!
//! One line for each route, one point for each stop, reload, depot, handed over and unserved order; `kind` in the
//! properties tells them apart. Positions are longitude, latitude. Places on a plane are written as they are, and the collection then has the
//! foreign member `"coordinates": "plane"`; places that are rows of a table have no geometry.
//!
//! # Units
//!
//! Moments and spans are seconds from the start of the horizon, as everywhere; `clock` is the arrival to read. Costs are
//! decimal text in the caller's unit.

use super::palette::colour;
use crate::measure::{DepotId, DimensionId, Distance, Duration, Load, OrderId, PlaceId, Time};
use crate::model::{OrderKind, Place};
use crate::plan::{Plan, Route};
use crate::problem::Problem;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    coordinates: Option<&'static str>,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: Option<Geometry>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    LineString(Vec<[f64; 2]>),
    Point([f64; 2]),
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Properties<'a> {
    Route(RouteFacts<'a>),
    Depot(DepotFacts<'a>),
    Stop(StopFacts<'a>),
    Reload(ReloadFacts<'a>),
    HandedOver(HandedOverFacts<'a>),
    Unserved(UnservedFacts<'a>),
}

#[derive(Serialize)]
struct RouteFacts<'a> {
    route: usize,
    vehicle: String,
    vehicle_type: &'a str,
    stops: usize,
    trips: usize,
    distance: Distance,
    duration: Duration,
    waiting: Duration,
    departure: Time,
    arrival: Time,
    cost: String,
    peak_load: Loads<'a>,
    stroke: String,
    #[serde(rename = "stroke-width")]
    stroke_width: u8,
    #[serde(rename = "stroke-opacity")]
    stroke_opacity: f64,
}

#[derive(Serialize)]
struct DepotFacts<'a> {
    depot: &'a str,
    #[serde(rename = "marker-color")]
    marker_color: &'static str,
    #[serde(rename = "marker-symbol")]
    marker_symbol: &'static str,
}

#[derive(Serialize)]
struct StopFacts<'a> {
    order: &'a str,
    service: OrderKind,
    route: usize,
    vehicle: String,
    sequence: usize,
    arrival: Time,
    wait: Duration,
    start: Time,
    departure: Time,
    clock: String,
    load: Loads<'a>,
    #[serde(rename = "marker-color")]
    marker_color: String,
    #[serde(rename = "marker-size")]
    marker_size: &'static str,
}

#[derive(Serialize)]
struct ReloadFacts<'a> {
    depot: &'a str,
    route: usize,
    vehicle: String,
    /// Which trip of the route begins.
    trip: usize,
    arrival: Time,
    wait: Duration,
    start: Time,
    departure: Time,
    clock: String,
    load: Loads<'a>,
    #[serde(rename = "marker-color")]
    marker_color: String,
    #[serde(rename = "marker-size")]
    marker_size: &'static str,
}

#[derive(Serialize)]
struct HandedOverFacts<'a> {
    order: &'a str,
    carrier: &'a str,
    price: String,
    #[serde(rename = "marker-color")]
    marker_color: &'static str,
}

#[derive(Serialize)]
struct UnservedFacts<'a> {
    order: &'a str,
    code: &'static str,
    reason: String,
    #[serde(rename = "marker-color")]
    marker_color: &'static str,
    #[serde(rename = "marker-symbol")]
    marker_symbol: &'static str,
}

/// Loads by the names of their dimensions.
struct Loads<'a> {
    problem: &'a Problem,
    loads: &'a [Load],
}

impl Serialize for Loads<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.loads.len()))?;
        for (index, load) in self.loads.iter().enumerate() {
            map.serialize_entry(
                self.problem.names().dimension(DimensionId::new(index)),
                load,
            )?;
        }
        map.end()
    }
}

/// Writes a plan as a `GeoJSON` `FeatureCollection`, on one line.
///
/// # Panics
///
/// When the plan is not one of this problem.
pub fn write(problem: &Problem, plan: &Plan) -> String {
    let mut features = Vec::new();
    for (index, route) in plan.routes().iter().enumerate() {
        features.push(route_feature(problem, index, route));
    }
    features.extend(
        (0..problem.depot_count()).map(|depot| depot_feature(problem, DepotId::new(depot))),
    );
    for (index, route) in plan.routes().iter().enumerate() {
        features.extend(
            (0..route.stops().len()).map(|sequence| stop_feature(problem, index, route, sequence)),
        );
        features.extend(
            (0..route.reloads().len()).map(|number| reload_feature(problem, index, route, number)),
        );
    }
    for taken in plan.hand_overs() {
        for handed in &taken.orders {
            let properties = Properties::HandedOver(HandedOverFacts {
                order: problem.names().order(handed.order),
                carrier: problem.names().carrier(taken.carrier),
                price: handed.price.decimal(),
                marker_color: "#7a7a7a",
            });
            let place = problem.order_place(handed.order);
            features.push(feature(point(problem, place), properties));
        }
    }
    for left in plan.unserved() {
        let properties = Properties::Unserved(UnservedFacts {
            order: problem.names().order(left.order()),
            code: left.reason().code(),
            reason: left.reason().to_string(),
            marker_color: "#c0293b",
            marker_symbol: "cross",
        });
        features.push(feature(
            point(problem, problem.order_place(left.order())),
            properties,
        ));
    }
    let plane = (0..problem.place_count())
        .any(|p| matches!(problem.location(PlaceId::new(p)), Place::Plane { .. }));
    let collection = Collection {
        kind: "FeatureCollection",
        coordinates: plane.then_some("plane"),
        features,
    };
    serde_json::to_string(&collection).expect("plain data serialises")
}

fn feature(geometry: Option<Geometry>, properties: Properties<'_>) -> Feature<'_> {
    Feature {
        kind: "Feature",
        geometry,
        properties,
    }
}

fn position(problem: &Problem, place: PlaceId) -> Option<[f64; 2]> {
    match problem.location(place) {
        Place::Geo {
            latitude,
            longitude,
        } => Some([longitude, latitude]),
        Place::Plane { x, y } => Some([x, y]),
        Place::Row(_) => None,
    }
}

fn point(problem: &Problem, place: PlaceId) -> Option<Geometry> {
    position(problem, place).map(Geometry::Point)
}

fn route_feature<'a>(problem: &'a Problem, index: usize, route: &'a Route) -> Feature<'a> {
    let mut reloads = route.reloads().iter().peekable();
    let calls = route.stops().iter().enumerate().flat_map(|(index, stop)| {
        let reload = reloads.next_if(|reload| reload.before == index);
        let depot = reload.map(|reload| problem.depot_place(reload.depot));
        depot.into_iter().chain([problem.order_place(stop.order)])
    });
    let places = std::iter::once(problem.depot_place(route.start()))
        .chain(calls)
        .chain(route.end().map(|depot| problem.depot_place(depot)));
    let line: Vec<[f64; 2]> = places
        .filter_map(|place| position(problem, place))
        .collect();
    let properties = Properties::Route(RouteFacts {
        route: index + 1,
        vehicle: route.vehicle_name(),
        vehicle_type: problem.names().vehicle_type(route.vehicle_type()),
        stops: route.stops().len(),
        trips: route.trip_count(),
        distance: route.distance(),
        duration: route.duration(),
        waiting: route.waiting(),
        departure: route.departure(),
        arrival: route.arrival(),
        cost: route.cost().total().decimal(),
        peak_load: Loads {
            problem,
            loads: route.peak(),
        },
        stroke: colour(index),
        stroke_width: 3,
        stroke_opacity: 0.9,
    });
    feature(
        (line.len() >= 2).then_some(Geometry::LineString(line)),
        properties,
    )
}

fn depot_feature(problem: &Problem, depot: DepotId) -> Feature<'_> {
    let properties = Properties::Depot(DepotFacts {
        depot: problem.names().depot(depot),
        marker_color: "#1b2330",
        marker_symbol: "warehouse",
    });
    feature(point(problem, problem.depot_place(depot)), properties)
}

fn reload_feature<'a>(
    problem: &'a Problem,
    index: usize,
    route: &'a Route,
    number: usize,
) -> Feature<'a> {
    let reload = &route.reloads()[number];
    let properties = Properties::Reload(ReloadFacts {
        depot: problem.names().depot(reload.depot),
        route: index + 1,
        vehicle: route.vehicle_name(),
        trip: number + 2,
        arrival: reload.arrival,
        wait: reload.wait,
        start: reload.start,
        departure: reload.departure,
        clock: reload.arrival.clock(),
        load: Loads {
            problem,
            loads: route.load_after_reload(number),
        },
        marker_color: colour(index),
        marker_size: "small",
    });
    let place = problem.depot_place(reload.depot);
    feature(point(problem, place), properties)
}

fn stop_feature<'a>(
    problem: &'a Problem,
    index: usize,
    route: &'a Route,
    sequence: usize,
) -> Feature<'a> {
    let stop = &route.stops()[sequence];
    let order: OrderId = stop.order;
    let properties = Properties::Stop(StopFacts {
        order: problem.names().order(order),
        service: stop.kind,
        route: index + 1,
        vehicle: route.vehicle_name(),
        sequence: sequence + 1,
        arrival: stop.arrival,
        wait: stop.wait,
        start: stop.start,
        departure: stop.departure,
        clock: stop.arrival.clock(),
        load: Loads {
            problem,
            loads: route.load_after(sequence),
        },
        marker_color: colour(index),
        marker_size: "small",
    });
    feature(point(problem, problem.order_place(order)), properties)
}
