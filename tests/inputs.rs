//! Faulty inputs: each is refused with its rule and its subject, all faults at once, and nothing panics. Honest
//! inputs at the same edges are accepted.

use milkrun::error::{KEPT_ISSUES, Rule};
use milkrun::measure::{
    CarrierId, Cost, DepotId, DimensionId, Distance, Duration, Load, OrderId, Table, Time, Window,
};
use milkrun::model::{
    Carrier, Depot, Group, Model, Order, OrderKind, Place, Promise, Reloads, VehicleType,
};
use milkrun::problem::{Limits, Problem};
use milkrun::travel::{
    Euclidean, Haversine, LegRequest, Legs, Road, RoadNetwork, Tables, Travel, TravelFault,
};

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
fn missing_things() {
    use Rule::{DuplicateName, Empty, Missing, UnknownReference};
    refused(
        "nothing",
        &Model::new(),
        &[("model", Empty), ("model", Empty)],
    );
    let mut only_depot = Model::new();
    let hub = only_depot.add_depot(Depot::new("hub", HUB));
    refused("no fleet", &only_depot, &[("model", Empty)]);
    let mut no_depot = Model::new();
    no_depot.add_vehicle_type(VehicleType::new("van", 1, hub));
    refused(
        "no depot",
        &no_depot,
        &[("model", Empty), (VAN, UnknownReference)],
    );
    let none = |mut v: VehicleType| {
        v.count = Some(0);
        v
    };
    refused("count 0", &vehicle(none), &[("model", Empty)]);
    let nameless = |mut d: Depot| {
        d.name.clear();
        d
    };
    refused(
        "nameless depot",
        &depot(nameless),
        &[("depot number 0", Missing)],
    );
    let nameless = |mut v: VehicleType| {
        v.name.clear();
        v
    };
    refused(
        "nameless vehicle",
        &vehicle(nameless),
        &[("vehicle type number 0", Missing)],
    );
    let nameless = |mut o: Order| {
        o.name.clear();
        o
    };
    refused(
        "nameless order",
        &order(nameless),
        &[("order number 0", Missing)],
    );
    let nameless = with(|m| {
        m.add_dimension("");
    });
    refused(
        "nameless dimension",
        &nameless,
        &[("load dimension number 1", Missing)],
    );
    let van = VehicleType::new("van", 1, DepotId::new(0));
    let twice = [
        (HUB_DEPOT, with(|m| m.add_depot(Depot::new("hub", HUB)))),
        (VAN, with(|m| m.add_vehicle_type(van.clone()))),
        (
            CAFE_ORDER,
            with(|m| m.add_order(Order::pickup("cafe", CAFE))),
        ),
        ("load dimension \"kg\"", with(|m| m.add_dimension("kg"))),
    ];
    for (subject, model) in twice {
        refused("twice", &model, &[(subject, DuplicateName)]);
    }
}

#[test]
fn references_to_nothing() {
    use Rule::UnknownReference;
    let ghost = DepotId::new(7);
    let start = |mut v: VehicleType| {
        v.start = ghost;
        v.end = None;
        v
    };
    refused("start depot", &vehicle(start), &[(VAN, UnknownReference)]);
    refused(
        "end depot",
        &vehicle(|v| v.end(ghost)),
        &[(VAN, UnknownReference)],
    );
    let both = vehicle(|v| start(v).end(DepotId::new(8)));
    refused(
        "both depots",
        &both,
        &[(VAN, UnknownReference), (VAN, UnknownReference)],
    );
    let fifth = DimensionId::new(4);
    let capacity = vehicle(|v| v.capacity(fifth, Load(1)));
    refused("capacity dimension", &capacity, &[(VAN, UnknownReference)]);
    let quantity = order(|o| o.quantity(fifth, Load(1)));
    refused(
        "quantity dimension",
        &quantity,
        &[(CAFE_ORDER, UnknownReference)],
    );
    let carried = order(|o| o.carrier_price(CarrierId::new(0), Cost(1)));
    refused("carrier", &carried, &[(CAFE_ORDER, UnknownReference)]);
    let last = vehicle(|v| v.end(DepotId::new(u32::MAX as usize)));
    refused("the last id", &last, &[(VAN, UnknownReference)]);
}

