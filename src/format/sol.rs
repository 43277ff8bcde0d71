//! `CVRPLIB`'s `.sol`: one line a route, and the cost.
//!
//! ```text
//! Route #1: 3 4 5
//! Route #2: 1 2
//! Cost 247
//! ```
//!
//! Clients go by their numbers in the instance's [`Numbering`]; a depot's number between two clients is a reload there, and
//! nothing where no trip begins or ends with it. Where a VRPLIB file has a row for each vehicle, the first
//! route is that of the first vehicle, and so on; a vehicle that stands still has a route without clients. Where there are
//! several types of vehicle and no such list, the form cannot say which one drives a route; unserved clients are those
//! that it does not name. [`routes`](super::routes) says all of this.

use super::Numbering;
use super::decimal::Decimal;
use super::field;
use super::text::{self, at, quoted};
use crate::error::{Error, Issues, Rule};
use crate::measure::{Cost, OrderId, VehicleTypeId};
use crate::plan::{Plan, Reload, Route, RouteDraft};
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fmt::Write as _;

/// What a `.sol` file says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Solution {
    /// Its routes; those without stops are left out.
    pub routes: Vec<RouteDraft>,
    /// The cost that it states, in the instance's unit. It is not checked: a [`Plan`] of the routes says the real one.
    pub cost: Option<Cost>,
}

/// Reads a solution. Case, colons and `#` do not matter; lines that are neither a route nor the cost are remarks.
///
/// # Errors
///
/// Every fault found, each with its line: numbers that are no clients, clients that are visited twice, routes of which
/// nothing says what drives them.
///
/// ```
/// use milkrun::format::{Numbering, sol};
/// use milkrun::measure::Cost;
/// let solution = sol::read("Route #1: 2 1\nroute 2 3\nCOST: 12.5\n", &Numbering::in_order(1, 3))?;
/// assert_eq!(solution.routes.len(), 2);
/// assert_eq!(solution.cost, Some(Cost(12_500_000)));
/// # Ok::<(), milkrun::error::Error>(())
/// ```
pub fn read(text: impl AsRef<[u8]>, numbering: &Numbering) -> Result<Solution, Error> {
    let text = text::decode(text.as_ref());
    let mut issues = Issues::new();
    let mut seen = HashSet::new();
    let mut solution = Solution {
        routes: Vec::new(),
        cost: None,
    };
    let mut recognised = false;
    let mut place = 0..;
    for (line, row) in text::lines(&text) {
        if let Some(rest) = after_word(row, "route") {
            recognised = true;
            let (stops, reloads) = visits(line, clients(rest), numbering, &mut seen, &mut issues);
            let vehicle_type = place.next().and_then(|p| numbering.vehicle_type(p));
            match vehicle_type {
                _ if stops.is_empty() => {}
                Some(vehicle_type) => solution.routes.push(RouteDraft {
                    vehicle_type,
                    stops,
                    reloads,
                }),
                None => issues.add(Rule::UnknownReference, || at(line), || unknown(numbering)),
            }
        } else if let Some(rest) = after_word(row, "cost") {
            recognised = true;
            solution.cost = cost(line, rest, &mut issues);
        } else if row.starts_with(|c: char| c.is_ascii_digit()) {
            let advice = || {
                format!(
                    "{} belongs to no route; begin the line with `Route #1:`",
                    quoted(row)
                )
            };
            issues.add(Rule::Syntax, || at(line), advice);
        }
    }
    if !recognised {
        let advice = || "there is neither a Route nor a Cost line; this is no .sol file".to_owned();
        issues.add(Rule::Syntax, || "file".to_owned(), advice);
    }
    issues.into_result().map(|()| solution)
}

fn unknown(numbering: &Numbering) -> String {
    match numbering.listed() {
        Some(vehicles) => format!(
            "there are {} vehicles, and this is one route more; leave it out",
            vehicles.len()
        ),
        None => "there are several vehicle types, and nothing says which one drives this route; \
                 state it in neutral routes"
            .to_owned(),
    }
}

/// What follows `word` at the start of a line, if it is there as a whole word.
fn after_word<'a>(row: &'a str, word: &str) -> Option<&'a str> {
    let rest = row.get(word.len()..)?;
    let whole = row[..word.len()].eq_ignore_ascii_case(word)
        && !rest.starts_with(|c: char| c.is_alphanumeric());
    whole.then_some(rest)
}

