//! How long it takes to join segments, and to ask what an insertion would cost, by set of resources: into a route with
//! room to spare, and into one that is far beyond its limits.

mod days;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use days::{Kind, problem};
use milkrun::eval::{Clock, LegCost, Peaks, Resource, Span, Sum, Tours};
use milkrun::problem::Problem;
use std::hint::black_box;
use std::time::Duration;

/// A hundred stops joined one after the other.
fn joins<R: Resource>(criterion: &mut Criterion, name: &str, problem: &Problem) {
    let resource = R::new(problem);
    let stops: Vec<R::Segment> = (0..100).map(|o| resource.visit(problem, o)).collect();
    let leg = LegCost {
        distance: 30,
        duration: 30,
    };
    let mut group = criterion.benchmark_group("join");
    group.throughput(Throughput::Elements(99));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let stops = black_box(&stops);
            let join = |run, stop: &R::Segment| resource.join(&run, leg, stop);
            stops[1..].iter().fold(stops[0], join)
        });
    });
}

/// Every order that is left asks for every position of one route of `size` stops.
fn insertions<R: Resource>(criterion: &mut Criterion, name: &str, problem: &Problem) {
    let mut group = criterion.benchmark_group("insertion");
    for (regime, size) in [("near", 6), ("far", 40)] {
        let mut tours = Tours::<R>::new(problem);
        let stops: Vec<u32> = (0..size).map(|o| tours.first_order() + o).collect();
        tours.assign(0, &stops);
        let positions: Vec<(u32, u32)> = stops.iter().map(|s| (*s, tours.node(*s).next)).collect();
        let asking: Vec<u32> = tours.absent().to_vec();
        group.throughput(Throughput::Elements(
            (positions.len() * asking.len()) as u64,
        ));
        group.bench_function(BenchmarkId::new(name, regime), |bencher| {
            bencher.iter(|| {
                let mut best = i64::MAX;
                for node in black_box(&asking) {
                    // As in recreate: the cheapest so far is the bound.
                    let mut below = 1 << 40;
                    for (prev, next) in &positions {
                        let arcs = [
                            tours.distance(0, *prev, *node),
                            tours.distance(0, *node, *next),
                        ];
                        below = tours.insertion(*node, *prev, *next, arcs, below).min(below);
                    }
                    best = best.min(below);
                }
                best
            });
        });
    }
}

fn all(criterion: &mut Criterion) {
    let (plain, timed, rich) = (
        problem(Kind::Cvrp, 100),
        problem(Kind::Vrptw, 100),
        problem(Kind::Rich, 100),
    );
    macro_rules! measure {
        ($($set:ty, $name:literal, $problem:expr;)*) => {$(
            joins::<$set>(criterion, $name, $problem);
            insertions::<$set>(criterion, $name, $problem);
        )*};
    }
    measure! {
        Sum, "sum", &plain;
        (Sum, Clock), "sum clock", &timed;
        (Sum, Span), "sum span", &plain;
        (Peaks<2>, Clock), "peaks2 clock", &timed;
        (Span, (Peaks<2>, Clock)), "span peaks2 clock", &rich;
        (Span, (Peaks<8>, Clock)), "span peaks8 clock", &rich;
    }
}

criterion_group! {
    name = segments;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(700));
    targets = all
}
criterion_main!(segments);
