//! What an edit of a live day takes, repair included, by kind and size; and how good a plan is that was kept alive.
//!
//! ```sh
//! cargo bench --bench edits
//! cargo bench --bench edits -- --quality [--seconds S] [--warm MILLISECONDS] [--share PERCENT] [FILE...]
//! cargo bench --bench edits -- --soak MINUTES [--warm MILLISECONDS]
//! ```
//!
//! The second solves each instance (else two generated days) for S seconds, edits so many percent of its orders (a third
//! each cancelled, added, changed), solves what is left for so many milliseconds from the plan there is, and compares
//! that with S seconds from scratch, seed by seed. The third edits and plans again for so many minutes, and tells the memory
//! that it takes.

mod days;
mod soak;

use criterion::{BenchmarkId, Criterion};
use days::{Kind, day};
use milkrun::format;
use milkrun::measure::{DimensionId, Load, OrderId, VehicleTypeId};
use milkrun::model::{Model, Order, OrderKind, Place};
use milkrun::problem::{Edit, Problem};
use milkrun::search::Dice;
use milkrun::solve::{Budget, LiveSolver, Solver};
use milkrun::travel::{Euclidean, Haversine, Travel};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The same orders on the globe: a plane unit is about 50 metres.
fn on_the_globe(model: &Model) -> Model {
    let turn = |place: Place| match place {
        Place::Plane { x, y } => Place::geo(52.0 + y / 2200.0, 13.0 + x / 1400.0),
        other => other,
    };
    let mut turned = Model::new();
    for name in model.dimensions() {
        turned.add_dimension(name.clone());
    }
    for depot in model.depots() {
        let mut depot = depot.clone();
        depot.place = turn(depot.place);
        turned.add_depot(depot);
    }
    for vehicle_type in model.vehicle_types() {
        turned.add_vehicle_type(vehicle_type.clone());
    }
    for order in model.orders() {
        let mut order = order.clone();
        order.place = turn(order.place);
        turned.add_order(order);
    }
    turned
}

/// Times a set of edits, each time after `before` and followed by `after`, which are not timed.
fn timed(
    live: &mut LiveSolver,
    times: u64,
    mut edits: impl FnMut(&mut LiveSolver, u64) -> (Vec<Edit>, Vec<Edit>),
) -> Duration {
    let mut spent = Duration::ZERO;
    for time in 0..times {
        let (edit, mut undo) = edits(live, time);
        let begun = Instant::now();
        let applied = black_box(live.apply(edit));
        spent += begun.elapsed();
        let added = applied.expect("a sound edit").added;
        undo.extend(added.into_iter().map(Edit::Cancel));
        live.apply(undo).expect("a sound edit");
    }
    spent
}

