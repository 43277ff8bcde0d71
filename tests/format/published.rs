//! The published instances and solutions, where they are at hand.

use super::*;
use milkrun::model::{OrderKind, Reloads};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The folder of the benchmark instances, if there is one.
fn instances() -> Option<PathBuf> {
    let folder = std::env::var_os("MILKRUN_INSTANCES");
    if folder.is_none() {
        println!("skipped: MILKRUN_INSTANCES does not name a folder with the benchmark instances");
    }
    folder.map(PathBuf::from)
}

/// The files of a set with this ending, in order.
fn files(set: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(set).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .filter(|path| path.file_name().is_some_and(|name| name != "sample.txt"))
        .collect();
    files.sort();
    files
}

/// What `bks.csv` states of each instance: clients, and the best-known cost.
fn best_known(set: &Path) -> HashMap<String, (usize, Cost)> {
    stated_in(&set.join("bks.csv"))
}

fn stated_in(table: &Path) -> HashMap<String, (usize, Cost)> {
    let table = std::fs::read_to_string(table).unwrap();
    let rows = table.lines().skip(1).map(|row| {
        let fields: Vec<&str> = row.split(',').collect();
        let clients = fields[1].parse().unwrap();
        (
            fields[0].to_owned(),
            (clients, Cost::parse(fields[2]).unwrap()),
        )
    });
    rows.collect()
}

/// The words of the first line that begins with one of these, colons aside.
fn stated(text: &str, heads: &[&str]) -> Option<Vec<String>> {
    let mut lines = text.lines().map(|line| line.replace(':', " "));
    let line = lines.find(|line| {
        let word = line.split_whitespace().next();
        word.is_some_and(|word| heads.contains(&word))
    })?;
    Some(line.split_whitespace().map(str::to_owned).collect())
}

/// How many rows of numbers, -1 aside, follow the head of a section.
fn rows_of(text: &str, section: &str) -> usize {
    let rows = text
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != section);
    let rows = rows
        .skip(1)
        .take_while(|line| !line.starts_with(|c: char| c.is_alphabetic()));
    rows.filter(|line| !line.is_empty() && *line != "-1")
        .count()
}

/// Every published solution is read back, feasible, and costs exactly what it states.
#[test]
fn published_solutions_cost_what_they_state() {
    let Some(folder) = instances() else { return };
    let mut checked = 0;
    for set in ["X", "belgium", "dimacs_road"] {
        for file in files(&folder.join(set), "sol") {
            let instance =
                format::read(std::fs::read(file.with_extension("vrp")).unwrap()).unwrap();
            let solution = sol::read(std::fs::read(&file).unwrap(), &instance.numbering).unwrap();
            let mut limits = Limits::default();
            limits.cells = 4_000_000; // larger ones compute their legs
            let problem = instance.problem_within(&limits).unwrap();
            let plan = Plan::new(&problem, solution.routes);
            assert_eq!(
                Some(plan.cost().total()),
                solution.cost,
                "{}",
                file.display()
            );
            assert_eq!(plan.check(&problem), [], "{}", file.display());
            assert!(plan.is_complete(), "{}", file.display());
            checked += 1;
        }
    }
    for set in ["solomon", "gh"] {
        for file in files(&folder.join(set), "txt") {
            let instance = format::read(std::fs::read(&file).unwrap())
                .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            assert!(instance.model.orders().len() >= 100);
        }
    }
    println!("{checked} published solutions cost what they state");
    assert!(checked > 50);
}

