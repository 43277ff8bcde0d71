//! Honest inputs at the edges.

use super::*;

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
