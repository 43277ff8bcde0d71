//! Days to edit.

use crate::ledger::Ledger;
use crate::random::Recipe;
use milkrun::measure::{Cost, DepotId, DimensionId, Duration, Load, Time, Window};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::search::Dice;
use milkrun::solve::LiveSolver;
use milkrun::travel::{Euclidean, Haversine, Travel};
use std::sync::Arc;

/// What a random day is made of.
pub(crate) struct Day {
    pub(crate) model: Model,
    pub(crate) travels: Vec<Arc<dyn Travel + Send>>,
    pub(crate) order: Box<dyn Fn(&mut Dice) -> Order>,
}

/// A day of the recipe's orders; the ones that come in are others of it under new names.
pub(crate) fn recipe_day(recipe: Recipe) -> Day {
    let (model, travel, _) = recipe.problem();
    let other = Recipe {
        seed: recipe.seed + 1,
        ..recipe
    };
    let (_, slower, _) = other.problem();
    let orders = model.orders().to_vec();
    let order = move |dice: &mut Dice| {
        let mut order = orders[dice.below(orders.len())].clone();
        order.name = format!("order {}", dice.below(40));
        match dice.below(60) {
            0 => order.service = Duration(-1),
            1 => order.place = Place::row(10_000),
            2 => order.name.clear(),
            3 => order.window = Some(Window::new(Time(9), Time(1))),
            4 => order.quantities = vec![Load(1); 9],
            5 => order.price = Some(Cost(1 << 60)),
            _ => {}
        }
        order
    };
    Day {
        model,
        travels: vec![Arc::new(travel), Arc::new(slower)],
        order: Box::new(order),
    }
}

/// A day on a plane or on the globe, of all kinds of orders.
pub(crate) fn open_air_day(globe: bool, seed: u64, orders: usize) -> Day {
    let place = move |dice: &mut Dice| {
        let (x, y) = (dice.below(1000) as f64, dice.below(1000) as f64);
        if globe {
            Place::geo(52.0 + x / 2000.0, 13.0 + y / 1000.0)
        } else {
            Place::plane(x, y)
        }
    };
    let timed = seed.is_multiple_of(2);
    let order = move |dice: &mut Dice| {
        let at = if dice.chance(0.01) {
            Place::row(1)
        } else {
            place(dice)
        };
        let name = format!("order {}", dice.below(1 << 20));
        let mut order = if dice.chance(0.2) && timed {
            Order::pickup(name, at)
        } else {
            Order::drop_off(name, at)
        };
        order = order.quantity(DimensionId::new(0), Load(1 + dice.below(9) as i64));
        if dice.chance(if timed { 0.5 } else { 0.01 }) {
            let from = dice.below(6_000) as i64;
            order = order.window(Window::new(Time(from), Time(from + 3_000)));
        }
        if dice.chance(0.2) {
            order = order.price(Cost::units(50 + dice.below(300) as i64));
        }
        order
    };
    let mut dice = Dice::new(seed, 1, 0);
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let depots: Vec<DepotId> = (0..2)
        .map(|d| model.add_depot(Depot::new(format!("depot {d}"), place(&mut dice))))
        .collect();
    for (d, depot) in depots.into_iter().enumerate() {
        let van = VehicleType::new(format!("van {d}"), 4, depot).capacity(parcels, Load(40));
        let bike = VehicleType::new(format!("bike {d}"), 4, depot).capacity(parcels, Load(12));
        model.add_vehicle_type(van.fixed_cost(Cost::units(30)));
        model.add_vehicle_type(bike.profile("bike").per_distance(Cost(800_000)));
    }
    let mut number = 0..;
    while model.orders().len() < orders {
        let mut order = order(&mut dice);
        order.name = format!("first {}", number.next().unwrap_or(0));
        if !matches!(order.place, Place::Row(_)) {
            model.add_order(order);
        }
    }
    let travels: Vec<Arc<dyn Travel + Send>> = if globe {
        let slow = Haversine::at_kmh(20.0).profile_kmh("bike", 15.0);
        vec![Arc::new(Haversine::at_kmh(40.0)), Arc::new(slow)]
    } else {
        vec![
            Arc::new(Euclidean::rounded()),
            Arc::new(Euclidean::dimacs()),
        ]
    };
    Day {
        model,
        travels,
        order: Box::new(order),
    }
}

/// A day of `orders` orders on a plane or the globe, and its solver.
pub(crate) fn city(globe: bool, orders: usize) -> (Day, Ledger, LiveSolver) {
    let day = open_air_day(globe, 4, orders);
    let ledger = Ledger::new(&day.model, Arc::clone(&day.travels[0]));
    let live = LiveSolver::new(&day.model, Arc::clone(&day.travels[0])).expect("a sound day");
    (day, ledger, live)
}