/// Fleets, depots and prizes: what each file states is what the model holds, and where there is a best-known solution,
/// it costs what is known of it; what the `.sol` of an MDVRPTW states is in thousandths, and not compared.
#[test]
fn published_fleets_depots_and_prizes_are_read() {
    let Some(folder) = instances() else { return };
    for (set, ending) in [
        ("hfvrp_x", "vrp"),
        ("mdvrptw_vidal", "vrp"),
        ("pcvrptw", "vrp"),
        ("mdvrp_cordeau", "txt"),
    ] {
        let set = folder.join(set);
        let known = best_known(&set);
        let (mut read, mut costed) = (0, 0);
        for file in files(&set, ending) {
            let text = std::fs::read_to_string(&file).unwrap();
            let shown = file.display();
            let instance = format::read(&text).unwrap_or_else(|e| panic!("{shown}: {e}"));
            let model = &instance.model;
            let head = |at: usize| {
                let numbers = text.split_whitespace().map(str::parse);
                numbers.clone().nth(at).unwrap().unwrap_or(0_usize)
            };
            let line = |key: &str| stated(&text, &[key]).unwrap()[1].parse::<usize>().unwrap();
            let (vehicles, depots, clients) = if ending == "txt" {
                (head(1) * head(3), head(3), head(2))
            } else {
                let depots = rows_of(&text, "DEPOT_SECTION");
                (line("VEHICLES"), depots, line("DIMENSION") - depots)
            };
            let name = file.file_stem().unwrap().to_str().unwrap();
            let (stated_clients, best) = known[name];
            assert_eq!(model.depots().len(), depots, "{shown}");
            assert_eq!(model.orders().len(), clients, "{shown}");
            assert_eq!(model.orders().len(), stated_clients, "{shown}");
            let counts = model
                .vehicle_types()
                .iter()
                .map(|v| v.count.unwrap() as usize);
            assert_eq!(counts.sum::<usize>(), vehicles, "{shown}");
            let problem = instance
                .problem()
                .unwrap_or_else(|e| panic!("{shown}: {e}"));
            read += 1;
            let solution = file.with_extension("sol");
            if solution.exists() {
                let solution = sol::read(std::fs::read(solution).unwrap(), &instance.numbering);
                let plan = Plan::new(&problem, solution.unwrap().routes);
                assert_eq!(plan.cost().total(), best, "{shown}");
                assert_eq!(plan.check(&problem), [], "{shown}");
                assert!(plan.is_complete(), "{shown}");
                costed += 1;
            }
        }
        println!(
            "{}: {read} read, {costed} solutions cost what is known",
            set.display()
        );
        assert_eq!(read, known.len());
    }
}

/// Pairs: each file says what the model holds, a pickup and a delivery of the same goods, and each published solution
/// costs what it states, in thousandths as distances are counted, and what is known of it.
#[test]
fn published_pairs_are_read() {
    let Some(folder) = instances() else { return };
    let set = folder.join("li_lim");
    let best = best_known(&set);
    // Costs of another aim, but clients of all.
    let known = stated_in(&set.join("bks_vehicles_first.csv"));
    let (mut read, mut costed) = (0, 0);
    for file in files(&set, "txt") {
        let text = std::fs::read_to_string(&file).unwrap();
        let shown = file.display();
        let instance = format::read(&text).unwrap_or_else(|e| panic!("{shown}: {e}"));
        let model = &instance.model;
        let clients = text.lines().filter(|l| !l.trim().is_empty()).count() - 2;
        assert_eq!(model.orders().len(), clients, "{shown}");
        assert_eq!(model.pairs().len() * 2, clients, "{shown}");
        let vehicles: u32 = text.split_whitespace().next().unwrap().parse().unwrap();
        assert_eq!(model.vehicle_types()[0].count, Some(vehicles), "{shown}");
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert_eq!(clients, known[name].0, "{shown}");
        let problem = instance
            .problem()
            .unwrap_or_else(|e| panic!("{shown}: {e}"));
        assert!(problem.shape().paired && problem.shape().mixed_loads);
        read += 1;
        let solution = file.with_extension("sol");
        if solution.exists() {
            let solution = sol::read(std::fs::read(solution).unwrap(), &instance.numbering);
            let solution = solution.unwrap();
            let stated = solution.cost.unwrap();
            let plan = Plan::new(&problem, solution.routes);
            assert_eq!(plan.check(&problem), [], "{shown}");
            assert!(plan.is_complete(), "{shown}");
            assert_eq!(plan.cost().total(), best[name].1, "{shown}");
            assert_eq!(stated, Cost(best[name].1.get() * 1000), "{shown}");
            costed += 1;
        }
    }
    println!(
        "{}: {read} read, {costed} solutions cost what is known",
        set.display()
    );
    assert_eq!(read, known.len());
    assert_eq!(costed, 2);
}

