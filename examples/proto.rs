//! throw-away
#![allow(clippy::all, clippy::pedantic)]
use milkrun::eval::*; use milkrun::search::*; use milkrun::problem::*; use milkrun::model::*; use milkrun::travel::*; use milkrun::measure::*;
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let t0 = Instant::now();
    let text = std::fs::read_to_string(&args[1]).unwrap();
    let secs: f64 = args[2].parse().unwrap();
    let seed: u64 = args.get(3).map_or(1, |s| s.parse().unwrap());
    let mut model = Model::new();
    let kg = model.add_dimension("q");
    let mut windows = false;
    let travel;
    if args[1].ends_with(".vrp") {
        let mut cap = 0; let mut xy = vec![]; let mut dem = vec![]; let mut sec = "";
        for l in text.lines() { let f: Vec<&str> = l.split_whitespace().collect(); if f.is_empty() {continue}
            if f[0]=="CAPACITY" {cap=f[2].parse().unwrap();} else if f[0].ends_with("_SECTION") {sec=f[0];}
            else if sec=="NODE_COORD_SECTION" {xy.push((f[1].parse::<f64>().unwrap(), f[2].parse::<f64>().unwrap()));}
            else if sec=="DEMAND_SECTION" {dem.push(f[1].parse::<i64>().unwrap());} }
        let d = model.add_depot(Depot::new("0", Place::plane(xy[0].0, xy[0].1)));
        model.add_vehicle_type(VehicleType::new("v", 1, d).unlimited().capacity(kg, Load(cap)));
        for i in 1..xy.len() { model.add_order(Order::drop_off(i.to_string(), Place::plane(xy[i].0, xy[i].1)).quantity(kg, Load(dem[i]))); }
        travel = Euclidean::rounded();
    } else {
        windows = true;
        let mut rows: Vec<Vec<f64>> = vec![];
        for l in text.lines() { let f: Option<Vec<f64>> = l.split_whitespace().map(|x| x.parse().ok()).collect(); if let Some(f)=f { if !f.is_empty() {rows.push(f);} } }
        let (v, cap) = (rows[0][0] as u32, rows[0][1] as i64);
        let w = |r:&Vec<f64>| Window::new(Time(r[4] as i64*10), Time(r[5] as i64*10));
        let d = model.add_depot(Depot::new("0", Place::plane(rows[1][1], rows[1][2])).window(w(&rows[1])));
        model.add_vehicle_type(VehicleType::new("v", v, d).capacity(kg, Load(cap)).per_distance(Cost(100_000)));
        for r in &rows[2..] { model.add_order(Order::drop_off((r[0] as i64).to_string(), Place::plane(r[1], r[2])).quantity(kg, Load(r[3] as i64)).window(w(r)).service(Duration(r[6] as i64*10))); }
        travel = Euclidean::dimacs();
    }
    let problem = Problem::with_limits(&model, &travel, &Limits::trusted()).unwrap();
    drop(model);
    if windows { run::<(Sum, Clock)>(&problem, t0, secs, seed, 0.1) } else { run::<Sum>(&problem, t0, secs, seed, 1.0) }
}
fn run<R: Resource>(problem: &Problem, t0: Instant, secs: f64, seed: u64, unit: f64) {
    let nb = Neighbours::new(problem, 48);
    let t1 = t0.elapsed().as_secs_f64();
    let mut tours = Tours::<R>::new(problem);
    savings(&mut tours, &nb, 0);
    let t2 = t0.elapsed().as_secs_f64();
    let start = tours.cost();
    let env = |k: &str, d: f64| std::env::var(k).ok().map_or(d, |s| s.parse().unwrap());
    let mut knobs = Knobs::default();
    knobs.ruin.average = env("AVG", 10.0); knobs.ruin.longest = env("LEN", 10.0) as usize; knobs.ruin.walk = env("WALK", 0.1);
    knobs.recreate.near = env("NEAR", 40.0) as usize; knobs.recreate.blink = env("BLINK", 1.0/128.0);
    knobs.descend = env("LS", 0.3); knobs.descent.near = env("LSN", 16.0) as usize;
    let mut t = Trajectory::new(tours, &nb, knobs, Dice::new(seed, 0, 0));
    let m = t.mean_arc();
    let mut a = Annealing::new(m*env("T0", 0.6), m*env("T1", 0.006));
    loop { let e = t0.elapsed().as_secs_f64(); if e >= secs {break} a.cool((e - t2)/(secs - t2)); for _ in 0..100 { t.iterate(&a); } }
    println!("n={} nb={:.3}s sav={:.3}s start={} best={} absent={} its={} rate={:.0}/s", problem.order_count(), t1, t2, start as f64*unit, t.best().cost() as f64*unit, t.tours().absent().len(), t.iterations(), t.iterations() as f64/(secs-t2));
}
