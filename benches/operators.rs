//! How long ruin, recreate and descent take: one after the other is added to the loop, on an X-like day of 500 orders and
//! with windows.

mod days;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use days::{Kind, problem, started};
use milkrun::eval::{Clock, Resource, Sum};
use milkrun::problem::Problem;
use milkrun::search::{Annealing, Dice, Knobs, Neighbours, Ruin, Trajectory};
use std::time::Duration;

fn ruins<R: Resource>(criterion: &mut Criterion, name: &str, problem: &Problem) {
    let neighbours = Neighbours::new(problem, 48);
    let mut group = criterion.benchmark_group("operators");
    let all = Ruin::default();
    let only = |walk, worst, random| Ruin {
        walk,
        worst,
        random,
        ..all
    };
    let ruins = [
        ("strings", only(0.0, 0.0, 0.0)),
        ("walk", only(1.0, 0.0, 0.0)),
        ("worst", only(0.0, 1.0, 0.0)),
        ("random", only(0.0, 0.0, 1.0)),
    ];
    for (ruin, knobs) in ruins {
        let mut tours = started::<R>(problem, &neighbours);
        let mut dice = Dice::new(1, 0, 0);
        group.bench_function(
            BenchmarkId::new(format!("{name}: ruin and undo"), ruin),
            |bencher| {
                bencher.iter(|| {
                    tours.begin();
                    let seed = tours.first_order() + dice.below(problem.order_count()) as u32;
                    knobs.apply(&mut tours, &neighbours, seed, &mut dice);
                    tours.rollback();
                });
            },
        );
    }
    for (added, descend) in [("recreate", 0.0), ("descent", 1.0)] {
        let knobs = Knobs {
            descend,
            ..Knobs::default()
        };
        let tours = started::<R>(problem, &neighbours);
        let mut trajectory = Trajectory::new(tours, &neighbours, knobs, Dice::new(2, 0, 0));
        let arc = trajectory.tours().arcs().mean();
        let annealing = Annealing::new(arc * 0.1, arc * 0.1);
        group.bench_function(BenchmarkId::new(format!("{name}: and"), added), |bencher| {
            bencher.iter(|| trajectory.iterate(&annealing));
        });
    }
}

fn all(criterion: &mut Criterion) {
    ruins::<Sum>(criterion, "cvrp", &problem(Kind::Cvrp, 500));
    ruins::<(Sum, Clock)>(criterion, "vrptw", &problem(Kind::Vrptw, 500));
}

criterion_group! {
    name = operators;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(1));
    targets = all
}
criterion_main!(operators);