/// Backhauls: as many as the file's name says, in percent, are linehauls, and each file is a problem.
#[test]
fn published_backhauls_are_read() {
    let Some(folder) = instances() else { return };
    let set = folder.join("vrpb_x");
    let known = best_known(&set);
    let files = files(&set, "vrp");
    assert_eq!(files.len(), known.len());
    for file in files {
        let shown = file.display();
        let instance =
            format::read(std::fs::read(&file).unwrap()).unwrap_or_else(|e| panic!("{shown}: {e}"));
        let name = file.file_stem().unwrap().to_str().unwrap();
        let orders = instance.model.orders();
        assert_eq!(orders.len(), known[name].0, "{shown}");
        let percent: usize = name.split('-').nth(2).unwrap().parse().unwrap();
        let linehauls = orders.iter().filter(|o| o.kind == OrderKind::DropOff);
        // 66 stands for two thirds.
        let found = linehauls.count() * 100 / orders.len();
        assert!(found.abs_diff(percent) <= 1, "{shown}: {found}");
        assert!(orders.iter().all(|o| o.quantities[0] > Load(0)), "{shown}");
        assert!(instance.problem().unwrap().shape().backhauls, "{shown}");
    }
}

/// Trips: each file says what the model holds, and each published solution, with its reloads, costs what it states, in
/// tenths as distances are counted, and what is known of it.
#[test]
fn published_trips_are_read() {
    let Some(folder) = instances() else { return };
    let set = folder.join("mtvrptwr");
    let best = best_known(&set);
    let mut costed = 0;
    for file in files(&set, "vrp") {
        let text = std::fs::read_to_string(&file).unwrap();
        let shown = file.display();
        let instance = format::read(&text).unwrap_or_else(|e| panic!("{shown}: {e}"));
        let model = &instance.model;
        let name = file.file_name().unwrap().to_str().unwrap();
        let (clients, known) = best[name.strip_suffix(".vrp").unwrap()];
        assert_eq!(model.orders().len(), clients, "{shown}");
        let line = |key: &str| stated(&text, &[key]).unwrap()[1].parse::<u32>().unwrap();
        let [vehicle] = model.vehicle_types() else {
            panic!("{shown}")
        };
        assert_eq!(vehicle.count, Some(line("VEHICLES")), "{shown}");
        let depot = milkrun::measure::DepotId::new(0);
        assert_eq!(vehicle.reloads, Some(Reloads::at(depot)), "{shown}");
        assert!(model.orders().iter().any(|o| o.release.is_some()));
        let problem = instance
            .problem()
            .unwrap_or_else(|e| panic!("{shown}: {e}"));
        assert!(problem.shape().reloads && problem.shape().timed);
        let solution = std::fs::read(file.with_extension("sol")).unwrap();
        let solution = sol::read(solution, &instance.numbering).unwrap();
        let plan = Plan::new(&problem, solution.routes);
        assert_eq!(plan.check(&problem), [], "{shown}");
        assert!(plan.is_complete(), "{shown}");
        assert_eq!(plan.cost().total(), known, "{shown}");
        assert_eq!(solution.cost, Some(Cost(known.get() * 10)), "{shown}");
        costed += 1;
    }
    println!("{costed} solutions with trips cost what is known");
    assert_eq!(costed, best.len());
}
