//! How long one iteration of the search takes, by variant and size. An iteration must not grow with the number of orders,
//! but for the caches that larger problems miss.

mod days;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use days::{Kind, problem, started};
use milkrun::eval::{Clock, Peaks, Resource, Span, Sum};
use milkrun::search::{Annealing, Dice, Knobs, Neighbours, Trajectory};
use std::time::Duration;

fn iterations<R: Resource>(criterion: &mut Criterion, name: &str, kind: Kind, orders: usize) {
    let problem = problem(kind, orders);
    let neighbours = Neighbours::new(&problem, 48);
    let tours = started::<R>(&problem, &neighbours);
    let dice = Dice::new(4, 0, 0);
    let mut trajectory = Trajectory::new(tours, &neighbours, Knobs::default(), dice);
    let arc = trajectory.tours().arcs().mean();
    let annealing = Annealing::new(arc * 0.1, arc * 0.1);
    let mut group = criterion.benchmark_group("iterate");
    group.bench_function(BenchmarkId::new(name, orders), |bencher| {
        bencher.iter(|| trajectory.iterate(&annealing));
    });
}

fn all(criterion: &mut Criterion) {
    for orders in [100, 1_000, 10_000] {
        iterations::<Sum>(criterion, "cvrp", Kind::Cvrp, orders);
    }
    iterations::<(Sum, Clock)>(criterion, "vrptw", Kind::Vrptw, 1_000);
    iterations::<(Span, (Peaks<2>, Clock))>(criterion, "rich", Kind::Rich, 1_000);
}

criterion_group! {
    name = iterate;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2));
    targets = all
}
criterion_main!(iterate);
