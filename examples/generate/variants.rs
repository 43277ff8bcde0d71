//! Small instances with fleets of several types, several depots, clients that may be left out, backhauls, exchanges,
//! vehicles that reload, or goods that go from one client to another.
//!
//! Clients and depots are uniform on a square of 100, demands uniform from 1 to 20; there is room for half as much again
//! as is wanted. Windows can be met from any depot; where vehicles reload there is half of that, and windows can be met once
//! the goods are released.

use crate::options::Options;
use crate::random::Random;
use std::fmt::Write;

/// What a vehicle carries, costs, and costs a unit of distance: the larger, the cheaper for what it carries.
const SIZES: [(i64, i64, i64); 3] = [(40, 2_000, 100), (70, 3_000, 120), (100, 3_800, 140)];

/// Where there are several.
const DEPOTS: usize = 3;

/// What a vehicle carries where all are alike.
const CAPACITY: i64 = 60;

/// The length of the day.
const DAY: i64 = 600;

/// At most so far are two points apart.
const ACROSS: i64 = 142;

/// The longest route.
const DURATION: i64 = 320;

/// How long a stop takes.
const SERVICE: i64 = 5;

/// The share of clients where goods are fetched, where there are any.
const BACKHAULS: f64 = 0.3;

/// The share of clients where goods are fetched besides, where that is allowed.
const EXCHANGES: f64 = 0.7;

struct Client {
    at: (i64, i64),
    demand: i64,
    window: (i64, i64),
    /// 0: must be served.
    prize: i64,
    /// What is fetched there.
    fetched: i64,
}

fn point(random: &mut Random) -> (i64, i64) {
    (random.whole(0, 100), random.whole(0, 100))
}

fn client(random: &mut Random) -> Client {
    let (at, demand) = (point(random), random.whole(1, 20));
    let (centre, half) = (random.whole(150, DAY - 150), random.whole(20, 100));
    Client {
        at,
        demand,
        window: (centre - half, (centre + half).min(DAY - 150)),
        prize: if random.chance(0.2) {
            0
        } else {
            random.whole(10, 90)
        },
        fetched: 0,
    }
}

/// Vehicles of one size that carry a share of the demand, one and a half times.
fn enough(total: i64, capacity: i64, shares: usize) -> usize {
    let wanted = (total * 3 + 1) / 2;
    let carried = capacity * shares as i64;
    ((wanted + carried - 1) / carried) as usize
}

/// A VRPLIB section: a row for each value, numbered from 1.
fn section(text: &mut String, name: &str, rows: impl IntoIterator<Item = String>) {
    let _ = writeln!(text, "{name}_SECTION");
    for (number, row) in (1..).zip(rows) {
        let _ = writeln!(text, "{number} {row}");
    }
}

/// Writes an instance of the kind that the options name, as VRPLIB, Cordeau's, or Li and Lim's text.
pub(crate) fn generate(random: &mut Random, options: &Options) -> Result<String, String> {
    let count = options.count("orders", 20)?;
    let depots = match options.kind() {
        "mdvrptw" | "cordeau" => DEPOTS,
        _ => 1,
    };
    let depots: Vec<(i64, i64)> = (0..depots).map(|_| point(random)).collect();
    let mut clients: Vec<Client> = (0..count).map(|_| client(random)).collect();
    if options.kind() == "vrpb" {
        for client in &mut clients {
            if random.chance(BACKHAULS) {
                (client.demand, client.fetched) = (0, client.demand);
            }
        }
    }
    if options.kind() == "vrpspd" {
        for client in &mut clients {
            client.fetched = if random.chance(EXCHANGES) {
                random.whole(1, 20)
            } else {
                0
            };
        }
    }
    let trips = options.kind() == "mtvrptwr";
    let mut release = |client: &Client| random.whole(0, client.window.1 - ACROSS);
    let releases: Vec<i64> = clients.iter().filter(|_| trips).map(&mut release).collect();
    Ok(match options.kind() {
        "cordeau" => cordeau(&depots, &clients),
        "lilim" => lilim(depots[0], &clients),
        kind => vrplib(kind, &depots, &clients, &releases),
    })
}

