//! A grocer promises slots of two hours, and pays for each minute by which they are missed: where a minute costs little, one van
//! alone is enough, and late; where it costs much, two are out and keep their word.

use milkrun::measure::{Cost, Duration, Load, Time, Window};
use milkrun::model::{Depot, Model, Order, Place, Promise, VehicleType};
use milkrun::plan::Plan;
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Solver};
use milkrun::travel::Haversine;

/// Two dozen orders around the shop in Berlin; each minute late costs this much.
fn day(minute_late: Cost) -> Model {
    let mut model = Model::new();
    let crates = model.add_dimension("crates");
    let shop = model.add_depot(Depot::new("shop", Place::geo(52.520, 13.405)));
    let van = VehicleType::new("van", 2, shop).capacity(crates, Load(60));
    model.add_vehicle_type(
        van.shift(Window::new(Time::at(7, 30), Time::at(17, 0)))
            .fixed_cost(Cost::units(60))
            .per_distance(Cost(400)) // 0.40 a kilometre
            .per_duration(Cost(5_000)), // 18 an hour
    );
    for index in 0..24_u32 {
        // Slots begin at 8, 10 and 12, wherever the customers are.
        let begins = Time::at(8 + 2 * i64::from(index % 3), 0);
        let slot = Window::new(begins, begins + Duration::minutes(120));
        let promise = Promise::new(slot)
            .late(Cost(minute_late.get() / 60))
            .early(Cost(minute_late.get() / 120));
        let (north, east) = (f64::from(index * 7 % 24), f64::from(index * 11 % 24));
        let place = Place::geo(52.46 + 0.005 * north, 13.30 + 0.008 * east);
        let order = Order::drop_off(format!("customer {}", index + 1), place);
        model.add_order(
            order
                .quantity(crates, Load(2))
                .service(Duration::minutes(11))
                .promise(promise),
        );
    }
    model
}

fn print(plan: &Plan) {
    let stops = || plan.routes().iter().flat_map(milkrun::plan::Route::stops);
    let late: Vec<_> = stops().filter(|s| s.late > Duration::ZERO).collect();
    let missed = late.iter().map(|stop| stop.late.get()).sum::<i64>() / 60;
    print!("{}", plan.summary());
    println!(
        "{} of {} late, by {missed} minutes in all",
        late.len(),
        stops().count()
    );
}

fn main() -> Result<(), milkrun::Error> {
    for (cents, said) in [(10, "10 cents"), (500, "5 euros")] {
        let problem = Problem::new(&day(Cost(cents * 10_000)), &Haversine::at_kmh(24.0))?;
        println!("{said} a minute late:");
        print(&Solver::new(&problem).solve(Budget::iterations(5_000)).plan);
    }
    Ok(())
}
