//! Savings against the textbook, for any number of threads, and what becomes of orders once they are interrupted.

use milkrun::eval::{Clock, Resource, Sum, Tours};
use milkrun::measure::{Load, PlaceId, ProfileId, Time, Window};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::search::{Dice, Neighbours, savings};
use milkrun::travel::Euclidean;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

fn day(orders: usize, timed: bool, vans: Option<u32>) -> Problem {
    let mut dice = Dice::new(9, 0, 0);
    let mut place = || Place::plane(dice.below(400) as f64, dice.below(400) as f64);
    let mut model = Model::new();
    let crates = model.add_dimension("crates");
    let hub = model.add_depot(Depot::new("hub", place()));
    let van = VehicleType::new("van", vans.unwrap_or(0), hub).capacity(crates, Load(20));
    model.add_vehicle_type(if vans.is_some() { van } else { van.unlimited() });
    for number in 0..orders {
        let order = Order::drop_off(format!("order {number}"), place());
        let mut order = order.quantity(crates, Load(1 + number as i64 % 4));
        if timed {
            let from = (number as i64 * 37) % 2_000;
            order = order.window(Window::new(Time(from), Time(from + 600)));
        }
        model.add_order(order);
    }
    Problem::new(&model, &Euclidean::rounded()).unwrap()
}

fn routes<R: Resource>(tours: &Tours<'_, R>) -> Vec<Vec<u32>> {
    let routes = (0..tours.route_count() as u32).map(|route| tours.stops(route).collect());
    routes.collect()
}

/// The textbook, with the gain of Paessens: all savings in one sorted list, chains as lists of stops.
fn by_the_book<R: Resource>(problem: &Problem, near: &Neighbours) -> BTreeSet<Vec<u32>> {
    let tours = Tours::<R>::new(problem);
    let far = |a: u32, b: u32| {
        let [a, b] = [a, b].map(|node| PlaceId::new(node as usize));
        let leg = problem.leg(ProfileId::new(0), a, b);
        leg.map_or(0, |leg| leg.distance.get())
    };
    let mut all = Vec::new();
    for from in 1..=problem.order_count() as u32 {
        for (to, _) in near.of(from) {
            let twice = near.of(*to).iter().any(|(n, _)| *n == from);
            let (ahead, out, arc) = (far(0, from), far(0, *to), far(from, *to));
            let saved = far(from, 0) + out - arc;
            let shaped = far(from, 0) + out - arc * 3 / 2 + (ahead - out).abs() * 3 / 5;
            let gain = shaped.max(1);
            if saved > 0 && !(twice && *to < from && !problem.shape().timed) {
                all.push((-gain, from, *to));
            }
        }
    }
    all.sort_unstable();
    let mut chains: Vec<Vec<u32>> = tours.absent().iter().map(|node| vec![*node]).collect();
    for (_, from, to) in all {
        let of = |node: u32| chains.iter().position(|c| c.contains(&node)).unwrap();
        let (a, b) = (of(from), of(to));
        if a == b {
            continue;
        }
        let (mut one, mut other) = (chains[a].clone(), chains[b].clone());
        if !R::COLUMNS && one[one.len() - 1] != from {
            one.reverse();
        }
        if !R::COLUMNS && other[0] != to {
            other.reverse();
        }
        if one[one.len() - 1] != from || other[0] != to {
            continue;
        }
        one.extend(other);
        let step =
            |whole, pair: &[u32]| tours.joined(0, &whole, pair[0], pair[1], tours.own(pair[1]));
        let whole = one.windows(2).fold(*tours.own(one[0]), step);
        if tours.keeps_limits(0, one[0], &whole, one[one.len() - 1]) {
            chains[a] = one;
            chains.remove(b);
        }
    }
    chains.into_iter().map(either_way::<R>).collect()
}

/// A route as it is, or from its smaller end where direction is nothing.
fn either_way<R: Resource>(mut stops: Vec<u32>) -> Vec<u32> {
    if !R::COLUMNS && stops[0] > stops[stops.len() - 1] {
        stops.reverse();
    }
    stops
}

fn assert_by_the_book<R: Resource>(timed: bool) {
    let problem = day(700, timed, None);
    let near = Neighbours::new(&problem, 40);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
    let pool = pool.unwrap();
    let of_pool = |pool: Option<&rayon::ThreadPool>| {
        let mut tours = Tours::<R>::new(&problem);
        savings(&mut tours, &near, 0, pool, &|| false);
        routes(&tours)
    };
    let alone = of_pool(None);
    assert_eq!(alone, of_pool(Some(&pool)));
    let found: BTreeSet<Vec<u32>> = alone.into_iter().map(either_way::<R>).collect();
    assert_eq!(found, by_the_book::<R>(&problem, &near));
}

#[test]
fn portions_and_threads_join_as_the_textbook_does() {
    assert_by_the_book::<Sum>(false);
    assert_by_the_book::<(Sum, Clock)>(true);
}

#[test]
fn once_interrupted_every_order_is_still_served_within_limits() {
    // 700 orders of 2.5 crates on average need 88 vans; alone each would need its own.
    let problem = day(700, false, Some(100));
    let near = Neighbours::new(&problem, 40);
    let calls = AtomicUsize::new(0);
    for allowed in [0, 1, 3, 5] {
        calls.store(0, Ordering::Relaxed);
        let interrupted = || calls.fetch_add(1, Ordering::Relaxed) >= allowed;
        let mut tours = Tours::<Sum>::new(&problem);
        savings(&mut tours, &near, 0, None, &interrupted);
        assert!(tours.absent().is_empty(), "after {allowed} looks");
        let loads = (0..tours.route_count() as u32).map(|route| tours.route(route).whole);
        assert!(loads.max().is_some_and(|load| load <= 20));
    }
}
