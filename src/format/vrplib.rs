//! VRPLIB: the form of `CVRPLIB`, and `PyVRP`'s dialect of it with windows, depots, fleets, reloads, prizes and groups.
//!
//! `KEY : value` lines and sections, in any order. Read are
//!
//! * coordinates (`EUC_2D`) and tables (`EXPLICIT`, `FULL_MATRIX` or one half of it, with its diagonal or without, by row
//!   or by column, wrapped in any way);
//! * of nodes `DEMAND_SECTION`, `TIME_WINDOW_SECTION`, `SERVICE_TIME_SECTION` or `SERVICE_TIME`, `RELEASE_TIME_SECTION`,
//!   and `PRIZE_SECTION`: the price of leaving a client out, 0 where it must be served;
//! * `MUTUALLY_EXCLUSIVE_GROUP_SECTION`: in each row the number of a group, then the clients of which exactly one is served
//!   ([`Group`]). None of them has a prize;
//! * of nodes where `TYPE` is VRPB: what is delivered in `DEMAND_SECTION` or `LINEHAUL_SECTION`, and what is picked up in
//!   `BACKHAUL_SECTION`; every route drops off everything before it picks up anything, and has a drop-off
//!   ([`Backhauls::LastAfterDropOff`]); and where `TYPE` is VRPSPD: the same sections, in any order on a route, and a client with
//!   an amount in both is an exchange;
//! * `DEPOT_SECTION`, with `VEHICLES_DEPOT_SECTION` where there are several;
//! * of vehicles, as a line for all or a section with a row for each: `CAPACITY`, `VEHICLES_DEPOT`,
//!   `VEHICLES_FIXED_COST`, `VEHICLES_UNIT_DISTANCE_COST`, `VEHICLES_MAX_DURATION`, `VEHICLES_MAX_DISTANCE`, and
//!   `VEHICLES_RELOAD_DEPOT`, where a row has one depot or more, with `VEHICLES_MAX_RELOADS`; and `VEHICLES_ALLOWED_CLIENTS`,
//!   where a row has the clients that the vehicle may serve;
//! * `DISTANCE`: how far each route goes at most, where there is no service; where there is, how long it takes with that, a unit
//!   of distance a unit of time. With windows or release times and service it would leave open whether waiting counts. Equal vehicles are one vehicle type; types come in the order in
//!   which the first vehicle of each appears.
//!
//! `TYPE` is CVRP, VRPTW, VRPB, VRPSPD, HFVRP, MDVRP, MDVRPTW, PCVRP, PCVRPTW or MTVRPTWR. Whatever else could change the meaning
//! is refused by name, never skipped: backhauls of any other type, a second day.
//!
//! # Conventions
//!
//! | file | usual | cost |
//! |---|---|---|
//! | `TYPE` HFVRP | [`Convention::Exact`] | a hundredth of what the file says, as the best-known costs are stated |
//! | `TYPE` MDVRP, MDVRPTW | [`Convention::Exact`] | the file's |
//! | `TYPE` VRPB | [`Convention::Rounded`] | the file's |
//! | `TYPE` CVRP without windows, with a `DISTANCE` | [`Convention::Exact`] | the file's |
//! | any other with time windows | [`Convention::Dimacs`] | the file's |
//! | any other | [`Convention::Rounded`] | the file's |
//!
//! Tables are whole numbers and are taken as they are. Costs are kept exactly, or refused.
//!
//! `VEHICLES` is a limit where a section has a row for each vehicle, where `TYPE` is none of CVRP, VRPTW, VRPB and VRPSPD, and in files
//! with coordinates and windows. Elsewhere the literature takes that number for information, and a fleet is as large as
//! it needs to be.

mod column;
mod demand;
mod fleet;
mod groups;
mod kind;
mod longest;
mod sheet;
mod weights;

