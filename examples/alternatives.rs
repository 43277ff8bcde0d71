//! A shop promises each customer what suits them: before noon or after five, at home or from a locker that several share.
//! The plan chooses the window and the place; nobody is visited twice.

use milkrun::measure::{Cost, Duration, OrderId, Time, Window};
use milkrun::model::{Depot, Group, Model, Order, Place, VehicleType};
use milkrun::plan::Route;
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Solver};
use milkrun::travel::Haversine;

/// How many customers there are.
const CUSTOMERS: usize = 12;

/// One van in Berlin, and customers along two streets.
fn day() -> Model {
    let mut model = Model::new();
    let shop = model.add_depot(Depot::new("shop", Place::geo(52.520, 13.405)));
    let van = VehicleType::new("van", 1, shop).shift(Window::new(Time::at(8, 0), Time::at(20, 0)));
    model.add_vehicle_type(van.per_distance(Cost(400)).per_duration(Cost(3_000)));
    let locker = Place::geo(52.536, 13.39);
    let hours = [
        Window::new(Time::at(8, 30), Time::at(12, 0)),
        Window::new(Time::at(17, 0), Time::at(19, 0)),
    ];
    for customer in 1..=CUSTOMERS {
        let step = customer as f64 * 0.004;
        let east = if customer % 2 == 0 { step } else { -step };
        let home = Place::geo(52.515 + step, 13.40 + east);
        let order = |place: &str, at| {
            let order = Order::drop_off(format!("{customer} {place}"), at);
            order.service(Duration::minutes(6))
        };
        // At home within one of two windows; some also say that the locker will do, at any time.
        let mut ways: Vec<OrderId> = hours
            .iter()
            .zip(["before noon", "after five"])
            .map(|(window, when)| model.add_order(order(when, home).window(*window)))
            .collect();
        if customer % 3 == 0 {
            ways.push(model.add_order(order("from the locker", locker)));
        }
        model.add_group(Group::of(ways));
    }
    model
}

fn main() -> Result<(), milkrun::Error> {
    let problem = Problem::new(&day(), &Haversine::at_kmh(24.0))?;
    let plan = Solver::new(&problem).solve(Budget::iterations(3_000)).plan;
    for stop in plan.routes().iter().flat_map(Route::stops) {
        println!(
            "{}  {}",
            stop.start.clock(),
            problem.names().order(stop.order)
        );
    }
    print!("{}", plan.summary());
    println!("{} other ways were not needed", plan.replaced().len());
    Ok(())
}
