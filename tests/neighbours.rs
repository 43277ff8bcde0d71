//! Neighbour lists against brute force: on planes and globes that make trouble, for any number of threads, in haste.

use milkrun::measure::{Duration as Span, OrderId, ProfileId, Time, Window};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::search::{Dice, Neighbours, Outlook};
use milkrun::travel::{Euclidean, Haversine, Travel};
use std::time::Duration;

/// A day with these places, and windows if so.
fn day(places: &[Place], timed: bool, travel: &dyn Travel) -> Problem {
    let mut dice = Dice::new(5, 0, 0);
    let mut model = Model::new();
    let hub = model.add_depot(Depot::new("hub", places[0]));
    model.add_vehicle_type(VehicleType::new("van", 0, hub).unlimited());
    for (number, place) in places.iter().enumerate() {
        let mut order = Order::drop_off(format!("order {number}"), *place);
        if timed {
            let from = dice.below(900) as i64;
            let window = Window::new(Time(from), Time(from + 1 + dice.below(300) as i64));
            order = order.window(window).service(Span(dice.below(20) as i64));
        }
        model.add_order(order);
    }
    Problem::new(&model, travel).unwrap()
}

fn plane(count: usize, mut place: impl FnMut(usize) -> [f64; 2]) -> Vec<Place> {
    let points = (0..count).map(&mut place);
    points.map(|[x, y]| Place::plane(x, y)).collect()
}

/// Places that make trouble: spread, on a coarse grid, all one, in one row, in clusters with a few far off.
fn planes() -> Vec<Vec<Place>> {
    let mut dice = Dice::new(1, 0, 0);
    let mut below = move |most: usize| dice.below(most) as f64;
    vec![
        plane(300, |_| [below(1000) + 0.25, below(1000)]),
        plane(300, |_| [below(12), below(12)]),
        plane(200, |_| [7.0, 7.0]),
        plane(200, |at| [3.0, (at / 2) as f64]),
        plane(300, |at| {
            let far = if at % 97 == 0 { 50_000.0 } else { 1.0 };
            [far * below(10) + (at % 3) as f64 * 4000.0, below(10)]
        }),
        plane(2, |at| [at as f64, 0.0]),
        plane(1, |_| [0.0, 0.0]),
    ]
}

/// Spread over the globe, round a pole, along the date line, and in one town.
fn globes() -> Vec<Vec<Place>> {
    let mut dice = Dice::new(2, 0, 0);
    let mut globe = |latitude: [f64; 2], longitude: [f64; 2]| -> Vec<Place> {
        let mut within = |[low, high]: [f64; 2]| low + (high - low) * dice.unit();
        let points = (0..250).map(|_| Place::geo(within(latitude), within(longitude)));
        points.collect()
    };
    vec![
        globe([-90.0, 90.0], [-180.0, 180.0]),
        globe([89.0, 90.0], [-180.0, 180.0]),
        globe([-1.0, 1.0], [179.9, 180.0]),
        globe([52.4, 52.6], [13.2, 13.6]),
    ]
}

