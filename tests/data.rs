//! The sample data: it is what its generator makes, it parses, and it holds what its README says.

#[path = "../examples/generate/bakery.rs"]
mod bakery;
#[path = "../examples/generate/city/mod.rs"]
mod city;
#[path = "../examples/generate/document.rs"]
mod document;
#[path = "../examples/generate/grocer.rs"]
mod grocer;
#[path = "../examples/generate/kind.rs"]
mod kind;
#[path = "../examples/generate/network.rs"]
mod network;
#[path = "../examples/generate/options.rs"]
mod options;
#[path = "../examples/generate/random.rs"]
mod random;
#[path = "../examples/generate/solomon.rs"]
mod solomon;
#[path = "../examples/generate/uchoa.rs"]
mod uchoa;
#[path = "../examples/generate/variants.rs"]
mod variants;

use milkrun::channel::tiktok_shop::{TiktokShop, read_orders, read_packages, read_warehouses};
use milkrun::channel::{Address, DayPlan, Defect, IntakeReport, ParcelDimensions, UnixWindow};
use milkrun::measure::{Duration, Load, Time, Window};
use milkrun::model::{Model, VehicleType};
use milkrun::problem::Problem;
use milkrun::travel::Haversine;
use options::Options;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

fn data(path: &str) -> String {
    let path = format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// The rows of the README's table: path and arguments.
fn rows(readme: &str) -> Vec<(&str, &str)> {
    readme
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [_, path, _, arguments, _] = cells[..] else {
                return None;
            };
            Some((
                path.strip_prefix('`')?.strip_suffix('`')?,
                arguments.trim_matches('`'),
            ))
        })
        .collect()
}

#[test]
fn every_file_is_what_the_command_beside_it_makes() {
    let readme = data("README.md");
    let rows = rows(&readme);
    assert_eq!(rows.len(), 19);
    for (path, arguments) in rows {
        let options = Options::parse(arguments.split(' ').map(str::to_owned)).unwrap();
        assert_eq!(options.kind(), arguments.split(' ').next().unwrap());
        for (name, text) in kind::generate(&options).unwrap() {
            assert!(
                text == data(&format!("{path}{name}")),
                "{path}{name} differs"
            );
        }
    }
}

