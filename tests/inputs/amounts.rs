//! Numbers, counts and sums that are out of range.

use super::*;

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