use super::decimal::Decimal;
use super::field::{self, Fault};
use super::text::{self, at, quoted};
use super::{Convention, Instance, Numbering, TravelBy, TravelTable};
use crate::error::{Error, Issues, Rule};
use crate::measure::{
    Cost, DepotId, DimensionId, Duration, Load, OrderId, Table, Time, VehicleTypeId, Window,
};
use crate::model::{Backhauls, Depot, Group, Model, Order, OrderKind, Place, Reloads, VehicleType};
use column::Rows;
use demand::Demands;
use fleet::{Fleet, Units};
use kind::{Kind, check_known};
use longest::Longest;
use sheet::{Section, Sheet, Spec};
use std::collections::HashMap;

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
    kind: Kind,
    weights: Weights,
    places: Vec<Place>,
    travel: TravelBy,
    demands: Demands,
    depots: Depots,
    fleet: Fleet,
    longest: Option<Longest>,
    windows: Option<Vec<Window>>,
    services: Vec<i64>,
    releases: Option<Vec<i64>>,
    prizes: Option<Vec<Cost>>,
    groups: Vec<groups::Row>,
}

impl Nodes {
    /// Reads all columns before it gives up on any, so that all faults are found.
    fn read(
        sheet: &Sheet<'_>,
        convention: Option<Convention>,
        issues: &mut Issues,
    ) -> Option<Self> {
        check_known(sheet, issues);
        let kind = Kind::read(sheet, issues);
        let count = whole(sheet.spec("DIMENSION"), issues).and_then(|n| usize::try_from(n).ok());
        if sheet.spec("DIMENSION").is_none() {
            let advice = || "there is no DIMENSION line; state how many nodes there are".to_owned();
            issues.add(Rule::Missing, || "file".to_owned(), advice);
        }
        let nodes = Rows::nodes(count);
        let weights = weights(sheet, convention.unwrap_or(kind.usual(sheet)), issues);
        let scale = weights.map_or(1, Weights::scale);
        let (mut coordinates, mut table) = (None, None);
        if weights == Some(Weights::Table) {
            table = weights::table(sheet, count, issues);
        } else {
            coordinates = section(sheet, "NODE_COORD", issues)
                .and_then(|s| nodes.read(s, |[x, y]| field::point(x, y), issues));
        }
        let demands = Demands::read(sheet, nodes, kind, issues);
        let depots = Depots::read(sheet, count, issues);
        let units = Units {
            scale,
            costs: kind.costs_per_unit(),
        };
        let fleet = Fleet::read(sheet, depots.as_ref(), units, issues);
        let window = |[from, to]: [&str; 2]| field::window(from, to, scale);
        let windows = optional(nodes, sheet.section("TIME_WINDOW"), window, issues);
        let services = services(sheet, nodes, depots.as_ref(), scale, issues);
        let longest = Longest::read(sheet, scale, issues);
        let release = |[release]: [&str; 1]| field::span(release, scale);
        let releases = optional(nodes, sheet.section("RELEASE_TIME"), release, issues);
        let prize = |[prize]: [&str; 1]| field::cost(prize, 1);
        let prizes = optional(nodes, sheet.section("PRIZE"), prize, issues);
        let groups = groups::read(sheet, count, depots.as_ref(), issues);
        let (count, weights) = (count?, weights?);
        let (places, travel) = match weights {
            Weights::Straight(convention) => (coordinates?, TravelBy::Euclidean(convention)),
            Weights::Table => by_table(count, table?),
        };
        Some(Self {
            count,
            kind,
            weights,
            places,
            travel,
            demands: demands?,
            depots: depots?,
            fleet: fleet?,
            longest: longest?,
            windows: windows?,
            services: services?,
            releases: releases?,
            prizes: prizes?,
            groups: groups?,
        })
    }

