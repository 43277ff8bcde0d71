//! How long it takes to look up legs, from a dense table and from coordinates, and to find neighbours.

mod days;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use days::{Kind, day, problem};
use milkrun::measure::{PlaceId, ProfileId, Table};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::{Limits, Problem};
use milkrun::search::{Dice, Neighbours};
use milkrun::travel::{Euclidean, Haversine, Legs, Tables};
use std::hint::black_box;
use std::time::Duration;

const ORDERS: usize = 2_000;

/// A thousand pairs of places, anywhere.
fn look_up(criterion: &mut Criterion, name: &str, legs: &Legs) {
    let mut dice = Dice::new(1, 0, 0);
    let mut place = || PlaceId::new(dice.below(ORDERS));
    let pairs: Vec<(PlaceId, PlaceId)> = (0..1000).map(|_| (place(), place())).collect();
    let mut group = criterion.benchmark_group("legs");
    group.throughput(Throughput::Elements(1000));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let pairs = black_box(&pairs).iter();
            let known = pairs.filter_map(|(a, b)| legs.leg(*a, *b));
            known
                .map(|leg| leg.distance.get() + leg.duration.get())
                .sum::<i64>()
        });
    });
}

fn globe() -> Model {
    let mut dice = Dice::new(2, 0, 0);
    let mut place = || Place::geo(52.0 + dice.unit(), 13.0 + dice.unit());
    let mut model = Model::new();
    let hub = model.add_depot(Depot::new("hub", place()));
    model.add_vehicle_type(VehicleType::new("van", 9, hub));
    for o in 0..ORDERS {
        model.add_order(Order::drop_off(format!("order {o}"), place()));
    }
    model
}

/// A given table has no coordinates: neighbours are found by scanning rows.
fn tabled(orders: usize) -> Problem {
    let mut model = Model::new();
    let hub = model.add_depot(Depot::new("hub", Place::row(0)));
    model.add_vehicle_type(VehicleType::new("van", 9, hub));
    for o in 1..=orders {
        model.add_order(Order::drop_off(format!("order {o}"), Place::row(o as u32)));
    }
    let mut dice = Dice::new(3, 0, 0);
    let cells = (0..(orders + 1).pow(2)).map(|_| Some(dice.below(10_000) as i64));
    let table = Table::from_cells(orders + 1, cells.collect()).expect("whole rows");
    Problem::new(&model, &Tables::new(table)).expect("a sound model")
}

fn all(criterion: &mut Criterion) {
    let default = ProfileId::new(0);
    let mut no_tables = Limits::default();
    no_tables.cells = 0;
    let (plane, globe) = (day(Kind::Cvrp, ORDERS), globe());
    let dense = Problem::new(&plane, &Euclidean::rounded()).expect("a sound model");
    look_up(criterion, "dense", dense.legs(default));
    let plane = Problem::with_limits(&plane, &Euclidean::rounded(), &no_tables);
    look_up(
        criterion,
        "plane",
        plane.expect("a sound model").legs(default),
    );
    let sphere = Problem::with_limits(&globe, &Haversine::at_kmh(30.0), &no_tables);
    look_up(
        criterion,
        "sphere",
        sphere.expect("a sound model").legs(default),
    );

    let mut group = criterion.benchmark_group("neighbours");
    let mut near = |name, problem: &Problem| {
        let id = BenchmarkId::new(name, problem.order_count());
        group.bench_function(id, |bencher| bencher.iter(|| Neighbours::new(problem, 48)));
    };
    near("plane", &problem(Kind::Cvrp, 1_000));
    near("plane", &problem(Kind::Cvrp, 10_000));
    near("windows", &problem(Kind::Vrptw, 10_000));
    near("table", &tabled(1_000));
}

criterion_group! {
    name = travel;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = all
}
criterion_main!(travel);
