//! The rules that a model must keep: one function a rule, every fault reported.

use super::facts::FOREVER;
use super::limits::Limits;
use crate::error::{Error, Issues, Rule, shown};
use crate::measure::{Cost, DepotId, PlaceId, Window};
use crate::model::{Depot, Model, Order, OrderKind, Place, VehicleType};
use crate::travel::{LegRequest, Legs, Travel};
use std::collections::HashSet;

/// The largest amount of anything that one order or vehicle may state.
const MOST: i64 = 1 << 40;

/// The largest sum of anything over a whole plan; a factor of 16 below the range of `i64`.
const MOST_IN_ALL: i128 = 1 << 59;

fn depot_subject(depot: &Depot) -> String {
    format!("depot {:?}", shown(&depot.name))
}

fn vehicle_subject(vehicle: &VehicleType) -> String {
    format!("vehicle type {:?}", shown(&vehicle.name))
}

fn order_subject(order: &Order) -> String {
    format!("order {:?}", shown(&order.name))
}

/// Counts and sizes, before anything is allocated for them.
pub(super) fn check_sizes(model: &Model, limits: &Limits) -> Result<(), Error> {
    let mut issues = Issues::new();
    let counts = [
        ("orders", model.orders().len(), limits.orders),
        ("depots", model.depots().len(), limits.depots),
        (
            "vehicle types",
            model.vehicle_types().len(),
            limits.vehicle_types,
        ),
        (
            "load dimensions",
            model.dimensions().len(),
            limits.dimensions,
        ),
        ("travel profiles", model.profiles().len(), limits.profiles),
    ];
    for (what, found, most) in counts {
        if found > most {
            let advice = || {
                format!(
                    "{found} {what} are above the limit of {most}; raise Limits, or split the day"
                )
            };
            issues.add(Rule::TooLarge, || "model".to_owned(), advice);
        }
    }
    let names = model
        .depots()
        .iter()
        .map(|d| &d.name)
        .chain(model.orders().iter().map(|o| &o.name));
    for name in names
        .chain(model.vehicle_types().iter().map(|v| &v.name))
        .chain(model.dimensions())
    {
        if name.len() > limits.name_bytes {
            let advice = || {
                format!(
                    "the name has {} bytes, the limit is {}; shorten it",
                    name.len(),
                    limits.name_bytes
                )
            };
            issues.add(Rule::TooLarge, || format!("name {:?}", shown(name)), advice);
        }
    }
    issues.into_result()
}

/// All rules; returns the legs of each travel profile.
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
    }
    for order in model.orders() {
        check_order_amounts(model, order, &mut issues);
        check_window(order.window, || order_subject(order), "window", &mut issues);
        check_release(order, &mut issues);
    }
    let legs = check_legs(model, travel, places, limits, &mut issues);
    if issues.is_empty() {
        check_open_hours(model, &mut issues);
        for (index, order) in model.orders().iter().enumerate() {
            check_reachable(model, &legs, index, order, &mut issues);
        }
        check_sums(model, &legs, &mut issues);
    }
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
    } else if !model.orders().is_empty() && model.vehicle_types().iter().all(|v| v.count == Some(0))
    {
        let advice =
            || "every vehicle type has a count of 0; state how many vehicles there are".to_owned();
        issues.add(Rule::Empty, || "model".to_owned(), advice);
    }
}

