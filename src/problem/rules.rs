//! The rules that a model must keep: one function a rule, every fault reported.

use super::carriers::check_carriers;
use super::facts::ALWAYS;
use super::fleet::last_end;
use super::groups::check_groups;
use super::limits::Limits;
use super::orders::{Known, check_order};
use super::paces::{PACES, Paces};
use super::pairs::check_pairs;
use super::reloads::{check_reachable_reloads, check_reloads, reload_depots};
use super::spots::{check_spots, under_way};
use super::ways::{Ways, ask};
use crate::error::{Error, Issues, Rule, shown};
use crate::measure::{Cost, DepotId, Distance, Duration, Load, PlaceId, Window};
use crate::model::{Depot, Model, Order, Place, VehicleType};
use crate::travel::{Legs, Travel};
use std::collections::HashSet;
use std::fmt;

/// The largest amount of anything that one order or vehicle may state.
pub(super) const MOST: i64 = 1 << 40;

/// The largest amount of money that one order or vehicle may state, in millionths: a thousand million units, as
/// prices in rupiah or dong need it.
const MOST_MONEY: i64 = 1 << 50;

/// What an issue calls a thing.
pub(super) fn named(what: &str, name: &str) -> String {
    format!("{what} \"{}\"", shown(name))
}

fn depot_subject(depot: &Depot) -> String {
    named("depot", &depot.name)
}

pub(super) fn vehicle_subject(vehicle: &VehicleType) -> String {
    named("vehicle type", &vehicle.name)
}

pub(super) fn order_subject(order: &Order) -> String {
    named("order", &order.name)
}

/// The most load dimensions that the search carries, whatever the limits say.
const MOST_DIMENSIONS: usize = 8;

/// Counts and sizes, before anything is allocated for them.
pub(super) fn check_sizes(model: &Model, limits: &Limits) -> Result<(), Error> {
    let mut issues = Issues::new();
    let types = model.vehicle_types().len();
    let counts = [
        ("orders", model.orders().len(), limits.orders),
        ("depots", model.depots().len(), limits.depots),
        ("vehicle types", types, limits.vehicle_types),
        ("carriers", model.carriers().len(), limits.carriers),
        (
            "load dimensions",
            model.dimensions().len(),
            limits.dimensions.min(MOST_DIMENSIONS),
        ),
    ];
    for (what, found, most) in counts {
        check_count(what, found, most, &mut issues);
    }
    // Finding the profiles compares each type with each profile, so too many types are not asked for them.
    if types <= limits.vehicle_types {
        let found = Paces::of(model).len();
        let what = if found > model.profiles().len() {
            "travel profiles, counted once for each pace,"
        } else {
            "travel profiles"
        };
        check_count(what, found, limits.profiles, &mut issues);
    }
    check_name_sizes(model, limits, &mut issues);
    issues.into_result()
}

pub(super) fn check_count(what: &str, found: usize, most: usize, issues: &mut Issues) {
    if found > most {
        let advice = || {
            format!("{found} {what} are above the limit of {most}; raise Limits, or split the day")
        };
        issues.add(Rule::TooLarge, || "model".to_owned(), advice);
    }
}

fn check_name_sizes(model: &Model, limits: &Limits, issues: &mut Issues) {
    let types = model.vehicle_types().iter();
    let names = model
        .dimensions()
        .iter()
        .chain(model.depots().iter().map(|d| &d.name))
        .chain(types.flat_map(|v| [&v.name, &v.profile]))
        .chain(model.carriers().iter().map(|c| &c.name))
        .chain(model.orders().iter().map(|o| &o.name));
    for name in names {
        check_name_size(name, limits, issues);
    }
    check_names_fit(model.orders().iter().map(|o| o.name.len()).sum(), issues);
}

pub(super) fn check_name_size(name: &str, limits: &Limits, issues: &mut Issues) {
    if name.len() > limits.name_bytes {
        let advice = || {
            format!(
                "the name has {} bytes, the limit is {}; shorten it",
                name.len(),
                limits.name_bytes
            )
        };
        issues.add(Rule::TooLarge, || named("name", name), advice);
    }
}

/// The names of all orders are one text, addressed by 32 bits.
pub(super) fn check_names_fit(in_all: usize, issues: &mut Issues) {
    if u32::try_from(in_all).is_err() {
        let advice =
            || format!("the names of all orders have {in_all} bytes, above 2^32 - 1; shorten them");
        issues.add(Rule::TooLarge, || "model".to_owned(), advice);
    }
}