#[test]
fn windows_that_cannot_be() {
    use Rule::{Inconsistent, OutOfRange, ReversedWindow};
    let opens = |a, b| depot(|d| d.window(window(a, b)));
    let shift = |a, b| vehicle(|v| v.shift(window(a, b)));
    let promised = |a, b| order(|o| o.window(window(a, b)));
    refused("depot", &opens(10, 9), &[(HUB_DEPOT, ReversedWindow)]);
    refused("shift", &shift(10, 9), &[(VAN, ReversedWindow)]);
    refused("order", &promised(10, 9), &[(CAFE_ORDER, ReversedWindow)]);
    refused(
        "far",
        &promised(0, (1 << 40) + 1),
        &[(CAFE_ORDER, OutOfRange)],
    );
    refused(
        "long ago",
        &opens(-(1 << 40) - 1, 0),
        &[(HUB_DEPOT, OutOfRange)],
    );
    let ends = promised(i64::MIN, i64::MAX);
    refused(
        "all time",
        &ends,
        &[(CAFE_ORDER, OutOfRange), (CAFE_ORDER, OutOfRange)],
    );
    let worst = shift(i64::MAX, i64::MIN);
    let expected = [(VAN, ReversedWindow), (VAN, OutOfRange), (VAN, OutOfRange)];
    refused("reversed and far", &worst, &expected);
    let released = |release| order(move |o| o.release(Time(release)).window(window(0, 99)));
    refused(
        "release after window",
        &released(100),
        &[(CAFE_ORDER, Inconsistent)],
    );
    accepted("release at the end of the window", &released(99), &road());
    let far = order(|o| o.release(Time(i64::MIN)));
    refused("release long ago", &far, &[(CAFE_ORDER, OutOfRange)]);
    let pickup = with(|m| m.add_order(Order::pickup("return", CAFE).release(Time(0))));
    refused(
        "release of a pickup",
        &pickup,
        &[("order \"return\"", Inconsistent)],
    );
}

#[test]
fn opening_hours_that_never_meet() {
    use Rule::Inconsistent;
    let hours = |open: Window, shift: Option<Window>, close: Option<Window>| {
        let mut model = Model::new();
        let hub = model.add_depot(Depot::new("hub", HUB).window(open));
        let mut end = Depot::new("yard", CAFE);
        end.window = close;
        let yard = model.add_depot(end);
        let mut van = VehicleType::new("van", 1, hub).end(yard);
        van.shift = shift;
        model.add_vehicle_type(van);
        model
    };
    let nine = window(9, 17);
    let van = [(VAN, Inconsistent)];
    refused("shift before", &hours(nine, Some(window(5, 8)), None), &van);
    refused(
        "shift after",
        &hours(nine, Some(window(18, 20)), None),
        &van,
    );
    refused(
        "end before",
        &hours(nine, Some(nine), Some(window(1, 8))),
        &van,
    );
    refused(
        "end after",
        &hours(nine, Some(nine), Some(window(18, 30))),
        &van,
    );
    refused(
        "end closes early, no shift",
        &hours(nine, None, Some(window(1, 8))),
        &van,
    );
    accepted(
        "touching",
        &hours(nine, Some(window(17, 30)), Some(window(30, 31))),
        &road(),
    );
}

#[test]
fn amounts_out_of_range() {
    use Rule::OutOfRange;
    let kg = DimensionId::new(0);
    for bad in [
        -1,
        i64::MIN,
        (1 << 40) + 1,
        (1 << 53) - 1,
        1 << 53,
        1 << 62,
        i64::MAX,
    ] {
        let vehicles = [
            vehicle(|v| v.capacity(kg, Load(bad))),
            vehicle(|v| v.per_distance(Cost(bad))),
            vehicle(|v| v.per_duration(Cost(bad))),
            vehicle(|v| v.max_distance(Distance(bad))),
            vehicle(|v| v.max_duration(Duration(bad))),
            vehicle(|v| v.max_driving(Duration(bad))),
            vehicle(|v| v.per_waiting(Cost(bad))),
            vehicle(|v| v.shift(window(0, 9)).overtime(Duration(bad), Cost(1))),
            vehicle(|v| v.shift(window(0, 9)).overtime(Duration(1), Cost(bad))),
        ];
        for model in vehicles {
            refused("vehicle amount", &model, &[(VAN, OutOfRange)]);
        }
        let orders = [
            order(|o| o.quantity(kg, Load(bad))),
            order(|o| o.service(Duration(bad))),
        ];
        for model in orders {
            refused("order amount", &model, &[(CAFE_ORDER, OutOfRange)]);
        }
    }
    for bad in [
        -1,
        i64::MIN,
        (1 << 50) + 1,
        (1 << 53) + 1,
        1 << 62,
        i64::MAX,
    ] {
        let fixed = vehicle(|v| v.fixed_cost(Cost(bad)));
        refused("fixed cost", &fixed, &[(VAN, OutOfRange)]);
        let per_stop = vehicle(|v| v.per_stop(Cost(bad)));
        refused("cost per stop", &per_stop, &[(VAN, OutOfRange)]);
        let price = order(|o| o.price(Cost(bad)));
        refused("price", &price, &[(CAFE_ORDER, OutOfRange)]);
    }
}

