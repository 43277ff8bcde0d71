//! The form of Solomon, and of Gehring and Homberger: windows, one depot, a limited fleet.
//!
//! A name, `NUMBER CAPACITY` with its two numbers, and rows `number x y demand ready due service`; customer 0 is the
//! depot. Headings may be of any case and wording.
//!
//! # Conventions
//!
//! Usual is [`Convention::Dimacs`]: lengths with one decimal, cut off.
//!
//! # References
//!
//! M. M. Solomon (1987), Algorithms for the vehicle routing and scheduling problems with time window constraints,
//! doi:10.1287/opre.35.2.254. H. Gehring and J. Homberger (1999), a parallel hybrid evolutionary metaheuristic for the
//! vehicle routing problem with time windows, Proceedings of EUROGEN99.

use super::field::{self, Fault};
use super::text::{self, at, quoted};
use super::{Convention, Instance, Numbering, TravelBy};
use crate::error::{Error, Issues, Rule};
use crate::measure::{DimensionId, Duration, Load, Window};
use crate::model::{Depot, Model, Order, Place, VehicleType};
use std::collections::HashSet;

/// Reads a file of Solomon's form; without a convention, [`Convention::Dimacs`].
///
/// # Errors
///
/// Every fault found, each with its line.
pub fn read(text: impl AsRef<[u8]>, convention: Option<Convention>) -> Result<Instance, Error> {
    parse(&text::decode(text.as_ref()), convention)
}

pub(super) fn looks_like(text: &str) -> bool {
    text::lines(text)
        .take(12)
        .any(|(_, line)| is_fleet_heading(line))
}

fn is_fleet_heading(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let mut next = |word: &str| words.next().is_some_and(|w| w.eq_ignore_ascii_case(word));
    next("NUMBER") && next("CAPACITY")
}

pub(super) fn parse(text: &str, convention: Option<Convention>) -> Result<Instance, Error> {
    let convention = convention.unwrap_or(Convention::Dimacs);
    let mut issues = Issues::new();
    let mut lines = text::lines(text);
    let mut name = String::new();
    let mut headed = false;
    for (_, line) in lines.by_ref() {
        if is_fleet_heading(line) {
            headed = true;
            break;
        }
        if name.is_empty() && !line.eq_ignore_ascii_case("VEHICLE") {
            line.clone_into(&mut name);
        }
    }
    if !headed {
        let advice = "there is no NUMBER CAPACITY line; the form needs it";
        issues.add(Rule::Missing, || "file".to_owned(), || advice.to_owned());
    }
    let fleet = lines
        .next()
        .and_then(|(line, row)| fleet(line, row, &mut issues));
    let customers = customers(lines, convention.scale(), &mut issues);
    if fleet.is_none() && issues.is_empty() {
        let advice = "after NUMBER CAPACITY there are no numbers; add them";
        issues.add(Rule::Missing, || "file".to_owned(), || advice.to_owned());
    }
    issues.into_result()?;
    let (Some(fleet), Some((depot, clients))) = (fleet, customers.split_first()) else {
        return Err(Error::one(
            "file",
            Rule::Empty,
            "there is no customer 0, the depot; add it",
        ));
    };
    Ok(instance(name, fleet, depot, clients, convention))
}

/// One row, scaled.
struct Customer {
    number: u32,
    place: Place,
    demand: i64,
    window: Window,
    service: i64,
}

/// A model without clients: one depot, and the vehicles that it has, all alike; and what they carry.
pub(super) fn fleet_of_one_depot(
    (vehicles, capacity): (u32, i64),
    place: Place,
    window: Window,
    convention: Convention,
) -> (Model, DimensionId) {
    let mut model = Model::new();
    let load = model.add_dimension("load");
    let start = model.add_depot(Depot::new("depot", place).window(window));
    model.add_vehicle_type(
        VehicleType::new("vehicle", vehicles, start)
            .capacity(load, Load(capacity))
            .per_distance(convention.cost_per_distance()),
    );
    (model, load)
}

fn instance(
    name: String,
    fleet: (u32, i64),
    depot: &Customer,
    clients: &[Customer],
    convention: Convention,
) -> Instance {
    let (mut model, load) = fleet_of_one_depot(fleet, depot.place, depot.window, convention);
    for client in clients {
        model.add_order(
            Order::drop_off(client.number.to_string(), client.place)
                .quantity(load, Load(client.demand))
                .window(client.window)
                .service(Duration(client.service)),
        );
    }
    let numbering = Numbering::new(
        vec![depot.number],
        clients.iter().map(|c| c.number).collect(),
    );
    Instance::new(name, model, TravelBy::Euclidean(convention), numbering)
}

fn fleet(line: usize, row: &str, issues: &mut Issues) -> Option<(u32, i64)> {
    let fields: Vec<&str> = row.split_whitespace().take(3).collect();
    if let [count, capacity] = fields[..]
        && let (Ok(count), Ok(capacity)) = (field::number(count), field::amount(capacity))
    {
        return Some((count, capacity));
    }
    let advice = || {
        format!(
            "{} is not a number of vehicles and a capacity; correct it",
            quoted(row)
        )
    };
    issues.add(Rule::Syntax, || at(line), advice);
    None
}

/// All customers, the depot first.
fn customers<'a>(
    rows: impl Iterator<Item = (usize, &'a str)>,
    scale: u32,
    issues: &mut Issues,
) -> Vec<Customer> {
    let mut customers: Vec<Customer> = Vec::new();
    let mut seen = HashSet::new();
    let mut begun = false;
    for (line, row) in rows {
        if !begun && row.starts_with(|c: char| c.is_alphabetic()) {
            continue; // a heading
        }
        begun = true;
        match customer(row, scale) {
            Ok(customer) => {
                if !seen.insert(customer.number) {
                    let advice =
                        || format!("customer {} has a second row; keep one", customer.number);
                    issues.add(Rule::DuplicateName, || at(line), advice);
                }
                if customer.number == 0 && customer.demand != 0 {
                    issues.add(
                        Rule::Inconsistent,
                        || at(line),
                        || "the depot has a demand; set it to 0".to_owned(),
                    );
                }
                customers.push(customer);
            }
            Err((rule, advice)) => issues.add(rule, || at(line), || advice),
        }
    }
    match customers.iter().position(|c| c.number == 0) {
        Some(depot) => customers[..=depot].rotate_right(1),
        None if issues.is_empty() => {
            let advice = "there is no customer 0, the depot; add it";
            issues.add(Rule::Missing, || "file".to_owned(), || advice.to_owned());
        }
        None => {}
    }
    customers
}

fn customer(row: &str, scale: u32) -> Result<Customer, Fault> {
    let mut fields = row.split_whitespace();
    let mut values = [""; 7];
    let filled = values
        .iter_mut()
        .zip(&mut fields)
        .map(|(value, field)| *value = field)
        .count();
    if filled != 7 || fields.next().is_some() {
        let advice = format!(
            "{} is not `number x y demand ready due service`; correct the row",
            quoted(row)
        );
        return Err((Rule::Syntax, advice));
    }
    let [number, x, y, demand, ready, due, service] = values;
    Ok(Customer {
        number: field::number(number)?,
        place: field::point(x, y)?,
        demand: field::amount(demand)?,
        window: field::window(ready, due, scale)?,
        service: field::span(service, scale)?,
    })
}
