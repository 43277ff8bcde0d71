//! The instances to solve.

use crate::wish::{Wish, number};
use milkrun::format::{self, Instance};
use milkrun::problem::{Limits, Problem};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// An instance and the best known cost of it.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    pub(crate) orders: usize,
    pub(crate) best: Option<f64>,
}

impl Task {
    /// The instances that are wished for.
    pub(crate) fn wished(wish: &Wish) -> Result<Vec<Self>, String> {
        let tasks = match (&wish.set, std::env::var_os("MILKRUN_INSTANCES")) {
            (Some(set), Some(folder)) => of_set(&Path::new(&folder).join(set), wish)?,
            (Some(_), None) => {
                return Err("MILKRUN_INSTANCES does not name a folder of sets".to_owned());
            }
            (None, _) => own(wish)?,
        };
        if tasks.is_empty() {
            return Err("no instance to solve".to_owned());
        }
        Ok(tasks)
    }

    /// Reads the file.
    pub(crate) fn read(file: &Path) -> Result<(Instance, Problem), String> {
        let told = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        let text = std::fs::read(file).map_err(|e| told(&e))?;
        let instance = format::read(text).map_err(|e| told(&e))?;
        let problem = instance
            .problem_within(&Limits::trusted())
            .map_err(|e| told(&e))?;
        Ok((instance, problem))
    }
}

/// The instances of a set.
fn of_set(folder: &Path, wish: &Wish) -> Result<Vec<Task>, String> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let sample = if wish.sample {
        Some(read("sample.txt")?)
    } else {
        None
    };
    let wished = |name: &str| {
        let sampled = |s: &String| {
            s.split_whitespace()
                .any(|n| stem(Path::new(n)) == name || n == name)
        };
        (wish.only.is_empty() || wish.only.iter().any(|n| n == name))
            && sample.as_ref().is_none_or(sampled)
    };
    let files: HashMap<String, PathBuf> = instances_in(folder)?
        .into_iter()
        .map(|path| (stem(&path), path))
        .collect();
    let mut tasks = Vec::new();
    for line in read("bks.csv")?.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, orders, best, ..] = cells[..] else {
            continue;
        };
        if let Some(file) = files.get(name).filter(|_| wished(name)) {
            tasks.push(Task {
                name: name.to_owned(),
                file: file.clone(),
                orders: number(orders)?,
                best: best.parse().ok(),
            });
        }
    }
    Ok(tasks)
}

/// The project's own instances.
fn own(wish: &Wish) -> Result<Vec<Task>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/instances");
    let mut files = instances_in(&folder)?;
    files.sort();
    let mut tasks = Vec::new();
    for file in files {
        let name = stem(&file);
        if wish.only.is_empty() || wish.only.contains(&name) {
            let orders = Task::read(&file)?.1.order_count();
            tasks.push(Task {
                name,
                file,
                orders,
                best: None,
            });
        }
    }
    Ok(tasks)
}

fn stem(path: &Path) -> String {
    // A name may have dots in it, so only the endings of instance files are taken off.
    let name = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let bare = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    bare.map_or(name.clone(), str::to_owned)
}

const ENDINGS: [&str; 3] = [".vrp", ".txt", ".json"];

fn instances_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let known = |path: &PathBuf| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
        name.is_some_and(|n| n != "sample.txt" && ENDINGS.iter().any(|ending| n.ends_with(ending)))
    };
    Ok(paths.filter(known).collect())
}