/// Every numeric field at every edge: an answer, whatever it is, and no panic.
#[test]
fn no_number_panics() {
    let kg = DimensionId::new(0);
    let mut edges = vec![0, i64::MAX, i64::MIN, i64::MIN + 1, i64::MAX - 1];
    for bits in [1, 31, 32, 40, 41, 50, 53, 59, 60, 61, 62] {
        let edge = 1_i64 << bits;
        edges.extend([edge - 1, edge, edge + 1, -edge - 1, -edge, 1 - edge]);
    }
    for edge in edges {
        let models = [
            vehicle(|v| v.capacity(kg, Load(edge))),
            vehicle(|v| v.fixed_cost(Cost(edge))),
            vehicle(|v| v.per_distance(Cost(edge))),
            vehicle(|v| {
                v.per_duration(Cost(edge))
                    .shift(window(-edge.max(-i64::MAX), edge))
            }),
            vehicle(|v| v.max_distance(Distance(edge)).max_duration(Duration(edge))),
            vehicle(|v| {
                v.shift(window(-edge.max(-i64::MAX), edge))
                    .overtime(Duration(edge), Cost(edge))
                    .per_waiting(Cost(edge))
            }),
            vehicle(|v| {
                v.max_driving(Duration(edge))
                    .per_stop(Cost(edge))
                    .max_stops(edge as u32)
                    .pace(edge as u32)
            }),
            vehicle(|v| {
                v.unlimited()
                    .fixed_cost(Cost(edge))
                    .per_distance(Cost(edge))
                    .per_duration(Cost(edge))
            }),
            depot(|d| d.window(window(edge, edge))),
            depot(|d| d.window(window(i64::MIN, edge))),
            order(|o| o.quantity(kg, Load(edge)).service(Duration(edge))),
            order(|o| o.window(window(edge, i64::MAX)).release(Time(edge))),
            order(|o| o.window(window(0, 99)).ship_by(Time(edge))),
            order(|o| o.window(window(edge, edge)).price(Cost(edge))),
        ];
        for model in models {
            for travel in [&road() as &dyn Travel, &Euclidean::exact()] {
                let _ = Problem::new(&model, travel);
            }
        }
    }
}

#[test]
fn tallies_that_say_nothing() {
    use Rule::{OutOfRange, TooLarge};
    let none = vehicle(|v| v.max_stops(0));
    refused("no stop at all", &none, &[(VAN, OutOfRange)]);
    accepted("one stop", &vehicle(|v| v.max_stops(1)), &road());
    for pace in [0, 1_001, u32::MAX] {
        let model = vehicle(|v| v.pace(pace));
        refused("pace", &model, &[(VAN, OutOfRange)]);
    }
    for pace in [1, 1_000] {
        accepted("pace", &vehicle(|v| v.pace(pace)), &road());
    }
    // A leg of a table that is too long at ten times its duration.
    let row = |there| vec![Some(there), Some(0)];
    let long = 1 << 31;
    let table = Tables::new(Table::from_rows(vec![row(0), row(long)]).unwrap());
    let mut slow = at(Place::row(0), Place::row(1));
    let limits = Limits::default();
    accepted("a long leg", &slow, &table);
    slow.add_vehicle_type(VehicleType::new("slow", 1, DepotId::new(0)).pace(201));
    let expected = [(DEFAULT_PROFILE, OutOfRange)];
    refused_with("a slow long leg", &slow, &table, &limits, &expected);
    // A pace is a profile of its own to the limits.
    let mut many = vehicle(|v| v);
    for pace in 101..117 {
        let slow = VehicleType::new(format!("slow {pace}"), 1, DepotId::new(0));
        many.add_vehicle_type(slow.pace(pace));
    }
    refused("paces", &many, &[("model", TooLarge)]);
}

