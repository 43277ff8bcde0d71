//! A shop with one van hands over to parcel services what is cheaper with them: one comes for a fee that all its parcels
//! share, the other for nothing but at higher prices. On a day with few far orders the fee is not worth it.

use milkrun::measure::{CarrierId, Cost, Duration, Load, Time, Window};
use milkrun::model::{Carrier, Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Solver};
use milkrun::travel::Haversine;

/// The shop in Berlin, its van, and the two services.
fn shop() -> (Model, [CarrierId; 2]) {
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let shop = model.add_depot(Depot::new("shop", Place::geo(52.520, 13.405)));
    let van = VehicleType::new("van", 1, shop).capacity(parcels, Load(12));
    model.add_vehicle_type(
        van.shift(Window::new(Time::at(9, 0), Time::at(18, 0)))
            .fixed_cost(Cost::units(15))
            .per_distance(Cost(400)) // 0.40 a kilometre
            .per_duration(Cost(3_000)), // 10.80 an hour
    );
    let fetched = Carrier::new("fetched parcels").pickup_fee(Cost::units(9));
    let carriers = [fetched, Carrier::new("parcel shop")];
    let carriers = carriers.map(|carrier| model.add_carrier(carrier));
    (model, carriers)
}

/// So many orders near the shop, and so many in Potsdam.
fn day(near: usize, far: usize) -> Model {
    let (mut model, [fetched, parcel_shop]) = shop();
    let parcels = milkrun::measure::DimensionId::new(0);
    let mut add = |name: String, latitude: f64, longitude: f64| {
        let order = Order::drop_off(name, Place::geo(latitude, longitude));
        model.add_order(
            order
                .quantity(parcels, Load(1))
                .service(Duration::minutes(4))
                .carrier_price(fetched, Cost(4_500_000))
                .carrier_price(parcel_shop, Cost(7_900_000)),
        );
    };
    for index in 0..near {
        let step = index as f64 * 0.004;
        add(format!("Berlin {}", index + 1), 52.515 + step, 13.38 + step);
    }
    for index in 0..far {
        let step = index as f64 * 0.03;
        add(format!("Potsdam {}", index + 1), 52.40 + step, 13.06);
    }
    model
}

fn main() -> Result<(), milkrun::Error> {
    for (near, far) in [(12, 1), (12, 5)] {
        let problem = Problem::new(&day(near, far), &Haversine::at_kmh(24.0))?;
        let plan = Solver::new(&problem).solve(Budget::iterations(3_000)).plan;
        println!("{near} orders in Berlin, {far} in Potsdam:");
        for taken in plan.hand_overs() {
            let (name, count) = (problem.names().carrier(taken.carrier), taken.orders.len());
            println!("  {name}: {count} for {}", taken.cost().decimal());
        }
        print!("{}", plan.summary());
    }
    Ok(())
}
