//! What `TYPE` says, and what in a file is known, unknown, or known to be beyond the model.

use super::super::Convention;
use super::super::text::{at, quoted};
use super::sheet::Sheet;
use crate::error::{Issues, Rule};

/// Keys that are understood, or say nothing that changes the problem.
const KEYS: [&str; 21] = [
    "NAME",
    "COMMENT",
    "TYPE",
    "DIMENSION",
    "CAPACITY",
    "EDGE_WEIGHT_TYPE",
    "EDGE_WEIGHT_FORMAT",
    "EDGE_WEIGHT_UNIT_OF_MEASUREMENT",
    "NODE_COORD_TYPE",
    "DISPLAY_DATA_TYPE",
    "SERVICE_TIME",
    "DISTANCE",
    "VEHICLES",
    "VEHICLES_DEPOT",
    "VEHICLES_FIXED_COST",
    "VEHICLES_UNIT_DISTANCE_COST",
    "VEHICLES_MAX_DURATION",
    "VEHICLES_MAX_DISTANCE",
    "VEHICLES_RELOAD_DEPOT",
    "VEHICLES_MAX_RELOADS",
    "VEHICLES_ALLOWED_CLIENTS",
];

/// Sections that are understood, or say nothing that changes the problem.
const SECTIONS: [&str; 19] = [
    "NODE_COORD",
    "DISPLAY_DATA",
    "DEMAND",
    "DEPOT",
    "EDGE_WEIGHT",
    "TIME_WINDOW",
    "SERVICE_TIME",
    "RELEASE_TIME",
    "PRIZE",
    "MUTUALLY_EXCLUSIVE_GROUP",
    "CAPACITY",
    "VEHICLES_DEPOT",
    "VEHICLES_FIXED_COST",
    "VEHICLES_UNIT_DISTANCE_COST",
    "VEHICLES_MAX_DURATION",
    "VEHICLES_MAX_DISTANCE",
    "VEHICLES_RELOAD_DEPOT",
    "VEHICLES_MAX_RELOADS",
    "VEHICLES_ALLOWED_CLIENTS",
];

/// What this reader says of pairs, which files of another form state.
const PAIRS: &str = "goods that go from one client to another are read in Li and Lim's form only";

/// Sections that are understood where `TYPE` is VRPB or VRPSPD.
const BACKHAULS: [&str; 2] = ["LINEHAUL", "BACKHAUL"];

/// Types whose meaning the model cannot state: it has no …
const BEYOND_TYPES: [(&str, &str); 1] = [("PVRP", "second day")];

/// What `TYPE` says beyond what the sections say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One kind of vehicle at one depot, with or without windows.
    Plain,
    /// Kinds of vehicles with their own costs.
    Heterogeneous,
    /// Several depots.
    ManyDepots,
    /// Clients that may be left out at a price.
    Prizes,
    /// Clients from which goods are picked up, after all drop-offs.
    Backhauls,
    /// Clients to which goods are delivered, from which goods are picked up, or both, in any order.
    Exchanges,
    /// Vehicles that reload, for clients whose goods are released one after the other.
    ManyTrips,
}