#[test]
fn overtime_that_never_begins() {
    use Rule::Inconsistent;
    let (most, price) = (Duration(60), Cost(1));
    let shiftless = vehicle(|v| v.overtime(most, price));
    refused("no shift", &shiftless, &[(VAN, Inconsistent)]);
    let until = |end| vehicle(|v| v.shift(window(0, end)).overtime(most, price));
    accepted("as late as can be", &until((1 << 40) - 60), &road());
    let beyond = until((1 << 40) - 59);
    refused("beyond all times", &beyond, &[(VAN, Rule::OutOfRange)]);
    let nine = window(9, 17);
    let open = |end| {
        let hub = |d: Depot| d.window(window(0, 100));
        let mut model = day(hub, |v| v.shift(nine), |o| o);
        let late = model.add_depot(Depot::new("late", HUB).window(window(end, 1000)));
        let van = VehicleType::new("late van", 1, DepotId::new(0)).end(late);
        model.add_vehicle_type(van.shift(nine).overtime(most, price));
        model
    };
    accepted("the end opens in overtime", &open(77), &road());
    let late_van = [("vehicle type \"late van\"", Inconsistent)];
    refused("the end opens after overtime", &open(78), &late_van);
}

#[test]
fn deadlines_that_nothing_can_keep() {
    use Rule::{Inconsistent, OutOfRange};
    let before = order(|o| o.release(Time(8)).ship_by(Time(7)));
    refused("before release", &before, &[(CAFE_ORDER, Inconsistent)]);
    let at_once = order(|o| o.release(Time(8)).ship_by(Time(8)));
    accepted("at once", &at_once, &road());
    for bad in [i64::MIN, -(1 << 40) - 1, (1 << 40) + 1, i64::MAX] {
        let never = order(|o| o.ship_by(Time(bad)));
        refused("ship-by", &never, &[(CAFE_ORDER, OutOfRange)]);
    }
    let pickup = with(|m| m.add_order(Order::pickup("return", CAFE).ship_by(Time(0))));
    let expected = [("order \"return\"", Inconsistent)];
    refused("a pickup", &pickup, &expected);
    let pair = with(|m| {
        let half = Order::drop_off("to", CAFE).ship_by(Time(0));
        m.add_pair(Order::pickup("from", CAFE), half)
    });
    refused("half of a pair", &pair, &[("order \"to\"", Inconsistent)]);
}

#[test]
fn promises_that_cannot_be() {
    use Rule::{OutOfRange, ReversedWindow};
    let slot = || Promise::new(window(0, 60)).late(Cost(1));
    let promised = |promise: Promise| order(|o| o.promise(promise));
    accepted("a slot", &promised(slot().early(Cost(0))), &road());
    let reversed = Promise::new(window(9, 8));
    refused(
        "reversed",
        &promised(reversed),
        &[(CAFE_ORDER, ReversedWindow)],
    );
    let never = Promise::new(window(0, (1 << 40) + 1));
    refused("never", &promised(never), &[(CAFE_ORDER, OutOfRange)]);
    for bad in [i64::MIN, -1, (1 << 40) + 1, i64::MAX] {
        for priced in [slot().late(Cost(bad)), slot().early(Cost(bad))] {
            refused("a price", &promised(priced), &[(CAFE_ORDER, OutOfRange)]);
        }
    }
    let mut trips = vehicle(|v| v.reloads(Reloads::at(DepotId::new(0))));
    trips.add_order(Order::drop_off("slot", CAFE).promise(slot()));
    accepted("trips", &trips, &road());
    let mut trips = vehicle(|v| v.reloads(Reloads::at(DepotId::new(0))));
    trips.add_order(Order::drop_off("slot", CAFE).promise(slot().late(Cost(0))));
    accepted("no price", &trips, &road());
}