#[test]
fn models_and_instances_freeze() {
    let readme = data("README.md");
    let mut seen = 0;
    for (path, arguments) in rows(&readme) {
        let standard = match path {
            "bakery.json" => 25,
            "grocer.json" => 60,
            instance if instance.starts_with("instances/") => 100,
            _ => continue,
        };
        let options = Options::parse(arguments.split(' ').map(str::to_owned)).unwrap();
        let instance = milkrun::format::read(data(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        let problem = instance.problem().unwrap_or_else(|e| panic!("{path}: {e}"));
        let orders = options.count("orders", standard).unwrap();
        assert_eq!(problem.order_count(), orders, "{path}");
        seen += 1;
    }
    assert_eq!(seen, 17);
}

#[test]
fn sizes_stay_small() {
    let files = ["orders", "packages", "places", "warehouses", "fleet"];
    let city: usize = files
        .iter()
        .map(|f| data(&format!("city/{f}.json")).len())
        .sum();
    assert!(city < 2_500_000, "{city} bytes");
}

#[derive(Deserialize)]
struct Fleet {
    day: Day,
    slots: Vec<Slot>,
    vehicles: Vec<Vehicle>,
}

#[derive(Deserialize)]
struct Day {
    start: i64,
    seconds: i64,
    service_seconds: i64,
    service_seconds_per_parcel: i64,
    packing_seconds: i64,
}

#[derive(Deserialize)]
struct Slot {
    delivery_option_id: String,
    #[serde(flatten)]
    window: UnixWindow,
}

#[derive(Deserialize)]
struct Vehicle {
    name: String,
    warehouse_id: String,
    count: u32,
    profile: String,
    kmh: f64,
    kg: i64,
    parcels: i64,
    shift: UnixWindow,
}

/// The city day as a model, and what became of its orders.
fn city_day() -> (Model, IntakeReport, HashMap<String, f64>) {
    let orders = read_orders(data("city/orders.json").as_bytes()).unwrap();
    let packages = read_packages(data("city/packages.json").as_bytes()).unwrap();
    let warehouses = read_warehouses(data("city/warehouses.json").as_bytes()).unwrap();
    let places: HashMap<String, (f64, f64)> =
        serde_json::from_str(&data("city/places.json")).unwrap();
    let fleet: Fleet = serde_json::from_str(&data("city/fleet.json")).unwrap();
    let locate = |address: &Address| {
        let line = address.lines.first()?;
        places
            .get(&format!("{} {line}", address.postal_code))
            .copied()
    };
    let mut shop = TiktokShop::new(&locate)
        .packages(&packages)
        .packing(Duration(fleet.day.packing_seconds));
    for slot in fleet.slots {
        shop = shop.slot(slot.delivery_option_id, slot.window);
    }
    let day = DayPlan::new(
        fleet.day.start,
        Duration(fleet.day.seconds),
        Duration(fleet.day.service_seconds),
    )
    .service_per_parcel(Duration(fleet.day.service_seconds_per_parcel));
    let mut model = Model::new();
    let report = day.admit(&shop.orders(&orders), &mut model);
    let dimensions = ParcelDimensions::of(&mut model);
    let depots: HashMap<String, _> = warehouses
        .iter()
        .map(|w| (w.id.clone(), model.add_depot(w.depot().unwrap())))
        .collect();
    let mut speeds = HashMap::new();
    for vehicle in fleet.vehicles {
        speeds.insert(vehicle.profile.clone(), vehicle.kmh);
        let shift = Window::new(
            day.moment(vehicle.shift.earliest),
            day.moment(vehicle.shift.latest),
        );
        model.add_vehicle_type(
            VehicleType::new(vehicle.name, vehicle.count, depots[&vehicle.warehouse_id])
                .capacity(dimensions.grams, Load(vehicle.kg * 1_000))
                .capacity(dimensions.parcels, Load(vehicle.parcels))
                .profile(vehicle.profile)
                .shift(shift),
        );
    }
    (model, report, speeds)
}

#[test]
fn the_city_day_is_a_problem_that_nearly_fits_its_fleet() {
    let (model, report, speeds) = city_day();
    assert_eq!(report.entries().len(), 2_000);
    assert_eq!(
        report.planned() + report.left_out() + report.defective(),
        2_000
    );
    assert!(report.planned() > 1_750, "{report}");
    for defect in [
        Defect::MissingPlace,
        Defect::MissingWeight,
        Defect::MissingDeadline,
    ] {
        assert!((1..=40).contains(&report.defects(defect)), "{report}");
    }
    assert_eq!(report.defects(Defect::WindowPassed), 0, "{report}");
    assert_eq!(report.defects(Defect::ReadyTooLate), 0, "{report}");
    let travel = speeds
        .iter()
        .fold(Haversine::at_kmh(20.0), |travel, (profile, kmh)| {
            travel.profile_kmh(profile, *kmh)
        });
    let problem = Problem::new(&model, &travel).unwrap();
    assert_eq!(problem.order_count(), report.planned());

    let parcels = 1;
    let wanted: i64 = model
        .orders()
        .iter()
        .map(|o| o.quantities[parcels].get())
        .sum();
    let carried: i64 = model
        .vehicle_types()
        .iter()
        .map(|v| i64::from(v.count.unwrap()) * v.capacity[parcels].unwrap().get())
        .sum();
    assert!(
        wanted < carried && wanted * 5 > carried * 4,
        "{wanted} of {carried}"
    );
    let late = model
        .orders()
        .iter()
        .filter(|o| o.release > Some(Time::at(3, 0)))
        .count();
    assert!(late > 200, "{late} orders of the livestream");
}

#[derive(Deserialize)]
struct Network {
    nodes: Vec<Node>,
    roads: Vec<Road>,
    orders: Vec<Stop>,
    depot: Stop,
}

#[derive(Deserialize)]
struct Node {
    id: usize,
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct Road {
    from: usize,
    to: usize,
    metres: f64,
    kmh: f64,
    one_way: bool,
}

#[derive(Deserialize)]
struct Stop {
    node: usize,
}

/// Nodes that can be reached from `start` along `legs`.
fn reached(start: usize, count: usize, legs: &[(usize, usize)]) -> usize {
    let mut next = vec![Vec::new(); count];
    for (from, to) in legs {
        next[*from].push(*to);
    }
    let (mut seen, mut open) = (HashSet::from([start]), vec![start]);
    while let Some(node) = open.pop() {
        open.extend(next[node].iter().copied().filter(|to| seen.insert(*to)));
    }
    seen.len()
}

#[test]
fn every_crossing_of_the_network_can_be_reached_and_left() {
    let network: Network = serde_json::from_str(&data("network.json")).unwrap();
    let count = network.nodes.len();
    assert_eq!((count, network.orders.len()), (300, 12));
    assert!(
        network
            .nodes
            .iter()
            .enumerate()
            .all(|(i, node)| node.id == i)
    );
    assert!(
        network
            .nodes
            .iter()
            .all(|n| n.latitude > 1.0 && n.longitude > 105.0)
    );
    assert!(network.roads.iter().all(|r| r.metres > 0.0 && r.kmh > 0.0));
    assert!(network.orders.iter().all(|stop| stop.node < count));
    assert!(network.roads.iter().any(|r| r.one_way));
    let mut there = Vec::new();
    for road in &network.roads {
        there.push((road.from, road.to));
        if !road.one_way {
            there.push((road.to, road.from));
        }
    }
    let back: Vec<(usize, usize)> = there.iter().map(|(a, b)| (*b, *a)).collect();
    for legs in [there, back] {
        assert_eq!(reached(network.depot.node, count, &legs), count);
    }
}

#[test]
fn large_instances_keep_the_density_of_the_recipe() {
    let arguments = "uchoa --seed 3 --orders 40000 --depot C --customers RC --demand 3 --route 12";
    let options = Options::parse(arguments.split(' ').map(str::to_owned)).unwrap();
    let files = kind::generate(&options).unwrap();
    let points: Vec<(i64, i64)> = files[0]
        .1
        .lines()
        .skip_while(|line| *line != "NODE_COORD_SECTION")
        .skip(1)
        .take_while(|line| *line != "DEMAND_SECTION")
        .map(|line| {
            let numbers: Vec<i64> = line.split(' ').map(|n| n.parse().unwrap()).collect();
            (numbers[1], numbers[2])
        })
        .collect();
    assert_eq!(points.len(), 40_001);
    // The side is 1000 √8 = 2828.
    assert!(
        points
            .iter()
            .all(|(x, y)| (0..=2828).contains(x) && (0..=2828).contains(y))
    );
    let distinct: HashSet<(i64, i64)> = points.iter().copied().collect();
    assert!(distinct.len() > 39_900, "{}", distinct.len());
}
