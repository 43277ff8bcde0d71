//! The published instances and solutions, where they are at hand.

use super::*;

/// Every published solution is read back, feasible, and costs exactly what it states.
#[test]
fn published_solutions_cost_what_they_state() {
    let Some(folder) = std::env::var_os("MILKRUN_INSTANCES") else {
        println!("skipped: MILKRUN_INSTANCES does not name a folder with the benchmark instances");
        return;
    };
    let mut checked = 0;
    for set in ["X", "belgium", "dimacs_road"] {
        let mut files: Vec<_> = std::fs::read_dir(std::path::Path::new(&folder).join(set))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "sol"))
            .collect();
        files.sort();
        for file in files {
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
        for entry in std::fs::read_dir(std::path::Path::new(&folder).join(set)).unwrap() {
            let file = entry.unwrap().path();
            if file.file_name().is_some_and(|name| name != "sample.txt")
                && file.extension().is_some_and(|e| e == "txt")
            {
                let instance = format::read(std::fs::read(&file).unwrap())
                    .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
                assert!(instance.model.orders().len() >= 100);
            }
        }
    }
    println!("{checked} published solutions cost what they state");
    assert!(checked > 50);
}