/// What promises can cost is part of the proof that no sum overflows, as far as limits let them be missed.
#[test]
fn promises_beyond_all_sums() {
    let long_ago = -(1 << 40);
    let dear = |from: i64, price: i64| {
        let slot = Promise::new(window(from, from)).late(Cost(price));
        order(|o| o.window(window(0, 1 << 10)).promise(slot))
    };
    let refusal = [("model", Rule::Overflow)];
    refused("late at a price", &dear(long_ago, 1 << 40), &refusal);
    accepted("late for little", &dear(long_ago, 1), &road());
    // 2^40 a second for no more than 2^10 seconds.
    accepted("hardly late", &dear(0, 1 << 40), &road());
}

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

#[test]
fn counts_above_the_limits() {
    use Rule::TooLarge;
    let mut limits = Limits::default();
    (limits.orders, limits.depots, limits.vehicle_types) = (1, 1, 1);
    (limits.dimensions, limits.profiles, limits.name_bytes) = (1, 1, 5);
    limits.carriers = 1;
    let refused_within = |name: &str, model: &Model, expected: Expected<'_>| {
        refused_with(name, model, &road(), &limits, expected);
    };
    let hub = DepotId::new(0);
    let model = [("model", TooLarge)];
    let orders = with(|m| m.add_order(Order::drop_off("bar", CAFE)));
    refused_within("orders", &orders, &model);
    let depots = with(|m| m.add_depot(Depot::new("yard", CAFE)));
    refused_within("depots", &depots, &model);
    let types = with(|m| m.add_vehicle_type(VehicleType::new("bike", 1, hub).profile("bike")));
    refused_within("vehicle types", &types, &model);
    let dimensions = with(|m| m.add_dimension("l"));
    refused_within("dimensions", &dimensions, &model);
    let carriers = with(|m| {
        [
            m.add_carrier(Carrier::new("a")),
            m.add_carrier(Carrier::new("b")),
        ]
    });
    refused_within("carriers", &carriers, &model);
    let long = |what: &str| format!("name \"{what}\"");
    let name = order(|o| Order::drop_off("coffee", o.place));
    refused_within("name", &name, &[(&long("coffee"), TooLarge)]);
    let profile = vehicle(|v| v.profile("bicycle"));
    refused_within("profile name", &profile, &[(&long("bicycle"), TooLarge)]);
    let letters = vehicle(|v| v.profile("äöü"));
    refused_within("bytes, not letters", &letters, &[(&long("äöü"), TooLarge)]);
    limits.vehicle_types = 9;
    let profiles = with(|m| m.add_vehicle_type(VehicleType::new("bike", 1, hub).profile("bike")));
    refused_with("profiles", &profiles, &road(), &limits, &model);
}

#[test]
fn sums_that_could_overflow() {
    use Rule::Overflow;
    // Ten orders of 2^40 kg are fine; a million of 2^40 would not be: 2^60.
    let kg = DimensionId::new(0);
    let heavy = |count: usize| {
        let mut model = vehicle(|v| v.per_distance(Cost(1)));
        for i in 1..count {
            let order = Order::drop_off(format!("o{i}"), CAFE);
            model.add_order(order.quantity(kg, Load(1 << 40)));
        }
        model
    };
    accepted("ten heavy orders", &heavy(10), &road());
    let mut limits = Limits::default();
    limits.cells = 0;
    let mountains = heavy((1 << 19) + 2);
    limits.orders = usize::MAX;
    let expected = [("load dimension \"kg\"", Overflow)];
    refused_with("mountains", &mountains, &road(), &limits, &expected);
    // Two legs of 1,700 m at 2^40 a metre are 2^52; across the globe they are 2^65.
    let dear = |far: Place| {
        let cheap = |v: VehicleType| v.per_distance(Cost(1 << 40));
        let place = |mut o: Order| {
            o.place = far;
            o
        };
        day(|d| d, cheap, place)
    };
    accepted("dear and near", &dear(CAFE), &road());
    refused(
        "dear and far",
        &dear(Place::geo(-52.0, -166.0)),
        &[("model", Overflow)],
    );
    let waits = vehicle(|v| {
        v.per_duration(Cost(1 << 40))
            .shift(window(1 << 39, 1 << 40))
    });
    refused("dear waiting", &waits, &[("model", Overflow)]);
    let prices = with(|m| {
        for i in 0..600 {
            m.add_order(Order::drop_off(format!("o{i}"), CAFE).price(Cost(1 << 50)));
        }
    });
    refused("prices", &prices, &[("model", Overflow)]);
}

