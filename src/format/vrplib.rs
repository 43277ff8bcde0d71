//! VRPLIB: the form of `CVRPLIB`, and of `PyVRP`'s files with time windows.
//!
//! `KEY : value` lines and sections, in any order. Read are `TYPE` CVRP and VRPTW; coordinates (`EUC_2D`) and tables
//! (`EXPLICIT`, `FULL_MATRIX` or `LOWER_ROW`, wrapped in any way); `CAPACITY`, `DEMAND_SECTION`, `DEPOT_SECTION`, and
//! `TIME_WINDOW_SECTION`, `SERVICE_TIME_SECTION` or `SERVICE_TIME`, `VEHICLES`. Whatever else could change the meaning
//! is refused by name, never skipped.
//!
//! # Conventions
//!
//! Usual is [`Convention::Rounded`], and [`Convention::Dimacs`] where there are time windows. Tables are whole numbers
//! and are taken as they are. A fleet is as large as it needs to be, but for files with coordinates and windows, whose
//! `VEHICLES` is a limit; elsewhere the literature takes that number for information.

mod column;
mod sheet;
mod weights;

use super::decimal::Decimal;
use super::field;
use super::text::{self, at, quoted};
use super::{Convention, Instance, Numbering, TravelBy, TravelTable};
use crate::error::{Error, Issues, Rule};
use crate::measure::{Cost, Duration, Load, Table, Window};
use crate::model::{Depot, Model, Order, Place, VehicleType};
use column::by_node;
use sheet::{Section, Sheet, Spec};

/// Keys that are understood, or say nothing that changes the problem.
const KEYS: [&str; 12] = [
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
    "VEHICLES",
];

/// Sections that are understood, or say nothing that changes the problem.
const SECTIONS: [&str; 7] = [
    "NODE_COORD",
    "DISPLAY_DATA",
    "DEMAND",
    "DEPOT",
    "EDGE_WEIGHT",
    "TIME_WINDOW",
    "SERVICE_TIME",
];

/// Reads a VRPLIB file; without a convention, the usual one for it.
///
/// # Errors
///
/// Every fault found, each with its line.
pub fn read(text: impl AsRef<[u8]>, convention: Option<Convention>) -> Result<Instance, Error> {
    parse(&text::decode(text.as_ref()), convention)
}

pub(super) fn looks_like(text: &str) -> bool {
    text::lines(text).any(|(_, line)| {
        line.get(..9)
            .is_some_and(|word| word.eq_ignore_ascii_case("DIMENSION"))
            || line.to_ascii_uppercase().contains("_SECTION")
    })
}

pub(super) fn parse(text: &str, convention: Option<Convention>) -> Result<Instance, Error> {
    let mut issues = Issues::new();
    let sheet = Sheet::scan(text, &mut issues);
    let nodes = Nodes::read(&sheet, convention, &mut issues);
    let instance = nodes.and_then(|nodes| nodes.instance(&sheet, &mut issues));
    issues.into_result()?;
    instance.ok_or_else(|| {
        Error::one(
            "file",
            Rule::Syntax,
            "it cannot be understood; check it against the format",
        )
    })
}

/// Everything that the file states, each column checked on its own.
struct Nodes {
    count: usize,
    weights: Weights,
    places: Vec<Place>,
    travel: TravelBy,
    demands: Vec<i64>,
    depots: Vec<usize>,
    windows: Option<Vec<Window>>,
    services: Vec<i64>,
    capacity: Load,
    vehicles: Option<u32>,
}

impl Nodes {
    /// Reads all columns before it gives up on any, so that all faults are found.
    fn read(
        sheet: &Sheet<'_>,
        convention: Option<Convention>,
        issues: &mut Issues,
    ) -> Option<Self> {
        check_known(sheet, issues);
        check_type(sheet, issues);
        let count = whole(sheet.spec("DIMENSION"), issues).and_then(|n| usize::try_from(n).ok());
        required(sheet, "DIMENSION", "how many nodes there are", issues);
        required(sheet, "CAPACITY", "how much a vehicle carries", issues);
        let capacity = whole(sheet.spec("CAPACITY"), issues).map(Load);
        let vehicles =
            whole(sheet.spec("VEHICLES"), issues).map(|v| u32::try_from(v).unwrap_or(u32::MAX));
        let weights = weights(sheet, convention, issues);
        let scale = weights.map_or(1, Weights::scale);
        let (mut coordinates, mut table) = (None, None);
        if weights == Some(Weights::Table) {
            table = weights::table(sheet, count, issues);
        } else {
            coordinates = section(sheet, "NODE_COORD", issues)
                .and_then(|s| by_node(s, count, |[x, y]| field::point(x, y), issues));
        }
        let demands = section(sheet, "DEMAND", issues)
            .and_then(|s| by_node(s, count, |[demand]| field::amount(demand), issues));
        let depots = depots(sheet, count, issues);
        let windows = sheet.section("TIME_WINDOW").map(|s| {
            by_node(
                s,
                count,
                |[from, to]| field::window(from, to, scale),
                issues,
            )
        });
        let services = services(sheet, count, scale, issues);
        let (count, weights) = (count?, weights?);
        let (places, travel) = match weights {
            Weights::Straight(convention) => (coordinates?, TravelBy::Euclidean(convention)),
            Weights::Table => by_table(count, table?),
        };
        Some(Self {
            count,
            weights,
            places,
            travel,
            demands: demands?,
            depots: depots?,
            windows: match windows {
                Some(windows) => Some(windows?),
                None => None,
            },
            services: services?,
            capacity: capacity?,
            vehicles,
        })
    }

