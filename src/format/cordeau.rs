//! The form of Cordeau: several depots with vehicles of their own, with or without windows.
//!
//! Numbers only:
//!
//! ```text
//! type m n t                             2 (MDVRP) or 6 (MDVRPTW), vehicles of each depot, clients, depots
//! D Q                                    t rows: longest duration and capacity at a depot, 0: no limit
//! i x y d q f a list [e l]               n rows: client, place, service, demand, visits, ways to place them, window
//! i x y d q f a [e l]                    t rows: depot, with zeros, and its window
//! ```
//!
//! `f` is 1, and the list allows every depot (1 2 4 …): a visit on several days or at some depots only is refused, and so
//! are the form's other types. Vehicles end where they start. Solutions number clients and depots as the file does.
//!
//! # Conventions
//!
//! Usual is [`Convention::Exact`]. A route's duration is its travel, service and waiting, from the best moment to leave.
//!
//! # References
//!
//! J.-F. Cordeau, M. Gendreau and G. Laporte (1997), A tabu search heuristic for periodic and multi-depot vehicle routing
//! problems, Networks 30(2), 105–119, `doi:10.1002/(SICI)1097-0037(199709)30:2<105::AID-NET5>3.0.CO;2-G`.

use super::decimal::Decimal;
use super::field::{self, Fault};
use super::text::{self, at, quoted};
use super::{Convention, Instance, Numbering, TravelBy};
use crate::error::{Error, Issues, Rule};
use crate::measure::{Duration, Load, Window};
use crate::model::{Depot, Model, Order, Place, VehicleType};
use std::collections::HashSet;

/// What the form's types ask for.
const TYPES: [&str; 8] = [
    "VRP", "PVRP", "MDVRP", "SDVRP", "VRPTW", "PVRPTW", "MDVRPTW", "SDVRPTW",
];

/// Reads a file of Cordeau's form; without a convention, [`Convention::Exact`].
///
/// # Errors
///
/// Every fault found, each with its line.
///
/// ```
/// let text = "2 1 2 2\n0 9\n0 9\n1 0 3 0 4 1 2 1 2\n2 8 3 0 5 1 2 1 2\n3 0 0 0 0 0 0\n4 8 0 0 0 0 0";
/// let instance = milkrun::format::cordeau::read(text, None)?;
/// assert_eq!(instance.model.depots().len(), 2);
/// # Ok::<(), milkrun::error::Error>(())
/// ```
pub fn read(text: impl AsRef<[u8]>, convention: Option<Convention>) -> Result<Instance, Error> {
    parse(&text::decode(text.as_ref()), convention)
}

pub(super) fn looks_like(text: &str) -> bool {
    text::lines(text).next().is_some_and(|(_, row)| {
        let words = row.split_whitespace();
        let numbers = words.map(|word| Decimal::parse(word).and_then(Decimal::whole));
        numbers.clone().count() == 4 && numbers.into_iter().all(|number| number.is_some())
    })
}

pub(super) fn parse(text: &str, convention: Option<Convention>) -> Result<Instance, Error> {
    let convention = convention.unwrap_or(Convention::Exact);
    let mut issues = Issues::new();
    let mut rows = text::lines(text);
    let Some(head) = rows.next().and_then(|row| Head::read(row, &mut issues)) else {
        issues.into_result()?;
        let advice = "there is no row `type m n t`; add it";
        return Err(Error::one("file", Rule::Empty, advice));
    };
    let rows: Vec<Row<'_>> = rows.collect();
    let sheet = Sheet::cut(&head, &rows, &mut issues);
    let scale = convention.scale();
    let limits: Vec<Limits> = (sheet.limits.iter())
        .filter_map(|row| noted(row.0, Limits::read(row.1, scale), &mut issues))
        .collect();
    let site = |row: &Row<'_>, at_depot, issues: &mut Issues| {
        noted(row.0, Site::read(*row, &head, at_depot, scale), issues)
    };
    let clients: Vec<Site> = (sheet.clients.iter())
        .filter_map(|row| site(row, false, &mut issues))
        .collect();
    let depots: Vec<Site> = (sheet.depots.iter())
        .filter_map(|row| site(row, true, &mut issues))
        .collect();
    let mut seen = HashSet::new();
    for site in clients.iter().chain(&depots) {
        if !seen.insert(site.number) {
            let advice = || format!("number {} has a second row; keep one", site.number);
            issues.add(Rule::DuplicateName, || at(site.line), advice);
        }
    }
    issues.into_result()?;
    Ok(instance(&head, &limits, &clients, &depots, convention))
}