/// What follows the number of the route.
fn clients(rest: &str) -> &str {
    match rest.split_once(':') {
        Some((_, clients)) => clients,
        None => rest
            .trim_start_matches([' ', '\t', '#'])
            .trim_start_matches(|c: char| c.is_ascii_digit()),
    }
}

/// The stops and the reloads between them.
fn visits(
    line: usize,
    clients: &str,
    numbering: &Numbering,
    seen: &mut HashSet<u32>,
    issues: &mut Issues,
) -> (Vec<OrderId>, Vec<Reload>) {
    let mut stops = Vec::new();
    let mut reloads = Vec::new();
    let mut between = None;
    for word in clients.split_whitespace() {
        let client = field::number(word).ok();
        let depot = client.and_then(|number| numbering.depot_id(number));
        if let Some(depot) = depot {
            between = Some(depot);
            continue;
        }
        if let Some(order) = client.and_then(|client| numbering.order(client)) {
            let before = stops.len();
            if let Some(depot) = between.take().filter(|_| before > 0) {
                reloads.push(Reload { before, depot });
            }
            stops.push(order);
        } else {
            let advice = || {
                format!(
                    "{} is not a client of this instance; correct it",
                    quoted(word)
                )
            };
            issues.add(Rule::UnknownReference, || at(line), advice);
        }
        if client.is_some_and(|client| !seen.insert(client)) {
            let advice = || format!("client {} is visited twice; keep one visit", quoted(word));
            issues.add(Rule::DuplicateName, || at(line), advice);
        }
    }
    (stops, reloads)
}

fn cost(line: usize, rest: &str, issues: &mut Issues) -> Option<Cost> {
    let word = rest.trim_matches(|c: char| c.is_whitespace() || c == ':' || c == '=');
    let cost = Decimal::parse(word).and_then(|decimal| decimal.times(Cost::SCALE as u32));
    if cost.is_none() {
        issues.add(
            Rule::Syntax,
            || at(line),
            || format!("the cost {} is not a number; correct it", quoted(word)),
        );
    }
    cost.map(Cost)
}

/// Writes the routes and the cost of a plan.
///
/// The types of vehicles get lost unless the [places of routes tell them](Numbering::places_tell_vehicles).
pub fn write(plan: &Plan, numbering: &Numbering) -> String {
    let mut out = String::new();
    for (number, route) in (1..).zip(by_vehicle(plan, numbering)) {
        let _ = write!(out, "Route #{number}:");
        if let Some(route) = route {
            write_visits(&mut out, route, numbering);
        }
        out.push('\n');
    }
    let _ = writeln!(out, "Cost {}", plan.cost().total().decimal());
    out
}

/// The clients, with a depot where the vehicle reloads.
fn write_visits(out: &mut String, route: &Route, numbering: &Numbering) {
    let mut reloads = route.reloads().iter().peekable();
    for (index, stop) in route.stops().iter().enumerate() {
        if let Some(reload) = reloads.next_if(|reload| reload.before == index) {
            let _ = write!(out, " {}", numbering.depot(reload.depot));
        }
        let _ = write!(out, " {}", numbering.client(stop.order));
    }
}

/// The routes by vehicle, up to the last one that drives; those for which no vehicle is left come behind.
fn by_vehicle<'a>(plan: &'a Plan, numbering: &Numbering) -> Vec<Option<&'a Route>> {
    let Some(vehicles) = numbering.listed() else {
        return plan.routes().iter().map(Some).collect();
    };
    let mut waiting: BTreeMap<VehicleTypeId, VecDeque<&Route>> = BTreeMap::new();
    for route in plan.routes() {
        waiting
            .entry(route.vehicle_type())
            .or_default()
            .push_back(route);
    }
    let mut lines: Vec<Option<&Route>> = (vehicles.iter())
        .map(|vehicle_type| waiting.get_mut(vehicle_type)?.pop_front())
        .collect();
    let driving = lines.iter().rposition(Option::is_some);
    lines.truncate(driving.map_or(0, |last| last + 1));
    let left: Vec<&Route> = waiting.into_values().flatten().collect();
    if !left.is_empty() {
        lines.resize(vehicles.len(), None);
        lines.extend(left.into_iter().map(Some));
    }
    lines
}
