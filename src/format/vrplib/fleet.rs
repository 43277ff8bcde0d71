//! The vehicles of a file: one line for all of them, or a section with a row for each.

use super::super::field::{self, Fault};
use super::super::text::{at, quoted};
use super::column::Rows;
use super::sheet::Sheet;
use super::{Depots, whole};
use crate::error::{Issues, Rule};
use crate::measure::{Cost, Distance, Duration, Load};
use std::collections::HashMap;

/// What is stated of one vehicle.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Vehicle {
    pub(super) capacity: Load,
    /// The place of its depot in the list of depots.
    pub(super) depot: usize,
    pub(super) fixed: Cost,
    pub(super) per_distance: Cost,
    pub(super) max_duration: Option<Duration>,
    pub(super) max_distance: Option<Distance>,
    /// The places in the list of depots of those at which it may reload.
    pub(super) reload_depots: Vec<usize>,
    pub(super) max_reloads: Option<u32>,
    /// The numbers of the nodes that it may serve, each once, in order; `None`: all.
    pub(super) clients: Option<Vec<usize>>,
}

/// Groups of equal vehicles, in the order in which their first one appears.
pub(super) struct Fleet {
    /// The vehicles and how many there are; `None` where the file states no number of them.
    pub(super) groups: Vec<(Vehicle, Option<u32>)>,
    /// The group of each vehicle, where the file has a row for each.
    pub(super) listed: Option<Vec<usize>>,
}

/// What the file's units are worth.
#[derive(Clone, Copy)]
pub(super) struct Units {
    /// Units of distance and time in one of the file.
    pub(super) scale: u32,
    /// The file's units of cost in one of its published costs.
    pub(super) costs: u32,
}

impl Fleet {
    /// Reads all that is stated of vehicles; `depots` are `None` where they are at fault.
    pub(super) fn read(
        sheet: &Sheet<'_>,
        depots: Option<&Depots>,
        units: Units,
        issues: &mut Issues,
    ) -> Option<Self> {
        let count = sheet.spec("VEHICLES").map(|spec| whole(Some(spec), issues));
        let mut stated = Stated {
            sheet,
            rows: Rows::vehicles(
                count
                    .flatten()
                    .map(|n| usize::try_from(n).unwrap_or(usize::MAX)),
            ),
            counted: count.is_some(),
            listed: false,
            issues,
        };
        let capacity = stated.column("CAPACITY", |f| field::amount(f).map(Load));
        let reload_depots = stated.list("VEHICLES_RELOAD_DEPOT", "depots", |f| depot(f, depots));
        let depot = stated.column("VEHICLES_DEPOT", |f| depot(f, depots));
        let fixed = stated.column("VEHICLES_FIXED_COST", |f| field::cost(f, units.costs));
        // A product that is no number of millionths is refused there, so it may as well be a large one.
        let per_unit = units.costs.saturating_mul(units.scale);
        let per_distance =
            stated.column("VEHICLES_UNIT_DISTANCE_COST", |f| field::cost(f, per_unit));
        let max_duration = stated.column("VEHICLES_MAX_DURATION", |f| {
            field::span(f, units.scale).map(|v| Some(Duration(v)))
        });
        let max_distance = stated.column("VEHICLES_MAX_DISTANCE", |f| {
            field::span(f, units.scale).map(|v| Some(Distance(v)))
        });
        let max_reloads = stated.column("VEHICLES_MAX_RELOADS", |f| field::number(f).map(Some));
        let clients = stated.list("VEHICLES_ALLOWED_CLIENTS", "clients", |f| {
            field::number(f).map(|number| number as usize)
        });
        let listed = stated.listed;
        check_stated(sheet, depots, issues);
        if listed && count == Some(Some(0)) {
            let advice = || "VEHICLES is 0; add at least one".to_owned();
            issues.add(Rule::Empty, || "file".to_owned(), advice);
        }
        let one = Cost(Cost::SCALE / i64::from(units.scale));
        let vehicle = |index: usize| {
            Some(Vehicle {
                capacity: capacity.as_ref()?.get(index)?,
                depot: depot.as_ref()?.get(index).unwrap_or(0),
                fixed: fixed.as_ref()?.get(index).unwrap_or(Cost::ZERO),
                per_distance: per_distance.as_ref()?.get(index).unwrap_or(one),
                max_duration: max_duration.as_ref()?.get(index).flatten(),
                max_distance: max_distance.as_ref()?.get(index).flatten(),
                reload_depots: reload_depots.as_ref()?.get(index).unwrap_or_default(),
                max_reloads: max_reloads.as_ref()?.get(index).flatten(),
                clients: clients.as_ref()?.get(index).map(in_order),
            })
        };
        let count = match count {
            None => None,
            Some(count) => Some(u32::try_from(count?).unwrap_or(u32::MAX)),
        };
        if listed {
            // There is a row for each of them, or a column is missing.
            let vehicles = (0..count? as usize).map(vehicle);
            grouped(vehicles)
        } else {
            Some(Self {
                groups: vec![(vehicle(0)?, count)],
                listed: None,
            })
        }
    }
}