fn check_names(model: &Model, issues: &mut Issues) {
    fn unique<'a>(what: &str, names: impl Iterator<Item = &'a String>, issues: &mut Issues) {
        let mut seen = HashSet::new();
        for (index, name) in names.enumerate() {
            if name.is_empty() {
                let advice = || "its name is empty; give it one, results refer to it".to_owned();
                issues.add(Rule::Missing, || format!("{what} number {index}"), advice);
            } else if !seen.insert(name) {
                let advice = || {
                    "the name is used twice; names must be unique, results refer to them".to_owned()
                };
                issues.add(
                    Rule::DuplicateName,
                    || format!("{what} {:?}", shown(name)),
                    advice,
                );
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
    unique("order", model.orders().iter().map(|o| &o.name), issues);
}

fn check_depots_exist(model: &Model, vehicle: &VehicleType, issues: &mut Issues) {
    let known = |depot: DepotId| depot.index() < model.depots().len();
    for (role, depot) in [("start", Some(vehicle.start)), ("end", vehicle.end)] {
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

fn check_amount(value: i64, what: &str, subject: impl FnOnce() -> String, issues: &mut Issues) {
    if !(0..=MOST).contains(&value) {
        let advice = || {
            format!(
                "its {what} of {value} is not within 0 to 2^40; correct it or choose a larger unit"
            )
        };
        issues.add(Rule::OutOfRange, subject, advice);
    }
}

fn check_dimensions(
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
    for capacity in vehicle.capacity.iter().flatten() {
        check_amount(capacity.get(), "capacity", subject, issues);
    }
    check_amount(
        vehicle.fixed_cost.get(),
        "fixed cost (in millionths)",
        subject,
        issues,
    );
    check_amount(
        vehicle.cost_per_distance.get(),
        "cost per distance (in millionths)",
        subject,
        issues,
    );
    check_amount(
        vehicle.cost_per_duration.get(),
        "cost per duration (in millionths)",
        subject,
        issues,
    );
    if let Some(most) = vehicle.max_distance {
        check_amount(most.get(), "maximum distance", subject, issues);
    }
    if let Some(most) = vehicle.max_duration {
        check_amount(most.get(), "maximum duration", subject, issues);
    }
}

fn check_order_amounts(model: &Model, order: &Order, issues: &mut Issues) {
    let subject = || order_subject(order);
    check_dimensions(
        model.dimensions().len(),
        order.quantities.len(),
        subject,
        issues,
    );
    for quantity in &order.quantities {
        check_amount(quantity.get(), "quantity", subject, issues);
    }
    check_amount(order.service.get(), "service duration", subject, issues);
    if let Some(price) = order.price {
        check_amount(
            price.get(),
            "price of not serving it (in millionths)",
            subject,
            issues,
        );
    }
}

fn check_window(
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

fn check_release(order: &Order, issues: &mut Issues) {
    let Some(release) = order.release else { return };
    if !(-MOST..=MOST).contains(&release.get()) {
        let advice = || {
            format!("its release time {release} is not within ±2^40 seconds of the horizon's start")
        };
        issues.add(Rule::OutOfRange, || order_subject(order), advice);
    }
    if order.kind == OrderKind::Pickup {
        let advice = || {
            "a pickup has no release time, its goods are at the customer's; use its window"
                .to_owned()
        };
        issues.add(Rule::Inconsistent, || order_subject(order), advice);
    }
    if order
        .window
        .is_some_and(|w| !w.is_reversed() && w.latest < release)
    {
        let advice =
            || "its window closes before its goods are released; correct one of the two".to_owned();
        issues.add(Rule::Inconsistent, || order_subject(order), advice);
    }
}

/// Asks the travel for the legs of each profile; its faults become issues of the places' owners.
fn check_legs(
    model: &Model,
    travel: &dyn Travel,
    places: &[Place],
    limits: &Limits,
    issues: &mut Issues,
) -> Vec<Legs> {
    let depots = model.depots().len();
    let owner = |place: usize| {
        if place < depots {
            depot_subject(&model.depots()[place])
        } else {
            order_subject(&model.orders()[place - depots])
        }
    };
    let mut all = Vec::new();
    let mut faulty_places = HashSet::new();
    for profile in model.profiles() {
        let request = LegRequest {
            profile,
            places,
            dense_cells: limits.cells,
        };
        match travel.legs(&request) {
            Ok(legs) if legs.size() == places.len() => all.push(legs),
            Ok(legs) => {
                let advice = || {
                    format!(
                        "it gave legs for {} of {} places; give all",
                        legs.size(),
                        places.len()
                    )
                };
                issues.add(
                    Rule::Inconsistent,
                    || format!("travel profile {:?}", shown(profile)),
                    advice,
                );
            }
            Err(faults) => {
                for fault in faults {
                    match fault.place {
                        // A place that is at fault for one profile mostly is for all: say it once.
                        Some(place) if place < places.len() => {
                            if faulty_places.insert((place, fault.rule.code())) {
                                issues.add(fault.rule, || owner(place), || fault.advice);
                            }
                        }
                        _ => issues.add(
                            fault.rule,
                            || format!("travel profile {:?}", shown(profile)),
                            || fault.advice,
                        ),
                    }
                }
            }
        }
    }
    all
}

/// A vehicle type whose shift and depots never overlap could never leave or return.
fn check_open_hours(model: &Model, issues: &mut Issues) {
    for vehicle in model.vehicle_types() {
        let Some(shift) = vehicle.shift else { continue };
        for (role, depot) in [("start", Some(vehicle.start)), ("end", vehicle.end)] {
            let Some(open) = depot.and_then(|d| model.depots()[d.index()].window) else {
                continue;
            };
            if open.latest < shift.earliest || shift.latest < open.earliest {
                let advice = || {
                    format!(
                        "its shift lies outside of the opening hours of its {role} depot; correct one"
                    )
                };
                issues.add(Rule::Inconsistent, || vehicle_subject(vehicle), advice);
            }
        }
    }
}

/// An order that no vehicle can reach and leave again.
fn check_reachable(model: &Model, legs: &[Legs], index: usize, order: &Order, issues: &mut Issues) {
    let profiles = model.profiles();
    let place = PlaceId::new(model.depots().len() + index);
    let reaches = |vehicle: &VehicleType| {
        let profile = profiles
            .iter()
            .position(|p| *p == vehicle.profile)
            .expect("profiles() lists every profile");
        let start = PlaceId::new(vehicle.start.index());
        let back = vehicle.end.is_none_or(|end| {
            legs[profile]
                .leg(place, PlaceId::new(end.index()))
                .is_some()
        });
        back && legs[profile].leg(start, place).is_some()
    };
    if !model
        .vehicle_types()
        .iter()
        .any(|v| v.count != Some(0) && reaches(v))
    {
        let advice = || {
            "no vehicle can get there from its depot and back; correct the place or the travel"
                .to_owned()
        };
        issues.add(Rule::Unreachable, || order_subject(order), advice);
    }
}

/// Proves, in 128-bit arithmetic, that no sum over a plan can overflow.
fn check_sums(model: &Model, legs: &[Legs], issues: &mut Issues) {
    let orders = model.orders().len() as i128;
    // Every order is on at most one route, and every route has at least one order.
    let stops = 2 * orders + 1;
    let longest = legs.iter().map(Legs::longest).max().unwrap_or(0);
    let travel = stops * i128::from(longest);
    let of_orders = |value: &dyn Fn(&Order) -> i64| {
        model
            .orders()
            .iter()
            .map(|o| i128::from(value(o)))
            .sum::<i128>()
    };
    let of_types = |value: &dyn Fn(&VehicleType) -> i64| {
        model
            .vehicle_types()
            .iter()
            .map(|v| i128::from(value(v)))
            .max()
            .unwrap_or(0)
    };
    let horizon = 2 * i128::from(FOREVER);
    let duration = travel + of_orders(&|o| o.service.get());
    let waiting = if of_types(&|v| v.cost_per_duration.get()) == 0 {
        0
    } else {
        orders * latest_moment(model)
    };
    let cost = orders * of_types(&|v| v.fixed_cost.get())
        + travel * of_types(&|v| v.cost_per_distance.get())
        + (duration + waiting) * of_types(&|v| v.cost_per_duration.get())
        + of_orders(&|o| o.price.map_or(0, Cost::get));
    let mut sums = vec![
        ("distance", travel),
        ("duration", duration + horizon),
        ("cost (in millionths)", cost),
    ];
    for (index, name) in model.dimensions().iter().enumerate() {
        sums.push((
            name.as_str(),
            of_orders(&|o| o.quantities.get(index).map_or(0, |q| q.get())),
        ));
    }
    for (what, most) in sums {
        if most > MOST_IN_ALL {
            let advice = || {
                format!(
                    "the {what} of a plan could reach {most}, above 2^59; choose a larger unit or correct outliers"
                )
            };
            issues.add(Rule::Overflow, || "model".to_owned(), advice);
        }
    }
}

/// The longest that a route can wait: the span of all stated moments.
fn latest_moment(model: &Model) -> i128 {
    let depots = model.depots().iter().filter_map(|d| d.window);
    let shifts = model.vehicle_types().iter().filter_map(|v| v.shift);
    let windows = model
        .orders()
        .iter()
        .filter_map(|o| o.window)
        .chain(depots)
        .chain(shifts);
    let (mut first, mut last) = (0, 0);
    for window in windows {
        first = first.min(window.earliest.get());
        last = last.max(window.earliest.get());
    }
    for release in model.orders().iter().filter_map(|o| o.release) {
        last = last.max(release.get());
    }
    i128::from(last) - i128::from(first)
}
