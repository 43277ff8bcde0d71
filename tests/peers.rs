//! The reader and writer that the adapters of `benches/peers` share, against milkrun's own. Needs python3, nothing else.

use milkrun::format::{self, Instance, routes};
use milkrun::measure::{
    DepotId, DimensionId, Distance, Duration, Load, OrderId, Time, VehicleTypeId, Window,
};
use milkrun::plan::RouteDraft;
use milkrun::problem::Problem;
use serde::Deserialize;
use std::path::Path;
use std::process::{Command, Output};

/// Reads `argv[2]` as an adapter does, and prints what it understood; writes the routes of `argv[4]` to `argv[3]`.
const READ_AND_WRITE: &str = "
import json, sys
sys.path.insert(0, sys.argv[1])
import instance
read = instance.read(sys.argv[2])
if len(sys.argv) > 3:
    instance.write(sys.argv[3], read, json.loads(sys.argv[4]))
said = {name: getattr(read, name) for name in ('capacity', 'vehicles', 'clients', 'demands', 'windows', 'services')}
print(json.dumps(said | {'legs': [[int(leg) for leg in row] for row in read.legs()], 'fleet': read.fleet()}))
";

/// What the adapters' reader understood; places are numbered from the depot on.
#[derive(Deserialize)]
struct Said {
    capacity: i64,
    vehicles: Option<u32>,
    clients: Vec<u32>,
    demands: Vec<i64>,
    windows: Option<Vec<(i64, i64)>>,
    services: Vec<i64>,
    legs: Vec<Vec<i64>>,
    fleet: usize,
}

fn python(arguments: &[&str]) -> Output {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    Command::new("python3")
        .args(["-B", "-c", READ_AND_WRITE])
        .arg(peers)
        .args(arguments)
        .output()
        .expect("python3 starts")
}

fn said(arguments: &[&str]) -> Said {
    let output = python(arguments);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sample(name: &str) -> String {
    format!("{}/data/instances/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn own(path: &str) -> (Instance, Problem) {
    let instance = format::read(std::fs::read(path).unwrap()).unwrap();
    let problem = instance.problem().unwrap();
    (instance, problem)
}

/// Every fact that a solver is told is the one that milkrun solves with.
fn assert_agreement(path: &str) {
    let said = said(&[path]);
    let (instance, problem) = own(path);
    let (fleet, load) = (&problem.fleet()[0], DimensionId::new(0));
    assert_eq!(said.vehicles, instance.model.vehicle_types()[0].count);
    assert_eq!(Some(Load(said.capacity)), fleet.capacity(load));
    assert!(said.fleet as i64 * said.capacity >= said.demands.iter().sum());

    let depot = DepotId::new(0);
    assert_eq!(said.clients.len(), problem.order_count() + 1);
    assert_eq!(said.clients[0], instance.numbering.depot(depot));
    let mut places = vec![problem.depot_place(depot)];
    for (order, place) in problem.orders().zip(1..) {
        assert_eq!(said.clients[place], instance.numbering.client(order));
        assert_eq!(Load(said.demands[place]), problem.quantity(order, load));
        assert_eq!(Duration(said.services[place]), problem.service(order));
        if let Some(windows) = &said.windows {
            let (ready, due) = windows[place];
            assert_eq!(Window::new(Time(ready), Time(due)), problem.window(order));
        }
        places.push(problem.order_place(order));
    }
    if let Some(windows) = &said.windows {
        let (opens, closes) = windows[0];
        let window = Window::new(Time(opens), Time(closes));
        assert_eq!(window, problem.depot_window(depot));
    }
    for (row, from) in said.legs.iter().zip(&places) {
        assert_eq!(row.len(), places.len());
        for (length, to) in row.iter().zip(&places) {
            let leg = problem.leg(fleet.profile, *from, *to).unwrap();
            assert_eq!(Distance(*length), leg.distance);
            assert!(said.windows.is_none() || Duration(*length) == leg.duration);
        }
    }
}

#[test]
#[ignore = "needs python3"]
fn adapters_read_what_milkrun_reads() {
    for name in ["M-n101-k12.vrp", "C1-n100.txt", "RC2-n100.txt"] {
        assert_agreement(&sample(name));
    }
}

#[test]
#[ignore = "needs python3"]
fn milkrun_reads_what_adapters_write() {
    for name in ["M-n101-k12.vrp", "R1-n100.txt"] {
        let path = sample(name);
        let out = format!("{}/{name}.routes.json", env!("CARGO_TARGET_TMPDIR"));
        said(&[&path, &out, "[[2, 1], [], [100]]"]);
        let (instance, problem) = own(&path);
        let text = std::fs::read(&out).unwrap();
        // The reader also checks that the other 97 clients are listed as unserved.
        let drafts = routes::read(text, &problem, &instance.numbering).unwrap();
        let route = |stops: &[usize]| {
            let stops = stops.iter().map(|stop| OrderId::new(*stop)).collect();
            RouteDraft::new(VehicleTypeId::new(0), stops)
        };
        assert_eq!(drafts, [route(&[1, 0]), route(&[99])]);
    }
}

/// What would be another problem if it were passed over.
#[test]
#[ignore = "needs python3"]
fn adapters_refuse_what_they_do_not_know() {
    let sound = std::fs::read_to_string(sample("M-n101-k12.vrp")).unwrap();
    let path = format!("{}/refused.vrp", env!("CARGO_TARGET_TMPDIR"));
    for (old, new) in [
        ("TYPE : CVRP", "TYPE : VRPB"),
        ("EDGE_WEIGHT_TYPE : EUC_2D", "EDGE_WEIGHT_TYPE : CEIL_2D"),
        ("CAPACITY : ", "DISTANCE : 200\nCAPACITY : "),
        ("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n1\n2\n"),
        ("DEPOT_SECTION", "TIME_WINDOW_SECTION\n1 0 9\nDEPOT_SECTION"),
        ("\n2 572 176\n", "\n200 572 176\n"),
    ] {
        assert!(sound.contains(old), "{old}");
        std::fs::write(&path, sound.replace(old, new)).unwrap();
        let output = python(&[&path]);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{new}");
        assert!(
            complaint.contains("ValueError: only "),
            "{new}: {complaint}"
        );
    }
}