fn edits(
    criterion: &mut Criterion,
    name: &str,
    model: &Model,
    travel: impl Travel + Send + 'static,
) {
    let orders = model.orders().len();
    let mut live = LiveSolver::new(model, travel).expect("a sound day").seed(3);
    live.solve(Budget::iterations(20_000));
    let some = |time: u64| OrderId::new((time as usize).wrapping_mul(7919) % orders);
    let there = |live: &LiveSolver, time: u64| {
        (0..orders as u64)
            .map(|more| some(time + more))
            .find(|id| live.problem().has_order(*id))
    };
    let mut group = criterion.benchmark_group(format!("edit/{name}"));
    let mut bench = |what: &str, run: &mut dyn FnMut(&mut LiveSolver, u64) -> Duration| {
        group.bench_function(BenchmarkId::new(what, orders), |bencher| {
            bencher.iter_custom(|times| run(&mut live, times));
        });
    };
    bench("add", &mut |live, times| {
        timed(live, times, |live, time| {
            let known = there(live, time).and_then(|id| live.problem().order(id));
            let mut order = known.expect("it is there");
            order.name = format!("late {time}");
            (vec![Edit::Add(order)], Vec::new())
        })
    });
    bench("cancel", &mut |live, times| {
        timed(live, times, |live, time| {
            let id = there(live, time).expect("it is there");
            let order = live.problem().order(id).expect("it is there");
            (vec![Edit::Cancel(id)], vec![Edit::Add(order)])
        })
    });
    bench("move", &mut |live, times| {
        timed(live, times, |live, time| {
            let id = there(live, time).expect("it is there");
            let order = live.problem().order(id).expect("it is there");
            let other = live
                .problem()
                .order(some(time + 1))
                .unwrap_or_else(|| order.clone());
            let mut moved = order.clone();
            moved.place = other.place;
            (vec![Edit::Change(id, moved)], vec![Edit::Change(id, order)])
        })
    });
    bench("requantify", &mut |live, times| {
        timed(live, times, |live, time| {
            let id = there(live, time).expect("it is there");
            let order = live.problem().order(id).expect("it is there");
            let mut more = order.clone();
            more.quantities[0] = Load(25);
            (vec![Edit::Change(id, more)], vec![Edit::Change(id, order)])
        })
    });
    bench("vehicle gone", &mut |live, times| {
        let van = VehicleTypeId::new(0);
        timed(live, times, |live, _| {
            let used = live
                .drafts()
                .iter()
                .filter(|draft| draft.vehicle_type == van)
                .count();
            let fewer = u32::try_from(used).unwrap_or(0).saturating_sub(1).max(1);
            let stated = live.problem().vehicle_type(van).stated_count();
            (
                vec![Edit::Vehicles(van, Some(fewer))],
                vec![Edit::Vehicles(van, stated)],
            )
        })
    });
    bench("plan", &mut |live, times| {
        let begun = Instant::now();
        (0..times).for_each(|_| drop(black_box(live.plan())));
        begun.elapsed()
    });
}

fn all(criterion: &mut Criterion) {
    for orders in [1_000, 10_000] {
        edits(
            criterion,
            "cvrp",
            &day(Kind::Cvrp, orders),
            Euclidean::rounded(),
        );
    }
    edits(
        criterion,
        "vrptw",
        &day(Kind::Vrptw, 1_000),
        Euclidean::rounded(),
    );
    edits(
        criterion,
        "rich",
        &day(Kind::Rich, 1_000),
        Euclidean::rounded(),
    );
    let globe = on_the_globe(&day(Kind::Rich, 1_000));
    edits(criterion, "globe", &globe, Haversine::at_kmh(30.0));
}

/// Edits of a share of the orders: a third cancelled, a third added between others, a third changed; of a pair both at once.
fn some_edits(model: &Model, problem: &Problem, share: f64, dice: &mut Dice) -> Vec<Edit> {
    let orders = model.orders();
    let count = (orders.len() as f64 * share).round() as usize;
    let mut ids: Vec<OrderId> = problem.orders().collect();
    dice.shuffle(&mut ids);
    let mut ids = ids.into_iter();
    let between = |dice: &mut Dice| {
        let (a, b) = (
            &orders[dice.below(orders.len())],
            &orders[dice.below(orders.len())],
        );
        match (a.place, b.place) {
            (Place::Plane { x, y }, Place::Plane { x: u, y: v }) => {
                Place::plane((x * 0.7 + u * 0.3).round(), (y * 0.7 + v * 0.3).round())
            }
            (place, _) => place,
        }
    };
    let edit = |index: usize| {
        let like = orders[dice.below(orders.len())].clone();
        let place = between(dice);
        let named = |name: String, order: Order, place: Place| Order {
            name,
            place,
            ..order
        };
        match (index % 3, ids.next()) {
            (0, Some(id)) => vec![Edit::Cancel(id)],
            (1, Some(id)) => {
                let kilograms = like.quantities.first().copied().unwrap_or(Load(1));
                let both = [Some(id), problem.mate(id)].into_iter().flatten();
                let anew = |id: OrderId| {
                    let known = problem.order(id)?;
                    Some(Edit::Change(
                        id,
                        known.quantity(DimensionId::new(0), kilograms),
                    ))
                };
                both.filter_map(anew).collect()
            }
            (_, Some(id)) if problem.mate(id).is_some() => {
                let both = [Some(id), problem.mate(id)].into_iter().flatten();
                let mut both: Vec<Order> = both.filter_map(|id| problem.order(id)).collect();
                both.sort_by_key(|order| order.kind == OrderKind::DropOff);
                let other = both
                    .pop()
                    .map(|o| named(format!("late {index} b"), o, between(dice)));
                let one = both
                    .pop()
                    .map(|o| named(format!("late {index} a"), o, place));
                let pair = one.zip(other).map(|(one, other)| Edit::AddPair(one, other));
                pair.into_iter().collect()
            }
            _ => vec![Edit::Add(named(format!("late {index}"), like, place))],
        }
    };
    (0..count).flat_map(edit).collect()
}

