//! Coordinates, tables and travels that do not fit.

use super::*;
use milkrun::travel::{LegRequest, Legs, Road, RoadNetwork, TravelFault};

#[test]
fn coordinates_that_are_none() {
    use Rule::{BadCoordinate, Inconsistent, OutOfRange, UnknownReference};
    let infinite = f64::INFINITY;
    for bad in [
        f64::NAN,
        infinite,
        -infinite,
        1e308,
        -1e308,
        90.000_001,
        -91.0,
    ] {
        let model = at(HUB, Place::geo(bad, 0.0));
        refused("latitude", &model, &[(CAFE_ORDER, BadCoordinate)]);
    }
    for bad in [f64::NAN, infinite, -1e308, 180.000_001, -181.0] {
        let model = at(Place::geo(0.0, bad), CAFE);
        refused("longitude", &model, &[(HUB_DEPOT, BadCoordinate)]);
    }
    let limits = Limits::default();
    for bad in [f64::NAN, infinite, 1e308, -1e13] {
        let model = at(Place::plane(bad, 0.0), Place::plane(0.0, bad));
        let expected = [(HUB_DEPOT, BadCoordinate), (CAFE_ORDER, BadCoordinate)];
        refused_with("plane", &model, &Euclidean::rounded(), &limits, &expected);
    }
    let globe = order(|o| o);
    let wrong_kind = [(HUB_DEPOT, Inconsistent), (CAFE_ORDER, Inconsistent)];
    refused_with(
        "globe on a plane",
        &globe,
        &Euclidean::exact(),
        &limits,
        &wrong_kind,
    );
    let plane = at(Place::plane(0.0, 0.0), Place::row(0));
    refused("plane on a globe", &plane, &wrong_kind);
    for speed in [0.0, -5.0, f64::NAN, infinite, 1e308] {
        let travel = Haversine::at_kmh(speed);
        refused_with(
            "speed",
            &globe,
            &travel,
            &limits,
            &[(DEFAULT_PROFILE, OutOfRange)],
        );
    }
    let truck = vehicle(|v| v.profile("truck"));
    let tables = Tables::new(Table::from_rows(vec![vec![Some(0)]]).unwrap());
    let expected = [("travel profile \"truck\"", UnknownReference)];
    refused_with("unknown profile", &truck, &tables, &limits, &expected);
}

/// Tables of `rows`, for a depot at row 0 and an order at row 1.
fn on_table(rows: Vec<Vec<Option<i64>>>) -> (Model, Tables) {
    let tables = Tables::new(Table::from_rows(rows).unwrap());
    (at(Place::row(0), Place::row(1)), tables)
}

#[test]
fn tables_that_do_not_fit() {
    use Rule::{Inconsistent, OutOfRange, TooLarge, UnknownReference, Unreachable};
    let limits = Limits::default();
    let refused_rows = |name: &str, rows: Vec<Vec<Option<i64>>>, expected: Expected<'_>| {
        let (model, tables) = on_table(rows);
        refused_with(name, &model, &tables, &limits, expected);
    };
    let zero = Some(0);
    refused_rows(
        "too small",
        vec![vec![zero]],
        &[(CAFE_ORDER, UnknownReference)],
    );
    let wide = vec![vec![zero; 3], vec![zero; 3]];
    refused_rows("not square", wide, &[(DEFAULT_PROFILE, Inconsistent)]);
    for bad in [-1, i64::MIN, (1 << 32) - 1, 1 << 53, i64::MAX] {
        let rows = vec![vec![zero, Some(bad)], vec![zero, zero]];
        refused_rows("cell", rows, &[(DEFAULT_PROFILE, OutOfRange)]);
    }
    let no_way_there = vec![vec![zero, None], vec![Some(1), zero]];
    refused_rows("no way there", no_way_there, &[(CAFE_ORDER, Unreachable)]);
    let no_way_back = vec![vec![zero, Some(1)], vec![None, zero]];
    refused_rows("no way back", no_way_back, &[(CAFE_ORDER, Unreachable)]);
    let (mut model, tables) = on_table(vec![vec![zero, zero], vec![zero, zero]]);
    let mut few = Limits::default();
    few.cells = 3;
    refused_with(
        "cells",
        &model,
        &tables,
        &few,
        &[(DEFAULT_PROFILE, TooLarge)],
    );
    model.add_order(Order::drop_off("far row", Place::row(u32::MAX)));
    refused_with(
        "row",
        &model,
        &tables,
        &limits,
        &[("order \"far row\"", UnknownReference)],
    );
}

#[test]
fn an_open_end_needs_no_way_back() {
    let (model, tables) = on_table(vec![vec![Some(0), Some(1)], vec![None, Some(0)]]);
    let mut open = Model::new();
    let hub = open.add_depot(model.depots()[0].clone());
    open.add_vehicle_type(VehicleType::new("bike", 1, hub).open_end());
    open.add_order(Order::drop_off("cafe", Place::row(1)));
    accepted("open end", &open, &tables);
}

/// A caller's own travel that breaks its promises.
struct Broken(fn(usize) -> Result<Legs, Vec<TravelFault>>);

impl Travel for Broken {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        (self.0)(request.places.len())
    }
}

fn zeros(size: usize) -> Legs {
    let table = Table::from_cells(size, vec![Some(0); size * size]).unwrap();
    Legs::from_tables(&table, None).unwrap()
}

#[test]
fn travels_that_break_their_promise() {
    use Rule::Inconsistent;
    let refused_by = |name: &str, answer, expected: Expected<'_>| {
        let model = order(|o| o);
        refused_with(name, &model, &Broken(answer), &Limits::default(), expected);
    };
    let profile = [(DEFAULT_PROFILE, Inconsistent)];
    refused_by("no reason", |_| Err(Vec::new()), &profile);
    refused_by("too few", |n| Ok(zeros(n - 1)), &profile);
    refused_by("too many", |n| Ok(zeros(n + 1)), &profile);
    let far = |_| {
        Err(vec![TravelFault {
            place: Some(99),
            rule: Rule::Unreachable,
            advice: "swim".to_owned(),
        }])
    };
    refused_by(
        "a place that is none",
        far,
        &[(DEFAULT_PROFILE, Rule::Unreachable)],
    );
    let both = |_| {
        let swim = |place| TravelFault {
            place: Some(place),
            rule: Rule::Unreachable,
            advice: "swim".to_owned(),
        };
        Err(vec![swim(1), swim(1), swim(0)])
    };
    let expected = [
        (CAFE_ORDER, Rule::Unreachable),
        (HUB_DEPOT, Rule::Unreachable),
    ];
    refused_by("said once", both, &expected);
}

#[test]
fn a_place_off_the_road_network_is_named() {
    let mut network = RoadNetwork::new();
    let (a, b) = (
        network.add_node(52.52, 13.40),
        network.add_node(52.52, 13.41),
    );
    network.add_street(a, b, Road::new(700.0, 30.0));
    let model = at(HUB, Place::geo(48.0, 11.0));
    let expected = [(CAFE_ORDER, Rule::Unreachable)];
    refused_with(
        "off the road",
        &model,
        &network,
        &Limits::default(),
        &expected,
    );
    let expected = [(DEFAULT_PROFILE, Rule::Empty)];
    let none = RoadNetwork::new();
    refused_with("no roads", &model, &none, &Limits::default(), &expected);
}
