//! Makes the sample data of this project: `cargo run --release --example generate -- KIND --seed N --out PATH`.
//!
//! | KIND | what it writes | its own options |
//! |---|---|---|
//! | `bakery` | a bakery's day, a model document | |
//! | `grocer` | a grocer's day with every price and limit, a model document | |
//! | `city` | a city day in a sales channel's JSON, a folder | |
//! | `network` | a small road network with orders on it | |
//! | `uchoa` | a CVRP instance in VRPLIB's form | `--depot C\|E\|R --customers R\|C\|RC --demand 1..7 --route R` |
//! | `solomon` | a VRPTW instance in Solomon's form | `--customers R\|C\|RC --horizon 1\|2 --density % --width W` |
//! | `hfvrp`, `mdvrptw`, `pcvrptw`, `vrpb`, `vrpspd`, `mtvrptwr` | a fleet of three sizes, three depots, prizes, backhauls, exchanges, or reloads, in VRPLIB's form | |
//! | `cordeau` | an MDVRP instance of three depots in Cordeau's form | |
//! | `lilim` | a PDPTW instance in Li and Lim's form | |
//!
//! `--orders N` sets the size. Equal arguments give equal bytes on every machine: randomness comes from xoshiro256++,
//! and every distribution is computed here from IEEE basic operations, without the platform's mathematical library.

mod bakery;
mod city;
mod document;
mod grocer;
mod kind;
mod network;
mod options;
mod random;
mod solomon;
mod uchoa;
mod variants;

use options::Options;
use std::path::Path;
use std::process::ExitCode;

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|fault| format!("{}: {fault}", folder.display()))?;
    }
    std::fs::write(path, text).map_err(|fault| format!("{}: {fault}", path.display()))
}

fn run() -> Result<(), String> {
    let options = Options::parse(std::env::args().skip(1))?;
    let out = options.text("out", "");
    for (name, text) in kind::generate(&options)? {
        if out.is_empty() {
            print!("{text}");
        } else if name.is_empty() {
            write(Path::new(&out), &text)?;
        } else {
            write(&Path::new(&out).join(name), &text)?;
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}
