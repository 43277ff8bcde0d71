//! A day is planned again at noon: two vans are on the road, with parcels aboard that nobody else can bring, a third stands at
//! the shop, and returns and late orders have come in since the morning. Those on the road may come by the shop for more.

use milkrun::measure::{Cost, DepotId, DimensionId, Duration, Load, Time, VehicleTypeId, Window};
use milkrun::model::{Depot, Model, Order, Place, Reloads, VehicleType};
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Solver};
use milkrun::travel::Haversine;

/// One of the shop's vans, out until six.
fn van(name: &str, start: DepotId, shop: DepotId, parcels: DimensionId) -> VehicleType {
    VehicleType::new(name, 1, start)
        .end(shop)
        .capacity(parcels, Load(20))
        .shift(Window::new(Time::at(12, 0), Time::at(18, 0)))
        .reloads(Reloads::at(shop))
        .per_distance(Cost(400)) // 0.40 a kilometre
        .per_duration(Cost(3_000)) // 10.80 an hour
}

/// The day as it is at noon.
fn noon() -> Model {
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let shop = model.add_depot(Depot::new("shop", Place::geo(52.520, 13.405)));
    let spots = [
        ("in Pankow", Place::geo(52.570, 13.402)),
        ("in Steglitz", Place::geo(52.456, 13.322)),
    ];
    let out: Vec<VehicleTypeId> = (1..)
        .zip(spots)
        .map(|(number, (name, place))| {
            let spot = model.add_depot(Depot::spot(name, place));
            model.add_vehicle_type(van(&format!("van {number}"), spot, shop, parcels))
        })
        .collect();
    // What the third has to be paid for at all, those under way have cost already.
    let third = van("van 3", shop, shop, parcels).fixed_cost(Cost::units(15));
    model.add_vehicle_type(third);

    let one = |order: Order| {
        order
            .quantity(parcels, Load(1))
            .service(Duration::minutes(5))
    };
    for (number, north) in [(1, 52.585), (2, 52.592), (3, 52.560)] {
        let parcel = Order::drop_off(format!("aboard van 1, {number}"), Place::geo(north, 13.41));
        model.add_order(one(parcel).aboard(out[0]));
    }
    for (number, north) in [(1, 52.440), (2, 52.462)] {
        let parcel = Order::drop_off(format!("aboard van 2, {number}"), Place::geo(north, 13.31));
        model.add_order(one(parcel).aboard(out[1]));
    }
    // Any van may fetch these on its way.
    model.add_order(one(Order::pickup(
        "return in Pankow",
        Place::geo(52.575, 13.39),
    )));
    model.add_order(one(Order::pickup(
        "return in Steglitz",
        Place::geo(52.45, 13.33),
    )));
    // These are still at the shop: the third van brings them, or one that comes by for them.
    let late = Order::drop_off("late order", Place::geo(52.53, 13.45));
    model.add_order(one(late).release(Time::at(12, 30)));
    let swap = Order::exchange("replacement", Place::geo(52.51, 13.43));
    model.add_order(one(swap).taken(parcels, Load(1)));
    model
}

fn main() -> Result<(), milkrun::Error> {
    let problem = Problem::new(&noon(), &Haversine::at_kmh(24.0))?;
    let plan = Solver::new(&problem).solve(Budget::iterations(3_000)).plan;
    for route in plan.routes() {
        println!(
            "{}, from {}:",
            route.vehicle_name(),
            problem.names().depot(route.start())
        );
        let mut reloads = route.reloads().iter().peekable();
        for (index, stop) in route.stops().iter().enumerate() {
            if let Some(reload) = reloads.next_if(|reload| reload.before == index) {
                let depot = problem.names().depot(reload.depot);
                println!("  {} reload {depot}", reload.start.clock());
            }
            let name = problem.names().order(stop.order);
            println!("  {} {} {name}", stop.start.clock(), stop.kind.word());
        }
    }
    print!("{}", plan.summary());
    Ok(())
}