/// A day with a pair "from" and "to" of 5 kg, each changed by the caller.
fn pair(from: impl Fn(Order) -> Order, to: impl Fn(Order) -> Order) -> Model {
    let kg = DimensionId::new(0);
    let pickup = Order::pickup("from", CAFE).quantity(kg, Load(5));
    let drop_off = Order::drop_off("to", HUB).quantity(kg, Load(5));
    with(|m| m.add_pair(from(pickup.clone()), to(drop_off.clone())))
}

#[test]
fn pairs_that_do_not_fit_together() {
    use Rule::{Inconsistent, OutOfRange, Overflow};
    const FROM: &str = "order \"from\"";
    const TO: &str = "order \"to\"";
    let kg = DimensionId::new(0);
    let same = |o: Order| o;
    accepted("a pair", &pair(same, same), &road());
    let priced = |o: Order| o.price(Cost::ZERO);
    accepted("both may stay", &pair(priced, priced), &road());
    let none = |mut o: Order| {
        o.quantities.clear();
        o
    };
    let zero = |o: Order| o.quantity(kg, Load(0));
    accepted("nothing is nothing", &pair(none, zero), &road());
    let late = |o: Order| o.window(window(900, 901));
    let early = |o: Order| o.window(window(0, 1));
    accepted("never in time: unserved", &pair(late, early), &road());

    let four = |o: Order| o.quantity(kg, Load(4));
    refused(
        "less than fetched",
        &pair(same, four),
        &[(TO, Inconsistent)],
    );
    refused("nothing brought", &pair(same, none), &[(TO, Inconsistent)]);
    refused("one may stay", &pair(priced, same), &[(TO, Inconsistent)]);
    refused(
        "the other may",
        &pair(same, priced),
        &[(FROM, Inconsistent)],
    );
    let packed = |o: Order| o.release(Time(5));
    refused("packed", &pair(same, packed), &[(TO, Inconsistent)]);
    refused("packed there", &pair(packed, same), &[(FROM, Inconsistent)]);
    let kind = |kind| {
        move |mut o: Order| {
            o.kind = kind;
            o
        }
    };
    let (pickup, drop_off) = (OrderKind::Pickup, OrderKind::DropOff);
    let model = pair(kind(drop_off), kind(pickup));
    let expected = [(FROM, Inconsistent), (TO, Inconsistent)];
    refused("the wrong way", &model, &expected);
    // A release on both: of a pickup in its own right, of a drop-off as one of a pair; and all else that is wrong.
    let model = pair(packed, |o| four(priced(packed(o))).service(Duration(-1)));
    let expected = [
        (FROM, Inconsistent),
        (TO, OutOfRange),
        (TO, Inconsistent),
        (TO, Inconsistent),
        (FROM, Inconsistent),
    ];
    refused("all at once", &model, &expected);
    let prices = with(|m| {
        for i in 0..300 {
            let order = |o: Order| o.price(Cost(1 << 50));
            m.add_pair(
                order(Order::pickup(format!("from {i}"), CAFE)),
                order(Order::drop_off(format!("to {i}"), CAFE)),
            );
        }
    });
    refused("the prices of both", &prices, &[("model", Overflow)]);
}

