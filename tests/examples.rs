//! Every example as a user runs it: exit codes, what is printed, and that what is written reads back.
//!
//! The programs are those that `cargo test` builds beside the tests; after `cargo test --test examples` alone they may
//! be old, or missing.

use milkrun::format::{self, Instance, json, routes, sol};
use milkrun::measure::Cost;
use milkrun::plan::Plan;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs an example to its end.
fn run(name: &str, arguments: &[&str]) -> Output {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap().join("examples");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "run `cargo build --examples` first");
    Command::new(program).args(arguments).output().unwrap()
}

/// What an example prints when all goes well.
fn prints(name: &str, arguments: &[&str]) -> String {
    let output = run(name, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{name} {arguments:?}: {said}"
    );
    String::from_utf8(output.stdout).unwrap()
}

fn data(path: &str) -> String {
    format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// A fresh folder of one test.
fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// The last line of `solve`: its keys in order, and their values.
fn last_line(printed: &str) -> HashMap<String, String> {
    let pairs: Vec<(&str, &str)> = printed
        .lines()
        .last()
        .unwrap()
        .split(' ')
        .map(|pair| pair.split_once('=').unwrap())
        .collect();
    let keys: Vec<&str> = pairs.iter().map(|(key, _)| *key).collect();
    let expected = [
        "cost",
        "routes",
        "unserved",
        "iterations",
        "seconds",
        "threads",
        "seed",
    ];
    assert_eq!(keys, expected);
    pairs
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// The value of `--out` for a file in a folder.
fn out(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

fn instance(path: &str) -> Instance {
    format::read(read(Path::new(path))).unwrap()
}

#[test]
fn solve_writes_what_reads_back() {
    let (folder, file) = (scratch("solve"), data("instances/M-n101-k12.vrp"));
    let names = ["a.sol", "a.routes.json", "a.json", "a.geojson", "a.html"];
    let paths = names.map(|name| out(&folder, name));
    let mut arguments = vec![file.as_str(), "--iterations", "1500", "--seed", "3"];
    arguments.extend(paths.iter().flat_map(|path| ["--out", path]));
    let line = last_line(&prints("solve", &arguments));
    assert_eq!(
        (line["iterations"].as_str(), line["seed"].as_str()),
        ("1500", "3")
    );
    assert_eq!(line["unserved"], "0");
    let cost = Cost::parse(&line["cost"]).unwrap();

    let instance = instance(&file);
    let problem = instance.problem().unwrap();
    let solution = sol::read(read(&folder.join("a.sol")), &instance.numbering).unwrap();
    assert_eq!(solution.cost, Some(cost));
    let plan = Plan::new(&problem, solution.routes);
    assert_eq!((plan.cost().total(), plan.check(&problem).len()), (cost, 0));
    assert!(plan.is_complete());
    assert_eq!(plan.routes().len().to_string(), line["routes"]);

    let neutral = read(&folder.join("a.routes.json"));
    let value: serde_json::Value = serde_json::from_str(&neutral).unwrap();
    let routes_in = value["routes"].as_array().unwrap();
    let trips = routes_in.iter().map(|r| r["trips"].as_array().unwrap());
    let mut ids: Vec<u64> = trips
        .flatten()
        .flat_map(|trip| trip.as_array().unwrap())
        .map(|id| id.as_u64().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=100).collect::<Vec<u64>>());
    let drafts = routes::read(&neutral, &problem, &instance.numbering).unwrap();
    assert_eq!(drafts, plan.drafts());

    let document = read(&folder.join("a.json"));
    let again = Plan::new(&problem, json::read_plan(&document, &problem).unwrap());
    assert_eq!(again.drafts(), plan.drafts());
    assert_eq!(json::write_plan(&problem, &again), document);

    let layer: serde_json::Value = serde_json::from_str(&read(&folder.join("a.geojson"))).unwrap();
    let features = layer["features"].as_array().unwrap();
    assert_eq!(features.len(), plan.routes().len() + 1 + 100);
    assert!(read(&folder.join("a.html")).starts_with("<!doctype html>"));
}

#[test]
fn solve_repeats_itself_for_any_number_of_threads() {
    let file = data("instances/RC1-n100.txt");
    let cost = |threads: &str| {
        let arguments = [&file, "--iterations", "300", "--threads", threads];
        let line = last_line(&prints("solve", &arguments));
        assert_eq!(line["threads"], threads);
        line["cost"].clone()
    };
    let one = cost("1");
    assert_eq!(one, cost("1"));
    assert_eq!(one, cost("2"));
}

#[test]
fn solve_prints_costs_in_the_unit_of_the_file() {
    let file = data("instances/C1-n100.txt");
    let decimals = |arguments: &[&str]| {
        let mut all = vec![file.as_str(), "--iterations", "50"];
        all.extend(arguments);
        let cost = last_line(&prints("solve", &all))["cost"].clone();
        cost.split_once('.')
            .map_or(0, |(_, fraction)| fraction.len())
    };
    assert!(decimals(&[]) <= 1);
    assert!((2..=3).contains(&decimals(&["--convention", "exact"])));
    assert_eq!(decimals(&["--convention", "rounded"]), 0);
}

#[test]
fn solve_reads_model_documents() {
    let line = last_line(&prints(
        "solve",
        &[&data("bakery.json"), "--iterations", "500"],
    ));
    assert_eq!(line["unserved"], "0");
    // Reloads, pairs, promises, deadlines, a carrier: all on one day.
    let line = last_line(&prints(
        "solve",
        &[&data("grocer.json"), "--iterations", "1500"],
    ));
    assert_eq!(line["unserved"], "0");
}

#[test]
fn solve_reads_fleets_depots_and_prizes() {
    let folder = scratch("fleets");
    for (name, with_sol) in [
        ("HFVRP-n20.vrp", true),
        ("MDVRPTW-n20.vrp", true),
        ("PCVRPTW-n25.vrp", true),
        ("VRPB-n25.vrp", true),
        ("VRPSPD-n25.vrp", true),
        ("MTVRPTWR-n20.vrp", true),
        ("MDVRP-n20.txt", false),
        ("PDPTW-n20.txt", true),
    ] {
        let file = data(&format!("instances/{name}"));
        let neutral = out(&folder, &format!("{name}.routes.json"));
        let solution = out(&folder, &format!("{name}.sol"));
        let mut arguments = vec![&file, "--iterations", "500", "--out", &neutral];
        if with_sol {
            arguments.extend(["--out", &solution]);
        }
        let line = last_line(&prints("solve", &arguments));
        let cost = Cost::parse(&line["cost"]).unwrap();
        let instance = instance(&file);
        let problem = instance.problem().unwrap();
        let neutral = read(Path::new(&neutral));
        let mut written = vec![routes::read(neutral, &problem, &instance.numbering).unwrap()];
        if with_sol {
            let solution = sol::read(read(Path::new(&solution)), &instance.numbering).unwrap();
            assert_eq!(solution.cost, Some(cost), "{name}");
            written.push(solution.routes);
        }
        for drafts in written {
            let plan = Plan::new(&problem, drafts);
            assert_eq!(plan.cost().total(), cost, "{name}");
            assert_eq!(plan.check(&problem), [], "{name}");
            assert!(plan.is_complete(), "{name}");
            assert_eq!(
                plan.unserved().len().to_string(),
                line["unserved"],
                "{name}"
            );
        }
    }
}

#[test]
fn solve_writes_no_sol_that_could_not_be_read_back() {
    let folder = scratch("no_sol");
    let place = |x: u32| format!(r#"{{"plane": {{"x": {x}, "y": 0}}}}"#);
    let document = format!(
        r#"{{"milkrun": 1, "travel": {{"euclidean": "rounded"}}, "model": {{
        "depots": [{{"name": "yard", "place": {}}}],
        "vehicle_types": [{{"name": "van", "count": 1, "start": 0, "end": 0}},
            {{"name": "bike", "count": 1, "start": 0, "end": 0}}],
        "orders": [{{"name": "a", "kind": "drop_off", "place": {}}}]}}}}"#,
        place(0),
        place(1)
    );
    let two_types = out(&folder, "model.json");
    std::fs::write(&two_types, document).unwrap();
    for file in [two_types, data("instances/MDVRP-n20.txt")] {
        let (solution, neutral) = (out(&folder, "plan.sol"), out(&folder, "plan.routes.json"));
        let arguments = [&file, "--iterations", "50", "--out", &neutral];
        let output = run("solve", &[&arguments[..], &["--out", &solution]].concat());
        // Before any time is spent, and with what to do instead.
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(output.stdout.is_empty(), "{file}");
        assert!(!Path::new(&neutral).exists() && !Path::new(&solution).exists());
        let said = String::from_utf8(output.stderr).unwrap();
        for words in ["plan.sol", "several vehicle types", "use .routes.json"] {
            assert!(said.contains(words), "{words} is not in:\n{said}");
        }
        prints("solve", &arguments);
        std::fs::remove_file(&neutral).unwrap();
    }
}

