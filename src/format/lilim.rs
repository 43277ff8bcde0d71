//! The form of Li and Lim: goods that go from one client to another, with windows, one depot, and a limited fleet.
//!
//! Numbers only:
//!
//! ```text
//! K Q S                                  vehicles, capacity, and a speed, which no published cost uses
//! i x y d e l f p q                      rows: number, place, demand, window, service, sibling it comes from, and goes to
//! ```
//!
//! Number 0 is the depot. Of a pickup `d` is positive, `p` is 0 and `q` its delivery; of a delivery `d` is the same amount
//! below 0, `p` is its pickup and `q` is 0. Solutions number clients as the file does. The form does not say how many rows
//! there are: of a file that is cut off between two pairs nothing can be seen.
//!
//! # Conventions
//!
//! Usual is [`Convention::Exact`]. The published best-known solutions count vehicles first, then distance:
//! [`vehicles_first`](crate::solve::SolveOptions::vehicles_first) does that too.
//!
//! # References
//!
//! H. Li and A. Lim (2001), A metaheuristic for the pickup and delivery problem with time windows, Proceedings of the 13th
//! IEEE International Conference on Tools with Artificial Intelligence, 160–167, doi:10.1109/ICTAI.2001.974461.

use super::decimal::Decimal;
use super::field::{self, Fault};
use super::solomon::fleet_of_one_depot;
use super::text::{self, at, quoted};
use super::{Convention, Instance, Numbering, TravelBy};
use crate::error::{Error, Issues, Rule};
use crate::measure::{Duration, Load, Window};
use crate::model::{Order, Place};
use std::collections::HashMap;

/// Reads a file of Li and Lim's form; without a convention, [`Convention::Exact`].
///
/// # Errors
///
/// Every fault found, each with its line.
///
/// ```
/// let text = "2 10 1\n0 0 0 0 0 99 0 0 0\n1 3 4 7 0 50 1 0 2\n2 0 9 -7 0 60 1 1 0";
/// let instance = milkrun::format::lilim::read(text, None)?;
/// assert_eq!(instance.model.pairs().len(), 1);
/// # Ok::<(), milkrun::error::Error>(())
/// ```
pub fn read(text: impl AsRef<[u8]>, convention: Option<Convention>) -> Result<Instance, Error> {
    parse(&text::decode(text.as_ref()), convention)
}

/// Whether it begins as this form does: a row of three numbers and another row, or a row of nine numbers second.
pub(super) fn looks_like(text: &str) -> bool {
    let mut rows = text::lines(text).map(|(_, row)| {
        let words = row.split_whitespace();
        let numbers = words.map(|word| word.parse::<f64>().is_ok());
        (numbers.clone().all(|number| number)).then(|| numbers.count())
    });
    let first = (rows.next(), rows.next());
    matches!(first, (Some(Some(3)), Some(_)) | (Some(_), Some(Some(9))))
}

pub(super) fn parse(text: &str, convention: Option<Convention>) -> Result<Instance, Error> {
    let convention = convention.unwrap_or(Convention::Exact);
    let mut issues = Issues::new();
    let mut rows = text::lines(text);
    let fleet = rows.next().map(|(line, row)| (line, fleet(row)));
    let fleet = match fleet {
        Some((_, Ok(fleet))) => Some(fleet),
        Some((line, Err((rule, advice)))) => {
            issues.add(rule, || at(line), || advice);
            None
        }
        None => None,
    };
    let sites = Sites::read(rows, convention.scale(), &mut issues);
    let depot = sites.depot(&mut issues);
    let pairs = sites.pairs(&mut issues);
    issues.into_result()?;
    let (Some(fleet), Some(depot)) = (fleet, depot) else {
        let advice = "there is no row `vehicles capacity speed`; add it";
        return Err(Error::one("file", Rule::Empty, advice));
    };
    Ok(instance(fleet, depot, &pairs, convention))
}

/// How many vehicles there are, and what each takes.
fn fleet(row: &str) -> Result<(u32, i64), Fault> {
    let fields: Vec<&str> = row.split_whitespace().take(4).collect();
    let [vehicles, capacity, speed] = fields[..] else {
        let advice = format!(
            "{} is not a number of vehicles, a capacity and a speed; correct the row",
            quoted(row)
        );
        return Err((Rule::Syntax, advice));
    };
    let fleet = (field::number(vehicles)?, field::amount(capacity)?);
    field::amount(speed)?;
    if fleet.0 == 0 {
        let advice = "there is no vehicle; state at least one".to_owned();
        return Err((Rule::Empty, advice));
    }
    Ok(fleet)
}

/// The depot or a client, scaled.
struct Site {
    line: usize,
    number: u32,
    place: Place,
    demand: i64,
    window: Window,
    service: i64,
    /// The client that its goods come from; 0: it is a pickup.
    pickup: u32,
    /// The client that its goods go to; 0: it is a delivery.
    delivery: u32,
}

impl Site {
    fn read(line: usize, row: &str, scale: u32) -> Result<Self, Fault> {
        let fields: Vec<&str> = row.split_whitespace().take(10).collect();
        let [number, x, y, demand, ready, due, service, pickup, delivery] = fields[..] else {
            let advice = format!(
                "{} is not `number x y demand ready due service pickup delivery`; correct the row",
                quoted(row)
            );
            return Err((Rule::Syntax, advice));
        };
        let amount = Decimal::parse(demand).and_then(Decimal::whole);
        let Some(demand) = amount.filter(|amount| *amount > i64::MIN) else {
            let advice = format!(
                "{} is not a whole number in range; correct it",
                quoted(demand)
            );
            return Err((Rule::Syntax, advice));
        };
        Ok(Self {
            line,
            number: field::number(number)?,
            place: field::point(x, y)?,
            demand,
            window: field::window(ready, due, scale)?,
            service: field::span(service, scale)?,
            pickup: field::number(pickup)?,
            delivery: field::number(delivery)?,
        })
    }

