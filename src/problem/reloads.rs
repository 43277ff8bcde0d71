//! The rules of vehicles that reload on the way.

use super::facts::ALWAYS;
use super::rules::{vehicle_subject, working};
use crate::error::{Issues, Rule, shown};
use crate::measure::{DepotId, PlaceId, Window};
use crate::model::{Model, Reloads, VehicleType};
use crate::travel::Legs;

/// The depots at which a vehicle type may reload.
pub(super) fn reload_depots(vehicle: &VehicleType) -> &[DepotId] {
    vehicle.reloads.as_ref().map_or(&[], |r| &r.depots)
}

/// What a vehicle type states of reloads; `None` where its vehicles may not reload at all.
pub(super) fn reloads(vehicle: &VehicleType) -> Option<&Reloads> {
    let reloads = vehicle.reloads.as_ref();
    reloads.filter(|r| r.most != Some(0) && !r.depots.is_empty())
}

/// What a vehicle type states of reloads: depots that exist, each once, open when it is out.
pub(super) fn check_reloads(model: &Model, vehicle: &VehicleType, issues: &mut Issues) {
    if vehicle.reloads.is_none() {
        return;
    }
    let depots = reload_depots(vehicle);
    let subject = || vehicle_subject(vehicle);
    if depots.is_empty() {
        let advice = "it may reload, but at no depot; name one, or leave out its reloads";
        issues.add(Rule::Empty, subject, || advice.to_owned());
    }
    let mut seen = vec![false; model.depots().len()];
    for depot in depots {
        match seen.get_mut(depot.index()) {
            None => {
                let advice = || {
                    format!(
                        "its reload depot {depot} does not exist; use an id that add_depot returned"
                    )
                };
                issues.add(Rule::UnknownReference, subject, advice);
            }
            Some(true) => {
                let advice = || format!("its reload depot {depot} is named twice; keep one");
                issues.add(Rule::DuplicateName, subject, advice);
            }
            Some(first) => {
                *first = true;
                check_hours(model, vehicle, *depot, issues);
            }
        }
    }
}

/// A depot that is shut from the start of the shift to its end.
fn check_hours(model: &Model, vehicle: &VehicleType, depot: DepotId, issues: &mut Issues) {
    let depot = &model.depots()[depot.index()];
    let open = depot.window.unwrap_or(ALWAYS);
    let shift = vehicle.shift.unwrap_or(ALWAYS);
    if open.is_reversed() || shift.is_reversed() {
        return; // Said already.
    }
    let apart = |a: Window, b: Window| a.latest < b.earliest || b.latest < a.earliest;
    if apart(working(vehicle), open) {
        let advice = || {
            format!(
                "its shift lies outside of the opening hours of its reload depot \"{}\"; correct one of the two",
                shown(&depot.name)
            )
        };
        issues.add(Rule::Inconsistent, || vehicle_subject(vehicle), advice);
    }
}

/// Reload depots that no vehicle of the type can reach from an order, or leave for one.
pub(super) fn check_reachable_reloads(model: &Model, legs: &[Legs], issues: &mut Issues) {
    let profiles = model.profiles();
    let (depots, orders) = (model.depots().len(), model.orders().len());
    for vehicle in model.vehicle_types() {
        let profile = profiles.iter().position(|p| *p == vehicle.profile);
        let Some(legs) = profile.and_then(|profile| legs.get(profile)) else {
            continue;
        };
        let known = reload_depots(vehicle).iter().filter(|d| d.index() < depots);
        for depot in known {
            let at = PlaceId::new(depot.index());
            let mut places = (depots..depots + orders).map(PlaceId::new);
            let reached = orders == 0 || places.any(|order| legs.leg(order, at).is_some());
            let mut places = (depots..depots + orders).map(PlaceId::new);
            let left = orders == 0 || places.any(|order| legs.leg(at, order).is_some());
            if !(reached && left) {
                let advice = || {
                    let name = shown(&model.depots()[depot.index()].name);
                    format!(
                        "no vehicle of it can get from any order to its reload depot \"{name}\" and on to another; correct \
                         the depot or the travel"
                    )
                };
                issues.add(Rule::Unreachable, || vehicle_subject(vehicle), advice);
            }
        }
    }
}
