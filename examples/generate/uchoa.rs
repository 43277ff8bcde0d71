//! CVRP instances by the recipe of the X set.
//!
//! # References
//!
//! Uchoa, Pecin, Pessoa, Poggi, Vidal, Subramanian (2017), New benchmark instances for the Capacitated Vehicle Routing
//! Problem, European Journal of Operational Research 257(3), 845–858, section 4. <https://doi.org/10.1016/j.ejor.2016.08.012>
//!
//! # Differences
//!
//! * The paper accepts a uniform point with probability Σ exp(−distance / 40) over the seeds. Here a seed is drawn and a
//!   point around it with that density, kept if it lies on the grid: the same law (but where Σ exceeds one) in linear time.
//! * Above 5,000 customers the grid's side grows with √(n / 5000) and the number of seeds with its area, so that density
//!   and clusters stay those of the originals.
//! * Two customers share a point only if sixteen draws found none that is free.

use crate::options::Options;
use crate::random::Random;
use std::collections::HashSet;
use std::fmt::Write;

/// How far clusters reach, in units of the grid.
const DECAY: f64 = 40.0;

struct Grid {
    side: i64,
    taken: HashSet<(i64, i64)>,
}

impl Grid {
    fn for_customers(count: usize) -> Self {
        let scale = (count as f64 / 5_000.0).max(1.0).sqrt();
        Self {
            side: (1_000.0 * scale) as i64,
            taken: HashSet::new(),
        }
    }

    fn uniform(&self, random: &mut Random) -> (i64, i64) {
        (random.whole(0, self.side), random.whole(0, self.side))
    }

    fn near(&self, random: &mut Random, (x, y): (i64, i64)) -> (i64, i64) {
        loop {
            let (dx, dy) = random.around(DECAY);
            let point = (
                (x as f64 + dx).round() as i64,
                (y as f64 + dy).round() as i64,
            );
            if (0..=self.side).contains(&point.0) && (0..=self.side).contains(&point.1) {
                return point;
            }
        }
    }

    /// A point that is free, if sixteen draws find one.
    fn take(&mut self, mut draw: impl FnMut(&Self) -> (i64, i64)) -> (i64, i64) {
        let mut point = draw(self);
        for _ in 0..15 {
            if !self.taken.contains(&point) {
                break;
            }
            point = draw(self);
        }
        self.taken.insert(point);
        point
    }
}

fn depot(kind: &str, grid: &mut Grid, random: &mut Random) -> (i64, i64) {
    let point = match kind {
        "C" => (grid.side / 2, grid.side / 2),
        "E" => (0, 0),
        _ => grid.uniform(random),
    };
    grid.taken.insert(point);
    point
}

/// Random customers first, then seeds, then those around seeds.
fn customers(kind: &str, count: usize, grid: &mut Grid, random: &mut Random) -> Vec<(i64, i64)> {
    let uniform = match kind {
        "R" => count,
        "RC" => count / 2,
        _ => 0,
    };
    let clustered = count - uniform;
    let area = (grid.side as f64 / 1_000.0) * (grid.side as f64 / 1_000.0);
    let seeds = (random.whole(3, 8) as f64 * area) as usize;
    let seeds = seeds.clamp(1, clustered.max(1)).min(clustered);
    let mut points: Vec<(i64, i64)> = (0..uniform + seeds)
        .map(|_| grid.take(|grid| grid.uniform(random)))
        .collect();
    for _ in seeds..clustered {
        let seed = points[uniform + random.index(seeds)];
        points.push(grid.take(|grid| grid.near(random, seed)));
    }
    random.shuffle(&mut points);
    points
}

/// The seven demand types, in the order of the paper's table.
fn demands(kind: u64, points: &[(i64, i64)], side: i64, random: &mut Random) -> Vec<i64> {
    let small_share = random.between(0.7, 0.95);
    let demand = |(x, y): (i64, i64), random: &mut Random| match kind {
        1 => 1,
        2 => random.whole(1, 10),
        3 => random.whole(5, 10),
        4 => random.whole(1, 100),
        5 => random.whole(50, 100),
        // By quadrant: large where exactly one coordinate is in its upper half.
        6 if (x * 2 < side) == (y * 2 < side) => random.whole(51, 100),
        6 => random.whole(1, 50),
        _ if random.chance(small_share) => random.whole(1, 10),
        _ => random.whole(50, 100),
    };
    points.iter().map(|point| demand(*point, random)).collect()
}

/// Writes the instance as VRPLIB text.
pub(crate) fn generate(random: &mut Random, options: &Options) -> Result<String, String> {
    let count = options.count("orders", 100)?;
    let depot_kind = options.one_of("depot", &["R", "C", "E"])?;
    let customer_kind = options.one_of("customers", &["RC", "R", "C"])?;
    let demand_kind = options.number("demand", 4)?;
    if !(1..=7).contains(&demand_kind) {
        return Err(format!("--demand {demand_kind} is not within 1 to 7"));
    }
    let route = options.count("route", 9)?;
    let mut grid = Grid::for_customers(count);
    let depot = depot(&depot_kind, &mut grid, random);
    let points = customers(&customer_kind, count, &mut grid, random);
    let demands = demands(demand_kind, &points, grid.side, random);
    let total: i64 = demands.iter().sum();
    let largest = demands.iter().copied().max().unwrap_or(1);
    // Equation of section 4.4: Q = ⌈r Σ d / n⌉, and no smaller than any demand.
    let capacity = rounded_up(total * route as i64, count as i64).max(largest);
    let vehicles = rounded_up(total, capacity);
    let mut text = format!(
        "NAME : M-n{}-k{vehicles}\nCOMMENT : Recipe of Uchoa et al. 2017: depot {depot_kind}, customers \
         {customer_kind}, demand {demand_kind}, route {route}\nTYPE : CVRP\nDIMENSION : {}\n\
         EDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : {capacity}\nNODE_COORD_SECTION\n",
        count + 1,
        count + 1
    );
    for (index, (x, y)) in [depot].iter().chain(&points).enumerate() {
        let _ = writeln!(text, "{} {x} {y}", index + 1);
    }
    text.push_str("DEMAND_SECTION\n1 0\n");
    for (index, demand) in demands.iter().enumerate() {
        let _ = writeln!(text, "{} {demand}", index + 2);
    }
    text.push_str("DEPOT_SECTION\n1\n-1\nEOF\n");
    Ok(text)
}

/// Division of positive numbers, rounded up.
fn rounded_up(number: i64, by: i64) -> i64 {
    (number + by - 1) / by
}