/// By looking at everything, in numbers of this test's own.
fn looked_up(problem: &Problem, order: usize, width: usize) -> Vec<(u32, u32)> {
    let point = |order: usize| {
        let place = problem.order_place(OrderId::new(order));
        match problem.location(place) {
            Place::Geo {
                latitude,
                longitude,
            } => {
                let (lat, lon) = (latitude.to_radians(), longitude.to_radians());
                [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
            }
            Place::Plane { x, y } => [x, y, 0.0],
            Place::Row(row) => [f64::from(row), 0.0, 0.0],
        }
    };
    let squared = |other: usize| -> f64 {
        let here = point(order);
        let pairs = here.iter().zip(point(other));
        pairs.fold(0.0, |sum, (a, b)| sum + (b - a).powi(2))
    };
    let timed = problem.shape().timed;
    let leg = |from: usize, to: usize| {
        let place = |order| problem.order_place(OrderId::new(order));
        let leg = problem.leg(ProfileId::new(0), place(from), place(to));
        leg.map(|leg| (leg.distance.get(), leg.duration.get()))
            .unwrap()
    };
    let ahead = |from: usize, to: usize| {
        let (a, b) = (OrderId::new(from), OrderId::new(to));
        let busy = problem.service(a).get() + leg(from, to).1;
        let (a, b) = (problem.window(a), problem.window(b));
        let wait = (b.earliest.get() - busy - a.latest.get()).max(0);
        wait / 5 + (a.earliest.get() + busy - b.latest.get()).max(0)
    };
    let mut others: Vec<usize> = (0..problem.order_count()).filter(|o| *o != order).collect();
    others.sort_by(|a, b| squared(*a).total_cmp(&squared(*b)).then(a.cmp(b)));
    others.truncate(if timed { 6 * width } else { width });
    let apart = |other: usize| {
        let waiting = ahead(order, other).min(ahead(other, order));
        leg(order, other).0 + if timed { waiting } else { 0 }
    };
    others.sort_by_key(|other| (apart(*other), *other));
    others.truncate(width);
    let node = |other: usize| (other as u32 + 1, leg(order, other).0 as u32);
    others.into_iter().map(node).collect()
}

fn assert_nearest(problem: &Problem, name: &str) {
    for width in [1, 20, 1000] {
        let lists = Neighbours::new(problem, width);
        for order in (0..problem.order_count()).step_by(3) {
            let expected = looked_up(problem, order, width);
            let list = lists.of(order as u32 + 1);
            assert_eq!(list, expected, "{name}, order {order}, {width} wide");
        }
    }
}

#[test]
fn lists_hold_the_nearest_on_every_plane() {
    for (number, places) in planes().iter().enumerate() {
        for timed in [false, true] {
            let problem = day(places, timed, &Euclidean::rounded());
            assert_nearest(&problem, &format!("plane {number}, windows: {timed}"));
        }
    }
}

#[test]
fn lists_hold_the_nearest_on_the_globe() {
    for (number, places) in globes().iter().enumerate() {
        for timed in [false, true] {
            let problem = day(places, timed, &Haversine::at_kmh(30.0));
            assert_nearest(&problem, &format!("globe {number}, windows: {timed}"));
        }
    }
}

#[test]
fn windows_say_which_of_two_comes_first() {
    let mut dice = Dice::new(6, 0, 0);
    let mut model = Model::new();
    let hub = model.add_depot(Depot::new("hub", Place::plane(0.0, 0.0)));
    // The fastest vehicle decides.
    model.add_vehicle_type(VehicleType::new("van", 3, hub));
    model.add_vehicle_type(VehicleType::new("express", 1, hub).pace(60));
    for number in 0..60 {
        let mut draw = |most: usize| dice.below(most) as i64;
        let place = Place::plane(draw(100) as f64, draw(100) as f64);
        let opens = draw(200);
        let window = Window::new(Time(opens), Time(opens + draw(60)));
        let order = Order::drop_off(format!("order {number}"), place).window(window);
        model.add_order(order.service(Span(draw(9))));
    }
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    let may_follow = |first: OrderId, second: OrderId| {
        let fastest = problem.fleet().iter().map(|vehicle| {
            let [from, to] = [first, second].map(|order| problem.order_place(order));
            problem.leg(vehicle.profile, from, to).unwrap().duration
        });
        let leaves = problem.window(first).earliest.get() + problem.service(first).get();
        leaves + fastest.min().unwrap().get() <= problem.window(second).latest.get()
    };
    let lists = Neighbours::new(&problem, 59);
    let mut seen = [0; 4];
    for order in problem.orders() {
        let node = order.index() as u32 + 1;
        let (near, successions) = (lists.of(node), lists.successions(node));
        assert_eq!(near.len(), successions.len());
        for ((other, _), known) in near.iter().zip(successions) {
            let other = OrderId::new(*other as usize - 1);
            let [ahead, behind] = [may_follow(order, other), may_follow(other, order)];
            assert_eq!((known.ahead, known.behind), (ahead, behind));
            assert_eq!(known.is_barred(), !ahead && !behind);
            seen[usize::from(ahead) + 2 * usize::from(behind)] += 1;
        }
    }
    assert!(seen[1..].iter().all(|count| *count > 100), "{seen:?}");
}

#[test]
fn without_windows_nothing_is_said_of_who_comes_first() {
    let places = &planes()[0];
    let lists = Neighbours::new(&day(places, false, &Euclidean::rounded()), 20);
    assert!(lists.successions(1).is_empty());
}

#[test]
fn threads_and_time_to_spare_change_nothing() {
    let mut dice = Dice::new(3, 0, 0);
    let places = plane(3_000, |_| [dice.unit() * 500.0, dice.unit() * 500.0]);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
    let pool = pool.unwrap();
    let problem = day(&places, true, &Euclidean::rounded());
    let alone = Neighbours::new(&problem, 20);
    for left in [None, Some(Duration::from_secs(1 << 30))] {
        let outlook = Outlook {
            width: 20,
            pool: Some(&pool),
            left: &|| left,
        };
        let together = Neighbours::within(&problem, &outlook);
        for node in 1..=3_000 {
            assert_eq!(alone.of(node), together.of(node));
            assert_eq!(alone.successions(node), together.successions(node));
        }
    }
}

#[test]
fn haste_leaves_the_nearest_or_nothing() {
    let mut dice = Dice::new(4, 0, 0);
    let places = plane(3_000, |_| [dice.unit() * 500.0, dice.unit() * 500.0]);
    let problem = day(&places, false, &Euclidean::rounded());
    let full = Neighbours::new(&problem, 40);
    // Sixteen are the fewest that haste leaves.
    for (nanoseconds, width) in [(1, 16), (0, 0)] {
        let outlook = Outlook {
            width: 40,
            pool: None,
            left: &|| Some(Duration::from_nanos(nanoseconds)),
        };
        let hasty = Neighbours::within(&problem, &outlook);
        for node in 1..=3_000 {
            // Distances are rounded: among those equally far the shorter list may hold others.
            let distances = |list: &[(u32, u32)]| -> Vec<u32> {
                list.iter().take(width).map(|near| near.1).collect()
            };
            assert_eq!(hasty.of(node).len(), width);
            assert_eq!(distances(hasty.of(node)), distances(full.of(node)));
        }
    }
}
