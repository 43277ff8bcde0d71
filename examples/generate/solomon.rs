//! VRPTW instances by Solomon's recipe.
//!
//! # References
//!
//! Solomon (1987), Algorithms for the Vehicle Routing and Scheduling Problems with Time Window Constraints, Operations
//! Research 35(2), 254–265, section 4. <https://doi.org/10.1287/opre.35.2.254>
//!
//! # Differences
//!
//! * Customers are drawn anew; the original coordinates are Christofides' and Solomon's own.
//! * In clustered instances a window is centred on the arrival of a nearest-neighbour tour through the cluster, where the
//!   paper takes a 3-opt tour.
//! * Above 100 customers the plane grows with √(n / 100), and the horizon with it.

use crate::options::Options;
use crate::random::Random;
use std::fmt::Write;

/// What the class and the horizon fix.
struct Class {
    clustered: f64,
    service: i64,
    due: i64,
    capacity: i64,
}

impl Class {
    fn new(customers: &str, long: bool) -> Self {
        let (clustered, service, due) = match (customers, long) {
            ("C", false) => (1.0, 90, 1_236),
            ("C", true) => (1.0, 90, 3_390),
            ("RC", false) => (0.5, 10, 240),
            ("RC", true) => (0.5, 10, 960),
            (_, false) => (0.0, 10, 230),
            (_, true) => (0.0, 10, 1_000),
        };
        let capacity = match (long, customers) {
            (false, _) => 200,
            (true, "C") => 700,
            (true, _) => 1_000,
        };
        Self {
            clustered,
            service,
            due,
            capacity,
        }
    }
}

struct Customer {
    at: (i64, i64),
    /// Which cluster it belongs to; `None`: none.
    cluster: Option<usize>,
    demand: i64,
}

fn metres(a: (i64, i64), b: (i64, i64)) -> i64 {
    let (dx, dy) = ((a.0 - b.0) as f64, (a.1 - b.1) as f64);
    (dx * dx + dy * dy).sqrt().ceil() as i64
}

fn place(random: &mut Random, class: &Class, count: usize, side: i64) -> Vec<Customer> {
    let clustered = (count as f64 * class.clustered) as usize;
    let seeds: Vec<(i64, i64)> = (0..(clustered / 10).max(1))
        .map(|_| {
            (
                random.whole(side / 12, side - side / 12),
                random.whole(side / 12, side - side / 12),
            )
        })
        .collect();
    (0..count)
        .map(|index| {
            let cluster = (index < clustered).then_some(index % seeds.len());
            let at = match cluster {
                Some(cluster) => {
                    let (dx, dy) = random.around(2.0);
                    let (x, y) = seeds[cluster];
                    (
                        (x + dx.round() as i64).clamp(0, side),
                        (y + dy.round() as i64).clamp(0, side),
                    )
                }
                None => (random.whole(0, side), random.whole(0, side)),
            };
            let demand = if class.clustered > 0.0 {
                random.whole(1, 4) * 10
            } else {
                random.whole(1, 41)
            };
            Customer {
                at,
                cluster,
                demand,
            }
        })
        .collect()
}

/// When a nearest-neighbour tour from the depot arrives at each customer of a cluster; others are not visited.
fn arrivals(customers: &[Customer], depot: (i64, i64), service: i64) -> Vec<Option<i64>> {
    let mut arrivals = vec![None; customers.len()];
    let clusters = customers
        .iter()
        .filter_map(|c| c.cluster)
        .max()
        .map_or(0, |last| last + 1);
    for cluster in 0..clusters {
        let mut rest: Vec<usize> = (0..customers.len())
            .filter(|i| customers[*i].cluster == Some(cluster))
            .collect();
        let (mut at, mut clock) = (depot, 0);
        while let Some(next) = rest
            .iter()
            .enumerate()
            .min_by_key(|(_, i)| (metres(at, customers[**i].at), **i))
            .map(|(position, _)| position)
        {
            let customer = rest.swap_remove(next);
            clock += metres(at, customers[customer].at);
            arrivals[customer] = Some(clock);
            clock += service;
            at = customers[customer].at;
        }
    }
    arrivals
}

/// Writes the instance as Solomon's text.
pub(crate) fn generate(random: &mut Random, options: &Options) -> Result<String, String> {
    let count = options.count("orders", 100)?;
    let kind = options.one_of("customers", &["RC", "R", "C"])?;
    let horizon = options.one_of("horizon", &["1", "2"])?;
    let density = options.count("density", 100)?.min(100) as f64 / 100.0;
    let scale = (count as f64 / 100.0).max(1.0).sqrt();
    let mut class = Class::new(&kind, horizon == "2");
    class.due = (class.due as f64 * scale) as i64;
    let width = options.count("width", if horizon == "1" { 30 } else { 120 })? as f64;
    let side = (100.0 * scale) as i64;
    let depot = (side * 2 / 5, side / 2);
    let customers = place(random, &class, count, side);
    let arrivals = arrivals(&customers, depot, class.service);

    let name = format!("{kind}{horizon}-n{count}");
    let vehicles = (count / 4).max(1);
    let mut text = format!(
        "{name}\n\nVEHICLE\nNUMBER     CAPACITY\n{vehicles:>5}{:>12}\n\nCUSTOMER\nCUST NO.  XCOORD.   YCOORD.    \
         DEMAND   READY TIME  DUE DATE   SERVICE TIME\n\n",
        class.capacity
    );
    let mut line = |id: usize, at: (i64, i64), demand: i64, ready: i64, due: i64, service: i64| {
        let _ = writeln!(
            text,
            "{id:>5}{:>10}{:>10}{demand:>10}{ready:>11}{due:>11}{service:>11}",
            at.0, at.1
        );
    };
    line(0, depot, 0, 0, class.due, 0);
    for (index, customer) in customers.iter().enumerate() {
        let there = metres(depot, customer.at);
        let latest = (class.due - there - class.service).max(there);
        let (ready, due) = if random.chance(density) {
            let centre = match arrivals[index] {
                Some(arrival) if arrival <= latest => arrival,
                _ => random.whole(there, latest),
            };
            let half = (width / 2.0 * (1.0 + 0.2 * random.normal())).max(1.0) as i64;
            // The whole window can be met from the depot: its end no earlier than arrival there and back in time.
            ((centre - half).max(0), (centre + half).clamp(there, latest))
        } else {
            (0, latest)
        };
        line(
            index + 1,
            customer.at,
            customer.demand,
            ready.min(due),
            due,
            class.service,
        );
    }
    Ok(text)
}
