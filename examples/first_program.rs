//! A first plan: two vans of a bakery, three customers, one of whom is far away.

use milkrun::measure::{Cost, Duration, Load, Time, Window};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Solver};
use milkrun::travel::Haversine;

fn main() -> Result<(), milkrun::Error> {
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let bakery = model.add_depot(Depot::new("bakery", Place::geo(52.52, 13.40)));
    let van = VehicleType::new("van", 2, bakery).capacity(kg, Load(300));
    model.add_vehicle_type(van.fixed_cost(Cost::units(20)).per_distance(Cost(350)));
    let promised = Window::new(Time::at(7, 0), Time::at(9, 0));
    for (name, place, weight) in [
        ("cafe", Place::geo(52.53, 13.42), 40),
        ("hotel", Place::geo(52.51, 13.33), 90),
    ] {
        let order = Order::drop_off(name, place).quantity(kg, Load(weight));
        model.add_order(order.window(promised).service(Duration::minutes(5)));
    }
    // May be left out, at the price of sending a taxi.
    model.add_order(Order::drop_off("mill", Place::geo(52.80, 13.90)).price(Cost::units(15)));

    let problem = Problem::new(&model, &Haversine::at_kmh(34.0))?;
    let outcome = Solver::new(&problem).seed(7).solve(Budget::seconds(0.5));
    println!("{}", outcome.plan);
    for shipment in outcome.plan.shipments() {
        println!("{} comes at {}", shipment.name, shipment.eta.clock());
    }
    Ok(())
}