/// A line and its number.
type Row<'a> = (usize, &'a str);

/// The value, or nothing and a note.
fn noted<T>(line: usize, found: Result<T, Fault>, issues: &mut Issues) -> Option<T> {
    found
        .map_err(|(rule, advice)| issues.add(rule, || at(line), || advice))
        .ok()
}

/// The first row.
struct Head {
    line: usize,
    timed: bool,
    vehicles: u32,
    clients: usize,
    depots: usize,
}

impl Head {
    fn read((line, row): Row<'_>, issues: &mut Issues) -> Option<Self> {
        let numbers: Vec<Option<u32>> = row
            .split_whitespace()
            .map(|word| noted(line, field::number(word), issues))
            .collect();
        let [kind, vehicles, clients, depots] = numbers[..] else {
            let advice = || format!("{} is not `type m n t`; correct the row", quoted(row));
            issues.add(Rule::Syntax, || at(line), advice);
            return None;
        };
        let (kind, vehicles, clients, depots) = (kind?, vehicles?, clients?, depots?);
        if kind != 2 && kind != 6 {
            let advice = || {
                let name = TYPES.get(kind as usize).unwrap_or(&"unknown");
                format!(
                    "type {kind} ({name}) is not supported; of this form, 2 (MDVRP) and 6 (MDVRPTW) are read"
                )
            };
            issues.add(Rule::Unsupported, || at(line), advice);
            return None;
        }
        let absent = [("depot", depots), ("vehicle", vehicles)];
        for (what, _) in absent.iter().filter(|(_, count)| *count == 0) {
            let advice = || format!("there is no {what}; state at least one");
            issues.add(Rule::Empty, || at(line), advice);
        }
        if depots == 0 || vehicles == 0 {
            return None;
        }
        Some(Self {
            line,
            timed: kind == 6,
            vehicles,
            clients: clients as usize,
            depots: depots as usize,
        })
    }

    /// How many numbers there are in a row behind its list.
    fn tail(&self) -> usize {
        if self.timed { 2 } else { 0 }
    }
}

/// The rows by what they state; no more than there are, whatever the first row declares.
struct Sheet<'s, 'a> {
    limits: &'s [Row<'a>],
    clients: &'s [Row<'a>],
    depots: &'s [Row<'a>],
}

impl<'s, 'a> Sheet<'s, 'a> {
    fn cut(head: &Head, rows: &'s [Row<'a>], issues: &mut Issues) -> Self {
        let wanted = head.clients.saturating_add(head.depots.saturating_mul(2));
        if rows.len() != wanted {
            let advice = || {
                format!(
                    "{} depots and {} clients need {wanted} more rows (limits, clients, depots), but there are {}; \
                     correct the numbers or complete the file",
                    head.depots,
                    head.clients,
                    rows.len()
                )
            };
            issues.add(Rule::Inconsistent, || at(head.line), advice);
        }
        let (limits, rest) = rows.split_at(head.depots.min(rows.len()));
        let (clients, rest) = rest.split_at(head.clients.min(rest.len()));
        Self {
            limits,
            clients,
            depots: &rest[..head.depots.min(rest.len())],
        }
    }
}

/// What binds the vehicles of one depot.
struct Limits {
    duration: Option<Duration>,
    capacity: Option<Load>,
}

impl Limits {
    fn read(row: &str, scale: u32) -> Result<Self, Fault> {
        let fields: Vec<&str> = row.split_whitespace().take(3).collect();
        let [duration, capacity] = fields[..] else {
            let advice = format!(
                "{} is not a longest duration and a capacity; correct the row",
                quoted(row)
            );
            return Err((Rule::Syntax, advice));
        };
        let limit = |value: i64| (value > 0).then_some(value);
        Ok(Self {
            duration: limit(field::span(duration, scale)?).map(Duration),
            capacity: limit(field::amount(capacity)?).map(Load),
        })
    }
}

