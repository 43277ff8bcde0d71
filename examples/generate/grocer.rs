//! A grocer's day: cooled vans, vans and cargo bikes, two waves of packing, slots that are promised, and what a driver's day
//! costs and allows. Every price and limit of a vehicle and of an order is on it somewhere.

use crate::document;
use crate::random::Random;
use milkrun::measure::{
    CarrierId, Cost, DepotId, DimensionId, Distance, Duration, Load, Time, VehicleTypeId, Window,
};
use milkrun::model::{
    Backhauls, Carrier, Depot, Model, Order, Place, Promise, Reloads, VehicleType,
};

/// What a wave is packed by, and when it is to have left.
const WAVES: [(Time, Time); 2] = [
    (Time::at(8, 30), Time::at(10, 30)),
    (Time::at(12, 0), Time::at(14, 0)),
];

const KG: DimensionId = DimensionId::new(0);
const BOXES: DimensionId = DimensionId::new(1);

/// The types, in the order in which [`fleet`] adds them.
const COOLED: VehicleTypeId = VehicleTypeId::new(0);
const VAN: VehicleTypeId = VehicleTypeId::new(1);

const RIDER: CarrierId = CarrierId::new(0);

fn shift(from: i64, to: i64) -> Window {
    Window::new(Time::at(from, 0), Time::at(to, 0))
}

fn euros(text: &str) -> Cost {
    Cost::parse(text).expect("an amount")
}

fn fleet(model: &mut Model, store: DepotId) {
    let van = |name: &str, count| {
        VehicleType::new(name, count, store)
            .capacity(KG, Load(600))
            .capacity(BOXES, Load(60))
            .shift(shift(8, 16))
            .overtime(Duration::minutes(90), Cost(9_000)) // 32.40 an hour on top
            .fixed_cost(Cost::units(35))
            .per_distance(Cost(420)) // 0.42 a kilometre
            .per_duration(Cost(5_000)) // 18 an hour
            .per_waiting(Cost(1_500)) // 5.40 an hour: it stands in the way
            .per_stop(euros("0.30"))
            .max_driving(Duration::minutes(270))
            .reloads(Reloads::at(store).most(1))
    };
    model.add_vehicle_type(van("cooled van", 1).pace(110));
    model.add_vehicle_type(van("van", 1).backhauls(Backhauls::Last));
    model.add_vehicle_type(
        VehicleType::new("cargo bike", 2, store)
            .capacity(KG, Load(90))
            .capacity(BOXES, Load(10))
            .shift(shift(9, 15))
            .pace(140)
            .per_distance(Cost(50))
            .per_duration(Cost(4_200)) // 15.12 an hour
            .per_stop(euros("0.30"))
            .max_stops(24)
            .max_distance(Distance(45_000))
            .max_duration(Duration::minutes(300))
            .reloads(Reloads::at(store).most(3)),
    );
}

fn place(random: &mut Random) -> Place {
    // To four decimals, about ten metres: short numbers that read well.
    let degrees = |value: f64| (value * 10_000.0).round() / 10_000.0;
    let (x, y) = random.around(1.3);
    Place::geo(degrees(52.49 + y / 111.2), degrees(13.36 + x / 67.7))
}

/// A household's shopping, packed with a wave and mostly promised within two hours of it.
fn shopping(random: &mut Random, number: usize) -> Order {
    let (packed, leaves) = WAVES[random.index(WAVES.len())];
    let boxes = random.whole(1, 3);
    let mut order = Order::drop_off(format!("shopping {number}"), place(random))
        .quantity(KG, Load(boxes * random.whole(4, 9)))
        .quantity(BOXES, Load(boxes))
        .service(Duration(150 + 30 * boxes))
        .release(packed)
        .ship_by(leaves);
    if random.chance(0.7) {
        let from = packed + Duration::minutes(30 * random.whole(1, 5));
        let slot = Window::new(from, from + Duration::minutes(60));
        order = order.promise(Promise::new(slot).early(Cost(200)).late(Cost(1_500)));
    }
    if random.chance(0.25) {
        order.name = format!("frozen {}", order.name);
        order = order.only_on([COOLED]);
    } else if random.chance(0.3) {
        order = order.carrier_price(RIDER, euros("8.90"));
    }
    order
}

fn model(random: &mut Random, orders: usize) -> Model {
    let mut model = Model::new();
    model.add_dimension("kg");
    model.add_dimension("boxes");
    let store = Depot::new("store", Place::geo(52.4900, 13.3600)).loading(Duration::minutes(12));
    let store = model.add_depot(store.window(shift(6, 18)));
    fleet(&mut model, store);
    model.add_carrier(Carrier::new("rider").pickup_fee(euros("12.00")));
    let mut number = 0;
    while number < orders {
        number += 1;
        match number % 10 {
            // A caterer's pots, from the kitchen to the office: two orders.
            5 if number < orders => {
                let pots = |order: Order| {
                    order
                        .quantity(KG, Load(25))
                        .quantity(BOXES, Load(2))
                        .service(Duration::minutes(4))
                };
                let noon = Window::new(Time::at(10, 30), Time::at(12, 30));
                let from = Order::pickup(format!("kitchen {number}"), place(random));
                let to = Order::drop_off(format!("office {number}"), place(random));
                model.add_pair(pots(from), pots(to).window(noon));
                number += 1;
            }
            // Empty boxes are fetched where that pays.
            8 => {
                let empty = Order::pickup(format!("empty boxes {number}"), place(random));
                let count = random.whole(2, 8);
                let empty = empty.quantity(KG, Load(count)).quantity(BOXES, Load(count));
                model.add_order(empty.service(Duration(90)).price(euros("2.50")));
            }
            // The goods of a shop go by van.
            9 => {
                let shop = Order::drop_off(format!("shop {number}"), place(random));
                let boxes = random.whole(8, 16);
                let shop = shop
                    .quantity(KG, Load(boxes * 9))
                    .quantity(BOXES, Load(boxes));
                let shop = shop.window(shift(9, 12)).service(Duration::minutes(9));
                model.add_order(shop.only_on([COOLED, VAN]));
            }
            _ => {
                model.add_order(shopping(random, number));
            }
        }
    }
    model
}

/// Writes the crate's own model document.
pub(crate) fn generate(random: &mut Random, orders: usize) -> String {
    document::text(&model(random, orders), "20.0")
}