/// All rules; returns the legs of each travel profile at each of its paces.
pub(super) fn check_model(
    model: &Model,
    travel: &dyn Travel,
    places: &[Place],
    limits: &Limits,
) -> Result<Vec<Legs>, Error> {
    let mut issues = Issues::new();
    check_fleet_exists(model, &mut issues);
    check_names(model, &mut issues);
    for depot in model.depots() {
        check_window(
            depot.window,
            || depot_subject(depot),
            "opening hours",
            &mut issues,
        );
        let loading = depot.loading.get();
        let what = format_args!("loading duration");
        check_amount(loading, what, || depot_subject(depot), &mut issues);
    }
    for vehicle in model.vehicle_types() {
        check_depots_exist(model, vehicle, &mut issues);
        check_vehicle_amounts(model, vehicle, &mut issues);
        check_window(
            vehicle.shift,
            || vehicle_subject(vehicle),
            "shift",
            &mut issues,
        );
        check_open_hours(model, vehicle, &mut issues);
        check_reloads(model, vehicle, &mut issues);
    }
    let known = Known {
        dimensions: model.dimensions().len(),
        carriers: model.carriers().len(),
        under_way: &under_way(model),
    };
    for order in model.orders() {
        check_order(&known, order, &mut issues);
    }
    check_pairs(model, &mut issues);
    check_spots(model, &mut issues);
    check_groups(model, &mut issues);
    check_carriers(model, &mut issues);
    let depots = model.depots().len();
    let owner = |place: usize| match place.checked_sub(depots) {
        None => depot_subject(&model.depots()[place]),
        Some(order) => order_subject(&model.orders()[order]),
    };
    let legs = ask(
        travel,
        &model.profiles(),
        places,
        limits,
        &owner,
        &mut issues,
    );
    if legs.len() == model.profiles().len() {
        check_reachable(model, &legs, &mut issues);
        check_reachable_reloads(model, &legs, &mut issues);
    }
    let legs = if legs.len() == model.profiles().len() {
        Paces::of(model).apply(legs, &model.profiles(), &mut issues)
    } else {
        Vec::new()
    };
    issues.into_result().map(|()| legs)
}

fn check_fleet_exists(model: &Model, issues: &mut Issues) {
    if model.depots().is_empty() {
        issues.add(
            Rule::Empty,
            || "model".to_owned(),
            || "there is no depot; add one with add_depot".to_owned(),
        );
    }
    if model.vehicle_types().is_empty() {
        let advice = || "there is no vehicle type; add one with add_vehicle_type".to_owned();
        issues.add(Rule::Empty, || "model".to_owned(), advice);
    } else if !model.orders().is_empty() {
        check_vehicles_exist(model.vehicle_types().iter().map(|v| v.count), issues);
    }
}

/// Some vehicle type has a vehicle, where there are orders.
pub(super) fn check_vehicles_exist(
    mut counts: impl Iterator<Item = Option<u32>>,
    issues: &mut Issues,
) {
    if counts.all(|count| count == Some(0)) {
        let advice =
            || "every vehicle type has a count of 0; state how many vehicles there are".to_owned();
        issues.add(Rule::Empty, || "model".to_owned(), advice);
    }
}

pub(super) fn nameless(subject: impl FnOnce() -> String, issues: &mut Issues) {
    let advice = || "its name is empty; give it one, results refer to it".to_owned();
    issues.add(Rule::Missing, subject, advice);
}

pub(super) fn named_twice(what: &str, name: &str, issues: &mut Issues) {
    let advice =
        || "the name is used twice; names must be unique, results refer to them".to_owned();
    issues.add(Rule::DuplicateName, || named(what, name), advice);
}

fn check_names(model: &Model, issues: &mut Issues) {
    fn unique<'a>(what: &str, names: impl Iterator<Item = &'a String>, issues: &mut Issues) {
        let mut seen = HashSet::new();
        for (index, name) in names.enumerate() {
            if name.is_empty() {
                nameless(|| format!("{what} number {index}"), issues);
            } else if !seen.insert(name) {
                named_twice(what, name, issues);
            }
        }
    }
    unique("load dimension", model.dimensions().iter(), issues);
    unique("depot", model.depots().iter().map(|d| &d.name), issues);
    unique(
        "vehicle type",
        model.vehicle_types().iter().map(|v| &v.name),
        issues,
    );
    unique("carrier", model.carriers().iter().map(|c| &c.name), issues);
    unique("order", model.orders().iter().map(|o| &o.name), issues);
}