    /// What is wrong with a client as one half of a pair, whatever the other half is.
    fn fault(&self) -> Option<Fault> {
        let (rule, what) = match (self.pickup, self.delivery) {
            (0, 0) => (Rule::Missing, "names neither a pickup nor a delivery"),
            (0, delivery) if delivery == self.number => {
                (Rule::Inconsistent, "names itself as its delivery")
            }
            (pickup, 0) if pickup == self.number => {
                (Rule::Inconsistent, "names itself as its pickup")
            }
            (0, _) if self.demand < 0 => {
                (Rule::Inconsistent, "is a pickup, but its demand is below 0")
            }
            (_, 0) if self.demand > 0 => (
                Rule::Inconsistent,
                "is a delivery, but its demand is above 0",
            ),
            (0, _) | (_, 0) => return None,
            _ => (Rule::Inconsistent, "names both a pickup and a delivery"),
        };
        let advice = format!("client {} {what}; correct the row", self.number);
        Some((rule, advice))
    }
}

/// All rows, and where the one of a number is.
struct Sites {
    sites: Vec<Site>,
    /// `None`: there is a row, but it is faulty.
    rows: HashMap<u32, Option<usize>>,
}

impl Sites {
    fn read<'a>(
        rows: impl Iterator<Item = (usize, &'a str)>,
        scale: u32,
        issues: &mut Issues,
    ) -> Self {
        let mut all = Self {
            sites: Vec::new(),
            rows: HashMap::new(),
        };
        for (line, row) in rows {
            let number = row.split_whitespace().next().map(field::number);
            match Site::read(line, row, scale) {
                Ok(site) if all.rows.contains_key(&site.number) => {
                    let advice = || format!("client {} has a second row; keep one", site.number);
                    issues.add(Rule::DuplicateName, || at(line), advice);
                }
                Ok(site) => {
                    all.rows.insert(site.number, Some(all.sites.len()));
                    all.sites.push(site);
                }
                Err((rule, advice)) => {
                    issues.add(rule, || at(line), || advice);
                    if let Some(Ok(number)) = number {
                        all.rows.entry(number).or_insert(None);
                    }
                }
            }
        }
        all
    }

    fn depot(&self, issues: &mut Issues) -> Option<&Site> {
        let Some(row) = self.rows.get(&0) else {
            let advice = "there is no number 0, the depot; add it";
            issues.add(Rule::Missing, || "file".to_owned(), || advice.to_owned());
            return None;
        };
        let depot = &self.sites[(*row)?];
        let facts = [depot.demand, depot.service];
        if facts != [0, 0] || [depot.pickup, depot.delivery] != [0, 0] {
            let advice = "the depot has a demand, a service time or siblings; set them to 0";
            issues.add(Rule::Inconsistent, || at(depot.line), || advice.to_owned());
        }
        Some(depot)
    }

    /// Pickups with their deliveries, in the order of the pickups.
    fn pairs(&self, issues: &mut Issues) -> Vec<(&Site, &Site)> {
        let mut pairs = Vec::new();
        for site in self.sites.iter().filter(|site| site.number != 0) {
            if let Some((rule, advice)) = site.fault() {
                issues.add(rule, || at(site.line), || advice);
                continue;
            }
            let is_pickup = site.pickup == 0;
            let named = site.pickup.max(site.delivery);
            let Some(row) = self.rows.get(&named) else {
                let advice = || {
                    format!(
                        "client {named}, the sibling of client {}, has no row; complete the file",
                        site.number
                    )
                };
                issues.add(Rule::UnknownReference, || at(site.line), advice);
                continue;
            };
            // What is wrong with the sibling's own row is said there.
            let Some(sibling) = row.map(|row| &self.sites[row]) else {
                continue;
            };
            let back = if is_pickup {
                (sibling.pickup, sibling.delivery)
            } else {
                (sibling.delivery, sibling.pickup)
            };
            if back != (site.number, 0) {
                let advice = || {
                    format!(
                        "client {} names client {named} as its sibling, which does not name it in return (line {}); \
                         correct one of the two",
                        site.number, sibling.line
                    )
                };
                issues.add(Rule::Inconsistent, || at(site.line), advice);
            } else if is_pickup {
                if site.demand != -sibling.demand {
                    let advice = || {
                        format!(
                            "client {} takes {} on board, client {named} (line {}) brings {}; state one amount",
                            site.number, site.demand, sibling.line, -sibling.demand
                        )
                    };
                    issues.add(Rule::Inconsistent, || at(site.line), advice);
                }
                pairs.push((site, sibling));
            }
        }
        pairs
    }
}

fn instance(
    fleet: (u32, i64),
    depot: &Site,
    pairs: &[(&Site, &Site)],
    convention: Convention,
) -> Instance {
    let (mut model, load) = fleet_of_one_depot(fleet, depot.place, depot.window, convention);
    let mut clients = Vec::with_capacity(2 * pairs.len());
    for (pickup, delivery) in pairs {
        let order = |site: &Site, new: fn(String, Place) -> Order| {
            new(site.number.to_string(), site.place)
                .quantity(load, Load(site.demand.abs()))
                .window(site.window)
                .service(Duration(site.service))
        };
        model.add_pair(
            order(pickup, Order::pickup),
            order(delivery, Order::drop_off),
        );
        clients.extend([pickup.number, delivery.number]);
    }
    Instance::new(
        String::new(),
        model,
        TravelBy::Euclidean(convention),
        Numbering::new(vec![depot.number], clients),
    )
}