impl Kind {
    /// What the file says that it is; unknown types count as plain ones.
    pub(super) fn read(sheet: &Sheet<'_>, issues: &mut Issues) -> Self {
        let Some(spec) = sheet.spec("TYPE") else {
            return Self::Plain;
        };
        let name = spec.value.to_ascii_uppercase();
        let (kind, sections): (Self, &[&str]) = match name.as_str() {
            "CVRP" | "VRP" => (Self::Plain, &[]),
            "VRPTW" | "CVRPTW" => (Self::Plain, &["TIME_WINDOW"]),
            "VRPB" => (Self::Backhauls, &["BACKHAUL"]),
            "VRPSPD" => (Self::Exchanges, &["BACKHAUL"]),
            "HFVRP" => (Self::Heterogeneous, &[]),
            "MDVRP" => (Self::ManyDepots, &[]),
            "MDVRPTW" => (Self::ManyDepots, &["TIME_WINDOW"]),
            "PCVRP" => (Self::Prizes, &["PRIZE"]),
            "PCVRPTW" => (Self::Prizes, &["PRIZE", "TIME_WINDOW"]),
            "MTVRPTWR" => (Self::ManyTrips, &["TIME_WINDOW", "RELEASE_TIME"]),
            _ => {
                let advice = || match BEYOND_TYPES.iter().find(|(known, _)| *known == name) {
                    Some((_, what)) => format!(
                        "TYPE {} is not supported: the model has no {what}; solve another instance",
                        quoted(spec.value)
                    ),
                    None if name == "PDPTW" => format!(
                        "TYPE {} is not supported: {PAIRS}; convert the file",
                        quoted(spec.value)
                    ),
                    None => format!(
                        "TYPE {} is not supported; read are CVRP, VRPTW, VRPB, VRPSPD, HFVRP, MDVRP, MDVRPTW, PCVRP, PCVRPTW and MTVRPTWR",
                        quoted(spec.value)
                    ),
                };
                issues.add(Rule::Unsupported, || at(spec.line), advice);
                (Self::Plain, &[])
            }
        };
        for section in sections.iter().filter(|s| sheet.section(s).is_none()) {
            let advice = || {
                format!(
                    "TYPE {} asks for a {section}_SECTION, but there is none; add it",
                    quoted(spec.value)
                )
            };
            issues.add(Rule::Missing, || at(spec.line), advice);
        }
        kind
    }

    /// The convention by which the best-known costs of such files are stated.
    pub(super) fn usual(self, sheet: &Sheet<'_>) -> Convention {
        match self {
            Self::Heterogeneous | Self::ManyDepots => Convention::Exact,
            Self::Plain | Self::Exchanges | Self::Prizes | Self::ManyTrips
                if sheet.section("TIME_WINDOW").is_some() =>
            {
                Convention::Dimacs
            }
            Self::Plain if sheet.spec("DISTANCE").is_some() => Convention::Exact,
            Self::Plain | Self::Exchanges | Self::Prizes | Self::Backhauls | Self::ManyTrips => {
                Convention::Rounded
            }
        }
    }

    /// Whether goods are picked up from clients.
    pub(super) fn picks_up(self) -> bool {
        matches!(self, Self::Backhauls | Self::Exchanges)
    }

    /// How many of the file's units of cost are one of its published costs.
    pub(super) fn costs_per_unit(self) -> u32 {
        match self {
            Self::Heterogeneous => 100,
            _ => 1,
        }
    }
}

/// Refuses, by name, what could change the meaning of the problem.
pub(super) fn check_known(sheet: &Sheet<'_>, issues: &mut Issues) {
    let unknown = sheet
        .specs
        .iter()
        .filter(|spec| !KEYS.contains(&spec.key.as_str()));
    for spec in unknown {
        refuse(spec.line, &spec.key, &spec.key, "the line", issues);
    }
    let backhauls = sheet.spec("TYPE").is_some_and(|spec| {
        let is = |name: &str| spec.value.eq_ignore_ascii_case(name);
        is("VRPB") || is("VRPSPD")
    });
    let unknown = sheet.sections.iter().filter(|section| {
        let name = section.name.as_str();
        !((backhauls && BACKHAULS.contains(&name)) || SECTIONS.contains(&name))
    });
    for section in unknown {
        let shown = format!("{}_SECTION", section.name);
        refuse(section.line, &section.name, &shown, "it", issues);
    }
    if let Some(kind) = sheet
        .spec("NODE_COORD_TYPE")
        .filter(|s| s.value.eq_ignore_ascii_case("THREED_COORDS"))
    {
        let advice = || "coordinates in space are not supported; give two".to_owned();
        issues.add(Rule::Unsupported, || at(kind.line), advice);
    }
}

fn refuse(line: usize, name: &str, shown: &str, what: &str, issues: &mut Issues) {
    let advice = || {
        let reason = if name == "PICKUP_AND_DELIVERY" {
            format!(": {PAIRS}")
        } else if BACKHAULS.contains(&name) {
            ": what it means is known where TYPE is VRPB or VRPSPD".to_owned()
        } else {
            String::new()
        };
        format!(
            "{} is not supported{reason}; solve the problem without it by removing {what}",
            quoted(shown)
        )
    };
    issues.add(Rule::Unsupported, || at(line), advice);
}
