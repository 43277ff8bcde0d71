//! Days to measure on, made from fixed seeds.

#![allow(dead_code, reason = "each benchmark uses its own part of this")]

use milkrun::eval::{Resource, Tours};
use milkrun::measure::{Cost, Duration, Load, Time, Window};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::search::{Dice, Neighbours, regret, savings};
use milkrun::travel::Euclidean;

/// Which features a day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Capacity alone, as in the X set: a depot, clusters, routes of about ten stops.
    Cvrp,
    /// Capacity and windows.
    Vrptw,
    /// Three depots, vehicle types that pay differently, pickups, two dimensions, windows, optional orders.
    Rich,
}

/// A day of `orders` orders.
pub(crate) fn day(kind: Kind, orders: usize) -> Model {
    let mut dice = Dice::new(17, orders as u64, 0);
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let depots: Vec<_> = (0..if kind == Kind::Rich { 3 } else { 1 })
        .map(|d| {
            let place = Place::plane(dice.below(1000) as f64, dice.below(1000) as f64);
            model.add_depot(Depot::new(format!("depot {d}"), place))
        })
        .collect();
    let van = VehicleType::new("van", 0, depots[0])
        .unlimited()
        .capacity(parcels, Load(100));
    match kind {
        Kind::Cvrp => {
            model.add_vehicle_type(van);
        }
        Kind::Vrptw => {
            model.add_vehicle_type(van.shift(Window::new(Time(0), Time(10_000))));
        }
        Kind::Rich => {
            let kg = model.add_dimension("kg");
            for (d, depot) in depots.into_iter().enumerate() {
                let bike = VehicleType::new(format!("bike {d}"), (orders / 15) as u32, depot);
                let bike = bike.capacity(parcels, Load(30)).capacity(kg, Load(60));
                model.add_vehicle_type(bike.per_distance(Cost(700_000)));
                let truck = VehicleType::new(format!("truck {d}"), (orders / 10) as u32, depot);
                let truck = truck.capacity(parcels, Load(120)).capacity(kg, Load(300));
                let truck = truck.fixed_cost(Cost::units(200));
                model.add_vehicle_type(truck.per_duration(Cost(50_000)));
            }
        }
    }
    let clusters: Vec<(f64, f64)> = (0..6)
        .map(|_| (dice.unit() * 1000.0, dice.unit() * 1000.0))
        .collect();
    for o in 0..orders {
        model.add_order(order(kind, o, &clusters, &mut dice));
    }
    model
}

/// Half of the orders lie near the centres of clusters.
fn order(kind: Kind, index: usize, clusters: &[(f64, f64)], dice: &mut Dice) -> Order {
    use milkrun::measure::DimensionId;
    let (x, y) = if dice.chance(0.5) {
        let (x, y) = clusters[dice.below(clusters.len())];
        let mut near = || (dice.unit() + dice.unit() - 1.0) * 150.0;
        (x + near(), y + near())
    } else {
        (dice.unit() * 1000.0, dice.unit() * 1000.0)
    };
    let place = Place::plane(x.round(), y.round());
    let pickup = kind == Kind::Rich && dice.chance(0.2);
    let order = if pickup {
        Order::pickup
    } else {
        Order::drop_off
    };
    let load = Load(1 + dice.below(19) as i64);
    let mut order = order(format!("order {index}"), place).quantity(DimensionId::new(0), load);
    if kind != Kind::Cvrp {
        let from = dice.below(6_000) as i64;
        let window = Window::new(Time(from), Time(from + 2_000));
        order = order.window(window).service(Duration(90));
    }
    if kind == Kind::Rich {
        order = order.quantity(DimensionId::new(1), Load(1 + dice.below(50) as i64));
        if dice.chance(0.1) {
            order = order.price(Cost::units(100 + dice.below(400) as i64));
        }
    }
    order
}

/// The frozen problem.
pub(crate) fn problem(kind: Kind, orders: usize) -> Problem {
    Problem::new(&day(kind, orders), &Euclidean::rounded()).expect("a sound model")
}

/// The starting plan that the solver would make.
pub(crate) fn started<'p, R: Resource>(
    problem: &'p Problem,
    neighbours: &Neighbours,
) -> Tours<'p, R> {
    let mut tours = Tours::<R>::new(problem);
    if problem.fleet().len() == 1 {
        savings(&mut tours, neighbours, 0, None, &|| false);
    }
    regret(&mut tours, neighbours, &|| false);
    tours
}