/// Each number once, in order.
fn in_order(mut numbers: Vec<usize>) -> Vec<usize> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Equal vehicles together; stops at the first vehicle of which something is not known.
fn grouped(vehicles: impl Iterator<Item = Option<Vehicle>>) -> Option<Fleet> {
    let mut groups: Vec<(Vehicle, Option<u32>)> = Vec::new();
    let mut listed = Vec::new();
    let mut known: HashMap<Vehicle, usize> = HashMap::new(); // looked up only
    for vehicle in vehicles {
        let vehicle = vehicle?;
        let group = *known.entry(vehicle.clone()).or_insert_with(|| {
            groups.push((vehicle, Some(0)));
            groups.len() - 1
        });
        groups[group].1 = groups[group].1.map(|count| count + 1);
        listed.push(group);
    }
    Some(Fleet {
        groups,
        listed: Some(listed),
    })
}

/// One attribute of vehicles.
enum Column<T> {
    Unstated,
    Alike(T),
    Each(Vec<T>),
}

impl<T: Clone> Column<T> {
    fn get(&self, vehicle: usize) -> Option<T> {
        match self {
            Self::Unstated => None,
            Self::Alike(value) => Some(value.clone()),
            Self::Each(values) => values.get(vehicle).cloned(),
        }
    }
}

struct Stated<'s, 'a> {
    sheet: &'s Sheet<'a>,
    rows: Rows,
    counted: bool,
    /// Whether any attribute has a row for each vehicle.
    listed: bool,
    issues: &'s mut Issues,
}

impl Stated<'_, '_> {
    /// The attribute `name`, from its line or its section; `None` where it is at fault.
    fn column<T: Clone>(
        &mut self,
        name: &str,
        value: impl Fn(&str) -> Result<T, Fault>,
    ) -> Option<Column<T>> {
        let one = |rest: &str| {
            let mut fields = rest.split_whitespace();
            let only = fields.next().filter(|_| fields.next().is_none());
            only.map(&value)
        };
        self.stated(name, "1 number", &value, one)
    }

    /// The attribute `name` of which a vehicle has one or more; `None` where it is at fault.
    fn list<T: Clone>(
        &mut self,
        name: &str,
        what: &str,
        value: impl Fn(&str) -> Result<T, Fault>,
    ) -> Option<Column<Vec<T>>> {
        let all = |rest: &str| rest.split_whitespace().map(&value).collect();
        let some = |rest: &str| (!rest.trim().is_empty()).then(|| all(rest));
        self.stated(name, what, all, some)
    }

    /// The attribute `name`: from its line by `alike`, or from the rows of its section by `each`.
    fn stated<T: Clone>(
        &mut self,
        name: &str,
        what: &str,
        alike: impl Fn(&str) -> Result<T, Fault>,
        each: impl Fn(&str) -> Option<Result<T, Fault>>,
    ) -> Option<Column<T>> {
        let (spec, section) = (self.sheet.spec(name), self.sheet.section(name));
        let alike = spec.map(|spec| {
            alike(spec.value).map_err(|(rule, advice)| {
                let advice = || format!("{name}: {advice}");
                self.issues.add(rule, || at(spec.line), advice);
            })
        });
        let Some(section) = section else {
            return match alike {
                None => Some(Column::Unstated),
                Some(alike) => alike.ok().map(Column::Alike),
            };
        };
        if spec.is_some() {
            let advice = || format!("there is a {name} line as well; keep one of the two");
            self.issues
                .add(Rule::Inconsistent, || at(section.line), advice);
        }
        if !self.listed && !self.counted {
            let advice = || {
                format!("there is no VEHICLES line, but {name}_SECTION has a row for each; add it")
            };
            self.issues.add(Rule::Missing, || at(section.line), advice);
        }
        self.listed = true;
        self.rows
            .read_rows(section, what, each, self.issues)
            .map(Column::Each)
    }
}

/// What must be stated is.
fn check_stated(sheet: &Sheet<'_>, depots: Option<&Depots>, issues: &mut Issues) {
    let states = |name: &str| sheet.spec(name).is_some() || sheet.section(name).is_some();
    if !states("CAPACITY") {
        let advice = "there is no CAPACITY line; state how much a vehicle carries";
        issues.add(Rule::Missing, || "file".to_owned(), || advice.to_owned());
    }
    if let (Some(depots), Some(section)) = (depots, sheet.section("DEPOT"))
        && depots.nodes.len() > 1
        && !states("VEHICLES_DEPOT")
    {
        let advice = || {
            format!(
                "there are {} depots; add a VEHICLES_DEPOT_SECTION that says which vehicles belong to which",
                depots.nodes.len()
            )
        };
        issues.add(Rule::Missing, || at(section.line), advice);
    }
}

/// The place in the list of depots of the node that a field names.
fn depot(field: &str, depots: Option<&Depots>) -> Result<usize, Fault> {
    let node = field::number(field)? as usize;
    let Some(depots) = depots else {
        return Ok(0); // at fault already
    };
    let index = node.checked_sub(1).and_then(|node| depots.index(node));
    index.ok_or_else(|| {
        let advice = format!("{} is not in DEPOT_SECTION; correct it", quoted(field));
        (Rule::UnknownReference, advice)
    })
}