/// The number behind an option.
fn number(arguments: &[String], name: &str) -> Option<f64> {
    let at = arguments.iter().position(|a| a == name)?;
    arguments.get(at + 1)?.parse().ok()
}

/// How good a plan that was kept alive is.
fn quality(arguments: &[String]) {
    let value = |name: &str, usual: f64| number(arguments, name).unwrap_or(usual);
    let (seconds, warm) = (value("--seconds", 20.0), value("--warm", 200.0));
    let (share, seeds) = (value("--share", 2.0) / 100.0, value("--seeds", 1.0) as u64);
    let files = arguments.iter().skip(1).filter(|a| Path::new(a).is_file());
    let mut days: Vec<(String, Model, Arc<dyn Travel + Send>)> = files
        .map(|file| {
            let text = std::fs::read(file).expect("the file is there");
            let instance = format::read(text).expect("an instance");
            let travel: Arc<dyn Travel + Send> = Arc::new(instance.travel);
            (instance.name, instance.model, travel)
        })
        .collect();
    if days.is_empty() {
        for (name, kind) in [("cvrp", Kind::Cvrp), ("vrptw", Kind::Vrptw)] {
            let travel = Arc::new(Euclidean::rounded());
            days.push((name.to_owned(), day(kind, 1_000), travel));
        }
    }
    println!(
        "{seconds} s from scratch, {:.1} % edited, {warm} ms warm",
        share * 100.0
    );
    println!(
        "instance seed | before, repaired, warm, scratch | repaired and warm above scratch | repair"
    );
    for (name, model, travel) in &days {
        for seed in 1..=seeds {
            let mut live = LiveSolver::new(model, Arc::clone(travel))
                .expect("sound")
                .seed(seed);
            let cost = |plan: &milkrun::plan::Plan| plan.cost().total().to_f64();
            let before = cost(&live.solve(Budget::seconds(seconds)).plan);
            let edits = some_edits(model, live.problem(), share, &mut Dice::new(seed, 9, 9));
            let begun = Instant::now();
            let applied = live.apply(edits).expect("sound edits");
            let took = begun.elapsed();
            let repaired = cost(&live.plan());
            let outcome = live.solve(Budget::seconds(warm / 1e3));
            assert!(outcome.violations.is_empty());
            let all = applied.unserved.is_empty() && outcome.plan.is_complete();
            // Halves of pairs that are drawn anew may fit into no route, by their windows.
            assert!(all || !model.pairs().is_empty(), "all orders fit");
            if !all {
                let left_out = (applied.unserved.len(), outcome.plan.unserved().len());
                println!("{name} {seed} | {left_out:?} orders left out: not compared");
                continue;
            }
            let improved = cost(&outcome.plan);
            let scratch = Solver::new(live.problem()).seed(seed + 100);
            let scratch = cost(&scratch.solve(Budget::seconds(seconds)).plan);
            let above = |cost: f64| (cost / scratch - 1.0) * 100.0;
            println!(
                "{name} {seed} | {before} {repaired} {improved} {scratch} | {:+.2} % {:+.2} % | {took:.1?}, {} iterations",
                above(repaired),
                above(improved),
                outcome.statistics.iterations
            );
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == "--quality") {
        quality(&arguments);
        return;
    }
    if let Some(minutes) = number(&arguments, "--soak") {
        let warm = number(&arguments, "--warm").unwrap_or(200.0);
        soak::soak(minutes, warm / 1e3);
        return;
    }
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .configure_from_args();
    all(&mut criterion);
    criterion.final_summary();
}