#[test]
fn solve_keeps_its_deadline() {
    let file = data("instances/M-n501-k84.vrp");
    let line = last_line(&prints("solve", &[&file, "--seconds", "0.2"]));
    // Half a second for a machine that has other things to do.
    assert!(line["seconds"].parse::<f64>().unwrap() < 0.7, "{line:?}");
}

#[test]
fn solve_tells_when_a_mandatory_order_is_not_served() {
    let folder = scratch("incomplete");
    let document = r#"{"milkrun": 1, "travel": {"euclidean": "rounded"}, "model": {
        "dimensions": ["kg"],
        "depots": [{"name": "yard", "place": {"plane": {"x": 0, "y": 0}}}],
        "vehicle_types": [{"name": "van", "count": 1, "start": 0, "end": 0, "capacity": [1]}],
        "orders": [
            {"name": "a", "kind": "drop_off", "place": {"plane": {"x": 1, "y": 0}}, "quantities": [1]},
            {"name": "b", "kind": "drop_off", "place": {"plane": {"x": 2, "y": 0}}, "quantities": [1]}]}}"#;
    let file = out(&folder, "model.json");
    std::fs::write(&file, document).unwrap();
    let output = run("solve", &[&file, "--iterations", "100"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(last_line(&printed)["unserved"], "1");
    assert!(printed.contains("(mandatory)"), "{printed}");
}

#[test]
fn solve_reports_every_fault_of_a_file() {
    let folder = scratch("faulty");
    let file = out(&folder, "faulty.vrp");
    let good = read(Path::new(&data("instances/M-n101-k12.vrp")));
    let faulty = good
        .replace("TYPE : CVRP", "TYPE : TSP")
        .replace("CAPACITY", "CAPACTIY")
        .replace("EUC_2D", "GEO");
    std::fs::write(&file, faulty).unwrap();
    let output = run("solve", &[&file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    for word in ["TSP", "CAPACTIY", "GEO"] {
        assert!(said.contains(word), "{word} is not in:\n{said}");
    }
    let missing = run("solve", &[&out(&folder, "nowhere.vrp")]);
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn wrong_arguments_are_told_apart() {
    let file = data("bakery.json");
    let cases: [&[&str]; 10] = [
        &[],
        &[&file, &file],
        &[&file, "--secnods", "1"],
        &[&file, "--seconds"],
        &[&file, "--seconds", "-1"],
        &[&file, "--iterations", "many"],
        &[&file, "--threads", "0"],
        &[&file, "--convention", "metric"],
        &[&file, "--out", "plan.pdf"],
        &[&file, "--seed", "1.5"],
    ];
    for arguments in cases {
        let output = run("solve", arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("usage: solve FILE"), "{said}");
    }
    assert_eq!(run("plan_day", &["--speed", "1"]).status.code(), Some(2));
    assert_eq!(run("plan_day", &["--out"]).status.code(), Some(2));
    assert_ne!(run("generate", &["castle"]).status.code(), Some(0));
}

/// The numbers of a line, in order.
fn numbers(line: &str) -> Vec<usize> {
    line.split(' ')
        .filter_map(|word| word.parse().ok())
        .collect()
}

#[test]
fn plan_day_accounts_for_every_order() {
    let folder = scratch("day");
    let printed = prints(
        "plan_day",
        &["--seconds", "1.5", "--out", folder.to_str().unwrap()],
    );
    let line = printed.lines().find(|line| line.contains(" on routes + "));
    let [total, served, postponed, left_out, defective] = numbers(line.unwrap())[..] else {
        panic!("{line:?}");
    };
    assert_eq!(total, 2_000);
    assert_eq!(served + postponed + left_out + defective, total);
    assert!(served > 100 && left_out > 0 && defective > 0, "{line:?}");

    let plan: serde_json::Value = serde_json::from_str(&read(&folder.join("plan.json"))).unwrap();
    let plan = &plan["plan"];
    let routes = plan["routes"].as_array().unwrap();
    let stops = routes.iter().flat_map(|r| r["stops"].as_array().unwrap());
    let mut seen: HashSet<&str> = HashSet::new();
    let orders = stops.chain(plan["unserved"].as_array().unwrap());
    assert!(
        orders
            .map(|o| o["order"].as_str().unwrap())
            .all(|id| seen.insert(id))
    );
    assert_eq!(seen.len(), served + postponed);
    // A line for each vehicle.
    let of_a_vehicle = |line: &&str| line.starts_with("van WH-") || line.starts_with("bike WH-");
    let board = printed.lines().filter(of_a_vehicle).count();
    assert_eq!(board, routes.len());

    let batches: serde_json::Value =
        serde_json::from_str(&read(&folder.join("shipments.json"))).unwrap();
    let mut tracking = HashSet::new();
    let mut packages = HashSet::new();
    for batch in batches.as_array().unwrap() {
        let batch = batch["packages"].as_array().unwrap();
        assert!((1..=50).contains(&batch.len()));
        for package in batch {
            assert!(packages.insert(package["id"].as_str().unwrap()));
            let number = &package["self_shipment"]["tracking_number"];
            assert!(tracking.insert(number.as_str().unwrap()));
        }
    }
    assert!(packages.len() >= served, "each order has a package");

    let layer: serde_json::Value =
        serde_json::from_str(&read(&folder.join("plan.geojson"))).unwrap();
    let features = layer["features"].as_array().unwrap().len();
    assert_eq!(features, routes.len() + 3 + served + postponed);
    assert!(read(&folder.join("plan.html")).starts_with("<!doctype html>"));
}

#[test]
fn small_examples_run() {
    assert!(prints("first_program", &[]).contains("2 of 3 orders served"));
    assert!(prints("road_network", &[]).contains("12 of 12 orders served"));
    assert!(prints("road_network", &["dot"]).starts_with("digraph {"));
    let added = prints("late_order", &[]);
    assert!(added.contains("26 of 26 orders served"), "{added}");
    let under_way = prints("under_way", &[]);
    for said in [
        "van 1 1, from in Pankow:",
        "  12:48:19 reload shop",
        "9 of 9 orders served",
    ] {
        assert!(under_way.contains(said), "{under_way}");
    }
    let slots = prints("promised_slots", &[]);
    assert!(slots.contains("1 route, 24 of 24 orders served"), "{slots}");
    assert!(
        slots.contains("2 routes, 24 of 24 orders served"),
        "{slots}"
    );
    let carriers = prints("carriers", &[]);
    for said in [
        "12 of 13 orders served, 1 handed",
        "12 of 17 orders served, 5 handed",
    ] {
        assert!(carriers.contains(said), "{carriers}");
    }
    let ways = prints("alternatives", &[]);
    for said in ["12 of 12 orders served", "16 other ways", "from the locker"] {
        assert!(ways.contains(said), "{ways}");
    }
}