/// A client or a depot, scaled.
struct Site {
    line: usize,
    number: u32,
    place: Place,
    service: i64,
    demand: i64,
    window: Option<Window>,
}

impl Site {
    fn read((line, row): Row<'_>, head: &Head, at_depot: bool, scale: u32) -> Result<Self, Fault> {
        let fields: Vec<&str> = row.split_whitespace().collect();
        let (Some([number, x, y, service, demand, visits, ways]), Some(rest)) =
            (fields.first_chunk::<7>(), fields.get(7..))
        else {
            let what = "`i x y d q f a`, a list and, in type 6, a window";
            let advice = format!("{} is not {what}; complete the row", quoted(row));
            return Err((Rule::Syntax, advice));
        };
        let ways = field::number(ways)? as usize;
        if rest.len() != ways.saturating_add(head.tail()) {
            let advice = format!(
                "{} has {} numbers behind its seventh, but its list is of {ways} and {} come behind it; correct the row",
                quoted(row),
                rest.len(),
                head.tail()
            );
            return Err((Rule::Syntax, advice));
        }
        let (list, window) = rest.split_at(ways);
        let site = Self {
            line,
            number: field::number(number)?,
            place: field::point(x, y)?,
            service: field::span(service, scale)?,
            demand: field::amount(demand)?,
            window: match window {
                [from, to] => Some(field::window(from, to, scale)?),
                _ => None,
            },
        };
        let visits = field::number(visits)?;
        if at_depot {
            site.check_depot()?;
        } else {
            check_visits(visits, list, head.depots)?;
        }
        Ok(site)
    }

    fn check_depot(&self) -> Result<(), Fault> {
        if self.demand == 0 && self.service == 0 {
            return Ok(());
        }
        let advice = format!(
            "depot {} has a demand or a service time; set it to 0",
            self.number
        );
        Err((Rule::Inconsistent, advice))
    }
}

/// One visit, from any of the depots.
fn check_visits(visits: u32, list: &[&str], depots: usize) -> Result<(), Fault> {
    if visits != 1 {
        let advice = format!("{visits} visits are not supported; the model serves an order once");
        return Err((Rule::Unsupported, advice));
    }
    let mut allowed = HashSet::new();
    for field in list {
        allowed.insert(field::number(field)?);
    }
    // Depot k is 2^k. No list is that long for more depots than there are bits.
    let all = depots <= 32
        && allowed.len() == depots
        && allowed
            .iter()
            .all(|way| way.is_power_of_two() && (way.trailing_zeros() as usize) < depots);
    if all {
        return Ok(());
    }
    let advice = format!(
        "its list does not allow each of the {depots} depots, and no others (1 2 4 …); clients of some depots only \
         are not supported"
    );
    Err((Rule::Unsupported, advice))
}

fn instance(
    head: &Head,
    limits: &[Limits],
    clients: &[Site],
    depots: &[Site],
    convention: Convention,
) -> Instance {
    let mut model = Model::new();
    let load = model.add_dimension("load");
    for (site, limits) in depots.iter().zip(limits) {
        let mut depot = Depot::new(format!("depot {}", site.number), site.place);
        depot.window = site.window;
        let start = model.add_depot(depot);
        let name = format!("vehicle of depot {}", site.number);
        let mut vehicle = VehicleType::new(name, head.vehicles, start)
            .per_distance(convention.cost_per_distance());
        if let Some(capacity) = limits.capacity {
            vehicle = vehicle.capacity(load, capacity);
        }
        vehicle.max_duration = limits.duration;
        model.add_vehicle_type(vehicle);
    }
    for site in clients {
        let mut order = Order::drop_off(site.number.to_string(), site.place)
            .quantity(load, Load(site.demand))
            .service(Duration(site.service));
        order.window = site.window;
        model.add_order(order);
    }
    let numbers = |sites: &[Site]| sites.iter().map(|site| site.number).collect();
    let mut numbering = Numbering::new(numbers(depots), numbers(clients));
    if depots.len() > 1 {
        numbering = numbering.vehicles_unsaid();
    }
    Instance::new(
        String::new(),
        model,
        TravelBy::Euclidean(convention),
        numbering,
    )
}