#[test]
fn groups_that_cannot_be() {
    use Rule::{Empty, Inconsistent, OutOfRange, UnknownReference};
    const BAR: &str = "order \"bar\"";
    const GROUP: &str = "group number 0";
    let two = |model: &mut Model, change: &dyn Fn(&mut Order)| {
        let mut bar = Order::drop_off("bar", CAFE);
        change(&mut bar);
        let inn = model.add_order(Order::pickup("inn", HUB));
        [model.add_order(bar), inn]
    };
    let group = |change: &dyn Fn(&mut Order)| {
        with(|model| {
            let orders = two(model, change);
            model.add_group(Group::of(orders));
        })
    };
    accepted("a group", &group(&|_| {}), &road());
    let of = |orders: &dyn Fn([OrderId; 2]) -> Vec<OrderId>, price: Cost| {
        with(|model| {
            let both = two(model, &|_| {});
            model.add_group(Group::of(orders(both)).price(price));
        })
    };
    accepted("for nothing", &of(&|both| both.into(), Cost::ZERO), &road());
    accepted("of one", &of(&|both| vec![both[0]], Cost(5)), &road());
    let late = group(&|o| o.window = Some(window(900, 901)));
    accepted("one of them too late", &late, &road());

    refused("of none", &of(&|_| vec![], Cost(5)), &[(GROUP, Empty)]);
    let no_window = with(|model| {
        model.add_order_in_windows(Order::drop_off("bar", CAFE), []);
    });
    refused("at no time", &no_window, &[(GROUP, Empty)]);
    let below = of(&|both| both.into(), Cost(-1));
    refused("a price below 0", &below, &[(GROUP, OutOfRange)]);
    let twice = of(&|[bar, inn]| vec![bar, inn, bar], Cost(5));
    refused("one of it twice", &twice, &[(BAR, Inconsistent)]);
    let unknown = of(&|[bar, _]| vec![bar, OrderId::new(99)], Cost(5));
    refused("nobody", &unknown, &[(GROUP, UnknownReference)]);
    let priced = group(&|o| o.price = Some(Cost::ZERO));
    refused("a price of its own", &priced, &[(BAR, Inconsistent)]);
    let two_groups = with(|model| {
        let [bar, inn] = two(model, &|_| {});
        model.add_group(Group::of([bar]));
        model.add_group(Group::of([inn, bar]));
    });
    refused("two groups", &two_groups, &[(BAR, Inconsistent)]);
    let mut paired = pair(|o| o, |o| o);
    let to = paired.pairs()[0].drop_off;
    paired.add_group(Group::of([to]));
    refused("half of a pair", &paired, &[("order \"to\"", Inconsistent)]);
    let mut carried = group(&|o| {
        *o = o.clone().carrier_price(CarrierId::new(0), Cost(1));
    });
    carried.add_carrier(Carrier::new("dhl"));
    accepted("carried", &carried, &road());

    // A price that all share is counted once.
    let day = |groups: usize| {
        with(|model| {
            for g in 0..groups {
                let windows = (0..10).map(|at| window(at, at));
                let order = Order::drop_off(format!("order {g}"), CAFE).price(Cost(1 << 50));
                model.add_order_in_windows(order, windows);
            }
        })
    };
    accepted("dear", &day(300), &road());
    refused("too dear in all", &day(600), &[("model", Rule::Overflow)]);
}

#[test]
fn carriers_that_cannot_be() {
    use Rule::{DuplicateName, Inconsistent, Missing, OutOfRange, TooLarge};
    let carriers = |carriers: &[(&str, i64)]| {
        with(|model| {
            for (name, fee) in carriers {
                model.add_carrier(Carrier::new(*name).pickup_fee(Cost(*fee)));
            }
        })
    };
    let dhl = "carrier \"dhl\"";
    let twice = carriers(&[("dhl", 1), ("dhl", 0)]);
    refused("one name twice", &twice, &[(dhl, DuplicateName)]);
    refused(
        "nameless",
        &carriers(&[("", 0)]),
        &[("carrier number 0", Missing)],
    );
    refused(
        "a fee below 0",
        &carriers(&[("dhl", -1)]),
        &[(dhl, OutOfRange)],
    );
    let dear = carriers(&[("dhl", (1 << 50) + 1)]);
    refused("a fee above all", &dear, &[(dhl, OutOfRange)]);
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let seven = |fee: i64| carriers(&names.map(|name| (name, fee)));
    refused("seven that charge", &seven(1), &[("model", TooLarge)]);
    accepted("seven that do not", &seven(0), &road());
    let bar = "order \"bar\"";
    let priced = |change: &dyn Fn(&mut Order)| {
        with(|model| {
            let dhl = model.add_carrier(Carrier::new("dhl"));
            let mut order = Order::drop_off("bar", CAFE).carrier_price(dhl, Cost(5));
            change(&mut order);
            model.add_order(order)
        })
    };
    accepted("a carrier", &priced(&|_| {}), &road());
    let below = priced(&|o| o.carrier_prices[0].price = Cost(-1));
    refused("a price below 0", &below, &[(bar, OutOfRange)]);
    let again = priced(&|o| o.carrier_prices.push(o.carrier_prices[0]));
    refused("two prices", &again, &[(bar, Inconsistent)]);
    let carried = |o: Order| o.carrier_price(CarrierId::new(0), Cost(1));
    let mut halved = pair(carried, |o| o);
    halved.add_carrier(Carrier::new("dhl"));
    refused("half of a pair", &halved, &[("order \"to\"", Inconsistent)]);
    let mut whole = pair(carried, carried);
    whole.add_carrier(Carrier::new("dhl"));
    accepted("a pair", &whole, &road());
}

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

