//! Orders that may be left out at a price: those that only together are worth a vehicle.

use milkrun::eval::{Sum, Tours};
use milkrun::measure::{Cost, Load};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::search::{Annealing, Dice, Knobs, Neighbours, Trajectory};
use milkrun::travel::Euclidean;

/// Forty orders at this price each, 1,000 away and 1 apart: 2,039 there and back, two vans.
fn far_town(price: i64) -> Problem {
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 2, depot).capacity(parcels, Load(40));
    model.add_vehicle_type(van.per_distance(Cost::units(1)));
    for number in 0..40 {
        let place = Place::plane(1_000.0, f64::from(number));
        let order = Order::drop_off(format!("{number}"), place).quantity(parcels, Load(1));
        model.add_order(order.price(Cost::units(price)));
    }
    Problem::new(&model, &Euclidean::rounded()).expect("a valid model")
}

/// How many orders are left out after 300 cold iterations that begin with no vehicle on the road.
fn left_out(problem: &Problem, send_out: f64) -> usize {
    let neighbours = Neighbours::new(problem, 40);
    let knobs = Knobs {
        send_out,
        ..Knobs::default()
    };
    let tours: Tours<'_, Sum> = Tours::new(problem);
    let mut trajectory = Trajectory::new(tours, &neighbours, knobs, Dice::new(1, 0, 0));
    let cold = Annealing::new(1.0, 1.0);
    for _ in 0..300 {
        trajectory.iterate(&cold);
    }
    trajectory.best().absent().len()
}

#[test]
fn a_vehicle_is_sent_out_for_orders_that_pay_for_it_together() {
    let problem = far_town(100);
    assert_eq!(left_out(&problem, Knobs::default().send_out), 0);
    // Else ten of them are tried at a time, which do not.
    assert_eq!(left_out(&problem, 0.0), 40);
}

#[test]
fn no_vehicle_goes_where_all_together_do_not_pay() {
    assert_eq!(left_out(&far_town(50), 1.0), 40);
}