    /// Puts the columns together.
    fn instance(self, sheet: &Sheet<'_>, issues: &mut Issues) -> Option<Instance> {
        let mut model = Model::new();
        let load = model.add_dimension("load");
        let number = |node: usize| u32::try_from(node).ok();
        for node in &self.depots {
            if self.demands[*node] != 0 {
                let advice = || format!("depot {} has a demand; set it to 0", node + 1);
                issues.add(Rule::Inconsistent, || "DEMAND_SECTION".to_owned(), advice);
            }
            let mut depot = Depot::new("depot", self.places[*node]);
            depot.window = self.windows.as_ref().map(|w| w[*node]);
            let depot = model.add_depot(depot);
            let vehicle = VehicleType::new("vehicle", self.vehicles.unwrap_or(0), depot)
                .capacity(load, self.capacity)
                .per_distance(self.weights.cost_per_distance());
            // The number of vehicles is a limit only where windows come with coordinates; see the room's head.
            let limited =
                self.vehicles.is_some() && self.windows.is_some() && self.weights != Weights::Table;
            model.add_vehicle_type(if limited {
                vehicle
            } else {
                vehicle.unlimited()
            });
        }
        let mut clients = Vec::new();
        for node in (0..self.count).filter(|node| !self.depots.contains(node)) {
            let mut order = Order::drop_off(node.to_string(), self.places[node])
                .quantity(load, Load(self.demands[node]))
                .service(Duration(self.services[node]));
            order.window = self.windows.as_ref().map(|w| w[node]);
            model.add_order(order);
            clients.push(number(node)?);
        }
        let depots = self
            .depots
            .iter()
            .map(|node| number(*node))
            .collect::<Option<_>>()?;
        let name = sheet
            .spec("NAME")
            .map_or(String::new(), |spec| spec.value.to_owned());
        Some(Instance::new(
            name,
            model,
            self.travel,
            Numbering::new(depots, clients),
        ))
    }
}

/// Where the legs come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weights {
    /// Straight lines between coordinates.
    Straight(Convention),
    /// A table of whole numbers.
    Table,
}

impl Weights {
    /// The convention for coordinates; `None` for a table.
    fn convention(self) -> Option<Convention> {
        match self {
            Self::Straight(convention) => Some(convention),
            Self::Table => None,
        }
    }

    fn scale(self) -> u32 {
        self.convention().map_or(1, Convention::scale)
    }

    fn cost_per_distance(self) -> Cost {
        self.convention()
            .map_or(Cost::units(1), Convention::cost_per_distance)
    }
}

/// Refuses, by name, what could change the meaning of the problem.
fn check_known(sheet: &Sheet<'_>, issues: &mut Issues) {
    for spec in sheet
        .specs
        .iter()
        .filter(|spec| !KEYS.contains(&spec.key.as_str()))
    {
        let advice = || {
            format!(
                "{} is not supported; solve the problem without it by removing the line",
                quoted(&spec.key)
            )
        };
        issues.add(Rule::Unsupported, || at(spec.line), advice);
    }
    for section in sheet
        .sections
        .iter()
        .filter(|section| !SECTIONS.contains(&section.name.as_str()))
    {
        let name = format!("{}_SECTION", section.name);
        let advice = || {
            format!(
                "{} is not supported; solve the problem without it by removing it",
                quoted(&name)
            )
        };
        issues.add(Rule::Unsupported, || at(section.line), advice);
    }
    if let Some(kind) = sheet
        .spec("NODE_COORD_TYPE")
        .filter(|s| s.value.eq_ignore_ascii_case("THREED_COORDS"))
    {
        let advice = || "coordinates in space are not supported; give two".to_owned();
        issues.add(Rule::Unsupported, || at(kind.line), advice);
    }
}

fn check_type(sheet: &Sheet<'_>, issues: &mut Issues) {
    let Some(spec) = sheet.spec("TYPE") else {
        return;
    };
    match spec.value.to_ascii_uppercase().as_str() {
        "CVRP" | "VRP" => {}
        "VRPTW" | "CVRPTW" => {
            if sheet.section("TIME_WINDOW").is_none() {
                let advice = || {
                    "TYPE asks for windows, but there is no TIME_WINDOW_SECTION; add it".to_owned()
                };
                issues.add(Rule::Missing, || at(spec.line), advice);
            }
        }
        _ => {
            let advice = || {
                format!(
                    "TYPE {} is not supported; read are CVRP and VRPTW",
                    quoted(spec.value)
                )
            };
            issues.add(Rule::Unsupported, || at(spec.line), advice);
        }
    }
}