    /// Puts the columns together.
    fn instance(self, sheet: &Sheet<'_>, issues: &mut Issues) -> Option<Instance> {
        self.check_depots(issues);
        self.check_clients(issues);
        self.check_groups(issues);
        self.check_longest(issues);
        let mut model = Model::new();
        let load = model.add_dimension("load");
        let number = |node: usize| u32::try_from(node).ok();
        let depots: Vec<DepotId> = (self.depots.nodes.iter())
            .map(|node| {
                let name = match self.depots.nodes.len() {
                    1 => "depot".to_owned(),
                    _ => format!("depot {node}"),
                };
                let mut depot = Depot::new(name, self.places[*node]);
                depot.window = self.windows.as_ref().map(|w| w[*node]);
                model.add_depot(depot)
            })
            .collect();
        self.add_vehicles(&mut model, load, &depots);
        let mut clients = Vec::new();
        for node in (0..self.count).filter(|node| self.depots.index(*node).is_none()) {
            let mut order = Order::drop_off(node.to_string(), self.places[node])
                .quantity(load, Load(self.demands.amounts[node]))
                .service(Duration(self.services[node]));
            order.kind = self.demands.kinds[node];
            if order.kind == OrderKind::Exchange {
                order = order.taken(load, Load(self.demands.taken[node]));
            }
            order.window = self.windows.as_ref().map(|w| w[node]);
            order.only_on = self.only_on(node, issues);
            let (release, prize) = (self.releases.as_ref(), self.prizes.as_ref());
            order.release = release.map(|r| r[node]).filter(|r| *r > 0).map(Time);
            // Nobody pays for a client without a prize: it is required.
            order.price = prize.map(|p| p[node]).filter(|p| *p > Cost::ZERO);
            model.add_order(order);
            clients.push(number(node)?);
        }
        self.add_groups(&mut model, &clients);
        let depots = self
            .depots
            .nodes
            .iter()
            .map(|node| number(*node))
            .collect::<Option<_>>()?;
        let name = sheet
            .spec("NAME")
            .map_or(String::new(), |spec| spec.value.to_owned());
        let mut numbering = Numbering::new(depots, clients);
        if let Some(listed) = self.fleet.listed.filter(|_| self.fleet.groups.len() > 1) {
            numbering = numbering.vehicles(listed.into_iter().map(VehicleTypeId::new).collect());
        }
        Some(Instance::new(name, model, self.travel, numbering))
    }

    /// One type for each group of equal vehicles.
    fn add_vehicles(&self, model: &mut Model, load: DimensionId, depots: &[DepotId]) {
        // See the room's head for when the number of vehicles is a limit.
        let timed = self.windows.is_some() && self.weights != Weights::Table;
        let counted = self.kind != Kind::Plain && !self.kind.picks_up();
        let limited = timed || counted || self.fleet.listed.is_some();
        for (index, (vehicle, count)) in self.fleet.groups.iter().enumerate() {
            let name = match self.fleet.groups.len() {
                1 => "vehicle".to_owned(),
                _ => format!("type {index}"),
            };
            let depot = depots[vehicle.depot];
            let mut vehicle_type = VehicleType::new(name, count.unwrap_or(0), depot)
                .capacity(load, vehicle.capacity)
                .fixed_cost(vehicle.fixed)
                .per_distance(vehicle.per_distance);
            vehicle_type.max_duration = vehicle.max_duration;
            vehicle_type.max_distance = vehicle.max_distance;
            if let Some(longest) = &self.longest {
                longest.limit(&mut vehicle_type, self.is_served());
            }
            if self.kind == Kind::Backhauls {
                vehicle_type.backhauls = Backhauls::LastAfterDropOff;
            }
            if !vehicle.reload_depots.is_empty() {
                vehicle_type.reloads = Some(Reloads {
                    depots: vehicle.reload_depots.iter().map(|d| depots[*d]).collect(),
                    most: vehicle.max_reloads,
                });
            }
            model.add_vehicle_type(match count {
                Some(_) if limited => vehicle_type,
                _ => vehicle_type.unlimited(),
            });
        }
    }

    /// Whether service takes time somewhere.
    fn is_served(&self) -> bool {
        self.services.iter().any(|service| *service > 0)
    }