fn check_depots_exist(model: &Model, vehicle: &VehicleType, issues: &mut Issues) {
    let known = |depot: DepotId| depot.index() < model.depots().len();
    // A round trip from a depot that does not exist is one fault.
    let other_end = vehicle.end.filter(|end| *end != vehicle.start);
    for (role, depot) in [("start", Some(vehicle.start)), ("end", other_end)] {
        if let Some(depot) = depot.filter(|d| !known(*d)) {
            let advice = || {
                format!(
                    "its {role} depot {depot} does not exist; use an id that add_depot returned"
                )
            };
            issues.add(Rule::UnknownReference, || vehicle_subject(vehicle), advice);
        }
    }
}

pub(super) fn check_amount(
    value: i64,
    what: fmt::Arguments<'_>,
    subject: impl FnOnce() -> String,
    issues: &mut Issues,
) {
    if !(0..=MOST).contains(&value) {
        let advice = || {
            format!(
                "its {what} of {value} is not within 0 to 2^40; correct it or choose a larger unit"
            )
        };
        issues.add(Rule::OutOfRange, subject, advice);
    }
}

/// A limit is an amount too, but whoever states a huge one mostly means that there is none.
fn check_limit(
    value: Option<i64>,
    what: fmt::Arguments<'_>,
    subject: impl FnOnce() -> String,
    issues: &mut Issues,
) {
    if let Some(value) = value.filter(|value| !(0..=MOST).contains(value)) {
        let advice = || {
            format!(
                "its {what} of {value} is not within 0 to 2^40; leave it out where there is no limit, else correct it"
            )
        };
        issues.add(Rule::OutOfRange, subject, advice);
    }
}

pub(super) fn check_money(
    value: Cost,
    what: &str,
    subject: impl FnOnce() -> String,
    issues: &mut Issues,
) {
    if !(0..=MOST_MONEY).contains(&value.get()) {
        let advice = || {
            format!(
                "its {what} of {value} millionths is not within 0 to 2^50; correct it or choose a larger unit"
            )
        };
        issues.add(Rule::OutOfRange, subject, advice);
    }
}

pub(super) fn check_dimensions(
    known: usize,
    stated: usize,
    subject: impl FnOnce() -> String,
    issues: &mut Issues,
) {
    if stated > known {
        let advice = || {
            format!(
                "it states {stated} load dimensions, the model has {known}; add them with add_dimension"
            )
        };
        issues.add(Rule::UnknownReference, subject, advice);
    }
}

fn check_vehicle_amounts(model: &Model, vehicle: &VehicleType, issues: &mut Issues) {
    let subject = || vehicle_subject(vehicle);
    check_dimensions(
        model.dimensions().len(),
        vehicle.capacity.len(),
        subject,
        issues,
    );
    for (dimension, capacity) in vehicle.capacity.iter().enumerate() {
        let what = format_args!("capacity of load dimension {dimension}");
        check_limit(capacity.map(Load::get), what, subject, issues);
    }
    check_money(vehicle.fixed_cost, "fixed cost", subject, issues);
    let per_distance = vehicle.cost_per_distance.get();
    let what = format_args!("cost per distance (in millionths)");
    check_amount(per_distance, what, subject, issues);
    let per_duration = vehicle.cost_per_duration.get();
    let what = format_args!("cost per duration (in millionths)");
    check_amount(per_duration, what, subject, issues);
    check_money(vehicle.cost_per_stop, "cost per stop", subject, issues);
    let per_waiting = vehicle.cost_per_waiting.get();
    let what = format_args!("cost per waiting time (in millionths)");
    check_amount(per_waiting, what, subject, issues);
    check_overtime(vehicle, issues);
    let most = vehicle.max_distance.map(Distance::get);
    check_limit(most, format_args!("maximum distance"), subject, issues);
    let most = vehicle.max_duration.map(Duration::get);
    check_limit(most, format_args!("maximum duration"), subject, issues);
    let most = vehicle.max_driving.map(Duration::get);
    check_limit(most, format_args!("maximum driving time"), subject, issues);
    if vehicle.max_stops == Some(0) {
        let advice = || {
            "its routes may have no stop; state how many they may have, or that there are no vehicles of it"
                .to_owned()
        };
        issues.add(Rule::OutOfRange, subject, advice);
    }
    if !PACES.contains(&vehicle.pace) {
        let advice = || {
            let (pace, least, most) = (vehicle.pace, PACES.start(), PACES.end());
            format!("its pace of {pace} per cent is not within {least} to {most}; correct it")
        };
        issues.add(Rule::OutOfRange, subject, advice);
    }
}