fn weights(sheet: &Sheet<'_>, wanted: Option<Convention>, issues: &mut Issues) -> Option<Weights> {
    let timed = sheet.section("TIME_WINDOW").is_some();
    let usual = if timed {
        Convention::Dimacs
    } else {
        Convention::Rounded
    };
    let straight = Weights::Straight(wanted.unwrap_or(usual));
    // Files with coordinates only are common; nobody means anything else by them.
    let Some(spec) = sheet.spec("EDGE_WEIGHT_TYPE") else {
        return Some(straight);
    };
    match spec.value.to_ascii_uppercase().as_str() {
        "EUC_2D" => Some(straight),
        "EXPLICIT" => Some(Weights::Table),
        _ => {
            let advice = || {
                format!(
                    "EDGE_WEIGHT_TYPE {} is not supported; use EUC_2D or EXPLICIT",
                    quoted(spec.value)
                )
            };
            issues.add(Rule::Unsupported, || at(spec.line), advice);
            None
        }
    }
}

fn required(sheet: &Sheet<'_>, key: &str, what: &str, issues: &mut Issues) {
    if sheet.spec(key).is_none() {
        let advice = || format!("there is no {key} line; state {what}");
        issues.add(Rule::Missing, || "file".to_owned(), advice);
    }
}

/// The value of a specification as a whole number that is not negative.
fn whole(spec: Option<&Spec<'_>>, issues: &mut Issues) -> Option<i64> {
    let spec = spec?;
    match field::amount(spec.value) {
        Ok(value) => Some(value),
        Err((rule, advice)) => {
            issues.add(rule, || at(spec.line), || format!("{}: {advice}", spec.key));
            None
        }
    }
}

fn section<'s, 'a>(
    sheet: &'s Sheet<'a>,
    name: &str,
    issues: &mut Issues,
) -> Option<&'s Section<'a>> {
    let found = sheet.section(name);
    if found.is_none() {
        issues.add(
            Rule::Missing,
            || "file".to_owned(),
            || format!("there is no {name}_SECTION; add it"),
        );
    }
    found
}

/// Service durations: a section, or one for all clients, or none.
fn services(
    sheet: &Sheet<'_>,
    count: Option<usize>,
    scale: u32,
    issues: &mut Issues,
) -> Option<Vec<i64>> {
    if let Some(section) = sheet.section("SERVICE_TIME") {
        return by_node(
            section,
            count,
            |[service]| field::span(service, scale),
            issues,
        );
    }
    let all = match sheet.spec("SERVICE_TIME") {
        None => 0,
        Some(spec) => field::span(spec.value, scale)
            .map_err(|(rule, advice)| issues.add(rule, || at(spec.line), || advice))
            .ok()?,
    };
    // One for each node that is really there, whatever DIMENSION says.
    let rows = sheet
        .section("DEMAND")
        .map_or(0, |section| section.rows.len());
    Some(vec![all; rows.min(count?)])
}

/// The depots' nodes, from 0: one, as long as there is no way to say which vehicles belong to which.
fn depots(sheet: &Sheet<'_>, count: Option<usize>, issues: &mut Issues) -> Option<Vec<usize>> {
    let Some(section) = sheet.section("DEPOT") else {
        return Some(vec![0]);
    };
    let mut depots: Vec<usize> = Vec::new();
    let mut sound = true;
    let fields = section
        .rows
        .iter()
        .flat_map(|(line, row)| row.split_whitespace().map(move |field| (*line, field)));
    for (line, field) in fields.take_while(|(_, field)| *field != "-1") {
        let node = Decimal::parse(field)
            .and_then(Decimal::whole)
            .and_then(|n| usize::try_from(n).ok());
        if let Some(node) = node.filter(|n| *n >= 1 && count.is_none_or(|count| *n <= count)) {
            depots.push(node - 1);
        } else {
            sound = false;
            issues.add(
                Rule::UnknownReference,
                || at(line),
                || format!("{} is not a node; correct it", quoted(field)),
            );
        }
    }
    if depots.len() > 1 {
        sound = false;
        let advice = || format!("there are {} depots; one is supported", depots.len());
        issues.add(Rule::Unsupported, || at(section.line), advice);
    }
    if depots.is_empty() {
        depots.push(0);
    }
    if count == Some(0) {
        issues.add(
            Rule::Empty,
            || "file".to_owned(),
            || "DIMENSION is 0; there must be a depot".to_owned(),
        );
        return None;
    }
    sound.then_some(depots)
}

fn by_table(count: usize, distances: Table<Option<i64>>) -> (Vec<Place>, TravelBy) {
    let places = (0..count)
        .map(|node| Place::row(u32::try_from(node).unwrap_or(u32::MAX)))
        .collect();
    let table = TravelTable {
        profile: String::new(),
        distances,
        durations: None,
    };
    (places, TravelBy::Tables(vec![table]))
}