    /// With service and waiting, a limit on both leaves open whether waiting counts.
    fn check_longest(&self, issues: &mut Issues) {
        let waits = self.windows.is_some() || self.releases.is_some();
        if let Some(longest) = self.longest.as_ref().filter(|_| waits && self.is_served()) {
            longest.refuse(issues);
        }
    }

    /// The groups of vehicles that may serve a client; none where all may.
    fn only_on(&self, node: usize, issues: &mut Issues) -> Vec<VehicleTypeId> {
        let groups = self.fleet.groups.iter().enumerate();
        let serves = |clients: &Vec<usize>| clients.binary_search(&(node + 1)).is_ok();
        let may = groups.filter(|(_, (vehicle, _))| vehicle.clients.as_ref().is_none_or(serves));
        let types: Vec<VehicleTypeId> = may.map(|(index, _)| VehicleTypeId::new(index)).collect();
        if types.is_empty() {
            let advice = || format!("no vehicle may serve client {}; name one", node + 1);
            issues.add(
                Rule::Unservable,
                || "VEHICLES_ALLOWED_CLIENTS_SECTION".to_owned(),
                advice,
            );
        }
        if types.len() == self.fleet.groups.len() {
            return Vec::new();
        }
        types
    }

    /// Vehicles serve clients, which are nodes that are no depots.
    fn check_clients(&self, issues: &mut Issues) {
        let named = self
            .fleet
            .groups
            .iter()
            .filter_map(|(v, _)| v.clients.as_ref());
        for number in named.flatten() {
            let node = number.checked_sub(1).filter(|node| *node < self.count);
            if node.is_none_or(|node| self.depots.index(node).is_some()) {
                let advice = || format!("{number} is no client; correct it");
                issues.add(
                    Rule::UnknownReference,
                    || "VEHICLES_ALLOWED_CLIENTS_SECTION".to_owned(),
                    advice,
                );
            }
        }
    }

    /// Groups of clients, which were added in this order. A group of one says nothing.
    fn add_groups(&self, model: &mut Model, clients: &[u32]) {
        for (_, nodes) in self.groups.iter().filter(|(_, nodes)| nodes.len() > 1) {
            // Clients are in the order of their nodes.
            let client = |node: &usize| clients.binary_search(&u32::try_from(*node).ok()?).ok();
            let orders = nodes.iter().filter_map(client);
            model.add_group(Group::of(orders.map(OrderId::new)));
        }
    }

    /// One of a group must be served: prizes of its clients would say otherwise.
    fn check_groups(&self, issues: &mut Issues) {
        let groups = self.groups.iter().filter(|(_, nodes)| nodes.len() > 1);
        for (line, node) in groups.flat_map(|(line, nodes)| nodes.iter().map(move |n| (line, n))) {
            let prizes = self.prizes.as_ref();
            if prizes.is_some_and(|prizes| prizes[*node] != Cost::ZERO) {
                let advice = || {
                    format!(
                        "node {} is in a group, one of which must be served, and has a prize; set that to 0",
                        node + 1
                    )
                };
                issues.add(Rule::Unsupported, || at(*line), advice);
            }
        }
    }

    /// Nothing is delivered to a depot, and nothing happens there.
    fn check_depots(&self, issues: &mut Issues) {
        for node in &self.depots.nodes {
            let stated = [
                ("DEMAND", "demand", self.demands.amounts[*node] != 0),
                ("SERVICE_TIME", "service time", self.services[*node] != 0),
                (
                    "RELEASE_TIME",
                    "release time",
                    self.releases.as_ref().is_some_and(|r| r[*node] != 0),
                ),
                (
                    "PRIZE",
                    "prize",
                    self.prizes.as_ref().is_some_and(|p| p[*node] != Cost::ZERO),
                ),
            ];
            for (section, what, _) in stated.iter().filter(|(_, _, found)| *found) {
                let advice = || format!("depot {} has a {what}; set it to 0", node + 1);
                issues.add(Rule::Inconsistent, || format!("{section}_SECTION"), advice);
            }
        }
    }
}