fn check_overtime(vehicle: &VehicleType, issues: &mut Issues) {
    let Some(overtime) = vehicle.overtime else {
        return;
    };
    let subject = || vehicle_subject(vehicle);
    let what = format_args!("longest overtime");
    check_amount(overtime.most.get(), what, subject, issues);
    let what = format_args!("cost per overtime (in millionths)");
    check_amount(overtime.price.get(), what, subject, issues);
    if vehicle.shift.is_none() {
        let advice = || {
            "it may work overtime, but has no shift for that to begin after; state its shift, or leave out the overtime"
                .to_owned()
        };
        issues.add(Rule::Inconsistent, subject, advice);
    }
    let end = last_end(vehicle).get();
    if (0..=MOST).contains(&overtime.most.get())
        && vehicle.shift.is_some_and(|s| s.latest.get() <= MOST)
        && end > MOST
    {
        let advice =
            || format!("its overtime ends at {end}, after 2^40 seconds; correct it, or its shift");
        issues.add(Rule::OutOfRange, subject, advice);
    }
}

pub(super) fn check_window(
    window: Option<Window>,
    subject: impl Fn() -> String,
    what: &str,
    issues: &mut Issues,
) {
    let Some(window) = window else { return };
    if window.is_reversed() {
        let (from, to) = (window.earliest, window.latest);
        let advice = || {
            format!("its {what} ends at {to}, before it begins at {from}; swap or correct the two")
        };
        issues.add(Rule::ReversedWindow, &subject, advice);
    }
    for moment in [window.earliest.get(), window.latest.get()] {
        if !(-MOST..=MOST).contains(&moment) {
            let advice = || {
                format!(
                    "its {what} has the moment {moment}, not within ±2^40 seconds of the horizon's start"
                )
            };
            issues.add(Rule::OutOfRange, &subject, advice);
        }
    }
}

/// The shift of a vehicle type, its overtime included.
pub(super) fn working(vehicle: &VehicleType) -> Window {
    let from = vehicle.shift.unwrap_or(ALWAYS).earliest;
    Window::new(from, last_end(vehicle))
}

/// A vehicle type whose shift and depots never overlap could never leave or return.
fn check_open_hours(model: &Model, vehicle: &VehicleType, issues: &mut Issues) {
    let open = |depot: DepotId| {
        let depot = model.depots().get(depot.index());
        depot.and_then(|d| d.window).unwrap_or(ALWAYS)
    };
    let shift = vehicle.shift.unwrap_or(ALWAYS);
    let (start, end) = (open(vehicle.start), vehicle.end.map_or(ALWAYS, open));
    if [shift, start, end].into_iter().any(Window::is_reversed) {
        return; // Said already.
    }
    let apart = |a: Window, b: Window| a.latest < b.earliest || b.latest < a.earliest;
    let what = if apart(shift, start) {
        "its shift lies outside of the opening hours of its start depot"
    } else if apart(working(vehicle), end) {
        "its shift lies outside of the opening hours of its end depot"
    } else if end.latest < start.earliest {
        "its end depot closes before its start depot opens"
    } else {
        return;
    };
    let advice = || format!("{what}; correct one of the two");
    issues.add(Rule::Inconsistent, || vehicle_subject(vehicle), advice);
}

/// Orders that no vehicle can reach and leave again.
fn check_reachable(model: &Model, legs: &[Legs], issues: &mut Issues) {
    let profiles = model.profiles();
    let known = |depot: &DepotId| depot.index() < model.depots().len();
    let place = |depot: DepotId| PlaceId::new(depot.index());
    let mut ways = Ways::default();
    for vehicle in model.vehicle_types().iter().filter(|v| v.count != Some(0)) {
        let reloads = reload_depots(vehicle);
        if !known(&vehicle.start)
            || !vehicle.end.as_ref().is_none_or(known)
            || !reloads.iter().all(known)
        {
            return; // Said already, and which way it would go is not known.
        }
        let profile = profiles.iter().position(|p| *p == vehicle.profile);
        let reloads: Vec<PlaceId> = reloads.iter().map(|d| place(*d)).collect();
        ways.add(
            profile,
            place(vehicle.start),
            vehicle.end.map(place),
            &reloads,
        );
    }
    let first = model.depots().len();
    for (index, order) in model.orders().iter().enumerate() {
        ways.check(
            legs,
            PlaceId::new(first + index),
            || order_subject(order),
            issues,
        );
    }
}