#[test]
fn names_are_shown_safely() {
    let name = format!("\u{1b}[31m\n{}", "x".repeat(100));
    let model = with(|m| m.add_order(Order::drop_off(name.clone(), Place::row(0))));
    let text = Problem::new(&model, &road()).unwrap_err().to_string();
    assert!(!text.contains('\u{1b}') && !text.contains('\n'));
    assert!(text.len() < 400, "{text}");
    let problem = Problem::new(&order(|o| o), &road()).unwrap();
    assert!(!format!("{problem:?}").contains("cafe"));
}

#[test]
fn honest_inputs_at_the_edges_are_accepted() {
    let kg = DimensionId::new(0);
    accepted("the usual day", &order(|o| o), &road());
    accepted(
        "no orders",
        &{
            let mut model = Model::new();
            let hub = model.add_depot(Depot::new("hub", HUB));
            model.add_vehicle_type(VehicleType::new("van", 0, hub));
            model
        },
        &road(),
    );
    accepted(
        "huge fleet",
        &vehicle(|mut v| {
            v.count = Some(u32::MAX);
            v
        }),
        &road(),
    );
    accepted("unlimited fleet", &vehicle(VehicleType::unlimited), &road());
    accepted(
        "poles and date line",
        &at(Place::geo(90.0, 180.0), Place::geo(-90.0, -180.0)),
        &road(),
    );
    accepted(
        "negative zero",
        &at(Place::geo(-0.0, -0.0), Place::geo(0.0, 0.0)),
        &road(),
    );
    accepted("all at one point", &at(HUB, HUB), &road());
    accepted("zero window", &order(|o| o.window(window(0, 0))), &road());
    accepted(
        "before the horizon",
        &order(|o| o.window(window(-3_600, -1))),
        &road(),
    );
    let widest = window(-(1 << 40), 1 << 40);
    accepted("widest window", &order(|o| o.window(widest)), &road());
    accepted(
        "zero capacity",
        &vehicle(|v| v.capacity(kg, Load(0))),
        &road(),
    );
    // It comes back unserved, with a reason.
    accepted(
        "too heavy for any van",
        &order(|o| o.quantity(kg, Load(1 << 40))),
        &road(),
    );
    accepted(
        "tomorrow",
        &day(
            |d| d,
            |v| v.shift(window(0, 86_400)),
            |o| o.window(window(90_000, 99_000)),
        ),
        &road(),
    );
    let rupiah = day(
        |d| d,
        |v| {
            v.fixed_cost(Cost::units(1_500_000))
                .per_distance(Cost::units(5))
        },
        |o| o.price(Cost::units(2_000_000)),
    );
    accepted("prices in rupiah", &rupiah, &road());
    let dearest = day(
        |d| d,
        |v| v.fixed_cost(Cost(1 << 50)).per_duration(Cost(1 << 40)),
        |o| o.price(Cost(1 << 50)),
    );
    accepted("the dearest", &dearest, &road());
    let names = order(|o| Order::drop_off("O'Brien \"x\" 🚚", o.place));
    accepted("any letters", &names, &road());
    accepted(
        "128 bytes of name",
        &order(|o| Order::drop_off("x".repeat(128), o.place)),
        &road(),
    );
}

#[test]
fn an_island_nation_of_orders_is_accepted_at_default_costs() {
    // 60 km across, one unit a metre: 2 x 100,000 x 60,000 x 10^6 = 1.2e16, far below 2^59.
    let mut model = Model::new();
    let hub = model.add_depot(Depot::new("hub", HUB));
    model.add_vehicle_type(VehicleType::new("van", 1, hub).unlimited());
    for i in 0..20_000_u32 {
        let (row, column) = (f64::from(i / 150), f64::from(i % 150));
        let place = Place::geo(52.3 + row * 0.004, 13.0 + column * 0.005);
        model.add_order(Order::drop_off(format!("o{i}"), place));
    }
    accepted("a city at default costs", &model, &road());
}