/// What a section states where it is there; the outer `None` where it is at fault.
#[allow(clippy::option_option, reason = "a fault is not an absence")]
fn optional<T: Copy, const N: usize>(
    rows: Rows,
    section: Option<&Section<'_>>,
    value: impl Fn([&str; N]) -> Result<T, Fault>,
    issues: &mut Issues,
) -> Option<Option<Vec<T>>> {
    match section {
        None => Some(None),
        Some(section) => rows.read(section, value, issues).map(Some),
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
    fn scale(self) -> u32 {
        match self {
            Self::Straight(convention) => convention.scale(),
            Self::Table => 1,
        }
    }
}

fn weights(sheet: &Sheet<'_>, convention: Convention, issues: &mut Issues) -> Option<Weights> {
    let straight = Weights::Straight(convention);
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

/// Service durations by node: a section, or one for all clients, or none.
fn services(
    sheet: &Sheet<'_>,
    nodes: Rows,
    depots: Option<&Depots>,
    scale: u32,
    issues: &mut Issues,
) -> Option<Vec<i64>> {
    if let Some(section) = sheet.section("SERVICE_TIME") {
        return nodes.read(section, |[service]| field::span(service, scale), issues);
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
        .or_else(|| sheet.section("LINEHAUL"))
        .map_or(0, |section| section.rows.len());
    let depots = depots?;
    let service = |node| if depots.index(node).is_some() { 0 } else { all };
    Some((0..rows.min(nodes.count?)).map(service).collect())
}

/// A node, from 0, by its number in the file.
fn node(field: &str, count: Option<usize>) -> Option<usize> {
    let number = Decimal::parse(field).and_then(Decimal::whole)?;
    let node = usize::try_from(number).ok()?.checked_sub(1)?;
    count.is_none_or(|count| node < count).then_some(node)
}

/// The nodes, from 0, that are depots.
struct Depots {
    nodes: Vec<usize>,
    /// The place of each in the list.
    indices: HashMap<usize, usize>,
}

impl Depots {
    /// The nodes that the `DEPOT_SECTION` lists up to -1; the first one where it lists none, or is not there.
    fn read(sheet: &Sheet<'_>, count: Option<usize>, issues: &mut Issues) -> Option<Self> {
        if count == Some(0) {
            let advice = || "DIMENSION is 0; there must be a depot".to_owned();
            issues.add(Rule::Empty, || "file".to_owned(), advice);
            return None;
        }
        let mut depots = Self {
            nodes: Vec::new(),
            indices: HashMap::new(),
        };
        let mut sound = true;
        let rows = sheet.section("DEPOT").map_or(&[][..], |s| &s.rows);
        let fields = rows
            .iter()
            .flat_map(|(line, row)| row.split_whitespace().map(move |field| (*line, field)));
        for (line, field) in fields.take_while(|(_, field)| *field != "-1") {
            let Some(node) = node(field, count) else {
                sound = false;
                let advice = || format!("{} is not a node; correct it", quoted(field));
                issues.add(Rule::UnknownReference, || at(line), advice);
                continue;
            };
            if !depots.add(node) {
                sound = false;
                let advice = || format!("depot {} is listed twice; keep one", quoted(field));
                issues.add(Rule::DuplicateName, || at(line), advice);
            }
        }
        if depots.nodes.is_empty() {
            depots.add(0);
        }
        sound.then_some(depots)
    }

    /// Whether it is a new one.
    fn add(&mut self, node: usize) -> bool {
        let new = self.indices.insert(node, self.nodes.len()).is_none();
        if new {
            self.nodes.push(node);
        }
        new
    }

    /// The place of a node in the list of depots, if it is one.
    fn index(&self, node: usize) -> Option<usize> {
        self.indices.get(&node).copied()
    }
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
