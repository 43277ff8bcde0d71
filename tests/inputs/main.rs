//! Faulty inputs: each is refused with its rule and its subject, all faults at once, and nothing panics. Honest
//! inputs at the same edges are accepted.

use milkrun::error::{KEPT_ISSUES, Rule};
use milkrun::measure::{
    CarrierId, Cost, DepotId, DimensionId, Distance, Duration, Load, OrderId, Table, Time, Window,
};
use milkrun::model::{Carrier, Depot, Model, Order, Place, Promise, Reloads, VehicleType};
use milkrun::problem::{Limits, Problem};
use milkrun::travel::{Euclidean, Haversine, Tables, Travel};

mod amounts;
mod bonds;
mod honest;
mod names;
mod times;
mod travel;

const HUB: Place = Place::geo(52.52, 13.40);
const CAFE: Place = Place::geo(52.53, 13.42);

/// One depot "hub", one vehicle type "van" and one order "cafe" of 5 kg, each changed by the caller.
fn day(
    depot: impl Fn(Depot) -> Depot,
    vehicle: impl Fn(VehicleType) -> VehicleType,
    order: impl Fn(Order) -> Order,
) -> Model {
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let hub = model.add_depot(depot(Depot::new("hub", HUB)));
    let van = VehicleType::new("van", 1, hub).capacity(kg, Load(100));
    model.add_vehicle_type(vehicle(van));
    let cafe = Order::drop_off("cafe", CAFE).quantity(kg, Load(5));
    model.add_order(order(cafe));
    model
}

fn depot(change: impl Fn(Depot) -> Depot) -> Model {
    day(change, |v| v, |o| o)
}

fn vehicle(change: impl Fn(VehicleType) -> VehicleType) -> Model {
    day(|d| d, change, |o| o)
}

fn order(change: impl Fn(Order) -> Order) -> Model {
    day(|d| d, |v| v, change)
}

/// One depot and one order at the given places.
fn at(hub: Place, cafe: Place) -> Model {
    let place = |mut o: Order| {
        o.place = cafe;
        o
    };
    let hub = |mut d: Depot| {
        d.place = hub;
        d
    };
    day(hub, |v| v, place)
}

fn with<T>(change: impl Fn(&mut Model) -> T) -> Model {
    let mut model = order(|o| o);
    let _ = change(&mut model);
    model
}

fn window(earliest: i64, latest: i64) -> Window {
    Window::new(Time(earliest), Time(latest))
}

fn road() -> Haversine {
    Haversine::at_kmh(34.0)
}

/// What is wrong: subjects and rules, in order.
fn issues(model: &Model, travel: &dyn Travel, limits: &Limits) -> Vec<(String, Rule)> {
    match Problem::with_limits(model, travel, limits) {
        Ok(_) => Vec::new(),
        Err(error) => {
            let of = error.issues().iter();
            assert!(of.clone().all(|issue| !issue.advice().is_empty()));
            assert!(error.to_string().contains(error.issues()[0].rule().code()));
            of.map(|issue| (issue.subject().to_owned(), issue.rule()))
                .collect()
        }
    }
}

type Expected<'a> = &'a [(&'a str, Rule)];

fn refused(name: &str, model: &Model, expected: Expected<'_>) {
    refused_with(name, model, &road(), &Limits::default(), expected);
}

fn refused_with(
    name: &str,
    model: &Model,
    travel: &dyn Travel,
    limits: &Limits,
    expected: Expected<'_>,
) {
    let found = issues(model, travel, limits);
    let found: Vec<(&str, Rule)> = found.iter().map(|(s, r)| (s.as_str(), *r)).collect();
    assert_eq!(found, expected, "{name}");
}

fn accepted(name: &str, model: &Model, travel: &dyn Travel) {
    assert_eq!(issues(model, travel, &Limits::default()), [], "{name}");
}

const VAN: &str = "vehicle type \"van\"";
const CAFE_ORDER: &str = "order \"cafe\"";
const HUB_DEPOT: &str = "depot \"hub\"";
const DEFAULT_PROFILE: &str = "travel profile \"\"";

#[test]
fn all_faults_are_told_at_once() {
    use Rule::{
        BadCoordinate, DuplicateName, Inconsistent, OutOfRange, ReversedWindow, UnknownReference,
    };
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let hub = model.add_depot(Depot::new("hub", HUB).window(window(8, 7)));
    model.add_vehicle_type(VehicleType::new("van", 1, hub).capacity(kg, Load(-1)));
    model.add_vehicle_type(VehicleType::new("van", 1, DepotId::new(9)));
    model.add_order(
        Order::pickup("a", Place::geo(99.0, 0.0))
            .quantity(kg, Load(-5))
            .service(Duration(-1))
            .window(window(9, 3))
            .release(Time(1)),
    );
    model.add_order(Order::drop_off("a", CAFE).price(Cost(-1)));
    let expected = [
        ("vehicle type \"van\"", DuplicateName),
        ("order \"a\"", DuplicateName),
        (HUB_DEPOT, ReversedWindow),
        (VAN, OutOfRange),
        (VAN, UnknownReference),
        ("order \"a\"", OutOfRange),
        ("order \"a\"", OutOfRange),
        ("order \"a\"", ReversedWindow),
        ("order \"a\"", Inconsistent),
        ("order \"a\"", OutOfRange),
        ("order \"a\"", BadCoordinate),
    ];
    refused("eleven faults", &model, &expected);
}

#[test]
fn a_flood_of_faults_is_counted_not_kept() {
    let model = with(|m| {
        for i in 0..5_000 {
            m.add_order(Order::drop_off(format!("o{i}"), CAFE).service(Duration(-1)));
        }
    });
    let error = Problem::new(&model, &road()).unwrap_err();
    assert_eq!((error.issues().len(), error.total()), (KEPT_ISSUES, 5_000));
}
