//! A bakery's morning: two vans, cafés that want bread before they open, crates to fetch.

use crate::document;
use crate::random::Random;
use milkrun::measure::{Cost, Duration, Load, Time, Window};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};

const HOUSES: [&str; 8] = [
    "cafe",
    "hotel",
    "school",
    "kiosk",
    "canteen",
    "market stall",
    "corner shop",
    "nursery",
];

/// Degrees to four decimals, about ten metres: short numbers that read well.
fn degrees(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn model(random: &mut Random, orders: usize) -> Model {
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let crates = model.add_dimension("crates");
    let bakery = model.add_depot(Depot::new("bakery", Place::geo(52.5200, 13.4050)));
    model.add_vehicle_type(
        VehicleType::new("van", 2, bakery)
            .capacity(kg, Load(320))
            .capacity(crates, Load(48))
            .shift(Window::new(Time::at(4, 0), Time::at(11, 0)))
            .fixed_cost(Cost::units(20))
            .per_distance(Cost(350)) // 0.35 a kilometre
            .per_duration(Cost(5_000)), // 18 an hour
    );
    for index in 0..orders {
        let (x, y) = random.around(1.6);
        let place = Place::geo(degrees(52.52 + y / 111.2), degrees(13.405 + x / 67.7));
        let house = HOUSES[random.index(HOUSES.len())];
        let name = format!("{house} {}", index + 1);
        let boxes = random.whole(1, 6);
        let order = if index % 8 == 7 {
            Order::pickup(format!("empty crates {}", index + 1), place)
                .quantity(kg, Load(boxes * 2))
                .quantity(crates, Load(boxes))
                .window(Window::new(Time::at(7, 0), Time::at(11, 0)))
                .service(Duration::minutes(2))
        } else {
            let opens = Time::at(random.whole(6, 8), 30 * random.whole(0, 1));
            Order::drop_off(name, place)
                .quantity(kg, Load(boxes * random.whole(4, 8)))
                .quantity(crates, Load(boxes))
                .window(Window::new(opens - Duration::minutes(90), opens))
                .service(Duration(120 + 30 * boxes))
        };
        model.add_order(order);
    }
    model
}

/// Writes the crate's own model document.
pub(crate) fn generate(random: &mut Random, orders: usize) -> String {
    document::text(&model(random, orders), "22.0")
}