fn vrplib(kind: &str, depots: &[(i64, i64)], clients: &[Client], releases: &[i64]) -> String {
    let total: i64 = clients.iter().map(|c| c.demand.max(c.fetched)).sum();
    let kind = kind.to_ascii_uppercase();
    let backhauls = kind == "VRPB" || kind == "VRPSPD";
    // Which size each vehicle is of, where there are several, and which depot it belongs to.
    let sizes: Vec<usize> = (0..SIZES.len())
        .flat_map(|size| vec![size; enough(total, SIZES[size].0, SIZES.len())])
        .collect();
    let trips = kind == "MTVRPTWR";
    let mut homes: Vec<usize> = (1..=depots.len())
        .flat_map(|depot| vec![depot; enough(total, CAPACITY, depots.len())])
        .collect();
    if trips {
        homes.truncate(homes.len().div_ceil(2));
    }
    let fleet = kind == "HFVRP";
    let vehicles = if fleet { &sizes } else { &homes };
    let mut text = format!(
        "NAME : {kind}-n{}\nTYPE : {kind}\nDIMENSION : {}\nVEHICLES : {}\nEDGE_WEIGHT_TYPE : EUC_2D\n",
        clients.len(),
        depots.len() + clients.len(),
        vehicles.len()
    );
    if !fleet {
        let _ = writeln!(text, "CAPACITY : {CAPACITY}");
    }
    if depots.len() > 1 {
        let _ = writeln!(text, "VEHICLES_MAX_DURATION : {DURATION}");
    }
    let each = |depot: &str, client: &dyn Fn(&Client) -> String| {
        let depots = vec![depot.to_owned(); depots.len()];
        let rows = depots.into_iter().chain(clients.iter().map(client));
        rows.collect::<Vec<String>>()
    };
    let points = depots.iter().chain(clients.iter().map(|c| &c.at));
    section(
        &mut text,
        "NODE_COORD",
        points.map(|(x, y)| format!("{x} {y}")),
    );
    section(&mut text, "DEMAND", each("0", &|c| c.demand.to_string()));
    if backhauls {
        section(&mut text, "BACKHAUL", each("0", &|c| c.fetched.to_string()));
    } else if !fleet {
        section(
            &mut text,
            "SERVICE_TIME",
            each("0", &|_| SERVICE.to_string()),
        );
        let window = |c: &Client| format!("{} {}", c.window.0, c.window.1);
        section(&mut text, "TIME_WINDOW", each(&format!("0 {DAY}"), &window));
    }
    if kind == "PCVRPTW" {
        section(&mut text, "PRIZE", each("0", &|c| c.prize.to_string()));
    }
    if trips {
        let mut rows = vec!["0".to_owned(); depots.len()];
        rows.extend(releases.iter().map(ToString::to_string));
        section(&mut text, "RELEASE_TIME", rows);
        let homes = homes.iter().map(ToString::to_string);
        section(&mut text, "VEHICLES_RELOAD_DEPOT", homes);
    }
    if fleet {
        let of = |value: fn((i64, i64, i64)) -> i64| {
            let values = sizes.iter().map(move |size| value(SIZES[*size]));
            values.map(|value| value.to_string())
        };
        section(&mut text, "CAPACITY", of(|size| size.0));
        section(&mut text, "VEHICLES_FIXED_COST", of(|size| size.1));
        section(&mut text, "VEHICLES_UNIT_DISTANCE_COST", of(|size| size.2));
    }
    if depots.len() > 1 {
        let homes = homes.iter().map(ToString::to_string);
        section(&mut text, "VEHICLES_DEPOT", homes);
    }
    text.push_str("DEPOT_SECTION\n");
    for depot in 1..=depots.len() {
        let _ = writeln!(text, "{depot}");
    }
    text.push_str("-1\nEOF\n");
    text
}

/// Type 2, MDVRP: no windows.
fn cordeau(depots: &[(i64, i64)], clients: &[Client]) -> String {
    let total: i64 = clients.iter().map(|c| c.demand).sum();
    let vehicles = enough(total, CAPACITY, depots.len());
    let mut text = format!("2 {vehicles} {} {}\n", clients.len(), depots.len());
    for _ in depots {
        let _ = writeln!(text, "{DURATION} {CAPACITY}");
    }
    let list: Vec<String> = (0..depots.len())
        .map(|d| (1_u64 << d).to_string())
        .collect();
    let list = format!("{} {}", list.len(), list.join(" "));
    for (number, client) in (1..).zip(clients) {
        let (x, y) = client.at;
        let _ = writeln!(
            text,
            "{number} {x} {y} {SERVICE} {} 1 {list}",
            client.demand
        );
    }
    for (number, (x, y)) in (clients.len() + 1..).zip(depots) {
        let _ = writeln!(text, "{number} {x} {y} 0 0 0 0");
    }
    text
}

/// The last moment of a pickup: from there, each drop-off can be reached before it closes.
const FETCHED: i64 = 300;

/// Goods go from each client with an odd number to the next one.
fn lilim(depot: (i64, i64), clients: &[Client]) -> String {
    let total: i64 = clients.iter().map(|c| c.demand).sum();
    let vehicles = enough(total, CAPACITY, 1);
    let mut text = format!("{vehicles}\t{CAPACITY}\t1\n");
    let _ = writeln!(text, "0\t{}\t{}\t0\t0\t{DAY}\t0\t0\t0", depot.0, depot.1);
    for (index, pair) in clients.chunks_exact(2).enumerate() {
        let (from, to) = (2 * index + 1, 2 * index + 2);
        let (goods, due) = (pair[0].demand, DAY - 150);
        let ((x, y), (u, v)) = (pair[0].at, pair[1].at);
        let opens = pair[1].window.0;
        let _ = writeln!(
            text,
            "{from}\t{x}\t{y}\t{goods}\t0\t{FETCHED}\t{SERVICE}\t0\t{to}"
        );
        let _ = writeln!(
            text,
            "{to}\t{u}\t{v}\t-{goods}\t{opens}\t{due}\t{SERVICE}\t{from}\t0"
        );
    }
    text
}
